//! What Prioritera shows and takes: problems, the matrix on Brå's grounds, the blind round, decisions.

use crate::perspective::Perspective;
use crate::picture::question::Figure;
use crate::picture::views::PerspectiveCell;
use serde::Serialize;
use ts_rs::TS;

pub use crate::store::problems::{Criterion, Decision, Outcome};
pub use crate::store::rounds::Slip;

#[derive(Debug, Clone, Serialize, TS)]
pub struct Problem {
    pub id: String,
    pub title: String,
    pub description: String,
    pub theme: Option<String>,
    pub figures: Vec<Figure>,
    pub decision: Option<Decision>,
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
