//! The national database's spreadsheet, sheet ”Resultat”: periods across, areas and crimes down.
//!
//! Three header rows (year, period, unit). An area stands once on a row of its own; every crime row is preceded by its
//! ancestors as empty rows, which gives its path. The table is a rectangle (every area lists the same crimes), and that
//! is what tells an area row from an ancestor row.

use super::{Look, Recognition, Source, districts};
use crate::import::batch::{Dataset, Unit};
use crate::import::column::Numbers;
use crate::import::describe::{Column, Kind, Perspective, Table};
use crate::import::gather::Gather;
use crate::import::grid::Sheet;
use crate::import::{area, header, period, unit};
use std::collections::BTreeMap;

pub static SOURCE: Source = Source {
    id: "sol_table",
    title: "Brås statistikdatabas som kalkylblad (bladet Resultat)",
    kind: Kind::Statistics,
    perspective: Perspective::Police,
    recognise,
    read,
};

/// One value column.
struct Slot {
    column: usize,
    stretch: period::Stretch,
    unit: Unit,
}

struct Layout {
    sheet: usize,
    unit_row: usize,
    slots: Vec<Slot>,
    /// One past the last data row; notes follow.
    end: usize,
}

/// The title stands above the table; in the web page that the database saves as .xls it is a table of its own.
fn layout(grid: &crate::import::grid::Grid) -> Option<Layout> {
    let titled = |sheet: &Sheet| {
        (0..sheet.rows().min(3))
            .any(|row| header::words(sheet, row).iter().any(|w| w == "brottsförebyggande rådet" || w.starts_with("anmälda brott")))
    };
    if !grid.sheets.iter().any(titled) {
        return None;
    }
    grid.sheets.iter().enumerate().find_map(|(index, sheet)| {
        let unit_row = (2..sheet.rows().min(12)).find(|row| !slots(sheet, *row).is_empty())?;
        Some(Layout { sheet: index, unit_row, slots: slots(sheet, unit_row), end: data_end(sheet, unit_row) })
    })
}

fn slots(sheet: &Sheet, unit_row: usize) -> Vec<Slot> {
    let label = |row: usize, column: usize| sheet.cell(row, column).label();
    let one = |column: usize| {
        let unit = unit::find(&label(unit_row, column))?;
        let (year, part) = (label(unit_row - 2, column), label(unit_row - 1, column));
        Some(Slot { column, stretch: period::combine(&year, &part)?, unit })
    };
    (1..sheet.width(unit_row)).filter_map(one).collect()
}

fn data_end(sheet: &Sheet, unit_row: usize) -> usize {
    (unit_row + 1..sheet.rows()).find(|row| sheet.is_blank(*row)).unwrap_or(sheet.rows())
}

fn recognise(look: &Look<'_>) -> Recognition {
    match layout(look.grid) {
        Some(found) => Recognition::Certain(format!("rad {} har enheter under år och period", found.unit_row + 1)),
        None => Recognition::No,
    }
}

fn read(gather: &mut Gather<'_>) {
    let Some(layout) = layout(gather.grid) else { return };
    let Some(sheet) = gather.grid.sheets.get(layout.sheet) else { return };
    gather.batch.dataset = Dataset { publisher: "Brå".to_owned(), name: "Anmälda brott".to_owned() };
    let rows = layout.unit_row + 1..layout.end;
    let areas = area_rows(gather, sheet, rows.clone());
    let columns: Vec<usize> = layout.slots.iter().map(|slot| slot.column).collect();
    let mut numbers = Numbers::look(gather, layout.sheet, &columns, rows.clone(), None, "värden");
    let data_rows = read_rows(gather, sheet, &layout, &areas, &mut numbers);
    let described = describe(gather, sheet, &layout, &numbers);
    districts::tell_absent(gather);
    gather.prove(format!("{} områden och {data_rows} rader med tal; sökvägen till varje brott kommer från raderna ovanför.", areas.len()));
    gather.tables.push(Table {
        sheet: Some(sheet.name.clone()),
        header_rows: (layout.unit_row as u32 - 1..=layout.unit_row as u32 + 1).collect(),
        first_data_row: layout.unit_row as u32 + 2,
        rows: data_rows,
        columns: described,
        footnotes: (layout.end..sheet.rows()).filter_map(|row| sheet.cell(row, 0).as_text().map(str::to_owned)).collect(),
        totals: Vec::new(),
        sums: Vec::new(),
    });
}

fn has_values(sheet: &Sheet, row: usize) -> bool {
    sheet.width(row) > 1
}

/// The rows that open a new area: by the rectangle if it is one, else by name; the first row always.
fn area_rows(gather: &mut Gather<'_>, sheet: &Sheet, rows: std::ops::Range<usize>) -> Vec<usize> {
    let labels: Vec<String> = rows.clone().map(|row| sheet.cell(row, 0).label()).collect();
    let empty: Vec<bool> = rows.clone().map(|row| !has_values(sheet, row)).collect();
    let known = gather.known;
    let named: Vec<usize> = (0..labels.len()).filter(|&i| empty[i] && (i == 0 || area::certain(&labels[i], &known).is_some())).collect();
    let by_shape = block(&labels, &empty).map(|size| (0..labels.len()).step_by(size).collect::<Vec<usize>>());
    let chosen = match by_shape {
        Some(shape) if shape.len() >= named.len() => shape,
        _ => named,
    };
    chosen.into_iter().map(|index| rows.start + index).collect()
}

/// Rows per area: the smallest size at which every block lists the same labels after its first, empty row.
fn block(labels: &[String], empty: &[bool]) -> Option<usize> {
    let total = labels.len();
    let fits = |size: usize| {
        (0..total).all(|i| if i % size == 0 { empty[i] } else { labels[i] == labels[i % size] && empty[i] == empty[i % size] })
    };
    (2..=total).filter(|size| total.is_multiple_of(*size)).find(|size| fits(*size))
}

fn read_rows(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, areas: &[usize], numbers: &mut [Numbers]) -> u32 {
    let breakdown = gather.breakdown(BTreeMap::new());
    let periods: Vec<u32> = layout.slots.iter().map(|slot| gather.period(slot.stretch.period.clone())).collect();
    let (mut area, mut ancestors, mut count) = (None, Vec::<String>::new(), 0);
    for row in layout.unit_row + 1..layout.end {
        let label = sheet.cell(row, 0).label();
        if areas.binary_search(&row).is_ok() {
            area = Some(gather.area(&label));
            ancestors.clear();
        } else if !has_values(sheet, row) {
            ancestors.push(label);
        } else {
            ancestors.push(label);
            let path: Vec<&str> = ancestors.iter().map(String::as_str).collect();
            let indicator = gather.indicator(&path);
            for ((slot, &period), numbers) in layout.slots.iter().zip(&periods).zip(numbers.iter_mut()) {
                let series = gather.series(area.unwrap_or(0), indicator, breakdown, slot.unit);
                let cell = sheet.cell(row, slot.column);
                numbers.example(cell);
                gather.put(series, period, slot.stretch.preliminary, header::at(layout.sheet, row, slot.column), numbers.take(cell));
            }
            ancestors.clear();
            count += 1;
        }
    }
    count
}

fn describe(gather: &mut Gather<'_>, sheet: &Sheet, layout: &Layout, numbers: &[Numbers]) -> Vec<Column> {
    let mut columns = vec![header::dimension(sheet, 0, "Område och brott", "indicator", layout.unit_row + 1..layout.end)];
    for (slot, numbers) in layout.slots.iter().zip(numbers) {
        let name = format!("{}, {}", slot.stretch.period.label, slot.unit.word());
        let mut column = numbers.describe(Column::new(slot.column, &name, "value"));
        column.unit = Some(slot.unit.word().to_owned());
        columns.push(column);
    }
    gather.prove_columns(&columns);
    columns
}
