//! Rensa: what is purged is nowhere in the file's bytes, and what quarantine holds back never was.

use lagesbild::api::{commands, dispatch};
use lagesbild::context::Context;
use lagesbild::file::LagesbildFile;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

struct Desk {
    dir: tempfile::TempDir,
    file: Option<LagesbildFile>,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let context = Context::fixed("2026-03-09".parse().unwrap());
        let mut file = LagesbildFile::create(&dir.path().join("bild.lagesbild"), "test", context).unwrap();
        commands::found(&mut file, &["Åsele".to_owned()]).unwrap();
        Self { dir, file: Some(file) }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("bild.lagesbild")
    }

    fn call(&mut self, command: &str, request: Value) -> Value {
        dispatch(self.file.as_mut().unwrap(), command, request).unwrap_or_else(|e| panic!("{command}: {e}")).value
    }

    fn import(&mut self, name: &str, text: &str, answers: Value) -> Value {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        let report = self.call("import", json!({ "path": path, "answers": answers }));
        std::fs::remove_file(path).unwrap();
        report
    }

    /// Bytes of everything in the folder once the file is closed.
    fn bytes(&mut self) -> Vec<u8> {
        self.file = None;
        std::fs::read_dir(self.dir.path()).unwrap().flatten().flat_map(|f| std::fs::read(f.path()).unwrap()).collect()
    }
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// In UTF-8, in UTF-16 both ways, or in a deflated block of a grid.
fn stands_in(path: &Path, bytes: &[u8], text: &str) -> bool {
    let wide: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    [text.as_bytes(), &little, &big].iter().any(|needle| holds(bytes, needle)) || packed(path).iter().any(|block| block.contains(text))
}

/// Every grid block, unpacked.
fn packed(path: &Path) -> Vec<String> {
    blocks(path).iter().map(|data| unpacked(data)).collect()
}

fn blocks(path: &Path) -> Vec<Vec<u8>> {
    let conn = rusqlite::Connection::open(path).unwrap();
    let mut statement = conn.prepare("SELECT data FROM grid_block").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(|data| data.unwrap()).collect()
}

fn unpacked(data: &[u8]) -> String {
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::DeflateDecoder::new(data), &mut text).unwrap();
    text
}

const STATISTICS: &str = "Region;Brott;År;Period;Antal;/100 000 inv
Åsele;Kvarnvasslan;År;2022;12;430
Åsele;Kvarnvasslan;År;2023;trasselcell;390
";
const REPORTS: &str =
    "Datum;Plats;Kategori;Beskrivning\n2024-03-05;Lyktstolpsbacken;Vindfällesbus;Någon välte sjutton gräsklippare i natt\n";

fn survey() -> String {
    let mut text = "Tidstämpel;Hur trygg är du vid dammluckan?;Något mer?\n".to_owned();
    for i in 0..20 {
        let more = if i == 7 { "Sätt en giraff vid dammluckan så blir det lugnt" } else { "" };
        text.push_str(&format!("2024-05-{:02} 10:00;{};{more}\n", i + 1, ["Trygg", "Otrygg"][i % 2]));
    }
    text
}

/// One distinctive string through each door.
const TRACES: [&str; 9] = [
    "Kvarnvasslan",
    "trasselcell",
    "Lyktstolpsbacken",
    "Vindfällesbus",
    "gräsklippare",
    "dammluckan",
    "giraff",
    "vasslefilen",
    "plåtfilen",
];

#[test]
fn a_purged_source_is_nowhere_in_the_bytes() {
    let mut desk = Desk::new();
    let statistics = desk.import("vasslefilen.csv", STATISTICS, json!({ "confirm": "yes" }));
    desk.import("plåtfilen.csv", REPORTS, json!({}));
    desk.import("enkät vid dammluckan.csv", &survey(), json!({}));
    desk.import("kvar.csv", "region;år;Folkmängd\nÅsele;2023;2800\nÅsele;2024;2769\n", json!({}));
    // One is undone, one is taken away, two still count.
    desk.call("remove_source", json!({ "id": 2 }));
    let before = blocks(&desk.path());
    let kept = before.iter().filter(|block| unpacked(block).contains("Folkmängd")).count();
    assert_eq!((before.len(), kept), (4, 1));
    assert!(statistics["rejected"].as_u64() >= Some(1), "the cell that is no number is among the rejections");

    assert_eq!(desk.call("status", json!({}))["removed"], 1);
    let asked = desk.call("purge_removed", json!({ "dry_run": true }));
    assert_eq!((&asked["sources"], &asked["rows"]["field_report"]), (&json!(1), &json!(1)));
    assert_eq!(desk.call("status", json!({}))["removed"], 1, "a rehearsal removes nothing");
    assert_eq!(desk.call("purge_removed", json!({}))["rows"], asked["rows"]);
    for id in [1, 3] {
        let gone = desk.call("purge_source", json!({ "id": id }));
        assert!(gone["rows"]["grid_block"].as_u64() >= Some(1), "{gone}");
    }
    assert_eq!(desk.call("undo", json!({}))["label"], Value::Null, "nothing before it can be undone");
    assert_eq!(desk.call("check", json!({}))["sound"], true);
    assert_eq!(desk.call("sources", json!({})).as_array().unwrap().len(), 1);
    let path = desk.path();
    let bytes = desk.bytes();
    for trace in TRACES {
        assert!(!stands_in(&path, &bytes, trace), "{trace} is still there");
    }
    for block in before.iter().filter(|block| !unpacked(block).contains("Folkmängd")) {
        assert!(!holds(&bytes, &block[..block.len().min(24)]), "a packed block is still there");
    }
    assert!(packed(&path).iter().any(|block| block.contains("Folkmängd")), "other sources stay");
}

#[test]
fn the_traces_are_really_there_before() {
    let mut desk = Desk::new();
    desk.import("vasslefilen.csv", STATISTICS, json!({ "confirm": "yes" }));
    desk.import("plåtfilen.csv", REPORTS, json!({}));
    desk.import("enkät vid dammluckan.csv", &survey(), json!({}));
    let path = desk.path();
    let bytes = desk.bytes();
    for trace in TRACES {
        assert!(stands_in(&path, &bytes, trace), "{trace} would prove nothing");
    }
}

#[test]
fn a_figure_keeps_its_numbers_and_loses_the_file() {
    let mut desk = Desk::new();
    desk.import("plåtfilen.csv", REPORTS, json!({}));
    let problem = desk.call("add_problem", json!({ "title": "Bus" }))["id"].clone();
    let question = json!({ "measure": { "kind": "reports", "categories": ["Vindfällesbus"], "place": null }, "area": "Åsele" });
    desk.call("pin_figure", json!({ "problem": problem, "question": question }));
    let gone = desk.call("purge_source", json!({ "id": 1 }));
    assert_eq!(gone["figures"], 1);
    let trace = desk.call("trace", json!({ "figure": "1" }));
    assert_eq!(trace["figure"]["withdrawn"], true);
    assert_eq!(trace["figure"]["answer"]["points"][0]["value"], 1.0);
    assert_eq!(trace["contexts"].as_array().unwrap().len(), 0);
    assert_eq!(trace["figure"]["answer"]["sources"][0], "rensat underlag");
    let asked = dispatch(desk.file.as_mut().unwrap(), "cells", json!({ "source": 1, "sheet": "", "row": 2, "last_row": 2, "column": "A" }));
    assert!(asked.unwrap_err().message.contains("rensat"));
    // The number is never used again: a new source cannot take the place of a purged one in old figures.
    desk.import("ny.csv", REPORTS, json!({}));
    assert_eq!(desk.call("sources", json!({}))[0]["id"], 2);
    assert_eq!(desk.call("trace", json!({ "figure": "1" }))["figure"]["withdrawn"], true);
    let again = dispatch(desk.file.as_mut().unwrap(), "purge_source", json!({ "id": 1 }));
    assert!(again.is_err(), "gone is gone");
    let path = desk.path();
    let bytes = desk.bytes();
    assert!(!stands_in(&path, &bytes, "plåtfilen"));
}

#[test]
fn copies_beside_the_file_are_named() {
    let mut desk = Desk::new();
    let copy = desk.dir.path().join("bild.före-version-3.lagesbild");
    std::fs::write(&copy, "en kopia").unwrap();
    desk.import("plåtfilen.csv", REPORTS, json!({}));
    let report = desk.call("purge_source", json!({ "id": 1, "dry_run": true }));
    assert_eq!(report["copies"], json!([copy]));
}

#[test]
fn sources_that_are_due_are_told() {
    let mut desk = Desk::new();
    desk.import("plåtfilen.csv", REPORTS, json!({}));
    assert_eq!(desk.call("status", json!({}))["due"], json!([]));
    desk.file = None;
    let conn = rusqlite::Connection::open(desk.path()).unwrap();
    conn.execute("UPDATE source SET remove_by = '2026-03-09'", []).unwrap();
    drop(conn);
    desk.file = Some(LagesbildFile::open(&desk.path(), "test", Context::fixed("2026-03-09".parse().unwrap())).unwrap());
    assert_eq!(desk.call("status", json!({}))["due"], json!([1]));
}

/// Numbers that are made up: a phone, an address to write to, a vehicle, and an identity number with a right check digit.
fn planted() -> impl Strategy<Value = String> {
    let phone = (0u32..10_000_000, 0usize..3).prop_map(|(number, form)| {
        let digits = format!("{number:07}");
        match form {
            0 => format!("070-{} {} {}", &digits[..3], &digits[3..5], &digits[5..]),
            1 => format!("+4670{digits}"),
            _ => format!("073{digits}"),
        }
    });
    let email = "[a-z]{3,9}\\.[a-z]{3,9}@[a-z]{3,9}\\.(se|org|nu)";
    let vehicle = "[ABCDEFGHJKLMNOPRSTUWXYZ]{3}[0-9]{2}[0-9ABCDEFGHJKLMNPRSTUWXYZ]";
    let identity = (1940u32..2010, 1u32..13, 1u32..29, 0u32..1000).prop_map(|(year, month, day, number)| {
        let digits = format!("{:02}{month:02}{day:02}{number:03}", year % 100);
        let sum: u32 = digits.bytes().enumerate().map(|(i, d)| u32::from(d - b'0') * (2 - i as u32 % 2)).map(|n| n / 10 + n % 10).sum();
        format!("{year:04}{}-{}{}", &digits[2..6], &digits[6..], (10 - sum % 10) % 10)
    });
    prop_oneof![phone, email.prop_map(String::from), vehicle.prop_map(String::from), identity]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_planted_is_never_in_the_file(
        planted in proptest::collection::vec(planted(), 1..5),
        before in "[a-zåäö]{2,9} [a-zåäö]{2,9}",
        after in "[a-zåäö]{2,9}, [a-zåäö]{2,9}[.!?]",
        choice in 0usize..4,
        undone in any::<bool>(),
    ) {
        let mut desk = Desk::new();
        let rows: String =
            planted.iter().map(|number| format!("2024-03-05;Torget;Bråk;\"Vi såg {before} {number} {after}\";\"{number}\"\n")).collect();
        let text = format!("Datum;Plats;Kategori;Beskrivning;Övrigt\n{rows}2024-03-06;Torget;Bråk;Lugnt och fint den kvällen;inget\n");
        let answers = match choice {
            0 => json!({}),
            1 => json!({ "persons:1:D": "mask", "persons:1:E": "mask" }),
            2 => json!({ "persons:1:D": "drop", "persons:1:E": "drop" }),
            _ => json!({ "persons:1:D": "mask" }),
        };
        let report = desk.import("rapporter.csv", &text, answers);
        prop_assert_eq!(report["read_rows"].as_u64(), Some(planted.len() as u64 + 1));
        if undone {
            desk.call("undo", json!({}));
        }
        let path = desk.path();
        let bytes = desk.bytes();
        for number in &planted {
            prop_assert!(!stands_in(&path, &bytes, number), "{number} with choice {choice}");
        }
    }
}
