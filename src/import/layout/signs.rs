//! Cells that say their own unit, by a format that shows 0.34 as `34 %` or by a percent sign, and the plain numbers among them.

use super::columns::Part;
use super::plan::Plan;
use super::words;
use crate::error::column_letters;
use crate::import::batch::Unit;
use crate::import::column::{Taken, swedish};
use crate::import::describe::Choice;
use crate::import::gather::Gather;
use crate::import::grid::Cell;
use crate::import::number::{self, Decimal};
use crate::import::{header, unit};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The unit that a cell says itself.
pub fn own(cell: Cell<'_>) -> Option<Unit> {
    match cell {
        Cell::Shown { sign: "%", .. } => Some(Unit::Percent),
        Cell::Shown { sign, .. } if !sign.is_empty() => unit::find(sign).or(Some(Unit::Count)),
        Cell::Text(text) if text.trim_end().ends_with('%') => Some(Unit::Percent),
        _ => None,
    }
}

/// What a cell without a sign is, among others of the same thing that have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// Missing or zero: the same in every unit.
    Neutral,
    /// A number that may be a percentage, a share, or something else.
    Plain,
}

/// What a person says that the plain numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    Percent,
    Share,
    Other,
}

/// How the cells of a table say their units.
#[derive(Debug, Default)]
pub struct Signs {
    any: bool,
    beside: BTreeMap<(usize, usize), Beside>,
    meant: Option<Meant>,
}

/// What measures the same thing: cells of one kind of row under headings that differ in place and time only.
#[derive(Debug, Default)]
struct Same {
    signed: u32,
    stated: bool,
    above_one: bool,
    plain: Vec<(usize, usize)>,
    neutral: Vec<(usize, usize)>,
}

impl Signs {
    /// Looks through a table; plain numbers among percentages are asked about, once for all.
    pub fn look(gather: &mut Gather<'_>, plan: &Plan<'_>, several: bool) -> Self {
        let rows = || plan.frame.body.clone();
        let signed = |row: usize| plan.sheet.cells(row).any(|cell| own(cell).is_some() || matches!(cell, Cell::Shown { .. }));
        if !plan.sheet.has_signs() || !rows().any(signed) {
            return Self::default();
        }
        tell(gather, plan);
        let mut signs = Self { any: true, ..Self::default() };
        let mut asked = BTreeSet::new();
        for same in groups(plan).into_values().filter(|same| same.signed > 0) {
            signs.beside.extend(same.neutral.into_iter().map(|at| (at, Beside::Neutral)));
            // Where words say percent, a number above one can be nothing else.
            let beside = if same.stated && same.above_one { Beside::Neutral } else { Beside::Plain };
            if beside == Beside::Plain {
                asked.extend(same.plain.iter().copied());
            }
            signs.beside.extend(same.plain.into_iter().map(|at| (at, beside)));
        }
        signs.meant = ask(gather, plan, &asked, several);
        signs
    }

    /// What a cell comes to, and the unit that it says; none where its column or row says it.
    pub fn weigh<'c>(&self, cell: Cell<'_>, (row, column): (usize, usize), taken: Taken<'c>) -> (Taken<'c>, Option<Unit>) {
        if !self.any {
            return (taken, None);
        }
        match (self.beside.get(&(row, column)), self.meant) {
            (None, _) => (taken, own(cell)),
            (Some(Beside::Neutral), _) | (_, Some(Meant::Percent)) => (taken, Some(Unit::Percent)),
            (Some(Beside::Plain), None) => (Taken::Unanswered, None),
            (Some(Beside::Plain), Some(Meant::Share)) => match taken {
                Taken::Number(share) => (Taken::Number(hundredfold(share)), Some(Unit::Percent)),
                taken => (taken, Some(Unit::Percent)),
            },
            (Some(Beside::Plain), Some(Meant::Other)) => (taken, Some(Unit::Other)),
        }
    }
}

/// Exactly, by moving the decimal point: 0.07 × 100 is 7.000000000000001 to a computer.
fn hundredfold(number: f64) -> f64 {
    format!("{number}e2").parse().unwrap_or(number * 100.0)
}

fn groups(plan: &Plan<'_>) -> HashMap<(String, usize), Same> {
    let alike = |index: usize| {
        let measure = &plan.measures[index];
        let same = |other: &&super::measure::Measure| {
            (&other.path, &other.breakdown, other.unit) == (&measure.path, &measure.breakdown, measure.unit)
        };
        plan.measures.iter().position(|other| same(&other)).unwrap_or(index)
    };
    let first: Vec<usize> = (0..plan.measures.len()).map(alike).collect();
    let mut labels: Vec<(usize, String)> = (0..plan.parts.len())
        .filter(|column| matches!(plan.parts[*column], Part::Path | Part::Breakdown | Part::Unit))
        .map(|column| (column, String::new()))
        .collect();
    let mut groups: HashMap<(String, usize), Same> = HashMap::new();
    for row in plan.frame.body.clone().filter(|row| !plan.is_header_again(*row)) {
        let cells: Vec<Cell<'_>> = plan.sheet.cells(row).collect();
        for (column, label) in &mut labels {
            if let Some(cell) = cells.get(*column).filter(|cell| !cell.is_blank()) {
                *label = cell.label();
            }
        }
        let kind = labels.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>().join("\u{1f}");
        for (index, measure) in plan.measures.iter().enumerate() {
            let cell = cells.get(measure.column).copied().unwrap_or(Cell::Empty);
            let same = groups.entry((kind.clone(), first[index])).or_insert_with(|| Same {
                stated: says_percent(&measure.name) || says_percent(&kind) || plan.titled.unit == Some(Unit::Percent),
                ..Same::default()
            });
            same.add(cell, (row, measure.column));
        }
    }
    groups
}

fn says_percent(words: &str) -> bool {
    unit::find(words) == Some(Unit::Percent) || words::names_a_share(words)
}

impl Same {
    fn add(&mut self, cell: Cell<'_>, at: (usize, usize)) {
        let number = match cell {
            Cell::Text(text) if own(cell).is_none() => number::parse(text, Decimal::Comma),
            Cell::Number(number) => Some(number),
            _ => None,
        };
        match number.filter(|number| *number != 0.0) {
            Some(number) => {
                self.above_one |= number.abs() > 1.0;
                self.plain.push(at);
            }
            None if own(cell) == Some(Unit::Percent) => self.signed += 1,
            None if own(cell).is_none() => self.neutral.push(at),
            None => {}
        }
    }
}

/// That cells are read as they are shown, with the first of them.
fn tell(gather: &mut Gather<'_>, plan: &Plan<'_>) {
    let (mut count, mut first) = (0, None);
    for row in plan.frame.body.clone() {
        for (column, cell) in plan.sheet.cells(row).enumerate() {
            if let Cell::Shown { stored, .. } = cell {
                count += 1;
                first.get_or_insert_with(|| (stored, cell.shown(), format!("{}{}", column_letters(column), row + 1)));
            }
        }
    }
    if let Some((stored, shown, at)) = first {
        let cells = crate::swedish::counted(count, "cell", "celler");
        let it = if count == 1 { "den" } else { "de" };
        let line = format!(
            "{cells} visas i en annan enhet än {it} lagras i, och läses som {it} visas: {} i {at} visas som {shown}.",
            swedish(stored)
        );
        gather.prove(line);
    }
}

/// Asked once per sheet and column, whatever the number of its tables.
fn ask(gather: &mut Gather<'_>, plan: &Plan<'_>, plain: &BTreeSet<(usize, usize)>, several: bool) -> Option<Meant> {
    let (row, column) = plain.first().copied()?;
    let letters = column_letters(plain.iter().map(|(_, column)| *column).min().unwrap_or(column));
    let id = if several { format!("unit:{}!{letters}", plan.sheet.name) } else { format!("unit:{letters}") };
    let answer = match gather.doubts.iter().find(|doubt| doubt.id == id) {
        Some(asked) => asked.answer.clone(),
        None => {
            let example = plan.sheet.cell(row, column).shown();
            let question = format!(
                "{} har inget procenttecken, fast andra celler för samma uppgift har det. Vad betyder till exempel ”{}”?",
                crate::swedish::counted(plain.len() as u64, "cell", "celler"),
                example.trim()
            );
            let choices = vec![
                Choice::new("percent", "Procent, som de andra"),
                Choice::new("share", "En andel: 0,5 är hälften, 50 procent"),
                Choice::new("other", "Något annat än procent"),
            ];
            let cells = plain.iter().take(20).map(|(row, column)| gather.doubt_cell(header::at(plan.index, *row, *column))).collect();
            gather.ask(&id, question, choices, cells)
        }
    };
    match answer?.as_str() {
        "percent" => Some(Meant::Percent),
        "share" => Some(Meant::Share),
        _ => Some(Meant::Other),
    }
}
