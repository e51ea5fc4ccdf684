//! Tables `survey_question` and `survey_response`: one row per respondent and answer, counted by questions.
//!
//! An answer is kept as its cell words it, whatever its question is used for; one of several choices (`a;b`) is taken
//! apart when it is read. So the use of a question can be corrected without touching what people answered.

use super::grid;
use crate::error::{Error, Result};
use crate::file::Tx;
use crate::import::batch::{QuestionRole, Survey, Worst};
use crate::import::{self, MASK};
use rusqlite::{CachedStatement, Connection, Row, params};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredQuestion {
    pub id: i64,
    pub source: u32,
    pub text: String,
    pub role: String,
    pub options: Vec<String>,
    /// Answers beside the scale.
    pub outside: Vec<String>,
    /// `first`, `last` or empty: the bad end of the scale.
    pub worst: String,
    /// Number of the sheet, from 0.
    pub sheet: u32,
    /// 1-based.
    pub column: u32,
    /// The same as `column`, unless each choice has a column of its own.
    pub last_column: u32,
}

/// What a person says about a question; what is none is found anew from the answers.
#[derive(Debug)]
pub struct Correction {
    pub role: QuestionRole,
    pub options: Option<Vec<String>>,
    pub worst: Option<String>,
}

/// Stores questions and answers; of ignored columns (ids, times, addresses) only the heading is kept.
pub fn insert(tx: &mut Tx, source: u32, survey: &Survey) -> Result<u32> {
    let mut stored = 0;
    let mut question_row = tx.conn.prepare_cached(
        r#"INSERT INTO survey_question (source_id, position, text, role, options, "column", last_column, outside, worst, sheet)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"#,
    )?;
    let mut answers = Answers::new(tx.conn, source)?;
    for (position, question) in survey.questions.iter().enumerate() {
        let last = Some(question.last_column + 1).filter(|_| question.last_column > question.column);
        question_row.execute(params![
            source,
            position as u32,
            question.text,
            question.role.word(),
            serde_json::to_string(&question.options)?,
            question.column + 1,
            last,
            serde_json::to_string(&question.outside)?,
            Worst::word(question.worst),
            survey.sheet
        ])?;
        let id = tx.conn.last_insert_rowid();
        let kept = if question.role == QuestionRole::Ignore { &[][..] } else { &survey.respondents };
        for respondent in kept {
            let parts = respondent.answers.get(position).map(Vec::as_slice).unwrap_or_default();
            for (part, answer) in parts.iter().enumerate() {
                answers.add((id, respondent.row + 1, part as u32, answer.as_str()))?;
                stored += 1;
            }
        }
        answers.finish()?;
        tx.progress.step(0)?;
    }
    Ok(stored)
}

/// Answers that go into the table with one statement: running one costs as much as writing a row.
const TOGETHER: usize = 64;

/// Question, line, part and answer.
type Answer<'a> = (i64, u32, u32, &'a str);

/// Answers on their way into the table, which come in the order of its key.
struct Answers<'c, 'a> {
    source: u32,
    many: CachedStatement<'c>,
    one: CachedStatement<'c>,
    waiting: Vec<Answer<'a>>,
}

impl<'c, 'a> Answers<'c, 'a> {
    fn new(conn: &'c Connection, source: u32) -> Result<Self> {
        let insertion = |rows: usize| {
            let row = |n: usize| format!("(?1, ?{}, ?{}, ?{}, ?{})", 4 * n + 2, 4 * n + 3, 4 * n + 4, 4 * n + 5);
            let rows = (0..rows).map(row).collect::<Vec<_>>().join(", ");
            conn.prepare_cached(&format!(r#"INSERT INTO survey_response (source_id, question_id, "row", part, answer) VALUES {rows}"#))
        };
        Ok(Self { source, many: insertion(TOGETHER)?, one: insertion(1)?, waiting: Vec::with_capacity(TOGETHER) })
    }

    fn add(&mut self, answer: Answer<'a>) -> Result<()> {
        self.waiting.push(answer);
        if self.waiting.len() == TOGETHER {
            run(&mut self.many, self.source, &self.waiting)?;
            self.waiting.clear();
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        for answer in self.waiting.drain(..) {
            run(&mut self.one, self.source, &[answer])?;
        }
        Ok(())
    }
}

fn run(statement: &mut CachedStatement<'_>, source: u32, answers: &[Answer<'_>]) -> Result<()> {
    statement.raw_bind_parameter(1, source)?;
    for ((question, line, part, answer), n) in answers.iter().zip((2..).step_by(4)) {
        statement.raw_bind_parameter(n, question)?;
        statement.raw_bind_parameter(n + 1, line)?;
        statement.raw_bind_parameter(n + 2, part)?;
        statement.raw_bind_parameter(n + 3, answer)?;
    }
    statement.raw_execute()?;
    Ok(())
}

const SELECT: &str = r#"SELECT q.id, q.source_id, q.text, q.role, q.options, q.outside, q.worst, q.sheet, q."column",
    COALESCE(q.last_column, q."column") FROM survey_question q"#;

/// Questions of the live surveys, newest survey first.
pub fn questions(conn: &Connection) -> Result<Vec<StoredQuestion>> {
    let sql = format!("{SELECT} JOIN source so ON so.id = q.source_id AND so.live = 1 ORDER BY so.id DESC, q.position");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Questions of one survey in their order, whether it counts or not.
pub fn of_source(conn: &Connection, source: u32) -> Result<Vec<StoredQuestion>> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} WHERE q.source_id = ? ORDER BY q.position"))?;
    let rows = statement.query_map([source], from_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn from_row(r: &Row) -> rusqlite::Result<StoredQuestion> {
    let list = |index: usize| r.get::<_, String>(index).map(|json| serde_json::from_str(&json).unwrap_or_default());
    Ok(StoredQuestion {
        id: r.get(0)?,
        source: r.get(1)?,
        text: r.get(2)?,
        role: r.get(3)?,
        options: list(4)?,
        outside: list(5)?,
        worst: r.get(6)?,
        sheet: r.get(7)?,
        column: r.get(8)?,
        last_column: r.get(9)?,
    })
}

/// Line and answer of everybody who answered a question, each choice of several by itself. An empty answer says that the
/// respondent was shown choices in columns of their own and took none.
pub fn answers(conn: &Connection, question: i64) -> Result<Vec<(u32, String)>> {
    let mut statement = conn.prepare_cached(
        r#"SELECT r."row", r.answer, q.role FROM survey_response r JOIN survey_question q ON q.id = r.question_id
           WHERE r.question_id = ? ORDER BY r."row", r.part"#,
    )?;
    let rows = statement.query_map([question], |r| Ok((r.get::<_, u32>(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?)))?;
    let mut answers = Vec::new();
    for row in rows {
        let (line, answer, role) = row?;
        match role.as_str() {
            "multi" if answer.contains(';') => answers.extend(import::choices(&answer).into_iter().map(|part| (line, part))),
            "ignore" => {}
            _ => answers.push((line, answer)),
        }
    }
    Ok(answers)
}

pub fn respondents(conn: &Connection, source: u32) -> Result<u32> {
    Ok(conn.query_row(r#"SELECT COUNT(DISTINCT "row") FROM survey_response WHERE source_id = ?"#, [source], |r| r.get(0))?)
}

/// Changes what a question is used for. One that was left out has no answers yet: they are read from the file's own cells.
pub fn correct(tx: &mut Tx, question: &StoredQuestion, correction: &Correction) -> Result<()> {
    if question.role == QuestionRole::Ignore.word() && correction.role != QuestionRole::Ignore {
        read_again(tx, question)?;
    }
    tx.conn.execute("UPDATE survey_question SET role = ? WHERE id = ?", params![correction.role.word(), question.id])?;
    let mut given: BTreeMap<String, usize> = BTreeMap::new();
    let words = answers(tx.conn, question.id)?.into_iter().map(|(_, answer)| answer).filter(|answer| !answer.is_empty());
    words.for_each(|answer| *given.entry(answer).or_default() += 1);
    let found = import::arranged(correction.role, &given);
    let (options, outside) = match &correction.options {
        Some(steps) => (steps.clone(), given.keys().filter(|answer| !steps.contains(answer)).cloned().collect()),
        None => (found.options, found.outside),
    };
    let worst = correction.worst.clone().unwrap_or_else(|| Worst::word(found.worst).to_owned());
    tx.conn.execute(
        "UPDATE survey_question SET options = ?, outside = ?, worst = ? WHERE id = ?",
        params![serde_json::to_string(&options)?, serde_json::to_string(&outside)?, worst, question.id],
    )?;
    Ok(())
}

/// The answers of a column that was left out when the file was read, from the file as it is kept.
fn read_again(tx: &mut Tx, question: &StoredQuestion) -> Result<()> {
    let have: bool =
        tx.conn.query_row("SELECT EXISTS (SELECT 1 FROM survey_response WHERE question_id = ?)", [question.id], |r| r.get(0))?;
    if have {
        return Ok(());
    }
    let rows: BTreeSet<u32> = tx
        .conn
        .prepare_cached(r#"SELECT DISTINCT "row" FROM survey_response WHERE source_id = ?"#)?
        .query_map([question.source], |r| r.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    let cells = grid::column(tx.conn, question.source, question.sheet, question.column, &rows)?;
    if cells.iter().any(|(_, text)| text == MASK) {
        return Err(Error::not_allowed("Kolumnen innehåller personuppgifter och kan inte användas som fråga."));
    }
    let mut row =
        tx.conn.prepare_cached(r#"INSERT INTO survey_response (source_id, question_id, "row", part, answer) VALUES (?, ?, ?, 0, ?)"#)?;
    for (line, text) in cells.into_iter().filter(|(_, text)| !text.is_empty()) {
        row.execute(params![question.source, question.id, line, text])?;
    }
    Ok(())
}
