//! Table `figure`: a question with the answer it had when it was pinned, both as JSON; written once, never changed.
//! What the JSON means is the picture's business.

use crate::error::{Error, Result};
use crate::file::Tx;
use rusqlite::{Connection, OptionalExtension, Row, params};

#[derive(Debug, Clone)]
pub struct StoredFigure {
    pub id: String,
    pub number: u32,
    pub problem: Option<String>,
    /// ISO date.
    pub pinned: String,
    pub question: String,
    pub answer: String,
}

pub fn insert(tx: &mut Tx, problem: Option<&str>, version: u32, question: &str, answer: &str) -> Result<String> {
    let id = tx.context.new_id();
    let pinned = tx.context.today().to_string();
    tx.conn.execute(
        "INSERT INTO figure (id, problem_id, number, pinned, version, question, answer)
         VALUES (?1, ?2, (SELECT COALESCE(MAX(number), 0) + 1 FROM figure), ?3, ?4, ?5, ?6)",
        params![id, problem, pinned, version, question, answer],
    )?;
    Ok(id)
}

pub fn of_problem(conn: &Connection, problem: &str) -> Result<Vec<StoredFigure>> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} WHERE problem_id = ? ORDER BY number"))?;
    Ok(statement.query_map([problem], from_row)?.collect::<std::result::Result<_, _>>()?)
}

/// By number ("7", "figur 7") or id.
pub fn find(conn: &Connection, name: &str) -> Result<StoredFigure> {
    let name = name.trim().trim_start_matches("figur").trim();
    let found = match name.parse::<u32>() {
        Ok(number) => conn.query_row(&format!("{SELECT} WHERE number = ?"), [number], from_row).optional()?,
        Err(_) => conn.query_row(&format!("{SELECT} WHERE id = ?"), [name], from_row).optional()?,
    };
    found.ok_or_else(|| Error::not_found(&format!("Figur {name}")))
}

pub fn all(conn: &Connection) -> Result<Vec<StoredFigure>> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} ORDER BY number"))?;
    Ok(statement.query_map([], from_row)?.collect::<std::result::Result<_, _>>()?)
}

/// The only change that a figure ever sees: words that may no longer be kept are taken out of its answer.
pub fn purge_words(tx: &mut Tx, id: &str, answer: &str) -> Result<()> {
    tx.conn.execute("UPDATE figure SET answer = ? WHERE id = ?", params![answer, id])?;
    Ok(())
}

const SELECT: &str = "SELECT id, number, problem_id, pinned, question, answer FROM figure";

fn from_row(row: &Row) -> rusqlite::Result<StoredFigure> {
    Ok(StoredFigure {
        id: row.get(0)?,
        number: row.get(1)?,
        problem: row.get(2)?,
        pinned: row.get(3)?,
        question: row.get(4)?,
        answer: row.get(5)?,
    })
}
