//! Whether two counts can be of one rate (S6): the conditional test that verdicts rest on, and the E-test as a second opinion.

use super::poisson::Poisson;
use std::ops::RangeInclusive;

/// Two-sided p of two Poisson counts being of one rate (conditional binomial or C-test, Przyborowski and Wilenski 1940): given the sum, `later`
/// is binomial with the share of exposure that lies on its side (0.5 for equal periods). Twice the smaller tail, at most 1.
pub fn c_test(earlier: u64, later: u64, later_share: f64) -> f64 {
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

/// Two-sided p of the same by the E-test (Krishnamoorthy and Thomson 2004), which finds more than the C-test when counts are small: the chance,
/// at the common rate that the two counts estimate, of a standardised difference at least as large. `None` without exposure; 1 for no events.
///
/// Exposures are inhabitant-years, or years. The difference grows with either tail of the second count, so that each tail is found by
/// halving and the sum takes as many steps as there are likely first counts.
pub fn e_test(earlier: (u64, f64), later: (u64, f64)) -> Option<f64> {
    let ((a, m), (b, n)) = (earlier, later);
    if !(m > 0.0 && n > 0.0 && m.is_finite() && n.is_finite()) {
        return None;
    }
    if a + b == 0 {
        return Some(1.0);
    }
    let rate = (a + b) as f64 / (m + n);
    let pivot = |x: u64, y: u64| {
        let (x, y) = (x as f64 / m, y as f64 / n);
        let spread = (x / m + y / n).sqrt();
        if spread > 0.0 { (y - x) / spread } else { 0.0 }
    };
    // A mirrored pair must not fall outside by the last bit of a division.
    let limit = pivot(a, b).abs() * (1.0 - 1e-12);
    let (first, second) = (Poisson::of(rate * m), Poisson::of(rate * n));
    let end = second.last() + 1;
    let chance = |(x, probability): (u64, f64)| {
        let rising = lowest(end, |y| pivot(x, y) >= limit);
        let falling = lowest(end, |y| pivot(x, y) > -limit);
        let below = falling.checked_sub(1).map_or(0.0, |y| second.at_most(y));
        probability * if falling >= rising { 1.0 } else { below + second.at_least(rising) }
    };
    Some(first.each().map(chance).sum::<f64>().min(1.0))
}

/// The lowest of `0..end` that meets a condition which, once met, stays met; `end` if none does.
fn lowest(end: u64, met: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if met(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The vectors of rule S6, as printed.
    #[test]
    fn two_counts_have_the_published_p() {
        for (a, b, p, tolerance) in
            [(4, 8, 0.39, 0.005), (6, 12, 0.24, 0.005), (10, 20, 0.10, 0.005), (16, 25, 0.21, 0.005), (20, 35, 0.058, 0.0005)]
        {
            let got = c_test(a, b, 0.5);
            assert!((got - p).abs() <= tolerance, "{a} → {b}: {got} is not {p}");
        }
    }

    /// The example that the authors of the E-test print: nothing in 100 against three in 100.
    #[test]
    fn the_e_test_gives_its_authors_example() {
        let p = e_test((0, 100.0), (3, 100.0)).unwrap();
        assert!((p - 0.0884).abs() < 0.00005, "{p}");
    }

    #[test]
    fn without_events_or_exposure_nothing_is_found() {
        assert_eq!(c_test(0, 0, 0.5), 1.0);
        assert_eq!(e_test((0, 1.0), (0, 1.0)), Some(1.0));
        assert_eq!(e_test((5, 1.0), (5, 1.0)), Some(1.0));
        assert_eq!(e_test((5, 0.0), (5, 1.0)), None);
    }

    proptest! {
        #[test]
        fn both_tests_are_probabilities_and_symmetric(a in 0u64..300, b in 0u64..300) {
            let (c, e) = (c_test(a, b, 0.5), e_test((a, 1.0), (b, 1.0)).unwrap());
            prop_assert!((0.0..=1.0).contains(&c) && (0.0..=1.0).contains(&e));
            prop_assert!((c - c_test(b, a, 0.5)).abs() < 1e-9);
            prop_assert!((e - e_test((b, 1.0), (a, 1.0)).unwrap()).abs() < 1e-9);
        }

        #[test]
        fn exposure_in_another_unit_changes_nothing(a in 0u64..80, b in 0u64..80, m in 1u32..9, n in 1u32..9) {
            let (m, n) = (f64::from(m), f64::from(n));
            let (years, days) = (e_test((a, m), (b, n)).unwrap(), e_test((a, m * 365.0), (b, n * 365.0)).unwrap());
            prop_assert!((years - days).abs() < 1e-9);
        }

        /// Further apart is never likelier.
        #[test]
        fn a_larger_change_has_a_smaller_p(a in 0u64..100, b in 0u64..100) {
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(c_test(low, high + 1, 0.5) <= c_test(low, high, 0.5) + 1e-12 || high == low);
        }
    }
}
