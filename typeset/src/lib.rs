//! Typst source in, tagged PDF out: the only place that knows Typst, so that the rest of the program builds quickly.
//!
//! Nothing is read from the machine: fonts are compiled in, files are handed over, time is an argument. The same input
//! gives the same bytes. The PDF claims PDF/UA-1, and PDF/A-2a when it has a date; a missing alt text or title is an error, not a warning.

mod world;

use chrono::{Datelike, NaiveDate};
use std::fmt;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use world::can_set;

/// What the file says about itself. `language` is a code such as `sv` or `sv-SE` (the region is not used); `date` is the only clock there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub title: String,
    pub language: String,
    pub date: Option<NaiveDate>,
}

/// One thing the typesetter would not accept. `line` is 1-based, in the handed-over source or the named file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub message: String,
    pub hints: Vec<String>,
    pub file: Option<String>,
    pub line: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypesetError {
    pub problems: Vec<Problem>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{file}, line {line}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            _ => {}
        }
        f.write_str(&self.message)?;
        self.hints.iter().try_for_each(|hint| write!(f, " ({hint})"))
    }
}

impl fmt::Display for TypesetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.problems.iter().map(Problem::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for TypesetError {}

impl TypesetError {
    fn saying(message: impl fmt::Display) -> Self {
        Self { problems: vec![Problem { message: message.to_string(), hints: Vec::new(), file: None, line: None }] }
    }

    fn from_diagnostics(world: &world::Memory, diagnostics: &[SourceDiagnostic]) -> Self {
        Self { problems: diagnostics.iter().map(|d| problem(world, d)).collect() }
    }
}

/// Typesets `source` to a PDF/UA-1 file, with a date also PDF/A-2a.
///
/// `files` are what the source may read (`json("outline.json")`, `image("figure-1.svg")`), by name without folders.
/// Title, language and date are set from `facts`; the source needs not repeat them.
pub fn pdf(source: &str, files: &[(String, Vec<u8>)], facts: &Facts) -> Result<Vec<u8>, TypesetError> {
    let world = world::Memory::new(source, files, facts).map_err(TypesetError::saying)?;
    let output = typst::compile::<PagedDocument>(&world).output;
    let bytes = output
        .and_then(|document| typst_pdf::pdf(&document, &options(facts)?))
        .map_err(|diagnostics| TypesetError::from_diagnostics(&world, &diagnostics));
    // The compiler remembers every layout; a desktop program that lives all day must forget them.
    typst::comemo::evict(2);
    bytes
}

fn options(facts: &Facts) -> typst::diag::SourceResult<PdfOptions> {
    // The archive standard demands a date; without one the file is still accessible, only not for the archive.
    let wanted: &[PdfStandard] = if facts.date.is_some() { &[PdfStandard::Ua_1, PdfStandard::A_2a] } else { &[PdfStandard::Ua_1] };
    let standards = PdfStandards::new(wanted)
        .map_err(|error| typst::ecow::eco_vec![SourceDiagnostic::error(typst::syntax::Span::detached(), error.message().clone())])?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{} {:?}", facts.title, facts.date)),
        creator: Smart::Custom(Some("Lägesbild".to_owned())),
        timestamp: facts.date.and_then(midnight).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

fn midnight(date: NaiveDate) -> Option<Datetime> {
    Datetime::from_ymd_hms(date.year(), date.month() as u8, date.day() as u8, 0, 0, 0)
}

fn problem(world: &world::Memory, diagnostic: &SourceDiagnostic) -> Problem {
    let file = diagnostic.span.id();
    let line = file.and_then(|id| {
        let range = world.range(diagnostic.span)?;
        Some(world.source(id).ok()?.lines().byte_to_line(range.start)? + 1)
    });
    Problem {
        message: diagnostic.message.to_string(),
        hints: diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect(),
        file: file.map(|id| id.vpath().get_without_slash().to_owned()),
        line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts { title: "Provtryck".to_owned(), language: "sv".to_owned(), date: NaiveDate::from_ymd_opt(2026, 3, 2) }
    }

    #[test]
    fn a_page_comes_out_tagged_and_the_same_every_time() {
        let first = pdf("= Rubrik\nEn rad med åäö.", &[], &facts()).unwrap();
        let second = pdf("= Rubrik\nEn rad med åäö.", &[], &facts()).unwrap();
        assert!(first.starts_with(b"%PDF-1.7"));
        assert!(first == second);
    }

    #[test]
    fn a_fault_in_the_source_names_its_line() {
        let error = pdf("= Rubrik\n\n#finns-inte()", &[], &facts()).unwrap_err();
        assert_eq!(error.problems[0].line, Some(3));
        assert!(error.to_string().starts_with("document.typ, line 3: unknown variable"), "{error}");
    }

    #[test]
    fn a_picture_without_alt_text_is_refused() {
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="5"/></svg>"#;
        let error = pdf("= R\n#image(\"a.svg\")", &[("a.svg".to_owned(), svg.to_vec())], &facts()).unwrap_err();
        assert!(error.to_string().contains("alt"), "{error}");
    }

    #[test]
    fn without_a_date_the_file_is_accessible_but_not_for_the_archive() {
        let undated = pdf("= Rubrik", &[], &Facts { date: None, ..facts() }).unwrap();
        assert!(!String::from_utf8_lossy(&undated).contains("pdfaid:part"));
        assert!(String::from_utf8_lossy(&undated).contains("pdfuaid:part"));
    }

    #[test]
    fn a_language_may_carry_its_region() {
        assert!(pdf("= Rubrik", &[], &Facts { language: "sv-SE".to_owned(), ..facts() }).is_ok());
    }

    #[test]
    fn words_in_a_chart_are_set_in_the_shipped_fonts() {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="20" font-family="Inter" font-size="12">åäö ↘ ● 1 234</text>
            <text x="5" y="35" font-family="Inter, sans-serif" font-weight="600" font-size="12">halvfet</text></svg>"#;
        let files = [("chart.svg".to_owned(), svg.as_bytes().to_vec())];
        let page = pdf("= R\n#image(\"chart.svg\", alt: \"Diagram\")", &files, &facts()).unwrap();
        let text = String::from_utf8_lossy(&page);
        assert!(text.contains("+Inter-Regular") && text.contains("+Inter-SemiBold"));
    }

    #[test]
    fn files_are_only_those_handed_over() {
        let error = pdf("#read(\"hemligt.txt\")", &[], &facts()).unwrap_err();
        assert!(error.to_string().contains("hemligt.txt"), "{error}");
    }

    #[test]
    fn the_arrows_and_marks_of_the_charts_have_glyphs() {
        for mark in "åäöÅÄÖ↗↘→●■▲○□−–”é".chars() {
            assert!(can_set(mark), "{mark}");
        }
        assert!(!can_set('👮'));
    }
}
