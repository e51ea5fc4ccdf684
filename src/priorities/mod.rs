//! Step 4: problems with evidence, the matrix on Brå's grounds, blind rounds, decisions. Scores are a basis for talk;
//! nothing here decides by itself.

pub mod matrix;
pub mod model;
pub mod rounds;

use crate::error::{Error, Result};
use crate::file::Tx;
use crate::picture::figures;
use crate::picture::overview::overview;
use crate::picture::question::Question;
use crate::picture::{ask, profile};
use crate::store::{agreements, problems};
use model::{Candidate, Decision, Outcome, Priorities, Problem, ProblemHead};
use rusqlite::Connection;

pub fn priorities(conn: &Connection, area: &str) -> Result<Priorities> {
    let candidates = overview(conn, area)?
        .themes
        .into_iter()
        .filter(|row| row.problem.is_none())
        .map(|row| Candidate {
            theme: row.theme,
            name: row.name,
            reason: row.disagreement.reason,
            cells: vec![row.municipality, row.police, row.residents],
        })
        .collect();
    Ok(Priorities { problems: all(conn)?, matrix: matrix::matrix(conn)?, round: rounds::newest(conn)?, candidates })
}

/// Problems with their pinned evidence and decision, in the order they were added.
pub fn all(conn: &Connection) -> Result<Vec<Problem>> {
    problems::all(conn)?
        .into_iter()
        .map(|p| {
            Ok(Problem {
                figures: figures::of_problem(conn, &p.id)?,
                decision: problems::decision_of(conn, &p.id)?,
                id: p.id,
                title: p.title,
                description: p.description,
                theme: p.theme,
            })
        })
        .collect()
}

pub fn heads(conn: &Connection) -> Result<Vec<ProblemHead>> {
    problems::all(conn)?
        .into_iter()
        .map(|p| Ok(ProblemHead { outcome: problems::decision_of(conn, &p.id)?.map(|d| d.outcome), id: p.id, title: p.title }))
        .collect()
}

/// A new problem; made from a theme, the lead figures of all three perspectives are pinned as evidence.
pub fn add(tx: &mut Tx, area: &str, title: &str, description: &str, theme: Option<&str>) -> Result<String> {
    if title.trim().is_empty() {
        return Err(Error::not_allowed("Problemet behöver en rubrik."));
    }
    let id = problems::insert(tx, title.trim(), description, theme)?;
    let Some(theme) = theme else { return Ok(id) };
    for figure in profile::lead_figures_of(tx.conn, area, theme)? {
        figures::pin(tx, Some(&id), &figure.question, &figure.answer)?;
    }
    Ok(id)
}

/// Pins what the question says today; it will not change with later imports.
pub fn pin(tx: &mut Tx, problem: &str, question: &Question) -> Result<String> {
    problems::by_id(tx.conn, problem)?;
    let answer = ask(tx.conn, question)?;
    figures::pin(tx, Some(problem), question, &answer)
}

/// *Bortprioriterat* is recorded as carefully as *prioriterat*: both need a reason.
pub fn decide(tx: &mut Tx, decision: &Decision) -> Result<String> {
    problems::by_id(tx.conn, &decision.problem)?;
    if decision.reason.trim().is_empty() {
        return Err(Error::not_allowed("Skriv varför ni beslutade så. Skälet följer med till överenskommelsen."));
    }
    let date = match decision.date.trim() {
        "" => tx.context.today(),
        day => day.parse().map_err(|_| Error::not_allowed(format!("”{day}” är inget datum. Skriv det som 2026-03-09.")))?,
    };
    if decision.outcome != Outcome::Prioritised {
        refuse_if_built_on(tx.conn, &decision.problem)?;
    }
    problems::decide(tx, decision, &date.to_string())
}

/// A focus area must not lose the decision that it stands on without anybody noticing.
fn refuse_if_built_on(conn: &Connection, problem: &str) -> Result<()> {
    let Some(before) = problems::decision_of(conn, problem)? else { return Ok(()) };
    match agreements::focus_areas(conn)?.into_iter().find(|area| area.decision.as_ref() == Some(&before.id)) {
        Some(area) => {
            Err(Error::not_allowed(format!("Fokusområdet ”{}” i överenskommelsen bygger på beslutet att prioritera problemet.", area.name))
                .hint("Ta bort fokusområdet först, eller låt beslutet stå kvar."))
        }
        None => Ok(()),
    }
}
