//! Tables `problem`, `criterion`, `assessment`, `decision`.

use crate::error::{Error, Result};
use crate::file::Tx;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Decision {
    #[serde(default)]
    pub id: String,
    pub problem: String,
    pub outcome: Outcome,
    pub reason: String,
    #[serde(default)]
    pub reservations: String,
    /// Functions and organisations, never names.
    #[serde(default)]
    pub present: String,
    /// ISO date.
    #[serde(default)]
    pub date: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Prioritised,
    Deprioritised,
    Parked,
}

impl Outcome {
    pub fn word(self) -> &'static str {
        match self {
            Self::Prioritised => "prioritised",
            Self::Deprioritised => "deprioritised",
            Self::Parked => "parked",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Prioritised, Self::Deprioritised, Self::Parked].into_iter().find(|o| o.word() == word)
    }

    pub fn swedish(self) -> &'static str {
        match self {
            Self::Prioritised => "prioriterat",
            Self::Deprioritised => "bortprioriterat",
            Self::Parked => "parkerat",
        }
    }
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Criterion {
    pub id: String,
    pub name: String,
    pub help: String,
    /// extent | trend | deviation when data fills the cell, else judged by the group.
    pub computed: Option<String>,
}

#[derive(Debug, Clone)]
pub struct StoredProblem {
    pub id: String,
    pub title: String,
    pub description: String,
    pub theme: Option<String>,
}

pub fn insert(tx: &mut Tx, title: &str, description: &str, theme: Option<&str>) -> Result<String> {
    let id = tx.context.new_id();
    tx.conn.execute(
        "INSERT INTO problem (id, title, description, theme, position) VALUES (?1, ?2, ?3, ?4, (SELECT COALESCE(MAX(position), 0) + 1 FROM problem))",
        params![id, title, description, theme],
    )?;
    Ok(id)
}

pub fn update(tx: &mut Tx, id: &str, title: &str, description: &str) -> Result<()> {
    one(tx.conn.execute("UPDATE problem SET title = ?, description = ? WHERE id = ?", params![title, description, id])?)
}

pub fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    one(tx.conn.execute("DELETE FROM problem WHERE id = ?", [id])?)
}

fn one(rows: usize) -> Result<()> {
    if rows == 0 { Err(Error::not_found("Problemet")) } else { Ok(()) }
}

pub fn all(conn: &Connection) -> Result<Vec<StoredProblem>> {
    let mut statement = conn.prepare_cached("SELECT id, title, description, theme FROM problem ORDER BY position")?;
    let rows =
        statement.query_map([], |r| Ok(StoredProblem { id: r.get(0)?, title: r.get(1)?, description: r.get(2)?, theme: r.get(3)? }))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn by_id(conn: &Connection, id: &str) -> Result<StoredProblem> {
    all(conn)?.into_iter().find(|p| p.id == id).ok_or_else(|| Error::not_found("Problemet"))
}

pub fn of_theme(conn: &Connection, theme: &str) -> Result<Option<String>> {
    Ok(conn.prepare_cached("SELECT id FROM problem WHERE theme = ? LIMIT 1")?.query_row([theme], |r| r.get(0)).optional()?)
}

pub fn insert_criterion(tx: &mut Tx, name: &str, help: &str, computed: Option<&str>) -> Result<()> {
    let id = tx.context.new_id();
    tx.conn.execute(
        "INSERT INTO criterion (id, name, help, computed, position) VALUES (?1, ?2, ?3, ?4, (SELECT COALESCE(MAX(position), 0) + 1 FROM criterion))",
        params![id, name, help, computed],
    )?;
    Ok(())
}

pub fn criteria(conn: &Connection) -> Result<Vec<Criterion>> {
    let mut statement = conn.prepare_cached("SELECT id, name, help, computed FROM criterion ORDER BY position")?;
    let rows = statement.query_map([], |r| Ok(Criterion { id: r.get(0)?, name: r.get(1)?, help: r.get(2)?, computed: r.get(3)? }))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn assess(tx: &mut Tx, problem: &str, criterion: &str, level: Option<u8>) -> Result<()> {
    match level {
        Some(level) => tx.conn.execute(
            "INSERT INTO assessment (problem_id, criterion_id, level) VALUES (?1, ?2, ?3) ON CONFLICT (problem_id, criterion_id) DO UPDATE SET level = ?3",
            params![problem, criterion, level],
        )?,
        None => tx.conn.execute("DELETE FROM assessment WHERE problem_id = ? AND criterion_id = ?", params![problem, criterion])?,
    };
    Ok(())
}

pub fn level(conn: &Connection, problem: &str, criterion: &str) -> Result<Option<u8>> {
    let sql = "SELECT level FROM assessment WHERE problem_id = ? AND criterion_id = ?";
    Ok(conn.prepare_cached(sql)?.query_row([problem, criterion], |r| r.get(0)).optional()?)
}

/// One decision per problem: deciding again replaces it (the history keeps the old one).
pub fn decide(tx: &mut Tx, decision: &Decision, date: &str) -> Result<String> {
    let before = decision_of(tx.conn, &decision.problem)?;
    let id = before.map_or_else(|| tx.context.new_id(), |d| d.id);
    tx.conn.execute(
        "INSERT INTO decision (id, problem_id, outcome, reason, reservations, present, date) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET outcome = ?3, reason = ?4, reservations = ?5, present = ?6, date = ?7",
        params![id, decision.problem, decision.outcome.word(), decision.reason, decision.reservations, decision.present, date],
    )?;
    Ok(id)
}

pub fn decision_of(conn: &Connection, problem: &str) -> Result<Option<Decision>> {
    let sql = format!("{DECISION} WHERE problem_id = ?");
    Ok(conn.prepare_cached(&sql)?.query_row([problem], decision).optional()?)
}

pub fn decisions(conn: &Connection) -> Result<Vec<Decision>> {
    let mut statement = conn.prepare_cached(&format!("{DECISION} ORDER BY id"))?;
    let rows = statement.query_map([], decision)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

const DECISION: &str = "SELECT id, problem_id, outcome, reason, reservations, present, date FROM decision";

fn decision(row: &Row) -> rusqlite::Result<Decision> {
    Ok(Decision {
        id: row.get(0)?,
        problem: row.get(1)?,
        outcome: Outcome::from_word(&row.get::<_, String>(2)?).unwrap_or(Outcome::Parked),
        reason: row.get(3)?,
        reservations: row.get(4)?,
        present: row.get(5)?,
        date: row.get(6)?,
    })
}
