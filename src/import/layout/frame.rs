//! Where the tables stand in a sheet: titles above, header rows, the body, notes below; perhaps several under each other.

use super::Given;
use crate::import::grid::{Cell, Sheet};
use crate::import::number::{self, Missing, Shape};
use crate::import::{area, header, period};
use crate::reference::{self, Known};
use std::ops::Range;

/// One table's rows. Rows are zero-based and physical.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    pub titles: Vec<String>,
    /// From the top; blank rows between them left out.
    pub header: Vec<usize>,
    /// From the first row with values to one past the last; rows with labels only may stand between.
    pub body: Range<usize>,
    pub notes: Vec<String>,
    pub width: usize,
}

/// What was found in a sheet.
#[derive(Debug, Default)]
pub struct Frames {
    pub tables: Vec<Frame>,
    /// A row with values and no header above it.
    pub headless: Option<usize>,
}

/// Rows searched for a header; a table that starts further down is beyond what people make.
const WITHIN: usize = 80;
/// Rows looked at to see which columns hold numbers.
const AHEAD: usize = 40;
/// Headings of rows over each other before the first row with values.
const MOST_GROUPS: usize = 6;
/// A running text is a title or a note, not a header.
const LONGEST_GAP: usize = 1;

/// What stands in a cell, as far as the layout cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Blank,
    Text,
    Period,
    Number,
    Missing,
}

pub fn ink(cell: Cell<'_>) -> Ink {
    match cell {
        Cell::Number(number) if number.fract() == 0.0 && (1900.0..=2100.0).contains(&number) => Ink::Period,
        Cell::Number(_) | Cell::Shown { .. } => Ink::Number,
        Cell::Text(text) => text_ink(text),
        Cell::Empty => Ink::Blank,
        _ => Ink::Text,
    }
}

fn text_ink(text: &str) -> Ink {
    if text.trim().is_empty() {
        Ink::Blank
    } else if number::missing(text) != Missing::No {
        Ink::Missing
    } else if text.len() < 32 && period::parse(text).is_some() {
        Ink::Period
    } else if number::shape(text) != Shape::Text || number::is_marked(text) {
        Ink::Number
    } else {
        Ink::Text
    }
}

/// A number, a missing symbol, or what stands for a number; years count.
pub fn is_numeric(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Number(_) | Cell::Shown { .. } => true,
        Cell::Text(text) => {
            number::parse_whole(text).is_some() || number::shape(text) != Shape::Text || is_missing(text) || number::is_marked(text)
        }
        _ => false,
    }
}

fn is_missing(text: &str) -> bool {
    !text.trim().is_empty() && number::missing(text) != Missing::No
}

/// The tables of a sheet, from the top.
pub fn frames(sheet: &Sheet, known: &Known<'_>, given: Option<&Given>) -> Frames {
    let mut found = Frames::default();
    if let Some(given) = given {
        found.tables.push(stated(sheet, given));
        return found;
    }
    let mut from = 0;
    while let Some(frame) = next(sheet, known, from, &mut found.headless) {
        from = frame.body.end;
        found.tables.push(frame);
    }
    for index in 0..found.tables.len() {
        let end = found.tables.get(index + 1).map_or(sheet.rows(), |next| next.header.first().copied().unwrap_or(next.body.start));
        let below = found.tables[index].body.end..end;
        found.tables[index].notes = texts(sheet, below);
    }
    found
}

fn stated(sheet: &Sheet, given: &Given) -> Frame {
    let width = (0..sheet.rows().min(WITHIN)).map(|row| sheet.width(row)).max().unwrap_or(0);
    Frame {
        titles: vec![given.title.clone()],
        header: (0..given.header_rows).collect(),
        body: given.header_rows..sheet.rows(),
        notes: Vec::new(),
        width,
    }
}

pub fn texts(sheet: &Sheet, rows: Range<usize>) -> Vec<String> {
    rows.flat_map(|row| sheet.cells(row).filter_map(|cell| cell.as_text().map(str::to_owned)).collect::<Vec<_>>()).collect()
}

fn next(sheet: &Sheet, known: &Known<'_>, from: usize, headless: &mut Option<usize>) -> Option<Frame> {
    let mut floor = from;
    for row in from..sheet.rows().min(from + WITHIN) {
        if !starts_body(sheet, known, row) {
            continue;
        }
        let numeric = numeric_below(sheet, row);
        let header = header_rows(sheet, floor, row);
        let covered = numeric.iter().enumerate().filter(|(_, is)| **is);
        let (all, named) = covered.fold((0, 0), |(all, named), (column, _)| {
            (all + 1, named + usize::from(header.iter().any(|row| !sheet.cell(*row, column).is_blank())))
        });
        if header.is_empty() || named * 2 < all {
            headless.get_or_insert(row);
            floor = row + 1;
            continue;
        }
        let width = header.iter().map(|row| sheet.width(*row)).chain([numeric.len()]).max().unwrap_or(0);
        let top = header.first().copied().unwrap_or(row);
        let mut titles = texts(sheet, floor..top);
        let end = body_end(sheet, known, row, &header, &numeric, &titles);
        let start = header.last().map_or(row, |last| last + 1);
        // Between two tables the source is that of the one above.
        titles.retain(|title| floor == 0 || !super::times::dates_the_file(title));
        return Some(Frame { titles, header, body: start..end, notes: Vec::new(), width });
    }
    None
}

/// Which columns hold numbers in the rows from `row` on.
fn numeric_below(sheet: &Sheet, row: usize) -> Vec<bool> {
    let mut counts: Vec<(u32, u32, u32)> = Vec::new();
    for row in (row..sheet.rows()).filter(|row| !sheet.is_blank(*row)).take(AHEAD) {
        for (column, cell) in sheet.cells(row).enumerate() {
            if counts.len() <= column {
                counts.resize(column + 1, (0, 0, 0));
            }
            let number = is_numeric(cell);
            counts[column].0 += u32::from(number);
            counts[column].1 += u32::from(!cell.is_blank());
            counts[column].2 += u32::from(!number && cell.as_text().is_some_and(super::words::is_remark));
        }
    }
    let mostly = |(numeric, filled, remarks): &(u32, u32, u32)| *numeric > 0 && (numeric * 2 >= *filled || numeric + remarks == *filled);
    counts.iter().map(mostly).collect()
}

/// Whether a row is the first with values: numbers that are no header of years, ages or codes.
fn starts_body(sheet: &Sheet, known: &Known<'_>, row: usize) -> bool {
    let inks: Vec<Ink> = sheet.cells(row).map(ink).collect();
    let count = |wanted: Ink| inks.iter().filter(|ink| **ink == wanted).count();
    let (texts, periods, values) = (count(Ink::Text), count(Ink::Period), count(Ink::Number) + count(Ink::Missing));
    if texts + periods + values < 2 {
        return false;
    }
    if periods + values == 0 {
        return answers_in_words(sheet, known, row);
    }
    if values == 0 {
        return texts > 0 && (names_place(sheet, known, row, &inks) || headed(sheet, row, &inks, &[Ink::Text]));
    }
    if texts == 0 && !counts_up(sheet, row, &inks) {
        return true;
    }
    let below = numeric_below(sheet, row + 1);
    let over = |(column, ink): (usize, &Ink)| *ink == Ink::Text && below.get(column).copied().unwrap_or(false);
    let heads = inks.iter().enumerate().filter(|cell| over(*cell)).count();
    if counts_up(sheet, row, &inks) {
        return false;
    }
    // Under a row that heads every one of its cells a row with numbers is data, whatever else stands in it.
    heads == 0 || heads < values || headed(sheet, row, &inks, &[Ink::Text, Ink::Period]) || answers_in_words(sheet, known, row)
}

fn names_place(sheet: &Sheet, known: &Known<'_>, row: usize, inks: &[Ink]) -> bool {
    let place = |(column, ink): (usize, &Ink)| *ink == Ink::Text && area::certain(&sheet.cell(row, column).label(), known).is_some();
    inks.iter().enumerate().any(place)
}

/// A row of words that is data all the same: words where its table has values, under a row that heads each of them, beside
/// a place or saying why there is no number.
fn answers_in_words(sheet: &Sheet, known: &Known<'_>, row: usize) -> bool {
    let below = numeric_below(sheet, row + 1);
    let words = Words::of(sheet, known, row, &below);
    let above = row_above(sheet, row);
    let headed = |column: &usize| above.is_some_and(|above| matches!(ink(sheet.cell(above, *column)), Ink::Text | Ink::Period));
    words.is_data() && words.over.iter().all(headed)
}

/// The words of a row that stand where its table has numbers.
struct Words {
    over: Vec<usize>,
    /// A place among the labels, and none where the numbers stand.
    beside_place: bool,
    /// All say why there is no number.
    remarks: bool,
    /// The same again and again.
    same: bool,
}

impl Words {
    fn of(sheet: &Sheet, known: &Known<'_>, row: usize, numeric: &[bool]) -> Self {
        let is_over = |column: usize| numeric.get(column).copied().unwrap_or(false);
        let written = sheet.cells(row).enumerate().filter(|(_, cell)| !cell.is_blank() && !is_numeric(*cell));
        let (over, labels): (Vec<_>, Vec<_>) = written.partition(|(column, _)| is_over(*column));
        let place = |(_, cell): &(usize, Cell<'_>)| area::certain(&cell.label(), known).is_some();
        let mut texts: Vec<String> = over.iter().map(|(_, cell)| header::word(&cell.label())).collect();
        let remarks = !texts.is_empty() && !labels.is_empty() && texts.iter().all(|text| super::words::is_remark(text));
        texts.dedup();
        Self {
            beside_place: labels.iter().any(place) && !over.iter().any(place),
            remarks,
            same: over.len() > 1 && texts.len() == 1,
            over: over.into_iter().map(|(column, _)| column).collect(),
        }
    }

    fn is_data(&self) -> bool {
        !self.over.is_empty() && (self.beside_place || self.remarks)
    }
}

/// The row above (across one blank row) has something of its own (of the kinds that may `head`) over every filled cell: years
/// below texts are values or a column of years.
fn headed(sheet: &Sheet, row: usize, inks: &[Ink], head: &[Ink]) -> bool {
    let Some(above) = row_above(sheet, row) else { return false };
    let mut words: Vec<String> = Vec::new();
    for (column, _) in inks.iter().enumerate().filter(|(_, ink)| **ink != Ink::Blank) {
        let cell = sheet.cell(above, column);
        if !head.contains(&ink(cell)) {
            return false;
        }
        words.push(header::word(&cell.label()));
    }
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    words.len() == all
}

/// The row above, across one blank row.
fn row_above(sheet: &Sheet, row: usize) -> Option<usize> {
    (row.saturating_sub(1 + LONGEST_GAP)..row).rev().find(|above| !sheet.is_blank(*above))
}

/// A header of ages, grades or codes: whole numbers that count up, or known codes, under nothing and beside header words.
fn counts_up(sheet: &Sheet, row: usize, inks: &[Ink]) -> bool {
    let numeric = inks.iter().enumerate().filter(|(_, ink)| matches!(ink, Ink::Number | Ink::Period));
    let labels: Vec<String> = numeric.map(|(column, _)| sheet.cell(row, column).label()).collect();
    if labels.len() < 2 || inks.contains(&Ink::Missing) {
        return false;
    }
    let codes = labels.iter().all(|label| reference::by_code(label).is_some_and(|_| label.len() >= 3));
    let numbers: Vec<i64> = labels.iter().filter_map(|label| label.parse().ok()).collect();
    let counting = labels.len() >= 3 && numbers.len() == labels.len() && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let texts = inks.iter().enumerate().filter(|(_, ink)| **ink == Ink::Text);
    let words = texts.map(|(column, _)| header::word(&sheet.cell(row, column).label())).collect::<Vec<_>>();
    (codes || counting) && words.iter().all(|word| super::words::heads_labels(word)) && row + 1 < sheet.rows()
}

/// The header rows above a body: rows that say something over more than the first column, across one blank row at most.
fn header_rows(sheet: &Sheet, floor: usize, body: usize) -> Vec<usize> {
    let (mut rows, mut gap, mut groups) = (Vec::new(), 0, 0);
    for row in (floor..body).rev() {
        let filled: Vec<usize> = sheet.cells(row).enumerate().filter(|(_, cell)| !cell.is_blank()).map(|(column, _)| column).collect();
        if filled.is_empty() {
            gap += 1;
            if gap > LONGEST_GAP {
                break;
            }
            continue;
        }
        if filled == [0] && !rows.is_empty() {
            break;
        }
        // Headings of rows may stand between the header and the first row with values.
        if filled == [0] {
            groups += 1;
            if groups > MOST_GROUPS {
                break;
            }
            continue;
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}

/// One past the last row with values. A row with several texts over the numbers begins another table.
fn body_end(sheet: &Sheet, known: &Known<'_>, start: usize, header: &[usize], numeric: &[bool], titles: &[String]) -> usize {
    let heads: Vec<Vec<String>> = header.iter().map(|row| header::words(sheet, *row)).collect();
    // The same header under a title of its own heads another table; without one it is that of a new page.
    let again = |heads: &[Vec<String>], last: usize, row: usize| {
        heads.contains(&header::words(sheet, row)) && texts(sheet, last + 1..row).iter().all(|text| titles.contains(text))
    };
    let mut last = start;
    for row in start..sheet.rows() {
        if heads_again(sheet, row, header, numeric) {
            if again(&heads, last, row) {
                continue;
            }
            break;
        }
        let (mut filled, mut values, mut texts, mut bare) = (0, 0, 0, 0);
        for (column, cell) in sheet.cells(row).enumerate().filter(|(_, cell)| !cell.is_blank()) {
            filled += 1;
            let over = numeric.get(column).copied().unwrap_or(false);
            let number = is_numeric(cell);
            values += usize::from(over && number);
            bare += usize::from(over && number && !matches!(cell, Cell::Text(text) if is_missing(text)));
            texts += usize::from(over && !number);
        }
        // Right below a row of the table a place is one of its rows; after a gap it may be the corner of another table.
        let words = (texts > 0 && bare == 0).then(|| Words::of(sheet, known, row, numeric));
        let data = words.is_some_and(|words| words.remarks || words.same || words.beside_place && row == last + 1);
        if texts >= 2 && texts > values && bare == 0 && !data {
            if again(&heads, last, row) {
                continue;
            }
            break;
        }
        if values > 0 && filled > 1 || bare > 0 && filled == values || data {
            last = row;
        }
    }
    last + 1
}

/// A row of years under a label that heads labels (or under none): the header of another table, never values.
fn heads_again(sheet: &Sheet, row: usize, header: &[usize], numeric: &[bool]) -> bool {
    let (mut periods, mut others) = (0, 0);
    for (_, cell) in sheet.cells(row).enumerate().filter(|(column, _)| numeric.get(*column).copied().unwrap_or(false)) {
        match cell {
            Cell::Empty => {}
            Cell::Number(number) if number.fract() == 0.0 && (1900.0..=2100.0).contains(&number) => periods += 1,
            Cell::Text(text) if text.trim().is_empty() => {}
            Cell::Text(text) if text.len() < 24 && period::parse(text).is_some() => periods += 1,
            _ => others += 1,
        }
        if others > 0 {
            return false;
        }
    }
    let label =
        sheet.cells(row).zip(numeric).find(|(cell, numeric)| !**numeric && !cell.is_blank()).map(|(cell, _)| header::word(&cell.label()));
    let headed = |word: &String| super::words::heads_labels(word) || header.iter().any(|head| header::words(sheet, *head).contains(word));
    // Without a label of its own it is a header only after a gap: in the midst of the rows the label is one that is not repeated.
    let after_gap = row.checked_sub(1).is_none_or(|above| sheet.width(above) <= 1);
    periods >= 2 && label.as_ref().map_or(after_gap, headed)
}
