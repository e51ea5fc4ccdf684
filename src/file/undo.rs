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
    "own_report",
];

/// Tables whose new rows are undone by switching them off. Of a changed row only the columns named are recorded: the rest
/// never changes, or must not be copied into the history.
const FLIPPED: &[(&str, &[&str])] =
    &[("source", &["live", "title", "perspective", "owner", "network", "sent_out", "remove_by"]), ("ballot", &["live"])];

/// Tables whose rows come with a source and hang on it; people may correct the columns named.
const CORRECTED: &[(&str, &[&str])] = &[("survey_question", &["role", "options", "outside", "worst"])];

/// Points the triggers at a history line; makes them first if this connection has none yet.
pub fn start_recording(conn: &Connection, history_id: i64) -> Result<()> {
    let ready: bool = conn.query_row("SELECT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE name = 'recording')", [], |r| r.get(0))?;
    if !ready {
        conn.execute_batch("CREATE TEMP TABLE recording (history_id INTEGER)")?;
        for table in TRACKED {
            let (all, key) = columns(conn, table)?;
            conn.execute_batch(&(insertion(table, &key) + &update(table, &all, &key) + &deletion(table, &all)))?;
        }
        for (table, changing) in FLIPPED {
            let (_, key) = columns(conn, table)?;
            let off = trigger(table, "INSERT", &format!("UPDATE {table} SET live=0 WHERE {}", this_row(&key)));
            conn.execute_batch(&(off + &update(table, changing, &key)))?;
        }
        for (table, changing) in CORRECTED {
            let (_, key) = columns(conn, table)?;
            conn.execute_batch(&update(table, changing, &key))?;
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

/// Finds the row again after its change.
fn this_row(key: &[String]) -> String {
    key.iter().map(|c| format!(r#""{c}"='||quote(NEW."{c}")||'"#)).collect::<Vec<_>>().join(" AND ")
}

fn insertion(table: &str, key: &[String]) -> String {
    trigger(table, "INSERT", &format!("DELETE FROM {table} WHERE {}", this_row(key)))
}

fn update(table: &str, changing: &[impl AsRef<str>], key: &[String]) -> String {
    let set = |c: &str| format!(r#""{c}"='||quote(OLD."{c}")||'"#);
    let sets = changing.iter().map(|c| set(c.as_ref())).collect::<Vec<_>>().join(",");
    trigger(table, "UPDATE", &format!("UPDATE {table} SET {sets} WHERE {}", this_row(key)))
}

fn deletion(table: &str, columns: &[String]) -> String {
    let names = columns.iter().map(|c| format!(r#""{c}""#)).collect::<Vec<_>>().join(",");
    let values = columns.iter().map(|c| format!("'||quote(OLD.\"{c}\")||'")).collect::<Vec<_>>().join(",");
    trigger(table, "DELETE", &format!("INSERT INTO {table}({names}) VALUES({values})"))
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

/// What an undo step may do: change rows of the tracked tables, the named columns of the others, and write its own inverse.
fn may_run(asked: AuthContext<'_>) -> Authorization {
    let allowed = match asked.action {
        AuthAction::Read { .. } | AuthAction::Select | AuthAction::Function { .. } => true,
        AuthAction::Insert { table_name } => TRACKED.contains(&table_name) || (asked.accessor.is_some() && table_name == "history_step"),
        AuthAction::Delete { table_name } => TRACKED.contains(&table_name),
        AuthAction::Update { table_name, column_name } => {
            let named = |tables: &[(&str, &[&str])]| tables.iter().any(|(t, columns)| *t == table_name && columns.contains(&column_name));
            TRACKED.contains(&table_name) || named(FLIPPED) || named(CORRECTED)
        }
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}
