//! A cell among its neighbours, as the file was read: the last step of walking a figure back to where it came from.

use super::question::SourceCell;
use super::views::{CellContext, ContextRow};
use crate::error::{Error, Result, column_letters};
use crate::store::{grid, sources};
use rusqlite::Connection;

/// Rows shown above and below the cell.
const AROUND: u32 = 4;
/// Rows of a range that are shown; more are cut.
const MOST_ROWS: u32 = 24;
const MOST_COLUMNS: usize = 40;

/// The surroundings of several cells; one that an earlier excerpt already shows is not repeated.
pub fn contexts(conn: &Connection, cells: &[SourceCell]) -> Result<Vec<CellContext>> {
    let mut all: Vec<CellContext> = Vec::new();
    for cell in cells {
        let shown = |c: &CellContext| {
            c.source == cell.source && c.sheet == cell.sheet && c.rows.last().is_some_and(|r| r.row >= cell.last_row) && c.row <= cell.row
        };
        if !all.iter().any(shown) {
            all.push(context(conn, cell.source, &cell.sheet, cell.row, cell.last_row, &cell.column)?);
        }
    }
    Ok(all)
}

pub fn context(conn: &Connection, source: u32, sheet: &str, row: u32, last_row: u32, column: &str) -> Result<CellContext> {
    let file = sources::by_id(conn, source)?.ok_or_else(|| Error::not_found("Underlaget"))?.file_name;
    let (first, stored) = grid::around(conn, source, sheet, row)?;
    let from = row.saturating_sub(AROUND).max(first);
    let to = last_row.saturating_add(AROUND).min(from.saturating_add(MOST_ROWS)).min(first + stored.rows().saturating_sub(1) as u32);
    let rows: Vec<ContextRow> = (from..=to)
        .map(|line| ContextRow { row: line, cells: stored.cells((line - first) as usize).take(MOST_COLUMNS).map(|c| c.shown()).collect() })
        .collect();
    let width = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    Ok(CellContext {
        source,
        file,
        sheet: sheet.to_owned(),
        columns: (0..width).map(column_letters).collect(),
        rows,
        row,
        last_row,
        column: column.to_owned(),
    })
}
