//! Whether a column (or a level of the header) names places, judged as a whole: one name that happens to be a Swedish
//! municipality's does not make a Norwegian column Swedish.

use super::words;
use crate::import::area;
use crate::import::batch::{AreaLevel, AreaRef};
use crate::reference::{self, Known};

/// How the names of one column are read.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// As a whole the names fit the country's municipalities, counties or DeSO.
    pub swedish: bool,
    /// What an unknown name is.
    unknown: AreaLevel,
    /// The level that most names have.
    pub level: AreaLevel,
    /// The heading or the names say counties: `Stockholm` is one.
    counties: bool,
    /// The division of the country, other than municipalities, that the heading says that the names are parts of.
    division: Option<&'static str>,
    /// Every name is both a county's and a municipality's, and no heading says which.
    pub open: bool,
    /// Distinct names that are known places, of how many.
    pub certain: usize,
    pub of: usize,
}

/// Countries that tell a foreign table, in the languages such tables come in.
const COUNTRIES: [&str; 22] = [
    "norge",
    "norway",
    "danmark",
    "denmark",
    "finland",
    "suomi",
    "island",
    "iceland",
    "tyskland",
    "germany",
    "france",
    "frankrike",
    "polen",
    "poland",
    "spain",
    "españa",
    "united kingdom",
    "england",
    "estonia",
    "estland",
    "united states",
    "netherlands",
];

impl Places {
    /// Judges distinct `labels` under the header `word`; `None` when they are no places.
    pub fn judge(labels: &[String], word: &str, known: &Known<'_>) -> Option<Self> {
        let whole = word.is_empty() && labels.iter().any(|label| words::is_whole_place(label));
        let labels: Vec<&String> = labels.iter().filter(|label| !label.is_empty() && !words::is_total(label)).collect();
        let named = words::is_area(word) || words::is_school(word) || words::is_owner(word) || whole;
        let codes = labels.iter().filter(|label| digits(label)).count();
        let division = own_division(word);
        let named = named || division.is_some();
        let told: Vec<&String> = labels.iter().copied().filter(|label| !is_rest(label)).collect();
        let labels = if told.is_empty() { labels } else { told };
        let counties = words::is_county(word) || words::is_region(word) && are_counties(&labels);
        let certain: Vec<AreaRef> = labels.iter().filter_map(|label| found(label, counties, known)).collect();
        let places = certain.iter().filter(|area| area.level != AreaLevel::Country).count();
        if labels.is_empty() || (codes * 2 > labels.len() && !trusted_codes(&labels, word)) {
            return None;
        }
        // Owners of schools are companies and municipalities mixed; a school is a school whatever it is called.
        let swedish = certain.len() * 2 > labels.len() && !words::is_owner(word) && !words::is_school(word) && division.is_none();
        // A heading says that these are places, or their names do; the country alone may head anything.
        if !named && (!swedish || (places == 0 && labels.len() > 1)) {
            return None;
        }
        let unknown = Self::unknown(&labels, word);
        Some(Self {
            division,
            open: !counties && (words::is_region(word) || word.is_empty()) && are_both(&labels),
            swedish,
            unknown,
            counties,
            level: if swedish { most(&certain) } else { unknown },
            certain: certain.len(),
            of: labels.len(),
        })
    }

    fn unknown(labels: &[&String], word: &str) -> AreaLevel {
        let foreign = labels.iter().any(|label| COUNTRIES.contains(&label.to_lowercase().as_str()));
        match word {
            _ if words::is_school(word) => AreaLevel::School,
            _ if words::is_district(word) || word.is_empty() => AreaLevel::District,
            _ if foreign => AreaLevel::Foreign,
            _ => AreaLevel::Place,
        }
    }

    /// The place that `label` names in this column. Outside a Swedish column only a name that says what it is counts as one.
    pub fn resolve(&self, label: &str, known: &Known<'_>) -> AreaRef {
        let label = label.trim();
        let found = found(label, self.counties, known).filter(|found| self.swedish || unmistakable(label, found));
        // A part of another division has the name of a municipality without being it.
        let lower = label.to_lowercase();
        let bare = self.division.filter(|_| !lower.contains("polis") && !lower.starts_with("lpo") && !lower.starts_with("po "));
        let name = bare.map_or_else(|| label.to_owned(), |kind| format!("{kind} {label}"));
        found.unwrap_or(AreaRef { level: self.unknown, name, code: None })
    }

    /// The place that `label` names in a row that says what kind of place it is: `region`, `kommun`, `riket`.
    pub fn of_kind(&self, label: &str, kind: &str, known: &Known<'_>) -> AreaRef {
        let kind = crate::import::header::word(kind);
        let county = words::is_county(&kind) || words::is_region(&kind);
        Self { counties: county, ..self.clone() }.resolve(label, known)
    }

    /// The names are counties', or municipalities': a person has said which.
    pub fn decide(&mut self, counties: bool) {
        self.open = false;
        self.counties = counties;
        self.level = if counties { AreaLevel::County } else { AreaLevel::Municipality };
    }

    /// The narrower, the smaller: a row's place is its narrowest.
    pub fn narrowness(&self) -> u8 {
        match self.level {
            AreaLevel::School => 0,
            AreaLevel::Deso => 1,
            AreaLevel::District => 2,
            AreaLevel::Place | AreaLevel::Foreign => 3,
            AreaLevel::Municipality => 4,
            AreaLevel::County => 6,
            AreaLevel::Country => 7,
        }
    }
}

/// Divisions of the country whose parts have the names of municipalities without being them.
fn own_division(word: &str) -> Option<&'static str> {
    match word {
        "lokalpolisområde" | "lpo" => Some("Lokalpolisområde"),
        "polisområde" | "po" => Some("Polisområde"),
        "polisregion" => Some("Polisregion"),
        "tingsrätt" => Some("Tingsrätt"),
        "tätort" => Some("Tätort"),
        "församling" => Some("Församling"),
        "postort" => Some("Postort"),
        "fa region" | "fa-region" => Some("FA-region"),
        _ => None,
    }
}

/// `Övriga kommuner i länet`, `Okänt`, `Utlandet`, `Alla kommuner (ovägt medel)`: beside places, but none that tells what the others are.
fn is_rest(label: &str) -> bool {
    let lower = label.trim().to_lowercase();
    let starts = ["övrig", "okän", "utland", "annan", "andra", "ej ", "saknas"].iter().any(|start| lower.starts_with(start));
    starts || lower.contains("kommuner")
}

fn found(label: &str, counties: bool, known: &Known<'_>) -> Option<AreaRef> {
    Some(label).filter(|_| counties).and_then(area::county).or_else(|| area::certain(label, known))
}

/// Names that all are counties' and not all municipalities': the 21 regions by their short names.
fn are_counties(labels: &[&String]) -> bool {
    labels.len() > 1
        && labels.iter().all(|label| area::county(label).is_some() || reference::country(label))
        && !labels.iter().all(|label| reference::country(label) || reference::find(label).is_some())
}

/// `Stockholm`, `Uppsala`, `Örebro`: names of both.
fn are_both(labels: &[&String]) -> bool {
    let both = |label: &&&String| {
        area::county(label).is_some() && reference::find(label).is_some() && !label.starts_with(|c: char| c.is_ascii_digit())
    };
    let places = labels.iter().filter(|label| !reference::country(label));
    places.clone().count() > 0 && places.clone().all(|label| both(&label))
}

fn most(areas: &[AreaRef]) -> AreaLevel {
    let count = |level: AreaLevel| areas.iter().filter(|area| area.level == level).count();
    let levels = [AreaLevel::Deso, AreaLevel::District, AreaLevel::Municipality, AreaLevel::County, AreaLevel::Country];
    levels.into_iter().max_by_key(|level| (count(*level), *level != AreaLevel::Country)).unwrap_or(AreaLevel::Place)
}

fn digits(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit())
}

/// Bare digits are codes only under a header that says so, and only when nearly all of them exist.
fn trusted_codes(labels: &[&String], word: &str) -> bool {
    let is_code = |label: &&&String| {
        reference::by_code(label).is_some_and(|_| label.len() >= 3) || ["0", "00", "01", "0000"].contains(&label.as_str())
    };
    let known = labels.iter().filter(is_code).count();
    let county = labels.iter().all(|label| label.len() == 2 && reference::county(label).is_some());
    // Codes of both kinds under each other: a county has two digits, a municipality four.
    let both = |label: &&String| {
        label.len() == 2 && (reference::county(label).is_some() || label.as_str() == "00")
            || label.len() == 4 && reference::by_code(label).is_some()
    };
    let county = county || labels.len() > 2 && labels.iter().all(both);
    (words::is_area(word) || words::is_code(word)) && (known * 10 >= labels.len() * 9 || county && !word.contains("kommun"))
}

/// `Åsele kommun`, `Västerbottens län`, `Riket`: names nobody else has.
fn unmistakable(label: &str, found: &AreaRef) -> bool {
    let lower = label.to_lowercase();
    let worded = ["kommun", "län", "stad", "region"].iter().any(|word| lower.split_whitespace().any(|part| part == *word));
    worded || !matches!(found.level, AreaLevel::Municipality | AreaLevel::County)
}
