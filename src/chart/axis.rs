//! Round numbers for a value axis, which of many labels there is room for, and the scale that plotters places them by.

use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use plotters::coord::types::RangedCoordf64;
use std::ops::Range;

/// The steps that people count in; three belongs to them because 0, 30, 60, 90 wastes less height than 0, 50, 100.
const STEPS: [f64; 5] = [1.0, 2.0, 3.0, 5.0, 10.0];
const MOST_STEPS: f64 = 4.0;

/// A value axis from 0, always: a cut axis exaggerates.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    pub ticks: Vec<f64>,
    /// Decimals that the tick labels need.
    pub places: usize,
}

impl Axis {
    /// Covers `highest` (anything not above zero counts as one) in at most four round steps, whole ones if `whole`.
    pub fn covering(highest: f64, whole: bool) -> Self {
        let highest = if highest.is_finite() && highest > 0.0 { highest.min(1e12) } else { 1.0 };
        let (mut size, mut places) = (1.0, 0);
        while !whole && highest <= size * MOST_STEPS / 10.0 && places < 6 {
            size /= 10.0;
            places += 1;
        }
        loop {
            if let Some(step) = STEPS.iter().map(|s| s * size).find(|step| step * MOST_STEPS >= highest) {
                let count = (highest / step).ceil().max(1.0) as u32;
                return Self { ticks: (0..=count).map(|i| f64::from(i) * step).collect(), places };
            }
            size *= 10.0;
            places = places.saturating_sub(1);
        }
    }

    /// The same for percentages, in steps that go evenly into 100 and never beyond it.
    pub fn percent(highest: f64) -> Self {
        let step = [1.0, 2.0, 5.0, 10.0, 20.0].into_iter().find(|step| step * MOST_STEPS >= highest).unwrap_or(25.0);
        let count = (highest.clamp(1.0, 100.0) / step).ceil() as u32;
        Self { ticks: (0..=count).map(|i| f64::from(i) * step).collect(), places: 0 }
    }

    pub fn top(&self) -> f64 {
        self.ticks.last().copied().unwrap_or(1.0)
    }
}

/// Plotters' scale for numbers with the places that are named on it. What lies beyond an end stands at that end.
#[derive(Clone)]
pub struct Scale {
    pub range: Range<f64>,
    pub named: Vec<f64>,
}

impl Ranged for Scale {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let value = value.max(self.range.start).min(self.range.end);
        RangedCoordf64::from(self.range.clone()).map(&value, limit)
    }

    /// No lighter lines between the named ones.
    fn key_points<H: KeyPointHint>(&self, hint: H) -> Vec<f64> {
        if hint.weight().allow_light_points() { Vec::new() } else { self.named.clone() }
    }

    fn range(&self) -> Range<f64> {
        self.range.clone()
    }
}

/// Which of `count` evenly spaced labels to write, so that `widest` px and a gap fit: always the last, always the first if it fits.
pub fn labelled(count: usize, spacing: f64, widest: f64) -> Vec<usize> {
    let Some(last) = count.checked_sub(1) else { return Vec::new() };
    let room = widest + 20.0;
    let least = (1..count).find(|&step| step as f64 * spacing >= room).unwrap_or(count);
    // Even gaps look calm: a somewhat larger step is taken when it ends exactly at the first label.
    let step = (least..=2 * least).find(|step| last.is_multiple_of(*step)).unwrap_or(least);
    let mut chosen: Vec<usize> = (0..=last).rev().step_by(step).collect();
    if let Some(&first) = chosen.last()
        && first > 0
    {
        if (first as f64) * spacing < room && chosen.len() > 1 {
            chosen.pop();
        }
        chosen.push(0);
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round() {
        for (highest, whole, ticks) in [
            (84.0, true, vec![0.0, 30.0, 60.0, 90.0]),
            (3.7, true, vec![0.0, 1.0, 2.0, 3.0, 4.0]),
            (0.0, true, vec![0.0, 1.0]),
            (0.3, true, vec![0.0, 1.0]),
            (44.0, true, vec![0.0, 20.0, 40.0, 60.0]),
            (100.0, false, vec![0.0, 30.0, 60.0, 90.0, 120.0]),
            (1200.0, true, vec![0.0, 300.0, 600.0, 900.0, 1200.0]),
        ] {
            assert_eq!(Axis::covering(highest, whole).ticks, ticks, "{highest}");
        }
        let small = Axis::covering(0.37, false);
        assert_eq!((small.ticks.len(), small.places), (5, 1));
    }

    #[test]
    fn year_labels_are_few_and_keep_both_ends() {
        assert_eq!(labelled(10, 50.0, 34.0), [0, 3, 6, 9]);
        assert_eq!(labelled(8, 50.0, 34.0), [0, 3, 5, 7]);
        assert_eq!(labelled(4, 150.0, 34.0), [0, 1, 2, 3]);
        assert_eq!(labelled(1, 0.0, 34.0), [0]);
        assert_eq!(labelled(0, 0.0, 34.0), [0; 0]);
        assert_eq!(labelled(2, 400.0, 34.0), [0, 1]);
    }

    proptest! {
        #[test]
        fn an_axis_covers_its_values_without_waste(highest in 1e-4f64..1e9) {
            let axis = Axis::covering(highest, false);
            prop_assert!(axis.top() >= highest && axis.ticks.len() <= 5 && axis.ticks.len() >= 2);
            prop_assert!(axis.top() < highest * 2.1);
        }

        #[test]
        fn labels_never_collide(count in 2usize..200, spacing in 3.0f64..80.0) {
            let chosen = labelled(count, spacing, 34.0);
            prop_assert_eq!(chosen.last(), Some(&(count - 1)));
            if (count - 1) as f64 * spacing >= 54.0 {
                prop_assert!(chosen.windows(2).all(|w| (w[1] - w[0]) as f64 * spacing >= 34.0));
            }
        }
    }
}
