//! What Följ upp shows: deadlines, commitments with their latest check-in, indicators asked again.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, TS)]
pub struct FollowUp {
    pub deadlines: Vec<Deadline>,
    pub commitments: Vec<CommitmentStatus>,
    pub indicators: Vec<AskedAgain>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Deadline {
    /// ISO date.
    pub date: String,
    pub what: String,
    /// Where the date comes from ("6 §, minst vartannat år").
    pub why: String,
    /// Negative when the day has passed.
    pub days_left: i32,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CommitmentStatus {
    pub commitment: String,
    pub sentence: String,
    pub focus_area: Option<String>,
    pub due: Option<String>,
    pub check_ins: Vec<CheckIn>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckIn {
    #[serde(default)]
    pub id: String,
    pub commitment: String,
    #[serde(default)]
    pub date: String,
    pub status: Status,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Done,
    UnderWay,
    Behind,
    NotStarted,
}

/// The same question, then and now.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AskedAgain {
    pub figure: u32,
    pub goal: Option<String>,
    pub title: String,
    pub then_value: String,
    pub then_pinned: String,
    pub now_value: String,
    pub now_period: String,
    /// "ingen ny siffra sedan utkastet", "från 41 till 28 (kan vara slump)".
    pub reading: String,
    pub changed: bool,
}
