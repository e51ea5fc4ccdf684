//! Properties of every sentence: Swedish signs, no percentage on small counts, the same words every time.

use super::*;
use crate::picture::footing;
use crate::picture::statistics::interval::{self, Level};
use crate::picture::statistics::trend::{YearCount, count_trend, share_trend};
use proptest::prelude::*;

fn point(period: String, value: Option<f64>, bounds: Option<(f64, f64)>, rate: Option<f64>) -> Point {
    let (low, high) = bounds.unzip();
    let missing = value.is_none().then(|| "..".to_owned());
    Point { period, value, missing, state: None, preliminary: false, low, high, n: None, rate, cells: Vec::new() }
}

/// The sentence of a series of yearly counts, with the inhabitants of every year or without.
fn of_counts(counts: &[Option<u64>], people: Option<u64>) -> String {
    let years: Vec<YearCount> =
        counts.iter().zip(2026 - counts.len() as i32..).map(|(n, year)| YearCount { year, count: *n, population: people }).collect();
    let points: Vec<Point> = years
        .iter()
        .map(|y| {
            let bounds = y.count.map(|n| interval::count(n, Level::Usual)).map(|b| (b.low, b.high));
            let rate = y.count.zip(people).map(|(n, p)| n as f64 * 100_000.0 / p as f64);
            point(y.year.to_string(), y.count.map(|n| n as f64), bounds, rate)
        })
        .collect();
    let trend = count_trend(&years);
    let words = SeriesWords { title: "Skadegörelse".into(), publisher: "Brå", unit: "antal", area: "Åsele" };
    series(&words, &points, Some(&trend), &footing::of_counts(&points, &years, &trend))
}

/// What is wrong with a sentence as Swedish; empty when nothing is.
fn faults(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let mut faults = Vec::new();
    for (i, c) in chars.iter().enumerate().skip(1) {
        match c {
            '.' if digit(i - 1) && digit(i + 1) => faults.push("a decimal point".to_owned()),
            '-' if digit(i + 1) => faults.push("a hyphen for a minus".to_owned()),
            ' ' if digit(i - 1) && digit(i + 1) && digit(i + 3) && !digit(i + 4) && chars[i - 1] != '–' => {
                // `från 2022 500`: never written; a group of three digits needs its no-break space.
                faults.push("a breaking space between digits".to_owned());
            }
            '%' if chars[i - 1] != swedish::NBSP => faults.push("a sign without its space".to_owned()),
            _ => {}
        }
    }
    if text.contains("  ") {
        faults.push("two spaces".to_owned());
    }
    if text.contains("NaN") || text.contains("inf ") {
        faults.push("no number".to_owned());
    }
    if !text.ends_with('.') {
        faults.push("no full stop".to_owned());
    }
    faults
}

proptest! {
    #[test]
    fn sentences_about_counts_are_swedish_and_have_no_percentage(
        counts in prop::collection::vec(prop::option::weighted(0.9, 0u64..30_000), 1..12),
        people in prop::option::of(500u64..2_000_000),
    ) {
        let text = of_counts(&counts, people);
        prop_assert_eq!(faults(&text), Vec::<String>::new(), "{}", text);
        prop_assert!(!text.contains('%'), "a percentage of a count: {}", text);
        prop_assert_eq!(&text, &of_counts(&counts, people));
    }

    #[test]
    fn small_counts_say_so(counts in prop::collection::vec(0u64..5, 2..8)) {
        let text = of_counts(&counts.iter().copied().map(Some).collect::<Vec<_>>(), Some(2_800));
        prop_assert!(["ökar", "minskar"].iter().all(|word| !text.contains(word)) || text.contains("mot"), "{}", text);
        prop_assert_eq!(faults(&text), Vec::<String>::new(), "{}", text);
    }

    /// A difference between two shares is in percentage points, never in percent.
    #[test]
    fn shares_change_by_percentage_points(a in 0u64..200, n in 200u64..400, b in 0u64..200, m in 200u64..400) {
        let text = share_development(share_trend((a, n), (b, m)).as_ref(), "2022", "2025");
        prop_assert!(text.contains("procentenhet") && !text.contains('%'), "{}", text);
        prop_assert_eq!(faults(&text), Vec::<String>::new(), "{}", text);
    }

    #[test]
    fn shares_of_few_have_no_percentage(hits in 0u32..9, more in 0u32..400) {
        let asked = hits + more;
        let bounds = interval::share(u64::from(hits), u64::from(asked), Level::Usual).map(|b| (b.low * 100.0, b.high * 100.0));
        let text = share(hits, asked, &point("2025".into(), Some(0.0), bounds, None), "”otrygg”");
        prop_assert_eq!(text.contains('%'), asked >= 10, "{}", text);
        prop_assert_eq!(faults(&text), Vec::<String>::new(), "{}", text);
    }
}

#[test]
fn the_sentences_are_these() {
    let said =
        |counts: &[u64], people| of_counts(&counts.iter().copied().map(Some).collect::<Vec<_>>(), people).replace(swedish::NBSP, " ");
    assert_eq!(
        said(&[9, 6, 8], Some(2_800)),
        "8 anmälda brott 2025, sannolikt mellan 3 och 16; det är 2,9 per 1 000 invånare. Medel 2023–2025: 7,7 om året, sannolikt mellan 4,9 och 11,5. \
         För litet underlag för att säga något om utvecklingen."
    );
    assert_eq!(
        said(&[0, 1, 0, 2, 0, 0], None),
        "0 anmälda brott 2025, sannolikt mellan 0 och 4. Medel 2021–2025: 0,6 om året, sannolikt mellan 0,1 och 1,8. Sällsynt: 3 på 6 år, ingen sedan 2023. \
         För litet underlag för att säga något om utvecklingen."
    );
}
