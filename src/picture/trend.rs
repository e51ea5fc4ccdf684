//! Whether something has changed, in four words that a meeting can use, with the test behind them.
//!
//! One exact rule for counts (S5–S7 of the statistics practice), written out at [`count_trend`]; one for shares of two surveys at
//! [`share_trend`]. The arithmetic is `+ − × ÷ √` only, so that a verdict is the same on every machine.

use super::interval::{Level, share_difference};
use crate::swedish;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
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
            Self::TooLittle => "för litet underlag",
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

    /// `↗ ökar`, or `för litet underlag` alone.
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
    fn of(years: &[YearCount]) -> Option<Self> {
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
    pub basis: Basis,
    pub earlier: Option<Pool>,
    pub later: Option<Pool>,
}

impl Trend {
    fn too_little(pools: Option<(Pool, Pool)>) -> Self {
        let (earlier, later) = pools.unzip();
        Self { verdict: Verdict::TooLittle, alarm: false, p: None, basis: Basis::Nothing, earlier, later }
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
    if p_two_counts(earlier, later, 0.5) > Level::Usual.alpha() && earlier.min(later) < 20 {
        format!("{words}, kan vara slump")
    } else {
        words
    }
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

/// The verdict on a series of yearly counts, oldest first. The caller leaves out years before a method break and years that are not over.
///
/// 1. Only the last six years are looked at: an older level says nothing about now.
/// 2. If the median of their counts is under 20, the last three years together are compared with the three before; with fewer than six
///    years, the last half with as many before it. Otherwise the last year is compared with the mean of the (at most five) years before.
/// 3. Fewer than ten events on both sides: *för litet underlag*.
/// 4. The test is the conditional binomial (C-test) on the two counts, with exposure = inhabitant-years when the population of every
///    year is known, else = number of years. Verdict at 95 %, `alarm` at 99.8 %.
/// 5. Run rule: when the test is silent but each of six years in a row lies strictly on the same side of the one before (rates when the
///    population is known), the series has a direction all the same (chance 2/6! = 0.3 %). It never raises the alarm.
pub fn count_trend(years: &[YearCount]) -> Trend {
    let recent = &years[years.len().saturating_sub(RUN_YEARS)..];
    let Some((earlier, later, basis)) = halves(recent) else {
        return Trend::too_little(None);
    };
    if earlier.count < JUDGEABLE && later.count < JUDGEABLE {
        return Trend::too_little(Some((earlier, later)));
    }
    let later_share = exposure_share(&earlier, &later);
    let p = p_two_counts(earlier.count, later.count, later_share);
    if p > Level::Usual.alpha()
        && let Some(up) = run(recent)
    {
        let verdict = Verdict::of_direction(up);
        return Trend { verdict, alarm: false, p: Some(RUN_P), basis: Basis::Run, earlier: Some(earlier), later: Some(later) };
    }
    let expected = (earlier.count + later.count) as f64 * later_share;
    let verdict = verdict_of(p, later.count as f64 > expected);
    Trend { verdict, alarm: p <= Level::Alarm.alpha(), p: Some(p), basis, earlier: Some(earlier), later: Some(later) }
}

fn verdict_of(p: f64, up: bool) -> Verdict {
    if p <= Level::Usual.alpha() { Verdict::of_direction(up) } else { Verdict::NoCertainChange }
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
    match (earlier.population, later.population) {
        (Some(e), Some(l)) => l as f64 / (e as f64 + l as f64),
        _ => f64::from(later.years) / f64::from(earlier.years + later.years),
    }
}

/// Six known years in a row, each above (`true`) or below the one before.
fn run(years: &[YearCount]) -> Option<bool> {
    let rates: Vec<(u64, u64)> = years.iter().map(|y| Some((y.count?, y.population.unwrap_or(1)))).collect::<Option<_>>()?;
    let rates_comparable = years.iter().all(|y| y.population.is_some()) || years.iter().all(|y| y.population.is_none());
    let consecutive = years.windows(2).all(|w| w[1].year == w[0].year + 1);
    if rates.len() < RUN_YEARS || !rates_comparable || !consecutive {
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

/// Two-sided p of two Poisson counts being of one rate (conditional binomial or C-test, Przyborowski and Wilenski 1940): given the sum, `later`
/// is binomial with the share of exposure that lies on its side (0.5 for equal periods). Twice the smaller tail, at most 1.
pub fn p_two_counts(earlier: u64, later: u64, later_share: f64) -> f64 {
    let n = earlier + later;
    if n == 0 || !(later_share > 0.0 && later_share < 1.0) {
        return 1.0;
    }
    let odds = later_share / (1.0 - later_share);
    let below = tail(n, odds, 0..=later);
    let above = tail(n, odds, later..=n);
    (2.0 * below.min(above)).min(1.0)
}

/// The probability that a binomial count lies in `range`. Terms are built from the mode outwards by their ratios, so that nothing needs
/// a logarithm (which machines round differently) and nothing overflows.
fn tail(n: u64, odds: f64, range: RangeInclusive<u64>) -> f64 {
    let mode = (((n + 1) as f64 * odds / (1.0 + odds)) as u64).min(n);
    let (mut total, mut inside) = (0.0, 0.0);
    let mut add = |k: u64, term: f64| {
        total += term;
        if range.contains(&k) {
            inside += term;
        }
    };
    let mut term = 1.0;
    for k in mode..=n {
        add(k, term);
        term *= (n - k) as f64 / (k + 1) as f64 * odds;
        if term < f64::MIN_POSITIVE {
            break;
        }
    }
    term = 1.0;
    for k in (1..=mode).rev() {
        term *= k as f64 / ((n - k + 1) as f64 * odds);
        if term < f64::MIN_POSITIVE {
            break;
        }
        add(k - 1, term);
    }
    inside / total
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
/// leaves out zero; the alarm asks the same of the 99.8 % interval. *För litet underlag* when fewer than ten answered either survey.
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(got: f64, want: f64, tolerance: f64) {
        assert!((got - want).abs() <= tolerance, "{got} is not {want}");
    }

    fn years(counts: &[u64]) -> Vec<YearCount> {
        counts.iter().zip(2026 - counts.len() as i32..).map(|(&n, year)| YearCount { year, count: Some(n), population: None }).collect()
    }

    fn verdict(counts: &[u64]) -> Verdict {
        count_trend(&years(counts)).verdict
    }

    /// The vectors of rule S6, as printed.
    #[test]
    fn two_counts_have_the_published_p() {
        for (a, b, p, tolerance) in
            [(4, 8, 0.39, 0.005), (6, 12, 0.24, 0.005), (10, 20, 0.10, 0.005), (16, 25, 0.21, 0.005), (20, 35, 0.058, 0.0005)]
        {
            near(p_two_counts(a, b, 0.5), p, tolerance);
        }
    }

    /// Computed with `scipy.stats.binom`: 2·min(cdf, sf), shares of exposure as given.
    #[test]
    fn two_counts_agree_with_an_independent_computation() {
        for (earlier, later, share, p) in [
            (4, 8, 0.5, 0.3876953125),
            (6, 12, 0.5, 0.237884521484375),
            (10, 20, 0.5, 0.09873714670538905),
            (16, 25, 0.5, 0.21102359760880063),
            (20, 35, 0.5, 0.05806414679240905),
            (0, 9, 0.5, 0.00390625),
            (30, 10, 0.5, 0.0022214337732293643),
            (213, 31, 1.0 / 6.0, 0.10801815252596288),
            (60, 18, 0.25, 0.809837902799224),
            (12, 30, 2750.0 / 5350.0, 0.013302553849126143),
            (1000, 1100, 0.5, 0.03072070786424249),
            (49, 31, 0.5, 0.056664426345121144),
            (138, 106, 0.5, 0.046969811384873786),
            (25000, 25500, 0.5, 0.026382454975594646),
        ] {
            near(p_two_counts(earlier, later, share), p, p * 1e-9);
        }
        assert_eq!(p_two_counts(0, 0, 0.5), 1.0);
    }

    #[test]
    fn small_years_are_pooled_before_they_are_judged() {
        let trend = count_trend(&years(&[5, 4, 6, 11, 12, 13]));
        assert_eq!((trend.verdict, trend.basis), (Verdict::Increasing, Basis::Pooled));
        assert_eq!((trend.earlier.unwrap().count, trend.later.unwrap().count), (15, 36));
        assert_eq!(verdict(&[5, 4, 6, 7, 5, 8]), Verdict::NoCertainChange);
        assert_eq!(verdict(&[1, 0, 2, 1, 3, 2]), Verdict::TooLittle);
        assert_eq!(verdict(&[4, 8]), Verdict::TooLittle);
        assert_eq!(verdict(&[6, 12]), Verdict::NoCertainChange);
        assert_eq!(verdict(&[3, 18]), Verdict::Increasing);
    }

    #[test]
    fn big_years_are_judged_by_the_last_one() {
        let trend = count_trend(&years(&[40, 44, 39, 41, 43, 70]));
        assert_eq!((trend.verdict, trend.basis, trend.alarm), (Verdict::Increasing, Basis::LastAgainstMean, true));
        assert_eq!(verdict(&[40, 44, 39, 41, 43, 45]), Verdict::NoCertainChange);
        assert_eq!(verdict(&[40, 44, 39, 41, 43, 12]), Verdict::Decreasing, "one low last year must not drown in a pool");
    }

    #[test]
    fn only_the_last_six_years_count() {
        assert_eq!(verdict(&[400, 400, 400, 40, 44, 39, 41, 43, 45]), Verdict::NoCertainChange);
    }

    #[test]
    fn six_years_in_one_direction_are_a_trend_without_an_alarm() {
        let trend = count_trend(&years(&[49, 47, 42, 40, 35, 31]));
        assert_eq!((trend.verdict, trend.basis, trend.alarm), (Verdict::Decreasing, Basis::Run, false));
        assert_eq!(verdict(&[49, 47, 42, 42, 35, 31]), Verdict::NoCertainChange, "a tie breaks the run");
        let mut gap = years(&[49, 47, 42, 40, 35, 31]);
        gap[2].count = None;
        assert_eq!(count_trend(&gap).verdict, Verdict::NoCertainChange, "a missing year breaks the run");
    }

    #[test]
    fn a_growing_population_is_not_a_growing_problem() {
        let grown: Vec<YearCount> = [(20, 1000), (21, 1000), (22, 1000), (40, 2000), (41, 2000), (42, 2000)]
            .iter()
            .zip(2020..)
            .map(|(&(n, p), year)| YearCount { year, count: Some(n), population: Some(p) })
            .collect();
        assert_eq!(count_trend(&grown).verdict, Verdict::NoCertainChange);
        let unknown: Vec<YearCount> = grown.iter().map(|y| YearCount { population: None, ..*y }).collect();
        assert_ne!(count_trend(&unknown).verdict, Verdict::NoCertainChange);
    }

    #[test]
    fn missing_is_not_zero() {
        let mut series = years(&[12, 11, 13, 12, 14, 12]);
        series[4].count = None;
        let trend = count_trend(&series);
        assert_eq!(trend.later.unwrap().years, 2);
        assert_eq!(trend.verdict, Verdict::NoCertainChange);
        assert_eq!(count_trend(&[]).verdict, Verdict::TooLittle);
        assert_eq!(verdict(&[30]), Verdict::TooLittle);
        series.iter_mut().for_each(|y| y.count = None);
        assert_eq!(count_trend(&series).verdict, Verdict::TooLittle);
    }

    #[test]
    fn shares_of_two_surveys_are_judged_by_their_difference() {
        let up = share_trend((60, 212), (81, 212)).unwrap();
        assert_eq!((up.verdict, up.alarm), (Verdict::Increasing, false));
        near(up.difference, 9.905_660_377, 1e-6);
        assert_eq!(share_trend((81, 212), (60, 212)).unwrap().verdict, Verdict::Decreasing);
        assert_eq!(share_trend((60, 212), (66, 212)).unwrap().verdict, Verdict::NoCertainChange);
        assert_eq!(share_trend((0, 9), (9, 9)).unwrap().verdict, Verdict::TooLittle);
        assert!(share_trend((5, 100), (60, 100)).unwrap().alarm);
        assert!(share_trend((5, 0), (6, 9)).is_none());
    }

    #[test]
    fn a_reason_says_what_was_compared() {
        let said = |counts: &[u64]| count_trend(&years(counts)).reason().replace(swedish::NBSP, " ");
        assert_eq!(said(&[5, 4, 6, 7, 5, 7]), "2023–2025 mot 2020–2022: från 15 till 19, kan vara slump (p 0,61)");
        assert_eq!(said(&[40, 44, 39, 41, 43, 70]), "2025 mot 2020–2024: från 41 i medeltal till 70 (p < 0,001)");
        assert_eq!(said(&[49, 47, 42, 40, 35, 31]), "2020–2025: samma riktning sex år i rad (p 0,003)");
        assert_eq!(said(&[1, 2]), "2025 mot 2024: färre än tio händelser i båda perioderna");
        assert_eq!(said(&[]), "färre än två jämförbara år");
        assert_eq!(change_words(4, 8), "från 4 till 8, kan vara slump");
    }

    #[test]
    fn the_words_are_the_four() {
        let all = [Verdict::Increasing, Verdict::Decreasing, Verdict::NoCertainChange, Verdict::TooLittle];
        assert_eq!(all.map(Verdict::with_arrow), ["↗ ökar", "↘ minskar", "→ ingen säker förändring", "för litet underlag"]);
    }

    proptest! {
        #[test]
        fn p_is_a_probability_and_symmetric(a in 0u64..400, b in 0u64..400) {
            let p = p_two_counts(a, b, 0.5);
            prop_assert!((0.0..=1.0).contains(&p));
            prop_assert!((p - p_two_counts(b, a, 0.5)).abs() < 1e-9);
        }

        #[test]
        fn a_mirrored_series_gets_the_mirrored_verdict(counts in prop::collection::vec(0u64..19, 6)) {
            let forward = verdict(&counts);
            let backward = verdict(&counts.iter().rev().copied().collect::<Vec<_>>());
            let mirrored = match forward { Verdict::Increasing => Verdict::Decreasing, Verdict::Decreasing => Verdict::Increasing, same => same };
            prop_assert_eq!(backward, mirrored);
        }
    }
}
