//! Whose view a source gives: kommun, polis, invånare; and reference data, which is nobody's view.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Perspective {
    Municipality,
    Police,
    Residents,
    Reference,
}

impl Perspective {
    pub fn word(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::Police => "police",
            Self::Residents => "residents",
            Self::Reference => "reference",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Municipality, Self::Police, Self::Residents, Self::Reference].into_iter().find(|p| p.word() == word)
    }

    pub fn swedish(self) -> &'static str {
        match self {
            Self::Municipality => "Kommun",
            Self::Police => "Polis",
            Self::Residents => "Invånare",
            Self::Reference => "Referens",
        }
    }
}
