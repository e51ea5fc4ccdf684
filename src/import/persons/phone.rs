//! Swedish phone numbers as people write them: `070-123 45 67`, `+46 70 123 45 67`, `0046…`, `08-123 456`, `0950-140 00`; other
//! countries' with their plus. The numbering plan is the post and telecom authority's (PTSFS); dates, codes and registry numbers are left.

use super::{Find, Personal};

pub fn find(text: &str, finds: &mut Vec<Find>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let free = at == 0 || !is_bound(text, at);
        match free.then(|| text.get(at..).and_then(length)).flatten() {
            Some(length) => {
                finds.push(Find { kind: Personal::Phone, start: at, end: at + length });
                at += length;
            }
            None => at += 1,
        }
    }
    called(text, finds);
}

/// Whether the character before makes what follows a part of something longer.
fn is_bound(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | ',' | '+' | ':' | '–'))
}

/// Groups of digits and the sign before each, until something that no number holds.
struct Groups {
    /// `(sign before, digits, end in bytes)`.
    parts: Vec<(String, String, usize)>,
}

fn groups(text: &str) -> Groups {
    let mut parts: Vec<(String, String, usize)> = Vec::new();
    let (mut sign, mut digits) = (String::new(), String::new());
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            parts.push((std::mem::take(&mut sign), std::mem::take(&mut digits), at));
        }
        if !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '–' | '\u{2011}' | '/' | '(' | ')' | '+') || sign.chars().count() > 2 {
            return Groups { parts };
        }
        sign.push(c);
    }
    if !digits.is_empty() {
        parts.push((sign, digits, text.len()));
    }
    Groups { parts }
}

/// The length in bytes of a phone number at the start of `text`.
fn length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if !(first.is_ascii_digit() || matches!(first, '+' | '(')) {
        return None;
    }
    let groups = groups(text);
    let (sign, digits, _) = groups.parts.first()?;
    let international = sign == "+" || digits.starts_with("0046");
    if !international && !digits.starts_with('0') {
        return None;
    }
    // The longest run of groups that makes a number.
    (1..=groups.parts.len().min(7))
        .rev()
        .find(|count| is_number(&groups.parts[..*count], international, text))
        .map(|count| groups.parts[count - 1].2)
}

fn is_number(parts: &[(String, String, usize)], international: bool, text: &str) -> bool {
    let end = parts.last().map_or(0, |part| part.2);
    let mut after = text.get(end..).unwrap_or("").chars();
    let tail = (after.next(), after.next());
    let goes_on = match tail {
        (Some(c), _) if c.is_alphanumeric() => true,
        (Some('-' | '/' | '.' | ',' | ':'), Some(c)) => c.is_ascii_digit(),
        _ => false,
    };
    let spread = parts.iter().skip(2).any(|part| part.0.contains(['+', '(', '/']));
    if goes_on || spread {
        return false;
    }
    let all: String = parts.iter().map(|part| part.1.as_str()).collect();
    if international {
        return is_international(&all);
    }
    let whole = parts.len() == 1;
    if ["070", "072", "073", "076", "079"].iter().any(|start| all.starts_with(start)) && all.len() == 10 {
        return whole || parts[0].1.len() >= 3;
    }
    !whole && is_landline(parts)
}

fn is_international(digits: &str) -> bool {
    let national = digits.strip_prefix("0046").or_else(|| digits.strip_prefix("46"));
    match national {
        Some(rest) => (7..=10).contains(&rest.trim_start_matches('0').len()),
        None => !digits.starts_with('0') && (9..=14).contains(&digits.len()),
    }
}

/// `08-123 456 78`, `0950-140 00`, `(090) 12 34 56`: an area code, then groups of two or three or one block.
fn is_landline(parts: &[(String, String, usize)]) -> bool {
    let (area, rest) = (&parts[0].1, &parts[1..]);
    let digits: usize = rest.iter().map(|part| part.1.len()).sum();
    let dashed = rest[0].0.contains(['-', '–', '\u{2011}', '/', ')']);
    let spaces = rest.iter().skip(1).all(|part| part.0.chars().all(char::is_whitespace));
    let block = rest.len() == 1 && dashed;
    let grouped = rest.len() > 1 && rest.iter().all(|part| (2..=3).contains(&part.1.len()));
    let length = match area.len() {
        2 => 6..=8,
        3 => 5..=8,
        _ => 5..=6,
    };
    is_area_code(area) && spaces && (block || grouped) && length.contains(&digits)
}

/// The plan's area codes: 08, three digits for larger towns and services, four for the rest.
fn is_area_code(code: &str) -> bool {
    const THREE: [&str; 25] = [
        "010", "011", "013", "016", "018", "019", "020", "021", "023", "026", "031", "033", "035", "036", "040", "042", "044", "046",
        "054", "060", "063", "090", "075", "077", "099",
    ];
    let number: u32 = code.parse().unwrap_or(0);
    match code.len() {
        2 => code == "08",
        3 => THREE.contains(&code),
        4 => matches!(
            number,
            120..=125 | 140..=159 | 171..=176 | 220..=227 | 240..=258 | 270..=281 | 290..=304 | 320..=325 | 340..=346 | 370..=393 | 410..=418
                | 430..=435 | 451..=459 | 470..=499 | 500..=534 | 550..=591 | 610..=697 | 771 | 910..=981
        ),
        _ => false,
    }
}

/// `tel 140 00`: said to be a phone number.
fn called(text: &str, finds: &mut Vec<Find>) {
    let words = super::words::words(text);
    for word in &words {
        if !matches!(
            word.lower().as_str(),
            "tel" | "telefon" | "telefonnummer" | "telefonnr" | "telnr" | "mobil" | "mobilnummer" | "mobilnr"
        ) {
            continue;
        }
        let tail = text.get(word.end..).unwrap_or("");
        let Some(offset) = tail.find(|c: char| c.is_ascii_digit() || c == '+').filter(|offset| *offset <= 3) else { continue };
        let groups = groups(tail.get(offset..).unwrap_or(""));
        let sizes: Vec<usize> = groups.parts.iter().map(|part| part.1.len()).collect();
        let count = sizes.iter().take(5).take_while(|size| **size <= 10).count();
        let digits: usize = sizes[..count].iter().sum();
        if (5..=13).contains(&digits) {
            finds.push(Find { kind: Personal::Phone, start: word.end + offset, end: word.end + offset + groups.parts[count - 1].2 });
        }
    }
}
