//! What each value column measures: its place, period, unit, group and path, gathered from every level of its heading.

use super::columns::{Part, Profile};
use super::heading::Heading;
use super::places::Places;
use super::{Given, Hints, times, words};
use crate::import::batch::Unit;
use crate::import::period::{self, Stretch};
use crate::import::{header, unit};
use crate::reference::{self, Known};
use std::collections::{BTreeMap, BTreeSet};

/// One column of values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measure {
    pub column: usize,
    /// The whole heading, for people.
    pub name: String,
    pub area: Option<String>,
    pub stretch: Option<Stretch>,
    /// A month or quarter whose year stands elsewhere.
    pub part: Option<period::Part>,
    pub unit: Option<Unit>,
    /// Outermost first; empty when the heading only names units and periods.
    pub path: Vec<String>,
    pub breakdown: BTreeMap<String, String>,
    /// A share of which nobody has said whether 0,5 is half or half a percent.
    pub open: bool,
    /// `Totalt` of `Totalt 2023`: a name only beside other names.
    total: Option<String>,
    /// The measures whose sum this one is: `Summa` beside months has no period of its own.
    pub sums: Vec<usize>,
    /// The heading names a part of a year that could not be read: its figures are nobody's whole year.
    pub unclear: bool,
    /// `Förändring sedan 2023` says what the change is counted from, not when it applies.
    pub compares: bool,
}

impl Measure {
    /// Whether the period must come from elsewhere than the heading.
    pub fn waits(&self) -> bool {
        self.stretch.is_none() && self.sums.is_empty() && !self.compares
    }
}

/// A level of the header: what its labels are, seen over all value columns.
enum Level {
    Area(Places),
    /// The dimension's name.
    Group(String),
    /// A blank name stands for sex, whose words tell it.
    Mixed,
}

/// The measures of a table, and how the places in its header are read if they stand there.
pub struct Measures {
    pub list: Vec<Measure>,
    pub places: Option<Places>,
}

/// What a table's titles say about its values.
#[derive(Debug, Clone, Default)]
pub struct Titled {
    /// `Antal personer` of `Antal personer efter region, år och hustyp`.
    pub base: Option<String>,
    pub unit: Option<Unit>,
    /// The names after ”efter”.
    pub names: Vec<String>,
    pub text: String,
}

impl Titled {
    pub fn new(titles: &[String]) -> Self {
        let text = titles.join(" ");
        let after = titles.iter().find_map(|title| title.split_once(" efter "));
        let (base, names) = match after {
            Some((base, names)) => (Some(undated(base)), dimension_names(names)),
            None => (None, Vec::new()),
        };
        let counted = titles.iter().any(|title| title.trim().to_lowercase().starts_with("antal ")).then_some(Unit::Count);
        let pieces = titles.iter().flat_map(|title| title.split([':', '(', ')', ';', '\n'])).flat_map(|piece| piece.split(". "));
        let said = pieces.flat_map(|piece| piece.split(", ")).find_map(|piece| unit::only(piece.trim().trim_end_matches('.')));
        let rated = titles.iter().filter(|title| !title.to_lowercase().contains("antal")).find_map(|title| unit::find(title));
        let rated = rated.filter(|unit| matches!(unit, Unit::Per100k | Unit::Per1000 | Unit::ThousandSek | Unit::Percent));
        Self { base: base.filter(|base| !base.is_empty()), unit: said.or(rated).or(counted), names, text }
    }
}

/// `Anmälda brott år 2024` → `Anmälda brott`: the year is the period, not the name.
fn undated(base: &str) -> String {
    let base = base.trim().trim_end_matches(',');
    match times::split(base) {
        (stem, Some(_)) => stem.strip_suffix(" år").unwrap_or(&stem).to_owned(),
        _ => base.to_owned(),
    }
}

fn dimension_names(names: &str) -> Vec<String> {
    let names = names.split(['.', ';', '\n']).next().unwrap_or(names);
    let names = names.replace(" och ", ",");
    let names: Vec<&str> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    // "efter brottstyp, hela landet, 2024": from the place on the title no longer lists dimensions.
    let said = |name: &&str| !reference::country(name) && times::within(name).is_empty();
    names.into_iter().take_while(said).map(str::to_lowercase).collect()
}

/// Reads the headings of the columns that hold values.
pub fn measures(
    headings: &[Heading],
    parts: &[Part],
    profiles: &[Profile],
    titled: &Titled,
    hints: &Hints,
    known: &Known<'_>,
    given: Option<&Given>,
) -> Measures {
    let columns: Vec<usize> = (0..parts.len()).filter(|column| parts[*column] == Part::Value).collect();
    let headings = &dated_places(quarters(headings), &columns, known);
    let depth = headings.iter().map(|heading| heading.levels.len()).max().unwrap_or(0);
    let names = level_names(parts, depth, titled, given);
    let fits = |(level, name): (usize, &String)| {
        let labels = columns.iter().filter_map(|column| headings[*column].levels.get(level)).filter(|label| !label.is_empty());
        name != "kön" || labels.clone().all(|label| words::is_total(label) || words::is_sex(&header::word(label)))
    };
    let names = if names.iter().enumerate().all(fits) { names } else { Vec::new() };
    let levels: Vec<Level> =
        (0..depth).map(|level| judge(headings, &columns, level, names.get(level).map(String::as_str), known)).collect();
    let sexed = sexed(headings, &columns);
    let mut list: Vec<Measure> = columns.iter().map(|column| one(*column, &headings[*column], &levels, &sexed)).collect();
    drop_common(&mut list, &levels, headings, &columns, titled);
    for measure in &mut list {
        let profile = &profiles[measure.column];
        units(measure, profile, titled, hints);
    }
    total_gives_unit(&mut list, profiles);
    if list.iter().any(|measure| measure.stretch.is_some()) {
        let apart = |measure: &&mut Measure| measure.waits() && measure.path.last().is_some_and(|label| words::is_difference(label));
        list.iter_mut().filter(apart).for_each(|measure| measure.compares = true);
    }
    name_totals(&mut list);
    sum_over_time(&mut list);
    let places = levels.into_iter().find_map(|level| match level {
        Level::Area(places) => Some(places),
        _ => None,
    });
    Measures { list, places }
}

/// `2013T4` is a quarter: where a fourth stands, the others are quarters too (in Sweden `T1` alone may be a third of a year).
fn quarters(headings: &[Heading]) -> Vec<Heading> {
    let shaped = |label: &String| {
        label.len() == 6 && period::year(label.get(..4).unwrap_or("")).is_some() && label.get(4..).unwrap_or("").starts_with('T')
    };
    let fourth = headings.iter().flat_map(|heading| &heading.levels).any(|label| shaped(label) && label.ends_with('4'));
    let mut headings = headings.to_vec();
    if fourth {
        headings
            .iter_mut()
            .flat_map(|heading| &mut heading.levels)
            .filter(|label| shaped(label))
            .for_each(|label| *label = label.replace('T', "K"));
    }
    headings
}

/// `Ale 2023` beside `Lerum 2023`: a place and a period in one label are two levels.
fn dated_places(mut headings: Vec<Heading>, columns: &[usize], known: &Known<'_>) -> Vec<Heading> {
    let parted = |heading: &Heading| {
        let (stem, stretch) = times::split(heading.leaf());
        let place = crate::import::area::certain(&stem, known).is_some();
        (place && stretch.is_some()).then(|| (stem.clone(), heading.leaf().replacen(&stem, "", 1).trim().to_owned()))
    };
    let levels: Option<Vec<(String, String)>> = columns.iter().map(|column| parted(&headings[*column])).collect();
    let Some(levels) = levels.filter(|levels| levels.iter().map(|(place, _)| place).collect::<BTreeSet<_>>().len() > 1) else {
        return headings;
    };
    for heading in &mut headings {
        heading.levels.push(String::new());
    }
    for (column, (place, period)) in columns.iter().zip(levels) {
        let own = &mut headings[*column].levels;
        own.pop();
        if let Some(leaf) = own.iter_mut().rev().find(|label| !label.is_empty()) {
            *leaf = place;
        }
        own.push(period);
    }
    headings
}

/// The names of the header's levels: the format gives them, or the title lists those of all dimensions, labels first.
fn level_names(parts: &[Part], depth: usize, titled: &Titled, given: Option<&Given>) -> Vec<String> {
    let stubs = parts.iter().filter(|part| !matches!(part, Part::Value | Part::Ignore)).count();
    let names = given.map_or(&titled.names, |given| &given.level_names);
    let said = parts.iter().all(|part| matches!(part, Part::Value | Part::Ignore | Part::Area(_) | Part::Period));
    if names.len() == stubs + depth {
        names[stubs..].to_vec()
    } else if names.len() == depth && said && given.is_none() && !names.iter().any(|name| words::is_area(name) || words::is_time(name)) {
        // Places and years down the side go without saying: the title lists what stands across.
        names.clone()
    } else {
        Vec::new()
    }
}

fn judge(headings: &[Heading], columns: &[usize], level: usize, name: Option<&str>, known: &Known<'_>) -> Level {
    let labels = columns.iter().filter_map(|column| headings[*column].levels.get(level)).filter(|label| !label.is_empty());
    let mut labels: Vec<String> = labels.cloned().collect();
    labels.sort_unstable();
    labels.dedup();
    let word = name.map(header::word).unwrap_or_default();
    let codes = !labels.is_empty() && labels.iter().all(|label| reference::by_code(label).is_some() && label.len() >= 3);
    let periods = labels.iter().filter(|label| period::parse(label).is_some()).count();
    if periods * 2 > labels.len() || labels.is_empty() {
        return Level::Mixed;
    }
    let judged = Places::judge(&labels, if codes { "kommunkod" } else { &word }, known);
    let units = labels.iter().any(|label| unit::only(label).is_some());
    if let Some(places) =
        judged.filter(|_| !units).filter(|places| places.swedish && (places.certain >= 2 || words::is_area(&word)) || words::is_area(&word))
    {
        return Level::Area(places);
    }
    let groups: Vec<&String> = labels.iter().filter(|label| !words::is_total(label)).collect();
    if !groups.is_empty() && groups.iter().all(|label| words::is_sex(&header::word(label))) {
        return Level::Group("Kön".to_owned());
    }
    match name.filter(|_| !units && !words::is_indicator(&word) && !words::is_time(&word) && !words::is_unit(&word)) {
        Some(name) => Level::Group(name.to_owned()),
        None => Level::Mixed,
    }
}

/// Headings under which the sexes stand beside each other: a total among them is the figure itself.
fn sexed(headings: &[Heading], columns: &[usize]) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    for heading in columns.iter().map(|column| &headings[*column]) {
        let sexes = heading.levels.iter().enumerate().filter(|(_, label)| is_sex(label));
        found.extend(sexes.map(|(level, _)| heading.levels[..level].to_vec()));
    }
    found
}

/// A word for a sex that can stand among other labels; single letters could be anything.
fn is_sex(label: &str) -> bool {
    let label = times::split(label).0;
    label.len() > 1 && words::is_sex(&header::word(&label))
}

fn one(column: usize, heading: &Heading, levels: &[Level], sexed: &BTreeSet<Vec<String>>) -> Measure {
    let mut measure = Measure { column, name: heading.shown(), ..Measure::default() };
    for (depth, (label, level)) in heading.levels.iter().zip(levels).enumerate().filter(|(_, (label, _))| !label.is_empty()) {
        match level {
            Level::Mixed if words::is_total(&times::split(label).0) && sexed.contains(&heading.levels[..depth]) => {
                measure.dated(label);
            }
            Level::Mixed if is_sex(label) => {
                let sex = measure.dated(label);
                measure.breakdown.insert("Kön".to_owned(), sex);
            }
            Level::Area(_) => measure.area = Some(label.clone()),
            Level::Group(_) if words::is_total(label) => {}
            Level::Group(name) => {
                measure.breakdown.insert(name.clone(), label.clone());
            }
            Level::Mixed => measure.label(label),
        }
    }
    measure
}

impl Measure {
    /// Takes the label's period, if it has one, and gives the rest.
    fn dated(&mut self, label: &str) -> String {
        let (stem, stretch) = times::split(label);
        if let Some(stretch) = stretch {
            self.at(stretch);
        }
        stem
    }

    fn label(&mut self, label: &str) {
        if words::compares(label) || self.path.last().is_some_and(|above| words::compares(&format!("{above} {label}"))) {
            self.compares = true;
            self.unit = unit::find(label).or(self.unit);
            return self.path.push(unit::without(label).to_owned());
        }
        self.total = Some(times::split(label).0).filter(|stem| stem != label && words::is_total(stem)).or(self.total.take());
        if let Some(stretch) = period::parse(label) {
            return self.at(stretch);
        }
        if let Some(part) = period::part(label).filter(|_| !words::is_total(label)) {
            self.part = Some(part);
            return self.combine();
        }
        if let Some(unit) = unit::only(label) {
            self.unit = Some(unit);
            return;
        }
        let stem = self.dated(label);
        let whole = self.stretch.as_ref().is_some_and(|stretch| period::year(&stretch.period.label).is_some());
        self.unclear |= whole && stem != label && words::hints_at_part(&stem);
        self.unit = unit::find(&stem).or(self.unit);
        if unit::only(&stem).is_none() {
            self.path.push(unit::without(&stem).trim().to_owned());
        }
    }

    fn at(&mut self, stretch: Stretch) {
        self.stretch = Some(stretch);
        self.combine();
    }

    /// Whether a label is no place, group, total or period, which the value has already.
    pub fn leaves_over(&self, label: &String) -> bool {
        let known = self.area.as_ref() == Some(label) || self.breakdown.values().any(|group| group == label);
        !known && !words::is_total(label) && period::parse(label).is_none() && period::part(label).is_none()
    }

    /// `2024` over `Jan`, or `Jan` over `2024`.
    fn combine(&mut self) {
        let (Some(stretch), Some(part)) = (&self.stretch, self.part) else { return };
        if let Some(year) = period::year(&stretch.period.label) {
            self.stretch = Some(Stretch { period: period::of(year, part), preliminary: stretch.preliminary });
            self.part = None;
        }
    }
}

/// A label over all columns is the table's title, wherever it stands.
fn drop_common(list: &mut [Measure], levels: &[Level], headings: &[Heading], columns: &[usize], titled: &Titled) {
    if list.len() < 2 || levels.len() < 2 {
        return;
    }
    let first = list.iter().find_map(|measure| measure.path.first().cloned());
    let Some(first) = first else { return };
    let common = list.iter().all(|measure| measure.path.first() == Some(&first) && measure.path.len() > 1);
    let on_top = columns.iter().all(|column| headings[*column].levels.iter().find(|label| !label.is_empty()).is_some());
    if common && on_top && titled.text.is_empty() && first.contains(' ') && first.split_whitespace().count() > 3 {
        for measure in list {
            measure.path.remove(0);
        }
    }
}

/// Things that are counted one by one: whole numbers of them are counts.
const COUNTED: [&str; 24] = [
    "personer",
    "invånare",
    "elever",
    "anställda",
    "inflyttade",
    "utflyttade",
    "flyttade",
    "flyttningar",
    "inomflyttningar",
    "flyttningsnetto",
    "hushåll",
    "lägenheter",
    "anmälningar",
    "orosanmälningar",
    "ärenden",
    "födda",
    "döda",
    "bostäder",
    "barn",
    "ungdomar",
    "besök",
    "samtal",
    "deltagare",
    "svar",
];

fn units(measure: &mut Measure, profile: &Profile, titled: &Titled, hints: &Hints) {
    let small = profile.numeric > 0 && profile.above_one == 0 && profile.fractions > 0 && profile.percent_signs == 0;
    if measure.unit.is_none() && words::names_a_share(&measure.name) {
        measure.unit = Some(if small { Unit::Share } else { Unit::Percent });
        if measure.path.last().is_some_and(|label| header::word(label) == "andel") {
            measure.path.pop();
        }
    } else if measure.unit.is_none() && profile.percent_signs * 2 > profile.filled {
        measure.unit = Some(Unit::Percent);
    }
    measure.unit = measure.unit.or(titled.unit);
    measure.open = measure.unit == Some(Unit::Percent) && small && profile.fractions >= 3 && profile.percent_signs == 0;
    measure.unit = measure.unit.or_else(|| counted(measure, profile, titled)).or(hints.unit);
}

/// Whole numbers under a heading or a title that names what is counted.
fn counted(measure: &Measure, profile: &Profile, titled: &Titled) -> Option<Unit> {
    let named = |text: &str| {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphabetic() && c != '-').any(|word| COUNTED.contains(&word))
    };
    let rate = ["per ", "index", "kvot", "medel", "median", "kr"].iter().any(|word| measure.name.to_lowercase().contains(word));
    let rate = rate || titled.text.to_lowercase().contains("per 1");
    (profile.fractions == 0 && !rate && (named(&measure.name) || named(&titled.text))).then_some(Unit::Count)
}

/// `Totalt 2023` beside `Stöld 2023` is an indicator of its own.
fn name_totals(list: &mut [Measure]) {
    if list.iter().any(|measure| !measure.path.is_empty()) {
        let unnamed = list.iter_mut().filter(|measure| measure.path.is_empty());
        unnamed.for_each(|measure| measure.path.extend(measure.total.take()));
    }
}

/// ”Summa” beside months or years is what they sum to.
fn sum_over_time(list: &mut [Measure]) {
    let sums: Vec<Vec<usize>> = (0..list.len()).map(|index| summed(list, index)).collect();
    for (measure, sums) in list.iter_mut().zip(sums) {
        measure.sums = sums;
    }
}

/// The periods beside a total column that it sums: those of the same thing, within its own period if it has one.
fn summed(list: &[Measure], index: usize) -> Vec<usize> {
    let total = &list[index];
    let Some((_, path)) = total.path.split_last().filter(|(leaf, _)| words::is_total(leaf)) else { return Vec::new() };
    let within = |other: &Measure| match (&total.stretch, &other.stretch) {
        (None, None) => other.part.is_some(),
        (None, Some(_)) => true,
        (Some(whole), Some(part)) => {
            whole.period != part.period && whole.period.start <= part.period.start && part.period.end <= whole.period.end
        }
        (Some(_), None) => false,
    };
    let same = |other: &Measure| other.path == path && other.area == total.area && other.breakdown == total.breakdown && within(other);
    let parts: Vec<usize> = (0..list.len()).filter(|other| *other != index && same(&list[*other])).collect();
    if parts.len() >= 2 { parts } else { Vec::new() }
}

/// `Totalt antal brott` beside its parts: they count the same thing.
fn total_gives_unit(list: &mut [Measure], profiles: &[Profile]) {
    let total = |measure: &Measure| {
        let word = header::word(&measure.name);
        measure.unit == Some(Unit::Count) && (word.starts_with("totalt antal") || word.starts_with("antal totalt"))
    };
    let whole = list.iter().all(|measure| profiles[measure.column].fractions == 0);
    if whole && list.iter().any(total) {
        list.iter_mut().filter(|measure| measure.unit.is_none()).for_each(|measure| measure.unit = Some(Unit::Count));
    }
}
