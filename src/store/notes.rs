//! Table `note`: words from dialogues and the police's own assessment.

use crate::error::{Error, Result};
use crate::file::Tx;
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Note {
    #[serde(default)]
    pub id: String,
    pub kind: NoteKind,
    /// ISO date.
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    pub text: String,
    /// Theme id.
    #[serde(default)]
    pub theme: Option<String>,
    /// Whose words they are, such as a committee or a school; empty when nobody said.
    #[serde(default)]
    pub owner: String,
    /// The network they come from.
    #[serde(default)]
    pub network: String,
    /// The municipality they are about; the file's own when none is named.
    #[serde(default)]
    pub municipality: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    CitizenDialogue,
    StaffDialogue,
    PoliceAssessment,
}

impl NoteKind {
    fn word(self) -> &'static str {
        match self {
            Self::CitizenDialogue => "citizen_dialogue",
            Self::StaffDialogue => "staff_dialogue",
            Self::PoliceAssessment => "police_assessment",
        }
    }

    pub fn swedish(self) -> &'static str {
        match self {
            Self::CitizenDialogue => "medborgardialog",
            Self::StaffDialogue => "medarbetardialog",
            Self::PoliceAssessment => "polisens bedömning",
        }
    }
}

pub fn insert(tx: &mut Tx, note: &Note) -> Result<String> {
    let id = tx.context.new_id();
    tx.conn.execute(
        "INSERT INTO note (id, kind, date, place, text, theme, owner, network, municipality) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![id, note.kind.word(), note.date, note.place, note.text, note.theme, note.owner, note.network, note.municipality],
    )?;
    Ok(id)
}

pub fn update(tx: &mut Tx, note: &Note) -> Result<()> {
    let changed = tx.conn.execute(
        "UPDATE note SET kind = ?, date = ?, place = ?, text = ?, theme = ?, owner = ?, network = ?, municipality = ? WHERE id = ?",
        params![note.kind.word(), note.date, note.place, note.text, note.theme, note.owner, note.network, note.municipality, note.id],
    )?;
    if changed == 0 { Err(Error::not_found("Anteckningen")) } else { Ok(()) }
}

pub fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    match tx.conn.execute("DELETE FROM note WHERE id = ?", [id])? {
        0 => Err(Error::not_found("Anteckningen")),
        _ => Ok(()),
    }
}

pub fn all(conn: &Connection) -> Result<Vec<Note>> {
    let mut statement =
        conn.prepare_cached("SELECT id, kind, date, place, text, theme, owner, network, municipality FROM note ORDER BY date DESC, id")?;
    let rows = statement.query_map([], from_row)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn from_row(row: &Row) -> rusqlite::Result<Note> {
    let kind = match row.get::<_, String>(1)?.as_str() {
        "citizen_dialogue" => NoteKind::CitizenDialogue,
        "staff_dialogue" => NoteKind::StaffDialogue,
        _ => NoteKind::PoliceAssessment,
    };
    Ok(Note {
        id: row.get(0)?,
        kind,
        date: row.get(2)?,
        place: row.get(3)?,
        text: row.get(4)?,
        theme: row.get(5)?,
        owner: row.get(6)?,
        network: row.get(7)?,
        municipality: row.get(8)?,
    })
}
