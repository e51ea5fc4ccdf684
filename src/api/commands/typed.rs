//! Commands of Underlag: tables typed in by hand or pasted, read by the same rules as a file and stored as one source each.

use super::super::Outcome;
use super::super::requests::*;
use super::reading::practice_title;
use super::summary::summary;
use super::{practice_names, preview, revised};
use crate::error::{Error, Result};
use crate::file::{LagesbildFile, Op, Tx};
use crate::import::pasted::{self, Pasted};
use crate::import::typed::{self, READER, TypedRow, TypedTable};
use crate::import::{Answers, Inspected};
use crate::reference::Known;
use crate::store::load::Load;
use crate::store::sources::{self as held, Source};
use crate::store::{grid, settings};
use chrono::Datelike;
use sha2::{Digest, Sha256};

/// Years and rows of an empty table.
const YEARS: i32 = 5;
const ROWS: usize = 3;
const KIND: &str = "manual";
/// Where the table's place lies among the answers of its source.
const AREA: &str = "area";

pub fn typed_table(file: &mut LagesbildFile, request: TypedId) -> Result<Outcome<TypedTable>> {
    match request.id {
        Some(id) => Ok(Outcome::read(stored(file, id)?)),
        None => empty(file).map(Outcome::read),
    }
}

/// The last five whole years: the commonest heading of such a table, and as easy to change as to type.
fn empty(file: &LagesbildFile) -> Result<TypedTable> {
    let year = file.context().today().year();
    let row = TypedRow { cells: vec![String::new(); YEARS as usize], ..TypedRow::default() };
    Ok(TypedTable {
        area: super::area(file, None)?,
        periods: (year - YEARS..year).map(|year| year.to_string()).collect(),
        rows: vec![row; ROWS],
        ..TypedTable::default()
    })
}

fn stored(file: &LagesbildFile, id: u32) -> Result<TypedTable> {
    let conn = file.conn();
    let source = typed_source(file, id)?;
    let mut answers: Answers = serde_json::from_str(&source.answers)?;
    let mut table = TypedTable {
        id: Some(id),
        title: own_title(&source.title).to_owned(),
        publisher: source.publisher,
        stands: source.file_name,
        perspective: Some(source.perspective),
        area: answers.remove(AREA).unwrap_or_default(),
        answers,
        ..TypedTable::default()
    };
    let (_, sheet) = grid::around(conn, id, &grid::sheet_name(conn, id, 0)?, 1)?;
    table.fill(&sheet);
    Ok(table)
}

/// The title as the person gave it: in a practice file the label is put back each time.
fn own_title(title: &str) -> &str {
    title.trim().trim_end_matches("(övningsdata)").trim_end()
}

fn typed_source(file: &LagesbildFile, id: u32) -> Result<Source> {
    let source = held::by_id(file.conn(), id)?.filter(|source| source.recipe.as_deref() == Some(READER));
    source.ok_or_else(|| Error::not_found("Den inskrivna tabellen"))
}

pub fn read_pasted(_: &mut LagesbildFile, request: PastedText) -> Result<Outcome<Pasted>> {
    Ok(Outcome::read(pasted::read(&request.text)))
}

/// How the table would be read, with its questions; stores nothing.
pub fn read_typed_table(file: &mut LagesbildFile, table: TypedTable) -> Result<Outcome<Preview>> {
    let table = table.trimmed();
    let inspected = read(file, &table)?;
    let report = file.rehearse(|tx| store(tx, &table, &inspected))?;
    Ok(Outcome::read(Preview {
        grid: preview::rows(&inspected),
        values: preview::values(&inspected),
        summary: summary(&inspected),
        warnings: inspected.warnings.clone(),
        description: inspected.description,
        report: ImportReport { source: None, ..report },
        remembered: None,
    }))
}

fn read(file: &LagesbildFile, table: &TypedTable) -> Result<Inspected> {
    // A reading that was stopped before has nothing to do with this one.
    file.progress().reset();
    let practice = practice_names(file)?;
    Ok(typed::read(table, &Known { practice: &practice }))
}

/// The person is there to answer and to correct, so nothing that cannot be read is passed over.
pub fn save_typed_table(file: &mut LagesbildFile, table: TypedTable) -> Result<Outcome<Made>> {
    let table = table.trimmed();
    let inspected = read(file, &table)?;
    complete(file, &table)?;
    whole(&inspected)?;
    let title = table.title.trim().to_owned();
    let op = if table.id.is_some() { Op::EditTyped { title } } else { Op::TypeIn { title } };
    let done = file.transact(op, |tx| store(tx, &table, &inspected))?;
    let id = done.value.source.unwrap_or_default().to_string();
    Ok(Outcome { value: Made { id }, stale: done.stale.into_iter().collect() })
}

/// A number without its publisher, its page and its place cannot be walked back to.
fn complete(file: &LagesbildFile, table: &TypedTable) -> Result<()> {
    let fields = [
        (&table.title, "Ge tabellen ett namn."),
        (&table.publisher, "Skriv vem som har gett ut siffrorna."),
        (&table.stands, "Skriv var siffrorna står, till exempel ”sida 14 i rapporten”."),
        (&table.area, "Skriv vilket område siffrorna gäller."),
    ];
    if let Some((_, message)) = fields.into_iter().find(|(text, _)| text.trim().is_empty()) {
        return Err(Error::not_allowed(message));
    }
    if table.perspective.is_none() {
        return Err(Error::not_allowed("Välj vems bild siffrorna ger."));
    }
    if let Some(id) = table.id {
        typed_source(file, id)?;
    }
    let named = |source: &Source| source.recipe.as_deref() == Some(READER) && Some(source.id) != table.id;
    let same = |source: &Source| source.publisher == table.publisher.trim() && own_title(&source.title) == own_title(&table.title);
    match held::live(file.conn())?.into_iter().any(|source| named(&source) && same(&source)) {
        true => Err(Error::not_allowed("Det finns redan en inskriven tabell med det namnet från samma utgivare.")
            .hint("Öppna den och ändra där, eller ge den här tabellen ett annat namn.")),
        false => Ok(()),
    }
}

fn whole(inspected: &Inspected) -> Result<()> {
    if let Some(open) = inspected.description.doubts.iter().find(|doubt| doubt.answer.is_none()) {
        return Err(Error::not_allowed(format!("En fråga är inte besvarad. {}", open.question)));
    }
    if let Some(first) = inspected.rejections.first() {
        return Err(Error::not_allowed(format!(
            "Rad {}, kolumn {}: ”{}” går inte att läsa, {}.",
            first.row, first.column, first.value, first.reason
        ))
        .hint("Rätta cellen, eller töm den."));
    }
    match inspected.tally.read {
        0 => Err(Error::not_allowed("Tabellen har inga siffror än.")),
        _ => Ok(()),
    }
}

/// The new reading comes first, so that what has changed can be counted; then the earlier one is switched off.
fn store(tx: &mut Tx, table: &TypedTable, inspected: &Inspected) -> Result<ImportReport> {
    let source = held::insert(tx, &source(tx, table)?)?;
    let mut load = Load::new(tx, source);
    inspected.hand_on(&mut load)?;
    let stored = load.finish()?;
    let tally = &inspected.tally;
    let mut report = ImportReport {
        source: Some(source),
        read_rows: tally.rows,
        read: tally.read,
        added: stored.added,
        changed: stored.changed,
        same: stored.same,
        skipped: tally.skipped + stored.echoed,
        rejected: tally.rejected,
        rejections: inspected.rejections.clone(),
        doubts: inspected.description.doubts.clone(),
        warnings: inspected.warnings.iter().map(|w| w.message.clone()).collect(),
        ..ImportReport::default()
    };
    revised::tell(tx.conn, source, &inspected.batch.dataset, &mut report)?;
    if let Some(earlier) = table.id {
        held::switch_off(tx, earlier)?;
    }
    held::set_report(tx, source, &serde_json::to_string(&report)?)?;
    Ok(report)
}

fn source(tx: &Tx, table: &TypedTable) -> Result<Source> {
    let title = table.title.trim();
    let mut answers = table.answers.clone();
    answers.insert(AREA.to_owned(), table.area.trim().to_owned());
    let sha256 = Sha256::digest(serde_json::to_vec(table)?).iter().map(|b| format!("{b:02x}")).collect();
    Ok(Source {
        id: 0,
        perspective: table.perspective.unwrap_or(crate::perspective::Perspective::Reference),
        kind: KIND.to_owned(),
        title: if settings::is_practice(tx.conn)? { practice_title(title) } else { title.to_owned() },
        publisher: table.publisher.trim().to_owned(),
        recipe: Some(READER.to_owned()),
        file_name: table.stands.trim().to_owned(),
        sha256,
        retrieved: tx.context.today().to_string(),
        report: String::new(),
        period: None,
        sent_out: None,
        answers: serde_json::to_string(&answers)?,
        ..Source::default()
    })
}
