//! Statistics tables of any layout: where the tables stand, what every header level and label column means, and the values.
//!
//! A file whose format says all this itself (PC-Axis, JSON-stat) says it in [`Given`]; a publisher's recipe adds what the
//! header words cannot say in [`Hints`]. Everything else is read off the table: its frame, its headings level by level, the
//! part that each column plays (judged by all of its cells), and then the values row by row.

mod columns;
mod footnotes;
mod frame;
mod heading;
mod legend;
mod measure;
mod partial;
mod places;
mod plan;
mod read;
pub mod refuse;
mod rows;
mod several;
mod signs;
mod sums;
mod tell;
mod times;
mod unread;
mod words;

use super::batch::{Dataset, Unit};
use super::describe::Choice;
use super::gather::Gather;
use super::header;
use super::number::Decimal;
use super::sources::{Look, Recognition};
use crate::error::Error;
use plan::{Before, Plan};
pub use words::is_area_dimension;

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

/// Whose statistics a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// One municipality's own, years across.
    Local,
    /// Many places, or any statistics in long form.
    Wide,
}

/// Whether the file holds a statistics table; with [`Hints::words`], whether it is that publisher's.
pub fn recognise(look: &Look<'_>, hints: &Hints) -> Recognition {
    if !names_all(look, hints) {
        return Recognition::No;
    }
    let plans = plans(look, hints);
    let Some(first) = plans.first() else { return Recognition::No };
    let row = first.frame.body.start + 1;
    if hints.words.is_empty() {
        Recognition::Likely(format!("en tabell med områden, tider och värden från rad {row}"))
    } else {
        Recognition::Certain(format!("rubrikerna ovanför rad {row} är utgivarens egna"))
    }
}

/// Whether all of the hints' header words stand in the first rows of some sheet.
pub fn names_all(look: &Look<'_>, hints: &Hints) -> bool {
    hints.words.is_empty()
        || look.grid.sheets.iter().any(|sheet| {
            let words: Vec<String> = (0..sheet.rows().min(header::HEADER_WITHIN)).flat_map(|row| header::words(sheet, row)).collect();
            hints.words.iter().all(|wanted| words.iter().any(|word| word == wanted))
        })
}

/// Whether the file's first table is a municipality's own with years across, or wider.
pub fn reach(look: &Look<'_>) -> Option<Reach> {
    *look.reach.get_or_init(|| {
        let plans = plans(look, &Hints::default());
        let first = plans.first()?;
        let local = look.given.is_none() && first.periods_across() >= 2 && first.is_one_places_own();
        Some(if local { Reach::Local } else { Reach::Wide })
    })
}

/// Reads every table of the file.
pub fn read(gather: &mut Gather<'_>, hints: &Hints) {
    let look = Look::at(gather);
    let before = Before { hints, known: gather.known, given: gather.given };
    let mut plans = plans(&look, hints);
    several::leave_out_copies(gather, &mut plans);
    several::keep_apart(&mut plans);
    legend::find(gather, &plans);
    gather.batch.dataset = dataset(gather, &plans, hints);
    plans.iter_mut().for_each(|plan| settle_places(gather, plan));
    for plan in &plans {
        let start = gather.batch.values.len();
        let mut reader = read::Reader::new(gather, plan, before, plans.len() > 1);
        reader.run(gather);
        reader.table.sums = reader.sums.tell(gather, plan.index);
        tell::table(gather, plan, &reader, start);
        unread::mixed(gather, plan);
    }
    if gather.given.is_none() {
        unread::tell(gather, &plans);
    }
    several::name_the_rest(gather);
}

/// Asks whether names that are both counties' and municipalities' are the one or the other.
fn settle_places(gather: &mut Gather<'_>, plan: &mut Plan<'_>) {
    for column in 0..plan.parts.len() {
        let columns::Part::Area(places) = &plan.parts[column] else { continue };
        if !places.open {
            continue;
        }
        let letters = crate::error::column_letters(column);
        let example = plan.profiles[column].labels.iter().next().cloned().unwrap_or_default();
        let question = format!("Namnen i kolumn {letters}, till exempel ”{example}”, finns både som kommun och som län. Vilka är det?");
        let choices = vec![Choice::new("municipalities", "Kommuner"), Choice::new("counties", "Län (regioner)")];
        let cells = plan.frame.body.clone().take(3).map(|row| gather.doubt_cell(header::at(plan.index, row, column))).collect();
        let answer = gather.ask(&format!("places:{letters}"), question, choices, cells);
        if let (Some(answer), columns::Part::Area(places)) = (answer, &mut plan.parts[column]) {
            places.decide(answer == "counties");
        }
    }
}

/// Every table of every sheet that holds statistics.
fn plans<'g>(look: &Look<'g>, hints: &Hints) -> Vec<Plan<'g>> {
    let before = Before { hints, known: look.known, given: look.given };
    let mut plans = Vec::new();
    for (index, sheet) in look.grid.sheets.iter().enumerate() {
        if look.given.is_none() && matches!(refuse::kind(sheet, &look.known), Some(refuse::Kind::CodeBook | refuse::Kind::Definitions)) {
            continue;
        }
        for frame in frame::frames(sheet, &look.known, look.given).tables {
            plans.extend(plan::plan(sheet, index, frame, before));
        }
    }
    plans
}

/// Why the file holds nothing to read, if it is a list, a code book or an explanation.
pub fn refusal(name: &str, look: &Look<'_>) -> Option<Error> {
    if look.given.is_some() { None } else { refuse::refusal(name, look.grid, &look.known) }
}

/// Why a table that nobody knows cannot be read, if the layout shows it.
pub fn unreadable(name: &str, look: &Look<'_>) -> Option<Error> {
    let first = look.grid.sheets.first()?;
    refuse::headless(name, first, &frame::frames(first, &look.known, look.given))
}

/// The publisher's statistic: from the recipe, from the format, else by the table's title.
fn dataset(gather: &Gather<'_>, plans: &[Plan<'_>], hints: &Hints) -> Dataset {
    let given = gather.given.and_then(|given| given.publisher.clone());
    let publisher = Some(hints.publisher.to_owned()).filter(|name| !name.is_empty()).or(given);
    let title = plans.iter().find_map(|plan| plan.frame.titles.first().cloned()).filter(|title| !title.trim().is_empty());
    let name = Some(hints.dataset.to_owned()).filter(|name| !name.is_empty()).or(title);
    Dataset {
        publisher: publisher.unwrap_or_else(|| "Okänd utgivare".to_owned()),
        name: name.unwrap_or_else(|| "Statistik per område och år".to_owned()),
    }
}
