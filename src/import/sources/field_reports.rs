//! Lists of field reports: what somebody in service saw, one row each, with Swedish headers in many wordings. The weekly
//! lists of EST (a factor per row), safety walks and fault reports are such lists too.

use super::{Look, Recognition, Source};
use crate::import::batch::{Dataset, Report};
use crate::import::date::{self, Order};
use crate::import::describe::{Kind, Perspective, Table};
use crate::import::gather::{Gather, UNANSWERED};
use crate::import::grid::{Cell, Grid, Sheet};
use crate::import::{header, number, period};

pub static SOURCE: Source = Source {
    id: "field_reports",
    title: "fältrapporter, en rad per iakttagelse (Datum, Plats, Kategori, Beskrivning …)",
    kind: Kind::FieldReports,
    perspective: Perspective::Municipality,
    recognise,
    read,
};

pub(super) const DATES: [&str; 22] = [
    "datum",
    "händelsedatum",
    "datum för händelsen",
    "dag",
    "datum och tid",
    "datum/tid",
    "datum & tid",
    "när",
    "när hände det",
    "rapportdatum",
    "inkom",
    "inkommet",
    "inkom datum",
    "inkommen",
    "ärendedatum",
    "anmälningsdatum",
    "anmält",
    "skapad",
    "skapat",
    "registrerad",
    "registreringsdatum",
    "date",
];
pub(super) const WEEKS: [&str; 5] = ["vecka", "v", "veckonummer", "vecka nr", "rapportvecka"];
const YEARS: [&str; 1] = ["år"];
const TIMES: [&str; 7] = ["tid", "klockslag", "klockan", "kl", "tidpunkt", "ungefärlig tid", "time"];
const PARTS_OF_DAY: [&str; 5] = ["dygnsdel", "tid på dygnet", "del av dygnet", "tid/dygnsdel", "när på dygnet"];
pub(super) const PLACES: [&str; 18] = [
    "plats",
    "plats/område",
    "plats eller område",
    "plats/adress",
    "område/plats",
    "platsbeskrivning",
    "var",
    "var hände det",
    "adress",
    "gata",
    "bostadsområde",
    "område",
    "geografiskt område",
    "delområde",
    "ort",
    "skola",
    "fritidsgård",
    "place",
];
const CATEGORIES: [&str; 22] = [
    "kategori",
    "kategori/typ",
    "händelsekategori",
    "faktor",
    "otrygghetsfaktor",
    "est-faktor",
    "problemområde",
    "händelsetyp",
    "typ av händelse",
    "typ av problem",
    "typ av iakttagelse",
    "typ",
    "ärendetyp",
    "felkategori",
    "ärendekategori",
    "händelse",
    "problem",
    "ämne",
    "ärende",
    "rubrik",
    "category",
    "underkategori",
];
const TEXTS: [&str; 19] = [
    "beskrivning",
    "beskriv händelsen",
    "iakttagelse",
    "iakttagelser",
    "observation",
    "vad såg du",
    "vad hände",
    "vad har hänt",
    "kommentar",
    "kommentarer",
    "fritext",
    "anteckning",
    "notering",
    "synpunkt",
    "meddelande",
    "text",
    "ärendebeskrivning",
    "brist",
    "description",
];
const REPORTERS: [&str; 13] = [
    "rapportör",
    "rapportörsfunktion",
    "rapportörens funktion",
    "rapporterande funktion",
    "funktion",
    "roll",
    "yrkesroll",
    "yrkeskategori",
    "rapporterat av",
    "inlämnad av",
    "uppgiftslämnare",
    "verksamhet",
    "organisation",
];
const SERIOUSNESS: [&str; 13] = [
    "allvar",
    "allvarlighetsgrad",
    "allvarsgrad",
    "allvarlighet",
    "grad",
    "nivå",
    "oro",
    "grad av oro",
    "prioritet",
    "risk",
    "risknivå",
    "riskbedömning",
    "angelägenhetsgrad",
];
/// What a safety walk adds: it needs no date on each row.
const WALKS: [&str; 8] =
    ["förslag", "förslag till åtgärd", "åtgärdsförslag", "förslag på åtgärd", "ansvarig", "ansvar", "klart", "klart datum"];

/// Where the columns stand; those that a list lacks are `None`.
#[derive(Debug)]
struct Layout {
    sheet: usize,
    header: usize,
    date: Option<usize>,
    week: Option<usize>,
    year: Option<usize>,
    time: Option<usize>,
    part_of_day: Option<usize>,
    place: Option<usize>,
    category: Option<usize>,
    text: Option<usize>,
    reporter: Option<usize>,
    seriousness: Option<usize>,
    count: Option<usize>,
    walk: bool,
}

fn columns(words: &[String]) -> Option<Layout> {
    let bare = |word: &String| word.split(" (").next().unwrap_or(word).trim_end_matches('?').trim().to_owned();
    let words: Vec<String> = words.iter().map(bare).collect();
    let find = |names: &[&str]| header::column(&words, names);
    let found = Layout {
        sheet: 0,
        header: 0,
        date: find(&DATES),
        week: find(&WEEKS),
        year: find(&YEARS),
        time: find(&TIMES),
        part_of_day: find(&PARTS_OF_DAY),
        place: find(&PLACES),
        category: find(&CATEGORIES),
        text: find(&TEXTS),
        reporter: find(&REPORTERS),
        seriousness: find(&SERIOUSNESS),
        count: find(&["antal", "antal händelser", "antal tillfällen"]),
        walk: find(&WALKS).is_some(),
    };
    let told = usize::from(found.place.is_some()) + usize::from(found.category.is_some()) + usize::from(found.text.is_some());
    // A week with nothing but a number is statistics; with words about what was seen it is a report.
    let weekly = found.week.is_some() && found.category.is_some() && (found.text.is_some() || found.seriousness.is_some() || told == 3);
    let dated = found.date.is_some() || weekly;
    let walked = found.walk && found.place.is_some() && found.text.is_some();
    ((dated && told >= 2) || walked).then_some(found)
}

fn layout(grid: &Grid) -> Option<Layout> {
    grid.sheets.iter().enumerate().find_map(|(index, sheet)| {
        let (row, layout) = header::find(sheet, columns)?;
        Some(Layout { sheet: index, header: row, ..layout })
    })
}

fn recognise(look: &Look<'_>) -> Recognition {
    match layout(look.grid) {
        Some(found) => Recognition::Certain(format!("rad {} har datum, plats och vad som hände", found.header + 1)),
        None => Recognition::No,
    }
}

/// A list being read.
struct List<'a> {
    sheet: &'a Sheet,
    layout: Layout,
    order: Option<Order>,
    /// The order of day and month waits for an answer.
    waiting: bool,
    /// The day, week or month that stands in the title, for rows that have none.
    titled: Option<String>,
    /// The year of weeks that do not say it.
    year: Option<i32>,
    rows: u32,
    undated: u32,
    ungraded: u32,
}

fn read(gather: &mut Gather<'_>) {
    let grid = gather.grid;
    let Some(mut layout) = layout(grid) else { return };
    let Some(sheet) = grid.sheets.get(layout.sheet) else { return };
    gather.batch.dataset = Dataset { publisher: "Kommunen".to_owned(), name: "Fältrapporter".to_owned() };
    drop_names(gather, &mut layout);
    let rows: Vec<usize> = (layout.header + 1..sheet.rows()).filter(|row| !sheet.is_blank(*row) && !sheet.is_continuation(*row)).collect();
    let (order, waiting) = layout.date.map_or((None, false), |column| date::order_of(gather, layout.sheet, column, &rows));
    let titled = header::titles(sheet, layout.header).iter().find_map(|title| day_in(title));
    let year = week_year(gather, sheet, &layout, &rows);
    let mut list = List { sheet, layout, order, waiting, titled, year, rows: 0, undated: 0, ungraded: 0 };
    for row in rows {
        if !list.is_note(row) {
            list.rows += 1;
            list.report(gather, row);
        }
    }
    list.tell(gather);
    let count = list.rows;
    describe(gather, sheet, &list.layout, count, list.layout.header + 1..sheet.rows());
}

/// A reporter is a function: names are warned of and never read.
fn drop_names(gather: &Gather<'_>, layout: &mut Layout) {
    let Some(column) = layout.reporter else { return };
    if gather.personal.contains(&(layout.sheet, column)) {
        layout.reporter = None;
    }
}

/// The date in a title such as `Trygghetsvandring Torget 2024-10-12`.
pub(super) fn day_in(title: &str) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().map(|word| word.trim_matches([',', ';', ':', '(', ')', '.'])).collect();
    let spans = (1..=3).rev().flat_map(|size| words.windows(size).map(|span| span.join(" ")).collect::<Vec<_>>());
    spans.filter_map(|span| date::read(Cell::Text(&span), None)).map(|(day, _)| day.to_string()).next()
}

/// The year of bare week numbers: the title's only year, else asked.
fn week_year(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, rows: &[usize]) -> Option<i32> {
    let column = layout.week.filter(|_| layout.date.is_none() && layout.year.is_none())?;
    let bare = rows.iter().any(|row| {
        week(&sheet.cell(*row, column).label(), None).is_none() && week(&sheet.cell(*row, column).label(), Some(2000)).is_some()
    });
    if !bare {
        return None;
    }
    let titles = header::titles(sheet, layout.header).join(" ");
    crate::import::gather::year_in(&titles).or_else(|| gather.ask_year())
}

/// `14`, `v. 14`, `vecka 14 2025`, `2025-W14`: the canonical label of the week.
pub(super) fn week(text: &str, year: Option<i32>) -> Option<String> {
    let lower = text.to_lowercase();
    let numbers: Vec<i32> = lower.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    let words = lower.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    if !["", "v", "vecka", "w", "week"].contains(&words.as_str()) {
        return None;
    }
    let (year, week) = match (numbers.as_slice(), year) {
        ([week], Some(year)) => (year, *week),
        ([week, year], _) if *year > 1990 => (*year, *week),
        ([year, week], _) if *year > 1990 => (*year, *week),
        _ => return None,
    };
    let week = u32::try_from(week).ok()?;
    // The calendar says whether the year has so many weeks.
    chrono::NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon).map(|_| format!("{year}-W{week:02}"))
}

/// How many a row tells of: none is no report, and what is no whole number is not guessed.
fn count(cell: Cell<'_>) -> Option<u32> {
    let whole = |number: f64| (number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX)).then_some(number as u32);
    match cell {
        Cell::Empty => Some(1),
        Cell::Number(number) => whole(number),
        Cell::Text(text) if text.trim().is_empty() => Some(1),
        Cell::Text(text) => number::parse_whole(text.trim()).and_then(whole),
        _ => None,
    }
}

/// `3`, `3 av 5`, `3/5`, `låg`, `medel`, `hög`, `mycket låg`; another scale than one to five is not guessed at.
fn grade(text: &str) -> Option<u8> {
    let lower = text.trim().to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| c.is_whitespace() || c == '/' || c == '(').filter(|word| !word.is_empty()).collect();
    let word = |word: &str| match word.trim_end_matches([',', '.', ')', 't']) {
        "ingen" | "inge" => Some(1),
        "låg" | "lindrig" | "mindre" | "lite" | "liten" | "mild" | "grön" => Some(2),
        "medel" | "måttlig" | "mellan" | "viss" | "normal" | "gul" => Some(3),
        "hög" | "stor" | "allvarlig" | "orange" => Some(4),
        "aku" | "kritisk" | "röd" | "rö" => Some(5),
        _ => None,
    };
    match words.as_slice() {
        ["mycket", rest, ..] => word(rest).map(|grade| if grade <= 2 { 1 } else { 5 }),
        ["ganska", rest, ..] => word(rest),
        [digits] if digits.parse::<u8>().is_ok() => digits.parse().ok().filter(|grade| (1..=5).contains(grade)),
        [digits, "5" | "av", ..] if digits.parse::<u8>().is_ok() => {
            let of_five = words.last() == Some(&"5");
            digits.parse().ok().filter(|grade| of_five && (1..=5).contains(grade))
        }
        [digits, "–" | "-" | "=", rest, ..] if word(rest).is_some() => digits.parse().ok().filter(|grade| (1..=5).contains(grade)),
        [first, ..] => word(first),
        [] => None,
    }
}

impl List<'_> {
    fn cell(&self, row: usize, column: Option<usize>) -> Cell<'_> {
        column.map_or(Cell::Empty, |column| self.sheet.cell(row, column))
    }

    fn text(&self, row: usize, column: Option<usize>) -> Option<String> {
        Some(self.cell(row, column).label()).filter(|text| !text.is_empty())
    }

    /// A row below the list that is no report: a note in the first cell and nothing else.
    fn is_note(&self, row: usize) -> bool {
        header::is_note(self.sheet, row) && self.text(row, self.layout.category).is_none() && self.text(row, self.layout.text).is_none()
    }

    fn report(&mut self, gather: &mut Gather<'_>, row: usize) {
        let l = &self.layout;
        let at = |column: Option<usize>| header::at(l.sheet, row, column.unwrap_or(0));
        if gather.distrusted(l.sheet, row).is_some() {
            return gather.reject_row(l.sheet, row);
        }
        let read = date::read(self.cell(row, l.date), self.order);
        if read.is_none() && !self.cell(row, l.date).is_blank() && l.date.is_some() {
            return gather.reject(at(l.date), if self.waiting { UNANSWERED } else { "datumet kan inte läsas" });
        }
        let year = self.text(row, l.year).and_then(|text| period::year(&text)).or(self.year);
        let of_week = self.text(row, l.week).map(|text| week(&text, year));
        if read.is_none() && of_week == Some(None) {
            let open = year.is_none() && gather.doubts.iter().any(|doubt| doubt.id == "year");
            return gather.reject(at(l.week), if open { UNANSWERED } else { "veckan kan inte läsas" });
        }
        let count = match count(self.cell(row, l.count)) {
            None => return gather.reject(at(l.count), "antalet är inte ett helt tal"),
            Some(0) => {
                gather.tally.read += 1;
                gather.tally.skipped += 1;
                return;
            }
            Some(count) => count,
        };
        let day = read.map(|(date, _)| date.to_string()).or(of_week.flatten()).or_else(|| self.titled.clone());
        let time = date::time(self.cell(row, l.time)).or(read.and_then(|(_, time)| time));
        let part = self.text(row, l.part_of_day).or_else(|| self.text(row, l.time).filter(|_| time.is_none()));
        let graded = self.text(row, l.seriousness).map(|text| grade(&text));
        let unnamed = if l.walk { "Trygghetsvandring" } else { "Ej angivet" };
        let report = Report {
            row: row as u32,
            sheet: l.sheet as u16,
            date: day,
            time,
            part_of_day: part.map(|part| part.to_lowercase()),
            place: self.text(row, l.place),
            category: self.text(row, l.category).unwrap_or_else(|| unnamed.to_owned()),
            text: self.text(row, l.text),
            reporter_function: self.text(row, l.reporter),
            seriousness: graded.flatten(),
            count,
        };
        self.undated += u32::from(report.date.is_none());
        self.ungraded += u32::from(graded == Some(None));
        gather.tally.read += 1;
        gather.tally.stored += 1;
        gather.batch.reports.push(report);
    }

    fn tell(&self, gather: &mut Gather<'_>) {
        if let (Some(day), None) = (&self.titled, self.layout.date) {
            gather.prove(format!("Datum {day} står i rubriken och gäller alla rader."));
        }
        if self.undated > 0 {
            gather.warn(
                format!("{} rader saknar datum. De är sparade men räknas inte till något år.", self.undated),
                "Fyll i datum i filen om det går, och läs in den igen.",
            );
        }
        if self.ungraded > 0 {
            gather.warn(
                format!("{} allvarsgrader kunde inte läsas och är utelämnade; raderna är sparade.", self.ungraded),
                "Skriv graden som 1 till 5, eller låg, medel, hög.",
            );
        }
    }
}

fn describe(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, count: u32, rows: std::ops::Range<usize>) {
    let roles = [
        (layout.date, "date"),
        (layout.week, "date"),
        (layout.year, "date"),
        (layout.time, "time"),
        (layout.part_of_day, "part_of_day"),
        (layout.place, "place"),
        (layout.category, "category"),
        (layout.text, "text"),
        (layout.reporter, "reporter_function"),
        (layout.seriousness, "seriousness"),
        (layout.count, "count"),
    ];
    let role = |column: usize| roles.iter().find(|(at, _)| *at == Some(column)).map_or("ignore", |(_, role)| role);
    let private = |column: usize| role(column) == "text" || gather.personal.contains(&(layout.sheet, column));
    let one = |column: usize| {
        let mut described = header::dimension(sheet, column, &sheet.cell(layout.header, column).label(), role(column), rows.clone());
        if private(column) {
            described.examples.clear();
        }
        described
    };
    let columns = (0..sheet.width(layout.header)).map(one).collect();
    gather.prove(format!("{count} rader, en fältrapport på varje."));
    gather.tables.push(Table {
        sheet: gather.sheet_name(layout.sheet),
        header_rows: vec![layout.header as u32 + 1],
        first_data_row: layout.header as u32 + 2,
        rows: count,
        columns,
        ..Table::default()
    });
}
