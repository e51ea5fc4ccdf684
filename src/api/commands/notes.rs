//! Commands of Underlag: words from dialogues and the police's own assessment.

use super::super::Outcome;
use super::super::requests::*;
use super::{changed, made};
use crate::error::{Error, Result};
use crate::file::{LagesbildFile, Op};
use crate::import;
use crate::store::notes::{self as note_table, Note};
use chrono::NaiveDate;

pub fn notes(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<Vec<Note>>> {
    Ok(Outcome::read(note_table::all(file.conn())?))
}

pub fn add_note(file: &mut LagesbildFile, note: Note) -> Result<Outcome<Made>> {
    let note = checked(note)?;
    Ok(made(file.transact(Op::AddNote, |tx| note_table::insert(tx, &note))?))
}

pub fn edit_note(file: &mut LagesbildFile, note: Note) -> Result<Outcome<Nothing>> {
    let note = checked(note)?;
    changed(file, Op::EditNote, |tx| note_table::update(tx, &note))
}

pub fn remove_note(file: &mut LagesbildFile, request: ById) -> Result<Outcome<Nothing>> {
    changed(file, Op::RemoveNote, |tx| note_table::delete(tx, &request.id))
}

fn checked(note: Note) -> Result<Note> {
    if note.text.trim().is_empty() {
        return Err(Error::not_allowed("Anteckningen är tom."));
    }
    refuse_people([note.text.as_str(), note.place.as_deref().unwrap_or_default(), &note.owner, &note.network])?;
    Ok(Note { date: day(note.date)?, ..note })
}

/// What is typed in passes the same guard as what is read from files.
pub(super) fn refuse_people<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<()> {
    match texts.into_iter().find_map(import::person_data) {
        Some(found) => {
            Err(Error::not_allowed(format!("Texten innehåller personuppgifter: {found}."))
                .hint("Skriv utan uppgifter om enskilda personer."))
        }
        None => Ok(()),
    }
}

/// An ISO date; an empty one is none.
pub(super) fn day(date: Option<String>) -> Result<Option<String>> {
    match date.filter(|date| !date.trim().is_empty()) {
        Some(date) if date.parse::<NaiveDate>().is_err() => {
            Err(Error::not_allowed(format!("”{date}” är inget datum.")).hint("Skriv datumet som 2026-03-30."))
        }
        date => Ok(date),
    }
}
