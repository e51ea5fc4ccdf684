//! Rows whose fields do not stand in their columns: a separator too many or too few moves every value after it.

use super::grid::{Cell, Sheet};

/// A row that does not fit, zero-based, and its number of fields; `header` when it stands above rows of another width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odd {
    pub row: usize,
    pub fields: usize,
    pub header: bool,
}

/// What was found in a table: the usual number of fields, and the rows with another.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ragged {
    pub width: usize,
    pub odd: Vec<Odd>,
}

/// Odd rows among many alike. Texts whose rows differ all over (several tables, trailing separators left out) say nothing.
pub fn find(sheet: &Sheet) -> Ragged {
    let kept = |row: &usize| !sheet.is_continuation(*row) && !sheet.is_blank(*row);
    let widths: Vec<(usize, usize)> = (0..sheet.rows()).filter(kept).map(|row| (row, sheet.extent(row).1)).collect();
    let width = usual(&widths);
    let first = widths.iter().position(|(_, fields)| *fields == width).unwrap_or(0);
    let last = widths.iter().rposition(|(_, fields)| *fields == width).unwrap_or(0);
    let table = widths.get(first..).unwrap_or_default();
    let end = widths.get(last).map_or(0, |(row, _)| *row);
    let odd_ones = |&(row, fields): &(usize, usize)| {
        // What stands below the table is a note, unless it follows at once and is as full as a row.
        let least = if row > end { width.div_ceil(2) } else { 2 };
        let within = row <= end || (end + 1..row).all(|between| sheet.is_continuation(between));
        (fields != width && within && filled(sheet, row) >= least).then_some(Odd { row, fields, header: false })
    };
    let mut odd: Vec<Odd> = table.iter().filter_map(odd_ones).collect();
    if width < 2 || odd.len() > (table.len() / 10).max(1) {
        return Ragged::default();
    }
    let above = first.checked_sub(1).and_then(|index| widths.get(index)).zip(widths.get(first));
    odd.extend(above.and_then(|(&(row, fields), &(below, _))| header(sheet, row, fields, below, width)));
    Ragged { width, odd }
}

/// Whether every row from `first` on has `width` fields or is a note: then none is odd, whatever the rest of the text holds.
pub fn all_fit(sheet: &Sheet, width: usize, first: usize) -> bool {
    (first..sheet.rows()).all(|row| sheet.extent(row).1 == width || filled(sheet, row) < 2)
}

/// The most common number of fields.
fn usual(widths: &[(usize, usize)]) -> usize {
    let mut sorted: Vec<usize> = widths.iter().map(|(_, fields)| *fields).collect();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(|run| (run.len(), run.first().copied().unwrap_or(0))).max().map_or(0, |(_, fields)| fields)
}

/// The row above the first usual one is its header, when that one holds numbers; one field more or less moves every column.
fn header(sheet: &Sheet, row: usize, fields: usize, below: usize, width: usize) -> Option<Odd> {
    let numbers =
        sheet.cells(below).any(|cell| matches!(cell, Cell::Text(text) if text.trim().bytes().next().is_some_and(|b| b.is_ascii_digit())));
    let labelled = !sheet.cell(below, 0).is_blank();
    // Trailing separators on the rows below are no columns.
    let used = sheet.width(below);
    let moved = (fields == width + 1 && sheet.width(row) > width) || (fields + 1 == width && used > fields && labelled);
    (numbers && moved && filled(sheet, row) >= 2).then_some(Odd { row, fields, header: true })
}

fn filled(sheet: &Sheet, row: usize) -> usize {
    sheet.cells(row).filter(|cell| !cell.is_blank()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odd(text: &str) -> Vec<(usize, usize, bool)> {
        let sheet = Sheet::from_plain_text("", text.to_owned(), Some(b';'));
        find(&sheet).odd.iter().map(|odd| (odd.row, odd.fields, odd.header)).collect()
    }

    #[test]
    fn a_separator_too_many_or_too_few_is_seen() {
        let rows = "Åsele;1;2\n".repeat(12);
        assert_eq!(odd(&format!("Kommun;A;B\n{rows};Malå;1;2\n{rows}")), [(13, 4, false)]);
        assert_eq!(odd(&format!("Kommun;A;B\n{rows}Malå;1 2\n{rows}")), [(13, 2, false)]);
        assert_eq!(odd(&format!("Kommun;;A;B\n{rows}")), [(0, 4, true)]);
        assert_eq!(odd(&format!("A;B\n{rows}")), [(0, 2, true)]);
    }

    #[test]
    fn titles_notes_places_and_trailing_separators_are_not() {
        let rows = "Åsele;1;2;\n".repeat(12);
        assert_eq!(odd(&format!("Titel\n\nKommun;A;B\n{rows}Malå\n{rows}\nKälla: SCB; bearbetat\n")), []);
        assert_eq!(odd("a;b;c\n1;2;3\nd;e\n4;5\n6;7\n"), [], "two tables");
    }
}
