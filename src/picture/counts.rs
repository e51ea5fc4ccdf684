//! Rows that are kept one by one (answers, events, reports), counted the way they may be shown: a survey's answers per
//! question, and derived counts per area, period and category. Their cells are row ranges.

use super::question::SourceCell;
use crate::error::{Error, Result, column_letters};
use crate::reference;
use crate::store::events::{self, StoredEvent};
use crate::store::reports::{self, StoredReport};
use crate::store::sources::{self, Source};
use crate::store::surveys::{self, StoredQuestion};
use crate::store::{grid, settings};
use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// Fewer answers than this are not shown as a number: they might tell who a person is (reference: small cells in surveys).
pub const SMALL_CELL: u32 = 5;
/// What stands in the place of a count that is too small.
const TOO_FEW: &str = "färre än 5";

/// A survey's questions with how many answered what.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SurveyView {
    pub source: u32,
    /// When it was answered, if known.
    pub period: Option<String>,
    pub sent_out: Option<u32>,
    pub respondents: u32,
    /// Percent of those asked, when it is known how many they were.
    pub response_rate: Option<f64>,
    pub questions: Vec<QuestionView>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct QuestionView {
    /// Letters of the (first) column in the file.
    pub column: String,
    pub text: String,
    /// scale | yes_no | multi | free_text | background | ignore
    pub role: String,
    /// Answers in the order of the scale, then those beside it.
    pub options: Vec<OptionCount>,
    /// first | last | "": which end of the scale is the bad one.
    pub worst: String,
    /// How many answered, those beside the scale included.
    pub answered: u32,
    pub unanswered: u32,
    /// Mean of a scale of numbers, over those who answered within it; none when they are too few.
    pub mean: Option<f64>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct OptionCount {
    pub answer: String,
    /// None when it is 1–4.
    pub count: Option<u32>,
    /// "Vet ej" and the like: an answer, but no step of the scale.
    pub outside: bool,
}

/// A count or mean that is computed from rows, in the form of a stored value.
#[derive(Debug, Clone, Serialize)]
pub struct Derived {
    pub area: String,
    pub area_code: Option<String>,
    pub period: Option<String>,
    pub indicator: String,
    pub breakdown: BTreeMap<String, String>,
    pub unit: &'static str,
    pub value: Option<f64>,
    pub missing: Option<&'static str>,
    pub preliminary: bool,
    pub cells: Vec<SourceCell>,
}

/// A question's answers: who gave which, by line.
struct Tallied {
    question: StoredQuestion,
    /// Answer → lines, in the order of the options.
    given: Vec<(String, Vec<u32>)>,
    lines: BTreeSet<u32>,
}

fn tallied(conn: &Connection, question: StoredQuestion) -> Result<Tallied> {
    let answers = surveys::answers(conn, question.id)?;
    let lines = answers.iter().map(|(line, _)| *line).collect();
    let mut of: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (line, answer) in answers.into_iter().filter(|(_, answer)| !answer.is_empty()) {
        of.entry(answer).or_default().push(line);
    }
    let known = question.options.iter().chain(&question.outside).cloned().collect::<Vec<_>>();
    let mut given: Vec<(String, Vec<u32>)> =
        known.into_iter().map(|option| (of.remove(&option).unwrap_or_default(), option)).map(|(lines, option)| (option, lines)).collect();
    given.extend(of);
    Ok(Tallied { question, given, lines })
}

impl Tallied {
    /// Whose answers are counted one option at a time.
    fn is_counted(&self) -> bool {
        !matches!(self.question.role.as_str(), "free_text" | "ignore")
    }

    fn outside(&self, answer: &str) -> bool {
        self.question.outside.iter().any(|o| o == answer)
    }

    /// The mean of a scale of numbers, with the lines that it rests on.
    fn mean(&self) -> Option<(f64, Vec<u32>)> {
        if self.question.role != "scale" {
            return None;
        }
        let steps: Vec<(f64, &Vec<u32>)> = self
            .given
            .iter()
            .filter(|(answer, _)| !self.outside(answer))
            .map(|(answer, lines)| Some((leading_number(answer)?, lines)))
            .collect::<Option<_>>()?;
        let n: usize = steps.iter().map(|(_, lines)| lines.len()).sum();
        let sum: f64 = steps.iter().map(|(step, lines)| step * lines.len() as f64).sum();
        let lines = steps.into_iter().flat_map(|(_, lines)| lines.iter().copied()).collect();
        (n >= SMALL_CELL as usize).then(|| (sum / n as f64, lines))
    }
}

/// `4`, `4 (ganska trygg)`, `1 = mycket dåligt`.
fn leading_number(answer: &str) -> Option<f64> {
    let digits: String = answer.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// How a survey is understood and answered.
pub fn survey(conn: &Connection, source: u32) -> Result<SurveyView> {
    let held = sources::by_id(conn, source)?.ok_or_else(|| Error::not_found("Underlaget"))?;
    let respondents = surveys::respondents(conn, source)?;
    let questions = surveys::of_source(conn, source)?
        .into_iter()
        .map(|question| Ok(question_view(&tallied(conn, question)?, respondents)))
        .collect::<Result<_>>()?;
    let rate = held.sent_out.filter(|sent| *sent > 0).map(|sent| f64::from(respondents) * 100.0 / f64::from(sent));
    Ok(SurveyView { source, period: held.period, sent_out: held.sent_out, respondents, response_rate: rate, questions })
}

fn question_view(tallied: &Tallied, respondents: u32) -> QuestionView {
    let option = |(answer, lines): &(String, Vec<u32>)| OptionCount {
        answer: answer.clone(),
        count: shown(lines.len()),
        outside: tallied.outside(answer),
    };
    let answered = tallied.lines.len() as u32;
    QuestionView {
        column: column_letters(tallied.question.column.saturating_sub(1) as usize),
        text: tallied.question.text.clone(),
        role: tallied.question.role.clone(),
        options: if tallied.is_counted() { tallied.given.iter().map(option).collect() } else { Vec::new() },
        worst: tallied.question.worst.clone(),
        answered,
        unanswered: respondents.saturating_sub(answered),
        mean: tallied.mean().map(|(mean, _)| mean),
    }
}

/// Nobody is told by nobody; one to four might be somebody.
fn shown(count: usize) -> Option<u32> {
    Some(count as u32).filter(|count| *count == 0 || *count >= SMALL_CELL)
}

/// Every derived value of the live sources, or of one: answers, events and reports.
pub fn each(conn: &Connection, source: Option<u32>, mut visit: impl FnMut(&Derived) -> Result<()>) -> Result<()> {
    let own = settings::municipalities(conn)?.into_iter().next();
    let own = own.map(|m| (m.name, m.code)).unwrap_or_default();
    for held in sources::live(conn)?.iter().filter(|held| source.is_none_or(|id| id == held.id)) {
        let rows = match held.kind.as_str() {
            "survey" => survey_rows(conn, held, &own)?,
            "events" => event_rows(conn, held)?,
            "field_reports" => report_rows(conn, held, &own)?,
            _ => Vec::new(),
        };
        rows.iter().try_for_each(&mut visit)?;
    }
    Ok(())
}

type AreaOf = (String, Option<String>);

fn named_area(name: &str) -> AreaOf {
    (name.to_owned(), reference::find(name).map(|m| m.code.to_owned()))
}

fn survey_rows(conn: &Connection, held: &Source, own: &AreaOf) -> Result<Vec<Derived>> {
    let (area, area_code) = held.area.as_deref().map(named_area).unwrap_or_else(|| own.clone());
    let mut rows = Vec::new();
    for question in surveys::of_source(conn, held.id)?.into_iter().filter(|q| q.role != "ignore") {
        let tallied = tallied(conn, question)?;
        let sheet = grid::sheet_name(conn, held.id, tallied.question.sheet)?;
        let all: Vec<u32> = tallied.lines.iter().copied().collect();
        let at = |lines: &[u32]| ranges(held, &sheet, &column_letters(tallied.question.column.saturating_sub(1) as usize), lines);
        let row = |breakdown: Option<&str>, unit: &'static str, value: Option<f64>, lines: &[u32]| Derived {
            area: area.clone(),
            area_code: area_code.clone(),
            period: held.period.clone(),
            indicator: tallied.question.text.clone(),
            breakdown: breakdown.map(|answer| ("Svar".to_owned(), answer.to_owned())).into_iter().collect(),
            unit,
            value,
            missing: value.is_none().then_some(TOO_FEW),
            preliminary: false,
            // The lines of a few would tell them; the whole column does not.
            cells: if value.is_some() { at(lines) } else { at(&all) },
        };
        rows.push(row(None, "antal svar", shown(all.len()).map(f64::from), &all));
        if tallied.is_counted() {
            rows.extend(tallied.given.iter().map(|(answer, lines)| row(Some(answer), "antal", shown(lines.len()).map(f64::from), lines)));
        }
        rows.extend(tallied.mean().map(|(mean, lines)| row(None, "medelvärde", Some(mean), &lines)));
    }
    Ok(rows)
}

/// Per day when the whole list is within a month's time, else per month.
fn granularity<'d>(dates: impl Iterator<Item = &'d str>) -> usize {
    let days: Vec<&str> = dates.collect();
    let parsed: Option<Vec<NaiveDate>> = days.iter().map(|day| day.parse().ok()).collect();
    let span = parsed.and_then(|days| Some((*days.iter().max()? - *days.iter().min()?).num_days()));
    if span.is_some_and(|days| days <= 31) { "2026-03-30".len() } else { "2026-03".len() }
}

fn event_rows(conn: &Connection, held: &Source) -> Result<Vec<Derived>> {
    let events = events::live(conn, Some(held.id))?;
    let length = granularity(events.iter().filter_map(|e| e.date.as_deref()));
    let period = |e: &StoredEvent| e.date.as_deref().and_then(|date| date.get(..length.min(date.len()))).map(str::to_owned);
    let mut groups: BTreeMap<_, Vec<(u32, u32, u32)>> = BTreeMap::new();
    for e in &events {
        let key = (e.area.clone(), e.area_code.clone(), period(e), e.category.clone());
        groups.entry(key).or_default().push((e.sheet, e.row, e.count));
    }
    groups.into_iter().map(|((area, code, period, category), rows)| derived(conn, held, (area, code), period, category, &rows)).collect()
}

fn report_rows(conn: &Connection, held: &Source, own: &AreaOf) -> Result<Vec<Derived>> {
    let reports: Vec<StoredReport> = reports::live(conn)?.into_iter().filter(|r| r.source == held.id).collect();
    let mut groups: BTreeMap<_, Vec<(u32, u32, u32)>> = BTreeMap::new();
    for r in reports {
        // A report of a week has no month of its own.
        let whole = |date: &str| if date.contains('W') { Some(date.to_owned()) } else { date.get(..7).map(str::to_owned) };
        let month = r.date.as_deref().and_then(whole);
        let about = r.municipality.map(|name| named_area(&name)).unwrap_or_else(|| own.clone());
        groups.entry((about, month, r.category)).or_default().push((r.sheet, r.row, r.count));
    }
    groups.into_iter().map(|((about, period, category), rows)| derived(conn, held, about, period, category, &rows)).collect()
}

/// `rows`: sheet, line and how many it tells of.
fn derived(
    conn: &Connection,
    held: &Source,
    (area, area_code): AreaOf,
    period: Option<String>,
    indicator: String,
    rows: &[(u32, u32, u32)],
) -> Result<Derived> {
    let mut cells = Vec::new();
    for of_sheet in rows.chunk_by(|a, b| a.0 == b.0) {
        let name = of_sheet.first().map(|(sheet, ..)| grid::sheet_name(conn, held.id, *sheet)).transpose()?.unwrap_or_default();
        let lines: Vec<u32> = of_sheet.iter().map(|(_, line, _)| *line).collect();
        cells.extend(ranges(held, &name, "A", &lines));
    }
    let count: u32 = rows.iter().map(|(.., count)| count).sum();
    let (breakdown, value) = (BTreeMap::new(), Some(f64::from(count)));
    Ok(Derived { area, area_code, period, indicator, breakdown, unit: "antal", value, missing: None, preliminary: false, cells })
}

/// Neighbouring lines as ranges.
fn ranges(held: &Source, sheet: &str, column: &str, lines: &[u32]) -> Vec<SourceCell> {
    let mut lines = lines.to_vec();
    lines.sort_unstable();
    lines.dedup();
    lines
        .chunk_by(|a, b| a + 1 == *b)
        .filter_map(|run| Some((*run.first()?, *run.last()?)))
        .map(|(row, last_row)| SourceCell {
            source: held.id,
            file: held.file_name.clone(),
            sheet: sheet.to_owned(),
            row,
            last_row,
            column: column.to_owned(),
        })
        .collect()
}
