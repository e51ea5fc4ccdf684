//! The grid as read: every sheet one long text, so that a million rows cost little more than the file itself.
//!
//! A row in the grid is a physical row in the file (the line in text files, the sheet row in workbooks). A record that
//! spans several lines because of quoted line breaks stands on its first line; the lines it swallows are *continuations*.

use chrono::{NaiveDateTime, NaiveTime};
use std::collections::BTreeMap;

/// Rows that are kept together: few enough to unpack them for a glance, enough to pack well.
pub const BLOCK_ROWS: usize = 4096;

const CELL: char = '\u{1f}';
const ROW: char = '\u{1e}';
const NUMBER: char = '\u{1}';
const CONTINUATION: &str = "\u{2}\u{1e}";
const MOMENT: char = '\u{3}';
const BOOL: char = '\u{4}';
const ERROR: char = '\u{5}';
const TIME: char = '\u{6}';
const SHOWN: char = '\u{7}';
const INDENT: char = '\u{8}';
const MOMENT_FORMAT: &str = "%Y-%m-%dT%H:%M:%S";
const TIME_FORMAT: &str = "%H:%M:%S";

/// One cell as the file types it; text files give only text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    Empty,
    Text(&'a str),
    Number(f64),
    /// A number that its format shows in another unit: 0.34 as `34 %`. What is seen is what it says.
    Shown {
        stored: f64,
        seen: f64,
        /// `%`, `st`, `tkr` or empty.
        sign: &'a str,
    },
    Date(NaiveDateTime),
    Time(NaiveTime),
    Bool(bool),
    /// A spreadsheet error such as `#N/A`, as it is written.
    Error(&'a str),
}

impl<'a> Cell<'a> {
    fn decode(raw: &'a str) -> Self {
        let Some(&tag) = raw.as_bytes().first() else { return Self::Empty };
        if tag > 8 {
            return Self::Text(raw);
        }
        let rest = raw.get(1..).unwrap_or("");
        match char::from(tag) {
            SHOWN => Self::decode_shown(rest),
            INDENT => Self::Text(rest.get(1..).unwrap_or("")),
            NUMBER => rest.parse().map_or(Self::Text(rest), Self::Number),
            MOMENT => NaiveDateTime::parse_from_str(rest, MOMENT_FORMAT).map_or(Self::Text(rest), Self::Date),
            TIME => NaiveTime::parse_from_str(rest, TIME_FORMAT).map_or(Self::Text(rest), Self::Time),
            BOOL => Self::Bool(rest == "1"),
            ERROR => Self::Error(rest),
            _ => Self::Empty,
        }
    }

    /// `0.34e2 %`: the number as stored, the power of ten that its format adds, and the sign after it.
    fn decode_shown(rest: &'a str) -> Self {
        let (written, sign) = rest.split_once(' ').unwrap_or((rest, ""));
        let stored = written.split('e').next().and_then(|stored| stored.parse().ok());
        match stored.zip(written.parse().ok()) {
            Some((stored, seen)) => Self::Shown { stored, seen, sign },
            None => Self::Text(rest),
        }
    }

    /// The number that a person sees in a typed cell.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) | Self::Shown { seen: number, .. } => Some(*number),
            _ => None,
        }
    }

    /// Whether nothing but blanks stands here.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The trimmed text of a text cell; nothing for typed cells.
    pub fn as_text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The cell as a person reads it; numbers with a decimal comma, dates as ISO.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => (*text).to_owned(),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Shown { seen, sign, .. } => format!("{} {sign}", seen.to_string().replace('.', ",")).trim_end().to_owned(),
            Self::Date(moment) if moment.time() == NaiveTime::MIN => moment.date().to_string(),
            Self::Date(moment) => moment.format("%Y-%m-%d %H:%M").to_string(),
            Self::Time(time) => time.format("%H:%M").to_string(),
            Self::Bool(true) => "Sant".to_owned(),
            Self::Bool(false) => "Falskt".to_owned(),
        }
    }

    /// The cell as a plain label: whole numbers without decimals (codes, years), text trimmed.
    pub fn label(&self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            other => other.shown(),
        }
    }
}

/// A step of a cell's own indentation is as wide as three blanks (ECMA-376, part 1, 18.8.1).
const BLANKS: usize = 3;

/// Cells put together to one: from the first to the last row and column, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

/// The spans of a sheet, to be looked up by cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// By column, from the top.
    columns: BTreeMap<u32, Vec<Span>>,
    held: u32,
}

impl Merged {
    /// Cells over which spans may lie side by side; a file with more than that has been forged.
    const MOST: u32 = 1 << 20;

    pub fn add(&mut self, span: Span) {
        let width = span.columns.1.saturating_sub(span.columns.0).saturating_add(1);
        self.held = self.held.saturating_add(width);
        if self.held <= Self::MOST && span.rows.0 <= span.rows.1 && span.columns.0 <= span.columns.1 {
            (span.columns.0..=span.columns.1).for_each(|column| self.columns.entry(column).or_default().push(span));
        }
    }

    pub fn sorted(mut self) -> Self {
        self.columns.values_mut().for_each(|spans| spans.sort_by_key(|span| span.rows));
        self
    }

    /// The span that a cell is part of.
    pub fn at(&self, row: usize, column: usize) -> Option<Span> {
        let spans = self.columns.get(&(column as u32))?;
        let next = spans.partition_point(|span| span.rows.0 as usize <= row);
        spans.get(next.checked_sub(1)?).filter(|span| row <= span.rows.1 as usize).copied()
    }

    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

/// Every sheet of a file, in the file's order; a text file has one, without a name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    pub sheets: Vec<Sheet>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    pub name: String,
    text: String,
    /// Byte where each row starts in `text`.
    starts: Vec<u32>,
    /// Cells that were put together, where the file says so; not kept with the rows.
    pub merged: Merged,
}

impl Sheet {
    /// How far the text of a cell is moved to the right, in blanks: those that its format adds and those before its letters.
    pub fn indent(&self, row: usize, column: usize) -> usize {
        let raw = self.raw(row).split(CELL).nth(column).unwrap_or("");
        let steps = raw.strip_prefix(INDENT).and_then(|rest| rest.bytes().next()).map_or(0, |step| usize::from(step.saturating_sub(b'0')));
        match Cell::decode(raw) {
            Cell::Text(text) => steps * BLANKS + text.chars().take_while(|c| c.is_whitespace()).count(),
            _ => 0,
        }
    }

    /// Whether some cell says its own unit: by its format, or by a percent sign.
    pub fn has_signs(&self) -> bool {
        memchr::memchr2(SHOWN as u8, b'%', self.text.as_bytes()).is_some()
    }

    pub fn rows(&self) -> usize {
        self.starts.len()
    }

    /// Heap bytes held, for the memory budget.
    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.starts.capacity() * size_of::<u32>()
    }

    fn raw(&self, row: usize) -> &str {
        let Some(&start) = self.starts.get(row) else { return "" };
        let end = self.starts.get(row + 1).map_or(self.text.len(), |&end| end as usize);
        let raw = self.text.get(start as usize..end).unwrap_or("");
        let raw = raw.strip_suffix(ROW).unwrap_or(raw);
        raw.strip_suffix('\r').unwrap_or(raw)
    }

    /// The cells of a row from column A; none in a continuation.
    pub fn cells(&self, row: usize) -> impl Iterator<Item = Cell<'_>> {
        let raw = self.raw(row);
        let raw = if raw.starts_with('\u{2}') { "" } else { raw };
        raw.split(CELL).map(Cell::decode)
    }

    /// The cells of a row in the grid's own writing.
    pub(super) fn raw_cells(&self, row: usize) -> impl Iterator<Item = &str> {
        self.raw(row).split(CELL)
    }

    /// Bytes and cells of a row, without decoding any.
    pub fn extent(&self, row: usize) -> (usize, usize) {
        let raw = self.raw(row);
        (raw.len(), raw.bytes().filter(|byte| *byte == CELL as u8).count() + 1)
    }

    /// The rows that hold an @, or eight digits with at most one sign between two of them: a glance before a closer look. The cells
    /// that a row has in common with a row above it that holds none are not looked at again.
    pub fn rows_that_may_identify(&self) -> Vec<bool> {
        let mut harmless = "";
        let look = |row: usize| {
            let raw = self.raw(row);
            let found = may_identify(raw.as_bytes().get(common_cells(harmless, raw)..).unwrap_or_default());
            harmless = if found { "" } else { raw };
            found
        };
        (0..self.rows()).map(look).collect()
    }

    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        self.cells(row).nth(column).unwrap_or(Cell::Empty)
    }

    /// Whether the line belongs to the record above (a quoted line break).
    pub fn is_continuation(&self, row: usize) -> bool {
        self.raw(row).starts_with('\u{2}')
    }

    pub fn is_blank(&self, row: usize) -> bool {
        self.cells(row).all(|cell| cell.is_blank())
    }

    /// Columns up to the last cell that is not blank.
    pub fn width(&self, row: usize) -> usize {
        self.cells(row).enumerate().filter(|(_, cell)| !cell.is_blank()).last().map_or(0, |(column, _)| column + 1)
    }

    /// Rows `first..last` as a person reads them.
    pub fn rows_text(&self, first: usize, last: usize) -> Vec<Vec<String>> {
        (first..last.min(self.rows())).map(|row| self.cells(row).map(|cell| cell.shown()).collect()).collect()
    }

    /// Rows `first..last` in the grid's own writing, to be kept compressed; [`Sheet::from_blocks`] reads it back.
    pub fn block(&self, first: usize, last: usize) -> &str {
        let at = |row: usize| self.starts.get(row).map_or(self.text.len(), |&start| start as usize);
        self.text.get(at(first)..at(last.max(first))).unwrap_or("")
    }

    /// The whole sheet in the grid's own writing.
    pub fn into_text(self) -> String {
        self.text
    }

    /// A sheet from one or several blocks, in order.
    pub fn from_blocks<'b>(name: &str, blocks: impl IntoIterator<Item = &'b str>) -> Self {
        let text: String = blocks.into_iter().collect();
        let starts = row_starts(text.as_bytes());
        Self { name: name.to_owned(), text, starts, merged: Merged::default() }
    }

    /// The same sheet with some cells replaced: `mask(row, column, cell)` gives the text to show instead.
    pub fn masked(&self, mut mask: impl FnMut(usize, usize, Cell<'_>) -> Option<String>) -> Self {
        let mut writer = SheetWriter::new(&self.name);
        writer.sheet.merged = self.merged.clone();
        for row in 0..self.rows() {
            if self.is_continuation(row) {
                writer.continuation();
                continue;
            }
            for (column, raw) in self.raw(row).split(CELL).enumerate() {
                match mask(row, column, Cell::decode(raw)) {
                    Some(text) => writer.text(&text),
                    None => writer.raw(raw),
                }
            }
            writer.end_row();
        }
        writer.finish()
    }

    /// A sheet from delimited text without quotes, in place: separators become the grid's own.
    pub(super) fn from_plain_text(name: &str, text: String, delimiter: Option<u8>) -> Self {
        let mut bytes = text.into_bytes();
        separate(&mut bytes, delimiter);
        // Only ASCII was exchanged for ASCII, so the text is still whole.
        Self::from_separated(name, String::from_utf8(bytes).unwrap_or_default())
    }

    /// A sheet from a text that [`separate`] has been through.
    pub(super) fn from_separated(name: &str, text: String) -> Self {
        let starts = row_starts(text.as_bytes());
        Self { name: name.to_owned(), text, starts, merged: Merged::default() }
    }
}

/// Exchanges line ends and separators for the grid's own, in any encoding that holds ASCII.
pub(super) fn separate(bytes: &mut [u8], delimiter: Option<u8>) {
    for byte in bytes {
        *byte = match *byte {
            b'\n' => ROW as u8,
            other if Some(other) == delimiter => CELL as u8,
            other => plain_byte(other),
        };
    }
}

/// Where the cells end that two rows begin with alike.
fn common_cells(above: &str, row: &str) -> usize {
    const STEP: usize = 16;
    let (above, row) = (above.as_bytes(), row.as_bytes());
    let steps = above.chunks_exact(STEP).zip(row.chunks_exact(STEP)).take_while(|(a, b)| a == b).count();
    memchr::memrchr(CELL as u8, row.get(..steps * STEP).unwrap_or_default()).map_or(0, |end| end + 1)
}

fn may_identify(cells: &[u8]) -> bool {
    let (mut digits, mut between) = (0, 0);
    cells.iter().any(|byte| {
        match byte {
            b'0'..=b'9' => (digits, between) = (digits + 1, 0),
            b' ' | b'-' | b'+' | b'/' | b'(' | b')' | 0x80.. => between += 1,
            _ => digits = 0,
        }
        // Dashes and spaces outside ASCII take up to three bytes.
        if between > 4 {
            digits = 0;
        }
        digits >= 8 || *byte == b'@'
    })
}

/// Control characters would collide with the grid's own marks; none of them means anything in a table.
fn plain_byte(byte: u8) -> u8 {
    if byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') { b' ' } else { byte }
}

fn row_starts(bytes: &[u8]) -> Vec<u32> {
    if bytes.is_empty() {
        return Vec::new();
    }
    let ends = memchr::memchr_iter(ROW as u8, bytes).map(|index| index as u32 + 1);
    let mut starts = Vec::with_capacity(bytes.len() / 48 + 1);
    starts.push(0);
    starts.extend(ends);
    if bytes.last() == Some(&(ROW as u8)) {
        starts.pop();
    }
    starts.shrink_to_fit();
    starts
}

/// Writes a sheet cell by cell, row by row.
pub(super) struct SheetWriter {
    sheet: Sheet,
    row_open: bool,
}

impl SheetWriter {
    pub fn new(name: &str) -> Self {
        Self { sheet: Sheet { name: name.to_owned(), ..Sheet::default() }, row_open: false }
    }

    pub fn bytes(&self) -> usize {
        self.sheet.text.len()
    }

    pub fn rows(&self) -> usize {
        self.sheet.starts.len()
    }

    fn open_cell(&mut self) {
        if self.row_open {
            self.sheet.text.push(CELL);
        } else {
            self.sheet.starts.push(self.sheet.text.len() as u32);
            self.row_open = true;
        }
    }

    /// Cells in the open row; none when the next cell begins a row.
    pub fn row_is_open(&self) -> bool {
        self.row_open
    }

    /// A cell already in the grid's own writing.
    pub fn raw(&mut self, raw: &str) {
        self.open_cell();
        self.sheet.text.push_str(raw);
    }

    pub fn text(&mut self, text: &str) {
        self.open_cell();
        if text.bytes().all(|byte| plain_byte(byte) == byte) {
            self.sheet.text.push_str(text);
        } else {
            self.sheet.text.extend(text.chars().map(|c| if c < ' ' { plain_byte(c as u8) as char } else { c }));
        }
    }

    pub fn end_row(&mut self) {
        if !self.row_open {
            self.sheet.starts.push(self.sheet.text.len() as u32);
        }
        self.sheet.text.push(ROW);
        self.row_open = false;
    }

    pub fn continuation(&mut self) {
        self.sheet.starts.push(self.sheet.text.len() as u32);
        self.sheet.text.push_str(CONTINUATION);
    }

    pub fn finish(mut self) -> Sheet {
        if self.row_open {
            self.end_row();
        }
        self.sheet
    }
}

/// The grid's writing of typed cells.
pub(super) mod encoded {
    use super::*;
    use std::fmt::Write;

    pub fn number(number: f64) -> String {
        let mut out = String::new();
        write_number(&mut out, number);
        out
    }

    pub fn write_number(out: &mut String, number: f64) {
        // A string takes everything.
        let _ = write!(out, "{NUMBER}{number}");
    }

    /// A whole number as it is written, which needs no second look.
    pub fn write_digits(out: &mut String, digits: &str) {
        out.push(NUMBER);
        out.push_str(digits);
    }

    /// A number that its format shows times ten to the power of `tens`, with a sign after it.
    pub fn write_shown(out: &mut String, number: f64, tens: i32, sign: &str) {
        let space = if sign.is_empty() { "" } else { " " };
        let _ = write!(out, "{SHOWN}{number}e{tens}{space}{sign}");
    }

    /// A text moved so many steps to the right by its format; at most as many as programs have.
    pub fn write_indented(out: &mut String, steps: u8, text: &str) {
        if steps > 0 && !text.is_empty() {
            out.push(INDENT);
            out.push(char::from(b'0' + steps.min(15)));
        }
        out.push_str(text);
    }

    pub fn moment(moment: NaiveDateTime) -> String {
        format!("{MOMENT}{}", moment.format(MOMENT_FORMAT))
    }

    pub fn time(time: NaiveTime) -> String {
        format!("{TIME}{}", time.format(TIME_FORMAT))
    }

    pub fn bool(value: bool) -> String {
        format!("{BOOL}{}", u8::from(value))
    }

    pub fn error(error: &str) -> String {
        format!("{ERROR}{error}")
    }
}

/// A cell in the grid's own writing as a person reads it.
#[cfg(test)]
pub(super) fn shown_raw(raw: &str) -> String {
    Cell::decode(raw).shown()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_becomes_rows_and_cells() {
        let sheet = Sheet::from_plain_text("", "a;b\r\n\r\n1;;3".to_owned(), Some(b';'));
        assert_eq!(sheet.rows(), 3);
        assert_eq!(sheet.cell(0, 1), Cell::Text("b"));
        assert!(sheet.is_blank(1));
        assert_eq!(sheet.cell(2, 1), Cell::Empty);
        assert_eq!(sheet.cell(2, 2), Cell::Text("3"));
        assert_eq!(sheet.cell(9, 9), Cell::Empty);
        assert_eq!(sheet.width(2), 3);
    }

    #[test]
    fn typed_cells_come_back_as_they_went_in() {
        let mut writer = SheetWriter::new("Blad");
        writer.raw(&encoded::number(0.1));
        writer.raw(&encoded::bool(true));
        writer.raw(&encoded::error("#N/A"));
        writer.text("a\u{1f}b");
        writer.end_row();
        writer.continuation();
        writer.end_row();
        let sheet = writer.finish();
        let cells: Vec<_> = sheet.cells(0).collect();
        assert_eq!(cells, [Cell::Number(0.1), Cell::Bool(true), Cell::Error("#N/A"), Cell::Text("a b")]);
        assert!(sheet.is_continuation(1) && !sheet.is_continuation(2));
        let again = Sheet::from_blocks("Blad", [sheet.block(0, 1), sheet.block(1, 3)]);
        assert_eq!(again.rows_text(0, 3), sheet.rows_text(0, 3));
        assert_eq!(again.rows(), 3);
    }

    #[test]
    fn a_million_rows_stay_small() {
        let text = "Åsele kommun;Stöld;År;2024;1 234;5 678,9;\n".repeat(1_000_000);
        let bytes = text.len();
        let sheet = Sheet::from_plain_text("", text, Some(b';'));
        assert_eq!(sheet.rows(), 1_000_000);
        assert!(sheet.bytes() < bytes + 8_000_000, "{}", sheet.bytes());
    }

    #[test]
    fn masking_touches_nothing_else() {
        let sheet = Sheet::from_plain_text("", "a;b\nc;d\n".to_owned(), Some(b';'));
        let masked = sheet.masked(|row, column, _| (row == 1 && column == 0).then(|| "▒".to_owned()));
        assert_eq!(masked.rows_text(0, 2), [["a", "b"], ["▒", "d"]]);
    }
}
