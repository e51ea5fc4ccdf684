//! Outline → one self-contained web page: the form that Digg asks public bodies to publish first.
//!
//! Landmarks, a skip link, table headers with scope, alt texts, footnotes with ways back; no script, nothing fetched.

use super::outline::{Align, Block, Column, Fact, Figure, Outline, Perspective, Run, Signature, Table, Text};
use super::printable;
use crate::error::Result;
use crate::look::LIGHT;

const STYLE: &str = include_str!("html.css");

/// UTF-8 bytes of a whole page.
pub fn write(outline: &Outline) -> Result<Vec<u8>> {
    let mut page = Page::default();
    page.head(outline);
    page.masthead(outline);
    if outline.cover_page {
        page.contents(outline);
    }
    page.put("<main id=\"innehall\">\n");
    outline.blocks.iter().for_each(|block| page.block(block));
    page.put("</main>\n");
    page.notes();
    page.put("</div>\n</body>\n</html>\n");
    Ok(page.html.into_bytes())
}

#[derive(Default)]
struct Page {
    html: String,
    notes: Vec<String>,
    headings: usize,
    tables: usize,
    figures: usize,
    /// The next block starts a new page in print.
    new_page: bool,
}

impl Page {
    fn put(&mut self, html: &str) {
        self.html.push_str(html);
    }

    fn head(&mut self, outline: &Outline) {
        let (language, title) = (escape(&outline.language), escape(&outline.title));
        self.put(&format!("<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n"));
        self.put(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n",
        );
        self.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        if let Some(date) = outline.date {
            self.put(&format!("<meta name=\"dcterms.date\" content=\"{date}\">\n"));
        }
        let draft = outline.draft.as_ref().map(|draft| format!(" ({})", escape(draft))).unwrap_or_default();
        let colours: String = LIGHT.of_documents().iter().map(|(name, colour)| format!("--{name}: {colour}; ")).collect();
        let colours = format!(":root {{ {colours}}}\n");
        let marked = outline.draft.as_deref().map(draft_on_paper).unwrap_or_default();
        self.put(&format!("<title>{title}{draft}</title>\n<style>\n{colours}{STYLE}{marked}</style>\n</head>\n<body>\n"));
        self.put("<a class=\"skip\" href=\"#innehall\">Hoppa till innehållet</a>\n<div class=\"page\">\n");
    }

    fn masthead(&mut self, outline: &Outline) {
        self.put("<header>\n");
        if let Some(draft) = &outline.draft {
            self.put(&format!(
                "<p class=\"draft\">{}</p>
",
                escape(draft)
            ));
        }
        self.put(&format!("<h1>{}</h1>\n", escape(&outline.title)));
        if let Some(subtitle) = &outline.subtitle {
            self.put(&format!("<p class=\"subtitle\">{}</p>\n", escape(subtitle)));
        }
        self.facts(&outline.cover);
        self.put("</header>\n");
    }

    /// Two levels of headings, nested as the document is.
    fn contents(&mut self, outline: &Outline) {
        let headings = outline.blocks.iter().filter_map(|block| match block {
            Block::Heading { level, text } => Some((*level, text.words())),
            _ => None,
        });
        let shown = headings.enumerate().filter(|(_, (level, _))| *level <= 2);
        self.put("<nav aria-labelledby=\"nav\">\n<h2 id=\"nav\">Innehåll</h2>\n<ul>\n");
        let mut above = 0;
        for (index, (level, words)) in shown {
            self.put(match (above, level) {
                (0, _) => "",
                (1, 2) => "<ul>\n",
                (2, 1) => "</li>\n</ul>\n</li>\n",
                _ => "</li>\n",
            });
            self.put(&format!("<li><a href=\"#avsnitt-{}\">{}</a>", index + 1, escape(&words)));
            above = level;
        }
        self.put(match above {
            2 => "</li>\n</ul>\n</li>\n</ul>\n</nav>\n",
            1 => "</li>\n</ul>\n</nav>\n",
            _ => "</ul>\n</nav>\n",
        });
    }

    fn block(&mut self, block: &Block) {
        if let Block::PageBreak = block {
            self.new_page = true;
            return;
        }
        if std::mem::take(&mut self.new_page) {
            self.put("<div class=\"new-page\"></div>\n");
        }
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph { text } => self.element("p", "", text),
            Block::List { numbered, items } => self.list(if *numbered { "ol" } else { "ul" }, items),
            Block::Quote { text, source } => self.quote(text, source),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Facts { facts } => self.facts(facts),
            Block::Signatures { signatures } => self.signatures(signatures),
            Block::Callout { label, text } => self.callout(label, text),
            Block::PageBreak => {}
        }
    }

    fn element(&mut self, name: &str, attributes: &str, text: &Text) {
        self.put(&format!("<{name}{attributes}>"));
        self.text(text);
        self.put(&format!("</{name}>\n"));
    }

    fn text(&mut self, text: &Text) {
        text.runs.iter().for_each(|run| self.run(run));
    }

    fn run(&mut self, run: &Run) {
        match run {
            Run::Plain(text) => self.put(&escape(text)),
            Run::Strong(text) => self.put(&format!("<strong>{}</strong>", escape(text))),
            Run::Emphasis(text) => self.put(&format!("<em>{}</em>", escape(text))),
            Run::Blank(what) => self.put(&format!("<span class=\"blank\">[{}]</span>", escape(what))),
            Run::Perspective(seen) => self.put(&perspective(*seen)),
            Run::Note(source) => self.note(source),
        }
    }

    fn note(&mut self, source: &str) {
        self.notes.push(source.to_owned());
        let number = self.notes.len();
        self.put(&format!(
            "<sup><a href=\"#fotnot-{number}\" id=\"till-fotnot-{number}\" role=\"doc-noteref\" aria-label=\"Fotnot {number}\">{number}</a></sup>"
        ));
    }

    fn notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.put("<section class=\"notes\" role=\"doc-endnotes\" aria-labelledby=\"fotnoter\">\n<h2 id=\"fotnoter\">Fotnoter</h2>\n<ol>\n");
        for (index, source) in std::mem::take(&mut self.notes).iter().enumerate() {
            let (number, source) = (index + 1, escape(source));
            self.put(&format!(
                "<li id=\"fotnot-{number}\">{source} <a href=\"#till-fotnot-{number}\" role=\"doc-backlink\" aria-label=\"Tillbaka till texten vid fotnot {number}\">Tillbaka</a></li>\n"
            ));
        }
        self.put("</ol>\n</section>\n");
    }

    /// The title is the page's h1, so the outline's levels start at h2.
    fn heading(&mut self, level: u8, text: &Text) {
        self.headings += 1;
        let id = format!(" id=\"avsnitt-{}\"", self.headings);
        self.element(&format!("h{}", level + 1), &id, text);
    }

    fn list(&mut self, name: &str, items: &[Text]) {
        self.put(&format!("<{name}>\n"));
        items.iter().for_each(|item| self.element("li", "", item));
        self.put(&format!("</{name}>\n"));
    }

    fn quote(&mut self, text: &Text, source: &str) {
        self.put("<blockquote>\n");
        self.element("p", "", text);
        self.put(&format!("<footer>{}</footer>\n</blockquote>\n", escape(source)));
    }

    fn callout(&mut self, label: &str, text: &Text) {
        self.put(&format!("<p class=\"callout\"><strong>{}</strong> ", escape(label)));
        self.text(text);
        self.put("</p>\n");
    }

    fn facts(&mut self, facts: &[Fact]) {
        if facts.is_empty() {
            return;
        }
        self.put("<dl>\n");
        for fact in facts {
            self.put(&format!("<dt>{}</dt>", escape(&fact.name)));
            self.element("dd", "", &fact.value);
        }
        self.put("</dl>\n");
    }

    /// A table wider than a telephone scrolls by itself; the region can be focused so that the keyboard can scroll it.
    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let number = self.tables;
        self.put(&format!("<div class=\"wide\" role=\"region\" aria-labelledby=\"tabell-{number}\" tabindex=\"0\">\n<table>\n"));
        self.put(&format!("<caption id=\"tabell-{number}\"><strong>Tabell {number}.</strong> "));
        self.text(&table.caption);
        self.put("</caption>\n<thead>\n<tr>\n");
        for column in &table.columns {
            self.element("th", &format!(" scope=\"col\"{}", side(column)), &column.title);
        }
        self.put("</tr>\n</thead>\n<tbody>\n");
        table.rows.iter().for_each(|row| self.row(table, row));
        self.put("</tbody>\n</table>\n</div>\n");
    }

    fn row(&mut self, table: &Table, row: &[Text]) {
        self.put("<tr>\n");
        for (index, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
            let named = index == 0 && table.row_headers;
            let (name, scope) = if named { ("th", " scope=\"row\"") } else { ("td", "") };
            self.element(name, &format!("{scope}{}", side(column)), cell);
        }
        self.put("</tr>\n");
    }

    fn figure(&mut self, figure: &Figure) {
        self.figures += 1;
        let (number, alt, picture) = (self.figures, escape(&figure.alt.replace('\n', " ")), percent_encoded(&figure.svg));
        self.put(&format!(
            "<figure>\n<img src=\"data:image/svg+xml,{picture}\" alt=\"{alt}\">\n<figcaption><strong>Figur {number}.</strong> "
        ));
        self.text(&figure.caption);
        self.put("</figcaption>\n</figure>\n");
        if let Some(data) = &figure.data {
            self.table(data);
        }
    }

    fn signatures(&mut self, signatures: &[Signature]) {
        self.put("<ul class=\"signatures\">\n");
        for signature in signatures {
            let (party, role) = (escape(&signature.party), escape(&signature.role));
            self.put(&format!(
                "<li><strong>{party}</strong><span class=\"line\">Ort och datum</span><span class=\"line\">Underskrift</span>"
            ));
            self.put(&format!("<span class=\"role\">{role}</span><span class=\"line\">Namnförtydligande</span></li>\n"));
        }
        self.put("</ul>\n");
    }
}

fn side(column: &Column) -> &'static str {
    match column.align {
        Align::Right => " class=\"number\"",
        Align::Left => "",
    }
}

/// The mark is for the eye only; the word says the same.
fn perspective(seen: Perspective) -> String {
    let class = seen.code();
    format!("<span class=\"seen {class}\"><span aria-hidden=\"true\">{}</span> {}</span>", seen.mark(), seen.word())
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push_str("<br>"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Puts the draft mark on every printed page, so that no loose sheet passes for decided.
fn draft_on_paper(draft: &str) -> String {
    let letters: String = printable(draft).chars().map(|c| format!("\\{:X} ", u32::from(c))).collect();
    format!("@page {{ @top-right {{ content: \"{letters}\"; font: 600 8pt Inter, Arial, sans-serif; }} }}\n")
}

fn percent_encoded(bytes: &[u8]) -> String {
    let mut encoded = String::with_capacity(bytes.len() * 2);
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' | b'=' | b' ' | b',' => {
                encoded.push(byte as char)
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        assert_eq!(escape("<b>\"a\" & 'b'\nc"), "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;<br>c");
        assert!(draft_on_paper("</").contains("\\3C \\2F "));
        assert_eq!(percent_encoded("<å\"".as_bytes()), "%3C%C3%A5%22");
    }

    #[test]
    fn the_contents_are_nested_and_closed() {
        let mut outline = Outline::new("T").cover_page();
        outline.h1("A");
        outline.h2("B");
        outline.h3("C");
        outline.h1("D");
        let mut page = Page::default();
        page.contents(&outline);
        for (open, close) in [("<ul>", "</ul>"), ("<li>", "</li>")] {
            assert_eq!(page.html.matches(open).count(), page.html.matches(close).count(), "{}", page.html);
        }
        assert!(page.html.contains("#avsnitt-4\">D") && !page.html.contains(">C<"));
    }
}
