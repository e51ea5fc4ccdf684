//! Folkhälsomyndigheten's public health data: shares with the ends of their intervals, and how many answered, as one dimension.
//!
//! The dimension "Andel och konfidensintervall" with "Andel", "Konfidensintervall nedre gräns", "Konfidensintervall övre gräns" and
//! "Antal svar", and years pooled as "2004-2007", are quoted by open scripts that fetch these tables. The file is PxWeb's. No file of
//! the publisher has been tried.

use super::Source;
use super::published::{NO_HINTS, Published};
use crate::import::batch::Unit;
use crate::import::describe::{Kind, Perspective};
use crate::import::layout::Hints;

static TABLE: Published = Published {
    says: &["andel och konfidensintervall", "konfidensintervall nedre gräns"],
    hints: Hints { publisher: "Folkhälsomyndigheten", dataset: "", unit: Some(Unit::Percent), ..NO_HINTS },
};

pub static SOURCE: Source = Source {
    id: "public_health",
    title: "Folkhälsomyndighetens folkhälsodata",
    kind: Kind::Statistics,
    perspective: Perspective::Residents,
    recognise: |look| TABLE.recognise(look),
    read: |gather| TABLE.read(gather),
};
