//! Kolada's key figures in long form, as its interface and the packages that fetch from it write them.
//!
//! Words: `kpi, municipality, period, gender, value` (api.kolada.se, v2 and v3) and `kpi, municipality_id, year, gender, value` (the R
//! package rKolada). Municipalities are codes, 0000 is the country, and gender is T, K or M. What a figure counts is not in the file.

use super::published::{NO_HINTS, Published};
use super::{Look, Recognition, Source};
use crate::import::describe::{Kind, Perspective};
use crate::import::gather::Gather;
use crate::import::layout::{Hints, Role};

const KOLADA: Hints = Hints { publisher: "Kolada", dataset: "Nyckeltal", ..NO_HINTS };

static INTERFACE: Published = Published {
    says: &[],
    hints: Hints {
        words: &["kpi", "municipality", "period", "value"],
        roles: &[
            ("kpi", Role::Indicator),
            ("municipality", Role::Area),
            ("period", Role::Period),
            ("gender", Role::Breakdown),
            ("value", Role::Value),
            ("count", Role::Ignore),
            ("status", Role::Ignore),
        ],
        ..KOLADA
    },
};

static PACKAGE: Published = Published {
    says: &[],
    hints: Hints {
        words: &["kpi", "municipality_id", "year", "value"],
        roles: &[
            ("kpi", Role::Indicator),
            ("municipality_id", Role::Area),
            ("municipality", Role::Ignore),
            ("municipality_type", Role::Ignore),
            ("year", Role::Period),
            ("gender", Role::Breakdown),
            ("value", Role::Value),
            ("count", Role::Ignore),
            ("status", Role::Ignore),
        ],
        ..KOLADA
    },
};

pub static SOURCE: Source = Source {
    id: "kolada_long",
    title: "Koladas nyckeltal i lång form (kpi, municipality, period, value)",
    kind: Kind::Statistics,
    perspective: Perspective::Reference,
    recognise: |look| match INTERFACE.recognise(look) {
        Recognition::No => PACKAGE.recognise(look),
        certain => certain,
    },
    read,
};

fn read(gather: &mut Gather<'_>) {
    let look = Look::at(gather);
    let table = if INTERFACE.recognise(&look) == Recognition::No { &PACKAGE } else { &INTERFACE };
    table.read(gather);
}
