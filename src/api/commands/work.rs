//! Commands of Prioritera, Överenskommelse and Följ upp.

use super::super::Outcome;
use super::super::requests::*;
use super::{area, changed, made};
use crate::agreement::model::{AgreementView, Commitment, FocusArea, Goal, Party};
use crate::agreement::{self as deal, validity};
use crate::error::{Error, Result};
use crate::file::{LagesbildFile, Op};
use crate::follow_up::model::{CheckIn, FollowUp};
use crate::priorities::model::{Decision, Priorities, Slip};
use crate::priorities::{self as order, rounds};
use crate::store::agreements::{self, Head};
use crate::store::problems;
use crate::{follow_up as after, picture};

fn title_of(file: &LagesbildFile, problem: &str) -> Result<String> {
    Ok(problems::by_id(file.conn(), problem)?.title)
}

pub fn priorities(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<Priorities>> {
    let area = area(file, None)?;
    Ok(Outcome::read(order::priorities(file.conn(), &area)?))
}

pub fn add_problem(file: &mut LagesbildFile, request: NewProblem) -> Result<Outcome<Made>> {
    let area = area(file, None)?;
    let op = Op::AddProblem { title: request.title.clone() };
    Ok(made(file.transact(op, |tx| order::add(tx, &area, &request.title, &request.description, request.theme.as_deref()))?))
}

pub fn edit_problem(file: &mut LagesbildFile, request: EditProblem) -> Result<Outcome<Nothing>> {
    if request.title.trim().is_empty() {
        return Err(Error::not_allowed("Problemet behöver en rubrik."));
    }
    let op = Op::EditProblem { title: request.title.clone() };
    changed(file, op, |tx| problems::update(tx, &request.id, request.title.trim(), &request.description))
}

pub fn remove_problem(file: &mut LagesbildFile, request: ById) -> Result<Outcome<Nothing>> {
    let op = Op::RemoveProblem { title: title_of(file, &request.id)? };
    changed(file, op, |tx| problems::delete(tx, &request.id))
}

pub fn pin_figure(file: &mut LagesbildFile, request: Pin) -> Result<Outcome<Made>> {
    picture::ask(file.conn(), &request.question)?;
    let op = Op::PinFigure { title: title_of(file, &request.problem)? };
    Ok(made(file.transact(op, |tx| order::pin(tx, &request.problem, &request.question))?))
}

pub fn assess(file: &mut LagesbildFile, request: Assess) -> Result<Outcome<Nothing>> {
    if request.level.is_some_and(|l| !(1..=4).contains(&l)) {
        return Err(Error::not_allowed("Bedömningen ska vara 1 till 4."));
    }
    changed(file, Op::Assess, |tx| problems::assess(tx, &request.problem, &request.criterion, request.level))
}

pub fn start_round(file: &mut LagesbildFile, request: StartRound) -> Result<Outcome<Made>> {
    Ok(made(file.transact(Op::StartRound, |tx| rounds::start(tx, request.voters))?))
}

pub fn enter_slip(file: &mut LagesbildFile, request: Slip) -> Result<Outcome<Nothing>> {
    changed(file, Op::EnterSlip { slip: request.slip }, |tx| rounds::enter(tx, &request))
}

pub fn withdraw_slip(file: &mut LagesbildFile, request: WithdrawSlip) -> Result<Outcome<Nothing>> {
    changed(file, Op::WithdrawSlip { slip: request.slip }, |tx| rounds::withdraw(tx, &request.round, request.slip))
}

pub fn reveal_round(file: &mut LagesbildFile, request: ById) -> Result<Outcome<Nothing>> {
    changed(file, Op::RevealRound, |tx| rounds::reveal(tx, &request.id))
}

pub fn decide(file: &mut LagesbildFile, request: Decision) -> Result<Outcome<Made>> {
    let op = Op::Decide { title: title_of(file, &request.problem)? };
    Ok(made(file.transact(op, |tx| order::decide(tx, &request))?))
}

pub fn agreement(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<AgreementView>> {
    Ok(Outcome::read(deal::view(file.conn())?))
}

pub fn edit_agreement(file: &mut LagesbildFile, r: EditAgreement) -> Result<Outcome<Nothing>> {
    validity::check(&r.validity)?;
    if r.title.trim().is_empty() {
        return Err(Error::not_allowed("Överenskommelsen behöver en rubrik."));
    }
    let id = agreements::head(file.conn())?.map(|h| h.id).unwrap_or_default();
    let head = Head { id, title: r.title, purpose: r.purpose, follow_up: r.follow_up, validity: r.validity, registry: r.registry };
    changed(file, Op::EditAgreement, |tx| agreements::save_head(tx, &head))
}

pub fn edit_party(file: &mut LagesbildFile, party: Party) -> Result<Outcome<Made>> {
    if party.name.trim().is_empty() {
        return Err(Error::not_allowed("Parten behöver ett namn."));
    }
    let name = party.name.clone();
    let op = if party.id.is_empty() { Op::AddParty { name } } else { Op::EditParty { name } };
    Ok(made(file.transact(op, |tx| agreements::save_party(tx, &party))?))
}

pub fn remove_party(file: &mut LagesbildFile, request: ById) -> Result<Outcome<Nothing>> {
    let name = agreements::parties(file.conn())?.into_iter().find(|p| p.id == request.id).map(|p| p.name).unwrap_or_default();
    changed(file, Op::RemoveParty { name }, |tx| deal::remove_party(tx, &request.id))
}

pub fn edit_focus_area(file: &mut LagesbildFile, area: FocusArea) -> Result<Outcome<Made>> {
    let name = area.name.clone();
    let op = if area.id.is_empty() { Op::AddFocusArea { name } } else { Op::EditFocusArea { name } };
    Ok(made(file.transact(op, |tx| deal::save_focus_area(tx, area))?))
}

pub fn remove_focus_area(file: &mut LagesbildFile, request: ById) -> Result<Outcome<Nothing>> {
    let name = agreements::focus_areas(file.conn())?.into_iter().find(|a| a.id == request.id).map(|a| a.name).unwrap_or_default();
    changed(file, Op::RemoveFocusArea { name }, |tx| agreements::delete_focus_area(tx, &request.id))
}

pub fn edit_goal(file: &mut LagesbildFile, goal: Goal) -> Result<Outcome<Made>> {
    if goal.text.trim().is_empty() {
        return Err(Error::not_allowed("Skriv målet."));
    }
    let text = goal.text.clone();
    let op = if goal.id.is_empty() { Op::AddGoal { text } } else { Op::EditGoal { text } };
    Ok(made(file.transact(op, |tx| agreements::save_goal(tx, &goal))?))
}

pub fn remove_goal(file: &mut LagesbildFile, request: ById) -> Result<Outcome<Nothing>> {
    let text = agreements::goals(file.conn())?.into_iter().find(|g| g.id == request.id).map(|g| g.text).unwrap_or_default();
    changed(file, Op::RemoveGoal { text }, |tx| agreements::delete_goal(tx, &request.id))
}

pub fn edit_commitment(file: &mut LagesbildFile, commitment: Commitment) -> Result<Outcome<Made>> {
    let text = commitment.text.clone();
    let op = if commitment.id.is_empty() { Op::AddCommitment { text } } else { Op::EditCommitment { text } };
    Ok(made(file.transact(op, |tx| deal::save_commitment(tx, &commitment))?))
}

pub fn remove_commitment(file: &mut LagesbildFile, request: ById) -> Result<Outcome<Nothing>> {
    let text = agreements::commitments(file.conn())?.into_iter().find(|c| c.id == request.id).map(|c| c.text).unwrap_or_default();
    changed(file, Op::RemoveCommitment { text }, |tx| agreements::delete_commitment(tx, &request.id))
}

pub fn follow_up(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<FollowUp>> {
    let today = file.context().today();
    Ok(Outcome::read(after::follow_up(file.conn(), today)?))
}

pub fn check_in(file: &mut LagesbildFile, check_in: CheckIn) -> Result<Outcome<Made>> {
    Ok(made(file.transact(Op::CheckIn, |tx| agreements::insert_check_in(tx, &check_in))?))
}
