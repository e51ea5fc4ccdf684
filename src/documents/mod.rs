//! Documents: one format-neutral outline, three faithful forms of it (Word to negotiate in, PDF to read, HTML to publish).
//!
//! A template writes an [`outline::Outline`]; it never knows the format. Same outline, same bytes: no clock, no randomness.

pub mod docx;
pub mod html;
pub mod outline;
pub mod pdf;
mod templates;

use crate::checked::Checked;
use crate::error::Result;
use chrono::NaiveDate;
use outline::Outline;
use rusqlite::Connection;

/// The documents that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Picture,
    Plan,
    Agreement,
    Promises,
    Minutes,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Picture, Self::Plan, Self::Agreement, Self::Promises, Self::Minutes];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Plan => "plan",
            Self::Agreement => "agreement",
            Self::Promises => "promises",
            Self::Minutes => "minutes",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }
}

/// Which document, about which municipality, for whom, made when.
pub struct Order<'a> {
    pub kind: Kind,
    pub area: &'a str,
    /// For publication: no free text from notes, no small cells, no names of places with few reports.
    pub public: bool,
    pub today: NaiveDate,
}

/// The document as the file stands now. Errors with `DocumentIncomplete` when the law's minimum is missing.
pub fn outline(conn: &Connection, order: &Order) -> Result<Checked<Outline>> {
    match order.kind {
        Kind::Picture => templates::picture::outline(conn, order),
        Kind::Plan => templates::plan::outline(conn, order),
        Kind::Agreement => templates::agreement::outline(conn, order),
        Kind::Promises => templates::promises::outline(conn, order),
        Kind::Minutes => templates::minutes::outline(conn, order),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Docx,
    Pdf,
    Html,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Docx, Self::Pdf, Self::Html];

    /// The file name ending without its dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }

    /// The format that a file name asks for, in any case: `avtal.DOCX`.
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_lowercase();
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

/// The bytes of a whole file. Errors: `Code::DocumentIncomplete` when something must be filled in first (a title, an alt
/// text), `Code::Internal` when writing it failed.
pub fn write(outline: &Outline, format: Format) -> Result<Vec<u8>> {
    outline.complete()?;
    match format {
        Format::Docx => docx::write(outline),
        Format::Pdf => pdf::write(outline),
        Format::Html => html::write(outline),
    }
}

/// Text as every format takes it: without the control characters that XML and PDF forbid, and without those that turn the
/// reading direction, because they let a clause say something else than it shows. Tabs and line feeds stay.
pub(crate) fn printable(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let forbidden = |c: char| c.is_control() || turns(c) || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}');
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if matches!(c, '\r' | '\u{0b}' | '\u{2028}' | '\u{2029}') { '\n' } else { c })
        .filter(|&c| matches!(c, '\t' | '\n') || !forbidden(c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_line_breaks_stay() {
        assert_eq!(printable("a\u{0}b\u{8}\r\nc\td\u{2028}e\u{b}f\u{ffff}"), "ab\nc\td\ne\nf");
    }

    #[test]
    fn the_file_name_tells_the_format() {
        assert_eq!(Format::of_name("Avtal 2026.DOCX"), Some(Format::Docx));
        assert_eq!(Format::of_name("avtal.odt"), None);
        assert_eq!(Format::of_name("avtal"), None);
    }
}
