//! Words that look like names of people: a given name that is common in Sweden, a surname by its ending, or two capitalised words
//! that nothing makes a place or an organisation.

use super::words::Word;
use super::{Find, Personal};
use crate::reference;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Lower case. Source: see the head of the file.
static GIVEN: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    include_str!("given_names.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// The words of the municipalities' and counties' names.
static PLACES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let names = reference::municipalities().iter().map(|m| m.name).chain(reference::counties().iter().map(|c| c.name));
    names.flat_map(|name| name.split([' ', '-'])).map(str::to_lowercase).filter(|word| word.len() > 1 && word != "s").collect()
});

/// Words that a file uses for places, lower case: they are no names of people.
#[derive(Debug, Clone, Default)]
pub struct Exceptions(BTreeSet<String>);

impl Exceptions {
    pub fn new<'t>(places: impl Iterator<Item = &'t str>) -> Self {
        Self(places.flat_map(|place| place.split(|c: char| !c.is_alphanumeric() && c != '-')).map(str::to_lowercase).collect())
    }

    fn holds(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// Given names that are ordinary words too: at the start of a sentence only with a surname after them.
const ALSO_WORDS: &str = "adel agda ann arian aster august bill björn bo bror clara dag dan edit engla ernst frank frans fred fritz glenn gry gun hans \
    idun inga inge isa jack jan jane jarl jean juni junior kim klara kurt lea leo li lilja liv lo loke love lova lykke lynn lage maj majd malik mark \
    may meja milla mina mira moa my neo nike noa noel nour nur ola ole olle per rami rana rita rosa rose roy rune rut sally sam sana signe sidra siv \
    sixten sol sten stig stina sture tage ted thi tilde tim tom tor tora tord tove ture ulf uno urban vera vide viking ville wille ylva åke örjan";

static OPENING: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| ALSO_WORDS.split_whitespace().collect());

/// Given names that are places, brands or days too: only with a surname after them.
const ALSO_NAMES: &str = "alba alma astor maj aurora celine dante diana elvis florence freja hector iris jasmin lucia luna marina max maxi mila milan mio \
    mirai nora norma nova penny regina saga sirius sofia stella svea tuva uno urban valborg vega victoria viktoria viking viola virgin";

static SHARED: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| ALSO_NAMES.split_whitespace().collect());

/// Endings of surnames that hardly end anything else.
const SURNAMES: [&str; 14] =
    ["sson", "sdotter", "ström", "gren", "qvist", "kvist", "quist", "stedt", "sköld", "hjelm", "crantz", "hielm", "blad", "strand"];
/// Endings that places have as well: surnames only after a given name.
const PLACE_ENDINGS: [&str; 48] = [
    "gatan",
    "vägen",
    "torget",
    "torg",
    "parken",
    "skolan",
    "skola",
    "gymnasiet",
    "centrum",
    "köping",
    "stad",
    "staden",
    "borg",
    "by",
    "byn",
    "sjö",
    "sjön",
    "ö",
    "ön",
    "vik",
    "viken",
    "ås",
    "åsen",
    "hamn",
    "hamnen",
    "holm",
    "holmen",
    "kyrka",
    "kyrkan",
    "gården",
    "hallen",
    "huset",
    "station",
    "stationen",
    "bron",
    "platsen",
    "plan",
    "badet",
    "arena",
    "län",
    "kommun",
    "bygden",
    "dalen",
    "berget",
    "backen",
    "området",
    "regionen",
    "fors",
];
/// After a given name these make a place of it.
const PLACE_NOUNS: [&str; 62] = [
    "kyrka",
    "kyrkan",
    "torg",
    "torget",
    "skola",
    "skolan",
    "gata",
    "gatan",
    "väg",
    "vägen",
    "park",
    "parken",
    "sjukhus",
    "sjukhuset",
    "församling",
    "gymnasium",
    "gymnasiet",
    "förskola",
    "förskolan",
    "kapell",
    "bro",
    "plats",
    "plan",
    "hage",
    "hus",
    "källa",
    "dag",
    "socken",
    "by",
    "distrikt",
    "trädgård",
    "hörna",
    // Lists of events abroad.
    "street",
    "road",
    "lane",
    "avenue",
    "square",
    "court",
    "place",
    "close",
    "hill",
    "yard",
    "church",
    "gardens",
    "row",
    "house",
    "way",
    "walk",
    "passage",
    "alley",
    "wharf",
    "buildings",
    "bridge",
    "gate",
    "mews",
    "terrace",
    "crescent",
    "dock",
    "docks",
    "quay",
    "station",
    "circus",
];
/// Before a capitalised word these make it a place.
const PLACE_PREPOSITIONS: [&str; 22] = [
    "i", "på", "vid", "från", "till", "mot", "nära", "utanför", "bakom", "längs", "kring", "runt", "genom", "över", "under", "mellan",
    "in", "ut", "inne", "inom", "norr", "söder",
];
/// Parts of the names of places and organisations.
const NOT_PEOPLE: &str = "norra södra östra västra stora lilla gamla nya övre nedre inre yttre mellersta centrala sankt sankta s:t s:ta kungliga \
    region regionen polisen polis polisregion polisområde lokalpolisområde räddningstjänsten socialtjänsten kommun kommunen kommuns landstinget \
    statens svenska sveriges sverige riket europeiska nordiska ica coop willys lidl hemköp konsum kvantum maxi supermarket nära pressbyrån seven eleven \
    mcdonalds burger king systembolaget apoteket swedbank nordea handelsbanken circle preem okq8 shell ikea jula rusta biltema mc café restaurang \
    hotell hotel scandic pizzeria bar pub club klubb if ik bk ff fc aik hammarby hif torget torg gata väg järnväg station resecentrum centrum \
    brottsförebyggande rådet brå trygghetsundersökningen nationella statistiska centralbyrån folkhälsomyndigheten skolverket socialstyrelsen \
    migrationsverket trafikverket skatteverket försäkringskassan länsstyrelsen arbetsförmedlingen riksdagen regeringen facebook instagram snapchat \
    tiktok youtube google microsoft forms teams excel windows volvo saab bmw audi mercedes toyota ford kia skoda tesla \
    måndag tisdag onsdag torsdag fredag lördag söndag januari februari mars april maj juni juli augusti september oktober november december \
    jul påsk midsommar valborg halloween lucia nyår röda korset rädda barnen svenska kyrkan öppna förskolan majblomman nattvandrarna \
    street road lane avenue square court place close hill yard church police london city park row house gardens \
    the of and on near new world grand theft auto fortnite counter strike";

static ORGANISATIONS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| NOT_PEOPLE.split_whitespace().collect());

pub fn find(words: &[Word<'_>], exceptions: &Exceptions, finds: &mut Vec<Find>) {
    let mut index = 0;
    while index < words.len() {
        match name(words, index, exceptions) {
            Some(last) => {
                finds.push(Find { kind: Personal::Name, start: words[index].start, end: words[last].end });
                index = last + 1;
            }
            None => index += 1,
        }
    }
}

/// A given name, alone or with others after it; or a surname made of a father's name.
pub fn begins_given(name: &str) -> bool {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.first().is_some_and(|first| is_given(first)) || words.iter().any(|word| is_patronymic(word) || is_surname(word))
}

/// A given name with another name after it.
pub fn is_full(name: &str) -> bool {
    let mut words = name.split_whitespace();
    words.next().is_some_and(|first| is_given(&first.to_lowercase())) && words.next().is_some()
}

/// The last word of the name that starts here.
fn name(words: &[Word<'_>], index: usize, exceptions: &Exceptions) -> Option<usize> {
    let word = &words[index];
    let lower = word.lower();
    let next = words.get(index + 1).filter(|next| next.adjoins);
    if is_given(&lower) {
        return given(words, index, exceptions);
    }
    if !word.is_capital() || is_elsewhere(&lower, exceptions) {
        return None;
    }
    if is_patronymic(&lower) {
        return Some(index);
    }
    let next = next.filter(|next| next.is_capital() && !is_elsewhere(&next.lower(), exceptions))?;
    let placed = index > 0 && PLACE_PREPOSITIONS.contains(&words[index - 1].lower().as_str());
    let surname = is_surname(&next.lower());
    let doubtful = !surname && (word.opens || is_title(&lower, &next.lower()));
    (!placed && !doubtful && !is_function_word(&lower)).then_some(index + 1)
}

/// A name that starts with a given name: with a surname if one follows.
fn given(words: &[Word<'_>], index: usize, exceptions: &Exceptions) -> Option<usize> {
    let word = &words[index];
    let lower = word.lower();
    let after = words.get(index + 1).filter(|next| next.adjoins);
    let second = after.map(Word::lower).unwrap_or_default();
    if !word.is_capital() {
        // Small or capital letters throughout: only with an unmistakable surname.
        let alike = word.is_shouted() || word.text.chars().count() > 3;
        return (alike && is_patronymic(&second) && !OPENING.contains(lower.as_str())).then_some(index + 1);
    }
    let saint =
        index > 0 && matches!(words[index - 1].lower().as_str(), "sankt" | "sankta" | "s:t" | "s:ta" | "drottning" | "kung" | "prins");
    let third = words.get(index + 2).filter(|next| next.adjoins).map(Word::lower).unwrap_or_default();
    if saint || is_place_noun(&second) || (after.is_some_and(Word::is_capital) && is_place_noun(&third)) {
        return None;
    }
    let follows = after.is_some_and(|next| next.is_capital() && (is_given(&second) || !is_elsewhere(&second, exceptions)));
    if follows {
        let more =
            words.get(index + 2).filter(|next| next.adjoins && next.is_capital() && is_given(&second) && !is_elsewhere(&third, exceptions));
        return Some(if more.is_some() { index + 2 } else { index + 1 });
    }
    let shared = SHARED.contains(bare(&lower)) || (word.opens && OPENING.contains(bare(&lower)));
    (!shared && !exceptions.holds(&lower) && !PLACES.contains(&lower)).then_some(index)
}

/// Without the genitive: `Annas`.
fn bare(lower: &str) -> &str {
    if GIVEN.contains(lower) { lower } else { lower.strip_suffix('s').unwrap_or(lower) }
}

fn is_given(lower: &str) -> bool {
    lower.split('-').all(|part| GIVEN.contains(bare(part))) && !lower.is_empty()
}

fn is_patronymic(lower: &str) -> bool {
    let stem = bare_genitive(lower);
    ["sson", "sdotter"].iter().any(|end| stem.strip_suffix(end).is_some_and(|stem| stem.chars().count() >= 3)) && stem != "ericsson"
}

fn bare_genitive(lower: &str) -> &str {
    lower.strip_suffix('s').filter(|bare| bare.ends_with("sson")).unwrap_or(lower)
}

fn is_surname(lower: &str) -> bool {
    SURNAMES.iter().any(|end| lower.strip_suffix(end).is_some_and(|stem| stem.chars().count() >= 2))
}

fn is_place_noun(lower: &str) -> bool {
    PLACE_NOUNS.contains(&lower)
        || ["gatan", "vägen", "torget", "skolan", "parken", "kyrkan", "gymnasiet"].iter().any(|end| lower.ends_with(end))
}

/// A place or an organisation rather than a person.
fn is_elsewhere(lower: &str, exceptions: &Exceptions) -> bool {
    let genitive = lower.strip_suffix('s').unwrap_or(lower);
    let placed = |word: &str| PLACES.contains(word) || exceptions.holds(word) || ORGANISATIONS.contains(word);
    placed(lower) || placed(genitive) || PLACE_ENDINGS.iter().any(|end| lower.ends_with(end) || genitive.ends_with(end))
}

/// `Nationell Patientenkät`, `Regionalt Mediecenter`, `English School`: an adjective, or the noun of an undertaking.
fn is_title(first: &str, second: &str) -> bool {
    const ADJECTIVES: [&str; 12] = ["ell", "ella", "ellt", "alt", "ala", "isk", "iska", "iskt", "nskt", "nska", "ional", "lish"];
    const NOUNS: [&str; 30] = [
        "enkät",
        "enkäten",
        "index",
        "register",
        "registret",
        "nyheter",
        "nyheters",
        "center",
        "centret",
        "centrum",
        "råd",
        "rådet",
        "förbund",
        "förbundet",
        "verket",
        "myndigheten",
        "nämnden",
        "byrån",
        "college",
        "school",
        "institute",
        "score",
        "rapport",
        "rapporten",
        "projektet",
        "programmet",
        "laget",
        "bladet",
        "tidningen",
        "posten",
    ];
    let ends = |word: &str, ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    ends(first, &ADJECTIVES) || ends(second, &NOUNS)
}

/// Words that open sentences: capitalised for that reason only.
fn is_function_word(lower: &str) -> bool {
    const OPENERS: &str = "i på vid från till under enligt när där här det den de en ett vi han hon jag man ni du inga ingen många flera några \
        alla båda samt och men eller av med om för efter före innan sedan senast även också fler mer inget var hur vad vem vilka vilken varför \
        familjen paret bröderna systrarna föräldrarna herr fru fröken";
    OPENERS.split_whitespace().any(|word| word == lower)
}
