//! What an agreement is made of. Every clause is a typed field; its sentence is generated from it.

use crate::picture::question::Figure;
use serde::Serialize;
use ts_rs::TS;

pub use crate::store::agreements::{Commitment, FocusArea, Goal, GoalKind, Party, PartyKind, Per, Validity};

/// All of Överenskommelse in one answer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AgreementView {
    pub title: String,
    pub purpose: String,
    pub follow_up: String,
    pub validity: Validity,
    pub validity_sentence: String,
    pub registry: String,
    pub parties: Vec<Party>,
    pub focus_areas: Vec<FocusAreaView>,
    /// Goals and commitments outside the focus areas.
    pub goals: Vec<GoalView>,
    pub commitments: Vec<CommitmentView>,
    /// Prioritised problems that are no focus area yet.
    pub waiting: Vec<WaitingDecision>,
    pub checks: Vec<LawCheck>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct FocusAreaView {
    pub area: FocusArea,
    /// The problem's title and the reason of the decision.
    pub problem: Option<String>,
    pub reason: Option<String>,
    pub figures: Vec<Figure>,
    pub goals: Vec<GoalView>,
    pub commitments: Vec<CommitmentView>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct GoalView {
    pub goal: Goal,
    /// Warnings on wording ("verka för" binds nobody).
    pub advice: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CommitmentView {
    pub commitment: Commitment,
    /// "Kommunen och polisen åtar sig att … minst sex gånger per år."
    pub sentence: String,
    pub advice: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct WaitingDecision {
    pub decision: String,
    pub problem: String,
}

/// One demand of the law (2023:196) and whether the agreement meets it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LawCheck {
    /// "9 §".
    pub section: String,
    pub demand: String,
    pub met: bool,
    /// A document cannot be exported without it.
    pub blocks: bool,
    pub hint: String,
}
