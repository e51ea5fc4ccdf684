//! Surveys of pupils' drug habits (CAN's school survey and its local editions): årskurs 9 and gymnasiet år 2, boys and girls, percent.
//!
//! Words as in the published reports and their table appendices (CAN, "Skolelevers drogvanor"). No table file has been tried.

use super::Source;
use super::published::{NO_HINTS, Published};
use crate::import::batch::Unit;
use crate::import::describe::{Kind, Perspective};
use crate::import::layout::Hints;

static TABLE: Published = Published {
    says: &["skolelevers drogvanor", "drogvaneundersökning", "cans skolundersökning", "can:s skolundersökning"],
    hints: Hints { publisher: "CAN", dataset: "Skolelevers drogvanor", unit: Some(Unit::Percent), ..NO_HINTS },
};

pub static SOURCE: Source = Source {
    id: "drug_survey",
    title: "drogvaneundersökningar bland skolelever (CAN)",
    kind: Kind::Statistics,
    perspective: Perspective::Residents,
    recognise: |look| TABLE.recognise(look),
    read: |gather| TABLE.read(gather),
};
