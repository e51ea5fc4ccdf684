//! Tables `area`, `indicator`, `dataset`, `period`, `series`, `observation`: every value with its cell.

use crate::error::Result;
use crate::import::batch::{Batch, Reading, Value};
use crate::progress::Progress;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};

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

/// Writes the values of one source, a batch at a time.
pub struct Writer<'c> {
    conn: &'c Connection,
    source: u32,
    ids: Ids,
    /// The dataset had values before; its first file is all new and need not be compared.
    known: bool,
    stored: Stored,
}

impl<'c> Writer<'c> {
    pub fn new(conn: &'c Connection, source: u32) -> Self {
        Self { conn, source, ids: Ids::default(), known: false, stored: Stored::default() }
    }

    /// Takes back what has been written.
    pub fn again(&mut self) -> Result<()> {
        self.conn.execute("DELETE FROM observation WHERE source_id = ?", [self.source])?;
        *self = Self::new(self.conn, self.source);
        Ok(())
    }

    /// Writes a batch. Names are added to those of earlier batches, and values point at all of them.
    pub fn add(&mut self, batch: &Batch, progress: &Progress) -> Result<()> {
        let dataset = match self.ids.dataset {
            Some(dataset) => dataset,
            None => {
                let dataset = dataset_id(self.conn, &batch.dataset.publisher, &batch.dataset.name)?;
                self.known = has_values(self.conn, dataset)?;
                *self.ids.dataset.insert(dataset)
            }
        };
        self.ids.add(self.conn, dataset, batch)?;
        let mut rows: Vec<Row> = batch.values.iter().map(|v| self.ids.row(v)).collect();
        // Clustered order makes every insert an append; within a key a value stands before an echoed "..".
        rows.sort_unstable_by_key(|r| (r.series, r.period, r.value.is_none(), r.line, r.column));
        let all = rows.len();
        rows.dedup_by_key(|r| (r.series, r.period));
        self.stored.echoed += (all - rows.len()) as u32;
        for rows in rows.chunks(STEP) {
            self.compare(rows)?;
            write(self.conn, self.source, rows)?;
            progress.step(rows.len() as u64)?;
        }
        Ok(())
    }

    /// What it came to.
    pub fn stored(&self) -> Stored {
        self.stored
    }

    /// Counts new, changed and same against the current values, before the rows are written.
    fn compare(&mut self, rows: &[Row]) -> Result<()> {
        if !self.known {
            self.stored.added += rows.len() as u32;
            return Ok(());
        }
        let mut current = self.conn.prepare_cached(
            "SELECT o.value, o.missing_id, o.preliminary FROM observation o JOIN source so ON so.id = o.source_id AND so.live = 1
             WHERE o.series_id = ? AND o.period_id = ? ORDER BY o.source_id DESC LIMIT 1",
        )?;
        for r in rows {
            let before: Option<(Option<f64>, Option<i64>, bool)> =
                current.query_row(params![r.series, r.period], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
            match before {
                None => self.stored.added += 1,
                Some(b) if b == (r.value, r.missing, r.preliminary) => self.stored.same += 1,
                Some(_) => self.stored.changed += 1,
            }
        }
        Ok(())
    }
}

/// Rows between two looks at whether somebody wants the work stopped.
const STEP: usize = 4096;

/// Rows that go into the table with one statement: running one costs as much as writing a row.
const TOGETHER: usize = 32;

fn write(conn: &Connection, source: u32, rows: &[Row]) -> Result<()> {
    let (mut many, mut one) = (conn.prepare_cached(&insertion(TOGETHER))?, conn.prepare_cached(&insertion(1))?);
    for rows in rows.chunks(TOGETHER) {
        if rows.len() == TOGETHER {
            run(&mut many, source, rows)?;
        } else {
            rows.iter().try_for_each(|row| run(&mut one, source, std::slice::from_ref(row)))?;
        }
    }
    Ok(())
}

/// The statement that writes `rows` rows. Parameter 1 is the source, the others are those of [`run`], row after row.
///
/// `OR FAIL`: an error takes back the whole transaction anyway, so the rows of a statement need no journal of their own.
fn insertion(rows: usize) -> String {
    let row = |n: usize| {
        let p = |k: usize| n * 8 + k + 2;
        format!("(?{}, ?{}, ?1, ?{}, ?{}, ?{}, ?{}, ?{}, ?{})", p(0), p(1), p(2), p(3), p(4), p(5), p(6), p(7))
    };
    let rows = (0..rows).map(row).collect::<Vec<_>>().join(", ");
    format!(
        r#"INSERT OR FAIL INTO observation (series_id, period_id, source_id, value, missing_id, preliminary, sheet, "row", "column") VALUES {rows}"#
    )
}

fn run(statement: &mut CachedStatement<'_>, source: u32, rows: &[Row]) -> Result<()> {
    statement.raw_bind_parameter(1, source)?;
    for (r, n) in rows.iter().zip((2..).step_by(8)) {
        statement.raw_bind_parameter(n, r.series)?;
        statement.raw_bind_parameter(n + 1, r.period)?;
        statement.raw_bind_parameter(n + 2, r.value)?;
        statement.raw_bind_parameter(n + 3, r.missing)?;
        statement.raw_bind_parameter(n + 4, r.preliminary)?;
        statement.raw_bind_parameter(n + 5, r.sheet)?;
        statement.raw_bind_parameter(n + 6, r.line)?;
        statement.raw_bind_parameter(n + 7, r.column + 1)?;
    }
    statement.raw_execute()?;
    Ok(())
}

/// Whether the dataset has current values.
fn has_values(conn: &Connection, dataset: i64) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM series s JOIN observation o ON o.series_id = s.id JOIN source so ON so.id = o.source_id AND so.live = 1 WHERE s.dataset_id = ?)";
    Ok(conn.query_row(sql, [dataset], |r| r.get(0))?)
}

/// Dictionary ids for everything the batches have named so far.
#[derive(Default)]
struct Ids {
    dataset: Option<i64>,
    areas: Vec<i64>,
    indicators: Vec<i64>,
    breakdowns: Vec<String>,
    periods: Vec<i64>,
    series: Vec<i64>,
    missing: Vec<i64>,
}

impl Ids {
    fn add(&mut self, conn: &Connection, dataset: i64, batch: &Batch) -> Result<()> {
        for area in &batch.areas {
            self.areas.push(area_id(conn, area)?);
        }
        for indicator in &batch.indicators {
            self.indicators.push(indicator_id(conn, &indicator.path.join(PATH_SEPARATOR))?);
        }
        for breakdown in &batch.breakdowns {
            self.breakdowns.push(serde_json::to_string(breakdown)?);
        }
        for period in &batch.periods {
            self.periods.push(period_id(conn, period)?);
        }
        for symbol in &batch.missing_symbols {
            self.missing.push(missing_id(conn, symbol)?);
        }
        for s in &batch.series {
            let breakdown = self.breakdowns.get(s.breakdown as usize).map_or("{}", String::as_str);
            let (area, indicator) = (self.areas[s.area as usize], self.indicators[s.indicator as usize]);
            self.series.push(series_id(conn, dataset, area, indicator, breakdown, s.unit)?);
        }
        Ok(())
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
    let sql = "INSERT OR IGNORE INTO series (dataset_id, area_id, indicator_id, breakdown, unit) VALUES (?, ?, ?, ?, ?)";
    if conn.prepare_cached(sql)?.execute(key)? > 0 {
        return Ok(conn.last_insert_rowid());
    }
    Ok(conn
        .prepare_cached("SELECT id FROM series WHERE dataset_id = ? AND area_id = ? AND indicator_id = ? AND breakdown = ? AND unit = ?")?
        .query_row(key, |r| r.get(0))?)
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

/// A series' values in other areas: what is compared with. The area of the key is not looked at.
///
/// The current value of every area for one period, areas in the order of their names within a level.
pub fn across(conn: &Connection, key: &SeriesKey, period: &str) -> Result<Vec<(String, Observation)>> {
    // The level comes last, so that the columns before it stay those of an observation.
    let sql = format!(
        "{} JOIN dataset d ON d.id = s.dataset_id JOIN source so ON so.id = o.source_id AND so.live = 1
         WHERE i.path = ?1 AND s.unit = ?2 AND s.breakdown = ?3 AND d.publisher = ?4 AND d.name = ?5 AND p.label = ?6
         ORDER BY a.level, a.name, a.id, o.source_id DESC",
        OBSERVATION.replacen("o.\"column\"", "o.\"column\", a.level", 1)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let named = params![key.indicator, key.unit, key.breakdown, key.publisher, key.dataset, period];
    let rows = statement.query_map(named, |row| Ok((row.get::<_, String>(13)?, observation(row)?)))?;
    let mut all: Vec<(String, Observation)> = rows.collect::<std::result::Result<_, _>>()?;
    all.dedup_by(|later, earlier| (&later.0, &later.1.area, &later.1.area_code) == (&earlier.0, &earlier.1.area, &earlier.1.area_code));
    Ok(all)
}

/// Publisher and name of the datasets that have an indicator in a unit.
pub fn datasets_of(conn: &Connection, indicator: &str, unit: &str) -> Result<Vec<(String, String)>> {
    let mut statement = conn.prepare_cached(
        "SELECT d.publisher, d.name FROM dataset d WHERE d.id IN
             (SELECT s.dataset_id FROM indicator i JOIN series s ON s.indicator_id = i.id WHERE i.path = ? AND s.unit = ?) ORDER BY d.id",
    )?;
    let rows = statement.query_map([indicator, unit], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
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

/// CROSS JOIN keeps the area outermost: else what was seen is looked up for every series in the file.
pub fn known_series(conn: &Connection, area: &str) -> Result<Vec<KnownSeries>> {
    let mut statement = conn.prepare_cached(
        "SELECT d.publisher, d.name, i.path, s.breakdown, s.unit,
                (SELECT so.perspective FROM source so WHERE so.live = 1 AND so.id IN (SELECT o.source_id FROM observation o WHERE o.series_id = s.id) ORDER BY so.id DESC LIMIT 1) AS seen
         FROM area a CROSS JOIN series s ON s.area_id = a.id JOIN indicator i ON i.id = s.indicator_id JOIN dataset d ON d.id = s.dataset_id
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
