//! What was understood of a file, and what must be asked: the shape of `inspect --json`, for people and for scripts.

use crate::error::column_letters;
pub use crate::perspective::Perspective;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Answers to doubts: doubt id → choice id.
pub type Answers = BTreeMap<String, String>;

/// How a file would be read.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Description {
    pub file: String,
    /// `csv`, `xlsx`, `xls`, `xlsb` or `ods`: what the content is, whatever the name says.
    pub format: String,
    pub encoding: Option<String>,
    pub delimiter: Option<String>,
    pub tables: Vec<Table>,
    pub kind: Kind,
    /// Id of the source that reads the file.
    pub recipe: String,
    pub doubts: Vec<Doubt>,
    /// The evidence in Swedish, one line each.
    pub proof: Vec<Proof>,
    pub tally: Tally,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(transparent)]
pub struct Proof(pub String);

impl Proof {
    pub fn new(line: impl Into<String>) -> Self {
        Self(line.into())
    }
}

/// One table in a sheet. Rows are 1-based physical rows.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct Table {
    pub sheet: Option<String>,
    pub header_rows: Vec<u32>,
    pub first_data_row: u32,
    /// Data rows.
    pub rows: u32,
    pub columns: Vec<Column>,
    pub footnotes: Vec<String>,
    /// Rows that hold totals, 1-based.
    pub totals: Vec<u32>,
}

/// What a column holds, with its evidence.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct Column {
    pub name: String,
    /// Letters, also in CSV.
    pub column: String,
    /// `area`, `period`, `indicator`, `value`, `breakdown`, `unit`, a question role, `date`, `text` or `ignore`.
    pub role: String,
    pub unit: Option<String>,
    /// `,` or `.` when the column's own cells or the publisher decide it.
    pub decimal: Option<String>,
    /// Cells that hold a missing symbol.
    pub missing: u32,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub examples: Vec<String>,
}

impl Column {
    pub fn new(column: usize, name: &str, role: &str) -> Self {
        Self { name: name.to_owned(), column: column_letters(column), role: role.to_owned(), ..Self::default() }
    }
}

/// A question that only a person can answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Doubt {
    pub id: String,
    pub question: String,
    pub choices: Vec<Choice>,
    /// Examples of the cells concerned.
    pub cells: Vec<DoubtCell>,
    /// The choice that was given.
    pub answer: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice {
    pub id: String,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoubtCell {
    pub sheet: Option<String>,
    pub row: u32,
    pub column: String,
    pub value: String,
}

impl Choice {
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into() }
    }
}

/// A value cell that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rejection {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// 1-based physical row.
    pub row: u32,
    pub column: String,
    pub value: String,
    pub reason: String,
}

/// Outcomes in value cells (survey: answers; field reports: rows): `read = stored + skipped + rejected`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct Tally {
    /// Data rows in the file.
    pub rows: u32,
    pub read: u32,
    /// Of these, `missing` are kept as missing.
    pub stored: u32,
    pub missing: u32,
    pub skipped: u32,
    pub rejected: u32,
}

impl Tally {
    pub fn adds_up(&self) -> bool {
        self.read == self.stored + self.skipped + self.rejected
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Statistics,
    Survey,
    FieldReports,
    Events,
}
