//! City districts come and go, and the national database prints 0 where a district did not exist: such a zero is no absence of crime.

use crate::import::batch::{AreaLevel, Reading};
use crate::import::gather::Gather;
use std::collections::BTreeMap;

/// Warns of districts that have nothing but zeros in some periods and other values in others. The zeros are kept as they stand.
pub fn tell_absent(gather: &mut Gather<'_>) {
    // Area → period → whether all its values are zero.
    let mut zeros: BTreeMap<u32, BTreeMap<u32, bool>> = BTreeMap::new();
    for value in &gather.batch.values {
        let Some(series) = gather.batch.series.get(value.series as usize) else { continue };
        let district = gather.batch.areas.get(series.area as usize).is_some_and(|area| area.level == AreaLevel::District);
        if let (true, Reading::Number(number)) = (district, value.reading) {
            *zeros.entry(series.area).or_default().entry(value.period).or_insert(true) &= number == 0.0;
        }
    }
    for (area, periods) in zeros {
        let mut empty: Vec<&str> = periods.iter().filter(|(_, zero)| **zero).filter_map(|(period, _)| label(gather, *period)).collect();
        empty.sort_unstable();
        let Some(name) = gather.batch.areas.get(area as usize).map(|area| area.name.clone()) else { continue };
        if !empty.is_empty() && empty.len() < periods.len() {
            let message = format!("”{name}” har bara nollor {}. Noll kan betyda att området inte fanns då.", crate::swedish::list(&empty));
            gather.warn(message, "Jämför inte över de åren.");
        }
    }
}

fn label<'g>(gather: &'g Gather<'_>, period: u32) -> Option<&'g str> {
    gather.batch.periods.get(period as usize).map(|period| period.label.as_str())
}
