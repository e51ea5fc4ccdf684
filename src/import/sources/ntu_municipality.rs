//! The national crime survey (NTU) by municipality, years pooled; `XX` where too few have answered.
//!
//! Headings as in Brå's analysis of the municipal level (bra.se, "Nationella trygghetsundersökningen – resultat på kommunal nivå",
//! 2021-06-21). No file of the layout has been tried.

use super::Source;
use super::published::{NO_HINTS, Published};
use crate::import::batch::Unit;
use crate::import::describe::{Kind, Perspective};
use crate::import::layout::Hints;

static TABLE: Published = Published {
    says: &[],
    hints: Hints {
        words: &["kommun", "otrygghet vid utevistelse sen kväll"],
        publisher: "Brå",
        dataset: "Nationella trygghetsundersökningen",
        unit: Some(Unit::Percent),
        ..NO_HINTS
    },
};

pub static SOURCE: Source = Source {
    id: "ntu_municipality",
    title: "Nationella trygghetsundersökningen (NTU) per kommun",
    kind: Kind::Statistics,
    perspective: Perspective::Residents,
    recognise: |look| TABLE.recognise(look),
    read: |gather| TABLE.read(gather),
};
