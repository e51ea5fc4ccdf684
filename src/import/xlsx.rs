//! New Excel workbooks (.xlsx, .xlsm) → sheets, in one pass over each part: cells with what their formats say, and merged cells.
//! Format: ECMA-376, part 1, chapter 18; the package: part 2.

use super::cell_format::{CellFormat, NumberFormat};
use super::grid::{Span, encoded};
use super::workbook::{Found, Held, LARGEST_UNPACKED, Placed, Watched, bare_formula, clean, cut_off, damaged, iso, too_large};
use super::xml::{Token, Xml, attribute, attributes};
use crate::error::Result;
use crate::progress::{Progress, Stage};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Reads every worksheet; chart sheets and macros are left alone. Errors: cut off, formulas without values, or more than may be held.
pub fn read(bytes: &[u8], held: &mut Held<'_>) -> Result<Vec<Found>> {
    let mut package = Package::open(bytes, held.progress)?;
    let start = package.related("", "officeDocument").unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let mut book = Book::read(&mut package, &start)?;
    if book.sheets.is_empty() {
        return Err(cut_off());
    }
    let mut found = Vec::new();
    for sheet in std::mem::take(&mut book.sheets) {
        let mut placed = Placed::new(held);
        if let Some(part) = package.part(&sheet.part)? {
            SheetReader { book: &book, placed: &mut placed, row: 0, column: 0, value: String::new(), raw: String::new() }
                .read(Xml::new(part))?;
        }
        found.push(Found { sheet: placed.sheet(&sheet.name)?, hidden: sheet.hidden });
    }
    Ok(found)
}

/// The parts of a package by their names, which programs write with other letters and slashes than they refer to.
struct Package<'b> {
    archive: zip::ZipArchive<Cursor<&'b [u8]>>,
    index: BTreeMap<String, usize>,
    /// Bytes that may still come out.
    left: u64,
    progress: &'b Progress,
}

impl<'b> Package<'b> {
    fn open(bytes: &'b [u8], progress: &'b Progress) -> Result<Self> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| cut_off().detail(error))?;
        let names = archive.file_names().map(|name| name.map(|name| plain_name(&name)).unwrap_or_default());
        let index: BTreeMap<String, usize> = names.enumerate().map(|(index, name)| (name, index)).collect();
        let mut package = Self { archive, index, left: LARGEST_UNPACKED, progress };
        progress.begin(Stage::Opening, package.size())?;
        Ok(package)
    }

    /// Bytes of the parts that take time, as the archive says.
    fn size(&mut self) -> u64 {
        let large = |name: &str| name.contains("/worksheets/") || name.contains("sharedstrings");
        let indexes: Vec<usize> = self.index.iter().filter(|(name, _)| large(name)).map(|(_, index)| *index).collect();
        indexes.into_iter().filter_map(|index| self.archive.by_index_raw(index).ok().map(|entry| entry.size())).fold(0, u64::saturating_add)
    }

    /// A part's bytes, never more than may come out of the whole package.
    fn part(&mut self, name: &str) -> Result<Option<Bounded<'_, impl Read>>> {
        let Some(&index) = self.index.get(&plain_name(name)) else { return Ok(None) };
        let entry = self.archive.by_index(index).map_err(|error| cut_off().detail(error))?;
        Ok(Some(Bounded { source: Watched { source: entry, progress: self.progress }, left: &mut self.left }))
    }

    /// What a part refers to: id, kind and target.
    fn relations(&mut self, part: &str) -> Result<Vec<(String, String, String)>> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}/_rels/{file}.rels");
        let Some(source) = self.part(&name)? else { return Ok(Vec::new()) };
        let (mut xml, mut found) = (Xml::new(source), Vec::new());
        loop {
            match xml.next()? {
                Token::Open { name: b"Relationship", attributes, .. } => {
                    let said = |name: &[u8]| attribute(attributes, name).unwrap_or_default();
                    let kind = said(b"Type").rsplit('/').next().unwrap_or_default().to_owned();
                    found.push((said(b"Id"), kind, resolved(folder, &said(b"Target"))));
                }
                Token::End => return Ok(found),
                _ => {}
            }
        }
    }

    fn related(&mut self, part: &str, kind: &str) -> Option<String> {
        self.relations(part).ok()?.into_iter().find(|(_, known, _)| known == kind).map(|(.., target)| target)
    }
}

fn plain_name(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A target as the package names it: from the root, or from the folder of the part that refers to it.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// Bytes that are counted as they come, since the sizes written in an archive can lie.
struct Bounded<'l, R> {
    source: R,
    left: &'l mut u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(to)?;
        *self.left = self.left.checked_sub(read as u64).ok_or_else(|| std::io::Error::other("för mycket packades upp"))?;
        Ok(read)
    }
}

/// What the workbook says before its sheets.
#[derive(Default)]
struct Book {
    from_1904: bool,
    formats: Vec<CellFormat>,
    texts: Texts,
    sheets: Vec<SheetAt>,
}

struct SheetAt {
    name: String,
    part: String,
    hidden: bool,
}

impl Book {
    fn read(package: &mut Package<'_>, part: &str) -> Result<Self> {
        let relations = package.relations(part)?;
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut book = Self::default();
        book.contents(Xml::new(package.part(part)?.ok_or_else(cut_off)?), &relations)?;
        let other = |kind: &str, file: &str| {
            let related = relations.iter().find(|(_, known, _)| known == kind).map(|(.., target)| target.clone());
            related.unwrap_or_else(|| format!("{folder}/{file}"))
        };
        if let Some(source) = package.part(&other("styles", "styles.xml"))? {
            book.formats = formats(Xml::new(source))?;
        }
        if let Some(source) = package.part(&other("sharedStrings", "sharedStrings.xml"))? {
            book.texts = Texts::read(Xml::new(source))?;
        }
        Ok(book)
    }

    fn contents(&mut self, mut xml: Xml<impl Read>, relations: &[(String, String, String)]) -> Result<()> {
        loop {
            match xml.next()? {
                Token::Open { name: b"workbookPr", attributes, .. } => {
                    self.from_1904 = attribute(attributes, b"date1904").is_some_and(|said| matches!(said.as_str(), "1" | "true" | "on"));
                }
                Token::Open { name: b"sheet", attributes, .. } => self.sheets.extend(sheet(attributes, relations)),
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn format(&self, index: usize) -> Option<&CellFormat> {
        self.formats.get(index)
    }
}

/// A worksheet as the workbook lists it; other sheets hold charts and macros.
fn sheet(listed: &[u8], relations: &[(String, String, String)]) -> Option<SheetAt> {
    let id = attributes(listed).find(|(name, _)| name.ends_with(b":id")).map(|(_, id)| String::from_utf8_lossy(id).into_owned())?;
    let (_, kind, part) = relations.iter().find(|(known, ..)| *known == id)?;
    let hidden = attribute(listed, b"state").is_some_and(|state| state != "visible");
    (kind == "worksheet").then(|| SheetAt { name: attribute(listed, b"name").unwrap_or_default(), part: part.clone(), hidden })
}

/// The cell formats in their order (18.8.10), each with its number format and its indentation.
fn formats(mut xml: Xml<impl Read>) -> Result<Vec<CellFormat>> {
    let (mut codes, mut formats): (BTreeMap<u32, NumberFormat>, Vec<CellFormat>) = (BTreeMap::new(), Vec::new());
    let mut of_cells = false;
    loop {
        match xml.next()? {
            Token::Open { name: b"numFmt", attributes, .. } => {
                let id = attribute(attributes, b"numFmtId").and_then(|id| id.parse().ok());
                if let Some((id, code)) = id.zip(attribute(attributes, b"formatCode")) {
                    codes.insert(id, NumberFormat::new(&code));
                }
            }
            Token::Open { name: b"cellXfs", empty, .. } => of_cells = !empty,
            Token::Close(b"cellXfs") => of_cells = false,
            Token::Open { name: b"xf", attributes, .. } if of_cells => {
                let id = attribute(attributes, b"numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                let number = codes.get(&id).cloned().unwrap_or_else(|| NumberFormat::built_in(id));
                formats.push(CellFormat { number, indent: 0 });
            }
            Token::Open { name: b"alignment", attributes, .. } if of_cells => {
                let from_the_right = attribute(attributes, b"horizontal").is_some_and(|side| side == "right");
                let steps = attribute(attributes, b"indent").and_then(|steps| steps.parse().ok()).filter(|_| !from_the_right);
                if let Some(format) = formats.last_mut() {
                    format.indent = steps.unwrap_or(0);
                }
            }
            Token::End => return Ok(formats),
            _ => {}
        }
    }
}

/// The texts that cells share, one after the other.
#[derive(Default)]
struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    fn read(mut xml: Xml<impl Read>) -> Result<Self> {
        let (mut texts, mut one) = (Self::default(), String::new());
        loop {
            match xml.next()? {
                Token::Open { name: b"si", empty, .. } => {
                    one.clear();
                    if !empty {
                        rich(&mut xml, b"si", &mut one)?;
                    }
                    texts.all.push_str(&clean(&unescaped(&one)));
                    texts.ends.push(texts.all.len() as u32);
                }
                Token::End => return Ok(texts),
                _ => {}
            }
        }
    }

    fn get(&self, index: usize) -> Option<&str> {
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.all.get(start as usize..*self.ends.get(index)? as usize)
    }
}

/// `_x000D_` → a carriage return: letters that XML cannot hold, as units of UTF-16 (22.9.2.19).
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let code = rest.strip_prefix("_x").filter(|code| code.as_bytes().get(4) == Some(&b'_'));
        match code.and_then(|code| u16::from_str_radix(code.get(..4)?, 16).ok()) {
            Some(unit) => {
                units.push(unit);
                rest = rest.get(7..).unwrap_or_default();
            }
            None => {
                units.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
        }
    }
    String::from_utf16_lossy(&units).into()
}

/// Text in one or several runs. How it is pronounced is no part of it, and blanks around it only where the file says so.
fn rich(xml: &mut Xml<impl Read>, element: &[u8], out: &mut String) -> Result<()> {
    let mut spoken = false;
    loop {
        match xml.next()? {
            Token::Open { name: b"t", attributes, empty: false } if !spoken => {
                let kept = attribute(attributes, b"xml:space").is_some_and(|space| space == "preserve");
                let from = out.len();
                xml.text(b"t", out)?;
                if !kept {
                    let trimmed = out.get(from..).unwrap_or_default().trim().to_owned();
                    out.truncate(from);
                    out.push_str(&trimmed);
                }
            }
            Token::Open { name: b"rPh", empty, .. } => spoken = !empty,
            Token::Close(b"rPh") => spoken = false,
            Token::Close(name) if name == element => return Ok(()),
            Token::End => return Err(cut_off()),
            _ => {}
        }
    }
}

/// How a cell says what its value is (18.18.11).
#[derive(Debug, Clone, Copy, PartialEq)]
enum Type {
    Number,
    Shared,
    /// What a formula gave.
    Text,
    Inline,
    Bool,
    Error,
    Date,
}

/// The cells of one sheet.
struct SheetReader<'b, 'p, 'h, 'w> {
    book: &'b Book,
    placed: &'p mut Placed<'h, 'w>,
    /// Where the next cell stands that does not say it.
    row: u32,
    column: u32,
    value: String,
    raw: String,
}

impl SheetReader<'_, '_, '_, '_> {
    fn read(&mut self, mut xml: Xml<impl Read>) -> Result<()> {
        let mut within = false;
        loop {
            match xml.next()? {
                Token::Open { name: b"sheetData", empty, .. } => within = !empty,
                Token::Close(b"sheetData") => within = false,
                Token::Open { name: b"row", attributes, empty } if within => self.row(attributes, empty)?,
                Token::Close(b"row") => self.row = self.row.saturating_add(1),
                Token::Open { name: b"c", attributes, empty } if within => {
                    let (at, kind, format) = self.cell_at(attributes)?;
                    self.column = at.1 + 1;
                    if !empty {
                        self.content(&mut xml, at, kind, format)?;
                    }
                }
                Token::Open { name: b"mergeCell", attributes, .. } => {
                    let range = attribute(attributes, b"ref").unwrap_or_default();
                    let span = range.split_once(':').and_then(|(from, to)| Some((position(from.as_bytes())?, position(to.as_bytes())?)));
                    if let Some((from, to)) = span {
                        self.placed.merge(Span { rows: (from.0, to.0), columns: (from.1, to.1) });
                    }
                }
                // The end is missing: so may be cells.
                Token::End if within => return Err(cut_off()),
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn row(&mut self, said: &[u8], empty: bool) -> Result<()> {
        if let Some((_, number)) = attributes(said).find(|(name, _)| *name == b"r") {
            let number: u32 =
                std::str::from_utf8(number).ok().and_then(|number| number.parse().ok()).ok_or_else(|| damaged("rad utan nummer"))?;
            self.row = number.checked_sub(1).ok_or_else(|| damaged("rad noll"))?;
        }
        self.column = 0;
        self.row = self.row.saturating_add(u32::from(empty));
        Ok(())
    }

    /// Place, type and format of a cell.
    fn cell_at(&self, said: &[u8]) -> Result<((u32, u32), Type, usize)> {
        let (mut at, mut kind, mut format) = ((self.row, self.column), Type::Number, 0);
        for (name, value) in attributes(said) {
            match name {
                b"r" => at = position(value).ok_or_else(too_large)?,
                b"s" => format = digits(value).unwrap_or(0),
                b"t" => {
                    kind = match value {
                        b"s" => Type::Shared,
                        b"str" => Type::Text,
                        b"inlineStr" => Type::Inline,
                        b"b" => Type::Bool,
                        b"e" => Type::Error,
                        b"d" => Type::Date,
                        _ => Type::Number,
                    };
                }
                _ => {}
            }
        }
        Ok((at, kind, format))
    }

    /// What stands in a cell. A formula without its saved value would read as an empty cell, and an empty cell says "no value".
    fn content(&mut self, xml: &mut Xml<impl Read>, at: (u32, u32), kind: Type, format: usize) -> Result<()> {
        let (mut formula, mut valued) = (false, false);
        self.value.clear();
        loop {
            match xml.next()? {
                Token::Open { name: b"v", empty, .. } => {
                    valued = true;
                    if !empty {
                        xml.text(b"v", &mut self.value)?;
                    }
                }
                Token::Open { name: b"f", .. } => formula = true,
                Token::Open { name: b"is", empty: false, .. } => rich(xml, b"is", &mut self.value)?,
                Token::Close(b"c") => break,
                Token::End => return Err(cut_off()),
                _ => {}
            }
        }
        // A formula may well give an empty text: `IF(A1>5;"många";"")`.
        if formula && (!valued || self.value.is_empty() && kind != Type::Text) {
            return Err(bare_formula());
        }
        if self.value.is_empty() {
            return Ok(());
        }
        self.raw.clear();
        self.write(kind, self.book.format(format))?;
        self.placed.put(at, &self.raw)
    }

    /// The value in the grid's own writing.
    fn write(&mut self, kind: Type, format: Option<&CellFormat>) -> Result<()> {
        let (value, out) = (self.value.as_str(), &mut self.raw);
        let steps = format.map_or(0, |format| format.indent);
        match kind {
            Type::Shared => {
                let text = digits(value.trim().as_bytes()).and_then(|index| self.book.texts.get(index));
                encoded::write_indented(out, steps, text.ok_or_else(|| damaged("en text saknas"))?);
            }
            Type::Text | Type::Inline => encoded::write_indented(out, steps, &clean(&unescaped(value))),
            Type::Bool => out.push_str(&encoded::bool(!matches!(value.trim(), "0" | "false"))),
            Type::Error => out.push_str(&encoded::error(value.trim())),
            Type::Date => out.push_str(&iso(value.trim())),
            Type::Number => number(out, value.trim(), format.map(|format| &format.number), self.book.from_1904),
        }
        Ok(())
    }
}

fn number(out: &mut String, value: &str, format: Option<&NumberFormat>, from_1904: bool) {
    let plain = matches!(format, None | Some(NumberFormat::Plain));
    let whole = value.len() <= 15 && value.bytes().all(|byte| byte.is_ascii_digit()) && (value.len() == 1 || !value.starts_with('0'));
    if plain && whole && !value.is_empty() {
        return encoded::write_digits(out, value);
    }
    match value.parse::<f64>().ok().filter(|number| number.is_finite()) {
        Some(number) => format.unwrap_or(&NumberFormat::Plain).write(out, number, from_1904),
        // No number, whatever the cell says: it stands as it is written.
        None => out.push_str(&clean(value)),
    }
}

fn digits(bytes: &[u8]) -> Option<usize> {
    if bytes.is_empty() || bytes.len() > 10 {
        return None;
    }
    bytes.iter().try_fold(0, |number: usize, byte| byte.is_ascii_digit().then(|| number * 10 + usize::from(byte - b'0')))
}

/// `AB12` → row 11, column 27. `None` for what no sheet has.
fn position(name: &[u8]) -> Option<(u32, u32)> {
    let letters = name.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, row) = name.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.iter().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = digits(row).and_then(|row| u32::try_from(row).ok())?;
    Some((row.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_forged_ones_refused() {
        assert_eq!(position(b"A1"), Some((0, 0)));
        assert_eq!(position(b"xfd1048576"), Some((1_048_575, 16_383)));
        for forged in ["", "A", "1", "A0", "AAAA1", "A99999999999", "A1B"] {
            assert_eq!(position(forged.as_bytes()), None, "{forged}");
        }
    }

    #[test]
    fn targets_are_named_from_the_root() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "..\\custom\\a.xml"), "custom/a.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
