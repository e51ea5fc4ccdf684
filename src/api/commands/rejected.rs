//! The values that were not taken, as a file that Excel opens as it is: byte order mark, semicolons, no first line of its own.

use super::super::Outcome;
use super::super::requests::*;
use super::reading;
use crate::error::{Code, Error, Place, Result};
use crate::file::LagesbildFile;
use crate::import::Rejection;
use crate::store::sources as held;
use std::path::Path;

const HEAD: &str = "Blad;Rad;Kolumn;Står i cellen;Varför den inte lästes in";

pub fn save_rejections(file: &mut LagesbildFile, request: SaveRejections) -> Result<Outcome<Nothing>> {
    let rejections = match (request.source, &request.reading) {
        (Some(id), _) => {
            let source = held::by_id(file.conn(), id)?.ok_or_else(|| Error::not_found("Underlaget"))?;
            serde_json::from_str::<ImportReport>(&source.report)?.rejections
        }
        (None, Some(reading)) => reading::rejections(file, reading)?,
        (None, None) => return Err(Error::not_found("Underlaget")),
    };
    std::fs::write(Path::new(&request.path), csv(&rejections))
        .map_err(|e| Error::new(Code::FileAccess, "Filen kunde inte skrivas.").at(Place::file(&request.path)).detail(e))?;
    Ok(Outcome::read(Nothing {}))
}

fn csv(rejections: &[Rejection]) -> String {
    let mut text = format!("\u{feff}{HEAD}\r\n");
    for one in rejections {
        let (sheet, row) = (one.sheet.as_deref().unwrap_or_default(), one.row.to_string());
        let fields: Vec<String> = [sheet, &row, &one.column, &one.value, &one.reason].into_iter().map(field).collect();
        text.push_str(&fields.join(";"));
        text.push_str("\r\n");
    }
    text
}

/// Quoted where it must be. What a spreadsheet would take for a formula is kept as text.
fn field(text: &str) -> String {
    let lead = text.chars().next();
    let formula = matches!(lead, Some('=' | '@' | '\t' | '\r'))
        || (matches!(lead, Some('+' | '-')) && text.chars().nth(1).is_some_and(char::is_alphabetic));
    let safe = if formula { format!("'{text}") } else { text.to_owned() };
    if safe.contains([';', '"', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_opens_it_as_columns_and_runs_nothing() {
        let one = |value: &str| Rejection {
            sheet: Some("Blad; 1".into()),
            row: 7,
            column: "C".into(),
            value: value.into(),
            reason: "är inte ett tal".into(),
        };
        let text = csv(&[one("=HYPERLINK(\"x\")"), one("-"), one("hög")]);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], format!("\u{feff}{HEAD}"));
        assert_eq!(lines[1], "\"Blad; 1\";7;C;\"'=HYPERLINK(\"\"x\"\")\";är inte ett tal");
        assert_eq!(lines[2], "\"Blad; 1\";7;C;-;är inte ett tal");
        assert_eq!(lines.len(), 5);
    }
}
