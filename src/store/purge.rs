//! *Gallring*: really removing a source. Everything that hangs on it goes, then what nothing uses any more; of the source itself
//! only its number, its perspective, its kind and two dates are left, so that a figure can say that it rested on something.

use crate::error::{Error, Result};
use crate::file::Tx;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Rows removed, per table.
pub type Removed = BTreeMap<String, u32>;

/// Columns of `source` that stay.
const LEFT: [&str; 5] = ["id", "perspective", "kind", "retrieved", "purged"];
/// Shared words and periods: they go when the last value that used them is gone.
const SHARED: [&str; 6] = ["series", "area", "indicator", "dataset", "period", "missing_symbol"];

/// Removes a source, live or switched off. Errors: `NotFound` for one that does not exist or is gone already.
pub fn source(tx: &mut Tx, id: u32) -> Result<Removed> {
    if !exists(tx.conn, id)? {
        return Err(Error::not_found("Underlaget"));
    }
    // Rows point at each other as well as at the source; all is checked when the last is gone.
    tx.conn.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let mut removed = Removed::new();
    for table in hanging_on(tx.conn, "source")? {
        note(&mut removed, &table.name, tx.conn.execute(&format!(r#"DELETE FROM "{}" WHERE "{}" = ?"#, table.name, table.column), [id])?);
    }
    blank(tx, id)?;
    unused(tx.conn, &mut removed)?;
    Ok(removed)
}

fn exists(conn: &Connection, id: u32) -> Result<bool> {
    Ok(conn.query_row("SELECT EXISTS (SELECT 1 FROM source WHERE id = ? AND purged IS NULL)", [id], |r| r.get(0))?)
}

fn note(removed: &mut Removed, table: &str, rows: usize) {
    if rows > 0 {
        *removed.entry(table.to_owned()).or_default() += rows as u32;
    }
}

/// A table with a column that points at another.
struct Pointing {
    name: String,
    column: String,
}

/// Every table that points at this one: asked of the schema, so that none is forgotten when a new one comes.
fn hanging_on(conn: &Connection, target: &str) -> Result<Vec<Pointing>> {
    let mut statement = conn.prepare_cached(
        r#"SELECT t.name, k."from" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) k ON k."table" = ?
           WHERE t.type = 'table' ORDER BY t.name"#,
    )?;
    let rows = statement.query_map([target], |r| Ok(Pointing { name: r.get(0)?, column: r.get(1)? }))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Rows that nothing points at: their words came with the source.
fn unused(conn: &Connection, removed: &mut Removed) -> Result<()> {
    for table in SHARED {
        let uses: Vec<String> = hanging_on(conn, table)?
            .iter()
            .map(|p| format!(r#"id NOT IN (SELECT "{1}" FROM "{0}" WHERE "{1}" IS NOT NULL)"#, p.name, p.column))
            .collect();
        note(removed, table, conn.execute(&format!("DELETE FROM {table} WHERE {}", uses.join(" AND ")), [])?);
    }
    Ok(())
}

/// Empties the source's own row.
fn blank(tx: &mut Tx, id: u32) -> Result<()> {
    let mut sets = Vec::new();
    tx.conn.pragma(None, "table_info", "source", |row| {
        let (name, filled): (String, bool) = (row.get(1)?, row.get(3)?);
        if !LEFT.contains(&name.as_str()) {
            sets.push(match name.as_str() {
                "live" => "live = 0".to_owned(),
                "report" | "answers" => format!("{name} = '{{}}'"),
                "title" => "title = 'Rensat underlag'".to_owned(),
                _ if filled => format!(r#""{name}" = ''"#),
                _ => format!(r#""{name}" = NULL"#),
            });
        }
        Ok(())
    })?;
    let today = tx.context.today().to_string();
    tx.conn.execute(&format!("UPDATE source SET {}, purged = ? WHERE id = ?", sets.join(", ")), params![today, id])?;
    Ok(())
}

/// Sources that were taken away or undone and still stand in the file.
pub fn switched_off(conn: &Connection) -> Result<Vec<u32>> {
    ids(conn, "SELECT id FROM source WHERE live = 0 AND purged IS NULL ORDER BY id", "")
}

/// Sources that should have been removed by `today` (ISO date).
pub fn due(conn: &Connection, today: &str) -> Result<Vec<u32>> {
    ids(conn, "SELECT id FROM source WHERE purged IS NULL AND remove_by <> '' AND remove_by <= ?1 ORDER BY id", today)
}

fn ids(conn: &Connection, sql: &str, today: &str) -> Result<Vec<u32>> {
    let mut statement = conn.prepare_cached(sql)?;
    let asked: &[&dyn rusqlite::ToSql] = if sql.contains("?1") { &[&today] } else { &[] };
    let rows = statement.query_map(asked, |r| r.get(0))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// The day a source was removed, if it was.
pub fn day(conn: &Connection, id: u32) -> Result<Option<String>> {
    let mut statement = conn.prepare_cached("SELECT purged FROM source WHERE id = ?")?;
    let mut rows = statement.query_map([id], |r| r.get(0))?;
    Ok(rows.next().transpose()?.flatten())
}
