//! The typesetter's whole world, in memory: five fonts, the source, and the files it was given.

use crate::Facts;
use chrono::Datelike;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Str};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

const DOCUMENT: &str = "document.typ";

/// Title and language are given as values, never pasted into source, so that no title can break the typesetting.
const MAIN: &str = "#set document(title: sys.inputs.title)\n#set text(lang: sys.inputs.language)\n#include \"document.typ\"\n";

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 5] = [
        include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
        include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
        include_bytes!("../../assets/fonts/SourceSerif4-Regular.ttf"),
        include_bytes!("../../assets/fonts/SourceSerif4-SemiBold.ttf"),
        include_bytes!("../../assets/fonts/SourceSerif4-Italic.ttf"),
    ];
    files.into_iter().flat_map(|data| Font::iter(Bytes::new(data))).collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Whether the shipped fonts can draw the character. PDF/A refuses a page with a character that has no glyph.
pub fn can_set(character: char) -> bool {
    FONTS.iter().any(|font| font.info().coverage.contains(u32::from(character)))
}

pub struct Memory {
    library: LazyHash<Library>,
    main: FileId,
    files: BTreeMap<String, Bytes>,
    today: Option<Datetime>,
}

impl Memory {
    pub fn new(source: &str, files: &[(String, Vec<u8>)], facts: &Facts) -> Result<Self, String> {
        let mut held: BTreeMap<String, Bytes> = files.iter().map(|(name, bytes)| (name.clone(), Bytes::new(bytes.clone()))).collect();
        held.insert(DOCUMENT.to_owned(), Bytes::from_string(source.to_owned()));
        held.insert("main.typ".to_owned(), Bytes::from_string(MAIN));
        let today = facts.date.and_then(|d| Datetime::from_ymd(d.year(), d.month() as u8, d.day() as u8));
        Ok(Self { library: library(facts), main: file_id("main.typ")?, files: held, today })
    }

    fn bytes(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.vpath().get_without_slash();
        self.files.get(name).cloned().ok_or_else(|| FileError::NotFound(name.into()))
    }
}

fn library(facts: &Facts) -> LazyHash<Library> {
    let mut inputs = Dict::new();
    inputs.insert(Str::from("title"), facts.title.as_str().into_value());
    inputs.insert(Str::from("language"), facts.language.split('-').next().unwrap_or_default().into_value());
    // Row headers in tables need the accessibility extras; everything else is the stable language.
    let features: Features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_inputs(inputs).with_features(features).build())
}

fn file_id(name: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(name).map_err(|error| format!("{error:?}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Memory {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let bytes = self.bytes(id)?;
        let text = bytes.as_str().map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.bytes(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
