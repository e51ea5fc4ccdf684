//! What a person's decisions about a file are found again by: its header words without the years, months and places, so that
//! next year's file is the same kind of file; and which decisions are worth remembering.

use super::area;
use super::describe::{Answers, Table};
use super::grid::{Grid, Sheet};
use super::header;
use crate::error::column_letters;
use crate::reference::Known;
use sha2::{Digest, Sha256};

/// The header words of a file's tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<HeaderOf>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct HeaderOf {
    sheet: String,
    /// By column; empty where nothing but a year, a month or a place stands.
    words: Vec<String>,
}

impl Headers {
    pub fn of(grid: &Grid, tables: &[Table], known: &Known<'_>) -> Self {
        let one = |table: &Table| {
            let name = table.sheet.clone().unwrap_or_default();
            let sheet = grid.sheets.iter().find(|sheet| sheet.name == name)?;
            Some(HeaderOf { words: column_words(sheet, &table.header_rows, known), sheet: name })
        };
        Self(tables.iter().filter_map(one).collect())
    }

    /// SHA-256, hexadecimal, over each distinct word once, in order: a table that grew by a year is still the same.
    /// None for a file without header words: nothing tells it from another.
    pub fn fingerprint(&self) -> Option<String> {
        let words = self.distinct();
        let digest = Sha256::digest(words.join("\u{1f}").as_bytes());
        (!words.is_empty()).then(|| digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// `Tabell med kommun, antal …`: what to call files with these headers when nobody has named them.
    pub fn title(&self) -> String {
        let words = self.distinct();
        let more = if words.len() > 3 { " …" } else { "" };
        format!("Tabell med {}{more}", words.iter().take(3).copied().collect::<Vec<_>>().join(", "))
    }

    fn distinct(&self) -> Vec<&str> {
        let mut words: Vec<&str> = Vec::new();
        for word in self.0.iter().flat_map(|table| &table.words).filter(|word| !word.is_empty()) {
            if !words.contains(&word.as_str()) {
                words.push(word);
            }
        }
        words
    }

    /// The answers worth remembering, with header words in place of column letters: next year a column may stand elsewhere.
    pub fn portable(&self, answers: &Answers) -> Answers {
        let kept = answers.iter().filter(|(id, choice)| is_remembered(id, choice));
        kept.filter_map(|(id, choice)| Some((self.with_word(id)?, choice.clone()))).collect()
    }

    /// Remembered answers as this file's doubts are named. An answer about a column that the file does not have is left out.
    pub fn local(&self, remembered: &Answers) -> Answers {
        remembered.iter().filter_map(|(id, choice)| Some((self.with_letters(id)?, choice.clone()))).collect()
    }

    /// `decimal:C` → `decimal:[antal]`; the second column of the name: `decimal:[antal#2]`.
    fn with_word(&self, id: &str) -> Option<String> {
        let Some((head, column)) = column_named(id) else { return Some(id.to_owned()) };
        let words = self.words(head);
        let word = words.get(column).filter(|word| !word.is_empty())?;
        let nth = words[..column].iter().filter(|before| *before == word).count() + 1;
        let count = if nth == 1 { String::new() } else { format!("#{nth}") };
        Some(format!("{head}:[{word}{count}]"))
    }

    fn with_letters(&self, id: &str) -> Option<String> {
        let Some((head, named)) = id.strip_suffix(']').and_then(|id| id.split_once(":[")) else { return Some(id.to_owned()) };
        let nth = |tail: &str| tail.parse::<usize>().ok().filter(|nth| *nth > 1);
        let (word, nth) = named.rsplit_once('#').and_then(|(word, tail)| Some((word, nth(tail)?))).unwrap_or((named, 1));
        let columns = self.words(head).iter().enumerate().filter(|(_, found)| *found == word);
        columns.map(|(column, _)| column).nth(nth - 1).map(|column| format!("{head}:{}", column_letters(column)))
    }

    /// The header of the sheet that the id names, else of the first table.
    fn words(&self, head: &str) -> &[String] {
        let sheet = head.split_once(':').map(|(_, sheet)| sheet);
        let named = sheet.and_then(|sheet| self.0.iter().find(|table| table.sheet == sheet));
        named.or(self.0.first()).map(|table| table.words.as_slice()).unwrap_or_default()
    }
}

fn column_words(sheet: &Sheet, rows: &[u32], known: &Known<'_>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for row in rows.iter().filter_map(|row| (*row as usize).checked_sub(1)).filter(|row| *row < sheet.rows()) {
        for (column, cell) in sheet.cells(row).enumerate() {
            if words.len() <= column {
                words.resize(column + 1, String::new());
            }
            let word = timeless(&cell.label(), known);
            if !word.is_empty() {
                let held = &mut words[column];
                *held = if held.is_empty() { word } else { format!("{held} {word}") };
            }
        }
    }
    words
}

/// `Antal 2024 prel.` → `antal`; a place or a period alone → nothing.
fn timeless(text: &str, known: &Known<'_>) -> String {
    if area::certain(text, known).is_some() {
        return String::new();
    }
    let word = header::word(text);
    let kept = word.split(' ').filter(|part| !is_time(part.trim_matches(|c: char| !c.is_alphanumeric())));
    kept.map(|part| part.trim_end_matches([',', ';'])).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
const WHOLE_MONTHS: [&str; 11] =
    ["januari", "februari", "mars", "april", "juni", "juli", "augusti", "september", "oktober", "november", "december"];

/// A year, several (`2020-2021`, `2010/11`, `2024-07`, `2024-q3`, `2024m07`), a month, or the mark of a preliminary year.
fn is_time(part: &str) -> bool {
    let starts_with_year = part.get(..4).and_then(super::period::year).is_some_and(|year| (1900..2100).contains(&year));
    let rest = part.get(4..).unwrap_or_default();
    let goes_on = rest.chars().all(|c| c.is_ascii_digit() || "-–/mkqvw".contains(c));
    (starts_with_year && goes_on) || part == "prel" || MONTHS.contains(&part) || WHOLE_MONTHS.contains(&part)
}

/// `persons:Blad1:C` → `persons:Blad1` and the zero-based column.
fn column_named(id: &str) -> Option<(&str, usize)> {
    let (head, letters) = id.rsplit_once(':')?;
    let fits = (1..=3).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
    fits.then(|| (head, letters.bytes().fold(0, |sum, b| sum * 26 + usize::from(b - b'A') + 1) - 1))
}

/// Whether an answer holds for next year's file too.
///
/// Remembered is how the publisher writes and what the columns mean. Not remembered is what one file alone can say: its year,
/// its municipality, its encoding (the bytes decide), where its header stands; and never that person data may stay, since
/// nobody has seen the next file's.
pub fn is_remembered(id: &str, choice: &str) -> bool {
    let kind = id.split(':').next().unwrap_or_default();
    match kind {
        "recipe" | "confirm" | "kind" | "dash" | "columns" | "dates" | "delimiter" | "decimal" | "unit" | "role" => true,
        "persons" => choice != "keep",
        _ => false,
    }
}

/// Whether an answer decides what the tables and their headers are, so that they must be looked at without it.
pub fn reshapes(id: &str) -> bool {
    matches!(id.split(':').next().unwrap_or_default(), "recipe" | "confirm" | "kind" | "encoding" | "delimiter" | "header")
}

/// What a remembered answer is about, for people: `decimal:[antal]` → `Decimaltecken i kolumnen ”antal”`.
pub fn about(id: &str) -> String {
    let (kind, named) = id.split_once(':').unwrap_or((id, ""));
    let column = named.rsplit_once('[').map(|(_, word)| word.trim_end_matches(']'));
    let subject = match kind {
        "recipe" => "Vilken sorts fil det är",
        "kind" => "Vad raderna är",
        "dash" => "Vad ett streck betyder",
        "columns" => "Vad kolumnerna är",
        "dates" => "Hur datum är skrivna",
        "delimiter" => "Vad som skiljer kolumnerna åt",
        "decimal" => "Decimaltecken",
        "unit" => "Enhet",
        "role" => "Vad frågan är",
        "persons" => "Personuppgifter",
        "confirm" => "Att läsningen stämmer",
        other => other,
    };
    column.map_or_else(|| subject.to_owned(), |word| format!("{subject} i kolumnen ”{word}”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(columns: &[&str]) -> Headers {
        let grid = Grid { sheets: vec![Sheet::from_plain_text("", columns.join(";"), Some(b';'))] };
        let table = Table { header_rows: vec![1], ..Table::default() };
        Headers::of(&grid, &[table], &Known::default())
    }

    fn answers(given: &[(&str, &str)]) -> Answers {
        given.iter().map(|(id, choice)| ((*id).to_owned(), (*choice).to_owned())).collect()
    }

    #[test]
    fn next_years_file_is_the_same_kind_of_file() {
        let print = |columns: &[&str]| headers(columns).fingerprint();
        assert_eq!(print(&["Kommun", "Antal 2024"]), print(&["Kommun", "Antal 2025"]));
        assert_eq!(print(&["Kommun", "ANTAL, 2024 prel."]), print(&["kommun", "Antal"]));
        assert_eq!(print(&["Uppgift", "2023", "2024"]), print(&["Uppgift", "2023", "2024", "2025"]));
        assert_eq!(print(&["Uppgift", "Jan", "Feb 2025", "2010/11", "2024-07"]), print(&["Uppgift"]));
        assert_eq!(print(&["Brott", "Åsele", "Dorotea kommun"]), print(&["Brott", "Lycksele"]));
        assert_ne!(print(&["Kommun", "Antal"]), print(&["Kommun", "Andel"]));
        assert_ne!(print(&["Kommun", "Antal", "Andel"]), print(&["Kommun", "Antal Andel"]));
        assert_eq!(print(&["2023", "", "Åsele"]), None, "nothing to know it by");
    }

    #[test]
    fn answers_about_a_column_follow_its_word() {
        let this_year = headers(&["Uppgift", "2023", "Antal", "Andel", "Andel"]);
        let given = answers(&[("decimal:C", ","), ("decimal:E", "."), ("dash", "zero"), ("year", "2024"), ("decimal:B", ",")]);
        let kept = this_year.portable(&given);
        assert_eq!(kept, answers(&[("decimal:[antal]", ","), ("decimal:[andel#2]", "."), ("dash", "zero")]));
        let next_year = headers(&["Uppgift", "2023", "2024", "Andel", "Antal", "Andel"]);
        assert_eq!(next_year.local(&kept), answers(&[("decimal:E", ","), ("decimal:F", "."), ("dash", "zero")]));
        assert_eq!(headers(&["Uppgift", "Andel"]).local(&kept), answers(&[("dash", "zero")]), "no such column, no answer");
        assert_eq!(about("decimal:[antal]"), "Decimaltecken i kolumnen ”antal”");
    }

    #[test]
    fn what_one_file_alone_can_say_is_not_remembered() {
        for (id, choice, kept) in [
            ("dash", "zero", true),
            ("role:C", "scale", true),
            ("persons:Blad1:C", "mask", true),
            ("persons:Blad1:C", "keep", false),
            ("confirm", "yes", true),
            ("confirm", "no", true),
            ("year", "2024", false),
            ("month_year", "2024", false),
            ("area", "Åsele", false),
            ("encoding", "windows-1252", false),
            ("header:0", "4", false),
        ] {
            assert_eq!(is_remembered(id, choice), kept, "{id}={choice}");
        }
    }
}
