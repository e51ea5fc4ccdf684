//! The sources that can be read, one file each: every one says by the content whether a file is its own, then reads it.

pub(in crate::import) mod bra_databasfil;
mod bra_month_table;
mod bra_tables;
mod bra_yearly;
mod districts;
mod drug_survey;
mod est_matrix;
mod events;
mod field_reports;
mod kolada_long;
mod ntu_county;
mod ntu_municipality;
mod public_health;
mod published;
mod safety_survey;
mod sol_table;
mod survey;
mod tables;

use super::bytes::Opened;
use super::describe::{Answers, Choice, Doubt, Kind, Perspective};
use super::gather::Gather;
use super::grid::Grid;
use super::layout::{self, Given};
use super::persons;
use crate::error::{Code, Error, Place, Result};
use crate::reference::Known;
use std::cell::OnceCell;

/// Whether a file is a source's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognition {
    No,
    /// It fits the shape, if nobody knows better.
    Likely(String),
    /// Only this source writes so.
    Certain(String),
}

/// A file about to be understood.
pub struct Look<'a> {
    pub grid: &'a Grid,
    pub known: Known<'a>,
    /// What the format itself says about the table's layout.
    pub given: Option<&'a Given>,
    /// What kind of statistics table it is, once it has been found out.
    pub reach: OnceCell<Option<layout::Reach>>,
}

impl<'a> Look<'a> {
    pub fn new(grid: &'a Grid, known: Known<'a>, given: Option<&'a Given>) -> Self {
        Self { grid, known, given, reach: OnceCell::new() }
    }

    /// A second look, while reading.
    pub fn at(gather: &Gather<'a>) -> Self {
        Self::new(gather.grid, gather.known, gather.given)
    }
}

/// One kind of file.
pub struct Source {
    pub id: &'static str,
    /// For people: what the source is called.
    pub title: &'static str,
    pub kind: Kind,
    pub perspective: Perspective,
    pub recognise: fn(&Look<'_>) -> Recognition,
    pub read: fn(&mut Gather<'_>),
}

/// In order of how particular they are; a likely one earlier in the list wins over a later.
static SOURCES: &[&Source] = &[
    &bra_databasfil::SOURCE,
    &sol_table::SOURCE,
    &bra_yearly::SOURCE,
    &bra_tables::SOURCE,
    &ntu_municipality::SOURCE,
    &ntu_county::SOURCE,
    &public_health::SOURCE,
    &kolada_long::SOURCE,
    &drug_survey::SOURCE,
    &safety_survey::SOURCE,
    &est_matrix::SOURCE,
    &events::SOURCE,
    &field_reports::SOURCE,
    &tables::LOCAL,
    &tables::WIDE,
    &survey::SOURCE,
];

/// Sources that are known by description only: no real file of theirs has been tried, nor has anybody quoted its lines. The first time,
/// a person must say that the reading is right. Once a file is at hand it is tried, and the id leaves this list.
const DESCRIBED: [&str; 10] = [
    est_matrix::SOURCE.id,
    bra_databasfil::SOURCE.id,
    bra_yearly::SOURCE.id,
    kolada_long::SOURCE.id,
    bra_tables::SOURCE.id,
    ntu_municipality::SOURCE.id,
    ntu_county::SOURCE.id,
    public_health::SOURCE.id,
    drug_survey::SOURCE.id,
    safety_survey::SOURCE.id,
];

/// The question whether the reading of a described source is right; until it is answered nothing is stored.
pub const CONFIRM: &str = "confirm";
const CONFIRMED: &str = "yes";
const DENIED: &str = "no";

/// What can be read, in Swedish, for help texts and refusals.
pub fn understood() -> Vec<&'static str> {
    SOURCES.iter().map(|source| source.title).collect()
}

/// What the source with this id is called, for people.
pub fn title(id: &str) -> Option<&'static str> {
    SOURCES.iter().find(|source| source.id == id).map(|source| source.title)
}

/// The source that reads this grid, and the questions about it: which one, if two claim it with certainty; whether it is right, if
/// it is known by description only. One that was denied leaves the file to the others.
pub fn choose(name: &str, opened: &Opened, known: &Known<'_>, answers: &Answers) -> Result<(&'static Source, Vec<Doubt>)> {
    let grid = &opened.grid;
    let look = Look::new(grid, *known, opened.given.as_ref());
    if let Some(refused) = bra_month_table::refusal(name, &look) {
        return Err(refused);
    }
    let seen: Vec<_> = SOURCES.iter().map(|source| (*source, (source.recognise)(&look))).collect();
    let certain = seen.iter().filter(|(_, found)| matches!(found, Recognition::Certain(_))).map(|(source, _)| *source);
    let (described, mut certain): (Vec<_>, Vec<_>) = certain.partition(|source| DESCRIBED.contains(&source.id));
    let mut doubts = Vec::new();
    // What is known by description alone yields to what has been tried.
    if let (Some(source), true) = (described.first(), certain.is_empty()) {
        let doubt = confirm(source, answers);
        if doubt.answer.as_deref() != Some(DENIED) {
            certain.push(source);
        }
        doubts.push(doubt);
    }
    match certain.as_slice() {
        [one] => Ok((one, doubts)),
        [first, ..] => {
            let (source, doubt) = between(first, &certain, answers);
            doubts.extend(doubt);
            Ok((source, doubts))
        }
        [] if survey::is_code_book(grid) => Err(code_book(name)),
        [] => {
            if let Some(refused) = layout::refusal(name, &look) {
                return Err(refused);
            }
            let denied = answers.get(survey::ASKED).is_some_and(|answer| answer == survey::IS_OTHER);
            let open = |source: &Source| !(denied && source.kind == Kind::Survey);
            let likely = seen.iter().find(|(source, found)| matches!(found, Recognition::Likely(_)) && open(source));
            likely
                .map(|(source, _)| (*source, doubts))
                .ok_or_else(|| layout::unreadable(name, &look).unwrap_or_else(|| not_understood(name, grid)))
        }
    }
}

fn confirm(source: &Source, answers: &Answers) -> Doubt {
    Doubt {
        id: CONFIRM.to_owned(),
        question: format!("Filen ser ut som {}, men den sorten har bara kunnat prövas mot beskrivningar. Stämmer läsningen?", source.title),
        choices: vec![
            Choice::new(CONFIRMED, "Ja, siffror och områden stämmer med filen"),
            Choice::new(DENIED, "Nej, läs den som en vanlig tabell"),
        ],
        cells: Vec::new(),
        answer: answers.get(CONFIRM).filter(|answer| [CONFIRMED, DENIED].contains(&answer.as_str())).cloned(),
    }
}

fn between(first: &'static Source, certain: &[&'static Source], answers: &Answers) -> (&'static Source, Option<Doubt>) {
    let answered = answers.get("recipe").and_then(|id| certain.iter().find(|source| source.id == *id));
    let doubt = Doubt {
        id: "recipe".to_owned(),
        question: "Filen kan läsas på flera sätt. Vad är den?".to_owned(),
        choices: certain.iter().map(|source| Choice::new(source.id, source.title)).collect(),
        cells: Vec::new(),
        answer: answered.map(|source| source.id.to_owned()),
    };
    (answered.copied().unwrap_or(first), Some(doubt))
}

fn code_book(name: &str) -> Error {
    Error::new(Code::NotUnderstood, "Filen är en kodbok, inga värden: den säger bara vad koderna betyder.")
        .at(Place::file(name))
        .hint("Lägg kodboken som ett eget blad i enkätens arbetsbok, så byts koderna mot svarsalternativen.")
}

fn not_understood(name: &str, grid: &Grid) -> Error {
    let row = grid.sheets.first().and_then(|sheet| (0..sheet.rows()).find(|row| !sheet.is_blank(*row)).map(|row| (sheet, row)));
    let seen = row.map(|(sheet, row)| {
        let cells = sheet
            .cells(row)
            .filter(|cell| !cell.is_blank())
            .take(8)
            .map(|cell| format!("”{}”", persons::hidden(cell.shown().trim()).chars().take(40).collect::<String>()));
        (row, cells.collect::<Vec<_>>().join(", "))
    });
    let (place, seen) = match seen {
        Some((row, seen)) => (Place { row: Some(row as u32 + 1), ..Place::file(name) }, format!(" Den första ifyllda raden är {seen}.")),
        None => (Place::file(name), String::new()),
    };
    Error::new(Code::NotUnderstood, format!("Tabellen känns inte igen.{seen}"))
        .at(place)
        .hint(format!("Det här kan läsas in: {}.", understood().join("; ")))
}
