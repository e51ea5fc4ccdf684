//! The municipality among its likes: per row its own value with interval, the middle half of the others as a grey band, their median as a line.

use super::backend::units;
use super::drawing::Pen;
use super::sheet::{Area, Drawn, Sheet, stroke};
use super::{Chart, Table, Unit};
use crate::look::{Perspective, Theme};
use crate::swedish;
use plotters::prelude::{ChartBuilder, PathElement, Rectangle};
use plotters::style::Color;
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
        let drawing = Sheet::drawn(theme, |sheet| self.plot(sheet));
        Chart::new(drawing, self.alt(), self.caption(), self.table())
    }

    fn plot(&self, sheet: &Sheet) -> Drawn {
        let (ink, bold) = (sheet.ink(), sheet.ink().bold());
        let label = self.rows.iter().map(|r| ink.width(&r.label)).fold(0.0, f64::max).min(190.0);
        let counts = self.rows.iter().map(|r| bold.width(&count_words(r))).fold(0.0, f64::max);
        let count_end = label + 16.0 + counts;
        let track = (count_end + 24.0, WIDTH - 8.0);
        let bottom = ROW * self.rows.len() as f64;
        let (rows, foot) = sheet.area(WIDTH, bottom + 18.0).split_vertically(units(bottom));
        for (row, area) in self.rows.iter().zip(rows.split_evenly((self.rows.len(), 1))) {
            write_label(&area, ink, &ink.wrapped(&row.label, label))?;
            area.draw(&bold.end().write(count_words(row), count_end, ROW / 2.0 + 4.5))?;
            self.draw_track(sheet, &area, row, track)?;
        }
        let pen = sheet.quiet().small();
        foot.draw(&pen.write(format!("färre {}", self.unit.label), track.0, 12.0))?;
        foot.draw(&pen.end().write("fler", track.1, 12.0))
    }

    /// Values across, px from the row's middle down.
    fn draw_track(&self, sheet: &Sheet, area: &Area, row: &BandRow, (from, to): (f64, f64)) -> Drawn {
        let (colours, middle) = (sheet.colours, units(ROW / 2.0));
        area.draw(&PathElement::new([(units(from), middle), (units(to), middle)], stroke(colours.line, 1.0)))?;
        let (least, most) = shown(row);
        let field = ChartBuilder::on(area)
            .margin_left(units(from + 6.0))
            .margin_right(units(WIDTH - to + 6.0))
            .build_cartesian_2d(least..most, ROW / 2.0..-ROW / 2.0)?;
        let field = field.plotting_area();
        let (lower, median, upper) = row.quartiles;
        field.draw(&Rectangle::new([(lower, -8.5), (upper, 8.5)], colours.ink.over(colours.paper, 34).filled()))?;
        field.draw(&PathElement::new([(median, -11.0), (median, 11.0)], stroke(colours.ink, 1.5)))?;
        let Some(value) = row.value else {
            let pen = sheet.quiet().small().middle();
            return area.draw(&pen.write("inget eget underlag", (from + to) / 2.0, ROW / 2.0 + 4.0));
        };
        if let (Some(low), Some(high)) = (row.low, row.high) {
            field.draw(&PathElement::new([(low, 0.0), (high, 0.0)], stroke(colours.perspective(self.perspective), 2.0)))?;
        }
        field.draw(&sheet.symbol(self.perspective, (value, 0.0), 9.0, row.too_little))
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
    // Without an interval nothing is sure.
    let (low, high) = (row.low.unwrap_or(f64::NEG_INFINITY), row.high.unwrap_or(f64::INFINITY));
    match () {
        () if row.too_little => "för litet underlag för att jämföras",
        () if (lower..=upper).contains(&value) => "bland de mittersta",
        () if low > upper => "fler än i de mittersta kommunerna",
        () if high < lower => "färre än i de mittersta kommunerna",
        () => "skiljer sig inte säkert från de mittersta",
    }
}

fn write_label(area: &Area, pen: Pen, lines: &[String]) -> Drawn {
    let first = ROW / 2.0 + 4.5 - 7.5 * (lines.len().max(1) - 1) as f64;
    lines.iter().enumerate().try_for_each(|(i, line)| area.draw(&pen.write(line, 0.0, first + 15.0 * i as f64)))
}

/// The lowest and the highest that the row shows.
fn shown(row: &BandRow) -> (f64, f64) {
    let (lower, median, upper) = row.quartiles;
    let shown = [row.range.0, row.range.1, lower, median, upper].into_iter().chain(row.value).chain(row.low).chain(row.high);
    let (least, most) = shown.filter(|v| v.is_finite()).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    if most > least { (least, most) } else { (least, least + 1.0) }
}
