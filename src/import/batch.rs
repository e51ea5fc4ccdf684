//! What reading a file yields, before anything is stored: the only thing that `store` gets from `import`.
//!
//! Strings are interned (`areas`, `indicators` …) and values point at them, so that a million rows stay small.

use crate::error::Result;
use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeMap;

/// Takes what a reading yields, in the order of the file.
pub trait Sink {
    /// Rows of a sheet, from zero-based row `first`, in the grid's own writing.
    fn rows(&mut self, sheet: usize, name: &str, first: usize, text: String) -> Result<()>;

    /// Values with the names that are new since the last batch: indexes count through the names of all batches.
    fn values(&mut self, batch: &Batch) -> Result<()>;

    /// Everything is coming once more, from the beginning: what has been given so far is void.
    fn again(&mut self) -> Result<()>;
}

/// Takes everything and keeps nothing, when only the outcome is asked for.
pub struct Nowhere;

impl Sink for Nowhere {
    fn rows(&mut self, _: usize, _: &str, _: usize, _: String) -> Result<()> {
        Ok(())
    }

    fn values(&mut self, _: &Batch) -> Result<()> {
        Ok(())
    }

    fn again(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Everything one file says, or a stretch of it, ready to be stored in one transaction.
#[derive(Debug, Default)]
pub struct Batch {
    /// Publisher and statistic, from the recipe; datasets never overwrite each other.
    pub dataset: Dataset,
    pub areas: Vec<AreaRef>,
    /// The full path of an indicator, outermost first: the path is the key, not the label.
    pub indicators: Vec<IndicatorRef>,
    /// `{}` for none; keys and values as the file words them.
    pub breakdowns: Vec<BTreeMap<String, String>>,
    pub periods: Vec<Period>,
    pub series: Vec<SeriesRef>,
    pub values: Vec<Value>,
    /// Raw missing symbols met in the file ("..", "-", "XX"); [`Reading::Missing`] points here.
    pub missing_symbols: Vec<String>,
    pub survey: Option<Survey>,
    pub reports: Vec<Report>,
    pub events: Vec<Event>,
    /// The municipality that a survey is about, where a person had to say it.
    pub about: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    pub publisher: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AreaRef {
    pub level: AreaLevel,
    /// Without "kommun", "kommuns" and the like where it is one of the 290 or a län.
    pub name: String,
    /// SCB code, text with its leading zero; none for places the reference does not know.
    pub code: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AreaLevel {
    Country,
    County,
    Municipality,
    District,
    Deso,
    School,
    Place,
    Foreign,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndicatorRef {
    pub path: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesRef {
    pub area: u32,
    pub indicator: u32,
    pub breakdown: u32,
    pub unit: Unit,
}

/// What a number counts. Rates say their base, so that two can never be mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Crimes, persons, reports: whole things that were counted.
    Count,
    Per100k,
    Per1000,
    /// 0–100.
    Percent,
    /// 0–1, as some schools export shares.
    Share,
    ThousandSek,
    Mean,
    /// The file does not say; shown as it stands and never compared.
    Other,
}

impl Unit {
    /// The word stored in the file and printed by `rows --json`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "antal",
            Self::Per100k => "per 100 000 inv",
            Self::Per1000 => "per 1 000 inv",
            Self::Percent => "procent",
            Self::Share => "andel",
            Self::ThousandSek => "tkr",
            Self::Mean => "medelvärde",
            Self::Other => "okänd enhet",
        }
    }
}

/// A stretch of time. `label` is canonical: `2023`, `2023-07`, `2023-Q3`, `2023-W14`, `2023-07-01`, `2020–2021`, `2010/11`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub start: NaiveDate,
    /// Last day, inclusive.
    pub end: NaiveDate,
    pub label: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// Index into `series`.
    pub series: u32,
    /// Index into `periods`.
    pub period: u32,
    pub reading: Reading,
    pub preliminary: bool,
    pub cell: CellRef,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    Number(f64),
    /// Index into `missing_symbols`. Missing is never zero.
    Missing(u16),
}

/// Zero-based position in the grid as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    pub sheet: u16,
    pub row: u32,
    pub column: u16,
}

/// One row per respondent, one answer per question.
#[derive(Debug, Default)]
pub struct Survey {
    pub title: String,
    /// Number of its sheet, from 0.
    pub sheet: u16,
    /// When answered, if the file says.
    pub period: Option<Period>,
    pub questions: Vec<Question>,
    /// `answers[r][q]`: `None` where the respondent left it empty. Multi answers are split into their parts.
    pub respondents: Vec<Respondent>,
}

#[derive(Debug)]
pub struct Respondent {
    pub row: u32,
    pub answers: Vec<Vec<String>>,
}

#[derive(Debug, Clone)]
pub struct Question {
    pub text: String,
    pub column: u16,
    pub role: QuestionRole,
    /// Of a question asked over several columns, one per choice: the last of them.
    pub last_column: u16,
    /// The answers that occur, in the scale's own order where it is a scale, else by frequency.
    pub options: Vec<String>,
    /// Answers beside the scale: "Vet ej", "Vill inte svara".
    pub outside: Vec<String>,
    /// Which end of the scale is the bad one, if its words say so.
    pub worst: Option<Worst>,
}

/// Which end of a scale is the bad one, in the order of its options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worst {
    First,
    Last,
}

impl Worst {
    pub fn word(this: Option<Self>) -> &'static str {
        match this {
            Some(Self::First) => "first",
            Some(Self::Last) => "last",
            None => "",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionRole {
    Scale,
    YesNo,
    Multi,
    FreeText,
    Background,
    Ignore,
}

impl QuestionRole {
    pub const ALL: [Self; 6] = [Self::Scale, Self::YesNo, Self::Multi, Self::FreeText, Self::Background, Self::Ignore];

    /// What people call it.
    pub fn swedish(self) -> &'static str {
        match self {
            Self::Scale => "skala",
            Self::YesNo => "ja eller nej",
            Self::Multi => "ett eller flera val",
            Self::FreeText => "fritext",
            Self::Background => "bakgrund",
            Self::Ignore => "används inte",
        }
    }

    /// The role with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Scale => "scale",
            Self::YesNo => "yes_no",
            Self::Multi => "multi",
            Self::FreeText => "free_text",
            Self::Background => "background",
            Self::Ignore => "ignore",
        }
    }
}

/// A field report: what somebody in service saw. Never a name: the reporter is a function.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub row: u32,
    pub sheet: u16,
    /// ISO date, or a week such as `2025-W14`.
    pub date: Option<String>,
    pub time: Option<NaiveTime>,
    /// morgon, förmiddag, eftermiddag, kväll, natt: as the file words it, when there is no clock time.
    pub part_of_day: Option<String>,
    pub place: Option<String>,
    pub category: String,
    pub text: Option<String>,
    pub reporter_function: Option<String>,
    /// 1 (mild) … 5 (severe), if the file grades.
    pub seriousness: Option<u8>,
    pub count: u32,
}

/// One row of a list of events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    pub row: u32,
    pub sheet: u16,
    /// Index into `areas`; none where the row names no area.
    pub area: Option<u32>,
    /// ISO date, or `2019-01` when the file only says the month.
    pub date: Option<String>,
    pub time: Option<NaiveTime>,
    /// Code and type, as the file writes them.
    pub category: String,
    pub place: Option<String>,
    pub count: u32,
}
