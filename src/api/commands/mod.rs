//! What each command does: opens the transaction if it changes something, and calls the stages. No logic of its own.

mod answers;
mod documents;
mod field;
mod memory;
mod notes;
mod pictures;
mod preview;
mod purge;
mod reading;
mod rejected;
mod revised;
mod sources;
mod summary;
mod typed;
mod work;

pub use answers::{edit_question, questions};
pub use documents::document;
pub use field::{add_report, categories, edit_report, remove_report, reports, set_category_theme, themes};
pub use memory::{forget_recipe, recipes};
pub use notes::{add_note, edit_note, notes, remove_note};
pub use pictures::{chart_picture, save_chart};
pub use purge::{purge_removed, purge_source};
pub use reading::{import, inspect};
pub use rejected::save_rejections;
pub use sources::{cells, edit_source, remove_source, sources};
pub use typed::{read_pasted, read_typed_table, save_typed_table, typed_table};
pub use work::*;

use super::Outcome;
use super::requests::*;
use crate::error::{Error, Result};
use crate::file::{Done, LagesbildFile, Op, Tx};
use crate::picture::figures;
use crate::picture::neighbours::Neighbours;
use crate::picture::question::{FigureView, Point, SourceCell};
use crate::picture::statistics::harm::Lens;
use crate::picture::views::{Overview, Profile};
use crate::store::settings::{self, Municipality};
use crate::store::{history as past, observations, problems, purge as purging, sources as held};
use crate::{agreement, picture, priorities, reference};

/// What a new file holds from the start: its municipalities, Brå's grounds, an empty agreement between the parties.
pub fn found(file: &mut LagesbildFile, names: &[String]) -> Result<()> {
    let practice = names.iter().map(|n| n.trim()).filter(|n| !n.is_empty() && reference::find(n).is_none());
    let neighbours: Vec<String> = practice.map(str::to_owned).collect();
    // A slip of the pen must not make a real municipality an invented one.
    if let Some((name, meant)) = neighbours.iter().find_map(|name| Some((name, reference::meant(name)?))) {
        return Err(Error::not_allowed(format!("Det finns ingen kommun som heter ”{name}”. Menade du {}?", meant.name))
            .hint("Ska det vara en övningskommun, ge den ett namn som inte liknar en riktig."));
    }
    found_with(file, names, &neighbours)
}

/// The same; `practice` are invented municipalities that files may name, whether or not the file is about them.
pub fn found_with(file: &mut LagesbildFile, names: &[String], practice: &[String]) -> Result<()> {
    if names.iter().all(|n| n.trim().is_empty()) {
        return Err(Error::not_allowed("Ange minst en kommun."));
    }
    file.transact(Op::NewFile, |tx| {
        for name in names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
            let known = reference::find(name);
            settings::add_municipality(
                tx,
                &Municipality {
                    name: known.map_or(name, |m| m.name).to_owned(),
                    code: known.map(|m| m.code.to_owned()),
                    practice: known.is_none(),
                },
            )?;
        }
        settings::set(tx, PRACTICE, &serde_json::to_string(practice)?)?;
        priorities::matrix::found(tx)?;
        agreement::found(tx)
    })?;
    // Undoing the founding would leave a file about nothing.
    file.seal()
}

/// Setting: names of invented municipalities that files may hold, JSON array.
const PRACTICE: &str = "practice";

pub(super) fn practice_names(file: &LagesbildFile) -> Result<Vec<String>> {
    Ok(settings::get(file.conn(), PRACTICE)?.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default())
}

/// The municipality asked about: the file's first when none is named.
pub(super) fn area(file: &LagesbildFile, named: Option<&str>) -> Result<String> {
    let own = settings::municipalities(file.conn())?;
    match named {
        Some(name) => Ok(reference::find(name).map_or(name, |m| m.name).to_owned()),
        None => own.into_iter().next().map(|m| m.name).ok_or_else(|| Error::not_found("Kommunen")),
    }
}

/// Most changes make one thing and answer its id.
fn made(done: Done<String>) -> Outcome<Made> {
    Outcome { value: Made { id: done.value }, stale: done.stale.into_iter().collect() }
}

fn changed(file: &mut LagesbildFile, op: Op, work: impl FnOnce(&mut Tx) -> Result<()>) -> Result<Outcome<Nothing>> {
    Ok(file.transact(op, |tx| work(tx).map(|()| Nothing {}))?.into())
}

pub fn status(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<FileStatus>> {
    let conn = file.conn();
    let own = settings::municipalities(conn)?;
    let names: Vec<String> = own.iter().map(|m| m.name.clone()).collect();
    Ok(Outcome::read(FileStatus {
        title: crate::swedish::list(&names),
        path: file.path().map(|p| p.to_string_lossy().into_owned()),
        held_by: file.held_by().map(str::to_owned),
        practice: own.iter().any(|m| m.practice),
        municipalities: names,
        undo: past::next_undo(conn)?,
        redo: past::next_redo(conn)?,
        due: purging::due(conn, &file.context().today().to_string())?,
        removed: purging::switched_off(conn)?.len() as u32,
        today: file.context().today().to_string(),
        sources: held::live(conn)?.len() as u32,
        values: observations::count(conn)?,
        problems: problems::all(conn)?.len() as u32,
        decisions: problems::decisions(conn)?.len() as u32,
    }))
}

pub fn history(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<Vec<HistoryLine>>> {
    let lines = past::all(file.conn())?;
    Ok(Outcome::read(lines.into_iter().map(|l| HistoryLine { at: l.at, label: l.label, state: l.state }).collect()))
}

pub fn undo(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<UndoReport>> {
    let done = file.undo()?;
    Ok(Outcome { value: UndoReport { label: done.value }, stale: done.stale.into_iter().collect() })
}

pub fn redo(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<UndoReport>> {
    let done = file.redo()?;
    Ok(Outcome { value: UndoReport { label: done.value }, stale: done.stale.into_iter().collect() })
}

pub fn check(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<CheckReport>> {
    let faults = file.check()?;
    Ok(Outcome::read(CheckReport { sound: faults.is_empty(), faults }))
}

pub fn overview(file: &mut LagesbildFile, request: InArea) -> Result<Outcome<Overview>> {
    let area = area(file, request.area.as_deref())?;
    Ok(Outcome::read(picture::overview::overview(file.conn(), &area)?))
}

pub fn profile(file: &mut LagesbildFile, request: ThemeIn) -> Result<Outcome<Profile>> {
    let area = area(file, request.area.as_deref())?;
    Ok(Outcome::read(picture::profile::profile(file.conn(), &area, &request.theme)?))
}

pub fn ask(file: &mut LagesbildFile, request: Ask) -> Result<Outcome<FigureView>> {
    Ok(Outcome::read(picture::view(file.conn(), &request.question)?))
}

pub fn neighbours(file: &mut LagesbildFile, request: InArea) -> Result<Outcome<Neighbours>> {
    let area = area(file, request.area.as_deref())?;
    Ok(Outcome::read(picture::neighbours::neighbours(file.conn(), &area)?))
}

pub fn choose_group(file: &mut LagesbildFile, request: ChooseGroup) -> Result<Outcome<Nothing>> {
    let area = area(file, request.area.as_deref())?;
    let practice = practice_names(file)?;
    let op = Op::ChooseGroup { area: area.clone() };
    changed(file, op, |tx| picture::neighbours::choose(tx, &area, &request.members, &practice))
}

pub fn harm(file: &mut LagesbildFile, request: InArea) -> Result<Outcome<Lens>> {
    let area = area(file, request.area.as_deref())?;
    Ok(Outcome::read(picture::crimes::harm(file.conn(), &area)?))
}

/// Clause ← decision ← problem ← figure ← source cells.
pub fn trace(file: &mut LagesbildFile, request: TraceFigure) -> Result<Outcome<Trace>> {
    let conn = file.conn();
    let figure = figures::find(conn, &request.figure)?;
    let problem = figure.problem.as_deref().map(|id| problems::by_id(conn, id)).transpose()?;
    let decision = problem.as_ref().map(|p| problems::decision_of(conn, &p.id)).transpose()?.flatten();
    let view = agreement::view(conn)?;
    let mut clauses = Vec::new();
    for area in view.focus_areas.iter().filter(|a| a.area.decision.is_some() && a.area.decision == decision.as_ref().map(|d| d.id.clone()))
    {
        clauses.push(format!("Fokusområde: {}", area.area.name));
        clauses.extend(area.goals.iter().map(|g| format!("Mål: {}", g.goal.text)));
        clauses.extend(area.commitments.iter().map(|c| c.sentence.clone()));
    }
    let cells = ends(&figure.answer.points);
    let contexts = picture::cells::contexts(conn, &cells)?;
    Ok(Outcome::read(Trace { problem: problem.map(|p| p.title), decision, clauses, contexts, figure }))
}

/// The cells of the first and the last period: a development rests on both ends.
fn ends(points: &[Point]) -> Vec<SourceCell> {
    let told: Vec<&Point> = points.iter().filter(|p| p.value.is_some()).collect();
    let first = told.first().filter(|_| told.len() > 1);
    told.last().or(points.last().as_ref()).into_iter().chain(first).flat_map(|p| p.cells.clone()).collect()
}
