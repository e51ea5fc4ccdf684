//! Workbooks (xlsx, xls, xlsb, ods) → sheets, within bounded memory: sizes are checked before anything is unpacked and
//! cells are streamed, because a cell in the last corner of a small file must not cost gigabytes.

use super::grid::{Cell, Grid, Merged, Sheet, SheetWriter, Span, encoded};
use super::ole::Ole;
use super::{ods, xls, xlsx};
use crate::checked::Warning;
use crate::error::{Code, Error, Place, Result};
use crate::progress::{Progress, Stage};
use calamine::{Data, DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, SheetVisible, Xlsb};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::io::{BufReader, Cursor, Read};
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

/// A sheet as found in its file.
pub struct Found {
    pub sheet: Sheet,
    pub hidden: bool,
}

/// Sheets read, with what a person should know about them.
pub struct Workbook {
    pub grid: Grid,
    pub warnings: Vec<Warning>,
}

/// Unpacked bytes at most; deflate can hide a thousand times that in a small file.
pub const LARGEST_UNPACKED: u64 = 400_000_000;
/// Bytes held for all cells of a file at most, their bookkeeping included.
const LARGEST_HELD: usize = 600_000_000;
/// What a cell costs beside its text: its position and its string.
const CELL_COST: usize = 56;
/// Bytes of a sheet's grid at most; empty cells before a far one count, one byte each.
const LARGEST_SHEET: usize = 300_000_000;
/// Bytes of one row at most, before it is set down.
pub const LARGEST_ROW: usize = 50_000_000;
/// Excel's own last cell is XFD1048576; a position beyond it is forged.
const LAST: (u32, u32) = (1_048_576, 16_384);

/// The format of a zip container, none when it is no workbook. Errors when it is cut off, a document or too large unpacked.
pub fn zip_format(bytes: &[u8]) -> Result<Option<Format>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| cut_off().detail(error))?;
    let names: Vec<String> =
        archive.file_names().filter_map(std::result::Result::ok).map(|name| name.replace('\\', "/").to_lowercase()).collect();
    let has = |name: &str| names.iter().any(|n| n.trim_start_matches('/') == name);
    let binary = has("xl/workbook.bin");
    if !binary && names.iter().any(|n| n.trim_start_matches('/').starts_with("xl/")) {
        // Its reader counts what comes out.
        return Ok(Some(Format::Xlsx));
    }
    check_unpacked_size(&mut archive, bytes.len() as u64)?;
    if binary {
        Ok(Some(Format::Xlsb))
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
    // The whole file is looked through: a file that is cut off has lost its directory.
    let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &package).is_some() {
        return Err(protected());
    }
    let file = Ole::open(bytes).ok_or_else(cut_off)?;
    if file.has(&["WordDocument", "PowerPoint Document"]) {
        return Err(unreadable("Filen är ett äldre Office-dokument, inte ett kalkylblad.").hint("Spara tabellen som .xlsx."));
    }
    if file.has(&["Workbook", "Book"]) { Ok(Format::Xls) } else { Err(cut_off()) }
}

/// Reads every worksheet. Chart sheets and macros are left alone. Errors: `UnreadableFile`, `Cancelled`.
pub fn read(name: &str, bytes: &[u8], format: Format, progress: &Progress) -> Result<Workbook> {
    progress.begin(Stage::Opening, 0)?;
    let mut held = Held::new(progress);
    let reading = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Xlsx => xlsx::read(bytes, &mut held),
        Format::Xlsb => read_xlsb(bytes, &mut held),
        Format::Xls => xls::read(bytes, &mut held),
        Format::Ods => read_ods(bytes, &mut held),
    }));
    let reading = reading.unwrap_or_else(|_| Err(damaged("läsaren stannade")));
    // Bytes that stop coming since somebody wants it stopped are no damage.
    progress.begin(Stage::Understanding, 0)?;
    let mut found = reading?;
    found.retain(|found| found.sheet.rows() > 0);
    let hidden = found
        .iter()
        .filter(|found| found.hidden)
        .map(|found| Warning::new("Bladet är dolt i arbetsboken men lästes också.").at(Place::file(name).sheet(&found.sheet.name)));
    let mut warnings: Vec<Warning> = hidden.collect();
    let grid = Grid { sheets: found.into_iter().map(|found| found.sheet).collect() };
    warnings.extend(error_cells(name, &grid));
    Ok(Workbook { grid, warnings })
}

fn error_cells(name: &str, grid: &Grid) -> Vec<Warning> {
    let warning = |sheet: &Sheet| {
        let cells = (0..sheet.rows()).flat_map(|row| sheet.cells(row).enumerate().map(move |(column, cell)| (row, column, cell)));
        let mut faults =
            cells.filter_map(|(row, column, cell)| if let Cell::Error(word) = cell { Some((row, column, word)) } else { None });
        let (row, column, word) = faults.next()?;
        let more = faults.count();
        let message = match more {
            0 => format!("En cell visar felet ”{word}”. Den läses inte som ett tal."),
            _ => format!("{} celler visar fel, den första ”{word}”. De läses inte som tal.", more + 1),
        };
        Some(Warning::new(message).at(Place::file(name).sheet(&sheet.name).cell(row, column)))
    };
    grid.sheets.iter().filter_map(warning).collect()
}

pub fn bare_formula() -> Error {
    unreadable("Arbetsboken har formler som aldrig har räknats ut, så deras värden finns inte i filen.")
        .hint("Öppna den i Excel eller LibreOffice, spara den och läs in den på nytt.")
}

fn read_xlsb(bytes: &[u8], held: &mut Held<'_>) -> Result<Vec<Found>> {
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsbError::Password => protected(),
        other => damaged(other),
    })?;
    sheets(worksheets(book.sheets_metadata()), held, |name, placed| {
        let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            placed.put(cell.get_position(), &encode_ref(cell.get_value()))?;
        }
        Ok(())
    })
}

fn read_ods(bytes: &[u8], held: &mut Held<'_>) -> Result<Vec<Found>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| cut_off().detail(error))?;
    let mut manifest = Vec::new();
    if let Ok(entry) = archive.by_name("META-INF/manifest.xml") {
        let _ = entry.take(1 << 20).read_to_end(&mut manifest);
    }
    if String::from_utf8_lossy(&manifest).contains("encryption-data") {
        return Err(protected());
    }
    let content = archive.by_name("content.xml").map_err(|error| cut_off().detail(error))?;
    let progress = held.progress;
    progress.begin(Stage::Opening, content.size())?;
    ods::read(BufReader::new(Watched { source: content.take(LARGEST_UNPACKED), progress }), held)
}

/// One sheet after the other, within what the whole file may hold.
fn sheets(
    names: Vec<(String, bool)>,
    held: &mut Held<'_>,
    mut fill: impl FnMut(&str, &mut Placed<'_, '_>) -> Result<()>,
) -> Result<Vec<Found>> {
    let read = |(name, hidden): (String, bool)| {
        let mut placed = Placed::new(held);
        fill(&name, &mut placed)?;
        Ok(Found { sheet: placed.sheet(&name)?, hidden })
    };
    names.into_iter().map(read).collect()
}

/// The worksheets by name, and whether each is hidden.
fn worksheets(metadata: &[calamine::Sheet]) -> Vec<(String, bool)> {
    let sheets = metadata.iter().filter(|sheet| matches!(sheet.typ, SheetType::WorkSheet));
    sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

/// Bytes on their way out of a file, which stop coming when somebody wants it stopped.
pub struct Watched<'w, R> {
    pub source: R,
    pub progress: &'w Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(to)?;
        self.progress.step(read as u64).map_err(std::io::Error::other)?;
        Ok(read)
    }
}

/// What is held over all sheets of a file, and who waits for it.
pub struct Held<'w> {
    pub progress: &'w Progress,
    bytes: usize,
    unasked: u32,
}

/// Cells between two looks at whether somebody wants it stopped.
const CELLS_BETWEEN: u32 = 4096;

impl<'w> Held<'w> {
    pub fn new(progress: &'w Progress) -> Self {
        Self { progress, bytes: 0, unasked: 0 }
    }

    /// One cell more. Errors: more than may be held, or `Cancelled`.
    fn cell(&mut self, bytes: usize) -> Result<()> {
        self.bytes += bytes + CELL_COST;
        if self.bytes > LARGEST_HELD {
            return Err(too_large());
        }
        self.unasked += 1;
        if self.unasked == CELLS_BETWEEN {
            self.unasked = 0;
            self.progress.step(0)?;
        }
        Ok(())
    }
}

/// Cells with their positions. They are set down at once where they come row by row, as every program writes them.
pub struct Placed<'h, 'w> {
    writer: SheetWriter,
    /// Where the next cell can stand.
    next: (u32, u32),
    late: Vec<(u32, u32, String)>,
    merged: Merged,
    held: &'h mut Held<'w>,
}

impl<'h, 'w> Placed<'h, 'w> {
    pub fn new(held: &'h mut Held<'w>) -> Self {
        Self { writer: SheetWriter::new(""), next: (0, 0), late: Vec::new(), merged: Merged::default(), held }
    }

    /// A cell in the grid's own writing; an empty one is nothing. Errors: more than may be held, or `Cancelled`.
    pub fn put(&mut self, (row, column): (u32, u32), raw: &str) -> Result<()> {
        if raw.is_empty() {
            return Ok(());
        }
        if row >= LAST.0 || column >= LAST.1 {
            return Err(too_large());
        }
        self.held.cell(raw.len())?;
        if (row, column) < self.next {
            self.late.push((row, column, raw.to_owned()));
            return Ok(());
        }
        set_down(&mut self.writer, &mut self.next, (row, column), raw)
    }

    /// A text that its format moves to the right.
    pub fn indented(&mut self, at: (u32, u32), steps: u8, text: &str) -> Result<()> {
        let mut raw = String::with_capacity(text.len() + 2);
        encoded::write_indented(&mut raw, steps, &clean(text));
        self.put(at, &raw)
    }

    /// So many bytes more are read. Errors: `Cancelled`.
    pub fn step(&self, bytes: u64) -> Result<()> {
        self.held.progress.step(bytes)
    }

    /// Cells that are one.
    pub fn merge(&mut self, span: Span) {
        self.merged.add(span);
    }

    pub fn sheet(self, name: &str) -> Result<Sheet> {
        let mut sheet = self.writer.finish();
        if !self.late.is_empty() {
            sheet = in_order(&sheet, self.late)?;
        }
        name.clone_into(&mut sheet.name);
        sheet.merged = self.merged.sorted();
        Ok(sheet)
    }
}

fn set_down(writer: &mut SheetWriter, next: &mut (u32, u32), at: (u32, u32), raw: &str) -> Result<()> {
    if at.0 > next.0 || !writer.row_is_open() {
        while writer.rows() < at.0 as usize || writer.row_is_open() {
            writer.end_row();
        }
        next.1 = 0;
        if writer.bytes() > LARGEST_SHEET {
            return Err(too_large());
        }
    }
    for _ in next.1..at.1 {
        writer.raw("");
    }
    writer.raw(raw);
    *next = (at.0, at.1 + 1);
    Ok(())
}

/// A file whose cells do not come row by row: of two in one place the first counts.
fn in_order(sheet: &Sheet, late: Vec<(u32, u32, String)>) -> Result<Sheet> {
    let mut cells: Vec<(u32, u32, String)> = Vec::new();
    for row in 0..sheet.rows() {
        let filled = sheet.raw_cells(row).enumerate().filter(|(_, raw)| !raw.is_empty());
        cells.extend(filled.map(|(column, raw)| (row as u32, column as u32, raw.to_owned())));
    }
    cells.extend(late);
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    cells.dedup_by_key(|(row, column, _)| (*row, *column));
    let (mut writer, mut next) = (SheetWriter::new(""), (0, 0));
    for (row, column, raw) in cells {
        set_down(&mut writer, &mut next, (row, column), &raw)?;
    }
    Ok(writer.finish())
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

pub fn clean(text: &str) -> String {
    let text = text.replace("_x000D_", "");
    if text.chars().all(|c| c >= ' ') {
        text
    } else {
        text.chars().map(|c| if c < ' ' && c != '\n' && c != '\t' { ' ' } else { c }).collect()
    }
}

/// A day and time by Excel's count of days.
pub fn moment(serial: f64, from_1904: bool) -> String {
    // Excel shows no day after the year 9999 and none before its first.
    if !(0.0..2_958_466.0).contains(&serial) {
        return encoded::number(serial);
    }
    encode_moment(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, from_1904))
}

/// A formula that nobody has calculated.
pub fn no_value() -> String {
    encoded::error("formel utan värde")
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

pub fn iso(text: &str) -> String {
    let moment = NaiveDateTime::parse_from_str(text.get(..19).unwrap_or(text), "%Y-%m-%dT%H:%M:%S").ok();
    let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|date| date.and_time(NaiveTime::MIN));
    moment.or_else(date).map_or_else(|| clean(text), encoded::moment)
}

fn unreadable(message: &str) -> Error {
    Error::new(Code::UnreadableFile, message)
}

pub fn cut_off() -> Error {
    unreadable("Arbetsboken är avklippt eller skadad och kan inte öppnas.")
        .hint("Hämta eller kopiera filen på nytt, gärna direkt från källan.")
}

pub fn damaged(error: impl std::fmt::Display) -> Error {
    cut_off().detail(error)
}

pub fn protected() -> Error {
    unreadable("Arbetsboken är skyddad med lösenord.").hint("Öppna den i Excel, ta bort lösenordet under Arkiv, spara och försök igen.")
}

pub fn too_large() -> Error {
    unreadable("Arbetsboken är orimligt stor när den packas upp.").hint("Kopiera själva tabellen till ett nytt kalkylblad och spara det.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workbook large enough to be unpacked in several pieces, in each format that can be made here.
    fn large() -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..3000 {
            for column in 0..20 {
                sheet.write(row, column, row * 31 + u32::from(column)).unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    }

    fn content() -> Vec<u8> {
        use std::io::Write;
        let row = r#"<table:table-row><table:table-cell office:value-type="float" office:value="12.5"/></table:table-row>"#;
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        write!(archive, "<office:spreadsheet><table:table table:name=\"A\">{}</table:table></office:spreadsheet>", row.repeat(20_000))
            .unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn a_large_workbook_shows_how_far_it_has_come_and_can_be_stopped_anywhere() {
        for (bytes, format) in [(large(), Format::Xlsx), (content(), Format::Ods)] {
            let progress = Progress::default();
            progress.cancel_at(0);
            read("stor", &bytes, format, &progress).unwrap();
            let steps = progress.steps_taken();
            assert!(steps > 12, "{format:?}: {steps}");
            for point in 0..4 {
                progress.reset();
                progress.cancel_at(1 + (steps - 2) * point / 4);
                let error = read("stor", &bytes, format, &progress).map(|_| ()).unwrap_err();
                assert_eq!(error.code, Code::Cancelled, "{format:?} {point}: {error}");
                let (stage, done, of) = progress.seen();
                assert!(point < 2 || stage == Stage::Understanding || done > 0 && done <= of, "{format:?} {point}: {done} of {of}");
            }
        }
    }

    #[test]
    fn cells_out_of_order_find_their_places_and_the_first_of_two_counts() {
        let progress = Progress::default();
        let mut held = Held::new(&progress);
        let mut placed = Placed::new(&mut held);
        for (at, text) in [((2, 1), "c"), ((0, 0), "a"), ((2, 0), "b"), ((2, 1), "x"), ((4, 2), "d")] {
            placed.put(at, text).unwrap();
        }
        let sheet = placed.sheet("Blad").unwrap();
        assert_eq!(sheet.rows_text(0, 9), [vec!["a"], vec![""], vec!["b", "c"], vec![""], vec!["", "", "d"]]);
    }
}
