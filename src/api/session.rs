//! A session: at most one open file, and where time and ids come from. Each window, bridge or script has one.

use super::{Reply, commands, dispatch};
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::file::LagesbildFile;
use crate::progress::Progress;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

pub struct Session {
    file: Option<LagesbildFile>,
    make_context: Box<dyn Fn() -> Context + Send>,
    holder: String,
    progress: Arc<Progress>,
}

impl Session {
    /// `holder`: the name that others see while this session has a file open.
    pub fn new(make_context: impl Fn() -> Context + Send + 'static, holder: String) -> Self {
        Self { file: None, make_context: Box::new(make_context), holder, progress: Arc::default() }
    }

    pub fn open(&mut self, path: &Path) -> Result<()> {
        self.file = None;
        let file = LagesbildFile::open(path, &self.holder, (self.make_context)())?;
        self.take(file);
        Ok(())
    }

    /// A new file for these municipalities; names outside the 290 become practice municipalities.
    pub fn create(&mut self, path: &Path, municipalities: &[String]) -> Result<()> {
        let mut file = LagesbildFile::create(path, &self.holder, (self.make_context)())?;
        match commands::found(&mut file, municipalities) {
            Ok(()) => self.take(file),
            Err(error) => {
                drop(file);
                // What was just created holds nothing yet.
                let _ = std::fs::remove_file(path);
                return Err(error);
            }
        }
        Ok(())
    }

    fn take(&mut self, mut file: LagesbildFile) {
        file.report_to(Arc::clone(&self.progress));
        self.file = Some(file);
    }

    /// How far the session's work has come. It is handed out once, so that a window can look and cancel while the session
    /// itself is busy.
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    pub fn file(&mut self) -> Result<&mut LagesbildFile> {
        self.file.as_mut().ok_or_else(|| Error::new(Code::NotFound, "Ingen fil är öppen.").hint("Öppna en fil eller skapa en ny."))
    }

    pub fn is_open(&self) -> bool {
        self.file.is_some()
    }

    pub fn close(&mut self) {
        self.file = None;
    }

    /// A context of this session's kind, for a file that is built aside.
    pub(crate) fn make_context(&self) -> Context {
        (self.make_context)()
    }

    pub(crate) fn holder(&self) -> &str {
        &self.holder
    }

    /// Any declared command.
    pub fn call(&mut self, command: &str, request: Value) -> Result<Reply> {
        dispatch(self.file()?, command, request)
    }

    pub fn save_copy(&mut self, to: &Path) -> Result<()> {
        self.file()?.save_copy(to)
    }
}
