//! How far a group agrees (S17): the share within one step of the middle and the middle half, never a mean alone.

use super::band::quantile;

/// Up to this many people each is a dot of its own: a summary would drown them.
pub const DOTS: usize = 12;
/// What Delphi studies mostly call agreement (70–80 %). A convention, and said to be one.
pub const CONVENTION: f64 = 0.75;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Consensus {
    pub answered: u32,
    pub median: f64,
    /// First and third quartile.
    pub quartiles: [f64; 2],
    /// How many lie within one step of the median.
    pub near: u32,
}

impl Consensus {
    /// Of scores on a scale of whole steps, in any order. Nobody gives zeros.
    pub fn of(scores: &[u8]) -> Self {
        let mut sorted: Vec<f64> = scores.iter().map(|s| f64::from(*s)).collect();
        sorted.sort_by(f64::total_cmp);
        let [lower, median, upper] = [0.25, 0.5, 0.75].map(|q| quantile(&sorted, q).unwrap_or(0.0));
        let near = sorted.iter().filter(|s| (**s - median).abs() <= 1.0).count() as u32;
        Self { answered: sorted.len() as u32, median, quartiles: [lower, upper], near }
    }

    pub fn spread(&self) -> f64 {
        self.quartiles[1] - self.quartiles[0]
    }

    /// Whether the group agrees by the convention.
    pub fn agrees(&self) -> bool {
        self.answered > 0 && f64::from(self.near) >= CONVENTION * f64::from(self.answered)
    }

    /// `10 av 12 inom ett steg från mitten`.
    pub fn words(&self) -> String {
        format!("{} av {} inom ett steg från mitten", self.near, self.answered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_agree_with_numpy() {
        // numpy.quantile([1,2,2,3,5,5], [.25,.5,.75]) = 2.0, 2.5, 4.5
        let told = Consensus::of(&[5, 1, 2, 3, 5, 2]);
        assert_eq!((told.quartiles, told.median, told.near), ([2.0, 4.5], 2.5, 3));
        assert!(!told.agrees(), "half is no agreement");
    }

    #[test]
    fn a_unanimous_group_is_unanimous_however_small() {
        let told = Consensus::of(&[4, 4, 4]);
        assert!(told.agrees() && told.spread() == 0.0 && told.near == 3);
        assert_eq!(Consensus::of(&[1, 1, 1, 5, 5, 5]).near, 0, "two camps with a mean in the middle do not agree");
        assert!(!Consensus::of(&[]).agrees());
    }
}
