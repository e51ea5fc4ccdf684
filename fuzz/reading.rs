//! What each target feeds to its reader, for `cargo fuzz` and for the short run among the tests (tests/mutated.rs): the
//! container around the bytes is sound, so that the bytes reach the reader instead of falling at the door.

use lagesbild::error::Result;
use lagesbild::import::{Answers, cells_json, inspect as understand};
use lagesbild::reference::Known;
use std::io::{Cursor, Write};

/// A reader, by the name of its target.
pub type Target = (&'static str, fn(&[u8]));

pub const TARGETS: [Target; 10] = [
    ("delimited", delimited),
    ("xlsx", xlsx),
    ("xls", xls),
    ("xlsb", xlsb),
    ("ods", ods),
    ("html", html),
    ("px", text),
    ("json_stat", text),
    ("json", text),
    ("inspect", inspect),
];

/// Reading ends in an answer or in a plain error that names the file.
fn plain<T>(name: &str, read: Result<T>) -> Option<T> {
    match read {
        Ok(read) => Some(read),
        Err(error) => {
            assert_eq!(error.place.as_ref().and_then(|place| place.file.as_deref()), Some(name), "{error}");
            assert!(!error.message.is_empty());
            None
        }
    }
}

fn cells(name: &str, bytes: &[u8]) {
    plain(name, cells_json(name, bytes, &Answers::new()));
}

/// As a file, and with what a person may have answered.
pub fn delimited(bytes: &[u8]) {
    cells("f.csv", bytes);
    let answers = [("delimiter", "comma"), ("quotes", "rows"), ("encoding", "windows-1252")];
    let answers: Answers = answers.iter().map(|(id, choice)| ((*id).to_owned(), (*choice).to_owned())).collect();
    plain("f.csv", cells_json("f.csv", bytes, &answers));
}

pub fn text(bytes: &[u8]) {
    cells("f", bytes);
}

pub fn html(bytes: &[u8]) {
    let page = [b"<html>".as_slice(), bytes].concat();
    cells("f.xls", &page);
}

/// The whole way: bytes → what they mean, with outcomes that add up.
pub fn inspect(bytes: &[u8]) {
    if let Some(read) = plain("f", understand("f", bytes, &Known::default(), &Answers::new())) {
        assert!(read.tally.adds_up(), "{:?}", read.tally);
        assert_eq!(read.tally.rejected as usize, read.rejections.len());
    }
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        let _ = archive.start_file(*name, stored).map(|()| archive.write_all(content));
    }
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relation(kind: &str, target: &str) -> String {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>"#
    )
}

/// The sheet, and behind a NUL the shared texts.
pub fn xlsx(bytes: &[u8]) {
    let (sheet, texts) = bytes.iter().position(|byte| *byte == 0).map_or((bytes, &b""[..]), |at| (&bytes[..at], &bytes[at + 1..]));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let book =
        format!(r#"<workbook xmlns="{main}" xmlns:r="{RELATIONS}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#);
    let styles = format!(r#"<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#);
    let mut parts: Vec<(&str, &[u8])> = vec![("xl/workbook.xml", book.as_bytes()), ("xl/styles.xml", styles.as_bytes())];
    let (package, sheets) = (relation("officeDocument", "xl/workbook.xml"), relation("worksheet", "worksheets/sheet1.xml"));
    parts.extend([
        ("_rels/.rels", package.as_bytes()),
        ("xl/_rels/workbook.xml.rels", sheets.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    if !texts.is_empty() {
        parts.push(("xl/sharedStrings.xml", texts));
    }
    cells("f.xlsx", &packed(&parts));
}

/// The sheet's records.
pub fn xlsb(bytes: &[u8]) {
    let wide = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(text.len() as u32).to_le_bytes()[..], &units].concat()
    };
    let bundle = [&[0u8; 4][..], &1u32.to_le_bytes(), &wide("rId1"), &wide("A")].concat();
    let book = [&[0x9c, 0x01, bundle.len() as u8][..], &bundle, &[0x90, 0x01, 0]].concat();
    let texts = [0x9f, 0x01, 8, 1, 0, 0, 0, 1, 0, 0, 0, 0x13, 7, 0, 1, 0, 0, 0, b'x', 0];
    let sheets = relation("worksheet", "worksheets/sheet1.bin");
    let parts: [(&str, &[u8]); 4] = [
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", sheets.as_bytes()),
        ("xl/sharedStrings.bin", &texts),
        ("xl/worksheets/sheet1.bin", bytes),
    ];
    cells("f.xlsb", &packed(&parts));
}

/// The content part.
pub fn ods(bytes: &[u8]) {
    cells("f.ods", &packed(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", bytes)]));
}

/// The workbook stream; every fourth as a whole compound file that is itself changed.
pub fn xls(bytes: &[u8]) {
    let mut file = compound(bytes);
    if let [.., a, b, c] = bytes
        && c % 4 == 0
    {
        let place = (usize::from(*a) * 7 + usize::from(*b)) % 1536;
        if let Some(byte) = file.get_mut(place) {
            *byte ^= *c | 1;
        }
    }
    cells("f.xls", &file);
}

/// A compound file with one stream: header, table of sectors, directory, stream.
pub fn compound(stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    let length = stream.len().max(4096);
    let sectors = length.div_ceil(SECTOR).min(126);
    let mut header = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    header.resize(SECTOR, 0);
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0x18, &[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    put(0x2c, &1u32.to_le_bytes());
    put(0x30, &1u32.to_le_bytes());
    put(0x38, &4096u32.to_le_bytes());
    put(0x3c, &0xffff_fffeu32.to_le_bytes());
    put(0x44, &0xffff_fffeu32.to_le_bytes());
    (0..109).for_each(|place| put(0x4c + place * 4, &if place == 0 { 0u32 } else { u32::MAX }.to_le_bytes()));
    let next = |place: usize| match place {
        0 => 0xffff_fffd,
        1 => 0xffff_fffe,
        _ if place < sectors + 1 => place as u32 + 1,
        _ if place == sectors + 1 => 0xffff_fffe,
        _ => u32::MAX,
    };
    let table: Vec<u8> = (0..128).flat_map(|place| next(place).to_le_bytes()).collect();
    let entry = |name: &str, kind: u8, first: u32, size: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend(((name.len() as u16 + 1) * 2).to_le_bytes());
        entry.push(kind);
        entry.resize(0x74, 0xff);
        entry.extend(first.to_le_bytes());
        entry.extend((size as u32).to_le_bytes());
        entry.resize(128, 0);
        entry
    };
    let mut directory = [entry("Root Entry", 5, 0xffff_fffe, 0), entry("Workbook", 2, 2, sectors * SECTOR)].concat();
    directory.resize(SECTOR, 0);
    let mut content = stream.to_vec();
    content.resize(sectors * SECTOR, 0);
    [header, table, directory, content].concat()
}
