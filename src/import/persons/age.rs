//! One person's age together with a school: few pupils of a school are of one age, so the two point somebody out.

use super::words::Word;
use super::{Find, Personal};

const PERSON: [&str; 32] = [
    "flicka", "flickan", "pojke", "pojken", "kille", "killen", "tjej", "tjejen", "elev", "eleven", "son", "sonen", "dotter", "dottern",
    "ungdom", "ungdomen", "person", "personen", "man", "mannen", "barn", "barnet", "grabb", "grabben", "unge", "ungen", "syster", "bror",
    "systern", "brodern", "han", "hon",
];

pub fn find(text: &str, words: &[Word<'_>], finds: &mut Vec<Find>) {
    for index in 0..words.len() {
        let Some(last) = age(text, words, index) else { continue };
        let sentence = sentence(text, words[index].start);
        if names_school(text.get(sentence.0..sentence.1).unwrap_or("")) {
            finds.push(Find { kind: Personal::AgeAtSchool, start: words[index].start, end: words[last].end });
        }
    }
}

/// The last word of one person's age that starts here: `14-årig`, `14-åring`, `14 år`.
fn age(text: &str, words: &[Word<'_>], index: usize) -> Option<usize> {
    let word = words[index].lower();
    let years: String = word.chars().take_while(char::is_ascii_digit).collect();
    if !(1..=2).contains(&years.len()) || !(3..=20).contains(&years.parse::<u32>().ok()?) {
        return None;
    }
    let (kind, last) = match word.get(years.len()..)?.trim_start_matches('-') {
        "" => (words.get(index + 1).filter(|next| next.adjoins)?.lower(), index + 1),
        rest => (rest.to_owned(), index),
    };
    let person = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| PERSON.contains(&word.lower().as_str()));
    let one = match kind.as_str() {
        "årig" | "årige" | "årigt" | "åring" | "åringen" | "årings" | "åringens" => true,
        "åriga" => person(Some(last + 1)),
        "år" => {
            let verb =
                index.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| matches!(word.lower().as_str(), "är" | "var" | "på"));
            person(index.checked_sub(if verb { 2 } else { 1 })) || person(Some(last + 1))
        }
        _ => false,
    };
    // 13–15 år, and 8 pojkar 13 år, are groups.
    let before = text.get(..words[index].start).unwrap_or("").trim_end();
    let ranged = before.ends_with(['-', '–']) || before.ends_with(|c: char| c.is_ascii_digit());
    (one && !ranged).then_some(last)
}

fn sentence(text: &str, at: usize) -> (usize, usize) {
    let stops = ['.', '!', '?', '\n'];
    let start = text.get(..at).and_then(|before| before.rfind(stops)).map_or(0, |index| index + 1);
    let end = text.get(at..).and_then(|after| after.find(stops)).map_or(text.len(), |index| at + index);
    (start, end)
}

fn names_school(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let school = ["skola", "skolan", "skolans", "skolas", "gymnasium", "gymnasiet", "gymnasiets", "skolgård", "skolgården"];
        school.iter().any(|end| word.ends_with(end))
    })
}
