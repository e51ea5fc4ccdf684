//! Numbers, dates, lists and sorting as Swedish is written, so that every text, table and chart says a figure the same way.

use chrono::{Datelike, NaiveDate};
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;

/// No-break space: between groups of three digits, and between a number and what it counts.
pub const NBSP: char = '\u{A0}';
/// The sign that Swedish (CLDR) writes for negative numbers.
pub const MINUS: char = '\u{2212}';
/// En dash, for spans.
pub const DASH: char = '–';

const MONTHS: [&str; 12] =
    ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];

/// A whole number: `1234` → `1 234` (NBSP), `-3` → `−3`. Years and codes are not counts and must not pass here.
pub fn count(n: impl TryInto<i128>) -> String {
    let n = n.try_into().unwrap_or(i128::MAX);
    signed(n < 0, grouped(&n.unsigned_abs().to_string()))
}

/// A number with exactly `places` decimals: `(1234.5, 1)` → `1 234,5`. Halves are rounded away from zero on the number as people
/// read it (15 significant digits, as spreadsheets do), so 2,675 becomes 2,68 although the stored double is a hair less.
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "okänt".to_owned();
    }
    let digits = rounded_digits(value.abs(), places);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let negative = value < 0.0 && digits.bytes().any(|d| d != b'0');
    let whole = grouped(whole);
    signed(negative, if places == 0 { whole } else { format!("{whole},{fraction}") })
}

/// A number with the decimals it has: `1234.5` → `1 234,5`. Read back as Swedish it is the same number.
pub fn exact(value: f64) -> String {
    let text = format!("{}", value.abs());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let whole = grouped(whole);
    signed(value < 0.0, if part.is_empty() { whole } else { format!("{whole},{part}") })
}

/// The digits of `value · 10^places` rounded, at least `places + 1` of them.
fn rounded_digits(value: f64, places: usize) -> String {
    let text = format!("{value:.14e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|d| d - b'0').collect();
    let keep = exponent + 1 + places as i64;
    if keep < 0 {
        return "0".repeat(places + 1);
    }
    let keep = keep as usize;
    let round_up = digits.get(keep).is_some_and(|&d| d >= 5);
    digits.resize(keep, 0);
    if round_up {
        add_one(&mut digits);
    }
    let text: String = digits.iter().map(|&d| char::from(b'0' + d)).collect();
    format!("{text:0>width$}", width = places + 1)
}

fn add_one(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(NBSP);
        }
        out.push(digit);
    }
    out
}

fn signed(negative: bool, digits: String) -> String {
    if negative { format!("{MINUS}{digits}") } else { digits }
}

/// `(12.5, 1)` → `12,5 %` (NBSP). The value is already in percent.
pub fn percent(value: f64, places: usize) -> String {
    format!("{}{NBSP}%", decimal(value, places))
}

/// A difference between two percentages, in its own unit: `(4.2, 1)` → `4,2 procentenheter`, `(1.0, 0)` → `1 procentenhet`.
pub fn percentage_points(value: f64, places: usize) -> String {
    let number = decimal(value, places);
    let unit = if number.trim_start_matches(MINUS) == "1" { "procentenhet" } else { "procentenheter" };
    format!("{number}{NBSP}{unit}")
}

/// A rate per thousand inhabitants, labelled: `0.37` → `0,37 per 1 000`.
pub fn per_1000(value: f64) -> String {
    format!("{} per{NBSP}1{NBSP}000", decimal(value, rate_places(value)))
}

/// A rate per hundred thousand inhabitants (Brå's unit), labelled: `37.0` → `37 per 100 000`.
pub fn per_100_000(value: f64) -> String {
    format!("{} per{NBSP}100{NBSP}000", decimal(value, if value.abs() < 10.0 { 1 } else { 0 }))
}

/// Two decimals under 1, one under 100, none above: more would claim a precision that small counts do not have.
fn rate_places(value: f64) -> usize {
    match value.abs() {
        v if v < 1.0 => 2,
        v if v < 100.0 => 1,
        _ => 0,
    }
}

/// An interval in running text: `mellan 12 och 31`.
pub fn between(low: f64, high: f64, places: usize) -> String {
    format!("mellan {} och {}", decimal(low, places), decimal(high, places))
}

/// An interval of percentages in running text: `mellan 16 och 51 %`.
pub fn between_percent(low: f64, high: f64, places: usize) -> String {
    format!("mellan {} och {}", decimal(low, places), percent(high, places))
}

/// An interval in a table or a label: `12–31`; with a negative end `−3 till 5`, since a dash beside a minus misleads.
pub fn span(low: f64, high: f64, places: usize) -> String {
    let (low, high) = (decimal(low, places), decimal(high, places));
    if low.starts_with(MINUS) || high.starts_with(MINUS) { format!("{low} till {high}") } else { format!("{low}{DASH}{high}") }
}

/// Years or other period names: `2021–2023`, or the one if both are the same.
pub fn period(first: &str, last: &str) -> String {
    if first == last { first.to_owned() } else { format!("{first}{DASH}{last}") }
}

/// `9 mars 2026`, for running text.
pub fn date(day: NaiveDate) -> String {
    format!("{}{NBSP}{} {}", day.day(), month(day.month()), day.year())
}

/// `2026-03-09`, for tables.
pub fn iso_date(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// `v. 11` by ISO 8601.
pub fn week(day: NaiveDate) -> String {
    format!("v.{NBSP}{}", day.iso_week().week())
}

/// `kl. 14.30`, for running text.
pub fn clock(hour: u32, minute: u32) -> String {
    format!("kl.{NBSP}{hour:02}.{minute:02}")
}

/// The name of month 1–12, lower case; empty for anything else.
pub fn month(number: u32) -> &'static str {
    number.checked_sub(1).and_then(|i| MONTHS.get(i as usize)).copied().unwrap_or("")
}

/// `["a", "b", "c"]` → `a, b och c`.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "och")
}

/// `["a", "b", "c"]` → `a, b eller c`.
pub fn either<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "eller")
}

fn joined<S: AsRef<str>>(items: &[S], word: &str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
    }
}

/// The number with the right form of its noun: `(1, "svar", "svar")`, `(2, "rapport", "rapporter")` → `2 rapporter` (NBSP).
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{}{NBSP}{}", count(n), plural(n, one, many))
}

/// Only the right form of the noun.
pub fn plural<'a>(n: u64, one: &'a str, many: &'a str) -> &'a str {
    if n == 1 { one } else { many }
}

/// A municipality's own name as its agreements write it: `Lunds kommun`, `Åsele kommun`, `Falu kommun`.
pub fn municipality(name: &str) -> String {
    let vowel = name.chars().last().is_some_and(|c| "aeiouyåäöAEIOUYÅÄÖ".contains(c));
    match name {
        "Falun" => "Falu kommun".to_owned(),
        name if vowel => format!("{name} kommun"),
        name => format!("{} kommun", genitive(name)),
    }
}

/// `Åsele` → `Åseles`, `Borås` → `Borås`: the genitive, which Swedish leaves bare after s, x and z.
pub fn genitive(name: &str) -> String {
    let bare = name.chars().last().is_some_and(|c| matches!(c.to_ascii_lowercase(), 's' | 'x' | 'z'));
    if bare { name.to_owned() } else { format!("{name}s") }
}

/// First letter as a capital, the rest untouched.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Swedish order, for `sort_by` and for SQLite's `CREATE COLLATION`: å ä ö after z, v and w apart, é as e, ü as y, case only as a last resort.
pub fn compare(a: &str, b: &str) -> Ordering {
    sort_key(a).cmp(&sort_key(b))
}

/// A key whose byte order is Swedish order. Total: two different texts never get the same key.
pub fn sort_key(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let folded = composed.to_lowercase();
    let mut key: String = folded.chars().flat_map(primary).collect();
    for tie_break in [&folded, &composed, text] {
        key.push('\u{1}');
        key.push_str(tie_break);
    }
    key
}

/// The letter that a character is sorted as; the three last letters get private code points, which follow all others.
fn primary(c: char) -> Vec<char> {
    match c {
        'å' => vec!['\u{E000}'],
        'ä' | 'æ' => vec!['\u{E001}'],
        'ö' | 'ø' | 'œ' => vec!['\u{E002}'],
        'ü' => vec!['y'],
        'ð' | 'đ' => vec!['d'],
        'þ' => vec!['t', 'h'],
        'ß' => vec!['s', 's'],
        'ł' => vec!['l'],
        NBSP | '\u{202F}' | '\u{2009}' => vec![' '],
        _ => std::iter::once(c).nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_have_no_break_spaces_and_a_true_minus() {
        for (n, text) in
            [(0, "0"), (7, "7"), (999, "999"), (1234, "1\u{A0}234"), (1_234_567, "1\u{A0}234\u{A0}567"), (-1, "−1"), (-4120, "−4\u{A0}120")]
        {
            assert_eq!(count(n), text);
        }
        assert_eq!(count(u64::MAX), "18\u{A0}446\u{A0}744\u{A0}073\u{A0}709\u{A0}551\u{A0}615");
    }

    #[test]
    fn decimals_have_a_comma_and_round_as_people_do() {
        for (value, places, text) in [
            (1234567.891, 3, "1\u{A0}234\u{A0}567,891"),
            (12.5, 0, "13"),
            (2.675, 2, "2,68"),
            (0.145 * 100.0, 0, "15"),
            (0.1 + 0.2, 1, "0,3"),
            (999.96, 1, "1\u{A0}000,0"),
            (0.004, 2, "0,00"),
            (0.005, 2, "0,01"),
            (0.0004, 2, "0,00"),
            (-0.4, 0, "0"),
            (-0.5, 0, "−1"),
            (-12.34, 1, "−12,3"),
            (0.0, 2, "0,00"),
            (9.5, 0, "10"),
            (1e21, 0, "1\u{A0}000\u{A0}000\u{A0}000\u{A0}000\u{A0}000\u{A0}000\u{A0}000"),
            (f64::NAN, 1, "okänt"),
        ] {
            assert_eq!(decimal(value, places), text, "{value} with {places} decimals");
        }
    }

    #[test]
    fn units_follow_their_number() {
        assert_eq!(percent(12.5, 1), "12,5\u{A0}%");
        assert_eq!(percentage_points(4.2, 1), "4,2\u{A0}procentenheter");
        assert_eq!(percentage_points(-1.0, 0), "−1\u{A0}procentenhet");
        // One case among 2 700 people (S1).
        assert_eq!(per_1000(1000.0 / 2700.0), "0,37 per\u{A0}1\u{A0}000");
        assert_eq!(per_100_000(100_000.0 / 2700.0), "37 per\u{A0}100\u{A0}000");
    }

    #[test]
    fn intervals_read_as_words_or_as_spans() {
        assert_eq!(between(12.21, 30.89, 0), "mellan 12 och 31");
        assert_eq!(between_percent(15.6, 50.9, 0), "mellan 16 och 51\u{A0}%");
        assert_eq!(span(12.21, 30.89, 0), "12–31");
        assert_eq!(span(-3.0, 5.2, 0), "−3 till 5");
        assert_eq!(period("2021", "2023"), "2021–2023");
        assert_eq!(period("2021", "2021"), "2021");
    }

    #[test]
    fn dates_differ_between_text_and_tables() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        assert_eq!(date(day), "9\u{A0}mars 2026");
        assert_eq!(iso_date(day), "2026-03-09");
        assert_eq!(week(day), "v.\u{A0}11");
        assert_eq!(clock(9, 5), "kl.\u{A0}09.05");
        assert_eq!((month(1), month(12), month(0), month(13)), ("januari", "december", "", ""));
    }

    #[test]
    fn words_are_joined_and_inflected() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a och b");
        assert_eq!(list(&["a", "b", "c"]), "a, b och c");
        assert_eq!(either(&["a", "b", "c"]), "a, b eller c");
        assert_eq!(counted(1, "rapport", "rapporter"), "1\u{A0}rapport");
        assert_eq!(counted(1200, "rapport", "rapporter"), "1\u{A0}200\u{A0}rapporter");
        assert_eq!((genitive("Åsele"), genitive("Borås")), ("Åseles".to_owned(), "Borås".to_owned()));
        assert_eq!(capitalised("ökar"), "Ökar");
    }

    #[test]
    fn places_sort_as_in_a_swedish_index() {
        let right = ["Vik", "Vilhelmina", "Walla", "Wik", "Zinkgruvan", "Ånge", "Åsele", "Ärla", "Öckerö"];
        let mut mixed = right;
        mixed.reverse();
        mixed.sort_by(|a, b| compare(a, b));
        assert_eq!(mixed, right);
    }

    #[test]
    fn accents_and_case_break_ties_only() {
        let right = ["ide", "idé", "Idé", "idéer", "idol"];
        let mut mixed = ["idol", "idéer", "Idé", "idé", "ide"];
        mixed.sort_by(|a, b| compare(a, b));
        assert_eq!(mixed[0], right[0]);
        assert_eq!(mixed[3..], right[3..]);
        assert_eq!(compare("A\u{30A}sele", "Åsele"), compare("A\u{30A}sele", "Åsele"));
        assert_eq!(compare("A\u{30A}ng", "Åsele"), Ordering::Less, "a decomposed å is still å");
        assert_eq!(compare("Müller", "Mysa"), Ordering::Less);
        assert_eq!(compare("2 svar", "A"), Ordering::Less);
    }

    proptest! {
        #[test]
        fn order_is_total(a in "\\PC{0,8}", b in "\\PC{0,8}") {
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            prop_assert_eq!(compare(&a, &b) == Ordering::Equal, a == b);
        }

        #[test]
        fn a_written_number_is_within_half_a_step(value in -1e9f64..1e9, places in 0usize..5) {
            let plain = decimal(value, places).replace(NBSP, "").replace(MINUS, "-").replace(',', ".");
            let step = 10f64.powi(-(places as i32));
            // Fifteen significant digits are kept before rounding, hence the second term.
            let allowed = step / 2.0 + value.abs() * 1e-14;
            prop_assert!((plain.parse::<f64>().unwrap() - value).abs() <= allowed);
        }
    }
}
