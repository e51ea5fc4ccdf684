//! What an agreement is made of. Every clause is a typed field; its sentence is generated from it.

use crate::picture::question::Figure;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Party {
    /// Empty for a new one.
    #[serde(default)]
    pub id: String,
    pub kind: PartyKind,
    pub name: String,
    /// Title of who signs, e.g. "kommunstyrelsens ordförande".
    #[serde(default)]
    pub signatory: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    Municipality,
    Police,
    Region,
    Authority,
    Company,
    Association,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FocusArea {
    #[serde(default)]
    pub id: String,
    /// The decision it comes from, if any.
    #[serde(default)]
    pub decision: Option<String>,
    pub name: String,
    /// Likely causes, in the parties' words.
    #[serde(default)]
    pub cause: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Goal {
    #[serde(default)]
    pub id: String,
    /// `None`: an overall goal.
    #[serde(default)]
    pub focus_area: Option<String>,
    pub kind: GoalKind,
    pub text: String,
    /// The figure that will be asked again.
    #[serde(default)]
    pub figure: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoalKind {
    Outcome,
    Process,
    Output,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Commitment {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub focus_area: Option<String>,
    /// What follows "åtar sig att".
    pub text: String,
    pub parties: Vec<String>,
    /// At least so many times per `per`.
    #[serde(default)]
    pub count: Option<u32>,
    #[serde(default)]
    pub per: Option<Per>,
    /// ISO date.
    #[serde(default)]
    pub due: Option<String>,
    /// Part of the medborgarlöfte.
    #[serde(default)]
    pub public: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Year,
    HalfYear,
    Quarter,
    Month,
    Week,
}

/// How long the agreement holds. The sentence is generated from the rule (domain.md §3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Validity {
    /// Not decided yet.
    Open,
    Fixed {
        #[ts(type = "string")]
        from: NaiveDate,
        #[ts(type = "string")]
        to: NaiveDate,
        /// Holds until further notice if no new agreement is signed.
        extends: bool,
    },
    UntilTerminated {
        #[ts(type = "string")]
        from: NaiveDate,
        /// Revised every so many years.
        revised_every: Option<u32>,
    },
}

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
