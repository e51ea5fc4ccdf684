//! What no table read: numbers beside, between and below the tables, and in columns without a heading. None may vanish in silence.

use super::columns::Part;
use super::frame::{Ink, ink};
use super::plan::Plan;
use super::words;
use crate::error::column_letters;
use crate::import::gather::Gather;
use crate::import::grid::{Cell, Sheet};
use crate::import::header;
use std::collections::BTreeSet;

const NO_HEADING: &str = "kolumnen har ingen rubrik";
const NEXT_TABLE: &str = "står i en tabell bredvid en annan; lägg tabellerna på var sitt blad";
const NO_TABLE: &str = "står utanför tabellerna";

/// Refuses every number of the read sheets that none of their tables took, each with its place.
pub fn tell(gather: &mut Gather<'_>, plans: &[Plan<'_>]) {
    let sheets: BTreeSet<usize> = plans.iter().map(|plan| plan.index).collect();
    for index in sheets {
        let own: Vec<&Plan<'_>> = plans.iter().filter(|plan| plan.index == index).collect();
        sheet(gather, index, &own);
    }
}

fn sheet(gather: &mut Gather<'_>, index: usize, plans: &[&Plan<'_>]) {
    let grid = gather.grid;
    let Some(sheet) = grid.sheets.get(index) else { return };
    for row in 0..sheet.rows() {
        if sheet.is_continuation(row) || plans.iter().any(|plan| plan.frame.header.contains(&row)) {
            continue;
        }
        let inside = plans.iter().find(|plan| plan.frame.body.contains(&row));
        let missed: Vec<(usize, &str)> = match inside {
            Some(plan) if plan.is_header_again(row) => Vec::new(),
            Some(plan) => beside(plan, sheet, row),
            None => outside(sheet, row),
        };
        for (column, reason) in missed {
            gather.reject(header::at(index, row, column), reason);
        }
    }
}

/// Numbers of a table's row in a column that no heading names. Running numbers and codes of places measure nothing.
fn beside(plan: &Plan<'_>, sheet: &Sheet, row: usize) -> Vec<(usize, &'static str)> {
    let unnamed = |column: usize| match plan.parts.get(column) {
        None => true,
        Some(Part::Ignore) => plan.headings[column].leaf().is_empty() && !plan.profiles[column].counting,
        Some(_) => false,
    };
    let measures = |cell: &Cell<'_>| ink(*cell) == Ink::Number && crate::reference::by_code(&cell.label()).is_none();
    let numbers = sheet.cells(row).enumerate().filter(|(_, cell)| measures(cell));
    let next = |column: usize| plan.beside.is_some_and(|first| column >= first);
    let reason = |column: usize| if next(column) { NEXT_TABLE } else { NO_HEADING };
    numbers.map(|(column, _)| column).filter(|column| next(*column) || unnamed(*column)).map(|column| (column, reason(column))).collect()
}

/// Numbers of a row outside all tables: `Ale | 12`, `Antal svar | 1 884`. One number before a text is the mark of a note.
fn outside(sheet: &Sheet, row: usize) -> Vec<(usize, &'static str)> {
    let filled: Vec<(usize, Ink)> = sheet.cells(row).map(ink).enumerate().filter(|(_, ink)| *ink != Ink::Blank).collect();
    let numbers: Vec<usize> = filled.iter().filter(|(_, ink)| *ink == Ink::Number).map(|(column, _)| *column).collect();
    let mark = numbers.len() == 1 && (filled.len() == 1 || filled.first().is_some_and(|(column, _)| *column == numbers[0]));
    if mark { Vec::new() } else { numbers.into_iter().map(|column| (column, NO_TABLE)).collect() }
}

/// A column of words with numbers among them was read as words: told, since the numbers may be values.
pub fn mixed(gather: &mut Gather<'_>, plan: &Plan<'_>) {
    for (column, _) in plan.parts.iter().enumerate().filter(|(_, part)| matches!(part, Part::Path | Part::Breakdown)) {
        let (profile, word) = (&plan.profiles[column], header::word(plan.headings[column].leaf()));
        if profile.numeric > profile.years && !words::is_dividing(&word) && !words::is_code(&word) && profile.numeric < profile.filled {
            let letters = column_letters(column);
            gather.warn(
                format!("Kolumn {letters} ”{}” har både ord och tal. Alla lästes som ord.", plan.name(column)),
                "Om kolumnen är siffror: byt orden mot tomma celler i filen och läs in den igen.",
            );
        }
    }
}
