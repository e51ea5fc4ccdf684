//! Workbooks: every filled cell against what other readers find (`expected.tsv`, made by `expected.py`).

use super::{Fate, judge, read, said, suite};
use serde_json::Value;
use sha2::{Digest, Sha256};

#[test]
fn calamine() {
    against_other_readers("calamine-A");
}

#[test]
fn tabulator_workbooks() {
    against_other_readers("tabulator-py/data");
    against_other_readers("tabulator-py/data/special");
}

/// What another reader found: sheet name, filled cells, digest; or why it found nothing.
fn expected(folder: &str, name: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    let lines = include_str!("expected.tsv").lines().map(|line| line.split('\t').collect::<Vec<_>>());
    lines.filter(|line| line[0] == folder && line[1] == name).map(|line| (line[2], line[3], line[4])).collect()
}

/// Where we know better than the other reader, and why.
const OURS: &[(&str, &str)] = &[];

fn against_other_readers(folder: &str) {
    let Some(mut files) = suite(folder) else { return };
    files.retain(|file| file.extension().is_some_and(|ending| ["xlsx", "xlsm", "xls", "xlsb", "ods"].iter().any(|known| ending == *known)));
    judge(folder, &files, |_, name, bytes| {
        let sheets = expected(folder, name);
        let read = match read(name, bytes) {
            Ok(read) => read,
            Err(refusal) => return Fate::Said(refusal.to_string()),
        };
        if let Some((_, why)) = OURS.iter().find(|(known, _)| *known == name) {
            return Fate::Said((*why).to_owned());
        }
        let found = read["sheets"].as_array().unwrap();
        let differs = sheets.iter().find(|(sheet, count, digest)| {
            let ours = found.iter().find(|ours| ours["sheet"].as_str() == Some(sheet)).map(lines).unwrap_or_default();
            (ours.len().to_string().as_str(), self::digest(&ours).as_str()) != (count, digest)
        });
        match (differs, said(&read).first()) {
            (None, _) => Fate::Right,
            (Some((sheet, ..)), Some(words)) if sheet == &"!" => Fate::Said(words.clone()),
            (Some((sheet, count, _)), _) => {
                let ours = found.iter().find(|ours| ours["sheet"].as_str() == Some(sheet)).map(lines).unwrap_or_default();
                Fate::Silent(format!("{sheet}: {} celler, {count} hos den andra läsaren", ours.len()))
            }
        }
    });
}

/// The filled cells of a sheet as `expected.py` writes them.
fn lines(sheet: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for row in sheet["rows"].as_array().unwrap() {
        for (column, cell) in row["cells"].as_array().unwrap().iter().enumerate() {
            let word = match cell {
                Value::Number(number) => format!("{:016x}", number.as_f64().unwrap().to_bits()),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            if !word.is_empty() {
                lines.push(format!("{}\t{}\t{word}", row["row"], column + 1));
            }
        }
    }
    lines
}

fn digest(lines: &[String]) -> String {
    Sha256::digest(lines.join("\n")).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
