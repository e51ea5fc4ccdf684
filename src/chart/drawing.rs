//! The list of marks that every chart is recorded as, before it is written as SVG or PNG.

use super::font::{self, Weight};
use crate::look::{Colour, Palette};

/// How far a halo reaches outside its letters, px.
pub const HALO: f64 = 1.75;

/// Text sizes in px.
pub const BODY: f64 = 13.0;
pub const SMALL: f64 = 12.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// All positions and lengths in px.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Area {
        points: Vec<(f64, f64)>,
        fill: Colour,
    },
    Rect {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        fill: Colour,
    },
    Path {
        points: Vec<(f64, f64)>,
        stroke: Colour,
        width: f64,
    },
    Circle {
        x: f64,
        y: f64,
        radius: f64,
        fill: Colour,
    },
    /// `y` is the baseline.
    Text {
        x: f64,
        y: f64,
        text: String,
        pen: Pen,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    pub width: f64,
    pub height: f64,
    pub colours: Palette,
    pub marks: Vec<Mark>,
}

/// How a piece of text looks; positions are given when it is placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pen {
    pub size: f64,
    pub weight: Weight,
    pub anchor: Anchor,
    pub fill: Colour,
    /// Of the paper's colour, it keeps lines from striking through the text.
    pub halo: Option<Colour>,
}

impl Pen {
    pub fn new(fill: Colour) -> Self {
        Self { size: BODY, weight: Weight::Regular, anchor: Anchor::Start, fill, halo: None }
    }

    pub fn bold(self) -> Self {
        Self { weight: Weight::SemiBold, ..self }
    }

    pub fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    pub fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    pub fn small(self) -> Self {
        Self { size: SMALL, ..self }
    }

    pub fn haloed(self, paper: Colour) -> Self {
        Self { halo: Some(paper), ..self }
    }

    pub fn filled(self, fill: Colour) -> Self {
        Self { fill, ..self }
    }

    pub fn width(self, text: &str) -> f64 {
        font::width(text, self.size, self.weight)
    }

    /// How far left of its position the text begins, px.
    pub fn before(self, text: &str) -> f64 {
        match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => self.width(text) / 2.0,
            Anchor::End => self.width(text),
        }
    }

    /// Breaks at spaces so that no line is wider than `room`, unless a single word is.
    pub fn wrapped(self, text: &str, room: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}")) <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}
