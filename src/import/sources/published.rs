//! A publisher's table that the general layout reads: its own words tell whose it is, and what they leave unsaid is said here.

use super::{Look, Recognition};
use crate::import::batch::{Reading, SeriesRef, Unit};
use crate::import::gather::Gather;
use crate::import::grid::Sheet;
use crate::import::header;
use crate::import::layout::{self, Hints};

pub struct Published {
    /// Words of which one stands in a title, a header or a sheet's name, lower case. Empty: the header words are enough.
    pub says: &'static [&'static str],
    pub hints: Hints,
}

pub const NO_HINTS: Hints = Hints { words: &[], publisher: "", dataset: "", decimal: None, roles: &[], indicator: None, unit: None };

impl Published {
    pub fn recognise(&self, look: &Look<'_>) -> Recognition {
        let own = |sheet: &&Sheet| says(sheet, self.says) && heads(sheet, self.hints.words);
        let Some(sheet) = look.grid.sheets.iter().find(own) else { return Recognition::No };
        match layout::recognise(look, &self.hints) {
            Recognition::No => Recognition::No,
            _ if sheet.name.is_empty() => Recognition::Certain("utgivarens egna ord står i filen".to_owned()),
            _ => Recognition::Certain(format!("utgivarens egna ord står på bladet ”{}”", sheet.name)),
        }
    }

    pub fn read(&self, gather: &mut Gather<'_>) {
        layout::read(gather, &self.hints);
        leave_out_bounds(gather);
    }
}

/// Whether a sheet's name or one of its first rows holds one of the phrases.
fn says(sheet: &Sheet, phrases: &[&str]) -> bool {
    let within = |text: &str| {
        let text = text.to_lowercase().replace('\u{a0}', " ");
        phrases.iter().any(|phrase| text.contains(phrase))
    };
    let first = 0..sheet.rows().min(header::HEADER_WITHIN);
    phrases.is_empty()
        || within(&sheet.name)
        || first.into_iter().any(|row| sheet.cells(row).any(|cell| cell.as_text().is_some_and(within)))
}

/// Rows that a header can have.
const HEADER_ROWS: usize = 3;

/// Whether all words stand in the header: in one row, or in a few under each other.
fn heads(sheet: &Sheet, wanted: &[&str]) -> bool {
    let rows = sheet.rows().min(header::HEADER_WITHIN);
    let words: Vec<Vec<String>> = (0..rows).map(|row| header::words(sheet, row)).collect();
    let stands = |rows: &[Vec<String>], wanted: &str| rows.iter().flatten().any(|word| word == wanted);
    wanted.is_empty() || (0..rows).any(|row| wanted.iter().all(|word| stands(&words[row..(row + HEADER_ROWS).min(rows)], word)))
}

/// The ends of an interval say how sure a value is; they are no values of their own.
fn leave_out_bounds(gather: &mut Gather<'_>) {
    let bounds: Vec<bool> = gather.batch.series.iter().map(|series| any_label(gather, *series, is_bound)).collect();
    let answers: Vec<bool> = gather.batch.series.iter().map(|series| any_label(gather, *series, is_answers)).collect();
    for (series, answers) in gather.batch.series.iter_mut().zip(answers) {
        if answers {
            series.unit = Unit::Count;
        }
    }
    let out = |series: u32| bounds.get(series as usize).copied().unwrap_or_default();
    let left = gather.batch.values.iter().filter(|value| out(value.series));
    let (count, missing) =
        left.fold((0, 0), |(all, gone), value| (all + 1, gone + u32::from(matches!(value.reading, Reading::Missing(_)))));
    if count == 0 {
        return;
    }
    gather.batch.values.retain(|value| !out(value.series));
    gather.tally.stored -= count;
    gather.tally.missing -= missing;
    gather.tally.skipped += count;
    gather.prove(format!("{count} celler är konfidensintervallens gränser. De finns kvar i rutnätet men är inga egna värden."));
}

fn any_label(gather: &Gather<'_>, series: SeriesRef, is: fn(&str) -> bool) -> bool {
    let path = gather.batch.indicators.get(series.indicator as usize).map(|indicator| indicator.path.as_slice()).unwrap_or_default();
    let breakdown = gather.batch.breakdowns.get(series.breakdown as usize);
    path.iter().chain(breakdown.into_iter().flat_map(|breakdown| breakdown.values())).any(|label| is(&label.to_lowercase()))
}

fn is_bound(label: &str) -> bool {
    let interval = ["konfidensintervall", "osäkerhetsintervall", "felmarginal"].iter().any(|word| label.contains(word));
    let end = ["nedre", "undre", "övre", "lägre", "högre"].iter().any(|word| label.contains(word));
    (interval && end) || label.contains("nedre gräns") || label.contains("undre gräns") || label.contains("övre gräns")
}

fn is_answers(label: &str) -> bool {
    matches!(label.trim(), "antal svar" | "antal svarande" | "n")
}
