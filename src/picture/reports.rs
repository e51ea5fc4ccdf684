//! Answers about field reports: how many, per year, where, and on which weekday and time of day. Rows are counted, so
//! the cells of a figure are row ranges.

use super::question::{Answer, Measure, Point, Question, SourceCell};
use super::statistics::interval::{self, Level};
use super::statistics::trend::{YearCount, count_trend};
use super::{footing, sentence};
use crate::error::{Error, Result};
use crate::perspective::Perspective;
use crate::store::reports::{self, StoredReport};
use crate::store::{grid, sources};
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use rusqlite::Connection;
use std::collections::BTreeMap;

pub fn answer(conn: &Connection, question: &Question) -> Result<Answer> {
    let Measure::Reports { categories, place } = &question.measure else {
        return Err(Error::internal("svara på frågan", "not reports"));
    };
    let all = reports::in_area(conn, &question.area)?;
    let chosen: Vec<StoredReport> = all
        .iter()
        .filter(|r| categories.is_empty() || categories.contains(&r.category))
        .filter(|r| place.is_none() || r.place == *place)
        .cloned()
        .collect();
    let points = per_year(conn, &all, &chosen)?;
    let years: Vec<YearCount> = points
        .iter()
        .filter_map(|p| Some(YearCount { year: p.period.parse().ok()?, count: p.value.map(|v| v as u64), population: None }))
        .collect();
    let trend = count_trend(&years);
    let dates: Vec<&str> = chosen.iter().filter_map(|r| r.date.as_deref()).collect();
    let until = all.iter().filter_map(|r| r.date.as_deref()).max();
    let footing = footing::with_days(footing::of_counts(&points, &years, &trend), &dates, until);
    let without_date = chosen.iter().filter(|r| year_of(r).is_none()).count();
    let mut caveats = vec!["Rapporterna visar det som personalen har sett. Fler rapporter kan betyda att fler rapporterar.".to_owned()];
    if without_date > 0 {
        caveats.push(format!("{without_date} rapporter saknar datum och är inte med."));
    }
    let mut used: Vec<u32> = chosen.iter().map(|r| r.source).collect();
    used.dedup();
    let lines = used.iter().filter_map(|id| sources::by_id(conn, *id).transpose()).map(|s| Ok(sentence::source_line(&s?)));
    Ok(Answer {
        perspective: Perspective::Municipality,
        title: title(categories, place.as_deref()),
        unit: "antal".into(),
        verdict: trend.verdict,
        p: trend.p,
        sentence: sentence::reports(&points, &trend, &footing),
        caveats,
        sources: lines.collect::<Result<_>>()?,
        footing,
        comparison: None,
        points,
    })
}

fn title(categories: &[String], place: Option<&str>) -> String {
    let what = if categories.is_empty() {
        "Fältrapporter".to_owned()
    } else {
        format!("Fältrapporter: {}", categories.join(", ").to_lowercase())
    };
    place.map_or(what.clone(), |p| format!("{what}, {p}"))
}

fn year_of(report: &StoredReport) -> Option<i32> {
    report.date.as_deref().and_then(|d| d.get(..4)).and_then(|y| y.parse().ok())
}

/// One point per year between the first and the last report of any category: a year without reports is a real zero then.
fn per_year(conn: &Connection, all: &[StoredReport], chosen: &[StoredReport]) -> Result<Vec<Point>> {
    let all: Vec<i32> = all.iter().filter_map(year_of).collect();
    let (Some(first), Some(last)) = (all.iter().min(), all.iter().max()) else { return Ok(Vec::new()) };
    (*first..=*last)
        .map(|year| {
            let of_year: Vec<&StoredReport> = chosen.iter().filter(|r| year_of(r) == Some(year)).collect();
            let count: u64 = of_year.iter().map(|r| u64::from(r.count)).sum();
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
                cells: row_ranges(conn, of_year.iter().map(|r| (r.source, r.sheet, r.row)).collect())?,
            })
        })
        .collect()
}

/// Neighbouring rows as ranges; `at`: source, sheet and line.
pub fn row_ranges(conn: &Connection, mut at: Vec<(u32, u32, u32)>) -> Result<Vec<SourceCell>> {
    at.sort_unstable();
    let mut ranges: Vec<(u32, u32, u32, u32)> = Vec::new();
    for (source, sheet, row) in at {
        match ranges.last_mut() {
            Some(last) if last.0 == source && last.1 == sheet && last.3 + 1 >= row => last.3 = row,
            _ => ranges.push((source, sheet, row, row)),
        }
    }
    ranges.into_iter().map(|(source, sheet, row, last_row)| range_cell(conn, source, sheet, row, last_row)).collect()
}

fn range_cell(conn: &Connection, source: u32, sheet: u32, row: u32, last_row: u32) -> Result<SourceCell> {
    let file = sources::by_id(conn, source)?.map(|s| s.file_name).unwrap_or_default();
    Ok(SourceCell { source, file, sheet: grid::sheet_name(conn, source, sheet)?, row, last_row, column: "A".into() })
}

/// Rows: Monday to Sunday. Columns: the parts of the day.
pub const DAYS: [&str; 7] = ["mån", "tis", "ons", "tor", "fre", "lör", "sön"];
pub const PARTS: [&str; 5] = ["06–12", "12–18", "18–22", "22–02", "02–06"];

pub struct Calendar {
    pub counts: [[u32; 5]; 7],
    pub placed: u32,
    pub without_time: u32,
}

pub fn calendar(reports: &[StoredReport]) -> Calendar {
    let mut calendar = Calendar { counts: [[0; 5]; 7], placed: 0, without_time: 0 };
    for report in reports {
        match slot(report) {
            Some((day, part)) => {
                calendar.counts[day][part] += report.count;
                calendar.placed += report.count;
            }
            None => calendar.without_time += report.count,
        }
    }
    calendar
}

fn slot(report: &StoredReport) -> Option<(usize, usize)> {
    let date: NaiveDate = report.date.as_deref()?.parse().ok()?;
    let day = date.weekday().num_days_from_monday() as usize;
    let time = report.time.as_deref().and_then(|t| NaiveTime::parse_from_str(t, "%H:%M").ok());
    match time {
        // Two in the night belongs to the evening before.
        Some(t) if t.hour() < 2 => Some(((day + 6) % 7, 3)),
        Some(t) => Some((day, part_of_hour(t.hour()))),
        None => Some((day, part_of_word(report.part_of_day.as_deref()?)?)),
    }
}

fn part_of_hour(hour: u32) -> usize {
    match hour {
        6..12 => 0,
        12..18 => 1,
        18..22 => 2,
        22.. => 3,
        _ => 4,
    }
}

fn part_of_word(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    [("morgon", 0), ("förmiddag", 0), ("eftermiddag", 1), ("kväll", 2), ("natt", 3)]
        .iter()
        .find(|(w, _)| word.contains(w))
        .map(|(_, part)| *part)
}

/// Places by number of reports, most first.
pub fn places(reports: &[StoredReport]) -> Vec<(String, u32)> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for report in reports {
        if let Some(place) = &report.place {
            *counts.entry(place.clone()).or_default() += report.count;
        }
    }
    let mut places: Vec<(String, u32)> = counts.into_iter().collect();
    places.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| crate::swedish::compare(&a.0, &b.0)));
    places
}
