//! Table `field_report`: what people in service saw, counted by questions.

use crate::error::Result;
use crate::file::Tx;
use crate::import::batch::Report;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReport {
    pub source: u32,
    pub sheet: u32,
    pub row: u32,
    /// ISO date.
    pub date: Option<String>,
    /// "21:30".
    pub time: Option<String>,
    pub part_of_day: Option<String>,
    pub place: Option<String>,
    pub category: String,
    pub count: u32,
    /// Where a person has said it; files of reports are about the file's own municipality.
    pub municipality: Option<String>,
}

pub fn insert(tx: &mut Tx, source: u32, reports: &[Report]) -> Result<()> {
    let mut row = tx.conn.prepare_cached(
        r#"INSERT INTO field_report (source_id, sheet, "row", date, time, part_of_day, place, category, text, reporter, seriousness, count)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"#,
    )?;
    for r in reports {
        row.execute(params![
            source,
            r.sheet,
            r.row + 1,
            r.date,
            r.time.map(|t| t.format("%H:%M").to_string()),
            r.part_of_day,
            r.place,
            r.category,
            r.text,
            r.reporter_function,
            r.seriousness,
            r.count
        ])?;
    }
    Ok(())
}

/// All live reports, from files and written by hand, in the order of their dates.
pub fn live(conn: &Connection) -> Result<Vec<StoredReport>> {
    let mut statement = conn.prepare_cached(
        r#"SELECT f.source_id, f.sheet, f."row", f.date, f.time, f.part_of_day, f.place, f.category, f.count, NULL
           FROM field_report f JOIN source so ON so.id = f.source_id AND so.live = 1
           UNION ALL
           SELECT o.source_id, 0, o.number, o.date, o.time, o.part_of_day, o.place, o.category, 1, o.municipality
           FROM own_report o JOIN source so ON so.id = o.source_id AND so.live = 1
           ORDER BY 4, 1, 3"#,
    )?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Those that are about an area, or do not say what they are about.
pub fn in_area(conn: &Connection, area: &str) -> Result<Vec<StoredReport>> {
    Ok(live(conn)?.into_iter().filter(|r| r.municipality.as_deref().is_none_or(|about| about == area)).collect())
}

/// Line → text of the reports on these lines of a source, read or written by hand.
pub fn texts(conn: &Connection, source: u32, from: u32, to: u32) -> Result<BTreeMap<u32, String>> {
    let mut statement = conn.prepare_cached(
        r#"SELECT "row", text FROM field_report WHERE source_id = ?1 AND text IS NOT NULL AND "row" BETWEEN ?2 AND ?3
           UNION ALL SELECT number, text FROM own_report WHERE source_id = ?1 AND text IS NOT NULL AND number BETWEEN ?2 AND ?3"#,
    )?;
    let rows = statement.query_map([source, from, to], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn count_of(conn: &Connection, source: u32) -> Result<u32> {
    Ok(conn.query_row(
        "SELECT (SELECT COUNT(*) FROM field_report WHERE source_id = ?1) + (SELECT COUNT(*) FROM own_report WHERE source_id = ?1)",
        [source],
        |r| r.get(0),
    )?)
}

fn from_row(r: &Row) -> rusqlite::Result<StoredReport> {
    Ok(StoredReport {
        source: r.get(0)?,
        sheet: r.get(1)?,
        row: r.get(2)?,
        date: r.get(3)?,
        time: r.get(4)?,
        part_of_day: r.get(5)?,
        place: r.get(6)?,
        category: r.get(7)?,
        count: r.get(8)?,
        municipality: r.get(9)?,
    })
}
