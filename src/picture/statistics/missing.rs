//! The states of a value that is not there (S11). None of them is zero, and none is another.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MissingState {
    /// `..`, `XX`: held back, or not available.
    Withheld,
    /// `.`: no such number can be (a percentage of nothing).
    NotApplicable,
    /// `–`, `-`: the publishers mean different things by it: nothing, or no answer. Never read as zero, never added.
    Dash,
    /// An empty cell.
    NotCollected,
    /// A sign that nobody has explained.
    Unknown,
}

impl MissingState {
    /// By the raw sign in the file (SCB's and Kolada's own legends; for `-` they contradict one another).
    pub fn of(symbol: &str) -> Self {
        match symbol.trim() {
            ".." | "XX" | "xx" | "x" | "X" => Self::Withheld,
            "." => Self::NotApplicable,
            "-" | "–" | "—" | "\u{2212}" => Self::Dash,
            "" => Self::NotCollected,
            _ => Self::Unknown,
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::Withheld => "uppgiften är sekretessbelagd eller finns inte",
            Self::NotApplicable => "uppgiften är inte tillämplig",
            Self::Dash => "bortfall eller inget att redovisa, utgivaren säger inte vilket",
            Self::NotCollected => "uppgiften är inte insamlad",
            Self::Unknown => "uppgift saknas, tecknet är inte förklarat",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_a_state_of_its_own() {
        let states = ["..", ".", "–", "", "#"].map(MissingState::of);
        let mut different = states.to_vec();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), 5);
        assert_eq!(MissingState::of("-"), MissingState::of("–"));
        assert_eq!(MissingState::of("XX"), MissingState::of(".."), "NTU's older sign");
    }
}
