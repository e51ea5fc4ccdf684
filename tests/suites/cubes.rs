//! PC-Axis and JSON-stat against what a plain reading of the files finds (python3: split at blanks, json.load).

use super::{read, rows};
use crate::outside::real_file;

fn real(name: &str) -> Option<Vec<Vec<String>>> {
    let bytes = std::fs::read(real_file(name)?).unwrap();
    Some(rows(&read(name, &bytes).unwrap(), 0))
}

/// The values of a table with so many header rows and stub columns.
fn values(table: &[Vec<String>], headers: usize, stubs: usize) -> Vec<&str> {
    table[headers..].iter().flat_map(|row| row[stubs..].iter().map(String::as_str)).collect()
}

#[test]
fn the_real_px_files_have_every_value_in_its_place() {
    if let Some(table) = real("px-axis/1001.px") {
        let values = values(&table, 2, 1);
        assert_eq!(values.len(), 504);
        assert_eq!(
            (table[0][1].as_str(), table[1][1].as_str(), table[2][0].as_str(), values[0], values[49]),
            ("Ambos sexos", "2013T4", "Total", "0.86", "1.32")
        );
        assert_eq!(table[2].len(), 73);
        let sum: f64 = values.iter().map(|value| value.parse::<f64>().unwrap()).sum();
        assert!((sum - 2303.02).abs() < 1e-6, "{sum}");
    }
    if let Some(table) = real("px-axis/14001.px") {
        let values = values(&table, 2, 2);
        assert_eq!((values.len(), values.iter().filter(|value| **value == "..").count()), (8064, 2260));
        let sum: f64 = values.iter().filter_map(|value| value.parse::<f64>().ok()).sum();
        assert!((sum - 2603888.0).abs() < 1e-6, "{sum}");
        assert_eq!(table[2][..2], ["Total", "Todas las edades"]);
        assert_eq!(*values.last().unwrap(), "4");
    }
}

#[test]
fn the_real_json_stat_file_has_every_value_in_its_place() {
    let Some(table) = real("json-stat/oecd.json") else { return };
    assert_eq!((table.len(), table[0].len()), (37, 14));
    assert_eq!((table[0][2].as_str(), table[0][13].as_str()), ("2003", "2014"));
    assert_eq!((table[1][1].as_str(), table[1][2].as_str()), ("Australia", "5.943826289"));
    let sum: f64 = values(&table, 1, 2).iter().filter_map(|value| value.parse::<f64>().ok()).sum();
    assert!((sum - 3323.825331657999).abs() < 1e-6, "{sum}");
}

#[test]
fn the_real_list_of_events_keeps_every_field() {
    let Some(table) = real("polisen-events/events-2026-08-22.json") else { return };
    assert_eq!(table.len(), 501);
    assert_eq!(table[0], ["id", "datetime", "name", "summary", "url", "type", "location.name", "location.gps"]);
    assert_eq!((table[1][0].as_str(), table[1][6].as_str()), ("650297", "Skåne län"));
}
