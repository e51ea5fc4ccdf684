//! Similar municipalities: found by the features that imported files tell, explained feature by feature, or chosen by hand.

use super::series::{self, key_of};
use crate::error::{Error, Result};
use crate::file::Tx;
use crate::reference::likeness::{FEATURES, Feature};
use crate::reference::{self, Known};
use crate::store::observations::{self, KnownSeries};
use crate::store::settings;
use crate::swedish;
use rusqlite::Connection;
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// How many similar ones are compared with: the middle half of twelve is six, which a room can still name.
const MOST: usize = 12;
/// Near in a feature: at most a tenth of all municipalities lie between.
const NEAR: f64 = 0.1;

/// Whom a municipality can be held against, and why.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Neighbours {
    pub area: String,
    /// The group chosen by hand; empty when nobody has chosen.
    pub chosen: Vec<String>,
    /// The most similar first, by the features that the file knows.
    pub similar: Vec<Neighbour>,
    /// Features used: "folkmängd 2018, 290 kommuner".
    pub features: Vec<String>,
    /// What is not known here, and which file would tell it.
    pub lacking: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Neighbour {
    pub area: String,
    pub features: Vec<Likeness>,
    /// "Nära i folkmängd (2 464 mot 2 805). Längre ifrån i inkomst (…)."
    pub sentence: String,
}

/// One feature of both.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Likeness {
    pub feature: String,
    pub own: String,
    pub theirs: String,
    /// How many municipalities lie between the two.
    pub between: u32,
    pub near: bool,
}

/// A feature with every municipality's value.
struct Told {
    feature: &'static Feature,
    unit: String,
    period: String,
    values: BTreeMap<String, f64>,
    sorted: Vec<f64>,
}

pub fn neighbours(conn: &Connection, area: &str) -> Result<Neighbours> {
    let known = observations::known_series(conn, area)?;
    let told: Vec<Told> = FEATURES.iter().map(|f| told(conn, &known, f, area)).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    let lacking = FEATURES
        .iter()
        .filter(|f| !told.iter().any(|t| t.feature.id == f.id))
        .map(|f| format!("{}: läs in {}, för alla kommuner.", swedish::capitalised(f.name), f.file))
        .collect();
    let features = told
        .iter()
        .map(|t| format!("{} {}, {}", t.feature.name, t.period, swedish::counted(t.values.len() as u64, "kommun", "kommuner")))
        .collect();
    Ok(Neighbours { area: area.to_owned(), chosen: chosen(conn, area)?, similar: similar(&told, area), features, lacking })
}

/// Names of the similar ones, alphabetically.
pub fn names(neighbours: &Neighbours) -> Vec<String> {
    let mut names: Vec<String> = neighbours.similar.iter().map(|n| n.area.clone()).collect();
    names.sort_by(|a, b| swedish::compare(a, b));
    names
}

/// The feature from the best series of this area, its newest period, every municipality in it; `None` where nothing tells it.
fn told(conn: &Connection, known: &[KnownSeries], feature: &'static Feature, area: &str) -> Result<Option<Told>> {
    let ranked = known.iter().filter_map(|k| Some((feature.rank(&k.indicator, &k.breakdown, &k.unit)?, k)));
    let mut best: Option<(usize, KnownSeries, String)> = None;
    for (rank, series) in ranked {
        let newest = observations::series(conn, &key_of(series, area))?.into_iter().rev().find(|o| o.value.is_some());
        let Some(newest) = newest else { continue };
        if best.as_ref().is_none_or(|(r, _, period)| (rank, std::cmp::Reverse(&newest.period)) < (*r, std::cmp::Reverse(period))) {
            best = Some((rank, series.clone(), newest.period));
        }
    }
    let Some((_, series, period)) = best else { return Ok(None) };
    let mut values: BTreeMap<String, f64> = observations::across(conn, &key_of(&series, area), &period)?
        .into_iter()
        .filter(|(level, _)| level == "municipality")
        .filter_map(|(_, o)| Some((o.area, o.value?)))
        .collect();
    if feature.share_of_people {
        let people = series::populations(conn, &period)?;
        values = values.into_iter().filter_map(|(name, n)| Some((name.clone(), n * 100.0 / *people.get(&name)? as f64))).collect();
    }
    let mut sorted: Vec<f64> = values.values().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let unit = if feature.share_of_people { "procent".to_owned() } else { series.unit };
    Ok(values.contains_key(area).then_some(Told { feature, unit, period, values, sorted }))
}

impl Told {
    /// How many lie between two values, both ends outside.
    fn between(&self, a: f64, b: f64) -> usize {
        let (low, high) = (a.min(b), a.max(b));
        self.sorted.iter().filter(|v| **v > low && **v < high).count()
    }

    /// The same as a share of all, 0–1: ranks, not amounts, so that a few giants do not stretch the scale.
    fn distance(&self, a: f64, b: f64) -> f64 {
        let equal = a == b;
        if equal { 0.0 } else { (self.between(a, b) + 1) as f64 / self.sorted.len() as f64 }
    }

    fn said(&self, value: f64) -> String {
        match self.unit.as_str() {
            "procent" => swedish::percent(value, 1),
            "tkr" => format!("{}{}tkr", swedish::decimal(value, 0), swedish::NBSP),
            _ => swedish::decimal(value, usize::from(value.fract() != 0.0)),
        }
    }
}

/// Least mean square of the rank distances over all features that the area has; only municipalities that have them all.
fn similar(told: &[Told], area: &str) -> Vec<Neighbour> {
    let Some(first) = told.first() else { return Vec::new() };
    let own: Vec<f64> = told.iter().filter_map(|t| t.values.get(area).copied()).collect();
    let mut near: Vec<(f64, &String, Vec<f64>)> = first
        .values
        .keys()
        .filter(|name| *name != area)
        .filter_map(|name| {
            let theirs: Vec<f64> = told.iter().map(|t| t.values.get(name).copied()).collect::<Option<_>>()?;
            let square = |((t, a), b): ((&Told, &f64), &f64)| t.distance(*a, *b) * t.distance(*a, *b);
            Some((told.iter().zip(&own).zip(&theirs).map(square).sum(), name, theirs))
        })
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| swedish::compare(a.1, b.1)));
    near.truncate(MOST);
    near.into_iter().map(|(_, name, theirs)| neighbour(told, name, &own, &theirs)).collect()
}

fn neighbour(told: &[Told], name: &str, own: &[f64], theirs: &[f64]) -> Neighbour {
    let features: Vec<Likeness> = told
        .iter()
        .zip(own.iter().zip(theirs))
        .map(|(t, (&own, &theirs))| Likeness {
            feature: t.feature.name.to_owned(),
            own: t.said(own),
            theirs: t.said(theirs),
            between: t.between(own, theirs) as u32,
            near: t.distance(own, theirs) <= NEAR || t.between(own, theirs) == 0,
        })
        .collect();
    let of = |near: bool| -> Vec<String> {
        let chosen = features.iter().filter(|f| f.near == near);
        chosen.map(|f| format!("{} ({} mot {})", f.feature, f.theirs, f.own)).collect()
    };
    let part = |words: &str, items: Vec<String>| (!items.is_empty()).then(|| format!("{words} {}.", swedish::list(&items)));
    let sentence: Vec<String> = [part("Nära i", of(true)), part("Längre ifrån i", of(false))].into_iter().flatten().collect();
    Neighbour { area: name.to_owned(), features, sentence: sentence.join(" ") }
}

/// Setting: the group that a municipality is compared with, JSON array of names.
fn setting(area: &str) -> String {
    format!("comparison_group:{area}")
}

/// The group that somebody has chosen for this municipality.
pub fn chosen(conn: &Connection, area: &str) -> Result<Vec<String>> {
    Ok(settings::get(conn, &setting(area))?.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default())
}

/// Chooses the group by hand; nobody takes the choice away. Names in any form; one that is no municipality is refused.
pub fn choose(tx: &mut Tx, area: &str, members: &[String], practice: &[String]) -> Result<()> {
    let known = Known { practice };
    let mut group = Vec::new();
    for member in members {
        let name = reference::find(member).map(|m| m.name).or_else(|| known.find(member));
        let Some(name) = name else {
            let hint = reference::meant(member)
                .map_or_else(|| "Skriv namnet som SCB skriver det.".to_owned(), |m| format!("Menade du {}?", m.name));
            return Err(Error::not_allowed(format!("Det finns ingen kommun som heter ”{member}”.")).hint(hint));
        };
        if name != area && !group.contains(&name.to_owned()) {
            group.push(name.to_owned());
        }
    }
    group.sort_by(|a, b| swedish::compare(a, b));
    settings::set(tx, &setting(area), &serde_json::to_string(&group)?)
}
