//! Answers about lists of events: how many per year in an area. Rows are counted, so the cells of a figure are row ranges.

use super::question::{Answer, Measure, Point, Question};
use super::reports::row_ranges;
use super::statistics::interval::{self, Level};
use super::statistics::trend::{YearCount, count_trend};
use super::{footing, sentence};
use crate::error::{Error, Result};
use crate::perspective::Perspective;
use crate::store::events::{self, StoredEvent};
use crate::store::sources::{self, Source};
use crate::swedish;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Perspective and category of every event in an area.
pub fn kinds(conn: &Connection, area: &str) -> Result<BTreeSet<(Perspective, String)>> {
    let whose: BTreeMap<u32, Perspective> = sources::live(conn)?.into_iter().map(|s| (s.id, s.perspective)).collect();
    let here = events::live(conn, None)?.into_iter().filter(|e| e.area == area);
    Ok(here.filter_map(|e| Some((*whose.get(&e.source)?, e.category))).collect())
}

pub fn answer(conn: &Connection, question: &Question) -> Result<Answer> {
    let Measure::Events { categories, perspective } = &question.measure else {
        return Err(Error::internal("svara på frågan", "not events"));
    };
    let lists: BTreeMap<u32, Source> =
        sources::live(conn)?.into_iter().filter(|s| s.perspective == *perspective).map(|s| (s.id, s)).collect();
    let here: Vec<StoredEvent> =
        events::live(conn, None)?.into_iter().filter(|e| e.area == question.area && lists.contains_key(&e.source)).collect();
    let wanted = |e: &&StoredEvent| categories.is_empty() || categories.contains(&e.category);
    let points = per_year(conn, question, &here, &here.iter().filter(wanted).collect::<Vec<_>>())?;
    let years: Vec<YearCount> = points
        .iter()
        .filter_map(|p| Some(YearCount { year: p.period.parse().ok()?, count: p.value.map(|v| v as u64), population: None }))
        .collect();
    let trend = count_trend(&years);
    let dates: Vec<&str> = here.iter().filter(wanted).filter_map(|e| e.date.as_deref()).collect();
    let until = here.iter().filter_map(|e| e.date.as_deref()).max();
    let footing = footing::with_days(footing::of_counts(&points, &years, &trend), &dates, until);
    let used: BTreeSet<u32> = here.iter().filter(wanted).map(|e| e.source).collect();
    Ok(Answer {
        perspective: *perspective,
        title: title(categories),
        unit: "antal".into(),
        verdict: trend.verdict,
        p: trend.p,
        sentence: sentence::counted(&points, &trend, &footing, "händelse", "händelser"),
        caveats: caveats(&here),
        sources: used.iter().filter_map(|id| lists.get(id)).map(sentence::source_line).collect(),
        footing,
        comparison: None,
        points,
    })
}

fn title(categories: &[String]) -> String {
    if categories.is_empty() { "Händelser".to_owned() } else { format!("Händelser: {}", swedish::list(categories)) }
}

fn caveats(here: &[StoredEvent]) -> Vec<String> {
    let mut caveats = vec!["Listan kan vara ett urval, och dess första och sista år kan vara ofullständiga.".to_owned()];
    let undated: u32 = here.iter().filter(|e| year_of(e).is_none()).map(|e| e.count).sum();
    if undated > 0 {
        caveats.push(format!("{} saknar datum och är inte med.", swedish::counted(u64::from(undated), "händelse", "händelser")));
    }
    caveats
}

fn year_of(event: &StoredEvent) -> Option<i32> {
    event.date.as_deref().and_then(|date| date.get(..4)).and_then(|year| year.parse().ok())
}

/// One point per year between the first and the last event of the lists in the area: a year without one is a real zero.
fn per_year(conn: &Connection, question: &Question, here: &[StoredEvent], chosen: &[&StoredEvent]) -> Result<Vec<Point>> {
    let all: Vec<i32> = here.iter().filter_map(year_of).collect();
    let (Some(first), Some(last)) = (all.iter().min(), all.iter().max()) else { return Ok(Vec::new()) };
    let (first, last) = (question.from.unwrap_or(*first).max(*first), question.to.unwrap_or(*last).min(*last));
    (first..=last)
        .map(|year| {
            let of_year: Vec<&&StoredEvent> = chosen.iter().filter(|e| year_of(e) == Some(year)).collect();
            let count: u64 = of_year.iter().map(|e| u64::from(e.count)).sum();
            let bounds = interval::count(count, Level::Usual);
            Ok(Point {
                period: year.to_string(),
                value: Some(count as f64),
                missing: None,
                state: None,
                preliminary: false,
                low: Some(bounds.low),
                high: Some(bounds.high),
                n: None,
                rate: None,
                cells: row_ranges(conn, of_year.iter().map(|e| (e.source, e.sheet, e.row)).collect())?,
            })
        })
        .collect()
}
