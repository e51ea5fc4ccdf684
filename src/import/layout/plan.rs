//! One table understood: what its columns and headings say, and what holds for the whole of it.

use super::columns::{self, Part, Profile};
use super::footnotes::Footnotes;
use super::frame::Frame;
use super::heading::{self, Heading};
use super::measure::{self, Measure, Titled};
use super::places::Places;
use super::{Given, Hints, times, words};
use crate::import::batch::{AreaLevel, AreaRef};
use crate::import::grid::Sheet;
use crate::import::period::Stretch;
use crate::import::{area, header, unit};
use crate::reference::Known;
use std::collections::BTreeSet;

/// What is needed to read a table's values.
pub struct Plan<'g> {
    pub index: usize,
    pub sheet: &'g Sheet,
    pub frame: Frame,
    pub headings: Vec<Heading>,
    pub parts: Vec<Part>,
    pub profiles: Vec<Profile>,
    pub measures: Vec<Measure>,
    /// How the places in the header are read, if they stand there.
    pub across: Option<Places>,
    /// How rows with a place and no values are read, if the places stand on rows of their own.
    pub grouped: Option<Places>,
    /// The place and the period of the whole table.
    pub area: Option<AreaRef>,
    pub stretch: Option<Stretch>,
    pub titled: Titled,
    pub footnotes: Footnotes,
    /// The column with the codes of schools.
    pub school_code: Option<usize>,
    /// The column that says of each row's place whether it is a county or a municipality.
    pub kind: Option<usize>,
    /// What keeps this table apart from another with the same headings.
    pub prefix: Option<String>,
    /// From this column on another table stands beside this one.
    pub beside: Option<usize>,
}

/// Everything known beforehand.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    pub hints: &'a Hints,
    pub known: Known<'a>,
    pub given: Option<&'a Given>,
}

/// Understands one table; `None` when it holds no statistics.
pub fn plan<'g>(sheet: &'g Sheet, index: usize, frame: Frame, before: Before<'_>) -> Option<Plan<'g>> {
    let rows = columns::sample(sheet, &frame);
    let mut profiles = columns::profiles(sheet, &frame, &rows);
    let footnotes = Footnotes::new(&frame.notes, profiles.iter().flat_map(|profile| profile.labels.iter().cloned()));
    for profile in &mut profiles {
        profile.labels = profile.labels.iter().map(|label| footnotes.clean(label).to_owned()).collect();
    }
    let plain = heading::headings(sheet, &frame, frame.width);
    let mut parts = columns::parts(&profiles, &plain, before.hints, &before.known, before.given)?;
    let beside = columns::table_beside(&parts, &plain, &profiles);
    parts.iter_mut().skip(beside.unwrap_or(usize::MAX)).for_each(|part| *part = Part::Ignore);
    columns::settle(sheet, &rows, &mut parts, &before.known);
    let first = parts.iter().position(|part| *part == Part::Value)?;
    let mut headings = heading::headings(sheet, &frame, first);
    for level in headings.iter_mut().flat_map(|heading| &mut heading.levels) {
        *level = footnotes.clean_words(level);
    }
    ignore_unnamed(&mut parts, &headings, before);
    let kind = kind_column(&parts, &profiles);
    kind.into_iter().for_each(|column| parts[column] = Part::Ignore);
    let titles = titles(&frame, &headings, &parts, first);
    let mut titled = Titled::new(&titles);
    titled.base = before.hints.indicator.map(str::to_owned).or(titled.base);
    titled.unit = titled.unit.or_else(|| stated_unit(&frame, before)).or_else(|| unit::only(&sheet.name));
    let found = measure::measures(&headings, &parts, &profiles, &titled, before.hints, &before.known, before.given);
    let mut plan = Plan {
        index,
        sheet,
        headings,
        parts,
        profiles,
        measures: found.list,
        across: found.places,
        grouped: None,
        area: None,
        stretch: None,
        titled,
        footnotes,
        school_code: None,
        kind,
        prefix: None,
        beside,
        frame,
    };
    plan.complete(&titles, &before.known);
    plan.is_statistics(before).then_some(plan)
}

/// A column of numbers without any heading says nothing, unless it is the only one.
fn ignore_unnamed(parts: &mut [Part], headings: &[Heading], before: Before<'_>) {
    let several = parts.iter().filter(|part| **part == Part::Value).count() > 1;
    if before.given.is_some() || !several {
        return;
    }
    for (part, heading) in parts.iter_mut().zip(headings) {
        if *part == Part::Value && heading.leaf().is_empty() {
            *part = Part::Ignore;
        }
    }
}

/// A column of `kommun`, `region`, `riket` beside the places.
fn kind_column(parts: &[Part], profiles: &[Profile]) -> Option<usize> {
    let kinds =
        |profile: &Profile| !profile.labels.is_empty() && profile.labels.iter().all(|label| words::is_kind_of_place(&header::word(label)));
    let placed = parts.iter().any(|part| matches!(part, Part::Area(_)));
    (0..parts.len()).find(|column| placed && matches!(parts[*column], Part::Breakdown | Part::Path) && kinds(&profiles[*column]))
}

/// Title rows, and what else stands over the label columns in the header rows.
fn titles(frame: &Frame, headings: &[Heading], parts: &[Part], first: usize) -> Vec<String> {
    let over = headings.iter().zip(parts).take(first).flat_map(|(heading, _)| {
        let leaf = heading.levels.iter().rposition(|label| !label.is_empty()).unwrap_or(0);
        heading.levels.iter().take(leaf).filter(|label| label.contains(' ') || times::split(label).1.is_some()).cloned().collect::<Vec<_>>()
    });
    frame.titles.iter().cloned().chain(over).collect()
}

/// The unit of the whole table where its notes or its format state it: `Enhet: antal`, or `Sort:` over `antal`.
fn stated_unit(frame: &Frame, before: Before<'_>) -> Option<crate::import::batch::Unit> {
    let given = before.given.and_then(|given| given.unit.as_deref()).and_then(unit::find);
    let lines = || frame.titles.iter().chain(&frame.notes);
    let named = |line: &String| {
        let (name, rest) = line.split_once(':')?;
        words::is_unit(&header::word(name)).then(|| rest.trim().to_owned())
    };
    let beside = lines().filter_map(named).find_map(|rest| unit::find(&rest));
    let below =
        || lines().zip(lines().skip(1)).find_map(|(line, next)| named(line).filter(String::is_empty).and_then(|_| unit::find(next)));
    given.or(beside).or_else(below)
}

impl Plan<'_> {
    fn complete(&mut self, titles: &[String], known: &Known<'_>) {
        let places = |part: &Part| matches!(part, Part::Area(_));
        if self.measures.iter().all(|measure| measure.path.is_empty() || !measure.sums.is_empty()) {
            let dividing: Vec<bool> = self.headings.iter().map(|heading| words::is_dividing(&header::word(heading.leaf()))).collect();
            for (column, part) in self.parts.iter_mut().enumerate() {
                let sexes = self.profiles[column].labels.iter().all(|label| words::is_total(label) || words::is_sex(&header::word(label)));
                if *part == Part::Breakdown && !dividing[column] && !sexes {
                    *part = Part::Path;
                }
            }
        }
        let everywhere: Vec<String> = titles.iter().cloned().chain([self.sheet.name.clone()]).collect();
        if !self.parts.iter().any(places) && self.across.is_none() {
            self.grouped = Places::judge(&self.group_labels(), "", known).filter(|places| places.swedish);
            self.area = area_in(&everywhere, known);
        }
        if !self.parts.contains(&Part::Period) && self.measures.iter().any(|measure| measure.stretch.is_none()) {
            self.stretch = times::only(&everywhere);
        }
        let schools = self.parts.iter().any(|part| matches!(part, Part::Area(places) if places.level == AreaLevel::School));
        let code = |heading: &Heading| {
            let word = header::word(heading.leaf()).replace('-', "");
            word.contains("skol") && words::is_code(&word) && !word.contains("kommun")
        };
        self.school_code = schools.then(|| self.headings.iter().position(code)).flatten();
    }

    /// Labels on rows without values.
    fn group_labels(&self) -> Vec<String> {
        let first = self.first_value();
        let rows = self.frame.body.clone().take(2000).filter(|row| (1..=first).contains(&self.sheet.width(*row)));
        rows.filter_map(|row| self.sheet.cells(row).find_map(|cell| cell.as_text().map(str::to_owned))).collect()
    }

    pub fn first_value(&self) -> usize {
        self.measures.first().map_or(0, |measure| measure.column)
    }

    pub fn has_places(&self) -> bool {
        self.across.is_some() || self.grouped.is_some() || self.parts.iter().any(|part| matches!(part, Part::Area(_)))
    }

    /// Whether a person must say what the names of places are.
    pub fn waits_for_places(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Area(places) if places.open))
    }

    fn swedish(&self) -> bool {
        let column = |part: &Part| matches!(part, Part::Area(places) if places.swedish);
        self.across.is_some() || self.grouped.is_some() || self.area.is_some() || self.parts.iter().any(column)
    }

    /// Periods that the header names.
    pub fn periods_across(&self) -> usize {
        let labels = self.measures.iter().filter_map(|m| m.stretch.as_ref()).map(|s| s.period.label.as_str());
        labels.collect::<BTreeSet<_>>().len()
    }

    fn has_time(&self) -> bool {
        self.stretch.is_some()
            || self.parts.contains(&Part::Period)
            || (!self.measures.is_empty() && self.measures.iter().all(|measure| !measure.waits()))
    }

    /// Whether the table says enough to be statistics: places and times, or one of them so clearly that the other can be asked.
    fn is_statistics(&self, before: Before<'_>) -> bool {
        if self.measures.is_empty() || self.measures.iter().all(|measure| self.profiles[measure.column].numeric == 0) {
            return false;
        }
        let placed = self.has_places() || self.area.is_some();
        let parts =
            self.parts.contains(&Part::Month) || self.measures.iter().all(|measure| measure.part.is_some() || !measure.sums.is_empty());
        let years_down = self.parts.first() == Some(&Part::Period) && self.profiles[0].years >= 3 && self.profiles[0].numeric >= 3;
        let years_down = years_down && self.profiles[0].labels.len() == self.profiles[0].filled;
        let enough =
            before.given.is_some() || years_down || (placed && (self.has_time() || parts)) || self.swedish() || self.periods_across() >= 2;
        enough && !self.repeats()
    }

    /// Many rows with the same labels are answers or events, not statistics.
    fn repeats(&self) -> bool {
        let labels: Vec<usize> =
            (0..self.parts.len()).filter(|column| !matches!(self.parts[*column], Part::Value | Part::Ignore)).collect();
        let rows: Vec<usize> = self.frame.body.clone().filter(|row| self.sheet.width(*row) > self.first_value()).take(300).collect();
        let mut carried = vec![String::new(); labels.len()];
        let mut keys: BTreeSet<Vec<String>> = BTreeSet::new();
        for row in &rows {
            for (kept, column) in carried.iter_mut().zip(&labels) {
                let label = self.sheet.cell(*row, *column).label();
                if !label.is_empty() {
                    *kept = label;
                }
            }
            keys.insert(carried.clone());
        }
        rows.len() >= 10 && keys.len() * 2 < rows.len() && self.grouped.is_none() && self.school_code.is_none()
    }

    pub fn name(&self, column: usize) -> String {
        self.headings.get(column).map(Heading::shown).unwrap_or_default()
    }
}

/// Municipalities whose names are everyday words; in a running text they count only with ”kommun”.
const EVERYDAY: [&str; 6] = ["vara", "mark", "kil", "sala", "ale", "mora"];

/// The place that a title or a sheet's name names.
fn area_in(texts: &[String], known: &Known<'_>) -> Option<AreaRef> {
    let named = texts.iter().flat_map(|text| phrases(text)).find_map(|phrase| {
        let whole = texts.iter().any(|text| text.trim() == phrase);
        let bare = phrase.chars().all(|c| c.is_ascii_digit()) || EVERYDAY.contains(&phrase.to_lowercase().as_str()) && !whole;
        area::certain(&phrase, known).filter(|_| !bare)
    });
    // "Anmälda brott, hela landet, åren 2022–2024": the country stands between commas, in small letters.
    let bare = |part: &'_ str| format!(" {}", part.trim()).rsplit(" i ").next().unwrap_or("").trim().to_owned();
    let parts = || texts.iter().flat_map(|text| text.split([',', '.', ':', ';', '(', ')']));
    named.or_else(|| parts().map(bare).find(|part| crate::reference::country(part)).and_then(|country| area::certain(&country, known)))
}

/// One to three words in a row, so that `Statistik för Upplands Väsby 2020` is searched for names.
fn phrases(title: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':' | ';' | '(' | ')');
    let words: Vec<&str> = title.split(apart).filter(|w| !w.is_empty()).collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let spans = (1..=3).rev().flat_map(|size| {
        words.windows(size).filter(|span| span.first().is_some_and(capital)).map(|span| span.join(" ")).collect::<Vec<_>>()
    });
    spans.collect()
}

impl Plan<'_> {
    /// The column whose labels make the tree: the last that names what is measured.
    pub fn path_column(&self) -> Option<usize> {
        self.parts.iter().rposition(|part| *part == Part::Path)
    }

    /// A header that stands again further down, as on a new printed page.
    pub fn is_header_again(&self, row: usize) -> bool {
        let Some(&last) = self.frame.header.last() else { return false };
        let first = self.first_value();
        !self.sheet.cell(last, first).is_blank()
            && self.sheet.cell(row, first) == self.sheet.cell(last, first)
            && self.measures.iter().all(|measure| self.sheet.cell(row, measure.column) == self.sheet.cell(last, measure.column))
    }

    /// The indicator's path: what the row says, then what the heading says.
    ///
    /// A heading that is only a unit takes the name of the table; a part ("därav …") stands under it.
    pub fn path(&self, row: &[String], measure: &Measure) -> Vec<String> {
        let base = self.titled.base.as_deref().map(|base| unit::without(base).to_owned());
        let own_indicator = self.parts.contains(&Part::Path);
        let value_word = ["visat värde", "värde", "value", "värden"].contains(&header::word(&measure.name).as_str());
        let path = if own_indicator && value_word { &[][..] } else { measure.path.as_slice() };
        let whole = path.first().filter(|label| words::is_part(label)).and(base.clone());
        let mut steps: Vec<String> = row.iter().cloned().chain(whole).chain(path.iter().cloned()).collect();
        if steps.is_empty() && path.is_empty() {
            let own = |label: &String| !label.is_empty() && measure.leaves_over(label);
            let leaf = || measure.name.split(" › ").map(|label| times::split(label).0).filter(own).last();
            let titles = || self.frame.titles.iter().rev().find(|title| !times::dates_the_file(title));
            let title = || titles().map(|title| unit::without(&times::split(title).0).to_owned());
            steps.extend(base.or_else(leaf).or_else(title).or_else(|| Some("Värde".to_owned())));
        }
        steps.retain(|step| !step.is_empty());
        steps
    }
}

impl Plan<'_> {
    /// Whether a title or a sheet's name only repeats the place or the period that the values already have.
    pub fn says_place_or_time(&self, label: &str) -> bool {
        let place = self.area.as_ref().is_some_and(|area| label.contains(&area.name));
        let time = self.stretch.as_ref().is_some_and(|stretch| times::within(label).iter().any(|found| found.period == stretch.period));
        place || time || unit::only(label).is_some()
    }

    /// No column of many places: the table is about one of them, or about places within it.
    pub fn is_one_places_own(&self) -> bool {
        let many = |column: usize| match &self.parts[column] {
            Part::Area(places) => places.swedish && places.level == AreaLevel::Municipality && self.profiles[column].labels.len() > 5,
            _ => false,
        };
        self.across.is_none() && !(0..self.parts.len()).any(many)
    }
}
