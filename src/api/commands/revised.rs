//! What an import changed, told in its report: which values, what they were, and which file counts now.

use super::super::requests::*;
use crate::error::{Result, column_letters};
use crate::import::batch::Dataset;
use crate::store::revisions::{self, Held, Revision};
use crate::store::{grid, sources};
use crate::swedish;
use rusqlite::Connection;

/// Fills in what became of values that were there before `source`. Nothing in common with them: nothing to tell.
pub(super) fn tell(conn: &Connection, source: u32, dataset: &Dataset, report: &mut ImportReport) -> Result<()> {
    if report.changed + report.same == 0 {
        return Ok(());
    }
    let found = revisions::of_source(conn, source, dataset)?;
    report.settled = found.settled;
    report.missing = found.missing;
    report.changes = found.changes.iter().map(|revision| change(conn, revision)).collect::<Result<_>>()?;
    report.gone = found.gone.iter().map(|revision| change(conn, revision)).collect::<Result<_>>()?;
    if found.older {
        report.warnings.push(older(report.changed, found.unsettled));
    }
    Ok(())
}

/// The file read last counts, whatever its age: a person must see that, and can undo it.
fn older(changed: u32, unsettled: u32) -> String {
    let changed = swedish::counted(u64::from(changed), "värde", "värden");
    let why = match unsettled {
        0 => "den slutar tidigare än underlaget som den ändrar".to_owned(),
        n => format!("den har {} där slutliga redan fanns", swedish::counted(u64::from(n), "preliminärt värde", "preliminära värden")),
    };
    format!(
        "Filen ser ut att vara äldre: {why}. Den ändrar {changed}, och det som lästes in sist gäller. Ångra om det äldre inte ska gälla."
    )
}

fn change(conn: &Connection, revision: &Revision) -> Result<Change> {
    Ok(Change {
        area: revision.area.clone(),
        indicator: revision.indicator.clone(),
        breakdown: serde_json::from_str(&revision.breakdown)?,
        unit: revision.unit.clone(),
        period: revision.period.clone(),
        before: standing(&revision.before),
        after: revision.after.as_ref().map(standing),
        cell: ChangedCell {
            source: revision.source,
            file: sources::by_id(conn, revision.source)?.map(|source| source.file_name).unwrap_or_default(),
            sheet: grid::sheet_name(conn, revision.source, revision.sheet)?,
            row: revision.row,
            column: column_letters(revision.column.saturating_sub(1) as usize),
        },
    })
}

fn standing(held: &Held) -> Standing {
    Standing { value: held.value, missing: held.missing.clone(), preliminary: held.preliminary }
}
