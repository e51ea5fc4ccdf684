//! Numbers as Swedish files write them, decided per column with evidence: a comma or a point that could mean two things
//! is a question to a person, never a guess.

/// What separates whole from part in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    Comma,
    Point,
}

impl Decimal {
    pub fn word(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Point => ".",
        }
    }

    /// In Swedish.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => "komma",
            Self::Point => "punkt",
        }
    }

    pub fn other(self) -> Self {
        match self {
            Self::Comma => Self::Point,
            Self::Point => Self::Comma,
        }
    }
}

/// What one text says about the column's way of writing numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Digits, perhaps with spaces between thousands.
    Whole,
    /// Can only be read with a decimal comma: `0,5`, `12,34`, `1.234,5`.
    Comma,
    /// Can only be read with a decimal point: `0.5`, `12.34`, `1,234.5`.
    Point,
    /// Thousands by point and by nothing else: `1.234.567`.
    PointThousands,
    /// Thousands by comma and by nothing else: `1,234,567`.
    CommaThousands,
    /// `1,234`: 1234 or 1.234.
    EitherComma,
    /// `1.234`: 1234 or 1.234.
    EitherPoint,
    /// No number.
    Text,
}

/// Counts of what a column's cells look like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    pub whole: u32,
    pub spaced: u32,
    pub comma: u32,
    pub point: u32,
    pub comma_thousands: u32,
    pub point_thousands: u32,
    pub either_comma: u32,
    pub either_point: u32,
    /// Of `comma` and `point`, those that separate thousands with the other sign.
    pub grouped: u32,
    /// Cells that are numbers in the file itself: no sign has been read.
    pub native: u32,
    /// Fewest and most digits after the sign, in `comma` and `point`.
    places: Option<(u8, u8)>,
}

/// How a column's numbers are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One reading fits every cell.
    Sure(Decimal),
    /// No cell has a decimal sign: nothing to decide.
    Whole,
    /// Cells that could mean two things, or that contradict each other.
    Doubt,
}

impl Evidence {
    pub fn add(&mut self, text: &str) {
        let shape = shape(text);
        let counter = match shape {
            Shape::Whole => &mut self.whole,
            Shape::Comma => &mut self.comma,
            Shape::Point => &mut self.point,
            Shape::CommaThousands => &mut self.comma_thousands,
            Shape::PointThousands => &mut self.point_thousands,
            Shape::EitherComma => &mut self.either_comma,
            Shape::EitherPoint => &mut self.either_point,
            Shape::Text => return,
        };
        *counter += 1;
        self.spaced += u32::from(text.trim().contains(is_space));
        match shape {
            Shape::Comma => self.digits_after(body(text), ',', '.'),
            Shape::Point => self.digits_after(body(text), '.', ','),
            _ => {}
        }
    }

    /// A cell that [`parse_whole`] reads.
    pub fn add_whole(&mut self, text: &str) {
        self.whole += 1;
        self.spaced += u32::from(text.bytes().any(|byte| !byte.is_ascii_digit()));
    }

    /// A cell that [`parse_plain_comma`] reads.
    pub fn add_plain_comma(&mut self, text: &str) {
        self.comma += 1;
        self.digits_after(text, ',', '.');
    }

    fn digits_after(&mut self, body: &str, decimal: char, thousands: char) {
        let Some((whole, part)) = body.rsplit_once(decimal) else { return };
        let places = part.len().min(usize::from(u8::MAX)) as u8;
        self.places = Some(self.places.map_or((places, places), |(fewest, most)| (fewest.min(places), most.max(places))));
        self.grouped += u32::from(whole.contains(thousands));
    }

    /// What two columns say together.
    pub fn and(self, other: Self) -> Self {
        let both = |a: Option<(u8, u8)>, b: Option<(u8, u8)>| match (a, b) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        Self {
            whole: self.whole + other.whole,
            spaced: self.spaced + other.spaced,
            comma: self.comma + other.comma,
            point: self.point + other.point,
            comma_thousands: self.comma_thousands + other.comma_thousands,
            point_thousands: self.point_thousands + other.point_thousands,
            either_comma: self.either_comma + other.either_comma,
            either_point: self.either_point + other.either_point,
            grouped: self.grouped + other.grouped,
            native: self.native + other.native,
            places: both(self.places, other.places),
        }
    }

    /// Whether some cell can only be read with this sign.
    pub fn proves(&self, decimal: Decimal) -> bool {
        match decimal {
            Decimal::Comma => self.comma + self.point_thousands > 0,
            Decimal::Point => self.point + self.comma_thousands > 0,
        }
    }

    /// The sign between thousands in some cell, when `decimal` separates whole from part.
    pub fn thousands(&self, decimal: Option<Decimal>) -> Option<&'static str> {
        let (sign, cells) = match decimal {
            Some(Decimal::Comma) => (".", self.grouped + self.point_thousands + self.either_point),
            Some(Decimal::Point) => (",", self.grouped + self.comma_thousands + self.either_comma),
            None => ("", 0),
        };
        if cells > 0 { Some(sign) } else { Some(" ").filter(|_| self.spaced > 0) }
    }

    /// What was seen, one Swedish phrase each: `312 celler med decimalkomma och två siffror efter`.
    pub fn phrases(&self, decimal: Option<Decimal>) -> Vec<String> {
        let grouped = |sign: Decimal| if decimal == Some(sign.other()) { self.grouped } else { 0 };
        let seen = [
            (self.comma, format!("med decimalkomma och {} efter", digits(self.places))),
            (self.point, format!("med decimalpunkt och {} efter", digits(self.places))),
            (self.whole, "med hela tal".to_owned()),
            (self.spaced, "med mellanslag mellan tusental".to_owned()),
            (self.point_thousands + grouped(Decimal::Point), "med punkt mellan tusental".to_owned()),
            (self.comma_thousands + grouped(Decimal::Comma), "med komma mellan tusental".to_owned()),
            (self.native, "som är tal redan i filen".to_owned()),
        ];
        seen.into_iter().filter(|(cells, _)| *cells > 0).map(|(cells, what)| format!("{} {what}", cells_in_words(cells))).collect()
    }

    /// `publisher` is the decimal sign that the file's publisher is known to write.
    ///
    /// `1,234` alone fits both readings. It is settled by cells that fit one only, by spaces as thousands separator in
    /// the same column (then the comma is no thousands separator), or by the publisher.
    pub fn verdict(&self, publisher: Option<Decimal>) -> Verdict {
        let comma = self.comma + self.point_thousands > 0;
        let point = self.point + self.comma_thousands > 0;
        match (comma, point) {
            (true, true) => Verdict::Doubt,
            (true, false) => self.unless(self.either_point > 0 && self.point_thousands == 0, Decimal::Comma),
            (false, true) => self.unless(self.either_comma > 0 && self.comma_thousands == 0, Decimal::Point),
            (false, false) => self.undecided(publisher),
        }
    }

    fn unless(&self, contradicted: bool, decimal: Decimal) -> Verdict {
        if contradicted { Verdict::Doubt } else { Verdict::Sure(decimal) }
    }

    fn undecided(&self, publisher: Option<Decimal>) -> Verdict {
        match (self.either_comma > 0, self.either_point > 0) {
            (false, false) => publisher.map_or(Verdict::Whole, Verdict::Sure),
            (true, false) if publisher == Some(Decimal::Comma) => Verdict::Sure(Decimal::Comma),
            (false, true) if publisher == Some(Decimal::Point) => Verdict::Sure(Decimal::Point),
            _ => Verdict::Doubt,
        }
    }
}

pub fn cells_in_words(cells: u32) -> String {
    crate::swedish::counted(u64::from(cells), "cell", "celler")
}

/// `två siffror`, `1–3 siffror`.
fn digits(places: Option<(u8, u8)>) -> String {
    match places {
        Some((1, 1)) => "en siffra".to_owned(),
        Some((2, 2)) => "två siffror".to_owned(),
        Some((3, 3)) => "tre siffror".to_owned(),
        Some((fewest, most)) if fewest == most => format!("{most} siffror"),
        Some((fewest, most)) => format!("{fewest}–{most} siffror"),
        None => "siffror".to_owned(),
    }
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\u{a0}' || c == '\u{202f}' || c == '\u{2009}'
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–')
}

/// Digits and separators only; the sign and a percent sign taken off.
fn body(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_suffix('%').map_or(text, str::trim_end);
    let text = text.strip_prefix('+').unwrap_or(text);
    text.strip_prefix(is_minus).map_or(text, |rest| rest.trim_start())
}

/// Classifies one text.
pub fn shape(text: &str) -> Shape {
    let body = body(text);
    if body.is_empty()
        || !body.starts_with(|c: char| c.is_ascii_digit() || c == ',' || c == '.')
        || !body.contains(|c: char| c.is_ascii_digit())
    {
        return Shape::Text;
    }
    if body.chars().any(|c| !(c.is_ascii_digit() || c == ',' || c == '.' || is_space(c))) {
        return Shape::Text;
    }
    let commas = body.matches(',').count();
    let points = body.matches('.').count();
    match (commas, points) {
        (0, 0) if grouped_by(body, is_space) => Shape::Whole,
        (1, 0) => one_separator(body, ',', Shape::Comma, Shape::EitherComma),
        (0, 1) => one_separator(body, '.', Shape::Point, Shape::EitherPoint),
        (0, _) if grouped_by(body, |c| c == '.') && points > 1 => Shape::PointThousands,
        (_, 0) if grouped_by(body, |c| c == ',') && commas > 1 => Shape::CommaThousands,
        (1, 1) if body.find(',') < body.find('.') => mixed(body, '.', ',', Shape::Point),
        (1, _) => mixed(body, ',', '.', Shape::Comma),
        (_, 1) => mixed(body, '.', ',', Shape::Point),
        _ => Shape::Text,
    }
}

/// `1 234,5` and the like: groups of three before the separator, digits after it.
fn one_separator(body: &str, separator: char, sure: Shape, either: Shape) -> Shape {
    let Some((whole, part)) = body.split_once(separator) else { return Shape::Text };
    if !part.chars().all(|c| c.is_ascii_digit()) || part.is_empty() || !(whole.is_empty() || grouped_by(whole, is_space)) {
        return Shape::Text;
    }
    let spaced = whole.contains(is_space);
    let plain = (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if part.len() == 3 && plain && !spaced { either } else { sure }
}

fn mixed(body: &str, decimal: char, thousands: char, shape: Shape) -> Shape {
    let Some((whole, part)) = body.split_once(decimal) else { return Shape::Text };
    let digits = !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if digits && grouped_by(whole, |c| c == thousands) { shape } else { Shape::Text }
}

/// Only digits, or groups of three after a first group of one to three.
fn grouped_by(whole: &str, separator: impl Fn(char) -> bool) -> bool {
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or("");
    let digits = |group: &str| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit());
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return digits(first);
    }
    digits(first) && first.len() <= 3 && rest.all(|group| group.len() == 3 && digits(group))
}

/// Above this a double no longer holds every whole number (2^53 is 9.007e15), so what is read would not be what stands there.
const LARGEST: f64 = 9e15;

/// The number that `text` writes, with `decimal` between whole and part; the other sign then separates thousands.
///
/// Percent stays percent: `12 %` is 12. `None` when the text is no number in that writing.
pub fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    let fits = match (shape(text), decimal) {
        (Shape::Text, _) => false,
        (Shape::Comma | Shape::PointThousands, decimal) => decimal == Decimal::Comma,
        (Shape::Point | Shape::CommaThousands, decimal) => decimal == Decimal::Point,
        (Shape::Whole | Shape::EitherComma | Shape::EitherPoint, _) => true,
    };
    if !fits {
        return None;
    }
    let mark = if decimal == Decimal::Comma { ',' } else { '.' };
    let plain: String = body(text).chars().filter(|c| c.is_ascii_digit() || *c == mark).map(|c| if c == mark { '.' } else { c }).collect();
    let number: f64 = plain.parse().ok().filter(|n: &f64| n.abs() < LARGEST)?;
    let negative = text.trim().starts_with(is_minus);
    Some(if negative { -number } else { number })
}

/// A whole number without any sign in it, the commonest cell by far; thousands may stand apart: `1 234`.
pub fn parse_whole(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 15 {
        return None;
    }
    let (mut sum, mut group, mut grouped) = (0u64, 0, false);
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        rest = match byte {
            b'0'..=b'9' => {
                (sum, group) = (sum * 10 + u64::from(byte - b'0'), group + 1);
                after
            }
            _ => {
                if group == 0 || group > 3 || (grouped && group != 3) {
                    return None;
                }
                (group, grouped) = (0, true);
                rest.strip_prefix(b" ").or_else(|| rest.strip_prefix("\u{a0}".as_bytes()))?
            }
        };
    }
    (if grouped { group == 3 } else { group > 0 }).then_some(sum as f64)
}

/// Digits, a comma and digits that cannot be thousands: `17,5`. The commonest decimal cell in Swedish files.
///
/// Both parts are whole numbers below 2^53, so the quotient is the nearest double, as if parsed.
pub fn parse_plain_comma(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once(',')?;
    if part.len() == 3 || part.is_empty() || whole.is_empty() || whole.len() + part.len() > 15 {
        return None;
    }
    let digits = |bytes: &str, start: f64| -> Option<f64> {
        bytes.bytes().try_fold(start, |sum, b| b.is_ascii_digit().then(|| sum * 10.0 + f64::from(b - b'0')))
    };
    let all = digits(part, digits(whole, 0.0)?)?;
    Some(all / 10f64.powi(part.len() as i32))
}

/// What a text that is no number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Missing whoever publishes: empty, `..`, `.`, `XX`, `NA`, `*`.
    Known,
    /// `-` or `–`: missing for some, zero for others.
    Dash,
    /// No missing symbol.
    No,
}

pub fn missing(text: &str) -> Missing {
    match text.trim() {
        "" | ".." | "." | "..." | "…" | "XX" | "xx" | "NA" | "N/A" | "*" | "**" | "***" | "x" | "X" | "#N/A" => Missing::Known,
        "-" | "–" | "—" | "−" => Missing::Dash,
        _ => Missing::No,
    }
}

/// Stands where a number should, but is none: `--`, `<5`, `~100`, `12*`, `(120)`, `ca 15`, `1l2`. A cell like that belongs to a
/// column of values and is told with its place; it is never a label.
pub fn is_marked(text: &str) -> bool {
    let text = text.trim();
    let number = |text: &str| !matches!(shape(text), Shape::Text);
    if missing(text) != Missing::No || number(text) || text.len() > 16 {
        return false;
    }
    let sign = |c: char| matches!(c, '-' | '–' | '—' | '.' | ':' | '*' | '/');
    // `1478 879`: the groups do not fit, so it may be two numbers.
    let spaced = text.split(is_space).collect::<Vec<_>>();
    let digits = |group: &&str| group.len() >= 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    if !text.is_empty() && text.chars().all(sign) || spaced.len() > 1 && spaced.iter().all(digits) {
        return true;
    }
    let lower = text.to_lowercase();
    let before = ["ca ", "ca. ", "cirka ", "c:a ", "<", ">", "≤", "≥", "~", "≈"].iter().find_map(|mark| lower.strip_prefix(mark));
    let money = [":-", "kr", "sek"].iter().find_map(|mark| lower.strip_suffix(mark));
    // `987:50`: kronor and öre; a time has two digits first.
    let ore = lower.split_once(':').filter(|(kronor, ore)| kronor.len() > 2 && ore.len() == 2).map(|(kronor, _)| kronor);
    // `14 ± 5`, `16 (14-18)`: a number with its interval.
    let interval = lower.split_once('±').or_else(|| lower.split_once(" (")).map(|(number, _)| number);
    let within = lower.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let after = Some(lower.trim_end_matches(['*', '†', '‡', '¹', '²', '³'])).filter(|rest| rest.len() < lower.len());
    [before, within, after, money, ore, interval].into_iter().flatten().any(|rest| number(rest.trim())) || is_mistyped(&lower)
}

/// Digits with one letter that looks like a digit: `1l2`, `1 01o`.
fn is_mistyped(lower: &str) -> bool {
    let (mut digits, mut alike) = (0, 0);
    for c in lower.chars() {
        match c {
            '0'..='9' => digits += 1,
            'l' | 'o' | 'i' => alike += 1,
            ' ' | ',' | '.' | '\u{a0}' => {}
            _ => return false,
        }
    }
    digits >= 2 && alike == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn evidence(texts: &[&str]) -> Evidence {
        let mut evidence = Evidence::default();
        texts.iter().for_each(|text| evidence.add(text));
        evidence
    }

    #[test]
    fn what_stands_for_a_number_is_no_label() {
        for text in [
            "--",
            "<5",
            "~100",
            "12*",
            "(120)",
            "ca 15",
            "1l2",
            "1 01O",
            "> 90",
            "1 234,5*",
            "1 234:-",
            "987:50",
            "1.050,00 kr",
            "14 ± 5",
            "16 (14-18)",
        ] {
            assert!(is_marked(text), "{text}");
        }
        for text in ["", "..", "-", "12", "1,5", "30-39", "0-17 år", "65+", "A1", "Åsele", "<b>", "(Sthlm)", "kl", "2024:1", "ej svar"] {
            assert!(!is_marked(text), "{text}");
        }
    }

    #[test]
    fn swedish_numbers_are_read() {
        for (text, number) in [
            ("0,9", 0.9),
            ("1 234", 1234.0),
            ("1\u{a0}416\u{a0}280", 1_416_280.0),
            ("1\u{202f}234,5", 1234.5),
            ("−12,5", -12.5),
            ("-7", -7.0),
            ("12 %", 12.0),
            ("1.234,5", 1234.5),
            (" 42 ", 42.0),
            (",5", 0.5),
            ("1.234.567", 1_234_567.0),
        ] {
            assert_eq!(parse(text, Decimal::Comma), Some(number), "{text}");
        }
        assert_eq!(parse("1,234.5", Decimal::Point), Some(1234.5));
        assert_eq!(parse("402.2", Decimal::Point), Some(402.2));
    }

    #[test]
    fn what_is_no_number_is_not_one() {
        for text in ["", "..", "-", "12a", "1 23", "1,2,3", "1.2.3", "12 345 67", "2023-07", "1e5", "%", ",", "."] {
            assert_eq!(parse(text, Decimal::Comma), None, "{text}");
        }
        assert_eq!(parse("0.9", Decimal::Comma), None);
    }

    #[test]
    fn the_column_decides_or_asks() {
        assert_eq!(evidence(&["1", "2 345"]).verdict(None), Verdict::Whole);
        assert_eq!(evidence(&["1,234", "0,5"]).verdict(None), Verdict::Sure(Decimal::Comma));
        assert_eq!(evidence(&["1.234", "0.5"]).verdict(None), Verdict::Sure(Decimal::Point));
        assert_eq!(evidence(&["1.234", "17"]).verdict(None), Verdict::Doubt);
        assert_eq!(evidence(&["1,234", "17"]).verdict(None), Verdict::Doubt);
        assert_eq!(evidence(&["1,234"]).verdict(Some(Decimal::Comma)), Verdict::Sure(Decimal::Comma));
        assert_eq!(evidence(&["1.234"]).verdict(Some(Decimal::Comma)), Verdict::Doubt);
        assert_eq!(evidence(&["0,5", "0.5"]).verdict(None), Verdict::Doubt);
        assert_eq!(evidence(&["0,5", "1.234"]).verdict(None), Verdict::Doubt);
        assert_eq!(evidence(&["1.234.567", "1.234"]).verdict(None), Verdict::Sure(Decimal::Comma));
    }

    #[test]
    fn missing_is_never_zero() {
        assert_eq!(missing(".."), Missing::Known);
        assert_eq!(missing("–"), Missing::Dash);
        assert_eq!(missing("0"), Missing::No);
    }

    proptest! {
        #[test]
        fn the_short_way_gives_the_same_number(text in "[0-9]{1,9},[0-9]{1,6}") {
            if let Some(number) = parse_plain_comma(&text) {
                prop_assert_eq!(parse(&text, Decimal::Comma), Some(number));
            }
        }

        #[test]
        fn whole_numbers_are_read_the_same_the_short_way(text in "[0-9]{0,4}([ \u{a0}]?[0-9]{2,4}){0,3}[ \u{a0}]?") {
            let long = parse(&text, Decimal::Comma);
            prop_assert!(parse_whole(&text).is_none() || parse_whole(&text) == long, "{}", text);
            if long.is_some() && text.len() <= 15 && text.trim() == text {
                prop_assert_eq!(parse_whole(&text), long, "{}", text);
            }
        }

        /// Numbers that people write: up to twelve digits before the sign, up to six after it.
        #[test]
        fn number_to_swedish_text_and_back_is_the_identity(
            digits in 0u64..1_000_000_000_000,
            places in 0i32..7,
            space in prop::sample::select(vec![" ", "\u{a0}", "\u{202f}", "\u{2009}", ""]),
            minus in prop::sample::select(vec!["", "-", "−", "–"]),
        ) {
            let value = digits as f64 / 10f64.powi(places) * if minus.is_empty() { 1.0 } else { -1.0 };
            let written = crate::swedish::exact(value);
            prop_assert_eq!(parse(&written, Decimal::Comma), Some(value), "{}", written);
            let text = format!("{minus}{}", written.trim_start_matches('−').replace('\u{a0}', space));
            prop_assert_eq!(parse(&text, Decimal::Comma), Some(value), "{}", text);
            let english = text.replace(',', ".");
            prop_assert_eq!(parse(&english, Decimal::Point), Some(value), "{}", english);
            let thousands = format!("{minus}{}", written.trim_start_matches('−').replace(',', ".").replace('\u{a0}', ","));
            prop_assert_eq!(parse(&thousands, Decimal::Point), Some(value), "{}", thousands);
        }

        #[test]
        fn any_text_is_classified_without_panic(text in "\\PC{0,12}") {
            let _ = (shape(&text), parse(&text, Decimal::Comma), parse(&text, Decimal::Point));
        }
    }
}
