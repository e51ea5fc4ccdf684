//! The national database's `Databasfil.txt`: one row per area, crime and period, with count and rate side by side.
//!
//! Year and period swap places between yearly and monthly rows. The parents of a chosen crime stand before it, all `..`:
//! they are its path, since the same label occurs under several parents. This is the file with the most rows, so names are
//! looked up only when they change from the row above.

use super::{Look, Recognition, Source};
use crate::error::column_letters;
use crate::import::batch::{CellRef, Dataset, Reading, Unit};
use crate::import::column::{Numbers, Scan};
use crate::import::describe::{Column, Kind, Perspective, Table};
use crate::import::gather::{Gather, Weighed};
use crate::import::grid::{Cell, Sheet};
use crate::import::number::Decimal;
use crate::import::{header, period, unit};
use std::collections::{BTreeMap, BTreeSet, HashSet};

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
    match look.grid.sheets.first().and_then(find) {
        Some(found) => Recognition::Certain(format!("rad {} har rubrikerna Region, Brott, År, Period och Antal", found.header_row + 1)),
        None => Recognition::No,
    }
}

fn read(gather: &mut Gather<'_>) {
    let Some(sheet) = gather.grid.sheets.first() else { return };
    let Some(found) = find(sheet) else { return };
    let rows = found.first_data_row()..sheet.rows();
    let mut glance = Glance::new(&found);
    glance.rows(sheet, rows.clone(), 0);
    let mut reader = Reader::new(gather, &found, &glance);
    reader.rows(gather, sheet, rows, 0);
    reader.close(gather, sheet);
}

/// Where the table stands in the file.
#[derive(Debug, Clone)]
pub struct Found {
    header_row: usize,
    layout: Layout,
}

impl Found {
    pub fn first_data_row(&self) -> usize {
        self.header_row + 1
    }

    /// Value columns.
    pub fn values(&self) -> usize {
        self.layout.values.len()
    }
}

pub fn find(sheet: &Sheet) -> Option<Found> {
    header::find(sheet, layout).map(|(header_row, layout)| Found { header_row, layout })
}

/// What must be known of all rows before the first is read. Rows can come in several pieces.
#[derive(Debug)]
pub struct Glance {
    layout: Layout,
    scans: Vec<Scan>,
    area: Option<String>,
    area_over: bool,
    seen: BTreeSet<[String; 3]>,
    echoes: bool,
}

impl Glance {
    pub fn new(found: &Found) -> Self {
        let layout = found.layout.clone();
        let scans = layout.values.iter().map(|_| Scan::default()).collect();
        Self { layout, scans, area: None, area_over: false, seen: BTreeSet::new(), echoes: false }
    }

    /// Looks at `rows` of a sheet whose first row is row `first` of the file.
    pub fn rows(&mut self, sheet: &Sheet, rows: std::ops::Range<usize>, first: usize) {
        for row in rows {
            for (column, cell) in sheet.cells(row).enumerate().take(WIDEST) {
                if let Some(value) = self.layout.values.iter().position(|(at, _)| *at == column) {
                    self.scans[value].cell(cell, header::at(0, first + row, column));
                }
            }
            if !self.area_over && !self.echoes {
                self.echo(sheet, row);
            }
        }
    }

    /// Whether the file echoes parents: then labels come back within its first area, or start with words that only head others.
    fn echo(&mut self, sheet: &Sheet, row: usize) {
        let text = |column: usize| sheet.cell(row, column).as_text().unwrap_or("").to_owned();
        let area = text(self.layout.region);
        if *self.area.get_or_insert_with(|| area.clone()) != area {
            self.area_over = true;
            return;
        }
        let key = [text(self.layout.crime), text(self.layout.year), text(self.layout.period)];
        self.echoes = key[0].starts_with("Indelat efter") || !self.seen.insert(key);
    }
}

enum Line {
    Data,
    Note(String),
    Blank,
}

/// A value cell that waits until the path of its crime is known.
struct Held {
    /// Index among the layout's value columns.
    value: usize,
    period: Option<(u32, bool)>,
    at: CellRef,
    weighed: Weighed,
}

/// Neighbouring rows of one crime, each period once.
#[derive(Default)]
struct Block {
    label: String,
    cells: Vec<Held>,
}

impl Block {
    /// Nothing but missing values: an echoed parent, or a crime whose values are all withheld.
    fn silent(&self) -> bool {
        self.cells.iter().all(|held| matches!(held.weighed, Weighed::Reading(Reading::Missing(_))))
    }

    fn first_period(&self) -> Option<u32> {
        self.cells.first().and_then(|held| held.period).map(|(period, _)| period)
    }
}

/// Year and period as written in a row, and what they mean.
struct Stretch {
    year: String,
    part: String,
    period: Option<(u32, bool)>,
}

/// Reads rows; remembers the names of the row above and the parents that lead to the next crime.
pub struct Reader {
    found: Found,
    numbers: Vec<Numbers>,
    breakdown: u32,
    region: (String, u32),
    /// Every stretch met; the rows run through them in the same order again and again.
    stretches: Vec<Stretch>,
    stretch: usize,
    block: Block,
    /// Silent blocks since the last crime with values: its parents, outermost first.
    chain: Vec<Block>,
    /// Crimes that stand outermost: meeting one again starts a new chain.
    roots: HashSet<String>,
    /// Whether parents are echoed in this file at all.
    echoes: bool,
    data_rows: u32,
    footnotes: Vec<String>,
}

/// Cells that a row can have before the rest is of no interest.
const WIDEST: usize = 24;

impl Reader {
    /// Asks what must be asked.
    pub fn new(gather: &mut Gather<'_>, found: &Found, glance: &Glance) -> Self {
        gather.batch.dataset = Dataset { publisher: "Brå".to_owned(), name: "Anmälda brott".to_owned() };
        let columns = found.layout.values.iter().zip(&glance.scans);
        let numbers = columns
            .flat_map(|(&(column, _), scan)| {
                Numbers::decide(gather, std::slice::from_ref(scan), Some(Decimal::Comma), &column_letters(column))
            })
            .collect();
        let breakdown = gather.breakdown(BTreeMap::new());
        Self {
            found: found.clone(),
            numbers,
            breakdown,
            region: (String::new(), u32::MAX),
            stretches: Vec::new(),
            stretch: 0,
            block: Block::default(),
            chain: Vec::new(),
            roots: HashSet::new(),
            echoes: glance.echoes,
            data_rows: 0,
            footnotes: Vec::new(),
        }
    }

    /// Reads `rows` of a sheet whose first row is row `first` of the file.
    pub fn rows(&mut self, gather: &mut Gather<'_>, sheet: &Sheet, rows: std::ops::Range<usize>, first: usize) {
        for row in rows {
            match self.row(gather, sheet, row, first) {
                Line::Data => self.data_rows += 1,
                Line::Note(text) => self.footnotes.push(text),
                Line::Blank => {}
            }
        }
    }

    fn row(&mut self, gather: &mut Gather<'_>, sheet: &Sheet, row: usize, first: usize) -> Line {
        let mut cells = [Cell::Empty; WIDEST];
        for (slot, cell) in cells.iter_mut().zip(sheet.cells(row)) {
            *slot = cell;
        }
        let layout = &self.found.layout;
        let text = |column: usize| cells.get(column).and_then(Cell::as_text).unwrap_or("");
        let (region, crime) = (text(layout.region), text(layout.crime));
        if region.is_empty() || crime.is_empty() {
            return side_line(sheet, row);
        }
        let period = self.period(gather, cells.get(layout.year).copied(), cells.get(layout.period).copied());
        let again = period.map(|(period, _)| period) == self.block.first_period() && !self.block.cells.is_empty();
        if region != self.region.0 || crime != self.block.label || again {
            self.close_block(gather);
            self.block.label = crime.to_owned();
        }
        if region != self.region.0 {
            self.close_chain(gather);
            self.region = (region.to_owned(), gather.area(&clean(region)));
        }
        self.values(gather, &cells, period, first + row);
        Line::Data
    }

    /// The block is whole: a silent one may be a parent, one with values gets the parents before it as its path.
    fn close_block(&mut self, gather: &mut Gather<'_>) {
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
    fn close_chain(&mut self, gather: &mut Gather<'_>) {
        let mut chain = std::mem::take(&mut self.chain);
        if let Some(last) = chain.pop() {
            self.store(gather, &chain, last);
        }
    }

    fn store(&mut self, gather: &mut Gather<'_>, chain: &[Block], mut block: Block) {
        let labels: Vec<String> = chain.iter().chain([&block]).map(|b| clean(&b.label)).collect();
        let root = chain.first().map_or(&block.label, |b| &b.label);
        if !self.roots.contains(root) {
            self.roots.insert(root.clone());
        }
        let crime = gather.indicator(&labels.iter().map(String::as_str).collect::<Vec<_>>());
        for held in chain.iter().flat_map(|b| &b.cells) {
            gather.echo(held.at);
        }
        for (value, &(_, unit)) in self.found.layout.values.iter().enumerate() {
            let series = gather.series(self.region.1, crime, self.breakdown, unit);
            for held in block.cells.iter().filter(|held| held.value == value) {
                match held.period {
                    Some((period, preliminary)) => gather.account(series, period, preliminary, held.at, held.weighed),
                    None => gather.reject(held.at, "perioden på raden kan inte läsas"),
                }
            }
        }
        // The next block has as many cells: its room is there already.
        block.cells.clear();
        if self.block.cells.capacity() == 0 {
            self.block.cells = block.cells;
        }
    }

    /// What the row's year and period mean.
    fn period(&mut self, gather: &mut Gather<'_>, year: Option<Cell<'_>>, part: Option<Cell<'_>>) -> Option<(u32, bool)> {
        let (Some(Cell::Text(year)), Some(Cell::Text(part))) = (year, part) else { return None };
        let known = |stretch: &Stretch| stretch.part == part && stretch.year == year;
        let (before, after) = self.stretches.split_at(self.stretch);
        let place = after.iter().take(2).position(known).map(|at| at + before.len()).or_else(|| self.stretches.iter().position(known));
        self.stretch = place.unwrap_or_else(|| {
            let found = period::combine(&clean(year), &clean(part));
            let period = found.map(|found| (gather.period(found.period), found.preliminary));
            self.stretches.push(Stretch { year: year.to_owned(), part: part.to_owned(), period });
            self.stretches.len() - 1
        });
        self.stretches.get(self.stretch).and_then(|stretch| stretch.period)
    }

    fn values(&mut self, gather: &mut Gather<'_>, cells: &[Cell<'_>], period: Option<(u32, bool)>, row: usize) {
        for (value, (&(column, _), numbers)) in self.found.layout.values.iter().zip(&mut self.numbers).enumerate() {
            let cell = cells.get(column).copied().unwrap_or(Cell::Empty);
            if numbers.wants_examples() {
                numbers.example(cell);
            }
            let at = header::at(0, row, column);
            let weighed = gather.weigh(numbers.take(cell));
            gather.remember(at, cell, period.is_none() || matches!(weighed, Weighed::Refused(_)));
            self.block.cells.push(Held { value, period, at, weighed });
        }
    }

    /// After the last row: what is still held is put, and the table is described. `head` holds the first rows of the file.
    pub fn close(mut self, gather: &mut Gather<'_>, head: &Sheet) {
        self.close_block(gather);
        self.close_chain(gather);
        let columns = self.describe(gather, head);
        gather.tables.push(Table {
            sheet: None,
            header_rows: vec![self.found.header_row as u32 + 1],
            first_data_row: self.found.header_row as u32 + 2,
            rows: self.data_rows,
            columns,
            footnotes: self.footnotes,
            totals: Vec::new(),
            sums: Vec::new(),
        });
    }

    fn describe(&self, gather: &mut Gather<'_>, head: &Sheet) -> Vec<Column> {
        let (header_row, layout) = (self.found.header_row, &self.found.layout);
        let name = |column: usize| head.cell(header_row, column).label();
        let roles = [(layout.region, "area"), (layout.crime, "indicator"), (layout.year, "period"), (layout.period, "period")];
        let dimension = |column, role| header::dimension(head, column, &name(column), role, header_row + 1..head.rows());
        let mut columns: Vec<(usize, Column)> = roles.iter().map(|&(column, role)| (column, dimension(column, role))).collect();
        for (&(column, unit), numbers) in layout.values.iter().zip(&self.numbers) {
            let mut described = numbers.describe(Column::new(column, &name(column), "value"));
            described.unit = Some(unit.word().to_owned());
            columns.push((column, described));
        }
        columns.sort_by_key(|(column, _)| *column);
        let columns: Vec<Column> = columns.into_iter().map(|(_, column)| column).collect();
        gather.prove_columns(&columns);
        columns
    }
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
