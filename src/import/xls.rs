//! Old Excel workbooks (.xls, BIFF5 and BIFF8) → sheets, record by record, so that nothing a record claims costs more than it
//! holds. Format: [MS-XLS]; BIFF5: OpenOffice's documentation of the Excel file format.

use super::cell_format::{CellFormat, NumberFormat};
use super::grid::{Span, encoded};
use super::ole::Ole;
use super::workbook::{Found, Held, Placed, cut_off, damaged, no_value, protected};
use crate::error::Result;
use crate::progress::Stage;
use encoding_rs::Encoding;

mod record {
    pub const FORMULA: u16 = 0x0006;
    pub const EOF: u16 = 0x000a;
    pub const DATE_MODE: u16 = 0x0022;
    pub const FILE_PASS: u16 = 0x002f;
    pub const CONTINUE: u16 = 0x003c;
    pub const CODE_PAGE: u16 = 0x0042;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const MUL_RK: u16 = 0x00bd;
    pub const RICH_STRING: u16 = 0x00d6;
    pub const XF: u16 = 0x00e0;
    pub const MERGED_CELLS: u16 = 0x00e5;
    pub const SHARED_STRINGS: u16 = 0x00fc;
    pub const LABEL_SST: u16 = 0x00fd;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOL_OR_ERROR: u16 = 0x0205;
    pub const STRING: u16 = 0x0207;
    pub const RK: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
    pub const BOF: u16 = 0x0809;
}

/// Reads every worksheet. Errors: protected, cut off, or more than may be held.
pub fn read(bytes: &[u8], held: &mut Held<'_>) -> Result<Vec<Found>> {
    let file = Ole::open(bytes).ok_or_else(cut_off)?;
    let stream = file.stream("Workbook").or_else(|| file.stream("Book")).ok_or_else(cut_off)?;
    let book = Book::read(&stream)?;
    held.progress.begin(Stage::Opening, stream.len() as u64)?;
    let sheets = book.sheets.iter().filter(|sheet| sheet.worksheet);
    sheets
        .map(|sheet| {
            let mut placed = Placed::new(held);
            Cells { book: &book, placed: &mut placed, waiting: None }.read(stream.get(sheet.at..).ok_or_else(cut_off)?)?;
            Ok(Found { sheet: placed.sheet(&sheet.name)?, hidden: sheet.hidden })
        })
        .collect()
}

/// What the workbook says before its sheets.
struct Book {
    wide: bool,
    letters: &'static Encoding,
    from_1904: bool,
    formats: Vec<CellFormat>,
    strings: Vec<String>,
    sheets: Vec<SheetAt>,
}

struct SheetAt {
    at: usize,
    name: String,
    hidden: bool,
    worksheet: bool,
}

/// The records from here, each with its number and content.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (number16(rest, 0)?, usize::from(number16(rest, 2)?));
        let content = rest.get(4..)?;
        let content = content.get(..length).unwrap_or(content);
        rest = rest.get(4 + length..).unwrap_or_default();
        Some((kind, content))
    })
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn number32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn float(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..at + 8)?.try_into().ok().map(f64::from_le_bytes)
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self> {
        let mut book = Self {
            wide: true,
            letters: encoding_rs::WINDOWS_1252,
            from_1904: false,
            formats: Vec::new(),
            strings: Vec::new(),
            sheets: Vec::new(),
        };
        let (mut codes, mut cell_formats, mut strings) = (Vec::new(), Vec::new(), Vec::new());
        let mut last = 0;
        for (kind, content) in records(stream) {
            match kind {
                record::BOF => book.wide = number16(content, 0) != Some(0x0500),
                record::FILE_PASS => return Err(protected()),
                record::CODE_PAGE => book.letters = letters(number16(content, 0).unwrap_or(1252)),
                record::DATE_MODE => book.from_1904 = number16(content, 0) == Some(1),
                record::FORMAT => codes.extend(book.format(content)),
                record::XF => cell_formats.push((number16(content, 2).unwrap_or(0), indent(content))),
                record::BOUND_SHEET => book.sheets.extend(book.sheet(content)),
                record::SHARED_STRINGS => strings = vec![content],
                record::CONTINUE if last == record::SHARED_STRINGS => strings.push(content),
                record::EOF => break,
                _ => {}
            }
            if kind != record::CONTINUE {
                last = kind;
            }
        }
        let number = |number: u16| {
            let code = codes.iter().find(|(known, _)| *known == number);
            code.map_or_else(|| NumberFormat::built_in(u32::from(number)), |(_, format)| format.clone())
        };
        book.formats = cell_formats.into_iter().map(|(format, indent)| CellFormat { number: number(format), indent }).collect();
        book.strings = shared_strings(strings);
        if book.sheets.is_empty() { Err(cut_off()) } else { Ok(book) }
    }

    fn format(&self, content: &[u8]) -> Option<(u16, NumberFormat)> {
        let code = if self.wide { self.text(content.get(2..)?, 2)? } else { self.text(content.get(2..)?, 1)? };
        Some((number16(content, 0)?, NumberFormat::new(&code)))
    }

    fn sheet(&self, content: &[u8]) -> Option<SheetAt> {
        let name = self.text(content.get(6..)?, 1)?.replace('\0', "");
        Some(SheetAt { at: number32(content, 0)? as usize, name, hidden: content.get(4)? & 3 != 0, worksheet: *content.get(5)? == 0 })
    }

    /// A string with its length in one or two bytes before it.
    fn text(&self, content: &[u8], length_bytes: usize) -> Option<String> {
        let length = if length_bytes == 1 { usize::from(*content.first()?) } else { usize::from(number16(content, 0)?) };
        let rest = content.get(length_bytes..)?;
        if !self.wide {
            let bytes = rest.get(..length).unwrap_or(rest);
            return Some(self.letters.decode_without_bom_handling(bytes).0.into_owned());
        }
        let mut parts = Parts { parts: vec![rest], part: 0, at: 0 };
        let flags = parts.byte()?;
        Some(parts.letters(length, flags & 1 != 0))
    }
}

fn letters(code_page: u16) -> &'static Encoding {
    match code_page {
        0x8000 | 10_000 => encoding_rs::MACINTOSH,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        other => Encoding::for_label(format!("windows-{other}").as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252),
    }
}

/// The content of a record and of those that continue it.
struct Parts<'b> {
    parts: Vec<&'b [u8]>,
    part: usize,
    at: usize,
}

impl Parts<'_> {
    fn left(&self) -> &[u8] {
        self.parts.get(self.part).and_then(|part| part.get(self.at..)).unwrap_or_default()
    }

    /// Goes on in the next record; false at the end.
    fn turn(&mut self) -> bool {
        self.part += 1;
        self.at = 0;
        self.part < self.parts.len()
    }

    fn byte(&mut self) -> Option<u8> {
        while self.left().is_empty() {
            if !self.turn() {
                return None;
            }
        }
        self.at += 1;
        self.left_before()
    }

    fn left_before(&self) -> Option<u8> {
        self.parts.get(self.part)?.get(self.at - 1).copied()
    }

    fn number(&mut self, bytes: usize) -> Option<u32> {
        (0..bytes).try_fold(0, |number, place| Some(number | u32::from(self.byte()?) << (8 * place)))
    }

    fn skip(&mut self, mut bytes: usize) {
        while bytes > 0 {
            let step = self.left().len().min(bytes);
            self.at += step;
            bytes -= step;
            if bytes > 0 && !self.turn() {
                return;
            }
        }
    }

    /// Letters of one or two bytes each; a record that continues them says anew which.
    fn letters(&mut self, length: usize, mut wide: bool) -> String {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            if self.left().is_empty() {
                if !self.turn() {
                    break;
                }
                wide = self.byte().is_some_and(|flags| flags & 1 != 0);
            }
            let (size, left) = (1 + usize::from(wide), self.left());
            let taken = (left.len() / size).min(length - units.len());
            let from = units.len();
            units.extend(
                left.chunks_exact(size)
                    .take(taken)
                    .map(|letter| if wide { u16::from_le_bytes([letter[0], letter[1]]) } else { u16::from(letter[0]) }),
            );
            self.at += (units.len() - from) * size;
            if taken == 0 {
                self.at += self.left().len();
            }
        }
        String::from_utf16_lossy(&units)
    }
}

fn shared_strings(parts: Vec<&[u8]>) -> Vec<String> {
    let mut parts = Parts { parts, part: 0, at: 8 };
    let mut strings = Vec::new();
    while let Some(length) = parts.number(2) {
        let Some(flags) = parts.byte() else { break };
        let runs = if flags & 8 != 0 { parts.number(2).unwrap_or(0) } else { 0 };
        let more = if flags & 4 != 0 { parts.number(4).unwrap_or(0) } else { 0 };
        strings.push(parts.letters(length as usize, flags & 1 != 0));
        parts.skip(runs as usize * 4 + more as usize);
    }
    strings
}

/// Steps that a cell format moves its text to the right, unless it stands to the right (2.4.353 XF; BIFF5 has no steps).
fn indent(content: &[u8]) -> u8 {
    const RIGHT: u8 = 3;
    match content {
        [_, _, _, _, _, _, alignment, _, steps, ..] if content.len() >= 20 && alignment & 7 != RIGHT => steps & 15,
        _ => 0,
    }
}

/// Bytes between two reports of how far the reading has come.
const TOLD_EVERY: u64 = 1 << 16;

/// The cells of one sheet.
struct Cells<'b, 'p, 'h, 'w> {
    book: &'b Book,
    placed: &'p mut Placed<'h, 'w>,
    /// Where the text of a formula belongs, which comes in a record of its own.
    waiting: Option<((u32, u32), u16)>,
}

impl Cells<'_, '_, '_, '_> {
    fn read(&mut self, stream: &[u8]) -> Result<()> {
        let (mut depth, mut untold) = (0, 0);
        for (kind, content) in records(stream) {
            untold += content.len() as u64 + 4;
            if untold > TOLD_EVERY {
                self.placed.step(std::mem::take(&mut untold))?;
            }
            match kind {
                record::BOF => depth += 1,
                record::EOF if depth <= 1 => return Ok(()),
                record::EOF => depth -= 1,
                // A chart within the sheet has cells of its own, which are no cells of the sheet.
                _ if depth == 1 => self.record(kind, content)?,
                _ => {}
            }
        }
        // The end is missing: so may be cells.
        Err(cut_off())
    }

    fn record(&mut self, kind: u16, content: &[u8]) -> Result<()> {
        let short = || damaged("en post är för kort");
        let at = number16(content, 0).zip(number16(content, 2)).map(|(row, column)| (u32::from(row), u32::from(column)));
        let cell = || at.ok_or_else(short);
        let format = number16(content, 4).unwrap_or(0);
        match kind {
            record::NUMBER => self.number(cell()?, float(content, 6).ok_or_else(short)?, format),
            record::RK => self.number(cell()?, rk(number32(content, 6).ok_or_else(short)?), format),
            record::MUL_RK => {
                let (row, column) = cell()?;
                let many = content.get(4..content.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
                many.enumerate().try_for_each(|(index, one)| {
                    let (format, value) = number16(one, 0).zip(number32(one, 2)).ok_or_else(short)?;
                    self.number((row, column + index as u32), rk(value), format)
                })
            }
            record::LABEL_SST => {
                let index = number32(content, 6).ok_or_else(short)? as usize;
                let text = self.book.strings.get(index).ok_or_else(|| damaged("en text saknas"))?;
                self.text(cell()?, text, format)
            }
            record::LABEL | record::RICH_STRING => {
                let text = self.book.text(content.get(6..).ok_or_else(short)?, 2).ok_or_else(short)?;
                self.text(cell()?, &text, format)
            }
            record::BOOL_OR_ERROR => {
                let (value, is_error) = content.get(6).zip(content.get(7)).ok_or_else(short)?;
                self.placed.put(cell()?, &if *is_error == 1 { encoded::error(error_word(*value)) } else { encoded::bool(*value != 0) })
            }
            record::FORMULA => self.formula(cell()?, content.get(6..16).ok_or_else(short)?, format),
            record::STRING => match self.waiting.take() {
                Some((at, format)) => self.text(at, &self.book.text(content, 2).unwrap_or_default(), format),
                None => Ok(()),
            },
            record::MERGED_CELLS => {
                let bounds = |one: &[u8]| Some([number16(one, 0)?, number16(one, 2)?, number16(one, 4)?, number16(one, 6)?].map(u32::from));
                let spans = content.get(2..).unwrap_or_default().chunks_exact(8).filter_map(bounds);
                spans.for_each(|[top, bottom, left, right]| self.placed.merge(Span { rows: (top, bottom), columns: (left, right) }));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn text(&mut self, at: (u32, u32), text: &str, format: u16) -> Result<()> {
        let steps = self.book.formats.get(usize::from(format)).map_or(0, |format| format.indent);
        self.placed.indented(at, steps, text)
    }

    fn number(&mut self, at: (u32, u32), number: f64, format: u16) -> Result<()> {
        let mut raw = String::new();
        let format = self.book.formats.get(usize::from(format)).map_or(&NumberFormat::Plain, |format| &format.number);
        format.write(&mut raw, number, self.book.from_1904);
        self.placed.put(at, &raw)
    }

    /// The value that the formula had when the workbook was saved.
    fn formula(&mut self, at: (u32, u32), result: &[u8], format: u16) -> Result<()> {
        self.waiting = None;
        if number16(result, 6) != Some(0xffff) {
            return self.number(at, float(result, 0).unwrap_or_default(), format);
        }
        let value = result.get(2).copied().unwrap_or(0);
        match result.first() {
            Some(0) => {
                self.waiting = Some((at, format));
                Ok(())
            }
            Some(1) => self.placed.put(at, &encoded::bool(value != 0)),
            Some(2) => self.placed.put(at, &encoded::error(error_word(value))),
            // An empty text, or nothing yet: programs that cannot calculate leave it to Excel when it opens the file.
            _ if number16(result, 8).is_some_and(|flags| flags & 2 != 0) => self.placed.put(at, &no_value()),
            _ => Ok(()),
        }
    }
}

/// A number in four bytes: whole or the upper half of a decimal one, perhaps in hundredths.
fn rk(value: u32) -> f64 {
    let number = if value & 2 != 0 { f64::from(value as i32 >> 2) } else { f64::from_bits(u64::from(value & 0xffff_fffc) << 32) };
    if value & 1 != 0 { number / 100.0 } else { number }
}

fn error_word(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        _ => "#ERROR!",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_what_they_stand_for() {
        assert_eq!((rk((1234 << 2) | 2), rk((1234 << 2) | 3), rk(0x3ff0_0000), rk((-5i32 << 2) as u32 | 2)), (1234.0, 12.34, 1.0, -5.0));
    }

    #[test]
    fn a_text_may_change_its_width_where_a_record_ends() {
        let first = [0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, b'a', b'b'];
        assert_eq!(shared_strings(vec![&first, &[1, 0xe5, 0, b'd', 0]]), ["abåd"]);
    }
}
