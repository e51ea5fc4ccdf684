//! A cell among its neighbours, as the file was read: the last step of walking a figure back to where it came from.

use super::question::SourceCell;
use super::views::{CellContext, ContextRow};
use crate::error::{Code, Error, Result, column_letters};
use crate::store::sources::OWN_REPORTS;
use crate::store::{grid, own_reports, purge, reports, sources};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Rows shown above and below the cell.
const AROUND: u32 = 4;
/// Rows of a range that are shown; more are cut.
const MOST_ROWS: u32 = 24;
const MOST_COLUMNS: usize = 40;

/// The surroundings of several cells; one that an earlier excerpt already shows is not repeated.
pub fn contexts(conn: &Connection, cells: &[SourceCell]) -> Result<Vec<CellContext>> {
    let mut all: Vec<CellContext> = Vec::new();
    for cell in cells {
        let told = |c: &CellContext| {
            let here = c.source == cell.source && c.sheet == cell.sheet && c.column == cell.column;
            here && c.rows.last().is_some_and(|r| r.row >= cell.last_row) && c.row <= cell.row
        };
        if !all.iter().any(told) && purge::day(conn, cell.source)?.is_none() {
            all.push(context(conn, cell.source, &cell.sheet, cell.row, cell.last_row, &cell.column)?);
        }
    }
    Ok(all)
}

pub fn context(conn: &Connection, source: u32, sheet: &str, row: u32, last_row: u32, column: &str) -> Result<CellContext> {
    let held = sources::by_id(conn, source)?.ok_or_else(|| Error::not_found("Underlaget"))?;
    if let Some(day) = purge::day(conn, source)? {
        return Err(Error::new(Code::NotFound, format!("Underlaget är rensat {day}, så cellen finns inte kvar.")));
    }
    // A row of a survey is a person: of it only the answer that was counted is shown, never the answers beside it.
    let alone = (held.kind == "survey" || held.recipe.as_deref() == Some("survey")).then_some(column);
    let told = matches!(held.kind.as_str(), "field_reports" | "events" | "dialogue");
    let (first, stored) = match held.recipe.as_deref() {
        Some(OWN_REPORTS) => (0, own_reports::as_sheet(conn, source)?),
        _ => grid::around(conn, source, sheet, row)?,
    };
    let from = row.saturating_sub(AROUND).max(first);
    let to = last_row.saturating_add(AROUND).min(from.saturating_add(MOST_ROWS)).min(first + stored.rows().saturating_sub(1) as u32);
    let words = if told { reports::texts(conn, source, from, to)? } else { BTreeMap::new() };
    let shown = |line: u32, text: String| if told && is_story(&text, words.get(&line)) { STORY.to_owned() } else { text };
    let rows: Vec<ContextRow> = (from..=to)
        .map(|line| ContextRow { row: line, cells: only(stored.cells((line - first) as usize).map(|c| shown(line, c.shown())), alone) })
        .collect();
    let width = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    Ok(CellContext {
        source,
        file: held.file_name,
        sheet: sheet.to_owned(),
        columns: alone.map_or_else(|| (0..width).map(column_letters).collect(), |column| vec![column.to_owned()]),
        rows,
        row,
        last_row,
        column: column.to_owned(),
    })
}

/// What stands in an excerpt in place of free text: the excerpt proves a count, and nobody's words are needed for that.
const STORY: &str = "(fritext)";

/// Whether a cell of a list of reports tells what happened: its stored text, or a sentence in any other column.
fn is_story(cell: &str, stored: Option<&String>) -> bool {
    stored.is_some_and(|text| text == cell.trim()) || cell.split_whitespace().count() >= 5
}

/// All cells of a row; only the one under `letters` when a column is named.
fn only(cells: impl Iterator<Item = String>, column: Option<&str>) -> Vec<String> {
    match column {
        Some(letters) => vec![cells.enumerate().find(|(c, _)| column_letters(*c) == letters).map(|(_, text)| text).unwrap_or_default()],
        None => cells.take(MOST_COLUMNS).collect(),
    }
}
