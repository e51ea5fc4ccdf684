//! What a source changed: the values that it replaced and those that it no longer has, seen against the newest live source before it.
//!
//! The older values stay under their own source, so taking the new one away brings them back.

use crate::error::Result;
use crate::import::batch::Dataset;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeSet;

/// Revisions told one by one; more are only counted.
pub const MOST_TOLD: usize = 200;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Revisions {
    /// Preliminary values that became final.
    pub settled: u32,
    /// Final values that a preliminary one took the place of.
    pub unsettled: u32,
    /// The source seems older than the one it changes: it unsettles values, or ends before it.
    pub older: bool,
    pub changes: Vec<Revision>,
    /// Within the source's own series, span of time and lengths of periods: there before, not in it.
    pub missing: u32,
    pub gone: Vec<Revision>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    pub area: String,
    pub indicator: String,
    /// JSON object.
    pub breakdown: String,
    pub unit: String,
    pub period: String,
    pub before: Held,
    /// None: it is gone.
    pub after: Option<Held>,
    /// Where it stands in the new source; if it is gone, where it stood.
    pub source: u32,
    pub sheet: u32,
    pub row: u32,
    /// 1-based.
    pub column: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    pub value: Option<f64>,
    pub missing: Option<String>,
    pub preliminary: bool,
}

/// ?1 the new source, ?2 and ?3 the dataset. `o` is the new value, `b` the one that counted before it.
const CHANGED: &str = r#"
    SELECT a.name, i.path, s.breakdown, s.unit, p.label, b.value, bm.symbol, b.preliminary, o.source_id, o.sheet, o."row", o."column",
           o.value, om.symbol, o.preliminary, b.source_id
    FROM dataset d JOIN series s ON s.dataset_id = d.id JOIN observation o ON o.series_id = s.id AND o.source_id = ?1
    JOIN observation b ON b.series_id = o.series_id AND b.period_id = o.period_id AND b.source_id < ?1
    JOIN source so ON so.id = b.source_id AND so.live = 1
    JOIN area a ON a.id = s.area_id JOIN indicator i ON i.id = s.indicator_id JOIN period p ON p.id = o.period_id
    LEFT JOIN missing_symbol bm ON bm.id = b.missing_id LEFT JOIN missing_symbol om ON om.id = o.missing_id
    WHERE d.publisher = ?2 AND d.name = ?3
      AND (b.value IS NOT o.value OR b.missing_id IS NOT o.missing_id OR b.preliminary <> o.preliminary)
      AND NOT EXISTS (SELECT 1 FROM observation n JOIN source ns ON ns.id = n.source_id AND ns.live = 1
                      WHERE n.series_id = o.series_id AND n.period_id = o.period_id AND n.source_id > b.source_id AND n.source_id < ?1)
    ORDER BY o.sheet, o."row", o."column""#;

/// Day, week, month, quarter, year or longer: years of a series whose months were read before are not missing months.
const LENGTH: &str = r#"CASE WHEN p.start = p."end" THEN 0 WHEN julianday(p."end") - julianday(p.start) < 7 THEN 1
    WHEN julianday(p."end") - julianday(p.start) < 32 THEN 2 WHEN julianday(p."end") - julianday(p.start) < 93 THEN 3
    WHEN julianday(p."end") - julianday(p.start) < 367 THEN 4 ELSE 5 END"#;

/// What `source`, the newest of its dataset, changed.
pub fn of_source(conn: &Connection, source: u32, dataset: &Dataset) -> Result<Revisions> {
    let mut found = Revisions::default();
    let mut before: BTreeSet<u32> = BTreeSet::new();
    let mut statement = conn.prepare_cached(CHANGED)?;
    let mut rows = statement.query(params![source, dataset.publisher, dataset.name])?;
    while let Some(row) = rows.next()? {
        before.insert(row.get(15)?);
        let revision = Revision { after: Some(held(row, 12)?), ..revision(row)? };
        let became = (revision.before.preliminary, revision.after.as_ref().is_some_and(|after| after.preliminary));
        found.settled += u32::from(became == (true, false));
        found.unsettled += u32::from(became == (false, true));
        if found.changes.len() < MOST_TOLD {
            found.changes.push(revision);
        }
    }
    let (_, last) = span(conn, source, dataset)?;
    let later = before.into_iter().map(|b| Ok(span(conn, b, dataset)?.1 > last)).collect::<Result<Vec<bool>>>()?;
    found.older = found.unsettled > 0 || later.contains(&true);
    gone(conn, source, dataset, &mut found)?;
    Ok(found)
}

/// First and last start of the periods that the source has in the dataset, ISO dates.
fn span(conn: &Connection, source: u32, dataset: &Dataset) -> Result<(String, String)> {
    let sql = "SELECT COALESCE(MIN(p.start), ''), COALESCE(MAX(p.start), '') FROM dataset d JOIN series s ON s.dataset_id = d.id
               JOIN observation o ON o.series_id = s.id AND o.source_id = ?1 JOIN period p ON p.id = o.period_id
               WHERE d.publisher = ?2 AND d.name = ?3";
    let named = params![source, dataset.publisher, dataset.name];
    Ok(conn.prepare_cached(sql)?.query_row(named, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn gone(conn: &Connection, source: u32, dataset: &Dataset, found: &mut Revisions) -> Result<()> {
    let (first, last) = span(conn, source, dataset)?;
    let sql = format!(
        r#"WITH own AS (SELECT o.series_id, o.period_id FROM dataset d JOIN series s ON s.dataset_id = d.id
                 JOIN observation o ON o.series_id = s.id AND o.source_id = ?1 WHERE d.publisher = ?2 AND d.name = ?3),
             lengths AS (SELECT DISTINCT {LENGTH} AS length FROM (SELECT DISTINCT period_id FROM own) u JOIN period p ON p.id = u.period_id)
        SELECT a.name, i.path, s.breakdown, s.unit, p.label, b.value, bm.symbol, b.preliminary, b.source_id, b.sheet, b."row", b."column"
        FROM (SELECT DISTINCT series_id FROM own) u JOIN series s ON s.id = u.series_id
        JOIN observation b ON b.series_id = s.id AND b.source_id <> ?1 JOIN source so ON so.id = b.source_id AND so.live = 1
        JOIN period p ON p.id = b.period_id AND p.start BETWEEN ?4 AND ?5
        JOIN area a ON a.id = s.area_id JOIN indicator i ON i.id = s.indicator_id LEFT JOIN missing_symbol bm ON bm.id = b.missing_id
        WHERE {LENGTH} IN (SELECT length FROM lengths)
          AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.series_id = s.id AND o.period_id = b.period_id AND o.source_id = ?1)
          AND NOT EXISTS (SELECT 1 FROM observation n JOIN source ns ON ns.id = n.source_id AND ns.live = 1
                          WHERE n.series_id = s.id AND n.period_id = b.period_id AND n.source_id > b.source_id)
        ORDER BY b.source_id, b.sheet, b."row", b."column""#
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![source, dataset.publisher, dataset.name, first, last])?;
    while let Some(row) = rows.next()? {
        found.missing += 1;
        if found.gone.len() < MOST_TOLD {
            found.gone.push(revision(row)?);
        }
    }
    Ok(())
}

fn revision(row: &Row) -> rusqlite::Result<Revision> {
    Ok(Revision {
        area: row.get(0)?,
        indicator: row.get(1)?,
        breakdown: row.get(2)?,
        unit: row.get(3)?,
        period: row.get(4)?,
        before: held(row, 5)?,
        after: None,
        source: row.get(8)?,
        sheet: row.get(9)?,
        row: row.get(10)?,
        column: row.get(11)?,
    })
}

fn held(row: &Row, at: usize) -> rusqlite::Result<Held> {
    Ok(Held { value: row.get(at)?, missing: row.get(at + 1)?, preliminary: row.get(at + 2)? })
}
