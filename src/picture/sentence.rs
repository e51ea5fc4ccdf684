//! Swedish sentences about figures: the number first, then how sure it is, then where it is going. Deterministic.

use super::compare::Comparison;
use super::question::{Footing, Point};
use super::statistics::trend::{Basis, ShareTrend, Trend, Verdict, change_words};
use crate::store::observations::Unit;
use crate::store::sources::{OWN_REPORTS, Source};
use crate::swedish;

pub struct SeriesWords<'a> {
    pub title: String,
    pub publisher: &'a str,
    pub unit: &'a str,
    pub area: &'a str,
}

/// A value in its unit: `31`, `752 per 100 000 inv`, `12,5 %`.
pub fn value(number: f64, unit: &str) -> String {
    match unit {
        "antal" => swedish::decimal(number, if number.fract() == 0.0 { 0 } else { 1 }),
        "procent" => swedish::percent(number, if number.fract() == 0.0 { 0 } else { 1 }),
        "andel" => swedish::percent(number * 100.0, 1),
        "okänd enhet" => swedish::decimal(number, places(number)),
        unit => format!("{} {unit}", swedish::decimal(number, places(number))),
    }
}

/// A period as running text says it: `2025-10` is "oktober 2025", everything else stands as it is.
pub fn period(label: &str) -> String {
    match label.split_once('-') {
        Some((year, month)) if year.len() == 4 && month.len() == 2 => match month.parse() {
            Ok(number @ 1..=12) => format!("{} {year}", swedish::month(number)),
            _ => label.to_owned(),
        },
        _ => label.to_owned(),
    }
}

fn places(number: f64) -> usize {
    usize::from(number.fract() != 0.0)
}

/// What is counted: "anmälda brott" for Brå, else plain.
pub fn noun(publisher: &str, unit: &str) -> &'static str {
    match (publisher, unit) {
        ("Brå", "antal") => "anmälda brott",
        _ => "",
    }
}

pub fn series(words: &SeriesWords, points: &[Point], trend: Option<&Trend>, footing: &Footing) -> String {
    let Some(last) = points.last() else { return String::new() };
    let mut text = match last.value {
        Some(number) => last_value(words, last, number),
        None => format!("Uppgift saknas för {} (”{}” i filen).", period(&last.period), last.missing.as_deref().unwrap_or("tomt")),
    };
    text.push_str(&small_numbers(footing));
    if let Some(trend) = trend {
        text.push(' ');
        text.push_str(&development(trend));
    }
    text
}

/// What stands in for years too small to show: pooled years, and the time between rare events.
fn small_numbers(footing: &Footing) -> String {
    let mut text = String::new();
    if let Some(pooled) = &footing.pooled {
        let mean = swedish::decimal(pooled.mean, 1);
        let ends = swedish::between(pooled.interval.low, pooled.interval.high, 1);
        text.push_str(&format!(" Medel {}: {mean} om året, sannolikt {ends}.", pooled.years.label()));
    }
    match (&footing.between, &footing.seldom) {
        (Some(days), _) => {
            let since = swedish::counted(u64::from(days.since), "dag", "dagar");
            text.push_str(&format!(" Sällsynt: {since} sedan den senaste"));
            if let Some(median) = days.median {
                text.push_str(&format!(", i mitten {} dagar mellan", swedish::decimal(median, 0)));
            }
            text.push('.');
        }
        (None, Some(seldom)) => {
            let years = swedish::counted(u64::from(seldom.years), "år", "år");
            let quiet = match seldom.quiet_years {
                0 => String::new(),
                _ => format!(", ingen sedan {}", seldom.last_year),
            };
            text.push_str(&format!(" Sällsynt: {} på {years}{quiet}.", swedish::count(seldom.events)));
        }
        _ => {}
    }
    text
}

fn last_value(words: &SeriesWords, last: &Point, number: f64) -> String {
    let noun = match (noun(words.publisher, words.unit), number == 1.0) {
        _ if words.title == super::series::POPULATION => "invånare",
        ("anmälda brott", true) => "anmält brott",
        (noun, _) => noun,
    };
    let preliminary = if last.preliminary { " (preliminärt)" } else { "" };
    let mut text = format!("{} {noun} {}{preliminary}", value(number, words.unit), period(&last.period)).replace("  ", " ");
    if words.unit == Unit::Count.word() {
        if let (Some(low), Some(high)) = (last.low, last.high) {
            text.push_str(&format!(", sannolikt {}", swedish::between(low.round(), high.round(), 0)));
        }
        if let Some(rate) = last.rate {
            text.push_str(&format!("; det är {} invånare", swedish::per_1000(rate / 100.0)));
        }
    }
    text + "."
}

/// "Utvecklingen: minskar (2023–2025 mot 2020–2022: från 150 till 110, p 0,02)."
fn development(trend: &Trend) -> String {
    match (trend.verdict, trend.basis) {
        (Verdict::TooLittle, Basis::Nothing) if trend.earlier.is_none() => "Det finns för få år för att säga något om utvecklingen.".into(),
        (Verdict::TooLittle, _) => "För litet underlag för att säga något om utvecklingen.".into(),
        (verdict, _) => {
            let hair = if trend.borderline() { "; ett gränsfall" } else { "" };
            format!("Utvecklingen: {} ({}{hair}).", verdict.words(), trend.reason().replace(" (", ", ").replace(')', ""))
        }
    }
}

/// "88 av 212 (42 %) svarade otrygg, sannolikt mellan 35 och 48 %."
pub fn share(hits: u32, asked: u32, point: &Point, answers: &str) -> String {
    let percent = f64::from(hits) * 100.0 / f64::from(asked.max(1));
    if asked < 10 {
        return format!("{hits} av {asked} svarade {answers} {}. För få svar för att visa andelar.", period(&point.period));
    }
    let bounds = match (point.low, point.high) {
        (Some(low), Some(high)) => format!(", sannolikt {}", swedish::between_percent(low, high, 0)),
        _ => String::new(),
    };
    format!("{hits} av {asked} ({}) svarade {answers} {}{bounds}.", swedish::percent(percent, 0), period(&point.period))
}

pub fn share_development(trend: Option<&ShareTrend>, from: &str, to: &str) -> String {
    match trend {
        None => "Frågan är bara ställd en gång, så det går inte att bedöma utvecklingen.".into(),
        Some(t) if t.verdict == Verdict::TooLittle => "För få svar för att bedöma utvecklingen.".into(),
        Some(t) => {
            let sign = if t.difference >= 0.5 { "+" } else { "" };
            format!(
                "Utvecklingen från {} till {}: {} ({sign}{}, sannolikt {}).",
                period(from),
                period(to),
                t.verdict.words(),
                swedish::percentage_points(t.difference, 0),
                swedish::between(t.low, t.high, 0)
            )
        }
    }
}

/// "2025: 31 stycken, alltså 1 148 per 100 000 inv, sannolikt mellan 780 och 1 630. Den mittersta hälften av 12 liknande kommuner ligger
/// mellan 640 och 1 015: skiljer sig inte säkert från den mittersta hälften." Never a rank.
pub fn comparison(c: &Comparison) -> String {
    let Some((own, number)) = c.own.as_ref().and_then(|own| Some((own, own.value?))) else {
        return format!("Det finns inget eget värde att jämföra {}.", c.period);
    };
    let rate = |v: f64| swedish::decimal(v, if v.abs() < 10.0 { 1 } else { 0 });
    let between = |low: f64, high: f64| format!("mellan {} och {}", rate(low), rate(high));
    let unit = if c.unit == "procent" { format!("{}%", swedish::NBSP) } else { format!(" {}", c.unit) };
    let count = own.count.map(|n| format!("{} stycken, alltså ", swedish::count(n))).unwrap_or_default();
    let mut text = format!("{}: {count}{}{unit}", c.period, rate(number));
    if let Some(i) = own.interval {
        text.push_str(&format!(", sannolikt {}", between(i.low, i.high)));
    }
    text.push('.');
    if let Some((band, position)) = c.band.as_ref().zip(c.position) {
        let words = position.words();
        text.push_str(&format!(" Den mittersta hälften av {} ligger {}: {words}.", c.others, between(band.lower, band.upper)));
    }
    if let (Some(funnel), Some(count)) = (&c.funnel, own.count) {
        let (usual, alarm) = (funnel.usual, funnel.alarm);
        let outside = match (alarm.hold(count), usual.hold(count)) {
            (false, _) => "utanför det som slumpen nästan alltid ger",
            (_, false) => "utanför det som slumpen oftast ger",
            _ => "inom det som slumpen ger",
        };
        let ends = format!("mellan {} och {}", swedish::count(usual.least), swedish::count(usual.most));
        text.push_str(&format!(
            " Med gruppens gemensamma nivå ger slumpen {ends} i en kommun av den storleken; {} är {outside}.",
            swedish::count(count)
        ));
    }
    if let Some((whole, value)) = c.whole.as_ref().and_then(|w| Some((w, w.value?))) {
        let words = own.interval.map_or("", |i| match () {
            () if i.low > value => "; kommunen ligger högre",
            () if i.high < value => "; kommunen ligger lägre",
            () => "; kommunen skiljer sig inte säkert från det",
        });
        text.push_str(&format!(" {}: {}{unit}{words}.", whole.area, rate(value)));
    }
    text
}

/// "41 iakttagelser 2025 (från 22 till 41)."
pub fn reports(points: &[Point], trend: &Trend, footing: &Footing) -> String {
    if points.is_empty() { "Inga rapporter.".into() } else { counted(points, trend, footing, "iakttagelse", "iakttagelser") }
}

/// "31 händelser 2024 (5 fler än 2023). …", with the words for one and for several of what was counted.
pub fn counted(points: &[Point], trend: &Trend, footing: &Footing, one: &str, several: &str) -> String {
    let Some(last) = points.last() else { return format!("Inga {several}.") };
    let number = last.value.unwrap_or(0.0) as u64;
    let mut text = swedish::counted(number, one, several) + " " + &last.period;
    if let ([.., before, _], Verdict::TooLittle) = (points, trend.verdict) {
        text.push_str(&format!(" ({} jämfört med {})", change_words(before.value.unwrap_or(0.0) as u64, number), before.period));
    }
    text.push('.');
    text.push_str(&small_numbers(footing));
    text.push(' ');
    text + &development(trend)
}

/// "Brå, Databasen över anmälda brott: Databasfil.txt, inläst 2026-03-30".
pub fn source_line(source: &Source) -> String {
    if source.recipe.as_deref() == Some(OWN_REPORTS) {
        return format!("{}, skrivna i programmet", source.title);
    }
    format!("{}, {}: {}, inläst {}", source.publisher, source.title, source.file_name, source.retrieved)
}

#[cfg(test)]
mod tests;
