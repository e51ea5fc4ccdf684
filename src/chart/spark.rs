//! A tiny line for the overview: the shape of the series and where it stands now, nothing to read off.

use super::drawing::Drawing;
use super::{Chart, Table};
use crate::look::{Perspective, Theme};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The words and numbers stand beside it, so `alt` is given by the caller and there is no table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Spark {
    pub perspective: Perspective,
    /// Evenly spaced; `None` breaks the line.
    pub values: Vec<Option<f64>>,
    /// Indices of the first value after each break.
    #[ts(type = "number[]")]
    pub breaks: Vec<usize>,
    /// `false` for surveys: dots without a line.
    pub connected: bool,
    /// The last value is preliminary or too small: an empty mark.
    pub empty: bool,
    pub alt: String,
}

const SIZE: (f64, f64) = (66.0, 32.0);
const EDGE: f64 = 5.0;

impl Spark {
    pub fn draw(&self, theme: Theme) -> Chart {
        let mut drawing = Drawing::new(SIZE.0, SIZE.1, theme);
        let bottom = SIZE.1 - 3.0;
        drawing.rule((0.0, bottom + 0.5), (SIZE.0, bottom + 0.5), drawing.colours.line, 1.0);
        let stroke = drawing.colours.perspective(self.perspective);
        let spots = self.spots(bottom);
        if self.connected {
            for stretch in self.stretches(&spots) {
                drawing.path(stretch, stroke, 1.5);
            }
        }
        let known: Vec<(f64, f64)> = spots.into_iter().flatten().collect();
        if let Some((last, rest)) = known.split_last() {
            if !self.connected {
                rest.iter().for_each(|&spot| drawing.symbol(self.perspective, spot, 2.0, false));
            }
            drawing.symbol(self.perspective, *last, 5.5, self.empty);
        }
        Chart::new(drawing, self.alt.clone(), String::new(), Table { columns: Vec::new(), rows: Vec::new() })
    }

    /// From zero, as in the large chart; `None` where there is no value.
    fn spots(&self, bottom: f64) -> Vec<Option<(f64, f64)>> {
        let highest = self.values.iter().flatten().copied().fold(0.0, f64::max);
        let step = (SIZE.0 - 2.0 * EDGE) / (self.values.len().max(2) - 1) as f64;
        let y = |v: f64| bottom - if highest > 0.0 { (v / highest).clamp(0.0, 1.0) * (bottom - EDGE) } else { 0.0 };
        // A single value stands at the right end, where "now" is.
        let shift = if self.values.len() == 1 { SIZE.0 - 2.0 * EDGE } else { 0.0 };
        self.values.iter().enumerate().map(|(i, v)| v.map(|v| (EDGE + shift + step * i as f64, y(v)))).collect()
    }

    fn stretches(&self, spots: &[Option<(f64, f64)>]) -> Vec<Vec<(f64, f64)>> {
        let mut stretches = vec![Vec::new()];
        for (i, spot) in spots.iter().enumerate() {
            if self.breaks.contains(&i) || spot.is_none() {
                stretches.push(Vec::new());
            }
            if let (Some(spot), Some(stretch)) = (spot, stretches.last_mut()) {
                stretch.push(*spot);
            }
        }
        stretches
    }
}
