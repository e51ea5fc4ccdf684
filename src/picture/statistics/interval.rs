//! Intervals for counts and shares, so that no small number is shown as if it were certain.
//!
//! The methods are those of the Public Health England / OHID technical guide "Confidence intervals" (fingertips.phe.org.uk,
//! profile/guidance): exact Poisson for counts under ten, Byar's approximation from ten, Wilson's score for shares. Only `+ − × ÷ √`
//! and table values are used, which IEEE 754 rounds alike everywhere: the same count gives the same bits on every machine.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How sure the interval is to hold the true value in the long run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 95 %: what is shown and put into words.
    Usual,
    /// 99.8 %: what may flag something in a list, where many indicators are scanned at once.
    Alarm,
}

impl Level {
    /// The two-sided quantile of the standard normal distribution.
    pub(crate) const fn z(self) -> f64 {
        match self {
            Self::Usual => 1.959_963_984_540_054,
            Self::Alarm => 3.090_232_306_167_813,
        }
    }

    /// The share of chance findings that the level accepts.
    pub const fn alpha(self) -> f64 {
        match self {
            Self::Usual => 0.05,
            Self::Alarm => 0.002,
        }
    }
}

/// Both ends in the unit of the value itself (a count, or a share 0–1).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Both ends multiplied: a count's interval into a rate's, a share's into percent.
    pub fn scaled(self, factor: f64) -> Self {
        Self { low: self.low * factor, high: self.high * factor }
    }
}

/// Exact Poisson limits for 0–9 events: `χ²(α/2; 2n)/2` and `χ²(1−α/2; 2n+2)/2` (Garwood 1936), computed once with scipy 1.x `chi2.ppf`.
const EXACT_95: [(f64, f64); 10] = [
    (0.0, 3.6888794541139354),
    (0.025317807984289897, 5.571643390938898),
    (0.24220927854396507, 7.22468766772396),
    (0.6186721228956015, 8.767273069742323),
    (1.089865373626325, 10.241588675403694),
    (1.623486390118421, 11.66833207932267),
    (2.201894253490851, 13.059474022518685),
    (2.814363051519867, 14.422675361702376),
    (3.4538321767485023, 15.763189220193313),
    (4.115373097378334, 17.084803451419166),
];

const EXACT_998: [(f64, f64); 10] = [
    (0.0, 6.907755278982137),
    (0.0010005003335835346, 9.233413476451585),
    (0.045402017769489565, 11.228872242412661),
    (0.19053337756840327, 13.06224077918807),
    (0.42855241362842295, 14.79414922253721),
    (0.7393717319178327, 16.454745203680105),
    (1.1071046602556396, 18.061636840199064),
    (1.5203362603988093, 19.626177395384232),
    (1.9708139217403662, 21.15619816583998),
    (2.452424404363775, 22.65737330906293),
];

/// The interval of a count of events: exact Poisson under ten, Byar's approximation from ten (within 0.2 % of exact there).
pub fn count(events: u64, level: Level) -> Interval {
    let table = match level {
        Level::Usual => &EXACT_95,
        Level::Alarm => &EXACT_998,
    };
    match table.get(events as usize) {
        Some(&(low, high)) => Interval { low, high },
        None => byar(events as f64, level.z()),
    }
}

/// Byar's approximation (Breslow and Day 1987, after the same technical guide).
fn byar(n: f64, z: f64) -> Interval {
    let low = 1.0 - 1.0 / (9.0 * n) - z / (3.0 * n.sqrt());
    let m = n + 1.0;
    let high = 1.0 - 1.0 / (9.0 * m) + z / (3.0 * m.sqrt());
    Interval { low: n * (low * low * low), high: m * (high * high * high) }
}

/// A rate `events / population · per` with its interval; `None` without a population, since then there is no rate.
pub fn rate(events: u64, population: u64, per: f64, level: Level) -> Option<(f64, Interval)> {
    if population == 0 {
        return None;
    }
    let factor = per / population as f64;
    Some((events as f64 * factor, count(events, level).scaled(factor)))
}

/// The interval of the share `hits / asked` (0–1), Wilson's score method (Wilson 1927; Newcombe 1998, method 3). `None` when nobody
/// was asked or there are more hits than asked.
pub fn share(hits: u64, asked: u64, level: Level) -> Option<Interval> {
    if asked == 0 || hits > asked {
        return None;
    }
    let (k, n, z) = (hits as f64, asked as f64, level.z());
    let z2 = z * z;
    let centre = 2.0 * k + z2;
    let reach = z * (z2 + 4.0 * k * ((n - k) / n)).sqrt();
    let whole = 2.0 * (n + z2);
    // The ends are exactly 0 and 1 in theory when nobody or everybody answered so; rounding must not say otherwise.
    let low = if hits == 0 { 0.0 } else { (centre - reach) / whole };
    let high = if hits == asked { 1.0 } else { (centre + reach) / whole };
    Some(Interval { low, high })
}

/// The interval of the difference `later − earlier` between two independent shares, each `(hits, asked)`: Newcombe 1998, hybrid score
/// (method 10). `None` as for [`share`].
pub fn share_difference(earlier: (u64, u64), later: (u64, u64), level: Level) -> Option<Interval> {
    let (a, b) = (share(earlier.0, earlier.1, level)?, share(later.0, later.1, level)?);
    let p = earlier.0 as f64 / earlier.1 as f64;
    let q = later.0 as f64 / later.1 as f64;
    let square = |x: f64| x * x;
    let down = (square(q - b.low) + square(a.high - p)).sqrt();
    let up = (square(b.high - q) + square(p - a.low)).sqrt();
    Some(Interval { low: q - p - down, high: q - p + up })
}

/// How much a count carries (S4), from its relative standard error 1/√n: 32 % at ten, 22 % at twenty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reliability {
    /// Under ten: show the count, say no more.
    TooLittle,
    /// Ten to nineteen.
    Uncertain,
    /// Twenty or more.
    Steadier,
}

impl Reliability {
    pub fn of(n: u64) -> Self {
        match n {
            0..=9 => Self::TooLittle,
            10..=19 => Self::Uncertain,
            _ => Self::Steadier,
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::TooLittle => "för litet underlag – visa antal",
            Self::Uncertain => "osäkert",
            Self::Steadier => "stabilare",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use statrs::distribution::{ChiSquared, ContinuousCDF};

    fn near(got: f64, want: f64, tolerance: f64) {
        assert!((got - want).abs() <= tolerance, "{got} is not {want}");
    }

    /// The vectors of rule S2, as printed.
    #[test]
    fn counts_have_the_published_intervals() {
        for (n, low, high) in
            [(0, 0.0, 3.69), (3, 0.62, 8.77), (5, 1.62, 11.67), (9, 4.12, 17.08), (10, 4.79, 18.39), (20, 12.21, 30.89), (50, 37.11, 65.92)]
        {
            let got = count(n, Level::Usual);
            near(got.low, low, 0.005001);
            near(got.high, high, 0.005001);
        }
    }

    /// The vectors of rule S3, in percent.
    #[test]
    fn shares_have_the_published_intervals() {
        for (k, n, low, high) in [(7, 23, 15.6, 50.9), (0, 18, 0.0, 17.6), (3, 41, 2.5, 19.4)] {
            let got = share(k, n, Level::Usual).unwrap().scaled(100.0);
            near(got.low, low, 0.05001);
            near(got.high, high, 0.05001);
        }
    }

    /// Computed with numpy from the formula in the guide and `scipy.stats.norm.ppf`.
    #[test]
    fn byar_agrees_with_an_independent_computation() {
        for (n, level, low, high) in [
            (11, Level::Usual, 5.483690198449974, 19.68323711614639),
            (15, Level::Usual, 8.389264013214046, 24.741631343239263),
            (31, Level::Usual, 21.059141456830037, 44.00352778497547),
            (100, Level::Usual, 81.36210549052788, 121.6279375792065),
            (137, Level::Usual, 115.01896636754043, 161.95743030679904),
            (1000, Level::Usual, 938.9724987154902, 1063.9525812714862),
            (25000, Level::Usual, 24691.050623574552, 25311.8498717951),
            (10, Level::Alarm, 2.916318374695686, 24.19372492788055),
            (20, Level::Alarm, 8.922802365144193, 38.08503562504191),
            (50, Level::Alarm, 30.934708439753138, 75.96930059014409),
            (1000, Level::Alarm, 905.1149545959671, 1101.632945122775),
        ] {
            let got = count(n, level);
            near(got.low, low, low * 1e-12);
            near(got.high, high, high * 1e-12);
        }
    }

    /// Computed with `scipy.stats.binomtest(k, n).proportion_ci(method="wilson")`.
    #[test]
    fn wilson_agrees_with_an_independent_computation() {
        for (k, n, level, low, high) in [
            (18, 18, Level::Usual, 0.8241207763533425, 1.0),
            (1, 2, Level::Usual, 0.09453120573423074, 0.9054687942657693),
            (5, 7, Level::Usual, 0.3589344518326193, 0.9177810759959432),
            (38, 212, Level::Usual, 0.13346698495999132, 0.23644090603059353),
            (80, 212, Level::Usual, 0.31483827459719227, 0.4442441543109725),
            (500, 1884, Level::Usual, 0.24594682793580122, 0.285793511874184),
            (7, 23, Level::Alarm, 0.10599462923176511, 0.6175037308902205),
            (0, 18, Level::Alarm, 0.0, 0.34663145716733795),
            (500, 1884, Level::Alarm, 0.2351973269785198, 0.29795457460594743),
        ] {
            let got = share(k, n, level).unwrap();
            near(got.low, low, 1e-13);
            near(got.high, high, 1e-13);
        }
    }

    /// Newcombe's own examples (1998, table II, method 10) for 56/70 and 48/80, 9/10 and 3/10, 0/10 and 0/20, turned to later − earlier;
    /// the rest from scipy's Wilson limits.
    #[test]
    fn differences_between_shares_agree_with_newcombe() {
        for (earlier, later, level, low, high) in [
            ((56, 70), (48, 80), Level::Usual, -0.3338726540369059, -0.052431472402364815),
            ((9, 10), (3, 10), Level::Usual, -0.8090179735354881, -0.17052272393450302),
            ((0, 10), (0, 20), Level::Usual, -0.27753279986288926, 0.16112515805281935),
            ((10, 10), (0, 20), Level::Usual, -1.0, -0.6790860371419147),
            ((60, 212), (81, 212), Level::Usual, 0.009363353137415403, 0.18657313440553733),
            ((56, 70), (48, 80), Level::Alarm, -0.4018117646026351, 0.03348725364244229),
        ] {
            let got = share_difference(earlier, later, level).unwrap();
            near(got.low, low, 1e-13);
            near(got.high, high, 1e-13);
        }
    }

    #[test]
    fn the_table_of_exact_limits_agrees_with_the_chi_squared_distribution() {
        for level in [Level::Usual, Level::Alarm] {
            for n in 0..10u64 {
                let got = count(n, level);
                let tail = level.alpha() / 2.0;
                near(ChiSquared::new(2.0 * n as f64 + 2.0).unwrap().cdf(2.0 * got.high), 1.0 - tail, 1e-9);
                if n > 0 {
                    near(ChiSquared::new(2.0 * n as f64).unwrap().cdf(2.0 * got.low), tail, 1e-9);
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_computed_is_not_a_number() {
        assert_eq!(share(0, 0, Level::Usual), None);
        assert_eq!(share(3, 2, Level::Usual), None);
        assert_eq!(rate(3, 0, 1000.0, Level::Usual), None);
        let (value, limits) = rate(1, 2700, 1000.0, Level::Usual).unwrap();
        near(value, 0.370_370_370_370_370_4, 1e-15);
        assert!(limits.contains(value));
    }

    #[test]
    fn the_badge_changes_at_ten_and_twenty() {
        let badges: Vec<_> = [9, 10, 19, 20].map(Reliability::of).into();
        assert_eq!(badges, [Reliability::TooLittle, Reliability::Uncertain, Reliability::Uncertain, Reliability::Steadier]);
    }

    proptest! {
        #[test]
        fn a_count_lies_in_its_interval_and_more_events_move_both_ends_up(n in 0u64..1_000_000) {
            for level in [Level::Usual, Level::Alarm] {
                let (here, next) = (count(n, level), count(n + 1, level));
                prop_assert!(here.contains(n as f64) && here.low >= 0.0);
                prop_assert!(next.low > here.low && next.high > here.high);
            }
            prop_assert!(count(n, Level::Alarm).contains(count(n, Level::Usual).high));
        }

        #[test]
        fn a_share_lies_in_its_interval(k in 0u64..3000, rest in 0u64..3000) {
            prop_assume!(k + rest > 0);
            let limits = share(k, k + rest, Level::Usual).unwrap();
            prop_assert!(limits.contains(k as f64 / (k + rest) as f64));
            prop_assert!(limits.low >= 0.0 && limits.high <= 1.0);
        }
    }
}
