//! Tables made up in many layouts from one known cube: whatever is stored must be what the cube says, at the cell where it
//! was written. A layout may be asked about or refused; a number under the wrong area, year, crime or sex is the one fault
//! that must never happen.

use lagesbild::import::batch::{Reading, Unit, Value};
use lagesbild::import::{Answers, Inspected, inspect};
use lagesbild::reference::Known;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use std::collections::BTreeMap;

const AREAS: [(&str, &str, &str); 6] = [
    ("Åsele", "2463", "Åsele kommun"),
    ("Arjeplog", "2506", "Arjeplogs kommun"),
    ("Malung-Sälen", "2023", "Malung–Sälens kommun"),
    ("Falun", "2080", "Falu kommun"),
    ("Upplands Väsby", "0114", "Upplands Väsby kommun"),
    ("Gotland", "0980", "Gotlands kommun"),
];
const CRIMES: [&str; 5] =
    ["Stöld", "Skadegörelsebrott", "Misshandel inkl. grov, mot kvinna 18 år eller äldre", "Bedrägeri m.m.", "Narkotikabrott (6 §)"];
const SEXES: [&str; 2] = ["Kvinnor", "Män"];
const MONTHS: [&str; 6] = ["Jan", "Feb", "Mar", "Apr", "Maj", "Jun"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Axis {
    Area,
    Crime,
    Sex,
    Time,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Names {
    Plain,
    Kommun,
    Code,
    CodeAndName,
    Upper,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Written {
    SemicolonComma,
    TabComma,
    CommaPoint,
    Workbook { merged: bool, typed: bool },
}

/// One way to write the cube down.
#[derive(Debug, Clone)]
struct Layout {
    areas: usize,
    crimes: usize,
    sexes: usize,
    years: usize,
    months: bool,
    /// Axes across, outermost first; the rest stand down the left side.
    across: Vec<Axis>,
    names: Names,
    unit: &'static str,
    written: Written,
    titles: usize,
    notes: usize,
    /// Repeated labels stand only where they change.
    sparse: bool,
    /// What is withheld is said in words, and whole rows are.
    words: bool,
    /// The title says that the years are only their first halves.
    halves: bool,
    seed: u32,
}

impl Layout {
    fn size(&self, axis: Axis) -> usize {
        match axis {
            Axis::Area => self.areas,
            Axis::Crime => self.crimes,
            Axis::Sex => self.sexes,
            Axis::Time => self.years,
        }
    }

    fn axes(&self, across: bool) -> Vec<Axis> {
        let all = [Axis::Area, Axis::Crime, Axis::Sex, Axis::Time];
        let present = |axis: &Axis| self.size(*axis) > 1 || matches!(axis, Axis::Area | Axis::Time | Axis::Crime);
        match across {
            true => self.across.iter().copied().filter(present).collect(),
            false => all.into_iter().filter(present).filter(|axis| !self.across.contains(axis)).collect(),
        }
    }

    fn label(&self, axis: Axis, index: usize) -> String {
        match axis {
            Axis::Area => {
                let (name, code, kommun) = AREAS[index];
                match self.names {
                    Names::Plain => name.to_owned(),
                    Names::Kommun => kommun.to_owned(),
                    Names::Code => code.to_owned(),
                    Names::CodeAndName => format!("{code} {name}"),
                    Names::Upper => name.to_uppercase(),
                }
            }
            Axis::Crime => CRIMES[index].to_owned(),
            Axis::Sex => SEXES[index].to_owned(),
            Axis::Time if self.months => format!("{} 2024", MONTHS[index]),
            Axis::Time => (2019 + index).to_string(),
        }
    }

    fn period(&self, index: usize) -> String {
        match (self.months, 2019 + index) {
            (true, _) => format!("2024-{:02}", index + 1),
            (false, year) if self.has_halves() => format!("{year}-01–{year}-06"),
            (false, year) => year.to_string(),
        }
    }

    fn has_halves(&self) -> bool {
        self.halves && self.titles > 0 && !self.months
    }

    fn meant_unit(&self) -> Unit {
        match self.unit {
            "Antal" => Unit::Count,
            "Procent" => Unit::Percent,
            _ => Unit::Per100k,
        }
    }

    fn heading(axis: Axis) -> &'static str {
        match axis {
            Axis::Area => "Kommun",
            Axis::Crime => "Brottstyp",
            Axis::Sex => "Kön",
            Axis::Time => "År",
        }
    }

    /// The cube's value: `None` is withheld.
    fn value(&self, at: &BTreeMap<Axis, usize>) -> Option<f64> {
        let key =
            at.values().fold(self.seed, |hash, index| hash.wrapping_mul(31).wrapping_add(*index as u32 + 7).wrapping_mul(2_654_435_761));
        let row = (self.areas + at[&Axis::Area] * 7 + at[&Axis::Crime] * 3) as u32 ^ self.seed;
        match self.unit {
            _ if key % 11 == 3 || self.words && row % 7 == 2 => None,
            "Antal" => Some(f64::from(key % 4_000)),
            "Procent" => Some(f64::from(key % 1_000) / 10.0),
            _ => Some(f64::from(key % 90_000) / 10.0),
        }
    }

    /// A value as it is written; `place` only varies the words.
    fn text(&self, value: Option<f64>, place: usize) -> String {
        const WORDS: [&str; 4] = ["sekretess", "ej svar", "uppgift saknas", "okänt"];
        let Some(value) = value else {
            return if self.words { WORDS[(self.seed as usize + place) % 4].to_owned() } else { "..".to_owned() };
        };
        let shown = if self.unit == "Antal" { format!("{value:.0}") } else { format!("{value:.1}") };
        match self.written {
            Written::CommaPoint => shown,
            _ => {
                let (whole, part) = shown.split_once('.').unwrap_or((&shown, ""));
                let grouped = match whole.len() {
                    4.. => format!("{}\u{a0}{}", &whole[..whole.len() - 3], &whole[whole.len() - 3..]),
                    _ => whole.to_owned(),
                };
                if part.is_empty() { grouped } else { format!("{grouped},{part}") }
            }
        }
    }
}

/// What stands in a cell of the table.
#[derive(Debug, Clone)]
enum Ink {
    Blank,
    Text(String),
    Value(Option<f64>),
}

/// Every combination of the axes' indexes, the last axis fastest.
fn combinations(layout: &Layout, axes: &[Axis]) -> Vec<BTreeMap<Axis, usize>> {
    axes.iter().fold(vec![BTreeMap::new()], |made, &axis| {
        made.into_iter()
            .flat_map(|before| {
                (0..layout.size(axis)).map(move |index| {
                    let mut next = before.clone();
                    next.insert(axis, index);
                    next
                })
            })
            .collect()
    })
}

/// The table, and the cube's coordinates of every value cell.
struct Drawn {
    cells: Vec<Vec<Ink>>,
    truth: BTreeMap<(u32, u16), BTreeMap<Axis, usize>>,
    /// Merged header ranges: row, first and last column.
    merges: Vec<(usize, usize, usize)>,
}

fn draw(layout: &Layout) -> Drawn {
    let (down, across) = (layout.axes(false), layout.axes(true));
    let (rows, columns) = (combinations(layout, &down), combinations(layout, &across));
    let mut drawn = Drawn { cells: Vec::new(), truth: BTreeMap::new(), merges: Vec::new() };
    for title in 0..layout.titles {
        let covers =
            if layout.has_halves() { "Anmälda brott januari–juni" } else { "Anmälda brott efter kommun, brottstyp och period" };
        let text = [covers, "Källa: egen sammanställning"][title % 2];
        drawn.cells.push(vec![Ink::Text(format!("{text}{}", if title == 0 { format!(". {}.", layout.unit) } else { String::new() }))]);
    }
    header(layout, &down, &across, &columns, &mut drawn);
    for (index, row) in rows.iter().enumerate() {
        let mut line: Vec<Ink> = Vec::new();
        for (depth, axis) in down.iter().enumerate() {
            let same = |before: &BTreeMap<Axis, usize>| down[..=depth].iter().all(|axis| before[axis] == row[axis]);
            let repeated = index > 0 && same(&rows[index - 1]) && depth + 1 < down.len();
            line.push(if layout.sparse && repeated { Ink::Blank } else { Ink::Text(layout.label(*axis, row[axis])) });
        }
        for column in &columns {
            let at: BTreeMap<Axis, usize> = row.iter().chain(column).map(|(axis, index)| (*axis, *index)).collect();
            drawn.truth.insert((drawn.cells.len() as u32, line.len() as u16), at.clone());
            line.push(Ink::Value(layout.value(&at)));
        }
        drawn.cells.push(line);
    }
    for note in 0..layout.notes {
        drawn.cells.push(if note == 0 { Vec::new() } else { vec![Ink::Text(".. betyder att uppgiften inte redovisas.".to_owned())] });
    }
    drawn
}

fn header(layout: &Layout, down: &[Axis], across: &[Axis], columns: &[BTreeMap<Axis, usize>], drawn: &mut Drawn) {
    for (depth, axis) in across.iter().enumerate() {
        let last = depth + 1 == across.len();
        let mut line: Vec<Ink> =
            down.iter().map(|axis| if last { Ink::Text(Layout::heading(*axis).to_owned()) } else { Ink::Blank }).collect();
        let first = line.len();
        for (index, column) in columns.iter().enumerate() {
            let same = |before: &BTreeMap<Axis, usize>| across[..=depth].iter().all(|axis| before[axis] == column[axis]);
            let goes_on = !last && index > 0 && same(&columns[index - 1]);
            if goes_on {
                if let Some(merge) = drawn.merges.last_mut().filter(|merge| merge.0 == drawn.cells.len()) {
                    merge.2 = first + index;
                }
            } else if !last {
                drawn.merges.push((drawn.cells.len(), first + index, first + index));
            }
            let blank = goes_on && (layout.sparse || matches!(layout.written, Written::Workbook { merged: true, .. }));
            line.push(if blank { Ink::Blank } else { Ink::Text(layout.label(*axis, column[axis])) });
        }
        drawn.cells.push(line);
    }
    if across.is_empty() {
        let named = down.iter().map(|axis| Ink::Text(Layout::heading(*axis).to_owned()));
        drawn.cells.push(named.chain([Ink::Text(layout.unit.to_owned())]).collect());
    }
}

fn bytes(layout: &Layout, drawn: &Drawn) -> Vec<u8> {
    let delimiter = match layout.written {
        Written::SemicolonComma => ";",
        Written::TabComma => "\t",
        Written::CommaPoint => ",",
        Written::Workbook { merged, typed } => return workbook(layout, drawn, merged, typed),
    };
    let quoted = |text: String| if text.contains(delimiter) { format!("\"{text}\"") } else { text };
    let cell = |(place, ink): (usize, &Ink)| match ink {
        Ink::Blank => String::new(),
        Ink::Text(text) => quoted(text.clone()),
        Ink::Value(value) => layout.text(*value, place),
    };
    let lines: Vec<String> = drawn.cells.iter().map(|row| row.iter().enumerate().map(cell).collect::<Vec<_>>().join(delimiter)).collect();
    (lines.join("\r\n") + "\r\n").into_bytes()
}

fn workbook(layout: &Layout, drawn: &Drawn, merged: bool, typed: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Tabell").unwrap();
    for (row, cells) in drawn.cells.iter().enumerate() {
        for (column, ink) in cells.iter().enumerate() {
            let at = (row as u32, column as u16);
            match ink {
                Ink::Blank => continue,
                Ink::Value(Some(value)) => sheet.write_number(at.0, at.1, *value).unwrap(),
                Ink::Value(None) => sheet.write_string(at.0, at.1, layout.text(None, column)).unwrap(),
                Ink::Text(text) => match text.parse::<f64>() {
                    Ok(number) if typed => sheet.write_number(at.0, at.1, number).unwrap(),
                    _ => sheet.write_string(at.0, at.1, text).unwrap(),
                },
            };
        }
    }
    for (row, first, last) in drawn.merges.iter().filter(|(_, first, last)| merged && last > first) {
        let Ink::Text(text) = &drawn.cells[*row][*first] else { continue };
        sheet.merge_range(*row as u32, *first as u16, *row as u32, *last as u16, text, &Format::new()).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// How a stored value differs from the cube, if it does.
fn fault(layout: &Layout, drawn: &Drawn, read: &Inspected, value: &Value) -> Option<String> {
    let batch = &read.batch;
    let Some(at) = drawn.truth.get(&(value.cell.row, value.cell.column)) else { return Some("cellen är inget värde i tabellen".into()) };
    let series = batch.series[value.series as usize];
    let area = &batch.areas[series.area as usize];
    let path = batch.indicators[series.indicator as usize].path.join(" › ");
    let groups: Vec<&str> =
        batch.breakdowns.get(series.breakdown as usize).into_iter().flat_map(|b| b.values()).map(String::as_str).collect();
    let told = format!("{path} {}", groups.join(" "));
    let (reading, meant) = match value.reading {
        Reading::Number(number) => (Some(number), layout.value(at)),
        Reading::Missing(_) => (None, layout.value(at)),
    };
    let (name, code, _) = AREAS[at[&Axis::Area]];
    let crime = CRIMES[at[&Axis::Crime]];
    let sex = at.get(&Axis::Sex).map_or("", |index| SEXES[*index]);
    let faults = [
        (reading != meant, format!("läst {reading:?}, står {meant:?}")),
        (area.name != name || area.code.as_deref() != Some(code), format!("område {} i stället för {name}", area.name)),
        (
            series.unit != Unit::Other && layout.meant_unit() != series.unit,
            format!("enhet {} i stället för {}", series.unit.word(), layout.unit),
        ),
        (
            batch.periods[value.period as usize].label != layout.period(at[&Axis::Time]),
            format!("period {}", batch.periods[value.period as usize].label),
        ),
        (!told.contains(crime.split([',', '(']).next().unwrap_or(crime).trim()), format!("”{told}” i stället för ”{crime}”")),
        (!told.contains(sex), format!("”{told}” utan {sex}")),
    ];
    faults.into_iter().find(|(wrong, _)| *wrong).map(|(_, what)| what)
}

fn layouts() -> impl Strategy<Value = Layout> {
    let across = prop_oneof![
        4 => Just(vec![Axis::Time]),
        2 => Just(vec![]),
        1 => Just(vec![Axis::Crime]),
        1 => Just(vec![Axis::Sex, Axis::Time]),
        1 => Just(vec![Axis::Time, Axis::Sex]),
        1 => Just(vec![Axis::Crime, Axis::Time]),
        1 => Just(vec![Axis::Area]),
        1 => Just(vec![Axis::Crime, Axis::Sex, Axis::Time]),
    ];
    let names = prop_oneof![Just(Names::Plain), Just(Names::Kommun), Just(Names::Code), Just(Names::CodeAndName), Just(Names::Upper)];
    let written = prop_oneof![
        Just(Written::SemicolonComma),
        Just(Written::TabComma),
        Just(Written::CommaPoint),
        (any::<bool>(), any::<bool>()).prop_map(|(merged, typed)| Written::Workbook { merged, typed }),
    ];
    let unit = prop_oneof![Just("Antal"), Just("Per 100 000 inv."), Just("Procent")];
    let sizes = (2usize..=6, 1usize..=5, 1usize..=2, 2usize..=6, any::<bool>());
    (sizes, across, names, unit, written, (0usize..3, 0usize..3, any::<bool>(), any::<u32>())).prop_map(
        |((areas, crimes, sexes, years, months), across, names, unit, written, (titles, notes, sparse, seed))| {
            let (words, halves) = (seed % 3 == 0, seed % 5 == 0);
            let years = if months { years.min(MONTHS.len()) } else { years };
            Layout { areas, crimes, sexes, years, months, across, names, unit, written, titles, notes, sparse, words, halves, seed }
        },
    )
}

/// Faults of one layout: none, or what was stored wrongly. Gives how many cells were stored of how many.
fn tried(layout: &Layout) -> Result<(usize, usize), String> {
    let drawn = draw(layout);
    let name = if matches!(layout.written, Written::Workbook { .. }) { "tabell.xlsx" } else { "tabell.csv" };
    let bytes = bytes(layout, &drawn);
    let Ok(read) = inspect(name, &bytes, &Known::default(), &Answers::new()) else { return Ok((0, drawn.truth.len())) };
    assert!(read.tally.adds_up(), "{:?}", read.tally);
    match read.batch.values.iter().find_map(|value| Some((value, fault(layout, &drawn, &read, value)?))) {
        Some((value, what)) => Err(format!(
            "rad {}, kolumn {}: {what}\n{}",
            value.cell.row + 1,
            lagesbild::error::column_letters(value.cell.column as usize),
            String::from_utf8_lossy(&bytes).chars().take(if name.ends_with("csv") { 1500 } else { 0 }).collect::<String>()
        )),
        None => {
            let told: std::collections::BTreeSet<(u32, String)> =
                read.rejections.iter().map(|cell| (cell.row, cell.column.clone())).collect();
            let stored: std::collections::BTreeSet<(u32, u16)> =
                read.batch.values.iter().map(|value| (value.cell.row, value.cell.column)).collect();
            let at = |(row, column): &(u32, u16)| (*row + 1, lagesbild::error::column_letters(*column as usize));
            match drawn.truth.keys().find(|cell| !stored.is_empty() && !stored.contains(cell) && !told.contains(&at(cell))) {
                Some(lost) => Err(format!(
                    "{:?} varken lagrades eller nämndes\n{}",
                    at(lost),
                    String::from_utf8_lossy(&bytes).chars().take(if name.ends_with("csv") { 1500 } else { 0 }).collect::<String>()
                )),
                None => Ok((stored.len() + told.len(), drawn.truth.len())),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_layout_is_read_wrongly_in_silence(layout in layouts()) {
        if let Err(what) = tried(&layout) {
            return Err(TestCaseError::fail(what));
        }
    }
}

/// Trust is also that a plain table is read without a word being typed: most of these layouts must be.
#[test]
fn nearly_every_layout_is_read_at_the_first_attempt() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut whole, mut part, mut none) = (0, 0, Vec::new());
    for _ in 0..400 {
        let layout = layouts().new_tree(&mut runner).unwrap().current();
        match tried(&layout) {
            Ok((stored, all)) if stored == all => whole += 1,
            Ok((0, _)) => none.push(layout),
            Ok(_) => part += 1,
            Err(what) => panic!("{layout:?}\n{what}"),
        }
    }
    println!("{whole} helt lästa, {part} delvis, {} frågade om eller avvisade, av 400", none.len());
    let shown: Vec<String> = none.iter().take(12).map(|layout| format!("{layout:?}")).collect();
    assert!(whole >= 360, "{whole} av 400 lästes helt, {part} delvis; inte lästa, till exempel:\n{}", shown.join("\n"));
}
