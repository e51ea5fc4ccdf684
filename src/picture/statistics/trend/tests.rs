//! The published vectors, an independent computation, and how often chance alone gets a verdict.

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
fn years_that_are_not_in_the_list_are_missing_and_order_does_not_matter() {
    let year = |year, n| YearCount { year, count: Some(n), population: None };
    let trend = count_trend(&[year(2025, 14), year(2009, 90), year(2024, 12), year(2021, 11), year(2020, 13)]);
    let (earlier, later) = (trend.earlier.unwrap(), trend.later.unwrap());
    assert_eq!((earlier.label(), earlier.count, earlier.years), ("2020–2021".to_owned(), 24, 2));
    assert_eq!((later.label(), later.count, later.years), ("2024–2025".to_owned(), 26, 2));
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
    series[5].count = None;
    assert_eq!(count_trend(&series).later.unwrap().label(), "2022–2023", "a series ends with its last value");
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
    assert_eq!(all.map(Verdict::with_arrow), ["↗ ökar", "↘ minskar", "→ ingen säker förändring", "går ej att bedöma"]);
}

proptest! {
    #[test]
    fn a_mirrored_series_gets_the_mirrored_verdict(counts in prop::collection::vec(0u64..19, 6)) {
        let forward = verdict(&counts);
        let backward = verdict(&counts.iter().rev().copied().collect::<Vec<_>>());
        let mirrored = match forward { Verdict::Increasing => Verdict::Decreasing, Verdict::Decreasing => Verdict::Increasing, same => same };
        prop_assert_eq!(backward, mirrored);
    }
}

/// A small generator of our own (the tests must give the same series everywhere), and Knuth's way to a Poisson count from it.
struct Chance(u64);

impl Chance {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn poisson(&mut self, mean: f64) -> u64 {
        let (limit, mut product, mut n) = ((-mean).exp(), self.unit(), 0);
        while product > limit {
            product *= self.unit();
            n += 1;
        }
        n
    }
}

/// Where nothing changes, a verdict may come by chance: at most 5 % from the test and 0.3 % from the run rule.
#[test]
fn chance_alone_seldom_gets_a_verdict_and_almost_never_an_alarm() {
    let mut chance = Chance(2026);
    for mean in [3.0, 8.0, 15.0, 25.0, 60.0, 200.0] {
        let trends: Vec<Trend> = (0..4000).map(|_| count_trend(&years(&[(); 6].map(|()| chance.poisson(mean))))).collect();
        let said = trends.iter().filter(|t| matches!(t.verdict, Verdict::Increasing | Verdict::Decreasing)).count();
        let alarms = trends.iter().filter(|t| t.alarm).count();
        assert!(said <= 240 && alarms <= 16, "mean {mean}: {said} verdicts and {alarms} alarms in 4000 series");
    }
}

/// A real doubling from ordinary numbers is found most of the time.
#[test]
fn a_doubling_is_found() {
    let mut chance = Chance(7);
    let found =
        (0..1000).filter(|_| verdict(&[12.0, 12.0, 12.0, 24.0, 24.0, 24.0].map(|m| chance.poisson(m))) == Verdict::Increasing).count();
    assert!(found > 900, "{found} of 1000");
}
