//! Groups beside each other: a bar per group with how many answered and how sure the value is.

use super::axis::Scale;
use super::backend::{px, units};
use super::drawing::Pen;
use super::sheet::{Area, Drawn, Sheet, stroke};
use super::{Chart, TOO_LITTLE, Table, Unit};
use crate::look::{Perspective, Theme};
use crate::swedish;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{Cartesian2d, ChartBuilder, PathElement, Rectangle};
use plotters::style::Color;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One group. Without a value `missing` stands where the bar would.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Bar {
    pub label: String,
    /// How many answered or were counted.
    #[ts(type = "number | null")]
    pub n: Option<u64>,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// An outlined bar.
    pub too_little: bool,
    /// `för få svar för att visas`; *inget underlag* when nothing is known.
    pub missing: Option<String>,
}

impl Bar {
    fn interval(&self) -> Option<(f64, f64)> {
        self.low.zip(self.high)
    }

    fn missing(&self) -> &str {
        self.missing.as_deref().unwrap_or("inget underlag")
    }
}

/// A value to hold the groups against: everybody, the whole country.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Reference {
    pub label: String,
    pub value: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Bars {
    pub title: String,
    pub perspective: Perspective,
    pub unit: Unit,
    pub bars: Vec<Bar>,
    pub reference: Option<Reference>,
}

const WIDTH: f64 = 532.0;
const ROW: f64 = 34.0;
const THICK: f64 = 17.0;
const FOOT: f64 = 4.0;
/// The baseline of a row's words, from its middle.
const LEVEL: f64 = 4.5;

/// Where the columns lie, px.
struct Columns {
    label: f64,
    n: f64,
    start: f64,
    end: f64,
    /// The value at `end`.
    top: f64,
}

/// Values across, px of the sheet down.
type Field = Area<Cartesian2d<Scale, RangedCoordf64>>;

/// What one row is drawn on and with.
struct Row<'a> {
    sheet: &'a Sheet,
    area: &'a Area,
    field: &'a Field,
    columns: &'a Columns,
    middle: f64,
}

impl Row<'_> {
    fn write(&self, pen: Pen, text: &str, x: f64, y: f64) -> Drawn {
        self.area.draw(&pen.write(text, x, self.middle + y))
    }

    fn x(&self, value: f64) -> f64 {
        px(self.field.map_coordinate(&(value, self.middle)).0)
    }
}

impl Bars {
    pub fn draw(&self, theme: Theme) -> Chart {
        let drawing = Sheet::drawn(theme, |sheet| self.plot(sheet));
        Chart::new(drawing, self.alt(), self.caption(), self.table())
    }

    fn plot(&self, sheet: &Sheet) -> Drawn {
        let columns = &self.columns(sheet);
        let labels: Vec<Vec<String>> = self.bars.iter().map(|b| sheet.ink().wrapped(&b.label, columns.label)).collect();
        let heights: Vec<f64> = labels.iter().map(|l| ROW.max(16.0 * l.len() as f64 + 8.0)).collect();
        let top = if self.reference.is_some() { 22.0 } else { FOOT };
        let bottom = top + heights.iter().sum::<f64>();
        let area = &sheet.area(WIDTH, bottom + FOOT);
        let field = ChartBuilder::on(area)
            .margin_top(units(top))
            .margin_bottom(units(FOOT))
            .margin_left(units(columns.start))
            .margin_right(units(WIDTH - columns.end))
            .build_cartesian_2d(Scale { range: 0.0..columns.top, named: Vec::new() }, bottom..top)?;
        let field = field.plotting_area();
        let mut y = top;
        for ((bar, label), height) in self.bars.iter().zip(&labels).zip(heights) {
            let row = Row { sheet, area, field, columns, middle: y + height / 2.0 };
            let written = self.draw_row(&row, bar, label)?;
            self.draw_reference(&row, (y, y + height), written)?;
            y += height;
        }
        field.draw(&PathElement::new([(0.0, top), (0.0, bottom)], stroke(sheet.colours.line_strong, 1.0)))?;
        self.name_reference(&Row { sheet, area, field, columns, middle: 0.0 })
    }

    fn columns(&self, sheet: &Sheet) -> Columns {
        let (ink, bold) = (sheet.ink(), sheet.ink().bold());
        let widest = |texts: &mut dyn Iterator<Item = f64>| texts.filter(|w| w.is_finite()).fold(0.0, f64::max);
        let label = widest(&mut self.bars.iter().map(|b| ink.width(&b.label))).min(170.0);
        let n = widest(&mut self.bars.iter().map(|b| ink.width(&n_words(b))));
        let value = widest(&mut self.bars.iter().map(|b| bold.width(&self.value(b)))).min(WIDTH / 3.0);
        let start = label + 22.0 + if n > 0.0 { n + 12.0 } else { 0.0 };
        let highest = widest(&mut self.bars.iter().filter_map(|b| b.high.or(b.value)).chain(self.reference.iter().map(|r| r.value)));
        let top = if highest > 0.0 { highest } else { 1.0 };
        Columns { label, n: label + 22.0 + n, start, end: WIDTH - value - 14.0, top }
    }

    fn value(&self, bar: &Bar) -> String {
        bar.value.map(|v| self.unit.honest(v, bar.too_little)).unwrap_or_default()
    }

    /// Returns from where to where words stand to the right of the base line.
    fn draw_row(&self, row: &Row, bar: &Bar, label: &[String]) -> Drawn<(f64, f64)> {
        let (ink, quiet) = (row.sheet.ink(), row.sheet.quiet());
        let first = LEVEL - 8.0 * (label.len().max(1) - 1) as f64;
        for (i, line) in label.iter().enumerate() {
            row.write(ink, line, 0.0, first + 16.0 * i as f64)?;
        }
        row.write(quiet.end(), &n_words(bar), row.columns.n, LEVEL)?;
        let Some(value) = bar.value else {
            let start = row.columns.start + 10.0;
            row.write(quiet, bar.missing(), start, LEVEL)?;
            return Ok((start, start + quiet.width(bar.missing())));
        };
        self.draw_bar(row, value, bar.too_little)?;
        let mut end = row.x(value) + 8.0;
        if let Some((low, high)) = bar.interval() {
            draw_whisker(row, low, high)?;
            end = end.max(row.x(high) + 8.0);
        }
        let words = self.value(bar);
        let pen = if words == TOO_LITTLE { quiet } else { ink.bold() };
        row.write(pen, &words, end, LEVEL)?;
        Ok((end, end + pen.width(&words)))
    }

    /// The tint is pale enough for the whisker to be seen inside it and strong enough (3:1) to be seen itself.
    fn draw_bar(&self, row: &Row, value: f64, empty: bool) -> Drawn {
        let (colours, edge) = (row.sheet.colours, units(1.5).unsigned_abs());
        let colour = colours.perspective(self.perspective);
        let corners = [(0.0, row.middle - THICK / 2.0), (value, row.middle + THICK / 2.0)];
        if !empty {
            return row.field.draw(&Rectangle::new(corners, colour.over(colours.paper, TINT).filled()));
        }
        row.field.draw(&Rectangle::new(corners, colour.filled()))?;
        row.field.draw(Rectangle::new(corners, colours.paper.filled()).set_margin(edge, edge, 0, edge))
    }

    /// One row's part of the dashed line, interrupted where it would strike through words.
    fn draw_reference(&self, row: &Row, (top, bottom): (f64, f64), words: (f64, f64)) -> Drawn {
        let Some(reference) = &self.reference else { return Ok(()) };
        let (value, x) = (reference.value, row.x(reference.value));
        if words.0 - 3.0 > x || x > words.1 + 3.0 {
            return row.sheet.dashes(row.field, [(value, top), (value, bottom)]);
        }
        row.sheet.dashes(row.field, [(value, top), (value, row.middle - 8.0)])?;
        row.sheet.dashes(row.field, [(value, row.middle + 8.0), (value, bottom)])
    }

    fn name_reference(&self, row: &Row) -> Drawn {
        let Some(reference) = &self.reference else { return Ok(()) };
        let pen = row.sheet.ink().small();
        let text = format!("{} {}", reference.label, self.unit.value(reference.value));
        let width = pen.width(&text);
        let start = (row.x(reference.value) - width / 2.0).min(WIDTH - width).max(row.columns.start);
        row.write(pen, &text, start, 13.0)
    }

    fn caption(&self) -> String {
        let mut parts = vec![format!("{} {}", self.perspective.mark(), self.perspective.word())];
        if self.bars.iter().any(|b| b.interval().is_some()) {
            parts.push(format!("streck = 95{}% intervall", swedish::NBSP));
        }
        if self.bars.iter().any(|b| b.too_little && b.value.is_some()) {
            parts.push(format!("ofylld = {TOO_LITTLE}"));
        }
        parts.join(" · ")
    }

    fn alt(&self) -> String {
        let head = format!("Stapeldiagram. {}, {}: {}.", self.title, self.unit.label, self.perspective.word().to_lowercase());
        let rows = self.bars.iter().map(|b| match b.value {
            Some(value) => format!("{}: {}.", b.label, self.unit.in_words(value, b.interval(), b.too_little)),
            None => format!("{}: {}.", b.label, b.missing()),
        });
        let reference = self.reference.iter().map(|r| format!("Jämför {}: {}.", r.label, self.unit.value(r.value)));
        std::iter::once(head).chain(rows).chain(reference).collect::<Vec<_>>().join(" ")
    }

    fn table(&self) -> Table {
        let columns = ["Grupp", "Antal", &self.unit.label, &format!("95{}% intervall", swedish::NBSP)].map(str::to_owned).to_vec();
        let rows = self.bars.iter().map(|b| {
            let value = if b.value.is_some() { self.value(b) } else { b.missing().to_owned() };
            let span = b.interval().map(|(low, high)| self.unit.span(low, high)).unwrap_or_default();
            vec![b.label.clone(), b.n.map(swedish::count).unwrap_or_default(), value, span]
        });
        Table { columns, rows: rows.collect() }
    }
}

fn draw_whisker(row: &Row, low: f64, high: f64) -> Drawn {
    let style = stroke(row.sheet.colours.ink, 1.75);
    row.field.draw(&PathElement::new([(low, row.middle), (high, row.middle)], style))?;
    [low, high].iter().try_for_each(|&end| row.field.draw(&PathElement::new([(end, row.middle - 4.0), (end, row.middle + 4.0)], style)))
}

pub(super) const TINT: u8 = 165;

fn n_words(bar: &Bar) -> String {
    bar.n.map(|n| format!("n{}{}", swedish::NBSP, swedish::count(n))).unwrap_or_default()
}
