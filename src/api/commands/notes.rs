//! Commands of Underlag: words from dialogues and the police's own assessment.

use super::super::Outcome;
use super::super::requests::*;
use crate::error::{Error, Result};
use crate::file::{LagesbildFile, Op};
use crate::store::notes::{self as note_table, Note};

pub fn notes(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<Vec<Note>>> {
    Ok(Outcome::read(note_table::all(file.conn())?))
}

pub fn add_note(file: &mut LagesbildFile, note: Note) -> Result<Outcome<Made>> {
    if note.text.trim().is_empty() {
        return Err(Error::not_allowed("Anteckningen är tom."));
    }
    let done = file.transact(Op::AddNote, |tx| note_table::insert(tx, &note))?;
    Ok(Outcome { value: Made { id: done.value }, stale: done.stale.into_iter().collect() })
}
