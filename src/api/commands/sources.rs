//! Commands of Underlag: what has been read in, its cells, and taking it away.

use super::super::Outcome;
use super::super::requests::*;
use super::changed;
use super::notes::{day, refuse_people};
use crate::error::{Error, Result};
use crate::file::{LagesbildFile, Op};
use crate::picture::cells::context;
use crate::picture::views::CellContext;
use crate::store::sources as held;
use crate::store::{events, observations, reports, surveys};
use crate::swedish;

pub fn remove_source(file: &mut LagesbildFile, request: RemoveSource) -> Result<Outcome<Nothing>> {
    let name = held::by_id(file.conn(), request.id)?.ok_or_else(|| Error::not_found("Underlaget"))?.file_name;
    let done = file.transact(Op::RemoveSource { file_name: name }, |tx| held::switch_off(tx, request.id))?;
    Ok(Outcome { value: Nothing {}, stale: done.stale.into_iter().collect() })
}

pub fn edit_source(file: &mut LagesbildFile, r: EditSource) -> Result<Outcome<Nothing>> {
    let mut source = held::by_id(file.conn(), r.id)?.ok_or_else(|| Error::not_found("Underlaget"))?;
    refuse_people([&r.title, &r.owner, &r.network].into_iter().flatten().map(String::as_str))?;
    if r.title.as_deref().is_some_and(|title| title.trim().is_empty()) {
        return Err(Error::not_allowed("Underlaget behöver ett namn."));
    }
    let before = source.title.clone();
    source.title = r.title.map_or(before.clone(), |title| title.trim().to_owned());
    source.perspective = r.perspective.unwrap_or(source.perspective);
    source.owner = r.owner.map_or(source.owner, |owner| owner.trim().to_owned());
    source.network = r.network.map_or(source.network, |network| network.trim().to_owned());
    source.sent_out = r.sent_out.map_or(source.sent_out, |asked| Some(asked).filter(|asked| *asked > 0));
    source.remove_by = if r.remove_by.is_some() { day(r.remove_by)? } else { source.remove_by };
    changed(file, Op::EditSource { title: before }, |tx| held::update(tx, &source))
}

pub fn sources(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<Vec<SourceView>>> {
    let conn = file.conn();
    let views = held::live(conn)?.into_iter().map(|s| {
        let holds = match s.kind.as_str() {
            "survey" => swedish::counted(u64::from(surveys::respondents(conn, s.id)?), "svarande", "svarande"),
            "field_reports" => swedish::counted(u64::from(reports::count_of(conn, s.id)?), "rapport", "rapporter"),
            "events" => swedish::counted(u64::from(events::count_of(conn, s.id)?), "händelse", "händelser"),
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
            owner: s.owner,
            network: s.network,
            remove_by: s.remove_by,
            area: s.area,
            report,
        })
    });
    Ok(Outcome::read(views.collect::<Result<_>>()?))
}

pub fn cells(file: &mut LagesbildFile, r: CellsOf) -> Result<Outcome<CellContext>> {
    Ok(Outcome::read(context(file.conn(), r.source, &r.sheet, r.row, r.last_row, &r.column)?))
}
