//! Commands of Underlag: what has been read in, its cells, and taking it away.

use super::super::Outcome;
use super::super::requests::*;
use crate::error::{Error, Result};
use crate::file::{LagesbildFile, Op};
use crate::picture::cells::context;
use crate::picture::views::CellContext;
use crate::store::sources as held;
use crate::store::{observations, reports, surveys};
use crate::swedish;

pub fn remove_source(file: &mut LagesbildFile, request: RemoveSource) -> Result<Outcome<Nothing>> {
    let name = held::by_id(file.conn(), request.id)?.ok_or_else(|| Error::not_found("Underlaget"))?.file_name;
    let done = file.transact(Op::RemoveSource { file_name: name }, |tx| held::switch_off(tx, request.id))?;
    Ok(Outcome { value: Nothing {}, stale: done.stale.into_iter().collect() })
}

pub fn sources(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<Vec<SourceView>>> {
    let conn = file.conn();
    let views = held::live(conn)?.into_iter().map(|s| {
        let holds = match s.kind.as_str() {
            "survey" => swedish::counted(u64::from(surveys::respondents(conn, s.id)?), "svarande", "svarande"),
            "field_reports" => swedish::counted(u64::from(reports::count_of(conn, s.id)?), "rapport", "rapporter"),
            _ => swedish::counted(u64::from(observations::count_of(conn, s.id)?), "värde", "värden"),
        };
        let report = serde_json::from_str(&s.report)?;
        let (id, perspective, kind, title) = (s.id, s.perspective, s.kind, s.title);
        Ok(SourceView {
            id,
            perspective,
            kind,
            title,
            publisher: s.publisher,
            file: s.file_name,
            retrieved: s.retrieved,
            holds,
            sent_out: s.sent_out,
            report,
        })
    });
    Ok(Outcome::read(views.collect::<Result<_>>()?))
}

pub fn cells(file: &mut LagesbildFile, r: CellsOf) -> Result<Outcome<CellContext>> {
    Ok(Outcome::read(context(file.conn(), r.source, &r.sheet, r.row, r.last_row, &r.column)?))
}
