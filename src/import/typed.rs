//! Numbers that exist only on paper or in a PDF, typed in or pasted: indicators down, periods across, read by the same rules
//! as a file. The table as it stands becomes a grid of its own, so that a figure can show its cell.

use super::batch::{CellRef, Dataset, Reading, Unit, Value};
use super::column::{Numbers, Taken, swedish};
use super::describe::{Answers, Column, Description, Kind, Perspective, Table};
use super::gather::{Closed, Gather};
use super::grid::{Grid, Sheet, SheetWriter};
use super::{Inspected, area, period};
use crate::checked::Warning;
use crate::error::Place;
use crate::reference::{self, Known};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Id of this way of reading, where a file has the id of its source.
pub const READER: &str = "typed";
/// The unit of a row that says how many answered the row above.
pub const ANSWERED: &str = "n";
/// The outermost step of such a row's indicator, so that it is never taken for what it answers.
pub const ANSWERED_PATH: &str = "Antal svarande (n)";
/// Units that a row can have, as the screen offers them.
const UNITS: [Unit; 8] =
    [Unit::Count, Unit::Percent, Unit::Per1000, Unit::Per100k, Unit::Mean, Unit::Share, Unit::ThousandSek, Unit::Other];
const NAME_COLUMN: usize = 0;
const UNIT_COLUMN: usize = 1;
const FIRST_VALUE: usize = 2;
/// A value so many times larger than every other in its row is pointed out.
const STANDS_OUT: f64 = 10.0;

/// A table as typed: row 1 of its grid holds the periods, from column C; each row names its indicator in A and its unit in B.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct TypedTable {
    /// The source that this table replaces when it is saved; none for a new one.
    #[serde(default)]
    pub id: Option<u32>,
    pub title: String,
    pub publisher: String,
    /// Where the numbers stand: "sida 14 i rapporten".
    pub stands: String,
    #[serde(default)]
    pub perspective: Option<Perspective>,
    pub area: String,
    /// As typed: `2024`, `2025 prel.`, `2024-Q1`.
    pub periods: Vec<String>,
    pub rows: Vec<TypedRow>,
    /// Doubt id → chosen answer.
    #[serde(default)]
    pub answers: Answers,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TypedRow {
    pub indicator: String,
    /// A unit's word (`antal`, `procent` …), or `n` for how many answered the row above; empty until chosen.
    pub unit: String,
    /// One per period, as typed; an empty cell is nothing at all, `..` a missing value.
    pub cells: Vec<String>,
}

impl TypedTable {
    /// The table as a sheet, cell by cell where the person sees it.
    fn grid(&self) -> Grid {
        let mut writer = SheetWriter::new(if self.title.trim().is_empty() { "Tabell" } else { self.title.trim() });
        for head in ["Uppgift", "Enhet"].into_iter().chain(self.periods.iter().map(|p| p.trim())) {
            writer.text(head);
        }
        writer.end_row();
        for row in &self.rows {
            for text in [row.indicator.as_str(), row.unit.as_str()].into_iter().chain(row.cells.iter().map(String::as_str)) {
                writer.text(text.trim());
            }
            writer.end_row();
        }
        Grid { sheets: vec![writer.finish()] }
    }

    /// Without the empty rows at its foot.
    pub fn trimmed(mut self) -> Self {
        let filled = |row: &TypedRow| !row.indicator.trim().is_empty() || row.cells.iter().any(|cell| !cell.trim().is_empty());
        self.rows.truncate(self.rows.iter().rposition(filled).map_or(0, |last| last + 1));
        self
    }

    /// Periods and rows out of a grid that was kept, to be changed by hand.
    pub fn fill(&mut self, sheet: &Sheet) {
        let texts = |row: usize| sheet.cells(row).map(|cell| cell.label()).collect::<Vec<_>>();
        self.periods = texts(0).into_iter().skip(FIRST_VALUE).collect();
        let width = self.periods.len();
        self.rows = (1..sheet.rows())
            .map(|row| {
                let mut cells = texts(row).into_iter();
                let (indicator, unit) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
                TypedRow { indicator, unit, cells: cells.chain(std::iter::repeat_n(String::new(), width)).take(width).collect() }
            })
            .collect();
    }
}

/// Reads a typed table; the same answer as for a file. A cell that cannot be read is a rejection with its reason.
pub fn read(table: &TypedTable, known: &Known<'_>) -> Inspected {
    let grid = table.grid();
    let mut gather = Gather::new(&table.stands, &grid, *known, &table.answers);
    gather.batch.dataset = Dataset { publisher: table.publisher.trim().to_owned(), name: dataset_name(&table.title) };
    let columns: Vec<usize> = (FIRST_VALUE..FIRST_VALUE + table.periods.len()).collect();
    let mut numbers = Numbers::look(&mut gather, 0, &columns, 1..table.rows.len() + 1, None, READER);
    let periods = periods(&mut gather, table);
    let area = gather.area(table.area.trim());
    for at in 0..table.rows.len() {
        read_row(&mut gather, table, at, &Across { area, periods: &periods }, &mut numbers);
    }
    prove(&mut gather, table, &numbers);
    gather.tables.push(describe(table, &grid, &numbers));
    let closed = gather.close();
    finish(table, grid, closed)
}

/// A table typed from a report is not the publisher's own file, and never takes its place.
pub fn dataset_name(title: &str) -> String {
    format!("{} (inskriven)", title.trim())
}

/// What holds for every row: the place, and per column its period and whether it is preliminary.
struct Across<'t> {
    area: u32,
    periods: &'t [Option<(u32, bool)>],
}

fn periods(gather: &mut Gather<'_>, table: &TypedTable) -> Vec<Option<(u32, bool)>> {
    let stretch = |text: &String| {
        let stretch = period::parse(text.trim())?;
        Some((gather.period(stretch.period), stretch.preliminary))
    };
    table.periods.iter().map(stretch).collect()
}

fn read_row(gather: &mut Gather<'_>, table: &TypedTable, at: usize, across: &Across<'_>, numbers: &mut [Numbers]) {
    let counted = counted(table, at);
    let Some(sheet) = gather.grid.sheets.first() else { return };
    let first_new = gather.batch.values.len();
    for ((index, typed), numbers) in table.periods.iter().enumerate().zip(numbers.iter_mut()) {
        let cell = sheet.cell(at + 1, FIRST_VALUE + index);
        if cell.is_blank() {
            continue;
        }
        let place = cell_at(at, FIRST_VALUE + index);
        numbers.example(cell);
        let taken = numbers.take(cell);
        match (&counted, across.periods.get(index).copied().flatten()) {
            (Err(reason), _) => gather.reject(place, reason),
            (_, None) => gather.reject(place, &no_period(typed)),
            (Ok(counted), Some(_)) if counted.is_n && not_whole(taken) => {
                gather.reject(place, "antal svarande är ett heltal, noll eller mer")
            }
            (Ok(counted), Some((period, preliminary))) => {
                let path: Vec<&str> = counted.path.iter().map(String::as_str).collect();
                let indicator = gather.indicator(&path);
                let breakdown = gather.breakdown(BTreeMap::new());
                let series = gather.series(across.area, indicator, breakdown, counted.unit);
                gather.put(series, period, preliminary, place, taken);
            }
        }
    }
    if let Ok(counted) = counted {
        point_out(gather, first_new, &counted);
    }
}

fn cell_at(row: usize, column: usize) -> CellRef {
    CellRef { sheet: 0, row: row as u32 + 1, column: column as u16 }
}

fn no_period(typed: &str) -> String {
    match typed.trim() {
        "" => "kolumnen har inget årtal".to_owned(),
        text => format!("kolumnens rubrik ”{text}” är inget år och ingen annan period"),
    }
}

fn not_whole(taken: Taken<'_>) -> bool {
    matches!(taken, Taken::Number(number) if number < 0.0 || number.fract() != 0.0)
}

/// What a row counts.
struct Counted {
    path: Vec<String>,
    unit: Unit,
    is_n: bool,
}

fn counted(table: &TypedTable, at: usize) -> Result<Counted, &'static str> {
    let row = table.rows.get(at).ok_or("raden finns inte")?;
    if row.unit == ANSWERED {
        let above = table.rows.get(..at).unwrap_or_default().iter().rev().find(|above| above.unit != ANSWERED);
        let name = above.map(|above| above.indicator.trim()).filter(|name| !name.is_empty());
        let name = name.ok_or("raden ovanför, som svaren gäller, saknar namn")?;
        return Ok(Counted { path: vec![ANSWERED_PATH.to_owned(), name.to_owned()], unit: Unit::Count, is_n: true });
    }
    let name = Some(row.indicator.trim()).filter(|name| !name.is_empty()).ok_or("raden saknar namn på uppgiften")?;
    let unit = UNITS.into_iter().find(|unit| unit.word() == row.unit).ok_or("raden saknar enhet")?;
    Ok(Counted { path: vec![name.to_owned()], unit, is_n: false })
}

/// What a slip on the keys most often looks like. It is said, never changed.
fn point_out(gather: &mut Gather<'_>, first: usize, counted: &Counted) {
    let number = |value: &Value| if let Reading::Number(number) = value.reading { Some((number, value.cell)) } else { None };
    let numbers: Vec<(f64, CellRef)> = gather.batch.values.get(first..).unwrap_or_default().iter().filter_map(number).collect();
    for (number, cell) in &numbers {
        let others = || numbers.iter().filter(|(_, other)| other != cell).map(|(other, _)| other.abs());
        let largest = others().fold(0.0, f64::max);
        let shown = swedish(*number);
        let said = if counted.unit == Unit::Count && number.fract() != 0.0 {
            format!("{shown} är inte ett helt antal.")
        } else if counted.unit == Unit::Percent && !(-100.0..=100.0).contains(number) {
            format!("{shown} procent är mer än alla.")
        } else if numbers.len() > 2 && largest >= 1.0 && number.abs() >= largest * STANDS_OUT {
            format!("{shown} är {} gånger större än det största av de andra på raden.", swedish((number.abs() / largest).floor()))
        } else {
            continue;
        };
        let place = Place { row: Some(cell.row + 1), column: Some(crate::error::column_letters(cell.column.into())), ..Place::default() };
        gather.warnings.push(Warning::new(said).at(place).hint("Jämför med källan innan du sparar."));
    }
}

fn prove(gather: &mut Gather<'_>, table: &TypedTable, numbers: &[Numbers]) {
    if !table.area.trim().is_empty() {
        gather.prove(format!("Område: {}", area_words(&table.area, &gather.known)));
    }
    let labels: Vec<&str> = gather.batch.periods.iter().map(|period| period.label.as_str()).collect();
    if let (Some(first), Some(last)) = (labels.iter().min(), labels.iter().max()) {
        let words = if first == last { (*first).to_owned() } else { format!("{first}–{last}, {} kolumner", labels.len()) };
        gather.prove(format!("Period: {words}"));
    }
    gather.prove_columns(&values(table, numbers).collect::<Vec<_>>());
}

fn area_words(text: &str, known: &Known<'_>) -> String {
    match (area::certain(text, known), reference::meant(text)) {
        (Some(area), _) => area.code.map_or(area.name.clone(), |code| format!("{} ({code})", area.name)),
        (None, Some(meant)) => format!("”{}” är ingen kommun vi känner till. Menade du {}?", text.trim(), meant.name),
        (None, None) => format!("”{}”, en plats som inte finns bland kommuner och län", text.trim()),
    }
}

fn values(table: &TypedTable, numbers: &[Numbers]) -> impl Iterator<Item = Column> {
    let heads = table.periods.iter().zip(numbers).enumerate();
    heads.map(|(index, (head, numbers))| numbers.describe(Column::new(FIRST_VALUE + index, head.trim(), "value")))
}

fn describe(table: &TypedTable, grid: &Grid, numbers: &[Numbers]) -> Table {
    let heads = [(NAME_COLUMN, "Uppgift", "indicator"), (UNIT_COLUMN, "Enhet", "unit")];
    Table {
        sheet: grid.sheets.first().map(|sheet| sheet.name.clone()),
        header_rows: vec![1],
        first_data_row: 2,
        rows: table.rows.len() as u32,
        columns: heads.map(|(at, name, role)| Column::new(at, name, role)).into_iter().chain(values(table, numbers)).collect(),
        ..Table::default()
    }
}

fn finish(table: &TypedTable, grid: Grid, closed: Closed) -> Inspected {
    let description = Description {
        file: table.stands.trim().to_owned(),
        format: READER.to_owned(),
        encoding: None,
        delimiter: None,
        tables: closed.tables,
        kind: Kind::Statistics,
        recipe: READER.to_owned(),
        doubts: closed.doubts,
        proof: closed.proof,
        tally: closed.tally,
    };
    Inspected {
        headers: super::memory::Headers::default(),
        description,
        grid,
        batch: closed.batch,
        tally: closed.tally,
        rejections: closed.rejections,
        warnings: closed.warnings,
        kind: Kind::Statistics,
        perspective: table.perspective.unwrap_or(Perspective::Reference),
        person_data: false,
        rest: None,
    }
}
