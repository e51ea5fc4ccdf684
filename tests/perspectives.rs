//! Where kommun, polis and invånare see different things: the reason names the group, the place and what the others counted there.

use chrono::NaiveDate;
use lagesbild::api::dispatch;
use lagesbild::context::Context;
use lagesbild::file::LagesbildFile;
use serde_json::{Value, json};
use std::fmt::Write;

fn call(file: &mut LagesbildFile, command: &str, request: Value) -> Value {
    dispatch(file, command, request).unwrap_or_else(|error| panic!("{command}: {error}")).value
}

/// Sixty answers: 14 of 20 young women unsafe at the station, 4 of 40 others.
fn survey() -> String {
    let mut text = "Tidstämpel;Kön;Ålder;Hur trygg eller otrygg känner du dig vid stationen på kvällen?\n".to_owned();
    let groups = [("Kvinna", "16–19 år", 14, 20), ("Man", "16–19 år", 2, 20), ("Kvinna", "45–64 år", 2, 20)];
    for (sex, age, unsafe_ones, asked) in groups {
        for n in 0..asked {
            let answer = if n < unsafe_ones { "Mycket otrygg" } else { "Mycket trygg" };
            writeln!(text, "2025-10-{:02} 12:00:00;{sex};{age};{answer}", 1 + n).unwrap();
        }
    }
    text
}

const POLICE: &str = "Brottskod;Brottskod klartext;Inregistreringsdatum;Brottsdatum;Brottskommun;Brottsplats;Antal
9809;Skadegörelse, klotter;2024-03-04;2024-02-29;Åsele;Stationen;1
9809;Skadegörelse, klotter;2025-03-05;2025-03-01;Åsele;Skolan;2
5001;Innehav av narkotika;2025-03-09;2025-03-08;Åsele;Torget;1
";

#[test]
fn the_reason_names_the_group_the_place_and_what_was_counted_there() {
    let dir = tempfile::tempdir().unwrap();
    let context = Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 30).unwrap());
    let mut file = LagesbildFile::in_memory(context).unwrap();
    lagesbild::api::commands::found(&mut file, &["Åsele".to_owned()]).unwrap();
    for (name, text, perspective) in [("enkat.csv", survey(), "residents"), ("handelser.csv", POLICE.to_owned(), "police")] {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        let report = call(&mut file, "import", json!({ "path": path, "perspective": perspective }));
        assert_eq!(report["doubts"].as_array().unwrap().iter().filter(|d| d["answer"].is_null()).count(), 0, "{report}");
    }
    let overview = call(&mut file, "overview", json!({}));
    let themes = overview["themes"].as_array().unwrap();
    let safety = themes.iter().find(|t| t["theme"] == "trygghet-ute").unwrap_or_else(|| panic!("{overview}"));
    let reason = safety["disagreement"]["reason"].as_str().unwrap().replace('\u{a0}', " ");
    assert!(reason.contains("7 av 10 kvinnor 16–19 år otrygga vid stationen; 0 av polisens händelser där 2025"), "{reason}");
    assert_eq!(safety["disagreement"]["label"], "Saknas i polisens bild");
    assert_eq!(safety["police"]["what"], "finns inte i statistiken");
    assert_eq!(safety["municipality"]["state"], "no_source", "who has no source at all is no finding");
    let order: Vec<&Value> = themes.iter().map(|t| &t["disagreement"]["kind"]).collect();
    assert_eq!(order[0], "not_asked_by_one", "{order:?}");
}
