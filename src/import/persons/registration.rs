//! Registration numbers of vehicles: three letters and three characters, `ABC123` or `ABC12D`. The letters I, Q, V, Å, Ä, Ö are not
//! used, nor O at the end (the transport agency). Written apart or in small letters it needs a word about vehicles before it.

use super::words::{Word, words};
use super::{Find, Personal};

/// Three letters that stand before numbers for other reasons.
const OTHER: [&str; 34] = [
    "KAP", "DNR", "RUM", "SAL", "ART", "TEL", "DEL", "FIG", "TAB", "PAR", "SFS", "SOU", "KTR", "LGH", "HUS", "FEL", "MAX", "LGR", "UTB",
    "SCB", "NTU", "BRA", "KPA", "KPB", "PRO", "DOK", "BOK", "ALT", "NRR", "SEK", "EUR", "USD", "CET", "UTC",
];

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
    let plain: String = word.text.chars().filter(|c| *c != '-').collect();
    let apart = plain.len() != word.text.len();
    let capital = !plain.chars().any(|c| c.is_ascii_lowercase());
    let letters = plain.get(..3)?;
    if plain.len() == 6 && is_registration(&plain) {
        return (about || (capital && !apart && !OTHER.contains(&letters))).then_some(word.end);
    }
    let next = words.get(index + 1).filter(|next| next.adjoins)?;
    (about && plain.len() == 3 && is_registration(&format!("{plain}{}", next.text))).then_some(next.end)
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
