//! The .docx as a set of named parts: our base, what content each part has, who refers to whom, and the zip at the end.

use super::xml::Xml;
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Parts by path. The map is sorted, so the zip is the same every time.
pub struct Package {
    parts: BTreeMap<String, Vec<u8>>,
    relations: Vec<Relation>,
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Package {
    /// The base that is shipped: styles, settings and fonts, without a body.
    pub fn ours(locale: &str) -> Self {
        let mut package = Self { parts: BTreeMap::new(), relations: Vec::new() };
        let styles = include_str!("../../../assets/docx/styles.xml").replace("{{locale}}", locale);
        package.part("styles", "styles.xml", styles.into_bytes());
        let settings = include_str!("../../../assets/docx/settings.xml").replace("{{locale}}", locale);
        package.part("settings", "settings.xml", settings.into_bytes());
        package.part("fontTable", "fontTable.xml", include_bytes!("../../../assets/docx/fontTable.xml").to_vec());
        package.part("theme", "theme/theme1.xml", include_bytes!("../../../assets/docx/theme1.xml").to_vec());
        package
    }

    /// Adds a part under `word/` and a relation to it from the body.
    pub fn part(&mut self, kind: &str, target: &str, bytes: Vec<u8>) {
        self.parts.insert(format!("word/{target}"), bytes);
        let id = format!("rId{}", self.relations.len() + 1);
        self.relations.push(Relation { id, kind: format!("{OFFICE}/{kind}"), target: target.to_owned() });
    }

    /// Pictures have relation ids of their own, so that the body can name them before the package knows them.
    pub fn picture(&mut self, number: usize, png: Vec<u8>) {
        let target = format!("media/image{number}.png");
        self.parts.insert(format!("word/{target}"), png);
        self.relations.push(Relation { id: picture_id(&number.to_string()), kind: format!("{OFFICE}/image"), target });
    }

    /// The id under which the body refers to a part; empty for one that was never added.
    pub fn relation_to(&self, target: &str) -> &str {
        self.relations.iter().find(|relation| relation.target == target).map_or("", |relation| &relation.id)
    }

    /// The body itself and the document's properties, which nothing in `word/` refers to.
    pub fn loose(&mut self, path: &str, bytes: Vec<u8>) {
        self.parts.insert(path.to_owned(), bytes);
    }

    pub fn zip(mut self) -> Result<Vec<u8>> {
        let relations = relations_part(&self.relations)?;
        self.loose("word/_rels/document.xml.rels", relations);
        self.loose("_rels/.rels", relations_part(&root_relations())?);
        let types = content_types(self.parts.keys())?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // The list of content types comes first: some readers look at the first entry only.
        put(&mut zip, "[Content_Types].xml", &types)?;
        for (path, bytes) in &self.parts {
            put(&mut zip, path, bytes)?;
        }
        Ok(zip.finish().map_err(fault)?.into_inner())
    }
}

pub fn picture_id(number: &str) -> String {
    format!("rIdPicture{number}")
}

fn put(zip: &mut ZipWriter<Cursor<Vec<u8>>>, path: &str, bytes: &[u8]) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    zip.start_file(path, options).map_err(fault)?;
    zip.write_all(bytes).map_err(fault)
}

fn fault(error: impl std::fmt::Display) -> Error {
    Error::internal("packa Word-dokumentet", error)
}

fn root_relations() -> [Relation; 3] {
    let relation = |id: &str, kind: String, target: &str| Relation { id: id.to_owned(), kind, target: target.to_owned() };
    [
        relation("rId1", format!("{OFFICE}/officeDocument"), "word/document.xml"),
        relation(
            "rId2",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned(),
            "docProps/core.xml",
        ),
        relation("rId3", format!("{OFFICE}/extended-properties"), "docProps/app.xml"),
    ]
}

fn relations_part(relations: &[Relation]) -> Result<Vec<u8>> {
    let mut xml = Xml::part();
    xml.within("Relationships", &[("xmlns", RELATIONS)], |xml| {
        for relation in relations {
            xml.empty("Relationship", &[("Id", &relation.id), ("Type", &relation.kind), ("Target", &relation.target)]);
        }
    });
    xml.finish()
}

fn content_types<'a>(paths: impl Iterator<Item = &'a String>) -> Result<Vec<u8>> {
    let mut xml = Xml::part();
    xml.within("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")], |xml| {
        for (ending, kind) in
            [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"), ("png", "image/png")]
        {
            xml.empty("Default", &[("Extension", ending), ("ContentType", kind)]);
        }
        for path in paths {
            if let Some(kind) = content_type(path) {
                xml.empty("Override", &[("PartName", &format!("/{path}")), ("ContentType", &kind)]);
            }
        }
    });
    xml.finish()
}

fn content_type(path: &str) -> Option<String> {
    let name = path.strip_suffix(".xml")?.rsplit('/').next()?.trim_end_matches(|c: char| c.is_ascii_digit());
    match name {
        "document" => Some(format!("{WORD}.document.main+xml")),
        "styles" | "settings" | "fontTable" | "numbering" | "footnotes" | "header" | "footer" => Some(format!("{WORD}.{name}+xml")),
        "theme" => Some("application/vnd.openxmlformats-officedocument.theme+xml".to_owned()),
        "core" => Some("application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        "app" => Some("application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned()),
        _ => None,
    }
}
