//! Series and period met twice in one file: found with one bit each, so that a long file can be handed on while it is read.

use super::batch::{Batch, Value};
use std::collections::BTreeSet;

/// Series and period of a value as one number.
pub fn key(value: &Value) -> u64 {
    (u64::from(value.series) << 32) | u64::from(value.period)
}

/// The keys met so far: per 64 periods one word for each series.
#[derive(Debug, Default)]
pub struct Keys {
    pages: Vec<Vec<u64>>,
}

impl Keys {
    /// Whether this is the first value with its key.
    pub fn meet(&mut self, value: &Value) -> bool {
        let (page, series) = (value.period as usize / 64, value.series as usize);
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, Vec::new);
        }
        let Some(words) = self.pages.get_mut(page) else { return true };
        if words.len() <= series {
            words.resize(series + 1, 0);
        }
        let bit = 1 << (value.period % 64);
        let Some(word) = words.get_mut(series) else { return true };
        let first = *word & bit == 0;
        *word |= bit;
        first
    }
}

/// Values on their way out of a reading, one block at a time. Those whose key comes twice cannot go before both are read:
/// the first time through the file they are found, the second time they are held back.
#[derive(Debug, Default)]
pub struct Flow {
    pub values: Vec<Value>,
    keys: Keys,
    /// Keys met twice on this way through the file.
    pub twice: BTreeSet<u64>,
    /// Keys to hold back.
    held: BTreeSet<u64>,
    sent: Sent,
}

/// Names that have been handed on.
#[derive(Debug, Default, Clone, Copy)]
struct Sent {
    areas: usize,
    indicators: usize,
    breakdowns: usize,
    periods: usize,
    series: usize,
    symbols: usize,
}

impl Flow {
    pub fn holding(held: BTreeSet<u64>) -> Self {
        Self { held, ..Self::default() }
    }

    pub fn holds_back(&self) -> bool {
        !self.held.is_empty()
    }

    /// Whether the value can be handed on at once.
    pub fn passes(&mut self, value: &Value) -> bool {
        let key = key(value);
        if self.held.contains(&key) {
            return false;
        }
        if !self.keys.meet(value) {
            self.twice.insert(key);
        }
        true
    }

    /// The values since last time, with the names that are new since then.
    pub fn take(&mut self, names: &Batch) -> Batch {
        let from = self.sent;
        self.sent = Sent {
            areas: names.areas.len(),
            indicators: names.indicators.len(),
            breakdowns: names.breakdowns.len(),
            periods: names.periods.len(),
            series: names.series.len(),
            symbols: names.missing_symbols.len(),
        };
        Batch {
            dataset: names.dataset.clone(),
            areas: since(&names.areas, from.areas),
            indicators: since(&names.indicators, from.indicators),
            breakdowns: since(&names.breakdowns, from.breakdowns),
            periods: since(&names.periods, from.periods),
            series: since(&names.series, from.series),
            missing_symbols: since(&names.missing_symbols, from.symbols),
            values: std::mem::take(&mut self.values),
            ..Batch::default()
        }
    }
}

fn since<T: Clone>(all: &[T], from: usize) -> Vec<T> {
    all.get(from..).unwrap_or_default().to_vec()
}
