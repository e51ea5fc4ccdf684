//! What a person sees of a file before it is read in: its rows as they stand, and its first values as they would be stored.

use super::super::requests::{PreviewRow, PreviewValue};
use crate::error::column_letters;
use crate::import::batch::{Reading, Value};
use crate::import::{Inspected, Sheet, Table};
use crate::store::observations::PATH_SEPARATOR;
use std::collections::BTreeSet;

/// Cells shown of a whole file, so that neither many sheets nor wide ones make the window slow.
const MOST_CELLS: usize = 30_000;
const MOST_COLUMNS: usize = 400;
const FEWEST_ROWS: usize = 30;
const MOST_ROWS: usize = 300;
/// Rows shown round a cell that is asked about further down.
const AROUND: usize = 2;
const MOST_VALUES: usize = 300;
/// … of each sheet, also when there are many.
const FEWEST_VALUES: usize = 30;

/// The first rows of every sheet, and those that a question or a refusal is about.
pub fn rows(inspected: &Inspected) -> Vec<PreviewRow> {
    let sheets = &inspected.grid.sheets;
    sheets.iter().flat_map(|sheet| of_sheet(inspected, sheet, MOST_CELLS / sheets.len().max(1))).collect()
}

fn of_sheet(inspected: &Inspected, sheet: &Sheet, most: usize) -> Vec<PreviewRow> {
    let head = sheet.rows().min(FEWEST_ROWS);
    let width = (0..head).map(|row| sheet.width(row)).max().unwrap_or(0).clamp(1, MOST_COLUMNS);
    let first = (most / width).clamp(FEWEST_ROWS, MOST_ROWS).min(sheet.rows());
    let tables: Vec<&Table> =
        inspected.description.tables.iter().filter(|t| t.sheet.as_deref().unwrap_or_default() == sheet.name).collect();
    let mut lines: BTreeSet<usize> = (0..first).collect();
    for row in told_rows(inspected, &sheet.name) {
        lines.extend(row.saturating_sub(AROUND)..=(row + AROUND).min(sheet.rows().saturating_sub(1)));
    }
    let row = |line: usize| PreviewRow {
        sheet: sheet.name.clone(),
        row: line as u32 + 1,
        role: role(&tables, line as u32 + 1).into(),
        cells: sheet.cells(line).take(width).map(|c| c.shown()).collect(),
    };
    lines.into_iter().map(row).collect()
}

/// Rows, from 0, of the first cells that each question and the first refusals are about.
fn told_rows(inspected: &Inspected, sheet: &str) -> Vec<usize> {
    let here = |name: &Option<String>| name.as_deref().unwrap_or_default() == sheet;
    let asked = inspected.description.doubts.iter().flat_map(|d| d.cells.iter().take(3)).filter(|c| here(&c.sheet)).map(|c| c.row);
    let refused = inspected.rejections.iter().filter(|r| here(&r.sheet)).take(20).map(|r| r.row);
    asked.chain(refused).map(|row| row.saturating_sub(1) as usize).collect()
}

fn role(tables: &[&Table], line: u32) -> &'static str {
    let above = tables.iter().rfind(|t| t.header_rows.first().copied().unwrap_or(t.first_data_row) <= line);
    match above {
        Some(t) if t.header_rows.contains(&line) => "header",
        Some(t) if line >= t.first_data_row => "data",
        _ => "skipped",
    }
}

/// The first values of every sheet, in the order of their cells.
pub fn values(inspected: &Inspected) -> Vec<PreviewValue> {
    let batch = &inspected.batch;
    let mut left = vec![(MOST_VALUES / inspected.grid.sheets.len().max(1)).max(FEWEST_VALUES); inspected.grid.sheets.len()];
    let mut room = |value: &&Value| match left.get_mut(value.cell.sheet as usize) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    };
    let mut first: Vec<&Value> = batch.values.iter().filter(|value| room(value)).collect();
    first.sort_by_key(|value| value.cell);
    let shown = |value: &Value| {
        let series = batch.series.get(value.series as usize)?;
        let (number, missing) = match value.reading {
            Reading::Number(number) => (Some(number), None),
            Reading::Missing(symbol) => (None, batch.missing_symbols.get(symbol as usize).cloned()),
        };
        Some(PreviewValue {
            area: batch.areas.get(series.area as usize)?.name.clone(),
            indicator: batch.indicators.get(series.indicator as usize)?.path.join(PATH_SEPARATOR),
            breakdown: batch.breakdowns.get(series.breakdown as usize).cloned().unwrap_or_default(),
            period: batch.periods.get(value.period as usize)?.label.clone(),
            unit: series.unit.word().to_owned(),
            value: number,
            missing,
            preliminary: value.preliminary,
            sheet: inspected.grid.sheets.get(value.cell.sheet as usize).map(|s| s.name.clone()).unwrap_or_default(),
            row: value.cell.row + 1,
            column: column_letters(value.cell.column.into()),
        })
    };
    first.into_iter().filter_map(shown).collect()
}
