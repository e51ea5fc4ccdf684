//! One theme on one page: the three lead figures, the groups, where and when it is seen, what people said.

use super::categories::belongs;
use super::overview::{Holdings, overview};
use super::question::FigureView;
use super::views::{DisagreementKind, GroupBars, Pattern, PlaceCount, Profile, SeriesLine, ThemeRow};
use super::{ask, charts, reports as field, sentence, series, survey, view};
use crate::error::{Error, Result};
use crate::perspective::Perspective;
use crate::reference::themes::{Theme, by_id};
use crate::store::{notes, reports};
use crate::swedish;
use rusqlite::Connection;

/// Places with fewer reports than this are not named: a place with a single report can point out a person.
const MINIMUM_PLACE: u32 = 3;

pub fn profile(conn: &Connection, area: &str, theme_id: &str) -> Result<Profile> {
    let theme = by_id(theme_id).ok_or_else(|| Error::not_found("Temat"))?;
    let holdings = Holdings::read(conn, area)?;
    let row =
        overview(conn, area)?.themes.into_iter().find(|r| r.theme == theme_id).ok_or_else(|| Error::not_found("Underlag för temat"))?;
    let lead = lead_figures(conn, &holdings, theme)?;
    let seen: Vec<_> = reports::in_area(conn, area)?.into_iter().filter(|r| belongs(&r.category, theme, &holdings.decided)).collect();
    let mut caveats: Vec<String> = Vec::new();
    for caveat in lead.iter().flat_map(|f| &f.answer.caveats) {
        if !caveats.contains(caveat) {
            caveats.push(caveat.clone());
        }
    }
    Ok(Profile {
        theme: theme.id.into(),
        name: theme.name.into(),
        area: area.to_owned(),
        headline: headline(&row),
        others: others(conn, &holdings, theme)?,
        groups: groups(conn, &holdings, theme)?,
        pattern: pattern(&seen)?,
        places: field::places(&seen)
            .into_iter()
            .filter(|(_, n)| *n >= MINIMUM_PLACE)
            .map(|(place, count)| PlaceCount { place, count })
            .collect(),
        notes: notes::all(conn)?.into_iter().filter(|n| n.theme.as_deref() == Some(theme.id)).collect(),
        caveats,
        disagreement: row.disagreement,
        problem: row.problem,
        lead,
    })
}

/// The finding in words.
fn headline(row: &ThemeRow) -> String {
    let name = &row.name;
    match row.disagreement.kind {
        DisagreementKind::NotSeenByOne => format!("{name}: {}", lower_first(&row.disagreement.label)),
        DisagreementKind::OppositeDirections => format!("{name}: parterna ser olika riktning"),
        DisagreementKind::StrongerInOne => format!("{name}: {}", lower_first(&row.disagreement.label)),
        DisagreementKind::NotAskedByOne => format!("{name}: {}", lower_first(&row.disagreement.label)),
        DisagreementKind::OnlyOneHasData => format!("{name}: {}", lower_first(&row.disagreement.label)),
        DisagreementKind::Same => format!("{name}: {}", lower_first(row.disagreement.reason.trim_end_matches('.'))),
        DisagreementKind::NoData => name.clone(),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The lead figures of a theme by its id, as evidence for a problem.
pub fn lead_figures_of(conn: &Connection, area: &str, theme_id: &str) -> Result<Vec<FigureView>> {
    let theme = by_id(theme_id).ok_or_else(|| Error::not_found("Temat"))?;
    lead_figures(conn, &Holdings::read(conn, area)?, theme)
}

/// Kommun, polis, invånare, in this order; those that have an answer.
fn lead_figures(conn: &Connection, holdings: &Holdings, theme: &Theme) -> Result<Vec<FigureView>> {
    let questions = [holdings.municipality_question(theme), holdings.police_question(theme), holdings.survey_question(theme, None)];
    questions.into_iter().flatten().map(|q| view(conn, &q)).collect()
}

fn others(conn: &Connection, holdings: &Holdings, theme: &Theme) -> Result<Vec<SeriesLine>> {
    let mut lines = Vec::new();
    let police = holdings.series_of(theme, Perspective::Police);
    let has_reports = !holdings.categories_of(theme).is_empty();
    let own = holdings.series_of(theme, Perspective::Municipality);
    let own = own.iter().skip(usize::from(!has_reports));
    for known in police.iter().skip(1).chain(own) {
        let question = series::question(known, &holdings.area);
        let answer = ask(conn, &question)?;
        if let Some(last) = answer.last() {
            let number = sentence::value(last.value.unwrap_or_default(), &answer.unit);
            lines.push(SeriesLine { title: answer.title.clone(), number, period: last.period.clone(), verdict: answer.verdict, question });
        }
    }
    Ok(lines)
}

fn groups(conn: &Connection, holdings: &Holdings, theme: &Theme) -> Result<Option<GroupBars>> {
    let (Some((question, answers)), Some(source)) = (holdings.survey_of(theme), holdings.questions.first().map(|q| q.source)) else {
        return Ok(None);
    };
    let (mut bars, mut left_out) = (Vec::new(), Vec::new());
    for group in survey::groups(&holdings.questions, source) {
        let label = group.label.clone();
        let Some(asked) = holdings.survey_question(theme, Some(group)) else { continue };
        let answer = ask(conn, &asked)?;
        let Some(last) = answer.last() else { continue };
        if last.n.unwrap_or(0) < survey::MINIMUM_GROUP { left_out.push(label) } else { bars.push((label, last.clone())) }
    }
    if bars.is_empty() {
        return Ok(None);
    }
    let chart = charts::groups(&question.text, &bars)?;
    Ok(Some(GroupBars { question: question.text.clone(), answers: survey::spoken_answers(&answers), chart, left_out }))
}

fn pattern(seen: &[reports::StoredReport]) -> Result<Option<Pattern>> {
    let calendar = field::calendar(seen);
    if calendar.placed < survey::MINIMUM_GROUP {
        return Ok(None);
    }
    let title = format!("{} efter veckodag och tid", swedish::counted(u64::from(calendar.placed), "rapport", "rapporter"));
    Ok(Some(Pattern { title, chart: charts::calendar(&calendar)?, without_time: calendar.without_time }))
}
