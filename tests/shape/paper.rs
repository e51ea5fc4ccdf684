//! What the documents say, held against the code: every table, column, query, word and command.

use super::none;
use super::scan::{root, sources, text_of, words};
use lagesbild::context::Context;
use lagesbild::file::LagesbildFile;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

const FORMAT: &str = "docs/file-format.md";

/// An empty file of the newest version, as the program makes it.
fn empty_file() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tom.lagesbild");
    let context = Context::fixed(chrono::NaiveDate::from_ymd_opt(2026, 3, 9).unwrap());
    drop(LagesbildFile::create(&path, "test", context).unwrap());
    let conn = Connection::open(&path).unwrap();
    (folder, conn)
}

/// Table or view → its columns.
fn schema(conn: &Connection) -> BTreeMap<String, BTreeSet<String>> {
    let mut statement = conn
        .prepare("SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%'")
        .unwrap();
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap() {
        let (table, column): (String, String) = row.unwrap();
        tables.entry(table).or_default().insert(column);
    }
    tables
}

/// What the document describes: a heading "### `table`" and below it lines "| `column` | …".
fn described(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = None;
    for line in text.lines() {
        if line.starts_with('#') {
            current = line.strip_prefix("### `").and_then(|l| l.split('`').next()).map(str::to_owned);
            tables.extend(current.iter().map(|table| (table.clone(), BTreeSet::new())));
        }
        if let (Some(table), Some(cell)) = (&current, line.strip_prefix("| `")) {
            tables.entry(table.clone()).or_default().insert(cell.split('`').next().unwrap_or_default().to_owned());
        }
    }
    tables
}

#[test]
fn the_file_format_names_every_table_and_column() {
    let (_folder, conn) = empty_file();
    let (real, told) = (schema(&conn), described(&text_of(FORMAT)));
    let nothing = BTreeSet::new();
    let mut faults = Vec::new();
    for (table, columns) in &real {
        if !told.contains_key(table) {
            faults.push(format!("{table}: has no heading ### `{table}`"));
            continue;
        }
        let said = told.get(table).unwrap_or(&nothing);
        faults.extend(columns.difference(said).map(|c| format!("{table}.{c}: is not explained")));
        faults.extend(said.difference(columns).map(|c| format!("{table}.{c}: does not exist in the file")));
    }
    faults.extend(told.keys().filter(|t| !real.contains_key(*t)).map(|t| format!("{t}: does not exist in the file")));
    none(faults, "docs/file-format.md and src/store/migrations must say the same. Explain the column, or take away what is gone.");
}

/// The practice municipality, and one undertaking under the focus area of a decision, so that every query has something to find.
fn practice_file() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let today = || Context::fixed(chrono::NaiveDate::from_ymd_opt(2026, 3, 9).unwrap());
    let written = lagesbild::example::write(folder.path(), "test", &today).unwrap();
    let conn = Connection::open(written.last().unwrap()).unwrap();
    conn.execute_batch(
        "INSERT INTO focus_area (id, decision_id, name, position) SELECT 'område', id, 'Trygg station', 99 FROM decision LIMIT 1;
         INSERT INTO commitment (id, focus_area_id, text, position) VALUES ('åtagande', 'område', 'gå trygghetsvandring', 99);",
    )
    .unwrap();
    (folder, conn)
}

#[test]
fn the_queries_of_the_file_format_find_something() {
    let (_folder, conn) = practice_file();
    let text = text_of(FORMAT);
    let queries = fenced(&text, "sql");
    assert!(queries.len() >= 4, "{FORMAT} should show at least four queries, found {}", queries.len());
    let faults = queries.iter().filter_map(|sql| {
        let problem = match rows_of(&conn, sql) {
            Ok(0) => "finds nothing in the practice municipality".to_owned(),
            Ok(_) => return None,
            Err(error) => error.to_string(),
        };
        Some(format!("{sql}  → {problem}"))
    });
    none(faults.collect(), "A query in docs/file-format.md no longer works. Write it for the tables as they are.");
}

fn rows_of(conn: &Connection, sql: &str) -> rusqlite::Result<usize> {
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while rows.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

#[test]
fn the_file_format_tells_the_identity_that_files_have() {
    let (_folder, conn) = empty_file();
    let text = text_of(FORMAT);
    for pragma in ["application_id", "user_version"] {
        let value: i64 = conn.pragma_query_value(None, pragma, |r| r.get(0)).unwrap();
        let line = format!("`PRAGMA {pragma}` is {value}");
        assert!(text.contains(&line), "{FORMAT} should say: {line}");
    }
}

/// The fenced blocks of a language.
fn fenced(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in text.lines() {
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (None, Some(word)) => open = Some((word.trim() == language, String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take().filter(|(wanted, _)| *wanted).map(|(_, block)| block)),
            (Some((_, block)), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// The code words of the glossary, from its second column.
fn glossary_words() -> Vec<(usize, String)> {
    let text = text_of("GLOSSARY.md");
    let rows = text.lines().enumerate().filter(|(_, line)| line.starts_with('|'));
    rows.filter_map(|(at, line)| Some((at + 1, line.split('|').nth(2)?.to_owned())))
        .flat_map(|(at, cell)| cell.split('`').skip(1).step_by(2).map(|w| (at, w.to_owned())).collect::<Vec<_>>())
        .collect()
}

#[test]
fn the_words_of_the_glossary_are_used() {
    let used = glossary_words();
    assert!(used.len() > 40, "the second column of GLOSSARY.md holds only {} code words", used.len());
    let mut text: String = sources(&["src"]).iter().map(|s| s.code.clone() + "\n").collect();
    for script in std::fs::read_dir(root().join("src/store/migrations")).unwrap().flatten() {
        text.push_str(&std::fs::read_to_string(script.path()).unwrap());
    }
    let faults = used
        .iter()
        .filter(|(_, word)| words(&text, word).next().is_none())
        .map(|(line, word)| format!("GLOSSARY.md:{line} `{word}` is nowhere in src/"))
        .collect();
    none(faults, "Write the name that the code really uses, or move the row to the part on words without code.");
}

fn help(verb: Option<&str>) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_lagesbild")).args(verb).arg("--help").output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What follows `lagesbild` or `cargo xtask` in code of the README: a fenced line or a `backticked` piece.
fn commands(text: &str, program: &str) -> Vec<String> {
    let inline = text.split('`').skip(1).step_by(2).map(str::to_owned);
    let blocks = ["", "sh", "text"].iter().flat_map(|l| fenced(text, l)).flat_map(|b| b.lines().map(str::to_owned).collect::<Vec<_>>());
    let rest =
        |line: String| line.trim().strip_prefix(program)?.strip_prefix(' ').map(|l| l.split('#').next().unwrap_or("").trim().to_owned());
    blocks.chain(inline).filter_map(rest).filter(|l| !l.is_empty()).collect()
}

#[test]
fn the_commands_of_the_readme_exist() {
    let all = help(None);
    let verbs: BTreeSet<&str> = all.lines().skip_while(|l| *l != "Kommandon:").skip(1).map_while(|l| l.split_whitespace().next()).collect();
    assert!(verbs.len() > 5, "lagesbild --help lists only {verbs:?}");
    let shown = commands(&text_of("README.md"), "lagesbild");
    assert!(!shown.is_empty(), "README.md shows no command of lagesbild");
    let mut faults = Vec::new();
    for line in &shown {
        let verb = line.split_whitespace().next().unwrap_or_default();
        if verb.starts_with("--") && all.contains(verb) {
            continue;
        }
        if !verbs.contains(verb) {
            faults.push(format!("lagesbild {line}: there is no verb {verb}"));
            continue;
        }
        let told = help(Some(verb));
        let options = line.split_whitespace().map(|w| w.trim_start_matches('[')).filter(|w| w.starts_with("--"));
        faults.extend(options.filter(|o| !told.contains(*o)).map(|o| format!("lagesbild {line}: {verb} does not take {o}")));
    }
    none(faults, "README.md shows a command that `lagesbild --help` does not know. Change the README to what the program does.");
}

#[test]
fn the_chores_of_the_readme_exist() {
    let known = text_of("xtask/src/main.rs");
    let shown = commands(&text_of("README.md"), "cargo xtask");
    assert!(!shown.is_empty(), "README.md shows no cargo xtask command");
    let faults = shown
        .iter()
        .filter(|line| {
            let arms: Vec<String> = line.split_whitespace().map(|w| format!("\"{w}\"")).collect();
            !known.contains(&format!("[{}]", arms.join(", ")))
        })
        .map(|line| format!("cargo xtask {line}"))
        .collect();
    none(faults, "README.md shows a chore that xtask/src/main.rs does not know.");
}

#[test]
fn the_tokens_of_the_interface_are_those_of_the_core() {
    let same = text_of("ui/src/tokens.css") == lagesbild::look::tokens_css();
    assert!(same, "ui/src/tokens.css differs from look::tokens_css(). Run `cargo xtask types`; never edit that file by hand.");
}

#[test]
fn the_architecture_names_every_room() {
    let text = text_of("ARCHITECTURE.md");
    let rooms = std::fs::read_dir(root().join("src")).unwrap().flatten().filter(|e| e.path().is_dir());
    let faults = rooms
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|room| !text.contains(&format!("`{room}`")))
        .map(|room| format!("src/{room}"))
        .collect();
    none(faults, "ARCHITECTURE.md should say what the room is for and what it may use.");
}
