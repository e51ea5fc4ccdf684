//! The weekly report of EST as a matrix: risk factors across, places down, in each cell how many times it was seen.
//!
//! The same thing as a list of field reports in another shape. Only a sheet that says what it is, in a title or its name, is read so:
//! crimes across and areas down is what statistics look like too.

use super::field_reports::{DATES, PLACES, WEEKS, day_in, week};
use super::{Look, Recognition, Source};
use crate::import::batch::{Dataset, Report};
use crate::import::date;
use crate::import::describe::{Kind, Perspective, Table};
use crate::import::gather::{Gather, UNANSWERED, year_in};
use crate::import::grid::{Cell, Grid, Sheet};
use crate::import::{header, number};
use crate::reference::themes::THEMES;

pub static SOURCE: Source = Source {
    id: "est_matrix",
    title: "EST-rapport som tabell, med riskfaktorer i kolumner och platser på rader",
    kind: Kind::FieldReports,
    perspective: Perspective::Municipality,
    recognise,
    read,
};

/// Words of a title or a sheet's name, of which one says that the table is such a report.
const SAYS: [&str; 7] = ["est", "est-rapport", "lägesrapport", "lägesrapporter", "fältrapporter", "otrygghetsfaktorer", "riskfaktorer"];
const SUMS: [&str; 5] = ["totalt", "summa", "summa:", "total", "alla"];
/// Fewest factors that tell the table by its words.
const FACTORS: usize = 3;

struct Layout {
    sheet: usize,
    header: usize,
    place: usize,
    week: Option<usize>,
    date: Option<usize>,
    /// Columns of factors.
    factors: Vec<usize>,
    /// Columns that add the others up.
    sums: Vec<usize>,
}

fn columns(words: &[String]) -> Option<Layout> {
    let place = header::column(words, &PLACES)?;
    let (week, date) = (header::column(words, &WEEKS), header::column(words, &DATES));
    let factor = |word: &str| THEMES.iter().any(|theme| theme.has_category(word));
    let first = [Some(place), week, date].into_iter().flatten().max()? + 1;
    let last = (first..words.len()).rev().find(|column| factor(&words[*column]))?;
    let known = (first..=last).filter(|column| factor(&words[*column])).count();
    // A factor of somebody's own may stand among those that everybody has.
    let between = (first..=last).filter(|column| !words[*column].is_empty());
    let (sums, factors) = between.partition(|column| SUMS.contains(&words[*column].as_str()));
    (known >= FACTORS).then_some(Layout { sheet: 0, header: 0, place, week, date, factors, sums })
}

fn layout(grid: &Grid) -> Option<Layout> {
    grid.sheets.iter().enumerate().find_map(|(index, sheet)| {
        let (row, found) = header::find(sheet, columns)?;
        let said = header::titles(sheet, row).join(" ") + " " + &sheet.name;
        let is_one = said.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| SAYS.contains(&word));
        is_one.then_some(Layout { sheet: index, header: row, ..found })
    })
}

fn recognise(look: &Look<'_>) -> Recognition {
    match layout(look.grid) {
        Some(found) => Recognition::Certain(format!("rad {} har riskfaktorer, och under den står platser", found.header + 1)),
        None => Recognition::No,
    }
}

/// A cell: how many times, or why it says nothing.
enum Seen {
    Times(u32),
    Blank,
    Unread,
}

fn seen(cell: Cell<'_>) -> Seen {
    let whole = |number: f64| {
        let counts = number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX);
        if counts { Seen::Times(number as u32) } else { Seen::Unread }
    };
    match cell {
        Cell::Number(number) => whole(number),
        cell if cell.is_blank() => Seen::Blank,
        Cell::Text(text) if matches!(text.trim(), "x" | "X") => Seen::Times(1),
        Cell::Text(text) => number::parse_whole(text.trim()).map_or(Seen::Unread, whole),
        _ => Seen::Unread,
    }
}

/// When a table's reports are from: what its title says, and the year of weeks that do not say it.
struct When {
    titled: Option<String>,
    year: Option<i32>,
}

fn when(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout) -> When {
    let titles = header::titles(sheet, layout.header);
    let said = titles.join(" ") + " " + &sheet.name;
    let mut year = year_in(&said);
    let bare = |text: &str| week(text, None).is_none() && week(text, Some(2000)).is_some();
    let column = layout.week.is_some_and(|column| (layout.header + 1..sheet.rows()).any(|row| bare(&sheet.cell(row, column).label())));
    let number = titles.iter().chain([&sheet.name]).find_map(|title| week_number(title));
    if year.is_none() && (column || (number.is_some() && layout.date.is_none())) {
        year = gather.ask_year();
    }
    let titled = titles.iter().find_map(|title| day_in(title)).or_else(|| week(&number?, year));
    When { titled, year }
}

/// `vecka 14` in a title such as `EST vecka 14, 2025`.
fn week_number(title: &str) -> Option<String> {
    let words: Vec<String> =
        title.split_whitespace().map(|word| word.trim_matches([',', ';', ':', '(', ')', '.']).to_lowercase()).collect();
    let after = words.windows(2).find(|pair| WEEKS.contains(&pair[0].as_str()) && pair[1].parse::<u32>().is_ok());
    let glued = || words.iter().find(|word| word.strip_prefix('v').is_some_and(|number| number.parse::<u32>().is_ok()));
    after.map(|pair| pair[1].clone()).or_else(|| glued().map(|word| word[1..].to_owned()))
}

fn read(gather: &mut Gather<'_>) {
    let grid = gather.grid;
    let Some(layout) = layout(grid) else { return };
    let Some(sheet) = grid.sheets.get(layout.sheet) else { return };
    gather.batch.dataset = Dataset { publisher: "Kommunen".to_owned(), name: "Fältrapporter".to_owned() };
    let when = when(gather, sheet, &layout);
    let kept = |row: &usize| !sheet.is_blank(*row) && !sheet.is_continuation(*row) && !header::is_note(sheet, *row);
    let rows: Vec<usize> = (layout.header + 1..sheet.rows()).filter(kept).collect();
    let (order, waiting) = layout.date.map_or((None, false), |column| date::order_of(gather, layout.sheet, column, &rows));
    let mut undated = 0;
    for &row in &rows {
        if gather.distrusted(layout.sheet, row).is_some() {
            gather.reject_row(layout.sheet, row);
            continue;
        }
        let dated = layout.date.and_then(|column| date::read(sheet.cell(row, column), order)).map(|(day, _)| day.to_string());
        let of_week = layout.week.and_then(|column| week(&sheet.cell(row, column).label(), when.year));
        let date = dated.or(of_week).or_else(|| when.titled.clone());
        undated += u32::from(date.is_none());
        let open = waiting || (date.is_none() && gather.doubts.iter().any(|doubt| doubt.id == "year" && doubt.answer.is_none()));
        read_row(gather, sheet, &layout, row, (date, open));
    }
    if undated > 0 {
        gather.warn(
            format!("{undated} rader saknar datum. De är sparade men räknas inte till något år."),
            "Skriv veckan och året i tabellens rubrik, och läs in den igen.",
        );
    }
    describe(gather, sheet, &layout, rows.len() as u32);
}

/// `(date, open)`: when the row's reports are from, and whether that waits for an answer.
fn read_row(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, row: usize, (date, open): (Option<String>, bool)) {
    let place = Some(sheet.cell(row, layout.place).label()).filter(|place| !place.is_empty());
    let adds_up = place.as_deref().is_some_and(|place| SUMS.contains(&header::word(place).as_str()));
    for &column in layout.factors.iter().chain(&layout.sums) {
        let at = header::at(layout.sheet, row, column);
        let count = match seen(sheet.cell(row, column)) {
            Seen::Blank => continue,
            Seen::Times(count) => count,
            Seen::Unread if !adds_up => {
                gather.reject(at, "är inte ett helt tal");
                continue;
            }
            Seen::Unread => 0,
        };
        if count == 0 || adds_up || layout.sums.contains(&column) {
            gather.tally.read += 1;
            gather.tally.skipped += 1;
            continue;
        }
        if open {
            gather.reject(at, UNANSWERED);
            continue;
        }
        gather.tally.read += 1;
        gather.tally.stored += 1;
        gather.batch.reports.push(Report {
            row: row as u32,
            sheet: layout.sheet as u16,
            date: date.clone(),
            place: place.clone(),
            category: sheet.cell(layout.header, column).label(),
            count,
            ..Report::default()
        });
    }
}

fn describe(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, count: u32) {
    let role = |column: usize| match column {
        column if column == layout.place => "place",
        column if Some(column) == layout.week || Some(column) == layout.date => "date",
        column if layout.factors.contains(&column) => "count",
        _ => "ignore",
    };
    let rows = layout.header + 1..sheet.rows();
    let one = |column: usize| {
        let mut described = header::dimension(sheet, column, &sheet.cell(layout.header, column).label(), role(column), rows.clone());
        if role(column) == "ignore" {
            described.examples.clear();
        }
        described
    };
    let columns = (0..sheet.width(layout.header)).map(one).collect();
    gather
        .prove(format!("{count} rader med {} riskfaktorer i kolumner; varje ifylld cell är så många fältrapporter.", layout.factors.len()));
    gather.tables.push(Table {
        sheet: gather.sheet_name(layout.sheet),
        header_rows: vec![layout.header as u32 + 1],
        first_data_row: layout.header as u32 + 2,
        rows: count,
        columns,
        ..Table::default()
    });
}
