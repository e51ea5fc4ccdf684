//! Stretches of time as tables write them: years, months under a year, quarters, school years, with or without "prel.".

use super::batch::Period;
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// A period, and whether the file marks it as preliminary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub period: Period,
    pub preliminary: bool,
}

const MONTHS: [(&str, &str); 12] = [
    ("jan", "januari"),
    ("feb", "februari"),
    ("mar", "mars"),
    ("apr", "april"),
    ("maj", "maj"),
    ("jun", "juni"),
    ("jul", "juli"),
    ("aug", "augusti"),
    ("sep", "september"),
    ("okt", "oktober"),
    ("nov", "november"),
    ("dec", "december"),
];

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Whole,
    Quarter(u32),
    Month(u32),
    /// From one month to a later one, both within.
    Months(u32, u32),
}

/// A period from one text: `2023`, `2023-07`, `2023M07`, `2023K3`, `Kvartal 1 2023`, `Jan 2023`, `2020–2021`, `2010/11`, `2023-07-01`, `2026 prel.`.
pub fn parse(text: &str) -> Option<Stretch> {
    let (text, preliminary) = strip_preliminary(text);
    // A star behind a year points to a note; what it says is read there.
    let text = text.strip_suffix('*').filter(|rest| year(rest).is_some()).unwrap_or(text);
    // `2023 (1)`: the number points to a note.
    let noted = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
        .filter(|(_, mark)| mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_digit()));
    let text = noted.map(|(rest, _)| rest.trim_end()).filter(|rest| year(rest).is_some()).unwrap_or(text);
    let lower = text.to_lowercase().replace(['–', '—', '−'], "-");
    // `ar_1950`: machine-made headings put the word before the year.
    let lower = ["ar_", "år_", "år ", "y_"].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower).to_owned();
    let period = year(&lower).map(whole_year).or_else(|| numeric(&lower)).or_else(|| worded(&lower)).or_else(|| from_to(&lower))?;
    Some(Stretch { period, preliminary })
}

/// A period from a year text and a part text, in either order: (`2026 prel.`, `Aug`), (`År`, `2025`), (`2025`, `Helår`).
pub fn combine(first: &str, second: &str) -> Option<Stretch> {
    let pair = |year_text: &str, part_text: &str| {
        let (year_text, preliminary) = strip_preliminary(year_text);
        let (part_text, also) = strip_preliminary(part_text);
        let period = of(year(year_text)?, part(part_text)?);
        Some(Stretch { period, preliminary: preliminary || also })
    };
    pair(first, second).or_else(|| pair(second, first))
}

/// `2026 prel.` → (`2026`, true); also `2026p` and `2026*` are left alone, since other publishers use them otherwise.
fn strip_preliminary(text: &str) -> (&str, bool) {
    let text = text.trim();
    let cut = [" prel.", " prel", " (prel.)", " preliminär", " preliminärt"].iter().find_map(|mark| {
        let at = text.len().checked_sub(mark.len())?;
        text.get(at..).filter(|tail| tail.to_lowercase() == **mark)?;
        text.get(..at)
    });
    (cut.unwrap_or(text).trim(), cut.is_some())
}

/// A plain year, 1900–2100.
pub fn year(text: &str) -> Option<i32> {
    let text = text.trim();
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?.filter(|year| (1900..=2100).contains(year))
}

/// `Helår`, `År`, `Kvartal 3`, `K3`, `Jan`, `januari`, `jan–mar`, `t.o.m. augusti`, `första halvåret`, `tertial 2`.
pub fn part(text: &str) -> Option<Part> {
    let lower = text.trim().to_lowercase().replace(['–', '—', '−'], "-");
    if ["helår", "år", "hela året", "total", "totalt"].contains(&lower.as_str()) {
        return Some(Part::Whole);
    }
    let number = |words: &[&str], most: u32| {
        let rest = words.iter().find_map(|word| lower.strip_prefix(word))?.trim_start_matches(['.', ' ']);
        rest.parse().ok().filter(|n| (1..=most).contains(n))
    };
    if let Some(n) = number(&["kvartal", "kv", "k", "q"], 4) {
        return Some(Part::Quarter(n));
    }
    if let Some(n) = number(&["halvår"], 2) {
        return Some(months(n * 6 - 5, n * 6));
    }
    if let Some(n) = number(&["tertial"], 3) {
        return Some(months(n * 4 - 3, n * 4));
    }
    month(&lower).map(Part::Month).or_else(|| ordinal(&lower)).or_else(|| range(&lower))
}

/// The text that a bare number means under a heading: `3` under `Kvartal` is `kvartal 3`, under `Månad` `mars`, under `Vecka` `vecka 3`.
pub fn numbered(heading: &str, number: u32) -> Option<String> {
    let first = heading.split([' ', '.', '-', '_']).next().unwrap_or("");
    let (word, most) = match first {
        "månad" | "manad" | "mån" | "månadsnr" | "månadsnummer" | "month" => {
            return MONTHS.get(number.checked_sub(1)? as usize).map(|(_, long)| (*long).to_owned());
        }
        "kvartal" | "quarter" => ("kvartal", 4),
        "tertial" => ("tertial", 3),
        "halvår" => ("halvår", 2),
        "vecka" | "veckonr" | "veckonummer" | "week" => ("vecka", 53),
        _ => return None,
    };
    (1..=most).contains(&number).then(|| format!("{word} {number}"))
}

/// `VT` under `Termin`: the half of the year that a term is.
pub fn term(text: &str) -> Option<String> {
    let half = match text.trim().to_lowercase().as_str() {
        "vt" | "vårtermin" | "vårterminen" => 1,
        "ht" | "hösttermin" | "höstterminen" => 2,
        _ => return None,
    };
    Some(format!("halvår {half}"))
}

/// `202407`, where a heading says that these are months.
pub fn year_month(text: &str) -> Option<Stretch> {
    let text = text.trim();
    let (head, tail) = (text.get(..4)?, text.get(4..)?);
    let month = (tail.len() == 2).then(|| tail.parse().ok())?.filter(|month| (1..=12).contains(month))?;
    Some(Stretch { period: of(year(head)?, Part::Month(month)), preliminary: false })
}

/// `första halvåret`, `tredje kvartalet`, `2:a tertialet`.
fn ordinal(lower: &str) -> Option<Part> {
    const ORDINALS: [[&str; 2]; 4] = [["första", "1:a"], ["andra", "2:a"], ["tredje", "3:e"], ["fjärde", "4:e"]];
    let (which, what) = lower.split_once(' ')?;
    let n = ORDINALS.iter().position(|words| words.contains(&which))? as u32 + 1;
    let length = match what.trim() {
        "halvåret" | "halvår" => 6,
        "tertialet" | "tertial" => 4,
        "kvartalet" | "kvartal" => 3,
        _ => return None,
    };
    (n * length <= 12).then(|| months((n - 1) * length + 1, n * length))
}

/// `jan-mar`, `januari till och med mars`, `t.o.m. mars`, `kvartal 1-2`.
fn range(lower: &str) -> Option<Part> {
    const TO: [&str; 6] = ["till och med", "t.o.m.", "t.o.m", "t o m", "tom", "till"];
    if let Some(last) = TO.iter().find_map(|to| lower.strip_prefix(to)?.strip_prefix(' ')) {
        return month(last.trim()).map(|last| months(1, last));
    }
    let worded = TO.iter().find_map(|to| lower.split_once(&format!(" {to} ")));
    let (first, last) = worded.or_else(|| lower.split_once('-'))?;
    let (first, last) = (first.trim(), last.trim());
    let quarter = || {
        let first = part(first).filter(|part| matches!(part, Part::Quarter(_)))?;
        let last = part(last).or_else(|| last.parse().ok().filter(|n| (1..=4).contains(n)).map(Part::Quarter))?;
        Some((first.bounds().0, last.bounds().1))
    };
    let (first, last) = month(first).zip(month(last)).or_else(quarter)?;
    (first < last).then(|| months(first, last))
}

/// The months from `first` to `last`, as a quarter or the whole year where they are one.
pub fn months(first: u32, last: u32) -> Part {
    match (first, last) {
        (1, 12) => Part::Whole,
        (first, last) if first == last => Part::Month(first),
        (first, last) if last == first + 2 && first % 3 == 1 => Part::Quarter(last / 3),
        (first, last) => Part::Months(first, last),
    }
}

impl Part {
    /// First and last month, both within.
    pub fn bounds(self) -> (u32, u32) {
        match self {
            Self::Whole => (1, 12),
            Self::Quarter(quarter) => (quarter * 3 - 2, quarter * 3),
            Self::Month(month) => (month, month),
            Self::Months(first, last) => (first, last),
        }
    }

    /// `januari–mars`, for people.
    pub fn shown(self) -> String {
        let name = |month: u32| MONTHS.get(month as usize - 1).map_or("", |(_, long)| *long);
        let (first, last) = self.bounds();
        match self {
            Self::Whole => "hela året".to_owned(),
            Self::Month(month) => name(month).to_owned(),
            _ => format!("{}–{}", name(first), name(last)),
        }
    }
}

fn month(lower: &str) -> Option<u32> {
    let lower = lower.trim_end_matches('.');
    MONTHS
        .iter()
        .position(|(short, long)| lower == *short || lower == *long || (*short == "sep" && lower == "sept"))
        .map(|index| index as u32 + 1)
}

/// The period of a year's part, with its canonical label.
pub fn of(year: i32, part: Part) -> Period {
    match part {
        Part::Whole => whole_year(year),
        Part::Quarter(quarter) => span(year, quarter * 3 - 2, 3, format!("{year}-Q{quarter}")),
        Part::Month(month) => span(year, month, 1, format!("{year}-{month:02}")),
        Part::Months(first, last) => span(year, first, last + 1 - first, format!("{year}-{first:02}–{year}-{last:02}")),
    }
}

fn whole_year(year: i32) -> Period {
    span(year, 1, 12, year.to_string())
}

fn span(year: i32, month: u32, months: u32, label: String) -> Period {
    let start = NaiveDate::from_ymd_opt(year, month.clamp(1, 12), 1).unwrap_or_default();
    let end = start.checked_add_months(Months::new(months)).and_then(|next| next.checked_sub_days(Days::new(1))).unwrap_or(start);
    Period { start, end, label }
}

/// One day.
pub fn day(date: NaiveDate) -> Period {
    Period { start: date, end: date, label: date.to_string() }
}

fn numeric(lower: &str) -> Option<Period> {
    if let Ok(date) = NaiveDate::parse_from_str(lower, "%Y-%m-%d") {
        return year(&date.year().to_string()).map(|_| day(date));
    }
    let head = lower.get(..4)?;
    let year = year(head)?;
    let tail = lower.get(4..)?;
    if let Some(month) =
        tail.strip_prefix(['-', 'm']).and_then(|m| (m.len() == 2).then(|| m.parse().ok())?).filter(|m| (1..=12).contains(m))
    {
        return Some(of(year, Part::Month(month)));
    }
    let quarter = ["k", "q", "-q", "-k"].iter().find_map(|mark| tail.strip_prefix(mark)).and_then(|n| n.parse().ok());
    if let Some(quarter) = quarter.filter(|n| (1..=4).contains(n)) {
        return Some(of(year, Part::Quarter(quarter)));
    }
    week(year, tail).or_else(|| years(year, tail))
}

/// `2024v07`, `2024 v. 7`, `2024-W07`, `2024 vecka 7`: Monday to Sunday (ISO 8601).
fn week(year: i32, tail: &str) -> Option<Period> {
    let tail = tail.trim_start_matches(['-', ' ', ':']);
    let number = ["vecka", "v.", "v", "w"].iter().find_map(|word| tail.strip_prefix(word))?.trim();
    let number: u32 = (number.len() <= 2).then(|| number.parse().ok())??;
    let start = NaiveDate::from_isoywd_opt(year, number, Weekday::Mon)?;
    Some(Period { start, end: start.checked_add_days(Days::new(6))?, label: format!("{year}-W{number:02}") })
}

fn years(first: i32, tail: &str) -> Option<Period> {
    let school = tail.strip_prefix('/').and_then(|rest| match rest.len() {
        2 => rest.parse::<i32>().ok().filter(|short| *short == (first + 1) % 100),
        4 => year(rest).filter(|last| *last == first + 1).map(|last| last % 100),
        _ => None,
    });
    if let Some(short) = school {
        let start = NaiveDate::from_ymd_opt(first, 7, 1)?;
        return Some(Period { start, end: NaiveDate::from_ymd_opt(first + 1, 6, 30)?, label: format!("{first}/{short:02}") });
    }
    let last = tail.trim_start().strip_prefix('-').map(str::trim).and_then(year).filter(|last| *last > first)?;
    Some(Period { start: whole_year(first).start, end: whole_year(last).end, label: format!("{first}–{last}") })
}

/// Two periods with years of their own: `2024-01 - 2024-03`, `jan 2023-dec 2024`.
fn from_to(lower: &str) -> Option<Period> {
    let dashes = lower.match_indices('-').map(|(at, _)| at);
    let ends = dashes.filter_map(|at| {
        let (first, last) = (lower.get(..at)?.trim_end_matches(['-', ' ']), lower.get(at + 1..)?.trim_start_matches(['-', ' ']));
        let one = |text: &str| if text.len() > 4 { numeric(text).or_else(|| worded(text)) } else { None };
        one(first).zip(one(last)).filter(|(first, last)| first.start < last.start && first.end < last.end)
    });
    let (first, last) = ends.into_iter().next()?;
    let month = |period: &Period| period.start.day() == 1 && period.start.month() == period.end.month();
    if first.start.year() == last.end.year() && month(&first) && month(&last) {
        return Some(of(first.start.year(), months(first.start.month(), last.end.month())));
    }
    Some(Period { label: format!("{}–{}", first.label, last.label), start: first.start, end: last.end })
}

/// `kvartal 1 2023`, `jan 2023`, `2023 jan`, `jan-mar 2024`, `H1 2024`.
fn worded(lower: &str) -> Option<Period> {
    let half = |text: &str| match text {
        "h1" | "vt" | "vårterminen" => Some(months(1, 6)),
        "h2" | "ht" | "höstterminen" => Some(months(7, 12)),
        _ => part(text),
    };
    let part = |text: &str| half(text.trim().trim_matches([',', '(', ')']));
    let year = |text: &str| year(text.trim().trim_matches([',', '(', ')']));
    // `jan-24` is how a workbook writes a month; as a day nobody would put the month first.
    if let Some((name, short)) = lower.split_once('-')
        && let (Some(month), Some(century)) = (month(name), (short.len() == 2).then(|| short.parse::<i32>().ok()).flatten())
    {
        return Some(of(2000 + century, Part::Month(month)));
    }
    let (first, last) = (lower.split_once(' '), lower.rsplit_once(' '));
    let leading = first.and_then(|(y, p)| Some(of(year(y)?, part(p)?)));
    leading.or_else(|| last.and_then(|(p, y)| Some(of(year(y)?, part(p)?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Option<String> {
        parse(text).map(|stretch| stretch.period.label)
    }

    #[test]
    fn every_writing_gets_its_canonical_label() {
        for (text, expected) in [
            ("2023", "2023"),
            (" 2023 ", "2023"),
            ("2023-07", "2023-07"),
            ("2023M07", "2023-07"),
            ("2023K3", "2023-Q3"),
            ("2024v07", "2024-W07"),
            ("2024-W14", "2024-W14"),
            ("2024 vecka 7", "2024-W07"),
            ("Kvartal 1 2023", "2023-Q1"),
            ("Jan 2023", "2023-01"),
            ("jan-mar 2024", "2024-Q1"),
            ("2024 januari–augusti", "2024-01–2024-08"),
            ("jan - mars, 2024", "2024-Q1"),
            ("t.o.m. september 2025", "2025-01–2025-09"),
            ("januari till och med juni 2025", "2025-01–2025-06"),
            ("första halvåret 2024", "2024-01–2024-06"),
            ("H2 2024", "2024-07–2024-12"),
            ("tertial 2 2024", "2024-05–2024-08"),
            ("Kvartal 1-2 2024", "2024-01–2024-06"),
            ("jan-dec 2024", "2024"),
            ("2024-01 – 2024-03", "2024-Q1"),
            ("2024-01--2024-03", "2024-Q1"),
            ("jan 2023 - dec 2024", "2023-01–2024-12"),
            ("ar_1950", "1950"),
            ("jan-24", "2024-01"),
            ("2023 december", "2023-12"),
            ("2020-2021", "2020–2021"),
            ("2020 – 2021", "2020–2021"),
            ("2010/11", "2010/11"),
            ("2010/2011", "2010/11"),
            ("1999/00", "1999/00"),
            ("2023-07-01", "2023-07-01"),
            ("2026 prel.", "2026"),
            ("2026 (prel.)", "2026"),
            ("2026*", "2026"),
            ("2025 (t.o.m. sept)", "2025-01–2025-09"),
            ("2023 (1)", "2023"),
            ("VT 2024", "2024-01–2024-06"),
        ] {
            assert_eq!(label(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_period_is_not_one() {
        for text in [
            "",
            "År",
            "5-9 years",
            "2537",
            "2023-13",
            "2010/12",
            "2021-2020",
            "18-29",
            "123",
            "20231",
            "mar-jan 2024",
            "1-3 2024",
            "9 2024",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn year_and_part_may_swap() {
        let found = |a: &str, b: &str| combine(a, b).map(|s| (s.period.label, s.preliminary));
        assert_eq!(found("År", "2025"), Some(("2025".to_owned(), false)));
        assert_eq!(found("2026 prel.", "Aug"), Some(("2026-08".to_owned(), true)));
        assert_eq!(found("2025", "Helår"), Some(("2025".to_owned(), false)));
        assert_eq!(found("2025", "Kvartal 2"), Some(("2025-Q2".to_owned(), false)));
        assert_eq!(found("År", "2026 prel."), Some(("2026".to_owned(), true)));
        assert_eq!(found("Jan", "Feb"), None);
    }

    #[test]
    fn bounds_are_inclusive() {
        let february = parse("2024-02").unwrap().period;
        assert_eq!((february.start.to_string(), february.end.to_string()), ("2024-02-01".to_owned(), "2024-02-29".to_owned()));
        assert_eq!(parse("2010/11").unwrap().period.end.to_string(), "2011-06-30");
    }
}
