//! Events so rare that a year holds fewer than three (S8): the time between them tells more than bars of nought and one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this median per period the time between events is shown instead (Anhøj, spc4hc, chapter 13: charts for rare events).
const RARE: u64 = 3;

/// Whether a series is of rare events: the (upper) median of its known periods is under three and something has happened.
pub fn is_rare(counts: &[u64]) -> bool {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    counts.iter().any(|n| *n > 0) && sorted.get(sorted.len() / 2).is_some_and(|median| *median < RARE)
}

/// The time between single events, in days (a T chart's points), oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Between {
    /// ISO dates of the events that have one.
    pub dates: Vec<String>,
    /// Days from each event to the next; 0 for two of the same day.
    pub days: Vec<u32>,
    /// Days from the last event to the day asked about.
    pub since: u32,
    pub median: Option<f64>,
    /// The longest wait so far; a longer one is news.
    pub longest: Option<u32>,
}

/// `days`: day numbers of the events in any order; `today` on the same count. `None` without events. Events after `today` are left out.
pub fn between(days: &[i64], today: i64, date: impl Fn(i64) -> String) -> Option<Between> {
    let mut sorted: Vec<i64> = days.iter().copied().filter(|day| *day <= today).collect();
    sorted.sort_unstable();
    let last = *sorted.last()?;
    let gaps: Vec<u32> = sorted.windows(2).map(|pair| pair.iter().rev().copied().reduce(|b, a| b - a).unwrap_or(0) as u32).collect();
    let mut ordered = gaps.clone();
    ordered.sort_unstable();
    let middle = ordered.len() / 2;
    let median = match (ordered.get(middle), ordered.len() % 2, middle.checked_sub(1).and_then(|i| ordered.get(i))) {
        (Some(&high), 0, Some(&low)) => Some((f64::from(low) + f64::from(high)) / 2.0),
        (Some(&only), ..) => Some(f64::from(only)),
        _ => None,
    };
    Some(Between {
        dates: sorted.iter().map(|day| date(*day)).collect(),
        longest: ordered.last().copied(),
        days: gaps,
        since: (today - last) as u32,
        median,
    })
}

/// Years between events where only yearly counts are known: how many events in how many years, and how long since the last year with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Seldom {
    #[ts(type = "number")]
    pub events: u64,
    pub years: u32,
    /// Years from the last one with an event to the last one known; 0 when that had one.
    pub quiet_years: u32,
    pub last_year: i32,
}

/// `years`: the known ones, `(year, events)`. `None` unless they are rare.
pub fn seldom(years: &[(i32, u64)]) -> Option<Seldom> {
    let counts: Vec<u64> = years.iter().map(|(_, n)| *n).collect();
    let last = years.iter().filter(|(_, n)| *n > 0).map(|(year, _)| *year).max()?;
    let end = years.iter().map(|(year, _)| *year).max()?;
    is_rare(&counts).then(|| Seldom {
        events: counts.iter().sum(),
        years: years.len() as u32,
        quiet_years: (end - last) as u32,
        last_year: last,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_rare_by_its_median() {
        assert!(is_rare(&[0, 1, 2, 0, 1]));
        assert!(is_rare(&[2, 2, 9]));
        assert!(!is_rare(&[3, 3, 0]));
        assert!(!is_rare(&[0, 0, 0]), "nothing has no time between");
        assert!(!is_rare(&[]));
    }

    #[test]
    fn the_time_between_is_counted_in_days() {
        let told = between(&[110, 100, 100, 140], 200, |day| day.to_string()).unwrap();
        assert_eq!((told.days.as_slice(), told.since, told.longest, told.median), ([0, 10, 30].as_slice(), 60, Some(30), Some(10.0)));
        let once = between(&[7], 9, |day| day.to_string()).unwrap();
        assert_eq!((once.days.len(), once.since, once.median), (0, 2, None));
        assert_eq!(between(&[300], 200, |day| day.to_string()), None, "what has not happened yet is no event");
    }

    #[test]
    fn yearly_counts_tell_of_quiet_years() {
        let told = seldom(&[(2021, 1), (2022, 0), (2023, 2), (2024, 0), (2025, 0)]).unwrap();
        assert_eq!((told.events, told.years, told.quiet_years, told.last_year), (3, 5, 2, 2023));
        assert_eq!(seldom(&[(2024, 31), (2025, 40)]), None);
    }
}
