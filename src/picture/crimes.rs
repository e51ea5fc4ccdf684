//! All reported crimes of an area side by side, by count and through the lens of harm.

use super::series::{self, key_of};
use super::statistics::harm::{self, Lens};
use crate::error::Result;
use crate::perspective::Perspective;
use crate::store::observations::{self, KnownSeries, PATH_SEPARATOR, Unit};
use rusqlite::Connection;

/// The newest final year of every police count that has none under it in the file: parent and child never stand in one order.
pub fn harm(conn: &Connection, area: &str) -> Result<Lens> {
    let mut counts: Vec<KnownSeries> = observations::known_series(conn, area)?
        .into_iter()
        .filter(|k| series::perspective(k) == Perspective::Police && k.unit == Unit::Count.word() && k.breakdown == "{}")
        .collect();
    // One statistic only: the same crime must not stand twice. The one with the most types tells the most.
    let types = |dataset: &str| counts.iter().filter(|k| k.dataset == dataset).count();
    let fullest = counts.iter().map(|k| k.dataset.clone()).max_by_key(|dataset| (types(dataset), std::cmp::Reverse(dataset.clone())));
    counts.retain(|k| fullest.as_ref() == Some(&k.dataset) && !k.indicator.to_lowercase().starts_with("totalt"));
    let has_parts = |k: &KnownSeries| {
        let above = format!("{}{PATH_SEPARATOR}", k.indicator);
        counts.iter().any(|other| other.dataset == k.dataset && other.indicator.starts_with(&above))
    };
    // A type with a weight stands for its parts, which courts do not weigh apart.
    let weighed = |k: &KnownSeries| harm::months(&series::title(&k.indicator)).is_some();
    let under_weighed =
        |k: &KnownSeries| counts.iter().any(|o| weighed(o) && k.indicator.starts_with(&format!("{}{PATH_SEPARATOR}", o.indicator)));
    let mut newest = Vec::new();
    for known in counts.iter().filter(|k| (weighed(k) || !has_parts(k)) && !under_weighed(k)) {
        let values = observations::series(conn, &key_of(known, area))?;
        let last = values.iter().rev().find(|o| o.period.len() == 4 && !o.preliminary && o.value.is_some_and(|v| v >= 0.0));
        newest.extend(last.and_then(|o| Some((series::title(&known.indicator), o.value? as u64))));
    }
    Ok(harm::lens(&newest))
}
