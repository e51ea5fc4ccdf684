//! The municipality among its likes: per row its own value with interval, the middle half of the others as a grey band, their median as a line.

use super::drawing::Drawing;
use super::{Chart, Table, Unit};
use crate::look::{Perspective, Theme};
use crate::swedish;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One indicator. All values are in the chart's unit; the row has a scale of its own, from the lowest to the highest shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BandRow {
    pub label: String,
    /// The own count behind the rate, written first (S1).
    #[ts(type = "number | null")]
    pub count: Option<u64>,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Lower quartile, median and upper quartile of the others.
    pub quartiles: (f64, f64, f64),
    /// Lowest and highest of the others.
    pub range: (f64, f64),
    pub too_little: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Band {
    pub title: String,
    pub perspective: Perspective,
    pub unit: Unit,
    /// Who the others are: `12 liknande kommuner`.
    pub others: String,
    pub rows: Vec<BandRow>,
}

const WIDTH: f64 = 448.0;
const ROW: f64 = 36.0;

impl Band {
    pub fn draw(&self, theme: Theme) -> Chart {
        let mut drawing = Drawing::new(WIDTH, 0.0, theme);
        let bold = drawing.bold();
        let label = self.rows.iter().map(|r| drawing.ink().width(&r.label)).fold(0.0, f64::max).min(190.0);
        let counts = self.rows.iter().map(|r| bold.width(&count_words(r))).fold(0.0, f64::max);
        let count_end = label + 16.0 + counts;
        let track = (count_end + 24.0, WIDTH - 8.0);
        for (i, row) in self.rows.iter().enumerate() {
            let middle = ROW * i as f64 + ROW / 2.0;
            let lines = drawing.ink().wrapped(&row.label, label);
            let first = middle + 4.5 - 7.5 * (lines.len().max(1) - 1) as f64;
            for (j, line) in lines.iter().enumerate() {
                drawing.text(drawing.ink(), 0.0, first + 15.0 * j as f64, line);
            }
            drawing.text(bold.end(), count_end, middle + 4.5, &count_words(row));
            self.draw_track(&mut drawing, row, track, middle);
        }
        let bottom = ROW * self.rows.len() as f64;
        let pen = drawing.quiet().small();
        drawing.text(pen, track.0, bottom + 12.0, &format!("färre {}", self.unit.label));
        drawing.text(pen.end(), track.1, bottom + 12.0, "fler");
        drawing.height = bottom + 18.0;
        Chart::new(drawing, self.alt(), self.caption(), self.table())
    }

    fn draw_track(&self, drawing: &mut Drawing, row: &BandRow, (from, to): (f64, f64), middle: f64) {
        let x = scale(row, from, to);
        let (lower, median, upper) = row.quartiles;
        let colours = drawing.colours;
        drawing.rule((from, middle), (to, middle), colours.line, 1.0);
        drawing.rect(x(lower), middle - 8.5, x(upper) - x(lower), 17.0, colours.ink.over(colours.paper, 34));
        drawing.rule((x(median), middle - 11.0), (x(median), middle + 11.0), colours.ink, 1.5);
        let Some(value) = row.value else {
            drawing.text(drawing.quiet().small().middle(), (from + to) / 2.0, middle + 4.0, "inget eget underlag");
            return;
        };
        if let (Some(low), Some(high)) = (row.low, row.high) {
            drawing.rule((x(low), middle), (x(high), middle), colours.perspective(self.perspective), 2.0);
        }
        drawing.symbol(self.perspective, (x(value), middle), 9.0, row.too_little);
    }

    fn caption(&self) -> String {
        let mut parts = vec![
            format!("{} {}", self.perspective.mark(), self.perspective.word()),
            self.unit.label.clone(),
            format!("grått = mittersta hälften av {}", self.others),
            "lodrätt streck = median".to_owned(),
            "egen skala på varje rad".to_owned(),
        ];
        parts.extend(self.rows.iter().any(|r| r.too_little).then(|| "ofylld = för litet underlag".to_owned()));
        parts.join(" · ")
    }

    fn alt(&self) -> String {
        let head = format!("Jämförelse. {}, {}, mot {}.", self.title, self.unit.label, self.others);
        let rows = self.rows.iter().map(|r| match r.value {
            Some(value) => format!("{}: {}; {}.", r.label, self.unit.in_words(value, r.low.zip(r.high), false), position(r, value)),
            None => format!("{}: inget eget underlag.", r.label),
        });
        std::iter::once(head).chain(rows).collect::<Vec<_>>().join(" ")
    }

    fn table(&self) -> Table {
        let columns = ["", "Antal", &self.unit.label, &format!("95{}% intervall", swedish::NBSP), "Mittersta hälften", "Median"];
        let rows = self.rows.iter().map(|r| {
            let value = r.value.map(|v| self.unit.value(v)).unwrap_or_default();
            let span = r.low.zip(r.high).map(|(low, high)| self.unit.span(low, high)).unwrap_or_default();
            let (lower, median, upper) = r.quartiles;
            vec![r.label.clone(), count_words(r), value, span, self.unit.span(lower, upper), self.unit.value(median)]
        });
        Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
    }
}

fn count_words(row: &BandRow) -> String {
    row.count.map(swedish::count).unwrap_or_default()
}

/// Never a rank (S9): where the value lies, and only when its whole interval lies there too.
fn position(row: &BandRow, value: f64) -> &'static str {
    let (lower, _, upper) = row.quartiles;
    let (low, high) = (row.low.unwrap_or(value), row.high.unwrap_or(value));
    match () {
        () if row.too_little => "för litet underlag för att jämföras",
        () if low > upper => "fler än i de mittersta kommunerna",
        () if high < lower => "färre än i de mittersta kommunerna",
        () => "skiljer sig inte säkert från de mittersta",
    }
}

/// From the lowest to the highest that the row shows, with a little air.
fn scale(row: &BandRow, from: f64, to: f64) -> impl Fn(f64) -> f64 + use<> {
    let (lower, median, upper) = row.quartiles;
    let shown = [row.range.0, row.range.1, lower, median, upper].into_iter().chain(row.value).chain(row.low).chain(row.high);
    let (least, most) = shown.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    let width = if most > least { most - least } else { 1.0 };
    move |v| from + 6.0 + ((v - least) / width).clamp(0.0, 1.0) * (to - from - 12.0)
}
