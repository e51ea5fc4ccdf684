//! The national database's `Databasfil.txt`: one row per area, crime and period, with count and rate side by side.
//!
//! Year and period swap places between yearly and monthly rows. The parents of a chosen crime stand before it, all `..`:
//! they are its path, since the same label occurs under several parents. This is the file with the most rows, so names are
//! looked up only when they change from the row above.

use super::{Look, Recognition, Source};
use crate::import::batch::{CellRef, Dataset, Unit};
use crate::import::column::{Numbers, Taken};
use crate::import::describe::{Column, Kind, Perspective, Table};
use crate::import::gather::Gather;
use crate::import::grid::{Cell, Sheet};
use crate::import::number::Decimal;
use crate::import::{header, period, unit};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
        .filter(|(_, word)| {
            *word == "antal" || word.starts_with("/100") || word.starts_with("per 100") || word.starts_with("antal brott per")
        })
        .filter_map(|(column, word)| unit::find(word).map(|unit| (column, unit)))
        .collect();
    let found = Layout {
        region: header::column(words, &["region", "område"])?,
        crime: header::column(words, &["brott", "brottstyp", "brottskod"])?,
        year: header::column(words, &["år"])?,
        period: header::column(words, &["period"])?,
        values,
    };
    let within = words.len() <= WIDEST;
    (within && !found.values.is_empty()).then_some(found)
}

fn recognise(look: &Look<'_>) -> Recognition {
    match look.grid.sheets.first().and_then(|sheet| header::find(sheet, layout)) {
        Some((row, _)) => Recognition::Certain(format!("rad {} har rubrikerna Region, Brott, År, Period och Antal", row + 1)),
        None => Recognition::No,
    }
}

fn read(gather: &mut Gather<'_>) {
    let Some(sheet) = gather.grid.sheets.first() else { return };
    let Some((header_row, layout)) = header::find(sheet, layout) else { return };
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
    reader.close_block(gather);
    reader.close_chain(gather);
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
}

enum Line {
    Data,
    Note(String),
    Blank,
}

/// A value cell that waits until the path of its crime is known.
struct Held<'g> {
    /// Index among the layout's value columns.
    value: usize,
    period: Option<(u32, bool)>,
    at: CellRef,
    taken: Taken<'g>,
}

/// Neighbouring rows of one crime, each period once.
#[derive(Default)]
struct Block<'g> {
    label: &'g str,
    cells: Vec<Held<'g>>,
}

impl Block<'_> {
    /// Nothing but missing values: an echoed parent, or a crime whose values are all withheld.
    fn silent(&self) -> bool {
        self.cells.iter().all(|held| matches!(held.taken, Taken::Missing(_)))
    }

    fn first_period(&self) -> Option<u32> {
        self.cells.first().and_then(|held| held.period).map(|(period, _)| period)
    }
}

/// Reads rows; remembers the names of the row above and the parents that lead to the next crime.
struct Reader<'g> {
    layout: Layout,
    numbers: Vec<Numbers>,
    breakdown: u32,
    region: (&'g str, u32),
    stretch: (&'g str, &'g str, Option<(u32, bool)>),
    stretches: HashMap<(&'g str, &'g str), Option<(u32, bool)>>,
    block: Block<'g>,
    /// Silent blocks since the last crime with values: its parents, outermost first.
    chain: Vec<Block<'g>>,
    /// Crimes that stand outermost: meeting one again starts a new chain.
    roots: Vec<&'g str>,
    /// Whether parents are echoed in this file at all.
    echoes: bool,
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
        let echoes = gather.grid.sheets.first().is_some_and(|sheet| echoes(sheet, layout, rows));
        Self {
            layout: layout.clone(),
            numbers,
            breakdown,
            region: ("", u32::MAX),
            stretch: ("", "", None),
            stretches: HashMap::new(),
            block: Block::default(),
            chain: Vec::new(),
            roots: Vec::new(),
            echoes,
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
        self.period(gather, cells.get(self.layout.year).copied(), cells.get(self.layout.period).copied());
        let again = self.stretch.2.map(|(period, _)| period) == self.block.first_period() && !self.block.cells.is_empty();
        if region != self.region.0 || crime != self.block.label || again {
            self.close_block(gather);
            self.block.label = crime;
        }
        if region != self.region.0 {
            self.close_chain(gather);
            self.region = (region, gather.area(&clean(region)));
        }
        self.values(&cells, row);
        Line::Data
    }

    /// The block is whole: a silent one may be a parent, one with values gets the parents before it as its path.
    fn close_block(&mut self, gather: &mut Gather<'g>) {
        let block = std::mem::take(&mut self.block);
        if block.cells.is_empty() {
            return;
        }
        if self.echoes && block.silent() {
            if self.roots.contains(&block.label) {
                self.close_chain(gather);
            }
            return self.chain.push(block);
        }
        let chain = std::mem::take(&mut self.chain);
        self.store(gather, &chain, block);
    }

    /// A chain that led to no values: its last link is a crime whose values are all withheld.
    fn close_chain(&mut self, gather: &mut Gather<'g>) {
        let mut chain = std::mem::take(&mut self.chain);
        if let Some(last) = chain.pop() {
            self.store(gather, &chain, last);
        }
    }

    fn store(&mut self, gather: &mut Gather<'g>, chain: &[Block<'g>], block: Block<'g>) {
        let labels: Vec<String> = chain.iter().map(|b| b.label).chain([block.label]).map(clean).collect();
        let root = chain.first().map_or(block.label, |b| b.label);
        if !self.roots.contains(&root) {
            self.roots.push(root);
        }
        let crime = gather.indicator(&labels.iter().map(String::as_str).collect::<Vec<_>>());
        let series: Vec<u32> =
            self.layout.values.iter().map(|&(_, unit)| gather.series(self.region.1, crime, self.breakdown, unit)).collect();
        for held in chain.iter().flat_map(|b| &b.cells) {
            gather.echo(held.at);
        }
        for held in block.cells {
            match (held.period, series.get(held.value)) {
                (Some((period, preliminary)), Some(&series)) => gather.put(series, period, preliminary, held.at, held.taken),
                _ => gather.reject(held.at, "perioden på raden kan inte läsas"),
            }
        }
    }

    fn period(&mut self, gather: &mut Gather<'g>, year: Option<Cell<'g>>, part: Option<Cell<'g>>) {
        let (Some(Cell::Text(year)), Some(Cell::Text(part))) = (year, part) else {
            self.stretch = ("", "", None);
            return;
        };
        if (year, part) != (self.stretch.0, self.stretch.1) {
            let found = *self.stretches.entry((year, part)).or_insert_with(|| {
                let found = period::combine(&clean(year), &clean(part))?;
                Some((gather.period(found.period), found.preliminary))
            });
            self.stretch = (year, part, found);
        }
    }

    fn values(&mut self, cells: &[Cell<'g>], row: usize) {
        for (value, (&(column, _), numbers)) in self.layout.values.iter().zip(&mut self.numbers).enumerate() {
            let cell = cells.get(column).copied().unwrap_or(Cell::Empty);
            if numbers.wants_examples() {
                numbers.example(cell);
            }
            let at = CellRef { sheet: 0, row: row as u32, column: column as u16 };
            self.block.cells.push(Held { value, period: self.stretch.2, at, taken: numbers.take(cell) });
        }
    }

    fn describe(&self, gather: &mut Gather<'_>, sheet: &Sheet, header_row: usize, rows: std::ops::Range<usize>) -> Vec<Column> {
        let name = |column: usize| sheet.cell(header_row, column).label();
        let roles =
            [(self.layout.region, "area"), (self.layout.crime, "indicator"), (self.layout.year, "period"), (self.layout.period, "period")];
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

/// Whether the file echoes parents: then labels come back within its first area, or start with words that only head others.
fn echoes(sheet: &Sheet, layout: &Layout, rows: std::ops::Range<usize>) -> bool {
    let mut seen: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    let first = sheet.cell(rows.start, layout.region);
    for row in rows {
        if sheet.cell(row, layout.region) != first {
            break;
        }
        let text = |column: usize| sheet.cell(row, column).as_text().unwrap_or("");
        let key = (text(layout.crime), text(layout.year), text(layout.period));
        if key.0.starts_with("Indelat efter") || !seen.insert(key) {
            return true;
        }
    }
    false
}

/// The export writes some spaces as no-break spaces.
fn clean(text: &str) -> String {
    text.trim().replace('\u{a0}', " ")
}

fn side_line(sheet: &Sheet, row: usize) -> Line {
    if header::is_note(sheet, row) {
        let text = sheet.cells(row).find_map(|cell| cell.as_text().map(str::to_owned));
        return text.map_or(Line::Blank, Line::Note);
    }
    Line::Blank
}
