//! Spreadsheets of municipal statistics: title rows, areas and indicators down, years across, perhaps once per measure.

use super::{Look, Recognition, Source};
use crate::import::batch::{Dataset, Unit};
use crate::import::column::Numbers;
use crate::import::describe::{Choice, Column, Kind, Perspective, Table};
use crate::import::gather::{Gather, UNANSWERED};
use crate::import::grid::Sheet;
use crate::import::{area, header, period, unit};
use std::collections::{BTreeMap, BTreeSet};

pub static SOURCE: Source = Source {
    id: "years_across",
    title: "kalkylblad med år i kolumner och områden eller uppgifter på raderna",
    kind: Kind::Statistics,
    perspective: Perspective::Municipality,
    recognise,
    read,
};

/// Neighbouring columns of one measure: `Antal` over 2021 … 2025.
struct Run {
    /// What stands above the years, if anything.
    label: String,
    periods: Vec<(usize, period::Stretch)>,
}

struct Layout {
    header: usize,
    /// A row above the years with the measures.
    measures: Option<usize>,
    runs: Vec<Run>,
    area: Option<usize>,
    unit: Option<usize>,
    /// Columns of the indicator's path, outermost first; a blank one repeats the row above.
    path: Vec<usize>,
}

impl Layout {
    fn first_period(&self) -> usize {
        self.runs.first().and_then(|run| run.periods.first()).map_or(0, |(column, _)| *column)
    }

    fn columns(&self) -> Vec<usize> {
        self.runs.iter().flat_map(|run| run.periods.iter().map(|(column, _)| *column)).collect()
    }
}

fn layout(look: &Look<'_>, sheet: &Sheet) -> Option<Layout> {
    let header = (0..sheet.rows().min(header::HEADER_WITHIN)).find(|row| across(sheet, *row).len() >= 2)?;
    let periods = across(sheet, header);
    let (first, last) = (periods.first()?.0, periods.last()?.0);
    let contiguous = last - first + 1 == periods.len();
    let values = (header + 1..sheet.rows()).any(|r| periods.iter().any(|(column, _)| !sheet.cell(r, *column).is_blank()));
    if first == 0 || !contiguous || !values {
        return None;
    }
    let measures = header.checked_sub(1).filter(|row| (first..=last).any(|column| !sheet.cell(*row, column).is_blank()));
    let runs = runs(sheet, header, measures, periods)?;
    let mut found = Layout { header, measures, runs, area: None, unit: None, path: Vec::new() };
    for column in 0..first {
        found.place(look, sheet, column);
    }
    Some(found)
}

fn across(sheet: &Sheet, row: usize) -> Vec<(usize, period::Stretch)> {
    let cells = sheet.cells(row).enumerate();
    let found: Vec<_> = cells.filter_map(|(column, cell)| Some((column, headed(&cell.label())?.1))).collect();
    let days = found.iter().any(|(_, stretch)| stretch.period.start == stretch.period.end);
    if days { Vec::new() } else { found }
}

/// `2024`, or `Antal 2024`: the measure, if any, and the period.
fn headed(label: &str) -> Option<(&str, period::Stretch)> {
    if let Some(stretch) = period::parse(label) {
        return Some(("", stretch));
    }
    let (measure, year) = label.rsplit_once([' ', '\u{a0}'])?;
    unit::find(measure)?;
    Some((measure.trim_end_matches([',', ' ']), period::parse(year)?))
}

/// Splits where the years start over. Several runs need a measure above each, or nobody can tell them apart.
fn runs(sheet: &Sheet, header: usize, measures: Option<usize>, periods: Vec<(usize, period::Stretch)>) -> Option<Vec<Run>> {
    let mut runs: Vec<Run> = Vec::new();
    for (column, stretch) in periods {
        let own = sheet.cell(header, column).label();
        let own = headed(&own).map_or("", |(measure, _)| measure);
        let over = measures.map(|row| sheet.cell(row, column).label()).unwrap_or_default();
        let above = if over.is_empty() { own.to_owned() } else { over };
        let starts_over = |run: &Run| run.periods.last().is_some_and(|(_, before)| before.period.start >= stretch.period.start);
        let over = |run: &Run| starts_over(run) || (!above.is_empty() && above != run.label);
        match runs.last_mut() {
            Some(run) if !over(run) => run.periods.push((column, stretch)),
            _ => runs.push(Run { label: above, periods: vec![(column, stretch)] }),
        }
    }
    let mut labels: Vec<&str> = runs.iter().map(|run| run.label.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    (labels.len() == runs.len()).then_some(runs)
}

impl Layout {
    fn place(&mut self, look: &Look<'_>, sheet: &Sheet, column: usize) {
        let texts: Vec<String> =
            (self.header + 1..sheet.rows()).take(300).map(|row| sheet.cell(row, column).label()).filter(|t| !t.is_empty()).collect();
        if texts.is_empty() {
            return;
        }
        let word = header::word(&self.name(sheet, column));
        let places = texts.iter().filter(|text| area::certain(text, &look.known).is_some()).count();
        let area_word = ["kommun", "region", "län", "kommunnamn"].contains(&word.as_str());
        if self.area.is_none() && (places * 2 > texts.len() || area_word) {
            self.area = Some(column);
        } else if word == "enhet" {
            self.unit = Some(column);
        } else {
            self.path.push(column);
        }
    }

    /// The header of a column before the years; with measures above the years it may stand in their row.
    fn name(&self, sheet: &Sheet, column: usize) -> String {
        let own = sheet.cell(self.header, column).label();
        let above = self.measures.map(|row| sheet.cell(row, column).label()).unwrap_or_default();
        if own.is_empty() { above } else { own }
    }
}

pub(in crate::import) fn recognise(look: &Look<'_>) -> Recognition {
    let found = look.grid.sheets.iter().find_map(|sheet| layout(look, sheet));
    match found {
        Some(found) => Recognition::Likely(format!("rad {} har {} perioder i följd", found.header + 1, found.columns().len())),
        None => Recognition::No,
    }
}

pub(in crate::import) fn read(gather: &mut Gather<'_>) {
    let grid = gather.grid;
    let name = grid.sheets.first().map(|sheet| header::titles(sheet, 1).join(" ")).filter(|title| !title.is_empty());
    gather.batch.dataset = Dataset { publisher: "Kommunen".to_owned(), name: name.unwrap_or_else(|| "Kommunal statistik".to_owned()) };
    let look = Look { grid, known: gather.known, given: gather.given };
    let found: Vec<(usize, &Sheet, Layout)> =
        grid.sheets.iter().enumerate().filter_map(|(index, sheet)| Some((index, sheet, layout(&look, sheet)?))).collect();
    let several = found.len() > 1;
    for (index, sheet, layout) in &found {
        // The same label may stand in two sheets; the sheet's name keeps them apart, unless it only names the unit.
        let prefix = (several && unit::find(&sheet.name).is_none()).then(|| sheet.name.trim().to_owned());
        read_sheet(gather, *index, sheet, layout, prefix);
    }
}

/// What stays the same down the sheet.
struct Shared<'s> {
    index: usize,
    sheet: &'s Sheet,
    layout: &'s Layout,
    area: Option<u32>,
    title: String,
    prefix: Option<String>,
    /// Per run: the unit its label names and, if it names more than that, the breakdown.
    measures: Vec<(Option<Unit>, u32)>,
}

/// What blank cells repeat.
#[derive(Default)]
struct Carried {
    area: String,
    path: Vec<String>,
}

fn read_sheet(gather: &mut Gather<'_>, index: usize, sheet: &Sheet, layout: &Layout, prefix: Option<String>) {
    let titles = header::titles(sheet, layout.measures.unwrap_or(layout.header));
    let shared = Shared {
        index,
        sheet,
        layout,
        area: if layout.area.is_some() { None } else { area_of_sheet(gather, &titles) },
        title: titles.join(" "),
        prefix,
        measures: layout.runs.iter().map(|run| measure(gather, &run.label)).collect(),
    };
    let id = if sheet.name.is_empty() { "värden" } else { &sheet.name };
    let mut numbers = Numbers::look(gather, index, &layout.columns(), layout.header + 1..sheet.rows(), None, id);
    let (mut rows, mut footnotes, mut totals, mut carried) = (0, Vec::new(), Vec::new(), Carried::default());
    for row in layout.header + 1..sheet.rows() {
        if sheet.width(row) <= layout.first_period() {
            footnotes.extend(sheet.cells(row).find_map(|cell| cell.as_text().map(str::to_owned)));
            continue;
        }
        shared.carry(row, &mut carried);
        if is_total(&carried.area) || carried.path.last().is_some_and(|label| is_total(label)) {
            totals.push(row as u32 + 1);
        }
        shared.read_row(gather, row, &carried, &mut numbers);
        rows += 1;
    }
    describe(gather, &shared, &numbers, Table { rows, footnotes, totals, ..Table::default() });
}

/// `Antal` is a unit; `Flickor, procent` is a unit and a group.
fn measure(gather: &mut Gather<'_>, label: &str) -> (Option<Unit>, u32) {
    let found = unit::find(label);
    let rest = unit::without(label);
    let group = !label.is_empty() && (found.is_none() || rest != label.trim());
    let parts = if group { BTreeMap::from([("grupp".to_owned(), rest.to_owned())]) } else { BTreeMap::new() };
    (found, gather.breakdown(parts))
}

fn is_total(label: &str) -> bool {
    let word = header::word(label);
    ["totalt", "summa", "total", "samtliga", "hela kommunen"].iter().any(|total| word == *total)
}

/// The municipality that a title row names, else asked.
fn area_of_sheet(gather: &mut Gather<'_>, titles: &[String]) -> Option<u32> {
    let known = gather.known;
    let named = titles.iter().flat_map(|title| phrases(title)).find_map(|phrase| area::certain(&phrase, &known));
    if let Some(area) = named {
        gather.prove(format!("Området ”{}” kommer från rubrikraden.", area.name));
        return Some(gather.area_ref(area));
    }
    let mut choices: Vec<Choice> = known.practice.iter().map(|name| Choice::new(name.clone(), name.clone())).collect();
    let given = gather.answers.get("area").filter(|answer| area::certain(answer, &known).is_some()).cloned();
    if let Some(given) = given.filter(|given| choices.iter().all(|choice| choice.id != *given)) {
        choices.push(Choice::new(given.clone(), given));
    }
    let asked = gather.doubts.iter().find(|doubt| doubt.id == "area").map(|doubt| doubt.answer.clone());
    let answer = asked
        .unwrap_or_else(|| gather.ask("area", "Vilken kommun gäller siffrorna? Filen säger det inte.".to_owned(), choices, Vec::new()));
    answer.map(|answer| gather.area(&answer))
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

impl Shared<'_> {
    /// A merged group label stands only in its first row; below it the group goes on until another one stands there.
    fn carry(&self, row: usize, carried: &mut Carried) {
        if let Some(label) = self.layout.area.map(|column| self.sheet.cell(row, column).label()).filter(|label| !label.is_empty()) {
            carried.area = label;
        }
        let own: Vec<String> = self.layout.path.iter().map(|column| without_footnote(&self.sheet.cell(row, *column).label())).collect();
        // A label in an outer column starts anew: what stood to its right no longer holds.
        let mut fresh = false;
        let before = std::mem::take(&mut carried.path);
        for (depth, label) in own.into_iter().enumerate() {
            fresh |= !label.is_empty();
            let kept = if fresh { String::new() } else { before.get(depth).cloned().unwrap_or_default() };
            carried.path.push(if label.is_empty() { kept } else { label });
        }
    }

    fn path(&self, carried: &Carried) -> Vec<String> {
        let labels = carried.path.iter().filter(|label| !label.is_empty()).cloned();
        let path: Vec<String> = self.prefix.iter().cloned().chain(labels).collect();
        if path.is_empty() { vec![self.title.clone()] } else { path }
    }

    fn read_row(&self, gather: &mut Gather<'_>, row: usize, carried: &Carried, numbers: &mut Numbers) {
        let path = self.path(carried);
        let leaf = path.last().cloned().unwrap_or_default();
        let own_unit = self.layout.unit.and_then(|column| unit::find(&self.sheet.cell(row, column).label())).or_else(|| unit::find(&leaf));
        let mut steps: Vec<&str> = path.iter().map(String::as_str).collect();
        if let Some(last) = steps.last_mut() {
            *last = unit::without(last);
        }
        let indicator = gather.indicator(&steps);
        let area = match self.layout.area {
            Some(_) => (!carried.area.is_empty()).then(|| gather.area(&carried.area)),
            None => self.area,
        };
        for (run, (measure, breakdown)) in self.layout.runs.iter().zip(&self.measures) {
            let unit = measure.or(own_unit).or_else(|| unit::find(&self.title)).unwrap_or(Unit::Other);
            let series = area.map(|area| gather.series(area, indicator, *breakdown, unit));
            self.read_run(gather, row, run, series, numbers);
        }
    }

    fn read_run(&self, gather: &mut Gather<'_>, row: usize, run: &Run, series: Option<u32>, numbers: &mut Numbers) {
        for (column, stretch) in &run.periods {
            let (cell, at) = (self.sheet.cell(row, *column), header::at(self.index, row, *column));
            numbers.example(cell);
            let taken = numbers.take(cell);
            let period = gather.period(stretch.period.clone());
            match series {
                Some(series) => gather.put(series, period, stretch.preliminary, at, taken),
                None => gather.reject(at, UNANSWERED),
            }
        }
    }
}

/// `Belysning ¹` → `Belysning`: a raised digit at the end points to a note.
fn without_footnote(label: &str) -> String {
    label.trim_end_matches(['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', '*', ' ']).to_owned()
}

/// The units of each column's values; rows may differ.
fn units(gather: &Gather<'_>, index: usize) -> BTreeMap<u16, BTreeSet<&'static str>> {
    let mut units: BTreeMap<u16, BTreeSet<&'static str>> = BTreeMap::new();
    for value in gather.batch.values.iter().filter(|value| value.cell.sheet as usize == index) {
        if let Some(series) = gather.batch.series.get(value.series as usize) {
            units.entry(value.cell.column).or_default().insert(series.unit.word());
        }
    }
    units
}

fn describe(gather: &mut Gather<'_>, shared: &Shared<'_>, numbers: &Numbers, table: Table) {
    let (sheet, layout) = (shared.sheet, shared.layout);
    // Notes below the data are no examples.
    let holds_data = |row: &usize| sheet.width(*row) > layout.first_period();
    let end = (layout.header + 1..sheet.rows()).rev().find(holds_data).map_or(sheet.rows(), |row| row + 1);
    let rows = layout.header + 1..end;
    let units = units(gather, shared.index);
    let role = |column: usize| match column {
        c if Some(c) == layout.area => "area",
        c if Some(c) == layout.unit => "unit",
        _ => "indicator",
    };
    let mut columns: Vec<Column> = (0..layout.first_period())
        .map(|column| header::dimension(sheet, column, &layout.name(sheet, column), role(column), rows.clone()))
        .collect();
    for run in &layout.runs {
        for (column, _) in &run.periods {
            let mut own = numbers.afresh();
            for row in rows.clone().filter(holds_data) {
                own.example(sheet.cell(row, *column));
                own.take(sheet.cell(row, *column));
            }
            let name = format!("{} {}", run.label, sheet.cell(layout.header, *column).label());
            let unit = units.get(&(*column as u16)).map(|words| words.iter().copied().collect::<Vec<_>>().join(", "));
            columns.push(Column { unit, ..own.describe(Column::new(*column, name.trim(), "value")) });
        }
    }
    let whole = Column::new(layout.first_period(), "värden", "value");
    gather.prove(numbers.proof(&whole));
    let header_rows = layout.measures.into_iter().chain([layout.header]).map(|row| row as u32 + 1).collect();
    gather.tables.push(Table {
        sheet: gather.sheet_name(shared.index),
        header_rows,
        first_data_row: layout.header as u32 + 2,
        columns,
        ..table
    });
}
