//! The national crime survey (NTU) by county: sheets R4.1, R4.2 …, each with years across and the latest year's interval at the end.
//!
//! Layout from an open importer of `ntu_lan_2017_2025.xlsx` (a PHP command `ingest:ntu`, found in public code): groups ("Samtliga
//! 16–84 år", "Män", "Kvinnor") in A, "Hela landet" and the counties in B, years in row 3 from C, the interval's ends in the two
//! columns after the last year. No file of the layout has been tried.

use super::Source;
use super::published::{NO_HINTS, Published};
use crate::import::batch::Unit;
use crate::import::describe::{Kind, Perspective};
use crate::import::layout::Hints;

static TABLE: Published = Published {
    says: &["nationella trygghetsundersökningen", "ntu 20", "samtliga 16–84 år", "samtliga 16-84 år"],
    hints: Hints { publisher: "Brå", dataset: "Nationella trygghetsundersökningen", unit: Some(Unit::Percent), ..NO_HINTS },
};

pub static SOURCE: Source = Source {
    id: "ntu_county",
    title: "Nationella trygghetsundersökningen (NTU) per län",
    kind: Kind::Statistics,
    perspective: Perspective::Residents,
    recognise: |look| TABLE.recognise(look),
    read: |gather| TABLE.read(gather),
};
