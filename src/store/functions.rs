//! What SQLite lacks for Swedish: a collation in dictionary order (å ä ö after z).

use crate::error::Result;
use crate::swedish::sort_key;
use rusqlite::Connection;

pub fn register(conn: &Connection) -> Result<()> {
    conn.create_collation("swedish", |a, b| sort_key(a).cmp(&sort_key(b)))?;
    Ok(())
}
