//! Commands of Underlag: what a survey asked, and correcting how a question is used.

use super::super::Outcome;
use super::super::requests::*;
use super::changed;
use crate::error::{Error, Result, column_letters};
use crate::file::{LagesbildFile, Op};
use crate::import::batch::QuestionRole;
use crate::picture::counts::{self, SurveyView};
use crate::store::surveys::{self, Correction};

pub fn questions(file: &mut LagesbildFile, request: OfSource) -> Result<Outcome<SurveyView>> {
    Ok(Outcome::read(counts::survey(file.conn(), request.source)?))
}

/// A scale keeps the answers it is not told about beside it; a question that was left out is read from the file's own cells.
pub fn edit_question(file: &mut LagesbildFile, r: EditQuestion) -> Result<Outcome<Nothing>> {
    let role = QuestionRole::from_word(&r.role).ok_or_else(|| {
        Error::not_allowed(format!("Rollen ”{}” finns inte.", r.role))
            .hint("Rollerna är scale, yes_no, multi, free_text, background och ignore.")
    })?;
    if r.worst.as_deref().is_some_and(|worst| !["", "first", "last"].contains(&worst)) {
        return Err(Error::not_allowed("Sämst är first, last eller ingetdera."));
    }
    let letters = r.column.trim().to_uppercase();
    let question = surveys::of_source(file.conn(), r.source)?
        .into_iter()
        .find(|q| column_letters(q.column.saturating_sub(1) as usize) == letters)
        .ok_or_else(|| Error::not_found(&format!("Frågan i kolumn {letters}")))?;
    let correction = Correction { role, options: r.options, worst: r.worst };
    changed(file, Op::EditQuestion { text: question.text.clone() }, |tx| surveys::correct(tx, &question, &correction))
}
