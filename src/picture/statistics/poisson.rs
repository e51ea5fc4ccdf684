//! Poisson probabilities without an exponential: terms are built from the mode outwards by their ratios and divided by their sum.
//! Nothing overflows, and no function is called that machines round differently.

/// Terms that are this much smaller than the largest can no longer be seen in a sum of doubles.
const UNSEEN: f64 = 1e-25;

/// The probabilities of `first`, `first + 1` … for a mean; what lies outside is smaller than any sum can show.
pub(super) struct Poisson {
    first: u64,
    each: Vec<f64>,
    /// Probability of at most `first + i`, and of at least it, each summed from its far end so that a small one is exact.
    below: Vec<f64>,
    above: Vec<f64>,
}

impl Poisson {
    pub(super) fn of(mean: f64) -> Self {
        let mode = mean as u64;
        let mut down = Vec::new();
        let mut term = 1.0;
        for k in (1..=mode).rev() {
            term *= k as f64 / mean;
            if term < UNSEEN {
                break;
            }
            down.push(term);
        }
        let first = mode - down.len() as u64;
        let mut each: Vec<f64> = down.into_iter().rev().chain([1.0]).collect();
        term = 1.0;
        for k in mode + 1.. {
            term *= mean / k as f64;
            if term < UNSEEN {
                break;
            }
            each.push(term);
        }
        let total: f64 = each.iter().sum();
        each.iter_mut().for_each(|term| *term /= total);
        let mut above = summed(each.iter().rev());
        above.reverse();
        Self { first, below: summed(each.iter()), above, each }
    }

    /// The counts that can be seen, with their probabilities.
    pub(super) fn each(&self) -> impl Iterator<Item = (u64, f64)> + '_ {
        (self.first..).zip(self.each.iter().copied())
    }

    pub(super) fn last(&self) -> u64 {
        self.first + (self.each.len() as u64).saturating_sub(1)
    }

    /// The probability of at most `k`.
    pub(super) fn at_most(&self, k: u64) -> f64 {
        match k.checked_sub(self.first) {
            None => 0.0,
            Some(i) => self.below.get(i as usize).copied().unwrap_or(1.0).min(1.0),
        }
    }

    /// The probability of at least `k`.
    pub(super) fn at_least(&self, k: u64) -> f64 {
        self.above.get(k.saturating_sub(self.first) as usize).copied().unwrap_or(0.0).min(1.0)
    }
}

fn summed<'t>(terms: impl Iterator<Item = &'t f64>) -> Vec<f64> {
    terms
        .scan(0.0, |sum, term| {
            *sum += term;
            Some(*sum)
        })
        .collect()
}
