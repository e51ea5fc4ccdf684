//! Table `own_report`: reports written by hand, each a row of the source "Egna rapporter" that they hang on.

use crate::error::{Error, Result};
use crate::file::Tx;
use crate::import::Sheet;
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use ts_rs::TS;

/// A report written in the program. `number` is its row in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct OwnReport {
    pub id: String,
    pub source: u32,
    pub number: u32,
    pub municipality: Option<String>,
    /// ISO date.
    pub date: Option<String>,
    /// "21:30".
    pub time: Option<String>,
    pub part_of_day: Option<String>,
    pub place: Option<String>,
    pub category: String,
    pub text: Option<String>,
    /// A function, never a name.
    pub function: Option<String>,
    /// 1 (little worry) … 5 (great worry).
    pub seriousness: Option<u8>,
}

const COLUMNS: &str = "id, source_id, number, municipality, date, time, part_of_day, place, category, text, reporter, seriousness";

/// Gives the new report's id; its number follows the last one in the source.
pub fn insert(tx: &mut Tx, report: &OwnReport) -> Result<String> {
    let id = tx.context.new_id();
    tx.conn.execute(
        &format!(
            "INSERT INTO own_report ({COLUMNS})
             VALUES (?1, ?2, (SELECT COALESCE(MAX(number), 0) + 1 FROM own_report WHERE source_id = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        ),
        params![
            id,
            report.source,
            report.municipality,
            report.date,
            report.time,
            report.part_of_day,
            report.place,
            report.category,
            report.text,
            report.function,
            report.seriousness
        ],
    )?;
    Ok(id)
}

/// Writes the report with this id anew. One that moves to another source gets the number after the last one there.
pub fn update(tx: &mut Tx, report: &OwnReport) -> Result<()> {
    let changed = tx.conn.execute(
        "UPDATE own_report SET
            number = CASE source_id WHEN ?2 THEN number ELSE (SELECT COALESCE(MAX(number), 0) + 1 FROM own_report WHERE source_id = ?2) END,
            source_id = ?2, municipality = ?3, date = ?4, time = ?5, part_of_day = ?6, place = ?7, category = ?8, text = ?9, reporter = ?10,
            seriousness = ?11
         WHERE id = ?1",
        params![
            report.id,
            report.source,
            report.municipality,
            report.date,
            report.time,
            report.part_of_day,
            report.place,
            report.category,
            report.text,
            report.function,
            report.seriousness
        ],
    )?;
    if changed == 0 { Err(Error::not_found("Rapporten")) } else { Ok(()) }
}

pub fn by_id(conn: &Connection, id: &str) -> Result<OwnReport> {
    live(conn)?.into_iter().find(|report| report.id == id).ok_or_else(|| Error::not_found("Rapporten"))
}

pub fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    match tx.conn.execute("DELETE FROM own_report WHERE id = ?", [id])? {
        0 => Err(Error::not_found("Rapporten")),
        _ => Ok(()),
    }
}

/// Those of live sources, the newest first.
pub fn live(conn: &Connection) -> Result<Vec<OwnReport>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM own_report WHERE source_id IN (SELECT id FROM source WHERE live = 1) ORDER BY date DESC, source_id, number DESC"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Those of one source, live or not, in the order of their numbers.
pub fn of_source(conn: &Connection, source: u32) -> Result<Vec<OwnReport>> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM own_report WHERE source_id = ? ORDER BY number"))?;
    let rows = statement.query_map([source], from_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// The reports of a source as a sheet to walk back to: headings in line 0, each report on the line of its number.
pub fn as_sheet(conn: &Connection, source: u32) -> Result<Sheet> {
    let mut lines = vec!["Datum\u{1f}Tid\u{1f}Plats\u{1f}Kategori\u{1f}Oro\u{1f}Beskrivning\u{1f}Rapportör".to_owned()];
    for r in of_source(conn, source)? {
        lines.resize(r.number as usize, String::new());
        let seriousness = r.seriousness.map(|grade| grade.to_string());
        let cells = [r.date, r.time.or(r.part_of_day), r.place, Some(r.category), seriousness, r.text, r.function];
        // The marks that divide a sheet cannot stand in its cells.
        let plain = |text: String| text.replace(char::is_control, " ");
        lines.push(cells.into_iter().map(|cell| cell.map(plain).unwrap_or_default()).collect::<Vec<_>>().join("\u{1f}"));
    }
    Ok(Sheet::from_blocks("", [(lines.join("\u{1e}") + "\u{1e}").as_str()]))
}

fn from_row(r: &Row) -> rusqlite::Result<OwnReport> {
    Ok(OwnReport {
        id: r.get(0)?,
        source: r.get(1)?,
        number: r.get(2)?,
        municipality: r.get(3)?,
        date: r.get(4)?,
        time: r.get(5)?,
        part_of_day: r.get(6)?,
        place: r.get(7)?,
        category: r.get(8)?,
        text: r.get(9)?,
        function: r.get(10)?,
        seriousness: r.get(11)?,
    })
}
