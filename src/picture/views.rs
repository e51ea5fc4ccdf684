//! What the Lägesbild screens show: the overview of themes × perspectives, and the profile of one theme.

use super::question::{ChartView, FigureView, Question};
use super::statistics::trend::Verdict;
use crate::perspective::Perspective;
use crate::store::notes::Note;
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, TS)]
pub struct Overview {
    pub area: String,
    /// Folkmängd of the newest year, if imported.
    pub population: Option<u32>,
    pub population_year: Option<String>,
    /// "2016–2025", or empty without statistics.
    pub span: String,
    pub themes: Vec<ThemeRow>,
    /// What is missing and which file would fill it; empty when nothing is.
    pub gaps: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ThemeRow {
    pub theme: String,
    pub name: String,
    pub municipality: PerspectiveCell,
    pub police: PerspectiveCell,
    pub residents: PerspectiveCell,
    pub disagreement: Disagreement,
    /// The problem made from this theme, if there is one.
    pub problem: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct PerspectiveCell {
    pub perspective: Perspective,
    pub state: CellState,
    /// "31", "38 %"; empty without data.
    pub number: String,
    /// "brott 2025", "otrygga, n 212", or the words for absence ("inget underlag").
    pub what: String,
    pub verdict: Option<Verdict>,
    /// Tiny chart (SVG), if there is a series.
    pub spark: Option<String>,
    pub question: Option<Question>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    Data,
    /// There is a source of this perspective, but it says (almost) nothing about the theme.
    NotSeen,
    /// There is no source of this perspective at all.
    NoSource,
    /// There is a source of this perspective, but it has no question, category or crime type of the theme.
    NotAsked,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Disagreement {
    pub kind: DisagreementKind,
    /// "Syns inte hos polisen", "Olika riktning" …; empty when all agree.
    pub label: String,
    /// The reason in one or two sentences, with numbers.
    pub reason: String,
}

/// In the order of the overview: the greatest disagreement first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DisagreementKind {
    NotSeenByOne,
    OppositeDirections,
    StrongerInOne,
    /// Much with one, while another has a picture without any such question or category: nobody was asked to look.
    NotAskedByOne,
    OnlyOneHasData,
    Same,
    NoData,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Profile {
    pub theme: String,
    pub name: String,
    pub area: String,
    /// The finding in words ("Skadegörelsen minskar hos alla tre").
    pub headline: String,
    pub lead: Vec<FigureView>,
    /// Other series of the theme, newest value and verdict only.
    pub others: Vec<SeriesLine>,
    pub groups: Option<GroupBars>,
    pub pattern: Option<Pattern>,
    pub places: Vec<PlaceCount>,
    pub notes: Vec<Note>,
    pub caveats: Vec<String>,
    pub disagreement: Disagreement,
    pub problem: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct SeriesLine {
    pub title: String,
    pub number: String,
    pub period: String,
    pub verdict: Verdict,
    pub question: Question,
}

/// Survey answers by group (kön × ålder), groups under the minimum n left out and named.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GroupBars {
    pub question: String,
    pub answers: String,
    pub chart: ChartView,
    pub left_out: Vec<String>,
}

/// Field reports by weekday and time of day.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Pattern {
    pub title: String,
    pub chart: ChartView,
    /// Reports without date or time, not in the table.
    pub without_time: u32,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct PlaceCount {
    pub place: String,
    pub count: u32,
}

/// A cell in its surroundings, as the file was read.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CellContext {
    pub source: u32,
    pub file: String,
    pub sheet: String,
    /// Letters of the columns shown.
    pub columns: Vec<String>,
    pub rows: Vec<ContextRow>,
    pub row: u32,
    pub last_row: u32,
    pub column: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ContextRow {
    pub row: u32,
    pub cells: Vec<String>,
}
