//! Statistics tables of any layout: where the tables stand, what every header level and stub column means, and the values.
//!
//! A file whose format says all this itself (PC-Axis, JSON-stat) says it in [`Given`]; a publisher's recipe adds what the
//! header words cannot say in [`Hints`]. Everything else is read off the table.

use super::batch::Unit;
use super::gather::Gather;
use super::number::Decimal;
use super::sources::{Look, Recognition, tidy, years_across};

/// What the format itself says about the only sheet's table, so that nothing has to be found out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// Header rows at the top of the sheet; the data follows at once and reaches to the last row.
    pub header_rows: usize,
    /// Label columns at the left of the sheet.
    pub stub_columns: usize,
    /// The dimensions' names: first those of the stub columns from the left, then those of the header rows from the top.
    pub level_names: Vec<String>,
    pub title: String,
    /// The unit's word, if the format has one for the whole table.
    pub unit: Option<String>,
    pub publisher: Option<String>,
}

/// What a recipe knows of its publisher beyond the table: names and habits, never places, years or counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints {
    /// Header words that all must stand in the header rows (as [`super::header::word`] writes them) for the file to be this
    /// publisher's with certainty. Empty: the generic source.
    pub words: &'static [&'static str],
    /// Empty: the file says it, or nobody.
    pub publisher: &'static str,
    /// Name of the statistic. Empty: the table's title.
    pub dataset: &'static str,
    /// The decimal sign this publisher is known to write.
    pub decimal: Option<Decimal>,
    /// Header words whose column or level has a role that its content does not tell.
    pub roles: &'static [(&'static str, Role)],
    /// The indicator of a value column whose header only names a unit.
    pub indicator: Option<&'static str>,
    /// The unit of value columns that name none.
    pub unit: Option<Unit>,
}

/// What a column of labels or a level of the header says about the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Area,
    Period,
    Unit,
    Indicator,
    Breakdown,
    /// Says nothing that belongs to the value: a code beside a name, a running number, a constant total.
    Ignore,
    Value,
}

/// Whether the file holds a statistics table; with [`Hints::words`], whether it is that publisher's.
pub fn recognise(look: &Look<'_>, _hints: &Hints) -> Recognition {
    match years_across::recognise(look) {
        Recognition::No => tidy::recognise(look),
        found => found,
    }
}

/// Reads every table of the file.
pub fn read(gather: &mut Gather<'_>, _hints: &Hints) {
    let look = Look { grid: gather.grid, known: gather.known, given: gather.given };
    match years_across::recognise(&look) {
        Recognition::No => tidy::read(gather),
        _ => years_across::read(gather),
    }
}
