//! The crime tables that Brå publishes ready-made (`10La…`, `100La…`, `110Rn…`, `120…`, `P4…`, `220La…`): Lagrum in column A, Brottstyp in B.
//!
//! Header words from the open reader of these files, github.com/overjoyde/bra-kriminalstatistik, brastat/analysis/parse_bra.py (2026):
//! newer files have "Lagrum" in A2 and the labels in B; older ones have labels only and are read as any table. Footnote digits stand
//! glued to the labels. No file of the layout has been tried.

use super::Source;
use super::published::{NO_HINTS, Published};
use crate::import::batch::Unit;
use crate::import::describe::{Kind, Perspective};
use crate::import::layout::{Hints, Role};

static TABLE: Published = Published {
    says: &[],
    hints: Hints {
        words: &["lagrum", "brottstyp"],
        publisher: "Brå",
        dataset: "Anmälda brott, färdiga tabeller",
        roles: &[("lagrum", Role::Ignore), ("brottstyp", Role::Indicator)],
        unit: Some(Unit::Count),
        ..NO_HINTS
    },
};

pub static SOURCE: Source = Source {
    id: "bra_tables",
    title: "Brås färdiga tabeller över brott (Lagrum, Brottstyp)",
    kind: Kind::Statistics,
    perspective: Perspective::Police,
    recognise: |look| TABLE.recognise(look),
    read: |gather| TABLE.read(gather),
};
