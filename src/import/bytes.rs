//! Bytes → grid: what a file is, is decided by its content, never by its name; what cannot be read says why.

use super::describe::{Answers, Doubt, Proof};
use super::gather::UNANSWERED;
use super::grid::Grid;
use super::layout::Given;
use super::workbook::{self, Format};
use super::{html, json, px, text};
use crate::checked::Warning;
use crate::error::{Code, Error, Place, Result};
use crate::progress::Progress;
use std::collections::BTreeMap;

/// A file read into cells, before anything is understood.
#[derive(Default)]
pub struct Opened {
    pub grid: Grid,
    pub format: &'static str,
    pub encoding: Option<&'static str>,
    pub delimiter: Option<String>,
    pub warnings: Vec<Warning>,
    pub proof: Vec<Proof>,
    /// What the bytes leave open.
    pub doubts: Vec<Doubt>,
    pub distrust: Distrust,
    /// Where the format itself says how the table is laid out.
    pub given: Option<Given>,
}

/// Cells that stand in the grid but may not be taken for what their column says, and why.
#[derive(Debug, Clone, Default)]
pub struct Distrust {
    /// The whole file.
    pub all: Option<&'static str>,
    /// Sheet and row, zero-based.
    pub rows: BTreeMap<(u16, u32), &'static str>,
}

impl Distrust {
    pub fn reason(&self, sheet: u16, row: u32) -> Option<&'static str> {
        self.all.or_else(|| self.rows.get(&(sheet, row)).copied())
    }
}

impl Opened {
    /// A question that the whole reading hangs on: until it is answered no value is believed.
    pub fn ask(&mut self, doubt: Option<Doubt>) {
        if doubt.as_ref().is_some_and(|doubt| doubt.answer.is_none()) {
            self.distrust.all = Some(UNANSWERED);
        }
        self.doubts.extend(doubt);
    }
}

const LARGEST_FILE: usize = 2_000_000_000;

/// Reads `bytes` into a grid. Errors: `UnreadableFile`, `NotUnderstood` or `Cancelled`, with the file's name.
pub fn open(name: &str, bytes: &[u8], answers: &Answers, progress: &Progress) -> Result<Opened> {
    let opened = refuse(bytes).map_or_else(|| open_known(name, bytes, answers, progress), Err).and_then(refuse_shapes);
    opened.map_err(|mut error| {
        error.place.get_or_insert_default().file.get_or_insert_with(|| name.to_owned());
        error
    })
}

fn open_known(name: &str, bytes: &[u8], answers: &Answers, progress: &Progress) -> Result<Opened> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => match workbook::zip_format(bytes)? {
            Some(format) => open_workbook(name, bytes, format, progress),
            None => unpacked(name, bytes, answers, progress),
        },
        [0x1f, 0x8b, ..] => unpacked(name, bytes, answers, progress),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => open_workbook(name, bytes, workbook::ole_format(bytes)?, progress),
        _ => open_text(name, bytes, answers),
    }
}

fn open_workbook(name: &str, bytes: &[u8], format: Format, progress: &Progress) -> Result<Opened> {
    let read = workbook::read(name, bytes, format, progress)?;
    if read.grid.sheets.iter().all(|sheet| (0..sheet.rows()).all(|row| sheet.is_blank(row))) {
        return Err(unreadable("Arbetsboken har inga ifyllda celler.").hint("Kontrollera att du valde rätt fil."));
    }
    Ok(Opened { grid: read.grid, format: format.word(), warnings: read.warnings, ..Opened::default() })
}

/// Delimited text, unless it says itself that it is something else.
fn open_text(name: &str, bytes: &[u8], answers: &Answers) -> Result<Opened> {
    let (decoded, doubt) = text::decode(bytes, answers)?;
    refuse_documents(&decoded.text)?;
    let opened = if px::looks_like(&decoded.text) {
        let px = px::read(&decoded.text)?;
        let proof = px.remarks.into_iter().map(Proof::new).collect();
        Opened { grid: Grid { sheets: vec![px.sheet] }, format: "px", given: Some(px.given), proof, ..Opened::default() }
    } else if html::looks_like(&decoded.text) {
        Opened { grid: Grid { sheets: html::read(&decoded.text)? }, format: "html", ..Opened::default() }
    } else if json::looks_like(&decoded.text) {
        json::open(&decoded.text)?
    } else {
        return Ok(text::open(name, decoded, doubt, answers));
    };
    Ok(text::with_letters(name, opened, &decoded, doubt))
}

/// A packed file with one file in it, as systems send them. One wrapping only, and never more than a workbook may hold.
fn unpacked(name: &str, bytes: &[u8], answers: &Answers, progress: &Progress) -> Result<Opened> {
    let inner = match bytes {
        [b'P', b'K', ..] => workbook::only_file(bytes)?,
        _ => workbook::inflated(flate2::read::GzDecoder::new(bytes))?,
    };
    match inner.as_slice() {
        [b'P', b'K', 3, 4, ..] if workbook::zip_format(&inner)?.is_none() => Err(packed()),
        [0x1f, 0x8b, ..] => Err(packed()),
        inner => refuse(inner).map_or_else(|| open_known(name, inner, answers, progress), Err),
    }
}

fn packed() -> Error {
    unreadable("Filen är ett packat arkiv, inte en tabell.").hint("Packa upp det och välj filen inuti.")
}

pub fn unreadable(message: &str) -> Error {
    Error::new(Code::UnreadableFile, message)
}

pub fn empty() -> Error {
    unreadable("Filen är tom.").hint("Hämta eller spara den på nytt.")
}

pub fn binary() -> Error {
    unreadable("Filen innehåller ingen text och är inte heller ett kalkylblad.")
        .hint("Spara den som .xlsx eller .csv i programmet som skapade den.")
}

/// Kinds of files that people drop by mistake, each with its way out.
fn refuse(bytes: &[u8]) -> Option<Error> {
    let not_a_table = |what: &str, hint: &str| Some(unreadable(&format!("Filen är {what}, inte en tabell.")).hint(hint));
    let tables = "Spara tabellen som .xlsx eller .csv och välj den filen.";
    match bytes {
        [] => Some(empty()),
        _ if bytes.len() > LARGEST_FILE => Some(unreadable("Filen är större än 2 GB.").hint("Dela upp den i mindre filer.")),
        [b'%', b'P', b'D', b'F', ..] => not_a_table("en pdf", "Be om siffrorna som Excel eller csv, eller skriv in dem för hand."),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => not_a_table("en bild", tables),
        [b'7', b'z', 0xbc, 0xaf, ..] | [b'R', b'a', b'r', b'!', ..] => Some(packed()),
        _ if bytes.starts_with(b"SQLite format 3\0") => not_a_table("en databas", "En lägesbildsfil öppnar du under Fil."),
        _ => None,
    }
}

/// No table that people make is this wide, and no cell this long; reading on would cost minutes and gigabytes.
const MOST_COLUMNS: usize = 4096;
const LONGEST_ROW: usize = 4_000_000;

fn refuse_shapes(opened: Opened) -> Result<Opened> {
    for sheet in &opened.grid.sheets {
        let odd = (0..sheet.rows()).find_map(|row| {
            let (bytes, cells) = sheet.extent(row);
            let what = if bytes > LONGEST_ROW { "orimligt lång" } else { "orimligt bred" };
            (bytes > LONGEST_ROW || cells > MOST_COLUMNS).then_some((row, what))
        });
        if let Some((row, what)) = odd {
            let place = Place { sheet: Some(sheet.name.clone()).filter(|n| !n.is_empty()), row: Some(row as u32 + 1), ..Place::default() };
            return Err(unreadable(&format!("En rad är {what} för att vara en tabell."))
                .at(place)
                .hint("Kopiera själva tabellen till ett nytt kalkylblad och spara det."));
        }
    }
    Ok(opened)
}

/// Text that is no table, whatever reads it.
fn refuse_documents(text: &str) -> Result<()> {
    let head: String = text.trim_start().chars().take(2000).collect::<String>().to_lowercase();
    let page = html::looks_like(text);
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet\"") && head.contains("<workbook") {
        return Err(
            unreadable("Filen är ett kalkylblad i det gamla formatet XML-kalkylblad 2003.").hint("Öppna den i Excel och spara som .xlsx.")
        );
    }
    if (head.starts_with("<?xml") && !page) || head.starts_with("{\\rtf") {
        return Err(unreadable("Filen är ett dokument (XML eller RTF), inte en tabell.").hint("Spara tabellen som .xlsx eller .csv."));
    }
    Ok(())
}
