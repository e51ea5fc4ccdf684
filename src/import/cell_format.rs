//! What a cell's format says about its number: a moment, a share shown in percent, thousands left out, a unit in words.
//! Format codes: ECMA-376, part 1, 18.8.30 and 18.8.31; [MS-XLS] writes the same codes.

use super::grid::encoded;
use super::unit;
use super::workbook::moment;

/// The number format of a cell, and how far its text is moved to the right.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellFormat {
    pub number: NumberFormat,
    /// In steps of the program that wrote it.
    pub indent: u8,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub enum NumberFormat {
    /// The number is what a person sees, but for its decimals.
    #[default]
    Plain,
    Moment,
    /// Hours beyond a day.
    Duration,
    /// For numbers above zero, below zero and zero, as far as they differ.
    Shown(Vec<Shown>),
}

/// What a person sees of a number: times ten to the power of `tens`, and the sign after it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shown {
    pub tens: i32,
    pub sign: String,
}

/// Signs are short; a longer one is a sentence.
const LONGEST_SIGN: usize = 24;

impl NumberFormat {
    /// One of the formats that programs know by number only.
    pub fn built_in(number: u32) -> Self {
        match number {
            9 | 10 => Self::Shown(vec![Shown::percent()]),
            46 => Self::Duration,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Moment,
            _ => Self::Plain,
        }
    }

    pub fn new(code: &str) -> Self {
        let sections = sections(code);
        let Some(first) = sections.first() else { return Self::Plain };
        match first.kind {
            Kind::Moment => return Self::Moment,
            Kind::Duration => return Self::Duration,
            Kind::Number => {}
        }
        let conditional = sections.iter().any(|section| section.conditional);
        let shown: Vec<Shown> = sections.into_iter().take(3).map(Section::shown).collect();
        let alike = shown.windows(2).all(|pair| pair[0] == pair[1]);
        if shown.iter().all(|shown| *shown == Shown::default()) || conditional && !alike { Self::Plain } else { Self::Shown(shown) }
    }

    /// A number in the grid's own writing.
    pub fn write(&self, out: &mut String, number: f64, from_1904: bool) {
        match self {
            Self::Moment => out.push_str(&moment(number, from_1904)),
            Self::Duration if (0.0..1.0).contains(&number) => out.push_str(&moment(number, from_1904)),
            Self::Shown(shown) => {
                let part = if number < 0.0 {
                    1
                } else if number == 0.0 {
                    2
                } else {
                    0
                };
                match shown.get(part).or(shown.first()).filter(|shown| **shown != Shown::default()) {
                    Some(shown) => encoded::write_shown(out, number, shown.tens, &shown.sign),
                    None => encoded::write_number(out, number),
                }
            }
            Self::Plain | Self::Duration => encoded::write_number(out, number),
        }
    }
}

impl Shown {
    pub fn percent() -> Self {
        Self { tens: 2, sign: "%".to_owned() }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Number,
    Moment,
    Duration,
}

/// A part of a format code, for some of the numbers.
#[derive(Debug, Default)]
struct Section {
    kind: Kind,
    /// Whether what the section shows is decided: by a digit or a letter of a date.
    decided: bool,
    percents: i32,
    /// Thousands left out, and commas that may come to mean so.
    thousands: i32,
    commas: i32,
    after_digit: bool,
    words: String,
    conditional: bool,
}

impl Section {
    fn shown(self) -> Shown {
        let words = self.words.trim();
        let lower = words.to_lowercase();
        let counted = matches!(lower.trim_end_matches('.'), "st" | "stycken");
        let sign = if self.percents > 0 || words.contains('%') {
            "%".to_owned()
        } else if words.len() <= LONGEST_SIGN && (counted || unit::find(words).is_some()) {
            words.to_owned()
        } else {
            String::new()
        };
        // Thousands left out before a word that nobody knows (`1,2 M`): the number itself is certain, what is seen is not.
        let thousands = if sign.is_empty() && lower.chars().any(char::is_alphabetic) { 0 } else { self.thousands + self.commas };
        Shown { tens: 2 * self.percents - 3 * thousands, sign }
    }

    fn mark(&mut self, c: char) {
        match c {
            '0' | '#' | '?' => {
                self.decided = true;
                self.commas = 0;
                self.after_digit = true;
            }
            ',' if self.after_digit => self.commas += 1,
            '.' => {
                self.thousands += self.commas;
                self.commas = 0;
            }
            '%' => self.percents += 1,
            // `e` is a year of an era, but after digits an exponent.
            'd' | 'm' | 'y' | 'h' | 's' | 'e' | 'D' | 'M' | 'Y' | 'H' | 'S' if !self.decided => {
                self.kind = Kind::Moment;
                self.decided = true;
            }
            _ => {}
        }
    }

    fn bracket(&mut self, inside: &str) {
        let letters = inside.to_ascii_lowercase();
        if inside.starts_with(['<', '>', '=']) {
            self.conditional = true;
        } else if let Some(currency) = inside.strip_prefix('$') {
            self.words.push_str(currency.split('-').next().unwrap_or_default());
        } else if !self.decided && !letters.is_empty() && ["h", "m", "s"].iter().any(|unit| letters.chars().all(|c| unit.contains(c))) {
            self.kind = Kind::Duration;
            self.decided = true;
        }
    }
}

/// The parts of a format code: quoted words, escaped letters and what stands in brackets apart from the marks.
fn sections(code: &str) -> Vec<Section> {
    let code = code.replace("General", "0").replace("GENERAL", "0");
    let mut sections = vec![Section::default()];
    let mut letters = code.chars().take(1000);
    while let Some(c) = letters.next() {
        let Some(section) = sections.last_mut() else { break };
        match c {
            ';' => sections.push(Section::default()),
            '"' => section.words.extend(letters.by_ref().take_while(|c| *c != '"')),
            '\\' => section.words.extend(letters.next()),
            // As wide as a letter, or filled with it.
            '_' | '*' => {
                letters.next();
            }
            '[' => {
                let inside: String = letters.by_ref().take_while(|c| *c != ']').collect();
                section.bracket(&inside);
            }
            c => section.mark(c),
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(code: &str, number: f64) -> String {
        let mut out = String::new();
        NumberFormat::new(code).write(&mut out, number, false);
        super::super::grid::shown_raw(&out)
    }

    #[test]
    fn what_a_person_sees_is_what_the_format_says() {
        for (code, number, seen) in [
            ("0%", 0.34, "34 %"),
            ("0.0%", 0.07, "7 %"),
            ("0.00%;[Red]-0.00%", -0.125, "-12,5 %"),
            ("0\\%", 34.0, "34 %"),
            ("0\\ %", 0.34, "34 %"),
            ("#,##0", 1234.5, "1234,5"),
            ("#,##0,", 1_234_567.0, "1234,567"),
            ("0.0,,", 1_500_000.0, "1,5"),
            ("0.0,,\" M\"", 1_500_000.0, "1500000"),
            ("#,##0,\" tkr\"", 1_500_000.0, "1500 tkr"),
            ("0\" st\"", 12.0, "12 st"),
            ("#,##0\\ \"kr\"", 12.0, "12"),
            ("#,##0\\ [$kr-41D]", 12.0, "12"),
            ("General", 0.34, "0,34"),
            ("[>=1000]0.0,\"k\";0%", 0.5, "0,5"),
            ("0;-0;;@", 3.0, "3"),
        ] {
            assert_eq!(written(code, number), seen, "{code}");
        }
    }

    #[test]
    fn formats_with_letters_of_a_date_show_a_moment() {
        for code in [
            "yyyy\\-mm\\-dd",
            "[$-41D]d\\ mmmm\\ yyyy;@",
            "\"kl. \"hh:mm",
            "dd/mm/yy\\ h:mm",
            "mmm\\-yy",
            "[$-411]ggge\"年\"m\"月\"d\"日\";@",
        ] {
            assert_eq!(NumberFormat::new(code), NumberFormat::Moment, "{code}");
        }
        for code in ["General", "0.00E+00", "#,##0.00\" dagar\"", "[Red]0", "_-* #,##0.00\\ _k_r_-", "@", "\"den\" 0", ""] {
            assert_eq!(NumberFormat::new(code), NumberFormat::Plain, "{code}");
        }
        assert_eq!(NumberFormat::new("[h]:mm:ss"), NumberFormat::Duration);
    }
}
