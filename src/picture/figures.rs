//! Pinned figures: the answer as it was on the day it was used, marked (never rewritten) when its source is withdrawn.

use super::question::{Answer, FIGURE_VERSION, Figure, Question};
use crate::error::Result;
use crate::file::Tx;
use crate::store::figures::{self as table, StoredFigure};
use crate::store::sources;
use rusqlite::Connection;
use std::collections::BTreeSet;

pub fn pin(tx: &mut Tx, problem: Option<&str>, question: &Question, answer: &Answer) -> Result<String> {
    table::insert(tx, problem, FIGURE_VERSION, &serde_json::to_string(question)?, &serde_json::to_string(answer)?)
}

pub fn of_problem(conn: &Connection, problem: &str) -> Result<Vec<Figure>> {
    table::of_problem(conn, problem)?.into_iter().map(|stored| figure(conn, stored)).collect()
}

/// By number ("7", "figur 7") or id.
pub fn find(conn: &Connection, name: &str) -> Result<Figure> {
    figure(conn, table::find(conn, name)?)
}

/// Takes a source out of the pinned answers that rest on it, before the source itself goes: the numbers stay, as what was decided on;
/// its file, its sheets and its titles go. Gives how many figures it concerned.
pub fn forget_source(tx: &mut Tx, source: u32) -> Result<u32> {
    let Some(held) = sources::by_id(tx.conn, source)? else { return Ok(0) };
    let mut concerned = 0;
    for stored in table::all(tx.conn)? {
        let mut answer: Answer = serde_json::from_str(&stored.answer)?;
        let cells = answer.points.iter_mut().flat_map(|p| &mut p.cells).filter(|cell| cell.source == source);
        let mut rests = false;
        for cell in cells {
            (cell.file, cell.sheet) = (PURGED.to_owned(), String::new());
            rests = true;
        }
        let names = |line: &String| line.contains(&held.title) || (!held.file_name.is_empty() && line.contains(&held.file_name));
        rests |= answer.sources.iter().any(names);
        if rests {
            answer.sources.iter_mut().filter(|line| names(line)).for_each(|line| *line = PURGED.to_owned());
            table::purge_words(tx, &stored.id, &serde_json::to_string(&answer)?)?;
            concerned += 1;
        }
    }
    Ok(concerned)
}

/// What a figure says of a source that was removed.
pub const PURGED: &str = "rensat underlag";

fn figure(conn: &Connection, stored: StoredFigure) -> Result<Figure> {
    let answer: Answer = serde_json::from_str(&stored.answer)?;
    let used: BTreeSet<u32> = answer.points.iter().flat_map(|p| &p.cells).map(|c| c.source).collect();
    let live = used.into_iter().map(|id| sources::is_live(conn, id)).collect::<Result<Vec<_>>>()?;
    Ok(Figure {
        id: stored.id,
        number: stored.number,
        problem: stored.problem,
        pinned: stored.pinned,
        question: serde_json::from_str(&stored.question)?,
        answer,
        withdrawn: live.contains(&false),
    })
}
