//! Step 6: deadlines, check-ins on commitments, and every pinned indicator asked again.

pub mod model;

use crate::agreement::model::{Goal, Validity};
use crate::agreement::{clause, validity};
use crate::error::Result;
use crate::picture::question::{Answer, Figure};
use crate::picture::statistics::trend::change_words;
use crate::picture::{ask, figures, sentence};
use crate::store::{agreements, problems};
use chrono::{Months, NaiveDate};
use model::{AskedAgain, CommitmentStatus, Deadline, FollowUp};
use rusqlite::Connection;

pub fn follow_up(conn: &Connection, today: NaiveDate) -> Result<FollowUp> {
    Ok(FollowUp { deadlines: deadlines(conn, today)?, commitments: commitments(conn)?, indicators: asked_again(conn)? })
}

fn deadlines(conn: &Connection, today: NaiveDate) -> Result<Vec<Deadline>> {
    let mut days: Vec<(NaiveDate, String, String)> = Vec::new();
    let newest = problems::decisions(conn)?.iter().filter_map(|d| d.date.parse::<NaiveDate>().ok()).max();
    if let Some(due) = newest.and_then(|d| d.checked_add_months(Months::new(24))) {
        days.push((due, "Uppdatera lägesbilden och följ upp åtgärdsplanen".into(), "6 § lagen (2023:196): minst vartannat år".into()));
    }
    if let Some(head) = agreements::head(conn)? {
        if let Some(end) = validity::ends(&head.validity) {
            days.push((end, "Överenskommelsen löper ut".into(), validity::sentence(&head.validity)));
        }
        if let Validity::UntilTerminated { from, revised_every: Some(years) } = head.validity {
            days.extend(
                from.checked_add_months(Months::new(years * 12))
                    .map(|d| (d, "Se över överenskommelsen".into(), "Enligt överenskommelsen".into())),
            );
        }
    }
    let parties = agreements::parties(conn)?;
    for c in agreements::commitments(conn)? {
        if let Some(due) = c.due.as_deref().and_then(|d| d.parse().ok()) {
            days.push((due, clause::commitment(&c, &parties), "Åtagandets slutdatum".into()));
        }
    }
    days.sort();
    let left = |date: NaiveDate| (date - today).num_days() as i32;
    Ok(days.into_iter().map(|(date, what, why)| Deadline { date: date.to_string(), what, why, days_left: left(date) }).collect())
}

fn commitments(conn: &Connection) -> Result<Vec<CommitmentStatus>> {
    let parties = agreements::parties(conn)?;
    let areas = agreements::focus_areas(conn)?;
    agreements::commitments(conn)?
        .into_iter()
        .map(|c| {
            Ok(CommitmentStatus {
                sentence: clause::commitment(&c, &parties),
                focus_area: areas.iter().find(|a| Some(&a.id) == c.focus_area.as_ref()).map(|a| a.name.clone()),
                due: c.due.clone(),
                check_ins: agreements::check_ins(conn, &c.id)?,
                commitment: c.id,
            })
        })
        .collect()
}

/// Every figure behind a prioritised problem, and every goal's indicator, asked again today.
fn asked_again(conn: &Connection) -> Result<Vec<AskedAgain>> {
    let goals = agreements::goals(conn)?;
    let mut all = Vec::new();
    for decision in problems::decisions(conn)?.iter().filter(|d| d.outcome == crate::priorities::model::Outcome::Prioritised) {
        for figure in figures::of_problem(conn, &decision.problem)? {
            all.push(again(conn, &figure, &goals));
        }
    }
    all.sort_by_key(|a: &AskedAgain| a.figure);
    Ok(all)
}

fn again(conn: &Connection, figure: &Figure, goals: &[Goal]) -> AskedAgain {
    let now = ask(conn, &figure.question);
    let then_value = shown(&figure.answer);
    let (now_value, now_period, reading) = match &now {
        Ok(now) => (shown(now), now.last().map(|p| p.period.clone()).unwrap_or_default(), reading(&figure.answer, now)),
        Err(error) => (String::new(), String::new(), format!("Går inte att fråga om: {}", error.message)),
    };
    AskedAgain {
        figure: figure.number,
        goal: goals.iter().find(|g| g.figure.as_deref() == Some(&figure.id)).map(|g| g.text.clone()),
        title: figure.answer.title.clone(),
        changed: now_value != then_value || now_period != last_period(&figure.answer),
        then_value,
        then_pinned: figure.pinned.clone(),
        now_value,
        now_period,
        reading,
    }
}

fn shown(answer: &Answer) -> String {
    let last = answer.last();
    let value = last.and_then(|p| p.value).map(|v| match answer.unit.as_str() {
        "procent" => crate::swedish::percent(v, 0),
        unit => sentence::value(v, unit),
    });
    value.unwrap_or_else(|| "uppgift saknas".into())
}

fn last_period(answer: &Answer) -> String {
    answer.last().map(|p| p.period.clone()).unwrap_or_default()
}

fn reading(then: &Answer, now: &Answer) -> String {
    let (Some(a), Some(b)) = (then.last(), now.last()) else { return "Uppgift saknas.".into() };
    if a.period == b.period && a.value == b.value {
        return "Ingen ny siffra sedan den fästes.".into();
    }
    if a.period == b.period {
        return format!("Siffran för {} har ändrats sedan den fästes: från {} till {}.", a.period, shown(then), shown(now));
    }
    match (now.unit.as_str(), a.value, b.value) {
        ("antal", Some(x), Some(y)) => format!("{} till {}: {}.", a.period, b.period, change_words(x as u64, y as u64)),
        _ => format!("{} till {}: från {} till {}.", a.period, b.period, shown(then), shown(now)),
    }
}
