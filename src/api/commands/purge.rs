//! Commands of Underlag: *Rensa*, which really removes what has been read in.

use super::super::Outcome;
use super::super::requests::*;
use crate::error::Result;
use crate::file::{LagesbildFile, Op, Tx};
use crate::picture::figures;
use crate::store::purge;

pub fn purge_source(file: &mut LagesbildFile, request: PurgeSource) -> Result<Outcome<PurgeReport>> {
    all(file, &[request.id], request.dry_run)
}

pub fn purge_removed(file: &mut LagesbildFile, request: PurgeRemoved) -> Result<Outcome<PurgeReport>> {
    let ids = purge::switched_off(file.conn())?;
    all(file, &ids, request.dry_run)
}

fn all(file: &mut LagesbildFile, ids: &[u32], dry_run: bool) -> Result<Outcome<PurgeReport>> {
    let copies = file.copies().iter().map(|path| path.to_string_lossy().into_owned()).collect();
    if ids.is_empty() {
        return Ok(Outcome::read(PurgeReport { copies, ..PurgeReport::default() }));
    }
    if dry_run {
        let report = file.rehearse(|tx| removed(tx, ids))?;
        return Ok(Outcome::read(PurgeReport { copies, ..report }));
    }
    let done = file.erase(Op::Purge { sources: ids.len() }, |tx| removed(tx, ids))?;
    Ok(Outcome { value: PurgeReport { copies, ..done.value }, stale: done.stale.into_iter().collect() })
}

fn removed(tx: &mut Tx, ids: &[u32]) -> Result<PurgeReport> {
    let mut report = PurgeReport { sources: ids.len() as u32, ..PurgeReport::default() };
    for &id in ids {
        report.figures += figures::forget_source(tx, id)?;
        for (table, rows) in purge::source(tx, id)? {
            *report.rows.entry(table).or_default() += rows;
        }
    }
    Ok(report)
}
