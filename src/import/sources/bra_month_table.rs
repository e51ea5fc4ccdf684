//! Brå's monthly table P1: the month, the year so far and the last twelve months beside each other, each with its change. It is not
//! read: its periods are relative ("Aktuell månad"), and mixed up with others they would give a wrong picture.
//!
//! Header words from bra.se/webdav/files/statistik_sidor/P1/2007/P1Ln06Dec-2007.html.

use super::Look;
use crate::error::{Code, Error, Place};
use crate::import::header;

/// Why the file is not read, if it is such a table.
pub fn refusal(name: &str, look: &Look<'_>) -> Option<Error> {
    let sheet = look.grid.sheets.first()?;
    let row = (0..sheet.rows().min(header::HEADER_WITHIN)).find(|row| {
        let words = header::words(sheet, *row);
        let starts = |start: &str| words.iter().any(|word| word.starts_with(start));
        starts("aktuell månad") && starts("ackumulerat") && starts("senaste 12 månaderna")
    })?;
    let message = "Tabellen har tre perioder bredvid varandra: månaden, året hittills och de senaste tolv månaderna. De går inte att skilja från andra perioder, så den läses inte in.";
    Some(
        Error::new(Code::NotUnderstood, message)
            .at(Place { row: Some(row as u32 + 1), ..Place::file(name) })
            .hint("Hämta samma brott per månad ur Brås statistikdatabas, som Databasfil eller kalkylblad."),
    )
}
