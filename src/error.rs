//! What went wrong, in words a person can act on.
//!
//! An error says *what* happened, *where* (file, sheet, row, column) and *what to do*. The closed [`Code`] is for
//! programs (a screen or a script acts on it); the Swedish text is for people; `detail` is for a bug report.

use serde::Serialize;
use std::fmt;
use ts_rs::TS;

/// A place in a source file. Rows are the physical line, 1-based; columns are letters, in CSV too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl Place {
    pub fn file(name: &str) -> Self {
        Self { file: Some(name.to_owned()), ..Self::default() }
    }

    pub fn sheet(mut self, name: &str) -> Self {
        self.sheet = Some(name.to_owned());
        self
    }

    /// `row` and `column` are zero-based, as grids count; they are shown 1-based and as letters.
    pub fn cell(mut self, row: usize, column: usize) -> Self {
        self.row = Some(row as u32 + 1);
        self.column = Some(column_letters(column));
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.file.clone());
        parts.extend(self.sheet.as_ref().map(|s| format!("blad ”{s}”")));
        parts.extend(self.row.map(|r| format!("rad {r}")));
        parts.extend(self.column.as_ref().map(|c| format!("kolumn {c}")));
        f.write_str(&parts.join(", "))
    }
}

/// `0 → A`, `25 → Z`, `26 → AA`.
pub fn column_letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + (column % 26) as u8);
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    letters.iter().rev().map(|&b| b as char).collect()
}

/// Kinds that a screen or a script acts on. No catch-all: a new kind gets a new name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The data file cannot be read as what it claims to be (empty, binary, truncated, protected …).
    UnreadableFile,
    /// The file reads, but holds nothing that we know how to store.
    NotUnderstood,
    /// A file operation failed (missing, no permission, disk full, open elsewhere).
    FileAccess,
    /// The `.lagesbild` file is made by a newer program.
    NewerFile,
    /// Not a `.lagesbild` file, or one that is damaged.
    DamagedFile,
    /// Somebody else has the file open; it can be read but not changed.
    ReadOnly,
    /// The request names something that does not exist.
    NotFound,
    /// The request breaks a rule of the domain; the text says which.
    NotAllowed,
    /// The document cannot be made until something is filled in.
    DocumentIncomplete,
    /// A person stopped the work; nothing of it was stored.
    Cancelled,
    /// A fault of ours: SQL, JSON or typesetting that should have worked.
    Internal,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Error {
    pub code: Code,
    /// Swedish, one or two sentences.
    pub message: String,
    /// Swedish, what to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Technical text for a bug report, never shown unasked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, place: None, detail: None }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    pub fn detail(mut self, detail: impl fmt::Display) -> Self {
        self.detail = Some(detail.to_string());
        self
    }

    pub fn internal(what: &str, detail: impl fmt::Display) -> Self {
        Self::new(Code::Internal, format!("Något gick fel i programmet när det skulle {what}."))
            .hint("Inget är ändrat. Försök igen; händer det på nytt, spara en kopia av filen och rapportera felet.")
            .detail(detail)
    }

    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("{what} finns inte i filen."))
    }

    pub fn not_allowed(message: impl Into<String>) -> Self {
        Self::new(Code::NotAllowed, message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::new(Code::FileAccess, "Disken är full, så ändringen kunde inte sparas.")
                .hint("Frigör plats och gör om ändringen. Inget är ändrat i filen."),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::new(Code::FileAccess, "Ett annat program använder filen just nu.").hint("Vänta en stund och försök igen.")
            }
            Some(ErrorCode::ReadOnly) => Self::new(Code::ReadOnly, "Filen är öppnad för läsning och kan inte ändras."),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::new(Code::DamagedFile, "Filen är skadad eller är ingen lägesbildsfil.").hint("Öppna en säkerhetskopia.")
            }
            Some(ErrorCode::ConstraintViolation) => constraint(&error),
            _ => return Self::internal("läsa eller skriva i filen", &error),
        }
        .detail(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal("tolka ett meddelande", error)
    }
}

/// Foreign key, unique or check (sqlite.org/rescode.html, extended codes 787, 1555, 2067, 275).
fn constraint(error: &rusqlite::Error) -> Error {
    match error.sqlite_error().map(|e| e.extended_code) {
        Some(787) => {
            Error::new(Code::NotFound, "Något som ändringen hör ihop med finns inte i filen.").hint("Ladda om sidan och försök igen.")
        }
        Some(1555 | 2067) => Error::not_allowed("Det finns redan."),
        _ => Error::not_allowed("Ett av värdena är inte tillåtet."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_spreadsheets() {
        for (index, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")] {
            assert_eq!(column_letters(index), letters);
        }
    }
}
