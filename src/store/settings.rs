//! Tables `setting` and `municipality`: what this file is about.

use crate::error::Result;
use crate::file::Tx;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Municipality {
    pub name: String,
    pub code: Option<String>,
    /// Invented, for practice: everything in the file is labelled övningsdata.
    pub practice: bool,
}

pub fn get(conn: &Connection, key: &str) -> Result<Option<String>> {
    Ok(conn.query_row("SELECT value FROM setting WHERE key = ?", [key], |row| row.get(0)).optional()?)
}

pub fn set(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    tx.conn.execute("INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2", params![key, value])?;
    Ok(())
}

pub fn add_municipality(tx: &mut Tx, municipality: &Municipality) -> Result<()> {
    let id = tx.context.new_id();
    tx.conn.execute(
        "INSERT INTO municipality (id, name, code, practice, position) VALUES (?1, ?2, ?3, ?4, (SELECT COUNT(*) FROM municipality))",
        params![id, municipality.name, municipality.code, municipality.practice],
    )?;
    Ok(())
}

/// Whether the file is for practice: then everything in it is labelled övningsdata.
pub fn is_practice(conn: &Connection) -> Result<bool> {
    Ok(municipalities(conn)?.iter().any(|m| m.practice))
}

pub fn municipalities(conn: &Connection) -> Result<Vec<Municipality>> {
    let mut statement = conn.prepare_cached("SELECT name, code, practice FROM municipality ORDER BY position")?;
    let rows = statement.query_map([], |row| Ok(Municipality { name: row.get(0)?, code: row.get(1)?, practice: row.get(2)? }))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}
