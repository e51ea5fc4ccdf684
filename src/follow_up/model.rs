//! What Följ upp shows: deadlines, commitments with their latest check-in, indicators asked again.

use serde::Serialize;
use ts_rs::TS;

pub use crate::store::agreements::{CheckIn, Status};

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
