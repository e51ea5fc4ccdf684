//! The document before it has a format: headings, text with sources, tables, figures, signatures.
//!
//! Templates build it with short calls (`doc.h1("Inledning"); doc.p("…")`), so that a template reads like the document.

use crate::error::{Code, Error, Result};
use chrono::NaiveDate;
use serde::Serialize;

/// A stretch of text. Everything is plain text; no markup is ever interpreted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Run {
    Plain(String),
    Strong(String),
    Emphasis(String),
    /// A footnote, anchored where it stands. The text is the source: publisher, period, count, interval, import date.
    Note(String),
    /// Something for a person to fill in; the value says what (”beslutsdatum”).
    Blank(String),
    /// A perspective's mark and word in its colour: ● Kommun.
    Perspective(Perspective),
}

pub use crate::perspective::Perspective;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text {
    pub runs: Vec<Run>,
}

/// Starts a text with several runs: `text("Brotten ").strong("minskar").note("Brå, 2025")`.
pub fn text(plain: impl Into<String>) -> Text {
    Text { runs: vec![Run::Plain(plain.into())] }
}

impl Text {
    pub fn plain(self, plain: impl Into<String>) -> Self {
        self.and(Run::Plain(plain.into()))
    }

    pub fn strong(self, strong: impl Into<String>) -> Self {
        self.and(Run::Strong(strong.into()))
    }

    pub fn emphasis(self, emphasis: impl Into<String>) -> Self {
        self.and(Run::Emphasis(emphasis.into()))
    }

    pub fn note(self, source: impl Into<String>) -> Self {
        self.and(Run::Note(source.into()))
    }

    pub fn blank(self, what: impl Into<String>) -> Self {
        self.and(Run::Blank(what.into()))
    }

    pub fn perspective(self, perspective: Perspective) -> Self {
        self.and(Run::Perspective(perspective))
    }

    pub fn and(mut self, run: Run) -> Self {
        self.runs.push(run);
        self
    }

    /// The words alone, without footnotes; for bookmarks, headers and alt texts.
    pub fn words(&self) -> String {
        let word = |run: &Run| match run {
            Run::Plain(s) | Run::Strong(s) | Run::Emphasis(s) => s.clone(),
            Run::Blank(what) => format!("[{what}]"),
            Run::Perspective(p) => format!("{} {}", p.mark(), p.word()),
            Run::Note(_) => String::new(),
        };
        self.runs.iter().map(word).collect()
    }
}

impl From<&str> for Text {
    fn from(plain: &str) -> Self {
        text(plain)
    }
}

impl From<String> for Text {
    fn from(plain: String) -> Self {
        text(plain)
    }
}

impl From<Perspective> for Text {
    fn from(perspective: Perspective) -> Self {
        Self::default().perspective(perspective)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    Left,
    Right,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub title: Text,
    pub align: Align,
    /// Share of the width relative to the other columns.
    pub weight: u32,
}

/// A column of words.
pub fn words(title: impl Into<Text>) -> Column {
    Column { title: title.into(), align: Align::Left, weight: 2 }
}

/// A column of numbers: right-aligned, tabular figures.
pub fn numbers(title: impl Into<Text>) -> Column {
    Column { title: title.into(), align: Align::Right, weight: 1 }
}

impl Column {
    pub fn weight(mut self, weight: u32) -> Self {
        self.weight = weight.max(1);
        self
    }
}

/// The header row repeats on every page. The first cell of each row names the row unless `plain_rows` is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    pub caption: Text,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Text>>,
    pub row_headers: bool,
}

impl Table {
    pub fn new(caption: impl Into<Text>, columns: impl IntoIterator<Item = Column>) -> Self {
        Self { caption: caption.into(), columns: columns.into_iter().collect(), rows: Vec::new(), row_headers: true }
    }

    /// Cells in column order; missing ones stay empty, surplus ones are refused by `Outline::complete`.
    pub fn row<T: Into<Text>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.push(cells);
        self
    }

    pub fn push<T: Into<Text>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let mut row: Vec<Text> = cells.into_iter().map(Into::into).collect();
        row.resize_with(row.len().max(self.columns.len()), Text::default);
        self.rows.push(row);
    }

    pub fn plain_rows(mut self) -> Self {
        self.row_headers = false;
        self
    }
}

/// A picture with everything that a reader who does not see it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    #[serde(skip)]
    pub svg: Vec<u8>,
    /// Word shows this one; drawn at least twice as large as it is printed.
    #[serde(skip)]
    pub png: Vec<u8>,
    pub alt: String,
    pub caption: Text,
    pub data: Option<Table>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    pub party: String,
    /// Function or title, never a name: the name is written by hand.
    pub role: String,
}

impl Signature {
    pub fn new(party: impl Into<String>, role: impl Into<String>) -> Self {
        Self { party: party.into(), role: role.into() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub name: String,
    pub value: Text,
}

impl Fact {
    pub fn new(name: impl Into<String>, value: impl Into<Text>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    Heading { level: u8, text: Text },
    Paragraph { text: Text },
    List { numbered: bool, items: Vec<Text> },
    Quote { text: Text, source: String },
    Table(Table),
    Figure(Figure),
    Facts { facts: Vec<Fact> },
    Signatures { signatures: Vec<Signature> },
    Callout { label: String, text: Text },
    PageBreak,
}

/// The whole document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outline {
    pub title: String,
    pub subtitle: Option<String>,
    /// BCP 47, `sv` unless told otherwise.
    pub language: String,
    /// The watermark and header of an undecided document.
    pub draft: Option<String>,
    /// Cover facts: deciding body, date, paragraph, registry number, version.
    pub cover: Vec<Fact>,
    /// Written into the file's properties. The document shows a date only where a template says so.
    pub date: Option<NaiveDate>,
    /// The cover gets a page of its own, followed by a table of contents.
    pub cover_page: bool,
    pub blocks: Vec<Block>,
}

/// Characters of a title that fit in a page header.
const RUNNING_TITLE: usize = 60;

impl Outline {
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            subtitle: None,
            language: "sv".to_owned(),
            draft: None,
            cover: Vec::new(),
            date: None,
            cover_page: false,
            blocks: Vec::new(),
        }
    }

    pub fn subtitle(mut self, subtitle: impl Into<String>) -> Self {
        self.subtitle = Some(subtitle.into());
        self
    }

    pub fn draft(mut self, watermark: impl Into<String>) -> Self {
        self.draft = Some(watermark.into());
        self
    }

    pub fn date(mut self, date: NaiveDate) -> Self {
        self.date = Some(date);
        self
    }

    pub fn cover(mut self, name: impl Into<String>, value: impl Into<Text>) -> Self {
        self.cover.push(Fact::new(name, value));
        self
    }

    pub fn cover_page(mut self) -> Self {
        self.cover_page = true;
        self
    }

    pub fn h1(&mut self, heading: impl Into<Text>) {
        self.heading(1, heading);
    }

    pub fn h2(&mut self, heading: impl Into<Text>) {
        self.heading(2, heading);
    }

    pub fn h3(&mut self, heading: impl Into<Text>) {
        self.heading(3, heading);
    }

    /// `level` is 1–3. A level that would be skipped is not: whoever listens to the document steps from heading to heading,
    /// and PDF/UA refuses gaps.
    pub fn heading(&mut self, level: u8, heading: impl Into<Text>) {
        let above = self.blocks.iter().rev().find_map(|block| match block {
            Block::Heading { level, .. } => Some(*level),
            _ => None,
        });
        let deepest = above.map_or(1, |level| level + 1).min(3);
        self.blocks.push(Block::Heading { level: level.clamp(1, deepest), text: heading.into() });
    }

    pub fn p(&mut self, paragraph: impl Into<Text>) {
        self.blocks.push(Block::Paragraph { text: paragraph.into() });
    }

    pub fn bullets<T: Into<Text>>(&mut self, items: impl IntoIterator<Item = T>) {
        self.list(false, items);
    }

    pub fn numbered<T: Into<Text>>(&mut self, items: impl IntoIterator<Item = T>) {
        self.list(true, items);
    }

    fn list<T: Into<Text>>(&mut self, numbered: bool, items: impl IntoIterator<Item = T>) {
        let items: Vec<Text> = items.into_iter().map(Into::into).collect();
        if !items.is_empty() {
            self.blocks.push(Block::List { numbered, items });
        }
    }

    /// `source` is a function or an occasion (”medborgardialog, mars 2026”), never a person.
    pub fn quote(&mut self, quote: impl Into<Text>, source: impl Into<String>) {
        self.blocks.push(Block::Quote { text: quote.into(), source: source.into() });
    }

    pub fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }

    pub fn figure(&mut self, figure: Figure) {
        self.blocks.push(Block::Figure(figure));
    }

    pub fn facts(&mut self, facts: impl IntoIterator<Item = Fact>) {
        self.blocks.push(Block::Facts { facts: facts.into_iter().collect() });
    }

    pub fn signatures(&mut self, signatures: impl IntoIterator<Item = Signature>) {
        self.blocks.push(Block::Signatures { signatures: signatures.into_iter().collect() });
    }

    /// `label` stands first and in bold: ”Övningsdata”.
    pub fn callout(&mut self, label: impl Into<String>, text: impl Into<Text>) {
        self.blocks.push(Block::Callout { label: label.into(), text: text.into() });
    }

    pub fn page_break(&mut self) {
        self.blocks.push(Block::PageBreak);
    }

    /// The title as it fits in a page header beside the draft mark: one line, cut at a word.
    pub fn running_title(&self) -> String {
        let words: Vec<&str> = self.title.split_whitespace().collect();
        let title = words.join(" ");
        if title.chars().count() <= RUNNING_TITLE {
            return title;
        }
        let cut: String = title.chars().take(RUNNING_TITLE).collect();
        let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
        format!("{whole} …")
    }

    /// Refuses what would become an inaccessible or broken document: no title, a picture without alt text or bytes, a row
    /// wider than its header.
    pub fn complete(&self) -> Result<()> {
        if self.title.trim().is_empty() {
            return Err(incomplete("Dokumentet saknar titel.", "Skriv en titel och försök igen."));
        }
        self.blocks.iter().try_for_each(complete_block)
    }
}

fn complete_block(block: &Block) -> Result<()> {
    match block {
        Block::Table(table) => complete_table(table),
        Block::Figure(figure) => complete_figure(figure),
        _ => Ok(()),
    }
}

fn complete_table(table: &Table) -> Result<()> {
    let width = table.columns.len();
    match table.rows.iter().find(|row| width == 0 || row.len() != width) {
        None if width > 0 => Ok(()),
        _ => Err(incomplete(&format!("Tabellen ”{}” har rader som inte passar rubrikraden.", table.caption.words()), "Rapportera felet.")),
    }
}

fn complete_figure(figure: &Figure) -> Result<()> {
    let caption = figure.caption.words();
    if figure.alt.trim().is_empty() {
        return Err(incomplete(&format!("Bilden ”{caption}” saknar beskrivning för den som inte ser den."), "Lägg till en beskrivning."));
    }
    if figure.svg.is_empty() || figure.png.is_empty() {
        return Err(incomplete(&format!("Bilden ”{caption}” är tom."), "Rita om diagrammet och försök igen."));
    }
    figure.data.as_ref().map_or(Ok(()), complete_table)
}

fn incomplete(message: &str, hint: &str) -> Error {
    Error::new(Code::DocumentIncomplete, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_without_alt_text_is_refused_with_its_name() {
        let mut doc = Outline::new("Prov");
        doc.figure(Figure { svg: vec![1], png: vec![1], alt: " ".to_owned(), caption: "Anmälda brott".into(), data: None });
        let error = doc.complete().unwrap_err();
        assert_eq!(error.code, Code::DocumentIncomplete);
        assert!(error.message.contains("Anmälda brott"));
    }

    #[test]
    fn short_rows_are_filled_and_long_rows_refused() {
        let table = Table::new("T", [words("a"), numbers("b")]).row(["x"]);
        assert_eq!(table.rows[0].len(), 2);
        let mut doc = Outline::new("Prov");
        doc.table(table.row(["x", "1", "2"]));
        assert_eq!(doc.complete().unwrap_err().code, Code::DocumentIncomplete);
    }

    #[test]
    fn heading_levels_are_never_skipped() {
        let mut doc = Outline::new("Prov");
        doc.h2("a: nothing above it");
        doc.h2("b");
        doc.h3("c");
        doc.h1("d");
        doc.h3("e: skips");
        let levels = doc.blocks.iter().map(|block| if let Block::Heading { level, .. } = block { *level } else { 0 });
        assert_eq!(levels.collect::<Vec<_>>(), [1, 2, 3, 1, 2]);
    }

    #[test]
    fn a_running_title_is_one_line_cut_at_a_word() {
        assert_eq!(Outline::new("Lägesbild\n2026").running_title(), "Lägesbild 2026");
        let long = Outline::new("Samverkansöverenskommelse mellan kommunen och lokalpolisområdet i norr").running_title();
        assert_eq!(long, "Samverkansöverenskommelse mellan kommunen och …");
        assert_eq!(Outline::new("x".repeat(99)).running_title(), format!("{} …", "x".repeat(60)));
    }

    #[test]
    fn words_leave_the_footnotes_out() {
        let line = text("Brotten ").strong("minskar").note("Brå").plain(" i ").blank("kommun");
        assert_eq!(line.words(), "Brotten minskar i [kommun]");
    }
}
