//! What a figure cannot say, attached by rule. One rule, one sentence; the order is that of weight.

use super::question::Point;
use super::statistics::index;
use super::statistics::missing::MissingState;
use super::statistics::noise;
use crate::reference::breaks::MethodBreak;
use crate::swedish;

/// What the rules look at.
pub struct Facts<'a> {
    pub publisher: &'a str,
    pub dataset: &'a str,
    pub indicator: &'a str,
    pub points: &'a [Point],
    /// Counts of events.
    pub counted: bool,
    pub inhabitants: bool,
    pub has_population: bool,
    /// Crimes are placed where they were committed only below the country.
    pub local: bool,
    pub breaks: &'a [&'static MethodBreak],
    /// Of a survey index: how many answered, if known.
    pub answers: Option<u32>,
}

type Rule = fn(&Facts) -> Option<String>;

const RULES: &[Rule] = &[place_of_crime, fraud, index_without_spread, preliminary, missing, noise_in_population, no_population];

pub fn of(facts: &Facts) -> Vec<String> {
    let told: Vec<String> = RULES.iter().filter_map(|rule| rule(facts)).collect();
    let breaks = facts.breaks.iter().map(|b| b.caveat.to_owned());
    // After what concerns the crimes themselves, before what concerns single values.
    let first = told.iter().take_while(|t| t.starts_with("Anmälda") || t.starts_with("Bedrägerier")).count();
    told[..first].iter().cloned().chain(breaks).chain(told[first..].iter().cloned()).collect()
}

fn says(facts: &Facts, word: &str) -> bool {
    facts.indicator.to_lowercase().contains(word)
}

/// Reported crimes and nothing else of Brå's: its surveys have no place of crime.
fn is_crime(facts: &Facts) -> bool {
    facts.publisher == "Brå" && !facts.dataset.to_lowercase().contains("trygghetsundersökning")
}

fn place_of_crime(facts: &Facts) -> Option<String> {
    let text = "Anmälda brott räknas i den kommun där brottet begicks. Brott som inte anmäls syns inte.";
    (is_crime(facts) && facts.local).then(|| text.to_owned())
}

fn fraud(facts: &Facts) -> Option<String> {
    let text = "Bedrägerier saknar ofta brottsplats, så många syns inte i kommunens siffror.";
    (is_crime(facts) && facts.local && says(facts, "bedräg")).then(|| text.to_owned())
}

/// The police safety survey's index, 0–6.
pub fn is_index(dataset: &str, indicator: &str) -> bool {
    dataset.to_lowercase().contains("trygghetsmätning") && indicator.to_lowercase().contains("index")
}

fn index_without_spread(facts: &Facts) -> Option<String> {
    let value = facts.points.iter().rev().find_map(|p| p.value)?;
    is_index(facts.dataset, facts.indicator).then(|| format!("Index 0–6. {}", index::words(value, facts.answers)))
}

fn preliminary(facts: &Facts) -> Option<String> {
    let text = "Preliminära värden är ofyllda i diagrammet och räknas inte i bedömningen av utvecklingen.";
    facts.points.iter().any(|p| p.preliminary).then(|| text.to_owned())
}

/// Each state by itself: none of them is zero.
fn missing(facts: &Facts) -> Option<String> {
    let mut states: Vec<(MissingState, &str)> =
        facts.points.iter().filter_map(|p| Some((p.state?, p.missing.as_deref().unwrap_or_default()))).collect();
    states.sort_unstable();
    states.dedup_by_key(|(state, _)| *state);
    let told: Vec<String> = states
        .iter()
        .map(
            |(state, symbol)| {
                if symbol.is_empty() { state.words().to_owned() } else { format!("”{symbol}” betyder att {}", clause(*state)) }
            },
        )
        .collect();
    (!told.is_empty())
        .then(|| format!("Där uppgift saknas är linjen bruten. Saknad uppgift är inte noll. {}.", swedish::capitalised(&told.join("; "))))
}

fn clause(state: MissingState) -> &'static str {
    match state {
        MissingState::Dash => "det är bortfall eller inget att redovisa, utgivaren säger inte vilket",
        MissingState::Unknown => "uppgift saknas; tecknet är inte förklarat",
        other => other.words(),
    }
}

fn noise_in_population(facts: &Facts) -> Option<String> {
    let from = |p: &&Point| p.period.get(..4).and_then(|y| y.parse::<i32>().ok()).is_some_and(|year| year >= noise::FIRST_YEAR);
    let used = facts.points.iter().filter(from).any(|p| p.rate.is_some() || (facts.inhabitants && p.value.is_some()));
    let text =
        "Från 2025 lägger SCB till litet slumpmässigt brus i folkmängden. Delar behöver inte summera till totalen, och det är inget fel.";
    used.then(|| text.to_owned())
}

fn no_population(facts: &Facts) -> Option<String> {
    let text = "Ingen folkmängd är inläst, så antalet kan inte räknas om per invånare. Läs in en folkmängdsfil från SCB.";
    (facts.counted && !facts.has_population).then(|| text.to_owned())
}
