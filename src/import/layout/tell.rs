//! What was understood of a table, for people: its columns with their parts, and the evidence line by line.

use super::columns::Part;
use super::plan::Plan;
use super::read::Reader;
use crate::import::batch::{AreaLevel, Unit};
use crate::import::column::swedish;
use crate::import::describe::{Column, Table};
use crate::import::gather::Gather;
use crate::import::header;

/// Describes the table that `reader` has read.
pub fn table(gather: &mut Gather<'_>, plan: &Plan<'_>, reader: &Reader<'_, '_>, start: usize) {
    let units = units(gather, plan, start);
    let mut columns: Vec<(usize, Column)> = Vec::new();
    for (column, part) in plan.parts.iter().enumerate() {
        if *part != Part::Value && (*part != Part::Ignore || plan.profiles[column].filled > 0) {
            let name = plan.name(column);
            columns.push((column, header::dimension(plan.sheet, column, &name, role(part), plan.frame.body.clone())));
        }
    }
    for (index, (measure, numbers)) in plan.measures.iter().zip(reader.numbers()).enumerate() {
        let mut column = numbers.describe(Column::new(measure.column, &measure.name, "value"));
        column.unit = Some(
            units
                .get(index)
                .filter(|word| !word.is_empty())
                .cloned()
                .unwrap_or_else(|| measure.unit.unwrap_or(Unit::Other).word().to_owned()),
        );
        columns.push((measure.column, column));
    }
    columns.sort_by_key(|(column, _)| *column);
    let columns: Vec<Column> = columns.into_iter().map(|(_, column)| column).collect();
    gather.prove_columns(&columns);
    for measure in plan.measures.iter().filter(|measure| !measure.sums.is_empty()) {
        let letters = crate::error::column_letters(measure.column);
        gather.prove(format!("Kolumn {letters} ”{}” är summan av perioderna bredvid och lagrades inte.", measure.name));
    }
    places(gather, plan);
    gather.tables.push(Table {
        sheet: gather.sheet_name(plan.index),
        header_rows: plan.frame.header.iter().map(|row| *row as u32 + 1).collect(),
        first_data_row: plan.frame.body.start as u32 + 1,
        columns,
        footnotes: plan.frame.notes.clone(),
        ..reader.table.clone()
    });
}

/// The units of the values stored from each column: rows may name their own. `start` is the table's first value.
fn units(gather: &Gather<'_>, plan: &Plan<'_>, start: usize) -> Vec<String> {
    let width = plan.parts.len();
    let mut words: Vec<Vec<&'static str>> = vec![Vec::new(); width];
    for value in gather.batch.values.iter().skip(start) {
        let Some(series) = gather.batch.series.get(value.series as usize) else { continue };
        let Some(known) = words.get_mut(value.cell.column as usize) else { continue };
        if !known.contains(&series.unit.word()) {
            known.push(series.unit.word());
        }
    }
    words.iter_mut().for_each(|known| known.sort_unstable());
    plan.measures.iter().map(|measure| words.get(measure.column).map(|known| known.join(", ")).unwrap_or_default()).collect()
}

fn role(part: &Part) -> &'static str {
    match part {
        Part::Area(_) => "area",
        Part::Period | Part::Month => "period",
        Part::Unit => "unit",
        Part::Path => "indicator",
        Part::Breakdown => "breakdown",
        Part::Ignore => "ignore",
        Part::Value => "value",
    }
}

/// Names that no register holds are told, so that a misspelt one is seen, and so is a column judged not to be Swedish.
fn places(gather: &mut Gather<'_>, plan: &Plan<'_>) {
    for (column, part) in plan.parts.iter().enumerate() {
        let Part::Area(places) = part else { continue };
        let letters = crate::error::column_letters(column);
        let labels = &plan.profiles[column].labels;
        let certain = |label: &String| crate::import::area::certain(label, &gather.known);
        // The country heads columns of any kind; it says nothing about the other names.
        let places_of_ours = labels.iter().filter_map(certain).filter(|area| area.level != AreaLevel::Country).count();
        if !places.swedish && places_of_ours > 0 && places.level != AreaLevel::School {
            gather.prove(format!(
                "Kolumn {letters}: {places_of_ours} av {} namn finns som svensk kommun eller svenskt län, men kolumnen som helhet är något annat. De kopplades inte till dem.",
                places.of
            ));
        } else if places.certain < places.of && places.level != AreaLevel::School {
            let unknown = labels.iter().find(|label| certain(label).is_none());
            let example = unknown.map(|label| format!(", till exempel ”{}”", label.trim())).unwrap_or_default();
            gather.prove(format!(
                "Kolumn {letters} har {} namn som inte är kommuner eller län{example}.",
                swedish((places.of - places.certain) as f64)
            ));
        }
    }
}
