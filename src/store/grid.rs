//! Table `grid_block`: the grid as read, in deflated blocks of rows, so that a figure can show its cell among its neighbours.

use crate::error::{Error, Result};
use crate::import::Sheet;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::sync::mpsc::{self, Receiver, SyncSender};

/// A stretch of a sheet on its way to the table.
struct Block<T> {
    sheet: usize,
    name: String,
    first: usize,
    data: T,
}

/// Writes the grid of one source. Packing happens on a thread of its own, so that it takes no time from the values.
pub struct Writer<'c> {
    conn: &'c Connection,
    source: u32,
    to_pack: SyncSender<Block<String>>,
    packed: Receiver<Result<Block<Vec<u8>>>>,
}

/// Blocks that can wait to be packed.
const WAITING: usize = 16;

impl<'c> Writer<'c> {
    pub fn new(conn: &'c Connection, source: u32) -> Self {
        let (to_pack, waiting) = mpsc::sync_channel::<Block<String>>(WAITING);
        let (done, packed) = mpsc::channel();
        // It ends when nobody can send it anything more.
        std::thread::spawn(move || {
            for Block { sheet, name, first, data } in waiting {
                let block = pack(&data).map(|data| Block { sheet, name, first, data });
                if done.send(block).is_err() {
                    return;
                }
            }
        });
        Self { conn, source, to_pack, packed }
    }

    /// Rows of a sheet from zero-based row `first`, at most [`crate::import::BLOCK_ROWS`], in the grid's own writing.
    pub fn rows(&mut self, sheet: usize, name: &str, first: usize, text: String) -> Result<()> {
        let block = Block { sheet, name: name.to_owned(), first, data: text };
        self.to_pack.send(block).map_err(|e| Error::internal("packa filens rader", e))?;
        self.packed.try_iter().try_for_each(|block| write(self.conn, self.source, block?))
    }

    pub fn finish(self) -> Result<()> {
        let Self { conn, source, to_pack, packed } = self;
        drop(to_pack);
        packed.into_iter().try_for_each(|block| write(conn, source, block?))
    }

    /// Takes back what has been written.
    pub fn again(&mut self) -> Result<()> {
        *self = Self::new(self.conn, self.source);
        self.conn.execute("DELETE FROM grid_block WHERE source_id = ?", [self.source])?;
        Ok(())
    }
}

fn write(conn: &Connection, source: u32, block: Block<Vec<u8>>) -> Result<()> {
    let sql = "INSERT INTO grid_block (source_id, sheet, sheet_name, first_row, data) VALUES (?, ?, ?, ?, ?)";
    conn.prepare_cached(sql)?.execute(params![source, block.sheet as u32, block.name, block.first as u32 + 1, block.data])?;
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
