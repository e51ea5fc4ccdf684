//! Text files: letters, separators and quotation marks, each with what proves it and what must be asked.

use super::bytes::{Opened, binary, empty};
use super::delimited::{self, Delimited, Told};
use super::describe::{Answers, Choice, Doubt, DoubtCell};
use super::encoding::{self, Decoded};
use super::grid::{Grid, Sheet};
use super::ragged;
use crate::checked::Warning;
use crate::error::{Place, Result};

/// Reasons why the cells of a text may not be believed.
const BROKEN_ROW: &str = "raden har fel antal fält";
const BROKEN_HEADER: &str = "rubriken har ett annat antal fält än raderna";

/// Ids of the doubts raised here.
pub const ASKED: [&str; 3] = ["encoding", "delimiter", "quotes"];
const ROWS: &str = "rows";
const SEPARATORS: [(&str, u8, &str); 4] =
    [("semicolon", b';', "Semikolon (;)"), ("comma", b',', "Komma (,)"), ("tab", b'\t', "Tabb"), ("pipe", b'|', "Lodstreck (|)")];

/// Text that was decoded and is not blank, with the question about its letters if they can be read in two ways.
pub fn decode(bytes: &[u8], answers: &Answers) -> Result<(Decoded, Option<Doubt>)> {
    let answer = answers.get("encoding").map(String::as_str);
    let decoded = encoding::decode(bytes.to_vec(), answer.or(declared(bytes))).ok_or_else(binary)?;
    if decoded.text.trim().is_empty() {
        return Err(empty());
    }
    let doubt = decoded.rivals.clone().map(|rivals| Doubt {
        id: "encoding".to_owned(),
        question: "Filen blandar två teckenkodningar. På vilket sätt blir å, ä och ö rätt?".to_owned(),
        choices: rivals.into_iter().map(|(id, line)| Choice::new(id, format!("{}: ”{line}”", id.to_uppercase()))).collect(),
        cells: Vec::new(),
        answer: answer.filter(|_| decoded.told).map(str::to_owned),
    });
    Ok((decoded, doubt))
}

/// What a px file says of its letters is believed only where nothing else can tell: they are often called ANSI and are UTF-8.
fn declared(bytes: &[u8]) -> Option<&'static str> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2000)).unwrap_or(bytes)).to_lowercase();
    let page = head.split_once("codepage=\"")?.1.split('"').next()?;
    (matches!(page, "850" | "cp850" | "ibm850" | "437") && std::str::from_utf8(bytes).is_err()).then_some("cp850")
}

/// What a person should know about the letters.
pub fn letters(name: &str, decoded: &Decoded) -> Option<Warning> {
    let broken = decoded.text.matches('\u{fffd}').count();
    if broken > 0 {
        let message = format!("{broken} tecken i filen är förstörda (�), troligen å, ä eller ö.");
        return Some(Warning::new(message).at(Place::file(name)).hint("Hämta filen på nytt från källan om namnen ser fel ut."));
    }
    let twice = ["Ã¥", "Ã¤", "Ã¶", "Ã…", "Ã„", "Ã–"].iter().any(|pair| decoded.text.contains(pair));
    twice.then(|| {
        Warning::new("Å, ä och ö är sparade två gånger om och visas som till exempel ”Ã¥”.")
            .at(Place::file(name))
            .hint("Hämta filen på nytt från källan; namn känns annars inte igen.")
    })
}

/// What reading the letters came to, beside a table that is not delimited text.
pub fn with_letters(name: &str, mut opened: Opened, decoded: &Decoded, unsettled: Option<Doubt>) -> Opened {
    opened.encoding = Some(decoded.label);
    opened.warnings.extend(letters(name, decoded));
    opened.proof.insert(0, decoded.proof());
    opened.ask(unsettled);
    opened
}

/// Reads a delimited text.
pub fn open(name: &str, decoded: Decoded, unsettled: Option<Doubt>, answers: &Answers) -> Opened {
    let separator = answers.get("delimiter").and_then(|id| SEPARATORS.iter().find(|(known, ..)| known == id));
    let split_quoted = answers.get("quotes").is_some_and(|answer| answer == ROWS);
    let (label, proof) = (decoded.label, decoded.proof());
    let mut opened = Opened { format: "csv", encoding: Some(label), proof: vec![proof], ..Opened::default() };
    opened.warnings.extend(letters(name, &decoded));
    let told = Told { delimiter: separator.map(|(_, byte, _)| *byte), split_quoted };
    let split = delimited::split(decoded.text, told);
    opened.delimiter = split.dialect.word();
    opened.ask(unsettled);
    opened.ask(ask_delimiter(&split, separator.map(|(id, ..)| *id), answers));
    ask_quotes(&split, answers, &mut opened);
    opened.warnings.extend(split.stray.first().map(|row| stray(name, *row, split.stray.len())));
    tell_ragged(name, &split.sheet, &mut opened);
    opened.grid = Grid { sheets: vec![split.sheet] };
    opened
}

fn stray(name: &str, row: usize, count: usize) -> Warning {
    let more = if count > 1 { format!(" Det gäller {count} rader, den första är rad {}.", row + 1) } else { String::new() };
    Warning::new(format!("Ett citattecken står fel och lästes som ett vanligt tecken.{more}")).at(Place::file(name).cell(row, 0))
}

/// Two separators that fit equally well; a person who named one has settled it.
fn ask_delimiter(split: &Delimited, told: Option<&str>, answers: &Answers) -> Option<Doubt> {
    let open = split.dialect.delimiter.into_iter().chain(split.rivals.iter().copied());
    let fits: Vec<u8> = if split.rivals.is_empty() { Vec::new() } else { open.collect() };
    if fits.is_empty() && !answers.contains_key("delimiter") {
        return None;
    }
    let offered = SEPARATORS.iter().filter(|(id, byte, _)| fits.contains(byte) || (fits.is_empty() && told == Some(id)));
    Some(Doubt {
        id: "delimiter".to_owned(),
        question: "Filen kan delas i kolumner på flera sätt. Vilket tecken skiljer kolumnerna åt?".to_owned(),
        choices: offered.map(|(id, _, label)| Choice::new(*id, *label)).collect(),
        cells: first_line(&split.sheet),
        answer: told.map(str::to_owned),
    })
}

fn first_line(sheet: &Sheet) -> Vec<DoubtCell> {
    let row = (0..sheet.rows()).find(|row| !sheet.is_blank(*row)).unwrap_or(0);
    vec![DoubtCell { sheet: None, row: row as u32 + 1, column: "A".to_owned(), value: sheet.cell(row, 0).shown() }]
}

/// A cell that holds whole rows: one stray mark opened it, and another, lines later, closed it.
fn ask_quotes(split: &Delimited, answers: &Answers, opened: &mut Opened) {
    if split.swallowed.is_empty() {
        return;
    }
    let answer = answers.get("quotes").filter(|answer| [ROWS, "cell"].contains(&answer.as_str())).cloned();
    let cell = |(row, lines): &(usize, usize)| DoubtCell {
        sheet: None,
        row: *row as u32 + 1,
        column: "A".to_owned(),
        value: format!("{lines} rader i en cell"),
    };
    if answer.is_none() {
        opened.distrust.rows.extend(split.swallowed.iter().map(|(row, _)| ((0, *row as u32), super::gather::UNANSWERED)));
    }
    opened.doubts.push(Doubt {
        id: "quotes".to_owned(),
        question: "En cell rymmer flera rader som ser ut som egna rader i tabellen. Hur ska de läsas?".to_owned(),
        choices: vec![
            Choice::new(ROWS, "Som egna rader: ett citattecken har hamnat fel"),
            Choice::new("cell", "Som en enda cell med radbrytningar"),
        ],
        cells: split.swallowed.iter().take(5).map(cell).collect(),
        answer,
    });
}

fn tell_ragged(name: &str, sheet: &Sheet, opened: &mut Opened) {
    let found = ragged::find(sheet);
    for odd in found.odd.iter().take(20) {
        let message = match odd.header {
            true => format!(
                "Rubrikraden har {} fält men raderna under den {}. Värdena läses inte, för rubrikerna kan höra till fel kolumn.",
                odd.fields, found.width
            ),
            false => format!(
                "Raden har {} fält men de andra har {}. Dess värden läses inte, för de kan stå i fel kolumn.",
                odd.fields, found.width
            ),
        };
        let warning = Warning::new(message).at(Place::file(name).cell(odd.row, 0)).hint("Rätta raden i filen och läs in den på nytt.");
        opened.warnings.push(warning);
    }
    if found.odd.iter().any(|odd| odd.header) {
        opened.distrust.all = Some(BROKEN_HEADER);
    }
    opened.distrust.rows.extend(found.odd.iter().filter(|odd| !odd.header).map(|odd| ((0, odd.row as u32), BROKEN_ROW)));
}
