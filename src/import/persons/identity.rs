//! Personnummer and samordningsnummer: a date (day plus 60 for samordningsnummer), a number and a check digit. The rules are
//! the tax agency's (SKV 704, SKV 707); the check digit is Luhn's over the last ten digits.

use super::{Find, Personal};
use chrono::NaiveDate;

pub fn find(text: &str, finds: &mut Vec<Find>) {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    while at < chars.len() {
        let starts = chars[at].1.is_ascii_digit() && (at == 0 || !chars[at - 1].1.is_ascii_digit());
        match starts.then(|| [12, 10].into_iter().find_map(|length| number(&chars[at..], length))).flatten() {
            Some(taken) => {
                let end = chars.get(at + taken).map_or(text.len(), |(byte, _)| *byte);
                finds.push(Find { kind: Personal::IdentityNumber, start: chars[at].0, end });
                at += taken;
            }
            None => at += 1,
        }
    }
    called(text, finds);
}

/// How many characters an identity number of `length` digits takes at the start of `chars`.
fn number(chars: &[(usize, char)], length: usize) -> Option<usize> {
    let mut digits: Vec<u32> = Vec::with_capacity(length);
    let mut dated = false;
    let mut spaced = false;
    let mut taken = 0;
    while digits.len() < length {
        let c = chars.get(taken)?.1;
        match c.to_digit(10) {
            Some(digit) => digits.push(digit),
            None if digits.len() == length - 4 && is_separator(c) => spaced = c.is_whitespace(),
            // 1990-01-01-9802 and 90 01 01-9802.
            None if matches!(length - digits.len(), 6 | 8) && matches!(c, '-' | ' ' | '/') => dated = true,
            None => return None,
        }
        // One separator between digits, never two.
        let before = taken.checked_sub(1).and_then(|index| chars.get(index));
        if !c.is_ascii_digit() && before.is_none_or(|(_, c)| !c.is_ascii_digit()) {
            return None;
        }
        taken += 1;
    }
    let ends = chars.get(taken).is_none_or(|(_, c)| !c.is_ascii_digit());
    (ends && is_identity(&digits) && !(spaced && is_moment(&digits)) && !(dated && length == 10 && !spaced && is_moment(&digits)))
        .then_some(taken)
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '+' | ' ' | '\u{a0}' | '–' | '\u{2011}' | '−')
}

/// Ten or twelve digits: a day that exists and the right check digit.
pub fn is_identity(digits: &[u32]) -> bool {
    let (century, rest) = match digits.len() {
        12 => (digits[0] * 10 + digits[1], &digits[2..]),
        10 => (20, digits),
        _ => return false,
    };
    (18..=20).contains(&century) && is_day(century, rest) && has_check_digit(rest)
}

fn is_day(century: u32, digits: &[u32]) -> bool {
    let pair = |index: usize| digits[index] * 10 + digits[index + 1];
    let day = if pair(4) > 60 { pair(4) - 60 } else { pair(4) };
    // Ten digits do not tell the century; 2000 had a leap day, as every possible century with one in doubt.
    let year = if digits.len() == 10 && century == 20 { 2000 + pair(0) } else { century * 100 + pair(0) };
    NaiveDate::from_ymd_opt(year as i32, pair(2), day).is_some()
}

fn has_check_digit(digits: &[u32]) -> bool {
    let doubled = |digit: u32| digit * 2 / 10 + digit * 2 % 10;
    let sum: u32 = digits.iter().enumerate().map(|(index, digit)| if index % 2 == 0 { doubled(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10)
}

/// `2023-10-14 1830` is a moment: written with a space, with a time of day, on a day too late for somebody that reports tell of.
fn is_moment(digits: &[u32]) -> bool {
    let tail = &digits[digits.len() - 10..];
    let (hour, minute) = (tail[6] * 10 + tail[7], tail[8] * 10 + tail[9]);
    (15..=40).contains(&(tail[0] * 10 + tail[1])) && hour < 24 && minute < 60
}

/// Said to be an identity number: one without a right check digit, a reserve number, or a half of one.
fn called(text: &str, finds: &mut Vec<Find>) {
    const NAMES: [&str; 6] = ["personnummer", "personnr", "samordningsnummer", "reservnummer", "pnr", "p-nr"];
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return;
    }
    for (at, name) in NAMES.iter().flat_map(|name| lower.match_indices(name)) {
        let from = at + name.len();
        let tail = text.get(from..).unwrap_or("");
        let Some(offset) = tail.find(|c: char| c.is_ascii_digit()).filter(|offset| *offset <= 12) else { continue };
        let number = tail.get(offset..).unwrap_or("");
        let digits = number.chars().take_while(char::is_ascii_digit).count();
        let length = number.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '+' | '*'))).unwrap_or(number.len());
        if (6..=12).contains(&digits) && digits != 7 {
            finds.push(Find { kind: Personal::IdentityNumber, start: from + offset, end: from + offset + length });
        }
    }
}
