//! One function per verb.

use super::Outcome;
use super::args::{Arguments, Compare, Verb};
use super::print::{self, out};
use chrono::Utc;
use lagesbild::api::Session;
use lagesbild::context::Context;
use lagesbild::error::{Code, Error, Place, Result};
use lagesbild::import;
use lagesbild::picture::counts;
use lagesbild::picture::question::Question;
use lagesbild::picture::series;
use lagesbild::reference::Known;
use lagesbild::store::observations::{self, PATH_SEPARATOR};
use lagesbild::store::sources;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let json = arguments.json;
    match &arguments.verb {
        Verb::Inspect { data, cells, answers, file } => inspect(data, *cells, answers, file.as_deref(), json),
        Verb::New { file, municipalities } => new(file, municipalities, json),
        Verb::Import { file, data, .. } => import(file, data, &import_options(&arguments.verb)?, json),
        Verb::Sources { file } => simple(file, "sources", json!({}), json, print::sources),
        Verb::Recipes { file } => simple(file, "recipes", json!({}), json, print::recipes),
        Verb::Purge { file, source, dry_run } => {
            let (command, request) = match source {
                Some(id) => ("purge_source", json!({ "id": id, "dry_run": dry_run })),
                None => ("purge_removed", json!({ "dry_run": dry_run })),
            };
            simple(file, command, request, json, |v| print::purged(v, *dry_run))
        }
        Verb::Undo { file } => simple(file, "undo", json!({}), json, |v| print::undone("Ångrat", v)),
        Verb::Redo { file } => simple(file, "redo", json!({}), json, |v| print::undone("Gjort om", v)),
        Verb::History { file } => simple(file, "history", json!({}), json, print::history),
        Verb::Check { file } => check(file, json),
        Verb::Rows { file, source } => rows(file, *source),
        Verb::Ask { .. } => ask(&arguments.verb, json),
        Verb::Document { file, kind, public, municipality, out } => {
            let request = json!({ "kind": kind.word(), "public": public, "municipality": municipality, "path": out });
            simple(file, "document", request, json, print::document)
        }
        Verb::Trace { file, figure } => simple(file, "trace", json!({ "figure": figure }), json, print::trace),
        Verb::Example { dir } => example(dir, json),
        Verb::Call { file, command: Some(command), request } => call(file, command, request.as_deref()),
        Verb::Call { command: None, .. } => {
            out!("{}", lagesbild::api::typescript());
            Ok(Outcome::Done)
        }
    }
}

/// What an import is told, apart from the file.
fn import_options(verb: &Verb) -> Result<Value> {
    let Verb::Import { perspective, kind, answers, sent_out, owner, network, title, remove_by, dry_run, no_memory, .. } = verb else {
        return Ok(json!({}));
    };
    Ok(json!({
        "perspective": perspective.map(|p| p.word()),
        "kind": kind.map(|k| k.word()),
        "answers": pairs(answers)?,
        "sent_out": sent_out,
        "owner": owner,
        "network": network,
        "title": title,
        "remove_by": remove_by,
        "dry_run": dry_run,
        "no_memory": no_memory,
    }))
}

fn session() -> Session {
    let holder = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_else(|_| "kommandoraden".into());
    Session::new(|| Context::new(Utc::now, random), holder)
}

/// Ten random bytes; zeros if the system has none, which still gives ids that grow with time.
fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    let _ = getrandom::fill(&mut bytes);
    bytes
}

fn opened(file: &Path) -> Result<Session> {
    let mut session = session();
    session.open(file)?;
    Ok(session)
}

/// `ID=VAL` pairs.
fn pairs(answers: &[String]) -> Result<BTreeMap<String, String>> {
    let pair = |a: &String| {
        a.split_once('=')
            .map(|(id, choice)| (id.to_owned(), choice.to_owned()))
            .ok_or_else(|| Error::not_allowed(format!("Svaret ”{a}” ska skrivas ID=VAL.")))
    };
    answers.iter().map(pair).collect()
}

fn say(json: bool, value: &Value, words: impl FnOnce(&Value)) {
    if json { out!("{value}") } else { words(value) }
}

fn simple(file: &Path, command: &str, request: Value, json: bool, words: impl FnOnce(&Value)) -> Result<Outcome> {
    let reply = opened(file)?.call(command, request)?;
    say(json, &reply.value, words);
    Ok(Outcome::Done)
}

fn inspect(file: &Path, cells: bool, answers: &[String], within: Option<&Path>, json: bool) -> Result<Outcome> {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    if let Some(within) = within.filter(|_| !cells) {
        let reply = opened(within)?.call("inspect", json!({ "path": file, "answers": pairs(answers)? }))?;
        let value = &reply.value["description"];
        say(json, value, print::description);
        return Ok(doubts_or_done(&value["doubts"]));
    }
    let bytes =
        std::fs::read(file).map_err(|e| Error::new(Code::FileAccess, "Filen kunde inte läsas.").at(Place::file(&name)).detail(e))?;
    if cells {
        let value = import::cells_json(&name, &bytes, &pairs(answers)?)?;
        say(json, &value, print::grid);
        return Ok(doubts_or_done(&value["doubts"]));
    }
    let inspected = import::inspect(&name, &bytes, &Known { practice: &[] }, &pairs(answers)?)?;
    let value = serde_json::to_value(&inspected.description)?;
    say(json, &value, print::description);
    Ok(doubts_or_done(&value["doubts"]))
}

/// Unanswered doubts are what exit code 1 says.
fn doubts_or_done(doubts: &Value) -> Outcome {
    let open = doubts.as_array().is_some_and(|all| all.iter().any(|d| d["answer"].is_null()));
    if open { Outcome::Doubts } else { Outcome::Done }
}

fn new(file: &Path, municipalities: &[String], json: bool) -> Result<Outcome> {
    let mut session = session();
    session.create(file, municipalities)?;
    let reply = session.call("status", json!({}))?;
    say(json, &reply.value, print::status);
    Ok(Outcome::Done)
}

fn import(file: &Path, data: &[PathBuf], options: &Value, json: bool) -> Result<Outcome> {
    let mut session = opened(file)?;
    let mut outcome = Outcome::Done;
    for path in data {
        let mut request = options.clone();
        request["path"] = json!(path);
        match session.call("import", request) {
            Ok(reply) => {
                say(json, &reply.value, |v| print::report(&path.to_string_lossy(), v));
                let open = matches!(doubts_or_done(&reply.value["doubts"]), Outcome::Doubts);
                if open && matches!(outcome, Outcome::Done) {
                    outcome = Outcome::Doubts;
                }
            }
            Err(error) => {
                failed(path, &error, json);
                outcome = Outcome::Failed;
            }
        }
    }
    Ok(outcome)
}

/// One file of several that could not be read; the others are read all the same.
fn failed(path: &Path, error: &Error, json: bool) {
    if json {
        out!("{}", json!({ "file": path, "error": error }));
    }
    let named = error.place.as_ref().is_some_and(|p| p.file.is_some());
    if named { eprintln!("{error}") } else { eprintln!("{}: {error}", path.display()) }
}

fn check(file: &Path, json: bool) -> Result<Outcome> {
    let reply = opened(file)?.call("check", json!({}))?;
    say(json, &reply.value, print::checked);
    match reply.value["sound"].as_bool() {
        Some(true) => Ok(Outcome::Done),
        _ => Err(Error::new(Code::DamagedFile, "Filen är skadad.").hint("Öppna en säkerhetskopia.")),
    }
}

/// One object a line, streamed: a large file must not stand in memory twice.
fn rows(file: &Path, source: Option<u32>) -> Result<Outcome> {
    let mut session = opened(file)?;
    let conn = session.file()?.conn();
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    let mut names: BTreeMap<(u32, u32), String> = BTreeMap::new();
    if let Some(id) = source {
        sources::by_id(conn, id)?
            .ok_or_else(|| Error::not_found(&format!("Underlag {id}")).hint("Kör ”lagesbild sources” för att se numren."))?;
    }
    let mut reader_gone = false;
    let told = observations::each(conn, source, |o| {
        let sheet = match names.get(&(o.source, o.sheet)) {
            Some(name) => name.clone(),
            None => lagesbild::store::grid::sheet_name(conn, o.source, o.sheet)?,
        };
        names.entry((o.source, o.sheet)).or_insert_with(|| sheet.clone());
        writeln!(out, "{}", print::row(&o, &sheet)).map_err(|e| unwritten(e, &mut reader_gone))
    });
    let told = told.and_then(|()| {
        counts::each(conn, source, |row| writeln!(out, "{}", print::derived(row)).map_err(|e| unwritten(e, &mut reader_gone)))
    });
    match told.and_then(|_| out.flush().map_err(|e| unwritten(e, &mut reader_gone))) {
        Err(error) if !reader_gone => Err(error),
        _ => Ok(Outcome::Done),
    }
}

/// A reader that has had enough (`| head`) is no fault.
fn unwritten(error: std::io::Error, reader_gone: &mut bool) -> Error {
    *reader_gone |= error.kind() == std::io::ErrorKind::BrokenPipe;
    Error::internal("skriva raderna", error)
}

fn ask(verb: &Verb, json: bool) -> Result<Outcome> {
    let Verb::Ask { file, indicator, area, from, to, compare, unit } = verb else { return Ok(Outcome::Done) };
    let mut session = opened(file)?;
    let mut areas = vec![area.clone()];
    match compare {
        None => {}
        Some(Compare::Country) => areas.push("Hela landet".into()),
        Some(Compare::County) => areas.extend(county_of(area)),
    }
    let mut answers = Vec::new();
    for (index, area) in areas.iter().enumerate() {
        let question = find_series(&mut session, indicator, area, unit).map(|q| Question { from: *from, to: *to, ..q });
        match question.and_then(|q| session.call("ask", json!({ "question": q }))) {
            Ok(reply) => answers.push(reply.value),
            // The comparison is an extra: without it the answer itself still stands.
            Err(error) if index > 0 => eprintln!("Jämförelsen saknas: {error}"),
            Err(error) => return Err(error),
        }
    }
    say(json, &if answers.len() == 1 { answers.swap_remove(0) } else { json!(answers) }, print::answers);
    Ok(Outcome::Done)
}

fn county_of(municipality: &str) -> Option<String> {
    let code = lagesbild::reference::find(municipality)?.county;
    lagesbild::reference::counties().iter().find(|county| county.code == code).map(|county| county.name.to_owned())
}

/// The series whose path ends as asked; several is a question back.
fn find_series(session: &mut Session, indicator: &str, area: &str, unit: &str) -> Result<Question> {
    let conn = session.file()?.conn();
    let area = lagesbild::reference::find(area).map_or(area, |m| m.name);
    let wanted = indicator.to_lowercase();
    let known = observations::known_series(conn, area)?;
    let of_unit: Vec<_> = known.iter().filter(|k| k.unit == unit).collect();
    let exact: Vec<_> = of_unit.iter().filter(|k| k.indicator.to_lowercase() == wanted).collect();
    let last = |path: &str| path.rsplit(PATH_SEPARATOR).next().unwrap_or(path).to_lowercase();
    let ending: Vec<_> = of_unit.iter().filter(|k| last(&k.indicator) == wanted).collect();
    let within: Vec<_> = of_unit.iter().filter(|k| last(&k.indicator).contains(&wanted)).collect();
    match [exact, ending, within].into_iter().find(|found| !found.is_empty()).as_deref() {
        None => Err(Error::not_found(&format!("”{indicator}” ({unit}) för {area}")).hint("Kör ”lagesbild rows” för att se vad som finns.")),
        Some([one]) => Ok(series::question(one, area)),
        Some(several) => {
            let paths: Vec<String> = several.iter().map(|k| format!("{} ({}, {})", k.indicator, k.publisher, k.dataset)).collect();
            Err(Error::not_allowed(format!("”{indicator}” kan vara flera:\n  {}", paths.join("\n  "))).hint("Skriv hela sökvägen."))
        }
    }
}

fn example(dir: &Path, json: bool) -> Result<Outcome> {
    let written = session().example(dir)?;
    let paths: Vec<String> = written.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    say(json, &json!({ "written": paths }), |_| paths.iter().for_each(|p| out!("{p}")));
    Ok(Outcome::Done)
}

fn call(file: &Path, command: &str, request: Option<&str>) -> Result<Outcome> {
    let request = request
        .map_or(Ok(json!({})), serde_json::from_str)
        .map_err(|e| Error::not_allowed("Uppgifterna till kommandot är inte JSON.").detail(e))?;
    let reply = opened(file)?.call(command, request)?;
    out!("{}", reply.value);
    Ok(doubts_or_done(&reply.value["doubts"]))
}
