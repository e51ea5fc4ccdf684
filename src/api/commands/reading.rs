//! Commands of Underlag: how a file would be read, and reading it in; both run the same code with the same answers.

use super::super::Outcome;
use super::super::requests::*;
use super::memory::{self, Recalled};
use super::summary::summary;
use super::{practice_names, preview, revised};
use crate::error::{Code, Error, Place, Result};
use crate::file::{LagesbildFile, Op, Tx};
use crate::import::batch::Nowhere;
use crate::import::{self, Inspected};
use crate::progress::Stage;
use crate::reference::Known;
use crate::store::load::Load;
use crate::store::sources::{self as held, Source};
use crate::store::{events, reports, settings, surveys};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::path::Path;

/// Rejections kept with the source; more are only counted.
const MOST_REJECTIONS: usize = 500;

/// A file as read from disk, with its fingerprint.
struct Read {
    name: String,
    sha256: String,
    recalled: Recalled,
    /// As asked for, with what was chosen last time where nothing is chosen now.
    request: ReadFile,
}

impl Read {
    fn inspected(&self) -> &Inspected {
        &self.recalled.inspected
    }
}

fn read(file: &LagesbildFile, request: &ReadFile) -> Result<Read> {
    let path = Path::new(&request.path);
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_else(|| request.path.clone());
    let practice = practice_names(file)?;
    let known = Known { practice: &practice };
    let progress = file.progress();
    progress.reset();
    progress.begin(Stage::Opening, 0)?;
    let unread = |e| cannot_read(&request.path, e);
    // A long file stays on the disk, and its fingerprint is taken while its rows are looked at.
    let open = || File::open(path).map_err(unread);
    if open()?.metadata().map_err(unread)?.len() >= import::LONG {
        let again = open()?;
        let hashing = std::thread::spawn(move || fingerprint(again));
        let recalled = memory::inspect(file, request, |answers| match import::look(&name, open()?, &known, answers, progress)? {
            Some(inspected) => Ok(inspected),
            None => import::inspect_watched(&name, &std::fs::read(path).map_err(unread)?, &known, answers, progress),
        });
        let sha256 = hashing.join().unwrap_or_else(|_| Err(std::io::Error::other("tråden föll"))).map_err(unread)?;
        let recalled = recalled?;
        return Ok(Read { name, sha256, request: recalled.complete(request), recalled });
    }
    let bytes = std::fs::read(path).map_err(unread)?;
    progress.begin(Stage::Understanding, 0)?;
    let recalled = memory::inspect(file, request, |answers| import::inspect_watched(&name, &bytes, &known, answers, progress))?;
    let sha256 = fingerprint(bytes.as_slice()).map_err(unread)?;
    Ok(Read { name, sha256, request: recalled.complete(request), recalled })
}

/// SHA-256, hexadecimal.
fn fingerprint(mut data: impl std::io::Read) -> std::io::Result<String> {
    let (mut sum, mut piece) = (Sha256::new(), vec![0; 1 << 18]);
    loop {
        match data.read(&mut piece)? {
            0 => return Ok(sum.finalize().iter().map(|b| format!("{b:02x}")).collect()),
            length => sum.update(piece.get(..length).unwrap_or_default()),
        }
    }
}

/// Windows' codes for a file that another program has locked for itself.
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;

fn cannot_read(path: &str, error: std::io::Error) -> Error {
    let held = cfg!(windows) && matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION));
    let (message, hint) = match error.kind() {
        _ if held => ("Filen är öppen i ett annat program.", "Stäng den där, till exempel i Excel, och försök igen."),
        std::io::ErrorKind::NotFound => ("Filen finns inte.", "Kontrollera att den inte har flyttats."),
        std::io::ErrorKind::PermissionDenied => ("Du får inte läsa filen.", "Är den öppen i Excel? Stäng den där och försök igen."),
        std::io::ErrorKind::IsADirectory => ("Det är en mapp, ingen fil.", "Välj filen i mappen."),
        _ => ("Filen gick inte att läsa till slutet.", "Har nätverket brutits? Kopiera filen till datorn och försök igen."),
    };
    Error::new(Code::FileAccess, message).hint(hint).at(Place::file(path)).detail(error)
}

pub fn inspect(file: &mut LagesbildFile, request: ReadFile) -> Result<Outcome<Preview>> {
    let mut read = read(file, &request)?;
    let report = rehearse(file, &mut read)?;
    let Recalled { inspected, remembered, .. } = read.recalled;
    Ok(Outcome::read(Preview {
        grid: preview::rows(&inspected),
        values: preview::values(&inspected),
        summary: summary(&inspected),
        warnings: inspected.warnings,
        description: inspected.description,
        report,
        remembered,
    }))
}

/// Every value of the file that would not be taken.
pub(super) fn rejections(file: &LagesbildFile, request: &ReadFile) -> Result<Vec<import::Rejection>> {
    Ok(read(file, request)?.recalled.inspected.rejections)
}

/// What importing would do: done for real and rolled back, so that preview and import cannot differ.
fn rehearse(file: &mut LagesbildFile, read: &mut Read) -> Result<ImportReport> {
    if let Some(report) = already_read(file, read)? {
        read.recalled.inspected.pour(file.progress(), &mut Nowhere)?;
        return Ok(report);
    }
    let outcome = file.adding_only(|file| file.rehearse(|tx| store(tx, read)))?;
    Ok(ImportReport { source: None, ..outcome })
}

pub fn import(file: &mut LagesbildFile, request: ReadFile) -> Result<Outcome<ImportReport>> {
    let mut read = read(file, &request)?;
    known_answers(&read.inspected().description.doubts, &request.answers)?;
    if request.dry_run {
        return Ok(Outcome::read(rehearse(file, &mut read)?));
    }
    if let Some(report) = already_read(file, &read)? {
        return Ok(Outcome::read(report));
    }
    let op = Op::Import { file_name: read.name.clone() };
    Ok(file.adding_only(|file| file.transact(op, |tx| store(tx, &mut read)))?.into())
}

/// An answer to a question that no file ever raises is a slip of the pen. One that this file happens not to raise is left over:
/// the same answers may go with several files.
fn known_answers(doubts: &[import::Doubt], answers: &import::Answers) -> Result<()> {
    let known: Vec<&str> = doubts.iter().map(|d| d.id.as_str()).collect();
    let Some(unknown) = answers.keys().find(|id| !known.contains(&id.as_str()) && !import::may_ask(id)) else { return Ok(()) };
    let hint = if known.is_empty() {
        "Filen har inga frågor att svara på.".to_owned()
    } else {
        format!("Filens frågor: {}.", known.join(", "))
    };
    Err(Error::not_allowed(format!("Filen ställer ingen fråga som heter ”{unknown}”.")).hint(hint))
}

/// The same bytes read with the same answers again: everything is the same, nothing is stored twice.
fn already_read(file: &LagesbildFile, read: &Read) -> Result<Option<ImportReport>> {
    let Some(source) = held::with_hash(file.conn(), &read.sha256)? else { return Ok(None) };
    let before: ImportReport = serde_json::from_str(&source.report)?;
    let answered = |doubts: &[import::Doubt]| doubts.iter().map(|d| (d.id.clone(), d.answer.clone())).collect::<Vec<_>>();
    if answered(&before.doubts) != answered(&read.inspected().description.doubts) {
        return Ok(None);
    }
    let kept = before.added + before.changed + before.same;
    let warnings = vec![format!("Filen är redan inläst ({}). Inget har ändrats.", source.retrieved)];
    Ok(Some(ImportReport { source: Some(source.id), added: 0, changed: 0, same: kept, warnings, ..before }))
}

fn store(tx: &mut Tx, read: &mut Read) -> Result<ImportReport> {
    let inspected = read.inspected();
    // Which kind of file it is changes everything that is read from it, so nothing can be stored before the answer.
    let about_the_file = |d: &&import::Doubt| matches!(d.id.as_str(), "recipe" | "confirm" | "kind") && d.answer.is_none();
    if let Some(doubt) = inspected.description.doubts.iter().find(about_the_file).cloned() {
        // What a long file says must be seen before anybody can say whether it is right.
        read.recalled.inspected.pour(tx.progress, &mut Nowhere)?;
        return Ok(nothing_stored(read, &doubt));
    }
    let earlier = held::with_hash(tx.conn, &read.sha256)?;
    let source = held::insert(tx, &new_source(tx, read)?)?;
    let mut load = Load::new(tx, source);
    read.recalled.inspected.pour(tx.progress, &mut load)?;
    let stored = load.finish()?;
    let inspected = read.inspected();
    if let Some(survey) = &inspected.batch.survey {
        surveys::insert(tx, source, survey)?;
    }
    reports::insert(tx, source, &inspected.batch.reports)?;
    events::insert(tx, source, &inspected.batch)?;
    let tally = &inspected.tally;
    let values = stored.added + stored.changed + stored.same;
    let mut report = ImportReport {
        source: Some(source),
        read_rows: tally.rows,
        read: tally.read,
        // Survey answers and reports are always new: a survey read again replaces nothing.
        added: if values == 0 { tally.read - tally.skipped - tally.rejected } else { stored.added },
        changed: stored.changed,
        same: stored.same,
        skipped: tally.skipped + stored.echoed,
        rejected: tally.rejected,
        rejections: inspected.rejections.iter().take(MOST_REJECTIONS).cloned().collect(),
        doubts: inspected.description.doubts.clone(),
        warnings: inspected.warnings.iter().map(|w| w.message.clone()).collect(),
        remembered: read.recalled.remembered.clone(),
        ..ImportReport::default()
    };
    revised::tell(tx.conn, source, &inspected.batch.dataset, &mut report)?;
    // New answers to a file's questions make a new reading, and the new one takes the place of the old.
    if let Some(earlier) = earlier {
        held::switch_off(tx, earlier.id)?;
    }
    read.recalled.keep(tx, &read.request)?;
    held::set_report(tx, source, &serde_json::to_string(&report)?)?;
    Ok(report)
}

fn nothing_stored(read: &Read, doubt: &import::Doubt) -> ImportReport {
    let inspected = read.inspected();
    ImportReport {
        remembered: read.recalled.remembered.clone(),
        read_rows: inspected.tally.rows,
        read: inspected.tally.read,
        rejected: inspected.tally.read,
        doubts: inspected.description.doubts.clone(),
        warnings: vec![format!("Inget är inläst än. {}", doubt.question)],
        ..ImportReport::default()
    }
}

/// In a practice file every source says that it is one, wherever its title goes.
pub(super) fn practice_title(title: &str) -> String {
    if title.contains("övningsdata") { title.to_owned() } else { format!("{title} (övningsdata)") }
}

fn new_source(tx: &Tx, read: &Read) -> Result<Source> {
    let (inspected, request) = (read.inspected(), &read.request);
    let dataset = &inspected.batch.dataset;
    let survey = inspected.batch.survey.as_ref();
    // Surveys and lists rarely name themselves; their file name says more than "Enkät".
    let own = inspected.kind == crate::import::Kind::Statistics && !dataset.name.is_empty();
    let stem = read.name.rsplit_once('.').map_or(read.name.as_str(), |(stem, _)| stem);
    let named = request.title.clone().filter(|title| !title.trim().is_empty());
    let title = named.unwrap_or_else(|| if own { dataset.name.clone() } else { stem.to_owned() });
    let title = if settings::is_practice(tx.conn)? { practice_title(&title) } else { title };
    Ok(Source {
        id: 0,
        perspective: request.perspective.unwrap_or(inspected.perspective),
        kind: request.kind.clone().unwrap_or_else(|| word(inspected.kind)),
        title,
        publisher: dataset.publisher.clone(),
        recipe: Some(inspected.description.recipe.clone()),
        file_name: read.name.clone(),
        sha256: read.sha256.clone(),
        retrieved: tx.context.today().to_string(),
        report: String::new(),
        period: survey.and_then(|s| s.period.as_ref()).map(|p| p.label.clone()),
        sent_out: request.sent_out,
        owner: request.owner.clone().unwrap_or_default(),
        network: request.network.clone().unwrap_or_default(),
        remove_by: super::notes::day(request.remove_by.clone())?,
        area: inspected.batch.about.clone(),
        answers: serde_json::to_string(&read.recalled.answered())?,
    })
}

fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::commands::found;
    use crate::context::Context;
    use std::fmt::Write;

    /// Long enough to be read from disk in blocks.
    fn long_file(path: &Path) {
        let mut text = "Region;Brott;År;Period;Antal;/100 000 inv\n".to_owned();
        for row in 0.. {
            if text.len() as u64 > import::LONG {
                break;
            }
            let (crime, year) = (row / 40, 1980 + row % 40);
            writeln!(
                text,
                "Åsele kommun;{crime} kap. Ett brott som är påhittat för den här mätningen av tid och minne;År;{year};{row};1,5;"
            )
            .unwrap();
        }
        std::fs::write(path, text).unwrap();
    }

    fn request(path: &Path) -> ReadFile {
        serde_json::from_value(serde_json::json!({ "path": path, "answers": { "confirm": "yes" } })).unwrap()
    }

    #[test]
    fn a_long_file_is_seen_before_anybody_says_that_it_is_right() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("lång.txt");
        long_file(&data);
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        let mut file = LagesbildFile::create(&dir.path().join("kommunen.lagesbild"), "prov", Context::fixed(day)).unwrap();
        found(&mut file, &["Åsele".into()]).unwrap();
        let seen = inspect(&mut file, ReadFile { answers: Default::default(), ..request(&data) }).unwrap().value;
        assert_eq!(seen.description.doubts.iter().map(|doubt| doubt.id.as_str()).collect::<Vec<_>>(), ["confirm"]);
        assert!(seen.description.tally.stored > 10_000 && seen.report.added == 0, "{:?}", seen.description.tally);
        assert_eq!(seen.report.read, seen.report.rejected);
    }

    #[test]
    fn cancelling_anywhere_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let (data, small) = (dir.path().join("lång.txt"), dir.path().join("kort.csv"));
        long_file(&data);
        std::fs::write(&small, "Kommun;2022;2023\nÅsele;1;2\nBjuv;3;4\n").unwrap();
        let path = dir.path().join("kommunen.lagesbild");
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        let mut file = LagesbildFile::create(&path, "prov", Context::fixed(day)).unwrap();
        found(&mut file, &["Åsele".into()]).unwrap();
        file.progress().cancel_at(0);
        inspect(&mut file, request(&data)).unwrap();
        let steps = file.progress().steps_taken();
        assert!(steps > 40, "{steps}");
        let before = std::fs::read(&path).unwrap();
        for point in 0..10 {
            file.progress().cancel_at(1 + steps * point / 10);
            let error = import(&mut file, request(&data)).map(|done| done.value).unwrap_err();
            assert_eq!(error.code, Code::Cancelled, "{point}");
            assert!(std::fs::read(&path).unwrap() == before, "{point}: the file is as it was, byte for byte");
        }
        file.progress().cancel_at(2);
        assert_eq!(import(&mut file, request(&small)).map(|done| done.value).unwrap_err().code, Code::Cancelled);
        assert!(std::fs::read(&path).unwrap() == before);
        file.progress().cancel_at(0);
        let report = import(&mut file, request(&data)).unwrap().value;
        assert_eq!((report.rejected, report.added), (0, report.read));
        assert_eq!(file.check().unwrap(), Vec::<String>::new(), "every reference holds");
        assert!(file.undo().unwrap().value.is_some());
    }

    #[test]
    fn a_file_that_cannot_be_read_says_why() {
        let dir = tempfile::tempdir().unwrap();
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        let mut file = LagesbildFile::in_memory(Context::fixed(day)).unwrap();
        let mut told = |path: &Path| {
            let error = import(&mut file, request(path)).map(|done| done.value).unwrap_err();
            assert_eq!(error.code, Code::FileAccess);
            error.message
        };
        assert_eq!(told(&dir.path().join("borta.csv")), "Filen finns inte.");
        assert_eq!(told(dir.path()), "Det är en mapp, ingen fil.");
        let told = |kind: std::io::ErrorKind| cannot_read("x.xlsx", kind.into()).message;
        assert_eq!(told(std::io::ErrorKind::PermissionDenied), "Du får inte läsa filen.");
        assert_eq!(told(std::io::ErrorKind::ConnectionReset), "Filen gick inte att läsa till slutet.");
    }
}
