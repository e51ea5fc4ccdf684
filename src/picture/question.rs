//! A figure is a question, its answer and the cells it came from. The question is data: it can be stored, asked again
//! next year, and compared.

use super::compare::{Compare, Comparison};
use super::statistics::interval::Reliability;
use super::statistics::missing::MissingState;
use super::statistics::pool::Pooled;
use super::statistics::rare::{Between, Seldom};
use super::statistics::runs::Runs;
use super::statistics::trend::Verdict;
use crate::chart::Spec;
use crate::perspective::Perspective;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Version of the JSON in the `figure` table; raise it when a stored figure would read differently.
pub const FIGURE_VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Question {
    pub measure: Measure,
    /// A municipality (or other area) by its plain name.
    pub area: String,
    /// First and last year, inclusive; everything there is when absent.
    #[serde(default)]
    pub from: Option<i32>,
    #[serde(default)]
    pub to: Option<i32>,
    /// Whom the newest years are held against; nobody when absent. The own history is always there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub compare: Option<Compare>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Measure {
    /// A statistical series: one dataset, one indicator path, one breakdown, one unit.
    Series { publisher: String, dataset: String, indicator: String, breakdown: BTreeMap<String, String>, unit: String },
    /// The share of respondents who gave one of `answers`, among those who answered.
    SurveyShare { question: String, answers: Vec<String>, group: Option<Group> },
    /// How many field reports there are, by category and place (`None`: all).
    Reports { categories: Vec<String>, place: Option<String> },
    /// How many events of these categories (empty: all) the lists of a perspective hold in the area.
    Events { categories: Vec<String>, perspective: Perspective },
}

/// Respondents who gave one of these answers to a background question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Group {
    pub label: String,
    pub conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Condition {
    pub question: String,
    pub answers: Vec<String>,
}

/// Where a value stands in its file. `last_row` differs from `row` when rows were counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceCell {
    pub source: u32,
    pub file: String,
    pub sheet: String,
    /// Physical line, 1-based.
    pub row: u32,
    pub last_row: u32,
    /// Letters, in CSV too.
    pub column: String,
}

/// One value in time. Missing is never zero: `value` is `None` and `missing` holds the raw symbol.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Point {
    pub period: String,
    pub value: Option<f64>,
    pub missing: Option<String>,
    /// What the symbol stands for.
    #[serde(default)]
    pub state: Option<MissingState>,
    pub preliminary: bool,
    /// 95 % interval, in the unit of `value`.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Survey: how many answered. Otherwise absent.
    pub n: Option<u32>,
    /// Count per 100 000 inhabitants, when an imported population makes it possible.
    pub rate: Option<f64>,
    pub cells: Vec<SourceCell>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Answer {
    pub perspective: Perspective,
    /// Short name of what is measured ("12 kap. Skadegörelsebrott").
    pub title: String,
    /// antal | procent | per 100 000 inv | …
    pub unit: String,
    pub points: Vec<Point>,
    pub verdict: Verdict,
    /// p of the comparison behind the verdict, if one was made.
    pub p: Option<f64>,
    /// One or two Swedish sentences with number, interval and verdict.
    pub sentence: String,
    pub caveats: Vec<String>,
    /// "Brå, Databasen över anmälda brott, Databasfil.txt, inläst 2026-03-30".
    pub sources: Vec<String>,
    #[serde(default)]
    pub footing: Footing,
    #[serde(default)]
    pub comparison: Option<Comparison>,
}

/// How firmly the figure stands: what is shown beside the points, by the rules for small numbers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Footing {
    /// The verdict holds at 99.8 % too: it may flag the series in a list.
    pub alarm: bool,
    /// The two tests fall on either side of 95 %.
    pub borderline: bool,
    /// Of the newest count.
    pub reliability: Option<Reliability>,
    /// Years together, when single years are small.
    pub pooled: Option<Pooled>,
    /// Instead of bars of nought and one: events in years, and days between them where their dates are known.
    pub seldom: Option<Seldom>,
    pub between: Option<Between>,
    /// How a longer series runs about its median.
    pub runs: Option<Runs>,
    /// Years from which the figures are made in another way, among those shown.
    pub breaks: Vec<BreakMark>,
}

/// A break in method on the time axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BreakMark {
    /// The first year of the new way.
    pub year: i32,
    pub label: String,
}

impl Answer {
    /// The newest point with a value.
    pub fn last(&self) -> Option<&Point> {
        self.points.iter().rev().find(|p| p.value.is_some())
    }
}

/// A question with the answer it had on the day it was pinned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Figure {
    pub id: String,
    /// What people say: "figur 7".
    pub number: u32,
    pub problem: Option<String>,
    /// ISO date.
    pub pinned: String,
    pub question: Question,
    pub answer: Answer,
    /// A source of the answer has been withdrawn since.
    pub withdrawn: bool,
}

/// A chart with everything that must stand beside it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ChartView {
    pub svg: String,
    pub alt: String,
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// What it was drawn from, so that it can be saved and copied.
    pub spec: Spec,
}

/// An answer ready to be shown: heading in words, sentence, chart, table, caveats, sources.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FigureView {
    pub question: Question,
    pub answer: Answer,
    pub chart: ChartView,
    /// The municipality among the others, when it was asked to be compared.
    pub beside: Option<ChartView>,
}
