//! Tables `survey_question` and `survey_response`: one row per respondent and answer, counted by questions.

use crate::error::Result;
use crate::file::Tx;
use crate::import::batch::{QuestionRole, Survey};
use rusqlite::{Connection, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredQuestion {
    pub id: i64,
    pub source: u32,
    pub text: String,
    pub role: String,
    pub options: Vec<String>,
    /// 1-based.
    pub column: u32,
}

/// Stores questions and answers; of ignored columns (ids, times, addresses) only the heading is kept.
pub fn insert(tx: &mut Tx, source: u32, survey: &Survey) -> Result<u32> {
    let mut stored = 0;
    let mut question_row = tx
        .conn
        .prepare_cached(r#"INSERT INTO survey_question (source_id, position, text, role, options, "column") VALUES (?, ?, ?, ?, ?, ?)"#)?;
    let mut answer_row =
        tx.conn.prepare_cached(r#"INSERT INTO survey_response (source_id, question_id, "row", part, answer) VALUES (?, ?, ?, ?, ?)"#)?;
    for (position, question) in survey.questions.iter().enumerate() {
        let options = serde_json::to_string(&question.options)?;
        question_row.execute(params![source, position as u32, question.text, question.role.word(), options, question.column + 1])?;
        let id = tx.conn.last_insert_rowid();
        let kept = if question.role == QuestionRole::Ignore { &[][..] } else { &survey.respondents };
        for respondent in kept {
            let parts = respondent.answers.get(position).map(Vec::as_slice).unwrap_or_default();
            for (part, answer) in parts.iter().enumerate() {
                answer_row.execute(params![source, id, respondent.row + 1, part as u32, answer])?;
                stored += 1;
            }
        }
    }
    Ok(stored)
}

/// Questions of the live surveys, newest survey first.
pub fn questions(conn: &Connection) -> Result<Vec<StoredQuestion>> {
    let mut statement = conn.prepare_cached(
        r#"SELECT q.id, q.source_id, q.text, q.role, q.options, q."column" FROM survey_question q JOIN source so ON so.id = q.source_id AND so.live = 1
           ORDER BY so.id DESC, q.position"#,
    )?;
    let rows = statement.query_map([], |r| {
        let options: String = r.get(4)?;
        Ok(StoredQuestion {
            id: r.get(0)?,
            source: r.get(1)?,
            text: r.get(2)?,
            role: r.get(3)?,
            options: serde_json::from_str(&options).unwrap_or_default(),
            column: r.get(5)?,
        })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Line and answer of everybody who answered a question.
pub fn answers(conn: &Connection, question: i64) -> Result<Vec<(u32, String)>> {
    let mut statement = conn.prepare_cached(r#"SELECT "row", answer FROM survey_response WHERE question_id = ? ORDER BY "row", part"#)?;
    let rows = statement.query_map([question], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn respondents(conn: &Connection, source: u32) -> Result<u32> {
    Ok(conn.query_row(r#"SELECT COUNT(DISTINCT "row") FROM survey_response WHERE source_id = ?"#, [source], |r| r.get(0))?)
}
