//! How firmly a figure stands: what the rules for small numbers say beside its points.

use super::question::{BreakMark, Footing, Point};
use super::statistics::interval::Reliability;
use super::statistics::pool::pooled;
use super::statistics::rare::{between, seldom};
use super::statistics::runs::runs;
use super::statistics::trend::{Trend, YearCount};
use crate::reference::breaks::MethodBreak;
use chrono::{Datelike, NaiveDate};

/// Of yearly counts, with the trend that was made of them.
pub fn of_counts(points: &[Point], years: &[YearCount], trend: &Trend) -> Footing {
    let known: Vec<(i32, u64)> = years.iter().filter_map(|y| Some((y.year, y.count?))).collect();
    let newest = points.iter().rev().find_map(|p| p.value).filter(|v| *v >= 0.0);
    let values: Vec<f64> = points.iter().filter(|p| !p.preliminary).filter_map(|p| p.value).collect();
    Footing {
        alarm: trend.alarm,
        borderline: trend.borderline(),
        reliability: newest.map(|n| Reliability::of(n as u64)),
        pooled: pooled(years),
        seldom: seldom(&known),
        runs: runs(&values),
        ..Footing::default()
    }
}

/// Adds the days between events where they are rare and dated: ISO days; `until` is the last day that the lists cover.
pub fn with_days(mut footing: Footing, dates: &[&str], until: Option<&str>) -> Footing {
    let day = |date: &str| date.parse::<NaiveDate>().ok().map(|d| i64::from(d.num_days_from_ce()));
    let days: Vec<i64> = dates.iter().filter_map(|d| day(d)).collect();
    if footing.seldom.is_some() && days.len() == dates.len() {
        let back = |n: i64| NaiveDate::from_num_days_from_ce_opt(n as i32).map(|d| d.to_string()).unwrap_or_default();
        footing.between = until.and_then(day).and_then(|until| between(&days, until, back));
    }
    footing
}

/// The breaks that lie among the years shown: after the first and not after the last.
pub fn within(breaks: &[&'static MethodBreak], points: &[Point]) -> Vec<&'static MethodBreak> {
    let years: Vec<i32> = points.iter().filter_map(|p| p.period.get(..4)?.parse().ok()).collect();
    let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) else { return Vec::new() };
    breaks.iter().copied().filter(|b| *first < b.year && b.year <= *last).collect()
}

pub fn marks(breaks: &[&'static MethodBreak]) -> Vec<BreakMark> {
    breaks.iter().map(|b| BreakMark { year: b.year, label: b.label.to_owned() }).collect()
}

/// Only years of the newest way of counting can be compared.
pub fn since_last_break(years: Vec<YearCount>, breaks: &[&MethodBreak]) -> Vec<YearCount> {
    let from = breaks.iter().map(|b| b.year).max();
    years.into_iter().filter(|y| from.is_none_or(|from| y.year >= from)).collect()
}
