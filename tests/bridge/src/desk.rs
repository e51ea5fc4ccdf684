//! The open file and the file-level commands that the native shell has, without its dialogs: paths lie in a folder of our own.

use crate::uploads::free_folder;
use chrono::Utc;
use lagesbild::api::Session;
use lagesbild::context::Context;
use lagesbild::error::{Code, Error, Result};
use lagesbild::progress::Progress;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub struct Desk {
    session: Session,
    folder: PathBuf,
    path: Option<PathBuf>,
}

impl Desk {
    pub fn new() -> std::io::Result<Self> {
        let unique: String = random().iter().map(|byte| format!("{byte:02x}")).collect();
        let folder = std::env::temp_dir().join(format!("lagesbild-bridge-{unique}"));
        std::fs::create_dir(&folder)?;
        Ok(Self { session: Session::new(|| Context::new(Utc::now, random), "bryggan".into()), folder, path: None })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn progress(&self) -> Arc<Progress> {
        self.session.progress()
    }

    pub fn call(&mut self, command: &str, request: &Value) -> Result<Value> {
        Ok(json!(self.session.call(command, request.clone())?))
    }

    pub fn shell(&mut self, command: &str, request: &Value) -> Result<Value> {
        match command {
            "state" => Ok(self.state()),
            "open" => self.open(&asked_path(request)?),
            "create" => self.create(request),
            "example" => self.example(),
            "save_copy" => self.save_copy(),
            "save_document" => self.save_document(request),
            "show" => Ok(json!({ "url": saved_url(&asked_path(request)?) })),
            _ => Err(Error::new(Code::NotFound, format!("Skalet har inget kommando ”{command}”."))),
        }
    }

    fn state(&self) -> Value {
        json!({ "path": self.path, "name": self.path.as_deref().map(name) })
    }

    fn open(&mut self, path: &Path) -> Result<Value> {
        self.session.open(path)?;
        self.path = Some(path.to_owned());
        Ok(self.state())
    }

    fn create(&mut self, request: &Value) -> Result<Value> {
        let municipalities: Vec<String> = serde_json::from_value(request["municipalities"].clone())?;
        let path = self.fresh("nytt")?.join("Ny lägesbild.lagesbild");
        self.session.create(&path, &municipalities)?;
        self.path = Some(path);
        Ok(self.state())
    }

    fn example(&mut self) -> Result<Value> {
        let folder = self.fresh("ovning")?;
        self.path = self.session.example(&folder)?.pop();
        Ok(self.state())
    }

    fn save_copy(&mut self) -> Result<Value> {
        let from = self.path.clone().ok_or_else(|| Error::not_allowed("Ingen fil är öppen."))?;
        let to = self.fresh("sparat")?.join(name(&from));
        self.session.save_copy(&to)?;
        Ok(saved(&to, Value::Null, &[]))
    }

    fn save_document(&mut self, request: &Value) -> Result<Value> {
        let wanted = request["name"].as_str().unwrap_or("dokument");
        let path = self.fresh("sparat")?.join(wanted.replace(['/', '\\'], "-"));
        let mut inner = request["request"].clone();
        inner["path"] = json!(path);
        let reply = self.session.call(request["command"].as_str().unwrap_or_default(), inner)?;
        Ok(saved(&path, reply.value, &reply.stale))
    }

    fn fresh(&self, kind: &str) -> Result<PathBuf> {
        free_folder(&self.folder.join(kind)).map_err(|e| Error::new(Code::FileAccess, "Det gick inte att göra en mapp.").detail(e))
    }
}

fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).unwrap_or_else(|problem| panic!("the system gives no randomness: {problem}"));
    bytes
}

fn asked_path(request: &Value) -> Result<PathBuf> {
    request["path"].as_str().map(PathBuf::from).ok_or_else(|| Error::not_allowed("Välj en fil först."))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn saved(path: &Path, answer: Value, stale: &[String]) -> Value {
    json!({ "path": path, "name": name(path), "url": saved_url(path), "answer": answer, "stale": stale })
}

/// `…/sparat/3/utkast.docx` → `/saved/3/utkast.docx`.
fn saved_url(path: &Path) -> String {
    let number = path.parent().map(name).unwrap_or_default();
    format!("/saved/{number}/{}", name(path))
}
