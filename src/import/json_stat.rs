//! JSON-stat 1.x and 2.0 (<https://json-stat.org/format>), as statistics offices' interfaces deliver it.

use super::bytes::unreadable;
use super::cube::{Cube, Datum, Dimension};
use super::grid::Sheet;
use super::layout::Given;
use crate::error::Result;
use serde_json::{Map, Value};

/// The datasets of a document: itself, those of a bundle (1.x) or a collection (2.0). None: it is something else.
pub fn datasets(document: &Value) -> Vec<&Map<String, Value>> {
    let is_dataset = |value: &&Map<String, Value>| value.contains_key("dimension") && value.contains_key("value");
    let Some(object) = document.as_object() else { return Vec::new() };
    if is_dataset(&object) {
        return vec![object];
    }
    let items = object.get("link").and_then(|link| link.get("item")).and_then(Value::as_array).into_iter().flatten();
    items.chain(object.values()).filter_map(Value::as_object).filter(is_dataset).collect()
}

/// One dataset as a table. Errors: `UnreadableFile` when sizes and values do not go together.
pub fn read(dataset: &Map<String, Value>, name: &str) -> Result<(Sheet, Given)> {
    let dimension = dataset.get("dimension").and_then(Value::as_object).ok_or_else(|| missing("dimension"))?;
    // Version 1 keeps ids and roles inside the dimensions.
    let of = |key: &str| dataset.get(key).or_else(|| dimension.get(key));
    let ids: Vec<&str> = of("id").and_then(Value::as_array).ok_or_else(|| missing("id"))?.iter().filter_map(Value::as_str).collect();
    let time: Vec<&str> =
        of("role").and_then(|role| role.get("time")).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let all = ids.iter().map(|id| dimension.get(*id).ok_or_else(|| missing(id)).map(|found| (*id, found)));
    let all: Vec<(&str, &Value)> = all.collect::<Result<_>>()?;
    let (units, unit) = units(&all);
    let dimensions: Vec<Dimension> = all.iter().map(|(id, found)| read_dimension(id, found, &units)).collect::<Result<_>>()?;
    // Time across the top, as the offices show it; else the last dimension.
    let across = ids.iter().rposition(|id| time.contains(id)).unwrap_or(ids.len().saturating_sub(1));
    let text = |key: &str| dataset.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut cube = Cube { title: text("label").unwrap_or_default(), publisher: text("source"), unit, stub: dimensions, ..Cube::default() };
    let size = cube.size()?;
    let sizes: Vec<usize> = cube.stub.iter().map(|dimension| dimension.labels.len()).collect();
    if of("size")
        .and_then(Value::as_array)
        .is_some_and(|told| !told.iter().map(Value::as_u64).eq(sizes.iter().map(|size| Some(*size as u64))))
    {
        return Err(unreadable("Filens mått stämmer inte med dess etiketter.").hint("Hämta filen på nytt från källan."));
    }
    cube.values = turned(values(dataset, size)?, &sizes, across);
    if across < cube.stub.len() {
        cube.heading = vec![cube.stub.remove(across)];
    }
    cube.table(name)
}

/// Values with dimension `across` moved last.
fn turned(values: Vec<Datum>, sizes: &[usize], across: usize) -> Vec<Datum> {
    let faster: usize = sizes.iter().skip(across + 1).product();
    let wide = sizes.get(across).copied().unwrap_or(1);
    if faster <= 1 || wide <= 1 {
        return values;
    }
    let block = wide * faster;
    let blocks = values.chunks(block).filter(|chunk| chunk.len() == block);
    blocks.flat_map(|chunk| (0..faster).flat_map(move |f| (0..wide).filter_map(move |w| chunk.get(w * faster + f).cloned()))).collect()
}

fn read_dimension(id: &str, found: &Value, units: &Map<String, Value>) -> Result<Dimension> {
    let name = found.get("label").and_then(Value::as_str).unwrap_or(id).to_owned();
    let category = found.get("category").ok_or_else(|| missing(&format!("category i {id}")))?;
    let labels = category.get("label").and_then(Value::as_object);
    let codes: Vec<String> = match category.get("index") {
        Some(Value::Array(codes)) => codes.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::Object(places)) => in_order(places)?,
        _ => labels.map(|labels| labels.keys().cloned().collect()).unwrap_or_default(),
    };
    let label = |code: &String| {
        let label = labels.and_then(|labels| labels.get(code)).and_then(Value::as_str).unwrap_or(code).trim();
        units.get(code).and_then(Value::as_str).map_or_else(|| label.to_owned(), |unit| format!("{label}, {unit}"))
    };
    Ok(Dimension { name, labels: codes.iter().map(label).collect(), codes })
}

/// Codes by their place, which must be 0, 1, 2 …
fn in_order(places: &Map<String, Value>) -> Result<Vec<String>> {
    let mut codes: Vec<(u64, &String)> = places.iter().filter_map(|(code, place)| Some((place.as_u64()?, code))).collect();
    codes.sort_unstable();
    let whole = codes.len() == places.len() && codes.iter().enumerate().all(|(index, (place, _))| *place == index as u64);
    if !whole {
        return Err(unreadable("Värdenas ordning i filen går inte ihop.").hint("Hämta filen på nytt från källan."));
    }
    Ok(codes.into_iter().map(|(_, code)| code.clone()).collect())
}

/// Units by code where they differ, or the one unit of all.
fn units(dimensions: &[(&str, &Value)]) -> (Map<String, Value>, Option<String>) {
    let told = dimensions.iter().filter_map(|(_, found)| found.get("category")?.get("unit")?.as_object()).flatten();
    let word = |unit: &Value| {
        ["base", "label", "symbol"].iter().find_map(|key| unit.get(key)?.as_str().filter(|s| !s.is_empty()).map(str::to_owned))
    };
    let words: Map<String, Value> = told.filter_map(|(code, unit)| Some((code.clone(), Value::String(word(unit)?)))).collect();
    let first = words.values().next().and_then(Value::as_str).map(str::to_owned);
    if words.values().all(|unit| unit.as_str() == first.as_deref()) { (Map::new(), first) } else { (words, None) }
}

fn values(dataset: &Map<String, Value>, size: usize) -> Result<Vec<Datum>> {
    let status = dataset.get("status");
    let why = |index: usize| {
        let word = match status {
            Some(Value::String(all)) => Some(all.as_str()),
            Some(Value::Array(each)) => each.get(index).and_then(Value::as_str),
            Some(Value::Object(some)) => some.get(&index.to_string()).and_then(Value::as_str),
            _ => None,
        };
        // Offices keep their own symbols here; a code letter says something, but nothing that a table shows.
        Datum::Symbol(word.filter(|word| word.starts_with(['.', '-', ':', '–'])).unwrap_or("").to_owned())
    };
    let datum = |(index, value): (usize, &Value)| match value {
        Value::Number(number) => number.as_f64().map_or_else(|| why(index), Datum::Number),
        Value::String(text) => Datum::Symbol(text.clone()),
        _ => why(index),
    };
    match dataset.get("value") {
        Some(Value::Array(all)) => Ok(all.iter().enumerate().map(datum).collect()),
        Some(Value::Object(some)) => {
            let mut values: Vec<Datum> = (0..size).map(why).collect();
            for (key, value) in some {
                let index =
                    key.parse().ok().filter(|index: &usize| *index < size).ok_or_else(|| missing(&format!("plats för värdet {key}")))?;
                if let Some(place) = values.get_mut(index) {
                    *place = datum((index, value));
                }
            }
            Ok(values)
        }
        _ => Err(missing("value")),
    }
}

fn missing(what: &str) -> crate::error::Error {
    unreadable(&format!("JSON-stat-filen är ofullständig: {what} saknas.")).hint("Hämta filen på nytt från källan.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let document: Value = serde_json::from_str(text).unwrap();
        let (sheet, _) = read(datasets(&document)[0], "").unwrap();
        sheet.rows_text(0, sheet.rows())
    }

    const DIMENSIONS: &str = r#""tid":{"label":"år","category":{"index":["2023","2024"]}},
        "region":{"label":"region","category":{"index":{"2463":0,"2418":1},"label":{"2463":"Åsele","2418":"Malå"}}}"#;

    #[test]
    fn time_stands_across_whatever_its_place() {
        let text = format!(
            r#"{{"version":"2.0","class":"dataset","id":["tid","region"],"size":[2,2],"role":{{"time":["tid"]}},"dimension":{{{DIMENSIONS}}},"value":[1,2,3,null],"status":{{"3":".."}}}}"#
        );
        assert_eq!(rows(&text), [["region", "2023", "2024"], ["Åsele", "1", "3"], ["Malå", "2", ".."]]);
    }

    #[test]
    fn version_one_keeps_its_ids_inside_and_may_leave_values_out() {
        let text =
            format!(r#"{{"dataset":{{"dimension":{{"id":["region","tid"],"size":[2,2],{DIMENSIONS}}},"value":{{"0":1.5,"3":4}}}}}}"#);
        assert_eq!(rows(&text), [["region", "2023", "2024"], ["Åsele", "1,5", ""], ["Malå", "", "4"]]);
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        for (from, to) in [
            ("[2,2]", "[2,3]"),
            ("[1,2,3,4]", "[1,2,3]"),
            (r#""2418":1"#, r#""2418":7"#),
            (r#""id":["tid","region"]"#, r#""id":["tid","plats"]"#),
        ] {
            let text =
                format!(r#"{{"id":["tid","region"],"size":[2,2],"dimension":{{{DIMENSIONS}}},"value":[1,2,3,4]}}"#).replace(from, to);
            let document: Value = serde_json::from_str(&text).unwrap();
            assert!(read(datasets(&document)[0], "").is_err(), "{to}");
        }
    }
}
