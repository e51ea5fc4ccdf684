//! A column (or a block of columns) of numbers: its evidence first, then one way of reading for every cell in it.

use super::batch::CellRef;
use super::describe::{Choice, Column, DoubtCell, OtherReading};
use super::gather::Gather;
use super::grid::{Cell, Sheet};
use super::number::{self, Decimal, Evidence, Missing, Verdict};

/// What a value cell turned out to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Taken<'c> {
    Number(f64),
    /// The raw symbol.
    Missing(&'c str),
    /// Left out because a person said so.
    Skip,
    /// Depends on a question nobody has answered.
    Unanswered,
    NotNumber,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dash {
    Missing,
    Zero,
    Skip,
}

/// What settles cells that could mean two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// Cells that can be read in one way only, here or in columns of the same unit.
    Cells,
    Publisher,
    Answer,
}

/// How the cells of a column are read, and what has been read so far.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    decimal: Option<Decimal>,
    ground: Option<Ground>,
    /// Cells that could mean two things wait for an answer.
    open: bool,
    dash: Option<Dash>,
    evidence: Evidence,
    count: u32,
    missing: u32,
    min: f64,
    max: f64,
    /// A cell that could have been read in another way.
    two_ways: Option<DoubtCell>,
    examples: Vec<String>,
}

/// Cells looked at before reading: what they say together, and some of those that must be asked about, with their text.
#[derive(Debug, Clone, Default)]
pub struct Scan {
    evidence: Evidence,
    ambiguous: Vec<(CellRef, String)>,
    dashes: Vec<(CellRef, String)>,
    dash_count: u32,
}

const EXAMPLES: usize = 5;

impl Numbers {
    /// Looks at every cell of `columns` in `rows` and asks what must be asked. They are read in one way; each keeps its own account.
    /// `id` names the questions of this block.
    pub fn look(
        gather: &mut Gather<'_>,
        sheet_index: usize,
        columns: &[usize],
        rows: std::ops::Range<usize>,
        publisher: Option<Decimal>,
        id: &str,
    ) -> Vec<Self> {
        let Some(sheet) = gather.grid.sheets.get(sheet_index) else { return vec![Self::default(); columns.len()] };
        let scans = scan(sheet, sheet_index, columns, rows);
        Self::decide(gather, &scans, publisher, id)
    }

    /// How the cells of columns that are written in one way are to be read; asks what they leave open.
    pub fn decide(gather: &mut Gather<'_>, scans: &[Scan], publisher: Option<Decimal>, id: &str) -> Vec<Self> {
        let whole = Scan::together(scans);
        let mut numbers = Self::default();
        match whole.evidence.verdict(publisher) {
            Verdict::Sure(decimal) => {
                numbers.decimal = Some(decimal);
                numbers.ground = Some(if whole.evidence.proves(decimal) { Ground::Cells } else { Ground::Publisher });
            }
            Verdict::Whole => {}
            Verdict::Doubt => {
                numbers.decimal = ask_decimal(gather, &whole, id);
                numbers.ground = numbers.decimal.map(|_| Ground::Answer);
                numbers.open = numbers.decimal.is_none();
            }
        }
        if !whole.dashes.is_empty() {
            numbers.dash = ask_dash(gather, &whole);
        }
        let own = |scan: &Scan| Self {
            evidence: scan.evidence,
            two_ways: scan.ambiguous.first().map(|(cell, text)| gather.doubt_text(*cell, text.trim())),
            ..numbers.clone()
        };
        scans.iter().map(own).collect()
    }

    /// Reads one cell.
    pub fn take<'c>(&mut self, cell: Cell<'c>) -> Taken<'c> {
        let taken = match cell {
            Cell::Number(number) | Cell::Shown { seen: number, .. } => Taken::Number(number),
            Cell::Empty => Taken::Missing(""),
            Cell::Text(text) => self.text(text),
            _ => Taken::NotNumber,
        };
        self.note(taken);
        taken
    }

    fn text<'c>(&self, text: &'c str) -> Taken<'c> {
        if let Some(number) = number::parse_whole(text) {
            return Taken::Number(number);
        }
        if self.decimal == Some(Decimal::Comma)
            && let Some(number) = number::parse_plain_comma(text)
        {
            return Taken::Number(number);
        }
        match number::missing(text) {
            Missing::Known => Taken::Missing(text.trim()),
            Missing::Dash => match self.dash {
                Some(Dash::Missing) => Taken::Missing(text.trim()),
                Some(Dash::Zero) => Taken::Number(0.0),
                Some(Dash::Skip) => Taken::Skip,
                None => Taken::Unanswered,
            },
            Missing::No => self.number(text),
        }
    }

    fn number<'c>(&self, text: &str) -> Taken<'c> {
        let shape = number::shape(text);
        if shape == number::Shape::Text {
            return Taken::NotNumber;
        }
        if self.open && shape != number::Shape::Whole {
            return Taken::Unanswered;
        }
        number::parse(text, self.decimal.unwrap_or(Decimal::Comma)).map_or(Taken::NotNumber, Taken::Number)
    }

    fn note(&mut self, taken: Taken<'_>) {
        match taken {
            Taken::Number(number) => {
                (self.min, self.max) = if self.count == 0 { (number, number) } else { (self.min.min(number), self.max.max(number)) };
                self.count += 1;
            }
            Taken::Missing(_) => self.missing += 1,
            _ => {}
        }
    }

    /// Keeps the first few cells as examples.
    pub fn example(&mut self, cell: Cell<'_>) {
        if self.examples.len() < EXAMPLES && !cell.is_blank() {
            self.examples.push(cell.shown().trim().to_owned());
        }
    }

    pub fn wants_examples(&self) -> bool {
        self.examples.len() < EXAMPLES
    }

    /// Fills in what a description tells about this column.
    pub fn describe(&self, mut column: Column) -> Column {
        column.count = self.count;
        column.decimal = self.decimal.map(|d| d.word().to_owned());
        column.thousands = self.evidence.thousands(self.decimal).map(str::to_owned);
        column.evidence = self.evidence.phrases(self.decimal);
        column.evidence.extend(self.settled());
        column.other_reading = self.other_reading();
        column.missing = self.missing;
        column.min = (self.count > 0).then_some(self.min);
        column.max = (self.count > 0).then_some(self.max);
        column.examples.clone_from(&self.examples);
        column
    }

    /// How the cells that could mean two things were settled.
    fn settled(&self) -> Option<String> {
        let e = &self.evidence;
        let (count, sign) = if e.either_comma > 0 { (e.either_comma, Decimal::Comma) } else { (e.either_point, Decimal::Point) };
        if count == 0 {
            return None;
        }
        let cells = format!("{} med {} och tre siffror efter", number::cells_in_words(count), sign.name());
        let Some(decimal) = self.decimal else { return Some(format!("{cells} (väntar på ditt svar)")) };
        let read = if decimal == sign { "decimaltecken" } else { "tusentalsavgränsare" };
        let like = match self.ground {
            Some(Ground::Publisher) => "så skriver utgivaren",
            Some(Ground::Answer) => "så har du svarat",
            _ if e.proves(decimal) => "så är kolumnens andra celler skrivna",
            _ => "så är andra kolumner med samma enhet skrivna",
        };
        Some(format!("{cells} ({read}, {like})"))
    }

    /// What a doubtful cell would have been with the other sign.
    fn other_reading(&self) -> Option<OtherReading> {
        let (cell, decimal) = (self.two_ways.as_ref()?, self.decimal?);
        let (read, other) = (number::parse(&cell.value, decimal)?, number::parse(&cell.value, decimal.other())?);
        (read != other).then(|| OtherReading { cell: cell.clone(), read, other })
    }
}

/// One scan per column, in the order of `columns`.
fn scan(sheet: &Sheet, sheet_index: usize, columns: &[usize], rows: std::ops::Range<usize>) -> Vec<Scan> {
    let mut scans = vec![Scan::default(); columns.len()];
    let mut place = vec![None; columns.iter().max().map_or(0, |last| last + 1)];
    for (index, column) in columns.iter().enumerate() {
        place[*column] = Some(index);
    }
    for row in rows {
        for (column, (cell, place)) in sheet.cells(row).zip(&place).enumerate() {
            if let Some(scan) = place.and_then(|index| scans.get_mut(index)) {
                scan.cell(cell, CellRef { sheet: sheet_index as u16, row: row as u32, column: column as u16 });
            }
        }
    }
    scans
}

/// Cells kept as examples of what must be asked.
const ASKED_ABOUT: usize = 20;

impl Scan {
    /// What several columns say together, their cells row by row.
    fn together(scans: &[Self]) -> Self {
        let first = |of: fn(&Self) -> &Vec<(CellRef, String)>| {
            let mut cells: Vec<_> = scans.iter().flat_map(of).cloned().collect();
            cells.sort_by_key(|(at, _)| (at.row, at.column));
            cells.truncate(ASKED_ABOUT);
            cells
        };
        Self {
            evidence: scans.iter().fold(Evidence::default(), |sum, scan| sum.and(scan.evidence)),
            ambiguous: first(|scan| &scan.ambiguous),
            dashes: first(|scan| &scan.dashes),
            dash_count: scans.iter().map(|scan| scan.dash_count).sum(),
        }
    }

    /// Takes one more cell into account.
    pub fn cell(&mut self, cell: Cell<'_>, at: CellRef) {
        let Cell::Text(text) = cell else {
            self.evidence.native += u32::from(matches!(cell, Cell::Number(_)));
            return;
        };
        if number::parse_whole(text).is_some() {
            self.evidence.add_whole(text);
        } else if number::parse_plain_comma(text).is_some() {
            self.evidence.add_plain_comma(text);
        } else {
            self.look(text, at);
        }
    }

    fn look(&mut self, text: &str, at: CellRef) {
        if number::missing(text) == Missing::Dash {
            self.dash_count += 1;
            if self.dashes.len() < ASKED_ABOUT {
                self.dashes.push((at, text.to_owned()));
            }
            return;
        }
        self.evidence.add(text);
        if self.ambiguous.len() < ASKED_ABOUT && matches!(number::shape(text), number::Shape::EitherComma | number::Shape::EitherPoint) {
            self.ambiguous.push((at, text.to_owned()));
        }
    }
}

fn ask_decimal(gather: &mut Gather<'_>, scan: &Scan, id: &str) -> Option<Decimal> {
    let cells: Vec<_> = scan.ambiguous.iter().map(|(cell, text)| gather.doubt_text(*cell, text)).collect();
    let example = cells.first().map_or_else(|| "1,234".to_owned(), |cell| cell.value.clone());
    let e = &scan.evidence;
    let question = if e.either_comma + e.either_point > 0 {
        let count = e.either_comma + e.either_point;
        format!("{count} celler kan läsas på två sätt, till exempel ”{example}”. Vad skiljer heltal från decimaler?")
    } else {
        "Kolumnen blandar decimalkomma och decimalpunkt. Vad skiljer heltal från decimaler?".to_owned()
    };
    let read = |decimal| number::parse(&example, decimal).map(swedish).unwrap_or_default();
    let label = |name: &str, decimal| {
        if read(decimal).is_empty() { name.to_owned() } else { format!("{name}: ”{example}” är {}", read(decimal)) }
    };
    let choices = vec![Choice::new("comma", label("Komma", Decimal::Comma)), Choice::new("point", label("Punkt", Decimal::Point))];
    match gather.ask(&format!("decimal:{id}"), question, choices, cells)?.as_str() {
        "comma" => Some(Decimal::Comma),
        _ => Some(Decimal::Point),
    }
}

/// Asked once per file: a dash means the same everywhere in it.
///
/// Not asked where the file's own legend says it.
fn ask_dash(gather: &mut Gather<'_>, scan: &Scan) -> Option<Dash> {
    if let Some((zero, line)) = gather.legend.clone() {
        let proof = format!("Strecket betyder {} enligt filen: ”{line}”", if zero { "noll" } else { "att uppgift saknas" });
        if gather.proof.iter().all(|known| known.0 != proof) {
            gather.prove(proof);
        }
        return Some(if zero { Dash::Zero } else { Dash::Missing });
    }
    let cells: Vec<_> = scan.dashes.iter().map(|(cell, text)| gather.doubt_text(*cell, text)).collect();
    let answer = if let Some(asked) = gather.doubts.iter_mut().find(|doubt| doubt.id == "dash") {
        let room = 20usize.saturating_sub(asked.cells.len());
        asked.cells.extend(cells.into_iter().take(room));
        asked.answer.clone()
    } else {
        let question = format!(
            "Vad betyder strecket? ”–” eller ”-” står i {} i stället för ett tal.",
            crate::swedish::counted(u64::from(scan.dash_count), "cell", "celler")
        );
        let choices = vec![
            Choice::new("missing", "Uppgift saknas"),
            Choice::new("zero", "Noll, inget hände"),
            Choice::new("skip", "Hoppa över cellerna"),
        ];
        gather.ask("dash", question, choices, cells)
    };
    match answer?.as_str() {
        "zero" => Some(Dash::Zero),
        "skip" => Some(Dash::Skip),
        _ => Some(Dash::Missing),
    }
}

pub use crate::swedish::exact as swedish;
