//! The municipality among others: similar ones from real files, and the middle half and funnel of a small made table. The expected
//! neighbours and figures were computed with Python beforehand.

use crate::outside::real_file;
use chrono::NaiveDate;
use lagesbild::api::dispatch;
use lagesbild::context::Context;
use lagesbild::error::Code;
use lagesbild::file::LagesbildFile;
use serde_json::{Value, json};
use std::path::Path;

fn file_of(municipality: &str) -> LagesbildFile {
    let context = Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 30).unwrap());
    let mut file = LagesbildFile::in_memory(context).unwrap();
    lagesbild::api::commands::found(&mut file, &[municipality.to_owned()]).unwrap();
    file
}

fn call(file: &mut LagesbildFile, command: &str, request: Value) -> Value {
    dispatch(file, command, request).unwrap_or_else(|error| panic!("{command}: {error}")).value
}

fn read(file: &mut LagesbildFile, dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    let answers = if name == "Databasfil.txt" { json!({ "confirm": "yes" }) } else { json!({}) };
    let report = call(file, "import", json!({ "path": path, "answers": answers }));
    assert_eq!(report["rejected"], 0, "{report}");
}

const GROUP: [(&str, [u32; 3], u32); 6] = [
    ("Åsele", [9, 6, 8], 2_800),
    ("Dorotea", [10, 12, 9], 2_500),
    ("Sorsele", [5, 7, 6], 2_400),
    ("Storuman", [40, 35, 44], 5_900),
    ("Vilhelmina", [50, 61, 47], 6_500),
    ("Malå", [12, 9, 14], 3_000),
];

/// A table of Brå's and one of SCB's, both made up.
fn small(dir: &Path) -> LagesbildFile {
    let mut file = file_of("Åsele");
    let mut crimes = "Region;Brott;År;Period;Antal;/100 000 inv\n".to_owned();
    let mut people = "region;ålder;år;Folkmängd\n".to_owned();
    for (name, counts, population) in GROUP {
        for (count, year) in counts.iter().zip(2022..) {
            crimes += &format!("{name} kommun;12 kap. Skadegörelsebrott;År;{year};{count};;\n");
            people += &format!("{name};totalt ålder;{year};{population}\n");
        }
    }
    read(&mut file, dir, "Databasfil.txt", &crimes);
    read(&mut file, dir, "folk.csv", &people);
    file
}

fn damage(compare: Option<&str>) -> Value {
    let measure = json!({ "kind": "series", "publisher": "Brå", "dataset": "Anmälda brott", "indicator": "12 kap. Skadegörelsebrott", "breakdown": {}, "unit": "antal" });
    json!({ "question": { "measure": measure, "area": "Åsele", "compare": compare } })
}

#[test]
fn similar_municipalities_are_found_in_real_files_and_explained() {
    let paths = ["scb-pxweb/bef_k_tot.csv", "scb-pxweb/sverige_snittinkomst_2024.csv"].map(real_file);
    let [Some(people), Some(income)] = paths else { return };
    let mut file = file_of("Åsele");
    let empty = call(&mut file, "neighbours", json!({}));
    assert_eq!(
        (empty["similar"].as_array().unwrap().len(), empty["lacking"].as_array().unwrap().len()),
        (0, 6),
        "without files it says which"
    );
    assert!(empty["lacking"][0].as_str().unwrap().starts_with("Folkmängd: läs in Folkmängd efter region och år (SCB"));
    for path in [people, income] {
        call(&mut file, "import", json!({ "path": path }));
    }
    let found = call(&mut file, "neighbours", json!({}));
    let names: Vec<&str> = found["similar"].as_array().unwrap().iter().map(|n| n["area"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "Överkalix",
            "Bjurholm",
            "Övertorneå",
            "Ljusnarsberg",
            "Gullspång",
            "Ragunda",
            "Munkfors",
            "Ockelbo",
            "Skinnskatteberg",
            "Högsby",
            "Bräcke",
            "Vilhelmina"
        ]
    );
    assert_eq!(found["features"], json!(["folkmängd 2018, 290\u{a0}kommuner", "inkomst 2024, 290\u{a0}kommuner"]));
    let first = found["similar"][0]["sentence"].as_str().unwrap().replace('\u{a0}', " ");
    assert_eq!(first, "Nära i folkmängd (3 302 mot 2 819) och inkomst (300 tkr mot 299 tkr).");
}

#[test]
fn a_group_is_chosen_by_hand_and_the_choice_can_be_undone() {
    let mut file = file_of("Åsele");
    call(&mut file, "choose_group", json!({ "members": ["lycksele kommun", "Dorotea", "Åsele", "2425"] }));
    assert_eq!(call(&mut file, "neighbours", json!({}))["chosen"], json!(["Dorotea", "Lycksele"]));
    assert_eq!(call(&mut file, "undo", json!({}))["label"], "Välj kommuner att jämföra Åsele med");
    assert_eq!(call(&mut file, "neighbours", json!({}))["chosen"], json!([]));
    assert_eq!(dispatch(&mut file, "choose_group", json!({ "members": ["Dorotee"] })).unwrap_err().code, Code::NotAllowed);
}

/// numpy: rates are sums of three years' counts over sums of three years' inhabitants.
#[test]
fn small_years_are_compared_together_by_middle_half_and_funnel() {
    let dir = tempfile::tempdir().unwrap();
    let mut file = small(dir.path());
    call(&mut file, "choose_group", json!({ "members": ["Dorotea", "Sorsele", "Storuman", "Vilhelmina", "Malå"] }));
    let answer = call(&mut file, "ask", damage(Some("group")))["answer"].clone();
    let c = &answer["comparison"];
    assert_eq!((&c["period"], &c["own"]["count"], &c["own"]["population"]), (&json!("2022–2024"), &json!(23), &json!(8400)));
    let near = |got: &Value, want: f64| assert!((got.as_f64().unwrap() - want).abs() < 1e-6, "{got} is not {want}");
    near(&c["own"]["value"], 273.809_523_8);
    near(&c["own"]["interval"]["low"], 173.516_317_6);
    near(&c["own"]["interval"]["high"], 410.866_789_1);
    near(&c["band"]["lower"], 388.888_888_9);
    near(&c["band"]["median"], 413.333_333_3);
    near(&c["band"]["upper"], 672.316_384_2);
    assert_eq!((&c["position"], &c["funnel"]["usual"]), (&json!("not_surely"), &json!({ "least": 34, "most": 60 })));
    assert_eq!((&c["own"]["outside"], &c["funnel"]["overdispersed"]), (&json!(true), &json!(true)));
    let names: Vec<&str> = c["members"].as_array().unwrap().iter().map(|m| m["area"].as_str().unwrap()).collect();
    assert_eq!(names, ["Dorotea", "Malå", "Sorsele", "Storuman", "Vilhelmina"], "alphabetical, never a rank");
    assert_eq!(c["members"][0]["cells"].as_array().unwrap().len(), 3, "every value has its cell");
    assert!(!answer.to_string().contains("plats "), "no rank in words");
    let said = c["sentence"].as_str().unwrap().replace('\u{a0}', " ");
    assert!(said.starts_with("2022–2024: 23 stycken, alltså 274 per 100 000 inv, sannolikt mellan 174 och 411."), "{said}");
    assert!(
        said.contains("Den mittersta hälften av 5 kommuner i den valda gruppen ligger mellan 389 och 672: skiljer sig inte säkert"),
        "{said}"
    );
    assert_eq!(answer["footing"]["pooled"]["years"]["count"], 23);
}

#[test]
fn what_is_missing_says_which_file_would_fill_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut file = small(dir.path());
    let gaps = |file: &mut LagesbildFile, with: &str| call(file, "ask", damage(Some(with)))["answer"]["comparison"]["gaps"].to_string();
    assert!(gaps(&mut file, "group").contains("Ingen grupp är vald"));
    assert!(gaps(&mut file, "county").contains("Statistiken saknas för Bjurholm, Lycksele"), "{}", gaps(&mut file, "county"));
    let survey =
        json!({ "question": { "measure": { "kind": "reports", "categories": [], "place": null }, "area": "Åsele", "compare": "similar" } });
    assert_eq!(dispatch(&mut file, "ask", survey).unwrap_err().code, Code::NotAllowed);
    let alone = call(&mut file, "ask", damage(None));
    assert_eq!((&alone["answer"]["comparison"], &alone["beside"]), (&json!(null), &json!(null)));
}

#[test]
fn the_lens_of_harm_is_shown_beside_the_counts_and_labelled() {
    let dir = tempfile::tempdir().unwrap();
    let mut file = file_of("Åsele");
    let lines = [("Mord och dråp", 1), ("8 kap. Stöld", 40), ("8 kap. Stöld;Stöld", 30), ("Klotter", 90), ("Totalt antal brott", 500)];
    let text: String =
        lines.iter().filter(|(c, _)| !c.contains(';')).map(|(crime, n)| format!("Åsele kommun;{crime};År;2024;{n};;\n")).collect();
    read(&mut file, dir.path(), "Databasfil.txt", &format!("Region;Brott;År;Period;Antal;/100 000 inv\n{text}"));
    let lens = call(&mut file, "harm", json!({}));
    assert!(lens["label"].as_str().unwrap().starts_with("Värdering:"));
    let counts: Vec<&Value> = lens["by_count"].as_array().unwrap().iter().map(|w| &w["crime"]).collect();
    assert_eq!(counts, ["Klotter", "8 kap. Stöld", "Mord och dråp"], "no total among its parts");
    assert_eq!((&lens["by_harm"][0]["crime"], &lens["by_harm"][0]["months"]), (&json!("Mord och dråp"), &json!(122.0)));
    assert_eq!(lens["unweighed"], json!(["8 kap. Stöld", "Klotter"].iter().rev().collect::<Vec<_>>()));
}
