//! Reading in again: every value is new, changed, the same or gone; older values stay under their source; undo leaves no trace.

use chrono::NaiveDate;
use lagesbild::api::dispatch;
use lagesbild::context::Context;
use lagesbild::file::LagesbildFile;
use proptest::prelude::*;
use rusqlite::types::Value as Sql;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

struct Desk {
    dir: tempfile::TempDir,
    file: LagesbildFile,
}

impl Desk {
    fn new() -> Self {
        let mut file = LagesbildFile::in_memory(Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 30).unwrap())).unwrap();
        lagesbild::api::commands::found(&mut file, &["Åsele".into()]).unwrap();
        Self { dir: tempfile::tempdir().unwrap(), file }
    }

    fn call(&mut self, command: &str, request: Value) -> Value {
        dispatch(&mut self.file, command, request).unwrap_or_else(|e| panic!("{command}: {e} ({:?})", e.detail)).value
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn import(&mut self, name: &str, text: &str) -> Value {
        let path = self.write(name, text.as_bytes());
        let report = self.call("import", json!({ "path": path, "answers": { "confirm": "yes" } }));
        let count = |key: &str| report[key].as_u64().unwrap();
        let outcomes = ["added", "changed", "same", "skipped", "rejected"].map(count);
        assert_eq!(count("read"), outcomes.iter().sum::<u64>(), "{report}");
        report
    }

    /// Everything that counts: all tables but the history; of what hangs on sources only the live ones; names where they are used.
    fn dump(&self) -> BTreeMap<String, Vec<Vec<String>>> {
        let conn = self.file.conn();
        let names = |kind: &str| -> Vec<String> {
            let sql = format!("SELECT name FROM sqlite_master WHERE type = '{kind}' AND name NOT LIKE 'sqlite_%'");
            conn.prepare(&sql).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
        };
        let only_names = ["history", "history_step", "area", "indicator", "dataset", "period", "series", "missing_symbol"];
        let mut dump = BTreeMap::new();
        for table in names("table").into_iter().chain(names("view")).filter(|name| !only_names.contains(&name.as_str())) {
            let columns: Vec<String> = conn
                .prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))
                .unwrap()
                .query_map([], |r| r.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            let live = "(SELECT id FROM source WHERE live = 1)";
            let filter = match table.as_str() {
                "source" | "ballot" => "WHERE live = 1".to_owned(),
                "survey_response" => format!("WHERE question_id IN (SELECT id FROM survey_question WHERE source_id IN {live})"),
                _ if columns.iter().any(|c| c == "source_id") => format!("WHERE source_id IN {live}"),
                _ => String::new(),
            };
            let mut statement = conn.prepare(&format!("SELECT * FROM {table} {filter}")).unwrap();
            let count = statement.column_count();
            let row = |r: &rusqlite::Row| (0..count).map(|i| r.get::<_, Sql>(i).map(|v| format!("{v:?}"))).collect();
            let mut rows: Vec<Vec<String>> = statement.query_map([], row).unwrap().map(Result::unwrap).collect();
            rows.sort();
            dump.insert(table, rows);
        }
        dump
    }

    /// Current values without their source: `area|indicator|period|unit` → value or symbol.
    fn current(&self) -> BTreeMap<String, String> {
        let sql = "SELECT area || '|' || indicator || '|' || period || '|' || unit, COALESCE(value, missing) || CASE preliminary WHEN 1 THEN ' prel.' ELSE '' END FROM current_value";
        let mut statement = self.file.conn().prepare(sql).unwrap();
        statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().map(Result::unwrap).collect()
    }
}

const HEAD: &str = "Region;Brott;År;Period;Antal;/100 000 inv";

fn database(rows: &[&str]) -> String {
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

fn counts(report: &Value) -> [u64; 5] {
    ["added", "changed", "same", "missing", "settled"].map(|key| report[key].as_u64().unwrap())
}

#[test]
fn preliminary_values_become_final_and_the_question_says_what_they_were() {
    let mut desk = Desk::new();
    let first = desk.import(
        "mars.txt",
        &database(&["Åsele;Stöld;År;2024;40;1440", "Åsele;Stöld;År;2025 prel.;12;430", "Åsele;Rån;År;2025 prel.;1;36"]),
    );
    assert_eq!(counts(&first), [6, 0, 0, 0, 0]);
    let second =
        desk.import("april.txt", &database(&["Åsele;Stöld;År;2024;40;1440", "Åsele;Stöld;År;2025;13;466", "Åsele;Rån;År;2025;1;36"]));
    assert_eq!(counts(&second), [0, 4, 2, 0, 4], "{second}");
    assert_eq!(second["warnings"], json!([]));
    let change = &second["changes"][0];
    assert_eq!(
        (&change["area"], &change["indicator"], &change["period"], &change["unit"]),
        (&json!("Åsele"), &json!("Stöld"), &json!("2025"), &json!("antal"))
    );
    assert_eq!(change["before"], json!({ "value": 12.0, "missing": null, "preliminary": true }));
    assert_eq!(change["after"], json!({ "value": 13.0, "missing": null, "preliminary": false }));
    assert_eq!((&change["cell"]["file"], &change["cell"]["row"], &change["cell"]["column"]), (&json!("april.txt"), &json!(3), &json!("E")));
    let question = json!({ "question": { "measure": { "kind": "series", "publisher": "Brå", "dataset": "Anmälda brott", "indicator": "Stöld", "breakdown": {}, "unit": "antal" }, "area": "Åsele" } });
    let answer = desk.call("ask", question.clone())["answer"].clone();
    assert_eq!(answer["points"][1]["value"], 13.0);
    let caveats = answer["caveats"].to_string();
    assert!(caveats.contains("2025 var 12 (preliminärt), är nu 13."), "{caveats}");
    desk.call("undo", json!({}));
    let before = desk.call("ask", question)["answer"].clone();
    assert_eq!((&before["points"][1]["value"], &before["points"][1]["preliminary"]), (&json!(12.0), &json!(true)));
    assert!(!before["caveats"].to_string().contains("är nu"));
}

#[test]
fn the_same_bytes_and_the_same_numbers_change_nothing() {
    let mut desk = Desk::new();
    let rows = ["Åsele;Stöld;År;2024;40;1440", "Åsele;Stöld;År;2025 prel.;12;430"];
    desk.import("a.txt", &database(&rows));
    let held = desk.dump();
    let again = desk.import("kopia.txt", &database(&rows));
    assert_eq!(counts(&again), [0, 0, 4, 0, 0]);
    assert!(again["warnings"][0].as_str().unwrap().contains("redan inläst"));
    assert_eq!(desk.dump(), held, "not even a source");
    // Columns in another order, other spaces, a title: other bytes, the same numbers.
    let other = "Brott;Period;Region;År;/100 000 inv;Antal\nStöld;2024;Åsele kommun;År;1 440;40\nStöld;2025 prel.;ÅSELE;År;430;12\n";
    let same = desk.import("annan form.txt", other);
    assert_eq!((counts(&same), &same["changes"], &same["gone"]), ([0, 0, 4, 0, 0], &json!([]), &json!([])));
}

/// The spreadsheet of the national database and its text file say the same of the same: either may follow the other.
#[test]
fn one_publishers_forms_are_one_dataset() {
    let mut desk = Desk::new();
    let sheet = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/import/resultat.xlsx")).unwrap();
    let path = desk.write("resultat.xlsx", &sheet);
    assert_eq!(counts(&desk.call("import", json!({ "path": path })))[0], 12);
    // As the text file writes it: every period of a crime together, its parent before it.
    let mut rows = Vec::new();
    for (area, total, life) in
        [("Åsele kommun", ["208;7 512", "14;.."], ["31;1 119", "..;.."]), ("Dorotea kommun", ["190;7 801", "11;.."], ["22;903", "2;.."])]
    {
        let (parent, echoed) = ("3-7 kap. Brott mot person", ["..;.."; 2]);
        let crimes = [
            ("Totalt antal brott", total),
            (parent, echoed),
            ("3 kap. Brott mot liv och hälsa", life),
            (parent, echoed),
            ("4 kap. Brott mot frihet och frid", ["5;180", "1;.."]),
        ];
        for (crime, values) in crimes {
            rows.push(format!("{area};{crime};År;2024;{}", values[0]));
            rows.push(format!("{area};{crime};2026 prel.;Jan;{}", values[1]));
        }
    }
    let text = database(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let report = desk.import("Databasfil.txt", &text);
    assert_eq!((&report["same"], &report["changed"], &report["missing"]), (&json!(12), &json!(0), &json!(0)), "{report}");
    let (monthly_rates, freedom) = (4, 8);
    assert_eq!(report["added"], monthly_rates + freedom, "what the spreadsheet does not have: {report}");
}

#[test]
fn values_that_are_gone_are_listed_with_where_they_stood() {
    let mut desk = Desk::new();
    desk.import(
        "a.txt",
        &database(&[
            "Åsele;Stöld;År;2023;40;1440",
            "Åsele;Stöld;År;2024;12;430",
            "Åsele;Stöld;2024;Jan;3;108",
            "Åsele;Stöld;År;2025;14;500",
            "Åsele;Rån;År;2024;1;36",
        ]),
    );
    let report = desk.import("b.txt", &database(&["Åsele;Stöld;År;2023;40;1440", "Åsele;Stöld;År;2025;15;536"]));
    assert_eq!(counts(&report), [0, 2, 2, 2, 0], "months and other crimes were never claimed: {report}");
    let gone = &report["gone"][0];
    assert_eq!((&gone["period"], &gone["before"]["value"], &gone["after"]), (&json!("2024"), &json!(12.0), &Value::Null));
    assert_eq!((&gone["cell"]["file"], &gone["cell"]["row"], &gone["cell"]["column"]), (&json!("a.txt"), &json!(3), &json!("E")));
    assert_eq!(desk.current()["Åsele|Stöld|2024|antal"], "12.0", "what one file lacks the other still has");
}

#[test]
fn an_older_file_after_a_newer_one_is_told() {
    let mut desk = Desk::new();
    desk.import("ny.txt", &database(&["Åsele;Stöld;År;2024;41;1476", "Åsele;Stöld;År;2025;13;466"]));
    let older = desk.import("gammal.txt", &database(&["Åsele;Stöld;År;2023;38;1400", "Åsele;Stöld;År;2024;40;1440"]));
    let warning = older["warnings"][0].as_str().unwrap();
    assert!(warning.contains("slutar tidigare") && warning.contains("det som lästes in sist gäller"), "{warning}");
    assert_eq!(desk.current()["Åsele|Stöld|2024|antal"], "40.0");
    let unsettled = desk.import("prel.txt", &database(&["Åsele;Stöld;År;2025 prel.;12;430"]));
    let warning = unsettled["warnings"][0].as_str().unwrap().replace('\u{a0}', " ");
    assert!(warning.contains("2 preliminära värden där slutliga redan fanns"), "{warning}");
    desk.call("undo", json!({}));
    desk.call("undo", json!({}));
    assert_eq!(desk.current()["Åsele|Stöld|2024|antal"], "41.0");
}

#[test]
fn taking_an_older_source_away_leaves_the_newer_one() {
    let mut desk = Desk::new();
    let a = desk.import("a.txt", &database(&["Åsele;Stöld;År;2024;40;1440", "Åsele;Stöld;År;2023;38;1400"]));
    desk.import("b.txt", &database(&["Åsele;Stöld;År;2024;41;1476"]));
    desk.call("remove_source", json!({ "id": a["source"] }));
    assert_eq!(desk.current().len(), 2, "{:?}", desk.current());
    assert_eq!(desk.current()["Åsele|Stöld|2024|antal"], "41.0");
    desk.call("undo", json!({}));
    assert_eq!((desk.current().len(), desk.current()["Åsele|Stöld|2024|antal"].as_str()), (4, "41.0"));
}

#[test]
fn new_answers_to_an_old_file_say_what_they_change() {
    let mut desk = Desk::new();
    let text = database(&["Åsele;Stöld;År;2023;40;1440", "Åsele;Stöld;År;2024;-;-"]);
    let open = desk.import("a.txt", &text);
    assert_eq!((counts(&open)[0], open["rejected"].as_u64()), (2, Some(2)));
    let path = desk.dir.path().join("a.txt");
    let told = desk.call("import", json!({ "path": path, "answers": { "dash": "zero" } }));
    assert_eq!(counts(&told), [2, 0, 2, 0, 0], "the old values are the same, the answered ones new");
    let other = desk.call("import", json!({ "path": path, "answers": { "dash": "missing" } }));
    assert_eq!(counts(&other), [0, 2, 2, 0, 0]);
    assert_eq!(other["changes"][0]["after"], json!({ "value": null, "missing": "-", "preliminary": false }));
    assert_eq!(desk.call("sources", json!({})).as_array().unwrap().len(), 1, "one reading of one file");
}

/// A small file: for each area, crime and year either nothing, a value, a preliminary value or a missing symbol.
fn small_file() -> impl Strategy<Value = String> {
    prop::collection::vec((0..6u8, 0..200u32), 12).prop_map(|cells| {
        let mut rows = vec![HEAD.to_owned()];
        for (index, (kind, value)) in cells.into_iter().enumerate() {
            let (area, crime, year) = (["Åsele", "Dorotea"][index % 2], ["Stöld", "Rån"][index / 2 % 2], 2023 + index / 4);
            match kind {
                0 => {}
                1 => rows.push(format!("{area};{crime};År;{year};..;..")),
                2 => rows.push(format!("{area};{crime};År;{year} prel.;{value};{}", value * 36)),
                _ => rows.push(format!("{area};{crime};År;{year};{value};{}", value * 36)),
            }
        }
        rows.push("Hela landet;Stöld;År;2024;1;1".to_owned());
        rows.join("\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn undo_leaves_no_trace_and_redo_brings_all_back(a in small_file(), b in small_file()) {
        let mut desk = Desk::new();
        let empty = desk.dump();
        desk.import("a.txt", &a);
        let with_a = desk.dump();
        desk.call("undo", json!({}));
        prop_assert_eq!(&desk.dump(), &empty);
        desk.call("redo", json!({}));
        prop_assert_eq!(&desk.dump(), &with_a);
        desk.import("b.txt", &b);
        let with_both = desk.dump();
        desk.call("undo", json!({}));
        prop_assert_eq!(&desk.dump(), &with_a);
        desk.call("redo", json!({}));
        prop_assert_eq!(&desk.dump(), &with_both);
    }

    #[test]
    fn the_report_counts_what_became_of_each_value(a in small_file(), b in small_file()) {
        let mut desk = Desk::new();
        desk.import("a.txt", &a);
        let before = desk.current();
        let report = desk.import("b.txt", &b);
        if report["warnings"].to_string().contains("redan inläst") {
            return Ok(());
        }
        // What the second file says by itself.
        let mut alone = Desk::new();
        alone.import("b.txt", &b);
        let own = alone.current();
        let of = |wanted: fn(Option<&String>, &String) -> bool| own.iter().filter(|(key, value)| wanted(before.get(*key), value)).count() as u64;
        prop_assert_eq!(report["added"].as_u64().unwrap(), of(|before, _| before.is_none()));
        prop_assert_eq!(report["same"].as_u64().unwrap(), of(|before, now| before == Some(now)));
        prop_assert_eq!(report["changed"].as_u64().unwrap(), of(|before, now| before.is_some_and(|b| b != now)));
        prop_assert_eq!(report["changes"].as_array().unwrap().len() as u64, report["changed"].as_u64().unwrap());
        let settled = own.iter().filter(|(key, now)| before.get(*key).is_some_and(|b| b.ends_with("prel.")) && !now.ends_with("prel.")).count();
        prop_assert_eq!(report["settled"].as_u64().unwrap(), settled as u64);
        // The newest counts where it says something, the older one where it does not.
        let mut both = before.clone();
        both.extend(own);
        prop_assert_eq!(desk.current(), both);
    }
}
