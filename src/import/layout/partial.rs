//! What titles and notes say about the years: a part of each (`januari–juni` over 2023 and 2024), and which are preliminary.
//!
//! Read as whole years such figures would look like a fall by half, so they never are: a stretch of months counts, a single
//! month (which may only say when something was done) is asked about.

use super::columns::Part;
use super::measure::Measure;
use super::plan::Plan;
use super::times;
use crate::import::batch::Period;
use crate::import::describe::Choice;
use crate::import::gather::Gather;
use crate::import::period::{self, Stretch};
use chrono::{Datelike, Days, Months};
use std::collections::{BTreeMap, BTreeSet};

/// Lines about how the figures were made, not about what they cover.
const ABOUT_THE_WORK: [&str; 9] = ["insaml", "genomför", "enkät", "svar", "publicer", "hämtad", "uppdater", "uttag", "infördes"];
/// Words that say what the figures cover.
const COVERS: [&str; 5] = ["avser", "gäller", "omfattar", "redovisas", "ackumulerat"];

/// What of each year the figures cover.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Partial {
    all: Option<period::Part>,
    years: BTreeMap<i32, period::Part>,
    /// What the figures of each month or quarter reach back to.
    reach: Option<Reach>,
    /// Every figure is preliminary, or those of some years.
    preliminary: bool,
    preliminary_years: BTreeSet<i32>,
    /// A question about the part has no answer yet.
    pub waits: bool,
}

impl Partial {
    /// What the figures under `heading` cover instead of the period they stand under: a part of a whole year, twelve months that
    /// end with the one named, or all of the year until then.
    pub fn of(&self, period: &Period, heading: &str) -> Option<Period> {
        let Some(year) = whole_year(period) else { return Reach::named(heading).or(self.reach)?.of(period) };
        let part = self.years.get(&year).copied().or(self.all)?;
        if self.reach == Some(Reach::TwelveMonths) {
            // ”Rullande tolv månader t.o.m. juni” over 2024: those that end with its June.
            return Reach::TwelveMonths.of(&period::of(year, period::Part::Month(part.bounds().1)));
        }
        Some(period::of(year, part))
    }

    pub fn is_preliminary(&self, period: &Period) -> bool {
        self.preliminary || self.preliminary_years.contains(&period.end.year())
    }

    /// `Preliminär statistik`, or `Uppgifterna för 2024 är preliminära`; where some are final the line must name the years itself.
    ///
    /// A line that begins with a star is about the `starred` years.
    fn note_preliminary(&mut self, line: &str, starred: &[i32]) {
        let lower = line.to_lowercase();
        let other = ["slutlig", "definitiv", "ingår inte", "inte preliminär", "inga preliminär", "exklusive", "utom"];
        if !lower.contains("preliminär") || other.iter().any(|word| lower.contains(word)) {
            return;
        }
        match named(line) {
            _ if line.trim_start().starts_with('*') && !starred.is_empty() => self.preliminary_years.extend(starred),
            Named { years, parts } if years.is_empty() && parts.iter().all(|(_, year)| year.is_none()) => self.preliminary = true,
            Named { years, parts } => {
                self.preliminary_years.extend(years.into_iter().chain(parts.into_iter().filter_map(|(_, year)| year)))
            }
        }
    }

    /// Whether the period cannot be told before the question is answered.
    pub fn holds_back(&self, period: &Period) -> bool {
        self.waits && whole_year(period).is_some_and(|year| !self.years.contains_key(&year))
    }
}

fn whole_year(period: &Period) -> Option<i32> {
    let (start, end) = (period.start, period.end);
    let whole = start.year() == end.year() && (start.month(), start.day()) == (1, 1) && (end.month(), end.day()) == (12, 31);
    whole.then(|| start.year())
}

/// How far back the figures of a month or a quarter reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// `Rullande 12 månader`.
    TwelveMonths,
    /// `Ackumulerat`: since the year began.
    YearToDate,
}

impl Reach {
    fn named(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let twelve = ["12 mån", "12 senaste mån", "12-mån", "tolv mån", "tolv senaste mån"].iter().any(|words| lower.contains(words));
        let short = lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == "r12");
        if short || twelve && (lower.contains("rullande") || lower.contains("senaste") || lower.contains("glidande")) {
            return Some(Self::TwelveMonths);
        }
        lower.contains("ackumuler").then_some(Self::YearToDate)
    }

    /// Only within one year, and only a shorter period: what is longer says itself what it covers.
    fn of(self, period: &Period) -> Option<Period> {
        let (start, end) = (period.start, period.end);
        if start.year() != end.year() || end - start > chrono::Duration::days(100) {
            return None;
        }
        match self {
            Self::YearToDate => Some(period::of(end.year(), period::months(1, end.month()))),
            Self::TwelveMonths => {
                let start = end.checked_add_days(Days::new(1))?.checked_sub_months(Months::new(12))?;
                let label = format!("{}–{}", start.format("%Y-%m"), end.format("%Y-%m"));
                Some(if start.year() == end.year() { period::of(end.year(), period::Part::Whole) } else { Period { start, end, label } })
            }
        }
    }
}

/// What a line of text names: years alone, and parts of years.
#[derive(Debug, Default, PartialEq)]
struct Named {
    years: Vec<i32>,
    parts: Vec<(period::Part, Option<i32>)>,
}

/// Finds what the titles and notes say, and asks about a single month. `table` are the periods of the whole table.
pub fn settle(gather: &mut Gather<'_>, plan: &Plan<'_>, table: &[Stretch]) -> Partial {
    let mut found = Partial::default();
    let lines = plan.frame.titles.iter().chain(&plan.frame.notes);
    let starred = |measure: &&Measure| plan.frame.header.iter().any(|row| plan.sheet.cell(*row, measure.column).label().contains('*'));
    let year = |measure: &Measure| Some(measure.stretch.as_ref()?.period.end.year());
    let starred: Vec<i32> = plan.measures.iter().filter(starred).filter_map(year).collect();
    lines.for_each(|line| found.note_preliminary(line, &starred));
    let titles = plan.frame.titles.iter().chain([&plan.sheet.name]);
    if let Some((reach, line)) = titles.filter(|line| !about_the_work(line)).find_map(|line| Some((Reach::named(line)?, line))) {
        let covers = match reach {
            Reach::TwelveMonths => "de tolv månaderna till och med den som står där",
            Reach::YearToDate => "året från januari till och med den månad som står där",
        };
        gather.prove(format!("Siffror under en månad eller ett kvartal gäller {covers}: det står i rubriken ”{}”.", line.trim()));
        found.reach = Some(reach);
    }
    if has_whole_years(plan, table) {
        found.read_parts(gather, plan);
    }
    found
}

/// Only figures under whole years can turn out to cover less.
fn has_whole_years(plan: &Plan<'_>, table: &[Stretch]) -> bool {
    let headed = plan.measures.iter().filter_map(|measure| measure.stretch.as_ref());
    let down = plan.parts.iter().zip(&plan.profiles).filter(|(part, _)| **part == Part::Period);
    let labels = down.flat_map(|(_, profile)| profile.labels.iter().filter_map(|label| period::parse(label)));
    let mut periods = headed.cloned().chain(table.iter().cloned()).chain(labels);
    let monthly = plan.parts.contains(&Part::Month) || plan.measures.iter().all(|measure| measure.part.is_some());
    !monthly && periods.any(|stretch| whole_year(&stretch.period).is_some())
}

impl Partial {
    fn read_parts(&mut self, gather: &mut Gather<'_>, plan: &Plan<'_>) {
        let found = self;
        let mut ask = None;
        let mut said: Vec<(period::Part, String)> = Vec::new();
        for title in plan.frame.titles.iter().chain([&plan.sheet.name]).filter(|title| !about_the_work(title)) {
            said.extend(named(title).parts.into_iter().map(|(part, _)| (part, title.clone())));
        }
        for note in plan.frame.notes.iter().filter(|note| !about_the_work(note)) {
            let Named { years, parts } = named(note);
            let covers = COVERS.iter().any(|word| note.to_lowercase().contains(word)) || note.split_whitespace().count() <= 6;
            match (parts.as_slice(), years.as_slice()) {
                ([(part, Some(year))], []) | ([(part, None)], [year]) if covers => {
                    gather.prove(format!("Siffrorna för {year} gäller {}: det står i anmärkningen ”{}”.", part.shown(), note.trim()));
                    found.years.insert(*year, *part);
                }
                ([(part, None)], []) if covers => ask = Some((*part, note.clone())),
                _ => {}
            }
        }
        said.dedup_by_key(|(part, _)| *part);
        match said.as_slice() {
            [(part @ period::Part::Month(_), line)] => ask = Some((*part, line.clone())),
            [(part, line)] => {
                gather.prove(format!("Siffrorna gäller {} varje år: det står i rubriken ”{}”.", part.shown(), line.trim()));
                found.all = Some(*part);
            }
            _ => {}
        }
        if let Some((part, line)) = ask.filter(|_| found.all.is_none()) {
            match asked(gather, part, &line).as_deref() {
                Some("part") => found.all = Some(part),
                Some(_) => {}
                None => found.waits = true,
            }
        }
    }
}

fn asked(gather: &mut Gather<'_>, part: period::Part, line: &str) -> Option<String> {
    if let Some(asked) = gather.doubts.iter().find(|doubt| doubt.id == "part") {
        return asked.answer.clone();
    }
    let line: String = line.trim().chars().take(120).collect();
    let question = format!("Texten ”{line}” nämner {}, men siffrorna står under hela år. Vad gäller de?", part.shown());
    let choices = vec![Choice::new("part", format!("Bara {} varje år", part.shown())), Choice::new("whole", "Hela året")];
    gather.ask("part", question, choices, Vec::new())
}

fn about_the_work(line: &str) -> bool {
    let lower = line.to_lowercase();
    times::dates_the_file(line) || ABOUT_THE_WORK.iter().any(|word| lower.contains(word))
}

/// The years and the parts of years in a running text. A day before a month is a date, on which something was counted.
fn named(text: &str) -> Named {
    let text = text.replace([',', ';', '(', ')', ':', '*'], " ");
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_end_matches('.')).collect();
    let mut named = Named::default();
    let mut index = 0;
    while index < words.len() {
        let day = index > 0 && words[index - 1].parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
        let taken = (1..=6).rev().find_map(|count| {
            let joined = words.get(index..index + count)?.join(" ");
            let dated = period::parse(&joined).map(|stretch| stretch.period);
            dated.map(|period| (count, Ok(period))).or_else(|| Some((count, Err(period::part(&joined)?))))
        });
        let Some((count, what)) = taken else {
            index += 1;
            continue;
        };
        match what {
            Ok(period) => match whole_year(&period) {
                Some(year) => named.years.push(year),
                None => named.parts.extend(part_of(&period).filter(|_| !day).map(|(part, year)| (part, Some(year)))),
            },
            Err(period::Part::Whole) => {}
            Err(part) => named.parts.extend(Some((part, None)).filter(|_| !day)),
        }
        index += count;
    }
    named.parts.dedup();
    named
}

/// A period of whole months within one year, as that year and its part.
fn part_of(period: &Period) -> Option<(period::Part, i32)> {
    let year = period.start.year();
    (1..=12).flat_map(|first| (first..=12).map(move |last| (first, last))).find_map(|(first, last)| {
        let part = period::months(first, last);
        (period::of(year, part) == *period).then_some((part, year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preliminary_figures_are_told_for_all_years_or_some() {
        let preliminary = |line: &str, year: i32| {
            let mut partial = Partial::default();
            partial.note_preliminary(line, &[]);
            partial.is_preliminary(&period::of(year, period::Part::Whole))
        };
        assert!(preliminary("Preliminär statistik.", 2023));
        assert!(preliminary("Anmälda brott, preliminär statistik, i hela landet, 2024.", 2024));
        assert!(preliminary("Uppgifterna för 2024 är preliminära", 2024) && !preliminary("Uppgifterna för 2024 är preliminära", 2023));
        assert!(preliminary("Preliminär statistik, januari–juni 2025", 2025));
        assert!(!preliminary("Preliminära uppgifter ingår inte", 2025));
        assert!(!preliminary("Slutlig statistik 2023, preliminär 2024", 2023));
    }

    #[test]
    fn a_line_names_years_and_parts_of_years() {
        let parts = |text: &str| named(text).parts;
        assert_eq!(parts("Anmälda brott januari–juni, jämförelse"), [(period::Part::Months(1, 6), None)]);
        assert_eq!(parts("Anmälda brott jan–mar 2024 jämfört med 2023"), [(period::Part::Quarter(1), Some(2024))]);
        assert_eq!(parts("Folkmängd 31 december 2010–2020"), []);
        assert_eq!(parts("Befolkning den 1 november"), []);
        assert_eq!(named("2025 avser januari–september").years, [2025]);
        assert_eq!(parts("2025 avser januari–september"), [(period::Part::Months(1, 9), None)]);
        assert_eq!(parts("Anmälda brott 2019–2023, antal"), []);
        assert_eq!(parts("Totalt antal per år"), []);
    }
}
