//! Which place a name in a file means: the country, a county, one of the 290, a practice municipality, a district, or
//! just a place that the reference does not know.

use super::batch::{AreaLevel, AreaRef};
use crate::reference::{self, Known};

/// The place that `text` names. Always an answer: an unknown name is a [`AreaLevel::Place`] under its own name.
pub fn resolve(text: &str, known: &Known<'_>) -> AreaRef {
    let text = text.trim();
    certain(text, known).unwrap_or_else(|| AreaRef { level: AreaLevel::Place, name: text.to_owned(), code: None })
}

/// The place that `text` names, if it is certainly a place.
pub fn certain(text: &str, known: &Known<'_>) -> Option<AreaRef> {
    let text = without_mark(text.trim());
    let place = |level, name: &str, code: Option<&str>| Some(AreaRef { level, name: name.to_owned(), code: code.map(str::to_owned) });
    if reference::country(text) {
        return place(AreaLevel::Country, "Hela landet", Some("00"));
    }
    if let Some(municipality) = reference::find(text) {
        return place(AreaLevel::Municipality, municipality.name, Some(municipality.code));
    }
    if let Some(county) = reference::county(text) {
        return place(AreaLevel::County, county.name, Some(county.code));
    }
    if let Some(name) = known.find(text) {
        return place(AreaLevel::Municipality, name, None);
    }
    if is_district(text) {
        return place(AreaLevel::District, text, None);
    }
    if is_deso(text) {
        return place(AreaLevel::Deso, text, Some(text));
    }
    None
}

/// The word for a place that lies in no municipality of ours.
const ABROAD: &str = "utlandet";

/// The place that a person has answered with: one that is certain, or a place of their own with its municipality after a comma
/// (`Norra skolan, Åsele`), or `utlandet` there. None: nobody could find it again.
pub fn answered(text: &str, known: &Known<'_>) -> Option<AreaRef> {
    certain(text, known).or_else(|| {
        let (name, lies_in) = text.rsplit_once(',')?;
        let name = name.trim();
        let short = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
        if lies_in.trim().eq_ignore_ascii_case(ABROAD) {
            return short.then(|| AreaRef { level: AreaLevel::Foreign, name: name.to_owned(), code: None });
        }
        let municipality = certain(lies_in, known).filter(|area| short && area.level == AreaLevel::Municipality)?;
        let level = if is_school(name) { AreaLevel::School } else { AreaLevel::Place };
        // The same name stands in many municipalities.
        Some(AreaRef { level, name: format!("{name}, {}", municipality.name), code: None })
    })
}

const LONGEST_NAME: usize = 60;

fn is_school(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.split_whitespace().any(|word| ["skola", "skolan", "gymnasium", "gymnasiet"].iter().any(|end| word.ends_with(end)))
}

/// The county that `text` names where counties are meant: there a bare `Stockholm` is one.
pub fn county(text: &str) -> Option<AreaRef> {
    let text = without_mark(text.trim());
    let county = reference::county(text).or_else(|| reference::county(&format!("Region {text}")))?;
    Some(AreaRef { level: AreaLevel::County, name: county.name.to_owned(), code: Some(county.code.to_owned()) })
}

/// `Lerum 2)`: the number points to a note.
fn without_mark(text: &str) -> &str {
    let mark = |tail: &str| tail.strip_suffix(')').is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    match text.rsplit_once(' ') {
        Some((name, tail)) if mark(tail) => name.trim_end(),
        _ => text,
    }
}

/// City districts as Brå words them: `Stadsdelsområde Bromma (Sthlm)`, `Hisingen (Gbg)`, `… stadsdel (upphörde 2021-01-01)`.
fn is_district(text: &str) -> bool {
    let lower = text.to_lowercase();
    let city = ["(sthlm)", "(gbg)", "(malmö)"].iter().any(|city| lower.ends_with(city));
    city || lower.starts_with("stadsdel")
        || lower.starts_with("stadsområde")
        || lower.contains(" stadsdel")
        || lower.contains("stadsdelsnämnd")
}

fn is_deso(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 9 && bytes.iter().enumerate().all(|(index, b)| if index == 4 { b.is_ascii_uppercase() } else { b.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_can_answer_with_a_place_of_their_own() {
        let known = Known::default();
        let said = |text: &str| answered(text, &known).map(|area| (area.level, area.name));
        assert_eq!(said("Åsele kommun"), Some((AreaLevel::Municipality, "Åsele".to_owned())));
        assert_eq!(said("Biskopsgården, Göteborg"), Some((AreaLevel::Place, "Biskopsgården, Göteborg".to_owned())));
        assert_eq!(said("Norra skolan, Åsele kommun"), Some((AreaLevel::School, "Norra skolan, Åsele".to_owned())));
        assert_eq!(said("Spanien, utlandet"), Some((AreaLevel::Foreign, "Spanien".to_owned())));
        for nowhere in ["Biskopsgården", "Biskopsgården, Nånstans", ", Åsele", "Centrum, Västerbottens län", ""] {
            assert_eq!(said(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn places_get_their_level() {
        let practice = ["Granbäck".to_owned()];
        let known = Known { practice: &practice };
        for (text, level, name, code) in [
            ("Riket", AreaLevel::Country, "Hela landet", Some("00")),
            ("Bjuv kommun", AreaLevel::Municipality, "Bjuv", Some("1260")),
            ("Granbäcks kommun", AreaLevel::Municipality, "Granbäck", None),
            ("Västerbottens län", AreaLevel::County, "Västerbottens län", Some("24")),
            ("Stadsdelsområde Bromma (Sthlm)", AreaLevel::District, "Stadsdelsområde Bromma (Sthlm)", None),
            ("0126C1510", AreaLevel::Deso, "0126C1510", Some("0126C1510")),
            ("Byn vid sjön", AreaLevel::Place, "Byn vid sjön", None),
        ] {
            let area = resolve(text, &known);
            assert_eq!((area.level, area.name.as_str(), area.code.as_deref()), (level, name, code), "{text}");
        }
    }
}
