//! Delimited text → sheet: quotes with line breaks, physical lines kept, and no quotation mark that is believed blindly.
//!
//! A record is read as written. Where a quotation mark stands wrong, or the record then has another number of fields than the
//! rest, other readings are tried (`\"` inside quotes; a mark that is only a letter), and the one that fits is taken and told.

use super::dialect::{self, Dialect};
use super::grid::{Sheet, SheetWriter};
use std::borrow::Cow;

/// A delimited text, split.
pub struct Delimited {
    pub sheet: Sheet,
    pub dialect: Dialect,
    /// Separators that fit as well as the one taken.
    pub rivals: Vec<u8>,
    /// Zero-based rows where a quotation mark was wrong, read as a letter.
    pub stray: Vec<usize>,
    /// Zero-based rows, and how many lines inside each one's quotes look like rows of their own.
    pub swallowed: Vec<(usize, usize)>,
}

/// How to read what a quotation mark leaves open.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told {
    pub delimiter: Option<u8>,
    /// Quoted lines that look like rows are rows.
    pub split_quoted: bool,
}

/// A quoted field longer than this is no cell: its quote is taken for a letter.
const LONGEST_QUOTED: usize = 1_000_000;

/// Splits `text`. Never fails: text that is no table becomes a single column.
pub fn split(text: String, told: Told) -> Delimited {
    let text = if text.contains('\n') { text } else { text.replace('\r', "\n") };
    // The entity's own semicolon would be taken for a separator.
    let text = if text.contains("&nbsp;") { text.replace("&nbsp;", "\u{a0}") } else { text };
    let named = dialect::named(&text);
    let body = if named.is_some() { text.split_once('\n').map_or("", |(_, body)| body) } else { &text };
    let sniffed = dialect::sniff(body, told.delimiter.or(named));
    let (dialect, rivals) = (sniffed.dialect, sniffed.rivals);
    let plain = named.is_none() && !text.as_bytes().contains(&dialect.quote);
    if plain {
        let text = if dialect.spaced { text.replace(&dialect.word().unwrap_or_default(), &separator(&dialect)) } else { text };
        let sheet = Sheet::from_plain_text("", text, dialect.delimiter);
        return Delimited { sheet, dialect, rivals, stray: Vec::new(), swallowed: Vec::new() };
    }
    let doubled = dialect.quote == b'\'' && only_doubled(body);
    let mut reader = Reader { dialect: &dialect, doubled, told, writer: SheetWriter::new(""), stray: Vec::new(), swallowed: Vec::new() };
    if named.is_some() {
        reader.writer.continuation();
    }
    reader.read(body);
    let Reader { writer, stray, swallowed, .. } = reader;
    Delimited { sheet: writer.finish(), rivals, stray, swallowed, dialect }
}

/// Whether a piece of a text can be split by itself, line by line: nothing in it needs the rest of the text to be understood.
pub fn is_plain(piece: &[u8]) -> bool {
    memchr::memchr3(b'"', b'\'', 0, piece).is_none() && memchr::memmem::find(piece, b"&nbsp;").is_none()
}

fn separator(dialect: &Dialect) -> String {
    dialect.delimiter.map(|byte| char::from(byte).to_string()).unwrap_or_default()
}

/// Between apostrophes some programs still double `"`; where it never stands alone, two are one.
fn only_doubled(text: &str) -> bool {
    text.contains('"') && text.as_bytes().chunk_by(|a, b| a == b).all(|run| run.first() != Some(&b'"') || run.len() % 2 == 0)
}

/// One way to read a record.
#[derive(Clone, Copy)]
struct Reading {
    /// `\"` is a quotation mark inside quotes.
    backslash: bool,
    /// The opening mark with this number is a letter.
    letter: Option<usize>,
}

struct Record<'t> {
    fields: Vec<Cow<'t, str>>,
    rest: &'t str,
    /// Line breaks inside.
    breaks: usize,
    /// Fields that open with a quotation mark.
    marks: usize,
    /// Every mark stands where one belongs.
    sound: bool,
}

/// The reading taken for a record.
struct Chosen<'t> {
    record: Record<'t>,
    /// A mark was read as a letter.
    stray: bool,
    /// Lines between its marks that look like rows of their own.
    rows_inside: usize,
}

struct Reader<'d> {
    dialect: &'d Dialect,
    doubled: bool,
    told: Told,
    writer: SheetWriter,
    stray: Vec<usize>,
    swallowed: Vec<(usize, usize)>,
}

impl Reader<'_> {
    fn read(&mut self, mut rest: &str) {
        while !rest.is_empty() {
            let row = self.writer.rows();
            let Chosen { record, stray, rows_inside } = self.best(rest);
            if stray {
                self.stray.push(row);
            }
            if rows_inside > 0 {
                self.swallowed.push((row, rows_inside));
            }
            record.fields.iter().for_each(|field| self.writer.text(field));
            self.writer.end_row();
            (0..record.breaks).for_each(|_| self.writer.continuation());
            rest = record.rest;
        }
    }

    /// The first reading in which every mark is sound and the fields are as many as elsewhere.
    fn best<'t>(&self, text: &'t str) -> Chosen<'t> {
        let plain = Reading { backslash: false, letter: None };
        let first = self.record(text, plain);
        let rows_inside = self.rows_inside(&first);
        let splits = self.told.split_quoted && rows_inside > 0;
        let fits = |record: &Record<'_>| record.sound && record.fields.len() == self.dialect.width;
        if first.marks == 0 || (fits(&first) && !splits) {
            return Chosen { record: first, stray: false, rows_inside };
        }
        let escaped = self.record(text, Reading { backslash: true, ..plain });
        if !splits && (fits(&escaped) || (escaped.sound && !first.sound)) {
            return Chosen { record: escaped, stray: false, rows_inside: 0 };
        }
        if first.sound && !splits {
            return Chosen { record: first, stray: false, rows_inside };
        }
        let letters = (0..first.marks.min(64)).map(|mark| self.record(text, Reading { letter: Some(mark), ..plain }));
        let mut tried: Vec<Record<'t>> = letters.filter(|record| record.sound).collect();
        let record = match tried.iter().position(fits) {
            Some(index) => tried.swap_remove(index),
            None => tried.into_iter().next().unwrap_or_else(|| self.letters_only(text)),
        };
        Chosen { record, stray: true, rows_inside: if splits { rows_inside } else { 0 } }
    }

    /// The last way out: no mark means anything on this line.
    fn letters_only<'t>(&self, text: &'t str) -> Record<'t> {
        let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
        let line = line.strip_suffix('\r').unwrap_or(line);
        let word = self.dialect.word();
        let fields = match &word {
            Some(word) => line.split(word.as_str()).map(Cow::Borrowed).collect(),
            None => vec![Cow::Borrowed(line)],
        };
        Record { fields, rest, breaks: 0, marks: 0, sound: false }
    }

    /// Lines inside quotes that look like rows: with the separators around the line breaks they have all that rows have.
    fn rows_inside(&self, record: &Record<'_>) -> usize {
        let Some(delimiter) = self.dialect.delimiter.filter(|_| record.sound && record.breaks > 0) else { return 0 };
        let inside = |field: &str| {
            let count = |wanted: u8| field.bytes().filter(|byte| *byte == wanted).count();
            let breaks = count(b'\n');
            // A comma or two in somebody's sentences are no columns.
            let like_rows = self.dialect.width > 2 || breaks > 2;
            if like_rows && count(delimiter) >= (self.dialect.width - 1) * breaks { breaks } else { 0 }
        };
        record.fields.iter().map(|field| inside(field)).sum()
    }

    fn record<'t>(&self, text: &'t str, reading: Reading) -> Record<'t> {
        let mut record = Record { fields: Vec::with_capacity(self.dialect.width), rest: text, breaks: 0, marks: 0, sound: true };
        loop {
            let opens = record.rest.as_bytes().first() == Some(&self.dialect.quote);
            let letter = opens && reading.letter == Some(record.marks);
            record.marks += usize::from(opens);
            let (start, after_letter) = record.rest.split_at(usize::from(letter));
            // Behind a mark that is a letter a quoted field may still begin.
            let inside = after_letter.strip_prefix(char::from(self.dialect.quote));
            let (field, after) = match inside.map(|inside| self.quoted(inside, reading.backslash)) {
                Some(Some((field, after))) => (field, after),
                Some(None) => return Record { sound: false, ..record },
                None => (Cow::Borrowed(""), after_letter),
            };
            record.breaks += field.matches('\n').count();
            let end = after.bytes().position(|b| b == b'\n' || Some(b) == self.dialect.delimiter).unwrap_or(after.len());
            let (tail, next) = after.split_at(end);
            let line_end = next.bytes().next().is_none_or(|b| Some(b) != self.dialect.delimiter);
            let tail = if line_end { tail.strip_suffix('\r').unwrap_or(tail) } else { tail };
            // Nothing but blanks may follow a closing mark.
            record.sound &= inside.is_none() || tail.trim().is_empty();
            record.fields.push(join(start, field, tail));
            record.rest = next.get(1..).unwrap_or("");
            if line_end {
                return record;
            }
            if self.dialect.spaced {
                record.rest = record.rest.strip_prefix(' ').unwrap_or(record.rest);
            }
        }
    }

    /// The inside of a quoted field and what follows its closing mark; `None` if it does not close.
    fn quoted<'t>(&self, text: &'t str, backslash: bool) -> Option<(Cow<'t, str>, &'t str)> {
        let (quote, bytes) = (self.dialect.quote, text.as_bytes());
        let (mut field, mut from, mut index) = (Cow::Borrowed(""), 0, 0);
        loop {
            let next = bytes
                .get(index..bytes.len().min(LONGEST_QUOTED))?
                .iter()
                .position(|b| *b == quote || (*b == b'"' && self.doubled) || (*b == b'\\' && backslash))?;
            index += next;
            let (byte, after) = (*bytes.get(index)?, bytes.get(index + 1).copied());
            if (byte == b'\\' && after == Some(quote)) || (byte != b'\\' && after == Some(byte)) {
                field = join("", field, text.get(from..index)?);
                from = index + 1;
                index += 2;
            } else if byte == quote && (quote == b'"' || ends_field(after, self.dialect.delimiter)) {
                return Some((join("", field, text.get(from..index)?), text.get(index + 1..)?));
            } else {
                index += 1;
            }
        }
    }
}

/// Between apostrophes an apostrophe is also just a letter (`don't`): only one at the end of the field closes it.
fn ends_field(after: Option<u8>, delimiter: Option<u8>) -> bool {
    after.is_none() || matches!(after, Some(b'\n' | b'\r')) || after == delimiter
}

fn join<'t>(start: &'t str, middle: Cow<'t, str>, end: &'t str) -> Cow<'t, str> {
    match (start.is_empty(), middle.is_empty(), end.is_empty()) {
        (true, _, true) => middle,
        (true, true, false) => Cow::Borrowed(end),
        (false, true, true) => Cow::Borrowed(start),
        _ => Cow::Owned([start, &middle, end].concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Delimited {
        split(text.to_owned(), Told::default())
    }

    fn rows(text: &str) -> Vec<Vec<String>> {
        let sheet = read(text).sheet;
        sheet.rows_text(0, sheet.rows())
    }

    #[test]
    fn quoted_line_breaks_keep_the_physical_line() {
        let sheet = read("a;b\n\"x\ny\";1\n\"p\"\"q\";2\n").sheet;
        assert_eq!(sheet.rows_text(0, 4), [vec!["a", "b"], vec!["x\ny", "1"], vec![""], vec!["p\"q", "2"]]);
        assert!(sheet.is_continuation(2));
    }

    #[test]
    fn a_quote_that_never_closes_is_a_letter_and_told() {
        let split = read("a;b\n\"x;1\ny;2\n");
        assert_eq!(split.stray, [1]);
        assert_eq!(split.sheet.rows_text(1, 3), [["\"x", "1"], ["y", "2"]]);
    }

    #[test]
    fn a_stray_quote_spoils_its_own_row_only() {
        let split = read("a;b;c\n\"x;1;\"p;q\"\ny;2;z\n");
        assert_eq!(split.sheet.rows_text(0, 3), [["a", "b", "c"], ["\"x", "1", "p;q"], ["y", "2", "z"]]);
        assert_eq!(split.stray, [1]);
    }

    #[test]
    fn rows_between_two_stray_quotes_are_seen() {
        let text = "a;b;c\n1;\"x;5\n2;y;6\n3;z\";7\n4;w;8\n";
        let split_as_cell = read(text);
        assert_eq!(split_as_cell.swallowed, [(1, 2)]);
        let told = split(text.to_owned(), Told { split_quoted: true, ..Told::default() });
        assert_eq!(told.sheet.rows_text(1, 4), [["1", "\"x", "5"], ["2", "y", "6"], ["3", "z\"", "7"]]);
    }

    #[test]
    fn a_backslash_escapes_where_the_row_proves_it() {
        assert_eq!(rows("a,b\n1,\"x \\\", y\"\n2,\"p \"\" q\"\n"), [["a", "b"], ["1", "x \", y"], ["2", "p \" q"]]);
        assert_eq!(rows("a,b\n1,\"c:\\\"\n2,x\n"), [["a", "b"], ["1", "c:\\"], ["2", "x"]]);
    }

    #[test]
    fn apostrophes_quote_where_every_one_is_paired() {
        assert_eq!(rows("a,b\n1,'it's, 9\"\"'\n2,'x'\n"), [["a", "b"], ["1", "it's, 9\""], ["2", "x"]]);
    }

    #[test]
    fn a_separator_of_two_characters_and_a_named_one() {
        assert_eq!(rows("a, b\n1, \"x, y\"\n2, \n"), [vec!["a", "b"], vec!["1", "x, y"], vec!["2", ""]]);
        assert_eq!(rows("a, b\n1, 2\n"), [["a", "b"], ["1", "2"]]);
        let split = read("sep=;\na;b\n1,5;2\n");
        assert_eq!(split.sheet.rows_text(1, 3), [["a", "b"], ["1,5", "2"]]);
        assert!(split.sheet.is_continuation(0));
    }

    #[test]
    fn a_literal_entity_is_a_space_and_no_separator() {
        assert_eq!(rows("a;b;c\n1;7&nbsp;512,4;\n"), [vec!["a", "b", "c"], vec!["1", "7\u{a0}512,4", ""]]);
    }

    #[test]
    fn odd_line_ends_are_lines() {
        assert_eq!(rows("a;b\r1;2\r"), [["a", "b"], ["1", "2"]]);
        assert_eq!(rows("a;\"b\"\r\n1;\"2\"\r\n"), [["a", "b"], ["1", "2"]]);
    }
}
