//! The advisory lock: a small file beside the document with the holder's name, held by the operating system's own
//! file lock, so that a crash frees it. SQLite's locks guard single statements; this one guards a working session.

use crate::error::{Code, Error, Place, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Holds the lock; letting go removes the small file, so that nothing lies beside the document.
pub struct Held {
    file: Option<File>,
    path: PathBuf,
}

impl Drop for Held {
    fn drop(&mut self) {
        // Closed first: Windows removes no open file.
        self.file.take();
        let _ = std::fs::remove_file(&self.path);
    }
}

pub enum Lock {
    Held(Held),
    /// The name that the other holder wrote.
    Busy(String),
}

impl Lock {
    pub fn into_held(self) -> Option<Held> {
        match self {
            Self::Held(held) => Some(held),
            Self::Busy(_) => None,
        }
    }
}

fn lock_path(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".~");
    name.push(path.file_name().unwrap_or_default());
    name.push(".lock");
    path.with_file_name(name)
}

pub fn take(path: &Path, holder: &str) -> Result<Lock> {
    let place = lock_path(path);
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&place);
    let mut file = match opened {
        Ok(file) => file,
        // A folder we may not write in: reading is still possible.
        Err(_) if path.exists() => return Ok(Lock::Busy("någon annan, eller så är mappen skrivskyddad".into())),
        Err(e) => {
            return Err(Error::new(Code::FileAccess, "Det går inte att skriva i mappen.")
                .hint("Välj en annan mapp, till exempel Dokument.")
                .at(Place::file(&path.to_string_lossy()))
                .detail(e));
        }
    };
    match file.try_lock() {
        Ok(()) => {
            // Only informative for the next opener; failing to write it must not stop the work.
            let _ = file.set_len(0).and_then(|()| file.write_all(holder.as_bytes())).and_then(|()| file.flush());
            Ok(Lock::Held(Held { file: Some(file), path: place }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut by = String::new();
            let _ = file.read_to_string(&mut by);
            Ok(Lock::Busy(if by.is_empty() { "någon annan".into() } else { by }))
        }
        Err(TryLockError::Error(e)) => {
            Err(Error::new(Code::FileAccess, "Filen kunde inte låsas.").at(Place::file(&path.to_string_lossy())).detail(e))
        }
    }
}
