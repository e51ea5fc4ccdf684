//! Answers about a statistical series: the values as published, an interval for counts, a rate when a population is known.

use super::caveats::{self, Facts};
use super::question::{Answer, Footing, Measure, Point, Question, SourceCell};
use super::statistics::interval::{self, Level};
use super::statistics::missing::MissingState;
use super::statistics::trend::{Trend, Verdict, YearCount, count_trend};
use super::{footing, sentence};
use crate::error::{Error, Result, column_letters};
use crate::perspective::Perspective;
use crate::reference::{self, breaks};
use crate::store::observations::{self, KnownSeries, Observation, PATH_SEPARATOR, SeriesKey, Unit};
use crate::store::{grid, sources};
use crate::swedish;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// The indicator whose values are inhabitants.
pub const POPULATION: &str = "Folkmängd";

pub fn answer(conn: &Connection, question: &Question) -> Result<Answer> {
    let Measure::Series { publisher, dataset, indicator, breakdown, unit } = &question.measure else {
        return Err(Error::internal("svara på frågan", "not a series"));
    };
    let breakdown = serde_json::to_string(breakdown)?;
    let key = SeriesKey { publisher, dataset, indicator, breakdown: &breakdown, unit, area: &question.area };
    let versions = whole_years(observations::versions(conn, &key)?).into_iter();
    let versions: Vec<Observation> = versions.filter(|o| in_span(&o.period, question.from, question.to)).collect();
    let revised = revised(&versions);
    let mut observations = versions;
    observations.dedup_by(|older, newer| older.period == newer.period);
    if observations.is_empty() {
        return Err(Error::not_found(&format!("Serien ”{}” för {}", title(indicator), question.area)));
    }
    let newest = observations.last().map(|o| o.source).unwrap_or_default();
    let source = sources::by_id(conn, newest)?.ok_or_else(|| Error::not_found("Underlaget"))?;
    // A register (population) is not a count of events: chance has no part in it.
    let counted = unit == Unit::Count.word() && source.perspective != Perspective::Reference;
    let population = if counted { population(conn, &question.area)? } else { BTreeMap::new() };
    let points = observations.iter().map(|o| point(conn, o, counted, &population)).collect::<Result<Vec<_>>>()?;
    let local = reference::county(&question.area).is_none() && !reference::country(&question.area);
    let breaks = footing::within(&breaks::of(publisher, dataset, indicator, local), &points);
    let years = footing::since_last_break(judged_years(&points, &population), &breaks);
    let trend = counted.then(|| count_trend(&years));
    let footing = trend.as_ref().map(|trend| footing::of_counts(&points, &years, trend)).unwrap_or_default();
    let about = sentence::SeriesWords { title: title(indicator), publisher, unit, area: &question.area };
    let facts = Facts {
        publisher,
        dataset,
        indicator,
        points: &points,
        counted,
        inhabitants: indicator == POPULATION,
        has_population: !population.is_empty(),
        local,
        breaks: &breaks,
        answers: answers_behind(conn, &key, &points)?,
    };
    let told = caveats::of(&facts);
    Ok(Answer {
        perspective: source.perspective,
        title: title(indicator),
        unit: unit.clone(),
        verdict: trend.as_ref().map_or(Verdict::TooLittle, |t| t.verdict),
        p: trend.as_ref().and_then(|t| t.p),
        sentence: sentence::series(&about, &points, trend.as_ref(), &footing),
        caveats: [told, revised].concat(),
        sources: vec![sentence::source_line(&source)],
        footing: Footing { breaks: footing::marks(&breaks), ..footing },
        comparison: None,
        points,
    })
}

/// How many answers an index rests on, where the same statistic tells it for the newest period.
fn answers_behind(conn: &Connection, key: &SeriesKey, points: &[Point]) -> Result<Option<u32>> {
    let Some(newest) = points.iter().rev().find(|p| p.value.is_some()).filter(|_| caveats::is_index(key.dataset, key.indicator)) else {
        return Ok(None);
    };
    let told = |k: &&KnownSeries| {
        let last = k.indicator.rsplit(PATH_SEPARATOR).next().unwrap_or_default().to_lowercase();
        k.publisher == key.publisher && k.dataset == key.dataset && (last == "n" || last.contains("svar"))
    };
    let Some(series) = observations::known_series(conn, key.area)?.into_iter().find(|k| told(&k)) else { return Ok(None) };
    let values = observations::series(conn, &key_of(&series, key.area))?;
    Ok(values.into_iter().find(|o| o.period == newest.period).and_then(|o| o.value).filter(|n| *n >= 1.0).map(|n| n as u32))
}

fn point(conn: &Connection, o: &Observation, counted: bool, population: &BTreeMap<String, u64>) -> Result<Point> {
    let whole = o.value.filter(|v| counted && *v >= 0.0 && v.fract() == 0.0).map(|v| v as u64);
    let bounds = whole.map(|n| interval::count(n, Level::Usual));
    let rate = whole.zip(population.get(&o.period)).map(|(n, people)| n as f64 * 100_000.0 / *people as f64);
    Ok(Point {
        period: o.period.clone(),
        value: o.value,
        missing: o.missing.clone(),
        state: o.missing.as_deref().map(MissingState::of),
        preliminary: o.preliminary,
        low: bounds.map(|b| b.low),
        high: bounds.map(|b| b.high),
        n: None,
        rate,
        cells: vec![cell(conn, o)?],
    })
}

pub fn cell(conn: &Connection, o: &Observation) -> Result<SourceCell> {
    let source = sources::by_id(conn, o.source)?.ok_or_else(|| Error::not_found("Underlaget"))?;
    Ok(SourceCell {
        source: o.source,
        file: source.file_name,
        sheet: grid::sheet_name(conn, o.source, o.sheet)?,
        row: o.row,
        last_row: o.row,
        column: column_letters(o.column.saturating_sub(1) as usize),
    })
}

/// Whole years that are final: what a verdict may rest on.
fn judged_years(points: &[Point], population: &BTreeMap<String, u64>) -> Vec<YearCount> {
    points
        .iter()
        .filter(|p| !p.preliminary)
        .filter_map(|p| {
            let year = p.period.parse::<i32>().ok()?;
            let count = p.value.filter(|v| *v >= 0.0 && v.fract() == 0.0).map(|v| v as u64);
            Some(YearCount { year, count, population: population.get(&p.period).copied() })
        })
        .collect()
}

/// Inhabitants by year, from whichever imported source has them.
pub fn population(conn: &Connection, area: &str) -> Result<BTreeMap<String, u64>> {
    let mut found = BTreeMap::new();
    for known in observations::known_series(conn, area)?.iter().filter(|k| is_population(k)) {
        for o in observations::series(conn, &key_of(known, area))? {
            if let Some(people) = o.value.filter(|v| *v > 0.0) {
                found.insert(o.period, people as u64);
            }
        }
    }
    Ok(found)
}

/// Everybody, and not one age or sex of them.
fn is_population(known: &KnownSeries) -> bool {
    known.indicator == POPULATION && known.unit == Unit::Count.word() && known.breakdown == "{}"
}

/// Inhabitants of every area that has them in one period, by name; a county is named "… län" and so never taken for a municipality.
pub fn populations(conn: &Connection, period: &str) -> Result<BTreeMap<String, u64>> {
    let mut found = BTreeMap::new();
    for (publisher, dataset) in observations::datasets_of(conn, POPULATION, Unit::Count.word())? {
        let unit = Unit::Count.word();
        let key = SeriesKey { publisher: &publisher, dataset: &dataset, indicator: POPULATION, breakdown: "{}", unit, area: "" };
        for (_, o) in observations::across(conn, &key, period)? {
            if let Some(people) = o.value.filter(|v| *v > 0.0) {
                found.insert(o.area, people as u64);
            }
        }
    }
    Ok(found)
}

pub fn key_of<'a>(known: &'a KnownSeries, area: &'a str) -> SeriesKey<'a> {
    SeriesKey {
        publisher: &known.publisher,
        dataset: &known.dataset,
        indicator: &known.indicator,
        breakdown: &known.breakdown,
        unit: &known.unit,
        area,
    }
}

pub fn question(known: &KnownSeries, area: &str) -> Question {
    let measure = Measure::Series {
        publisher: known.publisher.clone(),
        dataset: known.dataset.clone(),
        indicator: known.indicator.clone(),
        breakdown: serde_json::from_str(&known.breakdown).unwrap_or_default(),
        unit: known.unit.clone(),
    };
    Question { measure, area: area.to_owned(), from: None, to: None, compare: None }
}

pub fn perspective(known: &KnownSeries) -> Perspective {
    Perspective::from_code(&known.perspective).unwrap_or(Perspective::Reference)
}

/// Years and months of one series are not points of one line: where there are years, they are the answer.
fn whole_years(mut all: Vec<Observation>) -> Vec<Observation> {
    let year = |o: &Observation| o.period.len() == 4 && o.period.bytes().all(|b| b.is_ascii_digit());
    if all.iter().any(year) {
        all.retain(year);
    }
    all
}

fn in_span(period: &str, from: Option<i32>, to: Option<i32>) -> bool {
    let year = period.get(..4).and_then(|y| y.parse::<i32>().ok());
    year.is_none_or(|y| from.is_none_or(|f| y >= f) && to.is_none_or(|t| y <= t))
}

/// The last step of a path; steps that mean nothing alone ("Obekant med offret") bring the ones above with them.
pub fn title(path: &str) -> String {
    let steps: Vec<&str> = path.split(PATH_SEPARATOR).collect();
    let alone = |step: &str| {
        let step = step.to_lowercase();
        !["obekant", "bekant", "utomhus", "inomhus", "mot ", "indelat", "pojkar", "flickor", "totalt", "därav"]
            .iter()
            .any(|g| step.starts_with(g))
    };
    let first = steps.iter().rposition(|s| alone(s)).unwrap_or(0);
    steps[first..].iter().filter(|s| !s.to_lowercase().starts_with("indelat")).map(|s| short(s)).collect::<Vec<_>>().join(", ")
}

/// A step without the statute in parentheses at its end: "Ofredande (7 §)" is "Ofredande" to people.
fn short(step: &str) -> &str {
    match step.rsplit_once('(') {
        Some((before, statute)) if statute.contains('§') => before.trim_end(),
        Some((before, note)) if note.contains("t.o.m.") => before.trim_end(),
        _ => step,
    }
}

/// Revisions told one by one; more are only counted.
const MOST_REVISIONS: usize = 3;

/// Values that a newer source changed: `2025 var 12 (preliminärt), är nu 13.` Newest period first.
fn revised(versions: &[Observation]) -> Vec<String> {
    let said = |o: &Observation| o.value.map(swedish::exact).or(o.missing.as_ref().map(|symbol| format!("”{symbol}”"))).unwrap_or_default();
    let one = |of_period: &[Observation]| {
        let (now, before) = (of_period.first()?, of_period.get(1)?);
        let mark = if before.preliminary { " (preliminärt)" } else { "" };
        (said(now) != said(before)).then(|| format!("{} var {}{mark}, är nu {}.", now.period, said(before), said(now)))
    };
    let mut all: Vec<String> = versions.chunk_by(|a, b| a.period == b.period).filter_map(one).collect();
    all.reverse();
    let more = all.len().saturating_sub(MOST_REVISIONS);
    all.truncate(MOST_REVISIONS);
    if more > 0 {
        all.push(format!("Ytterligare {} har ändrats av ett nyare underlag.", swedish::counted(more as u64, "värde", "värden")));
    }
    all
}

/// Whether the verdict says that something moves.
pub fn moves(trend: Option<&Trend>) -> bool {
    trend.is_some_and(|t| matches!(t.verdict, Verdict::Increasing | Verdict::Decreasing))
}
