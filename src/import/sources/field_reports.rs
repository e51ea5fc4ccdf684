//! Lists of field reports: what somebody in service saw, one row each, with Swedish headers in many wordings.

use super::{Look, Recognition, Source};
use crate::error::column_letters;
use crate::import::batch::{Dataset, Report};
use crate::import::date::{self, Order};
use crate::import::describe::{Choice, Kind, Perspective, Table};
use crate::import::gather::{Gather, UNANSWERED};
use crate::import::grid::{Cell, Sheet};
use crate::import::persons;
use crate::import::{header, number};

pub static SOURCE: Source = Source {
    id: "field_reports",
    title: "fältrapporter, en rad per iakttagelse (Datum, Plats, Kategori, Beskrivning …)",
    kind: Kind::FieldReports,
    perspective: Perspective::Municipality,
    recognise,
    read,
};

/// Where the columns stand; those that a list lacks are `None`.
struct Layout {
    sheet: usize,
    header: usize,
    date: usize,
    time: Option<usize>,
    part_of_day: Option<usize>,
    place: Option<usize>,
    category: Option<usize>,
    text: Option<usize>,
    reporter: Option<usize>,
    seriousness: Option<usize>,
    count: Option<usize>,
}

fn columns(words: &[String]) -> Option<Layout> {
    let find = |names: &[&str]| words.iter().position(|word| names.contains(&word.split(" (").next().unwrap_or(word)));
    let found = Layout {
        sheet: 0,
        header: 0,
        date: find(&["datum", "händelsedatum", "dag", "datum och tid", "när", "rapportdatum"])?,
        time: find(&["tid", "klockslag", "klockan", "kl", "tidpunkt"]),
        part_of_day: find(&["dygnsdel", "tid på dygnet", "del av dygnet", "tid/dygnsdel"]),
        place: find(&["plats", "område", "plats/område", "plats eller område", "ort", "var", "bostadsområde"]),
        category: find(&["kategori", "typ", "händelsetyp", "typ av händelse", "händelse", "problem", "kategori/typ", "faktor"]),
        text: find(&["beskrivning", "iakttagelse", "kommentar", "fritext", "anteckning", "notering", "vad hände", "text"]),
        reporter: find(&[
            "rapportör",
            "rapportörsfunktion",
            "rapportörens funktion",
            "funktion",
            "roll",
            "yrkesroll",
            "rapporterat av",
            "inlämnad av",
            "uppgiftslämnare",
        ]),
        seriousness: find(&["allvar", "allvarlighetsgrad", "allvarsgrad", "allvarlighet", "grad"]),
        count: find(&["antal"]),
    };
    let told = usize::from(found.place.is_some()) + usize::from(found.category.is_some()) + usize::from(found.text.is_some());
    (told >= 2).then_some(found)
}

fn layout(grid: &crate::import::grid::Grid) -> Option<Layout> {
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

fn read(gather: &mut Gather<'_>) {
    let Some(mut layout) = layout(gather.grid) else { return };
    let Some(sheet) = gather.grid.sheets.get(layout.sheet) else { return };
    gather.batch.dataset = Dataset { publisher: "Kommunen".to_owned(), name: "Fältrapporter".to_owned() };
    let rows = layout.header + 1..sheet.rows();
    drop_people(gather, sheet, &mut layout, rows.clone());
    let (order, waiting) = date_order(gather, sheet, &layout, rows.clone());
    let mut count = 0;
    for row in rows.clone().filter(|row| !sheet.is_blank(*row)) {
        count += 1;
        report(gather, sheet, &layout, order, waiting, row);
    }
    describe(gather, sheet, &layout, count, rows);
}

/// Columns with names, addresses or numbers of people are masked and never read; a reporter is a function.
fn drop_people(gather: &mut Gather<'_>, sheet: &Sheet, layout: &mut Layout, rows: std::ops::Range<usize>) {
    for column in 0..sheet.width(layout.header) {
        let name = sheet.cell(layout.header, column).label();
        let reporter = Some(column) == layout.reporter;
        let found = if reporter { None } else { persons::column(&name, sheet, column, rows.clone()) };
        let named = reporter && persons::names_people(sheet, column, rows.clone());
        if found.is_none() && !named {
            continue;
        }
        let what = found.map_or("namn på personer", persons::Personal::word);
        gather.personal.push((layout.sheet, None, column));
        gather.warn(
            format!("Kolumn {} ”{name}” innehåller {what} och sparas inte.", column_letters(column)),
            "Ange rapportörens funktion i stället, till exempel fältassistent.",
        );
        if reporter {
            layout.reporter = None;
        }
    }
}

/// The order of day and month, and whether it waits for an answer.
fn date_order(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, rows: std::ops::Range<usize>) -> (Option<Order>, bool) {
    let texts = rows.clone().filter_map(|row| sheet.cell(row, layout.date).as_text());
    let (order, open) = date::proven_order(texts);
    if !open {
        return (order, false);
    }
    let cells: Vec<_> = rows.take(5).map(|row| gather.doubt_cell(header::at(layout.sheet, row, layout.date))).collect();
    let choices = vec![Choice::new("day_month", "Dag först, sedan månad"), Choice::new("month_day", "Månad först, sedan dag")];
    let answer = gather.ask("dates", "Datumen kan läsas på två sätt. Vad står först?".to_owned(), choices, cells);
    let order = answer.map(|answer| if answer == "month_day" { Order::MonthDay } else { Order::DayMonth });
    (order, order.is_none())
}

fn report(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, order: Option<Order>, waiting: bool, row: usize) {
    let cell = |column: Option<usize>| column.map_or(Cell::Empty, |column| sheet.cell(row, column));
    let text = |column: Option<usize>| Some(cell(column).label()).filter(|text| !text.is_empty());
    let at = header::at(layout.sheet, row, layout.date);
    let when = date::read(sheet.cell(row, layout.date), order);
    if when.is_none() && !sheet.cell(row, layout.date).is_blank() {
        return gather.reject(at, if waiting { UNANSWERED } else { "datumet kan inte läsas" });
    }
    if layout.text.is_some_and(|column| !persons::find_exact(&sheet.cell(row, column).label()).is_empty()) {
        return reject_personal(gather, layout, row);
    }
    let time = date::time(cell(layout.time)).or(when.and_then(|(_, time)| time));
    let part = text(layout.part_of_day).or_else(|| text(layout.time).filter(|_| time.is_none()));
    gather.tally.read += 1;
    gather.tally.stored += 1;
    gather.batch.reports.push(Report {
        row: row as u32,
        sheet: layout.sheet as u16,
        date: when.map(|(date, _)| date),
        time,
        part_of_day: part.map(|part| part.to_lowercase()),
        place: text(layout.place),
        category: text(layout.category).unwrap_or_else(|| "Ej angivet".to_owned()),
        text: text(layout.text),
        reporter_function: text(layout.reporter),
        seriousness: text(layout.seriousness).and_then(|text| grade(&text)),
        count: cell_count(cell(layout.count)),
    });
}

fn reject_personal(gather: &mut Gather<'_>, layout: &Layout, row: usize) {
    let column = layout.text.unwrap_or(layout.date);
    gather.personal.push((layout.sheet, Some(row), column));
    gather.tally.read += 1;
    gather.tally.rejected += 1;
    gather.rejection(header::at(layout.sheet, row, column), "(personuppgift)".to_owned(), "texten innehåller ett personnummer");
}

fn cell_count(cell: Cell<'_>) -> u32 {
    match cell {
        Cell::Number(number) if number >= 1.0 => number as u32,
        Cell::Text(text) => number::parse_digits(text.trim()).filter(|n| *n >= 1.0).map_or(1, |n| n as u32),
        _ => 1,
    }
}

/// `3`, `3 av 5`, `låg`, `medel`, `hög`.
fn grade(text: &str) -> Option<u8> {
    let lower = text.trim().to_lowercase();
    let word = lower.split_whitespace().next().unwrap_or("");
    match word {
        "låg" | "lågt" | "lindrig" | "mindre" => Some(2),
        "medel" | "måttlig" | "måttligt" => Some(3),
        "hög" | "högt" | "allvarlig" | "allvarligt" => Some(4),
        "mycket" => Some(5),
        digits => digits.parse().ok().filter(|grade| (1..=5).contains(grade)),
    }
}

fn describe(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, count: u32, rows: std::ops::Range<usize>) {
    let roles = [
        (Some(layout.date), "date"),
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
    let private = |column: usize| role(column) == "text" || gather.personal.iter().any(|&(_, row, at)| row.is_none() && at == column);
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
