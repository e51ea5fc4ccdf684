//! Years added together where single years are too small to show (S5). Counts and populations are summed; rates are never averaged.

use super::interval::{self, Interval, Level, Reliability};
use super::trend::{Pool, YearCount};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Three years, or five when three hold fewer than twenty events (health statistics for small areas: North Carolina and New York pool so).
const SPANS: [i32; 2] = [3, 5];
/// From this many events on a year is shown as it is: the relative standard error is then 22 % (NY State, CDC: under it "unstable").
const STEADY: u64 = 20;

/// The last years of a series together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Pooled {
    pub years: Pool,
    /// Mean events per year, with 95 % interval.
    pub mean: f64,
    pub interval: Interval,
    /// Per 100 000 inhabitants and year, with its interval, when the population of every year is known.
    pub rate: Option<f64>,
    pub rate_interval: Option<Interval>,
    pub reliability: Reliability,
}

/// The pooled figure that stands before the yearly ones; `None` when the last year holds twenty events or more, or there are no three
/// years with values in a row. A year without a value ends the pool: a gap is not a zero.
pub fn pooled(years: &[YearCount]) -> Option<Pooled> {
    let last = years.iter().filter(|y| y.count.is_some()).max_by_key(|y| y.year)?;
    if last.count? >= STEADY {
        return None;
    }
    let pool = |span: i32| {
        let of: Option<Vec<YearCount>> = (last.year - span + 1..=last.year).map(|year| of_year(years, year)).collect();
        Pool::of(&of?)
    };
    let [three, five] = SPANS.map(pool);
    let years = three.filter(|p| p.count >= STEADY).or(five).or(three)?;
    let (events, length) = (interval::count(years.count, Level::Usual), f64::from(years.years));
    let rate = years.population.and_then(|people| interval::rate(years.count, people, 100_000.0, Level::Usual));
    Some(Pooled {
        years,
        mean: years.count as f64 / length,
        interval: events.scaled(1.0 / length),
        rate: rate.map(|(rate, _)| rate),
        rate_interval: rate.map(|(_, interval)| interval),
        reliability: Reliability::of(years.count),
    })
}

fn of_year(years: &[YearCount], year: i32) -> Option<YearCount> {
    years.iter().find(|y| y.year == year && y.count.is_some()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(counts: &[u64], population: Option<u64>) -> Vec<YearCount> {
        counts.iter().zip(2026 - counts.len() as i32..).map(|(&n, year)| YearCount { year, count: Some(n), population }).collect()
    }

    #[test]
    fn small_years_are_added_three_or_five_at_a_time() {
        let three = pooled(&years(&[9, 4, 6, 7, 8], Some(2700))).unwrap();
        assert_eq!((three.years.label().as_str(), three.years.count, three.years.population), ("2023–2025", 21, Some(8100)));
        assert_eq!((three.mean, three.reliability), (7.0, Reliability::Steadier));
        // 21 in 8 100 inhabitant-years, not the mean of three rates.
        assert!((three.rate.unwrap() - 259.259_259).abs() < 1e-5);
        let five = pooled(&years(&[1, 2, 0, 3, 1], Some(2700))).unwrap();
        assert_eq!((five.years.label().as_str(), five.years.count, five.reliability), ("2021–2025", 7, Reliability::TooLittle));
        assert_eq!(pooled(&years(&[1, 2, 0], None)).unwrap().years.label(), "2023–2025", "three are what there is");
    }

    #[test]
    fn populations_that_differ_are_summed_and_not_averaged() {
        let uneven: Vec<YearCount> = [(2, 1000), (6, 3000), (4, 2000)]
            .iter()
            .zip(2023..)
            .map(|(&(n, p), year)| YearCount { year, count: Some(n), population: Some(p) })
            .collect();
        assert_eq!(pooled(&uneven).unwrap().rate, Some(200.0));
    }

    #[test]
    fn steady_years_and_gaps_are_not_pooled() {
        assert_eq!(pooled(&years(&[4, 6, 20], None)), None);
        assert_eq!(pooled(&years(&[4, 6], None)), None);
        let mut gap = years(&[4, 6, 5], None);
        gap[1].count = None;
        assert_eq!(pooled(&gap), None, "a missing year is not zero");
        assert_eq!(pooled(&[]), None);
    }
}
