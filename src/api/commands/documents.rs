//! The command that makes a document: a preview in HTML, or a file in the format that its name asks for.

use super::super::Outcome;
use super::super::requests::{MadeDocument, MakeDocument};
use super::area;
use crate::documents::{self, Format, Kind};
use crate::error::{Code, Error, Place, Result};
use crate::file::LagesbildFile;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub fn document(file: &mut LagesbildFile, request: MakeDocument) -> Result<Outcome<MadeDocument>> {
    let kind = Kind::from_word(&request.kind).ok_or_else(|| {
        Error::new(Code::NotAllowed, format!("Dokumentet ”{}” finns inte.", request.kind))
            .hint("Välj picture, plan, agreement, promises eller minutes.")
    })?;
    if request.public && !PUBLISHED.contains(&kind) {
        return Err(Error::new(Code::NotAllowed, format!("Det finns ingen offentlig version av {}.", definite(kind)))
            .hint("Lägesbilden och medborgarlöftet har en version för publicering."));
    }
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

/// Documents with a version for publication; the others are made for the group.
const PUBLISHED: [Kind; 2] = [Kind::Picture, Kind::Promises];

fn definite(kind: Kind) -> &'static str {
    match kind {
        Kind::Picture => "lägesbilden",
        Kind::Plan => "åtgärdsplanen",
        Kind::Agreement => "överenskommelsen",
        Kind::Promises => "medborgarlöftet",
        Kind::Minutes => "minnesanteckningarna",
    }
}

fn messages(warnings: &[crate::checked::Warning]) -> Vec<String> {
    warnings.iter().map(|w| w.message.clone()).collect()
}

/// Written next door first, so that a full disk never leaves half a document under the right name.
fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = beside(path).and_then(|(half, mut file)| {
        let done = file.write_all(bytes).and_then(|()| file.sync_all());
        drop(file);
        done.and_then(|()| std::fs::rename(&half, path)).inspect_err(|_| {
            let _ = std::fs::remove_file(&half);
        })
    });
    written.map_err(|e| {
        Error::new(Code::FileAccess, "Dokumentet kunde inte sparas.")
            .hint("Är det öppet i ett annat program? Stäng det där, eller välj ett annat namn.")
            .at(Place::file(&path.to_string_lossy()))
            .detail(e)
    })
}

/// Names tried for the half-written document before giving up.
const MOST_HALVES: u32 = 100;

/// A new file next to the target, `.utkast.docx.halv`; one that already stands there is somebody's and is left alone.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    for number in 1..=MOST_HALVES {
        let ending = if number == 1 { String::new() } else { number.to_string() };
        let half = path.with_file_name(format!(".{name}.halv{ending}"));
        match File::create_new(&half) {
            Ok(file) => return Ok((half, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saving_takes_nobody_elses_file_and_leaves_no_half() {
        let dir = tempfile::tempdir().unwrap();
        let names = || {
            let mut names: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        };
        let (own, kept) = (dir.path().join("utkast.tmp"), dir.path().join(".utkast.docx.halv"));
        std::fs::write(&own, "mitt").unwrap();
        std::fs::write(&kept, "också mitt").unwrap();
        save(&dir.path().join("utkast.docx"), b"nytt").unwrap();
        assert_eq!(std::fs::read(dir.path().join("utkast.docx")).unwrap(), b"nytt");
        assert_eq!((std::fs::read_to_string(&own).unwrap(), std::fs::read_to_string(&kept).unwrap()), ("mitt".into(), "också mitt".into()));
        // A folder stands under the wanted name: the rename fails, and the half goes with it.
        std::fs::create_dir_all(dir.path().join("mapp.pdf/full")).unwrap();
        assert_eq!(save(&dir.path().join("mapp.pdf"), b"nytt").unwrap_err().code, Code::FileAccess);
        assert_eq!(names(), [".utkast.docx.halv", "mapp.pdf", "utkast.docx", "utkast.tmp"]);
    }
}
