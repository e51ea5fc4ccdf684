//! Bytes → grid: what a file is, is decided by its content, never by its name; what cannot be read says why.

use super::delimited;
use super::describe::Proof;
use super::encoding;
use super::grid::Grid;
use super::layout::Given;
use super::workbook::{self, Format};
use crate::checked::Warning;
use crate::error::{Code, Error, Place, Result};

/// A file read into cells, before anything is understood.
pub struct Opened {
    pub grid: Grid,
    pub format: &'static str,
    pub encoding: Option<&'static str>,
    pub delimiter: Option<char>,
    pub warnings: Vec<Warning>,
    pub proof: Vec<Proof>,
    /// Where the format itself says how the table is laid out.
    pub given: Option<Given>,
}

const LARGEST_FILE: usize = 2_000_000_000;

/// Reads `bytes` into a grid. Errors: `UnreadableFile` or `NotUnderstood`, with the file's name.
pub fn open(name: &str, bytes: &[u8]) -> Result<Opened> {
    let opened = refuse(bytes).map_or_else(|| open_known(name, bytes), Err).and_then(refuse_shapes);
    opened.map_err(|mut error| {
        error.place.get_or_insert_default().file.get_or_insert_with(|| name.to_owned());
        error
    })
}

fn open_known(name: &str, bytes: &[u8]) -> Result<Opened> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => open_workbook(name, bytes, workbook::zip_format(bytes)?),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => open_workbook(name, bytes, workbook::ole_format(bytes)?),
        _ => open_text(name, bytes),
    }
}

fn open_workbook(name: &str, bytes: &[u8], format: Format) -> Result<Opened> {
    let read = workbook::read(name, bytes, format)?;
    if read.grid.sheets.iter().all(|sheet| (0..sheet.rows()).all(|row| sheet.is_blank(row))) {
        return Err(unreadable("Arbetsboken har inga ifyllda celler.").hint("Kontrollera att du valde rätt fil."));
    }
    Ok(Opened {
        grid: read.grid,
        format: format.word(),
        encoding: None,
        delimiter: None,
        warnings: read.warnings,
        proof: Vec::new(),
        given: None,
    })
}

fn open_text(name: &str, bytes: &[u8]) -> Result<Opened> {
    let decoded = encoding::decode(bytes.to_vec()).ok_or_else(binary)?;
    if decoded.text.trim().is_empty() {
        return Err(empty());
    }
    refuse_markup(&decoded.text)?;
    let mut warnings = Vec::new();
    if decoded.unreadable > 0 || decoded.text.contains('\u{fffd}') {
        warnings.push(broken_letters(name, &decoded.text));
    }
    let (label, proof) = (decoded.label, decoded.proof());
    let split = delimited::split(decoded.text);
    warnings.extend(split.open_quote.map(|line| open_quote(name, line)));
    Ok(Opened {
        grid: Grid { sheets: vec![split.sheet] },
        format: "csv",
        encoding: Some(label),
        delimiter: split.delimiter.map(char::from),
        warnings,
        proof: vec![proof],
        given: None,
    })
}

fn broken_letters(name: &str, text: &str) -> Warning {
    let count = text.matches('\u{fffd}').count();
    Warning::new(format!("{count} tecken i filen är förstörda (�), troligen å, ä eller ö."))
        .at(Place::file(name))
        .hint("Hämta filen på nytt från källan om namnen ser fel ut.")
}

fn open_quote(name: &str, line: usize) -> Warning {
    Warning::new("Ett citattecken öppnas men stängs aldrig. Citattecknen lästes därför som vanliga tecken.")
        .at(Place::file(name).cell(line, 0))
}

fn unreadable(message: &str) -> Error {
    Error::new(Code::UnreadableFile, message)
}

fn empty() -> Error {
    unreadable("Filen är tom.").hint("Hämta eller spara den på nytt.")
}

fn binary() -> Error {
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
        [0x1f, 0x8b, ..] | [b'7', b'z', 0xbc, 0xaf, ..] | [b'R', b'a', b'r', b'!', ..] => {
            not_a_table("ett packat arkiv", "Packa upp det och välj filen inuti.")
        }
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

/// Text that is no delimited table: web pages, JSON, PC-Axis.
fn refuse_markup(text: &str) -> Result<()> {
    let head: String = text.trim_start().chars().take(2000).collect::<String>().to_lowercase();
    if ["<!doctype html", "<html", "<table", "<head"].iter().any(|tag| head.starts_with(tag)) || head.contains("<html") {
        return Err(unreadable("Filen är en webbsida, inte en tabell.").hint("Öppna den i Excel, spara som .xlsx och välj den filen."));
    }
    if head.starts_with("<?xml") || head.starts_with("{\\rtf") {
        return Err(unreadable("Filen är ett dokument (XML eller RTF), inte en tabell.").hint("Spara tabellen som .xlsx eller .csv."));
    }
    let json = head.starts_with(['{', '[']) && head.contains('"') && head.contains(':');
    let px = head.starts_with("charset=") || head.starts_with("axis-version=");
    if json || px {
        let what = if px { "PC-Axis (.px)" } else { "JSON" };
        return Err(Error::new(Code::NotUnderstood, format!("Filen är i formatet {what}, som inte kan läsas in."))
            .hint("Hämta samma tabell som .xlsx eller .csv."));
    }
    Ok(())
}
