//! The published suites, cell by cell: each file is read as it should, or refused or asked about with the reason; none wrong in
//! silence. What is right comes from the suites themselves or from other readers (`tests/suites/expected.py`).

use crate::outside::real_file;
use lagesbild::error::Error;
use lagesbild::import::{Answers, cells_json};
use serde_json::Value;
use std::path::{Path, PathBuf};

mod cubes;
mod text;
mod workbooks;

/// What became of one file.
enum Fate {
    /// Every cell is right.
    Right,
    /// Not every cell, but a refusal, a question or a warning says so.
    Said(String),
    /// A cell is wrong and nobody said anything.
    Silent(String),
}

/// Judges every file and prints the count; a silent fault fails the test.
fn judge(suite: &str, files: &[PathBuf], fate: impl Fn(&Path, &str, &[u8]) -> Fate) {
    let (mut right, mut silent, mut said) = (0, Vec::new(), Vec::new());
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        match fate(file, &name, &std::fs::read(file).unwrap()) {
            Fate::Right => right += 1,
            Fate::Said(reason) => said.push(format!("  {name}: {reason}")),
            Fate::Silent(fault) => silent.push(format!("  {name}: {fault}")),
        }
    }
    println!("{suite}: {right} lästa rätt av {}, {} avvisade eller frågade, {} fel i det tysta", files.len(), said.len(), silent.len());
    said.iter().for_each(|line| println!("{line}"));
    assert!(silent.is_empty(), "{suite}\n{}", silent.join("\n"));
}

fn suite(folder: &str) -> Option<Vec<PathBuf>> {
    let folder = real_file(&format!("suites/{folder}"))?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    Some(files)
}

fn read(name: &str, bytes: &[u8]) -> Result<Value, Error> {
    cells_json(name, bytes, &Answers::new())
}

/// The rows of a sheet as text, without blank cells and rows at the end.
fn rows(read: &Value, sheet: usize) -> Vec<Vec<String>> {
    let word = |cell: &Value| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
    let row = |row: &Value| row["cells"].as_array().unwrap().iter().map(word).collect();
    let mut rows: Vec<Vec<String>> = read["sheets"][sheet]["rows"].as_array().unwrap().iter().map(row).collect();
    while rows.last().is_some_and(|row| row.iter().all(String::is_empty)) {
        rows.pop();
    }
    rows
}

/// What the reading says beside the cells.
fn said(read: &Value) -> Vec<String> {
    let texts = |list: &str, key: &str| {
        read[list].as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    [texts("doubts", "question"), texts("warnings", "message")].concat()
}

/// Right if the cells are the same; else said if the reading says anything.
fn compare(read: &Value, found: &[Vec<String>], right: &[Vec<String>]) -> Fate {
    let differ = found.iter().zip(right).position(|(a, b)| a != b).or((found.len() != right.len()).then_some(found.len().min(right.len())));
    match (differ, said(read).first()) {
        (None, _) => Fate::Right,
        (Some(_), Some(words)) => Fate::Said(words.clone()),
        (Some(row), None) => Fate::Silent(format!("rad {}: {:?} i stället för {:?}", row + 1, found.get(row), right.get(row))),
    }
}
