//! Reads the values of an understood table, row by row. Labels are looked up once each; a row costs its cells.

use super::columns::Part;
use super::measure::Measure;
use super::partial::{self, Partial};
use super::plan::{Before, Plan};
use super::rows::{Label, Names, Tree};
use super::signs::Signs;
use super::sums::Sums;
use super::words;
use crate::error::column_letters;
use crate::import::batch::{AreaLevel, AreaRef, CellRef, Unit};
use crate::import::column::{Numbers, Taken};
use crate::import::describe::{Choice, Table};
use crate::import::gather::{Gather, UNANSWERED};
use crate::import::grid::Cell;
use crate::import::header;
use crate::import::period::{self, Stretch};
use crate::import::unit;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a row says beside its values.
#[derive(Debug, Clone, Copy, Default)]
struct RowKey {
    area: Option<u32>,
    /// Index into `stretches`.
    stretch: Option<u32>,
    /// Index into `facts`.
    facts: u32,
}

/// The labels of a row that go into every value's series.
#[derive(Debug, Clone, Default, PartialEq)]
struct Facts {
    path: Vec<String>,
    breakdown: BTreeMap<String, String>,
    unit: Option<Unit>,
}

/// Facts of the row, measure, and the unit that the cell says itself.
type Meant = (u32, u32, Option<Unit>);

/// Reads one table.
pub struct Reader<'p, 'g> {
    plan: &'p Plan<'g>,
    names: Vec<Names<'g>>,
    numbers: Vec<Numbers>,
    /// Area columns, narrowest first.
    places: Vec<usize>,
    /// Label columns that may be blank where the row above holds.
    labels: Vec<usize>,
    carried: Vec<Option<Label>>,
    /// Whether a carried label stands in cells that the file has put together: it ends where they do.
    bounded: Vec<bool>,
    area_of: HashMap<(usize, u32, u32), u32>,
    /// Whether the places that a row names in its columns agree.
    agrees: HashMap<Vec<u32>, bool>,
    /// Whether a blank place repeats the row above, as other rows than totals show.
    repeats: Option<bool>,
    refused: Option<&'static str>,
    across: Vec<Option<u32>>,
    group_area: Option<u32>,
    table_area: Option<u32>,
    stretches: Vec<Stretch>,
    stretch_of: HashMap<(u32, u32), Option<u32>>,
    year: Option<i32>,
    /// What of each whole year the figures cover.
    partial: Partial,
    facts: Vec<Facts>,
    fact_of: HashMap<(Vec<u32>, u32), u32>,
    meanings: HashMap<Meant, (u32, u32, Unit)>,
    series: HashMap<(u32, u32, u32, Option<Unit>), u32>,
    signs: Signs,
    periods: HashMap<(u32, u32), (u32, bool)>,
    /// Periods that wait for an answer about the part of the year.
    held_back: BTreeSet<u32>,
    tree: Tree,
    pub sums: Sums,
    /// Per measure: the unit of its values; none while a person must say it.
    units: Vec<Option<Unit>>,
    pub table: Table,
}

impl<'p, 'g> Reader<'p, 'g> {
    /// Asks what must be asked before the first value is read.
    pub fn new(gather: &mut Gather<'g>, plan: &'p Plan<'g>, before: Before<'_>, several: bool) -> Self {
        let columns = |wanted: fn(&Part) -> bool| (0..plan.parts.len()).filter(move |column| wanted(&plan.parts[*column]));
        let mut places: Vec<usize> = columns(|part| matches!(part, Part::Area(_))).collect();
        places.sort_by_key(|column| match &plan.parts[*column] {
            Part::Area(places) => places.narrowness(),
            _ => u8::MAX,
        });
        let labels: Vec<usize> = columns(|part| !matches!(part, Part::Value | Part::Ignore)).collect();
        let numbers = look(gather, plan, before, several);
        let mut reader = Self {
            plan,
            names: plan.parts.iter().map(|_| Names::default()).collect(),
            numbers,
            places,
            carried: vec![None; plan.parts.len()],
            bounded: vec![false; plan.parts.len()],
            labels,
            area_of: HashMap::new(),
            agrees: HashMap::new(),
            repeats: None,
            refused: None,
            across: Vec::new(),
            group_area: None,
            table_area: None,
            stretches: Vec::new(),
            stretch_of: HashMap::new(),
            year: None,
            partial: Partial::default(),
            facts: Vec::new(),
            fact_of: HashMap::new(),
            meanings: HashMap::new(),
            series: HashMap::new(),
            signs: Signs::look(gather, plan, several),
            periods: HashMap::new(),
            held_back: BTreeSet::new(),
            tree: Tree::default(),
            sums: Sums::new(&plan.measures),
            units: Vec::new(),
            table: Table::default(),
        };
        reader.whole_table(gather, before);
        reader.units = plan.measures.iter().map(|measure| unit_of(gather, plan, measure)).collect();
        reader
    }

    /// The place and the period that hold for all values: said by a title, or asked.
    fn whole_table(&mut self, gather: &mut Gather<'g>, before: Before<'_>) {
        let plan = self.plan;
        let column = plan.path_column();
        self.tree.indented = column.is_some_and(|column| Tree::is_indented(plan.sheet, column, plan.frame.body.clone()));
        if let Some(places) = &plan.across {
            let area = |measure: &Measure| measure.area.as_ref().map(|label| places.resolve(label, &before.known));
            let areas: Vec<_> = plan.measures.iter().map(area).collect();
            self.across = areas.into_iter().map(|area| area.map(|area| gather.area_ref(area))).collect();
        }
        if !plan.has_places() {
            self.table_area = match &plan.area {
                Some(area) => {
                    gather.prove(format!("Området ”{}” kommer från rubriken.", area.name));
                    Some(gather.area_ref(area.clone()))
                }
                None => ask_area(gather),
            };
        }
        let waiting = plan.measures.iter().any(Measure::waits);
        if !plan.parts.contains(&Part::Period) && (waiting || plan.measures.iter().any(|measure| measure.compares)) {
            match &plan.stretch {
                Some(stretch) => gather.prove(format!("Perioden {} kommer från rubriken.", stretch.period.label)),
                None if waiting => self.year = ask_year(gather),
                None => {}
            }
            let whole = self.year.map(|year| Stretch { period: period::of(year, period::Part::Whole), preliminary: false });
            self.stretches.extend(plan.stretch.clone().or(whole));
        }
        if before.given.is_none() {
            self.partial = partial::settle(gather, plan, &self.stretches);
        }
    }

    pub fn run(&mut self, gather: &mut Gather<'g>) {
        let plan = self.plan;
        let mut cells: Vec<Cell<'g>> = Vec::new();
        for row in plan.frame.body.clone() {
            cells.clear();
            cells.extend(plan.sheet.cells(row));
            let filled = |measure: &Measure| cells.get(measure.column).is_some_and(|cell| !cell.is_blank());
            if plan.sheet.is_continuation(row) || plan.is_header_again(row) {
                continue;
            }
            if !plan.measures.iter().any(filled) {
                self.group(gather, &cells, row);
                continue;
            }
            let key = self.key(gather, &cells, row);
            self.values(gather, &cells, row, key);
            self.table.rows += 1;
        }
    }

    /// A row of labels only: a place for the rows below it, or a heading over them.
    fn group(&mut self, gather: &mut Gather<'g>, cells: &[Cell<'g>], row: usize) {
        let Some((column, label)) = cells.iter().enumerate().find_map(|(column, cell)| Some((column, cell.as_text()?))) else { return };
        if crate::import::number::missing(label) != crate::import::number::Missing::No {
            return;
        }
        let label = self.plan.footnotes.clean(label);
        if let Some(places) = &self.plan.grouped {
            let found = places.resolve(label, &gather.known);
            if found.level != AreaLevel::Place {
                self.group_area = Some(gather.area_ref(found));
                self.tree.clear();
                return;
            }
        }
        if !matches!(self.plan.parts.get(column), Some(Part::Area(_))) {
            self.tree.group(label, self.plan.sheet.indent(row, column));
        }
    }

    fn key(&mut self, gather: &mut Gather<'g>, cells: &[Cell<'g>], row: usize) -> RowKey {
        let merged = &self.plan.sheet.merged;
        // The row where a label over several rows begins.
        let begins = |column: usize| {
            let span = merged.at(row, column).filter(|span| span.columns.0 as usize == column && span.rows.0 < span.rows.1);
            span.map(|span| span.rows.0 as usize)
        };
        let covered = |column: usize| begins(column).is_some_and(|first| first < row);
        let blank = |column: usize| cells.get(column).is_none_or(Cell::is_blank) && !covered(column);
        // Only the labels to the left of the first one written repeat the row above.
        let written = self.labels.iter().position(|column| !blank(*column)).unwrap_or(0);
        for (position, &column) in self.labels.iter().enumerate() {
            if !blank(column) {
                let cell = match begins(column).filter(|first| *first < row) {
                    Some(first) => self.plan.sheet.cell(first, column),
                    None => cells.get(column).copied().unwrap_or(Cell::Empty),
                };
                self.carried[column] = Some(self.names[column].id(cell, &self.plan.footnotes)).filter(|_| !cell.is_blank());
                self.bounded[column] = begins(column).is_some();
            } else if position >= written || self.bounded[column] {
                self.carried[column] = None;
            }
        }
        if let Some(code) = self.plan.school_code.or(self.plan.kind) {
            self.carried[code] =
                cells.get(code).filter(|cell| !cell.is_blank()).map(|cell| self.names[code].id(*cell, &self.plan.footnotes));
        }
        let total = self.labels.iter().any(|column| self.carried[*column].is_some_and(|label| label.total));
        if total {
            self.table.totals.push(row as u32 + 1);
        }
        self.refused = None;
        if total && self.places.iter().all(|column| blank(*column)) && !self.places.is_empty() && !self.blank_repeats() {
            self.places.iter().for_each(|column| self.carried[*column] = None);
            self.refused = Some("raden är en summa utan område");
        } else if !self.agree(gather) {
            self.refused = Some("koden och namnet på raden är olika platser");
        }
        let area = if self.refused.is_some() { None } else { self.area(gather) };
        RowKey { area, stretch: self.stretch(), facts: self.facts(row) }
    }

    fn text(&self, column: usize) -> Option<&str> {
        self.carried.get(column).copied().flatten().map(|label| self.names[column].text(label))
    }

    /// Whether any row but the totals leaves its place to the row above.
    fn blank_repeats(&mut self) -> bool {
        let plan = self.plan;
        let bare = |row: &usize| self.places.iter().all(|column| plan.sheet.cell(*row, *column).is_blank());
        let filled = |row: &usize| plan.measures.iter().any(|measure| !plan.sheet.cell(*row, measure.column).is_blank());
        let total = |row: usize| self.labels.iter().any(|column| words::is_total(&plan.sheet.cell(row, *column).label()));
        let repeats = || plan.frame.body.clone().filter(|row| bare(row) && filled(row)).any(|row| !total(row));
        let known = self.repeats.unwrap_or_else(repeats);
        self.repeats = Some(known);
        known
    }

    /// A code and a name on one row must be the same place.
    fn agree(&mut self, gather: &Gather<'g>) -> bool {
        if self.places.len() < 2 {
            return true;
        }
        let beside = self.beside();
        let ids = self.places.iter().map(|column| self.carried[*column].map_or(u32::MAX, |label| label.id)).chain([beside]).collect();
        if let Some(&known) = self.agrees.get(&ids) {
            return known;
        }
        // An owner may run a school in another municipality.
        let swedish = |column: &&usize| matches!(&self.plan.parts[**column], Part::Area(places) if places.swedish);
        let named: Vec<AreaRef> = self.places.iter().filter(swedish).filter_map(|column| self.place(gather, *column)).collect();
        let other =
            |one: &AreaRef, two: &AreaRef| one.level == two.level && one.code.is_some() && two.code.is_some() && one.code != two.code;
        let agrees = !named.iter().any(|one| named.iter().any(|two| other(one, two)));
        self.agrees.insert(ids, agrees);
        agrees
    }

    /// The label beside the place that says more of it: a school's code, or the kind of place.
    fn beside(&self) -> u32 {
        self.plan.school_code.or(self.plan.kind).and_then(|column| self.carried[column]).map_or(u32::MAX, |label| label.id)
    }

    /// The place that the row names in `column`.
    fn place(&self, gather: &Gather<'g>, column: usize) -> Option<AreaRef> {
        let Some(Part::Area(places)) = self.plan.parts.get(column) else { return None };
        if places.open {
            return None;
        }
        let label = self.text(column)?;
        let kind = self.plan.kind.and_then(|kind| self.text(kind));
        Some(match kind {
            Some(kind) => places.of_kind(label, kind, &gather.known),
            None => places.resolve(label, &gather.known),
        })
    }

    /// The row's narrowest place.
    fn area(&mut self, gather: &mut Gather<'g>) -> Option<u32> {
        let named = self.places.iter().copied().find_map(|column| self.carried[column].map(|label| (column, label.id)));
        let Some((column, id)) = named else { return self.group_area.or(self.table_area) };
        let code = self.beside();
        if let Some(&known) = self.area_of.get(&(column, id, code)) {
            return Some(known);
        }
        let mut area = self.place(gather, column)?;
        if area.level == AreaLevel::School {
            area.code = self.plan.school_code.and_then(|code| self.text(code)).map(str::to_owned);
        }
        let index = gather.area_ref(AreaRef { name: area.name.trim().to_owned(), ..area });
        self.area_of.insert((column, id, code), index);
        Some(index)
    }

    fn stretch(&mut self) -> Option<u32> {
        let column = |wanted: Part| self.plan.parts.iter().position(|part| *part == wanted);
        let (whole, part) = (column(Part::Period), column(Part::Month));
        if whole.is_none() && part.is_none() {
            return (!self.stretches.is_empty()).then_some(0);
        }
        let id = |column: Option<usize>| column.and_then(|column| self.carried[column]).map_or(u32::MAX, |label| label.id);
        let key = (id(whole), id(part));
        if let Some(&known) = self.stretch_of.get(&key) {
            return known;
        }
        let text = |column: Option<usize>| column.and_then(|column| self.text(column));
        let found = match (text(whole), text(part)) {
            (Some(whole), Some(part)) => {
                let part = self.named_part(column(Part::Month), part);
                period::combine(whole, &part).or_else(|| period::parse(&format!("{whole} {part}")))
            }
            (Some(whole), None) => period::parse(whole).or_else(|| period::year_month(whole)),
            (None, Some(text)) => self.in_table_year(&self.named_part(part, text)),
            (None, None) => None,
        };
        let index = found.map(|stretch| {
            self.stretches.push(stretch);
            self.stretches.len() as u32 - 1
        });
        self.stretch_of.insert(key, index);
        index
    }

    /// A bare number as the month, quarter or week that its heading makes of it.
    fn named_part(&self, column: Option<usize>, text: &str) -> String {
        let heading = column.map(|column| header::word(self.plan.headings[column].leaf())).unwrap_or_default();
        text.parse()
            .ok()
            .and_then(|number| period::numbered(&heading, number))
            .or_else(|| period::term(text))
            .unwrap_or_else(|| text.to_owned())
    }

    /// `Jan` in the year of the title, or the year that was answered.
    fn in_table_year(&self, part: &str) -> Option<Stretch> {
        let titled = self.plan.stretch.as_ref();
        let year = titled.and_then(|stretch| period::year(&stretch.period.label)).or(self.year)?;
        Some(Stretch { period: period::of(year, period::part(part)?), preliminary: titled.is_some_and(|stretch| stretch.preliminary) })
    }

    fn facts(&mut self, row: usize) -> u32 {
        let plan = self.plan;
        if let Some(column) = plan.path_column() {
            let label = self.text(column).unwrap_or("").to_owned();
            let indent = if self.tree.indented { plan.sheet.indent(row, column) } else { 0 };
            self.tree.enter(&label, indent);
        }
        let says = |column: &&usize| matches!(plan.parts[**column], Part::Path | Part::Breakdown | Part::Unit);
        let ids = self.labels.iter().filter(says).map(|column| self.carried[*column].map_or(u32::MAX, |label| label.id)).collect();
        let key = (ids, self.tree.version());
        if let Some(&known) = self.fact_of.get(&key) {
            return known;
        }
        let facts = self.gathered_facts();
        self.facts.push(facts);
        let index = self.facts.len() as u32 - 1;
        self.fact_of.insert(key, index);
        index
    }

    fn gathered_facts(&self) -> Facts {
        let plan = self.plan;
        let mut facts = Facts { path: plan.prefix.iter().cloned().collect(), ..Facts::default() };
        let last = plan.path_column();
        for &column in &self.labels {
            let Some(text) = self.text(column) else { continue };
            match plan.parts[column] {
                Part::Path if Some(column) == last => {}
                Part::Path => facts.path.push(text.to_owned()),
                Part::Unit => facts.unit = unit::find(text),
                // A total over a group is the figure itself.
                Part::Breakdown if words::is_total(text) => {}
                Part::Breakdown => {
                    let name = plan.headings[column].leaf();
                    facts.breakdown.insert(if name.is_empty() { "grupp".to_owned() } else { name.to_owned() }, text.to_owned());
                }
                _ => {}
            }
        }
        facts.path.extend(self.tree.path().map(str::to_owned));
        if let Some(leaf) = facts.path.last_mut().filter(|_| last.is_some()) {
            facts.unit = facts.unit.or_else(|| unit::find(leaf));
            *leaf = unit::without(leaf).to_owned();
        }
        facts
    }

    fn values(&mut self, gather: &mut Gather<'g>, cells: &[Cell<'g>], row: usize, key: RowKey) {
        let plan = self.plan;
        self.sums.row(key.area, row);
        for (index, measure) in plan.measures.iter().enumerate() {
            let cell = cells.get(measure.column).copied().unwrap_or(Cell::Empty);
            let at = header::at(plan.index, row, measure.column);
            let numbers = &mut self.numbers[index];
            if numbers.wants_examples() {
                numbers.example(cell);
            }
            let (taken, own) = self.signs.weigh(cell, (row, measure.column), numbers.take(cell));
            let taken = if self.units[index].or(own).is_none() { Taken::Unanswered } else { taken };
            if let Taken::Number(number) = taken {
                self.sums.value(index, number);
            }
            if !measure.sums.is_empty() {
                if !cell.is_blank() {
                    gather.echo(at);
                }
                continue;
            }
            self.store(gather, (index as u32, own), key, at, taken);
        }
        self.sums.end_row();
    }

    /// `(index, own)`: the measure, and the unit that the cell says itself.
    fn store(&mut self, gather: &mut Gather<'g>, (index, own): (u32, Option<Unit>), key: RowKey, at: CellRef, taken: Taken<'_>) {
        if self.plan.measures[index as usize].unclear {
            return gather.reject(at, "rubriken nämner en del av ett år som inte går att läsa");
        }
        let area = self.across.get(index as usize).copied().flatten().or(key.area);
        let Some(area) = area else {
            let missing = if self.plan.has_places() && !self.plan.waits_for_places() { "raden har inget område" } else { UNANSWERED };
            return gather.reject(at, self.refused.unwrap_or(missing));
        };
        let Some((period, preliminary)) = self.period(gather, index, key.stretch) else {
            if self.plan.measures[index as usize].compares {
                return gather.reject(at, "rubriken säger vad värdet jämförs med, men inte vilken period det gäller");
            }
            let waits = self.year.is_none() && self.plan.stretch.is_none() && !self.plan.parts.contains(&Part::Period);
            return gather.reject(at, if waits { UNANSWERED } else { "perioden på raden kan inte läsas" });
        };
        if self.held_back.contains(&period) {
            return gather.reject(at, UNANSWERED);
        }
        let series = match self.series.get(&(area, key.facts, index, own)) {
            Some(&series) => series,
            None => {
                let (indicator, breakdown, unit) = self.meaning(gather, key.facts, index, own);
                let series = gather.series(area, indicator, breakdown, unit);
                self.series.insert((area, key.facts, index, own), series);
                series
            }
        };
        gather.put(series, period, preliminary, at, taken);
    }

    /// The period of a value: its column's, its row's, or a month of the one in the year of the other.
    fn period(&mut self, gather: &mut Gather<'g>, index: u32, stretch: Option<u32>) -> Option<(u32, bool)> {
        let measure = &self.plan.measures[index as usize];
        let own = if measure.stretch.is_some() { None } else { Some(stretch?) };
        if let Some(&known) = self.periods.get(&(index, own.unwrap_or(u32::MAX))) {
            return Some(known);
        }
        let found = match (&measure.stretch, own) {
            (Some(stretch), _) => stretch.clone(),
            (None, own) => {
                let row = self.stretches.get(own? as usize)?.clone();
                match measure.part {
                    Some(part) => Stretch { period: period::of(period::year(&row.period.label)?, part), ..row },
                    None => row,
                }
            }
        };
        let waits = self.partial.holds_back(&found.period);
        let preliminary = found.preliminary || self.partial.is_preliminary(&found.period);
        let covered = self.partial.of(&found.period, &measure.name).unwrap_or(found.period);
        let entry = (gather.period(covered), preliminary);
        if waits {
            self.held_back.insert(entry.0);
        }
        self.periods.insert((index, own.unwrap_or(u32::MAX)), entry);
        Some(entry)
    }

    fn meaning(&mut self, gather: &mut Gather<'g>, facts: u32, index: u32, own: Option<Unit>) -> (u32, u32, Unit) {
        if let Some(&known) = self.meanings.get(&(facts, index, own)) {
            return known;
        }
        let (row, measure) = (&self.facts[facts as usize], &self.plan.measures[index as usize]);
        let path = self.plan.path(&row.path, measure);
        let mut breakdown = row.breakdown.clone();
        breakdown.extend(measure.breakdown.clone());
        let unit = own.or(row.unit).or(self.units[index as usize]).unwrap_or(Unit::Other);
        let indicator = gather.indicator(&path.iter().map(String::as_str).collect::<Vec<_>>());
        let meaning = (indicator, gather.breakdown(breakdown), unit);
        self.meanings.insert((facts, index, own), meaning);
        meaning
    }

    pub fn numbers(&self) -> &[Numbers] {
        &self.numbers
    }
}

/// One way of reading numbers for all columns of the same unit; columns without a unit each decide for themselves.
fn look<'g>(gather: &mut Gather<'g>, plan: &Plan<'g>, before: Before<'_>, several: bool) -> Vec<Numbers> {
    const MOST_BLOCKS: usize = 12;
    let loose = plan.measures.iter().filter(|measure| measure.unit.is_none()).count();
    let block = |measure: &Measure| match measure.unit {
        None if loose <= MOST_BLOCKS => (Unit::Other.word(), measure.column),
        unit => (unit.unwrap_or(Unit::Other).word(), 0),
    };
    let mut blocks: Vec<((&str, usize), Vec<usize>)> = Vec::new();
    for measure in &plan.measures {
        let key = block(measure);
        match blocks.iter_mut().find(|(known, _)| *known == key) {
            Some((_, columns)) => columns.push(measure.column),
            None => blocks.push((key, vec![measure.column])),
        }
    }
    let mut found: HashMap<usize, Numbers> = HashMap::new();
    for (_, columns) in blocks {
        let letters = column_letters(columns.first().copied().unwrap_or(0));
        let id = if several { format!("{}!{letters}", plan.sheet.name) } else { letters };
        let numbers = Numbers::look(gather, plan.index, &columns, plan.frame.body.clone(), before.hints.decimal, &id);
        found.extend(columns.into_iter().zip(numbers));
    }
    plan.measures.iter().map(|measure| found.get(&measure.column).cloned().unwrap_or_default()).collect()
}

/// Asked once per file, whatever the number of its tables.
fn ask_year(gather: &mut Gather<'_>) -> Option<i32> {
    if let Some(asked) = gather.doubts.iter().find(|doubt| doubt.id == "year") {
        return asked.answer.as_deref().and_then(period::year);
    }
    gather.ask_year()
}

fn ask_area(gather: &mut Gather<'_>) -> Option<u32> {
    let answer = gather.ask_area("Vilken kommun gäller siffrorna? Filen säger det inte.", Vec::new())?;
    let area = gather.place(&answer);
    Some(gather.area_ref(area))
}

/// The unit of a column; asked where a heading says percent and every number is a fraction of one.
fn unit_of(gather: &mut Gather<'_>, plan: &Plan<'_>, measure: &Measure) -> Option<Unit> {
    if !measure.open {
        return Some(measure.unit.unwrap_or(Unit::Other));
    }
    let letters = column_letters(measure.column);
    let question = format!("Rubriken ”{}” säger procent, men alla tal i kolumn {letters} är högst 1. Vad betyder talet 0,5?", measure.name);
    let choices =
        vec![Choice::new("share", "En andel: 0,5 är hälften, 50 procent"), Choice::new("percent", "Procent: 0,5 är en halv procent")];
    let rows = plan.frame.body.clone().take(3);
    let cells = rows.map(|row| gather.doubt_cell(header::at(plan.index, row, measure.column))).collect();
    match gather.ask(&format!("unit:{letters}"), question, choices, cells)?.as_str() {
        "share" => Some(Unit::Share),
        _ => Some(Unit::Percent),
    }
}
