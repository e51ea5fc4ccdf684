//! OpenDocument spreadsheets (.ods) → sheets, element by element: what a cell or row claims to repeat is only counted.
//! Format: OpenDocument 1.3, part 3, chapter 9.

use super::cell_format::NumberFormat;
use super::grid::{Span, encoded};
use super::workbook::{Found, Held, Placed, clean, damaged, iso, no_value, too_large};
use crate::error::Result;
use chrono::NaiveTime;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::BufRead;

/// Reads every table of a `content.xml`.
pub fn read(content: impl BufRead, held: &mut Held<'_>) -> Result<Vec<Found>> {
    let mut xml = quick_xml::Reader::from_reader(content);
    xml.config_mut().expand_empty_elements = true;
    xml.config_mut().check_end_names = false;
    let mut found = Vec::new();
    let mut buffer = Vec::new();
    let mut styles = Styles::default();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(damaged)? {
            // Deleted cells are kept there.
            Event::Start(tag) if tag.name().as_ref() == "table:tracked-changes" => skip(&mut xml, "table:tracked-changes")?,
            Event::Start(tag) if tag.name().as_ref() == "table:table" => {
                let name = attribute(&tag, "table:name").unwrap_or_default();
                let mut table = Table { placed: Placed::new(held), styles: &styles, row: 0, column: 0, by_column: Vec::new() };
                table.read(&mut xml)?;
                found.push(Found { sheet: table.placed.sheet(&name)?, hidden: false });
            }
            Event::Start(tag) if tag.name().as_ref() == "style:style" => styles.open(&tag),
            Event::Start(tag) if tag.name().as_ref() == "style:paragraph-properties" => styles.paragraph(&tag),
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// How far the cells of each style are moved to the right, in steps.
#[derive(Default)]
struct Styles {
    steps: BTreeMap<String, u8>,
    open: String,
}

/// A step in points, as LibreOffice makes it.
const STEP: f64 = 10.0;

impl Styles {
    fn open(&mut self, tag: &BytesStart<'_>) {
        self.open = attribute(tag, "style:name").unwrap_or_default();
    }

    fn paragraph(&mut self, tag: &BytesStart<'_>) {
        let steps = attribute(tag, "fo:margin-left").and_then(|length| points(&length)).map_or(0, |points| (points / STEP).round() as u8);
        if steps > 0 {
            self.steps.insert(self.open.clone(), steps);
        }
    }
}

/// `0.353cm`, `3.5mm`, `10pt`, `0.14in`.
fn points(length: &str) -> Option<f64> {
    let units = [("cm", 72.0 / 2.54), ("mm", 7.2 / 2.54), ("in", 72.0), ("pt", 1.0)];
    let (number, unit) = units.iter().find_map(|(unit, points)| Some((length.trim().strip_suffix(unit)?, points)))?;
    number.trim().parse::<f64>().ok().map(|number| number * unit)
}

type Xml<R> = quick_xml::Reader<R>;

/// Passes over an element that was opened.
fn skip<R: BufRead>(xml: &mut Xml<R>, name: &str) -> Result<()> {
    let (mut depth, mut buffer) = (1, Vec::new());
    while depth > 0 {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(tag) if tag.name().as_ref() == name => depth += 1,
            Event::End(tag) if tag.name().as_ref() == name => depth -= 1,
            Event::Eof => return Err(damaged("filen tar slut mitt i")),
            _ => {}
        }
    }
    Ok(())
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

struct Table<'h, 'w> {
    placed: Placed<'h, 'w>,
    styles: &'h Styles,
    row: u32,
    /// Where the next column is described, and the style of those that have one: up to which column, and its steps.
    column: u32,
    by_column: Vec<(u32, u8)>,
}

impl Table<'_, '_> {
    fn read<R: BufRead>(&mut self, xml: &mut Xml<R>) -> Result<()> {
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(damaged)? {
                Event::Start(tag) => match tag.name().as_ref() {
                    "table:table-row" => {
                        let times = repeated(&tag, "table:number-rows-repeated");
                        let cells = self.cells(xml)?;
                        self.put(cells, times)?;
                    }
                    "table:table-column" => {
                        self.column = self.column.saturating_add(repeated(&tag, "table:number-columns-repeated"));
                        self.by_column.push((self.column, self.steps(&tag, "table:default-cell-style-name").unwrap_or(0)));
                    }
                    "table:shapes" => skip(xml, "table:shapes")?,
                    // A table within a table is a chart's own data.
                    "table:table" => skip(xml, "table:table")?,
                    _ => {}
                },
                Event::End(tag) if tag.name().as_ref() == "table:table" => return Ok(()),
                Event::Eof => return Err(damaged("filen tar slut mitt i")),
                _ => {}
            }
        }
    }

    fn steps(&self, tag: &BytesStart<'_>, name: &str) -> Option<u8> {
        attribute(tag, name).map(|style| self.styles.steps.get(&style).copied().unwrap_or(0))
    }

    fn cells<R: BufRead>(&mut self, xml: &mut Xml<R>) -> Result<Vec<Repeated>> {
        let (mut cells, mut buffer, mut held, mut column) = (Vec::new(), Vec::new(), 0, 0_u32);
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(damaged)? {
                Event::Start(tag) if matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell") => {
                    let (tag, times) = (tag.to_owned(), repeated(&tag, "table:number-columns-repeated"));
                    // A covered cell keeps what it held before it was merged; nobody sees it.
                    let covered = tag.name().as_ref() == "table:covered-table-cell";
                    let text = text(xml, tag.name().as_ref())?;
                    let of_column = || self.by_column.iter().find(|(end, _)| column < *end).map_or(0, |(_, steps)| *steps);
                    let steps = self.steps(&tag, "table:style-name").unwrap_or_else(of_column);
                    let raw = if covered { String::new() } else { value(&tag, &text, steps) };
                    held += raw.len() + 64;
                    if held > super::workbook::LARGEST_ROW {
                        return Err(too_large());
                    }
                    self.merge(&tag, column);
                    column = column.saturating_add(times);
                    cells.push(Repeated { raw, times });
                }
                Event::End(tag) if tag.name().as_ref() == "table:table-row" => return Ok(cells),
                Event::Eof => return Err(damaged("filen tar slut mitt i")),
                _ => {}
            }
        }
    }

    fn merge(&mut self, tag: &BytesStart<'_>, column: u32) {
        let (rows, columns) = (repeated(tag, "table:number-rows-spanned"), repeated(tag, "table:number-columns-spanned"));
        if rows > 1 || columns > 1 {
            let end = |from: u32, many: u32| from.saturating_add(many - 1);
            self.placed.merge(Span { rows: (self.row, end(self.row, rows)), columns: (column, end(column, columns)) });
        }
    }

    /// Sets down a row as often as it repeats; empty ones only count.
    fn put(&mut self, cells: Vec<Repeated>, times: u32) -> Result<()> {
        if cells.iter().any(|cell| !cell.raw.is_empty()) {
            for row in 0..times {
                let mut column: u32 = 0;
                for cell in &cells {
                    for place in 0..if cell.raw.is_empty() { 0 } else { cell.times } {
                        let at = (self.row.saturating_add(row), column.saturating_add(place));
                        self.placed.put(at, &cell.raw)?;
                    }
                    column = column.saturating_add(cell.times);
                }
            }
        }
        self.row = self.row.saturating_add(times);
        Ok(())
    }
}

struct Repeated {
    raw: String,
    times: u32,
}

/// The paragraphs of a cell, without comments and drawings.
fn text<R: BufRead>(xml: &mut Xml<R>, name: &str) -> Result<String> {
    let (mut text, mut buffer, mut paragraphs) = (String::new(), Vec::new(), 0);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(tag) => match tag.name().as_ref() {
                other @ ("office:annotation" | "draw:frame" | "draw:g" | "draw:custom-shape" | "draw:control") => {
                    let other = other.to_owned();
                    skip(xml, &other)?;
                }
                "text:p" => {
                    text.push_str(if paragraphs > 0 { "\n" } else { "" });
                    paragraphs += 1;
                }
                "text:s" => (0..repeated(&tag, "text:c").min(1000)).for_each(|_| text.push(' ')),
                "text:tab" => text.push('\t'),
                "text:line-break" => text.push('\n'),
                _ => {}
            },
            Event::Text(part) if paragraphs > 0 => text.push_str(&part.xml10_content()),
            Event::CData(part) if paragraphs > 0 => text.push_str(&part.xml10_content()),
            Event::GeneralRef(part) if paragraphs > 0 => text.push_str(&entity(&part)),
            Event::End(tag) if tag.name().as_ref() == name => return Ok(text),
            Event::Eof => return Err(damaged("filen tar slut mitt i")),
            _ => {}
        }
    }
}

fn entity(part: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = part.resolve_char_ref() {
        return letter.to_string();
    }
    let name: &str = part.as_ref();
    quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default().to_owned()
}

/// The cell as it is stored, in the grid's writing.
fn value(tag: &BytesStart<'_>, text: &str, steps: u8) -> String {
    let stored = |name: &str| attribute(tag, name).unwrap_or_default();
    if attribute(tag, "calcext:value-type").as_deref() == Some("error") {
        return encoded::error(text.trim());
    }
    let indented = |text: &str| {
        let mut raw = String::new();
        encoded::write_indented(&mut raw, steps, &clean(text));
        raw
    };
    match attribute(tag, "office:value-type").as_deref() {
        Some(kind @ ("float" | "percentage" | "currency")) => {
            let format = if kind == "percentage" { NumberFormat::built_in(9) } else { NumberFormat::Plain };
            match stored("office:value").trim().parse().ok().filter(|n: &f64| n.is_finite()) {
                Some(number) => {
                    let mut raw = String::new();
                    format.write(&mut raw, number, false);
                    raw
                }
                None => clean(text),
            }
        }
        Some("date") => iso(&stored("office:date-value")),
        Some("time") => time(&stored("office:time-value")).map_or_else(|| clean(text), encoded::time),
        Some("boolean") => encoded::bool(stored("office:boolean-value") == "true"),
        Some(_) => attribute(tag, "office:string-value").filter(|_| text.is_empty()).map_or_else(|| indented(text), |text| indented(&text)),
        None if text.is_empty() && attribute(tag, "table:formula").is_some() => no_value(),
        None => indented(text),
    }
}

/// `PT12H30M05S`; durations of a day or more are no time of day.
fn time(text: &str) -> Option<NaiveTime> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, seconds.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(content: &str) -> Vec<Vec<String>> {
        let progress = crate::progress::Progress::default();
        let mut held = Held::new(&progress);
        let found = read(
            format!("<office:spreadsheet><table:table table:name=\"A\">{content}</table:table></office:spreadsheet>").as_bytes(),
            &mut held,
        )
        .unwrap();
        found[0].sheet.rows_text(0, found[0].sheet.rows())
    }

    #[test]
    fn cells_are_as_stored_and_repeats_are_unfolded() {
        let content = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1234.5"><text:p>1 235</text:p></table:table-cell>
            <table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string"><office:annotation><text:p>not</text:p></office:annotation><text:p>a<text:s text:c="2"/>&amp;&#229;</text:p><text:p>b</text:p></table:table-cell></table:table-row>
            <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
            <table:table-row><table:covered-table-cell office:value-type="float" office:value="9"/><table:table-cell table:formula="of:=A1"/></table:table-row>"#;
        let rows = rows(content);
        assert_eq!(rows[..2], [["1234,5", "", "", "a  &å\nb"], ["1234,5", "", "", "a  &å\nb"]]);
        assert_eq!((rows.len(), rows[1_048_572].clone()), (1_048_573, vec![String::new(), "formel utan värde".to_owned()]));
    }

    #[test]
    fn a_small_file_that_claims_billions_is_refused() {
        let cell = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>xxxxxxxx</text:p></table:table-cell></table:table-row>"#;
        assert!(
            read(format!("<table:table>{cell}</table:table>").as_bytes(), &mut Held::new(&crate::progress::Progress::default())).is_err()
        );
    }
}
