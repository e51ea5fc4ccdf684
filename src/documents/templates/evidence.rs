//! Numbers with where they come from: no number leaves the file without its source, period, uncertainty and cells.

use super::super::outline::{self, Table, Text, numbers, text, words};
use crate::error::Result;
use crate::look::Theme;
use crate::picture::charts;
use crate::picture::question::{Answer, Figure, Measure, Point, Question, SourceCell};
use crate::picture::statistics::trend::Verdict;
use crate::swedish;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Stretches of rows that a note lists; after these it tells how many rows are left.
const MOST_STRETCHES: usize = 6;

/// Fewest field reports that may be told to the public in one number.
pub const PUBLIC_MINIMUM: f64 = 5.0;

/// An answer together with when it was taken: pinned as evidence, or asked for this document.
pub struct Evidence<'a> {
    pub answer: &'a Answer,
    /// The area that a pinned statistical series is about: it need not be the municipality of the document.
    area: Option<&'a str>,
    taken: String,
}

impl<'a> Evidence<'a> {
    pub fn pinned(figure: &'a Figure) -> Self {
        let gone = if figure.withdrawn { "; underlaget är sedan dess borttaget" } else { "" };
        let area = matches!(figure.question.measure, Measure::Series { .. }).then_some(figure.question.area.as_str());
        Self { answer: &figure.answer, area, taken: format!("Figur {} i lägesbildsfilen, fäst {}{gone}.", figure.number, figure.pinned) }
    }

    pub fn asked(answer: &'a Answer, today: NaiveDate) -> Self {
        Self { answer, area: None, taken: format!("Uttag ur lägesbildsfilen {}.", swedish::iso_date(today)) }
    }

    /// `■ Polis · Skadegörelse: 31 anmälda brott 2025 …¹ Utvecklingen: minskar …²`
    pub fn paragraph(&self) -> Text {
        let lead = Text::from(self.answer.perspective);
        let title = format!(" {} ", self.title());
        self.sentence().runs.into_iter().fold(lead.emphasis(title), Text::and)
    }

    /// What is measured, and where when it is pinned: `12 kap. Skadegörelsebrott, Åsele.`
    pub fn title(&self) -> String {
        let area = self.area.map(|a| format!(", {a}")).unwrap_or_default();
        ended(&format!("{}{area}", self.answer.title))
    }

    /// The answer in words, with a note after each part that tells numbers.
    pub fn sentence(&self) -> Text {
        let (now, development) = parts(&self.answer.sentence);
        let told = self.now(now);
        match development {
            Some(words) if has_digit(words) => told.plain(format!(" {words}")).note(self.development_note()),
            Some(words) => told.plain(format!(" {words}")),
            None => told,
        }
    }

    /// Only the newest value.
    pub fn newest(&self) -> Text {
        self.now(parts(&self.answer.sentence).0)
    }

    fn now(&self, words: &str) -> Text {
        if has_digit(words) { text(words).note(self.newest_note()) } else { text(words) }
    }

    /// Source, period, n or interval, and the cells of the newest value.
    pub fn newest_note(&self) -> String {
        let told = parts(&self.answer.sentence).0;
        let newest = self.answer.points.last();
        let cited = |p: &&Point| Some(*p) == newest || told.contains(&p.period);
        let points: Vec<&Point> = self.answer.points.iter().filter(cited).collect();
        let about = newest.map(|p| about(p, &self.answer.unit)).unwrap_or_default();
        self.note(&points, &about)
    }

    fn development_note(&self) -> String {
        let points: Vec<&Point> = self.answer.points.iter().collect();
        let span = match (points.first(), points.last()) {
            (Some(a), Some(b)) => swedish::period(&a.period, &b.period),
            _ => String::new(),
        };
        self.note(&points, &format!("Utvecklingen är bedömd på {span}"))
    }

    /// Every value of the answer, for a chart or a table.
    pub fn all_note(&self, about: &str) -> String {
        let points: Vec<&Point> = self.answer.points.iter().collect();
        self.note(&points, about)
    }

    fn note(&self, points: &[&Point], about: &str) -> String {
        let cells: Vec<&SourceCell> = points.iter().flat_map(|p| &p.cells).collect();
        // The file's name stands with its cells; in the line of its source it would be told twice.
        let own = |line: &String| cells.iter().find(|c| line.contains(&c.file)).map(|c| line.replace(&format!(": {}", c.file), ""));
        let mut lines: Vec<String> = self.answer.sources.iter().filter_map(own).collect();
        if lines.is_empty() {
            lines.clone_from(&self.answer.sources);
        }
        let parts = [lines.join("; "), about.to_owned(), places(&cells)];
        let told: Vec<&str> = parts.iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
        format!("{}. {}", told.join(". "), self.taken)
    }

    /// The chart as a picture with alt text, caption, source and the table behind it.
    pub fn chart(&self) -> Result<outline::Figure> {
        let chart = charts::draw(self.answer, Theme::Print);
        let title = self.title();
        Ok(outline::Figure {
            png: chart.png()?,
            svg: chart.svg.into_bytes(),
            alt: chart.alt,
            caption: text(format!("{title} {}", chart.caption)).note(self.all_note("Alla värden i diagrammet")),
            data: Some(table(
                format!("Siffrorna bakom diagrammet: {}", title.trim_end_matches('.')),
                &chart.table.columns,
                &chart.table.rows,
            )),
        })
    }

    /// Whether there is a course over time to draw.
    pub fn has_course(&self) -> bool {
        self.answer.points.iter().filter(|p| p.value.is_some()).count() >= 2
    }
}

/// A chart's numbers; columns that hold nothing are left out.
pub fn table(caption: impl Into<Text>, header: &[String], rows: &[Vec<String>]) -> Table {
    let holds = |i: usize| rows.iter().any(|row| row.get(i).is_some_and(|cell| !cell.trim().is_empty()));
    let kept: Vec<usize> = (0..header.len()).filter(|i| holds(*i)).collect();
    let column = |i: &usize| match (*i, header[*i].trim()) {
        (0, "") => words("Dag"),
        (0, title) => words(title),
        (_, title) => numbers(title),
    };
    let mut table = Table::new(caption, kept.iter().map(column));
    rows.iter().for_each(|row| table.push(kept.iter().map(|i| row.get(*i).map(String::as_str).unwrap_or_default())));
    table
}

/// A title before what is said about it: with a full stop unless it is a question.
fn ended(title: &str) -> String {
    if title.ends_with(['?', '.', '!']) { title.to_owned() } else { format!("{title}.") }
}

/// The figure that carries the argument: one with a sure direction before one without, then the longer course.
pub fn lead(figures: &[Figure]) -> Option<&Figure> {
    let drawable = figures.iter().filter(|f| Evidence::pinned(f).has_course());
    let unsure = |f: &Figure| matches!(f.answer.verdict, Verdict::TooLittle | Verdict::NoCertainChange);
    drawable.min_by_key(|f| (unsure(f), std::cmp::Reverse(f.answer.points.len()), f.number))
}

/// No split by group or place, and no number so small that it may be about one person.
pub fn fit_for_public(question: &Question, answer: &Answer) -> bool {
    match &question.measure {
        Measure::Series { .. } => true,
        Measure::SurveyShare { group, .. } => group.is_none(),
        Measure::Reports { place: Some(_), .. } => false,
        Measure::Reports { .. } | Measure::Events { .. } => {
            answer.points.iter().filter_map(|p| p.value).all(|v| v == 0.0 || v >= PUBLIC_MINIMUM)
        }
    }
}

/// The newest value, and what is said about the development.
fn parts(sentence: &str) -> (&str, Option<&str>) {
    match sentence.find(" Utvecklingen") {
        Some(at) => (&sentence[..at], Some(sentence[at..].trim_start())),
        None => (sentence, None),
    }
}

fn has_digit(words: &str) -> bool {
    words.chars().any(|c| c.is_ascii_digit())
}

/// `Period 2025, preliminärt, n = 206, 95 % intervall 35–48 %`
fn about(point: &Point, unit: &str) -> String {
    let mut told = vec![format!("Period {}", point.period)];
    if point.preliminary {
        told.push("preliminärt".into());
    }
    told.extend(point.n.map(|n| format!("n{0}={0}{n}", swedish::NBSP)));
    if let (Some(low), Some(high)) = (point.low, point.high) {
        let percent = if unit == "procent" { format!("{}%", swedish::NBSP) } else { String::new() };
        told.push(format!("95{}% intervall {}{percent}", swedish::NBSP, swedish::span(low.round(), high.round(), 0)));
    }
    told.join(", ")
}

/// File, sheet, letters.
type Column<'a> = (&'a str, &'a str, &'a str);

/// First and last row of each stretch.
type Rows = Vec<(u32, u32)>;

/// `Databasfil.txt, rad 42, kolumn E`; neighbouring rows as stretches.
fn places(cells: &[&SourceCell]) -> String {
    let mut by_column: BTreeMap<Column<'_>, Rows> = BTreeMap::new();
    for cell in cells {
        by_column.entry((&cell.file, &cell.sheet, &cell.column)).or_default().push((cell.row, cell.last_row.max(cell.row)));
    }
    let place = |((file, sheet, column), rows): (Column<'_>, Rows)| {
        let sheet = if sheet.is_empty() { String::new() } else { format!(", blad ”{sheet}”") };
        format!("{file}{sheet}, {}, kolumn {column}", stretches(rows))
    };
    by_column.into_iter().map(place).collect::<Vec<_>>().join("; ")
}

fn stretches(mut rows: Rows) -> String {
    rows.sort_unstable();
    let mut merged: Rows = Vec::new();
    for (first, last) in rows {
        match merged.last_mut() {
            Some(before) if before.1 + 1 >= first => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    let more: u32 = merged.iter().skip(MOST_STRETCHES).map(|(a, b)| b - a + 1).sum();
    let told: Vec<String> = merged.iter().take(MOST_STRETCHES).map(|(a, b)| swedish::period(&a.to_string(), &b.to_string())).collect();
    let rest = if more > 0 { format!(" och {} till", swedish::counted(more.into(), "rad", "rader")) } else { String::new() };
    format!("rad {}{rest}", told.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, last_row: u32) -> SourceCell {
        SourceCell { source: 1, file: "Databasfil.txt".into(), sheet: String::new(), row, last_row, column: "E".into() }
    }

    #[test]
    fn neighbouring_rows_become_a_stretch() {
        let cells = [cell(9, 9), cell(4, 4), cell(5, 7), cell(8, 8), cell(12, 12)];
        assert_eq!(places(&cells.iter().collect::<Vec<_>>()), "Databasfil.txt, rad 4–9, 12, kolumn E");
    }

    #[test]
    fn rows_beyond_the_first_stretches_are_counted() {
        let rows = (1..=9).map(|n| (n * 10, n * 10 + 1)).collect();
        assert_eq!(stretches(rows), "rad 10–11, 20–21, 30–31, 40–41, 50–51, 60–61 och 6\u{a0}rader till");
    }

    #[test]
    fn the_development_is_told_apart_from_the_newest_value() {
        assert_eq!(parts("31 anmälda brott 2025. Utvecklingen: minskar."), ("31 anmälda brott 2025.", Some("Utvecklingen: minskar.")));
        assert_eq!(parts("Uppgift saknas."), ("Uppgift saknas.", None));
    }
}
