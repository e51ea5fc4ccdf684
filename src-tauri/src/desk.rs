//! The one open file and what can be done with it as a file: open, create, copy, save a document from it.

use chrono::{Local, Utc};
use lagesbild::api::Session;
use lagesbild::context::Context;
use lagesbild::error::{Code, Error, Result};
use lagesbild::progress::Progress;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub type SharedDesk = Arc<Mutex<Desk>>;

/// A call that panicked has rolled its transaction back; the file is still good to work with.
pub fn locked(desk: &SharedDesk) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

pub struct Desk {
    session: Session,
    /// *Local* application data: a roaming profile lies on a server and is no place for a database.
    local_data: PathBuf,
    path: Option<PathBuf>,
    /// What went wrong with the file that the program was started with; the first screen tells.
    problem: Option<Error>,
    /// Only files that we have saved ourselves are handed to another program.
    saved: Vec<PathBuf>,
}

impl Desk {
    pub fn new(local_data: PathBuf) -> Self {
        Self {
            session: Session::new(|| Context::new(Utc::now, random), holder()),
            local_data,
            path: None,
            problem: None,
            saved: Vec::new(),
        }
    }

    pub fn progress(&self) -> Arc<Progress> {
        self.session.progress()
    }

    pub fn start(&mut self, open: impl FnOnce(&mut Self) -> Result<Value>) {
        self.problem = open(self).err();
    }

    pub fn close(&mut self) {
        self.session.close();
        self.path = None;
    }

    pub fn call(&mut self, command: &str, request: Value) -> Result<Value> {
        Ok(json!(self.session.call(command, request)?))
    }

    pub fn state(&self) -> Value {
        json!({ "path": self.path, "name": self.path.as_deref().map(name), "problem": self.problem })
    }

    pub fn open(&mut self, path: &Path) -> Result<Value> {
        self.session.open(path)?;
        Ok(self.opened(path.to_owned()))
    }

    pub fn create(&mut self, path: &Path, municipalities: &[String]) -> Result<Value> {
        self.session.create(path, municipalities)?;
        Ok(self.opened(path.to_owned()))
    }

    /// A fresh practice municipality each time, so that practice can start over.
    pub fn example(&mut self) -> Result<Value> {
        let folder = self.local_data.join("ovning").join(Local::now().format("%Y-%m-%d %H%M%S").to_string());
        std::fs::create_dir_all(&folder).map_err(|e| file_error("Mappen för övningskommunen kunde inte göras.", e))?;
        let path = self.session.example(&folder)?.pop();
        Ok(self.opened(path.ok_or_else(|| Error::internal("göra övningskommunen", "no file was written"))?))
    }

    pub fn open_path(&self) -> Result<PathBuf> {
        self.path.clone().ok_or_else(|| Error::not_allowed("Ingen fil är öppen."))
    }

    pub fn save_copy(&mut self, to: &Path) -> Result<Value> {
        if same_file(&self.open_path()?, to) {
            return Err(Error::not_allowed("Kopian måste ha ett annat namn eller ligga i en annan mapp."));
        }
        self.session.save_copy(to)?;
        Ok(json!({ "path": to, "name": name(to), "answer": null }))
    }

    /// Runs `request.command` with `request.request` and the chosen path.
    pub fn save_document(&mut self, path: &Path, mut request: Value) -> Result<Value> {
        let mut inner = request["request"].take();
        inner["path"] = json!(path);
        let reply = self.session.call(request["command"].as_str().unwrap_or_default(), inner)?;
        self.saved.push(path.to_owned());
        Ok(json!({ "path": path, "name": name(path), "answer": reply.value, "stale": reply.stale }))
    }

    pub fn show(&self, request: &Value) -> Result<Value> {
        let path = Path::new(request["path"].as_str().unwrap_or_default());
        if !self.saved.iter().any(|saved| saved == path) {
            return Err(Error::not_found("Dokumentet"));
        }
        open::that_detached(path).map_err(|e| file_error("Dokumentet kunde inte visas i något program på datorn.", e))?;
        Ok(Value::Null)
    }

    fn opened(&mut self, path: PathBuf) -> Value {
        self.path = Some(path);
        self.problem = None;
        self.state()
    }
}

fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).unwrap_or_else(|problem| panic!("the system gives no randomness: {problem}"));
    bytes
}

/// Who has the file open, as a colleague would recognise it.
fn holder() -> String {
    let first = |names: [&str; 2]| names.iter().find_map(|name| std::env::var(name).ok()).filter(|value| !value.is_empty());
    let person = first(["USERNAME", "USER"]).unwrap_or_else(|| "någon".into());
    match first(["COMPUTERNAME", "HOSTNAME"]) {
        Some(computer) => format!("{person} på {computer}"),
        None => person,
    }
}

fn file_error(message: &str, detail: std::io::Error) -> Error {
    Error::new(Code::FileAccess, message).detail(detail)
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
