//! The whole chain: files in → figure with the right number and cell → decision → Word and PDF out, read back by other
//! programs, and the figure's number traced to its cell.

use crate::outside::{read_with, real_file, root};
use chrono::NaiveDate;
use lagesbild::api::dispatch;
use lagesbild::context::Context;
use lagesbild::error::Code;
use lagesbild::file::LagesbildFile;
use serde_json::{Value, json};
use std::path::Path;

fn new_file(municipality: &str) -> LagesbildFile {
    let context = Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 30).unwrap());
    let mut file = LagesbildFile::in_memory(context).unwrap();
    lagesbild::api::commands::found(&mut file, &[municipality.into()]).unwrap();
    file
}

fn call(file: &mut LagesbildFile, command: &str, request: Value) -> Value {
    dispatch(file, command, request).unwrap_or_else(|e| panic!("{command}: {e} ({:?})", e.detail)).value
}

/// No-break spaces and line ends are layout, not content.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Problem, pinned figure, decision, focus area, goal, commitment, purpose, validity: what a group would do.
fn agree(file: &mut LagesbildFile, question: &Value) -> String {
    let problem = call(file, "add_problem", json!({ "title": "Skadegörelse" }))["id"].clone();
    let figure = call(file, "pin_figure", json!({ "problem": problem, "question": question }))["id"].as_str().unwrap().to_owned();
    let reason = "Drabbar många och går att påverka.";
    let decision = call(
        file,
        "decide",
        json!({ "problem": problem, "outcome": "prioritised", "reason": reason, "present": "kommunchef, kommunpolis" }),
    );
    let area = call(file, "edit_focus_area", json!({ "decision": decision["id"], "name": "Minskad skadegörelse" }))["id"].clone();
    call(
        file,
        "edit_goal",
        json!({ "focus_area": area, "kind": "outcome", "text": "Anmäld skadegörelse ska minska till 2028.", "figure": figure }),
    );
    let parties: Vec<Value> = call(file, "agreement", json!({}))["parties"].as_array().unwrap().iter().map(|p| p["id"].clone()).collect();
    let commitment =
        json!({ "focus_area": area, "text": "gå trygghetsvandring", "parties": parties, "count": 4, "per": "year", "public": true });
    call(file, "edit_commitment", commitment);
    let title = call(file, "agreement", json!({}))["title"].clone();
    let validity = json!({ "kind": "fixed", "from": "2026-07-01", "to": "2030-06-30", "extends": true });
    let head = json!({ "title": title, "purpose": "Färre brott och större trygghet.", "follow_up": "Varje år till kommunstyrelsen.", "registry": "", "validity": validity });
    call(file, "edit_agreement", head);
    figure
}

/// Writes the agreement both ways and gives the texts that other programs read in them.
fn read_back(file: &mut LagesbildFile, dir: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for ending in ["docx", "pdf"] {
        let path = dir.join(format!("utkast.{ending}"));
        call(file, "document", json!({ "kind": "agreement", "path": path }));
        assert!(path.metadata().unwrap().len() > 5_000);
    }
    let (docx, pdf, out) = (dir.join("utkast.docx"), dir.join("utkast.pdf"), dir.to_string_lossy().into_owned());
    let profile = format!("-env:UserInstallation=file://{out}/soffice");
    texts.extend(read_with("pdftotext", &[&pdf.to_string_lossy(), "-"]).map(|t| plain(&t)));
    // LibreOffice's plain text leaves footnotes out, so Word is read by way of the pages it lays out.
    let read = dir.join("word");
    let word = ["--headless", &profile, "--convert-to", "pdf", "--outdir", &read.to_string_lossy(), &docx.to_string_lossy()];
    if read_with("soffice", &word).is_some() {
        texts.extend(read_with("pdftotext", &[&read.join("utkast.pdf").to_string_lossy(), "-"]).map(|t| plain(&t)));
    }
    if let Some(verdict) = read_with("qpdf", &["--check", &pdf.to_string_lossy()]) {
        assert!(verdict.contains("No syntax or stream encoding errors"), "{verdict}");
    }
    texts
}

/// What is known of one number before the chain begins.
struct Known<'a> {
    data: &'a Path,
    municipality: &'a str,
    area: &'a str,
    indicator: &'a str,
    values: u32,
    value: u32,
    sheet: &'a str,
    row: u32,
    column: &'a str,
}

#[test]
fn a_real_file_becomes_a_clause_and_the_clause_leads_back_to_its_cell() {
    let Some(data) = real_file("bra-sol/brå_2021_2025_raw.xls") else { return };
    // Row 46, column J of the sheet, read with xlrd: 3289 crimes in 2025.
    walk(&Known {
        data: &data,
        municipality: "Stockholm",
        area: "Stadsdelsområde Bromma (Sthlm)",
        indicator: "8-12 kap. Brott mot förmögenhet › 12 kap. Skadegörelsebrott",
        values: 620,
        value: 3289,
        sheet: "Resultat",
        row: 46,
        column: "J",
    });
}

/// The same chain where no real file is at hand, on the practice municipality's own export.
#[test]
fn a_twin_becomes_a_clause_and_the_clause_leads_back_to_its_cell() {
    let data = root().join("src/example/files/Databasfil övningsdata.txt");
    let text: String = std::fs::read(&data).unwrap().into_iter().map(char::from).collect();
    let row = text.lines().position(|l| l.contains(";12 kap. Skadegörelsebrott;År;2025;31;")).unwrap() + 1;
    let area = text.lines().nth(row - 1).unwrap().split(" kommun;").next().unwrap();
    let indicator = "Brott mot brottsbalken › 8-12 kap. Brott mot förmögenhet › 12 kap. Skadegörelsebrott";
    let (municipality, sheet, column) = (area, "", "E");
    walk(&Known { data: &data, municipality, area, indicator, values: 10_240, value: 31, sheet, row: row as u32, column });
}

fn walk(known: &Known) {
    let mut file = new_file(known.municipality);
    let report = call(&mut file, "import", json!({ "path": known.data, "answers": { "confirm": "yes" } }));
    assert_eq!((&report["read"], &report["rejected"]), (&json!(known.values), &json!(0)));
    let question = question_about(known);
    let view = call(&mut file, "ask", json!({ "question": question }));
    let last = view["answer"]["points"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["period"], &last["value"]), (&json!("2025"), &json!(f64::from(known.value))));
    let cell = &last["cells"][0];
    assert_eq!((&cell["sheet"], &cell["row"], &cell["column"]), (&json!(known.sheet), &json!(known.row), &json!(known.column)));

    let figure = agree(&mut file, &question);
    stands_in_the_documents(&mut file, known);
    leads_back(&mut file, &figure, known);
}

fn question_about(known: &Known) -> Value {
    let measure = json!({
        "kind": "series", "publisher": "Brå", "dataset": "Anmälda brott", "breakdown": {}, "unit": "antal", "indicator": known.indicator
    });
    json!({ "measure": measure, "area": known.area })
}

fn stands_in_the_documents(file: &mut LagesbildFile, known: &Known) {
    let dir = tempfile::tempdir().unwrap();
    let name = known.data.file_name().unwrap().to_string_lossy().into_owned();
    let number = plain(&lagesbild::swedish::count(known.value));
    let (row, column) = (format!("rad {}", known.row), format!("kolumn {}", known.column));
    for text in read_back(file, dir.path()) {
        for wanted in ["UTKAST", "Minskad skadegörelse", &number, &name, &row, &column, "fyra gånger per år", "30 juni 2030"] {
            assert!(text.contains(wanted), "”{wanted}” is not in the document:\n{text}");
        }
    }
}

fn leads_back(file: &mut LagesbildFile, figure: &str, known: &Known) {
    let trace = call(file, "trace", json!({ "figure": figure }));
    assert!(trace["clauses"].as_array().unwrap().iter().any(|c| c.as_str().unwrap().contains("trygghetsvandring")), "{trace}");
    let contexts = trace["contexts"].as_array().unwrap();
    let rows = contexts.iter().filter(|c| c["row"] == known.row).flat_map(|c| c["rows"].as_array().unwrap().iter().map(move |r| (c, r)));
    let (context, row) = rows.into_iter().find(|(_, r)| r["row"] == known.row).expect("the cell's own row is shown");
    let place = context["columns"].as_array().unwrap().iter().position(|c| c == known.column).unwrap();
    assert_eq!(row["cells"][place], known.value.to_string(), "the stored grid has the number of the clause in that cell");
}

#[test]
fn a_real_survey_is_counted_with_its_interval() {
    let Some(data) = real_file("survey-vasby/data.csv") else { return };
    let mut file = new_file("Upplands Väsby");
    call(
        &mut file,
        "import",
        json!({ "path": data, "perspective": "residents", "answers": { "kind": "survey", "area": "Upplands Väsby", "year": "2015" } }),
    );
    let measure = json!({ "kind": "survey_share", "question": "Gender", "answers": ["Woman"], "group": null });
    let view = call(&mut file, "ask", json!({ "question": { "measure": measure, "area": "Upplands Väsby" } }));
    let point = &view["answer"]["points"][0];
    let lines: Vec<String> =
        std::fs::read_to_string(&data).unwrap().lines().skip(1).map(|l| l.split(';').nth(1).unwrap().to_owned()).collect();
    let women = lines.iter().filter(|g| *g == "\"Woman\"").count() as f64;
    let answered = lines.iter().filter(|g| g.len() > 2).count() as f64;
    assert!((point["value"].as_f64().unwrap() - women * 100.0 / answered).abs() < 1e-9, "{point}");
    assert_eq!(point["n"], json!(answered as u32));
}

#[test]
fn the_practice_municipality_walks_the_whole_chain() {
    let dir = tempfile::tempdir().unwrap();
    let context = || Context::fixed(NaiveDate::from_ymd_opt(2026, 4, 13).unwrap());
    let written = lagesbild::example::write(dir.path(), "prov", &context).unwrap();
    let mut file = LagesbildFile::open(written.last().unwrap(), "prov", context()).unwrap();
    let status = call(&mut file, "status", json!({}));
    assert_eq!(status["practice"], true);
    assert!(status["sources"].as_u64() >= Some(7), "{status}");

    let overview = call(&mut file, "overview", json!({}));
    let themes = overview["themes"].as_array().unwrap();
    let kinds: Vec<(&str, &str)> =
        themes.iter().map(|t| (t["theme"].as_str().unwrap(), t["disagreement"]["kind"].as_str().unwrap())).collect();
    assert_eq!(&kinds[..3], [("trygghet-ute", "not_seen_by_one"), ("trafik", "stronger_in_one"), ("narkotika", "stronger_in_one")]);
    assert!(kinds.contains(&("skadegorelse", "same")) && kinds.contains(&("vald-nara", "only_one_has_data")), "{kinds:?}");

    for kind in ["picture", "plan", "minutes"] {
        for ending in ["docx", "pdf", "html"] {
            let path = dir.path().join(format!("{kind}.{ending}"));
            call(&mut file, "document", json!({ "kind": kind, "path": path }));
            assert!(path.exists());
        }
    }
}

#[test]
fn broken_files_say_what_and_where_and_change_nothing() {
    let mut file = new_file("Åsele");
    let before = call(&mut file, "status", json!({}));
    for name in ["empty.csv", "binary.csv", "truncated.xlsx", "protected.xlsx", "header-only.csv", "pdf.csv"] {
        let path = root().join("fixtures/broken").join(name);
        let error = dispatch(&mut file, "import", json!({ "path": path })).err().unwrap_or_else(|| panic!("{name} was read"));
        assert!(matches!(error.code, Code::UnreadableFile | Code::NotUnderstood), "{name}: {error:?}");
        assert_eq!(error.place.as_ref().and_then(|p| p.file.as_deref()), Some(name), "{name}: {error:?}");
        assert!(error.hint.is_some(), "{name} must say what to do: {error:?}");
    }
    let gone = dispatch(&mut file, "import", json!({ "path": "finns inte.csv" })).unwrap_err();
    assert_eq!(gone.code, Code::FileAccess);
    assert_eq!(call(&mut file, "status", json!({})), before);
}

#[test]
fn a_file_with_the_wrong_ending_is_read_by_its_content() {
    let mut file = new_file("Åsele");
    let path = root().join("fixtures/broken/wrong-extension.csv");
    let report = call(&mut file, "import", json!({ "path": path, "answers": { "area": "Åsele" } }));
    assert_eq!((report["added"].as_u64(), report["rejected"].as_u64()), (Some(18), Some(0)), "{report}");
}

#[test]
fn an_import_is_undone_without_a_trace_and_read_again_only_once() {
    let mut file = new_file("Prästvik");
    let path = root().join("src/example/files/Databasfil övningsdata.txt");
    let rows = |file: &LagesbildFile| {
        let mut all = Vec::new();
        lagesbild::store::observations::each(file.conn(), None, |o| {
            all.push(format!("{o:?}"));
            Ok(())
        })
        .unwrap();
        all
    };
    let asked = call(&mut file, "import", json!({ "path": path }));
    assert_eq!((asked["added"].as_u64(), &asked["doubts"][0]["id"]), (Some(0), &json!("confirm")), "no real file has been tried");
    let first = call(&mut file, "import", json!({ "path": path, "answers": { "confirm": "yes" } }));
    assert_eq!(first["read"].as_u64(), Some(10_240), "5120 rows, two value columns");
    let sum = ["added", "changed", "same", "skipped", "rejected"].iter().map(|k| first[k].as_u64().unwrap()).sum::<u64>();
    assert_eq!(Some(sum), first["read"].as_u64(), "outcomes add up: {first}");
    let stored = rows(&file);
    call(&mut file, "undo", json!({}));
    assert!(rows(&file).is_empty());
    assert_eq!(call(&mut file, "sources", json!({})), json!([]));
    call(&mut file, "redo", json!({}));
    assert_eq!(rows(&file), stored);
    let again = call(&mut file, "import", json!({ "path": path }));
    assert_eq!((again["added"].as_u64(), again["same"].as_u64()), (Some(0), first["added"].as_u64()));
    assert_eq!(rows(&file), stored);
}

#[test]
fn another_answer_makes_another_reading_in_place_of_the_first() {
    let mut file = new_file("Åsele");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("arsfil.csv");
    std::fs::write(&path, "Kommun;Antal;Per 100 000 inv.\nÅsele;208;7512\nMalå;301;9902\n").unwrap();
    let read =
        |file: &mut LagesbildFile, year: &str| call(file, "import", json!({ "path": path, "answers": { "year": year, "confirm": "yes" } }));
    read(&mut file, "2023");
    let again = read(&mut file, "2024");
    assert_eq!(again["rejected"], 0);
    assert_eq!(call(&mut file, "sources", json!({})).as_array().unwrap().len(), 1);
    let mut periods = Vec::new();
    lagesbild::store::observations::each(file.conn(), None, |o| {
        periods.push(o.period);
        Ok(())
    })
    .unwrap();
    assert_eq!(periods, ["2024"; 4]);
    call(&mut file, "undo", json!({}));
    assert_eq!(call(&mut file, "status", json!({}))["values"], 4, "undo brings the first reading back");
}
