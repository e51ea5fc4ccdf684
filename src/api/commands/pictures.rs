//! A chart outside the program: its picture as PNG or SVG, its table as a workbook, or the picture for the clipboard.

use super::super::Outcome;
use super::super::requests::*;
use crate::chart::Table;
use crate::error::{Code, Error, Place, Result};
use crate::file::LagesbildFile;
use crate::import::plain_number;
use crate::look::Theme;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use rust_xlsxwriter::{Format, Workbook};
use std::path::Path;

/// Writes the chart on white paper; what kind of file it becomes is said by the name's ending.
pub fn save_chart(_: &mut LagesbildFile, request: SaveChart) -> Result<Outcome<Nothing>> {
    let chart = request.spec.draw(Theme::Print);
    let path = Path::new(&request.path);
    let bytes = match path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase).as_deref() {
        Some("png") => chart.png()?,
        Some("svg") => chart.svg.into_bytes(),
        Some("xlsx") => workbook(&chart.table, &chart.alt)?,
        _ => return Err(Error::not_allowed("En bild sparas som .png eller .svg, en tabell som .xlsx.").at(Place::file(&request.path))),
    };
    std::fs::write(path, bytes)
        .map_err(|e| Error::new(Code::FileAccess, "Filen kunde inte skrivas.").at(Place::file(&request.path)).detail(e))?;
    Ok(Outcome::read(Nothing {}))
}

/// The picture as PNG in base64, to be put on the clipboard.
pub fn chart_picture(_: &mut LagesbildFile, request: ChartPicture) -> Result<Outcome<PngPicture>> {
    let png = request.spec.draw(Theme::Print).png()?;
    Ok(Outcome::read(PngPicture { base64: BASE64_STANDARD.encode(&png) }))
}

/// The chart's table: numbers as numbers, everything else as the text it is; what it shows stands below.
fn workbook(table: &Table, alt: &str) -> Result<Vec<u8>> {
    let failed = |e: rust_xlsxwriter::XlsxError| Error::internal("skriva tabellen", e);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, head) in (0u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, head, &bold).map_err(failed)?;
    }
    for (row, cells) in (1u32..).zip(&table.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            // The first column names the row: a year there is no number to count with.
            match plain_number(cell).filter(|_| column > 0) {
                Some(number) => sheet.write_number(row, column, number).map_err(failed)?,
                None => sheet.write_string(row, column, cell).map_err(failed)?,
            };
        }
    }
    sheet.write_string(table.rows.len() as u32 + 2, 0, alt).map_err(failed)?;
    sheet.autofit();
    book.save_to_buffer().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader as _};

    #[test]
    fn a_saved_table_counts_and_keeps_its_words() {
        let table = Table {
            columns: ["År", "anmälda brott", "95 % intervall", ""].map(str::to_owned).to_vec(),
            rows: vec![["2024", "1\u{a0}031", "21–44", "preliminärt"].map(str::to_owned).to_vec()],
        };
        let bytes = workbook(&table, "Linjediagram.").unwrap();
        let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let cell = |row, column| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
        assert_eq!(cell(1, 0), Data::String("2024".into()));
        assert_eq!(cell(1, 1), Data::Float(1031.0));
        assert_eq!(cell(1, 2), Data::String("21–44".into()));
        assert_eq!(cell(3, 0), Data::String("Linjediagram.".into()));
    }
}
