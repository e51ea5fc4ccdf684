//! JSON that is a list of things (events, posts of an interface) → a table: one row each, nested keys joined with a dot.

use super::bytes::{Opened, unreadable};
use super::grid::{Grid, Sheet, SheetWriter, encoded};
use super::json_stat;
use crate::error::Result;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A tree of values takes many times its text.
const LARGEST: usize = 100_000_000;
const MOST_COLUMNS: usize = 4096;

pub fn looks_like(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['{', '[']) && text.contains('"') && (text.contains(':') || text.trim_end().ends_with(']'))
}

/// Reads JSON-stat, a list of objects or lists, or one object a line. Errors: `UnreadableFile`.
pub fn open(text: &str) -> Result<Opened> {
    if text.len() > LARGEST {
        return Err(unreadable("JSON-filen är större än 100 MB.").hint("Hämta den i mindre delar eller som .csv."));
    }
    let document = match serde_json::from_str::<Value>(text) {
        Ok(document) => document,
        Err(error) => lines(text).ok_or_else(|| {
            let message = format!("JSON-filen är skadad på rad {}, tecken {}.", error.line(), error.column());
            unreadable(&message).hint("Hämta den på nytt från källan.").detail(&error)
        })?,
    };
    if document.get("type").and_then(Value::as_str).is_some_and(|kind| kind.starts_with("Feature")) {
        return Err(unreadable("Filen är en karta (GeoJSON), inte en tabell.").hint("Hämta siffrorna som .xlsx eller .csv."));
    }
    match json_stat::datasets(&document).as_slice() {
        [] => match pxweb(&document) {
            Some(sheet) => Ok(Opened { grid: Grid { sheets: vec![sheet?] }, format: "json", ..Opened::default() }),
            None => list(&document),
        },
        [only] => {
            let (sheet, given) = json_stat::read(only, "")?;
            Ok(Opened { grid: Grid { sheets: vec![sheet] }, format: "json-stat", given: Some(given), ..Opened::default() })
        }
        several => {
            let named = several.iter().enumerate().map(|(index, dataset)| json_stat::read(dataset, &format!("Tabell {}", index + 1)));
            let sheets = named.map(|read| read.map(|(sheet, _)| sheet)).collect::<Result<_>>()?;
            Ok(Opened { grid: Grid { sheets }, format: "json-stat", ..Opened::default() })
        }
    }
}

/// The answer of PxWeb's interface in its own format, version 1 (PxWeb API 1.0, response format `json`): `columns` says what the keys and
/// values of each row in `data` are, keys (`d`, `t`) before values (`c`). None: it is something else.
fn pxweb(document: &Value) -> Option<Result<Sheet>> {
    let list = |key: &str| document.get(key).and_then(Value::as_array);
    let (columns, data) = (list("columns")?, list("data")?);
    let word = |column: &'_ Value, key: &str| column.get(key).and_then(Value::as_str).map(str::to_owned);
    let heads: Vec<String> = columns.iter().map(|column| word(column, "text").or_else(|| word(column, "code"))).collect::<Option<_>>()?;
    let values = columns.iter().filter(|column| word(column, "type").as_deref() == Some("c")).count();
    let last = columns.iter().rev().take(values).all(|column| word(column, "type").as_deref() == Some("c"));
    let cells = |row: &'_ Value, key: &str| row.get(key).and_then(Value::as_array).cloned();
    let rows: Vec<(Vec<Value>, Vec<Value>)> =
        data.iter().map(|row| Some((cells(row, "key")?, cells(row, "values")?))).collect::<Option<_>>()?;
    if !last || rows.iter().any(|(key, own)| own.len() != values || key.len() + own.len() != heads.len()) {
        return Some(Err(unreadable("Raderna i filen stämmer inte med dess kolumner.").hint("Hämta filen på nytt från källan.")));
    }
    let mut writer = SheetWriter::new("");
    heads.iter().for_each(|head| writer.text(head));
    writer.end_row();
    for (key, values) in rows {
        key.iter().for_each(|cell| write(&mut writer, cell));
        // The interface writes numbers as texts with a decimal point.
        values.iter().for_each(|cell| match cell.as_str().and_then(|text| text.parse::<f64>().ok()).filter(|number| number.is_finite()) {
            Some(number) => writer.raw(&encoded::number(number)),
            None => write(&mut writer, cell),
        });
        writer.end_row();
    }
    Some(Ok(writer.finish()))
}

/// One value a line (NDJSON); blank lines are nothing.
fn lines(text: &str) -> Option<Value> {
    let values: Vec<Value> =
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).ok()).collect::<Option<_>>()?;
    (values.len() > 1).then_some(Value::Array(values))
}

fn list(document: &Value) -> Result<Opened> {
    let no_table =
        || unreadable("JSON-filen innehåller ingen lista som kan bli en tabell.").hint("Hämta samma uppgifter som .xlsx eller .csv.");
    let items = items(document).ok_or_else(no_table)?;
    let sheet = match items.iter().all(Value::is_array) {
        true => of_lists(items),
        false => of_objects(items)?,
    };
    Ok(Opened { grid: Grid { sheets: vec![sheet] }, format: "json", ..Opened::default() })
}

/// The list itself, or the only list of objects that an envelope holds.
fn items(document: &Value) -> Option<&[Value]> {
    let is_table = |list: &&Vec<Value>| !list.is_empty() && (list.iter().all(Value::is_object) || list.iter().all(Value::is_array));
    match document {
        Value::Array(list) => Some(list).filter(is_table).map(Vec::as_slice),
        Value::Object(envelope) => {
            let mut lists = envelope.values().filter_map(Value::as_array).filter(is_table);
            lists.next().filter(|_| lists.next().is_none()).map(Vec::as_slice)
        }
        _ => None,
    }
}

fn of_lists(items: &[Value]) -> Sheet {
    let mut writer = SheetWriter::new("");
    for row in items {
        row.as_array().into_iter().flatten().for_each(|value| write(&mut writer, value));
        writer.end_row();
    }
    writer.finish()
}

fn of_objects(items: &[Value]) -> Result<Sheet> {
    let mut columns: Vec<String> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for object in items.iter().filter_map(Value::as_object) {
        for row in flattened(object) {
            let mut cells = Vec::new();
            for (key, value) in row {
                let place = *places.entry(key).or_insert_with_key(|key| {
                    columns.push(key.clone());
                    columns.len() - 1
                });
                cells.push((place, value));
            }
            if columns.len() > MOST_COLUMNS {
                return Err(unreadable("JSON-filen har fler än 4 096 olika nycklar.").hint("Hämta uppgifterna som .xlsx eller .csv."));
            }
            cells.sort_unstable_by_key(|(place, _)| *place);
            rows.push(cells);
        }
    }
    let mut writer = SheetWriter::new("");
    columns.iter().for_each(|column| writer.text(column));
    writer.end_row();
    for row in rows {
        let mut next = 0;
        for (place, value) in row {
            (next..place).for_each(|_| writer.text(""));
            write(&mut writer, value);
            next = place + 1;
        }
        writer.end_row();
    }
    Ok(writer.finish())
}

/// The cells of an object; one list of objects inside it makes a row of each, beside what they share.
fn flattened(object: &Map<String, Value>) -> Vec<Vec<(String, &Value)>> {
    let mut shared = Vec::new();
    let mut list = None;
    let mut open: Vec<(String, &Value)> = object.iter().rev().map(|(key, value)| (key.clone(), value)).collect();
    while let Some((key, value)) = open.pop() {
        match value {
            Value::Object(inner) => open.extend(inner.iter().rev().map(|(name, value)| (format!("{key}.{name}"), value))),
            Value::Array(items) if list.is_none() && !items.is_empty() && items.iter().all(Value::is_object) => list = Some((key, items)),
            _ => shared.push((key, value)),
        }
    }
    let Some((key, items)) = list else { return vec![shared] };
    let row = |item: &'_ Map<String, Value>| item.iter().map(|(name, _)| format!("{key}.{name}")).collect::<Vec<_>>();
    items
        .iter()
        .filter_map(Value::as_object)
        .map(|item| shared.iter().cloned().chain(row(item).into_iter().zip(item.values())).collect())
        .collect()
}

fn write(writer: &mut SheetWriter, value: &Value) {
    match value {
        Value::Null => writer.text(""),
        Value::Bool(value) => writer.raw(&encoded::bool(*value)),
        // Whole numbers beyond what a decimal number holds are codes: their digits are kept.
        Value::Number(number) => match number.as_f64().filter(|n| n.is_finite() && (number.is_f64() || n.abs() < 9e15)) {
            Some(number) => writer.raw(&encoded::number(number)),
            None => writer.text(&number.to_string()),
        },
        Value::String(text) => writer.text(text),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            let words = items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
            writer.text(&words.collect::<Vec<_>>().join("; "));
        }
        other => writer.text(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let grid = open(text).unwrap().grid;
        grid.sheets[0].rows_text(0, grid.sheets[0].rows())
    }

    #[test]
    fn objects_are_rows_and_nested_keys_are_joined() {
        let right = [["id", "plats.namn"], ["1", "Åsele"], ["2", ""]];
        assert_eq!(rows(r#"[{"id":1,"plats":{"namn":"Åsele"}},{"id":2}]"#), [right[0].to_vec(), right[1].to_vec(), vec!["2"]]);
        assert_eq!(rows("{\"id\":1,\"plats\":{\"namn\":\"Åsele\"}}\n\n{\"id\":2,\"plats\":{\"namn\":\"\"}}\n"), right);
        assert_eq!(rows(r#"{"count":2,"values":[{"id":1,"plats":{"namn":"Åsele"}},{"plats":{"namn":null},"id":2}]}"#), right);
        assert_eq!(rows(r#"[["id","plats.namn"],[1,"Åsele"],[2,""]]"#), right);
    }

    #[test]
    fn a_list_inside_makes_a_row_of_each() {
        let text = r#"{"values":[{"kpi":"N1","values":[{"gender":"K","value":1.5},{"gender":"M","value":null}]}]}"#;
        assert_eq!(rows(text), [["kpi", "values.gender", "values.value"], ["N1", "K", "1,5"], ["N1", "M", ""]]);
    }

    const PXWEB: &str = r#"{"columns":[{"code":"Region","text":"region","type":"d"},{"code":"Tid","text":"år","type":"t"},
        {"code":"N1","text":"Antal","type":"c"},{"code":"N2","text":"Andel","type":"c"}],
        "comments":[],"data":[{"key":["2463","2023"],"values":["12","1.500"]},{"key":["2463","2024"],"values":["..","-"]}],"metadata":[{"x":1}]}"#;

    #[test]
    fn pxwebs_own_answer_is_a_table_of_keys_and_values() {
        let expected = [["region", "år", "Antal", "Andel"], ["2463", "2023", "12", "1,5"], ["2463", "2024", "..", "-"]];
        assert_eq!(rows(PXWEB), expected);
        assert!(open(&PXWEB.replace(r#"["..","-"]"#, r#"[".."]"#)).is_err(), "a value too few");
        assert!(open(&PXWEB.replace(r#""text":"år","type":"t""#, r#""text":"år","type":"c""#)).is_err(), "a key said to be a value");
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for text in [
            r#"{"a":1}"#,
            r#"[1,2]"#,
            r#"[{"a":1}"#,
            r#"{"type":"FeatureCollection","features":[{"a":1}]}"#,
            r#"{"a":[{"b":1}],"c":[{"d":1}]}"#,
        ] {
            assert!(open(text).is_err(), "{text}");
        }
        assert!(open(&"[".repeat(100_000)).is_err());
        assert_eq!(rows(r#"[{"kod":12345678901234567890}]"#)[1], ["12345678901234567890"]);
    }
}
