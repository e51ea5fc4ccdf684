//! Runs in a longer series (S7): a shift that no single value shows. Anhøj's two rules, which need no distribution.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Fewer useful points than this say nothing about runs (Anhøj and Olesen 2014).
const FEWEST: usize = 10;

/// How a series runs along its median.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Runs {
    /// Values that do not lie on the median.
    pub useful: u32,
    /// The longest row of them on one side, and the longest that chance commonly gives.
    pub longest: u32,
    pub longest_usual: u32,
    /// How often the series crosses its median, and how seldom chance commonly lets it.
    pub crossings: u32,
    pub crossings_usual: u32,
}

impl Runs {
    /// Chance alone seldom runs so (about one series in twenty by the two rules together).
    pub fn shifted(self) -> bool {
        self.longest > self.longest_usual || self.crossings < self.crossings_usual
    }
}

/// Anhøj's rules (Anhøj and Olesen 2014; Anhøj 2015): unusually long is a run of more than `round(log2 n) + 3`; unusually few are crossings
/// under the 5 % quantile of a binomial of `n − 1` tries at one half. `None` with fewer than ten useful values.
pub fn runs(values: &[f64]) -> Option<Runs> {
    let middle = median(values)?;
    let sides: Vec<bool> = values.iter().filter(|v| **v != middle).map(|v| *v > middle).collect();
    if sides.len() < FEWEST {
        return None;
    }
    let longest = sides.chunk_by(|a, b| a == b).map(<[bool]>::len).max().unwrap_or(0);
    let crossings = sides.windows(2).filter(|pair| pair.first() != pair.last()).count();
    Some(Runs {
        useful: sides.len() as u32,
        longest: longest as u32,
        longest_usual: rounded_log2(sides.len() as u64) + 3,
        crossings: crossings as u32,
        crossings_usual: half_quantile(sides.len() as u64 - 1),
    })
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?);
    Some((low + high) / 2.0)
}

/// `round(log2 n)` in whole numbers: the power of two below, or the one above once `n` has passed their geometric mean.
fn rounded_log2(n: u64) -> u32 {
    let below = n.max(1).ilog2();
    // n > √2 · 2^below ⇔ n² > 2 · 4^below.
    let passed = u128::from(n) * u128::from(n) > 2 << (2 * below);
    below + u32::from(passed)
}

/// The smallest `k` that a binomial count of `n` tries at one half is at most, with a chance of 5 % or more.
fn half_quantile(n: u64) -> u32 {
    // From the middle outwards, as in the tests of two counts, so that nothing underflows.
    let (mut terms, mut term, middle) = (vec![1.0], 1.0, n / 2);
    for k in (1..=middle).rev() {
        term *= k as f64 / (n - k + 1) as f64;
        terms.push(term);
    }
    terms.reverse();
    term = 1.0;
    for k in middle..n {
        term *= (n - k) as f64 / (k + 1) as f64;
        terms.push(term);
    }
    let total: f64 = terms.iter().sum();
    let mut sum = 0.0;
    let below = |term: &f64| {
        sum += term / total;
        sum < 0.05
    };
    terms.iter().map(below).take_while(|below| *below).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The limits that Anhøj's own table prints (R: `round(log2(n)) + 3`, `qbinom(0.05, n - 1, 0.5)`).
    #[test]
    fn the_limits_are_those_of_the_published_table() {
        for (n, longest, crossings) in [(10, 6, 2), (11, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (36, 8, 13), (60, 9, 23)] {
            assert_eq!((rounded_log2(n) + 3, half_quantile(n - 1)), (longest, crossings), "n = {n}");
        }
    }

    #[test]
    fn a_shift_is_seen_that_no_value_shows() {
        let shifted: Vec<f64> = [4, 5, 4, 6, 5, 4, 5, 4, 8, 9, 8, 7, 9, 8, 9, 8].map(f64::from).to_vec();
        let told = runs(&shifted).unwrap();
        assert_eq!((told.longest, told.crossings, told.shifted()), (8, 1, true));
        let even: Vec<f64> = (0..16).map(|i| f64::from(i % 2)).collect();
        assert!(!runs(&even).unwrap().shifted());
    }

    #[test]
    fn values_on_the_median_and_short_series_say_nothing() {
        assert_eq!(runs(&[5.0; 40]), None);
        assert_eq!(runs(&[1.0, 2.0, 3.0]), None);
        assert_eq!(runs(&[]), None);
    }
}
