//! A tiny line for the overview: the shape of the series and where it stands now, nothing to read off.

use super::axis::Scale;
use super::backend::units;
use super::sheet::{Drawn, Sheet, stroke};
use super::{Chart, Table};
use crate::look::{Perspective, Theme};
use plotters::prelude::{ChartBuilder, LineSeries, PathElement};
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
const FOOT: f64 = 3.0;

impl Spark {
    pub fn draw(&self, theme: Theme) -> Chart {
        let drawing = Sheet::drawn(theme, |sheet| self.plot(sheet));
        Chart::new(drawing, self.alt.clone(), String::new(), Table { columns: Vec::new(), rows: Vec::new() })
    }

    /// From zero, as in the large chart. A single value stands at the right end, where "now" is.
    fn plot(&self, sheet: &Sheet) -> Drawn {
        let area = sheet.area(SIZE.0, SIZE.1);
        let ground = units(SIZE.1 - FOOT + 0.5);
        area.draw(&PathElement::new([(0, ground), (units(SIZE.0), ground)], stroke(sheet.colours.line, 1.0)))?;
        let highest = self.values.iter().flatten().copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
        let (top, last) = (if highest > 0.0 { highest } else { 1.0 }, self.values.len().saturating_sub(1) as f64);
        let mut field = ChartBuilder::on(&area)
            .margin(units(EDGE))
            .margin_bottom(units(FOOT))
            .build_cartesian_2d((last - 1.0).min(0.0)..last, Scale { range: 0.0..top, named: Vec::new() })?;
        let spots: Vec<Option<(f64, f64)>> = (0u32..).zip(&self.values).map(|(i, v)| v.map(|v| (f64::from(i), v))).collect();
        for stretch in self.stretches(&spots) {
            field.draw_series(LineSeries::new(stretch, stroke(sheet.colours.perspective(self.perspective), 1.5)))?;
        }
        let known: Vec<(f64, f64)> = spots.into_iter().flatten().collect();
        let Some((last, rest)) = known.split_last() else { return Ok(()) };
        if !self.connected {
            field.draw_series(rest.iter().map(|&spot| sheet.symbol(self.perspective, spot, 2.0, false)))?;
        }
        field.plotting_area().draw(&sheet.symbol(self.perspective, *last, 5.5, self.empty))
    }

    fn stretches(&self, spots: &[Option<(f64, f64)>]) -> Vec<Vec<(f64, f64)>> {
        let mut stretches = vec![Vec::new()];
        if !self.connected {
            return stretches;
        }
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
