//! Table `recipe`: a person's own decisions about files with the same headers. It holds no file name, hash, area or count.

use crate::error::{Error, Result};
use crate::file::Tx;
use crate::import::Answers;
use crate::perspective::Perspective;
use rusqlite::{Connection, OptionalExtension, Row, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    pub id: String,
    /// SHA-256 of the header words, hexadecimal.
    pub fingerprint: String,
    pub title: String,
    /// Id of the source that reads the file.
    pub reader: String,
    /// Question id → choice, with header words in place of column letters.
    pub answers: Answers,
    /// None: nobody chose it.
    pub perspective: Option<Perspective>,
    pub kind: Option<String>,
    pub owner: String,
    pub network: String,
    /// ISO date of the latest decision.
    pub decided: String,
}

const COLUMNS: &str = "id, fingerprint, title, reader, answers, perspective, kind, owner, network, decided";

/// Keeps a recipe in place of the earlier one with the same fingerprint.
pub fn keep(tx: &mut Tx, recipe: &Recipe) -> Result<()> {
    let id = match find(tx.conn, &recipe.fingerprint)? {
        Some(earlier) => earlier.id,
        None => tx.context.new_id(),
    };
    tx.conn.execute(
        "INSERT INTO recipe (id, fingerprint, title, reader, answers, perspective, kind, owner, network, decided) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, reader = excluded.reader, answers = excluded.answers,
           perspective = excluded.perspective, kind = excluded.kind, owner = excluded.owner, network = excluded.network, decided = excluded.decided",
        params![
            id,
            recipe.fingerprint,
            recipe.title,
            recipe.reader,
            serde_json::to_string(&recipe.answers)?,
            recipe.perspective.map_or("", Perspective::code),
            recipe.kind.as_deref().unwrap_or_default(),
            recipe.owner,
            recipe.network,
            recipe.decided
        ],
    )?;
    Ok(())
}

pub fn find(conn: &Connection, fingerprint: &str) -> Result<Option<Recipe>> {
    one(conn, "fingerprint", fingerprint)
}

pub fn by_id(conn: &Connection, id: &str) -> Result<Option<Recipe>> {
    one(conn, "id", id)
}

fn one(conn: &Connection, column: &str, value: &str) -> Result<Option<Recipe>> {
    Ok(conn.query_row(&format!("SELECT {COLUMNS} FROM recipe WHERE {column} = ?"), [value], from_row).optional()?)
}

pub fn all(conn: &Connection) -> Result<Vec<Recipe>> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM recipe ORDER BY id"))?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn forget(tx: &mut Tx, id: &str) -> Result<()> {
    match tx.conn.execute("DELETE FROM recipe WHERE id = ?", [id])? {
        0 => Err(Error::not_found("Receptet")),
        _ => Ok(()),
    }
}

fn from_row(row: &Row) -> rusqlite::Result<Recipe> {
    let kind: String = row.get(6)?;
    Ok(Recipe {
        id: row.get(0)?,
        fingerprint: row.get(1)?,
        title: row.get(2)?,
        reader: row.get(3)?,
        // Unreadable answers are no answers: the questions are asked again.
        answers: serde_json::from_str(&row.get::<_, String>(4)?).unwrap_or_default(),
        perspective: Perspective::from_code(&row.get::<_, String>(5)?),
        kind: Some(kind).filter(|kind| !kind.is_empty()),
        owner: row.get(7)?,
        network: row.get(8)?,
        decided: row.get(9)?,
    })
}
