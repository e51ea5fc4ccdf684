//! Table `grid_block`: the grid as read, in deflated blocks of rows, so that a figure can show its cell among its neighbours.

use crate::error::{Error, Result};
use crate::file::Tx;
use crate::import::{Grid, Sheet};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;
use std::io::{Read, Write};

/// Rows per block: small enough to unpack one for a glance, large enough to pack well.
const BLOCK_ROWS: usize = 4096;

pub fn insert(tx: &mut Tx, source: u32, grid: &Grid) -> Result<()> {
    let mut statement =
        tx.conn.prepare_cached("INSERT INTO grid_block (source_id, sheet, sheet_name, first_row, data) VALUES (?, ?, ?, ?, ?)")?;
    for (index, sheet) in grid.sheets.iter().enumerate() {
        for first in (0..sheet.rows()).step_by(BLOCK_ROWS) {
            let data = pack(sheet.block(first, (first + BLOCK_ROWS).min(sheet.rows())))?;
            statement.execute(params![source, index as u32, sheet.name, first as u32 + 1, data])?;
        }
    }
    Ok(())
}

/// The block of a sheet that holds physical line `line` (1-based), with the line it starts at.
pub fn around(conn: &Connection, source: u32, sheet: &str, line: u32) -> Result<(u32, Sheet)> {
    let sql =
        "SELECT first_row, data FROM grid_block WHERE source_id = ? AND sheet_name = ? AND first_row <= ? ORDER BY first_row DESC LIMIT 1";
    let (first, data): (u32, Vec<u8>) = conn
        .prepare_cached(sql)?
        .query_row(params![source, sheet, line], |r| Ok((r.get(0)?, r.get(1)?)))
        .map_err(|_| Error::not_found("Källcellen"))?;
    Ok((first, unpack(sheet, &data)?))
}

fn unpack(sheet: &str, data: &[u8]) -> Result<Sheet> {
    let mut text = String::new();
    DeflateDecoder::new(data).read_to_string(&mut text).map_err(|e| Error::internal("packa upp filens rader", e))?;
    Ok(Sheet::from_blocks(sheet, [text.as_str()]))
}

/// The texts of one column in these physical lines, both 1-based, as far as the sheet has them.
pub fn column(conn: &Connection, source: u32, sheet: u32, column: u32, lines: &BTreeSet<u32>) -> Result<Vec<(u32, String)>> {
    let sql = "SELECT sheet_name, first_row, data FROM grid_block WHERE source_id = ? AND sheet = ? ORDER BY first_row";
    let mut statement = conn.prepare_cached(sql)?;
    let blocks =
        statement.query_map(params![source, sheet], |r| Ok((r.get::<_, String>(0)?, r.get::<_, u32>(1)?, r.get::<_, Vec<u8>>(2)?)))?;
    let mut texts = Vec::new();
    for block in blocks {
        let (name, first, data) = block?;
        let block = unpack(&name, &data)?;
        let held = first..first + block.rows() as u32;
        texts.extend(lines.range(held).map(|line| (*line, block.cell((line - first) as usize, column.saturating_sub(1) as usize).label())));
    }
    Ok(texts)
}

pub fn sheet_name(conn: &Connection, source: u32, sheet: u32) -> Result<String> {
    let sql = "SELECT sheet_name FROM grid_block WHERE source_id = ? AND sheet = ? LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row(params![source, sheet], |r| r.get(0)).unwrap_or_default())
}

fn pack(text: &str) -> Result<Vec<u8>> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).and_then(|()| packed.finish()).map_err(|e| Error::internal("packa filens rader", e))
}
