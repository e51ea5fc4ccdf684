//! Table `history`: what was done, newest first.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension};

pub struct Line {
    pub at: String,
    pub label: String,
    pub state: String,
}

pub fn all(conn: &Connection) -> Result<Vec<Line>> {
    let mut statement = conn.prepare_cached("SELECT at, label, state FROM history ORDER BY id DESC")?;
    let rows = statement.query_map([], |row| Ok(Line { at: row.get(0)?, label: row.get(1)?, state: row.get(2)? }))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Label of what the next undo would undo.
pub fn next_undo(conn: &Connection) -> Result<Option<String>> {
    Ok(conn.query_row("SELECT label FROM history WHERE state = 'done' ORDER BY id DESC LIMIT 1", [], |r| r.get(0)).optional()?)
}

pub fn next_redo(conn: &Connection) -> Result<Option<String>> {
    Ok(conn.query_row("SELECT label FROM history WHERE state = 'undone' ORDER BY id LIMIT 1", [], |r| r.get(0)).optional()?)
}
