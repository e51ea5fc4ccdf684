//! Tables `agreement`, `party`, `focus_area`, `goal`, `commitment`, `check_in`.

use crate::error::{Error, Result};
use crate::file::Tx;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Party {
    /// Empty for a new one.
    #[serde(default)]
    pub id: String,
    pub kind: PartyKind,
    pub name: String,
    /// Title of who signs, e.g. "kommunstyrelsens ordförande".
    #[serde(default)]
    pub signatory: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    Municipality,
    Police,
    Region,
    Authority,
    Company,
    Association,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FocusArea {
    #[serde(default)]
    pub id: String,
    /// The decision it comes from, if any.
    #[serde(default)]
    pub decision: Option<String>,
    pub name: String,
    /// Likely causes, in the parties' words.
    #[serde(default)]
    pub cause: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Goal {
    #[serde(default)]
    pub id: String,
    /// `None`: an overall goal.
    #[serde(default)]
    pub focus_area: Option<String>,
    pub kind: GoalKind,
    pub text: String,
    /// The figure that will be asked again.
    #[serde(default)]
    pub figure: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoalKind {
    Outcome,
    Process,
    Output,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Commitment {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub focus_area: Option<String>,
    /// What follows "åtar sig att".
    pub text: String,
    pub parties: Vec<String>,
    /// At least so many times per `per`.
    #[serde(default)]
    pub count: Option<u32>,
    #[serde(default)]
    pub per: Option<Per>,
    /// ISO date.
    #[serde(default)]
    pub due: Option<String>,
    /// Part of the medborgarlöfte.
    #[serde(default)]
    pub public: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Year,
    HalfYear,
    Quarter,
    Month,
    Week,
}

/// How long the agreement holds. The sentence is generated from the rule (domain.md §3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Validity {
    /// Not decided yet.
    Open,
    Fixed {
        #[ts(type = "string")]
        from: NaiveDate,
        #[ts(type = "string")]
        to: NaiveDate,
        /// Holds until further notice if no new agreement is signed.
        extends: bool,
    },
    UntilTerminated {
        #[ts(type = "string")]
        from: NaiveDate,
        /// Revised every so many years.
        revised_every: Option<u32>,
    },
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckIn {
    #[serde(default)]
    pub id: String,
    pub commitment: String,
    #[serde(default)]
    pub date: String,
    pub status: Status,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Done,
    UnderWay,
    Behind,
    NotStarted,
}

/// The agreement's own fields.
#[derive(Debug, Clone)]
pub struct Head {
    pub id: String,
    pub title: String,
    pub purpose: String,
    pub follow_up: String,
    pub validity: Validity,
    pub registry: String,
}

/// The stored word of a unit enum is its serde name, so that file, api and TypeScript say the same.
fn word<T: Serialize>(value: T) -> Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}

fn from_word<T: DeserializeOwned>(word: String) -> rusqlite::Result<T> {
    serde_json::from_value(word.into()).map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e)))
}

pub fn head(conn: &Connection) -> Result<Option<Head>> {
    let row = conn
        .query_row("SELECT id, title, purpose, follow_up, validity, registry FROM agreement LIMIT 1", [], |r| {
            Ok((r.get::<_, String>(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get::<_, String>(4)?, r.get(5)?))
        })
        .optional()?;
    row.map(|(id, title, purpose, follow_up, validity, registry)| {
        Ok(Head { id, title, purpose, follow_up, validity: serde_json::from_str(&validity)?, registry })
    })
    .transpose()
}

pub fn save_head(tx: &mut Tx, head: &Head) -> Result<()> {
    let id = if head.id.is_empty() { tx.context.new_id() } else { head.id.clone() };
    tx.conn.execute(
        "INSERT INTO agreement (id, title, purpose, follow_up, validity, registry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET title = ?2, purpose = ?3, follow_up = ?4, validity = ?5, registry = ?6",
        params![id, head.title, head.purpose, head.follow_up, serde_json::to_string(&head.validity)?, head.registry],
    )?;
    Ok(())
}

/// New rows get an id; a row with an id must exist.
fn id_for(tx: &mut Tx, table: &str, id: &str) -> Result<String> {
    if id.is_empty() {
        return Ok(tx.context.new_id());
    }
    let known: bool = tx.conn.query_row(&format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE id = ?)"), [id], |r| r.get(0))?;
    if known { Ok(id.to_owned()) } else { Err(Error::not_found("Raden")) }
}

fn delete(tx: &mut Tx, table: &str, id: &str) -> Result<()> {
    match tx.conn.execute(&format!("DELETE FROM {table} WHERE id = ?"), [id])? {
        0 => Err(Error::not_found("Raden")),
        _ => Ok(()),
    }
}

pub fn save_party(tx: &mut Tx, party: &Party) -> Result<String> {
    let id = id_for(tx, "party", &party.id)?;
    tx.conn.execute(
        "INSERT INTO party (id, kind, name, signatory, position) VALUES (?1, ?2, ?3, ?4, (SELECT COALESCE(MAX(position), 0) + 1 FROM party))
         ON CONFLICT (id) DO UPDATE SET kind = ?2, name = ?3, signatory = ?4",
        params![id, word(party.kind)?, party.name, party.signatory],
    )?;
    Ok(id)
}

pub fn delete_party(tx: &mut Tx, id: &str) -> Result<()> {
    delete(tx, "party", id)
}

pub fn parties(conn: &Connection) -> Result<Vec<Party>> {
    let mut statement = conn.prepare_cached("SELECT id, kind, name, signatory FROM party ORDER BY position")?;
    let rows = statement
        .query_map([], |r| Ok(Party { id: r.get(0)?, kind: from_word::<PartyKind>(r.get(1)?)?, name: r.get(2)?, signatory: r.get(3)? }))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn save_focus_area(tx: &mut Tx, area: &FocusArea) -> Result<String> {
    let id = id_for(tx, "focus_area", &area.id)?;
    tx.conn.execute(
        "INSERT INTO focus_area (id, decision_id, name, cause, position) VALUES (?1, ?2, ?3, ?4, (SELECT COALESCE(MAX(position), 0) + 1 FROM focus_area))
         ON CONFLICT (id) DO UPDATE SET decision_id = ?2, name = ?3, cause = ?4",
        params![id, area.decision, area.name, area.cause],
    )?;
    Ok(id)
}

pub fn delete_focus_area(tx: &mut Tx, id: &str) -> Result<()> {
    delete(tx, "focus_area", id)
}

pub fn focus_areas(conn: &Connection) -> Result<Vec<FocusArea>> {
    let mut statement = conn.prepare_cached("SELECT id, decision_id, name, cause FROM focus_area ORDER BY position")?;
    let rows = statement.query_map([], |r| Ok(FocusArea { id: r.get(0)?, decision: r.get(1)?, name: r.get(2)?, cause: r.get(3)? }))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn save_goal(tx: &mut Tx, goal: &Goal) -> Result<String> {
    let id = id_for(tx, "goal", &goal.id)?;
    tx.conn.execute(
        "INSERT INTO goal (id, focus_area_id, kind, text, figure_id, position) VALUES (?1, ?2, ?3, ?4, ?5, (SELECT COALESCE(MAX(position), 0) + 1 FROM goal))
         ON CONFLICT (id) DO UPDATE SET focus_area_id = ?2, kind = ?3, text = ?4, figure_id = ?5",
        params![id, goal.focus_area, word(goal.kind)?, goal.text, goal.figure],
    )?;
    Ok(id)
}

pub fn delete_goal(tx: &mut Tx, id: &str) -> Result<()> {
    delete(tx, "goal", id)
}

pub fn goals(conn: &Connection) -> Result<Vec<Goal>> {
    let mut statement = conn.prepare_cached("SELECT id, focus_area_id, kind, text, figure_id FROM goal ORDER BY position")?;
    let rows = statement.query_map([], |r| {
        Ok(Goal { id: r.get(0)?, focus_area: r.get(1)?, kind: from_word::<GoalKind>(r.get(2)?)?, text: r.get(3)?, figure: r.get(4)? })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn save_commitment(tx: &mut Tx, c: &Commitment) -> Result<String> {
    let id = id_for(tx, "commitment", &c.id)?;
    let per = c.per.map(word).transpose()?;
    tx.conn.execute(
        "INSERT INTO commitment (id, focus_area_id, text, count, per, due, public, position)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT COALESCE(MAX(position), 0) + 1 FROM commitment))
         ON CONFLICT (id) DO UPDATE SET focus_area_id = ?2, text = ?3, count = ?4, per = ?5, due = ?6, public = ?7",
        params![id, c.focus_area, c.text, c.count, per, c.due, c.public],
    )?;
    tx.conn.execute("DELETE FROM commitment_party WHERE commitment_id = ?", [&id])?;
    for party in &c.parties {
        tx.conn.execute("INSERT INTO commitment_party (commitment_id, party_id) VALUES (?, ?)", [&id, party])?;
    }
    Ok(id)
}

pub fn delete_commitment(tx: &mut Tx, id: &str) -> Result<()> {
    delete(tx, "commitment", id)
}

pub fn commitments(conn: &Connection) -> Result<Vec<Commitment>> {
    let mut statement = conn.prepare_cached("SELECT id, focus_area_id, text, count, per, due, public FROM commitment ORDER BY position")?;
    let mut all: Vec<Commitment> = statement.query_map([], commitment)?.collect::<std::result::Result<_, _>>()?;
    let sql =
        "SELECT cp.party_id FROM commitment_party cp JOIN party p ON p.id = cp.party_id WHERE cp.commitment_id = ? ORDER BY p.position";
    let mut owners = conn.prepare_cached(sql)?;
    for c in &mut all {
        c.parties = owners.query_map([&c.id], |r| r.get(0))?.collect::<std::result::Result<_, _>>()?;
    }
    Ok(all)
}

fn commitment(r: &Row) -> rusqlite::Result<Commitment> {
    Ok(Commitment {
        id: r.get(0)?,
        focus_area: r.get(1)?,
        text: r.get(2)?,
        parties: Vec::new(),
        count: r.get(3)?,
        per: r.get::<_, Option<String>>(4)?.map(from_word::<Per>).transpose()?,
        due: r.get(5)?,
        public: r.get(6)?,
    })
}

pub fn insert_check_in(tx: &mut Tx, c: &CheckIn) -> Result<String> {
    let id = tx.context.new_id();
    let date = if c.date.is_empty() { tx.context.today().to_string() } else { c.date.clone() };
    tx.conn.execute(
        "INSERT INTO check_in (id, commitment_id, date, status, note) VALUES (?, ?, ?, ?, ?)",
        params![id, c.commitment, date, word(c.status)?, c.note],
    )?;
    Ok(id)
}

/// Newest first.
pub fn check_ins(conn: &Connection, commitment: &str) -> Result<Vec<CheckIn>> {
    let mut statement = conn
        .prepare_cached("SELECT id, commitment_id, date, status, note FROM check_in WHERE commitment_id = ? ORDER BY date DESC, id DESC")?;
    let rows = statement.query_map([commitment], |r| {
        Ok(CheckIn { id: r.get(0)?, commitment: r.get(1)?, date: r.get(2)?, status: from_word::<Status>(r.get(3)?)?, note: r.get(4)? })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}
