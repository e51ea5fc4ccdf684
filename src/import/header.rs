//! Finding a header row by its words: sources name the words they know, in any order and spelling.

use super::batch::CellRef;
use super::describe::Column;
use super::grid::{Cell, Sheet};
use std::collections::BTreeSet;

/// Rows looked at for a header; titles and notes come before it.
pub const HEADER_WITHIN: usize = 40;

/// A header cell reduced to what matters: lower case, plain spaces, no trailing marks.
pub fn word(text: &str) -> String {
    let text = text.replace("&nbsp;", " ").to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', ':', '*']).trim_start_matches('\u{feff}').to_owned()
}

/// The header words of a row.
pub fn words(sheet: &Sheet, row: usize) -> Vec<String> {
    sheet.cells(row).map(|cell| word(&cell.label())).collect()
}

/// The first row whose words satisfy `fits`.
pub fn find<T>(sheet: &Sheet, fits: impl Fn(&[String]) -> Option<T>) -> Option<(usize, T)> {
    (0..sheet.rows().min(HEADER_WITHIN)).find_map(|row| fits(&words(sheet, row)).map(|found| (row, found)))
}

/// The column whose word is one of `names`.
pub fn column(words: &[String], names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| words.iter().position(|word| word == name))
}

/// A dimension's description with its first distinct values as examples.
pub fn dimension(sheet: &Sheet, column: usize, name: &str, role: &str, rows: std::ops::Range<usize>) -> Column {
    let mut described = Column::new(column, name, role);
    let mut seen = BTreeSet::new();
    for row in rows.take(500) {
        let label = sheet.cell(row, column).label();
        if !label.is_empty() && described.examples.len() < 5 && seen.insert(label.clone()) {
            described.examples.push(label);
        }
    }
    described
}

/// The text rows above a table.
pub fn titles(sheet: &Sheet, header: usize) -> Vec<String> {
    let texts = (0..header).flat_map(|row| sheet.cells(row).filter_map(|cell| cell.as_text().map(str::to_owned)));
    texts.collect()
}

/// Whether a row is a note: text in its first filled cell and nothing else.
pub fn is_note(sheet: &Sheet, row: usize) -> bool {
    let mut filled = sheet.cells(row).filter(|cell| !cell.is_blank());
    matches!((filled.next(), filled.next()), (Some(Cell::Text(_)), None))
}

pub fn at(sheet: usize, row: usize, column: usize) -> CellRef {
    CellRef { sheet: sheet as u16, row: row as u32, column: column as u16 }
}
