//! Recording and replaying row changes. See the module text of `file`.

use crate::error::Result;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, OptionalExtension, params};

/// Tables whose every row change is recorded. Append-only ones (values, dictionaries) are not: they hang on `source`.
const TRACKED: &[&str] = &[
    "setting",
    "municipality",
    "note",
    "problem",
    "figure",
    "criterion",
    "assessment",
    "round",
    "round_problem",
    "decision",
    "party",
    "agreement",
    "focus_area",
    "goal",
    "commitment",
    "commitment_party",
    "check_in",
    "recipe",
    "category_theme",
];

/// Tables whose new rows are undone by switching them off.
const FLIPPED: &[&str] = &["source", "ballot"];

/// Points the triggers at a history line; makes them first if this connection has none yet.
pub fn start_recording(conn: &Connection, history_id: i64) -> Result<()> {
    let ready: bool = conn.query_row("SELECT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE name = 'recording')", [], |r| r.get(0))?;
    if !ready {
        conn.execute_batch("CREATE TEMP TABLE recording (history_id INTEGER)")?;
        for table in TRACKED {
            conn.execute_batch(&triggers(table, &columns(conn, table)?, false))?;
        }
        for table in FLIPPED {
            conn.execute_batch(&triggers(table, &columns(conn, table)?, true))?;
        }
    }
    conn.execute("DELETE FROM temp.recording", [])?;
    conn.execute("INSERT INTO temp.recording VALUES (?)", [history_id])?;
    Ok(())
}

pub fn stop_recording(conn: &Connection) -> Result<()> {
    conn.execute("DELETE FROM temp.recording", [])?;
    Ok(())
}

/// Column names, and those of the primary key. Rows are named by their key: VACUUM may renumber rowids.
fn columns(conn: &Connection, table: &str) -> Result<(Vec<String>, Vec<String>)> {
    let (mut all, mut key) = (Vec::new(), Vec::new());
    conn.pragma(None, "table_info", table, |row| {
        let name: String = row.get(1)?;
        if row.get::<_, u32>(5)? > 0 {
            key.push(name.clone());
        }
        all.push(name);
        Ok(())
    })?;
    Ok((all, key))
}

fn triggers(table: &str, (columns, key): &(Vec<String>, Vec<String>), flipped: bool) -> String {
    let sets = columns.iter().map(|c| format!(r#""{c}"='||quote(OLD."{c}")||'"#)).collect::<Vec<_>>().join(",");
    let names = columns.iter().map(|c| format!(r#""{c}""#)).collect::<Vec<_>>().join(",");
    let values = columns.iter().map(|c| format!("'||quote(OLD.\"{c}\")||'")).collect::<Vec<_>>().join(",");
    let new_row = key.iter().map(|c| format!(r#""{c}"='||quote(NEW."{c}")||'"#)).collect::<Vec<_>>().join(" AND ");
    let inverse_insert = match flipped {
        true => format!("UPDATE {table} SET live=0 WHERE {new_row}"),
        false => format!("DELETE FROM {table} WHERE {new_row}"),
    };
    // A flipped table changes in nothing but `live`; its content must not be copied into the history.
    let inverse_update = match flipped {
        true => format!("UPDATE {table} SET live='||OLD.live||' WHERE {new_row}"),
        false => format!("UPDATE {table} SET {sets} WHERE {new_row}"),
    };
    let mut sql = trigger(table, "INSERT", &inverse_insert) + &trigger(table, "UPDATE", &inverse_update);
    if !flipped {
        sql += &trigger(table, "DELETE", &format!("INSERT INTO {table}({names}) VALUES({values})"));
    }
    sql
}

fn trigger(table: &str, event: &str, inverse: &str) -> String {
    let order = if event == "DELETE" { "BEFORE" } else { "AFTER" };
    format!(
        "CREATE TEMP TRIGGER record_{table}_{event} {order} {event} ON main.{table} WHEN EXISTS (SELECT 1 FROM temp.recording) BEGIN
           INSERT INTO history_step (history_id, seq, sql)
           SELECT history_id, (SELECT COALESCE(MAX(seq), 0) + 1 FROM history_step WHERE history_id = recording.history_id), '{inverse}'
           FROM temp.recording;
         END;"
    )
}

/// Something new is being done: what was undone can no longer be redone.
pub fn forget_undone(conn: &Connection) -> Result<()> {
    conn.execute("DELETE FROM history_step WHERE history_id IN (SELECT id FROM history WHERE state = 'undone')", [])?;
    conn.execute("UPDATE history SET state = 'gone' WHERE state = 'undone'", [])?;
    Ok(())
}

/// Runs the inverse steps of the next operation in `from` backwards, recording their inverses in turn.
pub fn replay(conn: &Connection, from: &str, to: &str, order: &str) -> Result<Option<String>> {
    let found = conn
        .query_row(&format!("SELECT id, label FROM history WHERE state = ? {order} LIMIT 1"), [from], |r| {
            Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?))
        })
        .optional()?;
    let Some((id, label)) = found else { return Ok(None) };
    let steps: Vec<String> = conn
        .prepare("SELECT sql FROM history_step WHERE history_id = ? ORDER BY seq DESC")?
        .query_map([id], |r| r.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    conn.execute("DELETE FROM history_step WHERE history_id = ?", [id])?;
    // Cascades run inside the recorded order already; checking waits until every row is back.
    conn.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    start_recording(conn, id)?;
    // The steps are text in the file, and a file can come from anybody: nothing but row changes of ours may run.
    conn.authorizer(Some(may_run))?;
    let done = steps.iter().try_for_each(|step| conn.execute(step, []).map(|_| ()));
    conn.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    done?;
    stop_recording(conn)?;
    conn.execute("UPDATE history SET state = ? WHERE id = ?", params![to, id])?;
    Ok(Some(label))
}

/// What an undo step may do: change rows of the tracked tables, flip the flipped ones, and write its own inverse.
fn may_run(asked: AuthContext<'_>) -> Authorization {
    let allowed = match asked.action {
        AuthAction::Read { .. } | AuthAction::Select | AuthAction::Function { .. } => true,
        AuthAction::Insert { table_name } => TRACKED.contains(&table_name) || (asked.accessor.is_some() && table_name == "history_step"),
        AuthAction::Delete { table_name } => TRACKED.contains(&table_name),
        AuthAction::Update { table_name, column_name } => {
            TRACKED.contains(&table_name) || (FLIPPED.contains(&table_name) && column_name == "live")
        }
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}
