//! Bytes → text, with the encoding that was found and what proves it.

use super::describe::Proof;

/// Text that was decoded, and how.
pub struct Decoded {
    pub text: String,
    /// `UTF-8`, `UTF-16`, `Windows-1252`, `ISO-8859-1`, `CP850`, `Macintosh`.
    pub label: &'static str,
    pub bom: bool,
    /// A person named the encoding.
    pub told: bool,
    /// Two encodings that stand mixed in the file, each with a line as it would look.
    pub rivals: Option<[(&'static str, String); 2]>,
}

impl Decoded {
    fn new(text: impl Into<String>, label: &'static str, bom: bool) -> Self {
        Self { text: text.into(), label, bom, told: false, rivals: None }
    }
}

/// Decodes text bytes. `None` when they are no text (NUL bytes or many control bytes).
///
/// `told` is what a person says: `utf-8`, `utf-16`, `windows-1252`, `iso-8859-1`, `cp850` or `macintosh`.
pub fn decode(bytes: Vec<u8>, told: Option<&str>) -> Option<Decoded> {
    if let Some(decoded) = utf16(&bytes) {
        return Some(decoded);
    }
    if looks_binary(&bytes) {
        return None;
    }
    let rivals = mixed(&bytes);
    let decoded = match told.and_then(|told| as_told(&bytes, told)) {
        Some(decoded) => Decoded { told: true, ..decoded },
        None => detected(bytes),
    };
    Some(Decoded { rivals, ..decoded })
}

fn detected(bytes: Vec<u8>) -> Decoded {
    let bom = bytes.starts_with(b"\xef\xbb\xbf");
    match String::from_utf8(bytes) {
        Ok(text) => utf8(text, bom),
        Err(error) => single_byte(error.as_bytes(), bom),
    }
}

/// Whether the rest of a text with this head can be decoded in pieces cut at line ends: then [`agrees`] says of each piece
/// whether the head was right about it.
pub fn by_piece(label: &str, head: &[u8]) -> bool {
    // Old DOS and Macintosh letters are among those that only Windows-1252 has, unless å, ä or ö prove otherwise.
    label == "UTF-8" || label == "ISO-8859-1" || (label == "Windows-1252" && head.iter().any(|b| LATIN.contains(b)))
}

/// Whether a piece of a text leaves no doubt that it is written as the head is: it could not change what the whole text is
/// taken for, nor need a warning about its letters.
pub fn agrees(label: &str, piece: &[u8]) -> bool {
    if label == "UTF-8" {
        let twice = memchr::memmem::find(piece, "\u{c3}".as_bytes());
        return std::str::from_utf8(piece).is_ok_and(|text| twice.is_none() && !text.contains('\u{fffd}'));
    }
    // Without a way out of the loops the processor takes many bytes at a time.
    let next = piece.get(1..).unwrap_or_default();
    let pairs = piece.iter().zip(next).filter(|(a, b)| (0xc2..=0xef).contains(*a) & (0x80..=0xbf).contains(*b)).count();
    let control = piece.iter().filter(|b| (0x80..=0x9f).contains(*b)).count();
    pairs == 0 && (label == "Windows-1252" || control == 0)
}

/// A piece that agrees, as text; `first` for the beginning of the file, whose mark is no letter.
pub fn decode_piece(label: &str, piece: Vec<u8>, first: bool) -> Option<String> {
    if label != "UTF-8" {
        return Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(&piece).0.into_owned());
    }
    let text = String::from_utf8(piece).ok()?;
    Some(match text.strip_prefix('\u{feff}').filter(|_| first) {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn as_told(bytes: &[u8], told: &str) -> Option<Decoded> {
    match told {
        "utf-8" => Some(utf8(String::from_utf8_lossy(bytes).into_owned(), bytes.starts_with(b"\xef\xbb\xbf"))),
        "windows-1252" | "iso-8859-1" => Some(latin(bytes)),
        "cp850" => Some(Decoded::new(bytes.iter().map(|&byte| cp850(byte)).collect::<String>(), "CP850", false)),
        "macintosh" => Some(Decoded::new(encoding_rs::MACINTOSH.decode(bytes).0, "Macintosh", false)),
        _ => None,
    }
}

fn latin(bytes: &[u8]) -> Decoded {
    let label = if bytes.iter().any(|b| (0x80..=0x9f).contains(b)) { "Windows-1252" } else { "ISO-8859-1" };
    Decoded::new(encoding_rs::WINDOWS_1252.decode(bytes).0, label, false)
}

/// Some lines in UTF-8 and some in Latin-1, as when files are pasted together: shown both ways.
fn mixed(bytes: &[u8]) -> Option<[(&'static str, String); 2]> {
    let (whole, broken) = letters(bytes);
    if whole == 0 || broken == 0 || whole > broken * 4 || bytes.starts_with(b"\xef\xbb\xbf") {
        return None;
    }
    let line = bytes.split(|byte| *byte == b'\n').find(|line| !line.is_ascii()).unwrap_or_default();
    let shown = |text: std::borrow::Cow<'_, str>| text.trim().chars().take(60).collect::<String>();
    Some([("utf-8", shown(String::from_utf8_lossy(line))), ("windows-1252", shown(encoding_rs::WINDOWS_1252.decode(line).0))])
}

fn utf8(mut text: String, bom: bool) -> Decoded {
    if bom {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Decoded::new(text, "UTF-8", bom)
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
    let text = encoding.decode(bytes).0;
    (!text.contains('\0')).then(|| Decoded::new(text, "UTF-16", bom))
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

fn single_byte(bytes: &[u8], bom: bool) -> Decoded {
    let (whole, broken) = letters(bytes);
    // One broken letter must not turn every å in a UTF-8 file into Ã¥.
    if bom || whole > broken * 4 {
        return utf8(String::from_utf8_lossy(bytes).into_owned(), bom);
    }
    let old = [("cp850", DOS), ("macintosh", MAC)].into_iter().find(|(_, letters)| looks_like(bytes, letters));
    old.and_then(|(told, _)| as_told(bytes, told)).unwrap_or_else(|| latin(bytes))
}

/// Letters beyond ASCII that are whole as UTF-8, and stretches that are not.
fn letters(bytes: &[u8]) -> (usize, usize) {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (whole, broken)
}

/// å ä ö Å Ä Ö in exports from DOS and from old Macintosh programs: other signs inside words if read as Windows-1252.
const DOS: [u8; 6] = [0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99];
const LATIN: [u8; 6] = [0xe5, 0xe4, 0xf6, 0xc5, 0xc4, 0xd6];
const MAC: [u8; 6] = [0x8c, 0x8a, 0x9a, 0x81, 0x80, 0x85];

fn looks_like(bytes: &[u8], old: &[u8; 6]) -> bool {
    let inside = bytes.windows(3).filter(|w| w[0].is_ascii_alphabetic() && old.contains(&w[1]) && w[2].is_ascii_alphabetic()).count();
    let latin = bytes.iter().filter(|b| LATIN.contains(b)).count();
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
        let decoded = decode(bytes.to_vec(), None).unwrap();
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
        assert_eq!(read(b"d\x8arf\x9ar"), ("därför".to_owned(), "Macintosh"));
    }

    #[test]
    fn one_broken_byte_does_not_spoil_a_utf8_file() {
        let mut bytes = "åäö åäö".as_bytes().to_vec();
        bytes.push(0xc3);
        let decoded = decode(bytes, None).unwrap();
        assert_eq!((decoded.label, decoded.text.matches('\u{fffd}').count()), ("UTF-8", 1));
    }

    #[test]
    fn two_encodings_in_one_file_are_asked_about() {
        let bytes = "Åsele;1\n".bytes().chain(*b"M\xe5l\xe5;2\n").collect::<Vec<u8>>();
        let open = decode(bytes.clone(), None).unwrap();
        assert!(open.rivals.is_some() && !open.told);
        let told = decode(bytes, Some("utf-8")).unwrap();
        assert!(told.told && told.text.starts_with("Åsele"));
    }

    #[test]
    fn binary_is_no_text() {
        assert!(decode(vec![0, 1, 2, 3, 0, 0, 9], None).is_none());
    }
}
