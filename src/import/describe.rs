//! What was understood of a file, and what must be asked: the shape of `inspect --json`, for people and for scripts.

use crate::error::column_letters;
pub use crate::perspective::Perspective;
use crate::swedish::{exact, list};
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
    /// The file's own totals, held against their parts.
    pub sums: Vec<Sum>,
}

/// Totals of one kind that stand in the file, and what their parts sum to.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Sum {
    /// The parts, in Swedish: `kommunerna i Dalarnas län`.
    pub of: String,
    /// Totals that could be summed.
    pub checked: u32,
    /// Of these, those within `tolerance` of their sum.
    pub agreed: u32,
    pub tolerance: f64,
    /// The largest distance between a total and its sum.
    pub largest: f64,
    /// The first total that differs.
    pub differs: Option<Differs>,
}

/// A total that is not the sum of its parts.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Differs {
    pub cell: DoubtCell,
    pub total: f64,
    pub sum: f64,
}

impl Sum {
    /// As a line of evidence.
    pub fn proof(&self) -> String {
        let count = |n: u32| exact(f64::from(n));
        let (agreed, checked, within) = (count(self.agreed), count(self.checked), exact(self.tolerance));
        let mut line = format!("Summan av {} stämmer med filens egen total i {agreed} av {checked} fall, på {within} när.", self.of);
        if let Some(Differs { cell, total, sum }) = &self.differs {
            line += &format!(" Först i {}: {} står där, men delarna ger {}.", cell.place(), exact(*total), exact(*sum));
        }
        line
    }
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
    /// Of a column of values: cells read as numbers.
    pub count: u32,
    /// `,` or `.` between whole and part, when something decides it.
    pub decimal: Option<String>,
    /// ` `, `.` or `,` between thousands, when some cell has it.
    pub thousands: Option<String>,
    /// What the signs were understood from, in Swedish: `312 celler med decimalkomma och två siffror efter`.
    pub evidence: Vec<String>,
    /// A cell that the other sign would have made another number of; none when no cell can be read in two ways.
    pub other_reading: Option<OtherReading>,
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

    /// What was understood of a column of values, as a line of evidence: `Kolumn E ”Antal”: 1 243 tal, minst 0, störst 98,2 …`
    pub fn proof(&self) -> String {
        let mut first = vec![format!("{} tal", exact(f64::from(self.count)))];
        first.extend(self.min.map(|min| format!("minst {}", exact(min))));
        first.extend(self.max.map(|max| format!("störst {}", exact(max))));
        if !self.examples.is_empty() {
            let shown: Vec<String> = self.examples.iter().take(SHOWN).map(|text| format!("”{text}”")).collect();
            first.push(format!("till exempel {}", list(&shown)));
        }
        let mut sentences = vec![first.join(", ")];
        if !self.evidence.is_empty() {
            sentences.push(format!("Läst ur {}", list(&self.evidence)));
        }
        if self.missing > 0 {
            sentences.push(format!("{} utan uppgift", exact(f64::from(self.missing))));
        }
        if let Some(OtherReading { cell, read, other }) = &self.other_reading {
            let (read, other) = (exact(*read), exact(*other));
            sentences.push(format!("På det andra sättet vore ”{}” i {} {other} i stället för {read}", cell.value, cell.place()));
        }
        format!("Kolumn {} ”{}”: {}.", self.column, self.name, sentences.join(". "))
    }
}

/// Examples in a line of evidence.
const SHOWN: usize = 3;

/// A cell that could have been another number.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OtherReading {
    pub cell: DoubtCell,
    pub read: f64,
    pub other: f64,
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

impl DoubtCell {
    /// `cell F3`, with its sheet where there are several: `bladet ”Stöld”, cell F3`.
    pub fn place(&self) -> String {
        let sheet = self.sheet.as_ref().map(|sheet| format!("bladet ”{sheet}”, ")).unwrap_or_default();
        format!("{sheet}cell {}{}", self.column, self.row)
    }
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
