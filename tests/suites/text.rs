//! Delimited text: csv-spectrum against its own json, the pollution benchmark against its own clean files.

use super::{Fate, compare, judge, read, rows, suite};
use serde_json::Value;
use std::path::Path;

#[test]
fn csv_spectrum() {
    let Some(files) = suite("csv-spectrum/csvs") else { return };
    judge("csv-spectrum", &files, |path, name, bytes| {
        let right: Value = serde_json::from_slice(&std::fs::read(beside(path, "json", &name.replace(".csv", ".json"))).unwrap()).unwrap();
        let read = read(name, bytes).unwrap();
        let found = rows(&read, 0);
        let objects = right.as_array().map_or(std::slice::from_ref(&right), Vec::as_slice);
        let header: Vec<String> = objects[0].as_object().unwrap().keys().cloned().collect();
        let values = objects.iter().map(|o| header.iter().map(|key| o[key].as_str().unwrap().to_owned()).collect());
        let mut right: Vec<Vec<String>> = std::iter::once(header.clone()).chain(values).collect();
        if name == "location_coordinates.csv" {
            // The suite's own answer has another telephone number than its file.
            assert_eq!((right[1][0].as_str(), found[1][0].as_str()), ("1234567890", "2095257564"));
            right[1][0].clone_from(&found[1][0]);
        }
        compare(&read, &found, &right)
    });
}

fn beside(path: &Path, folder: &str, name: &str) -> std::path::PathBuf {
    path.parent().unwrap().parent().unwrap().join(folder).join(name)
}

/// The clean files hold the first table only, and several header rows joined with spaces.
#[test]
fn pollock() {
    let Some(files) = suite("pollock-A/csv") else { return };
    judge("pollock", &files, |path, name, bytes| {
        let parameters: Value =
            serde_json::from_slice(&std::fs::read(beside(path, "parameters", &format!("{name}_parameters.json"))).unwrap()).unwrap();
        let clean = clean(&std::fs::read(beside(path, "clean", name)).unwrap());
        let read = match read(name, bytes) {
            Ok(read) => read,
            Err(refusal) if clean.is_empty() && refusal.message.contains("tom") => return Fate::Right,
            Err(refusal) => return Fate::Said(refusal.to_string()),
        };
        let mut found = rows(&read, 0);
        let headers = parameters["header_lines"].as_u64().unwrap() as usize;
        let joined = |column: usize| found[..headers].iter().map(|row| row[column].clone()).collect::<Vec<_>>().join(" ");
        let header = (0..found[0].len()).map(joined).collect();
        found.splice(..headers, [header]);
        if name.contains("multitable") {
            assert_eq!(found.len(), 167, "both tables");
            found.truncate(clean.len());
        }
        if read["delimiter"] != parameters["delimiter"] {
            return Fate::Silent(format!("skiljetecknet {}", read["delimiter"]));
        }
        compare(&read, &found, &clean)
    });
}

/// Small files of a reading library: what their rows are is plain to see.
#[test]
fn tabulator_text() {
    let table = [["id", "name"], ["1", "english"], ["2", "中国人"]];
    let rows_of = |rows: &[[&str; 2]]| rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect::<Vec<_>>();
    let french = [["id", "name"], ["3", "french"], ["4", "עברית"]];
    let right = |name: &str| match name {
        "latin1.csv" => Some(rows_of(&[["id", "name"], ["1", "english"], ["2", "©"]])),
        "long.csv" => Some(rows_of(&[["id", "name"], ["1", "a"], ["2", "b"], ["3", "c"], ["4", "d"], ["5", "e"], ["6", "f"]])),
        "escaping.csv" => Some(rows_of(&[["ID", "Test"], ["1", "Test line 1"], ["2", "Test \" line 2"], ["3", "Test \" line 3"]])),
        "table-reverse.csv" => Some(rows_of(&[["id", "name"], ["1", "中国人"], ["2", "english"]])),
        "table3.html" => Some(rows_of(&french)),
        "bom.csv" | "table.csv" | "table.bad-format" | "table.csv.gz" | "table.csv.zip" | "table1.html" | "table2.html" | "table4.html" => {
            Some(rows_of(&table))
        }
        "table.tsv" => Some(rows_of(&[table[0], table[1], table[2], ["3", "\\N"]])),
        "table.ndjson" | "table-dicts.json" | "table-lists.json" => Some(rows_of(&table)),
        "table_unicode_headers.csv" => Some(rows_of(&[["id", "国人"], table[1], table[2]])),
        _ => None,
    };
    for folder in ["tabulator-py/data", "tabulator-py/data/special"] {
        let Some(mut files) = suite(folder) else { return };
        let workbooks = ["xlsx", "xls", "ods"];
        files.retain(|file| !file.extension().is_some_and(|ending| workbooks.iter().any(|known| ending == *known)));
        judge(&format!("{folder} (text)"), &files, |_, name, bytes| match read(name, bytes) {
            Err(refusal) => Fate::Said(refusal.to_string()),
            Ok(read) => {
                let found = rows(&read, 0);
                match right(name) {
                    Some(right) => compare(&read, &found, &right),
                    None => python(name, &found),
                }
            }
        });
    }
}

/// Larger ones as Python's csv module reads them: the number of rows, of fields, and a cell far down.
fn python(name: &str, found: &[Vec<String>]) -> Fate {
    let seen = (found.len(), found[0].len(), found.last().and_then(|row| row.last()).map_or("", String::as_str));
    let right = match name {
        "accent.csv" => (3, 17, "2018/3/31"),
        "doublequote.csv" | "doublequote.csv.zip" => (6, 17, ".001586"),
        "issue305.csv" => (339, 31, "BLR"),
        "matrix.csv" => (5, 4, "44"),
        "skip-blank-at-the-end.csv" => (3, 2, "2"),
        "skip-rows-before-headers.csv" => (4, 1, "中国人"),
        "skip-rows.csv" => (5, 1, "中国人"),
        // A code site's page: the numbers of the lines are drawn, so their column is empty.
        "table.csv.html" => (3, 3, "中国人"),
        "datapackage.json" => (5, 4, "string"),
        _ => return Fate::Silent("ingen har sagt vad som är rätt".to_owned()),
    };
    if seen == right { Fate::Right } else { Fate::Silent(format!("{seen:?} i stället för {right:?}")) }
}

/// The suite's clean files: every field quoted, quotation marks doubled.
fn clean(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut rows = vec![Vec::new()];
    let mut rest = text;
    while let Some(field) = rest.strip_prefix('"') {
        let mut end = 0;
        while !field[end..].starts_with('"') || field[end + 1..].starts_with('"') {
            end += if field[end..].starts_with('"') { 2 } else { field[end..].chars().next().unwrap().len_utf8() };
        }
        rows.last_mut().unwrap().push(field[..end].replace("\"\"", "\""));
        rest = &field[end + 1..];
        match rest.strip_prefix(',') {
            Some(next) => rest = next,
            None => {
                rest = rest.trim_start_matches(['\r', '\n']);
                rows.push(Vec::new());
            }
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}
