//! Whether something has changed, in four words that a meeting can use, with the test behind them.
//!
//! One exact rule for counts (S5–S7 of the statistics practice), written out at [`count_trend`]; one for shares of two surveys at
//! [`share_trend`]. The arithmetic is `+ − × ÷ √` only, so that a verdict is the same on every machine.

use super::interval::{Level, share_difference};
use super::two_counts::{c_test, e_test};
use crate::swedish;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The four verdicts. There is no fifth: what cannot be judged says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Increasing,
    Decreasing,
    NoCertainChange,
    TooLittle,
}

impl Verdict {
    pub fn words(self) -> &'static str {
        match self {
            Self::Increasing => "ökar",
            Self::Decreasing => "minskar",
            Self::NoCertainChange => "ingen säker förändring",
            Self::TooLittle => "går ej att bedöma",
        }
    }

    /// The arrow that stands before the words; nothing when there is too little to point with.
    pub fn arrow(self) -> &'static str {
        match self {
            Self::Increasing => "↗",
            Self::Decreasing => "↘",
            Self::NoCertainChange => "→",
            Self::TooLittle => "",
        }
    }

    /// `↗ ökar`, or `går ej att bedöma` alone.
    pub fn with_arrow(self) -> String {
        format!("{} {}", self.arrow(), self.words()).trim_start().to_owned()
    }

    fn of_direction(up: bool) -> Self {
        if up { Self::Increasing } else { Self::Decreasing }
    }
}

/// One year of a count series. `count` is `None` when the source has no value (never zero); `population` may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct YearCount {
    pub year: i32,
    #[ts(type = "number | null")]
    pub count: Option<u64>,
    #[ts(type = "number | null")]
    pub population: Option<u64>,
}

/// Years added together: counts and populations are summed, rates are never averaged (S5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pool {
    pub first_year: i32,
    pub last_year: i32,
    /// How many years have a value.
    pub years: u32,
    #[ts(type = "number")]
    pub count: u64,
    /// Inhabitant-years; `None` if the population of any year is unknown.
    #[ts(type = "number | null")]
    pub population: Option<u64>,
}

impl Pool {
    pub(super) fn of(years: &[YearCount]) -> Option<Self> {
        let known: Vec<&YearCount> = years.iter().filter(|y| y.count.is_some()).collect();
        let (first, last) = (known.first()?, known.last()?);
        Some(Self {
            first_year: first.year,
            last_year: last.year,
            years: known.len() as u32,
            count: known.iter().filter_map(|y| y.count).sum(),
            population: known.iter().map(|y| y.population.filter(|&p| p > 0)).sum(),
        })
    }

    /// What the events of this pool are weighed against beside those of `other`: inhabitant-years, or years when either side lacks them.
    fn exposure(&self, other: &Self) -> f64 {
        match (self.population, other.population) {
            (Some(people), Some(_)) => people as f64,
            _ => f64::from(self.years),
        }
    }

    /// `2023`, or `2021–2023`.
    pub fn label(&self) -> String {
        swedish::period(&self.first_year.to_string(), &self.last_year.to_string())
    }
}

/// What a verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Fewer than two years with values, or fewer than ten events on both sides.
    Nothing,
    /// The last years together against as many before them.
    Pooled,
    /// The last year against the mean of the years before it.
    LastAgainstMean,
    /// Each of the last six years higher (or lower) than the one before.
    Run,
}

/// A verdict on a series of yearly counts with everything that is needed to say why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Trend {
    pub verdict: Verdict,
    /// Certain also at 99.8 %: may flag the series in a list, where many are scanned.
    pub alarm: bool,
    /// Two-sided, 0–1; for a run the chance of such a run.
    pub p: Option<f64>,
    /// The same by the E-test, which finds more. No verdict rests on it.
    pub second_opinion: Option<f64>,
    pub basis: Basis,
    pub earlier: Option<Pool>,
    pub later: Option<Pool>,
}

impl Trend {
    fn too_little(pools: Option<(Pool, Pool)>) -> Self {
        let (earlier, later) = pools.unzip();
        Self { verdict: Verdict::TooLittle, alarm: false, p: None, second_opinion: None, basis: Basis::Nothing, earlier, later }
    }

    /// The two tests fall on either side of 95 %: the room should know that the verdict hangs on a hair.
    pub fn borderline(&self) -> bool {
        let certain = |p: f64| p <= Level::Usual.alpha();
        self.basis != Basis::Run && self.p.zip(self.second_opinion).is_some_and(|(p, second)| certain(p) != certain(second))
    }

    /// The comparison in words, for a tooltip or a footnote: `2023–2025 mot 2020–2022: från 30 till 18 (p 0,11)`.
    pub fn reason(&self) -> String {
        let (Some(earlier), Some(later)) = (&self.earlier, &self.later) else {
            return "färre än två jämförbara år".to_owned();
        };
        let periods = format!("{} mot {}", later.label(), earlier.label());
        match (self.basis, self.p) {
            (Basis::Nothing, _) | (_, None) => format!("{periods}: färre än tio händelser i båda perioderna"),
            (Basis::Run, Some(p)) => format!("{}: samma riktning sex år i rad ({})", periods_of_run(earlier, later), p_words(p)),
            (Basis::Pooled, Some(p)) => format!("{periods}: {} ({})", change_words(earlier.count, later.count), p_words(p)),
            (Basis::LastAgainstMean, Some(p)) => {
                let mean = earlier.count as f64 / f64::from(earlier.years.max(1));
                format!("{periods}: från {} i medeltal till {} ({})", swedish::decimal(mean, 0), swedish::count(later.count), p_words(p))
            }
        }
    }
}

fn periods_of_run(earlier: &Pool, later: &Pool) -> String {
    swedish::period(&earlier.first_year.to_string(), &later.last_year.to_string())
}

/// `från 4 till 8 (kan vara slump)` under twenty events on either side, since a percentage there would mislead (S6); else `från 40 till 58`.
pub fn change_words(earlier: u64, later: u64) -> String {
    let words = format!("från {} till {}", swedish::count(earlier), swedish::count(later));
    if c_test(earlier, later, 0.5) > Level::Usual.alpha() && earlier.min(later) < 20 { format!("{words}, kan vara slump") } else { words }
}

fn p_words(p: f64) -> String {
    let nbsp = swedish::NBSP;
    if p < 0.001 { format!("p{nbsp}<{nbsp}0,001") } else { format!("p{nbsp}{}", swedish::decimal(p, if p < 0.01 { 3 } else { 2 })) }
}

/// The chance that a series with no trend rises or falls strictly through six years: 2/6!.
const RUN_P: f64 = 2.0 / 720.0;
const RUN_YEARS: usize = 6;
/// Below this many events in an ordinary year, years are pooled (S5) and no percentage is shown (S6).
const STEADY: u64 = 20;
/// Below this on both sides there is nothing to judge (S4).
const JUDGEABLE: u64 = 10;

/// The verdict on a series of yearly counts in any order. The caller leaves out years before a method break and years that are not over.
///
/// 1. Only the six calendar years up to the last one with a value are looked at: an older level says nothing about now. A year without
///    a value is not zero: it adds neither events nor exposure.
/// 2. If the median of their counts is under 20, the last three years together are compared with the three before; with fewer than six
///    years, the last half with as many before it. Otherwise the last year is compared with the mean of the (at most five) years before.
/// 3. Fewer than ten events on both sides: *går ej att bedöma*.
/// 4. The test is the conditional binomial (C-test) on the two counts, with exposure = inhabitant-years when the population of every
///    year is known, else = number of years. Verdict at 95 %, `alarm` at 99.8 %.
/// 5. Run rule: when the test is silent but each of six years in a row lies strictly on the same side of the one before (rates when the
///    population is known), the series has a direction all the same (chance 2/6! = 0.3 %). It never raises the alarm.
pub fn count_trend(years: &[YearCount]) -> Trend {
    let recent = window(years);
    let Some((earlier, later, basis)) = halves(&recent) else {
        return Trend::too_little(None);
    };
    if earlier.count < JUDGEABLE && later.count < JUDGEABLE {
        return Trend::too_little(Some((earlier, later)));
    }
    let later_share = exposure_share(&earlier, &later);
    let p = c_test(earlier.count, later.count, later_share);
    if p > Level::Usual.alpha()
        && let Some(up) = run(&recent)
    {
        let verdict = Verdict::of_direction(up);
        let (earlier, later) = (Some(earlier), Some(later));
        return Trend { verdict, alarm: false, p: Some(RUN_P), second_opinion: None, basis: Basis::Run, earlier, later };
    }
    let second_opinion = e_test((earlier.count, earlier.exposure(&later)), (later.count, later.exposure(&earlier)));
    let expected = (earlier.count + later.count) as f64 * later_share;
    let verdict = verdict_of(p, later.count as f64 > expected);
    Trend { verdict, alarm: p <= Level::Alarm.alpha(), p: Some(p), second_opinion, basis, earlier: Some(earlier), later: Some(later) }
}

fn verdict_of(p: f64, up: bool) -> Verdict {
    if p <= Level::Usual.alpha() { Verdict::of_direction(up) } else { Verdict::NoCertainChange }
}

/// Step 1 of [`count_trend`]: one entry per calendar year, first and last with a value.
fn window(years: &[YearCount]) -> Vec<YearCount> {
    let known = || years.iter().filter(|y| y.count.is_some()).map(|y| y.year);
    let Some(last) = known().max() else { return Vec::new() };
    let first = known().filter(|&year| year > last.saturating_sub(RUN_YEARS as i32)).min().unwrap_or(last);
    let of = |year: i32| years.iter().rev().find(|y| y.year == year && y.count.is_some()).copied();
    (first..=last).map(|year| of(year).unwrap_or(YearCount { year, count: None, population: None })).collect()
}

/// The two sides of the comparison, by step 2 of [`count_trend`]; `None` when a side has no value at all.
fn halves(recent: &[YearCount]) -> Option<(Pool, Pool, Basis)> {
    let pooled = median_under(recent, STEADY)?;
    let last = recent.len().checked_sub(if pooled { recent.len() / 2 } else { 1 })?;
    let first = if pooled { last.checked_sub(recent.len() / 2)? } else { 0 };
    let (earlier, later) = (Pool::of(&recent[first..last])?, Pool::of(&recent[last..])?);
    Some((earlier, later, if pooled { Basis::Pooled } else { Basis::LastAgainstMean }))
}

/// Whether the (lower) median of the known counts is under `limit`; `None` with fewer than two.
fn median_under(years: &[YearCount], limit: u64) -> Option<bool> {
    let mut counts: Vec<u64> = years.iter().filter_map(|y| y.count).collect();
    counts.sort_unstable();
    (counts.len() >= 2).then(|| counts[(counts.len() - 1) / 2] < limit)
}

/// The share of all exposure that falls on the later side, 0–1.
fn exposure_share(earlier: &Pool, later: &Pool) -> f64 {
    let (before, after) = (earlier.exposure(later), later.exposure(earlier));
    after / (before + after)
}

/// Six known years in a row, each above (`true`) or below the one before.
fn run(years: &[YearCount]) -> Option<bool> {
    let rates: Vec<(u64, u64)> = years.iter().map(|y| Some((y.count?, y.population.unwrap_or(1)))).collect::<Option<_>>()?;
    let rates_comparable = years.iter().all(|y| y.population.is_some()) || years.iter().all(|y| y.population.is_none());
    if rates.len() < RUN_YEARS || !rates_comparable {
        return None;
    }
    let above = |w: &[(u64, u64)]| u128::from(w[1].0) * u128::from(w[0].1) > u128::from(w[0].0) * u128::from(w[1].1);
    let below = |w: &[(u64, u64)]| u128::from(w[1].0) * u128::from(w[0].1) < u128::from(w[0].0) * u128::from(w[1].1);
    match (rates.windows(2).all(above), rates.windows(2).all(below)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// A verdict on the share of two independent surveys.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct ShareTrend {
    pub verdict: Verdict,
    pub alarm: bool,
    /// `later − earlier` in percentage points, with its 95 % interval.
    pub difference: f64,
    pub low: f64,
    pub high: f64,
}

/// The verdict on a share between two surveys, each `(hits, asked)`: a change is certain when Newcombe's 95 % interval for the difference
/// leaves out zero; the alarm asks the same of the 99.8 % interval. *Går ej att bedöma* when fewer than ten answered either survey.
/// `None` when the figures are no shares (nobody asked, more hits than asked).
pub fn share_trend(earlier: (u64, u64), later: (u64, u64)) -> Option<ShareTrend> {
    let usual = share_difference(earlier, later, Level::Usual)?.scaled(100.0);
    let strict = share_difference(earlier, later, Level::Alarm)?;
    let judgeable = earlier.1.min(later.1) >= JUDGEABLE;
    let verdict = match (judgeable, usual.low > 0.0, usual.high < 0.0) {
        (false, ..) => Verdict::TooLittle,
        (_, true, _) => Verdict::Increasing,
        (_, _, true) => Verdict::Decreasing,
        _ => Verdict::NoCertainChange,
    };
    let difference = (later.0 as f64 / later.1 as f64 - earlier.0 as f64 / earlier.1 as f64) * 100.0;
    Some(ShareTrend { verdict, alarm: judgeable && !strict.contains(0.0), difference, low: usual.low, high: usual.high })
}

#[cfg(test)]
mod tests;
