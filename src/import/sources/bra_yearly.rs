//! Brå's yearly file with one row per municipality: total reported crimes, count and rate.
//!
//! One year's edition has no header at all. The year is never in the rows: it comes from a title row or it is asked.

use super::{Look, Recognition, Source};
use crate::import::batch::{Dataset, Unit};
use crate::import::column::Numbers;
use crate::import::describe::{Column, Kind, Perspective, Table};
use crate::import::gather::{self, Gather, UNANSWERED};
use crate::import::grid::{Grid, Sheet};
use crate::import::number::{self, Decimal, Shape};
use crate::import::{area, header, period, unit};
use std::collections::BTreeMap;

pub static SOURCE: Source = Source {
    id: "bra_yearly",
    title: "Brås årsfil Anmälda brott i kommunerna (Kommun;Antal;Per 100 000 inv.)",
    kind: Kind::Statistics,
    perspective: Perspective::Police,
    recognise,
    read,
};

struct Layout {
    header: Option<usize>,
    area: usize,
    values: Vec<(usize, Unit, String)>,
}

impl Layout {
    fn first(&self) -> usize {
        self.header.map_or(0, |row| row + 1)
    }
}

fn layout(look: &Look<'_>) -> Option<Layout> {
    let sheet = only_sheet(look.grid)?;
    header::find(sheet, headed).map(|(row, layout)| Layout { header: Some(row), ..layout }).or_else(|| headerless(sheet, look))
}

fn only_sheet(grid: &Grid) -> Option<&Sheet> {
    if grid.sheets.len() == 1 { grid.sheets.first() } else { None }
}

fn headed(words: &[String]) -> Option<Layout> {
    let filled = words.iter().filter(|word| !word.is_empty()).count();
    let area = header::column(words, &["kommun", "kommuner", "region"])?;
    let count = header::column(words, &["antal", "antal brott", "antal anmälda brott"])?;
    let rate = words.iter().position(|word| unit::find(word) == Some(Unit::Per100k))?;
    let values = vec![(count, Unit::Count, words[count].clone()), (rate, Unit::Per100k, words[rate].clone())];
    (filled == 3).then_some(Layout { header: None, area, values })
}

/// No header: three columns, the first mostly known places, the other two whole numbers.
fn headerless(sheet: &Sheet, look: &Look<'_>) -> Option<Layout> {
    let rows: Vec<usize> = (0..sheet.rows().min(60)).filter(|row| !sheet.is_blank(*row)).collect();
    let number = |row: usize, column: usize| number::shape(&sheet.cell(row, column).label()) == Shape::Whole;
    let fits = |row: usize| sheet.width(row) == 3 && number(row, 1) && number(row, 2);
    let place = |row: usize| area::certain(&sheet.cell(row, 0).label(), &look.known).is_some();
    let places = rows.iter().filter(|row| place(**row)).count();
    // `Kommun;2023;2024` is a header, not a place with two numbers.
    let starts = rows.first().is_some_and(|row| place(*row));
    let shaped = rows.iter().filter(|row| fits(**row)).count();
    let good = starts && rows.len() >= 3 && shaped == rows.len() && places * 2 > rows.len();
    let values = vec![(1, Unit::Count, "Antal".to_owned()), (2, Unit::Per100k, "Per 100 000 inv.".to_owned())];
    good.then_some(Layout { header: None, area: 0, values })
}

fn recognise(look: &Look<'_>) -> Recognition {
    match layout(look) {
        Some(Layout { header: Some(row), .. }) => {
            Recognition::Certain(format!("rad {} har rubrikerna Kommun, Antal och Per 100 000 inv.", row + 1))
        }
        Some(_) => Recognition::Likely("tre kolumner: kommun och två heltal, utan rubrikrad".to_owned()),
        None => Recognition::No,
    }
}

fn read(gather: &mut Gather<'_>) {
    let look = Look::at(gather);
    let Some(layout) = layout(&look) else { return };
    let Some(sheet) = gather.grid.sheets.first() else { return };
    gather.batch.dataset = Dataset { publisher: "Brå".to_owned(), name: "Anmälda brott i kommunerna, årsfil".to_owned() };
    if layout.header.is_none() && !confirm_columns(gather) {
        gather.prove("Filen saknar rubrikrad. Kolumnerna väntar på ditt svar.");
    }
    let year = title_year(sheet, &layout).or_else(|| gather.ask_year());
    let rows = layout.first()..sheet.rows();
    let mut numbers: Vec<Numbers> = layout
        .values
        .iter()
        .flat_map(|(column, ..)| {
            Numbers::look(gather, 0, &[*column], rows.clone(), Some(Decimal::Comma), &crate::error::column_letters(*column))
        })
        .collect();
    let count = read_rows(gather, sheet, &layout, year, &mut numbers);
    finish(gather, sheet, &layout, &numbers, count);
}

/// Without a header a person must say what the two numbers are; the larger share of evidence is told in the question.
fn confirm_columns(gather: &mut Gather<'_>) -> bool {
    use crate::import::describe::Choice;
    let question = "Filen saknar rubrikrad. Är kolumn B antal anmälda brott och kolumn C antal per 100 000 invånare?".to_owned();
    let choices = vec![Choice::new("yes", "Ja, som i Brås fil för 2021"), Choice::new("no", "Nej, läs inte in filen")];
    gather.ask("columns", question, choices, Vec::new()).as_deref() == Some("yes")
}

fn title_year(sheet: &Sheet, layout: &Layout) -> Option<i32> {
    let titles = header::titles(sheet, layout.header?);
    gather::year_in(&titles.join(" "))
}

fn read_rows(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, year: Option<i32>, numbers: &mut [Numbers]) -> u32 {
    let open = layout.header.is_none() && gather.doubts.iter().any(|doubt| doubt.id == "columns" && doubt.answer.as_deref() != Some("yes"));
    let period = year.filter(|_| !open).map(|year| gather.period(period::of(year, period::Part::Whole)));
    let breakdown = gather.breakdown(BTreeMap::new());
    let indicator = gather.indicator(&["Totalt antal brott"]);
    let mut count = 0;
    for row in layout.first()..sheet.rows() {
        let name = sheet.cell(row, layout.area).label();
        if name.is_empty() || header::is_note(sheet, row) {
            continue;
        }
        count += 1;
        let area = gather.area(&name);
        for ((column, unit, _), numbers) in layout.values.iter().zip(numbers.iter_mut()) {
            let cell = sheet.cell(row, *column);
            let at = header::at(0, row, *column);
            numbers.example(cell);
            let taken = numbers.take(cell);
            let series = gather.series(area, indicator, breakdown, *unit);
            match period {
                Some(period) => gather.put(series, period, false, at, taken),
                None => gather.reject(at, UNANSWERED),
            }
        }
    }
    count
}

fn finish(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, numbers: &[Numbers], count: u32) {
    let rows = layout.first()..sheet.rows();
    let mut columns = vec![header::dimension(sheet, layout.area, "Kommun", "area", rows.clone())];
    for ((column, unit, name), numbers) in layout.values.iter().zip(numbers) {
        let mut described = numbers.describe(Column::new(*column, name, "value"));
        described.unit = Some(unit.word().to_owned());
        columns.push(described);
    }
    gather.prove_columns(&columns);
    gather.tables.push(Table {
        sheet: gather.sheet_name(0),
        header_rows: layout.header.map(|row| row as u32 + 1).into_iter().collect(),
        first_data_row: layout.first() as u32 + 1,
        rows: count,
        columns,
        footnotes: rows
            .filter(|row| header::is_note(sheet, *row))
            .map(|row| sheet.cell(row, 0).label())
            .filter(|t| !t.is_empty())
            .collect(),
        totals: Vec::new(),
        sums: Vec::new(),
    });
}
