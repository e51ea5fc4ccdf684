//! Spreadsheets of municipal statistics: title rows, areas and indicators down, years across.

use super::{Look, Recognition, Source};
use crate::error::Result;
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

struct Layout {
    header: usize,
    periods: Vec<(usize, period::Stretch)>,
    area: Option<usize>,
    indicator: Option<usize>,
    unit: Option<usize>,
    others: Vec<usize>,
}

impl Layout {
    fn first_period(&self) -> usize {
        self.periods.first().map_or(0, |(column, _)| *column)
    }
}

fn layout(look: &Look<'_>, sheet: &Sheet) -> Option<Layout> {
    let row = (0..sheet.rows().min(header::HEADER_WITHIN)).find(|row| across(sheet, *row).len() >= 2)?;
    let periods = across(sheet, row);
    let (first, last) = (periods.first()?.0, periods.last()?.0);
    let contiguous = last - first + 1 == periods.len();
    let values = (row + 1..sheet.rows()).any(|r| periods.iter().any(|(column, _)| !sheet.cell(r, *column).is_blank()));
    if first == 0 || !contiguous || !values {
        return None;
    }
    let mut found = Layout { header: row, periods, area: None, indicator: None, unit: None, others: Vec::new() };
    for column in 0..first {
        found.place(look, sheet, column);
    }
    Some(found)
}

fn across(sheet: &Sheet, row: usize) -> Vec<(usize, period::Stretch)> {
    let cells = sheet.cells(row).enumerate();
    let found: Vec<_> = cells.filter_map(|(column, cell)| Some((column, period::parse(&cell.label())?))).collect();
    let distinct: BTreeSet<_> = found.iter().map(|(_, stretch)| stretch.period.start).collect();
    let days = found.iter().any(|(_, stretch)| stretch.period.start == stretch.period.end);
    if days || distinct.len() < found.len() { Vec::new() } else { found }
}

impl Layout {
    fn place(&mut self, look: &Look<'_>, sheet: &Sheet, column: usize) {
        let texts: Vec<String> =
            (self.header + 1..sheet.rows()).take(300).map(|row| sheet.cell(row, column).label()).filter(|t| !t.is_empty()).collect();
        let word = header::word(&sheet.cell(self.header, column).label());
        let places = texts.iter().filter(|text| area::certain(text, &look.known).is_some()).count();
        if texts.is_empty() {
            return;
        }
        let area_word = ["kommun", "region", "område", "län", "kommunnamn"].contains(&word.as_str());
        if self.area.is_none() && (places * 2 > texts.len() || area_word) {
            self.area = Some(column);
        } else if places * 2 <= texts.len() && word == "enhet" {
            self.unit = Some(column);
        } else if places * 2 <= texts.len() && self.indicator.is_none() {
            self.indicator = Some(column);
        } else if places * 2 <= texts.len() {
            self.others.push(column);
        }
    }
}

fn recognise(look: &Look<'_>) -> Recognition {
    let found = look.grid.sheets.iter().find_map(|sheet| layout(look, sheet));
    match found {
        Some(found) => Recognition::Likely(format!("rad {} har {} perioder i följd", found.header + 1, found.periods.len())),
        None => Recognition::No,
    }
}

fn read(gather: &mut Gather<'_>) -> Result<()> {
    let grid = gather.grid;
    let name = grid.sheets.first().map(|sheet| header::titles(sheet, 1).join(" ")).filter(|title| !title.is_empty());
    gather.batch.dataset = Dataset { publisher: "Kommunen".to_owned(), name: name.unwrap_or_else(|| "Kommunal statistik".to_owned()) };
    for (index, sheet) in grid.sheets.iter().enumerate() {
        let look = Look { grid, known: gather.known };
        if let Some(layout) = layout(&look, sheet) {
            read_sheet(gather, index, sheet, &layout);
        }
    }
    Ok(())
}

/// What stays the same down the sheet.
struct Shared {
    area: Option<u32>,
    title: String,
    periods: Vec<u32>,
}

fn read_sheet(gather: &mut Gather<'_>, index: usize, sheet: &Sheet, layout: &Layout) {
    let titles = header::titles(sheet, layout.header);
    let shared = Shared {
        area: if layout.area.is_some() { None } else { area_of_sheet(gather, &titles) },
        title: titles.first().cloned().unwrap_or_else(|| sheet.name.clone()),
        periods: layout.periods.iter().map(|(_, stretch)| gather.period(stretch.period.clone())).collect(),
    };
    let columns: Vec<usize> = layout.periods.iter().map(|(column, _)| *column).collect();
    let id = if sheet.name.is_empty() { "värden" } else { &sheet.name };
    let mut numbers = Numbers::look(gather, index, &columns, layout.header + 1..sheet.rows(), None, id);
    let (mut rows, mut footnotes, mut totals, mut place) = (0, Vec::new(), Vec::new(), String::new());
    for row in layout.header + 1..sheet.rows() {
        if let Some(label) = layout.area.map(|column| sheet.cell(row, column).label()).filter(|label| !label.is_empty()) {
            place = label;
        }
        if sheet.width(row) <= layout.first_period() {
            footnotes.extend(sheet.cells(row).find_map(|cell| cell.as_text().map(str::to_owned)));
            continue;
        }
        if is_total(&place) || layout.indicator.is_some_and(|column| is_total(&sheet.cell(row, column).label())) {
            totals.push(row as u32 + 1);
        }
        read_row(gather, index, sheet, layout, &shared, &place, row, &mut numbers);
        rows += 1;
    }
    describe(gather, index, sheet, layout, &numbers, Table { rows, footnotes, totals, ..Table::default() });
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
    let words: Vec<&str> =
        title.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':' | ';' | '(' | ')')).filter(|w| !w.is_empty()).collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let spans = (1..=3).rev().flat_map(|size| {
        words.windows(size).filter(|span| span.first().is_some_and(capital)).map(|span| span.join(" ")).collect::<Vec<_>>()
    });
    spans.collect()
}

#[allow(clippy::too_many_arguments)]
fn read_row(
    gather: &mut Gather<'_>,
    index: usize,
    sheet: &Sheet,
    layout: &Layout,
    shared: &Shared,
    place: &str,
    row: usize,
    numbers: &mut Numbers,
) {
    let label = layout.indicator.map(|column| sheet.cell(row, column).label()).filter(|label| !label.is_empty());
    let label = label.unwrap_or_else(|| shared.title.clone());
    let unit_text = layout.unit.map(|column| sheet.cell(row, column).label());
    let unit = unit_text
        .as_deref()
        .and_then(unit::find)
        .or_else(|| unit::find(&label))
        .or_else(|| unit::find(&shared.title))
        .unwrap_or(Unit::Other);
    let area = if layout.area.is_some() { (!place.is_empty()).then(|| gather.area(place)) } else { shared.area };
    let name = |column: usize| sheet.cell(layout.header, column).label();
    let parts = layout.others.iter().map(|column| (name(*column), sheet.cell(row, *column).label())).filter(|(_, value)| !value.is_empty());
    let breakdown = gather.breakdown(parts.collect::<BTreeMap<String, String>>());
    let indicator = gather.indicator(&[unit::without(&label)]);
    for ((column, stretch), &period) in layout.periods.iter().zip(&shared.periods) {
        let (cell, at) = (sheet.cell(row, *column), header::at(index, row, *column));
        numbers.example(cell);
        let taken = numbers.take(cell);
        match area {
            Some(area) => {
                let series = gather.series(area, indicator, breakdown, unit);
                gather.put(series, period, stretch.preliminary, at, taken);
            }
            None => gather.reject(at, UNANSWERED),
        }
    }
}

fn describe(gather: &mut Gather<'_>, index: usize, sheet: &Sheet, layout: &Layout, numbers: &Numbers, table: Table) {
    let rows = layout.header + 1..sheet.rows();
    let name = |column: usize| sheet.cell(layout.header, column).label();
    let role = |column: usize| match column {
        c if Some(c) == layout.area => "area",
        c if Some(c) == layout.indicator => "indicator",
        c if Some(c) == layout.unit => "unit",
        _ => "breakdown",
    };
    let mut columns: Vec<Column> =
        (0..layout.first_period()).map(|column| header::dimension(sheet, column, &name(column), role(column), rows.clone())).collect();
    for (column, _) in &layout.periods {
        let mut own = Numbers::default();
        for row in rows.clone().filter(|row| sheet.width(*row) > layout.first_period()) {
            own.example(sheet.cell(row, *column));
            own.take(sheet.cell(row, *column));
        }
        columns.push(own.describe(Column::new(*column, &name(*column), "value")));
    }
    let whole = Column::new(layout.first_period(), "värden", "value");
    gather.prove(numbers.proof(&whole));
    gather.tables.push(Table {
        sheet: gather.sheet_name(index),
        header_rows: vec![layout.header as u32 + 1],
        first_data_row: layout.header as u32 + 2,
        columns,
        ..table
    });
}
