//! Registration numbers of vehicles: three letters and three characters, `ABC123`, `ABC 123` or `ABC12D`. The letters I, Q, V, Å, Ä, Ö
//! are not used, nor O at the end (the transport agency). What has that form is held back unless a word right before says that it
//! numbers something else; in small letters and apart it takes a word about vehicles. A question too many is better than a miss.

use super::words::{Word, words};
use super::{Find, Personal};

/// Words right before a number that is no vehicle's.
const NUMBERED: [&str; 26] = [
    "artikel",
    "artikelnr",
    "artikelnummer",
    "art",
    "rum",
    "rummet",
    "sal",
    "salen",
    "lokal",
    "lokalen",
    "lägenhet",
    "lgh",
    "modell",
    "modellen",
    "produkt",
    "kapitel",
    "kap",
    "dnr",
    "diarienummer",
    "diarienr",
    "ärende",
    "ärendenummer",
    "tabell",
    "figur",
    "kurs",
    "kod",
];

/// Letters that are themselves such a word, or a currency, when whole digits stand apart from them: `RUM 214`, `SEK 500`.
const OWN_WORDS: [&str; 12] = ["RUM", "SAL", "KAP", "LGH", "DNR", "TEL", "FIG", "TAB", "SFS", "SEK", "EUR", "USD"];

const VEHICLES: [&str; 36] = [
    "reg",
    "regnr",
    "regnummer",
    "registreringsnummer",
    "registreringsnr",
    "nummerskylt",
    "skylt",
    "skylten",
    "bil",
    "bilen",
    "personbil",
    "fordon",
    "fordonet",
    "moped",
    "mopeden",
    "mopedbil",
    "mc",
    "motorcykel",
    "epa",
    "epan",
    "epatraktor",
    "a-traktor",
    "a-traktorn",
    "volvo",
    "saab",
    "bmw",
    "audi",
    "mercedes",
    "vw",
    "volkswagen",
    "toyota",
    "ford",
    "kia",
    "skoda",
    "taxi",
    "släp",
];

pub fn find(text: &str, finds: &mut Vec<Find>) {
    let words = words(text);
    for (index, word) in words.iter().enumerate() {
        let about = words[index.saturating_sub(4)..index].iter().any(|word| VEHICLES.contains(&word.lower().as_str()));
        if let Some(end) = ending(&words, index, about) {
            finds.push(Find { kind: Personal::Registration, start: word.start, end });
        }
    }
}

/// Where the registration number that starts with this word ends.
fn ending(words: &[Word<'_>], index: usize, about: bool) -> Option<usize> {
    let word = words.get(index)?;
    let numbered = index.checked_sub(1).is_some_and(|before| NUMBERED.contains(&words[before].lower().as_str()));
    if numbered && !about {
        return None;
    }
    let plain: String = word.text.chars().filter(|c| *c != '-').collect();
    let capital = !plain.chars().any(|c| c.is_ascii_lowercase());
    if plain.len() == 6 && is_registration(&plain) {
        return (about || capital || plain.len() == word.text.len()).then_some(word.end);
    }
    let next = words.get(index + 1).filter(|next| next.adjoins)?;
    let counted = OWN_WORDS.contains(&plain.as_str()) && next.text.bytes().all(|byte| byte.is_ascii_digit());
    let apart = plain.len() == 3 && is_registration(&format!("{plain}{}", next.text));
    (apart && (about || (capital && !counted && !next.text.contains(|c: char| c.is_ascii_lowercase())))).then_some(next.end)
}

fn is_registration(text: &str) -> bool {
    let upper: Vec<u8> = text.to_ascii_uppercase().into_bytes();
    let letter = |byte: u8| byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'Q' | b'V');
    match upper.as_slice() {
        [a, b, c, d, e, last] => {
            let start = letter(*a) && letter(*b) && letter(*c) && d.is_ascii_digit() && e.is_ascii_digit();
            start && (last.is_ascii_digit() || (letter(*last) && *last != b'O'))
        }
        _ => false,
    }
}

/// Whether a column's cells are codes of a series (`BLR301`, `BLR302`): every one is nothing but such a code, and the letters are few.
/// The letters of vehicles are as good as random.
pub fn is_series<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    const FEWEST: usize = 5;
    let letters: Option<Vec<String>> = cells.filter(|cell| !cell.trim().is_empty()).map(series_letters).collect();
    letters.is_some_and(|mut letters| {
        let all = letters.len();
        letters.sort_unstable();
        letters.dedup();
        all >= FEWEST && letters.len() * 4 <= all
    })
}

fn series_letters(cell: &str) -> Option<String> {
    let plain: String = cell.chars().filter(|c| *c != '-' && *c != ' ').collect();
    is_registration(&plain).then(|| plain.get(..3).unwrap_or_default().to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut finds = Vec::new();
        find(text, &mut finds);
        finds.iter().map(|find| &text[find.start..find.end]).collect()
    }

    #[test]
    fn every_group_of_letters_is_a_vehicle_until_something_says_otherwise() {
        let letters = || (b'A'..=b'Z').filter(|byte| !b"IQV".contains(byte)).map(char::from);
        for (a, b, c) in letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| (a, b, c)))) {
            for text in [format!("{a}{b}{c}123"), format!("{a}{b}{c}12D"), format!("{a}{b}{c} 12D")] {
                assert_eq!(found(&format!("Såg {text} vid skolan")), [text.as_str()]);
            }
        }
    }

    #[test]
    fn a_word_before_or_the_letters_themselves_say_what_is_numbered() {
        for text in
            ["artikel ART 123", "Artikelnummer BOK123", "rum ABC 123", "i RUM 214", "SEK 500", "kap ABC123", "mycket 100", "och 123"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(found("bilen vid rum ABC123"), ["ABC123"]);
        assert_eq!(found("HUS 123 och abc12d"), ["HUS 123", "abc12d"]);
    }

    #[test]
    fn a_column_of_one_series_is_no_column_of_vehicles() {
        let series: Vec<String> = (301..320).map(|number| format!("BLR{number}")).collect();
        assert!(is_series(series.iter().map(String::as_str)));
        assert!(!is_series(["ABC123", "KLM45D", "RUT 678", "HPX901", "DDL22A"].into_iter()));
        assert!(!is_series(series.iter().map(String::as_str).chain(["såg ABC123"])));
    }
}
