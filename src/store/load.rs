//! Where a reading goes when it is stored: its rows to `grid_block`, its values to `observation`.

use super::observations::Stored;
use super::{grid, observations};
use crate::error::Result;
use crate::file::Tx;
use crate::import::batch::{Batch, Sink};
use crate::progress::Progress;

pub struct Load<'c> {
    progress: &'c Progress,
    grid: grid::Writer<'c>,
    values: observations::Writer<'c>,
}

impl<'c> Load<'c> {
    pub fn new(tx: &Tx<'c>, source: u32) -> Self {
        Self { progress: tx.progress, grid: grid::Writer::new(tx.conn, source), values: observations::Writer::new(tx.conn, source) }
    }

    pub fn finish(self) -> Result<Stored> {
        self.grid.finish()?;
        Ok(self.values.stored())
    }
}

impl Sink for Load<'_> {
    fn rows(&mut self, sheet: usize, name: &str, first: usize, text: String) -> Result<()> {
        self.grid.rows(sheet, name, first, text)
    }

    fn values(&mut self, batch: &Batch) -> Result<()> {
        self.values.add(batch, self.progress)
    }

    fn again(&mut self) -> Result<()> {
        self.grid.again()?;
        self.values.again()
    }
}
