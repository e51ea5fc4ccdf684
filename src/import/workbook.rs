//! Workbooks (xlsx, xls, xlsb, ods) → sheets, within bounded memory: sizes are checked before anything is unpacked and
//! cells are streamed, because a cell in the last corner of a small file must not cost gigabytes.

use super::grid::{Grid, Sheet, SheetWriter, encoded};
use crate::checked::Warning;
use crate::error::{Code, Error, Place, Result};
use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, SheetType, Xls, Xlsb, Xlsx};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Which workbook format the content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

impl Format {
    pub fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
        }
    }
}

/// Sheets read, with what a person should know about them.
pub struct Workbook {
    pub grid: Grid,
    pub warnings: Vec<Warning>,
}

/// Unpacked bytes at most; deflate can hide a thousand times that in a small file.
const LARGEST_UNPACKED: u64 = 400_000_000;
/// Bytes held for all cells of a file at most, their bookkeeping included.
const LARGEST_HELD: usize = 600_000_000;
/// What a cell costs beside its text: its position and its string.
const CELL_COST: usize = 56;
/// Bytes of a sheet's grid at most; empty cells before a far one count, one byte each.
const LARGEST_SHEET: usize = 300_000_000;
/// Excel's own last cell is XFD1048576; a position beyond it is forged.
const LAST: (u32, u32) = (1_048_576, 16_384);

/// The format of a zip container, none when it is no workbook. Errors when it is cut off, a document or too large unpacked.
pub fn zip_format(bytes: &[u8]) -> Result<Option<Format>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| cut_off().detail(error))?;
    check_unpacked_size(&mut archive, bytes.len() as u64)?;
    let names: Vec<String> =
        archive.file_names().filter_map(std::result::Result::ok).map(|name| name.replace('\\', "/").to_lowercase()).collect();
    let has = |name: &str| names.iter().any(|n| n.trim_start_matches('/') == name);
    if has("xl/workbook.bin") {
        Ok(Some(Format::Xlsb))
    } else if names.iter().any(|n| n.trim_start_matches('/').starts_with("xl/")) {
        Ok(Some(Format::Xlsx))
    } else if has("content.xml") && has("mimetype") {
        Ok(Some(Format::Ods))
    } else if names.iter().any(|n| n.starts_with("word/")) {
        Err(unreadable("Filen är ett Word-dokument, inte en tabell.").hint("Kopiera tabellen till ett kalkylblad och spara som .xlsx."))
    } else {
        Ok(None)
    }
}

/// The only file in an archive. Errors: several or none, or too large.
pub fn only_file(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| cut_off().detail(error))?;
    let names: Vec<String> = archive.file_names().filter_map(std::result::Result::ok).map(|name| name.into_owned()).collect();
    let files: Vec<&String> = names.iter().filter(|name| !name.ends_with('/') && !name.starts_with("__MACOSX")).collect();
    match files.as_slice() {
        [only] => inflated(archive.by_name(only).map_err(|error| cut_off().detail(error))?),
        _ => {
            Err(unreadable(&format!("Filen är ett packat arkiv med {} filer.", files.len()))
                .hint("Packa upp arkivet och välj filen inuti."))
        }
    }
}

/// Everything that comes out, up to what a workbook may hold.
pub fn inflated(packed: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    packed
        .take(LARGEST_UNPACKED + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable("Det packade arkivet är skadat.").hint("Hämta filen på nytt från källan.").detail(error))?;
    if bytes.len() as u64 > LARGEST_UNPACKED { Err(too_large()) } else { Ok(bytes) }
}

/// Counts what really comes out, since the sizes written in the archive can lie. Small files cannot hold a bomb.
fn check_unpacked_size(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, packed: u64) -> Result<()> {
    const MOST_PER_BYTE: u64 = 1032;
    if packed * MOST_PER_BYTE <= LARGEST_UNPACKED {
        return Ok(());
    }
    let mut total = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| cut_off().detail(error))?;
        total += std::io::copy(&mut entry.take(LARGEST_UNPACKED + 1 - total), &mut std::io::sink()).unwrap_or(0);
        if total > LARGEST_UNPACKED {
            return Err(too_large());
        }
    }
    Ok(())
}

/// The format of an OLE container: an old workbook, or a locked new one.
pub fn ole_format(bytes: &[u8]) -> Result<Format> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if has("EncryptedPackage") {
        return Err(protected());
    }
    if has("WordDocument") || has("PowerPoint Document") {
        return Err(unreadable("Filen är ett äldre Office-dokument, inte ett kalkylblad.").hint("Spara tabellen som .xlsx."));
    }
    if has("Workbook") || has("Book") { Ok(Format::Xls) } else { Err(cut_off()) }
}

/// Reads every worksheet. Chart sheets and macros are left alone.
pub fn read(name: &str, bytes: &[u8], format: Format) -> Result<Workbook> {
    let reading = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Xlsx => read_xlsx(bytes),
        Format::Xlsb => read_xlsb(bytes),
        Format::Xls => read_ranges::<Xls<_>>(bytes, |error| matches!(error, calamine::XlsError::Password)),
        Format::Ods => {
            check_ods(bytes)?;
            read_ranges::<Ods<_>>(bytes, |error| matches!(error, calamine::OdsError::Password))
        }
    }));
    let sheets = reading.unwrap_or_else(|_| Err(damaged("läsaren stannade")))?;
    let grid = Grid { sheets: sheets.into_iter().filter(|sheet| sheet.rows() > 0).collect() };
    let warnings = error_cells(name, &grid);
    Ok(Workbook { grid, warnings })
}

fn error_cells(name: &str, grid: &Grid) -> Vec<Warning> {
    let count = |sheet: &Sheet| {
        let cells = (0..sheet.rows()).flat_map(|row| sheet.cells(row));
        cells.filter(|cell| matches!(cell, super::grid::Cell::Error(_))).count()
    };
    let found = grid.sheets.iter().map(|sheet| (sheet, count(sheet))).filter(|(_, count)| *count > 0);
    found
        .map(|(sheet, count)| {
            Warning::new(format!("{count} celler visar ett fel, till exempel #REF!. De läses inte som tal."))
                .at(Place::file(name).sheet(&sheet.name))
        })
        .collect()
}

fn read_xlsx(bytes: &[u8]) -> Result<Vec<Sheet>> {
    refuse_bare_formulas(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsxError::Password => protected(),
        other => damaged(other),
    })?;
    sheets(worksheets(book.sheets_metadata()), |name, placed| {
        let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            placed.put(cell.get_position(), encode_ref(cell.get_value()))?;
        }
        Ok(())
    })
}

/// A formula without its saved value would read as an empty cell, and an empty cell says "no value". Programs that write
/// workbooks without calculating (scripts, some exports) leave them so.
fn refuse_bare_formulas(bytes: &[u8]) -> Result<()> {
    const BARE: [&[u8]; 4] = [b"</f></c>", b"</f><v></v>", b"</f><v/>", b"</f><v />"];
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| cut_off().detail(error))?;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| cut_off().detail(error))?;
        if !entry.name().is_ok_and(|name| name.starts_with("xl/worksheets/")) {
            continue;
        }
        let (mut reader, mut window, mut kept) = (entry.take(LARGEST_UNPACKED), vec![0; 1 << 16], 0);
        while let Ok(read @ 1..) = reader.read(&mut window[kept..]) {
            let filled = kept + read;
            if BARE.iter().any(|bare| window[..filled].windows(bare.len()).any(|w| w == *bare)) {
                return Err(bare_formula());
            }
            // A pattern may lie across two reads.
            kept = filled.min(16);
            window.copy_within(filled - kept..filled, 0);
        }
    }
    Ok(())
}

fn bare_formula() -> Error {
    unreadable("Arbetsboken har formler som aldrig har räknats ut, så deras värden finns inte i filen.")
        .hint("Öppna den i Excel eller LibreOffice, spara den och läs in den på nytt.")
}

fn read_xlsb(bytes: &[u8]) -> Result<Vec<Sheet>> {
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsbError::Password => protected(),
        other => damaged(other),
    })?;
    sheets(worksheets(book.sheets_metadata()), |name, placed| {
        let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            placed.put(cell.get_position(), encode_ref(cell.get_value()))?;
        }
        Ok(())
    })
}

/// Formats that calamine reads whole.
fn read_ranges<'b, R>(bytes: &'b [u8], is_password: fn(&R::Error) -> bool) -> Result<Vec<Sheet>>
where
    R: Reader<Cursor<&'b [u8]>>,
    R::Error: std::fmt::Display,
{
    let mut book = R::new(Cursor::new(bytes)).map_err(|error| if is_password(&error) { protected() } else { damaged(error) })?;
    sheets(worksheets(book.sheets_metadata()), |name, placed| {
        let range = book.worksheet_range(name).map_err(damaged)?;
        let (first_row, first_column) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            placed.put((first_row + row as u32, first_column + column as u32), encode(value))?;
        }
        Ok(())
    })
}

/// One sheet after the other, within what the whole file may hold.
fn sheets(names: Vec<String>, mut fill: impl FnMut(&str, &mut Placed<'_>) -> Result<()>) -> Result<Vec<Sheet>> {
    let mut held = 0;
    let read = |name: String| {
        let mut placed = Placed::new(&mut held);
        fill(&name, &mut placed)?;
        placed.sheet(&name)
    };
    names.into_iter().map(read).collect()
}

fn worksheets(metadata: &[calamine::Sheet]) -> Vec<String> {
    metadata.iter().filter(|sheet| matches!(sheet.typ, SheetType::WorkSheet)).map(|sheet| sheet.name.clone()).collect()
}

/// OpenDocument writes a cell and how often it repeats; a small file can claim billions.
fn check_ods(bytes: &[u8]) -> Result<()> {
    const MOST_CELLS: u64 = 20_000_000;
    // Each cell becomes a value of calamine's and then text of ours.
    const MOST_TEXT: u64 = 300_000_000;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| cut_off().detail(error))?;
    let Ok(entry) = archive.by_name("content.xml") else { return Err(cut_off()) };
    let mut content = String::new();
    if entry.take(LARGEST_UNPACKED).read_to_string(&mut content).is_err() {
        return Ok(());
    }
    let (mut cells, mut text) = (0u64, 0u64);
    for row in content.split("<table:table-row").skip(1) {
        let (of_row, in_row) = repeated_cells(row);
        (cells, text) = (cells.saturating_add(of_row), text.saturating_add(in_row));
    }
    if cells > MOST_CELLS || text > MOST_TEXT { Err(too_large()) } else { Ok(()) }
}

/// Cells that one row element stands for, not counting empty repeats at its end, and the bytes of what they hold.
fn repeated_cells(row: &str) -> (u64, u64) {
    let attribute = |part: &str, name: &str| -> u64 {
        let head = part.split('>').next().unwrap_or("");
        head.split_once(name).and_then(|(_, value)| value.split('"').next()).and_then(|n| n.parse().ok()).unwrap_or(1)
    };
    let rows = attribute(row, "number-rows-repeated=\"");
    let (mut cells, mut filled, mut text) = (0u64, 0u64, 0u64);
    for part in row.split("<table:table-cell").skip(1) {
        let repeated = attribute(part, "number-columns-repeated=\"");
        cells = cells.saturating_add(repeated);
        if part.contains("office:value") || part.contains("<text:p") {
            filled = cells;
            text = text.saturating_add(repeated.saturating_mul(part.len() as u64));
        }
    }
    (rows.saturating_mul(filled), rows.saturating_mul(text))
}

/// Cells with their positions, in whatever order the file gives them.
struct Placed<'h> {
    cells: Vec<(u32, u32, String)>,
    /// Bytes held so far, over all sheets of the file.
    held: &'h mut usize,
}

impl<'h> Placed<'h> {
    fn new(held: &'h mut usize) -> Self {
        Self { cells: Vec::new(), held }
    }

    fn put(&mut self, (row, column): (u32, u32), raw: String) -> Result<()> {
        if raw.is_empty() {
            return Ok(());
        }
        *self.held += raw.len() + CELL_COST;
        if *self.held > LARGEST_HELD || row >= LAST.0 || column >= LAST.1 {
            return Err(too_large());
        }
        self.cells.push((row, column, raw));
        Ok(())
    }

    fn sheet(mut self, name: &str) -> Result<Sheet> {
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        self.cells.dedup_by_key(|(row, column, _)| (*row, *column));
        let mut writer = SheetWriter::new(name);
        for row in self.cells.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(number, ..)) = row.first() else { continue };
            while writer.rows() < number as usize {
                writer.end_row();
            }
            write_row(&mut writer, row);
            if writer.bytes() > LARGEST_SHEET {
                return Err(too_large());
            }
        }
        Ok(writer.finish())
    }
}

fn write_row(writer: &mut SheetWriter, row: &[(u32, u32, String)]) {
    let mut next = 0;
    for (_, column, raw) in row {
        for _ in next..*column {
            writer.text("");
        }
        writer.raw(raw);
        next = column + 1;
    }
    writer.end_row();
}

fn encode_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => clean(text),
        other => encode(&Data::from(other.clone())),
    }
}

fn encode(value: &Data) -> String {
    match value {
        Data::Int(number) => encoded::number(*number as f64),
        Data::Float(number) if number.is_finite() => encoded::number(*number),
        Data::String(text) => clean(text),
        Data::Bool(value) => encoded::bool(*value),
        Data::DateTime(moment) => encode_moment(*moment),
        Data::DateTimeIso(text) => iso(text),
        Data::DurationIso(text) => clean(text),
        Data::Error(error) => encoded::error(&error.to_string()),
        Data::Float(_) | Data::Empty => String::new(),
    }
}

fn clean(text: &str) -> String {
    let text = text.replace("_x000D_", "");
    if text.chars().all(|c| c >= ' ') {
        text
    } else {
        text.chars().map(|c| if c < ' ' && c != '\n' && c != '\t' { ' ' } else { c }).collect()
    }
}

fn encode_moment(moment: ExcelDateTime) -> String {
    let serial = moment.as_f64();
    match moment.as_datetime() {
        Some(at) if (0.0..1.0).contains(&serial) => encoded::time(at.time()),
        Some(at) if moment.is_datetime() => encoded::moment(rounded(at)),
        _ => encoded::number(serial),
    }
}

/// Serials carry rounding dust: 11:59:59.999 is noon.
fn rounded(at: NaiveDateTime) -> NaiveDateTime {
    at + chrono::Duration::milliseconds(500)
}

fn iso(text: &str) -> String {
    let moment = NaiveDateTime::parse_from_str(text.get(..19).unwrap_or(text), "%Y-%m-%dT%H:%M:%S").ok();
    let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|date| date.and_time(NaiveTime::MIN));
    moment.or_else(date).map_or_else(|| clean(text), encoded::moment)
}

fn unreadable(message: &str) -> Error {
    Error::new(Code::UnreadableFile, message)
}

fn cut_off() -> Error {
    unreadable("Arbetsboken är avklippt eller skadad och kan inte öppnas.")
        .hint("Hämta eller kopiera filen på nytt, gärna direkt från källan.")
}

fn damaged(error: impl std::fmt::Display) -> Error {
    cut_off().detail(error)
}

fn protected() -> Error {
    unreadable("Arbetsboken är skyddad med lösenord.").hint("Öppna den i Excel, ta bort lösenordet under Arkiv, spara och försök igen.")
}

fn too_large() -> Error {
    unreadable("Arbetsboken är orimligt stor när den packas upp.").hint("Kopiera själva tabellen till ett nytt kalkylblad och spara det.")
}
