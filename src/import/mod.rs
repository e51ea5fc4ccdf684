//! Step 1: bytes → encoding → grid → what it means → one batch. Nothing is stored here, and nothing is guessed: what a
//! file does not say becomes a question.

mod area;
pub mod batch;
mod bytes;
mod column;
mod date;
mod delimited;
mod describe;
mod dialect;
mod encoding;
mod gather;
mod grid;
mod header;
pub mod layout;
pub mod memory;
mod number;
pub mod pasted;
mod period;
pub mod persons;
mod questions;
mod ragged;
mod sources;
mod text;
pub mod typed;
mod unit;
mod workbook;

use crate::checked::Warning;
use crate::error::{Code, Error, Place, Result};
use crate::reference::Known;
use batch::Batch;
use bytes::Opened;
use gather::{Closed, Gather};

pub use describe::{Answers, Choice, Column, Description, Doubt, DoubtCell, Kind, Perspective, Proof, Rejection, Table, Tally};
pub use grid::{Cell, Grid, Sheet};
pub use sources::{title, understood};

/// A file read as far as it can be without asking; storing it is the caller's step.
#[derive(Debug)]
pub struct Inspected {
    pub description: Description,
    /// Cells with person data are masked.
    pub grid: Grid,
    pub batch: Batch,
    pub tally: Tally,
    pub rejections: Vec<Rejection>,
    pub warnings: Vec<Warning>,
    pub kind: Kind,
    pub perspective: Perspective,
    /// Person data was found: the original bytes must not be kept.
    pub person_data: bool,
    /// What a person's decisions about the file are found again by.
    pub headers: memory::Headers,
}

/// Reads a file with the answers given so far. Preview and import both call this, with the same arguments.
///
/// Cells that wait for an answer are rejected with the reason "obesvarad fråga"; the rest is read. Errors:
/// `UnreadableFile` when the bytes are no table, `NotUnderstood` when nobody knows the table; both name the file.
pub fn inspect(name: &str, bytes: &[u8], known: &Known<'_>, answers: &Answers) -> Result<Inspected> {
    let opened = bytes::open(name, bytes, answers)?;
    let (source, rivals) = sources::choose(name, &opened, known, answers)?;
    let mut gather = Gather::new(name, &opened.grid, *known, answers);
    gather.given = opened.given.as_ref();
    gather.warnings.clone_from(&opened.warnings);
    gather.proof.clone_from(&opened.proof);
    gather.doubts.extend(opened.doubts.iter().cloned().chain(rivals));
    gather.distrust = Some(&opened.distrust);
    (source.read)(&mut gather);
    if gather.tally.read == 0 {
        return Err(no_data(name));
    }
    let closed = gather.close();
    Ok(finish(name, source, closed, opened, known))
}

fn no_data(name: &str) -> Error {
    Error::new(Code::NotUnderstood, "Filen har rubriker men inga rader med uppgifter.")
        .at(Place::file(name))
        .hint("Kontrollera att urvalet gav träffar när filen hämtades.")
}

fn finish(name: &str, source: &sources::Source, closed: Closed, opened: Opened, known: &Known<'_>) -> Inspected {
    let headers = memory::Headers::of(&opened.grid, &closed.tables, known);
    let person_data = !closed.personal.is_empty();
    let description = Description {
        file: name.to_owned(),
        format: opened.format.to_owned(),
        encoding: opened.encoding.map(str::to_owned),
        delimiter: opened.delimiter,
        tables: closed.tables,
        kind: source.kind,
        recipe: source.id.to_owned(),
        doubts: closed.doubts,
        proof: closed.proof,
        tally: closed.tally,
    };
    Inspected {
        description,
        grid: masked(opened.grid, &closed.personal),
        batch: closed.batch,
        tally: closed.tally,
        rejections: closed.rejections,
        warnings: closed.warnings,
        kind: source.kind,
        perspective: source.perspective,
        person_data,
        headers,
    }
}

/// Whether some file may raise a doubt with this id.
pub fn may_ask(id: &str) -> bool {
    text::ASKED.contains(&id) || id.starts_with("decimal:") || ["recipe", "kind", "area", "year", "dash", "columns", "dates"].contains(&id)
}

/// What stands in a masked cell.
const MASK: &str = "(personuppgift)";

fn masked(grid: Grid, personal: &[(usize, Option<usize>, usize)]) -> Grid {
    if personal.is_empty() {
        return grid;
    }
    let hit =
        |sheet: usize, row: usize, column: usize| personal.iter().any(|&(s, r, c)| s == sheet && c == column && r.is_none_or(|r| r == row));
    let mask = |(index, sheet): (usize, &Sheet)| {
        sheet.masked(|row, column, cell| (!cell.is_blank() && hit(index, row, column)).then(|| MASK.to_owned()))
    };
    Grid { sheets: grid.sheets.iter().enumerate().map(mask).collect() }
}

/// The grid as understood, for `inspect --cells`: per sheet its rows (1-based physical row, cells as text).
///
/// Reads files that no source understands, too. Errors as for [`inspect`], except `NotUnderstood`.
pub fn cells_json(name: &str, bytes: &[u8], answers: &Answers) -> Result<serde_json::Value> {
    let opened = bytes::open(name, bytes, answers)?;
    let rows = |sheet: &Sheet| -> Vec<serde_json::Value> {
        let kept = (0..sheet.rows()).filter(|row| !sheet.is_continuation(*row));
        kept.map(|row| serde_json::json!({ "row": row + 1, "cells": sheet.cells(row).map(cell_json).collect::<Vec<_>>() })).collect()
    };
    let sheets: Vec<_> =
        opened.grid.sheets.iter().map(|sheet| serde_json::json!({ "sheet": sheet_word(sheet), "rows": rows(sheet) })).collect();
    Ok(serde_json::json!({
        "file": name,
        "format": opened.format,
        "encoding": opened.encoding,
        "delimiter": opened.delimiter,
        "sheets": sheets,
        "doubts": opened.doubts,
        "warnings": opened.warnings,
    }))
}

fn sheet_word(sheet: &Sheet) -> Option<&str> {
    Some(sheet.name.as_str()).filter(|name| !name.is_empty())
}

fn cell_json(cell: Cell<'_>) -> serde_json::Value {
    match cell {
        Cell::Number(number) => serde_json::json!(number),
        Cell::Bool(value) => serde_json::json!(value),
        Cell::Date(moment) if moment.time() != chrono::NaiveTime::MIN => serde_json::json!(moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
        other => serde_json::json!(other.shown()),
    }
}
