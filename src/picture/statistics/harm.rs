//! The lens of harm (S15): counts weighted by how severely courts punish them. A value judgement, always labelled, and always shown beside
//! the counts without it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the lens must be called wherever it is shown.
pub const LABEL: &str =
    "Värdering: antal × genomsnittligt straff i månader (Svenskt brottsskadeindex, Kärrholm, Neyroud och Smaaland 2020)";

/// Average sentence in months, by the beginning of a crime type's name (polistidningen.se 2020-10; doi 10.1007/s41887-020-00041-4).
/// Only those that have been read in the source; the others have no weight, and are said to have none.
const MONTHS: &[(&str, f64)] = &[("mord", 122.0), ("våldtäkt", 25.0), ("stöld", 2.0), ("innehav", 1.0), ("narkotikainnehav", 1.0)];

/// The weight of a crime type, or none.
pub fn months(crime: &str) -> Option<f64> {
    let name = crime.to_lowercase();
    let word = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    MONTHS.iter().find(|(known, _)| *known == word).map(|(_, months)| *months)
}

/// One crime type with and without the lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Weighed {
    pub crime: String,
    #[ts(type = "number")]
    pub count: u64,
    /// Count × months; none where no weight is known.
    pub months: Option<f64>,
}

/// The two orders side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Lens {
    pub label: String,
    pub by_count: Vec<Weighed>,
    /// Those with a weight only.
    pub by_harm: Vec<Weighed>,
    /// Types without a known weight: they are not weightless, nobody has weighed them here.
    pub unweighed: Vec<String>,
}

pub fn lens(counts: &[(String, u64)]) -> Lens {
    let weighed = |(crime, count): &(String, u64)| Weighed {
        crime: crime.clone(),
        count: *count,
        months: months(crime).map(|months| months * *count as f64),
    };
    let mut by_count: Vec<Weighed> = counts.iter().map(weighed).collect();
    by_count.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| crate::swedish::compare(&a.crime, &b.crime)));
    let mut by_harm: Vec<Weighed> = by_count.iter().filter(|w| w.months.is_some()).cloned().collect();
    by_harm.sort_by(|a, b| b.months.unwrap_or_default().total_cmp(&a.months.unwrap_or_default()));
    let unweighed = by_count.iter().filter(|w| w.months.is_none()).map(|w| w.crime.clone()).collect();
    Lens { label: LABEL.to_owned(), by_count, by_harm, unweighed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lens_turns_the_order_and_says_so() {
        let crimes =
            [("Stöld", 40), ("Våldtäkt inkl. grov (1 §)", 5), ("Mord och dråp", 1), ("Klotter", 90)].map(|(c, n)| (c.to_owned(), n));
        let lens = lens(&crimes);
        assert_eq!(lens.by_count.iter().map(|w| w.count).collect::<Vec<_>>(), [90, 40, 5, 1]);
        let harm: Vec<(&str, f64)> = lens.by_harm.iter().map(|w| (w.crime.as_str(), w.months.unwrap())).collect();
        assert_eq!(harm, [("Våldtäkt inkl. grov (1 §)", 125.0), ("Mord och dråp", 122.0), ("Stöld", 80.0)]);
        assert_eq!(lens.unweighed, ["Klotter"]);
        assert!(lens.label.starts_with("Värdering"));
    }

    #[test]
    fn a_word_inside_another_is_no_weight() {
        assert_eq!(months("Mordbrand"), None);
        assert_eq!(months("Innehav (1-3 a §)"), Some(1.0));
    }
}
