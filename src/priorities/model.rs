//! What Prioritera shows and takes: problems, the matrix on Brå's grounds, the blind round, decisions.

use crate::picture::question::{Figure, Perspective};
use crate::picture::views::PerspectiveCell;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, TS)]
pub struct Problem {
    pub id: String,
    pub title: String,
    pub description: String,
    pub theme: Option<String>,
    pub figures: Vec<Figure>,
    pub decision: Option<Decision>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Decision {
    #[serde(default)]
    pub id: String,
    pub problem: String,
    pub outcome: Outcome,
    pub reason: String,
    #[serde(default)]
    pub reservations: String,
    /// Functions and organisations, never names.
    #[serde(default)]
    pub present: String,
    /// ISO date.
    #[serde(default)]
    pub date: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Prioritised,
    Deprioritised,
    Parked,
}

impl Outcome {
    pub fn word(self) -> &'static str {
        match self {
            Self::Prioritised => "prioritised",
            Self::Deprioritised => "deprioritised",
            Self::Parked => "parked",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Prioritised, Self::Deprioritised, Self::Parked].into_iter().find(|o| o.word() == word)
    }

    pub fn swedish(self) -> &'static str {
        match self {
            Self::Prioritised => "prioriterat",
            Self::Deprioritised => "bortprioriterat",
            Self::Parked => "parkerat",
        }
    }
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Criterion {
    pub id: String,
    pub name: String,
    pub help: String,
    /// extent | trend | deviation when data fills the cell, else judged by the group.
    pub computed: Option<String>,
}

/// Criteria × problems. A basis for talk; nothing is decided by it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Matrix {
    pub problems: Vec<ProblemHead>,
    pub rows: Vec<MatrixRow>,
    /// The words of the scale, from 1 to 4.
    pub scale: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ProblemHead {
    pub id: String,
    pub title: String,
    pub outcome: Option<Outcome>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MatrixRow {
    pub criterion: Criterion,
    pub cells: Vec<MatrixCell>,
}

#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct MatrixCell {
    /// Filled from data; such a cell cannot be judged by hand.
    pub computed: bool,
    pub lines: Vec<MatrixLine>,
    /// The group's judgement, 1–4.
    pub level: Option<u8>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MatrixLine {
    pub perspective: Option<Perspective>,
    pub text: String,
}

/// A blind round. Before the reveal it holds how many slips are in, and nothing of what they say.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RoundView {
    pub id: String,
    pub title: String,
    pub voters: u32,
    pub problems: Vec<ProblemHead>,
    /// Numbers of the slips that are in.
    pub slips: Vec<u32>,
    pub revealed: bool,
    pub results: Vec<RoundResult>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct RoundResult {
    pub problem: String,
    pub title: String,
    /// How many gave 1, 2, 3, 4, 5.
    pub counts: [u32; 5],
    pub answered: u32,
    pub median: f64,
    /// Middle half: first and third quartile.
    pub quartiles: [f64; 2],
    /// "10 av 12 inom ett steg från mitten".
    pub agreement: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct Slip {
    pub round: String,
    /// 1-based number of the paper slip.
    pub slip: u32,
    /// Problem id → 1–5; a problem may be left out.
    pub scores: BTreeMap<String, u8>,
}

/// All of Prioritera in one answer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Priorities {
    pub problems: Vec<Problem>,
    pub matrix: Matrix,
    pub round: Option<RoundView>,
    /// Themes of the overview that are no problem yet.
    pub candidates: Vec<Candidate>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Candidate {
    pub theme: String,
    pub name: String,
    pub reason: String,
    pub cells: Vec<PerspectiveCell>,
}
