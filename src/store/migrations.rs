//! Schema versions. A file of an older version is copied aside before it is changed; a newer one is refused (`file`).

use crate::error::{Code, Error, Result};
use rusqlite::Connection;
use std::path::Path;

/// "LBLD" in `PRAGMA application_id`: tells a lägesbild file from any other SQLite file.
pub const APPLICATION_ID: i32 = 0x4C42_4C44;

/// One script per version, in order; never changed once released.
const SCRIPTS: &[&str] = &[include_str!("migrations/0001.sql"), include_str!("migrations/0002.sql"), include_str!("migrations/0003.sql")];

pub const LATEST: u32 = SCRIPTS.len() as u32;

pub fn run(conn: &Connection, path: Option<&Path>) -> Result<()> {
    run_scripts(conn, path, SCRIPTS)
}

/// Brings a file from its own version to the last script's, all or nothing, after copying it aside.
pub(crate) fn run_scripts(conn: &Connection, path: Option<&Path>, scripts: &[&str]) -> Result<()> {
    let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version as usize >= scripts.len() {
        return Ok(());
    }
    if let (Some(path), true) = (path, version > 0) {
        snapshot(conn, path, version)?;
    }
    conn.execute_batch("BEGIN IMMEDIATE")?;
    let outcome = apply(conn, version, scripts);
    conn.execute_batch(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    outcome
}

fn apply(conn: &Connection, version: u32, scripts: &[&str]) -> Result<()> {
    for script in &scripts[version as usize..] {
        conn.execute_batch(script)?;
    }
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    conn.pragma_update(None, "user_version", scripts.len() as u32)?;
    Ok(())
}

fn snapshot(conn: &Connection, path: &Path, version: u32) -> Result<()> {
    let copy = path.with_extension(format!("före-version-{}.lagesbild", version + 1));
    if copy.exists() {
        return Ok(());
    }
    conn.execute("VACUUM INTO ?", [copy.to_string_lossy()]).map_err(|e| {
        Error::new(Code::FileAccess, "Filen behöver uppgraderas, men säkerhetskopian kunde inte skrivas.")
            .hint("Frigör plats eller flytta filen till en mapp där du får skriva.")
            .detail(e)
    })?;
    Ok(())
}
