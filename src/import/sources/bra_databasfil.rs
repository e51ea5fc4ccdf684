//! The national database's `Databasfil.txt`: one row per area, crime and period, with count and rate side by side.
//!
//! Year and period swap places between yearly and monthly rows, and the parents of a chosen crime are echoed with `..`.
//! This is the file with the most rows, so names are looked up only when they change from the row above.

use super::{Look, Recognition, Source};
use crate::error::Result;
use crate::import::batch::{CellRef, Dataset, Unit};
use crate::import::column::Numbers;
use crate::import::describe::{Column, Kind, Perspective, Table};
use crate::import::gather::Gather;
use crate::import::grid::{Cell, Sheet};
use crate::import::number::Decimal;
use crate::import::{header, period, unit};
use std::collections::{BTreeMap, HashMap};

pub static SOURCE: Source = Source {
    id: "bra_databasfil",
    title: "Brås statistikdatabas, Databasfil.txt",
    kind: Kind::Statistics,
    perspective: Perspective::Police,
    recognise,
    read,
};

/// Where the columns stand.
#[derive(Debug, Clone)]
struct Layout {
    region: usize,
    crime: usize,
    year: usize,
    period: usize,
    values: Vec<(usize, Unit)>,
}

fn layout(words: &[String]) -> Option<Layout> {
    let values: Vec<(usize, Unit)> = words
        .iter()
        .enumerate()
        .filter(|(_, word)| *word == "antal" || word.starts_with("/100") || word.starts_with("per 100") || word.starts_with("antal brott per"))
        .filter_map(|(column, word)| unit::find(word).map(|unit| (column, unit)))
        .collect();
    let found = Layout {
        region: header::column(words, &["region", "område"])?,
        crime: header::column(words, &["brott", "brottstyp", "brottskod"])?,
        year: header::column(words, &["år"])?,
        period: header::column(words, &["period"])?,
        values,
    };
    (!found.values.is_empty()).then_some(found)
}

fn recognise(look: &Look<'_>) -> Recognition {
    match look.grid.sheets.first().and_then(|sheet| header::find(sheet, layout)) {
        Some((row, _)) => Recognition::Certain(format!("rad {} har rubrikerna Region, Brott, År, Period och Antal", row + 1)),
        None => Recognition::No,
    }
}

fn read(gather: &mut Gather<'_>) -> Result<()> {
    let Some(sheet) = gather.grid.sheets.first() else { return Ok(()) };
    let Some((header_row, layout)) = header::find(sheet, layout) else { return Ok(()) };
    gather.batch.dataset = Dataset { publisher: "Brå".to_owned(), name: "Anmälda brott".to_owned() };
    let rows = header_row + 1..sheet.rows();
    let mut reader = Reader::new(gather, &layout, rows.clone());
    let mut data_rows = 0;
    let mut footnotes = Vec::new();
    for row in rows.clone() {
        match reader.row(gather, sheet, row) {
            Line::Data => data_rows += 1,
            Line::Note(text) => footnotes.push(text),
            Line::Blank => {}
        }
    }
    let columns = reader.describe(gather, sheet, header_row, rows);
    gather.tables.push(Table {
        sheet: None,
        header_rows: vec![header_row as u32 + 1],
        first_data_row: header_row as u32 + 2,
        rows: data_rows,
        columns,
        footnotes,
        totals: Vec::new(),
    });
    Ok(())
}

enum Line {
    Data,
    Note(String),
    Blank,
}

/// Reads rows; remembers the names of the row above.
struct Reader<'g> {
    layout: Layout,
    numbers: Vec<Numbers>,
    breakdown: u32,
    region: (&'g str, u32),
    crime: (&'g str, u32),
    crimes: HashMap<&'g str, u32>,
    stretch: (&'g str, &'g str, Option<(u32, bool)>),
    /// Series per value column for the current area and crime.
    series: Vec<u32>,
}

/// Cells that a row can have before the rest is of no interest.
const WIDEST: usize = 24;

impl<'g> Reader<'g> {
    fn new(gather: &mut Gather<'g>, layout: &Layout, rows: std::ops::Range<usize>) -> Self {
        let look = |&(column, _): &(usize, Unit), gather: &mut Gather<'g>| {
            let id = crate::error::column_letters(column);
            Numbers::look(gather, 0, &[column], rows.clone(), Some(Decimal::Comma), &id)
        };
        let numbers = layout.values.iter().map(|value| look(value, gather)).collect();
        let breakdown = gather.breakdown(BTreeMap::new());
        Self {
            layout: layout.clone(),
            numbers,
            breakdown,
            region: ("", u32::MAX),
            crime: ("", u32::MAX),
            crimes: HashMap::new(),
            stretch: ("", "", None),
            series: Vec::new(),
        }
    }

    fn row(&mut self, gather: &mut Gather<'g>, sheet: &'g Sheet, row: usize) -> Line {
        let mut cells = [Cell::Empty; WIDEST];
        for (slot, cell) in cells.iter_mut().zip(sheet.cells(row)) {
            *slot = cell;
        }
        let text = |column: usize| cells.get(column).and_then(Cell::as_text).unwrap_or("");
        let (region, crime) = (text(self.layout.region), text(self.layout.crime));
        if region.is_empty() || crime.is_empty() {
            return side_line(sheet, row);
        }
        self.names(gather, region, crime);
        self.period(gather, cells.get(self.layout.year).copied(), cells.get(self.layout.period).copied());
        self.values(gather, &cells, row);
        Line::Data
    }

    fn names(&mut self, gather: &mut Gather<'g>, region: &'g str, crime: &'g str) {
        if region == self.region.0 && crime == self.crime.0 {
            return;
        }
        if region != self.region.0 {
            self.region = (region, gather.area(&clean(region)));
        }
        if crime != self.crime.0 {
            let index = *self.crimes.entry(crime).or_insert_with(|| gather.indicator(&[&clean(crime)]));
            self.crime = (crime, index);
        }
        let (area, crime, breakdown) = (self.region.1, self.crime.1, self.breakdown);
        self.series.clear();
        self.series.extend(self.layout.values.iter().map(|&(_, unit)| gather.series(area, crime, breakdown, unit)));
    }

    fn period(&mut self, gather: &mut Gather<'g>, year: Option<Cell<'g>>, part: Option<Cell<'g>>) {
        let (Some(Cell::Text(year)), Some(Cell::Text(part))) = (year, part) else {
            self.stretch = ("", "", None);
            return;
        };
        if (year, part) != (self.stretch.0, self.stretch.1) {
            let found = period::combine(&clean(year), &clean(part));
            self.stretch = (year, part, found.map(|stretch| (gather.period(stretch.period), stretch.preliminary)));
        }
    }

    fn values(&mut self, gather: &mut Gather<'g>, cells: &[Cell<'g>], row: usize) {
        for ((&(column, _), numbers), &series) in self.layout.values.iter().zip(&mut self.numbers).zip(&self.series) {
            let cell = cells.get(column).copied().unwrap_or(Cell::Empty);
            let at = CellRef { sheet: 0, row: row as u32, column: column as u16 };
            let Some((period, preliminary)) = self.stretch.2 else {
                gather.reject(at, "perioden på raden kan inte läsas");
                continue;
            };
            if numbers.wants_examples() {
                numbers.example(cell);
            }
            gather.put(series, period, preliminary, at, numbers.take(cell));
        }
    }

    fn describe(&self, gather: &mut Gather<'_>, sheet: &Sheet, header_row: usize, rows: std::ops::Range<usize>) -> Vec<Column> {
        let name = |column: usize| sheet.cell(header_row, column).label();
        let roles = [(self.layout.region, "area"), (self.layout.crime, "indicator"), (self.layout.year, "period"), (self.layout.period, "period")];
        let mut columns: Vec<(usize, Column)> =
            roles.iter().map(|&(column, role)| (column, header::dimension(sheet, column, &name(column), role, rows.clone()))).collect();
        for (&(column, unit), numbers) in self.layout.values.iter().zip(&self.numbers) {
            let mut described = numbers.describe(Column::new(column, &name(column), "value"));
            described.unit = Some(unit.word().to_owned());
            gather.prove(numbers.proof(&described));
            columns.push((column, described));
        }
        columns.sort_by_key(|(column, _)| *column);
        columns.into_iter().map(|(_, column)| column).collect()
    }
}

/// The export writes some spaces as the entity, literally.
fn clean(text: &str) -> String {
    if !text.contains("&nbsp;") && !text.contains('\u{a0}') {
        return text.trim().to_owned();
    }
    text.replace("&nbsp;", " ").replace('\u{a0}', " ").trim().to_owned()
}

fn side_line(sheet: &Sheet, row: usize) -> Line {
    if header::is_note(sheet, row) {
        let text = sheet.cells(row).find_map(|cell| cell.as_text().map(str::to_owned));
        return text.map_or(Line::Blank, Line::Note);
    }
    Line::Blank
}
