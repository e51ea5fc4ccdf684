//! Groups beside each other: a bar per group with how many answered and how sure the value is.

use super::drawing::Drawing;
use super::{Chart, TOO_LITTLE, Table, Unit};
use crate::look::{Perspective, Theme};
use crate::swedish;
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

struct Columns {
    label: f64,
    n: f64,
    start: f64,
    per_unit: f64,
}

impl Bars {
    pub fn draw(&self, theme: Theme) -> Chart {
        let mut drawing = Drawing::new(WIDTH, 0.0, theme);
        let columns = self.columns(&drawing);
        let lines: Vec<Vec<String>> = self.bars.iter().map(|b| drawing.ink().wrapped(&b.label, columns.label)).collect();
        let mut y = if self.reference.is_some() { 22.0 } else { 4.0 };
        let top = y;
        for (bar, label) in self.bars.iter().zip(&lines) {
            let height = ROW.max(16.0 * label.len() as f64 + 8.0);
            let written = self.draw_row(&mut drawing, &columns, bar, label, y + height / 2.0);
            self.draw_reference(&mut drawing, &columns, (y, y + height), written);
            y += height;
        }
        drawing.rule((columns.start, top), (columns.start, y), drawing.colours.line_strong, 1.0);
        self.name_reference(&mut drawing, &columns);
        drawing.height = y + 4.0;
        Chart::new(drawing, self.alt(), self.caption(), self.table())
    }

    fn columns(&self, drawing: &Drawing) -> Columns {
        let (ink, bold) = (drawing.ink(), drawing.bold());
        let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
        let label = widest(&mut self.bars.iter().map(|b| ink.width(&b.label))).min(170.0);
        let n = widest(&mut self.bars.iter().map(|b| ink.width(&n_words(b))));
        let value = widest(&mut self.bars.iter().map(|b| bold.width(&self.value(b))));
        let start = label + 22.0 + if n > 0.0 { n + 12.0 } else { 0.0 };
        let highest = widest(&mut self.bars.iter().filter_map(|b| b.high.or(b.value)).chain(self.reference.iter().map(|r| r.value)));
        let top = if highest > 0.0 { highest } else { 1.0 };
        Columns { label, n: label + 22.0 + n, start, per_unit: (WIDTH - start - value - 14.0) / top }
    }

    fn value(&self, bar: &Bar) -> String {
        bar.value.map(|v| self.unit.honest(v, bar.too_little)).unwrap_or_default()
    }

    /// Returns from where to where words stand to the right of the base line.
    fn draw_row(&self, drawing: &mut Drawing, columns: &Columns, bar: &Bar, label: &[String], middle: f64) -> (f64, f64) {
        let (ink, quiet) = (drawing.ink(), drawing.quiet());
        let first = middle + 4.5 - 8.0 * (label.len().max(1) - 1) as f64;
        for (row, line) in label.iter().enumerate() {
            drawing.text(ink, 0.0, first + 16.0 * row as f64, line);
        }
        drawing.text(quiet.end(), columns.n, middle + 4.5, &n_words(bar));
        let Some(value) = bar.value else {
            let start = columns.start + 10.0;
            drawing.text(quiet, start, middle + 4.5, bar.missing());
            return (start, start + quiet.width(bar.missing()));
        };
        let x = |v: f64| columns.start + v.max(0.0) * columns.per_unit;
        self.draw_bar(drawing, (columns.start, x(value)), middle, bar.too_little);
        let mut end = x(value);
        if let Some((low, high)) = bar.interval() {
            drawing.rule((x(low), middle), (x(high), middle), drawing.colours.ink, 1.75);
            for end in [x(low), x(high)] {
                drawing.rule((end, middle - 4.0), (end, middle + 4.0), drawing.colours.ink, 1.75);
            }
            end = end.max(x(high));
        }
        let words = self.value(bar);
        let pen = if words == TOO_LITTLE { quiet } else { drawing.bold() };
        drawing.text(pen, end + 8.0, middle + 4.5, &words);
        (end + 8.0, end + 8.0 + pen.width(&words))
    }

    /// The tint is pale enough for the whisker to be seen inside it and strong enough (3:1) to be seen itself.
    fn draw_bar(&self, drawing: &mut Drawing, (from, to): (f64, f64), middle: f64, empty: bool) {
        let colour = drawing.colours.perspective(self.perspective);
        let fill = if empty { drawing.colours.paper } else { colour.over(drawing.colours.paper, TINT) };
        drawing.rect(from, middle - THICK / 2.0, to - from, THICK, fill);
        if empty {
            let (top, bottom) = (middle - THICK / 2.0 + 0.75, middle + THICK / 2.0 - 0.75);
            drawing.path(vec![(from, top), (to - 0.75, top), (to - 0.75, bottom), (from, bottom)], colour, 1.5);
        }
    }

    /// One row's part of the dashed line, interrupted where it would strike through words.
    fn draw_reference(&self, drawing: &mut Drawing, columns: &Columns, (top, bottom): (f64, f64), words: (f64, f64)) {
        let Some(reference) = &self.reference else { return };
        let x = columns.start + reference.value * columns.per_unit;
        if words.0 - 3.0 > x || x > words.1 + 3.0 {
            return drawing.dashes((x, top), (x, bottom));
        }
        let middle = (top + bottom) / 2.0;
        drawing.dashes((x, top), (x, middle - 8.0));
        drawing.dashes((x, middle + 8.0), (x, bottom));
    }

    fn name_reference(&self, drawing: &mut Drawing, columns: &Columns) {
        let Some(reference) = &self.reference else { return };
        let pen = drawing.ink().small();
        let x = columns.start + reference.value * columns.per_unit;
        let text = format!("{} {}", reference.label, self.unit.value(reference.value));
        let start = (x - pen.width(&text) / 2.0).min(WIDTH - pen.width(&text)).max(columns.start);
        drawing.text(pen, start, 13.0, &text);
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

pub(super) const TINT: u8 = 165;

fn n_words(bar: &Bar) -> String {
    bar.n.map(|n| format!("n{}{}", swedish::NBSP, swedish::count(n))).unwrap_or_default()
}
