//! Tables `area`, `indicator`, `dataset`, `period`, `series`, `observation`: every value with its cell.

use crate::error::Result;
use crate::file::Tx;
use crate::import::batch::{Batch, Reading, Value};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

pub use crate::import::batch::Unit;

/// Separates the steps of an indicator's path.
pub const PATH_SEPARATOR: &str = " › ";

/// What storing a batch did, in value cells.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    pub added: u32,
    pub changed: u32,
    pub same: u32,
    /// Echoed beside a value for the same series and period in the same file.
    pub echoed: u32,
    /// In the dataset before, not in this file.
    pub missing: u32,
}

/// A value ready for its row: dictionary ids in place of the batch's indexes.
#[derive(Clone, Copy)]
struct Row {
    series: i64,
    period: i64,
    value: Option<f64>,
    missing: Option<i64>,
    preliminary: bool,
    sheet: u16,
    line: u32,
    column: u16,
}

/// Stores all values of a batch.
pub fn insert(tx: &mut Tx, source: u32, batch: &Batch) -> Result<Stored> {
    let ids = Ids::resolve(tx.conn, batch)?;
    let mut rows: Vec<Row> = batch.values.iter().map(|v| ids.row(v)).collect();
    // Clustered order makes every insert an append; within a key a value stands before an echoed "..".
    rows.sort_unstable_by_key(|r| (r.series, r.period, r.value.is_none(), r.line, r.column));
    let all = rows.len();
    rows.dedup_by_key(|r| (r.series, r.period));
    let mut stored = compare(tx.conn, &ids, &rows)?;
    stored.echoed = (all - rows.len()) as u32;
    write(tx, source, &rows)?;
    Ok(stored)
}

/// Rows between two looks at whether somebody wants the work stopped.
const STEP: usize = 4096;

fn write(tx: &Tx, source: u32, rows: &[Row]) -> Result<()> {
    let mut insert = tx.conn.prepare_cached(
        r#"INSERT INTO observation (series_id, period_id, source_id, value, missing_id, preliminary, sheet, "row", "column") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"#,
    )?;
    for rows in rows.chunks(STEP) {
        for r in rows {
            insert.execute(params![r.series, r.period, source, r.value, r.missing, r.preliminary, r.sheet, r.line, r.column + 1])?;
        }
        tx.progress.step(rows.len() as u64)?;
    }
    Ok(())
}

/// Counts new, changed and same against the current values; a dataset's first file is all new.
fn compare(conn: &Connection, ids: &Ids, rows: &[Row]) -> Result<Stored> {
    let mut stored = Stored::default();
    let known: bool = conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM series s JOIN observation o ON o.series_id = s.id JOIN source so ON so.id = o.source_id AND so.live = 1 WHERE s.dataset_id = ?)",
        [ids.dataset],
        |r| r.get(0),
    )?;
    if !known {
        stored.added = rows.len() as u32;
        return Ok(stored);
    }
    let mut current = conn.prepare_cached(
        "SELECT o.value, o.missing_id, o.preliminary FROM observation o JOIN source so ON so.id = o.source_id AND so.live = 1
         WHERE o.series_id = ? AND o.period_id = ? ORDER BY o.source_id DESC LIMIT 1",
    )?;
    for r in rows {
        let before: Option<(Option<f64>, Option<i64>, bool)> =
            current.query_row(params![r.series, r.period], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        match before {
            None => stored.added += 1,
            Some(b) if b == (r.value, r.missing, r.preliminary) => stored.same += 1,
            Some(_) => stored.changed += 1,
        }
    }
    stored.missing = gone(conn, rows)?;
    Ok(stored)
}

/// Current values of the series in this file that lie within its own span of time but are not in it. Years before or after
/// the span are not missing: the file never claimed them.
fn gone(conn: &Connection, rows: &[Row]) -> Result<u32> {
    let span = span(conn, rows)?;
    let mut current = conn.prepare_cached(
        "SELECT COUNT(DISTINCT o.period_id) FROM observation o JOIN source so ON so.id = o.source_id AND so.live = 1
         JOIN period p ON p.id = o.period_id WHERE o.series_id = ? AND p.start BETWEEN ? AND ?",
    )?;
    let mut again = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM observation o JOIN source so ON so.id = o.source_id AND so.live = 1 WHERE o.series_id = ? AND o.period_id = ?)",
    )?;
    let mut gone = 0;
    for of_series in rows.chunk_by(|a, b| a.series == b.series) {
        let mut known = 0;
        for r in of_series {
            known += u32::from(again.query_row(params![r.series, r.period], |x| x.get::<_, bool>(0))?);
        }
        let held: u32 = current.query_row(params![of_series[0].series, span.0, span.1], |x| x.get(0))?;
        gone += held.saturating_sub(known);
    }
    Ok(gone)
}

/// First and last start of the periods in the file, ISO dates.
fn span(conn: &Connection, rows: &[Row]) -> Result<(String, String)> {
    let mut start = conn.prepare_cached("SELECT start FROM period WHERE id = ?")?;
    let periods: BTreeSet<i64> = rows.iter().map(|r| r.period).collect();
    let mut starts = periods.into_iter().map(|id| start.query_row([id], |x| x.get(0))).collect::<std::result::Result<Vec<String>, _>>()?;
    starts.sort();
    Ok((starts.first().cloned().unwrap_or_default(), starts.last().cloned().unwrap_or_default()))
}

/// Dictionary ids for everything the batch names.
struct Ids {
    dataset: i64,
    series: Vec<i64>,
    periods: Vec<i64>,
    missing: Vec<i64>,
}

impl Ids {
    fn resolve(conn: &Connection, batch: &Batch) -> Result<Self> {
        let dataset = dataset_id(conn, &batch.dataset.publisher, &batch.dataset.name)?;
        let areas = batch.areas.iter().map(|a| area_id(conn, a)).collect::<Result<Vec<_>>>()?;
        let indicators = batch.indicators.iter().map(|i| indicator_id(conn, &i.path.join(PATH_SEPARATOR))).collect::<Result<Vec<_>>>()?;
        let breakdowns = batch.breakdowns.iter().map(|b| Ok(serde_json::to_string(b)?)).collect::<Result<Vec<_>>>()?;
        let none = "{}".to_owned();
        let series = batch
            .series
            .iter()
            .map(|s| {
                let breakdown = breakdowns.get(s.breakdown as usize).unwrap_or(&none);
                series_id(conn, dataset, areas[s.area as usize], indicators[s.indicator as usize], breakdown, s.unit)
            })
            .collect::<Result<Vec<_>>>()?;
        let periods = batch.periods.iter().map(|p| period_id(conn, p)).collect::<Result<Vec<_>>>()?;
        let missing = batch.missing_symbols.iter().map(|m| missing_id(conn, m)).collect::<Result<Vec<_>>>()?;
        Ok(Self { dataset, series, periods, missing })
    }

    fn row(&self, v: &Value) -> Row {
        let (value, missing) = match v.reading {
            Reading::Number(number) => (Some(number), None),
            Reading::Missing(symbol) => (None, Some(self.missing[symbol as usize])),
        };
        Row {
            series: self.series[v.series as usize],
            period: self.periods[v.period as usize],
            value,
            missing,
            preliminary: v.preliminary,
            sheet: v.cell.sheet,
            line: v.cell.row + 1,
            column: v.cell.column,
        }
    }
}

fn dataset_id(conn: &Connection, publisher: &str, name: &str) -> Result<i64> {
    conn.prepare_cached("INSERT OR IGNORE INTO dataset (publisher, name) VALUES (?, ?)")?.execute([publisher, name])?;
    Ok(conn.prepare_cached("SELECT id FROM dataset WHERE publisher = ? AND name = ?")?.query_row([publisher, name], |r| r.get(0))?)
}

pub(super) fn area_id(conn: &Connection, area: &crate::import::batch::AreaRef) -> Result<i64> {
    let level = super::areas::level_word(area.level);
    // UNIQUE does not see two NULL codes as equal, so look before inserting.
    let found = conn
        .prepare_cached("SELECT id FROM area WHERE level = ? AND name = ? AND code IS ?")?
        .query_row(params![level, area.name, area.code], |r| r.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    conn.prepare_cached("INSERT INTO area (level, name, code) VALUES (?, ?, ?)")?.execute(params![level, area.name, area.code])?;
    Ok(conn.last_insert_rowid())
}

fn indicator_id(conn: &Connection, path: &str) -> Result<i64> {
    conn.prepare_cached("INSERT OR IGNORE INTO indicator (path) VALUES (?)")?.execute([path])?;
    Ok(conn.prepare_cached("SELECT id FROM indicator WHERE path = ?")?.query_row([path], |r| r.get(0))?)
}

fn series_id(conn: &Connection, dataset: i64, area: i64, indicator: i64, breakdown: &str, unit: Unit) -> Result<i64> {
    let key = params![dataset, area, indicator, breakdown, unit.word()];
    conn.prepare_cached("INSERT OR IGNORE INTO series (dataset_id, area_id, indicator_id, breakdown, unit) VALUES (?, ?, ?, ?, ?)")?
        .execute(key)?;
    Ok(conn
        .prepare_cached("SELECT id FROM series WHERE dataset_id = ? AND area_id = ? AND indicator_id = ? AND breakdown = ? AND unit = ?")?
        .query_row(params![dataset, area, indicator, breakdown, unit.word()], |r| r.get(0))?)
}

fn period_id(conn: &Connection, period: &crate::import::batch::Period) -> Result<i64> {
    conn.prepare_cached(r#"INSERT OR IGNORE INTO period (label, start, "end") VALUES (?, ?, ?)"#)?.execute(params![
        period.label,
        period.start.to_string(),
        period.end.to_string()
    ])?;
    Ok(conn.prepare_cached("SELECT id FROM period WHERE label = ?")?.query_row([&period.label], |r| r.get(0))?)
}

fn missing_id(conn: &Connection, symbol: &str) -> Result<i64> {
    conn.prepare_cached("INSERT OR IGNORE INTO missing_symbol (symbol) VALUES (?)")?.execute([symbol])?;
    Ok(conn.prepare_cached("SELECT id FROM missing_symbol WHERE symbol = ?")?.query_row([symbol], |r| r.get(0))?)
}

/// A stored value with everything that tells what and where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    pub area: String,
    pub area_code: Option<String>,
    pub period: String,
    pub indicator: String,
    /// JSON object.
    pub breakdown: String,
    pub unit: String,
    pub value: Option<f64>,
    pub missing: Option<String>,
    pub preliminary: bool,
    pub source: u32,
    pub sheet: u32,
    pub row: u32,
    /// 1-based.
    pub column: u32,
}

const OBSERVATION: &str = r#"SELECT a.name, a.code, p.label, i.path, s.breakdown, s.unit, o.value, m.symbol, o.preliminary, o.source_id, o.sheet, o."row", o."column"
     FROM observation o JOIN series s ON s.id = o.series_id JOIN area a ON a.id = s.area_id JOIN indicator i ON i.id = s.indicator_id
     JOIN period p ON p.id = o.period_id LEFT JOIN missing_symbol m ON m.id = o.missing_id"#;

fn observation(row: &rusqlite::Row) -> rusqlite::Result<Observation> {
    Ok(Observation {
        area: row.get(0)?,
        area_code: row.get(1)?,
        period: row.get(2)?,
        indicator: row.get(3)?,
        breakdown: row.get(4)?,
        unit: row.get(5)?,
        value: row.get(6)?,
        missing: row.get(7)?,
        preliminary: row.get(8)?,
        source: row.get(9)?,
        sheet: row.get(10)?,
        row: row.get(11)?,
        column: row.get(12)?,
    })
}

/// Every stored value of one source, or of all live ones, in the order of the cells.
pub fn each(conn: &Connection, source: Option<u32>, mut visit: impl FnMut(Observation) -> Result<()>) -> Result<()> {
    let filter = r#"WHERE o.source_id IN (SELECT id FROM source WHERE live = 1 AND (?1 IS NULL OR id = ?1)) ORDER BY o.source_id, o.sheet, o."row", o."column""#;
    let mut statement = conn.prepare(&format!("{OBSERVATION} {filter}"))?;
    let mut rows = statement.query([source])?;
    while let Some(row) = rows.next()? {
        visit(observation(row)?)?;
    }
    Ok(())
}

/// What names a series, as questions do.
pub struct SeriesKey<'a> {
    pub publisher: &'a str,
    pub dataset: &'a str,
    pub indicator: &'a str,
    pub breakdown: &'a str,
    pub unit: &'a str,
    pub area: &'a str,
}

/// Every live value of a series in time order; within a period the newest source, whose value counts, comes first.
pub fn versions(conn: &Connection, key: &SeriesKey) -> Result<Vec<Observation>> {
    let sql = format!(
        "{OBSERVATION} JOIN dataset d ON d.id = s.dataset_id JOIN source so ON so.id = o.source_id AND so.live = 1
         WHERE i.path = ?1 AND a.name = ?2 AND s.unit = ?3 AND s.breakdown = ?4 AND d.publisher = ?5 AND d.name = ?6
         ORDER BY p.start, p.\"end\", o.source_id DESC"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([key.indicator, key.area, key.unit, key.breakdown, key.publisher, key.dataset], observation)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// The current values of a series in time order: per period that of the newest live source.
pub fn series(conn: &Connection, key: &SeriesKey) -> Result<Vec<Observation>> {
    let mut all = versions(conn, key)?;
    all.dedup_by(|older, newer| older.period == newer.period);
    Ok(all)
}

/// A series that has live values in an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSeries {
    pub publisher: String,
    pub dataset: String,
    pub indicator: String,
    pub breakdown: String,
    pub unit: String,
    /// Perspective word of its newest live source.
    pub perspective: String,
}

pub fn known_series(conn: &Connection, area: &str) -> Result<Vec<KnownSeries>> {
    let mut statement = conn.prepare_cached(
        "SELECT d.publisher, d.name, i.path, s.breakdown, s.unit,
                (SELECT so.perspective FROM source so WHERE so.live = 1 AND so.id IN (SELECT o.source_id FROM observation o WHERE o.series_id = s.id) ORDER BY so.id DESC LIMIT 1) AS seen
         FROM series s JOIN area a ON a.id = s.area_id JOIN indicator i ON i.id = s.indicator_id JOIN dataset d ON d.id = s.dataset_id
         WHERE a.name = ? AND seen IS NOT NULL ORDER BY d.publisher, d.name, i.id, s.unit, s.breakdown",
    )?;
    let rows = statement.query_map([area], |r| {
        Ok(KnownSeries {
            publisher: r.get(0)?,
            dataset: r.get(1)?,
            indicator: r.get(2)?,
            breakdown: r.get(3)?,
            unit: r.get(4)?,
            perspective: r.get(5)?,
        })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn count(conn: &Connection) -> Result<u32> {
    Ok(conn.query_row("SELECT COUNT(*) FROM observation o JOIN source so ON so.id = o.source_id AND so.live = 1", [], |r| r.get(0))?)
}

pub fn count_of(conn: &Connection, source: u32) -> Result<u32> {
    Ok(conn.query_row("SELECT COUNT(*) FROM observation WHERE source_id = ?", [source], |r| r.get(0))?)
}
