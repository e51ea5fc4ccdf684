//! From figures to charts: one drawing per figure, written both as SVG (screen, projector, PDF) and as PNG (Word), with a text for those
//! who cannot see it and the table behind it.
//!
//! A [`Spec`] holds only what is shown and can be stored; [`Spec::draw`] lays it out once with plotters, whose strokes are recorded as a
//! list of marks, and both formats are written from that list. Positions are `+ − × ÷ √` on the spec and on the embedded fonts, so a chart is the same on every machine.

mod axis;
mod backend;
mod band;
mod bars;
mod drawing;
mod font;
mod funnel;
mod heat;
mod line;
mod plane;
mod png;
mod raster;
mod sheet;
mod spark;
mod spine;
mod svg;
mod waits;

pub use band::{Band, BandRow};
pub use bars::{Bar, Bars, Reference};
pub use funnel::{Funnel, FunnelDot, FunnelLimit};
pub use heat::Heat;
pub use line::{Break, Line, Point};
pub use spark::Spark;
pub use spine::{Spine, SpineRow};
pub use waits::{Wait, Waits};

use crate::error::Result;
use crate::look::Theme;
use crate::swedish;
use drawing::Drawing;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const TOO_LITTLE: &str = "för litet underlag";

/// What a number on the chart counts and how it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Unit {
    /// Stands above the axis and in the table's head: `anmälda brott`, `% av de svarande`, `per 1 000 invånare`.
    pub label: String,
    /// Decimals of a value.
    pub places: u8,
    /// Values are percentages (0–100) and are written with the sign.
    pub percent: bool,
}

impl Unit {
    pub fn count(label: impl Into<String>) -> Self {
        Self { label: label.into(), places: 0, percent: false }
    }

    pub fn percent(label: impl Into<String>) -> Self {
        Self { label: label.into(), places: 0, percent: true }
    }

    pub fn rate(label: impl Into<String>, places: u8) -> Self {
        Self { label: label.into(), places, percent: false }
    }

    fn value(&self, value: f64) -> String {
        let places = usize::from(self.places);
        if self.percent { swedish::percent(value, places) } else { swedish::decimal(value, places) }
    }

    /// The value as it may be written: never a percentage on too small a base.
    fn honest(&self, value: f64, too_little: bool) -> String {
        if self.percent && too_little { TOO_LITTLE.to_owned() } else { self.value(value) }
    }

    fn span(&self, low: f64, high: f64) -> String {
        let span = swedish::span(low, high, usize::from(self.places));
        if self.percent { format!("{span}{}%", swedish::NBSP) } else { span }
    }

    /// `31, sannolikt mellan 21 och 44`; with too little behind it `3, för litet underlag`.
    fn in_words(&self, value: f64, interval: Option<(f64, f64)>, too_little: bool) -> String {
        if too_little {
            return if self.percent { TOO_LITTLE.to_owned() } else { format!("{}, {TOO_LITTLE}", self.value(value)) };
        }
        let places = usize::from(self.places);
        let between = if self.percent { swedish::between_percent } else { swedish::between };
        match interval {
            Some((low, high)) => format!("{}, sannolikt {}", self.value(value), between(low, high, places)),
            None => self.value(value),
        }
    }
}

/// The numbers of a chart, for a table under it and for screen readers. Every cell is written in Swedish already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Any chart that can be drawn and stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Spec {
    Line(Line),
    Bars(Bars),
    Heat(Heat),
    Band(Band),
    Spark(Spark),
    Funnel(Funnel),
    Spine(Spine),
    Waits(Waits),
}

impl Spec {
    pub fn draw(&self, theme: Theme) -> Chart {
        match self {
            Self::Line(spec) => spec.draw(theme),
            Self::Bars(spec) => spec.draw(theme),
            Self::Heat(spec) => spec.draw(theme),
            Self::Band(spec) => spec.draw(theme),
            Self::Spark(spec) => spec.draw(theme),
            Self::Funnel(spec) => spec.draw(theme),
            Self::Spine(spec) => spec.draw(theme),
            Self::Waits(spec) => spec.draw(theme),
        }
    }
}

/// A drawn chart. The SVG has no ground of its own (it lies on the page's paper) and scales freely: its smallest text is 12 px of its own
/// width, so on a projector it must be shown at least 3.5 times as large.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Chart {
    pub svg: String,
    /// What the chart shows, in sentences.
    pub alt: String,
    /// How to read the marks: `■ Polis · band = 95 % intervall · ofylld = preliminärt`. Stands under the chart, before the source.
    pub caption: String,
    pub table: Table,
    /// In px of the SVG.
    pub width: f64,
    pub height: f64,
    #[serde(skip)]
    #[ts(skip)]
    drawing: Drawing,
}

impl Chart {
    fn new(drawing: Drawing, alt: String, caption: String, table: Table) -> Self {
        let svg = svg::write(&drawing, &alt);
        Self { svg, alt, caption, table, width: drawing.width, height: drawing.height, drawing }
    }

    /// The same drawing as a PNG at twice the size (192 dpi), on its paper colour.
    ///
    /// Errors: only if the embedded fonts are damaged or compression fails, which is a fault of ours.
    pub fn png(&self) -> Result<Vec<u8>> {
        let image = raster::draw(&self.drawing, 2)?;
        png::encode(&image, 192)
    }
}

#[cfg(test)]
mod tests;
