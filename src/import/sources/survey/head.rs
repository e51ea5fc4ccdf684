//! The header of a survey export: one row, or a row of questions over a row of choices; and which columns are choices of
//! one question.

use crate::import::grid::Sheet;
use crate::import::header;
use crate::import::questions::Given;

/// Where the header stands and what it says.
pub struct Head {
    pub rows: Vec<usize>,
    pub first_data_row: usize,
    pub labels: Vec<Label>,
}

/// A column's heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The question, or its common part.
    pub stem: String,
    /// What the column stands for within the question.
    pub option: Option<String>,
    /// Whole, as it is shown.
    pub text: String,
}

impl Label {
    fn whole(text: &str) -> Self {
        let bracket = text.strip_suffix(']').and_then(|head| head.rsplit_once('['));
        let (stem, option) = match bracket {
            Some((stem, option)) if !stem.trim().is_empty() && !option.trim().is_empty() => (stem, Some(option)),
            _ => (text, None),
        };
        Self { stem: stem.trim().to_owned(), option: option.map(|option| option.trim().to_owned()), text: text.to_owned() }
    }

    /// `Q5_1`, `Platser: Torget`, `Platser - Torget`: perhaps a choice, if the columns beside it are the same.
    fn parts(&self) -> Option<(&str, &str)> {
        if let Some(option) = &self.option {
            return Some((&self.stem, option));
        }
        let numbered = self.text.rsplit_once(['_', '.']).filter(|(_, tail)| !tail.is_empty() && tail.bytes().all(|b| b.is_ascii_digit()));
        let apart = [" - ", " – ", ": ", " | "].iter().find_map(|mark| self.text.rsplit_once(mark));
        numbered
            .or(apart)
            .map(|(stem, option)| (stem.trim(), option.trim()))
            .filter(|(stem, option)| !stem.is_empty() && !option.is_empty())
    }
}

/// What stands under a question that has only one column.
const SINGLE: [&str; 7] = ["response", "open-ended response", "svar", "öppet svar", "öppna svar", "fritextsvar", "textsvar"];

/// The header row: the first with at least three texts in all its columns, or two rows that fill each other's gaps.
pub fn find(sheet: &Sheet) -> Option<Head> {
    (0..sheet.rows().min(header::HEADER_WITHIN)).find_map(|row| {
        let texts = sheet.cells(row).filter(|cell| cell.as_text().is_some()).count();
        if texts >= 3 && texts == sheet.width(row) {
            return Some(single(sheet, row));
        }
        double(sheet, row)
    })
}

fn single(sheet: &Sheet, row: usize) -> Head {
    let labels = sheet.cells(row).map(|cell| Label::whole(&cell.label())).collect();
    let first = (row + 1..sheet.rows()).find(|row| !sheet.is_continuation(*row)).unwrap_or(row + 1);
    Head { rows: vec![row], first_data_row: first, labels }
}

/// A row of questions, each over its columns, and below it the choices: every column has a text in one of the two.
fn double(sheet: &Sheet, row: usize) -> Option<Head> {
    let (above, below) = (row, (row + 1..sheet.rows()).find(|row| !sheet.is_continuation(*row))?);
    let width = sheet.width(above).max(sheet.width(below));
    let text = |row: usize, column: usize| sheet.cell(row, column).as_text().map(|_| sheet.cell(row, column).label()).unwrap_or_default();
    let filled = |row: usize| (0..width).filter(|column| !text(row, *column).is_empty()).count();
    let covered = (0..width).all(|column| !text(above, column).is_empty() || !text(below, column).is_empty());
    let under_gap = (1..width).filter(|column| text(above, *column).is_empty()).count();
    if width < 3 || filled(above) < 2 || under_gap == 0 || !covered || filled(below) < under_gap || text(above, 0).is_empty() {
        return None;
    }
    let mut stem = String::new();
    let labels = (0..width).map(|column| {
        if !text(above, column).is_empty() {
            stem = text(above, column);
        }
        let option = Some(text(below, column)).filter(|option| !option.is_empty() && !SINGLE.contains(&header::word(option).as_str()));
        let whole = option.as_ref().map_or(stem.clone(), |option| format!("{stem} [{option}]"));
        Label { stem: stem.clone(), option, text: whole }
    });
    Some(Head { rows: vec![above, below], first_data_row: below + 1, labels: labels.collect() })
}

/// Columns that are the choices of one question: the first and the last, the question, and a name for each choice.
pub struct Ticks {
    pub first: usize,
    pub last: usize,
    pub stem: String,
    pub options: Vec<String>,
}

/// Neighbouring columns with the same question, where every cell says only that the choice was taken, or was not.
pub fn ticks(head: &Head, given: &[Given]) -> Vec<Ticks> {
    let mut found = Vec::new();
    let mut column = 0;
    while column < head.labels.len() {
        let run = run_from(head, column);
        let ticks = Ticks {
            first: column,
            last: column + run.len().max(1) - 1,
            stem: head.labels.get(column).and_then(Label::parts).map(|(stem, _)| stem.to_owned()).unwrap_or_default(),
            options: run,
        };
        column = ticks.last + 1;
        if ticks.options.len() >= 2 && are_ticks(&ticks, given) {
            found.push(ticks);
        }
    }
    found
}

/// The choices of the columns from `first` on that share its question.
fn run_from(head: &Head, first: usize) -> Vec<String> {
    let Some((stem, _)) = head.labels.get(first).and_then(Label::parts) else { return Vec::new() };
    let parts = head.labels.iter().skip(first).map(Label::parts);
    parts.map_while(|parts| parts.filter(|(other, _)| *other == stem)).map(|(_, option)| option.to_owned()).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    Taken,
    Not,
}

/// What a cell says about the choice that its column stands for.
pub fn tick(text: &str, option: &str) -> Option<Tick> {
    let word = text.trim().to_lowercase();
    match word.as_str() {
        "1" | "x" | "✓" | "✔" | "☑" | "ja" | "yes" | "true" | "sant" | "vald" | "valt" | "vald(t)" | "markerad" | "checked"
        | "selected" => Some(Tick::Taken),
        "0" | "nej" | "no" | "false" | "falskt" | "ej vald" | "ej valt" | "inte vald" | "inte valt" | "unchecked" | "not selected"
        | "☐" => Some(Tick::Not),
        _ => (word == option.to_lowercase()).then_some(Tick::Taken),
    }
}

/// A grid of questions answered yes or no is several questions; a grid of ticks is one.
fn are_ticks(ticks: &Ticks, given: &[Given]) -> bool {
    let (mut taken, mut answered_no) = (false, false);
    for (column, option) in (ticks.first..=ticks.last).zip(&ticks.options) {
        for text in given.get(column).into_iter().flat_map(|given| given.keys()) {
            let Some(tick) = tick(text, option) else { return false };
            taken |= tick == Tick::Taken;
            answered_no |= ["nej", "no"].contains(&text.to_lowercase().as_str());
        }
    }
    taken && !answered_no
}
