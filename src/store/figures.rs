//! Table `figure`: a question with the answer it had when it was pinned; written once, never changed.

use crate::error::{Error, Result};
use crate::file::Tx;
use crate::picture::question::{Answer, FIGURE_VERSION, Figure, Question};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub fn insert(tx: &mut Tx, problem: Option<&str>, question: &Question, answer: &Answer) -> Result<String> {
    let id = tx.context.new_id();
    let pinned = tx.context.today().to_string();
    tx.conn.execute(
        "INSERT INTO figure (id, problem_id, number, pinned, version, question, answer)
         VALUES (?1, ?2, (SELECT COALESCE(MAX(number), 0) + 1 FROM figure), ?3, ?4, ?5, ?6)",
        params![id, problem, pinned, FIGURE_VERSION, serde_json::to_string(question)?, serde_json::to_string(answer)?],
    )?;
    Ok(id)
}

pub fn of_problem(conn: &Connection, problem: &str) -> Result<Vec<Figure>> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} WHERE problem_id = ? ORDER BY number"))?;
    let rows: Vec<Stored> = statement.query_map([problem], from_row)?.collect::<std::result::Result<_, _>>()?;
    rows.into_iter().map(|row| row.figure(conn)).collect()
}

/// By number ("7", "figur 7") or id.
pub fn find(conn: &Connection, name: &str) -> Result<Figure> {
    let name = name.trim().trim_start_matches("figur").trim();
    let found = match name.parse::<u32>() {
        Ok(number) => conn.query_row(&format!("{SELECT} WHERE number = ?"), [number], from_row).optional()?,
        Err(_) => conn.query_row(&format!("{SELECT} WHERE id = ?"), [name], from_row).optional()?,
    };
    found.ok_or_else(|| Error::not_found(&format!("Figur {name}")))?.figure(conn)
}

const SELECT: &str = "SELECT id, number, problem_id, pinned, question, answer FROM figure";

struct Stored {
    id: String,
    number: u32,
    problem: Option<String>,
    pinned: String,
    question: String,
    answer: String,
}

impl Stored {
    fn figure(self, conn: &Connection) -> Result<Figure> {
        let answer: Answer = serde_json::from_str(&self.answer)?;
        let mut withdrawn = false;
        for cell in answer.points.iter().flat_map(|p| &p.cells) {
            withdrawn |= !super::sources::is_live(conn, cell.source)?;
        }
        Ok(Figure {
            id: self.id,
            number: self.number,
            problem: self.problem,
            pinned: self.pinned,
            question: serde_json::from_str(&self.question)?,
            answer,
            withdrawn,
        })
    }
}

fn from_row(row: &Row) -> rusqlite::Result<Stored> {
    Ok(Stored {
        id: row.get(0)?,
        number: row.get(1)?,
        problem: row.get(2)?,
        pinned: row.get(3)?,
        question: row.get(4)?,
        answer: row.get(5)?,
    })
}
