//! The guard: between opening a file and reading it. A source gets a grid in which nothing personal stands, so that no value, no
//! example, no rejection and no question can carry any of it further.
//!
//! In lists of people's words (surveys, reports, events) a person decides per column what happens to the cells with finds; until then
//! their texts wait outside. Whole columns of names and addresses go without a question. In statistics only what its form gives
//! away is masked, and the names of contact persons in the notes around the table.

use super::columns::{self, written};
use super::names;
use super::{Exceptions, Find, Personal, find_but, find_exact, find_strong, is_series, kinds_shown, mask};
use crate::checked::Warning;
use crate::error::{Place, column_letters};
use crate::import::describe::{Answers, Choice, Doubt, DoubtCell, Kind, Rejection};
use crate::import::grid::{Cell, Grid, Sheet};
use crate::import::header;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Why a cell is rejected until somebody has decided.
pub const WAITING: &str = "väntar på beslut om personuppgifter";
/// What stands in the cells of a column that is not kept.
pub const MASK: &str = "(personuppgift)";
/// Examples in a question.
const SHOWN: usize = 10;
/// Rows at each end of a table of statistics in which notes are looked for.
const NOTES: usize = 60;

/// Characters of the longest cell that is a place and no story.
const LONGEST_PLACE: usize = 40;

/// A grid without person data, and what was decided or must be asked.
#[derive(Debug, Default)]
pub struct Guarded {
    pub doubts: Vec<Doubt>,
    pub warnings: Vec<Warning>,
    pub rejections: Vec<Rejection>,
    /// Whole columns that are not kept: `(sheet, column)`.
    pub columns: BTreeSet<(usize, usize)>,
    /// Texts left out because a person said so.
    pub dropped: u32,
    /// Something was found.
    pub found: bool,
}

/// `persons:Blad1:F`, in a file without sheets `persons:1:F`.
fn id(sheet: &str, column: usize) -> String {
    format!("persons:{}:{}", if sheet.is_empty() { "1" } else { sheet }, column_letters(column))
}

/// Takes person data out of the grid, in place.
pub fn guard(file: &str, grid: &mut Grid, kind: Kind, answers: &Answers) -> Guarded {
    let mut guarded = Guarded::default();
    for index in 0..grid.sheets.len() {
        let Some(sheet) = grid.sheets.get_mut(index) else { continue };
        sheet.name = masked_note(&sheet.name, &mut guarded.found);
        let replaced = if kind == Kind::Statistics {
            let rows = sheet.rows();
            in_statistics(sheet, |row| is_note(row, rows))
        } else {
            Words { file, index, sheet, answers, guarded: &mut guarded }.replaced()
        };
        guarded.found |= !replaced.cells.is_empty();
        if !replaced.cells.is_empty() || !replaced.columns.is_empty() {
            *sheet = replaced.apply(sheet);
        }
    }
    guarded
}

/// Whether a piece of a statistics file, from row `first` of `rows`, holds nothing that [`guard`] would change.
pub fn is_clean(sheet: &Sheet, first: usize, rows: usize) -> bool {
    in_statistics(sheet, |row| is_note(first + row, rows)).cells.is_empty()
}

/// Notes stand above and below the numbers.
fn is_note(row: usize, rows: usize) -> bool {
    row < NOTES || row.saturating_add(NOTES) >= rows
}

/// New texts for cells: `(row, column)` → text, and columns from a row on.
#[derive(Debug, Default)]
struct Replaced {
    cells: BTreeMap<(usize, usize), String>,
    columns: BTreeMap<usize, usize>,
}

impl Replaced {
    fn apply(&self, sheet: &Sheet) -> Sheet {
        sheet.masked(|row, column, cell| {
            if let Some(text) = self.cells.get(&(row, column)) {
                return Some(text.clone());
            }
            (self.columns.get(&column).is_some_and(|first| row >= *first) && !cell.is_blank()).then(|| MASK.to_owned())
        })
    }
}

fn masked_note(text: &str, found: &mut bool) -> String {
    let finds = find_strong(text);
    *found |= !finds.is_empty();
    mask(text, &finds)
}

/// Statistics: rows that may hold something are looked at cell by cell, numbers never; notes are looked through for names.
fn in_statistics(sheet: &Sheet, is_note: impl Fn(usize) -> bool) -> Replaced {
    let mut replaced = Replaced::default();
    for (row, may_identify) in sheet.rows_that_may_identify().into_iter().enumerate() {
        let note = is_note(row);
        if !note && !may_identify {
            continue;
        }
        for (column, cell) in sheet.cells(row).enumerate() {
            let Cell::Text(text) = cell else { continue };
            if !text.contains(char::is_alphabetic) && crate::import::number::shape(text) != crate::import::number::Shape::Text {
                continue;
            }
            let finds = if note { in_note(text) } else { certain(text) };
            if !finds.is_empty() {
                replaced.cells.insert((row, column), mask(text, &finds));
            }
        }
    }
    replaced
}

/// Names of contact persons stand as first name and surname; a street address there is an authority's.
fn in_note(text: &str) -> Vec<Find> {
    find_strong(text).into_iter().filter(|find| !matches!(find.kind, Personal::Address | Personal::Registration)).collect()
}

fn certain(text: &str) -> Vec<Find> {
    find_exact(text).into_iter().filter(|find| find.kind != Personal::Registration).collect()
}

/// A cell with finds.
struct Found {
    row: usize,
    text: String,
    finds: Vec<Find>,
}

/// Rows with the very same wording that make it a category or an organisation (`City of London Police`), not a person.
const RECURRING: usize = 10;

/// Without what only looks like names in wordings that come back row after row.
fn recurring_left_out(found: Vec<Found>) -> Vec<Found> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    found.iter().for_each(|found| *times.entry(found.text.clone()).or_default() += 1);
    let named = |found: &Found| found.finds.iter().all(|find| find.kind == Personal::Name);
    let recurs = |found: &Found| times.get(&found.text).is_some_and(|times| *times >= RECURRING);
    found.into_iter().filter(|found| !(named(found) && recurs(found))).collect()
}

/// A sheet of people's words.
struct Words<'a> {
    file: &'a str,
    index: usize,
    sheet: &'a Sheet,
    answers: &'a Answers,
    guarded: &'a mut Guarded,
}

impl Words<'_> {
    fn replaced(mut self) -> Replaced {
        let first = self.first_data_row();
        let mut replaced = Replaced::default();
        for row in 0..first {
            for (column, cell) in self.sheet.cells(row).enumerate() {
                let text = cell.label();
                let masked = masked_note(&text, &mut self.guarded.found);
                if masked != text {
                    replaced.cells.insert((row, column), masked);
                }
            }
        }
        let width = (first.saturating_sub(1)..self.sheet.rows()).take(400).map(|row| self.sheet.width(row)).max().unwrap_or(0);
        let places = self.places(first, width);
        for (column, found) in self.finds(first, width, &places).into_iter().enumerate() {
            let heading = self.heading(column, first);
            match columns::column(&heading, self.sheet, column, first..self.sheet.rows()) {
                Some(kind) => self.leave_out(column, first, &heading, kind, &mut replaced),
                None => match recurring_left_out(found) {
                    found if found.is_empty() || self.is_series(column, first) => {}
                    found => self.quarantine(column, &heading, &found, &mut replaced),
                },
            }
        }
        replaced
    }

    /// The row after the first that is filled with texts from end to end.
    fn first_data_row(&self) -> usize {
        let heads = |row: &usize| {
            let texts = self.sheet.cells(*row).filter(|cell| cell.as_text().is_some()).count();
            texts >= 2 && texts * 10 >= self.sheet.width(*row) * 7
        };
        (0..self.sheet.rows().min(header::HEADER_WITHIN)).find(heads).map_or(0, |row| row + 1)
    }

    /// Codes of articles or rooms all the way down, which only look like vehicles.
    fn is_series(&self, column: usize, first: usize) -> bool {
        is_series((first..self.sheet.rows()).filter_map(|row| self.sheet.cell(row, column).as_text()))
    }

    fn heading(&self, column: usize, first: usize) -> String {
        first.checked_sub(1).map(|row| self.sheet.cell(row, column).label()).unwrap_or_default()
    }

    /// The words that the file itself uses for places.
    fn places(&self, first: usize, width: usize) -> Exceptions {
        let cells: Vec<String> = (0..width)
            .filter(|column| self.is_of_places(*column, first))
            .flat_map(|column| (first..self.sheet.rows()).map(move |row| (row, column)))
            .map(|(row, column)| self.sheet.cell(row, column).label())
            .collect();
        // Long cells are stories, not places.
        Exceptions::new(cells.iter().filter(|cell| cell.chars().count() <= LONGEST_PLACE).map(String::as_str))
    }

    /// Whether a column's heading says that places stand in it: there two capitalised words are a street rather than a person,
    /// unless the first is a given name.
    fn is_of_places(&self, column: usize, first: usize) -> bool {
        const PLACES: [&str; 12] =
            ["plats", "område", "ort", "var", "skola", "stadsdel", "kommun", "kommundel", "bostadsområde", "location", "street", "gata"];
        header::word(&self.heading(column, first)).split(|c: char| !c.is_alphabetic()).any(|part| PLACES.contains(&part))
    }

    /// Every cell once, row by row: what was found, per column.
    fn finds(&self, first: usize, width: usize, places: &Exceptions) -> Vec<Vec<Found>> {
        let free: Vec<bool> = (0..width).map(|column| self.is_free_text(column, first)).collect();
        let none = Exceptions::default();
        let placed: Vec<bool> = (0..width).map(|column| self.is_of_places(column, first)).collect();
        // Answers come back again and again; each wording is looked through once.
        let mut clean: Vec<HashSet<&str>> = vec![HashSet::new(); width];
        let mut found: Vec<Vec<Found>> = (0..width).map(|_| Vec::new()).collect();
        for row in first..self.sheet.rows() {
            for (column, cell) in self.sheet.cells(row).enumerate().take(width) {
                let typed =
                    matches!(cell, Cell::Number(number) | Cell::Shown { stored: number, .. } if number >= 1e9).then(|| written(cell));
                let text = match cell {
                    Cell::Text(text) if !clean[column].contains(text) => text,
                    _ => typed.as_deref().unwrap_or_default(),
                };
                // A place is no excuse for itself.
                let exceptions = if placed[column] { &none } else { places };
                let mut finds = if free[column] { find_but(text, exceptions) } else { find_strong(text) };
                if placed[column] && text.chars().count() <= LONGEST_PLACE {
                    finds.retain(|find| find.kind != Personal::Name || names::begins_given(&text[find.start..find.end]));
                }
                match cell {
                    _ if !finds.is_empty() => found[column].push(Found { row, text: text.to_owned(), finds }),
                    Cell::Text(text) => _ = clean[column].insert(text),
                    _ => {}
                }
            }
        }
        found
    }

    /// Sentences: some cells with four words or more.
    fn is_free_text(&self, column: usize, first: usize) -> bool {
        let texts = (first..self.sheet.rows()).take(400).filter_map(|row| self.sheet.cell(row, column).as_text());
        let (all, long) = texts.fold((0, 0), |(all, long), text| (all + 1, long + usize::from(text.split_whitespace().count() >= 4)));
        long * 5 >= all.max(1)
    }

    fn leave_out(&mut self, column: usize, first: usize, heading: &str, kind: Personal, replaced: &mut Replaced) {
        self.guarded.columns.insert((self.index, column));
        self.guarded.found = true;
        replaced.columns.insert(column, first);
        let heading = mask(heading, &find_strong(heading));
        let message = format!("Kolumn {} ”{heading}” innehåller {} och sparas inte.", column_letters(column), kind.word());
        let hint = "Ta gärna bort kolumnen redan i formuläret eller listan nästa gång. För en rapportör räcker funktionen, till exempel fältassistent.";
        self.guarded.warnings.push(Warning::new(message).at(Place::file(self.file)).hint(hint));
    }

    /// Asks about a column, and does what was decided.
    fn quarantine(&mut self, column: usize, heading: &str, found: &[Found], replaced: &mut Replaced) {
        let doubt = self.doubt(column, heading, found);
        let decision = doubt.answer.clone();
        self.guarded.doubts.push(doubt);
        self.guarded.found = true;
        for Found { row, text, finds } in found {
            match decision.as_deref() {
                Some("keep") => continue,
                Some("mask") => replaced.cells.insert((*row, column), mask(text, finds)),
                Some(_) => {
                    self.guarded.dropped += 1;
                    replaced.cells.insert((*row, column), String::new())
                }
                None => {
                    self.guarded.rejections.push(self.rejection(*row, column, finds));
                    replaced.cells.insert((*row, column), String::new())
                }
            };
        }
    }

    fn doubt(&self, column: usize, heading: &str, found: &[Found]) -> Doubt {
        let id = id(&self.sheet.name, column);
        let kinds: BTreeSet<Personal> = found.iter().flat_map(|found| found.finds.iter().map(|find| find.kind)).collect();
        let counted = |kind: &Personal| {
            let cells = found.iter().filter(|found| found.finds.iter().any(|find| find.kind == *kind)).count();
            format!("{} i {cells} {}", kind.word(), if cells == 1 { "cell" } else { "celler" })
        };
        let what = crate::swedish::list(&kinds.iter().map(counted).collect::<Vec<_>>());
        let heading = mask(heading, &find_strong(heading));
        let question =
            format!("Kolumn {} ”{heading}” ser ut att ha personuppgifter: {what}. Vad ska hända med texterna?", column_letters(column));
        let mut choices = vec![
            Choice::new("mask", "Dölj uppgifterna och behåll resten av texten"),
            Choice::new("drop", "Ta inte med de texterna; raderna räknas ändå"),
        ];
        if !kinds.iter().any(|kind| kind.is_certain()) {
            choices.push(Choice::new("keep", "Behåll texterna: inget av det är personuppgifter"));
        }
        let answer = self.answers.get(&id).filter(|answer| choices.iter().any(|choice| choice.id == **answer)).cloned();
        let cell = |found: &Found| DoubtCell {
            sheet: self.sheet_name(),
            row: found.row as u32 + 1,
            column: column_letters(column),
            value: kinds_shown(&found.finds),
        };
        Doubt { id, question, choices, cells: found.iter().take(SHOWN).map(cell).collect(), answer }
    }

    fn rejection(&self, row: usize, column: usize, finds: &[Find]) -> Rejection {
        Rejection {
            sheet: self.sheet_name(),
            row: row as u32 + 1,
            column: column_letters(column),
            value: kinds_shown(finds),
            reason: WAITING.to_owned(),
        }
    }

    fn sheet_name(&self) -> Option<String> {
        Some(self.sheet.name.clone()).filter(|name| !name.is_empty())
    }
}
