//! Table `category_theme`: which theme a category belongs to, where a person has said so.

use crate::error::Result;
use crate::file::Tx;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Category in lower case → theme id; an empty id says that it belongs to no theme.
pub type Decided = BTreeMap<String, String>;

pub fn decided(conn: &Connection) -> Result<Decided> {
    let mut statement = conn.prepare_cached("SELECT category, theme FROM category_theme")?;
    let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Remembers a decision, or forgets it when `theme` is none.
pub fn decide(tx: &mut Tx, category: &str, theme: Option<&str>) -> Result<()> {
    let category = category.to_lowercase();
    match theme {
        Some(theme) => tx.conn.execute(
            "INSERT INTO category_theme (category, theme) VALUES (?1, ?2) ON CONFLICT (category) DO UPDATE SET theme = ?2",
            params![category, theme],
        )?,
        None => tx.conn.execute("DELETE FROM category_theme WHERE category = ?", [category])?,
    };
    Ok(())
}
