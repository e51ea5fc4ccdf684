//! Whole columns of person data, by their header word or by what stands in most of their cells.

use super::{Personal, find_strong};
use crate::import::grid::{Cell, Sheet};
use crate::import::header;

const NAME_WORDS: [&str; 14] = [
    "namn",
    "förnamn",
    "efternamn",
    "för- och efternamn",
    "ditt namn",
    "name",
    "first name",
    "last name",
    "full name",
    "respondent",
    "uppgiftslämnare",
    "kontaktperson",
    "anmälare",
    "rapportörens namn",
];
const EMAIL_WORDS: [&str; 10] =
    ["e-post", "epost", "e-postadress", "epostadress", "email", "e-mail", "mejl", "mejladress", "email address", "användarnamn"];
const PHONE_WORDS: [&str; 7] = ["telefon", "telefonnummer", "mobil", "mobilnummer", "tel", "phone", "mobiltelefon"];
const IDENTITY_WORDS: [&str; 8] =
    ["personnummer", "personnr", "pnr", "samordningsnummer", "reservnummer", "födelsedatum", "person-id", "personid"];

/// Person data in a column, by its header word or by what stands in it.
pub fn column(heading: &str, sheet: &Sheet, column: usize, rows: std::ops::Range<usize>) -> Option<Personal> {
    let word = header::word(heading);
    let named = |words: &[&str]| words.contains(&word.as_str());
    if named(&EMAIL_WORDS) {
        return Some(Personal::Email);
    }
    if named(&NAME_WORDS) && !tells_something_else(sheet, column, rows.clone()) {
        return Some(Personal::Name);
    }
    if named(&PHONE_WORDS) {
        return Some(Personal::Phone);
    }
    if named(&IDENTITY_WORDS) {
        return Some(Personal::IdentityNumber);
    }
    by_content(sheet, column, rows)
}

fn by_content(sheet: &Sheet, column: usize, rows: std::ops::Range<usize>) -> Option<Personal> {
    let cells: Vec<String> = rows.take(400).map(|row| written(sheet.cell(row, column))).filter(|text| !text.is_empty()).collect();
    let mostly = |is: &dyn Fn(&str) -> bool| cells.iter().filter(|text| is(text)).count() * 10 >= cells.len() * 3 && !cells.is_empty();
    [Personal::Email, Personal::IdentityNumber, Personal::Phone, Personal::Name]
        .into_iter()
        .find(|kind| mostly(&|text| is_only(text, *kind)))
}

/// Headings such as "Namn" stand over names of events and of schools as well: long texts, or texts with digits.
fn tells_something_else(sheet: &Sheet, column: usize, rows: std::ops::Range<usize>) -> bool {
    let other = |text: &str| text.contains(|c: char| c.is_ascii_digit()) || text.split_whitespace().count() > 4;
    let (all, others) = rows
        .take(400)
        .filter_map(|row| sheet.cell(row, column).as_text())
        .fold((0, 0), |(all, others), text| (all + 1, others + usize::from(other(text))));
    others * 2 > all
}

/// A cell's text; a typed number as its digits, since spreadsheets make numbers of what only looks like one.
pub fn written(cell: Cell<'_>) -> String {
    match cell {
        Cell::Number(number) | Cell::Shown { stored: number, .. } if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.label(),
    }
}

/// One find of this kind and nothing else.
fn is_only(text: &str, kind: Personal) -> bool {
    let text = text.trim();
    matches!(find_strong(text).as_slice(), [one] if one.kind == kind && one.start == 0 && one.end == text.len())
}

/// One address and nothing else.
pub fn is_email(text: &str) -> bool {
    is_only(text, Personal::Email)
}

/// A phone number and nothing else.
pub fn is_phone(text: &str) -> bool {
    is_only(text, Personal::Phone)
}

/// Mostly two or three capitalised words: names, not functions.
pub fn names_people(sheet: &Sheet, column: usize, rows: std::ops::Range<usize>) -> bool {
    let labels: Vec<String> = rows.map(|row| sheet.cell(row, column).label()).filter(|label| !label.is_empty()).collect();
    let name = |label: &String| {
        let words: Vec<&str> = label.split_whitespace().collect();
        (2..=3).contains(&words.len())
            && words.iter().all(|word| word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase))
    };
    !labels.is_empty() && labels.iter().filter(|label| name(label)).count() * 2 > labels.len()
}
