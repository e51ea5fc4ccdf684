//! Lists of events, one row each: the police's own exports by crime code, permits for assemblies, published event feeds,
//! and the street lists of British forces. Every one is known by its header words.

use super::{Look, Recognition, Source};
use crate::error::column_letters;
use crate::import::batch::{AreaLevel, AreaRef, Dataset, Event};
use crate::import::date::{self, Order};
use crate::import::describe::{Choice, Kind, Perspective, Table};
use crate::import::gather::{Gather, UNANSWERED};
use crate::import::grid::{Cell, Grid, Sheet};
use crate::import::persons::MASK;
use crate::import::{header, period};
use chrono::NaiveTime;

pub static SOURCE: Source = Source {
    id: "events",
    title: "händelselista, en rad per händelse (Brottskod, Brottsdatum, Kommun …)",
    kind: Kind::Events,
    perspective: Perspective::Police,
    recognise,
    read,
};

/// When it happened, the surest first: a crime's own date before the day it was reported or written down.
const DATES: [&str; 15] = [
    "brottsdatum",
    "brottstid",
    "händelsedatum",
    "gärningsdatum",
    "brottsdatum från",
    "datetime",
    "month",
    "planerat datum",
    "tillställningsdatum",
    "datum",
    "date",
    "inskrivningsdatum",
    "inregistreringsdatum",
    "anmälningsdatum",
    "registreringsdatum",
];
const TIMES: [&str; 5] = ["brottstidpunkt", "klockslag", "tid", "tidpunkt", "time"];
/// Words that only lists of crimes, permits or incidents use for what happened.
const CODES: [&str; 4] = ["brottskod", "brottskoder", "brkod", "crime code"];
const TYPES: [&str; 14] = [
    "brottskodklartext",
    "brottskodtext",
    "brottskod text",
    "brottstyp",
    "brott",
    "brottsrubricering",
    "crime type",
    "händelsetyp",
    "type",
    "typ av händelse",
    "ärendetyp",
    "typ av tillställning",
    "status",
    "typ",
];
/// Of the above, those that no list of field reports uses.
const OWN_WORDS: [&str; 9] =
    ["brottskod", "brottskoder", "brkod", "brottsdatum", "crime type", "crime id", "planerat datum", "lsoa code", "brottsrubricering"];
const AREAS: [&str; 6] = ["kommun", "brottskommun", "brottsplatskommun", "kommunnamn", "location name", "municipality"];
const COUNTIES: [&str; 3] = ["län", "brottslän", "länsnamn"];
const FOREIGN_AREAS: [&str; 2] = ["lsoa name", "falls within"];
const FOREIGN_CODES: [&str; 1] = ["lsoa code"];
const PLACES: [&str; 13] = [
    "plats",
    "brottsplats",
    "plats som framgår i ansökan",
    "adress",
    "gatuadress",
    "location",
    "desoområde",
    "deso område",
    "deso",
    "stadsdel",
    "tätort",
    "ort",
    "område",
];
const COUNTS: [&str; 2] = ["antal", "antal brott"];

/// Where the columns stand; those that a list lacks are `None`.
struct Layout {
    sheet: usize,
    header: usize,
    date: usize,
    /// Another date on the same row, which is not used.
    other_date: Option<usize>,
    time: Option<usize>,
    code: Option<usize>,
    kind: Option<usize>,
    area: Option<usize>,
    county: Option<usize>,
    foreign: Vec<usize>,
    foreign_code: Option<usize>,
    place: Option<usize>,
    count: Option<usize>,
}

/// `Brottskod.klartext` and `location.name`: dots and underscores are spaces or nothing, as the exporting program liked.
fn plain(word: &str) -> String {
    word.replace(['.', '_', '-'], " ")
}

fn columns(words: &[String]) -> Option<Layout> {
    let words: Vec<String> = words.iter().map(|word| plain(word)).collect();
    let fits = |word: &String, name: &str| word == name || word.replace(' ', "") == name.replace(' ', "");
    let all = |names: &[&str]| names.iter().filter_map(|name| words.iter().position(|word| fits(word, name))).collect::<Vec<usize>>();
    let find = |names: &[&str]| all(names).first().copied();
    let mut dates = all(&DATES).into_iter();
    let layout = Layout {
        sheet: 0,
        header: 0,
        date: dates.next()?,
        other_date: dates.next(),
        time: find(&TIMES),
        code: find(&CODES),
        kind: find(&TYPES),
        area: find(&AREAS),
        county: find(&COUNTIES),
        foreign: all(&FOREIGN_AREAS),
        foreign_code: find(&FOREIGN_CODES),
        place: find(&PLACES),
        count: find(&COUNTS),
    };
    let placed = layout.area.is_some() || layout.county.is_some() || layout.place.is_some() || !layout.foreign.is_empty();
    let own = find(&OWN_WORDS).is_some() || (find(&["datetime"]).is_some() && layout.area.is_some());
    ((layout.code.is_some() || layout.kind.is_some()) && placed && own).then_some(layout)
}

fn layout(grid: &Grid) -> Option<Layout> {
    grid.sheets.iter().enumerate().find_map(|(index, sheet)| {
        let (row, layout) = header::find(sheet, columns)?;
        Some(Layout { sheet: index, header: row, ..layout })
    })
}

fn recognise(look: &Look<'_>) -> Recognition {
    match layout(look.grid) {
        Some(found) => Recognition::Certain(format!("rad {} har datum, plats och slag av händelse", found.header + 1)),
        None => Recognition::No,
    }
}

/// A list being read, with what a person has said about it.
struct List<'a> {
    sheet: &'a Sheet,
    layout: Layout,
    order: Option<Order>,
    /// Order of day and month, or the municipality, waits for an answer.
    waiting: bool,
    about: Option<AreaRef>,
    undated: u32,
    /// Rows without municipality, and of them those without county too.
    unplaced: (u32, u32),
    count: u32,
}

fn read(gather: &mut Gather<'_>) {
    let grid = gather.grid;
    let Some(layout) = layout(grid) else { return };
    let Some(sheet) = grid.sheets.get(layout.sheet) else { return };
    gather.batch.dataset = Dataset { publisher: publisher(&layout).to_owned(), name: "Händelser".to_owned() };
    let rows = layout.header + 1..sheet.rows();
    let listed: Vec<usize> = rows.clone().filter(|row| !sheet.is_blank(*row) && !sheet.is_continuation(*row)).collect();
    let (order, open) = date::order_of(gather, layout.sheet, layout.date, &listed);
    let (about, unplaced) = about(gather, &layout);
    let mut list = List { sheet, layout, order, waiting: open || unplaced, about, undated: 0, unplaced: (0, 0), count: 0 };
    for row in listed {
        list.count += 1;
        list.event(gather, row);
    }
    list.prove(gather);
    list.describe(gather, rows);
}

fn publisher(layout: &Layout) -> &'static str {
    if layout.foreign.is_empty() { "Polisen" } else { "Utländsk polis" }
}

/// The answer that the rows of a list are about several places, none of which it names.
const SEVERAL: &str = "none";

/// The municipality of a list that has no column for it: asked, and whether the answer is missing.
fn about(gather: &mut Gather<'_>, layout: &Layout) -> (Option<AreaRef>, bool) {
    if layout.area.is_some() || layout.county.is_some() || !layout.foreign.is_empty() {
        return (None, false);
    }
    let more = vec![Choice::new(SEVERAL, "Flera kommuner: spara händelserna utan kommun")];
    let answer = gather.ask_area("Vilken kommun gäller listan? Den har ingen kolumn för kommun.", more);
    let waiting = answer.is_none();
    (answer.filter(|answer| answer != SEVERAL).map(|name| gather.place(&name)), waiting)
}

impl List<'_> {
    fn text(&self, row: usize, column: Option<usize>) -> Option<String> {
        let text = self.sheet.cell(row, column?).label();
        Some(text).filter(|text| !text.is_empty() && !["NA", "-", "..", MASK].contains(&text.as_str()))
    }

    fn event(&mut self, gather: &mut Gather<'_>, row: usize) {
        let at = header::at(self.layout.sheet, row, self.layout.date);
        let cell = self.sheet.cell(row, self.layout.date);
        if gather.distrusted(self.layout.sheet, row).is_some() {
            return gather.reject_row(self.layout.sheet, row);
        }
        if self.waiting {
            return gather.reject(at, UNANSWERED);
        }
        let when = self.when(cell);
        if when.is_none() && self.text(row, Some(self.layout.date)).is_some() {
            return gather.reject(at, "datumet kan inte läsas");
        }
        let category = [self.layout.code, self.layout.kind].into_iter().filter_map(|column| self.text(row, column));
        let category = category.collect::<Vec<_>>().join(" ");
        if when.is_none() && category.is_empty() {
            gather.tally.read += 1;
            gather.tally.skipped += 1;
            return;
        }
        let count = match self.count(row) {
            Ok(count) => count,
            Err(column) => return gather.reject(header::at(self.layout.sheet, row, column), "antalet är inte ett helt tal"),
        };
        let area = self.area(gather, row);
        self.undated += u32::from(when.is_none());
        let named = !self.layout.foreign.is_empty() || self.text(row, self.layout.area).is_some();
        self.unplaced.0 += u32::from(!named);
        self.unplaced.1 += u32::from(area.is_none());
        gather.tally.read += 1;
        gather.tally.stored += 1;
        let time = self.layout.time.and_then(|column| date::time(self.sheet.cell(row, column)));
        gather.batch.events.push(Event {
            row: row as u32,
            sheet: self.layout.sheet as u16,
            area,
            date: when.as_ref().map(|(date, _)| date.clone()),
            time: time.or(when.and_then(|(_, time)| time)),
            category: if category.is_empty() { "Ej angivet".to_owned() } else { category },
            place: self.text(row, self.layout.place),
            count,
        });
    }

    /// The day, or the month where the list says no more.
    fn when(&self, cell: Cell<'_>) -> Option<(String, Option<NaiveTime>)> {
        if let Some((date, time)) = date::read(cell, self.order) {
            return Some((date.to_string(), time));
        }
        let stretch = period::parse(&cell.label())?;
        (stretch.period.label.len() == "2019-01".len() && stretch.period.start != stretch.period.end)
            .then_some((stretch.period.label, None))
    }

    fn count(&self, row: usize) -> std::result::Result<u32, usize> {
        let Some(column) = self.layout.count else { return Ok(1) };
        match self.text(row, Some(column)) {
            None => Ok(1),
            Some(text) => text.parse().ok().filter(|count| *count >= 1).ok_or(column),
        }
    }

    /// The municipality; else the county; places abroad are never taken for Swedish ones.
    fn area(&self, gather: &mut Gather<'_>, row: usize) -> Option<u32> {
        if let Some(name) = self.layout.foreign.iter().find_map(|column| self.text(row, Some(*column))) {
            let code = self.text(row, self.layout.foreign_code);
            return Some(gather.area_ref(AreaRef { level: AreaLevel::Foreign, name, code }));
        }
        match self.text(row, self.layout.area).or_else(|| self.text(row, self.layout.county)) {
            Some(name) => Some(gather.area(&name)),
            None => self.about.clone().map(|area| gather.area_ref(area)),
        }
    }

    fn prove(&self, gather: &mut Gather<'_>) {
        let name = |column: usize| self.sheet.cell(self.layout.header, column).label();
        gather.prove(format!("{} rader, en händelse på varje.", self.count));
        if let Some(other) = self.layout.other_date {
            gather.prove(format!(
                "Två datum: händelserna räknas efter ”{}” (kolumn {}), inte efter ”{}” (kolumn {}).",
                name(self.layout.date),
                column_letters(self.layout.date),
                name(other),
                column_letters(other)
            ));
        }
        if !self.layout.foreign.is_empty() {
            gather.prove("Områdena är utländska och hålls isär från svenska kommuner.");
        }
        if self.undated > 0 {
            gather.warn(
                format!("{} rader saknar datum. De är sparade men räknas inte till något år.", self.undated),
                "Fyll i datum i filen om det går, och läs in den igen.",
            );
        }
        let (unnamed, nowhere) = self.unplaced;
        if nowhere > 0 && !self.layout.foreign.is_empty() {
            gather.warn(
                format!("{nowhere} rader saknar område. De är sparade men räknas inte till något."),
                "Det går inte att veta var det hände.",
            );
        } else if unnamed > 0 && self.layout.area.is_some() {
            gather.warn(
                format!("{unnamed} rader saknar kommun: {} räknas till sitt län, {nowhere} är sparade utan område.", unnamed - nowhere),
                "Fyll i kommun i filen om det går, och läs in den igen.",
            );
        }
    }

    fn describe(&self, gather: &mut Gather<'_>, rows: std::ops::Range<usize>) {
        let l = &self.layout;
        let named = [
            (Some(l.date), "date"),
            (l.time, "time"),
            (l.code, "category"),
            (l.kind, "category"),
            (l.area, "area"),
            (l.county, "area"),
            (l.place, "place"),
            (l.count, "count"),
        ];
        let role = |column: usize| {
            let named = named.iter().find(|(at, _)| *at == Some(column)).map(|(_, role)| *role);
            named.or_else(|| l.foreign.contains(&column).then_some("area")).unwrap_or("ignore")
        };
        let one = |column: usize| {
            let name = self.sheet.cell(l.header, column).label();
            let mut described = header::dimension(self.sheet, column, &name, role(column), rows.clone());
            // What is left out, and places, may say more than a list of events should.
            if matches!(role(column), "ignore" | "place") {
                described.examples.clear();
            }
            described
        };
        let columns = (0..self.sheet.width(l.header)).map(one).collect();
        gather.tables.push(Table {
            sheet: gather.sheet_name(l.sheet),
            header_rows: vec![l.header as u32 + 1],
            first_data_row: l.header as u32 + 2,
            rows: self.count,
            columns,
            ..Table::default()
        });
    }
}
