//! The funnel (S9): how far a municipality's count may lie from the common rate by chance alone. Small ones may lie far.

use super::interval::Level;
use super::poisson::Poisson;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One of the group: how many events among how many inhabitants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    pub count: u64,
    pub population: u64,
}

/// The common rate of a group, with which each of it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Funnel {
    /// Events per inhabitant of all together: counts and populations summed.
    pub rate: f64,
    pub of: u32,
    /// How many lie outside the 99.8 % limits. Where many do, more than chance sets them apart, and the limits are too narrow to single
    /// out one of them (Spiegelhalter 2005 on overdispersion).
    pub outside: u32,
}

/// The counts that chance gives at the common rate, both ends inside, and as rates per inhabitant.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Limits {
    #[ts(type = "number")]
    pub least: u64,
    #[ts(type = "number")]
    pub most: u64,
}

/// The funnel of a group (Spiegelhalter 2005; PHE technical guide, funnel plots): exact Poisson limits around the rate of all together.
/// `None` without inhabitants or with fewer than four members.
pub fn funnel(members: &[Member]) -> Option<Funnel> {
    let people: u64 = members.iter().map(|m| m.population).sum();
    let events: u64 = members.iter().map(|m| m.count).sum();
    if people == 0 || members.len() < 4 {
        return None;
    }
    let rate = events as f64 / people as f64;
    let strays = |m: &&Member| !limits(rate, m.population, Level::Alarm).hold(m.count);
    Some(Funnel { rate, of: members.len() as u32, outside: members.iter().filter(strays).count() as u32 })
}

impl Funnel {
    /// More than one in ten outside limits that chance passes once in five hundred.
    pub fn overdispersed(&self) -> bool {
        self.outside * 10 > self.of
    }
}

impl Limits {
    pub fn hold(self, count: u64) -> bool {
        (self.least..=self.most).contains(&count)
    }
}

/// The limits for a population: counts whose chance of lying so far out, on either side, is at least half of the level's alpha.
pub fn limits(rate: f64, population: u64, level: Level) -> Limits {
    let chances = Poisson::of(rate * population as f64);
    let tail = level.alpha() / 2.0;
    let inside: Vec<u64> = chances.each().map(|(k, _)| k).filter(|k| chances.at_most(*k) >= tail && chances.at_least(*k) >= tail).collect();
    Limits { least: inside.first().copied().unwrap_or(0), most: inside.last().copied().unwrap_or(0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_exact() {
        // scipy.stats.poisson: cdf(4, 10) = 0.0293, cdf(3, 10) = 0.0103; sf(16, 10) = 0.0270, sf(17, 10) = 0.0143
        assert_eq!(limits(0.001, 10_000, Level::Usual), Limits { least: 4, most: 17 });
        assert_eq!(limits(0.0, 10_000, Level::Usual), Limits { least: 0, most: 0 });
    }

    #[test]
    fn a_small_municipality_may_lie_far_out() {
        let rate = 0.01;
        let (small, large) = (limits(rate, 2_000, Level::Alarm), limits(rate, 200_000, Level::Alarm));
        let width = |l: Limits, people: f64| (l.most - l.least) as f64 / people;
        assert!(width(small, 2_000.0) > 8.0 * width(large, 200_000.0));
    }

    #[test]
    fn a_group_that_differs_by_more_than_chance_is_told() {
        let member = |count| Member { count, population: 10_000 };
        let alike = funnel(&[member(98), member(105), member(100), member(96), member(102)]).unwrap();
        assert_eq!((alike.outside, alike.overdispersed()), (0, false));
        let apart = funnel(&[member(20), member(180), member(100), member(60), member(150)]).unwrap();
        assert!(apart.overdispersed(), "{apart:?}");
        assert_eq!(funnel(&[member(1), member(2)]), None);
    }
}
