//! What people have answered, seen and said: surveys in the forms that tools export them, lists of events and reports,
//! reports and notes by hand. Expected counts were computed with Python beforehand.

use crate::outside::real_file;
use chrono::NaiveDate;
use lagesbild::api::dispatch;
use lagesbild::context::Context;
use lagesbild::error::Code;
use lagesbild::file::LagesbildFile;
use lagesbild::picture::counts::{self, Derived};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/import").join(name).to_string_lossy().into_owned()
}

fn file_of(municipality: &str) -> LagesbildFile {
    let context = Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 30).unwrap());
    let mut file = LagesbildFile::in_memory(context).unwrap();
    lagesbild::api::commands::found(&mut file, &[municipality.to_owned()]).unwrap();
    file
}

fn call(file: &mut LagesbildFile, command: &str, request: Value) -> Value {
    dispatch(file, command, request).unwrap_or_else(|error| panic!("{command}: {error}")).value
}

fn refused(file: &mut LagesbildFile, command: &str, request: Value) -> Code {
    dispatch(file, command, request).unwrap_err().code
}

/// Reads a file in and checks that its outcomes add up.
fn import(file: &mut LagesbildFile, path: &str, answers: Value) -> Value {
    let report = call(file, "import", json!({ "path": path, "answers": answers }));
    let of = |key: &str| report[key].as_u64().unwrap();
    assert_eq!(of("read"), of("added") + of("changed") + of("same") + of("skipped") + of("rejected"), "{report}");
    report
}

fn question<'v>(view: &'v Value, text: &str) -> &'v Value {
    view["questions"].as_array().unwrap().iter().find(|q| q["text"] == text).unwrap_or_else(|| panic!("{text} saknas"))
}

/// `answer=count` of every option in order; what stands beside the scale in brackets, `?` for too few.
fn options(question: &Value) -> String {
    let one = |o: &Value| {
        let count = o["count"].as_u64().map_or("?".to_owned(), |n| n.to_string());
        let text = format!("{}={count}", o["answer"].as_str().unwrap());
        if o["outside"] == true { format!("({text})") } else { text }
    };
    question["options"].as_array().unwrap().iter().map(one).collect::<Vec<_>>().join(" ")
}

fn derived(file: &LagesbildFile) -> Vec<Derived> {
    let mut all = Vec::new();
    counts::each(file.conn(), None, |row| {
        all.push(row.clone());
        Ok(())
    })
    .unwrap();
    all
}

fn value(rows: &[Derived], area: &str, period: &str, indicator: &str) -> f64 {
    let hits: Vec<f64> = rows
        .iter()
        .filter(|r| r.area == area && r.period.as_deref() == Some(period) && r.indicator == indicator && r.unit == "antal")
        .filter_map(|r| r.value)
        .collect();
    assert_eq!(hits.len(), 1, "{area} {period} {indicator}: {hits:?}");
    hits[0]
}

#[test]
fn the_real_survey_gives_the_counts_that_python_gives() {
    let Some(path) = real_file("survey-vasby/data.csv") else { return };
    let path = path.to_string_lossy().into_owned();
    let mut file = file_of("Upplands Väsby");
    let open = import(&mut file, &path, json!({ "kind": "survey" }));
    assert_eq!((&open["added"], &open["rejected"]), (&json!(0), &json!(71_208)), "neither the year nor the place is guessed");
    let asked: Vec<&str> = open["doubts"].as_array().unwrap().iter().map(|d| d["id"].as_str().unwrap()).collect();
    assert_eq!(asked, ["kind", "year", "area"]);
    let report = import(&mut file, &path, json!({ "kind": "survey", "year": "2015", "area": "Upplands Väsby" }));
    assert_eq!((&report["added"], &report["rejected"]), (&json!(71_208), &json!(0)));
    let view = call(&mut file, "questions", json!({ "source": report["source"] }));
    assert_eq!((&view["respondents"], view["questions"].as_array().unwrap().len()), (&json!(1032), 69));
    for (text, told) in [
        ("Gender", "Man=513 Woman=498 Prefer not to disclose=18 Other/No gender=?"),
        ("Age", "15-24=69 25-34=112 35-44=169 45-54=244 55-64=190 65+=248"),
        ("Year", "0-4 years=99 5-9 years=837 10 or more years=96"),
        ("Alt.1a", "0=11 1=5 2=8 3=9 4=27 5=32 6=51 7=125 8=78 9=101 10=118 11=130 12=65 13=49 14=223"),
        ("Disagreement 1", "0=75 1=27 2=44 3=56 4=59 5=152 6=71 7=84 8=109 9=90 10=265"),
        ("Safety", "0=148 1=33 2=42 3=30 4=46 5=35 6=49 7=60 8=58 9=68 10=75 11=79 12=84 13=58 14=167"),
    ] {
        assert_eq!(options(question(&view, text)), told, "{text}");
    }
    assert!((question(&view, "Alt.1a")["mean"].as_f64().unwrap() - 9.863_372_093_023_257).abs() < 1e-12);
    let rows = derived(&file);
    let few = rows.iter().find(|r| r.breakdown.get("Svar").is_some_and(|answer| answer == "Other/No gender")).unwrap();
    assert_eq!((few.value, few.missing, few.area_code.as_deref()), (None, Some("färre än 5"), Some("0114")));
    assert_eq!(few.cells.len(), 1, "the lines of three people are not told");
    assert_eq!((few.cells[0].row, few.cells[0].last_row), (2, 1033));
}

#[test]
fn a_form_in_english_is_read_and_its_dates_are_asked_about() {
    let mut file = file_of("Åsele");
    let open = import(&mut file, &fixture("enkat-forms-engelska.csv"), json!({}));
    assert_eq!(open["doubts"][0]["id"], "dates");
    let period = |file: &mut LagesbildFile, source: &Value| call(file, "questions", json!({ "source": source }))["period"].clone();
    assert_eq!(period(&mut file, &open["source"]), "2025", "the year stands in either order");
    let told = import(&mut file, &fixture("enkat-forms-engelska.csv"), json!({ "dates": "month_day" }));
    let view = call(&mut file, "questions", json!({ "source": told["source"] }));
    assert_eq!(view["period"], "2025-03");
    let safe = question(&view, "How safe do you feel outdoors at night?");
    assert_eq!(options(safe), "Very safe=6 Fairly safe=5 Unsafe=7 (Don't know=6)");
    assert_eq!((&safe["role"], &safe["worst"], &safe["unanswered"]), (&json!("scale"), &json!("last"), &json!(0)));
    let places = question(&view, "Which places do you avoid?");
    assert_eq!(
        (options(places).as_str(), &places["answered"], &places["unanswered"]),
        ("The station=15 The park=14 The square=11", &json!(22), &json!(2))
    );
}

#[test]
fn a_google_form_keeps_grids_scales_and_several_choices() {
    let mut file = file_of("Åsele");
    let report = import(&mut file, &fixture("enkat-google.csv"), json!({}));
    assert_eq!(report["doubts"], json!([]));
    let view = call(&mut file, "questions", json!({ "source": report["source"] }));
    assert_eq!(view["period"], "2025-10");
    let square = question(&view, "Hur trygg känner du dig på följande platser? [På torget]");
    assert_eq!(options(square), "Mycket trygg=? Ganska trygg=7 Varken trygg eller otrygg=6 Ganska otrygg=? Mycket otrygg=? (Vet ej=?)");
    assert_eq!((&square["answered"], &square["unanswered"]), (&json!(28), &json!(2)));
    let problems = question(&view, "Vilka problem ser du där du bor?");
    assert_eq!(options(problems), "Buskörning=13 Narkotika=13 Nedskräpning=11 Skadegörelse=10");
    let worry = question(&view, "Hur orolig är du för att utsättas för brott? (1 = inte alls, 5 = mycket)");
    assert_eq!((options(worry).as_str(), worry["mean"].as_f64()), ("1=? 2=6 3=9 4=5 5=6", Some(3.1)));
    assert_eq!(question(&view, "Din ålder")["role"], "background");
}

#[test]
fn two_header_rows_columns_of_choices_and_codes_are_understood() {
    let mut file = file_of("Åsele");
    let report = import(&mut file, &fixture("enkat-tva-rubrikrader.xlsx"), json!({}));
    let view = call(&mut file, "questions", json!({ "source": report["source"] }));
    let roles: Vec<&str> = view["questions"].as_array().unwrap().iter().map(|q| q["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["ignore", "ignore", "multi", "scale", "scale", "scale", "background"]);
    let places = question(&view, "Q1. Var känner du dig otrygg? (flera val)");
    assert_eq!(options(places), "Torget=9 Stationen=11 Ingen av platserna=6");
    assert_eq!((&places["answered"], &places["column"]), (&json!(20), &json!("C")), "four took none of the choices, and have answered");
    let light = question(&view, "Q2. Hur nöjd är du med belysningen?");
    assert_eq!(
        options(light),
        "Mycket nöjd=5 Ganska nöjd=? Varken nöjd eller missnöjd=6 Ganska missnöjd=? (Vet ej=?)",
        "codes are replaced by their labels"
    );
    assert_eq!(options(question(&view, "Kön")), "Man=11 Kvinna=9");
    let at = question(&view, "Q3. Hur trygg är du på dessa platser? [På torget]");
    assert_eq!(options(at), "Mycket trygg=6 Ganska trygg=? Varken trygg eller otrygg=9 Ganska otrygg=? Mycket otrygg=?");
}

#[test]
fn a_code_book_alone_has_no_values() {
    let Some(path) = real_file("codebook/Kodbok Stockholmsenkäten 2024.xlsx") else { return };
    let mut file = file_of("Åsele");
    let refusal = dispatch(&mut file, "import", json!({ "path": path })).unwrap_err();
    assert_eq!(refusal.code, Code::NotUnderstood);
    assert!(refusal.message.starts_with("Filen är en kodbok"), "{refusal}");
}

#[test]
fn the_use_of_a_question_can_be_corrected_before_and_after_it_is_stored() {
    let mut file = file_of("Åsele");
    let path = fixture("enkat-tva-rubrikrader.xlsx");
    let apart = import(&mut file, &path, json!({ "role:D": "yes_no", "role:F": "background" }));
    let view = call(&mut file, "questions", json!({ "source": apart["source"] }));
    assert_eq!(question(&view, "Q1. Var känner du dig otrygg? (flera val) [Stationen]")["role"], "yes_no", "the group is taken apart");
    assert_eq!(question(&view, "Q2. Hur nöjd är du med belysningen?")["role"], "background");
    let source = apart["source"].clone();
    assert_eq!(import(&mut file, &path, json!({ "role:D": "multi", "role:F": "scale" }))["same"], 0, "other roles make another reading");
    call(&mut file, "undo", json!({}));
    let edit = |column: &str, role: &str| json!({ "source": source, "column": column, "role": role });
    let q2 = |file: &mut LagesbildFile| {
        let view = call(file, "questions", json!({ "source": source }));
        let q = question(&view, "Q2. Hur nöjd är du med belysningen?").clone();
        (q["role"].as_str().unwrap().to_owned(), options(&q), q["worst"].as_str().unwrap().to_owned())
    };
    let before = q2(&mut file);
    call(&mut file, "edit_question", edit("F", "scale"));
    let scale = "Mycket nöjd=5 Ganska nöjd=? Varken nöjd eller missnöjd=6 Ganska missnöjd=? (Vet ej=?)";
    assert_eq!(q2(&mut file), ("scale".to_owned(), scale.to_owned(), "last".to_owned()));
    let mut order = edit("F", "scale");
    order["options"] = json!(["Ganska missnöjd", "Mycket nöjd"]);
    order["worst"] = json!("first");
    call(&mut file, "edit_question", order);
    let (_, shown, worst) = q2(&mut file);
    assert!(shown.starts_with("Ganska missnöjd=? Mycket nöjd=5 (Ganska nöjd=?)") && worst == "first", "{shown}");
    call(&mut file, "undo", json!({}));
    call(&mut file, "undo", json!({}));
    assert_eq!(q2(&mut file), before);
    // A column that was left out is read from the file as it is kept.
    call(&mut file, "edit_question", edit("A", "background"));
    let view = call(&mut file, "questions", json!({ "source": source }));
    assert_eq!(question(&view, "Respondent-ID")["answered"], 20);
    assert_eq!(refused(&mut file, "edit_question", edit("ÖÖ", "scale")), Code::NotFound);
    assert_eq!(refused(&mut file, "edit_question", edit("F", "betyg")), Code::NotAllowed);
}

#[test]
fn the_real_lists_of_events_are_counted_by_area_and_month() {
    if let Some(path) = real_file("police-deso/upplopp brott.csv") {
        let mut file = file_of("Stockholm");
        let report = import(&mut file, &path.to_string_lossy(), json!({}));
        assert_eq!((&report["added"], &report["rejected"]), (&json!(809), &json!(0)));
        assert!(report["warnings"][0].as_str().unwrap().starts_with("27 rader saknar kommun: 6 räknas till sitt län, 21"), "{report}");
        let rows = derived(&file);
        let kind = "1615 Övriga brott mot 16 kap. BrB";
        for (area, month, count) in [
            ("Stockholm", "2022-04", 92.0),
            ("Göteborg", "2022-06", 38.0),
            ("Linköping", "2022-04", 37.0),
            ("Landskrona", "2022-04", 28.0),
            ("Stockholm", "2024-03", 26.0),
        ] {
            assert_eq!(value(&rows, area, month, kind), count, "{area} {month}");
        }
        assert_eq!(rows.iter().filter_map(|r| r.value).sum::<f64>(), 809.0);
        let measure = json!({ "kind": "events", "categories": [], "perspective": "police" });
        let view = call(&mut file, "ask", json!({ "question": { "measure": measure, "area": "Stockholm" } }));
        let total: f64 = view["answer"]["points"].as_array().unwrap().iter().filter_map(|p| p["value"].as_f64()).sum();
        assert_eq!(total, 252.0);
    }
    if let Some(path) = real_file("polisen-events/events-2026-08-22.json") {
        let mut file = file_of("Åsele");
        assert_eq!(import(&mut file, &path.to_string_lossy(), json!({}))["added"], 500);
        let rows = derived(&file);
        assert_eq!(value(&rows, "Skåne län", "2026-08-20", "Trafikolycka"), 5.0);
        assert_eq!(value(&rows, "Kalmar län", "2026-08-21", "Trafikolycka"), 3.0);
        assert_eq!(rows.iter().filter_map(|r| r.value).sum::<f64>(), 500.0);
    }
    if let Some(path) = real_file("police-uk/2019-01-city-of-london-street.csv") {
        let mut file = file_of("Åsele");
        assert_eq!(import(&mut file, &path.to_string_lossy(), json!({}))["added"], 617);
        let rows = derived(&file);
        assert_eq!(value(&rows, "City of London 001F", "2019-01", "Other theft"), 90.0);
        let swedish = |r: &&Derived| r.area_code.as_deref().is_some_and(|code| code.len() < 9);
        assert_eq!(rows.iter().filter(swedish).count(), 0, "no foreign place is taken for a Swedish one");
        assert_eq!(call(&mut file, "sources", json!({}))[0]["perspective"], "reference");
    }
    if let Some(path) = real_file("police-permits/A466.302-2024.csv") {
        let mut file = file_of("Örebro");
        let open = import(&mut file, &path.to_string_lossy(), json!({}));
        assert_eq!((&open["added"], &open["doubts"][0]["id"]), (&json!(0), &json!("area")));
        let told = import(&mut file, &path.to_string_lossy(), json!({ "area": "none" }));
        assert_eq!(told["added"], 17);
    }
}

#[test]
fn the_polices_own_export_counts_the_day_of_the_crime() {
    let mut file = file_of("Åsele");
    let report = import(&mut file, &fixture("polisens-handelser.csv"), json!({}));
    assert_eq!((&report["read"], &report["added"], &report["rejected"]), (&json!(6), &json!(5), &json!(1)));
    assert_eq!(report["rejections"][0]["reason"], "datumet kan inte läsas");
    let preview = call(&mut file, "inspect", json!({ "path": fixture("polisens-handelser.csv") }));
    let proof = preview["description"]["proof"].to_string();
    assert!(proof.contains("räknas efter ”Brottsdatum” (kolumn D), inte efter ”Inregistreringsdatum” (kolumn C)"), "{proof}");
    let rows = derived(&file);
    assert_eq!(value(&rows, "Åsele", "2024-02-29", "9809 Skadegörelse, klotter"), 1.0);
    assert_eq!(value(&rows, "Åsele", "2024-03-01", "9809 Skadegörelse, klotter"), 2.0, "one row tells of two");
    let overview = call(&mut file, "overview", json!({}));
    let theme =
        overview["themes"].as_array().unwrap().iter().find(|t| t["theme"] == "skadegorelse").expect("events count towards their theme");
    assert_eq!((&theme["police"]["number"], &theme["police"]["what"]), (&json!("3"), &json!("händelser 2024")));
}

#[test]
fn weekly_lists_and_safety_walks_are_reports() {
    let mut file = file_of("Åsele");
    let report = import(&mut file, &fixture("est-lista.csv"), json!({}));
    assert_eq!((&report["read"], &report["added"], &report["skipped"], &report["rejected"]), (&json!(5), &json!(3), &json!(1), &json!(1)));
    assert_eq!(report["rejections"][0]["reason"], "antalet är inte ett helt tal");
    let rows = derived(&file);
    assert_eq!(value(&rows, "Åsele", "2025-W14", "Hot och våld"), 2.0);
    assert_eq!(value(&rows, "Åsele", "2025-W15", "Narkotika"), 3.0);
    let walk = import(&mut file, &fixture("trygghetsvandring.xlsx"), json!({}));
    assert_eq!(walk["added"], 3);
    assert_eq!(value(&derived(&file), "Åsele", "2024-10", "Trygghetsvandring"), 3.0);
}

#[test]
fn a_category_that_nobody_knows_is_decided_once() {
    let mut file = file_of("Åsele");
    import(&mut file, &fixture("trygghetsvandring.xlsx"), json!({}));
    let view = |file: &mut LagesbildFile| call(file, "categories", json!({}))[0].clone();
    assert_eq!(view(&mut file), json!({ "category": "Trygghetsvandring", "count": 3, "theme": null, "origin": "none" }));
    call(&mut file, "set_category_theme", json!({ "category": "Trygghetsvandring", "theme": "skadegorelse" }));
    assert_eq!((&view(&mut file)["theme"], &view(&mut file)["origin"]), (&json!("skadegorelse"), &json!("own")));
    let overview = call(&mut file, "overview", json!({}));
    assert_eq!(overview["themes"][0]["municipality"]["number"], "3", "the next look uses it");
    assert_eq!(refused(&mut file, "set_category_theme", json!({ "category": "x", "theme": "påhittat" })), Code::NotFound);
    call(&mut file, "undo", json!({}));
    assert_eq!(view(&mut file)["origin"], "none");
}

#[test]
fn a_report_by_hand_counts_and_can_be_walked_back_to() {
    let mut file = file_of("Åsele");
    let told = json!({ "category": "Skadegörelse", "place": "Torget", "time": "21:30", "seriousness": 3, "function": "Fältassistent" });
    let made = call(&mut file, "add_report", told);
    call(
        &mut file,
        "add_report",
        json!({ "category": "Narkotika", "date": "2025-12-24", "part_of_day": "Kväll", "text": "Doft vid bänkarna" }),
    );
    let reports = call(&mut file, "reports", json!({}));
    assert_eq!(
        (&reports[0]["date"], &reports[0]["municipality"], &reports[0]["number"]),
        (&json!("2026-03-30"), &json!("Åsele"), &json!(1))
    );
    let source = call(&mut file, "sources", json!({}))[0].clone();
    assert_eq!((&source["title"], &source["holds"]), (&json!("Egna rapporter"), &json!("2\u{a0}rapporter")));
    let measure = json!({ "kind": "reports", "categories": ["Skadegörelse"], "place": null });
    let answer = call(&mut file, "ask", json!({ "question": { "measure": measure, "area": "Åsele" } }))["answer"].clone();
    let point = answer["points"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&point["period"], &point["value"]), (&json!("2026"), &json!(1.0)));
    let cell = &point["cells"][0];
    let context = call(
        &mut file,
        "cells",
        json!({ "source": cell["source"], "sheet": cell["sheet"], "row": cell["row"], "last_row": cell["last_row"], "column": cell["column"] }),
    );
    let row = context["rows"].as_array().unwrap().iter().find(|r| r["row"] == cell["row"]).unwrap();
    assert_eq!(row["cells"], json!(["2026-03-30", "21:30", "Torget", "Skadegörelse", "3", "", "Fältassistent"]));
    for wrong in [
        json!({ "category": "" }),
        json!({ "category": "Hot", "seriousness": 6 }),
        json!({ "category": "Hot", "time": "snart" }),
        json!({ "category": "Hot", "date": "igår" }),
        json!({ "category": "Hot", "text": "900101-9802 var där" }),
    ] {
        assert_eq!(refused(&mut file, "add_report", wrong.clone()), Code::NotAllowed, "{wrong}");
    }
    call(&mut file, "remove_report", json!({ "id": made["id"] }));
    assert_eq!(call(&mut file, "reports", json!({})).as_array().unwrap().len(), 1);
    for left in [2, 1, 0] {
        call(&mut file, "undo", json!({}));
        assert_eq!(call(&mut file, "reports", json!({})).as_array().unwrap().len(), left);
    }
    assert_eq!(call(&mut file, "sources", json!({})), json!([]), "the source goes with the report that made it");
}

#[test]
fn a_report_by_hand_can_be_written_anew_and_undone() {
    let mut file = file_of("Åsele");
    let told = json!({ "category": "Skadegörelse", "date": "2025-12-24", "place": "Torget", "text": "Krossad ruta", "seriousness": 2 });
    let id = call(&mut file, "add_report", told)["id"].clone();
    let before = call(&mut file, "reports", json!({}));
    let anew = json!({ "category": "Narkotika", "place": "Stationen", "part_of_day": "Kväll" });
    call(&mut file, "edit_report", json!({ "id": id, "report": anew }));
    let edited = call(&mut file, "reports", json!({}))[0].clone();
    assert_eq!((&edited["id"], &edited["number"], &edited["date"]), (&id, &json!(1), &json!("2025-12-24")), "the day stays");
    assert_eq!(
        (&edited["category"], &edited["place"], &edited["part_of_day"]),
        (&json!("Narkotika"), &json!("Stationen"), &json!("kväll"))
    );
    assert_eq!((&edited["text"], &edited["seriousness"]), (&json!(null), &json!(null)), "what is left out is emptied");
    for wrong in [json!({ "category": "" }), json!({ "category": "Hot", "text": "900101-9802 var där" })] {
        assert_eq!(refused(&mut file, "edit_report", json!({ "id": id, "report": wrong })), Code::NotAllowed);
    }
    assert_eq!(refused(&mut file, "edit_report", json!({ "id": "finns inte", "report": { "category": "Hot" } })), Code::NotFound);
    call(&mut file, "edit_report", json!({ "id": id, "report": { "category": "Hot", "perspective": "police" } }));
    assert_eq!(call(&mut file, "sources", json!({})).as_array().unwrap().len(), 2, "it moves to the police's reports");
    call(&mut file, "undo", json!({}));
    assert_eq!(call(&mut file, "reports", json!({}))[0], edited);
    call(&mut file, "undo", json!({}));
    assert_eq!(call(&mut file, "reports", json!({})), before);
}

/// 40 answers: 12 "Ganska otrygg", 18 "Mycket trygg", 10 "Vet ej".
#[test]
fn those_who_do_not_know_are_told_but_are_no_part_of_the_share() {
    let mut file = file_of("Åsele");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("enkat.csv");
    let mut text = "Tidstämpel;Hur trygg eller otrygg känner du dig?;Har du barn?\n".to_owned();
    for (count, answer) in [(12, "Ganska otrygg"), (18, "Mycket trygg"), (10, "Vet ej")] {
        (0..count).for_each(|_| text.push_str(&format!("2025-05-02 10:00;{answer};Ja\n")));
    }
    std::fs::write(&path, text).unwrap();
    call(&mut file, "import", json!({ "path": path }));
    let mut share = |answers: &[&str]| {
        let measure =
            json!({ "kind": "survey_share", "question": "Hur trygg eller otrygg känner du dig?", "answers": answers, "group": null });
        call(&mut file, "ask", json!({ "question": { "measure": measure, "area": "Åsele" } }))["answer"].clone()
    };
    let unsafe_ones = share(&["Ganska otrygg"]);
    assert_eq!((&unsafe_ones["points"][0]["value"], &unsafe_ones["points"][0]["n"]), (&json!(40.0), &json!(30)));
    let caveats = unsafe_ones["caveats"].to_string();
    assert!(caveats.contains("10 svarade ”vet ej” eller liknande"), "{caveats}");
    let unknowing = share(&["Vet ej"]);
    assert_eq!((&unknowing["points"][0]["value"], &unknowing["points"][0]["n"]), (&json!(25.0), &json!(40)), "their share is of all");
}

#[test]
fn a_report_counts_in_its_own_municipality() {
    let context = Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 30).unwrap());
    let mut file = LagesbildFile::in_memory(context).unwrap();
    lagesbild::api::commands::found(&mut file, &["Åsele".to_owned(), "Dorotea".to_owned()]).unwrap();
    call(&mut file, "add_report", json!({ "category": "Skadegörelse" }));
    call(&mut file, "add_report", json!({ "category": "Skadegörelse", "area": "Dorotea kommun" }));
    call(&mut file, "add_report", json!({ "category": "Skadegörelse", "area": "Dorotea" }));
    for (area, count) in [("Åsele", 1.0), ("Dorotea", 2.0)] {
        let measure = json!({ "kind": "reports", "categories": [], "place": null });
        let answer = call(&mut file, "ask", json!({ "question": { "measure": measure, "area": area } }))["answer"].clone();
        assert_eq!(answer["points"][0]["value"], count, "{area}");
        assert_eq!(value(&derived(&file), area, "2026-03", "Skadegörelse"), count);
    }
}

#[test]
fn what_is_known_about_a_source_can_be_changed_and_taken_back() {
    let mut file = file_of("Åsele");
    let path = fixture("enkat-google.csv");
    let request = json!({ "path": path, "owner": "Socialnämnden", "network": "SSPF", "sent_out": 60, "remove_by": "2028-12-31", "title": "Trygghetsenkät" });
    let report = call(&mut file, "import", request);
    let source = |file: &mut LagesbildFile| call(file, "sources", json!({}))[0].clone();
    let told = source(&mut file);
    assert_eq!((&told["owner"], &told["network"], &told["remove_by"]), (&json!("Socialnämnden"), &json!("SSPF"), &json!("2028-12-31")));
    let view = call(&mut file, "questions", json!({ "source": report["source"] }));
    assert_eq!((&told["title"], &view["response_rate"]), (&json!("Trygghetsenkät"), &json!(50.0)));
    let edit = json!({ "id": report["source"], "title": "Enkät 2025", "perspective": "municipality", "owner": "", "sent_out": 0, "remove_by": "" });
    call(&mut file, "edit_source", edit);
    let after = source(&mut file);
    assert_eq!(
        (&after["title"], &after["perspective"], &after["owner"], &after["network"], &after["sent_out"], &after["remove_by"]),
        (&json!("Enkät 2025"), &json!("municipality"), &json!(""), &json!("SSPF"), &json!(null), &json!(null))
    );
    call(&mut file, "undo", json!({}));
    assert_eq!(source(&mut file), told);
    call(&mut file, "redo", json!({}));
    assert_eq!(source(&mut file), after);
    assert_eq!(refused(&mut file, "edit_source", json!({ "id": report["source"], "remove_by": "snart" })), Code::NotAllowed);
    assert_eq!(refused(&mut file, "edit_source", json!({ "id": report["source"], "title": " " })), Code::NotAllowed);
}

#[test]
fn notes_have_an_owner_and_can_be_changed_and_removed() {
    let mut file = file_of("Åsele");
    let note =
        json!({ "kind": "staff_dialogue", "text": "Mörkt vid skolan", "owner": "Elevhälsan", "network": "SSPF", "municipality": "Åsele" });
    let id = call(&mut file, "add_note", note.clone())["id"].clone();
    let mut changed = note.clone();
    changed["id"] = id.clone();
    changed["text"] = json!("Mörkt vid skolan och parken");
    call(&mut file, "edit_note", changed.clone());
    let held = call(&mut file, "notes", json!({}))[0].clone();
    assert_eq!((&held["text"], &held["owner"], &held["municipality"]), (&changed["text"], &json!("Elevhälsan"), &json!("Åsele")));
    let mut personal = changed;
    personal["text"] = json!("ring 070-123 45 67");
    assert_eq!(refused(&mut file, "edit_note", personal), Code::NotAllowed);
    call(&mut file, "remove_note", json!({ "id": id }));
    assert_eq!(call(&mut file, "notes", json!({})), json!([]));
    call(&mut file, "undo", json!({}));
    assert_eq!(call(&mut file, "notes", json!({}))[0], held);
    assert_eq!(refused(&mut file, "remove_note", json!({ "id": "nej" })), Code::NotFound);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However answers fall, every respondent is counted once per question: given, left out, or too few to show.
    #[test]
    fn counts_of_a_survey_add_up(rows in prop::collection::vec((0..6usize, 0..4usize), 15..60)) {
        let safe = ["Mycket trygg", "Ganska trygg", "Ganska otrygg", "Mycket otrygg", "Vet ej", ""];
        let seen = ["Ja", "Nej", "Vill inte svara", ""];
        let body: String = rows.iter().enumerate()
            .map(|(i, (a, b))| format!("2025-05-{:02} 10:00:00;{};{};Kvinna\n", 1 + i % 28, safe[*a], seen[*b])).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("svar.csv");
        std::fs::write(&path, format!("Tidstämpel;Hur trygg är du?;Har du blivit utsatt?;Kön\n{body}")).unwrap();
        let mut file = file_of("Åsele");
        let report = import(&mut file, &path.to_string_lossy(), json!({}));
        let view = call(&mut file, "questions", json!({ "source": report["source"] }));
        for (text, chosen, words) in [
            ("Hur trygg är du?", rows.iter().map(|(a, _)| *a).collect::<Vec<_>>(), &safe[..]),
            ("Har du blivit utsatt?", rows.iter().map(|(_, b)| *b).collect(), &seen[..]),
        ] {
            let question = question(&view, text);
            let blank = chosen.iter().filter(|c| words[**c].is_empty()).count();
            prop_assert_eq!(question["answered"].as_u64().unwrap() as usize, rows.len() - blank);
            prop_assert_eq!(question["unanswered"].as_u64().unwrap() as usize, blank);
            for option in question["options"].as_array().unwrap() {
                let n = chosen.iter().filter(|c| words[**c] == option["answer"]).count();
                prop_assert_eq!(option["count"].as_u64().map(|n| n as usize), Some(n).filter(|n| *n == 0 || *n >= 5));
            }
        }
    }

    /// Import, then undo, leaves the counts as they were; events are neither lost nor made up.
    #[test]
    fn counts_of_events_add_up(rows in prop::collection::vec((1..13u32, 0..3usize, 0..3u32), 1..40)) {
        let body: String = rows.iter().map(|(month, area, count)| {
            format!("9809;2024-{month:02}-11;{};{}\n", ["Åsele", "Dorotea kommun", ""][*area], if *count == 0 { String::new() } else { count.to_string() })
        }).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("brott.csv");
        std::fs::write(&path, format!("Brottskod;Brottsdatum;Kommun;Antal\n{body}")).unwrap();
        let mut file = file_of("Åsele");
        import(&mut file, &path.to_string_lossy(), json!({}));
        let told: f64 = derived(&file).iter().filter_map(|r| r.value).sum();
        prop_assert_eq!(told, rows.iter().map(|(.., count)| f64::from((*count).max(1))).sum::<f64>());
        call(&mut file, "undo", json!({}));
        prop_assert!(derived(&file).is_empty());
    }
}
