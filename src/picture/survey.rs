//! Answers about surveys: the share of those who answered, with n and a Wilson interval; the same question over several
//! surveys is a series in time. Groups under the minimum n are never shown.

use super::question::{Answer, Condition, Footing, Group, Measure, Point, Question, SourceCell};
use super::sentence;
use super::statistics::interval::{self, Level};
use super::statistics::trend::{ShareTrend, Verdict, share_trend};
use crate::error::{Error, Result, column_letters};
use crate::perspective::Perspective;
use crate::store::grid;
use crate::store::sources::{self, Source};
use crate::store::surveys::{self, StoredQuestion};
use crate::swedish;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Fewest answers for a group to be shown at all; under it single persons might be told.
pub const MINIMUM_GROUP: u32 = 10;

/// One survey's answer to a question.
struct Wave {
    source: Source,
    sheet: String,
    column: u32,
    hits: u32,
    /// Those who gave a valid answer: the base of the share.
    asked: u32,
    /// Those who answered beside the scale ("Vet ej") and are no part of the share.
    outside: u32,
    rows: (u32, u32),
}

pub fn answer(conn: &Connection, question: &Question) -> Result<Answer> {
    let Measure::SurveyShare { question: text, answers, group } = &question.measure else {
        return Err(Error::internal("svara på frågan", "not a survey share"));
    };
    let waves = waves(conn, &question.area, text, answers, group.as_ref())?;
    let Some(last) = waves.last() else { return Err(Error::not_found(&format!("Frågan ”{text}”"))) };
    let points: Vec<Point> = waves.iter().map(point).collect();
    let trend = trend(&waves);
    let spoken = spoken_answers(answers);
    let among = group.as_ref().map(|g| format!("{}: ", g.label)).unwrap_or_default();
    let mut text_out = among + &sentence::share(last.hits, last.asked, &points[points.len() - 1], &spoken);
    let first = points.first().map(|p| p.period.clone()).unwrap_or_default();
    text_out.push(' ');
    text_out.push_str(&sentence::share_development(trend.as_ref(), &first, &points[points.len() - 1].period));
    Ok(Answer {
        perspective: Perspective::Residents,
        title: text.clone(),
        unit: "procent".into(),
        verdict: trend.as_ref().map_or(Verdict::TooLittle, |t| t.verdict),
        p: None,
        sentence: text_out,
        caveats: caveats(conn, last)?,
        sources: waves.iter().map(|w| sentence::source_line(&w.source)).collect(),
        footing: Footing { alarm: trend.as_ref().is_some_and(|t| t.alarm), ..Footing::default() },
        comparison: None,
        points,
    })
}

/// Questions of the surveys that are about this area: those that were said to be about another one are left out.
pub fn of_area(conn: &Connection, area: &str) -> Result<Vec<StoredQuestion>> {
    let elsewhere: BTreeSet<u32> =
        sources::live(conn)?.into_iter().filter(|s| s.area.as_deref().is_some_and(|about| about != area)).map(|s| s.id).collect();
    Ok(surveys::questions(conn)?.into_iter().filter(|q| !elsewhere.contains(&q.source)).collect())
}

fn waves(conn: &Connection, area: &str, text: &str, answers: &[String], group: Option<&Group>) -> Result<Vec<Wave>> {
    let questions = of_area(conn, area)?;
    let mut waves = Vec::new();
    for question in questions.iter().filter(|q| q.text == text) {
        let source = sources::by_id(conn, question.source)?.ok_or_else(|| Error::not_found("Enkäten"))?;
        let inside = group.map(|g| members(conn, &questions, question.source, g)).transpose()?;
        let given: Vec<(u32, String)> = surveys::answers(conn, question.id)?
            .into_iter()
            .filter(|(row, _)| inside.as_ref().is_none_or(|rows| rows.contains(row)))
            .collect();
        // Whoever asks for those beside the scale means their share of all.
        let beside = |answer: &String| question.outside.contains(answer) && !answers.iter().any(|wanted| question.outside.contains(wanted));
        let all: BTreeSet<u32> = given.iter().map(|(row, _)| *row).collect();
        let asked: BTreeSet<u32> = given.iter().filter(|(_, answer)| !beside(answer)).map(|(row, _)| *row).collect();
        let hits: BTreeSet<u32> = given.iter().filter(|(_, a)| answers.contains(a)).map(|(row, _)| *row).collect();
        let rows = (asked.first().copied().unwrap_or(0), asked.last().copied().unwrap_or(0));
        waves.push(Wave {
            sheet: grid::sheet_name(conn, question.source, question.sheet)?,
            source,
            column: question.column,
            hits: hits.len() as u32,
            asked: asked.len() as u32,
            outside: (all.len() - asked.len()) as u32,
            rows,
        });
    }
    waves.sort_by_key(|w| (w.source.period.clone(), w.source.id));
    // A survey read in twice counts once: the newest reading.
    waves.dedup_by(|later, earlier| {
        let same = later.source.period == earlier.source.period && later.source.period.is_some();
        if same {
            std::mem::swap(later, earlier);
        }
        same
    });
    Ok(waves)
}

/// Rows of the respondents who meet every condition of the group.
fn members(conn: &Connection, questions: &[StoredQuestion], source: u32, group: &Group) -> Result<BTreeSet<u32>> {
    let mut inside: Option<BTreeSet<u32>> = None;
    for Condition { question, answers } in &group.conditions {
        let Some(stored) = questions.iter().find(|q| q.source == source && q.text == *question) else { return Ok(BTreeSet::new()) };
        let rows: BTreeSet<u32> =
            surveys::answers(conn, stored.id)?.into_iter().filter(|(_, a)| answers.contains(a)).map(|(r, _)| r).collect();
        inside = Some(inside.map_or(rows.clone(), |before| before.intersection(&rows).copied().collect()));
    }
    Ok(inside.unwrap_or_default())
}

fn point(wave: &Wave) -> Point {
    let share = f64::from(wave.hits) * 100.0 / f64::from(wave.asked.max(1));
    let bounds = interval::share(u64::from(wave.hits), u64::from(wave.asked), Level::Usual).map(|b| b.scaled(100.0));
    Point {
        period: wave.source.period.clone().unwrap_or_else(|| wave.source.retrieved.clone()),
        value: (wave.asked > 0).then_some(share),
        missing: None,
        state: None,
        preliminary: false,
        low: bounds.map(|b| b.low),
        high: bounds.map(|b| b.high),
        n: Some(wave.asked),
        rate: None,
        cells: vec![SourceCell {
            source: wave.source.id,
            file: wave.source.file_name.clone(),
            sheet: wave.sheet.clone(),
            row: wave.rows.0,
            last_row: wave.rows.1,
            column: column_letters(wave.column.saturating_sub(1) as usize),
        }],
    }
}

fn trend(waves: &[Wave]) -> Option<ShareTrend> {
    let [.., earlier, later] = waves else { return None };
    share_trend((u64::from(earlier.hits), u64::from(earlier.asked)), (u64::from(later.hits), u64::from(later.asked)))
}

fn caveats(conn: &Connection, last: &Wave) -> Result<Vec<String>> {
    let answered = surveys::respondents(conn, last.source.id)?;
    let mut caveats = match last.source.sent_out {
        Some(sent) if sent > 0 => {
            let rate = swedish::percent(f64::from(answered) * 100.0 / f64::from(sent), 0);
            vec![format!("{answered} av {sent} tillfrågade svarade ({rate}). De som inte svarade kan tycka annorlunda.")]
        }
        _ => vec![format!("{answered} svarade. Det är inte känt hur många som fick frågan, så bortfallet är okänt.")],
    };
    if last.outside > 0 {
        caveats.push(format!("{} svarade ”vet ej” eller liknande och räknas inte i andelen.", last.outside));
    }
    Ok(caveats)
}

/// The answers of a scale that mean worry or trouble; empty when the words are unknown, and then nothing is shown.
pub fn concern(options: &[String]) -> Vec<String> {
    const WORDS: &[&str] = &["otrygg", "stort problem", "orolig", "oroad", "stor utsträckning", "hög grad", "dåligt", "missnöjd"];
    let lower = |o: &String| o.to_lowercase();
    let hits: Vec<String> = options
        .iter()
        .filter(|o| WORDS.iter().any(|w| lower(o).contains(w)))
        .filter(|o| !["inte ", "varken", "ingen "].iter().any(|w| lower(o).contains(w)))
        .cloned()
        .collect();
    if hits.is_empty() { options.iter().filter(|o| lower(o) == "ja" || lower(o).starts_with("ja,")).cloned().collect() } else { hits }
}

/// "ganska eller mycket otrygg" from "Ganska otrygg", "Mycket otrygg".
pub fn spoken_answers(answers: &[String]) -> String {
    let lower: Vec<String> = answers.iter().map(|a| format!("”{}”", a.to_lowercase())).collect();
    swedish::either(&lower)
}

/// Groups to split a survey by: every combination of sex and age that the survey has.
pub fn groups(questions: &[StoredQuestion], source: u32) -> Vec<Group> {
    let background = |words: &[&str]| {
        questions
            .iter()
            .find(|q| q.source == source && q.role == "background" && words.iter().any(|w| q.text.to_lowercase().starts_with(w)))
    };
    let (sex, age) = (background(&["kön", "är du man"]), background(&["ålder", "hur gammal"]));
    let condition = |q: &StoredQuestion, o: &String| Condition { question: q.text.clone(), answers: vec![o.clone()] };
    let mut groups = Vec::new();
    match (sex, age) {
        (Some(sex), Some(age)) => {
            for s in sex.options.iter().filter(|o| is_sex(o)) {
                for a in &age.options {
                    groups.push(Group { label: format!("{} {a}", plural_sex(s)), conditions: vec![condition(sex, s), condition(age, a)] });
                }
            }
        }
        (Some(one), None) | (None, Some(one)) => {
            groups.extend(one.options.iter().map(|o| Group { label: o.clone(), conditions: vec![condition(one, o)] }));
        }
        (None, None) => {}
    }
    groups
}

fn is_sex(option: &str) -> bool {
    ["kvinn", "man", "män", "flick", "pojk", "tjej", "kill"].iter().any(|w| option.to_lowercase().starts_with(w))
}

fn plural_sex(option: &str) -> &str {
    match option.to_lowercase().as_str() {
        "kvinna" => "Kvinnor",
        "man" => "Män",
        "flicka" => "Flickor",
        "pojke" => "Pojkar",
        _ => option,
    }
}
