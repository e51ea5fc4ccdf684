//! Tables `round`, `round_problem`, `ballot`. Scores leave this file only through [`scores`], which refuses before the reveal.

use crate::error::{Error, Result};
use crate::file::Tx;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use std::collections::BTreeMap;
use ts_rs::TS;

#[derive(Debug, Clone, Deserialize, TS)]
pub struct Slip {
    pub round: String,
    /// 1-based number of the paper slip.
    pub slip: u32,
    /// Problem id → 1–5; a problem may be left out.
    pub scores: BTreeMap<String, u8>,
}

#[derive(Debug, Clone)]
pub struct StoredRound {
    pub id: String,
    pub title: String,
    pub voters: u32,
    pub revealed: bool,
    /// Its result has been seen once, even if the reveal was undone.
    pub seen: bool,
    pub problems: Vec<String>,
}

pub fn insert(tx: &mut Tx, title: &str, voters: u32, problems: &[String]) -> Result<String> {
    let id = tx.context.new_id();
    let started = tx.context.now().to_rfc3339();
    tx.conn.execute("INSERT INTO round (id, title, voters, started) VALUES (?, ?, ?, ?)", params![id, title, voters, started])?;
    for (position, problem) in problems.iter().enumerate() {
        tx.conn.execute(
            "INSERT INTO round_problem (round_id, problem_id, position) VALUES (?, ?, ?)",
            params![id, problem, position as u32],
        )?;
    }
    Ok(id)
}

/// The newest round.
pub fn newest(conn: &Connection) -> Result<Option<StoredRound>> {
    let id: Option<String> = conn.query_row("SELECT id FROM round ORDER BY id DESC LIMIT 1", [], |r| r.get(0)).optional()?;
    id.map(|id| by_id(conn, &id)).transpose()
}

pub fn count(conn: &Connection) -> Result<u32> {
    Ok(conn.query_row("SELECT COUNT(*) FROM round", [], |r| r.get(0))?)
}

pub fn by_id(conn: &Connection, id: &str) -> Result<StoredRound> {
    let sql = "SELECT title, voters, revealed IS NOT NULL, EXISTS (SELECT 1 FROM round_seen WHERE round_id = id) FROM round WHERE id = ?";
    let (title, voters, revealed, seen) = conn
        .query_row(sql, [id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()?
        .ok_or_else(|| Error::not_found("Rundan"))?;
    let mut statement = conn.prepare_cached("SELECT problem_id FROM round_problem WHERE round_id = ? ORDER BY position")?;
    let problems = statement.query_map([id], |r| r.get(0))?.collect::<std::result::Result<_, _>>()?;
    Ok(StoredRound { id: id.to_owned(), title, voters, revealed, seen, problems })
}

/// Puts a slip in; one with the same number is switched off.
pub fn enter(tx: &mut Tx, slip: &Slip) -> Result<()> {
    let id = tx.context.new_id();
    tx.conn.execute("UPDATE ballot SET live = 0 WHERE round_id = ? AND slip = ? AND live = 1", params![slip.round, slip.slip])?;
    let scores = serde_json::to_string(&slip.scores)?;
    tx.conn.execute("INSERT INTO ballot (id, round_id, slip, scores) VALUES (?, ?, ?, ?)", params![id, slip.round, slip.slip, scores])?;
    Ok(())
}

pub fn withdraw(tx: &mut Tx, round: &str, slip: u32) -> Result<()> {
    match tx.conn.execute("UPDATE ballot SET live = 0 WHERE round_id = ? AND slip = ? AND live = 1", params![round, slip])? {
        0 => Err(Error::not_found(&format!("Lapp {slip}"))),
        _ => Ok(()),
    }
}

/// Numbers of the slips that are in; nothing of what they say.
pub fn slips(conn: &Connection, round: &str) -> Result<Vec<u32>> {
    let mut statement = conn.prepare_cached("SELECT slip FROM ballot WHERE round_id = ? AND live = 1 ORDER BY slip")?;
    Ok(statement.query_map([round], |r| r.get(0))?.collect::<std::result::Result<_, _>>()?)
}

pub fn reveal(tx: &mut Tx, round: &str) -> Result<()> {
    let now = tx.context.now().to_rfc3339();
    tx.conn.execute("INSERT OR IGNORE INTO round_seen (round_id, at) VALUES (?, ?)", params![round, now])?;
    match tx.conn.execute("UPDATE round SET revealed = ? WHERE id = ? AND revealed IS NULL", params![now, round])? {
        0 => Err(Error::not_allowed("Rundan är redan visad.")),
        _ => Ok(()),
    }
}

/// All scores of a revealed round, by problem.
pub fn scores(conn: &Connection, round: &StoredRound) -> Result<BTreeMap<String, Vec<u8>>> {
    if !round.revealed {
        return Err(Error::not_allowed("Rundan är inte visad än."));
    }
    let mut statement = conn.prepare_cached("SELECT scores FROM ballot WHERE round_id = ? AND live = 1 ORDER BY slip")?;
    let mut by_problem: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for json in statement.query_map([&round.id], |r| r.get::<_, String>(0))? {
        let scores: BTreeMap<String, u8> = serde_json::from_str(&json?)?;
        for (problem, score) in scores {
            by_problem.entry(problem).or_default().push(score);
        }
    }
    Ok(by_problem)
}
