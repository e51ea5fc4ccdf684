//! Step 1: bytes → encoding → grid → what it means → one batch. Nothing is stored here, and nothing is guessed: what a
//! file does not say becomes a question.

mod area;
pub mod batch;
mod bytes;
mod cell_format;
mod column;
mod cube;
mod date;
mod delimited;
mod describe;
mod dialect;
mod encoding;
mod gather;
mod grid;
mod header;
mod html;
mod json;
mod json_stat;
mod keys;
pub mod layout;
mod long;
pub mod memory;
mod number;
mod ods;
mod ole;
pub mod pasted;
mod period;
pub mod persons;
mod px;
mod questions;
mod ragged;
mod sources;
mod text;
pub mod typed;
mod unit;
mod workbook;
mod xls;
mod xlsx;
mod xml;

use crate::checked::Warning;
use crate::error::{Code, Error, Place, Result};
use crate::progress::{Progress, Stage};
use crate::reference::Known;
use batch::{Batch, Sink};
use bytes::Opened;
use gather::{Closed, Gather};

pub use describe::{Answers, Choice, Column, Description, Doubt, DoubtCell, Kind, Perspective, Proof, Rejection, Table, Tally};
pub use grid::{BLOCK_ROWS, Cell, Grid, Sheet};
pub use long::{LONG, look};
pub use persons::MASK;
pub use questions::{arranged, choices};
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
    /// What is still to be read of a long file, whose grid here is but its head.
    rest: Option<long::Rest>,
}

impl Inspected {
    /// Hands the rows and values on to where they are kept. A long file is read now, and what could not be known before
    /// (values, outcomes, rejected cells) is filled in. Errors: those of the sink; `FileAccess` when the file is gone.
    pub fn pour(&mut self, progress: &Progress, sink: &mut dyn Sink) -> Result<()> {
        let Some(rest) = self.rest.take() else {
            progress.begin(Stage::Storing, self.batch.values.len() as u64)?;
            return self.hand_on(sink);
        };
        let closed = rest.pour(&self.description.file, &self.grid, progress, sink);
        self.rest = Some(rest);
        let closed = closed?;
        self.description.tables = closed.tables;
        self.description.proof = closed.proof;
        self.description.tally = closed.tally;
        (self.batch, self.tally, self.rejections, self.warnings) = (closed.batch, closed.tally, closed.rejections, closed.warnings);
        Ok(())
    }

    /// [`Self::pour`] for a reading that is whole.
    pub fn hand_on(&self, sink: &mut dyn Sink) -> Result<()> {
        for (index, sheet) in self.grid.sheets.iter().enumerate() {
            for first in (0..sheet.rows()).step_by(BLOCK_ROWS) {
                sink.rows(index, &sheet.name, first, sheet.block(first, (first + BLOCK_ROWS).min(sheet.rows())).to_owned())?;
            }
        }
        sink.values(&self.batch)
    }
}

/// Reads a file with the answers given so far. Preview and import both call this, with the same arguments.
///
/// Cells that wait for an answer are rejected with the reason "obesvarad fråga"; the rest is read. Errors:
/// `UnreadableFile` when the bytes are no table, `NotUnderstood` when nobody knows the table; both name the file.
pub fn inspect(name: &str, bytes: &[u8], known: &Known<'_>, answers: &Answers) -> Result<Inspected> {
    inspect_watched(name, bytes, known, answers, &Progress::default())
}

/// [`inspect`] while somebody waits. Errors: also `Cancelled`.
pub fn inspect_watched(name: &str, bytes: &[u8], known: &Known<'_>, answers: &Answers, progress: &Progress) -> Result<Inspected> {
    let mut opened = bytes::open(name, bytes, answers, progress)?;
    let (source, rivals) = sources::choose(name, &opened, known, answers)?;
    let guarded = persons::guard(name, &mut opened.grid, source.kind, answers);
    silence(&mut opened);
    let mut gather = Gather::new(name, &opened.grid, *known, answers);
    gather.given = opened.given.as_ref();
    gather.warnings.clone_from(&opened.warnings);
    gather.proof.clone_from(&opened.proof);
    gather.doubts.extend(opened.doubts.iter().cloned().chain(rivals));
    gather.distrust = Some(&opened.distrust);
    gather.personal.clone_from(&guarded.columns);
    (source.read)(&mut gather);
    gather.quarantine(&guarded);
    if gather.tally.read == 0 {
        return Err(no_data(name));
    }
    let closed = gather.close();
    Ok(Inspected { person_data: guarded.found, ..finish(name, source, closed, opened, known) })
}

/// What was noted about the bytes quotes them as they were before the guard.
fn silence(opened: &mut Opened) {
    let hide = |text: &mut String| *text = persons::hidden(text);
    opened.proof.iter_mut().for_each(|proof| hide(&mut proof.0));
    opened.warnings.iter_mut().for_each(|warning| hide(&mut warning.message));
    for doubt in &mut opened.doubts {
        hide(&mut doubt.question);
        doubt.choices.iter_mut().for_each(|choice| hide(&mut choice.label));
        doubt.cells.iter_mut().for_each(|cell| hide(&mut cell.value));
    }
}

fn no_data(name: &str) -> Error {
    Error::new(Code::NotUnderstood, "Filen har rubriker men inga rader med uppgifter.")
        .at(Place::file(name))
        .hint("Kontrollera att urvalet gav träffar när filen hämtades.")
}

fn finish(name: &str, source: &sources::Source, closed: Closed, opened: Opened, known: &Known<'_>) -> Inspected {
    let headers = memory::Headers::of(&opened.grid, &closed.tables, known);
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
    // What happens abroad is nobody's view here; it can only be compared with.
    let perspective = if only_foreign(&closed.batch) { Perspective::Reference } else { source.perspective };
    Inspected {
        description,
        grid: opened.grid,
        batch: closed.batch,
        tally: closed.tally,
        rejections: closed.rejections,
        warnings: closed.warnings,
        kind: source.kind,
        perspective,
        person_data: false,
        rest: None,
        headers,
    }
}

fn only_foreign(batch: &Batch) -> bool {
    !batch.areas.is_empty() && batch.areas.iter().all(|area| area.level == batch::AreaLevel::Foreign)
}

/// Whether some file may raise a doubt with this id.
pub fn may_ask(id: &str) -> bool {
    text::ASKED.contains(&id)
        || ["decimal:", "persons:", "places:", "role:", "unit:"].iter().any(|start| id.starts_with(start))
        || ["recipe", "confirm", "kind", "area", "year", "dash", "columns", "dates", "part"].contains(&id)
}

/// What person data stands in a text that somebody types in, in Swedish; none when there is none.
pub fn person_data(text: &str) -> Option<String> {
    let finds = persons::find(text);
    (!finds.is_empty()).then(|| persons::kinds_shown(&finds))
}

/// The number that a Swedish text writes, if it is nothing else: `1 234,5`, `24 %`.
pub fn plain_number(text: &str) -> Option<f64> {
    number::parse(text, number::Decimal::Comma)
}

/// The grid as understood, for `inspect --cells`: per sheet its rows (1-based physical row, cells as text).
///
/// Reads files that no source understands, too. Errors as for [`inspect`], except `NotUnderstood`.
pub fn cells_json(name: &str, bytes: &[u8], answers: &Answers) -> Result<serde_json::Value> {
    let opened = bytes::open(name, bytes, answers, &Progress::default())?;
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
        Cell::Number(number) | Cell::Shown { stored: number, .. } if number.fract() == 0.0 && number.abs() < 9e15 => {
            serde_json::json!(number as i64)
        }
        Cell::Number(number) | Cell::Shown { stored: number, .. } => serde_json::json!(number),
        Cell::Bool(value) => serde_json::json!(value),
        Cell::Time(time) => serde_json::json!(time.format("%H:%M:%S").to_string()),
        Cell::Date(moment) if moment.time() != chrono::NaiveTime::MIN => serde_json::json!(moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
        other => serde_json::json!(other.shown()),
    }
}
