//! Outline → Word: a base package is opened, its body, footnotes, lists and pictures are written, the rest is kept.
//!
//! Word is where the agreement is negotiated, so everything is the real thing: heading styles, list numbering, footnotes,
//! repeated table headers, captions that renumber, content controls where something is to be filled in.

mod body;
mod furniture;
mod notes;
mod package;
mod picture;
mod table;
mod xml;

use super::outline::Outline;
use crate::error::Result;
use body::Body;
use package::Package;

/// A .docx file on our own base. Errors: `Code::Internal`.
pub fn write(outline: &Outline) -> Result<Vec<u8>> {
    let mut package = Package::ours(&locale(&outline.language));
    let mut body = Body::default();
    body.cover(outline);
    outline.blocks.iter().for_each(|block| body.block(block));
    furniture::add(&mut package, outline)?;
    body.add_to(&mut package)?;
    package.zip()
}

/// Word wants a region: `sv` → `sv-SE`.
fn locale(language: &str) -> String {
    match language {
        "sv" => "sv-SE".to_owned(),
        "en" => "en-GB".to_owned(),
        "fi" => "fi-FI".to_owned(),
        other => other.to_owned(),
    }
}
