//! Table `source`: one row per import batch. A batch that is undone or removed is switched off, never half gone.

use crate::error::{Error, Result};
use crate::file::Tx;
use crate::perspective::Perspective;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Recipe of the sources that hold reports written by hand; they have no file.
pub const OWN_REPORTS: &str = "own_reports";

#[derive(Debug, Clone, Default)]
pub struct Source {
    pub id: u32,
    pub perspective: Perspective,
    pub kind: String,
    pub title: String,
    pub publisher: String,
    pub recipe: Option<String>,
    pub file_name: String,
    pub sha256: String,
    /// ISO date.
    pub retrieved: String,
    /// The import report, JSON.
    pub report: String,
    /// Survey: when it was answered.
    pub period: Option<String>,
    pub sent_out: Option<u32>,
    /// Whose it is, and the network it comes from; empty when nobody said.
    pub owner: String,
    pub network: String,
    /// ISO date: when it is to be removed at the latest.
    pub remove_by: Option<String>,
    /// The municipality it is about, where neither its rows nor the file itself say it.
    pub area: Option<String>,
    /// What a person answered when it was read, JSON: question id → choice.
    pub answers: String,
}

const COLUMNS: &str = "id, perspective, kind, title, publisher, recipe, file_name, sha256, retrieved, report, period, sent_out, owner, \
                       network, remove_by, area, answers";

pub fn insert(tx: &mut Tx, source: &Source) -> Result<u32> {
    tx.conn.execute(
        "INSERT INTO source (perspective, kind, title, publisher, recipe, file_name, sha256, retrieved, report, period, sent_out, owner,
                             network, remove_by, area, answers)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            source.perspective.code(),
            source.kind,
            source.title,
            source.publisher,
            source.recipe,
            source.file_name,
            source.sha256,
            source.retrieved,
            source.report,
            source.period,
            source.sent_out,
            source.owner,
            source.network,
            source.remove_by,
            source.area,
            source.answers
        ],
    )?;
    Ok(tx.conn.last_insert_rowid() as u32)
}

/// What people may change about a source afterwards; `file::undo` records just these.
pub fn update(tx: &mut Tx, source: &Source) -> Result<()> {
    let changed = tx.conn.execute(
        "UPDATE source SET title = ?, perspective = ?, owner = ?, network = ?, sent_out = ?, remove_by = ? WHERE id = ? AND live = 1",
        params![source.title, source.perspective.code(), source.owner, source.network, source.sent_out, source.remove_by, source.id],
    )?;
    if changed == 0 { Err(Error::not_found("Underlaget")) } else { Ok(()) }
}

/// The live source of a recipe and perspective that has no file of its own, if any.
pub fn of_recipe(conn: &Connection, recipe: &str, perspective: Perspective) -> Result<Option<Source>> {
    let sql = format!("SELECT {COLUMNS} FROM source WHERE live = 1 AND recipe = ? AND perspective = ? ORDER BY id DESC LIMIT 1");
    Ok(conn.query_row(&sql, params![recipe, perspective.code()], from_row).optional()?)
}

pub fn set_report(tx: &mut Tx, id: u32, report: &str) -> Result<()> {
    tx.conn.execute("UPDATE source SET report = ? WHERE id = ?", params![report, id])?;
    Ok(())
}

pub fn switch_off(tx: &mut Tx, id: u32) -> Result<()> {
    match tx.conn.execute("UPDATE source SET live = 0 WHERE id = ? AND live = 1", [id])? {
        0 => Err(Error::not_found("Underlaget")),
        _ => Ok(()),
    }
}

pub fn live(conn: &Connection) -> Result<Vec<Source>> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM source WHERE live = 1 ORDER BY id"))?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Live or not: a pinned figure may rest on a source that was switched off later.
pub fn by_id(conn: &Connection, id: u32) -> Result<Option<Source>> {
    Ok(conn.query_row(&format!("SELECT {COLUMNS} FROM source WHERE id = ?"), [id], from_row).optional()?)
}

pub fn is_live(conn: &Connection, id: u32) -> Result<bool> {
    Ok(conn.query_row("SELECT live FROM source WHERE id = ?", [id], |row| row.get(0)).optional()?.unwrap_or(false))
}

/// The live source that was read from exactly these bytes, if any.
pub fn with_hash(conn: &Connection, sha256: &str) -> Result<Option<Source>> {
    let sql = format!("SELECT {COLUMNS} FROM source WHERE live = 1 AND sha256 = ? ORDER BY id DESC LIMIT 1");
    Ok(conn.query_row(&sql, [sha256], from_row).optional()?)
}

fn from_row(row: &Row) -> rusqlite::Result<Source> {
    Ok(Source {
        id: row.get(0)?,
        perspective: Perspective::from_code(&row.get::<_, String>(1)?).unwrap_or(Perspective::Reference),
        kind: row.get(2)?,
        title: row.get(3)?,
        publisher: row.get(4)?,
        recipe: row.get(5)?,
        file_name: row.get(6)?,
        sha256: row.get(7)?,
        retrieved: row.get(8)?,
        report: row.get(9)?,
        period: row.get(10)?,
        sent_out: row.get(11)?,
        owner: row.get(12)?,
        network: row.get(13)?,
        remove_by: row.get(14)?,
        area: row.get(15)?,
        answers: row.get(16)?,
    })
}
