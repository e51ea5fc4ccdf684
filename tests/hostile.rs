//! Input made to do harm or made by careless programs: small files that claim to be huge, formulas nobody calculated.

use lagesbild::error::{Code, Error};
use lagesbild::import::{Answers, inspect};
use lagesbild::reference::Known;
use std::io::{Cursor, Write};

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The smallest workbook that readers accept, with these rows below a header.
fn workbook(rows: &str) -> Vec<u8> {
    let header = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Kommun</t></is></c><c r="B1" t="inlineStr"><is><t>2024</t></is></c></row>"#;
    let relation = |kind: &str, target: &str| {
        format!(r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>"#)
    };
    let sheets =
        format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#);
    packed(&[
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/workbook.xml", sheets),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{header}{rows}</sheetData></worksheet>"#)),
    ])
}

fn refused(name: &str, bytes: &[u8]) -> Error {
    let error = inspect(name, bytes, &Known::default(), &Answers::new()).err().unwrap_or_else(|| panic!("{name} was read"));
    assert_eq!(error.code, Code::UnreadableFile, "{name}: {error}");
    assert_eq!(error.place.as_ref().and_then(|p| p.file.as_deref()), Some(name));
    error
}

#[test]
fn a_cell_far_away_costs_nothing() {
    refused("sista.xlsx", &workbook(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#));
    refused("bortom.xlsx", &workbook(r#"<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>"#));
    refused("omojlig.xlsx", &workbook(r#"<row r="2"><c r="ZZZZZZZZ99999999999"><v>1</v></c></row>"#));
}

#[test]
fn a_formula_that_nobody_calculated_is_not_an_empty_cell() {
    let error = refused("formel.xlsx", &workbook(r#"<row r="2"><c r="A2"><f>1+1</f></c></row>"#));
    assert!(error.message.contains("formler"), "{error}");
}

#[test]
fn a_repeated_cell_is_counted_before_it_is_unfolded() {
    let cell = format!(
        r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="19" office:value-type="string"><text:p>{}</text:p></table:table-cell></table:table-row>"#,
        "x".repeat(2000)
    );
    let bytes = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".into()),
        ("content.xml", format!("<office:document-content><table:table>{cell}</table:table></office:document-content>")),
    ]);
    refused("upprepad.ods", &bytes);
}

#[test]
fn a_table_too_wide_or_a_row_too_long_is_refused_with_its_row() {
    let wide = format!("Kommun;{}\n", vec!["2024"; 5000].join(";"));
    assert_eq!(refused("bred.csv", wide.as_bytes()).place.and_then(|p| p.row), Some(1));
    let long = format!("Kommun;2024\n{};1\n", "x".repeat(5_000_000));
    assert_eq!(refused("lang.csv", long.as_bytes()).place.and_then(|p| p.row), Some(2));
}

#[test]
fn a_number_beyond_what_can_be_held_is_no_number() {
    let text = format!("Kommun;Antal;Per 100 000 inv.\nÅsele;{};1\nMalå;2;3\n", "9".repeat(400));
    let answers = Answers::from([("year".to_owned(), "2024".to_owned())]);
    let read = inspect("stort.csv", text.as_bytes(), &Known::default(), &answers).unwrap();
    assert_eq!(read.rejections.len(), 1, "{:?}", read.rejections);
    assert_eq!((read.rejections[0].row, read.rejections[0].column.as_str()), (2, "B"));
}
