//! The list of marks that every chart is laid out as, before it is written as SVG or PNG.

use super::font::{self, Weight};
use crate::look::{Colour, Palette, Perspective, Shape, Theme};

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
        dashed: bool,
    },
    Symbol {
        shape: Shape,
        x: f64,
        y: f64,
        size: f64,
        fill: Colour,
        stroke: Colour,
    },
    /// `y` is the baseline. A `halo` of the paper's colour keeps lines from striking through the text.
    Text {
        x: f64,
        y: f64,
        text: String,
        size: f64,
        weight: Weight,
        anchor: Anchor,
        fill: Colour,
        halo: Option<Colour>,
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
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    pub size: f64,
    pub weight: Weight,
    pub anchor: Anchor,
    pub fill: Colour,
    pub halo: Option<Colour>,
}

impl Drawing {
    pub fn new(width: f64, height: f64, theme: Theme) -> Self {
        Self { width, height, colours: theme.palette(), marks: Vec::new() }
    }

    pub fn ink(&self) -> Pen {
        Pen { size: BODY, weight: Weight::Regular, anchor: Anchor::Start, fill: self.colours.ink, halo: None }
    }

    pub fn quiet(&self) -> Pen {
        Pen { fill: self.colours.ink_2, ..self.ink() }
    }

    pub fn bold(&self) -> Pen {
        Pen { weight: Weight::SemiBold, ..self.ink() }
    }

    /// `y` is the baseline. Nothing is written for an empty text.
    pub fn text(&mut self, pen: Pen, x: f64, y: f64, text: &str) {
        if text.is_empty() {
            return;
        }
        let Pen { size, weight, anchor, fill, halo } = pen;
        self.marks.push(Mark::Text { x, y, text: text.to_owned(), size, weight, anchor, fill, halo });
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: Colour) {
        self.marks.push(Mark::Rect { x, y, width, height, fill });
    }

    /// A straight hairline (or thicker), never dashed.
    pub fn rule(&mut self, from: (f64, f64), to: (f64, f64), stroke: Colour, width: f64) {
        self.marks.push(Mark::Path { points: vec![from, to], stroke, width, dashed: false });
    }

    pub fn dashes(&mut self, from: (f64, f64), to: (f64, f64)) {
        let stroke = self.colours.ink_2;
        self.marks.push(Mark::Path { points: vec![from, to], stroke, width: 1.0, dashed: true });
    }

    pub fn path(&mut self, points: Vec<(f64, f64)>, stroke: Colour, width: f64) {
        if points.len() > 1 {
            self.marks.push(Mark::Path { points, stroke, width, dashed: false });
        }
    }

    pub fn area(&mut self, points: Vec<(f64, f64)>, fill: Colour) {
        self.marks.push(Mark::Area { points, fill });
    }

    /// The perspective's mark; an empty one means preliminary or too little data.
    pub fn symbol(&mut self, who: Perspective, (x, y): (f64, f64), size: f64, empty: bool) {
        let stroke = self.colours.perspective(who);
        let fill = if empty { self.colours.paper } else { stroke };
        self.marks.push(Mark::Symbol { shape: who.shape(), x, y, size, fill, stroke });
    }
}

impl Pen {
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

/// The outline of a symbol of `size` px across, as corners; a circle has none and is drawn as such.
pub fn corners(shape: Shape, x: f64, y: f64, size: f64) -> Vec<(f64, f64)> {
    let r = size / 2.0;
    match shape {
        Shape::Circle => Vec::new(),
        Shape::Square => vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)],
        // A little larger, since a triangle of the same width looks smaller than a square.
        Shape::Triangle => vec![(x, y - 1.2 * r), (x + 1.2 * r, y + r), (x - 1.2 * r, y + r)],
    }
}
