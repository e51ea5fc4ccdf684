//! The bare streaming read of a workbook's first sheet: what reading it costs at the least. Measured by `survey.py`, never shipped.

use calamine::{DataRef, Reader, Xlsx, open_workbook};
use std::fs::File;
use std::io::BufReader;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: bare_calamine FILE")?;
    let mut workbook: Xlsx<BufReader<File>> = open_workbook(path)?;
    let name = workbook.sheet_names().first().cloned().ok_or("no sheet")?;
    let mut cells = workbook.worksheet_cells_reader(&name)?;
    let (mut count, mut letters) = (0u64, 0u64);
    while let Some(cell) = cells.next_cell()? {
        count += u64::from(!matches!(cell.get_value(), DataRef::Empty));
        letters += match cell.get_value() {
            DataRef::SharedString(text) => text.len() as u64,
            DataRef::String(text) => text.len() as u64,
            _ => 0,
        };
    }
    println!("{count} cells, {letters} bytes of text");
    Ok(())
}
