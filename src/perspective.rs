//! Whose view something gives: kommun, polis, invånare, always in this order; and reference data, which is nobody's view.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Perspective {
    #[default]
    Municipality,
    Police,
    Residents,
    Reference,
}

impl Perspective {
    /// The three parties, without the reference.
    pub const ALL: [Self; 3] = [Self::Municipality, Self::Police, Self::Residents];

    /// The word that the file stores and the command line takes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::Police => "police",
            Self::Residents => "residents",
            Self::Reference => "reference",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Municipality, Self::Police, Self::Residents, Self::Reference].into_iter().find(|p| p.code() == code)
    }

    /// The word that people see.
    pub fn word(self) -> &'static str {
        match self {
            Self::Municipality => "Kommun",
            Self::Police => "Polis",
            Self::Residents => "Invånare",
            Self::Reference => "Referens",
        }
    }

    /// The shape as a character, for running text: colour is never alone.
    pub fn mark(self) -> char {
        match self {
            Self::Municipality => '●',
            Self::Police => '■',
            Self::Residents => '▲',
            Self::Reference => '○',
        }
    }
}
