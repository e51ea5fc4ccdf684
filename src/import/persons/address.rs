//! Exact addresses: the name of a street with a house number, `Storgatan 12`, `Kyrkvägen 3 B`. A street alone is a place.

use super::words::Word;
use super::{Find, Personal};

const STREETS: [&str; 26] = [
    "gatan",
    "vägen",
    "gränd",
    "gränden",
    "stigen",
    "backen",
    "allén",
    "allé",
    "torget",
    "platsen",
    "kajen",
    "esplanaden",
    "promenaden",
    "ringen",
    "slingan",
    "svängen",
    "liden",
    "kroken",
    "rundan",
    "höjden",
    "gata",
    "väg",
    "stig",
    "gårdsväg",
    "tvärgatan",
    "gången",
];
/// Roads with a number of their own.
const ROADS: [&str; 14] = [
    "riksväg",
    "riksvägen",
    "länsväg",
    "länsvägen",
    "motorväg",
    "motorvägen",
    "europaväg",
    "europavägen",
    "cykelväg",
    "cykelvägen",
    "gångväg",
    "gångvägen",
    "skolväg",
    "skolvägen",
];
/// After a number these say that something was counted or timed, not where somebody lives.
const COUNTED: [&str; 42] = [
    "ungdomar",
    "personer",
    "killar",
    "tjejer",
    "barn",
    "bilar",
    "mopeder",
    "cyklar",
    "gånger",
    "st",
    "stycken",
    "män",
    "kvinnor",
    "pojkar",
    "flickor",
    "elever",
    "vuxna",
    "minuter",
    "min",
    "timmar",
    "meter",
    "m",
    "km",
    "år",
    "års",
    "åringar",
    "kr",
    "kronor",
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
    "fall",
    "händelser",
];

pub fn find(text: &str, words: &[Word<'_>], finds: &mut Vec<Find>) {
    for (index, pair) in words.windows(2).enumerate() {
        if !is_street(words, index) || !pair[1].adjoins || !is_house(text, words, index + 1) {
            continue;
        }
        let before = index.checked_sub(1).filter(|_| pair[0].adjoins);
        let wider = stands_alone(&pair[0].lower()) || before.is_some_and(|at| is_direction(&words[at].lower()));
        let first = before.filter(|_| wider).unwrap_or(index);
        finds.push(Find { kind: Personal::Address, start: words[first].start, end: end(words, index + 1) });
    }
}

/// `Storgatan`, or `Stora gatan` in two words.
fn is_street(words: &[Word<'_>], index: usize) -> bool {
    let lower = words[index].lower();
    if ROADS.contains(&lower.as_str()) {
        return false;
    }
    let named = STREETS.iter().any(|street| lower.strip_suffix(street).is_some_and(|stem| stem.chars().count() >= 2));
    let apart = stands_alone(&lower) && index > 0 && words[index].adjoins && words[index - 1].is_capital();
    if stands_alone(&lower) { apart } else { named && (words[index].is_capital() || words[index].is_shouted()) }
}

/// `Norra Ringvägen`: a part of the street's name.
fn is_direction(lower: &str) -> bool {
    matches!(lower, "norra" | "södra" | "östra" | "västra" | "stora" | "lilla" | "gamla" | "nya" | "övre" | "nedre")
}

fn stands_alone(lower: &str) -> bool {
    matches!(lower, "gatan" | "vägen" | "gata" | "väg" | "gränd" | "torg" | "torget" | "plats" | "allé" | "stig")
}

/// A number of one to three digits, with a letter at most, that nothing after it makes into a count, a time or a date.
fn is_house(text: &str, words: &[Word<'_>], index: usize) -> bool {
    let number = words[index];
    let digits = number.text.chars().take_while(char::is_ascii_digit).count();
    let rest = number.text.get(digits..).unwrap_or("");
    let letter = rest.is_empty() || (rest.chars().count() == 1 && rest.chars().all(char::is_alphabetic)) || is_range(rest);
    let mut after = text.get(number.end..).unwrap_or("").chars();
    let goes_on = matches!((after.next(), after.next()), (Some('.' | ':' | '/' | ','), Some(c)) if c.is_ascii_digit());
    let next = words.get(index + 1).filter(|next| next.adjoins).map(Word::lower).unwrap_or_default();
    (1..=3).contains(&digits) && letter && !goes_on && !COUNTED.contains(&next.as_str()) && !next.ends_with("åringar")
}

/// `3-5`, two stairs of one house.
fn is_range(rest: &str) -> bool {
    rest.strip_prefix('-').is_some_and(|last| (1..=3).contains(&last.len()) && last.chars().all(|c| c.is_ascii_digit()))
}

/// The house number with its letter and the flat: `3 B lgh 1101`.
fn end(words: &[Word<'_>], index: usize) -> usize {
    let mut last = index;
    if let Some(next) =
        words.get(last + 1).filter(|next| next.adjoins && next.text.len() == 1 && next.text.starts_with(|c: char| c.is_ascii_uppercase()))
    {
        last += usize::from(!next.opens);
    }
    if words.get(last + 1).is_some_and(|next| matches!(next.lower().as_str(), "lgh" | "lägenhet"))
        && words.get(last + 2).is_some_and(|number| number.text.chars().all(|c| c.is_ascii_digit()))
    {
        last += 2;
    }
    words[last].end
}
