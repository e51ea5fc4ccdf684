//! Survey exports: one row per respondent, one column per question, as web forms and panels write them.

use super::{Look, Recognition, Source};
use crate::error::column_letters;
use crate::import::batch::{Dataset, Period, Question, QuestionRole, Respondent, Survey};
use crate::import::describe::{Choice, Column, Kind, Perspective, Table};
use crate::import::gather::{Gather, UNANSWERED};
use crate::import::grid::{Cell, Sheet};
use crate::import::number::{self, Shape};
use crate::import::{date, header, period, persons, questions};
use chrono::{Datelike, NaiveDate};

pub static SOURCE: Source = Source {
    id: "survey",
    title: "enkätexport med en rad per svarande (till exempel från Microsoft eller Google Forms)",
    kind: Kind::Survey,
    perspective: Perspective::Residents,
    recognise,
    read,
};

const STAMPS: [&str; 7] = ["tidstämpel", "starttid", "slutförandetid", "timestamp", "start time", "completion time", "svarsdatum"];
/// Headers of statistics. A form asks in whole sentences, so without a question mark these mean a table of numbers.
const STATISTICAL: [&str; 14] = [
    "år",
    "period",
    "månad",
    "kvartal",
    "antal",
    "värde",
    "region",
    "regionkod",
    "kommun",
    "kommunkod",
    "län",
    "folkmängd",
    "andel",
    "procent",
];
/// The question that this source asks about a file without a form's marks, and the two answers.
pub const ASKED: &str = "kind";
pub const IS_SURVEY: &str = "survey";
pub const IS_OTHER: &str = "other";
const ADMINISTRATIVE: [&str; 6] = ["id", "senast ändrad", "tidpunkt för senaste ändring", "språk", "svarsid", "respondent-id"];

/// The header row: the first with at least three texts and a row of the same width after it.
fn header_row(sheet: &Sheet) -> Option<usize> {
    (0..sheet.rows().min(header::HEADER_WITHIN)).find(|row| {
        let filled = sheet.cells(*row).filter(|cell| cell.as_text().is_some()).count();
        filled >= 3 && filled == sheet.width(*row)
    })
}

fn recognise(look: &Look<'_>) -> Recognition {
    let Some(sheet) = look.grid.sheets.first() else { return Recognition::No };
    let Some(row) = header_row(sheet) else { return Recognition::No };
    let words = header::words(sheet, row);
    let form = words.iter().any(|w| w == "tidstämpel" || w == "timestamp")
        || (words.iter().any(|w| w == "starttid") && words.iter().any(|w| w == "slutförandetid"));
    if form {
        return Recognition::Certain(format!("rad {} har rubrikerna från ett webbformulär", row + 1));
    }
    if looks_answered(sheet, row) {
        Recognition::Likely("samma få svar återkommer i nästan alla kolumner".to_owned())
    } else {
        Recognition::No
    }
}

/// Many respondents, and in most columns a handful of answers that come back.
fn looks_answered(sheet: &Sheet, row: usize) -> bool {
    let rows: Vec<usize> = (row + 1..sheet.rows()).filter(|row| !sheet.is_blank(*row)).take(400).collect();
    let width = sheet.width(row);
    let few = |column: usize| {
        let mut answers: Vec<String> = rows.iter().map(|row| sheet.cell(*row, column).label()).filter(|label| !label.is_empty()).collect();
        let total = answers.len();
        answers.sort_unstable();
        answers.dedup();
        total > 0 && answers.len() <= 20 && answers.len() * 3 <= total
    };
    let asked = (0..width).filter(|column| few(*column)).count();
    let questions = header::words(sheet, row).iter().filter(|word| word.contains('?')).count();
    let mostly_few = rows.len() >= 15 && width >= 4 && asked * 10 >= width * 7;
    mostly_few && (questions > 0 || (background(sheet, row) && !is_statistics(sheet, row, &rows)))
}

/// A table of numbers per year or place, whose few values come back just as answers do.
fn is_statistics(sheet: &Sheet, row: usize, rows: &[usize]) -> bool {
    let headed = header::words(sheet, row).iter().any(|word| STATISTICAL.contains(&word.as_str()));
    let filled = |column: usize, fits: &dyn Fn(Cell<'_>) -> bool| {
        let cells: Vec<Cell<'_>> = rows.iter().map(|row| sheet.cell(*row, column)).filter(|cell| !cell.is_blank()).collect();
        !cells.is_empty() && cells.into_iter().all(fits)
    };
    let year = |cell: Cell<'_>| period::year(&cell.label()).is_some();
    let number = |cell: Cell<'_>| matches!(cell, Cell::Number(_)) || cell.as_text().is_some_and(|text| number::shape(text) != Shape::Text);
    let years: Vec<usize> = (0..sheet.width(row)).filter(|column| filled(*column, &year)).collect();
    headed || years.first().is_some_and(|first| (0..sheet.width(row)).any(|column| column != *first && filled(column, &number)))
}

/// Whether the header row alone tells a survey: questions in words, or what forms add by themselves.
fn says_survey(sheet: &Sheet, row: usize) -> bool {
    header::words(sheet, row).iter().any(|w| w.contains('?') || STAMPS.contains(&w.as_str()) || ADMINISTRATIVE.contains(&w.as_str()))
}

/// Without a form's marks a person says what the rows are; nothing is kept before that.
fn is_confirmed(gather: &mut Gather<'_>, sheet: &Sheet, header_row: usize) -> bool {
    if says_survey(sheet, header_row) {
        return true;
    }
    let choices =
        vec![Choice::new(IS_SURVEY, "Ja, varje rad är en person som har svarat"), Choice::new(IS_OTHER, "Nej, det är något annat")];
    gather.ask(ASKED, "Är det här en enkät med en rad per svarande?".to_owned(), choices, Vec::new()).is_some()
}

fn background(sheet: &Sheet, row: usize) -> bool {
    header::words(sheet, row).iter().any(|word| questions::is_background(word))
}

fn read(gather: &mut Gather<'_>) {
    let Some(sheet) = gather.grid.sheets.first() else { return };
    let Some(header_row) = header_row(sheet) else { return };
    let rows: Vec<usize> = (header_row + 1..sheet.rows()).filter(|row| !sheet.is_blank(*row) && !sheet.is_continuation(*row)).collect();
    let confirmed = is_confirmed(gather, sheet, header_row);
    gather.batch.dataset = Dataset { publisher: "Egen enkät".to_owned(), name: "Enkät".to_owned() };
    let mut survey = Survey { title: "Enkät".to_owned(), period: period(sheet, header_row, &rows), ..Survey::default() };
    for column in 0..sheet.width(header_row) {
        let question = question(gather, sheet, header_row, column, &rows);
        survey.questions.push(question);
    }
    for &row in &rows {
        let answers = survey.questions.iter().map(|question| answer(gather, sheet, question, row, confirmed)).collect();
        survey.respondents.push(Respondent { row: row as u32, answers });
    }
    describe(gather, header_row, &survey);
    gather.batch.survey = confirmed.then_some(survey);
}

fn question(gather: &mut Gather<'_>, sheet: &Sheet, header_row: usize, column: usize, rows: &[usize]) -> Question {
    let text = sheet.cell(header_row, column).label();
    let word = header::word(&text);
    let none = |role| Question { text: text.clone(), column: column as u16, role, options: Vec::new() };
    if STAMPS.contains(&word.as_str()) || ADMINISTRATIVE.contains(&word.as_str()) {
        return none(QuestionRole::Ignore);
    }
    if let Some(found) = persons::column(&text, sheet, column, header_row + 1..sheet.rows()) {
        gather.personal.push((0, None, column));
        gather.warn(
            format!("Kolumn {} ”{text}” innehåller {} och sparas inte.", column_letters(column), found.word()),
            "Ta gärna bort kolumnen redan i formuläret nästa gång.",
        );
        return none(QuestionRole::Ignore);
    }
    let answers: Vec<String> = rows.iter().map(|row| sheet.cell(*row, column).label()).filter(|label| !label.is_empty()).collect();
    let (role, options) = questions::role(&word, &answers);
    Question { options, ..none(role) }
}

fn answer(gather: &mut Gather<'_>, sheet: &Sheet, question: &Question, row: usize, confirmed: bool) -> Vec<String> {
    let label = sheet.cell(row, question.column as usize).label();
    if label.is_empty() {
        return Vec::new();
    }
    gather.tally.read += 1;
    if question.role == QuestionRole::Ignore {
        gather.tally.skipped += 1;
        return Vec::new();
    }
    if !persons::find_exact(&label).is_empty() {
        let at = header::at(0, row, question.column as usize);
        gather.personal.push((0, Some(row), question.column as usize));
        gather.tally.rejected += 1;
        gather.rejection(at, "(personuppgift)".to_owned(), "svaret innehåller ett personnummer");
        return Vec::new();
    }
    if !confirmed {
        gather.tally.rejected += 1;
        gather.rejection(header::at(0, row, question.column as usize), "(svar)".to_owned(), UNANSWERED);
        return Vec::new();
    }
    gather.tally.stored += 1;
    if question.role == QuestionRole::Multi { questions::parts(&label) } else { vec![label] }
}

/// When the survey was answered: the month, the year or the years of its time stamps.
fn period(sheet: &Sheet, header_row: usize, rows: &[usize]) -> Option<Period> {
    let words = header::words(sheet, header_row);
    let column = header::column(&words, &["slutförandetid", "tidstämpel", "svarsdatum", "completion time", "timestamp", "starttid"])?;
    let (order, _) = date::proven_order(rows.iter().filter_map(|row| sheet.cell(*row, column).as_text()));
    let dates: Vec<NaiveDate> = rows.iter().filter_map(|row| date::read(sheet.cell(*row, column), order)).map(|(date, _)| date).collect();
    let (first, last) = (dates.iter().min()?, dates.iter().max()?);
    let text = if first.year() != last.year() {
        format!("{}-{}", first.year(), last.year())
    } else if first.month() == last.month() {
        first.format("%Y-%m").to_string()
    } else {
        first.year().to_string()
    };
    crate::import::period::parse(&text).map(|stretch| stretch.period)
}

fn describe(gather: &mut Gather<'_>, header_row: usize, survey: &Survey) {
    let column = |question: &Question| {
        let mut column = Column::new(question.column as usize, &question.text, question.role.word());
        column.examples = question.options.iter().take(5).cloned().collect();
        column
    };
    let columns = survey.questions.iter().map(column).collect();
    let asked = survey.questions.iter().filter(|question| question.role != QuestionRole::Ignore).count();
    gather.prove(format!("{} svarande och {asked} frågor; en rad per svarande.", survey.respondents.len()));
    gather.tables.push(Table {
        sheet: gather.sheet_name(0),
        header_rows: vec![header_row as u32 + 1],
        first_data_row: header_row as u32 + 2,
        rows: survey.respondents.len() as u32,
        columns,
        ..Table::default()
    });
}
