//! Table `event`: lists of events, one row each, counted by questions.

use super::observations::area_id;
use crate::error::Result;
use crate::file::Tx;
use crate::import::batch::Batch;
use rusqlite::{Connection, Row, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    pub source: u32,
    pub sheet: u32,
    pub row: u32,
    /// Empty where the file names no area.
    pub area: String,
    pub area_code: Option<String>,
    /// ISO date, or `2019-01` when only the month is known.
    pub date: Option<String>,
    /// "21:30".
    pub time: Option<String>,
    pub category: String,
    pub place: Option<String>,
    pub count: u32,
}

pub fn insert(tx: &mut Tx, source: u32, batch: &Batch) -> Result<()> {
    if batch.events.is_empty() {
        return Ok(());
    }
    let areas = batch.areas.iter().map(|area| area_id(tx.conn, area)).collect::<Result<Vec<i64>>>()?;
    let mut row = tx.conn.prepare_cached(
        r#"INSERT INTO event (source_id, sheet, "row", area_id, date, time, category, place, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"#,
    )?;
    for e in &batch.events {
        row.execute(params![
            source,
            e.sheet,
            e.row + 1,
            e.area.and_then(|index| areas.get(index as usize)),
            e.date,
            e.time.map(|t| t.format("%H:%M").to_string()),
            e.category,
            e.place,
            e.count
        ])?;
    }
    Ok(())
}

const SELECT: &str = r#"SELECT e.source_id, e.sheet, e."row", COALESCE(a.name, ''), a.code, e.date, e.time, e.category, e.place, e.count
    FROM event e JOIN source so ON so.id = e.source_id AND so.live = 1 LEFT JOIN area a ON a.id = e.area_id"#;

/// Events of the live sources, or of one of them, in the order of their rows.
pub fn live(conn: &Connection, source: Option<u32>) -> Result<Vec<StoredEvent>> {
    let sql = format!(r#"{SELECT} WHERE ?1 IS NULL OR e.source_id = ?1 ORDER BY e.source_id, e.sheet, e."row""#);
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([source], from_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn count_of(conn: &Connection, source: u32) -> Result<u32> {
    Ok(conn.query_row("SELECT COALESCE(SUM(count), 0) FROM event WHERE source_id = ?", [source], |r| r.get(0))?)
}

fn from_row(r: &Row) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        source: r.get(0)?,
        sheet: r.get(1)?,
        row: r.get(2)?,
        area: r.get(3)?,
        area_code: r.get(4)?,
        date: r.get(5)?,
        time: r.get(6)?,
        category: r.get(7)?,
        place: r.get(8)?,
        count: r.get(9)?,
    })
}
