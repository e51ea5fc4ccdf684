//! The middle half of the others (S9): where a value lies among its likes, in words and never as a rank. The words do not judge (S10).

use super::interval::Interval;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Fewer others than this have no middle half worth the name.
const FEWEST: usize = 4;

/// Quartiles of the others, by linear interpolation between ranks (type 7 of Hyndman and Fan 1996, as numpy and spreadsheets do).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct MiddleHalf {
    pub lower: f64,
    pub median: f64,
    pub upper: f64,
    pub least: f64,
    pub most: f64,
    /// How many others there are.
    pub of: u32,
}

/// The middle half of values in any order; `None` with fewer than four.
pub fn middle_half(values: &[f64]) -> Option<MiddleHalf> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    if sorted.len() < FEWEST {
        return None;
    }
    Some(MiddleHalf {
        lower: quantile(&sorted, 0.25)?,
        median: quantile(&sorted, 0.5)?,
        upper: quantile(&sorted, 0.75)?,
        least: *sorted.first()?,
        most: *sorted.last()?,
        of: sorted.len() as u32,
    })
}

/// Type 7 quantile of sorted values; `None` of none. `q` is 0–1.
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let at = q * sorted.len().checked_sub(1)? as f64;
    let (low, high) = (sorted.get(at.floor() as usize)?, sorted.get(at.ceil() as usize)?);
    Some(low + (high - low) * at.fract())
}

/// Where the own value lies. Only when its whole interval lies outside does it surely differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    Above,
    Below,
    /// The value lies among the middle ones.
    Among,
    /// The value lies outside, but chance may explain it.
    NotSurely,
    /// Fewer than ten events: nothing is said.
    TooLittle,
}

impl Position {
    pub fn of(value: f64, interval: Interval, band: &MiddleHalf) -> Self {
        match () {
            () if interval.low > band.upper => Self::Above,
            () if interval.high < band.lower => Self::Below,
            () if (band.lower..=band.upper).contains(&value) => Self::Among,
            () => Self::NotSurely,
        }
    }

    /// Blue or grey in words: it differs, or it does not. Whether that is good is for people to say.
    pub fn words(self) -> &'static str {
        match self {
            Self::Above => "skiljer sig: högre än den mittersta hälften",
            Self::Below => "skiljer sig: lägre än den mittersta hälften",
            Self::Among => "skiljer sig inte: bland den mittersta hälften",
            Self::NotSurely => "skiljer sig inte säkert från den mittersta hälften",
            Self::TooLittle => "för litet underlag för att jämföras",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [.25, .5, .75]) = 1.75, 3.5, 5.25
    #[test]
    fn quartiles_agree_with_numpy() {
        let band = middle_half(&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]).unwrap();
        assert_eq!((band.lower, band.median, band.upper, band.least, band.most, band.of), (1.75, 3.5, 5.25, 1.0, 9.0, 8));
        assert_eq!(middle_half(&[1.0, 2.0, f64::NAN, 3.0]), None, "three are too few");
    }

    #[test]
    fn a_value_differs_only_with_its_whole_interval() {
        let band = middle_half(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        let of = |value: f64, low: f64, high: f64| Position::of(value, Interval { low, high }, &band);
        assert_eq!(of(6.0, 4.5, 8.0), Position::Above);
        assert_eq!(of(6.0, 3.5, 9.0), Position::NotSurely);
        assert_eq!(of(3.0, 0.5, 9.0), Position::Among);
        assert_eq!(of(0.5, 0.1, 1.5), Position::Below);
    }
}
