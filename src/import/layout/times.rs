//! The period of a whole table: in a title, in the sheet's name, or nowhere.

use crate::import::batch::Period;
use crate::import::period::{self, Stretch};

/// Lines that date the file, not its figures.
const ABOUT_THE_FILE: [&str; 6] = ["källa", "uttag", "hämtad", "senast", "publicerad", "skapad"];

/// The only period that `texts` name; none when they name several.
pub fn only(texts: &[String]) -> Option<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for text in texts.iter().filter(|text| !dates_the_file(text)) {
        for stretch in within(text) {
            if !found.iter().any(|known| known.period == stretch.period) {
                found.push(stretch);
            }
        }
    }
    if found.len() == 1 { found.pop() } else { None }
}

pub fn dates_the_file(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    ABOUT_THE_FILE.iter().any(|start| lower.starts_with(start))
}

/// Every period written in a running text: `1 nov 2008` (its month), `oktober 2024`, `läsåret 2010/11`, `2019–2023`, `2024`.
pub fn within(text: &str) -> Vec<Stretch> {
    let text = text.replace([',', ';', '(', ')', ':', '*'], " ");
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_end_matches('.')).collect();
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let taken = (1..=6).rev().find_map(|count| {
            let some = words.get(index..index + count)?;
            Some((count, stretch(some)?))
        });
        let (count, period) = taken.map_or((1, None), |(count, period)| (count, Some(period)));
        found.extend(period);
        index += count;
    }
    found
}

fn stretch(words: &[&str]) -> Option<Stretch> {
    let known = match words {
        [first, "-" | "–" | "—", last] => period::parse(&format!("{first}-{last}")),
        [day, month, year] if day.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day)) => named_month(month, year),
        [first, second] => named_month(first, second)
            .or_else(|| {
                Some(period::parse(first)).flatten().filter(|_| second.starts_with("prel")).map(|s| Stretch { preliminary: true, ..s })
            })
            .or_else(|| quarter(first, second)),
        [one] => period::parse(one).map(month_of),
        _ => None,
    };
    known.or_else(|| (words.len() > 1).then(|| period::parse(&words.join(" "))).flatten())
}

fn named_month(month: &str, year: &str) -> Option<Stretch> {
    let part = period::part(month).filter(|part| matches!(part, period::Part::Month(_)))?;
    Some(Stretch { period: period::of(period::year(year)?, part), preliminary: false })
}

fn quarter(first: &str, second: &str) -> Option<Stretch> {
    let found = |part: &str, year: &str| match period::part(part)? {
        part @ period::Part::Quarter(_) => Some(Stretch { period: period::of(period::year(year)?, part), preliminary: false }),
        _ => None,
    };
    found(first, second).or_else(|| found(second, first))
}

/// Figures of a day are those of its month: a title's `2008-11-01` says when the count was made.
fn month_of(stretch: Stretch) -> Stretch {
    use chrono::Datelike;
    let Period { start, end, .. } = stretch.period;
    if start != end {
        return stretch;
    }
    Stretch { period: period::of(start.year(), period::Part::Month(start.month())), ..stretch }
}

/// `Medelvärde, tkr 2015`, `Antal 2021`, `2021 Antal`: the label without its period, and the period.
pub fn split(label: &str) -> (String, Option<Stretch>) {
    let trim = |text: &str| {
        // `Antal (2024)` leaves its brackets behind; those of `Kostnad (mnkr) 2024` belong to the name.
        let text =
            if text.contains('(') && text.trim_end().ends_with(')') { text } else { text.trim_end_matches([',', ' ', ':', '(', ')']) };
        text.trim_end_matches([',', ' ', ':']).trim_start_matches([',', ' ', ':']).to_owned()
    };
    let bare = |text: &str| period::parse(text.trim_matches(['(', ')', ',', ' ']));
    let label = label.trim();
    // `Totalt 2023` is the total's year; every other label that is a period as a whole names nothing else.
    let total = || label.rsplit_once(' ').is_some_and(|(stem, _)| super::words::is_total(stem));
    if let Some(stretch) = period::parse(label).filter(|_| label.contains(' ') && !total()) {
        return (String::new(), Some(stretch));
    }
    // The longest tail that is a period: `Antal jan–mar 2024` is no year.
    let gaps: Vec<usize> = label.match_indices([' ', '\u{a0}', '\n']).map(|(at, _)| at).collect();
    let tails = gaps.iter().skip(gaps.len().saturating_sub(MOST_WORDS)).filter_map(|at| Some((label.get(..*at)?, label.get(*at..)?)));
    if let Some((stem, stretch)) = tails.into_iter().find_map(|(stem, tail)| Some((stem, bare(&tail.replace(['\u{a0}', '\n'], " "))?))) {
        return (undressed(&trim(stem)), Some(stretch));
    }
    let heads = gaps.iter().take(MOST_WORDS).rev().filter_map(|at| Some((label.get(..*at)?, label.get(*at..)?)));
    match heads.into_iter().find_map(|(head, stem)| Some((stem, bare(&head.replace(['\u{a0}', '\n'], " "))?))) {
        Some((stem, stretch)) => (trim(stem), Some(stretch)),
        None => (label.to_owned(), None),
    }
}

/// Words of the longest period: `januari till och med mars 2024`.
const MOST_WORDS: usize = 6;

/// `Antal brott, ackumulerat under` → `Antal brott`: what led to the period says nothing without it.
fn undressed(stem: &str) -> String {
    let leads = [" ackumulerat under", " ackumulerat", " under perioden", " perioden", " under"];
    leads.iter().find_map(|lead| stem.strip_suffix(lead)).unwrap_or(stem).trim_end_matches([',', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_their_period() {
        for (title, label) in [
            ("Antal anställda efter ålder och kommun 1 nov 2008", Some("2008-11")),
            ("In- och utflyttade samt inomflyttningar 2024", Some("2024")),
            ("Valt läsår: 2010/11", Some("2010/11")),
            ("Anmälda brott januari 2024 (prel.)", Some("2024-01")),
            ("Brott 2019–2023", Some("2019–2023")),
            ("Brott 2019 – 2023", Some("2019–2023")),
            ("Brott 2019 och 2023", None),
            ("Anmälda brott januari–mars 2024", Some("2024-Q1")),
            ("Anmälda brott t.o.m. augusti 2024, preliminärt", Some("2024-01–2024-08")),
            ("Anmälda brott, första halvåret 2024", Some("2024-01–2024-06")),
            ("Anmälda brott 2024, jan - jun", Some("2024-01–2024-06")),
            ("Skolenkäten 2022 -  Elever år 2", Some("2022")),
            ("Tabell 10", None),
            ("Läget 2024-12-31", Some("2024-12")),
        ] {
            assert_eq!(only(&[title.to_owned()]).map(|s| s.period.label).as_deref(), label, "{title}");
        }
        assert_eq!(
            only(&["Källa: SCB 2025-01-02".to_owned(), "Folkmängd 2024".to_owned()]).map(|s| s.period.label).as_deref(),
            Some("2024")
        );
    }

    #[test]
    fn a_label_lets_go_of_its_period() {
        let split = |text: &str| {
            let (stem, stretch) = split(text);
            (stem, stretch.map(|s| s.period.label))
        };
        assert_eq!(split("Medelvärde,  tkr 2015"), ("Medelvärde,  tkr".to_owned(), Some("2015".to_owned())));
        assert_eq!(split("Antal brott, ackumulerat under jan-mar 2024"), ("Antal brott".to_owned(), Some("2024-Q1".to_owned())));
        assert_eq!(split("Antal jan - mars, 2024"), ("Antal".to_owned(), Some("2024-Q1".to_owned())));
        assert_eq!(split("Kostnad (mnkr) 2024"), ("Kostnad (mnkr)".to_owned(), Some("2024".to_owned())));
        assert_eq!(split("Antal (2024)"), ("Antal".to_owned(), Some("2024".to_owned())));
        assert_eq!(split("Kvartal 1 2023 Antal"), ("Antal".to_owned(), Some("2023-Q1".to_owned())));
        assert_eq!(split("2021 Antal"), ("Antal".to_owned(), Some("2021".to_owned())));
        assert_eq!(split("Folkmängd"), ("Folkmängd".to_owned(), None));
    }
}
