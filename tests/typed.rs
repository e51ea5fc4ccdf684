//! Tables typed in by hand: read by the rules of files, walked back to their cells, replaced and undone.

use chrono::NaiveDate;
use lagesbild::api::dispatch;
use lagesbild::context::Context;
use lagesbild::error::{Code, column_letters};
use lagesbild::file::LagesbildFile;
use lagesbild::store::observations::{self, Observation};
use serde_json::{Value, json};

fn new_file() -> LagesbildFile {
    let mut file = LagesbildFile::in_memory(Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 30).unwrap())).unwrap();
    lagesbild::api::commands::found(&mut file, &["Åsele".into()]).unwrap();
    file
}

fn call(file: &mut LagesbildFile, command: &str, request: Value) -> Value {
    dispatch(file, command, request).unwrap_or_else(|e| panic!("{command}: {e} ({:?})", e.detail)).value
}

fn refused(file: &mut LagesbildFile, table: &Value) -> String {
    let error = dispatch(file, "save_typed_table", table.clone()).unwrap_err();
    assert_eq!(error.code, Code::NotAllowed, "{error}");
    error.to_string()
}

/// Indicator, unit and cells.
type Row<'a> = (&'a str, &'a str, &'a [&'a str]);

fn table(periods: &[&str], rows: &[Row]) -> Value {
    let rows: Vec<Value> =
        rows.iter().map(|(indicator, unit, cells)| json!({ "indicator": indicator, "unit": unit, "cells": cells })).collect();
    json!({
        "title": "Trygghet i kommunen", "publisher": "Brå", "stands": "sida 14 i rapporten",
        "perspective": "residents", "area": "Åsele kommun", "periods": periods, "rows": rows,
    })
}

fn survey() -> Value {
    table(
        &["2023", "2024", "2025 prel."],
        &[
            ("Otrygga kvällstid", "procent", &["31,5", "..", "28,0"]),
            ("", "n", &["212", "198", "205"]),
            ("Anmälda brott", "antal", &["1 204", "", "998"]),
        ],
    )
}

/// Each stored value as `area|indicator|period|unit|value or (symbol)|cell`.
fn rows(file: &LagesbildFile) -> Vec<String> {
    let mut lines = Vec::new();
    let line = |o: Observation| {
        let value = o.value.map_or_else(|| format!("({})", o.missing.unwrap_or_default()), |number| number.to_string());
        let mark = if o.preliminary { " prel." } else { "" };
        let cell = format!("{}{}", column_letters(o.column as usize - 1), o.row);
        lines.push(format!("{}|{}|{}{mark}|{}|{value}|{cell}", o.area, o.indicator, o.period, o.unit));
        Ok(())
    };
    observations::each(file.conn(), None, line).unwrap();
    lines
}

#[test]
fn a_typed_table_is_stored_value_by_value_with_its_cells() {
    let mut file = new_file();
    call(&mut file, "save_typed_table", survey());
    let expected = [
        "Åsele|Otrygga kvällstid|2023|procent|31.5|C2",
        "Åsele|Otrygga kvällstid|2024|procent|(..)|D2",
        "Åsele|Otrygga kvällstid|2025 prel.|procent|28|E2",
        "Åsele|Antal svarande (n) › Otrygga kvällstid|2023|antal|212|C3",
        "Åsele|Antal svarande (n) › Otrygga kvällstid|2024|antal|198|D3",
        "Åsele|Antal svarande (n) › Otrygga kvällstid|2025 prel.|antal|205|E3",
        "Åsele|Anmälda brott|2023|antal|1204|C4",
        "Åsele|Anmälda brott|2025 prel.|antal|998|E4",
    ];
    assert_eq!(rows(&file), expected);
    let source = &call(&mut file, "sources", json!({}))[0];
    assert_eq!(source["kind"], "manual");
    assert_eq!(
        (&source["title"], &source["publisher"], &source["file"]),
        (&json!("Trygghet i kommunen"), &json!("Brå"), &json!("sida 14 i rapporten"))
    );
    let report = &source["report"];
    assert_eq!((&report["read"], &report["added"], &report["rejected"]), (&json!(8), &json!(8), &json!(0)));
}

#[test]
fn a_figure_from_a_typed_table_leads_back_to_its_cell() {
    let mut file = new_file();
    call(&mut file, "save_typed_table", survey());
    let measure = json!({ "kind": "series", "publisher": "Brå", "dataset": "Trygghet i kommunen (inskriven)", "indicator": "Anmälda brott", "breakdown": {}, "unit": "antal" });
    let figure = call(&mut file, "ask", json!({ "question": { "measure": measure, "area": "Åsele", "from": null, "to": null } }));
    let cell = &figure["answer"]["points"][0]["cells"][0];
    assert_eq!((&cell["file"], &cell["sheet"]), (&json!("sida 14 i rapporten"), &json!("Trygghet i kommunen")));
    let context = call(
        &mut file,
        "cells",
        json!({ "source": cell["source"], "sheet": cell["sheet"], "row": cell["row"], "last_row": cell["last_row"], "column": cell["column"] }),
    );
    let row = context["rows"].as_array().unwrap().iter().find(|row| row["row"] == cell["row"]).unwrap();
    let at = context["columns"].as_array().unwrap().iter().position(|column| *column == cell["column"]).unwrap();
    assert_eq!(row["cells"][at], "1 204");
    assert_eq!(row["cells"][0], "Anmälda brott");
}

#[test]
fn what_was_typed_comes_back_to_be_changed() {
    let mut file = new_file();
    let id: u32 = call(&mut file, "save_typed_table", survey())["id"].as_str().unwrap().parse().unwrap();
    let mut expected = survey();
    expected["id"] = json!(id);
    expected["answers"] = json!({});
    assert_eq!(call(&mut file, "typed_table", json!({ "id": id })), expected);
}

#[test]
fn saving_again_replaces_the_earlier_reading_and_is_undone_whole() {
    let mut file = new_file();
    let id = call(&mut file, "save_typed_table", survey())["id"].as_str().unwrap().parse::<u32>().unwrap();
    let before = rows(&file);
    let mut again = call(&mut file, "typed_table", json!({ "id": id }));
    again["rows"][0]["cells"][0] = json!("31,8");
    again["rows"][2]["cells"][2] = json!("");
    again["rows"][2]["cells"][1] = json!("1 100");
    let preview = call(&mut file, "read_typed_table", again.clone());
    assert_eq!(rows(&file), before, "looking changes nothing");
    call(&mut file, "save_typed_table", again);
    let sources = call(&mut file, "sources", json!({}));
    assert_eq!(sources.as_array().unwrap().len(), 1);
    for report in [&sources[0]["report"], &preview["report"]] {
        let counts = ["read", "added", "changed", "same", "missing"].map(|name| report[name].as_u64().unwrap());
        assert_eq!(counts, [8, 1, 1, 6, 1]);
    }
    assert_eq!(rows(&file)[0], "Åsele|Otrygga kvällstid|2023|procent|31.8|C2");
    assert!(rows(&file).iter().all(|row| !row.contains("|998|")));
    call(&mut file, "undo", json!({}));
    assert_eq!(rows(&file), before);
    call(&mut file, "redo", json!({}));
    assert!(rows(&file)[0].contains("31.8"));
}

#[test]
fn a_number_that_can_be_read_in_two_ways_is_asked_about_and_never_stored_unasked() {
    let mut file = new_file();
    let mut table = table(&["2024", "2025"], &[("Skadegörelse", "antal", &["1.204", "998"])]);
    let preview = call(&mut file, "read_typed_table", table.clone());
    let doubt = &preview["description"]["doubts"][0];
    assert_eq!(doubt["id"], "decimal:typed");
    assert_eq!((&doubt["cells"][0]["row"], &doubt["cells"][0]["column"]), (&json!(2), &json!("C")));
    assert!(refused(&mut file, &table).contains("inte besvarad"));
    table["answers"] = json!({ "decimal:typed": "comma" });
    let id = call(&mut file, "save_typed_table", table)["id"].as_str().unwrap().parse::<u32>().unwrap();
    assert_eq!(rows(&file)[0], "Åsele|Skadegörelse|2024|antal|1204|C2");
    assert_eq!(call(&mut file, "typed_table", json!({ "id": id }))["answers"], json!({ "decimal:typed": "comma" }));
}

#[test]
fn a_dash_is_asked_about() {
    let mut file = new_file();
    let mut table = table(&["2024", "2025"], &[("Skadegörelse", "antal", &["-", "998"])]);
    assert!(refused(&mut file, &table).contains("strecket"));
    table["answers"] = json!({ "dash": "missing" });
    call(&mut file, "save_typed_table", table);
    assert_eq!(rows(&file)[0], "Åsele|Skadegörelse|2024|antal|(-)|C2");
}

#[test]
fn a_cell_that_cannot_be_read_is_refused_with_its_place_and_reason() {
    let cases: [(&[&str], Row, &str); 7] = [
        (&["2024"], ("Otrygga", "procent", &["hög"]), "Rad 2, kolumn C: ”hög” går inte att läsa, är inte ett tal."),
        (&["20x4"], ("Otrygga", "procent", &["31,5"]), "kolumnens rubrik ”20x4” är inget år"),
        (&[""], ("Otrygga", "procent", &["31,5"]), "kolumnen har inget årtal"),
        (&["2024"], ("", "procent", &["31,5"]), "raden saknar namn"),
        (&["2024"], ("Otrygga", "", &["31,5"]), "raden saknar enhet"),
        (&["2024"], ("", "n", &["212"]), "raden ovanför"),
        (&["2024", "2024"], ("Otrygga", "procent", &["31,5", "28"]), "står två gånger"),
    ];
    for (periods, row, reason) in cases {
        let mut file = new_file();
        let said = refused(&mut file, &table(periods, &[row]));
        assert!(said.contains(reason), "{said}");
        assert!(rows(&file).is_empty());
    }
    let mut file = new_file();
    let half = table(&["2024"], &[("Otrygga", "procent", &["31,5"]), ("", "n", &["212,5"])]);
    assert!(refused(&mut file, &half).contains("heltal"));
}

#[test]
fn a_reading_that_was_stopped_before_does_not_stop_this_one() {
    let mut file = new_file();
    file.progress().cancel();
    call(&mut file, "save_typed_table", survey());
    assert_eq!(rows(&file).len(), 8);
}

#[test]
fn a_table_without_its_origin_is_not_stored() {
    for (field, empty, word) in [
        ("title", json!(" "), "namn"),
        ("publisher", json!(""), "gett ut"),
        ("stands", json!(""), "var siffrorna står"),
        ("area", json!(""), "område"),
        ("perspective", json!(null), "vems bild"),
    ] {
        let mut file = new_file();
        let mut table = survey();
        table[field] = empty;
        assert!(refused(&mut file, &table).contains(word), "{field}");
    }
    let mut file = new_file();
    assert!(refused(&mut file, &table(&["2024"], &[("Otrygga", "procent", &[""])])).contains("inga siffror"));
    call(&mut file, "save_typed_table", survey());
    assert!(refused(&mut file, &survey()).contains("redan en inskriven tabell"));
}

#[test]
fn a_slip_on_the_keys_is_pointed_out() {
    let mut file = new_file();
    let said = |file: &mut LagesbildFile, unit: &str, cells: &[&str]| {
        let preview = call(file, "read_typed_table", table(&["2022", "2023", "2024"], &[("Otrygga", unit, cells)]));
        let warnings = preview["warnings"].as_array().unwrap().clone();
        warnings
            .iter()
            .map(|w| format!("{}{}: {}", w["place"]["column"].as_str().unwrap(), w["place"]["row"], w["message"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        said(&mut file, "antal", &["18", "1 204", "21"]),
        ["D2: 1\u{a0}204 är 57 gånger större än det största av de andra på raden."]
    );
    assert_eq!(said(&mut file, "procent", &["31,5", "28", "285"]), ["E2: 285 procent är mer än alla."]);
    assert_eq!(said(&mut file, "antal", &["18", "20,5", "21"]), ["D2: 20,5 är inte ett helt antal."]);
    assert!(said(&mut file, "antal", &["18", "24", "21"]).is_empty());
}

#[test]
fn a_file_of_practice_keeps_its_label_and_its_series_when_a_table_is_changed() {
    let mut file = LagesbildFile::in_memory(Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 30).unwrap())).unwrap();
    lagesbild::api::commands::found(&mut file, &["Granbäck".into()]).unwrap();
    let mut table = survey();
    table["area"] = json!("Granbäck");
    let id = call(&mut file, "save_typed_table", table)["id"].as_str().unwrap().parse::<u32>().unwrap();
    let before = rows(&file);
    let again = call(&mut file, "typed_table", json!({ "id": id }));
    assert_eq!(again["title"], "Trygghet i kommunen");
    call(&mut file, "save_typed_table", again);
    let source = &call(&mut file, "sources", json!({}))[0];
    assert_eq!((&source["title"], &source["report"]["same"]), (&json!("Trygghet i kommunen (övningsdata)"), &json!(8)));
    assert_eq!(rows(&file), before);
}
