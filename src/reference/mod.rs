//! The country's municipalities and counties, found by any form of their name: files spell them in a dozen ways.

pub mod breaks;
pub mod likeness;
mod name;
mod table;
pub mod themes;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub use name::fold;

/// One of the 290. `code` keeps its leading zero; `county` is the county's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Municipality {
    pub code: &'static str,
    pub name: &'static str,
    pub county: &'static str,
}

/// One of the 21 län.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct County {
    pub code: &'static str,
    pub name: &'static str,
}

/// Names outside the 290 that this file knows: invented practice municipalities.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    pub practice: &'a [String],
}

static MUNICIPALITIES: LazyLock<Vec<Municipality>> = LazyLock::new(|| {
    table::MUNICIPALITIES.iter().map(|&(code, name)| Municipality { code, name, county: code.get(..2).unwrap_or(code) }).collect()
});

static COUNTIES: LazyLock<Vec<County>> = LazyLock::new(|| table::COUNTIES.iter().map(|&(code, name)| County { code, name }).collect());

static BY_NAME: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| {
    let names = MUNICIPALITIES.iter().enumerate().map(|(index, m)| (fold(m.name), index));
    names.chain(alias("falu", "Falun")).chain(alias("region gotland", "Gotland")).chain(alias("malung", "Malung-Sälen")).collect()
});

static COUNTY_NAMES: LazyLock<Vec<String>> = LazyLock::new(|| COUNTIES.iter().map(|county| fold(county.name)).collect());

fn alias(form: &str, name: &str) -> Option<(String, usize)> {
    MUNICIPALITIES.iter().position(|m| m.name == name).map(|index| (form.to_owned(), index))
}

/// All 290, by code.
pub fn municipalities() -> &'static [Municipality] {
    &MUNICIPALITIES
}

/// All 21, by code.
pub fn counties() -> &'static [County] {
    &COUNTIES
}

/// The municipality that `text` names: `Åsele`, `ÅSELE KOMMUN`, `Arjeplogs kommun`, `2463 Åsele`, `2463`, `114`.
///
/// A code and a name that disagree name nothing.
pub fn find(text: &str) -> Option<&'static Municipality> {
    let folded = fold(text);
    let (code, rest) = name::split_code(&folded);
    match (code.and_then(|c| by_code(&c)), rest) {
        (Some(municipality), "") => Some(municipality),
        (Some(municipality), rest) => by_folded_name(rest).filter(|other| other.code == municipality.code),
        (None, rest) if rest == folded => by_folded_name(rest),
        _ => None,
    }
}

fn by_folded_name(folded: &str) -> Option<&'static Municipality> {
    name::variants(folded).into_iter().find_map(|form| BY_NAME.get(form.as_str())).and_then(|&index| MUNICIPALITIES.get(index))
}

/// By SCB code, with or without its leading zero.
/// The municipality that a misspelled name most likely meant: `asele`, `Åselle`. `None` when nothing is near, or the name is right.
pub fn meant(text: &str) -> Option<&'static Municipality> {
    if find(text).is_some() {
        return None;
    }
    let folded = fold(text);
    let near = MUNICIPALITIES.iter().map(|m| (name::distance(&folded, &fold(m.name)), m)).min_by_key(|(distance, _)| *distance)?;
    // Two letters away lie real neighbours: Prästvik is no Rättvik.
    (near.0 == 1).then_some(near.1)
}

pub fn by_code(code: &str) -> Option<&'static Municipality> {
    let padded = format!("{code:0>4}");
    MUNICIPALITIES.binary_search_by(|m| m.code.cmp(padded.as_str())).ok().and_then(|index| MUNICIPALITIES.get(index))
}

/// The county that `text` names: `Västerbottens län`, `24 Västerbottens län`, `Region Dalarna`, `24`.
///
/// A bare `Stockholm` is the municipality, never the county.
pub fn county(text: &str) -> Option<&'static County> {
    let folded = fold(text);
    let (code, rest) = name::split_county_code(&folded);
    let named = COUNTIES.iter().zip(COUNTY_NAMES.iter()).find(|(_, folded)| name::is_county(folded, rest)).map(|(county, _)| county);
    match code {
        Some(code) if rest.is_empty() => COUNTIES.iter().find(|county| county.code == code),
        Some(code) => named.filter(|county| county.code == code),
        None => named,
    }
}

/// Whether `text` means the whole country.
pub fn country(text: &str) -> bool {
    let folded = fold(text);
    let rest = folded.strip_prefix("00 ").unwrap_or(&folded);
    // The code of the country is 00, and 0000 in Kolada.
    ["hela landet", "riket", "sverige", "hela riket", "hela sverige", "00", "0000"].contains(&rest)
}

impl Known<'_> {
    /// The practice municipality that `text` names, matched as the 290 are.
    pub fn find(&self, text: &str) -> Option<&str> {
        let forms = name::variants(&fold(text));
        self.practice.iter().find(|practice| forms.contains(&fold(practice))).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(municipalities().len(), 290);
        assert_eq!(counties().len(), 21);
        assert!(municipalities().windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(municipalities().iter().all(|m| counties().iter().any(|c| c.code == m.county)));
    }

    #[test]
    fn every_name_finds_itself_in_every_form() {
        for m in municipalities() {
            let forms = [
                m.name.to_owned(),
                format!("{} kommun", m.name),
                m.name.to_uppercase(),
                format!("{} {}", m.code, m.name),
                m.code.to_owned(),
            ];
            for form in forms {
                assert_eq!(find(&form).map(|found| found.code), Some(m.code), "{form}");
            }
            let genitive = if m.name.ends_with('s') { m.name.to_owned() } else { format!("{}s", m.name) };
            assert_eq!(find(&format!("{genitive} kommun")).map(|found| found.code), Some(m.code), "{genitive}");
        }
    }

    #[test]
    fn odd_forms_are_found() {
        for (form, code) in [
            ("Arjeplogs kommun", "2506"),
            ("Malung–Sälen", "2023"),
            ("MALUNG-SÄLENS KOMMUN", "2023"),
            ("114", "0114"),
            (" Upplands\u{a0}Väsby ", "0114"),
            ("A\u{30a}sele", "2463"),
            ("Falu kommun", "2080"),
            ("Gotlands kommun", "0980"),
            ("Region Gotland", "0980"),
            // Its name until 2007, still in tables of that time.
            ("Malung", "2023"),
            ("Stockholms stad", "0180"),
            ("0180 Stockholm", "0180"),
        ] {
            assert_eq!(find(form).map(|m| m.code), Some(code), "{form}");
        }
    }

    #[test]
    fn what_is_not_a_municipality_is_not_found() {
        for form in ["", "Bromma", "Arjeplogs", "1112 Lund", "0114 Vallentuna", "Stockholms län", "Hela landet", "12345", "7", "Kommun"] {
            assert_eq!(find(form), None, "{form}");
        }
    }

    #[test]
    fn counties_and_the_country_are_told_apart() {
        assert_eq!(county("Västerbottens län").map(|c| c.code), Some("24"));
        assert_eq!(county("24 VÄSTERBOTTENS LÄN").map(|c| c.code), Some("24"));
        assert_eq!(county("Region Dalarna").map(|c| c.code), Some("20"));
        assert_eq!(county("Stockholm"), None);
        assert!(country("Hela landet") && country("RIKET") && country("00 Riket") && !country("Rikets"));
    }

    #[test]
    fn practice_names_match_like_the_others() {
        let practice = ["Granbäck".to_owned()];
        let known = Known { practice: &practice };
        assert_eq!(known.find("GRANBÄCKS KOMMUN"), Some("Granbäck"));
        assert_eq!(known.find("Granby"), None);
    }

    #[test]
    fn a_slip_of_the_pen_finds_what_was_meant() {
        for (typed, name) in
            [("asele", Some("Åsele")), ("Åselle", Some("Åsele")), ("Arjeplg", Some("Arjeplog")), ("Åsele", None), ("Prästvik", None)]
        {
            assert_eq!(meant(typed).map(|m| m.name), name, "{typed}");
        }
    }
}
