//! Person data never comes in unasked: what is held back, what a person can decide, and what the file then holds.

use crate::outside::real_file;
use lagesbild::import::{Answers, Inspected, inspect, persons};
use lagesbild::reference::Known;
use std::collections::BTreeMap;

fn read(name: &str, text: &str, given: &[(&str, &str)]) -> Inspected {
    let answers: Answers = given.iter().map(|(id, choice)| ((*id).to_owned(), (*choice).to_owned())).collect();
    let read = inspect(name, text.as_bytes(), &Known::default(), &answers).unwrap_or_else(|error| panic!("{error}"));
    assert!(read.tally.adds_up(), "{:?}", read.tally);
    assert_eq!(read.tally.rejected as usize, read.rejections.len());
    read
}

const REPORTS: &str = "Datum;Plats;Kategori;Beskrivning;Uppföljning\n\
    2024-03-05;Torget;Buskörning;Två mopeder körde fort, bilen med regnr ABC12D var med;\n\
    2024-03-06;Storgatan 12;Bråk;Ungdomar bråkade vid kiosken men det lugnade sig;\n\
    2024-03-07;Stationen;Narkotika;Vi ringde 070-174 06 35 och pratade med Anna Andersson;\n\
    2024-03-08;Torget;Bråk;Lugn kväll, inget att rapportera från vår runda;Ring Kevin Lindström igen på måndag\n";

/// Everything that reading gives to others.
fn told(read: &Inspected) -> String {
    format!("{:?} {:?} {:?} {:?} {:?}", read.grid, read.batch, read.rejections, read.description, read.warnings)
}

const PLANTED: [&str; 5] = ["ABC12D", "Storgatan 12", "070-174 06 35", "Anna Andersson", "Kevin Lindström"];

#[test]
fn texts_with_person_data_wait_for_a_decision() {
    let open = read("rapporter.csv", REPORTS, &[]);
    assert_eq!(open.batch.reports.len(), 4, "the facts beside the texts are kept");
    assert_eq!((open.tally.read, open.tally.stored, open.tally.rejected), (8, 4, 4));
    let ids: Vec<&str> = open.description.doubts.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["persons:1:B", "persons:1:D", "persons:1:E"]);
    let doubt = &open.description.doubts[1];
    assert!(
        doubt.question.contains("telefonnummer i 1 cell") && doubt.question.contains("namn på personer i 1 cell"),
        "{}",
        doubt.question
    );
    assert_eq!(doubt.cells.iter().map(|c| c.value.as_str()).collect::<Vec<_>>(), ["(registreringsnummer)", "(telefonnummer), (namn)"]);
    assert!(open.rejections.iter().all(|r| r.reason == persons::WAITING));
    assert!(open.batch.reports[0].text.is_none() && open.batch.reports[1].text.is_some());
    assert!(open.person_data);
    PLANTED.iter().for_each(|planted| assert!(!told(&open).contains(planted), "{planted}"));
}

#[test]
fn a_person_decides_what_happens_to_each_column() {
    let all = |choice: &'static str| [("persons:1:B", choice), ("persons:1:D", choice), ("persons:1:E", choice)];
    let masked = read("rapporter.csv", REPORTS, &all("mask"));
    assert_eq!((masked.tally.read, masked.tally.stored, masked.tally.rejected), (4, 4, 0));
    assert_eq!(masked.batch.reports[2].text.as_deref(), Some("Vi ringde (telefonnummer) och pratade med (namn)"));
    assert_eq!(masked.batch.reports[1].place.as_deref(), Some("(adress)"));
    let dropped = read("rapporter.csv", REPORTS, &all("drop"));
    assert_eq!((dropped.batch.reports.len(), dropped.tally.skipped), (4, 4));
    assert_eq!((dropped.batch.reports[2].text.as_deref(), dropped.batch.reports[1].place.as_deref()), (None, None));
    for read in [&masked, &dropped] {
        PLANTED.iter().for_each(|planted| assert!(!told(read).contains(planted), "{planted}"));
    }
    let kept = read("rapporter.csv", REPORTS, &all("keep"));
    assert_eq!(kept.batch.reports[1].place.as_deref(), Some("Storgatan 12"));
    assert!(PLANTED.iter().all(|planted| told(&kept).contains(planted)));
}

#[test]
fn places_are_not_people_and_people_among_places_are_seen() {
    let rows = |place: &str| format!("2024-03-05;{place};Bråk;Lugnt\n");
    let list = |places: &[&str]| format!("Datum;Location;Kategori;Beskrivning\n{}", places.iter().map(|p| rows(p)).collect::<String>());
    let streets = ["On or near Ropemaker Street", "On or near Bell Inn Yard", "On or near Tower Royal", "On or near Petty Wales"];
    assert_eq!(read("lista.csv", &list(&streets), &[]).description.doubts.len(), 0);
    for person in ["Hemma hos Kevin Lindström i parken", "Utanför huset där Anna bor", "Hos familjen Testsson vid torget", "Storgatan 12"]
    {
        let mut places = streets.to_vec();
        places.push(person);
        let read = read("lista.csv", &list(&places), &[]);
        let doubt = read.description.doubts.iter().find(|doubt| doubt.id == "persons:1:B").unwrap_or_else(|| panic!("{person}"));
        assert_eq!(doubt.cells.iter().map(|cell| cell.row).collect::<Vec<_>>(), [6], "{person}");
    }
}

#[test]
fn numbers_that_prove_themselves_cannot_be_kept() {
    let text = REPORTS.replace("Lugn kväll", "Pojken 900101-9802 mejlade från nisse@example.se, lugn kväll");
    let open = read("rapporter.csv", &text, &[("persons:1:D", "keep")]);
    let doubt = open.description.doubts.iter().find(|d| d.id == "persons:1:D").unwrap();
    assert_eq!(doubt.choices.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["mask", "drop"]);
    assert_eq!(doubt.answer, None, "an answer that is not offered is none");
    assert!(!told(&open).contains("900101") && !told(&open).contains("nisse@"));
}

#[test]
fn whole_columns_of_people_go_without_a_question() {
    let mut text = "Tidstämpel;Namn;E-post;Kontakt;Hur trygg?;Något mer?\n".to_owned();
    for i in 0..20 {
        let (trygg, more) = (["Trygg", "Otrygg"][i % 2], ["", "Mer ljus vid stationen på kvällen"][i % 2]);
        text.push_str(&format!("2024-05-{:02} 10:00;{};e{i}@example.org;070-174 06 {i:02};{trygg};{more}\n", i + 1, ["Eva", "Per"][i % 2]));
    }
    let read = read("enkat.csv", &text, &[]);
    assert!(read.description.doubts.is_empty());
    for (column, word) in [("B", "namn på personer"), ("C", "e-postadresser"), ("D", "telefonnummer")] {
        assert!(read.warnings.iter().any(|w| w.message.contains(&format!("Kolumn {column}")) && w.message.contains(word)), "{column}");
    }
    assert!(!told(&read).contains("Eva") && !told(&read).contains("example.org") && !told(&read).contains("174 06"));
    assert_eq!(read.batch.survey.unwrap().respondents.len(), 20);
}

#[test]
fn typed_numbers_and_contact_persons_are_seen() {
    let text = "Region;2022;2023\nÅsele;12;14\nDorotea;9;8\n\nKontaktperson:\nAnna Andersson, Statistiska centralbyrån\n010-174 06 35\nanna.andersson@example.se\n";
    let read = read("statistik.csv", &format!("Orosanmälningar i kommunen, antal\n{text}"), &[]);
    for planted in ["Anna Andersson", "174 06", "anna.andersson"] {
        assert!(!told(&read).contains(planted), "{planted}");
    }
    assert!(read.person_data);
    assert!(!persons::find_exact("199001019802").is_empty());
}

/// Cells of real files that are prose: how many cells, and how many of them are found to hold something.
#[test]
fn false_alarms_in_real_texts_are_rare() {
    let Some(events) = real_file("polisen-events/events-2026-08-22.json") else { return };
    let events: serde_json::Value = serde_json::from_slice(&std::fs::read(events).unwrap()).unwrap();
    let mut texts: Vec<String> = Vec::new();
    for event in events.as_array().unwrap() {
        texts.extend([
            event["summary"].as_str().unwrap_or_default().to_owned(),
            event["location"]["name"].as_str().unwrap_or_default().to_owned(),
        ]);
    }
    report("polisen-events", &texts);
    for name in [
        "reference/Metadata_Kolada.csv",
        "survey-vasby/data.csv",
        "police-permits/A466.302-2024.csv",
        "stockholm-arsbok/../skolverket/Grundskolan - Antal elever per årskurs 2010 Skolenhet.csv",
    ] {
        let Some(path) = real_file(name) else { return };
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let delimiter = if text.lines().next().unwrap_or_default().contains(';') { ';' } else { ',' };
        report(
            name,
            &text.lines().flat_map(|line| line.split(delimiter)).map(|cell| cell.trim_matches('"').to_owned()).collect::<Vec<_>>(),
        );
    }
}

fn report(name: &str, texts: &[String]) {
    let cells = texts.iter().filter(|text| text.split_whitespace().count() > 1).count();
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut hit = 0;
    for text in texts {
        let finds = persons::find(text);
        hit += usize::from(!finds.is_empty());
        finds.iter().for_each(|find| kinds.entry(find.kind.word()).or_default().push(text[find.start..find.end].to_owned()));
    }
    println!("{name}: {hit} of {cells} cells of words");
    for (kind, mut found) in kinds {
        let count = found.len();
        found.sort();
        found.dedup();
        println!("  {kind}: {count}: {}", found.iter().take(60).cloned().collect::<Vec<_>>().join(" | "));
    }
}

/// Words through every door where free text comes in; none of it has a person in it, so all of it is stored.
const WORDS: [&str; 4] = ["gräsklipparkuppen", "giraffparken", "Fyrbåken", "skottkärra"];

#[test]
fn free_text_reaches_neither_documents_nor_the_wall_nor_excerpts() {
    use lagesbild::api::{commands, dispatch};
    use lagesbild::context::Context;
    use lagesbild::file::LagesbildFile;
    use serde_json::{Value, json};
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let mut file = LagesbildFile::create(&path("bild.lagesbild"), "test", Context::fixed("2026-03-09".parse().unwrap())).unwrap();
    commands::found(&mut file, &["Åsele".to_owned()]).unwrap();
    let mut call = |command: &str, request: Value| dispatch(&mut file, command, request).unwrap_or_else(|e| panic!("{command}: {e}")).value;
    let rows: String = (1..20)
        .map(|day| format!("2024-03-{day:02};Torget;Skadegörelse;gräsklipparkuppen igen;Någon bar en skottkärra över hela torget\n"))
        .collect();
    std::fs::write(path("rapporter.csv"), format!("Datum;Plats;Kategori;Beskrivning;Uppföljning\n{rows}")).unwrap();
    let mut survey = "Tidstämpel;Hur trygg eller otrygg känner du dig?;Hur stort problem är skadegörelse?;Något mer?\n".to_owned();
    for i in 0..30 {
        let (safe, problem) = (["Mycket trygg", "Mycket otrygg"][i % 2], ["Stort problem", "Inget problem"][i % 2]);
        survey.push_str(&format!("2024-05-{:02} 10:00;{safe};{problem};Gör något åt giraffparken och Fyrbåken nummer {i}\n", i + 1));
    }
    std::fs::write(path("enkat.csv"), survey).unwrap();
    for name in ["rapporter.csv", "enkat.csv"] {
        let report = call("import", json!({ "path": path(name) }));
        assert!(report["added"].as_u64() > Some(0), "{report}");
    }
    let stored = std::fs::read(path("bild.lagesbild")).unwrap();
    assert!(stored.windows(17).any(|window| window == "gräsklipparkuppen".as_bytes().get(..17).unwrap()), "the texts are in the file");
    let problem = call("add_problem", json!({ "title": "Skadegörelse", "theme": "skadegorelse" }))["id"].clone();
    let reports = json!({ "measure": { "kind": "reports", "categories": ["Skadegörelse"], "place": null }, "area": "Åsele" });
    call("pin_figure", json!({ "problem": problem, "question": reports }));
    call(
        "decide",
        json!({ "id": "", "problem": problem, "outcome": "prioritised", "reason": "Det är mest av det.", "reservations": "", "present": "", "date": "2026-03-09" }),
    );
    let silent = |what: &str, text: &str| WORDS.iter().for_each(|word| assert!(!text.contains(word), "{word} in {what}"));
    // The wall is drawn from these two answers and nothing else; the excerpts are what walking a figure back shows.
    silent("the wall", &call("priorities", json!({})).to_string());
    silent("the overview", &call("overview", json!({})).to_string());
    silent("an excerpt", &call("trace", json!({ "figure": "1" })).to_string());
    let cells = call("cells", json!({ "source": 1, "sheet": "", "row": 3, "last_row": 9, "column": "A" }));
    silent("cells", &cells.to_string());
    assert!(cells.to_string().contains("Torget") && cells.to_string().contains("(fritext)"));
    for kind in ["picture", "plan", "agreement", "promises", "minutes"] {
        for ending in ["html", "docx", "pdf"] {
            let out = path(&format!("{kind}.{ending}"));
            let made = dispatch(&mut file, "document", json!({ "kind": kind, "path": out }));
            if made.is_ok() {
                silent(kind, &written(&out, ending));
            }
        }
    }
    assert!(path("picture.html").is_file() && path("minutes.docx").is_file() && path("picture.pdf").is_file());
}

/// A document's words: a web page as it is, a Word file's parts unpacked, a PDF as the reader outside finds them.
fn written(path: &std::path::Path, ending: &str) -> String {
    match ending {
        "docx" => {
            let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
            let mut all = String::new();
            for index in 0..archive.len() {
                let mut bytes = Vec::new();
                std::io::Read::read_to_end(&mut archive.by_index(index).unwrap(), &mut bytes).unwrap();
                all.push_str(&String::from_utf8_lossy(&bytes));
            }
            all
        }
        "pdf" => crate::outside::read_with("pdftotext", &[path.to_str().unwrap(), "-"]).unwrap_or_default(),
        _ => std::fs::read_to_string(path).unwrap(),
    }
}

#[test]
fn wordings_that_come_back_are_categories_and_no_names() {
    let rows: String =
        (1..25).map(|day| format!("2024-03-{day:02};Torget;Bråk;Rapport från Gustaf Wasaklubben Fyren om kvällen\n")).collect();
    let read = read("rapporter.csv", &format!("Datum;Plats;Kategori;Beskrivning\n{rows}"), &[]);
    assert!(read.description.doubts.is_empty() && read.rejections.is_empty());
    assert_eq!(read.batch.reports.len(), 24);
}
