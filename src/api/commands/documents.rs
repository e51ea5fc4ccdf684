//! The command that makes a document: a preview in HTML, or a file in the format that its name asks for.

use super::super::Outcome;
use super::super::requests::{MadeDocument, MakeDocument};
use super::area;
use crate::documents::{self, Format, Kind};
use crate::error::{Code, Error, Place, Result};
use crate::file::LagesbildFile;
use std::path::Path;

pub fn document(file: &mut LagesbildFile, request: MakeDocument) -> Result<Outcome<MadeDocument>> {
    let kind = Kind::from_word(&request.kind).ok_or_else(|| {
        Error::new(Code::NotAllowed, format!("Dokumentet ”{}” finns inte.", request.kind))
            .hint("Välj picture, plan, agreement, promises eller minutes.")
    })?;
    let area = area(file, request.municipality.as_deref())?;
    let today = file.context().today();
    let order = documents::Order { kind, area: &area, public: request.public, today };
    let made = documents::outline(file.conn(), &order)?;
    let Some(path) = request.path else {
        let html = documents::write(&made.value, Format::Html)?;
        let html = String::from_utf8(html).map_err(|e| Error::internal("förhandsgranska dokumentet", e))?;
        return Ok(Outcome::read(MadeDocument { path: None, html: Some(html), warnings: messages(&made.warnings) }));
    };
    let format = Format::of_name(&path).ok_or_else(|| Error::new(Code::NotAllowed, "Filnamnet ska sluta på .docx, .pdf eller .html."))?;
    let bytes = documents::write(&made.value, format)?;
    save(Path::new(&path), &bytes)?;
    Ok(Outcome::read(MadeDocument { path: Some(path), html: None, warnings: messages(&made.warnings) }))
}

fn messages(warnings: &[crate::checked::Warning]) -> Vec<String> {
    warnings.iter().map(|w| w.message.clone()).collect()
}

/// Written next door first, so that a full disk never leaves half a document under the right name.
fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let half = path.with_extension("tmp");
    std::fs::write(&half, bytes).and_then(|()| std::fs::rename(&half, path)).map_err(|e| {
        Error::new(Code::FileAccess, "Dokumentet kunde inte sparas.")
            .hint("Är det öppet i ett annat program? Stäng det där, eller välj ett annat namn.")
            .at(Place::file(&path.to_string_lossy()))
            .detail(e)
    })
}
