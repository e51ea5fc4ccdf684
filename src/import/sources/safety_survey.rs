//! The police's local safety survey (trygghetsmätning) as a table: questions down, years across, an index from 0 (no problem) to 6, and
//! how many answered.
//!
//! The reports are PDF; such a table is typed off one, or handed over by the police. No table file has been tried.

use super::Source;
use super::published::{NO_HINTS, Published};
use crate::import::describe::{Kind, Perspective};
use crate::import::layout::Hints;

static TABLE: Published =
    Published { says: &["trygghetsmätning"], hints: Hints { publisher: "Polisen", dataset: "Trygghetsmätning", ..NO_HINTS } };

pub static SOURCE: Source = Source {
    id: "safety_survey",
    title: "Polisens trygghetsmätning som tabell",
    kind: Kind::Statistics,
    perspective: Perspective::Residents,
    recognise: |look| TABLE.recognise(look),
    read: |gather| TABLE.read(gather),
};
