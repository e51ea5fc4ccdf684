//! Collects what a source reads: names interned, every value cell counted exactly once, every refusal with its reason.

use super::area;
use super::batch::{AreaRef, Batch, CellRef, IndicatorRef, Period, Reading, SeriesRef, Unit, Value};
use super::bytes::Distrust;
use super::column::Taken;
use super::describe::{Answers, Choice, Column, Doubt, DoubtCell, Proof, Rejection, Table, Tally};
use super::grid::{Cell, Grid};
use super::keys::{Flow, Keys, key};
use super::layout::Given;
use super::persons::Guarded;
use crate::checked::Warning;
use crate::error::{Place, column_letters};
use crate::reference::Known;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reason of a rejection while a doubt is unanswered.
pub const UNANSWERED: &str = "obesvarad fråga";
/// Reason of a rejection when the cell holds no number.
pub const NOT_A_NUMBER: &str = "är inte ett tal";

/// Columns that get a line of evidence each; of a wider table the rest are told together.
const MOST_LINES: usize = 20;

/// The newest year offered for a table that names none; any other can be given.
const LAST_YEAR: i32 = 2025;

/// What a value cell comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Weighed {
    Reading(Reading),
    /// Left out because a person said so.
    Skip,
    /// With the reason.
    Refused(&'static str),
}

/// What remains of a reading when it is done.
pub struct Closed {
    pub batch: Batch,
    pub tally: Tally,
    pub rejections: Vec<Rejection>,
    pub warnings: Vec<Warning>,
    pub doubts: Vec<Doubt>,
    pub tables: Vec<Table>,
    pub proof: Vec<Proof>,
}

/// The open account of one reading. Hash maps only look up; nothing iterates them.
pub struct Gather<'a> {
    pub file: &'a str,
    pub grid: &'a Grid,
    pub known: Known<'a>,
    pub answers: &'a Answers,
    /// What a dash means by the file's own legend: zero or missing, and the line that says it.
    pub legend: Option<(bool, String)>,
    /// Sheets that were not read, with the reason told.
    pub explained: Vec<String>,
    /// What the format itself says about the table's layout.
    pub given: Option<&'a Given>,
    /// Cells that may not be believed to stand where they should.
    pub distrust: Option<&'a Distrust>,
    pub batch: Batch,
    pub tally: Tally,
    pub rejections: Vec<Rejection>,
    pub warnings: Vec<Warning>,
    pub doubts: Vec<Doubt>,
    pub tables: Vec<Table>,
    pub proof: Vec<Proof>,
    /// Columns of person data, masked in the grid already: `(sheet, column)`.
    pub personal: BTreeSet<(usize, usize)>,
    /// Set while a long file is read: values are handed on block by block instead of being kept.
    pub flow: Option<Flow>,
    /// Cells of rows that are no longer in memory but may have to be shown.
    texts: HashMap<CellRef, String>,
    areas: HashMap<String, u32>,
    indicators: HashMap<Vec<String>, u32>,
    periods: HashMap<(chrono::NaiveDate, chrono::NaiveDate), u32>,
    series: HashMap<SeriesRef, u32>,
}

impl<'a> Gather<'a> {
    pub fn new(file: &'a str, grid: &'a Grid, known: Known<'a>, answers: &'a Answers) -> Self {
        Self {
            file,
            grid,
            known,
            answers,
            given: None,
            legend: None,
            explained: Vec::new(),
            distrust: None,
            batch: Batch::default(),
            tally: Tally::default(),
            rejections: Vec::new(),
            warnings: Vec::new(),
            doubts: Vec::new(),
            tables: Vec::new(),
            proof: Vec::new(),
            personal: BTreeSet::new(),
            flow: None,
            texts: HashMap::new(),
            areas: HashMap::new(),
            indicators: HashMap::new(),
            periods: HashMap::new(),
            series: HashMap::new(),
        }
    }

    /// Settles duplicates, tells about sheets that nobody read, and lets go of the grid.
    pub fn close(mut self) -> Closed {
        self.settle_duplicates();
        self.tally.rows = self.tables.iter().map(|table| table.rows).sum();
        let read: Vec<Option<String>> = self.tables.iter().map(|table| table.sheet.clone()).collect();
        for sheet in self.grid.sheets.iter().filter(|sheet| !sheet.name.is_empty()) {
            if !read.iter().flatten().any(|name| *name == sheet.name) && !self.explained.contains(&sheet.name) {
                self.warn(format!("Bladet ”{}” lästes inte.", sheet.name), "Spara det som en egen fil om det innehåller uppgifter.");
            }
        }
        let Self { batch, tally, rejections, warnings, doubts, tables, proof, .. } = self;
        Closed { batch, tally, rejections, warnings, doubts, tables, proof }
    }

    /// The place named by `text`; the same place under another spelling is the same.
    pub fn area(&mut self, text: &str) -> u32 {
        if let Some(&index) = self.areas.get(text) {
            return index;
        }
        let area = area::resolve(text, &self.known);
        let index = self.area_ref(area);
        self.areas.insert(text.to_owned(), index);
        index
    }

    /// What an answer to [`Self::ask_area`] names.
    pub fn place(&self, answer: &str) -> AreaRef {
        area::answered(answer, &self.known).unwrap_or_else(|| area::resolve(answer, &self.known))
    }

    pub fn area_ref(&mut self, area: AreaRef) -> u32 {
        position_or_push(&mut self.batch.areas, area)
    }

    /// The indicator with this path, outermost first.
    pub fn indicator(&mut self, path: &[&str]) -> u32 {
        let path: Vec<String> = path.iter().map(|label| (*label).to_owned()).collect();
        if let Some(&index) = self.indicators.get(&path) {
            return index;
        }
        let index = self.batch.indicators.len() as u32;
        self.batch.indicators.push(IndicatorRef { path: path.clone() });
        self.indicators.insert(path, index);
        index
    }

    pub fn breakdown(&mut self, breakdown: BTreeMap<String, String>) -> u32 {
        position_or_push(&mut self.batch.breakdowns, breakdown)
    }

    pub fn period(&mut self, period: Period) -> u32 {
        let key = (period.start, period.end);
        if let Some(&index) = self.periods.get(&key) {
            return index;
        }
        let index = self.batch.periods.len() as u32;
        self.batch.periods.push(period);
        self.periods.insert(key, index);
        index
    }

    pub fn series(&mut self, area: u32, indicator: u32, breakdown: u32, unit: Unit) -> u32 {
        let series = SeriesRef { area, indicator, breakdown, unit };
        if let Some(&index) = self.series.get(&series) {
            return index;
        }
        let index = self.batch.series.len() as u32;
        self.batch.series.push(series);
        self.series.insert(series, index);
        index
    }

    /// Takes one value cell into account: stored, skipped or rejected.
    pub fn put(&mut self, series: u32, period: u32, preliminary: bool, cell: CellRef, taken: Taken<'_>) {
        let weighed = self.weigh(taken);
        self.account(series, period, preliminary, cell, weighed);
    }

    /// What a cell comes to, before it is known what it belongs to.
    pub fn weigh(&mut self, taken: Taken<'_>) -> Weighed {
        match taken {
            Taken::Number(number) => Weighed::Reading(Reading::Number(number)),
            Taken::Missing(symbol) => Weighed::Reading(Reading::Missing(self.symbol(symbol))),
            Taken::Skip => Weighed::Skip,
            Taken::Unanswered => Weighed::Refused(UNANSWERED),
            Taken::NotNumber => Weighed::Refused(NOT_A_NUMBER),
        }
    }

    /// The second half of [`Self::put`].
    pub fn account(&mut self, series: u32, period: u32, preliminary: bool, cell: CellRef, weighed: Weighed) {
        self.tally.read += 1;
        if let Some(reason) = self.distrust.and_then(|distrust| distrust.reason(cell.sheet, cell.row)) {
            return self.refuse(cell, reason);
        }
        let reading = match weighed {
            Weighed::Reading(reading) => reading,
            Weighed::Skip => {
                self.tally.skipped += 1;
                return;
            }
            Weighed::Refused(reason) => return self.refuse(cell, reason),
        };
        self.tally.stored += 1;
        self.tally.missing += u32::from(matches!(reading, Reading::Missing(_)));
        let value = Value { series, period, reading, preliminary, cell };
        match &mut self.flow {
            Some(flow) => match flow.passes(&value) {
                true => {
                    flow.values.push(value);
                    self.texts.remove(&cell);
                }
                false => self.batch.values.push(value),
            },
            None => self.batch.values.push(value),
        }
    }

    /// Keeps what a value cell says if it may have to be shown when its row is no longer in memory.
    pub fn remember(&mut self, at: CellRef, cell: Cell<'_>, certain: bool) {
        if self.flow.as_ref().is_some_and(|flow| certain || flow.holds_back()) {
            self.texts.insert(at, shortened(&cell.shown()));
        }
    }

    /// Counts a cell of an echoed parent: read, and rightly left out.
    pub fn echo(&mut self, cell: CellRef) {
        self.texts.remove(&cell);
        self.tally.read += 1;
        self.tally.skipped += 1;
    }

    /// Why nothing in a row may be taken for what its column says.
    pub fn distrusted(&self, sheet: usize, row: usize) -> Option<&'static str> {
        self.distrust.and_then(|distrust| distrust.reason(sheet as u16, row as u32))
    }

    /// Whether a row's cells may stand in the wrong columns.
    pub fn is_moved(&self, sheet: usize, row: usize) -> bool {
        self.distrust.is_some_and(|distrust| distrust.rows.contains_key(&(sheet as u16, row as u32)))
    }

    /// Counts a whole row as one that was read and rejected; what stands in it may be anything and is not shown.
    pub fn reject_row(&mut self, sheet: usize, row: usize) {
        let reason = self.distrusted(sheet, row).unwrap_or(UNANSWERED);
        self.tally.read += 1;
        self.tally.rejected += 1;
        self.rejection(CellRef { sheet: sheet as u16, row: row as u32, column: 0 }, "(raden)".to_owned(), reason);
    }

    /// Counts a value cell as read and rejected.
    pub fn reject(&mut self, cell: CellRef, reason: &str) {
        self.tally.read += 1;
        self.refuse(cell, reason);
    }

    fn refuse(&mut self, cell: CellRef, reason: &str) {
        self.tally.rejected += 1;
        let value = self.shown(cell);
        self.texts.remove(&cell);
        self.rejection(cell, value, reason);
    }

    /// Takes what the guard held back into account: each cell is an outcome of its own.
    pub fn quarantine(&mut self, guarded: &Guarded) {
        self.doubts.extend(guarded.doubts.iter().cloned());
        self.warnings.extend(guarded.warnings.iter().cloned());
        let waiting = guarded.rejections.len() as u32;
        self.tally.read += waiting + guarded.dropped;
        self.tally.rejected += waiting;
        self.tally.skipped += guarded.dropped;
        self.rejections.extend(guarded.rejections.iter().cloned());
    }

    /// Records a rejection without counting; `value` is what a person may see.
    pub fn rejection(&mut self, cell: CellRef, value: String, reason: &str) {
        self.rejections.push(Rejection {
            sheet: self.sheet_name(cell.sheet as usize),
            row: cell.row + 1,
            column: column_letters(cell.column as usize),
            value,
            reason: reason.to_owned(),
        });
    }

    fn shown(&self, cell: CellRef) -> String {
        if let Some(text) = self.texts.get(&cell) {
            return text.clone();
        }
        let sheet = self.grid.sheets.get(cell.sheet as usize);
        sheet.map(|sheet| shortened(&sheet.cell(cell.row as usize, cell.column as usize).shown())).unwrap_or_default()
    }

    pub fn sheet_name(&self, sheet: usize) -> Option<String> {
        self.grid.sheets.get(sheet).map(|sheet| sheet.name.clone()).filter(|name| !name.is_empty())
    }

    fn symbol(&mut self, symbol: &str) -> u16 {
        if let Some(index) = self.batch.missing_symbols.iter().position(|known| known == symbol) {
            return index as u16;
        }
        self.batch.missing_symbols.push(symbol.to_owned());
        (self.batch.missing_symbols.len() - 1) as u16
    }

    /// Asks a person; gives the answer if there already is one among the choices.
    pub fn ask(&mut self, id: &str, question: String, choices: Vec<Choice>, cells: Vec<DoubtCell>) -> Option<String> {
        let answer = self.answers.get(id).filter(|answer| choices.iter().any(|choice| choice.id == **answer)).cloned();
        self.doubts.push(Doubt { id: id.to_owned(), question, choices, cells, answer: answer.clone() });
        answer
    }

    pub fn doubt_cell(&self, cell: CellRef) -> DoubtCell {
        self.doubt_text(cell, &self.shown(cell))
    }

    /// A cell that must be asked about, with what stands in it.
    pub fn doubt_text(&self, cell: CellRef, text: &str) -> DoubtCell {
        DoubtCell {
            sheet: self.sheet_name(cell.sheet as usize),
            row: cell.row + 1,
            column: column_letters(cell.column as usize),
            value: shortened(text),
        }
    }

    /// The year of a table that does not say it: asked, with the year in the file name first but never assumed.
    pub fn ask_year(&mut self) -> Option<i32> {
        let named = year_in(self.file);
        let last = named.unwrap_or(LAST_YEAR + 1);
        let years = (last - 5..last).rev();
        let label = |year: i32| if Some(year) == named { format!("{year} (står i filnamnet)") } else { year.to_string() };
        let mut choices: Vec<Choice> = named.into_iter().chain(years).map(|year| Choice::new(year.to_string(), label(year))).collect();
        let other = self.answers.get("year").filter(|answer| super::period::year(answer).is_some()).cloned();
        if let Some(other) = other.filter(|other| choices.iter().all(|choice| choice.id != *other)) {
            choices.push(Choice::new(other.clone(), other));
        }
        let question = "Vilket år gäller siffrorna? Filen säger det inte.".to_owned();
        self.ask("year", question, choices, Vec::new()).and_then(|year| super::period::year(&year))
    }

    /// The place that a file is about when it does not say: asked once, whatever the number of its tables. Any place that is known
    /// can be given, and one of a person's own as [`area::answered`] says; `more` are answers that are no places.
    pub fn ask_area(&mut self, question: &str, more: Vec<Choice>) -> Option<String> {
        if let Some(asked) = self.doubts.iter().find(|doubt| doubt.id == "area") {
            return asked.answer.clone();
        }
        let mut choices: Vec<Choice> = self.known.practice.iter().map(|name| Choice::new(name.clone(), name.clone())).collect();
        choices.extend(more);
        let given = self.answers.get("area").filter(|answer| area::answered(answer, &self.known).is_some()).cloned();
        if let Some(given) = given.filter(|given| choices.iter().all(|choice| choice.id != *given)) {
            choices.push(Choice::new(given.clone(), given));
        }
        self.ask("area", question.to_owned(), choices, Vec::new())
    }

    pub fn warn(&mut self, message: impl Into<String>, hint: &str) {
        self.warnings.push(Warning::new(message).at(Place::file(self.file)).hint(hint));
    }

    /// The evidence of a table's value columns.
    pub fn prove_columns(&mut self, columns: &[Column]) {
        let values = || columns.iter().filter(|column| column.role == "value");
        values().take(MOST_LINES).for_each(|column| self.prove(column.proof()));
        let rest = values().count().saturating_sub(MOST_LINES);
        if rest > 0 {
            self.prove(format!("Ytterligare {rest} kolumner lästes på samma sätt."));
        }
    }

    pub fn prove(&mut self, line: impl Into<String>) {
        self.proof.push(Proof::new(line));
    }

    /// The same series and period met twice: a value wins over a missing symbol, equal values are one, two different
    /// values are both rejected since neither can be trusted.
    fn settle_duplicates(&mut self) {
        let doubles = doubles(&self.batch.values);
        if doubles.is_empty() {
            return;
        }
        let mut gone = Vec::new();
        for group in doubles.chunk_by(|a, b| a.0 == b.0) {
            let members: Vec<u32> = group.iter().map(|(_, index)| *index).collect();
            self.settle(&members, &mut gone);
        }
        gone.sort_unstable();
        let mut index = 0;
        self.batch.values.retain(|_| {
            let keep = gone.binary_search(&index).is_err();
            index += 1;
            keep
        });
    }

    fn settle(&mut self, members: &[u32], gone: &mut Vec<u32>) {
        let value = |index: u32| self.batch.values.get(index as usize).copied();
        let numbers: Vec<u32> =
            members.iter().copied().filter(|&i| matches!(value(i), Some(Value { reading: Reading::Number(_), .. }))).collect();
        let same = numbers.windows(2).all(|pair| value(pair[0]).map(|v| v.reading) == value(pair[1]).map(|v| v.reading));
        let keep = if same { numbers.first().or(members.first()).copied() } else { None };
        for &index in members.iter().filter(|index| Some(**index) != keep) {
            let Some(dropped) = self.batch.values.get(index as usize).copied() else { continue };
            self.tally.stored -= 1;
            self.tally.missing -= u32::from(matches!(dropped.reading, Reading::Missing(_)));
            gone.push(index);
            if same || matches!(dropped.reading, Reading::Missing(_)) {
                self.tally.skipped += 1;
            } else {
                self.refuse(dropped.cell, "samma område, uppgift och period står två gånger med olika värden");
            }
        }
    }
}

/// `(series and period, index)` of every value that shares both with another, in order.
fn doubles(values: &[Value]) -> Vec<(u64, u32)> {
    let mut keys = Keys::default();
    let twice: BTreeSet<u64> = values.iter().filter(|value| !keys.meet(value)).map(key).collect();
    if twice.is_empty() {
        return Vec::new();
    }
    let hits = values.iter().enumerate().map(|(index, value)| (key(value), index as u32));
    let mut found: Vec<(u64, u32)> = hits.filter(|(key, _)| twice.contains(key)).collect();
    found.sort_unstable();
    found
}

/// What a cell shows, within reason.
fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

fn position_or_push<T: PartialEq>(list: &mut Vec<T>, item: T) -> u32 {
    if let Some(index) = list.iter().position(|known| *known == item) {
        return index as u32;
    }
    list.push(item);
    (list.len() - 1) as u32
}

/// The only plausible year among a text's digits.
pub fn year_in(text: &str) -> Option<i32> {
    let mut years: Vec<i32> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(super::period::year).filter(|y| (1975..=2050).contains(y)).collect();
    years.dedup();
    if years.len() == 1 { years.first().copied() } else { None }
}
