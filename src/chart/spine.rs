//! Many indicators against one and the same reference: the spine is the reference's value, to the right lies more, to the left less.
//!
//! After the spine charts of the PHE/OHID technical guide. Right and left mean more and less, never better and worse (S10).

use super::backend::units;
use super::sheet::{Area, Drawn, Sheet, stroke};
use super::{Chart, Table, Unit};
use crate::look::{Perspective, Theme};
use crate::swedish;
use plotters::prelude::{ChartBuilder, PathElement, Rectangle};
use plotters::style::Color;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One indicator, all values in its own unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SpineRow {
    pub label: String,
    pub perspective: Perspective,
    pub unit: Unit,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// The reference's value: the spine.
    pub reference: f64,
    /// Lower and upper quartile of the others.
    pub quartiles: Option<(f64, f64)>,
    /// Lowest and highest of the others.
    pub range: Option<(f64, f64)>,
    pub too_little: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Spine {
    pub title: String,
    /// Whose values the spine is: `hela landet`, `medianen av 12 liknande kommuner`.
    pub reference: String,
    pub rows: Vec<SpineRow>,
}

const WIDTH: f64 = 532.0;
const ROW: f64 = 34.0;
const HEAD: f64 = 24.0;

impl Spine {
    pub fn draw(&self, theme: Theme) -> Chart {
        let drawing = Sheet::drawn(theme, |sheet| self.plot(sheet));
        Chart::new(drawing, self.alt(), self.caption(), self.table())
    }

    fn plot(&self, sheet: &Sheet) -> Drawn {
        let (ink, bold, quiet) = (sheet.ink(), sheet.ink().bold(), sheet.quiet());
        let label = self.rows.iter().map(|row| ink.width(&row.label)).fold(0.0, f64::max).min(180.0);
        let values = self.rows.iter().map(|row| bold.width(&value(row))).fold(0.0, f64::max).min(90.0);
        let references =
            self.rows.iter().map(|row| quiet.width(&row.unit.value(row.reference))).fold(0.0, f64::max).max(quiet.small().width("jämfört"));
        let (value_end, track) = (label + 16.0 + values, (label + values + 34.0, WIDTH - references - 18.0));
        let middle = (track.0 + track.1) / 2.0;
        let bottom = HEAD + ROW * self.rows.len() as f64;
        let area = sheet.area(WIDTH, bottom + 20.0);
        area.draw(&quiet.small().end().write("jämfört", WIDTH, 13.0))?;
        area.draw(&quiet.small().middle().write(&self.reference, middle, 13.0))?;
        for (index, row) in self.rows.iter().enumerate() {
            let y = HEAD + ROW * (index as f64 + 0.5);
            let lines = ink.wrapped(&row.label, label);
            let first = y + 4.5 - 7.5 * (lines.len().max(1) - 1) as f64;
            lines.iter().enumerate().try_for_each(|(i, line)| area.draw(&ink.write(line, 0.0, first + 15.0 * i as f64)))?;
            area.draw(&bold.end().write(value(row), value_end, y + 4.5))?;
            area.draw(&quiet.end().write(row.unit.value(row.reference), WIDTH, y + 4.5))?;
            draw_row(sheet, &area, row, track, (y, bottom + 20.0))?;
        }
        area.draw(&PathElement::new([(units(middle), units(HEAD - 4.0)), (units(middle), units(bottom))], stroke(sheet.colours.ink, 1.5)))?;
        area.draw(&quiet.small().write("mindre", track.0, bottom + 14.0))?;
        area.draw(&quiet.small().end().write("mer", track.1, bottom + 14.0))
    }

    fn caption(&self) -> String {
        let mut whose: Vec<Perspective> =
            Perspective::ALL.into_iter().filter(|who| self.rows.iter().any(|row| row.perspective == *who)).collect();
        whose.dedup();
        let mut parts: Vec<String> = whose.iter().map(|who| format!("{} {}", who.mark(), who.word())).collect();
        parts.push(format!("lodrät linje = {}", self.reference));
        parts.extend(self.rows.iter().any(|row| row.quartiles.is_some()).then(|| "grått = mittersta hälften".to_owned()));
        parts.push(format!("ofylld = skiljer sig inte säkert (95{}% intervall)", swedish::NBSP));
        parts.push("egen skala på varje rad".to_owned());
        parts.join(" · ")
    }

    fn alt(&self) -> String {
        let head = format!("Jämförelse rad för rad. {}, mot {}.", self.title, self.reference);
        let rows = self.rows.iter().map(|row| match row.value {
            Some(own) => {
                let words = row.unit.in_words(own, row.low.zip(row.high), row.too_little);
                format!("{}: {words}, jämfört {}; {}.", row.label, row.unit.value(row.reference), position(row))
            }
            None => format!("{}: inget eget underlag.", row.label),
        });
        std::iter::once(head).chain(rows).collect::<Vec<_>>().join(" ")
    }

    fn table(&self) -> Table {
        let nbsp = swedish::NBSP;
        let columns = ["", "Enhet", "Värde", &format!("95{nbsp}% intervall"), &self.reference, "Läge"].map(str::to_owned).to_vec();
        let rows = self.rows.iter().map(|row| {
            let span = row.low.zip(row.high).filter(|_| !row.too_little).map(|(low, high)| row.unit.span(low, high)).unwrap_or_default();
            vec![row.label.clone(), row.unit.label.clone(), value(row), span, row.unit.value(row.reference), position(row).to_owned()]
        });
        Table { columns, rows: rows.collect() }
    }
}

fn value(row: &SpineRow) -> String {
    row.value.map(|own| row.unit.honest(own, row.too_little)).unwrap_or_default()
}

/// Only when the whole interval lies on one side of the reference does the municipality differ.
fn position(row: &SpineRow) -> &'static str {
    let Some(own) = row.value else { return "inget eget underlag" };
    let (low, high) = (row.low.unwrap_or(own), row.high.unwrap_or(own));
    match () {
        () if row.too_little => "för litet underlag för att jämföras",
        () if low > row.reference => "mer än jämförelsen",
        () if high < row.reference => "mindre än jämförelsen",
        () => "skiljer sig inte säkert",
    }
}

/// Values across so that the reference stands in the middle; the far end is as far as anything shown lies from it.
fn draw_row(sheet: &Sheet, area: &Area, row: &SpineRow, (from, to): (f64, f64), (y, height): (f64, f64)) -> Drawn {
    let Some(own) = row.value else {
        return area.draw(&sheet.quiet().small().write("inget eget underlag", from, y + 4.0));
    };
    let pair = |pair: Option<(f64, f64)>| pair.into_iter().flat_map(|(low, high)| [low, high]);
    let shown = pair(row.quartiles).chain(pair(row.range)).chain(row.value).chain(row.low).chain(row.high);
    let far = shown.map(|value| (value - row.reference).abs()).filter(|far| far.is_finite()).fold(0.0, f64::max).min(1e12);
    let far = if far > 0.0 { far } else { 1.0 };
    let inside = |value: f64| if value.is_finite() { value.clamp(row.reference - far, row.reference + far) } else { row.reference };
    let field = ChartBuilder::on(area)
        .margin_left(units(from))
        .margin_right(units(WIDTH - to))
        .build_cartesian_2d(row.reference - far..row.reference + far, height..0.0)?;
    let field = field.plotting_area();
    let colours = sheet.colours;
    let bar = |low: f64, high: f64, half: f64, part: u8| {
        Rectangle::new([(inside(low), y - half), (inside(high), y + half)], colours.ink.over(colours.paper, part).filled())
    };
    if let Some((low, high)) = row.range {
        field.draw(&bar(low, high, 4.0, 18))?;
    }
    if let Some((low, high)) = row.quartiles {
        field.draw(&bar(low, high, 8.5, 34))?;
    }
    if let (Some(low), Some(high)) = (row.low, row.high) {
        let style = stroke(colours.perspective(row.perspective), 2.0);
        field.draw(&PathElement::new([(inside(low), y), (inside(high), y)], style))?;
    }
    let certain = matches!(position(row), "mer än jämförelsen" | "mindre än jämförelsen");
    field.draw(&sheet.symbol(row.perspective, (inside(own), y), 9.0, !certain))
}
