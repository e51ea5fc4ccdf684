//! Bytes → text, with the encoding that was found and what proves it.

use super::describe::Proof;

/// Text that was decoded, and how.
pub struct Decoded {
    pub text: String,
    /// `UTF-8`, `UTF-16`, `Windows-1252`, `ISO-8859-1`, `CP850`.
    pub label: &'static str,
    /// Cells that could not be read as what the rest is.
    pub unreadable: usize,
    pub bom: bool,
}

/// Decodes text bytes. `None` when they are no text (NUL bytes or many control bytes).
pub fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    if let Some(decoded) = utf16(&bytes) {
        return Some(decoded);
    }
    if looks_binary(&bytes) {
        return None;
    }
    let bom = bytes.starts_with(b"\xef\xbb\xbf");
    match String::from_utf8(bytes) {
        Ok(text) => Some(utf8(text, bom)),
        Err(error) => Some(single_byte(error.into_bytes(), bom)),
    }
}

/// Whether text in this encoding can be decoded in pieces, cut at line ends.
pub fn by_line(label: &str) -> bool {
    ["UTF-8", "ISO-8859-1", "Windows-1252"].contains(&label)
}

/// Whether a piece of a text says nothing against the encoding found in its head.
pub fn agrees(label: &str, bytes: &[u8]) -> bool {
    if bytes.is_ascii() {
        return true;
    }
    let found = decode(bytes.to_vec()).filter(|decoded| decoded.unreadable == 0 && !decoded.text.contains('\u{fffd}'));
    // Windows-1252 is ISO-8859-1 with some letters more, and a piece may do without them.
    found.is_some_and(|found| found.label == label || (label == "Windows-1252" && found.label == "ISO-8859-1"))
}

/// A piece of a text in an encoding that was found before. `None` when it is another one after all.
pub fn decode_as(label: &str, bytes: Vec<u8>, first: bool) -> Option<String> {
    if label != "UTF-8" {
        return Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned());
    }
    let text = String::from_utf8(bytes).ok()?;
    Some(match text.strip_prefix('\u{feff}').filter(|_| first) {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn utf8(mut text: String, bom: bool) -> Decoded {
    if bom {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Decoded { text, label: "UTF-8", unreadable: 0, bom }
}

fn looks_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(65_536)).unwrap_or(bytes);
    let control = head.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c)).count();
    bytes.contains(&0) || control * 50 > head.len()
}

fn utf16(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, bom) = match bytes {
        [0xff, 0xfe, ..] => (encoding_rs::UTF_16LE, true),
        [0xfe, 0xff, ..] => (encoding_rs::UTF_16BE, true),
        _ => (bare_utf16(bytes)?, false),
    };
    let (text, _, failed) = encoding.decode(bytes);
    let unreadable = if failed { text.matches('\u{fffd}').count() } else { 0 };
    (!text.contains('\0')).then(|| Decoded { text: text.into_owned(), label: "UTF-16", unreadable, bom })
}

/// Without a mark: Latin text in UTF-16 has a NUL in every other byte.
fn bare_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count() * 10 > head.len() * 4;
    match (zeros(0), zeros(1)) {
        (false, true) if head.len() >= 8 => Some(encoding_rs::UTF_16LE),
        (true, false) if head.len() >= 8 => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

fn single_byte(bytes: Vec<u8>, bom: bool) -> Decoded {
    if bom || mostly_utf8(&bytes) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let unreadable = text.matches('\u{fffd}').count();
        return Decoded { unreadable, ..utf8(text, bom) };
    }
    if looks_cp850(&bytes) {
        let text = bytes.iter().map(|&byte| cp850(byte)).collect();
        return Decoded { text, label: "CP850", unreadable: 0, bom };
    }
    let label = if bytes.iter().any(|b| (0x80..=0x9f).contains(b)) { "Windows-1252" } else { "ISO-8859-1" };
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(&bytes);
    Decoded { text: text.into_owned(), label, unreadable: 0, bom }
}

/// One broken letter must not turn every å in a UTF-8 file into Ã¥.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 4
}

/// Old DOS exports write å ä ö as 0x86 0x84 0x94: quotation marks inside words if read as Windows-1252.
fn looks_cp850(bytes: &[u8]) -> bool {
    let swedish_dos = |b: u8| matches!(b, 0x84 | 0x86 | 0x8e | 0x8f | 0x94 | 0x99);
    let inside = bytes.windows(3).filter(|w| w[0].is_ascii_alphabetic() && swedish_dos(w[1]) && w[2].is_ascii_alphabetic()).count();
    let latin = bytes.iter().filter(|b| matches!(**b, 0xe5 | 0xe4 | 0xf6 | 0xc5 | 0xc4 | 0xd6)).count();
    inside > 0 && latin == 0
}

fn cp850(byte: u8) -> char {
    match byte {
        0x84 => 'ä',
        0x86 => 'å',
        0x8e => 'Ä',
        0x8f => 'Å',
        0x94 => 'ö',
        0x99 => 'Ö',
        0x81 => 'ü',
        0x82 => 'é',
        0x90 => 'É',
        0xff => '\u{a0}',
        ascii if ascii < 0x80 => ascii as char,
        _ => '\u{fffd}',
    }
}

impl Decoded {
    /// A line with å ä ö in it, so that a person sees that the letters came out right.
    pub fn proof(&self) -> Proof {
        let line = self.text.lines().find(|line| line.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö'])).unwrap_or("").trim();
        let line: String = line.chars().take(100).collect();
        let mark = if self.bom { " med BOM" } else { "" };
        let tail = if line.is_empty() {
            "Inga å, ä eller ö finns i filen.".to_owned()
        } else {
            format!("Så här ser å, ä och ö ut: ”{line}”")
        };
        Proof::new(format!("Teckenkodning {}{mark}. {tail}", self.label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes.to_vec()).unwrap();
        (decoded.text, decoded.label)
    }

    #[test]
    fn every_encoding_gives_the_same_letters() {
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("Åsele, därför".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read("Åsele, därför".as_bytes()), ("Åsele, därför".to_owned(), "UTF-8"));
        assert_eq!(read(b"\xef\xbb\xbf\xc3\x85sele"), ("Åsele".to_owned(), "UTF-8"));
        assert_eq!(read(b"\xc5sele, d\xe4rf\xf6r"), ("Åsele, därför".to_owned(), "ISO-8859-1"));
        assert_eq!(read(b"\xc5sele \x96 \x93d\xe4r\x94"), ("Åsele – “där”".to_owned(), "Windows-1252"));
        assert_eq!(read(&utf16), ("Åsele, därför".to_owned(), "UTF-16"));
        assert_eq!(read(&utf16[2..]), ("Åsele, därför".to_owned(), "UTF-16"));
        assert_eq!(read(b"d\x84rf\x94r"), ("därför".to_owned(), "CP850"));
    }

    #[test]
    fn one_broken_byte_does_not_spoil_a_utf8_file() {
        let mut bytes = "åäö åäö".as_bytes().to_vec();
        bytes.push(0xc3);
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.label, decoded.unreadable), ("UTF-8", 1));
    }

    #[test]
    fn binary_is_no_text() {
        assert!(decode(vec![0, 1, 2, 3, 0, 0, 9]).is_none());
    }
}
