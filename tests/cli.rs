//! The command line as people and scripts meet it: the real program, its exit codes, its words.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/example/files");

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_lagesbild"))
}

fn run(words: &[&str]) -> Output {
    program().args(words).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> String {
        self.dir.path().join(name).to_string_lossy().into_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.dir.path().join(name), text).unwrap();
        self.path(name)
    }

    fn file(&self) -> String {
        let path = self.path("prov.lagesbild");
        assert_eq!(code(&run(&["new", &path, "--municipality", "Åsele"])), 0);
        path
    }

    fn example(&self) -> String {
        let written = said(&run(&["example", &self.path("ovning")]));
        written.lines().last().unwrap().to_owned()
    }
}

const POPULATION: &str = "region;ålder;år;Folkmängd\nÅsele;totalt ålder;2023;2790\nÅsele;totalt ålder;2024;2769\n";

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let desk = Desk::new();
    let (file, bad, good) = (desk.file(), desk.write("tom.csv", ""), desk.write("folk.csv", POPULATION));
    let done = run(&["import", &file, &bad, &good, "--json"]);
    let lines: Vec<Value> = said(&done).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((code(&done), lines.len()), (2, 2), "{}", said(&done));
    assert_eq!((lines[0]["file"].as_str(), lines[0]["error"]["code"].as_str()), (Some(bad.as_str()), Some("unreadable_file")));
    assert_eq!(lines[1]["added"], 2);
    let people = run(&["import", &file, &bad, &good]);
    assert!(complained(&people).contains("tom.csv") && said(&people).contains("folk.csv"), "{people:?}");
    assert!(said(&run(&["import", "--help"])).contains("{\"file\": …, \"error\": …}"));
}

#[test]
fn only_doubts_is_one() {
    let desk = Desk::new();
    let (file, good) = (desk.file(), desk.write("folk.csv", POPULATION));
    let open = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/import/arsfil-utan-rubrik-2021.csv");
    assert_eq!(code(&run(&["import", &file, open, &good])), 1, "a file that is done does not hide one that asks");
}

#[test]
fn an_answer_to_no_question_is_refused() {
    let desk = Desk::new();
    let (file, data) = (desk.file(), desk.write("folk.csv", POPULATION));
    let refused = run(&["import", &file, &data, "--answer", "nonsens=1"]);
    assert_eq!(code(&refused), 2);
    assert!(complained(&refused).contains("”nonsens”") && complained(&refused).contains("inga frågor"), "{}", complained(&refused));
    assert_eq!(code(&run(&["import", &file, &data, "--answer", "year=2024"])), 0, "an answer that other files need does no harm");
}

#[test]
fn rows_end_quietly_and_know_their_sources() {
    let desk = Desk::new();
    let file = desk.example();
    let mut rows = program().args(["rows", &file]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(rows.stdout.take());
    let done = rows.wait_with_output().unwrap();
    assert_eq!((code(&done), complained(&done).as_str()), (0, ""));
    let gone = run(&["rows", &file, "--source", "99", "--json"]);
    assert_eq!(code(&gone), 2);
    assert!(said(&gone).contains("not_found") && complained(&gone).contains("Underlag 99 finns inte"), "{gone:?}");
    assert!(said(&run(&["rows", &file, "--source", "1"])).lines().count() > 10);
}

#[test]
fn words_of_a_fixed_set_are_refused_in_swedish() {
    for (words, told) in [
        (
            &["import", "x", "y", "--perspective", "grannen"][..],
            "”grannen” går inte som --perspective <PERSPEKTIV>. Välj municipality, police, residents eller reference.",
        ),
        (&["import", "x", "y", "--kind", "rykte"], "fältrapporter"),
        (&["ask", "x", "--indicator", "a", "--area", "b", "--compare", "grannen"], "Välj county eller country."),
        (&["document", "x", "dikt", "--out", "d.pdf"], "Välj picture, plan, agreement, promises eller minutes."),
        (&["rows", "x", "--source", "sju"], "”sju” går inte som --source <NUMMER>."),
        (&["tolka"], "Kommandot ”tolka” finns inte."),
        (&["sources"], "Det här saknas: <FIL>."),
        (&["import", "x"], "Det här saknas: <DATA>."),
        (&["new"], "Det här saknas: --municipality <KOMMUN> och <FIL>."),
        (&["sources", "x", "--hemligt"], "Argumentet ”--hemligt” finns inte."),
        (&["rows", "x", "--source"], "--source <NUMMER> behöver ett värde."),
    ] {
        let refused = run(words);
        assert_eq!(code(&refused), 2, "{words:?}");
        let told = told.replace("fältrapporter", "field_reports");
        assert!(complained(&refused).contains(&told), "{words:?}: {}", complained(&refused));
        no_english(&complained(&refused));
    }
    let json = run(&["document", "x", "dikt", "--out", "d.pdf", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&said(&json)).unwrap()["error"]["code"], "not_allowed");
}

fn no_english(text: &str) {
    for word in [
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "Print",
        "possible values",
        "default",
        "error:",
        "required",
        "invalid",
        "[OPTIONS]",
        "For more",
    ] {
        assert!(!text.contains(word), "”{word}” in\n{text}");
    }
}

#[test]
fn the_help_is_swedish_and_tells_every_argument() {
    let all = said(&run(&["--help"]));
    no_english(&all);
    for heading in ["Användning: lagesbild <KOMMANDO>", "\nKommandon:\n", "\nVal:\n", "-h, --help", "-V, --version"] {
        assert!(all.contains(heading), "{heading} in\n{all}");
    }
    assert!(said(&run(&["--version"])).starts_with("lagesbild "));
    let verbs: Vec<&str> = all.lines().skip_while(|l| *l != "Kommandon:").skip(1).map_while(|l| l.split_whitespace().next()).collect();
    assert!(verbs.len() > 12, "{verbs:?}");
    for verb in verbs {
        let told = said(&run(&[verb, "-h"]));
        no_english(&told);
        assert!(told.contains(&format!("Användning: lagesbild {verb} <")) && told.contains("\nArgument:\n"), "{told}");
        for line in told.lines().filter(|l| l.starts_with("  ")) {
            let words: Vec<&str> = line.trim().splitn(2, "  ").collect();
            assert!(words.len() == 2 && !words[1].trim().is_empty(), "{verb}: an argument without a help text: {line}\n{told}");
        }
    }
}

#[test]
fn people_read_swedish() {
    let desk = Desk::new();
    let file = desk.example();
    let sources = said(&run(&["sources", &file]));
    assert!(sources.contains("  Polis  ") && sources.contains("  Invånare  ") && !sources.contains("police"), "{sources}");
    let population = Path::new(EXAMPLES).join("Folkmängd övningsdata.csv").to_string_lossy().into_owned();
    let alone = run(&["inspect", &population]);
    assert!(said(&alone).contains(": statistik, statistik med en rad per område och år"), "{}", said(&alone));
    assert!(said(&alone).contains("namn som inte är kommuner eller län"), "{}", said(&alone));
    let within = run(&["inspect", &population, "--file", &file]);
    assert_eq!(code(&within), 0);
    assert!(!said(&within).contains("namn som inte är kommuner"), "{}", said(&within));
    let cells = said(&run(&["inspect", &population, "--cells"]));
    assert!(cells.contains("     1 | region | ålder | år | Folkmängd\n     2 | Riket | totalt ålder | 2016 | 10000000\n"), "{cells}");
    let history = said(&run(&["history", &file]));
    assert!(history.contains("  Lägg till målet ”") && history.contains("  Lägg till fokusområdet "), "{history}");
    for line in history.lines() {
        let at: String = line.chars().take(18).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        assert_eq!(at, "0000-00-00 00:00  ", "{line}");
    }
}

#[test]
fn a_trace_shows_both_ends_and_no_respondent() {
    let desk = Desk::new();
    let file = desk.example();
    let (mut series, mut surveys) = (0, 0);
    for number in 1..30 {
        let number = number.to_string();
        let told = run(&["trace", &file, &number, "--json"]);
        if code(&told) != 0 {
            break;
        }
        let trace: Value = serde_json::from_str(&said(&told)).unwrap();
        let people = said(&run(&["trace", &file, &number]));
        assert!(!people.contains("””"), "{people}");
        for c in trace["contexts"].as_array().unwrap().iter().filter(|c| c["row"] == c["last_row"]) {
            assert!(!people.contains(&format!("rad {0}–{0}", c["row"])), "{people}");
        }
        let points = trace["figure"]["answer"]["points"].as_array().unwrap();
        let (first, last) = (&points[0]["cells"][0], &points[points.len() - 1]["cells"][0]);
        let contexts = trace["contexts"].as_array().unwrap();
        match trace["figure"]["question"]["measure"]["kind"].as_str().unwrap() {
            "survey_share" => {
                surveys += 1;
                for c in contexts {
                    assert_eq!(c["columns"], serde_json::json!([c["column"]]), "only the question's own column");
                    assert!(c["rows"].as_array().unwrap().iter().all(|r| r["cells"].as_array().unwrap().len() == 1));
                }
            }
            "series" => {
                series += 1;
                for end in [first, last] {
                    let found =
                        contexts.iter().any(|c| c["row"] == end["row"] && c["column"] == end["column"] && c["source"] == end["source"]);
                    assert!(found, "{end} is not among the cells of figure {number}");
                    assert!(people.contains(&format!("rad {}, kolumn {}", end["row"], end["column"].as_str().unwrap())), "{people}");
                }
            }
            _ => {}
        }
    }
    assert!(series > 0 && surveys > 0, "{series} series and {surveys} surveys among the pinned figures");
}

#[test]
fn what_has_no_public_version_is_refused() {
    let desk = Desk::new();
    let file = desk.example();
    for (kind, told) in [("agreement", "överenskommelsen"), ("plan", "åtgärdsplanen"), ("minutes", "minnesanteckningarna")] {
        let out: PathBuf = desk.dir.path().join(format!("{kind}.html"));
        let refused = run(&["document", &file, kind, "--public", "--out", &out.to_string_lossy()]);
        assert_eq!(code(&refused), 2);
        assert!(complained(&refused).contains(&format!("Det finns ingen offentlig version av {told}.")), "{}", complained(&refused));
        assert!(!out.exists());
    }
    let out = desk.path("bild.html");
    assert_eq!(code(&run(&["document", &file, "picture", "--public", "--out", &out])), 0);
}
