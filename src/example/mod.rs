//! The practice municipality: its files are shipped inside the program and read in through the same door as anybody's.
//! Everything about it is data in this folder; no other code names it.

use crate::api::{Session, commands, dispatch};
use crate::context::Context;
use crate::error::{Error, Place, Result};
use crate::file::LagesbildFile;
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const SCRIPT: &str = include_str!("script.json");

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// File name → content.
        const FILES: &[(&str, &[u8])] = &[$(($name, include_bytes!(concat!("files/", $name)))),*];
    };
}

files![
    "Folkmängd övningsdata.csv",
    "Databasfil övningsdata.txt",
    "Anmälda brott kommunerna 2025 övningsdata.csv",
    "Kommunens statistik övningsdata.xlsx",
    "Fältrapporter 2024-2025 övningsdata.xlsx",
    "Trygghetsenkät 2022 övningsdata.csv",
    "Trygghetsenkät 2025 övningsdata.csv",
];

#[derive(Deserialize)]
struct Script {
    title: String,
    /// The day on which the group met.
    today: NaiveDate,
    municipality: String,
    neighbours: Vec<String>,
    sources: Vec<ScriptSource>,
    notes: Vec<Value>,
    /// What the group has done so far: commands, where "$name" stands for an id that an earlier step made,
    /// "$municipality" and "$police" for the parties.
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct ScriptSource {
    file: String,
    perspective: String,
    answers: BTreeMap<String, String>,
    survey: Option<ScriptSurvey>,
}

#[derive(Deserialize)]
struct ScriptSurvey {
    sent_out: u32,
}

#[derive(Deserialize)]
struct Step {
    command: String,
    request: Value,
    #[serde(rename = "as")]
    name: Option<String>,
}

impl Session {
    /// Writes the practice municipality's files into a folder, builds its file from them and opens it; gives all paths written.
    pub fn example(&mut self, dir: &Path) -> Result<Vec<PathBuf>> {
        self.close();
        let written = write(dir, self.holder(), &|| self.make_context())?;
        let path = written.last().ok_or_else(|| Error::internal("skapa övningskommunen", "no file"))?.clone();
        self.open(&path)?;
        Ok(written)
    }
}

/// Writes the data files and then the `.lagesbild` file built from them; gives every path, the `.lagesbild` file last.
/// A folder that already has the file keeps it: somebody may have practised in it.
pub fn write(dir: &Path, holder: &str, context: &dyn Fn() -> Context) -> Result<Vec<PathBuf>> {
    let script: Script = serde_json::from_str(SCRIPT)?;
    std::fs::create_dir_all(dir).map_err(|e| unwritable(dir, e))?;
    let mut written = Vec::new();
    for (name, bytes) in FILES {
        let path = dir.join(name);
        std::fs::write(&path, bytes).map_err(|e| unwritable(&path, e))?;
        written.push(path);
    }
    let path = dir.join(format!("{}.lagesbild", script.title));
    if !path.exists() {
        let half = dir.join("halvfärdig.lagesbild");
        let _ = std::fs::remove_file(&half);
        build(&script, dir, LagesbildFile::create(&half, holder, context().on(script.today))?)?;
        std::fs::rename(&half, &path).map_err(|e| unwritable(&path, e))?;
    }
    written.push(path);
    Ok(written)
}

fn build(script: &Script, dir: &Path, mut file: LagesbildFile) -> Result<()> {
    let own = [script.municipality.clone()];
    let practice: Vec<String> = own.iter().chain(&script.neighbours).cloned().collect();
    commands::found_with(&mut file, &own, &practice)?;
    for source in &script.sources {
        let sent_out = source.survey.as_ref().map(|s| s.sent_out);
        let path = dir.join(&source.file);
        let request = json!({ "path": path, "perspective": source.perspective, "answers": source.answers, "sent_out": sent_out });
        dispatch(&mut file, "import", request)?;
    }
    for note in &script.notes {
        dispatch(&mut file, "add_note", note.clone())?;
    }
    let mut made: Map<String, Value> = Map::new();
    let parties = dispatch(&mut file, "agreement", json!({}))?.value["parties"].clone();
    for party in parties.as_array().into_iter().flatten() {
        made.insert(format!("${}", party["kind"].as_str().unwrap_or_default()), party["id"].clone());
    }
    for step in &script.steps {
        if step.request.to_string().contains("\"$figure") {
            name_figures(&mut file, &mut made)?;
        }
        let reply = dispatch(&mut file, &step.command, filled(&step.request, &made))?;
        if let Some(name) = &step.name {
            made.insert(format!("${name}"), reply.value["id"].clone());
        }
    }
    Ok(())
}

/// "$figure3" for the figure that people call figur 3.
fn name_figures(file: &mut LagesbildFile, made: &mut Map<String, Value>) -> Result<()> {
    let problems = dispatch(file, "priorities", json!({}))?.value["problems"].take();
    for figure in problems.as_array().into_iter().flatten().flat_map(|p| p["figures"].as_array().into_iter().flatten()) {
        made.insert(format!("$figure{}", figure["number"]), figure["id"].clone());
    }
    Ok(())
}

/// The request with every "$name" replaced by the id it stands for, in keys too (a slip's scores are keyed by problem).
fn filled(request: &Value, made: &Map<String, Value>) -> Value {
    match request {
        Value::String(text) => made.get(text).cloned().unwrap_or_else(|| request.clone()),
        Value::Array(items) => items.iter().map(|v| filled(v, made)).collect(),
        Value::Object(fields) => {
            let key = |k: &String| made.get(k).and_then(Value::as_str).map_or_else(|| k.clone(), str::to_owned);
            fields.iter().map(|(k, v)| (key(k), filled(v, made))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    Error::new(crate::error::Code::FileAccess, "Övningskommunen kunde inte skrivas.")
        .hint("Välj en mapp där du får skriva.")
        .at(Place::file(&path.to_string_lossy()))
        .detail(error)
}
