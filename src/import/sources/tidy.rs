//! Tidy tables: one row per area and period, a column per measure (SCB, Kolada and other reference statistics).

use super::{Look, Recognition, Source};
use crate::error::column_letters;
use crate::import::batch::{AreaLevel, AreaRef, Dataset, Unit};
use crate::import::column::Numbers;
use crate::import::describe::{Column, Kind, Perspective, Table};
use crate::import::gather::Gather;
use crate::import::grid::{Cell, Sheet};
use crate::import::number::{self, Missing, Shape};
use crate::import::{area, header, period, unit};
use std::collections::{BTreeMap, BTreeSet};

pub static SOURCE: Source = Source {
    id: "tidy",
    title: "statistik med en rad per område och år, från till exempel SCB eller Kolada",
    kind: Kind::Statistics,
    perspective: Perspective::Reference,
    recognise,
    read,
};

const AREA_WORDS: [&str; 16] = [
    "kommun/landsting",
    "kommun/region",
    "region",
    "kommun",
    "stadsdel",
    "stadsdelsområde",
    "stadsdelsnämnd",
    "basområde",
    "deso",
    "tätort",
    "område",
    "kommunkod",
    "municipality",
    "kommunnamn",
    "län",
    "regionkod",
];
/// Area columns whose unknown names are districts; in the others an unknown name is a place.
const DISTRICT_WORDS: [&str; 3] = ["stadsdel", "stadsdelsområde", "stadsdelsnämnd"];
/// Columns that divide the rows even when they hold only digits.
const DIVIDING_WORDS: [&str; 4] = ["ålder", "age", "kön", "årskurs"];
const INDICATOR_WORDS: [&str; 5] = ["nyckeltal", "indikator", "mått", "variabel", "tabellinnehåll"];
const TIME_WORDS: [&str; 6] = ["år", "tid", "period", "year", "månad", "kvartal"];

struct Layout {
    sheet: usize,
    header: usize,
    area: usize,
    /// None when the year stands in the value headers.
    time: Option<usize>,
    /// The column that names what each row measures; only with a single value column.
    indicator: Option<usize>,
    dimensions: Vec<(usize, String)>,
    values: Vec<Measure>,
}

struct Measure {
    column: usize,
    header: String,
    name: String,
    unit: Unit,
    stretch: Option<period::Stretch>,
}

fn layout(look: &Look<'_>) -> Option<Layout> {
    look.grid.sheets.iter().enumerate().find_map(|(index, sheet)| {
        let found = header::find(sheet, |words| Some((header::column(words, &AREA_WORDS)?, header::column(words, &TIME_WORDS))))?;
        complete(look, sheet, index, found.0, found.1.0, found.1.1)
    })
}

fn complete(look: &Look<'_>, sheet: &Sheet, index: usize, header_row: usize, area: usize, time: Option<usize>) -> Option<Layout> {
    let sample: Vec<usize> = (header_row + 1..sheet.rows()).filter(|row| sheet.width(*row) > 1).take(200).collect();
    let places = sample.iter().filter(|row| area::certain(&sheet.cell(**row, area).label(), &look.known).is_some()).count();
    let timed = |column: usize| {
        sample.iter().filter(|row| period::parse(&sheet.cell(**row, column).label()).is_some()).count() * 10 >= sample.len() * 9
    };
    // With the years in a column of their own, the header says enough: the places may be ones that no register knows.
    let named = places * 2 >= sample.len() || time.is_some();
    if sample.is_empty() || !named || time.is_some_and(|column| !timed(column) || has_days(sheet, column, &sample)) {
        return None;
    }
    let mut layout = Layout { sheet: index, header: header_row, area, time, indicator: None, dimensions: Vec::new(), values: Vec::new() };
    for column in (0..sheet.width(header_row)).filter(|column| *column != area && Some(*column) != time) {
        let name = sheet.cell(header_row, column).label();
        let word = header::word(&name);
        let code = word.ends_with("kod");
        if is_numeric(sheet, column, &sample) && !code && !DIVIDING_WORDS.contains(&word.as_str()) {
            layout.values.push(measure(column, name));
        } else if !(names_same_area(look, sheet, &sample, area, column) || code && goes_with(sheet, &sample, area, column)) {
            layout.dimensions.push((column, name));
        }
    }
    layout.take_indicator();
    let dated = time.is_some() || layout.values.iter().all(|measure| measure.stretch.is_some());
    (dated && !layout.values.is_empty()).then_some(layout)
}

impl Layout {
    /// Region, ålder, år and Folkmängd together: only the population statistics write so.
    fn is_population(&self) -> bool {
        let aged = self.dimensions.iter().any(|(_, name)| header::word(name) == "ålder");
        aged && self.time.is_some() && self.values.iter().any(|measure| header::word(&measure.header) == "folkmängd")
    }

    fn take_indicator(&mut self) {
        let named = self.dimensions.iter().position(|(_, name)| INDICATOR_WORDS.contains(&header::word(name).as_str()));
        if let Some(index) = named.filter(|_| self.values.len() == 1) {
            self.indicator = Some(self.dimensions.remove(index).0);
        }
    }
}

fn is_numeric(sheet: &Sheet, column: usize, sample: &[usize]) -> bool {
    let mut numbers = 0;
    for &row in sample {
        match sheet.cell(row, column) {
            Cell::Number(_) => numbers += 1,
            Cell::Empty => {}
            Cell::Text(text) if number::shape(text) != Shape::Text => numbers += 1,
            Cell::Text(text) if number::missing(text) != Missing::No => {}
            _ => return false,
        }
    }
    numbers > 0
}

/// Single days are events, not periods of statistics.
fn has_days(sheet: &Sheet, column: usize, sample: &[usize]) -> bool {
    let day = |stretch: period::Stretch| stretch.period.start == stretch.period.end;
    sample.iter().filter_map(|row| period::parse(&sheet.cell(*row, column).label())).any(day)
}

/// A code that always stands beside the same place adds nothing.
fn goes_with(sheet: &Sheet, sample: &[usize], area: usize, column: usize) -> bool {
    let mut codes: BTreeMap<String, String> = BTreeMap::new();
    sample.iter().all(|row| {
        let code = sheet.cell(*row, column).label();
        codes.entry(sheet.cell(*row, area).label()).or_insert_with(|| code.clone()) == &code
    })
}

/// A second column with the same places (code and name) adds nothing.
fn names_same_area(look: &Look<'_>, sheet: &Sheet, sample: &[usize], area: usize, column: usize) -> bool {
    sample.iter().all(|row| {
        let (one, other) = (sheet.cell(*row, area).label(), sheet.cell(*row, column).label());
        area::certain(&other, &look.known).is_some_and(|place| Some(place) == area::certain(&one, &look.known))
    })
}

/// `Medelvärde, tkr 2015` → name, unit and year.
fn measure(column: usize, header: String) -> Measure {
    let (stem, stretch) = match header.rsplit_once(' ') {
        Some((stem, tail)) if period::year(tail).is_some() => (stem, period::parse(tail)),
        _ => (header.as_str(), None),
    };
    let unit = [stem.rsplit(',').next().unwrap_or(""), stem].iter().find_map(|part| unit::find(part)).unwrap_or(Unit::Other);
    Measure { column, name: unit::without(stem).to_owned(), unit, stretch, header }
}

pub(in crate::import) fn recognise(look: &Look<'_>) -> Recognition {
    match layout(look) {
        Some(found) if found.is_population() => {
            Recognition::Certain(format!("rad {} har befolkningsstatistikens rubriker", found.header + 1))
        }
        Some(found) => Recognition::Likely(format!("rad {} har en kolumn för område, tid och värden", found.header + 1)),
        None => Recognition::No,
    }
}

pub(in crate::import) fn read(gather: &mut Gather<'_>) {
    let look = Look { grid: gather.grid, known: gather.known, given: gather.given };
    let Some(layout) = layout(&look) else { return };
    let Some(sheet) = gather.grid.sheets.get(layout.sheet) else { return };
    gather.batch.dataset = dataset(&layout);
    let rows = layout.header + 1..sheet.rows();
    let mut numbers = Vec::new();
    for measure in &layout.values {
        numbers.push(Numbers::look(gather, layout.sheet, &[measure.column], rows.clone(), None, &column_letters(measure.column)));
    }
    let kept = kept_dimensions(gather, sheet, &layout);
    let mut count = 0;
    for row in rows.clone().filter(|row| sheet.width(*row) > 1) {
        read_row(gather, sheet, &layout, &kept, row, &mut numbers);
        count += 1;
    }
    tell_unknown(gather, &layout);
    describe(gather, sheet, &layout, &numbers, count);
}

/// SCB is named only by what SCB alone writes: population by region and age.
fn dataset(layout: &Layout) -> Dataset {
    if layout.indicator.is_some() && layout.values.iter().all(|measure| header::word(&measure.header) == "visat värde") {
        return Dataset { publisher: "Kolada".to_owned(), name: "Nyckeltal".to_owned() };
    }
    let population = layout.values.iter().any(|measure| measure.name == "Folkmängd");
    let (publisher, name) = if population { ("SCB", "Folkmängd") } else { ("Okänd utgivare", "Statistik per område och år") };
    Dataset { publisher: publisher.to_owned(), name: name.to_owned() }
}

/// A dimension that says "total" on every row is no breakdown.
fn kept_dimensions(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout) -> Vec<(usize, String)> {
    let mut kept = Vec::new();
    for (column, name) in &layout.dimensions {
        let values: BTreeSet<String> =
            (layout.header + 1..sheet.rows()).map(|row| sheet.cell(row, *column).label()).filter(|v| !v.is_empty()).collect();
        let only = values.first().filter(|_| values.len() == 1).map(|value| value.to_lowercase());
        if only.is_some_and(|value| ["total", "samtliga", "alla"].iter().any(|word| value.starts_with(word))) {
            gather.prove(format!("Kolumn {} ”{name}” är densamma på alla rader och räknas som totalen.", column_letters(*column)));
        } else {
            kept.push((*column, name.clone()));
        }
    }
    kept
}

fn place(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, row: usize) -> u32 {
    let label = sheet.cell(row, layout.area).label();
    let resolved = area::resolve(&label, &gather.known);
    let district = DISTRICT_WORDS.contains(&header::word(&sheet.cell(layout.header, layout.area).label()).as_str());
    if district && resolved.level == AreaLevel::Place {
        return gather.area_ref(AreaRef { level: AreaLevel::District, ..resolved });
    }
    gather.area(&label)
}

/// Names that no register of municipalities holds are told, so that a misspelt one is seen.
fn tell_unknown(gather: &mut Gather<'_>, layout: &Layout) {
    let unknown = |area: &&AreaRef| matches!(area.level, AreaLevel::District | AreaLevel::Place);
    let names: Vec<String> = gather.batch.areas.iter().filter(unknown).map(|area| area.name.clone()).collect();
    if let Some(first) = names.first() {
        let column = column_letters(layout.area);
        gather.prove(format!("Kolumn {column} har {} namn som inte är kommuner eller län, till exempel ”{first}”.", names.len()));
    }
}

fn read_row(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, kept: &[(usize, String)], row: usize, numbers: &mut [Numbers]) {
    let area = place(gather, sheet, layout, row);
    let shared = layout.time.and_then(|column| period::parse(&sheet.cell(row, column).label()));
    let breakdown: BTreeMap<String, String> = kept.iter().map(|(column, name)| (name.clone(), sheet.cell(row, *column).label())).collect();
    let breakdown = gather.breakdown(breakdown);
    for (measure, numbers) in layout.values.iter().zip(numbers) {
        let cell = sheet.cell(row, measure.column);
        let at = header::at(layout.sheet, row, measure.column);
        let Some(stretch) = shared.clone().or_else(|| measure.stretch.clone()) else {
            gather.reject(at, "perioden på raden kan inte läsas");
            continue;
        };
        numbers.example(cell);
        let period = gather.period(stretch.period);
        let named = layout.indicator.map(|column| sheet.cell(row, column).label()).filter(|label| !label.is_empty());
        let unit = named.as_deref().and_then(unit::find).unwrap_or(measure.unit);
        let indicator = gather.indicator(&[named.as_deref().map_or(measure.name.as_str(), unit::without)]);
        let series = gather.series(area, indicator, breakdown, unit);
        gather.put(series, period, stretch.preliminary, at, numbers.take(cell));
    }
}

fn describe(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, numbers: &[Numbers], count: u32) {
    let rows = layout.header + 1..sheet.rows();
    // Notes below the data are no examples.
    let last = rows.clone().rev().find(|row| sheet.width(*row) > 1).map_or(rows.end, |row| row + 1);
    let data = rows.start..last;
    let name = |column: usize| sheet.cell(layout.header, column).label();
    let mut columns = vec![(layout.area, header::dimension(sheet, layout.area, &name(layout.area), "area", data.clone()))];
    columns.extend(layout.time.map(|time| (time, header::dimension(sheet, time, &name(time), "period", data.clone()))));
    columns.extend(layout.indicator.map(|column| (column, header::dimension(sheet, column, &name(column), "indicator", data.clone()))));
    columns.extend(
        layout.dimensions.iter().map(|(column, name)| (*column, header::dimension(sheet, *column, name, "breakdown", data.clone()))),
    );
    for (measure, numbers) in layout.values.iter().zip(numbers) {
        let mut column = numbers.describe(Column::new(measure.column, &measure.header, "value"));
        column.unit = Some(measure.unit.word().to_owned());
        gather.prove(numbers.proof(&column));
        columns.push((measure.column, column));
    }
    columns.sort_by_key(|(column, _)| *column);
    gather.tables.push(Table {
        sheet: gather.sheet_name(layout.sheet),
        header_rows: vec![layout.header as u32 + 1],
        first_data_row: layout.header as u32 + 2,
        rows: count,
        columns: columns.into_iter().map(|(_, column)| column).collect(),
        footnotes: rows
            .filter(|row| header::is_note(sheet, *row))
            .filter_map(|row| sheet.cells(row).find_map(|c| c.as_text().map(str::to_owned)))
            .collect(),
        totals: Vec::new(),
    });
}
