//! Files that are tables but hold no values: lists of names and codes, code books, explanations. They are named, not read.

use super::frame::Frames;
use crate::error::{Code, Error, Place};
use crate::import::area;
use crate::import::grid::{Cell, Grid, Sheet};
use crate::import::header;
use crate::reference::Known;

/// What a sheet is when it holds no values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    CodeBook,
    /// Names and codes of municipalities or counties.
    Register,
    /// Names and explanations.
    Definitions,
    /// Running text.
    Explanation,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Self::CodeBook => "en kodbok, inga värden",
            Self::Register => "en lista med namn och koder, inga värden",
            Self::Definitions => "en lista med namn och förklaringar, inga värden",
            Self::Explanation => "en förklaring, inga värden",
        }
    }
}

const ASKED: [&str; 8] = ["frågetext", "fråga", "frågeid", "variabel", "variabelnamn", "variable", "fråge-id", "question"];
const ANSWERED: [&str; 10] =
    ["labels", "label", "värdeetikett", "etikett", "svarsalternativ", "kod", "value", "values", "koder", "labels, 0"];
const DEFINED: [&str; 6] = ["beskrivning", "definition", "förklaring", "kortnamn", "description", "innehåll"];

/// A list of names and codes is no wider than this.
const WIDEST_LIST: usize = 12;

/// What kind of table without values a sheet is, if it is one.
pub fn kind(sheet: &Sheet, known: &Known<'_>) -> Option<Kind> {
    let rows: Vec<usize> = (0..sheet.rows()).filter(|row| !sheet.is_blank(*row)).take(400).collect();
    let heads = rows.iter().take(10).map(|row| header::words(sheet, *row));
    let any = |words: &[String], wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    for words in heads {
        let pair = any(&words, &ASKED) && any(&words, &ANSWERED) || words.iter().map(String::as_str).eq(["value", "label"]);
        if pair {
            return Some(Kind::CodeBook);
        }
        if any(&words, &DEFINED) && words.len() <= 8 && !has_measures(sheet, &rows) {
            return Some(Kind::Definitions);
        }
    }
    let narrow = rows.iter().take(20).all(|row| sheet.extent(*row).1 <= WIDEST_LIST);
    if narrow && is_register(sheet, &rows, known) {
        return Some(Kind::Register);
    }
    let alone = rows.iter().filter(|row| sheet.cells(**row).filter(|cell| !cell.is_blank()).count() == 1).count();
    (rows.len() >= 3 && alone * 10 >= rows.len() * 8 && !has_measures(sheet, &rows)).then_some(Kind::Explanation)
}

/// Numbers with decimals, or numbers in more than one column, which codes and running numbers would not be.
fn has_measures(sheet: &Sheet, rows: &[usize]) -> bool {
    let numbers = |row: &usize| sheet.cells(*row).filter(|cell| super::frame::is_numeric(*cell)).count();
    rows.iter().filter(|row| numbers(row) >= 2).count() * 2 > rows.len()
}

/// Nearly every row names a municipality or county, and every number in it is its code.
fn is_register(sheet: &Sheet, rows: &[usize], known: &Known<'_>) -> bool {
    let named = |row: &&usize| {
        let cells: Vec<Cell<'_>> = sheet.cells(**row).collect();
        let place = |cell: &Cell<'_>| area::certain(&cell.label(), known).is_some();
        let codes = |cell: &Cell<'_>| !super::frame::is_numeric(*cell) || place(cell);
        cells.iter().any(place) && cells.iter().all(codes)
    };
    let body = rows.get(1..).unwrap_or_default();
    body.len() >= 5 && body.iter().filter(named).count() * 10 >= body.len() * 9
}

/// The refusal of a whole file whose sheets hold no values; `None` when some sheet may.
pub fn refusal(name: &str, grid: &Grid, known: &Known<'_>) -> Option<Error> {
    let kinds: Vec<(&Sheet, Option<Kind>)> = grid.sheets.iter().map(|sheet| (sheet, kind(sheet, known))).collect();
    let first = kinds.first()?.1?;
    if kinds.iter().any(|(_, kind)| kind.is_none()) {
        return None;
    }
    let hint = match first {
        Kind::CodeBook => "Läs in filen med svaren i stället. Kodboken förklarar bara dem.",
        Kind::Register => "Namn och koder för kommuner och län finns redan i Lägesbild. Läs in en fil med uppgifter.",
        Kind::Definitions | Kind::Explanation => "Läs in filen med siffrorna i stället.",
    };
    Some(Error::new(Code::NotUnderstood, format!("Filen är {}.", first.word())).at(Place::file(name)).hint(hint))
}

/// A table whose columns have no headings: nobody can know what the numbers are.
pub fn headless(name: &str, sheet: &Sheet, frames: &Frames) -> Option<Error> {
    let row = frames.headless.filter(|_| frames.tables.is_empty())?;
    let columns = sheet.cells(row).filter(|cell| super::frame::is_numeric(*cell)).count();
    let place = Place { sheet: Some(sheet.name.clone()).filter(|name| !name.is_empty()), row: Some(row as u32 + 1), ..Place::file(name) };
    Some(
        Error::new(
            Code::NotUnderstood,
            format!("Tabellen saknar rubrikrad, så det går inte att veta vad de {columns} kolumnerna med tal gäller."),
        )
        .at(place)
        .hint("Skriv en rad med rubriker överst i filen (till exempel Kommun; År; Antal) och läs in den igen."),
    )
}
