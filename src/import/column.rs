//! A column (or a block of columns) of numbers: its evidence first, then one way of reading for every cell in it.

use super::batch::CellRef;
use super::describe::{Choice, Column};
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

/// How the cells of a column are read, and what has been read so far.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    decimal: Option<Decimal>,
    /// Cells that could mean two things wait for an answer.
    open: bool,
    dash: Option<Dash>,
    evidence: Evidence,
    count: u32,
    missing: u32,
    min: f64,
    max: f64,
    /// A cell that could have been read in another way, as it stands.
    two_ways: Option<String>,
    examples: Vec<String>,
}

/// Cells looked at before reading: what they say together, and some of those that must be asked about, with their text.
#[derive(Debug, Default)]
pub struct Scan {
    evidence: Evidence,
    ambiguous: Vec<(CellRef, String)>,
    dashes: Vec<(CellRef, String)>,
    dash_count: u32,
}

const EXAMPLES: usize = 5;

impl Numbers {
    /// Looks at every cell of `columns` in `rows` and asks what must be asked. `id` names the questions of this block.
    pub fn look(
        gather: &mut Gather<'_>,
        sheet_index: usize,
        columns: &[usize],
        rows: std::ops::Range<usize>,
        publisher: Option<Decimal>,
        id: &str,
    ) -> Self {
        let Some(sheet) = gather.grid.sheets.get(sheet_index) else { return Self::default() };
        let scan = scan(sheet, sheet_index, columns, rows);
        Self::decide(gather, &scan, publisher, id)
    }

    /// How the cells of a scan are to be read; asks what they leave open.
    pub fn decide(gather: &mut Gather<'_>, scan: &Scan, publisher: Option<Decimal>, id: &str) -> Self {
        let two_ways = scan.ambiguous.first().map(|(_, text)| text.trim().to_owned());
        let mut numbers = Self { evidence: scan.evidence, two_ways, ..Self::default() };
        match scan.evidence.verdict(publisher) {
            Verdict::Sure(decimal) => numbers.decimal = Some(decimal),
            Verdict::Whole => {}
            Verdict::Doubt => {
                numbers.decimal = ask_decimal(gather, scan, id);
                numbers.open = numbers.decimal.is_none();
            }
        }
        if !scan.dashes.is_empty() {
            numbers.dash = ask_dash(gather, scan);
        }
        numbers
    }

    /// The same way of reading, with nothing read yet.
    pub fn afresh(&self) -> Self {
        Self { decimal: self.decimal, open: self.open, dash: self.dash, ..Self::default() }
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
        if let Some(number) = number::parse_digits(text) {
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
        column.decimal = self.decimal.map(|d| d.word().to_owned());
        column.missing = self.missing;
        column.min = (self.count > 0).then_some(self.min);
        column.max = (self.count > 0).then_some(self.max);
        column.examples.clone_from(&self.examples);
        column
    }

    /// The evidence as a Swedish line: `Kolumn E ”Antal”: 1 243 tal, decimalkomma i 312, min 0,4, max 98,2.`
    pub fn proof(&self, column: &Column) -> String {
        let mut parts = vec![format!("{} tal", swedish(f64::from(self.count)))];
        let e = &self.evidence;
        for (count, word) in [
            (e.spaced, "mellanslag som tusentalsavgränsare"),
            (e.comma, "decimalkomma"),
            (e.point, "decimalpunkt"),
            (e.either_comma, "komma som kan betyda två saker"),
            (e.either_point, "punkt som kan betyda två saker"),
        ] {
            if count > 0 {
                parts.push(format!("{word} i {}", swedish(f64::from(count))));
            }
        }
        if self.count > 0 {
            parts.push(format!("minst {}, störst {}", swedish(self.min), swedish(self.max)));
        }
        if self.missing > 0 {
            parts.push(format!("{} utan uppgift", swedish(f64::from(self.missing))));
        }
        parts.extend(self.other_reading());
        format!("Kolumn {} ”{}”: {}.", column.column, column.name, parts.join(", "))
    }

    /// What a doubtful cell would have been with the other sign.
    fn other_reading(&self) -> Option<String> {
        let (text, decimal) = (self.two_ways.as_deref()?, self.decimal?);
        let other = match decimal {
            Decimal::Comma => Decimal::Point,
            Decimal::Point => Decimal::Comma,
        };
        let (now, then) = (number::parse(text, decimal)?, number::parse(text, other)?);
        (now != then).then(|| format!("på det andra sättet vore ”{text}” {} i stället för {}", swedish(then), swedish(now)))
    }
}

fn scan(sheet: &Sheet, sheet_index: usize, columns: &[usize], rows: std::ops::Range<usize>) -> Scan {
    let mut scan = Scan::default();
    let last = columns.iter().copied().max().unwrap_or(0);
    for row in rows {
        for (column, cell) in sheet.cells(row).enumerate().take(last + 1).filter(|(column, _)| columns.contains(column)) {
            scan.cell(cell, CellRef { sheet: sheet_index as u16, row: row as u32, column: column as u16 });
        }
    }
    scan
}

/// Cells kept as examples of what must be asked.
const ASKED_ABOUT: usize = 20;

impl Scan {
    /// Takes one more cell into account.
    pub fn cell(&mut self, cell: Cell<'_>, at: CellRef) {
        let Cell::Text(text) = cell else { return };
        if number::parse_digits(text).is_some() {
            self.evidence.whole += 1;
        } else if number::parse_plain_comma(text).is_some() {
            self.evidence.comma += 1;
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
