//! The words by which Swedish statistics name their columns.

use crate::import::{header, period};

/// Columns of places.
const AREA: [&str; 40] = [
    "länsnamn",
    "regionnamn",
    "län/kommun",
    "län / kommun",
    "kommun/län",
    "county",
    "landsting",
    "area",
    "kommun/landsting",
    "kommun/region",
    "kommun / region",
    "region",
    "kommun",
    "kommuner",
    "stadsdel",
    "stadsdelsområde",
    "stadsdeldsområde",
    "stadsdelsnämnd",
    "basområde",
    "nyko",
    "deso",
    "regso",
    "tätort",
    "område",
    "kommunkod",
    "municipality",
    "kommunnamn",
    "län",
    "regionkod",
    "bostadsområde",
    "distrikt",
    "polisområde",
    "lokalpolisområde",
    "polisregion",
    "kommune",
    "navn",
    "land",
    "country",
    "geografi",
    "skolkommun",
];
/// Area columns whose unknown names are districts; in the others an unknown name is a place.
const DISTRICT: [&str; 5] = ["stadsdel", "stadsdelsområde", "stadsdeldsområde", "stadsdelsnämnd", "bostadsområde"];
const TIME: [&str; 17] = [
    "ar",
    "artal",
    "manad",
    "år",
    "tid",
    "period",
    "year",
    "månad",
    "kvartal",
    "läsår",
    "time",
    "time_period",
    "årtal",
    "mätår",
    "månad/år",
    "vecka",
    "date",
];
const INDICATOR: [&str; 14] = [
    "crime type",
    "crime_type",
    "nyckeltal",
    "indikator",
    "mått",
    "variabel",
    "tabellinnehåll",
    "brott",
    "brottstyp",
    "brottskategori",
    "uppgift",
    "fråga",
    "kpi",
    "brottskod",
];
/// Columns that divide the rows even when they hold only digits.
const DIVIDING: [&str; 12] =
    ["ålder", "age", "kön", "årskurs", "gender", "sex", "åldersgrupp", "åldersklass", "hustyp", "huvudman", "sexo", "kjønn"];
const UNIT: [&str; 5] = ["enhet", "unit", "måttenhet", "sort", "measure"];
const IGNORED: [&str; 12] =
    ["anmärkning", "anm", "kommentar", "not", "noter", "sql", "källa", "beskrivning", "source", "source_url", "url", "länk"];

const SEX: [&str; 16] = [
    "kvinnor", "män", "kvinna", "man", "flickor", "pojkar", "flicka", "pojke", "k", "m", "hombres", "mujeres", "women", "men", "kvinder",
    "mænd",
];
const TOTAL: [&str; 13] = [
    "total",
    "totalt",
    "summa",
    "samtliga",
    "alla",
    "t",
    "båda könen",
    "hela staden",
    "hela kommunen",
    "tot",
    "i alt",
    "ambos sexos",
    "sammanlagt",
];

pub fn is_area(word: &str) -> bool {
    AREA.contains(&word)
}

/// Names of area dimensions in the formats that name their dimensions, also foreign ones.
pub fn is_area_dimension(word: &str) -> bool {
    is_area(word)
        || ["region", "kommun", "län", "comunidad", "provincia", "municipio", "countr", "kommune", "alue"]
            .iter()
            .any(|part| word.contains(part))
}

/// Headings of counties.
pub fn is_county(word: &str) -> bool {
    ["län", "länsnamn", "county", "landsting"].contains(&word)
}

/// Headings of counties or of any places, as the names below say.
pub fn is_region(word: &str) -> bool {
    ["region", "regioner", "regionnamn"].contains(&word)
}

/// What kind of place a row is about.
pub fn is_kind_of_place(word: &str) -> bool {
    is_county(word) || is_region(word) || ["kommun", "riket", "land", "rike", "municipality", "country"].contains(&word)
}

pub fn is_district(word: &str) -> bool {
    DISTRICT.contains(&word)
}

pub fn is_school(word: &str) -> bool {
    ["skola", "skolenhet", "skolenhetsnamn", "skolans namn"].contains(&word)
}

pub fn is_owner(word: &str) -> bool {
    word == "huvudman"
}

pub fn is_time(word: &str) -> bool {
    TIME.contains(&word)
}

/// A column of months, quarters or weeks by their numbers.
pub fn numbers_time(word: &str) -> bool {
    period::numbered(word, 1).is_some()
}

pub fn is_indicator(word: &str) -> bool {
    INDICATOR.contains(&word)
}

pub fn is_dividing(word: &str) -> bool {
    DIVIDING.contains(&word)
}

pub fn is_unit(word: &str) -> bool {
    UNIT.contains(&word)
}

pub fn is_ignored(word: &str) -> bool {
    IGNORED.contains(&word)
        || ["konfidensintervall", "95 % konfidensintervall", "felmarginal", "ki", "95 % ki", "95% ki", "95 %-ki", "95% ci"].contains(&word)
}

pub fn is_sex(word: &str) -> bool {
    SEX.contains(&word)
}

/// A code or a number that names something and measures nothing: `Kommun-kod`, `Skol-enhetskod`, `Orgnummer`, `komnr`.
pub fn is_code(word: &str) -> bool {
    let plain = word.replace('-', "");
    ["kod", "nr", "nummer", "code", "koder"].iter().any(|end| plain.ends_with(end))
        || ["id", "kkod", "#", "lokalid", "enhetsid", "områdesid", "objektid", "objectid"].contains(&word)
}

/// Whether a word heads a column of labels.
pub fn heads_labels(word: &str) -> bool {
    is_area(word) || is_time(word) || is_indicator(word) || is_dividing(word) || is_unit(word) || is_school(word) || is_code(word)
}

/// A label that stands for all of its kind: `Totalt`, `Samtliga hushåll`, `totalt ålder`.
pub fn is_total(label: &str) -> bool {
    let word = header::word(label);
    TOTAL.contains(&word.as_str()) || ["totalt ", "samtliga ", "summa ", "alla "].iter().any(|start| word.starts_with(start))
}

/// `Förändring sedan 2023`, `jämfört med 2019`: the year is what something is compared with.
pub fn compares(label: &str) -> bool {
    let lower = label.to_lowercase();
    let marks = ["sedan", "jämfört med", "jmf", "jfr", "förändring från", "ändring mot", "skillnad mot"];
    marks.iter().filter_map(|mark| lower.split_once(mark)).any(|(_, rest)| {
        rest.split_whitespace().any(|word| crate::import::period::parse(word.trim_matches(|c: char| !c.is_alphanumeric())).is_some())
    })
}

/// Words for a part of a year that no period could be made of: beside a year they say that the figure does not cover all of it.
pub fn hints_at_part(stem: &str) -> bool {
    const PARTS: [&str; 30] = [
        "kv",
        "kvartal",
        "halvår",
        "halvåret",
        "tertial",
        "vecka",
        "v",
        "vt",
        "ht",
        "t1",
        "t2",
        "t3",
        "t4",
        "q1",
        "q2",
        "q3",
        "q4",
        "delår",
        "hittills",
        "ytd",
        "half",
        "week",
        "quarter",
        "termin",
        "terminen",
        "vår",
        "våren",
        "höst",
        "hösten",
        "sommar",
    ];
    let lower = stem.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| PARTS.contains(&word) || matches!(period::part(word), Some(period::Part::Month(_))))
}

/// A column that says how two others differ, or which place a row has among the others: never a value of a year of its own.
pub fn is_difference(label: &str) -> bool {
    const WORDS: [&str; 12] =
        ["differens", "diff", "skillnad", "förändring", "ändring", "utveckling", "rang", "rank", "ranking", "placering", "trend", "index"];
    let word = header::word(label);
    WORDS.contains(&word.split([' ', ',', '(']).next().unwrap_or(""))
}

/// Said instead of a number: `sekretess`, `ej svar`, `uppgift saknas`, `för få svar`, `okänt`.
pub fn is_remark(label: &str) -> bool {
    const SAYS: [&str; 12] = [
        "sekret",
        "saknas",
        "okän",
        "oklar",
        "bortfall",
        "för få",
        "ingen uppgift",
        "inga uppgifter",
        "inga svar",
        "inte svar",
        "ej svar",
        "unknown",
    ];
    let word = header::word(label);
    ["ej", "inte"].iter().any(|no| word == *no || word.starts_with(&format!("{no} "))) || SAYS.iter().any(|says| word.contains(says))
}

/// A row for the whole of what the other rows are places in.
pub fn is_whole_place(label: &str) -> bool {
    ["hela staden", "hela kommunen", "hela länet", "hela regionen", "hela landet", "riket", "kommunen totalt"]
        .contains(&header::word(label).as_str())
}

/// `därav biltillgrepp`, `Mot kvinna/flicka` in Brå's tables: a part of the row above it.
pub fn is_part(label: &str) -> bool {
    const VICTIMS: [&str; 6] = ["kvinna", "man", "barn", "pojke", "flicka", "närstående"];
    let word = header::word(label);
    let victim = word.strip_prefix("mot ").is_some_and(|rest| rest.split([' ', '/', ',']).next().is_some_and(|who| VICTIMS.contains(&who)));
    victim || word.starts_with("därav") || word.starts_with("varav")
}
/// Whether the words name a share of something.
pub fn names_a_share(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphabetic()).any(|word| ["andel", "andelen", "svarsfrekvens", "svarsandel"].contains(&word))
}
