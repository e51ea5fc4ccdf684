//! Workbooks: every filled cell against what other readers find (`expected.tsv`, made by `expected.py`).

use super::{Fate, judge, read, suite};
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

/// What another reader found: sheet name, filled cells, digest; or `!` and why it found nothing.
fn expected(folder: &str, name: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    let lines = include_str!("expected.tsv").lines().map(|line| line.split('\t').collect::<Vec<_>>());
    lines.filter(|line| line[0] == folder && line[1] == name).map(|line| (line[2], line[3], line[4])).collect()
}

/// Files that the other reader does not open or does not read as they are stored: sheet, cells in their order, and why.
const KNOWN: &[(&str, &str, &[&str], &str)] = &[
    (
        "date.xls",
        "Sheet1",
        &["1\t1\t2021-01-01", "2\t1\t2021-01-02", "3\t1\t4025439d6480f2ba"],
        "xlrd makes a day in the year 1900 of 10.6320601851852 days",
    ),
    ("date.xlsb", "Sheet1", &["1\t1\t2021-01-01", "2\t1\t2021-01-02"], "pyxlsb gives days as numbers: 44197 and 44198"),
    ("date_1904.xlsb", "Sheet1", &["1\t1\t2021-01-01", "2\t1\t2021-01-02"], "42735 and 42736 days after 1904"),
    (
        "date_1904.xlsx",
        "Sheet1",
        &["1\t1\t2021-01-01", "2\t1\t2021-01-02", "3\t1\t4025439d6480f2c2"],
        "openpyxl makes a duration of 10.6320601851852",
    ),
    ("encoded_entities.xlsx", "Sheet1", &["1\t1\t&"], "the second cell is a line break and nothing else"),
    ("has_x000D_.xlsx", "Sheet1", &["1\t1\tABC \nDEF"], "_x000D_ is how the format writes a carriage return"),
    ("issue_174.xlsx", "Sheet1", &["1\t5\tCity"], "a space at the end, which the format does not keep unless told"),
    ("issue_419.xlsb", "Sheet1", &["1\t1\tHello"], "pyxlsb misses the text table when its name has other letters"),
    ("issue_419.xlsx", "Sheet1", &["1\t1\tHello"], "openpyxl misses the text table when its name has other letters"),
    ("issues.xlsb", "datatypes", &["6\t1\t2016-10-20"], "pyxlsb gives days as numbers: 42663"),
];

fn against_other_readers(folder: &str) {
    let Some(mut files) = suite(folder) else { return };
    files.retain(|file| file.extension().is_some_and(|ending| ["xlsx", "xlsm", "xls", "xlsb", "ods"].iter().any(|known| ending == *known)));
    judge(folder, &files, |_, name, bytes| {
        let sheets = expected(folder, name);
        let read = match read(name, bytes) {
            Ok(read) => read,
            // Nothing but pictures, say: the other reader found no cell either.
            Err(_) if !sheets.is_empty() && sheets.iter().all(|(_, count, _)| *count == "0") => return Fate::Right,
            Err(refusal) => return Fate::Said(refusal.to_string()),
        };
        let ours = |sheet: &str| {
            let found = read["sheets"].as_array().unwrap().iter().find(|ours| ours["sheet"].as_str() == Some(sheet));
            found.map(lines).unwrap_or_default()
        };
        if let Some((_, sheet, cells, _)) = KNOWN.iter().find(|(known, ..)| *known == name) {
            let ours = ours(sheet);
            return match cells.iter().find(|cell| !ours.iter().any(|line| line == *cell)) {
                None => Fate::Right,
                Some(cell) => Fate::Silent(format!("{cell:?} saknas i {ours:?}")),
            };
        }
        let differs = sheets.iter().find(|(sheet, count, digest)| {
            let ours = ours(sheet);
            (ours.len().to_string().as_str(), self::digest(&ours).as_str()) != (count, digest)
        });
        match differs {
            None => Fate::Right,
            Some(("!", why, _)) => Fate::Said(format!("läst, men den andra läsaren kan inte öppna filen ({why})")),
            Some((sheet, count, _)) => Fate::Silent(format!("{sheet}: {} celler, {count} hos den andra läsaren", ours(sheet).len())),
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
