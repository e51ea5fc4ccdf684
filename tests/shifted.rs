//! A row with a stray separator is never read as if its cells stood in their columns, whatever kind of file it is in.

use lagesbild::import::{Answers, Inspected, inspect};
use lagesbild::reference::Known;

fn read(name: &str, text: &str, given: &[(&str, &str)]) -> Inspected {
    let answers: Answers = given.iter().map(|(id, choice)| ((*id).to_owned(), (*choice).to_owned())).collect();
    let read = inspect(name, text.as_bytes(), &Known::default(), &answers).unwrap_or_else(|error| panic!("{error}"));
    assert!(read.tally.adds_up(), "{:?}", read.tally);
    assert_eq!(read.tally.rejected as usize, read.rejections.len());
    read
}

/// Twenty rows, the eleventh with a separator too many after its first field.
fn rows(row: impl Fn(usize) -> String) -> String {
    let moved = |index: usize, row: String| if index == 10 { row.replacen(';', ";;", 1) } else { row };
    (0..20).map(|index| moved(index, row(index)) + "\n").collect()
}

/// The row is told where it stands, and refused whole.
fn is_told(read: &Inspected) {
    let told: Vec<_> = read.rejections.iter().map(|r| (r.row, r.column.as_str(), r.reason.as_str())).collect();
    assert_eq!(told, [(12, "A", "raden har fel antal fält")]);
    let warned = read.warnings.iter().find(|w| w.message.contains("fält")).expect("a warning");
    assert_eq!(warned.place.as_ref().and_then(|place| place.row), Some(12));
}

#[test]
fn in_field_reports() {
    let text = rows(|i| format!("2024-03-{:02};Torget;Skadegörelse;Krossad ruta {i}", i + 1));
    let read = read("rapporter.csv", &format!("Datum;Plats;Kategori;Beskrivning\n{text}"), &[]);
    assert_eq!((read.description.recipe.as_str(), read.batch.reports.len()), ("field_reports", 19));
    assert!(read.batch.reports.iter().all(|report| report.category == "Skadegörelse" && report.row != 11));
    is_told(&read);
}

#[test]
fn in_lists_of_events() {
    let text = rows(|i| format!("0301;2024-03-{:02};Åsele;Stöld", i + 1));
    let read = read("brott.csv", &format!("Brottskod;Brottsdatum;Kommun;Brottstyp\n{text}"), &[]);
    assert_eq!((read.description.recipe.as_str(), read.batch.events.len()), ("events", 19));
    is_told(&read);
}

#[test]
fn in_surveys_where_the_respondent_is_not_counted_either() {
    let text = rows(|i| format!("2024-05-{:02} 10:00;{};{}", i + 1, ["Ganska trygg", "Mycket otrygg"][i % 2], ["Ja", "Nej"][i % 2]));
    let read = read("enkat.csv", &format!("Tidstämpel;Hur trygg känner du dig?;Har du barn?\n{text}"), &[]);
    let survey = read.batch.survey.as_ref().unwrap();
    assert_eq!(survey.respondents.len(), 19);
    assert_eq!(survey.questions[1].options.len(), 2, "what stands in the wrong column is no choice: {:?}", survey.questions[1]);
    is_told(&read);
}

#[test]
fn a_list_without_a_place_can_be_about_a_part_of_a_municipality() {
    let text = rows(|i| format!("0301 2024-03-{:02}", i + 1)).replace(' ', ";");
    let list = format!("Brottskod;Brottsdatum;Plats\n{}", text.lines().map(|line| format!("{line};Torget\n")).collect::<String>());
    let named = |answer: &str| {
        let read = read("brott.csv", &list, &[("area", answer)]);
        let area = read.batch.events.first().and_then(|event| event.area).map(|index| read.batch.areas[index as usize].name.clone());
        (area, read.description.doubts.iter().find(|doubt| doubt.id == "area").and_then(|doubt| doubt.answer.clone()))
    };
    let own = "Biskopsgården, Göteborg".to_owned();
    assert_eq!(named("Biskopsgården, Göteborg"), (Some(own.clone()), Some(own)));
    assert_eq!(named("Spanien, utlandet").0.as_deref(), Some("Spanien"));
    assert_eq!(named("Biskopsgården"), (None, None), "nobody could find it again");
}
