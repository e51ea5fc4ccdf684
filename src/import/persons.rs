//! Person data is caught before anything is kept: whole columns of names and addresses, and identity numbers in text.

use super::grid::Sheet;

/// What kind of person data a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    Email,
    Phone,
    IdentityNumber,
    Name,
}

impl Personal {
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "e-postadresser",
            Self::Phone => "telefonnummer",
            Self::IdentityNumber => "personnummer",
            Self::Name => "namn på personer",
        }
    }
}

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
const EMAIL_WORDS: [&str; 9] = ["e-post", "epost", "e-postadress", "epostadress", "email", "e-mail", "mejl", "mejladress", "email address"];
const PHONE_WORDS: [&str; 7] = ["telefon", "telefonnummer", "mobil", "mobilnummer", "tel", "phone", "mobiltelefon"];
const IDENTITY_WORDS: [&str; 4] = ["personnummer", "personnr", "samordningsnummer", "födelsedatum"];

/// Person data in a column, by its header word or by what stands in it.
pub fn column(header: &str, sheet: &Sheet, column: usize, rows: std::ops::Range<usize>) -> Option<Personal> {
    let word = super::header::word(header);
    let named = |words: &[&str]| words.contains(&word.as_str());
    if named(&EMAIL_WORDS) {
        return Some(Personal::Email);
    }
    if named(&NAME_WORDS) {
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
    let cells: Vec<String> = rows.take(400).map(|row| sheet.cell(row, column).label()).filter(|text| !text.is_empty()).collect();
    let mostly = |is: fn(&str) -> bool| cells.iter().filter(|text| is(text)).count() * 10 >= cells.len() * 3 && !cells.is_empty();
    if mostly(is_email) {
        Some(Personal::Email)
    } else if mostly(|text| has_identity_number(text) && text.len() <= 14) {
        Some(Personal::IdentityNumber)
    } else if mostly(is_phone) {
        Some(Personal::Phone)
    } else {
        None
    }
}

/// One address and nothing else.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.trim().split_once('@') else { return false };
    !local.is_empty() && domain.contains('.') && !text.trim().contains(char::is_whitespace)
}

/// A Swedish phone number and nothing else: leading 0 or +46, 8–13 digits.
pub fn is_phone(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')' | '/'));
    let written = text.starts_with("+46") || (text.starts_with('0') && (text.contains('-') || text.contains(' ')));
    plain && written && (8..=13).contains(&digits)
}

/// Whether a personnummer or samordningsnummer stands anywhere in `text`: a date part, and a right check digit.
pub fn has_identity_number(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).any(|start| (start == 0 || !chars[start - 1].is_ascii_digit()) && starts_identity_number(&chars[start..]))
}

fn starts_identity_number(chars: &[char]) -> bool {
    let mut digits = Vec::new();
    for (index, &c) in chars.iter().enumerate() {
        match c.to_digit(10) {
            Some(digit) if digits.len() < 13 => digits.push(digit),
            None if matches!(c, '-' | '+') && matches!(digits.len(), 6 | 8) && index == digits.len() => {}
            _ => break,
        }
    }
    match digits.len() {
        10 => is_identity(&digits),
        12 if digits[0] == 1 && digits[1] == 9 || digits.len() == 12 && digits[0] == 2 && digits[1] == 0 => is_identity(&digits[2..]),
        _ => false,
    }
}

/// Ten digits: month, day (plus 60 for samordningsnummer) and the Luhn check digit.
fn is_identity(digits: &[u32]) -> bool {
    let pair = |index: usize| digits[index] * 10 + digits[index + 1];
    let (month, day) = (pair(2), pair(4));
    let dated = (1..=12).contains(&month) && ((1..=31).contains(&day) || (61..=91).contains(&day));
    let sum: u32 =
        digits.iter().enumerate().map(|(index, digit)| if index % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { *digit }).sum();
    dated && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_are_found_by_their_check_digit() {
        // Test numbers that the tax agency publishes; they belong to nobody.
        for text in ["189001019802".replacen("18", "19", 1).as_str(), "ring 900101-9802 snarast", "9001019802"] {
            assert!(has_identity_number(text), "{text}");
        }
        for text in ["900101-9803", "0701234567", "2023-07-01", "1234567890123", ""] {
            assert!(!has_identity_number(text), "{text}");
        }
    }

    #[test]
    fn addresses_and_phones_are_told_from_other_text() {
        assert!(is_email("a.b@example.se") && !is_email("skriv till a@b.se i dag") && !is_email("@"));
        assert!(is_phone("070-123 45 67") && is_phone("+46701234567") && !is_phone("2463") && !is_phone("2024-01-01"));
    }
}
