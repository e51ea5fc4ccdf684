//! Documents opened by independent readers: LibreOffice, poppler, qpdf, pikepdf. Each missing reader is named, not passed over.

use crate::outside::{python_with, read_with};
use chrono::NaiveDate;
use lagesbild::chart::{Line, Point, Spec, Unit};
use lagesbild::documents::outline::{Fact, Figure, Outline, Perspective, Signature, Table, numbers, text, words};
use lagesbild::documents::{Format, write};
use lagesbild::look::Theme;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

const ALT: &str = "Linjediagram. Anmäld skadegörelse 2019–2025: från 49 till 31 brott, minskar.";
const SOURCE: &str = "Brå, anmälda brott, Prästvik 2025, n = 31, 95 % intervall 21–44, inläst 2026-03-02";
const NASTY: &str =
    r##"#set page() $x^2$ *ej fet* _ej kursiv_ [klammer] "rakt" \ @ref <tagg> & 'apostrof' // ej kommentar ~ ` = + - / {}"##;

fn figure() -> Figure {
    let unit = Unit::count("anmälda brott");
    let point = |(label, value): (&str, f64)| Point { label: label.into(), value: Some(value), ..Point::default() };
    let points = [("2019", 49.0), ("2020", 47.0), ("2021", 42.0), ("2022", 40.0), ("2024", 35.0), ("2025", 31.0)].map(point).to_vec();
    let line =
        Line { title: ALT.into(), perspective: Perspective::Police, unit, points, breaks: Vec::new(), behind: Vec::new(), connected: true };
    let chart = Spec::Line(line).draw(Theme::Light);
    let (svg, png) = (chart.svg.clone(), chart.png().unwrap());
    let data = Table::new("Anmäld skadegörelse per år", [words("År"), numbers("Antal"), numbers("Per 1 000 inv.")])
        .row(["2019", "49", "4,1"])
        .row(["2022", "42", "3,6"])
        .row(["2025 (preliminär)", "31", "2,7"]);
    Figure { svg: svg.into_bytes(), png, alt: ALT.to_owned(), caption: "Skadegörelsen minskar sedan 2019".into(), data: Some(data) }
}

fn measures() -> Table {
    let columns = [words("Åtgärd").weight(4), words("Ansvarig").weight(3), words("När").weight(2), numbers("Antal").weight(2)];
    let mut table = Table::new("Åtgärder inom området trygga mötesplatser", columns);
    for i in 1..=34 {
        table.push([
            text(format!("Gemensam kvällsvandring vid resecentrum, pass {i}")),
            text("Kommunens trygghetssamordnare och områdespolis"),
            text("fre–lör 20–01"),
            text(format!("{}", i * 37)).note(format!("Åtgärd {i}: beslut i samverkansgruppen, Prästvik")),
        ]);
    }
    table
}

pub fn sample() -> Outline {
    let mut doc = Outline::new("Samverkansöverenskommelse för ett tryggare Prästvik")
        .subtitle("Mellan Prästviks kommun och lokalpolisområdet, 2026–2029")
        .draft("UTKAST – arbetsmaterial")
        .date(NaiveDate::from_ymd_opt(2026, 3, 2).unwrap())
        .cover("Beslutande organ", "Kommunstyrelsen")
        .cover("Sammanträdesdatum", text("").blank("datum"))
        .cover("Diarienummer", "KS 2026:118")
        .cover("Version", "1, utkast för samråd");
    doc.callout("Övningsdata", "Prästvik finns inte. Siffrorna är påhittade och får inte användas i beslut.");
    doc.h1("Inledning");
    doc.p("Kommunen och Polismyndigheten arbetar tillsammans för att förebygga brott. Överenskommelsen bygger på en gemensam lägesbild, där kommunens, polisens och invånarnas syn ligger bredvid varandra.");
    doc.p(text("Anmäld skadegörelse ")
        .strong("minskar")
        .plain(" sedan kodbytet 2019, från 49 till 31 brott om året")
        .note(SOURCE)
        .plain(". Invånarna märker det ")
        .emphasis("ännu inte")
        .note("Kommunens trygghetsenkät 2025, 212 av 600 svarade, 38 flickor 16–19 år")
        .plain("."));
    doc.h2("Tre perspektiv");
    doc.table(
        Table::new(
            "Så ser de tre perspektiven på skadegörelse",
            [words("Perspektiv").weight(2), words("Bild").weight(5), numbers("Underlag").weight(2)],
        )
        .row([
            text("").perspective(Perspective::Municipality),
            "Fältgruppen ser samlingar fredag och lördag 18–02".into(),
            "27 rapporter".into(),
        ])
        .row([text("").perspective(Perspective::Police), "↘ minskar".into(), "31 brott".into()])
        .row([text("").perspective(Perspective::Residents), "12 % ser det som ett problem".into(), "212 svar".into()]),
    );
    doc.figure(figure());
    doc.quote("Skolgården är lugnare sedan belysningen kom.", "Medarbetardialog, skola, mars 2026");
    doc.h1("Mål och åtgärder");
    doc.h2("Trygga mötesplatser");
    doc.h3("Mål 1: Lugnare helgkvällar");
    doc.numbered([
        "Vuxna syns vid resecentrum varje fredag och lördag kväll.",
        "Belysningen vid skolgården är lagad före september.",
        "Samverkansgruppen går igenom läget varje månad.",
    ]);
    doc.bullets([
        text("Kommunen ansvarar för kvällsvandringen").note("Beslut i samverkansgruppen"),
        text("Polisen möter upp när resurserna tillåter"),
        text("Bostadsbolaget tänder gårdarna"),
    ]);
    doc.table(measures());
    doc.h1("Klausul med svåra tecken");
    doc.p(NASTY);
    doc.h1("Giltighet och underskrifter");
    doc.facts([
        Fact::new("Gäller från", "2026-07-01"),
        Fact::new("Gäller till", text("").blank("slutdatum")),
        Fact::new("Uppföljning", "Varje år i mars"),
    ]);
    doc.signatures([
        Signature::new("Prästviks kommun", "Kommunstyrelsens ordförande"),
        Signature::new("Polismyndigheten", "Lokalpolisområdeschef"),
        Signature::new("Prästviks bostadsbolag", "Verkställande direktör"),
    ]);
    doc
}

/// Where the files are put: a temporary folder, or the one named in `LAGESBILD_DOCUMENTS_OUT` for a person who wants to look.
struct Desk {
    path: PathBuf,
    _folder: Option<tempfile::TempDir>,
}

impl Desk {
    fn new() -> Self {
        if let Some(path) = std::env::var_os("LAGESBILD_DOCUMENTS_OUT") {
            return Self { path: path.into(), _folder: None };
        }
        let folder = tempfile::tempdir().unwrap();
        Self { path: folder.path().to_owned(), _folder: Some(folder) }
    }

    fn put(&self, outline: &Outline, name: &str) -> PathBuf {
        let path = self.path.join(name);
        std::fs::write(&path, write(outline, Format::of_name(name).unwrap()).unwrap()).unwrap();
        path
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_holds(text: &str, words: &[&str]) {
    let text = one_line(text);
    for word in words {
        assert!(text.contains(&one_line(word)), "”{word}” is missing in: {text}");
    }
}

#[test]
fn the_pdf_says_what_the_outline_says() {
    let desk = Desk::new();
    let path = desk.put(&sample(), "sample.pdf");
    let Some(said) = read_with("pdftotext", &["-layout", path.to_str().unwrap(), "-"]) else { return };
    assert_holds(
        &said,
        &["UTKAST – arbetsmaterial", "Tre perspektiv", "från 49 till 31 brott om året", "Sida 1 av", "↘ minskar", "KS 2026:118"],
    );
    assert_holds(&said, &["n = 31, 95 % intervall 21–44", "[slutdatum]", "Tabell 1.", "Figur 1."]);
}

#[test]
fn qpdf_finds_no_fault_in_the_pdf() {
    let desk = Desk::new();
    let path = desk.put(&sample(), "checked.pdf");
    if let Some(said) = read_with("qpdf", &["--check", path.to_str().unwrap()]) {
        assert!(said.contains("No syntax or stream encoding errors"), "{said}");
    }
}

const STRUCTURE: &str = r#"
import sys, pikepdf
pdf = pikepdf.open(sys.argv[1]); root = pdf.Root; kinds = {}; alts = []; scopes = set()
def walk(node):
    if isinstance(node, pikepdf.Array):
        for kid in node: walk(kid)
    elif isinstance(node, pikepdf.Dictionary) and '/S' in node:
        kinds[str(node.S)] = kinds.get(str(node.S), 0) + 1
        if '/Alt' in node: alts.append(str(node.Alt))
        if '/A' in node:
            for a in (node.A if isinstance(node.A, pikepdf.Array) else [node.A]):
                if '/Scope' in a: scopes.add(str(a.Scope))
        if '/K' in node: walk(node.K)
walk(root.StructTreeRoot.K)
meta = bytes(root.Metadata.read_bytes()).decode()
print('lang', root.Lang); print('marked', root.MarkInfo.Marked); print('title', pdf.docinfo['/Title'])
print('ua', 'pdfuaid:part' in meta); print('a', 'pdfaid:part' in meta); print('alts', alts)
print('scopes', sorted(scopes)); print('kinds', sorted(kinds.items())); print('bookmarks', '/Outlines' in root)
"#;

#[test]
fn the_pdf_has_the_structure_that_a_screen_reader_needs() {
    let desk = Desk::new();
    let path = desk.put(&sample(), "structure.pdf");
    let Some(python) = python_with("pikepdf") else { return };
    let said = read_with(python, &["-c", STRUCTURE, path.to_str().unwrap()]).unwrap();
    assert_holds(
        &said,
        &[
            "lang sv",
            "marked True",
            "title Samverkansöverenskommelse för ett tryggare Prästvik",
            "ua True",
            "a True",
            "bookmarks True",
            "scopes ['/Column', '/Row']",
        ],
    );
    assert_holds(&said, &[ALT, "('/H1', 4)", "('/H2', 2)", "('/H3', 1)", "'/TH'", "'/Note'", "'/Figure', 1", "'/LI'", "'/Caption'"]);
}

#[test]
fn a_long_clause_of_markup_signs_comes_out_letter_by_letter() {
    let clause: String = r##"#$*_[]"\@<"##.chars().cycle().take(10_000).collect();
    let mut doc = Outline::new("Klausul");
    doc.h1("Klausul");
    doc.p(clause.as_str());
    let desk = Desk::new();
    let path = desk.put(&doc, "clause.pdf");
    if let Some(said) = read_with("pdftotext", &["-raw", path.to_str().unwrap(), "-"]) {
        let signs = said.chars().filter(|c| r##"#$*_[]"\@<"##.contains(*c)).count();
        assert_eq!(signs, 10_000);
    }
    assert!(String::from_utf8(write(&doc, Format::Html).unwrap()).unwrap().contains(&clause.replace('<', "&lt;").replace('"', "&quot;")));
    assert!(plain_text_of_docx(&write(&doc, Format::Docx).unwrap()).contains(&clause));
}

#[test]
fn the_same_outline_gives_the_same_bytes() {
    for format in Format::ALL {
        assert!(write(&sample(), format).unwrap() == write(&sample(), format).unwrap(), "{format:?}");
    }
}

#[test]
fn signs_that_no_font_has_do_not_stop_the_pdf() {
    let mut doc = Outline::new("Inklistrat 👮");
    doc.p("Poliser \u{1f46e}\u{fe0f} och barn, \u{0}\u{202e}skräp\u{202c}, รายงาน");
    let desk = Desk::new();
    let path = desk.put(&doc, "pasted.pdf");
    if let Some(said) = read_with("pdftotext", &[path.to_str().unwrap(), "-"]) {
        assert_holds(&said, &["Poliser □ och barn, skräp, □□", "ersatts med □"]);
    }
    for format in [Format::Docx, Format::Html] {
        write(&doc, format).unwrap();
    }
}

/// What templates may well do when a stage holds little or much.
fn odd() -> Vec<Outline> {
    let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let empty = Outline::new("Tomt").date(day);
    let mut breaks = Outline::new("Bara sidbrytningar").cover_page();
    (0..3).for_each(|_| breaks.page_break());
    breaks.signatures([Signature::new("Ensam part", "Ordförande")]);
    breaks.page_break();
    let mut noted = Outline::new("Fotnot i rubrik\nmed radbrytning").date(day).cover_page();
    noted.h1(text("Läget").note("Källa i rubrik"));
    noted.p(text("").note("Fotnot utan ord före").strong("").plain("\tflik\noch rad"));
    noted.table(Table::new(text("Tabell utan rader").note("Källa i tabellrubrik"), [words(text("A").note("Källa i huvud")), numbers("B")]));
    noted.facts([]);
    noted.bullets(Vec::<String>::new());
    noted.quote("", "");
    let mut wide = Outline::new("x".repeat(300)).subtitle("y".repeat(300)).draft("z".repeat(90)).date(day);
    let columns: Vec<_> = (0..12).map(|i| words(format!("Kolumn{i}"))).collect();
    wide.table(Table::new("Tolv kolumner", columns).row(["ordförandebeslutsunderlag"; 12]).plain_rows());
    vec![empty, breaks, noted, wide]
}

#[test]
fn odd_outlines_become_documents_too() {
    let desk = Desk::new();
    for (index, outline) in odd().iter().enumerate() {
        for format in Format::ALL {
            let path = desk.put(outline, &format!("odd-{index}.{}", format.ending()));
            assert!(std::fs::metadata(path).unwrap().len() > 1000, "{index} {format:?}");
        }
    }
}

/// The same document with a cover page and a table of contents, a page break before a table, and a second picture.
fn covered() -> Outline {
    let mut doc = sample().cover_page();
    doc.page_break();
    doc.facts([Fact::new("Bilaga", "1")]);
    doc.page_break();
    doc.table(measures());
    doc.figure(figure());
    doc
}

#[test]
fn the_cover_page_is_followed_by_the_contents_in_every_form() {
    let desk = Desk::new();
    desk.put(&covered(), "covered.docx");
    let page = desk.put(&covered(), "covered.html");
    assert!(std::fs::read_to_string(page).unwrap().contains("<a href=\"#avsnitt-3\">Mål och åtgärder</a>"));
    let docx = write(&covered(), Format::Docx).unwrap();
    assert!(plain_text_of_docx(&docx).matches("Giltighet och underskrifter").count() == 2);
    let path = desk.put(&covered(), "covered.pdf");
    if let Some(said) = read_with("pdftotext", &["-layout", "-l", "2", path.to_str().unwrap(), "-"]) {
        assert_holds(&said, &["Innehåll", "Trygga mötesplatser", "Giltighet och underskrifter"]);
    }
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut said = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut said).unwrap();
    said
}

fn plain_text_of_docx(docx: &[u8]) -> String {
    use quick_xml::events::Event;
    let xml = part(docx, "word/document.xml");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut said, mut inside) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) => inside = e.name().as_ref() == "w:t",
            Event::End(_) => inside = false,
            Event::Text(t) if inside => said.push_str(&t),
            Event::GeneralRef(r) if inside => said.push(entity(&r)),
            Event::Eof => return said,
            _ => {}
        }
    }
}

fn entity(name: &str) -> char {
    match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        other => panic!("unknown entity {other}"),
    }
}

#[test]
fn the_docx_holds_headings_footnotes_and_alt_texts() {
    let docx = write(&sample(), Format::Docx).unwrap();
    let body = part(&docx, "word/document.xml");
    for piece in ["w:val=\"Heading1\"", "w:val=\"Heading2\"", "w:val=\"Heading3\"", "<w:tblHeader/>", "<w:footnoteReference", "<w:numPr>"] {
        assert!(body.contains(piece), "{piece}");
    }
    assert!(body.contains(&format!("descr=\"{ALT}\"")));
    assert!(part(&docx, "word/footnotes.xml").contains(SOURCE));
    assert!(part(&docx, "word/styles.xml").contains("w:lang w:val=\"sv-SE\""));
    assert!(part(&docx, "docProps/core.xml").contains("<dc:title>Samverkansöverenskommelse för ett tryggare Prästvik</dc:title>"));
    assert_holds(&plain_text_of_docx(&docx), &[NASTY]);
}

#[test]
fn every_id_in_the_docx_is_used_once() {
    let mut doc = sample();
    doc.figure(figure());
    let body = part(&write(&doc, Format::Docx).unwrap(), "word/document.xml");
    let mut ids: Vec<&str> = body.split("<wp:docPr id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), 2);
    ids.dedup();
    assert_eq!(ids.len(), 2);
}

#[test]
fn libreoffice_opens_the_docx_and_finds_the_words() {
    let desk = Desk::new();
    let path = desk.put(&sample(), "sample.docx");
    let profile = tempfile::tempdir().unwrap();
    let user = format!("-env:UserInstallation=file://{}", profile.path().display());
    let arguments = [&user, "--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir"];
    let out = desk.path.join("from-word");
    let mut arguments: Vec<&str> = arguments.to_vec();
    arguments.extend([out.to_str().unwrap(), path.to_str().unwrap()]);
    if read_with("soffice", &arguments).is_none() {
        return;
    }
    assert_words_in_print(&out.join("sample.pdf"));
}

fn assert_words_in_print(pdf: &Path) {
    let Some(said) = read_with("pdftotext", &["-layout", pdf.to_str().unwrap(), "-"]) else { return };
    assert_holds(
        &said,
        &[
            "UTKAST – arbetsmaterial",
            "Tre perspektiv",
            "från 49 till 31 brott om året",
            "Sida 1 av",
            "n = 31, 95 % intervall 21–44",
            "KS 2026:118",
        ],
    );
    let header_rows = said.matches("Ansvarig").count();
    assert!(header_rows >= 2, "the table header is repeated on the next page: {header_rows}");
}

#[test]
fn the_web_page_is_whole_and_readable_without_eyes() {
    let page = String::from_utf8(write(&sample(), Format::Html).unwrap()).unwrap();
    for piece in [
        "<html lang=\"sv\">",
        "<main",
        "<header",
        "<th scope=\"col\"",
        "<th scope=\"row\"",
        "role=\"doc-noteref\"",
        "role=\"doc-backlink\"",
        "@media print",
    ] {
        assert!(page.contains(piece), "{piece}");
    }
    assert!(page.contains(&format!("alt=\"{ALT}\"")));
    assert!(!page.contains("src=\"http") && !page.contains("<script"));
    let notes = page.matches("role=\"doc-noteref\"").count();
    assert_eq!(notes, page.matches("role=\"doc-backlink\"").count());
    assert!(page.contains("&lt;tagg&gt; &amp;"));
}
