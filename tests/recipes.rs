//! What a person decides about a file is kept in the file and holds for the next file with the same headers, and for nothing else.

use lagesbild::api::Session;
use lagesbild::context::Context;
use serde_json::{Value, json};

struct Desk {
    dir: tempfile::TempDir,
    session: Session,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut session = Session::new(|| Context::fixed(chrono::NaiveDate::from_ymd_opt(2026, 3, 9).unwrap()), "prov".to_owned());
        session.create(&dir.path().join("prov.lagesbild"), &["Åsele".to_owned()]).unwrap();
        Self { dir, session }
    }

    fn call(&mut self, command: &str, request: Value) -> Value {
        self.session.call(command, request).unwrap_or_else(|error| panic!("{command}: {error}")).value
    }

    fn request(&self, name: &str, text: &str, mut options: Value) -> Value {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        options["path"] = json!(path);
        options
    }

    fn import(&mut self, name: &str, text: &str, options: Value) -> Value {
        let request = self.request(name, text, options);
        self.call("import", request)
    }

    fn inspect(&mut self, name: &str, text: &str, options: Value) -> Value {
        let request = self.request(name, text, options);
        self.call("inspect", request)
    }
}

/// A table of a municipality's own, where a dash can be zero or unknown.
fn own_table(first: i32, years: i32, dash: usize) -> String {
    let all: Vec<i32> = (first..first + years).collect();
    let heads: Vec<String> = all.iter().map(i32::to_string).collect();
    let cells = |base: usize| {
        all.iter().enumerate().map(|(i, _)| if i == dash { "-".into() } else { (base + i).to_string() }).collect::<Vec<String>>()
    };
    format!(
        "Orosanmälningar i Åsele kommun\nUppgift;{}\nOrosanmälningar;{}\nPlaceringar;{}\n",
        heads.join(";"),
        cells(40).join(";"),
        cells(3).join(";")
    )
}

#[test]
fn next_years_file_is_read_with_the_answers_of_last_year() {
    let mut desk = Desk::new();
    let open = desk.import("egen 2024.csv", &own_table(2022, 3, 1), json!({}));
    assert_eq!((open["rejected"].as_u64(), &open["remembered"]), (Some(2), &Value::Null));
    assert_eq!(desk.call("recipes", json!({})), json!([]), "nothing was decided");
    let told = desk.import("egen 2024.csv", &own_table(2022, 3, 1), json!({ "answers": { "dash": "zero" }, "owner": "Socialnämnden" }));
    assert_eq!(told["rejected"], 0);
    let next = desk.inspect("helt annat namn.csv", &own_table(2022, 4, 2), json!({}));
    let dash = next["description"]["doubts"].as_array().unwrap().iter().find(|d| d["id"] == "dash").unwrap();
    assert_eq!((dash["answer"].as_str(), next["report"]["rejected"].as_u64()), (Some("zero"), Some(0)));
    assert_eq!(next["remembered"]["answers"], json!({ "dash": "zero" }));
    let sentence = next["remembered"]["sentence"].as_str().unwrap().replace('\u{a0}', " ");
    assert_eq!(sentence, "Läst som ”Tabell med uppgift” den 9 mars 2026: dina svar från förra gången gäller.");
    let read = desk.import("helt annat namn.csv", &own_table(2022, 4, 2), json!({}));
    assert_eq!((&read["rejected"], &read["remembered"]["answers"]), (&json!(0), &json!({ "dash": "zero" })));
}

#[test]
fn an_answer_given_now_wins_and_is_remembered_in_its_place() {
    let mut desk = Desk::new();
    desk.import("a.csv", &own_table(2022, 3, 1), json!({ "answers": { "dash": "zero" } }));
    let now = desk.import("b.csv", &own_table(2023, 3, 1), json!({ "answers": { "dash": "missing" } }));
    assert_eq!(now["remembered"], Value::Null, "nothing came from memory");
    assert_eq!(desk.call("recipes", json!({}))[0]["answers"], json!([{ "about": "Vad ett streck betyder", "choice": "missing" }]));
    assert_eq!(desk.inspect("c.csv", &own_table(2024, 3, 1), json!({}))["remembered"]["answers"], json!({ "dash": "missing" }));
    let fresh = desk.inspect("c.csv", &own_table(2024, 3, 1), json!({ "no_memory": true }));
    assert_eq!((&fresh["remembered"], &fresh["report"]["rejected"]), (&Value::Null, &json!(2)));
}

#[test]
fn memory_is_part_of_the_import_and_goes_with_it() {
    let mut desk = Desk::new();
    let told = json!({ "answers": { "dash": "zero" } });
    desk.inspect("a.csv", &own_table(2022, 3, 1), told.clone());
    desk.import("a.csv", &own_table(2022, 3, 1), json!({ "answers": { "dash": "zero" }, "dry_run": true }));
    desk.import("a.csv", &own_table(2022, 3, 1), json!({ "answers": { "dash": "zero" }, "no_memory": true }));
    assert_eq!(desk.call("recipes", json!({})), json!([]), "looking, trying and reading without memory keep nothing");
    desk.import("b.csv", &own_table(2023, 3, 1), told);
    let kept = desk.call("recipes", json!({}));
    assert_eq!(kept.as_array().unwrap().len(), 1);
    desk.call("undo", json!({}));
    assert_eq!(desk.call("recipes", json!({})), json!([]));
    desk.call("redo", json!({}));
    assert_eq!(desk.call("recipes", json!({})), kept);
    desk.call("forget_recipe", json!({ "id": kept[0]["id"] }));
    assert_eq!(desk.call("recipes", json!({})), json!([]));
    assert_eq!(desk.inspect("c.csv", &own_table(2024, 3, 1), json!({}))["remembered"], Value::Null);
    desk.call("undo", json!({}));
    assert_eq!(desk.call("recipes", json!({})), kept, "forgetting can be undone");
}

#[test]
fn what_is_said_of_one_file_alone_is_asked_again() {
    let mut desk = Desk::new();
    let text = "Åsele kommun;12;410\nDorotea kommun;9;350\nVilhelmina kommun;30;450\n";
    desk.import("x.csv", text, json!({ "answers": { "year": "2021", "columns": "yes", "confirm": "yes" } }));
    assert_eq!(desk.call("recipes", json!({})), json!([]), "a file without header words is like no other");
    let headed = |figure: u32| format!("Kommun;Antal;Per 100 000 inv.\nÅsele;{figure};7512\nDorotea;-;700\n");
    desk.import(
        "2023.csv",
        &headed(200),
        json!({ "answers": { "year": "2023", "dash": "missing", "confirm": "yes" }, "perspective": "reference" }),
    );
    let next = desk.inspect("nästa.csv", &headed(210), json!({}));
    let answer = |id: &str| next["description"]["doubts"].as_array().unwrap().iter().find(|d| d["id"] == id).unwrap()["answer"].clone();
    assert_eq!((answer("year"), answer("dash")), (Value::Null, json!("missing")));
    assert_eq!(desk.call("recipes", json!({}))[0]["perspective"], "reference");
    let read = desk.import("nästa.csv", &headed(210), json!({ "answers": { "year": "2024" } }));
    assert_eq!(desk.call("sources", json!({})).as_array().unwrap().last().unwrap()["perspective"], "reference");
    assert_eq!(read["remembered"]["answers"], json!({ "confirm": "yes", "dash": "missing" }));
}
