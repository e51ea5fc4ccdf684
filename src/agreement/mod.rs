//! Step 5: from decisions to an agreement. Parties, focus areas, goals, commitments, validity, and the law's minimum.

pub mod clause;
pub mod law;
pub mod model;
pub mod validity;

use crate::error::{Error, Result};
use crate::file::Tx;
use crate::picture::figures;
use crate::priorities::model::Outcome;
use crate::store::agreements::{self, Head};
use crate::store::{problems, settings};
use model::{
    AgreementView, Commitment, CommitmentView, FocusArea, FocusAreaView, Goal, GoalView, Party, PartyKind, Validity, WaitingDecision,
};
use rusqlite::Connection;

/// The empty agreement of a new file: its municipalities and the police are parties from the start.
pub fn found(tx: &mut Tx) -> Result<()> {
    let names: Vec<String> = settings::municipalities(tx.conn)?.into_iter().map(|m| m.name).collect();
    for name in &names {
        let party = Party {
            id: String::new(),
            kind: PartyKind::Municipality,
            name: crate::swedish::municipality(name),
            signatory: "kommunstyrelsens ordförande".into(),
        };
        agreements::save_party(tx, &party)?;
    }
    let police =
        Party { id: String::new(), kind: PartyKind::Police, name: "Polismyndigheten".into(), signatory: "lokalpolisområdeschef".into() };
    agreements::save_party(tx, &police)?;
    let own: Vec<String> = names.iter().map(|n| crate::swedish::municipality(n)).collect();
    let parties = if own.len() == 1 {
        format!("{} och Polismyndigheten", own[0])
    } else {
        format!("{} samt Polismyndigheten", crate::swedish::list(&own))
    };
    let title = format!("Samverkansöverenskommelse mellan {parties}");
    let head = Head {
        id: String::new(),
        title,
        purpose: String::new(),
        follow_up: String::new(),
        validity: Validity::Open,
        registry: String::new(),
    };
    agreements::save_head(tx, &head)
}

pub fn view(conn: &Connection) -> Result<AgreementView> {
    let head = agreements::head(conn)?.ok_or_else(|| Error::not_found("Överenskommelsen"))?;
    let parties = agreements::parties(conn)?;
    let goals = agreements::goals(conn)?;
    let commitments = agreements::commitments(conn)?;
    let focus_areas = agreements::focus_areas(conn)?
        .into_iter()
        .map(|area| focus_area(conn, area, &goals, &commitments, &parties))
        .collect::<Result<Vec<_>>>()?;
    Ok(AgreementView {
        checks: law::checks(&head, &parties, &focus_areas),
        validity_sentence: validity::sentence(&head.validity),
        waiting: waiting(conn, &focus_areas)?,
        goals: goals_of(&goals, None),
        commitments: commitments_of(&commitments, &parties, None),
        title: head.title,
        purpose: head.purpose,
        follow_up: head.follow_up,
        validity: head.validity,
        registry: head.registry,
        parties,
        focus_areas,
    })
}

fn focus_area(conn: &Connection, area: FocusArea, goals: &[Goal], commitments: &[Commitment], parties: &[Party]) -> Result<FocusAreaView> {
    let decision = match &area.decision {
        Some(id) => problems::decisions(conn)?.into_iter().find(|d| d.id == *id),
        None => None,
    };
    let problem = decision.as_ref().map(|d| problems::by_id(conn, &d.problem)).transpose()?;
    Ok(FocusAreaView {
        figures: problem.as_ref().map(|p| figures::of_problem(conn, &p.id)).transpose()?.unwrap_or_default(),
        problem: problem.map(|p| p.title),
        reason: decision.map(|d| d.reason),
        goals: goals_of(goals, Some(&area.id)),
        commitments: commitments_of(commitments, parties, Some(&area.id)),
        area,
    })
}

fn goals_of(goals: &[Goal], area: Option<&str>) -> Vec<GoalView> {
    goals
        .iter()
        .filter(|g| g.focus_area.as_deref() == area)
        .map(|g| GoalView { goal: g.clone(), advice: clause::advice(&g.text) })
        .collect()
}

fn commitments_of(commitments: &[Commitment], parties: &[Party], area: Option<&str>) -> Vec<CommitmentView> {
    commitments
        .iter()
        .filter(|c| c.focus_area.as_deref() == area)
        .map(|c| CommitmentView { sentence: clause::commitment(c, parties), advice: clause::advice(&c.text), commitment: c.clone() })
        .collect()
}

fn waiting(conn: &Connection, areas: &[FocusAreaView]) -> Result<Vec<WaitingDecision>> {
    let taken = |id: &str| areas.iter().any(|a| a.area.decision.as_deref() == Some(id));
    problems::decisions(conn)?
        .into_iter()
        .filter(|d| d.outcome == Outcome::Prioritised && !taken(&d.id))
        .map(|d| Ok(WaitingDecision { problem: problems::by_id(conn, &d.problem)?.title, decision: d.id }))
        .collect()
}

/// A focus area made from a decision takes the problem's title unless it is given a name of its own.
pub fn save_focus_area(tx: &mut Tx, mut area: FocusArea) -> Result<String> {
    let decision = match &area.decision {
        Some(id) => Some(problems::decisions(tx.conn)?.into_iter().find(|d| d.id == *id).ok_or_else(|| Error::not_found("Beslutet"))?),
        None => None,
    };
    if decision.as_ref().is_some_and(|d| d.outcome != Outcome::Prioritised) {
        return Err(Error::not_allowed("Bara ett prioriterat problem kan bli fokusområde."));
    }
    if area.name.trim().is_empty() {
        area.name = match decision {
            Some(decision) => problems::by_id(tx.conn, &decision.problem)?.title,
            None => return Err(Error::not_allowed("Fokusområdet behöver ett namn.")),
        };
    }
    agreements::save_focus_area(tx, &area)
}

pub fn save_commitment(tx: &mut Tx, commitment: &Commitment) -> Result<String> {
    if commitment.text.trim().is_empty() {
        return Err(Error::not_allowed("Skriv vad parten åtar sig att göra."));
    }
    if commitment.parties.is_empty() {
        return Err(Error::not_allowed("Välj minst en part som åtar sig detta."));
    }
    if commitment.count.is_some() != commitment.per.is_some() {
        return Err(Error::not_allowed("Ange både hur många gånger och hur ofta, eller ingetdera."));
    }
    if commitment.count.is_some_and(|count| !(1..=1000).contains(&count)) {
        return Err(Error::not_allowed("Antalet gånger ska vara minst 1 och högst 1 000."));
    }
    if let Some(due) = commitment.due.as_deref().filter(|due| due.parse::<chrono::NaiveDate>().is_err()) {
        return Err(Error::not_allowed(format!("”{due}” är inget datum. Skriv det som 2027-03-31.")));
    }
    agreements::save_commitment(tx, commitment)
}

/// A party leaves only when nobody else's promise falls with it.
pub fn remove_party(tx: &mut Tx, id: &str) -> Result<()> {
    let alone = agreements::commitments(tx.conn)?.into_iter().filter(|c| c.parties == [id]).count();
    if alone > 0 {
        let what = crate::swedish::counted(alone as u64, "åtagande", "åtaganden");
        return Err(Error::not_allowed(format!("Parten står ensam för {what}.")).hint("Flytta eller ta bort dem först."));
    }
    agreements::delete_party(tx, id)
}
