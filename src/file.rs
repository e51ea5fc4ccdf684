//! The one open `.lagesbild` file. Every change goes through [`LagesbildFile::transact`]: one SQLite transaction, one
//! undo step, one line of history in Swedish, one list of the tables that went stale.
//!
//! Undo uses SQLite's documented trigger technique (sqlite.org/undoredo.html): while an operation runs, temporary
//! triggers write the inverse of each row change; undoing runs them backwards and thereby records the redo.
//! Two tables are flipped instead of deleted (`source`, `ballot`): an import's values stay where they are, and a
//! ballot's content never enters the history.

use crate::context::Context;
use crate::error::{Code, Error, Place, Result};
use crate::progress::Progress;
use crate::store;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

mod lock;
mod op;
mod undo;

pub use crate::store::migrations::APPLICATION_ID;
pub use op::Op;

/// Tables written since the last operation began.
type Touched = Arc<Mutex<BTreeSet<String>>>;

/// Bytes: larger files are only checked on demand.
const CHECKED_AT_OPEN: u64 = 64 << 20;

pub struct LagesbildFile {
    conn: Connection,
    path: Option<PathBuf>,
    read_only: Option<String>,
    context: Context,
    touched: Touched,
    progress: Arc<Progress>,
    _lock: Option<lock::Held>,
}

/// What an operation gave, and which tables it wrote: the screens that read them are stale.
#[derive(Debug)]
pub struct Done<T> {
    pub value: T,
    pub stale: BTreeSet<String>,
}

/// The inside of an operation: the open transaction, and the context for ids and time.
pub struct Tx<'a> {
    pub conn: &'a Connection,
    pub context: &'a mut Context,
    pub progress: &'a Progress,
}

impl LagesbildFile {
    /// Makes a new file; refuses to write over an existing one.
    pub fn create(path: &Path, holder: &str, context: Context) -> Result<Self> {
        if path.exists() {
            return Err(Error::new(Code::FileAccess, "Filen finns redan.")
                .hint("Välj ett annat namn.")
                .at(Place::file(&path.to_string_lossy())));
        }
        let lock = lock::take(path, holder)?;
        let conn = Connection::open(path).map_err(|e| cannot_open(path, e))?;
        Self::prepare(conn, Some(path.to_owned()), None, lock.into_held(), context)
    }

    /// Opens an existing file. If somebody else holds it, it is opened for reading only.
    pub fn open(path: &Path, holder: &str, context: Context) -> Result<Self> {
        if !path.is_file() {
            return Err(Error::new(Code::FileAccess, "Filen finns inte.")
                .hint("Kontrollera sökvägen.")
                .at(Place::file(&path.to_string_lossy())));
        }
        let taken = lock::take(path, holder)?;
        let (read_only, held) = match taken {
            lock::Lock::Held(held) => (None, Some(held)),
            lock::Lock::Busy(by) => (Some(by), None),
        };
        let flags = if read_only.is_some() { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
        let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|e| cannot_open(path, e))?;
        check_identity(&conn, path)?;
        Self::prepare(conn, Some(path.to_owned()), read_only, held, context)
    }

    pub fn in_memory(context: Context) -> Result<Self> {
        Self::prepare(Connection::open_in_memory()?, None, None, None, context)
    }

    fn prepare(
        conn: Connection,
        path: Option<PathBuf>,
        read_only: Option<String>,
        lock: Option<lock::Held>,
        context: Context,
    ) -> Result<Self> {
        store::functions::register(&conn)?;
        conn.busy_timeout(std::time::Duration::from_secs(2))?;
        // A rollback journal, so that the file is a single file at rest and safe on a share.
        conn.execute_batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;")?;
        if read_only.is_none() {
            store::migrations::run(&conn, path.as_deref())?;
        }
        let touched = Touched::default();
        let seen = Arc::clone(&touched);
        conn.update_hook(Some(move |_action, _db: &str, table: &str, _row| {
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            if !seen.contains(table) {
                seen.insert(table.to_owned());
            }
        }))?;
        Ok(Self { conn, path, read_only, context, touched, progress: Arc::default(), _lock: lock })
    }

    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Who holds the file, when we may only read it.
    pub fn held_by(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// For reading. Writing goes through [`Self::transact`].
    pub fn conn(&self) -> &Connection {
        &self.conn
    }

    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Where long operations tell how far they have come, and are told to stop.
    pub fn progress(&self) -> &Arc<Progress> {
        &self.progress
    }

    /// The same, shown from now on where `progress` is looked at.
    pub fn report_to(&mut self, progress: Arc<Progress>) {
        self.progress = progress;
    }

    /// Runs one operation: all of it is stored together with its history line, or nothing is.
    pub fn transact<T>(&mut self, op: Op, work: impl FnOnce(&mut Tx) -> Result<T>) -> Result<Done<T>> {
        self.refuse_if_read_only()?;
        self.take_touched();
        let at = self.context.now().to_rfc3339();
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        undo::forget_undone(&tx)?;
        tx.execute("INSERT INTO history (at, op, label, state) VALUES (?, ?, ?, 'done')", params![at, op.word(), op.label()])?;
        let id = tx.last_insert_rowid();
        undo::start_recording(&tx, id)?;
        let value = work(&mut Tx { conn: &tx, context: &mut self.context, progress: &self.progress })?;
        undo::stop_recording(&tx)?;
        tx.commit()?;
        Ok(Done { value, stale: self.take_touched() })
    }

    /// Runs an operation and takes it back at once: what would it do? Preview and deed are the same code.
    pub fn rehearse<T>(&mut self, work: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let value = work(&mut Tx { conn: &tx, context: &mut self.context, progress: &self.progress })?;
        tx.rollback()?;
        Ok(value)
    }

    /// For work that only adds rows, whose references are ids that it has just looked up or made: checking each of them again
    /// would cost a third of the time. Nothing may be deleted in it, since nothing cascades.
    pub fn adding_only<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.conn.execute_batch("PRAGMA foreign_keys = OFF")?;
        let done = work(self);
        self.conn.execute_batch("PRAGMA foreign_keys = ON")?;
        done
    }

    /// Makes what has been done so far the ground that undo stops at.
    pub fn seal(&mut self) -> Result<()> {
        self.conn.execute_batch("DELETE FROM history_step; UPDATE history SET state = 'gone' WHERE state <> 'gone';")?;
        Ok(())
    }

    /// The one operation that cannot be undone: what `work` removes leaves no trace in the file, in its history or in its free pages.
    /// All history before it goes too, since the steps that undo are copies of what was there.
    pub fn erase<T>(&mut self, op: Op, work: impl FnOnce(&mut Tx) -> Result<T>) -> Result<Done<T>> {
        self.refuse_if_read_only()?;
        self.take_touched();
        let at = self.context.now().to_rfc3339();
        self.conn.pragma_update(None, "secure_delete", "ON")?;
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&mut Tx { conn: &tx, context: &mut self.context, progress: &self.progress })?;
        tx.execute_batch("DELETE FROM history_step; DELETE FROM history;")?;
        tx.execute("INSERT INTO history (at, op, label, state) VALUES (?, ?, ?, 'gone')", params![at, op.word(), op.label()])?;
        tx.commit()?;
        // Pages that were freed earlier, by undo or by editing, may still hold what was there.
        self.conn.execute_batch("VACUUM")?;
        Ok(Done { value, stale: self.take_touched() })
    }

    /// Copies beside the file that older versions of the program's files were saved in before an upgrade.
    pub fn copies(&self) -> Vec<PathBuf> {
        let Some(path) = &self.path else { return Vec::new() };
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let beside = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_copy = |copy: &PathBuf| {
            let name = copy.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with(&format!("{stem}.före-version-")) && name.ends_with(".lagesbild")
        };
        let mut copies: Vec<PathBuf> = beside.filter(is_copy).collect();
        copies.sort();
        copies
    }

    /// Undoes the newest operation; gives its label, or `None` when there is nothing left to undo.
    pub fn undo(&mut self) -> Result<Done<Option<String>>> {
        self.replay("done", "undone", "ORDER BY id DESC")
    }

    /// Does the operation again that was undone last.
    pub fn redo(&mut self) -> Result<Done<Option<String>>> {
        self.replay("undone", "done", "ORDER BY id ASC")
    }

    fn replay(&mut self, from: &str, to: &str, order: &str) -> Result<Done<Option<String>>> {
        self.refuse_if_read_only()?;
        self.take_touched();
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let label = undo::replay(&tx, from, to, order)?;
        tx.commit()?;
        Ok(Done { value: label, stale: self.take_touched() })
    }

    fn refuse_if_read_only(&self) -> Result<()> {
        match &self.read_only {
            None => Ok(()),
            Some(by) => Err(Error::new(Code::ReadOnly, format!("Filen är öppen hos {by} och kan bara läsas här."))
                .hint("Stäng den där, eller spara en kopia och arbeta i den.")),
        }
    }

    fn take_touched(&self) -> BTreeSet<String> {
        let mut tables = std::mem::take(&mut *self.touched.lock().unwrap_or_else(PoisonError::into_inner));
        tables.retain(|t| !t.starts_with("history") && !t.starts_with("sqlite_") && !t.starts_with("recording"));
        tables
    }

    /// Writes a complete copy next door; safe while the file is open.
    pub fn save_copy(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(Error::new(Code::FileAccess, "Det finns redan en fil med det namnet.").at(Place::file(&to.to_string_lossy())));
        }
        self.conn.execute("VACUUM INTO ?", [to.to_string_lossy()])?;
        Ok(())
    }

    /// SQLite's own full check; empty when all is well.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut faults: Vec<String> = Vec::new();
        self.conn.pragma_query(None, "integrity_check", |row| {
            faults.push(row.get(0)?);
            Ok(())
        })?;
        faults.retain(|line| line != "ok");
        let mut broken = self.conn.prepare("PRAGMA foreign_key_check")?;
        let rows = broken.query_map([], |row| row.get::<_, String>(0))?;
        for table in rows {
            faults.push(format!("rad i tabellen {} pekar på något som inte finns", table?));
        }
        Ok(faults)
    }
}

fn cannot_open(path: &Path, error: rusqlite::Error) -> Error {
    Error::new(Code::FileAccess, "Filen kunde inte öppnas.")
        .hint("Kontrollera att mappen finns och att du får skriva i den.")
        .at(Place::file(&path.to_string_lossy()))
        .detail(error)
}

fn check_identity(conn: &Connection, path: &Path) -> Result<()> {
    let place = || Place::file(&path.to_string_lossy());
    let id: i32 = conn
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(|e| Error::new(Code::DamagedFile, "Filen är ingen lägesbildsfil, eller så är den skadad.").at(place()).detail(e))?;
    if id != APPLICATION_ID {
        return Err(Error::new(Code::DamagedFile, "Filen är ingen lägesbildsfil.")
            .hint("Välj en fil som slutar på .lagesbild.")
            .at(place()));
    }
    let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > store::migrations::LATEST {
        return Err(Error::new(Code::NewerFile, "Filen är gjord med en nyare version av Lägesbild.")
            .hint("Uppdatera programmet på den här datorn.")
            .at(place()));
    }
    // A full check of a very large file would make opening slow; `lagesbild check` does it on demand.
    let small = path.metadata().is_ok_and(|m| m.len() < CHECKED_AT_OPEN);
    let healthy: String = match small {
        true => conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).unwrap_or_else(|e| e.to_string()),
        false => "ok".into(),
    };
    if healthy != "ok" {
        return Err(Error::new(Code::DamagedFile, "Filen är skadad.").hint("Öppna en säkerhetskopia av den.").at(place()).detail(healthy));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
