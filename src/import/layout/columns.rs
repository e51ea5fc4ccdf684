//! What each column of a table says, from what stands in it and from its heading.

use super::frame::{Frame, Ink, ink};
use super::heading::Heading;
use super::places::Places;
use super::{Given, Hints, Role, words};
use crate::import::grid::{Cell, Sheet};
use crate::import::{header, period, unit};
use crate::reference::Known;
use std::collections::BTreeSet;

/// A column's part in the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Area(Places),
    Period,
    /// A month or quarter whose year stands elsewhere.
    Month,
    Unit,
    /// Names what is measured; part of the indicator's path.
    Path,
    Breakdown,
    Ignore,
    Value,
}

/// What a sample of a column's cells looks like.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub filled: usize,
    pub numeric: usize,
    pub missing: usize,
    /// Words that say why there is no number.
    pub remarks: usize,
    pub years: usize,
    pub days: usize,
    pub parts: usize,
    /// Typed or written numbers, for judging shares.
    pub fractions: usize,
    pub above_one: usize,
    pub percent_signs: usize,
    /// Counts 1, 2, 3 … down the column.
    pub counting: bool,
    pub labels: BTreeSet<String>,
}

const SAMPLE: usize = 400;

/// Rows with values, evenly taken from the whole body.
pub fn sample(sheet: &Sheet, frame: &Frame) -> Vec<usize> {
    let step = (frame.body.len() / SAMPLE).max(1);
    frame.body.clone().step_by(step).filter(|row| sheet.width(*row) > 1).collect()
}

pub fn profiles(sheet: &Sheet, frame: &Frame, rows: &[usize]) -> Vec<Profile> {
    let mut profiles = vec![Profile { counting: true, ..Profile::default() }; frame.width];
    for &row in rows {
        for (profile, cell) in profiles.iter_mut().zip(sheet.cells(row)) {
            profile.add(cell);
        }
    }
    profiles
}

impl Profile {
    fn add(&mut self, cell: Cell<'_>) {
        let ink = ink(cell);
        if ink == Ink::Blank {
            self.counting = false;
            return;
        }
        self.filled += 1;
        self.numeric += usize::from(matches!(ink, Ink::Number) || matches!((ink, cell), (Ink::Period, Cell::Number(_))));
        self.missing += usize::from(ink == Ink::Missing);
        if let (Ink::Number, Some(number)) = (ink, cell.as_number()) {
            self.percent_signs += usize::from(matches!(cell, Cell::Shown { sign: "%", .. }));
            self.number(number);
            return;
        }
        let label = cell.label();
        if ink == Ink::Period {
            let day = period::parse(&label).is_some_and(|stretch| stretch.period.start == stretch.period.end);
            self.days += usize::from(day);
            self.years += usize::from(!day);
            self.numeric += usize::from(matches!(cell, Cell::Text(_)) && period::year(&label).is_some());
        }
        if matches!(cell, Cell::Date(_)) {
            self.days += 1;
        }
        self.parts += usize::from(ink == Ink::Text && matches!(period::part(&label), Some(part) if part != period::Part::Whole));
        self.remarks += usize::from(ink == Ink::Text && words::is_remark(&label));
        self.counting &= label.parse::<usize>().is_ok_and(|number| number == self.filled);
        self.percent_signs += usize::from(label.ends_with('%'));
        if ink == Ink::Number {
            let small = label.trim_start_matches('-').starts_with(['0', '1']) && label.contains([',', '.']);
            self.fractions += usize::from(label.contains([',', '.']));
            self.above_one += usize::from(!(small && label.trim_start_matches('-').starts_with('0')) && label != "1" && label != "0");
        }
        if self.labels.len() < SAMPLE {
            self.labels.insert(label);
        }
    }

    /// A typed number; its label is kept only while few are known, since only codes and ages are told by their labels.
    fn number(&mut self, number: f64) {
        self.fractions += usize::from(number.fract() != 0.0);
        self.above_one += usize::from(number.abs() > 1.0);
        self.counting &= number == self.filled as f64;
        if self.labels.len() < 60 && number.fract() == 0.0 {
            self.labels.insert(format!("{number}"));
        }
    }

    /// Whether every label is such; none when there are too many to know.
    fn all(&self, is: impl Fn(&String) -> bool) -> bool {
        !self.labels.is_empty() && self.labels.len() < 60 && self.labels.iter().all(is)
    }

    fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 10 >= self.filled * 9
    }

    /// Most cells are numbers or say that there is none; the others will be told as no numbers. Under a period or a unit one
    /// number is enough, and so it is where all else says why there is none: no labels stand there.
    fn is_numeric(&self, word: &str) -> bool {
        let values = self.numeric + self.missing;
        let headed = period::parse(word).is_some() || super::times::split(word).1.is_some() || unit::only(word).is_some();
        values * 2 > self.filled || headed && self.parts * 2 <= self.filled || values + self.remarks == self.filled
    }
}

/// The parts of all columns. `None` where a column of single days shows that the rows are events.
pub fn parts(profiles: &[Profile], headings: &[Heading], hints: &Hints, known: &Known<'_>, given: Option<&Given>) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for (column, (profile, heading)) in profiles.iter().zip(headings).enumerate() {
        let word = header::word(heading.leaf());
        if let Some(given) = given {
            parts.push(stated(profile, &word, column, given, known));
            continue;
        }
        // One and the same day on every row is when the file was made.
        let one_day = profile.labels.len() == 1 && profile.filled > 2;
        if profile.days * 2 > profile.filled && profile.filled > 0 {
            if !one_day {
                return None;
            }
            parts.push(Part::Ignore);
            continue;
        }
        let hinted = hints.roles.iter().find(|(name, _)| *name == word).map(|(_, role)| part_of(*role, profile, &word, known));
        parts.push(hinted.unwrap_or_else(|| part(profile, &word, known)));
    }
    Some(parts)
}

fn part_of(role: Role, profile: &Profile, word: &str, known: &Known<'_>) -> Part {
    match role {
        Role::Area => area(profile, word, known).or_else(|| area(profile, "område", known)).unwrap_or(Part::Ignore),
        Role::Period if profile.parts > 0 => Part::Month,
        Role::Period => Part::Period,
        Role::Unit => Part::Unit,
        Role::Indicator => Part::Path,
        Role::Breakdown => Part::Breakdown,
        Role::Ignore => Part::Ignore,
        Role::Value => Part::Value,
    }
}

fn area(profile: &Profile, word: &str, known: &Known<'_>) -> Option<Part> {
    let labels: Vec<String> = profile.labels.iter().cloned().collect();
    Places::judge(&labels, word, known).map(Part::Area)
}

fn part(profile: &Profile, word: &str, known: &Known<'_>) -> Part {
    let numeric = profile.is_numeric(word);
    let coded = words::is_code(word) || (word.is_empty() || word == "nr") && profile.counting && profile.filled > 2;
    if profile.filled == 0 || words::is_ignored(word) && !numeric {
        Part::Ignore
    } else if (words::is_time(word) || words::numbers_time(word)) && profile.all(|label| period::year_month(label).is_some()) {
        Part::Period
    } else if is_numbered_time(profile, word) {
        Part::Month
    } else if profile.mostly(profile.years) && (words::is_time(word) || word.contains("år") || is_time_itself(profile)) {
        Part::Period
    } else if profile.mostly(profile.parts) {
        Part::Month
    } else if words::is_unit(word) && !numeric {
        Part::Unit
    } else if words::is_dividing(word) && !words::is_owner(word) {
        Part::Breakdown
    } else if let Some(area) = area(profile, word, known).filter(|_| !numeric || words::is_area(word) || coded) {
        area
    } else if coded {
        Part::Ignore
    } else if numeric {
        if profile.numeric == 0 && word.is_empty() { Part::Ignore } else { Part::Value }
    } else if words::is_indicator(word) {
        Part::Path
    } else {
        Part::Breakdown
    }
}

/// Numbers of months, quarters or weeks, or terms, as the heading says.
fn is_numbered_time(profile: &Profile, word: &str) -> bool {
    let numbered = |label: &String| label.parse().is_ok_and(|number| period::numbered(word, number).is_some());
    profile.all(numbered) || word.starts_with("termin") && profile.all(|label| period::term(label).is_some())
}

/// Text periods can be nothing else; bare numbers between 1900 and 2100 can, unless there are many and few different.
fn is_time_itself(profile: &Profile) -> bool {
    profile.numeric == 0 || profile.filled >= 8 && profile.labels.len() * 2 <= profile.filled
}

fn stated(profile: &Profile, word: &str, column: usize, given: &Given, known: &Known<'_>) -> Part {
    if column >= given.stub_columns {
        return Part::Value;
    }
    if profile.mostly(profile.years) {
        return Part::Period;
    }
    let word_of = |word| if words::is_area_dimension(word) { "område" } else { word };
    match area(profile, word_of(word), known) {
        Some(found) => found,
        None if words::is_indicator(word) => Part::Path,
        None => Part::Breakdown,
    }
}

/// Where another table begins to the right of this one: a column of places under the same heading as one before the values, with
/// its blank column if there is one. Its rows are other places' rows.
pub fn table_beside(parts: &[Part], headings: &[Heading], profiles: &[Profile]) -> Option<usize> {
    let first = parts.iter().position(|part| *part == Part::Value)?;
    let word = |column: usize| header::word(headings[column].leaf());
    let is_area = |column: &usize| matches!(parts[*column], Part::Area(_)) && !headings[*column].leaf().is_empty();
    let own: Vec<String> = (0..first).filter(is_area).map(word).collect();
    let again = (first..parts.len()).filter(is_area).find(|column| own.contains(&word(*column)))?;
    Some(if profiles[again - 1].filled == 0 { again - 1 } else { again })
}

/// Settles columns against each other: one place per row, codes beside names, what the labels are when no header says it.
///
/// A second column of the same level that names other places (from where, to where) divides the rows.
pub fn settle(sheet: &Sheet, rows: &[usize], parts: &mut [Part], known: &Known<'_>) {
    let mut kept: Vec<usize> = Vec::new();
    for column in 0..parts.len() {
        let Part::Area(places) = &parts[column] else { continue };
        let rival = kept.iter().copied().find(|other| matches!(&parts[*other], Part::Area(first) if first.level == places.level));
        match rival {
            // A code and a name are of the same place, and where they disagree the row is told.
            Some(other) if is_codes(sheet, rows, other) != is_codes(sheet, rows, column) => kept.push(column),
            Some(other) if !same_places(sheet, rows, other, column, known) && places.swedish => parts[column] = Part::Breakdown,
            _ => kept.push(column),
        }
    }
    let areas: Vec<usize> = (0..parts.len()).filter(|column| matches!(parts[*column], Part::Area(_))).collect();
    for (column, part) in parts.iter_mut().enumerate().filter(|(_, part)| **part == Part::Breakdown) {
        if areas.iter().any(|area| echoes(sheet, rows, *area, column)) {
            *part = Part::Ignore;
        }
    }
}

fn is_codes(sheet: &Sheet, rows: &[usize], column: usize) -> bool {
    rows.iter().all(|row| sheet.cell(*row, column).label().bytes().all(|byte| byte.is_ascii_digit()))
}

fn same_places(sheet: &Sheet, rows: &[usize], one: usize, other: usize, known: &Known<'_>) -> bool {
    let resolved = |row: usize, column: usize| crate::import::area::certain(&sheet.cell(row, column).label(), known);
    let pairs = rows.iter().filter_map(|row| Some((resolved(*row, one)?, resolved(*row, other)?)));
    let (mut same, mut all) = (0, 0);
    for (first, second) in pairs {
        all += 1;
        same += usize::from(first == second);
    }
    same * 20 >= all * 19
}

/// A column whose every cell holds the place's own name (`3001 Halden (2020-2023)` beside `Halden`), or one value per place
/// though places come back: it says nothing of its own.
fn echoes(sheet: &Sheet, rows: &[usize], area: usize, column: usize) -> bool {
    let mut seen: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let (mut holds, mut fixed, mut repeats) = (true, true, 0);
    for row in rows {
        let (place, label) = (sheet.cell(*row, area).label(), sheet.cell(*row, column).label());
        if place.is_empty() {
            return false;
        }
        holds &= label.to_lowercase().contains(&place.to_lowercase());
        match seen.get(&place) {
            Some(before) => {
                repeats += 1;
                fixed &= *before == label;
            }
            None => {
                seen.insert(place, label);
            }
        }
    }
    let differs = seen.values().collect::<BTreeSet<_>>().len() > 1;
    !rows.is_empty() && (holds || fixed && repeats * 4 >= rows.len() && differs && seen.len() > 3)
}
