//! Tables of a web page, also when it is saved as .xls (as the national database and many systems do).

use super::bytes::unreadable;
use super::grid::{Sheet, SheetWriter, encoded};
use crate::error::Result;
use html5gum::{HtmlString, Spanned, StartTag, Token, Tokenizer};
use std::collections::BTreeMap;

/// Cells that one page may hold, those that a span covers included.
const MOST_CELLS: usize = 20_000_000;
const MOST_COLUMNS: usize = 4096;
const MOST_ROWS: usize = 1_048_576;

pub fn looks_like(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(2000).collect::<String>().to_lowercase();
    head.starts_with('<') && ["<!doctype html", "<html", "<head", "<table"].iter().any(|tag| head.contains(tag))
}

/// Every table of the page that has something beside something else. Errors: none is there, or it is unreasonably large.
pub fn read(text: &str) -> Result<Vec<Sheet>> {
    let mut page = Page::default();
    for token in Tokenizer::new(text) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => page.open(&tag)?,
            Token::EndTag(tag) => page.close(&tag.name),
            Token::String(text) => page.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    // What was hidden and never shown again ends with the page.
    page.hidden = None;
    while !page.tables.is_empty() {
        page.close(b"table");
    }
    let mut tables = page.done;
    // A table that only places other things on the page has one cell a row.
    tables.retain(|table| table.rows.iter().any(|row| row.len() > 1));
    match tables.len() {
        0 => Err(unreadable("Filen är en webbsida utan tabell.").hint("Kopiera tabellen till ett kalkylblad och spara som .xlsx.")),
        1 => Ok(tables.iter().map(|table| table.sheet("")).collect()),
        _ => Ok(tables.iter().enumerate().map(|(index, table)| table.sheet(&format!("Tabell {}", index + 1))).collect()),
    }
}

/// The tables that are open, the innermost last, and those that are done.
#[derive(Default)]
struct Page {
    tables: Vec<Table>,
    done: Vec<Table>,
    /// Inside what is not shown.
    hidden: Option<Vec<u8>>,
    cells: usize,
}

#[derive(Default)]
struct Table {
    caption: Option<String>,
    rows: Vec<BTreeMap<usize, Written>>,
    cell: Option<Cell>,
    row_open: bool,
    /// First column of the row where the next cell may stand.
    next: usize,
    /// Cells that reach down: column → rows left, and what stands there.
    down: BTreeMap<usize, (usize, Written)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Written {
    Text(String),
    Number(f64),
}

#[derive(Default)]
struct Cell {
    text: String,
    /// The exact number that a spreadsheet program keeps beside the shown one.
    stored: Option<f64>,
    columns: usize,
    rows: usize,
    header: bool,
}

impl Page {
    fn open(&mut self, tag: &StartTag<()>) -> Result<()> {
        let name: &[u8] = &tag.name;
        if self.hidden.is_some() {
            return Ok(());
        }
        match name {
            b"script" | b"style" | b"template" | b"noscript" if !tag.self_closing => self.hidden = Some(name.to_vec()),
            b"table" => self.tables.push(Table::default()),
            b"caption" => self.tables.last_mut().into_iter().for_each(|table| table.caption = Some(String::new())),
            b"tr" => self.table(Table::begin_row)?,
            b"thead" | b"tbody" | b"tfoot" => self.tables.last_mut().into_iter().for_each(|table| table.row_open = false),
            b"td" | b"th" => {
                let cell = Cell {
                    stored: number(tag, b"x:num").or_else(|| number(tag, b"sdval")),
                    columns: span(tag, b"colspan"),
                    rows: span(tag, b"rowspan"),
                    header: name == b"th",
                    ..Cell::default()
                };
                self.table(|table| table.begin_cell(cell))?;
            }
            b"br" | b"p" | b"div" | b"li" => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn table(&mut self, change: impl FnOnce(&mut Table) -> usize) -> Result<()> {
        self.cells += self.tables.last_mut().map_or(0, change);
        let large = self.cells > MOST_CELLS || self.tables.last().is_some_and(|table| table.rows.len() > MOST_ROWS);
        if large { Err(unreadable("Tabellen på webbsidan är orimligt stor.").hint("Hämta den i mindre delar.")) } else { Ok(()) }
    }

    fn close(&mut self, name: &[u8]) {
        match &self.hidden {
            Some(hidden) if hidden == name => self.hidden = None,
            Some(_) => {}
            None => match (name, self.tables.last_mut()) {
                (b"td" | b"th", Some(table)) => self.cells += table.end_cell(),
                (b"tr" | b"thead" | b"tbody" | b"tfoot", Some(table)) => {
                    self.cells += table.end_cell();
                    table.row_open = false;
                }
                (b"table", Some(table)) => {
                    self.cells += table.end_cell();
                    self.done.extend(self.tables.pop());
                }
                _ => {}
            },
        }
    }

    fn text(&mut self, text: &str) {
        let Some(table) = self.tables.last_mut().filter(|_| self.hidden.is_none()) else { return };
        match (&mut table.cell, &mut table.caption) {
            (Some(cell), _) => cell.text.push_str(text),
            (None, Some(caption)) if table.rows.is_empty() => caption.push_str(text),
            _ => {}
        }
    }
}

impl Table {
    /// Gives the places that were taken, as all three do.
    fn begin_row(&mut self) -> usize {
        let taken = self.end_cell();
        self.rows.push(self.down.iter().map(|(column, (_, written))| (*column, written.clone())).collect());
        self.down.values_mut().for_each(|(left, _)| *left -= 1);
        let reached = self.down.len();
        self.down.retain(|_, (left, _)| *left > 0);
        (self.row_open, self.next) = (true, 0);
        taken + reached
    }

    fn begin_cell(&mut self, cell: Cell) -> usize {
        let taken = if self.row_open { self.end_cell() } else { self.begin_row() };
        self.cell = Some(cell);
        taken
    }

    /// Sets down the open cell. What it spans is filled, so that every column and row has its label; numbers stand once.
    fn end_cell(&mut self) -> usize {
        let (Some(cell), Some(row)) = (self.cell.take(), self.rows.last_mut()) else { return 0 };
        let text = plain(&cell.text);
        let label = cell.header || is_label(&text);
        let written = match cell.stored.filter(|_| !text.contains('%')) {
            Some(number) => Written::Number(number),
            None => Written::Text(text),
        };
        let blank = Written::Text(String::new());
        while row.contains_key(&self.next) {
            self.next += 1;
        }
        for place in 0..cell.columns {
            let column = self.next + place;
            row.insert(column, if place == 0 || label { written.clone() } else { blank.clone() });
            if cell.rows > 1 {
                self.down.insert(column, (cell.rows - 1, if label { written.clone() } else { blank.clone() }));
            }
        }
        self.next += cell.columns;
        if self.next > MOST_COLUMNS { MOST_CELLS + 1 } else { cell.columns }
    }

    fn sheet(&self, name: &str) -> Sheet {
        let mut writer = SheetWriter::new(name);
        if let Some(caption) = self.caption.as_deref().map(plain).filter(|caption| !caption.is_empty()) {
            writer.text(&caption);
            writer.end_row();
        }
        for row in &self.rows {
            for column in 0..row.keys().last().map_or(0, |last| last + 1) {
                match row.get(&column) {
                    Some(Written::Number(number)) => writer.raw(&encoded::number(*number)),
                    Some(Written::Text(text)) => writer.text(text),
                    None => writer.text(""),
                }
            }
            writer.end_row();
        }
        writer.finish()
    }
}

/// Text as a page shows it: line breaks of the source are spaces, hard spaces stay (they indent).
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    if text.trim().is_empty() { String::new() } else { text }
}

/// Words and years name what stands beside them; other numbers are values.
fn is_label(text: &str) -> bool {
    let digits = text.chars().all(|c| !c.is_alphabetic()) && text.contains(|c: char| c.is_ascii_digit());
    !digits || super::period::year(text.trim()).is_some()
}

fn attribute<'t>(tag: &'t StartTag<()>, name: &[u8]) -> Option<std::borrow::Cow<'t, str>> {
    let value: &Spanned<HtmlString, ()> = tag.attributes.get(name)?;
    Some(String::from_utf8_lossy(&value.value))
}

fn span(tag: &StartTag<()>, name: &[u8]) -> usize {
    let told = attribute(tag, name).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
    // Zero is "as far as it goes"; the limits are the standard's own.
    match (told, name) {
        (0, b"rowspan") => 65_534,
        (0, _) => 1,
        (told, b"rowspan") => told.min(65_534),
        (told, _) => told.min(1000),
    }
}

fn number(tag: &StartTag<()>, name: &[u8]) -> Option<f64> {
    attribute(tag, name)?.trim().parse().ok().filter(|n: &f64| n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<Vec<String>>> {
        read(text).unwrap().iter().map(|sheet| sheet.rows_text(0, sheet.rows())).collect()
    }

    #[test]
    fn labels_fill_what_they_span_and_numbers_stand_once() {
        let text = "<html><style>td{}</style><table><caption>Anmälda\n brott</caption><tr><th rowspan=2>Brott<th colspan=2>2024\n\
            <tr><th>Antal<th>/100&nbsp;000</tr><tr><td>&nbsp;&nbsp;St&ouml;ld<td>1&nbsp;234<td colspan=2>5,6</table>";
        let right = [
            vec!["Anmälda brott"],
            vec!["Brott", "2024", "2024"],
            vec!["Brott", "Antal", "/100\u{a0}000"],
            vec!["\u{a0}\u{a0}Stöld", "1\u{a0}234", "5,6", ""],
        ];
        assert_eq!(rows(text), [right]);
    }

    #[test]
    fn tables_within_tables_are_tables() {
        let text = "<table><tr><td>meny<td><table><tr><td>a<td>1</table><table><tr><td>b<td>2</table></td></tr></table>";
        assert_eq!(rows(text), [vec![vec!["a", "1"]], vec![vec!["b", "2"]], vec![vec!["meny", ""]]]);
    }

    #[test]
    fn the_number_behind_the_shown_one_is_taken() {
        assert_eq!(
            rows("<table><tr><td>a<td x:num=\"1234.5\">1 235<td sdval='7'>7,0<td x:num='0.5'>50 %</table>"),
            [[["a", "1234,5", "7", "50 %"]]]
        );
    }

    #[test]
    fn a_page_without_a_table_or_with_an_endless_one_is_refused() {
        assert!(read("<html><table><tr><td>meny</table>text</html>").is_err());
        assert!(read("<html><table><tr><td>meny<style>td{}").is_err(), "hidden to the end");
        assert!(read(&format!("<table><tr>{}", "<td colspan=1000>x".repeat(10))).is_err());
        let tall = format!("<table><tr>{}{}", "<td colspan=1000 rowspan=60000>x".repeat(4), "<tr>".repeat(60_000));
        assert!(read(&tall).is_err());
    }
}
