//! The body: blocks become paragraphs, tables and pictures; notes, lists and pictures are gathered on the way.

use super::furniture::{FIRST_HEADER, FOOTER, HEADER};
use super::notes::{R, W, footnotes, numbering, words};
use super::package::Package;
use super::xml::Xml;
use super::{picture, table};
use crate::documents::outline::{Block, Figure, Outline, Perspective, Run, Table, Text};
use crate::error::Result;
use crate::look::LIGHT;

#[derive(Default)]
pub struct Body {
    pub xml: Xml,
    notes: Vec<String>,
    pictures: Vec<Vec<u8>>,
    numbered_lists: usize,
    tables: usize,
    headings: usize,
    controls: usize,
    break_before: bool,
    contents: bool,
}

impl Body {
    pub fn cover(&mut self, outline: &Outline) {
        self.contents = outline.cover_page;
        if let Some(draft) = &outline.draft {
            self.paragraph("DraftMark", &draft.as_str().into());
        }
        self.paragraph("Title", &outline.title.as_str().into());
        if let Some(subtitle) = &outline.subtitle {
            self.paragraph("Subtitle", &subtitle.as_str().into());
        }
        if !outline.cover.is_empty() {
            table::facts(self, &outline.cover);
        }
        if outline.cover_page {
            self.break_before = true;
            self.contents(outline);
            self.break_before = true;
        }
    }

    pub fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph { text } => self.paragraph("BodyText", text),
            Block::List { numbered, items } => self.list(*numbered, items),
            Block::Quote { text, source } => self.quote(text, source),
            Block::Table(data) => self.data_table(data),
            Block::Figure(figure) => self.figure(figure),
            Block::Facts { facts } => self.loose_table(|body| table::facts(body, facts)),
            Block::Signatures { signatures } => self.loose_table(|body| table::signatures(body, signatures)),
            Block::Callout { label, text } => self.callout(label, text),
            Block::PageBreak => self.break_before = true,
        }
    }

    /// A paragraph in a style, written by `inner`. A waiting page break is spent here, so that no empty line is needed.
    pub fn styled(&mut self, style: &str, extra: impl FnOnce(&mut Xml), inner: impl FnOnce(&mut Self)) {
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.val("w:pStyle", style);
        if std::mem::take(&mut self.break_before) {
            self.xml.empty("w:pageBreakBefore", &[]);
        }
        extra(&mut self.xml);
        self.xml.close("w:pPr");
        inner(self);
        self.xml.close("w:p");
    }

    pub fn paragraph(&mut self, style: &str, text: &Text) {
        self.styled(style, |_| {}, |body| body.runs(text));
    }

    pub fn runs(&mut self, text: &Text) {
        text.runs.iter().for_each(|run| self.run(run));
    }

    fn run(&mut self, run: &Run) {
        match run {
            Run::Plain(text) => self.word("", text),
            Run::Strong(text) => self.word("Strong", text),
            Run::Emphasis(text) => self.word("Emphasis", text),
            Run::Note(source) => self.note(source),
            Run::Blank(what) => self.blank(what),
            Run::Perspective(seen) => self.perspective(*seen),
        }
    }

    fn word(&mut self, style: &str, text: &str) {
        self.marked(style, text, |_| {});
    }

    /// A run in a character style (none if empty). `direct` repeats what must not be lost: LibreOffice forgets a character
    /// style's colours inside tables.
    fn marked(&mut self, style: &str, text: &str, direct: impl FnOnce(&mut Xml)) {
        self.xml.within("w:r", &[], |xml| {
            if !style.is_empty() {
                xml.within("w:rPr", &[], |xml| {
                    xml.val("w:rStyle", style);
                    direct(xml);
                });
            }
            words(xml, text);
        });
    }

    fn perspective(&mut self, seen: Perspective) {
        let style = match seen {
            Perspective::Municipality => "Municipality",
            Perspective::Police => "Police",
            Perspective::Residents => "Residents",
            Perspective::Reference => "Emphasis",
        };
        let words = format!("{}\u{a0}{}", seen.mark(), seen.word());
        self.marked(style, &words, |xml| xml.val("w:color", &LIGHT.perspective(seen).to_string()[1..]));
    }

    fn note(&mut self, source: &str) {
        self.notes.push(source.to_owned());
        let id = self.notes.len().to_string();
        self.xml.within("w:r", &[], |xml| {
            xml.within("w:rPr", &[], |xml| xml.val("w:rStyle", "FootnoteReference"));
            xml.empty("w:footnoteReference", &[("w:id", &id)]);
        });
    }

    /// A content control that shows what to fill in and goes away once it is.
    fn blank(&mut self, what: &str) {
        self.controls += 1;
        let id = self.controls.to_string();
        self.xml.open("w:sdt", &[]);
        self.xml.within("w:sdtPr", &[], |xml| {
            xml.val("w:alias", what);
            xml.val("w:tag", &format!("fyll-i-{id}"));
            xml.val("w:id", &id);
            xml.empty("w:temporary", &[]);
            xml.empty("w:showingPlcHdr", &[]);
            xml.empty("w:text", &[]);
        });
        self.xml.open("w:sdtContent", &[]);
        self.marked("Blank", &format!("[{what}]"), |xml| {
            xml.val("w:u", "single");
            xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", &LIGHT.highlight.to_string()[1..])]);
        });
        self.xml.close("w:sdtContent");
        self.xml.close("w:sdt");
    }

    fn heading(&mut self, level: u8, text: &Text) {
        self.headings += 1;
        let (id, name) = (self.headings.to_string(), bookmark(self.headings));
        let marked = self.contents;
        self.styled(
            &format!("Heading{level}"),
            |_| {},
            |body| {
                if marked {
                    body.xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
                }
                body.runs(text);
                if marked {
                    body.xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
                }
            },
        );
    }

    /// Word's own contents field with the entries already in it. Page numbers are left to Word: they cannot be known here.
    fn contents(&mut self, outline: &Outline) {
        let headings = outline.blocks.iter().filter_map(|block| match block {
            Block::Heading { level, text } => Some((*level, text.words())),
            _ => None,
        });
        let entries: Vec<(usize, u8, String)> =
            headings.enumerate().filter(|(_, (level, _))| *level <= 2).map(|(i, (level, words))| (i + 1, level, words)).collect();
        self.paragraph("TOCHeading", &"Innehåll".into());
        let last = entries.len();
        for (index, (heading, level, title)) in entries.into_iter().enumerate() {
            self.styled(
                &format!("TOC{level}"),
                |_| {},
                |body| {
                    if index == 0 {
                        contents_begin(&mut body.xml);
                    }
                    body.xml.within("w:hyperlink", &[("w:anchor", &bookmark(heading)), ("w:history", "1")], |xml| {
                        xml.within("w:r", &[], |xml| words(xml, &title));
                    });
                    if index + 1 == last {
                        field_mark(&mut body.xml, "end");
                    }
                },
            );
        }
    }

    fn list(&mut self, numbered: bool, items: &[Text]) {
        self.numbered_lists += usize::from(numbered);
        let (style, number) = if numbered { ("ListNumber", self.numbered_lists + 1) } else { ("ListBullet", 1) };
        let number = number.to_string();
        for (index, item) in items.iter().enumerate() {
            let mark = |xml: &mut Xml| list_mark(xml, &number, index + 1 == items.len());
            self.styled(style, mark, |body| body.runs(item));
        }
    }

    fn quote(&mut self, text: &Text, source: &str) {
        self.paragraph("Quote", text);
        self.paragraph("QuoteSource", &source.into());
    }

    fn callout(&mut self, label: &str, text: &Text) {
        self.styled(
            "Callout",
            |_| {},
            |body| {
                body.word("Strong", label);
                body.word("", "  ");
                body.runs(text);
            },
        );
    }

    fn caption(&mut self, style: &str, series: &str, number: usize, text: &Text) {
        self.styled(
            style,
            |_| {},
            |body| {
                body.word("Strong", &format!("{series} "));
                body.xml.within("w:fldSimple", &[("w:instr", &format!(" SEQ {series} \\* ARABIC "))], |xml| {
                    xml.within("w:r", &[], |xml| {
                        xml.within("w:rPr", &[], |xml| xml.val("w:rStyle", "Strong"));
                        words(xml, &number.to_string());
                    });
                });
                body.word("Strong", ". ");
                body.runs(text);
            },
        );
    }

    fn data_table(&mut self, data: &Table) {
        self.tables += 1;
        self.caption("TableCaption", "Tabell", self.tables, &data.caption);
        table::data(self, data);
    }

    fn figure(&mut self, figure: &Figure) {
        self.pictures.push(figure.png.clone());
        let number = self.pictures.len();
        let size = picture::size_on_paper(&figure.png);
        self.styled("Figure", |_| {}, |body| body.xml.within("w:r", &[], |xml| picture::drawing(xml, number, size, figure)));
        self.caption("Caption", "Figur", number, &figure.caption);
        if let Some(data) = &figure.data {
            self.data_table(data);
        }
    }

    /// Tables without a caption have no paragraph to carry a waiting page break.
    fn loose_table(&mut self, inner: impl FnOnce(&mut Self)) {
        if self.break_before {
            self.paragraph("Spacer", &Text::default());
        }
        inner(self);
    }

    pub fn add_to(self, package: &mut Package) -> Result<()> {
        package.part("footnotes", "footnotes.xml", footnotes(&self.notes)?);
        package.part("numbering", "numbering.xml", numbering(self.numbered_lists)?);
        for (index, png) in self.pictures.into_iter().enumerate() {
            package.picture(index + 1, png);
        }
        let inner = self.xml.finish_text()?;
        package.loose("word/document.xml", document(&inner, package)?);
        Ok(())
    }
}

const NAMES: [(&str, &str); 5] = [
    ("xmlns:w", W),
    ("xmlns:r", R),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", picture::NAMESPACE),
];

fn document(inner: &str, package: &Package) -> Result<Vec<u8>> {
    let mut part = Xml::part();
    part.within("w:document", &NAMES, |xml| {
        xml.within("w:body", &[], |xml| {
            xml.raw(inner);
            section(xml, package);
        });
    });
    part.finish()
}

fn section(xml: &mut Xml, package: &Package) {
    xml.within("w:sectPr", &[], |xml| {
        for (element, kind, target) in [
            ("w:headerReference", "first", FIRST_HEADER),
            ("w:headerReference", "default", HEADER),
            ("w:footerReference", "first", FOOTER),
            ("w:footerReference", "default", FOOTER),
        ] {
            xml.empty(element, &[("w:type", kind), ("r:id", package.relation_to(target))]);
        }
        xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
        let margins = [
            ("w:top", "1758"),
            ("w:right", "1701"),
            ("w:bottom", "1701"),
            ("w:left", "1701"),
            ("w:header", "794"),
            ("w:footer", "794"),
            ("w:gutter", "0"),
        ];
        xml.empty("w:pgMar", &margins);
        xml.empty("w:titlePg", &[]);
    });
}

fn bookmark(heading: usize) -> String {
    format!("_Toc{heading:06}")
}

/// The last item keeps a distance to what follows.
fn list_mark(xml: &mut Xml, number: &str, last: bool) {
    xml.within("w:numPr", &[], |xml| {
        xml.val("w:ilvl", "0");
        xml.val("w:numId", number);
    });
    if last {
        xml.empty("w:spacing", &[("w:after", "200")]);
    }
}

fn contents_begin(xml: &mut Xml) {
    field_mark(xml, "begin");
    xml.within("w:r", &[], |xml| xml.leaf("w:instrText", &[("xml:space", "preserve")], " TOC \\o \"1-2\" \\n \\h \\z "));
    field_mark(xml, "separate");
}

fn field_mark(xml: &mut Xml, kind: &str) {
    xml.within("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", kind)]));
}
