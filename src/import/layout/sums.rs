//! The file's own totals against the sums of their parts: proof that the table was read as it was meant.
//!
//! Only counts are summed. A difference is told, never mended; statistics with added noise (SCB's population from 2025)
//! need not sum exactly, so the warning says how large the difference is.

use super::measure::Measure;
use super::words;
use crate::checked::Warning;
use crate::error::Place;
use crate::import::batch::{AreaLevel, AreaRef, Unit};
use crate::import::column::swedish;
use crate::import::describe::{Differs, Sum};
use crate::import::gather::Gather;
use crate::import::header;
use std::collections::BTreeMap;

/// A total column and the columns it sums.
struct TotalColumn {
    total: usize,
    parts: Vec<usize>,
}

/// Checks made so far of one kind.
#[derive(Debug, Default)]
struct Checked {
    right: u32,
    /// The largest difference.
    largest: f64,
    /// Row, column, what stands there, what the parts sum to.
    wrong: Vec<(usize, usize, f64, f64)>,
}

/// What is kept of the rows until the table has been read.
pub struct Sums {
    columns: Vec<TotalColumn>,
    across: Checked,
    /// Per measure: its column, and whether it counts.
    measures: Vec<(usize, bool)>,
    current: Vec<Option<f64>>,
    rows: Vec<(usize, Option<u32>, Vec<Option<f64>>)>,
    at: (usize, Option<u32>),
}

/// Counts are whole: less than this is how numbers are kept in a computer, not a difference.
const TOLERANCE: f64 = 0.5;

/// Larger tables than this keep no rows for summing down; their columns are still checked.
const MOST_KEPT: usize = 2_000_000;

impl Sums {
    pub fn new(measures: &[Measure]) -> Self {
        Self {
            columns: total_columns(measures),
            across: Checked::default(),
            measures: measures.iter().map(|measure| (measure.column, measure.unit == Some(Unit::Count))).collect(),
            current: Vec::new(),
            rows: Vec::new(),
            at: (0, None),
        }
    }

    pub fn row(&mut self, area: Option<u32>, row: usize) {
        self.at = (row, area);
        self.current.clear();
        self.current.resize(self.measures.len(), None);
    }

    pub fn value(&mut self, measure: usize, number: f64) {
        if let Some(slot) = self.current.get_mut(measure) {
            *slot = Some(number);
        }
    }

    pub fn end_row(&mut self) {
        for column in &self.columns {
            let parts: Option<f64> = column.parts.iter().map(|part| self.current[*part]).sum();
            if let (Some(total), Some(sum)) = (self.current[column.total], parts) {
                self.across.add(self.at.0, self.measures[column.total].0, total, sum);
            }
        }
        if self.measures.iter().any(|(_, counts)| *counts) && (self.rows.len() + 1) * self.measures.len() < MOST_KEPT {
            self.rows.push((self.at.0, self.at.1, self.current.clone()));
        }
    }

    /// Tells how the table's own totals stand: across its columns, and down its places.
    pub fn tell(&self, gather: &mut Gather<'_>, sheet: usize) -> Vec<Sum> {
        let mut sums = Vec::from_iter(self.across.tell(gather, sheet, "sina kolumner"));
        let areas: Vec<AreaRef> = gather.batch.areas.clone();
        for (total, parts, name) in groups(&self.rows, &areas) {
            let mut checked = Checked::default();
            for (measure, &(column, counts)) in self.measures.iter().enumerate() {
                let sum: Option<f64> = parts.iter().map(|row| self.rows[*row].2[measure]).sum();
                if let (true, Some(whole), Some(sum)) = (counts, self.rows[total].2[measure], sum) {
                    checked.add(self.rows[total].0, column, whole, sum);
                }
            }
            sums.extend(checked.tell(gather, sheet, &name));
        }
        sums
    }
}

impl Checked {
    fn add(&mut self, row: usize, column: usize, total: f64, sum: f64) {
        self.largest = self.largest.max((total - sum).abs());
        if (total - sum).abs() < TOLERANCE {
            self.right += 1;
        } else {
            self.wrong.push((row, column, total, sum));
        }
    }

    fn tell(&self, gather: &mut Gather<'_>, sheet: usize, of: &str) -> Option<Sum> {
        let checked = self.right + self.wrong.len() as u32;
        if checked == 0 {
            return None;
        }
        let differs = self.wrong.first().map(|&(row, column, total, sum)| Differs {
            cell: gather.doubt_cell(header::at(sheet, row, column)),
            total,
            sum,
        });
        let sum = Sum { of: of.to_owned(), checked, agreed: self.right, tolerance: TOLERANCE, largest: self.largest, differs };
        gather.prove(sum.proof());
        if let Some(&(row, column, total, parts)) = self.wrong.first() {
            self.warn(gather, Place { sheet: gather.sheet_name(sheet), ..Place::file(gather.file).cell(row, column) }, total, parts);
        }
        Some(sum)
    }

    fn warn(&self, gather: &mut Gather<'_>, place: Place, total: f64, sum: f64) {
        let (row, column) = (place.row.unwrap_or_default(), place.column.clone().unwrap_or_default());
        let message = format!(
            "Filens total i rad {row}, kolumn {column} är {}, men delarna summerar till {}. Så är det i {} fall av {}.",
            swedish(total),
            swedish(sum),
            self.wrong.len(),
            self.right as usize + self.wrong.len()
        );
        let hint = "Kontrollera i källan. Utgivare som skyddar små tal lägger ibland till brus, och då behöver delarna inte summera exakt.";
        gather.warnings.push(Warning::new(message).at(place).hint(hint));
    }
}

/// Columns headed ”Totalt” whose neighbours under the same heading are their parts.
fn total_columns(measures: &[Measure]) -> Vec<TotalColumn> {
    let shape = |measure: &Measure| {
        let mut labels: Vec<&str> = measure.name.split(" › ").collect();
        let leaf = labels.pop().unwrap_or("").to_owned();
        (labels.join(" › "), leaf)
    };
    let mut groups: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (index, measure) in measures.iter().enumerate() {
        let (parent, leaf) = shape(measure);
        if measure.unit == Some(Unit::Count) && !parent.is_empty() {
            groups.entry(parent).or_default().push((index, leaf));
        }
    }
    let one = |members: Vec<(usize, String)>| {
        let totals: Vec<usize> = members.iter().filter(|(_, leaf)| words::is_total(leaf)).map(|(index, _)| *index).collect();
        let parts: Vec<usize> = members.iter().filter(|(_, leaf)| !words::is_total(leaf)).map(|(index, _)| *index).collect();
        match totals.as_slice() {
            [total] if parts.len() >= 2 => Some(TotalColumn { total: *total, parts }),
            _ => None,
        }
    };
    let over_time = measures.iter().enumerate().filter(|(_, measure)| !measure.sums.is_empty() && measure.unit != Some(Unit::Percent));
    let over_time = over_time.map(|(total, measure)| TotalColumn { total, parts: measure.sums.clone() });
    over_time.chain(groups.into_values().filter_map(one)).collect()
}

type Row = (usize, Option<u32>, Vec<Option<f64>>);

/// Counties over their municipalities and the country over its counties, where each place has one row.
fn groups(rows: &[Row], areas: &[AreaRef]) -> Vec<(usize, Vec<usize>, String)> {
    let area = |row: &Row| row.1.and_then(|index| areas.get(index as usize));
    let mut of_level: BTreeMap<AreaLevel, Vec<(usize, &str)>> = BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    for (index, row) in rows.iter().enumerate() {
        let Some(found) = area(row) else { continue };
        if !seen.insert(row.1) {
            return Vec::new();
        }
        if let Some(code) = &found.code {
            of_level.entry(found.level).or_default().push((index, code));
        }
    }
    let none = Vec::new();
    let at = |level: AreaLevel| of_level.get(&level).unwrap_or(&none);
    let mut groups = Vec::new();
    for (county, code) in at(AreaLevel::County) {
        let inside: Vec<usize> =
            at(AreaLevel::Municipality).iter().filter(|(_, other)| other.starts_with(code)).map(|(index, _)| *index).collect();
        let all = crate::reference::municipalities().iter().filter(|municipality| municipality.county == *code).count();
        if inside.len() >= 2 && inside.len() == all {
            let name = area(&rows[*county]).map_or("länet", |area| area.name.as_str());
            groups.push((*county, inside, format!("kommunerna i {name}")));
        }
    }
    if let ([(country, _)], counties) = (at(AreaLevel::Country).as_slice(), at(AreaLevel::County))
        && counties.len() == 21
    {
        groups.push((*country, counties.iter().map(|(index, _)| *index).collect(), "länen".to_owned()));
    }
    groups
}
