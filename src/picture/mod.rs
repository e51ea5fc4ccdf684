//! Step 3, the shared picture: question → answer with counts, intervals, verdicts and the cells they came from.
//! Kommun, polis and invånare stand side by side, ordered by where they disagree.

pub mod categories;
pub mod caveats;
pub mod cells;
pub mod charts;
pub mod compare;
pub mod counts;
pub mod crimes;
pub mod disagreement;
pub mod events;
pub mod figures;
pub mod footing;
pub mod neighbours;
pub mod overview;
pub mod profile;
pub mod question;
pub mod reports;
pub mod sentence;
pub mod series;
pub mod statistics;
pub mod survey;
pub mod views;

use crate::error::Result;
use question::{Answer, FigureView, Measure, Question};
use rusqlite::Connection;

/// Asks the file. Asking the same question next year is the follow-up.
pub fn ask(conn: &Connection, question: &Question) -> Result<Answer> {
    let mut answer = match &question.measure {
        Measure::Series { .. } => series::answer(conn, question),
        Measure::SurveyShare { .. } => survey::answer(conn, question),
        Measure::Reports { .. } => reports::answer(conn, question),
        Measure::Events { .. } => events::answer(conn, question),
    }?;
    if let Some(with) = question.compare {
        answer.comparison = Some(compare::compare(conn, question, &answer, with)?);
    }
    Ok(answer)
}

/// The answer with its chart and table.
pub fn view(conn: &Connection, question: &Question) -> Result<FigureView> {
    let answer = ask(conn, question)?;
    let chart = charts::of_answer(&answer)?;
    let beside = answer.comparison.as_ref().and_then(|comparison| charts::of_comparison(&answer, comparison));
    Ok(FigureView { question: question.clone(), answer, chart, beside })
}
