//! One blind round: paper slips are keyed in, nothing shows until the facilitator reveals, then the spread comes first.

use super::model::{ProblemHead, RoundResult, RoundView, Slip};
use crate::error::{Error, Result};
use crate::file::Tx;
use crate::picture::statistics::consensus::Consensus;
use crate::store::problems;
use crate::store::rounds::{self, StoredRound};
use rusqlite::Connection;

/// More people than this do not sit around one table; a typo is likelier.
const MOST_VOTERS: u32 = 60;

pub fn start(tx: &mut Tx, voters: u32) -> Result<String> {
    if voters == 0 || voters > MOST_VOTERS {
        return Err(Error::not_allowed(format!("Antalet deltagare ska vara mellan 1 och {MOST_VOTERS}.")));
    }
    let all: Vec<String> = problems::all(tx.conn)?.into_iter().map(|p| p.id).collect();
    if all.is_empty() {
        return Err(Error::not_allowed("Det finns inga problem att bedöma än. Lägg till minst ett."));
    }
    let number = rounds::count(tx.conn)? + 1;
    rounds::insert(tx, &format!("Runda {number}"), voters, &all)
}

pub fn enter(tx: &mut Tx, slip: &Slip) -> Result<()> {
    let round = open_round(tx.conn, &slip.round)?;
    if slip.slip == 0 || slip.slip > round.voters {
        return Err(Error::not_allowed(format!("Lappens nummer ska vara mellan 1 och {}.", round.voters)));
    }
    for (problem, score) in &slip.scores {
        if !round.problems.contains(problem) {
            return Err(Error::not_found("Problemet på lappen"));
        }
        if !(1..=5).contains(score) {
            return Err(Error::not_allowed("Poängen ska vara 1 till 5."));
        }
    }
    if slip.scores.is_empty() {
        return Err(Error::not_allowed("Lappen är tom. Skriv minst en poäng."));
    }
    rounds::enter(tx, slip)
}

pub fn withdraw(tx: &mut Tx, round: &str, slip: u32) -> Result<()> {
    open_round(tx.conn, round)?;
    rounds::withdraw(tx, round, slip)
}

pub fn reveal(tx: &mut Tx, round: &str) -> Result<()> {
    if rounds::by_id(tx.conn, round)?.revealed {
        return Err(Error::not_allowed("Rundan är redan visad."));
    }
    if rounds::slips(tx.conn, round)?.is_empty() {
        return Err(Error::not_allowed("Inga lappar är inlagda än."));
    }
    rounds::reveal(tx, round)
}

fn open_round(conn: &Connection, id: &str) -> Result<StoredRound> {
    let round = rounds::by_id(conn, id)?;
    if round.seen && !round.revealed {
        return Err(Error::not_allowed("Rundans resultat har redan visats en gång, så lapparna kan inte ändras. Starta en ny runda."));
    }
    if round.revealed { Err(Error::not_allowed("Rundan är redan visad. Starta en ny runda för att bedöma igen.")) } else { Ok(round) }
}

pub fn newest(conn: &Connection) -> Result<Option<RoundView>> {
    rounds::newest(conn)?.map(|round| view(conn, &round)).transpose()
}

fn view(conn: &Connection, round: &StoredRound) -> Result<RoundView> {
    let heads: Vec<ProblemHead> = super::heads(conn)?.into_iter().filter(|h| round.problems.contains(&h.id)).collect();
    Ok(RoundView {
        id: round.id.clone(),
        title: round.title.clone(),
        voters: round.voters,
        slips: rounds::slips(conn, &round.id)?,
        revealed: round.revealed,
        results: if round.revealed { results(conn, round, &heads)? } else { Vec::new() },
        problems: heads,
    })
}

/// Largest spread first, then in the order of the list: what the room disagrees about is what it should talk about.
fn results(conn: &Connection, round: &StoredRound, heads: &[ProblemHead]) -> Result<Vec<RoundResult>> {
    let scores = rounds::scores(conn, round)?;
    let mut results: Vec<RoundResult> = heads.iter().map(|head| result(head, scores.get(&head.id).cloned().unwrap_or_default())).collect();
    results.sort_by(|a, b| spread(b).total_cmp(&spread(a)));
    Ok(results)
}

fn spread(result: &RoundResult) -> f64 {
    result.quartiles[1] - result.quartiles[0]
}

fn result(head: &ProblemHead, scores: Vec<u8>) -> RoundResult {
    let mut counts = [0; 5];
    for score in &scores {
        counts[usize::from(score.clamp(&1, &5) - 1)] += 1;
    }
    let told = Consensus::of(&scores);
    RoundResult {
        problem: head.id.clone(),
        title: head.title.clone(),
        counts,
        answered: told.answered,
        median: told.median,
        quartiles: told.quartiles,
        agreement: told.words(),
    }
}
