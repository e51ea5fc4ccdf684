use super::*;
use crate::store::{notes, settings};
use chrono::NaiveDate;

fn file() -> LagesbildFile {
    let mut file = LagesbildFile::in_memory(Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 9).unwrap())).unwrap();
    crate::api::commands::found(&mut file, &["Åsele".into()]).unwrap();
    file
}

/// Everything in every table but the history, as text.
fn content(file: &LagesbildFile) -> String {
    let tables: Vec<String> = file
        .conn()
        .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'history%' AND name NOT LIKE 'sqlite%' ORDER BY name",
        )
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .collect::<std::result::Result<_, _>>()
        .unwrap();
    let mut all = String::new();
    for table in tables {
        let mut statement = file.conn().prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = statement.column_count();
        let mut lines: Vec<String> = statement
            .query_map([], |r| Ok((0..width).map(|i| format!("{:?}", r.get_ref(i).unwrap())).collect::<Vec<_>>().join("|")))
            .unwrap()
            .map(|l| format!("{table}: {}", l.unwrap()))
            .collect();
        lines.sort();
        all += &lines.join("\n");
    }
    all
}

fn note(text: &str) -> notes::Note {
    serde_json::from_value(serde_json::json!({ "kind": "citizen_dialogue", "text": text })).unwrap()
}

#[test]
fn undo_and_redo_restore_every_table() {
    let mut file = file();
    let before = content(&file);
    file.transact(Op::AddNote, |tx| notes::insert(tx, &note("den ’första’ med ' och \" i"))).unwrap();
    let after = content(&file);
    assert_ne!(before, after);
    assert_eq!(file.undo().unwrap().value.as_deref(), Some("Lägg till anteckning"));
    assert_eq!(content(&file), before);
    file.redo().unwrap();
    assert_eq!(content(&file), after);
    file.undo().unwrap();
    assert_eq!(content(&file), before);
}

#[test]
fn cascades_are_undone_too() {
    let mut file = file();
    let call =
        |file: &mut LagesbildFile, command: &str, request: serde_json::Value| crate::api::dispatch(file, command, request).unwrap().value;
    let problem = call(&mut file, "add_problem", serde_json::json!({ "title": "Klotter" }))["id"].as_str().unwrap().to_owned();
    let decision =
        call(&mut file, "decide", serde_json::json!({ "problem": problem, "outcome": "prioritised", "reason": "Ökar." }))["id"].clone();
    call(&mut file, "edit_focus_area", serde_json::json!({ "decision": decision, "name": "Klotter" }));
    let before = content(&file);
    call(&mut file, "remove_problem", serde_json::json!({ "id": problem }));
    assert_ne!(content(&file), before);
    file.undo().unwrap();
    assert_eq!(content(&file), before);
}

#[test]
fn a_failed_operation_leaves_nothing() {
    let mut file = file();
    let before = content(&file);
    let failed = file.transact(Op::AddNote, |tx| {
        notes::insert(tx, &note("halv"))?;
        Err::<(), _>(Error::not_allowed("nej"))
    });
    assert!(failed.is_err());
    assert_eq!(content(&file), before);
    assert_eq!(file.undo().unwrap().value, None, "a failed operation must not stand in the history");
}

#[test]
fn something_new_ends_the_redo() {
    let mut file = file();
    file.transact(Op::AddNote, |tx| notes::insert(tx, &note("a"))).unwrap();
    file.undo().unwrap();
    file.transact(Op::AddNote, |tx| notes::insert(tx, &note("b"))).unwrap();
    assert_eq!(file.redo().unwrap().value, None);
}

#[test]
fn stale_names_the_tables_written() {
    let mut file = file();
    let done = file.transact(Op::EditAgreement, |tx| settings::set(tx, "prov", "1")).unwrap();
    assert_eq!(done.stale.into_iter().collect::<Vec<_>>(), ["setting"]);
}

#[test]
fn a_ballot_never_reaches_the_history() {
    let mut file = file();
    let mut call = |command: &str, request: serde_json::Value| crate::api::dispatch(&mut file, command, request).unwrap().value;
    let problem = call("add_problem", serde_json::json!({ "title": "Klotter" }))["id"].as_str().unwrap().to_owned();
    let round = call("start_round", serde_json::json!({ "voters": 3 }))["id"].clone();
    call("enter_slip", serde_json::json!({ "round": round, "slip": 1, "scores": { problem.clone(): 4 } }));
    call("undo", serde_json::json!({}));
    call("redo", serde_json::json!({}));
    let steps: Vec<String> = file
        .conn()
        .prepare("SELECT sql FROM history_step")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .collect::<std::result::Result<_, _>>()
        .unwrap();
    assert!(steps.iter().all(|sql| !sql.contains("scores")), "{steps:?}");
}

#[test]
fn a_second_opener_reads_only_and_learns_who() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.lagesbild");
    let context = || Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 9).unwrap());
    let mut first = LagesbildFile::create(&path, "säkerhetssamordnaren", context()).unwrap();
    crate::api::commands::found(&mut first, &["Åsele".into()]).unwrap();
    let mut second = LagesbildFile::open(&path, "kommunpolisen", context()).unwrap();
    assert_eq!(second.held_by(), Some("säkerhetssamordnaren"));
    let refused = second.transact(Op::AddNote, |tx| notes::insert(tx, &note("x"))).unwrap_err();
    assert_eq!(refused.code, Code::ReadOnly);
    drop((first, second));
    assert_eq!(LagesbildFile::open(&path, "kommunpolisen", context()).unwrap().held_by(), None);
}

#[test]
fn other_files_are_refused_in_plain_words() {
    let dir = tempfile::tempdir().unwrap();
    let context = || Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 9).unwrap());
    let text = dir.path().join("text.lagesbild");
    std::fs::write(&text, "inte en databas, bara text som är lång nog för ett sidhuvud i SQLite".repeat(20)).unwrap();
    assert_eq!(LagesbildFile::open(&text, "x", context()).err().unwrap().code, Code::DamagedFile);
    let newer = dir.path().join("ny.lagesbild");
    drop(LagesbildFile::create(&newer, "x", context()).unwrap());
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", store::migrations::LATEST + 1).unwrap();
    assert_eq!(LagesbildFile::open(&newer, "x", context()).err().unwrap().code, Code::NewerFile);
    assert_eq!(LagesbildFile::open(&dir.path().join("finns inte.lagesbild"), "x", context()).err().unwrap().code, Code::FileAccess);
}

/// One saved file per schema version: what was written then must open now, with everything in it. (The newest version is written
/// by every other test; its saved file is made when it is released.)
#[test]
fn files_of_every_version_open() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/versions");
    for version in 1..store::migrations::LATEST {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("kopia.lagesbild");
        std::fs::copy(folder.join(format!("{version}.lagesbild")), &path).unwrap();
        let mut file = LagesbildFile::open(&path, "prov", Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 9).unwrap())).unwrap();
        let status = crate::api::dispatch(&mut file, "status", serde_json::json!({})).unwrap().value;
        assert_eq!((&status["problems"], &status["sources"]), (&serde_json::json!(1), &serde_json::json!(1)), "version {version}");
        assert_eq!(file.check().unwrap(), Vec::<String>::new());
        file.undo().unwrap();
    }
}

#[test]
fn an_older_file_is_copied_aside_before_it_is_changed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("gammal.lagesbild");
    drop(LagesbildFile::create(&path, "prov", Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 9).unwrap())).unwrap());
    let conn = Connection::open(&path).unwrap();
    let latest = store::migrations::LATEST;
    let mut scripts = vec![""; latest as usize];
    scripts.push("CREATE TABLE ny (a)");
    store::migrations::run_scripts(&conn, Some(&path), &scripts).unwrap();
    let copy = dir.path().join(format!("gammal.före-version-{}.lagesbild", latest + 1));
    let has = |path: &Path| {
        Connection::open(path).unwrap().query_row("SELECT COUNT(*) FROM sqlite_master WHERE name = 'ny'", [], |r| r.get::<_, u32>(0))
    };
    assert_eq!((has(&path).unwrap(), has(&copy).unwrap()), (1, 0));
    let version: u32 = conn.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
    assert_eq!(version, latest + 1);
}

fn work(file: &mut LagesbildFile, command: &str, request: serde_json::Value) -> Result<serde_json::Value> {
    crate::api::dispatch(file, command, request).map(|reply| reply.value)
}

#[test]
fn a_round_that_was_seen_takes_no_more_votes_even_when_the_reveal_is_undone() {
    use serde_json::json;
    let mut file = file();
    let problem = work(&mut file, "add_problem", json!({ "title": "Klotter" })).unwrap()["id"].as_str().unwrap().to_owned();
    let round = work(&mut file, "start_round", json!({ "voters": 3 })).unwrap()["id"].clone();
    let slip = |n: u32| json!({ "round": round, "slip": n, "scores": { problem.clone(): 4 } });
    work(&mut file, "enter_slip", slip(1)).unwrap();
    work(&mut file, "reveal_round", json!({ "id": round })).unwrap();
    work(&mut file, "undo", json!({})).unwrap();
    assert_eq!(work(&mut file, "priorities", json!({})).unwrap()["round"]["results"], json!([]));
    assert_eq!(work(&mut file, "enter_slip", slip(2)).unwrap_err().code, Code::NotAllowed);
    assert_eq!(work(&mut file, "withdraw_slip", json!({ "round": round, "slip": 1 })).unwrap_err().code, Code::NotAllowed);
    work(&mut file, "reveal_round", json!({ "id": round })).unwrap();
}

#[test]
fn nothing_loses_the_ground_it_stands_on_in_silence() {
    use serde_json::json;
    let mut file = file();
    let problem = work(&mut file, "add_problem", json!({ "title": "Klotter" })).unwrap()["id"].clone();
    let decision =
        work(&mut file, "decide", json!({ "problem": problem, "outcome": "prioritised", "reason": "Ökar." })).unwrap()["id"].clone();
    let area = work(&mut file, "edit_focus_area", json!({ "decision": decision, "name": "" })).unwrap()["id"].clone();
    let parked = json!({ "problem": problem, "outcome": "parked", "reason": "x" });
    assert_eq!(work(&mut file, "decide", parked.clone()).unwrap_err().code, Code::NotAllowed);
    assert!(work(&mut file, "decide", json!({ "problem": problem, "outcome": "prioritised", "reason": "x", "date": "igår" })).is_err());
    let police = work(&mut file, "agreement", json!({})).unwrap()["parties"][1]["id"].clone();
    work(&mut file, "edit_commitment", json!({ "focus_area": area, "text": "patrullera", "parties": [police] })).unwrap();
    assert_eq!(work(&mut file, "remove_party", json!({ "id": police })).unwrap_err().code, Code::NotAllowed);
    for (key, value) in [("count", json!(0)), ("due", json!("2026-99-99"))] {
        let mut odd = json!({ "text": "patrullera", "parties": [police], "per": "week", "count": 1 });
        odd[key] = value;
        assert_eq!(work(&mut file, "edit_commitment", odd).unwrap_err().code, Code::NotAllowed, "{key}");
    }
    work(&mut file, "remove_focus_area", json!({ "id": area })).unwrap();
    work(&mut file, "decide", parked).unwrap();
    assert!(work(&mut file, "edit_focus_area", json!({ "decision": decision, "name": "Klotter" })).is_err(), "parked is no focus area");
}

#[test]
fn what_does_not_exist_is_not_our_fault() {
    use serde_json::json;
    let mut file = file();
    for (command, request) in [
        ("edit_goal", json!({ "focus_area": "nej", "kind": "outcome", "text": "x" })),
        ("edit_commitment", json!({ "text": "x", "parties": ["nej"] })),
        ("assess", json!({ "problem": "nej", "criterion": "nej", "level": 2 })),
        ("check_in", json!({ "commitment": "nej", "status": "done" })),
        ("edit_focus_area", json!({ "decision": "nej", "name": "x" })),
    ] {
        assert_eq!(work(&mut file, command, request).unwrap_err().code, Code::NotFound, "{command}");
    }
    let far = json!({ "source": 1, "sheet": "", "row": u32::MAX, "last_row": 0, "column": "A" });
    assert_eq!(work(&mut file, "cells", far).unwrap_err().code, Code::NotFound);
}

/// The undo steps lie in the file as text, and a file can come from anybody.
#[test]
fn a_hostile_undo_step_is_refused_whole() {
    for step in [
        "UPDATE observation SET value = 999",
        "DELETE FROM history",
        "UPDATE source SET file_name = 'x'",
        "DROP TABLE note",
        "ATTACH 'x.db' AS x",
        "DELETE FROM note; DELETE FROM problem",
        "INSERT INTO history_step VALUES (1, 1, 'x')",
    ] {
        let mut file = file();
        file.transact(Op::AddNote, |tx| notes::insert(tx, &note("kvar"))).unwrap();
        file.conn().execute("UPDATE history_step SET sql = ?", [step]).unwrap();
        let before = content(&file);
        assert!(file.undo().is_err(), "{step}");
        assert_eq!(content(&file), before, "{step}");
    }
}

#[test]
fn a_round_comes_back_with_its_slips() {
    use serde_json::json;
    let mut file = file();
    let problem = work(&mut file, "add_problem", json!({ "title": "Klotter" })).unwrap()["id"].as_str().unwrap().to_owned();
    let round = work(&mut file, "start_round", json!({ "voters": 3 })).unwrap()["id"].clone();
    work(&mut file, "enter_slip", json!({ "round": round, "slip": 2, "scores": { problem: 4 } })).unwrap();
    let before = content(&file);
    for _ in 0..3 {
        assert!(work(&mut file, "undo", json!({})).unwrap()["label"].is_string());
    }
    assert_eq!(work(&mut file, "priorities", json!({})).unwrap()["round"], json!(null));
    for _ in 0..3 {
        assert!(work(&mut file, "redo", json!({})).unwrap()["label"].is_string());
    }
    assert_eq!(content(&file), before);
    assert_eq!(work(&mut file, "priorities", json!({})).unwrap()["round"]["slips"], json!([2]));
}
