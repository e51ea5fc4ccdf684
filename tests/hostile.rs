//! Input made to do harm or made by careless programs: small files that claim to be huge, formulas nobody calculated.

use lagesbild::error::{Code, Error};
use lagesbild::import::{Answers, inspect};
use lagesbild::reference::Known;
use std::io::{Cursor, Read, Write};
use std::process::{Command, Stdio};

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

/// Reads a file in a process of its own: exit code, what it printed, and its peak memory in MiB.
fn alone(name: &str, bytes: &[u8]) -> (i32, String, u64) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_lagesbild"));
    let mut child = program.args(["inspect", "--cells", "--json"]).arg(&path).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let printed = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = stdout.read_to_string(&mut text);
        text
    });
    let mut peak = 0;
    loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = peak.max(line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0) / 1024);
        match child.try_wait().unwrap() {
            Some(done) => return (done.code().unwrap_or(-1), printed.join().unwrap(), peak),
            None => std::thread::sleep(std::time::Duration::from_millis(2)),
        }
    }
}

/// Packed as small as can be: mostly the same letter.
fn gz(length: usize) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let block = vec![b'x'; 1 << 20];
    (0..length >> 20).for_each(|_| packed.write_all(&block).unwrap());
    packed.finish().unwrap()
}

fn ods(table: &str) -> Vec<u8> {
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".into()),
        ("content.xml", format!("<office:document-content><table:table table:name=\"A\">{table}</table:table></office:document-content>")),
    ])
}

#[test]
fn nothing_takes_the_memory_or_the_program_down() {
    const MOST_MIB: u64 = 1024;
    let wide = r#"<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="float" office:value="1"/></table:table-row>"#;
    let full = format!(
        r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>{}</text:p></table:table-cell></table:table-row>"#,
        "x".repeat(5000)
    );
    let texts = packed(&[
        ("xl/workbook.xml", String::new()),
        ("xl/sharedStrings.xml", r#"<sst count="1" uniqueCount="4000000000"></sst>"#.to_owned()),
    ]);
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("hornet.xlsx", workbook(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#)),
        ("fyllt.xlsx", workbook(&format!(r#"<row r="2"><c r="A2" t="inlineStr"><is><t>{}</t></is></c></row>"#, "x".repeat(450_000_000)))),
        ("texter.xlsx", texts),
        ("hornet.ods", ods(wide)),
        ("fyllt.ods", ods(&full)),
        ("bomb.csv.gz", gz(3 << 30)),
        ("spann.xls", format!("<table><tr>{}", "<td colspan=1000 rowspan=65534>xxxxxxxx<tr>".repeat(100_000)).into_bytes()),
        (
            "matt.px",
            b"AXIS-VERSION=\"2013\";STUB=\"a\",\"b\",\"c\";VALUES(\"a\")=\"1\",\"2\";VALUES(\"b\")=\"1\";VALUES(\"c\")=\"1\";DATA=1;"
                .to_vec(),
        ),
    ];
    let suite = ["OOM_alloc.xls", "OOM_alloc3.xls", "ptgexp-truncated-operand.xls", "malformed_format.xls"];
    let real = suite
        .iter()
        .filter_map(|name| Some((*name, std::fs::read(crate::outside::real_file(&format!("suites/calamine-A/{name}"))?).unwrap())));
    for (name, bytes) in cases.into_iter().chain(real) {
        let (code, printed, peak) = alone(name, &bytes);
        println!("{name}: {} kB, högst {peak} MiB, slutkod {code}", bytes.len() / 1024);
        let made_up = !suite.contains(&name);
        assert!(
            if made_up { code == 2 && printed.contains("\"error\"") } else { code == 0 || code == 2 },
            "{name}: {code} {}",
            printed.chars().take(200).collect::<String>()
        );
        assert!(peak <= MOST_MIB, "{name}: {peak} MiB");
    }
}

#[test]
fn an_empty_text_that_a_formula_gives_is_not_a_missing_value() {
    let bytes = workbook(r#"<row r="2"><c r="A2" t="str"><f>IF(1&gt;2,"x","")</f><v></v></c><c r="B2"><v>5</v></c></row>"#);
    let read = lagesbild::import::cells_json("tom-text.xlsx", &bytes, &Answers::new()).unwrap();
    assert_eq!(read["sheets"][0]["rows"][1]["cells"], serde_json::json!(["", 5]));
}
