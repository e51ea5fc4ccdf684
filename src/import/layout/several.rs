//! Several tables in one file: copies are left out, tables with the same headings are kept apart, sheets without values named.

use super::plan::Plan;
use super::{refuse, times};
use crate::import::gather::Gather;
use crate::import::grid::Cell;
use crate::import::unit;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Numbers that a row must have for its likeness to prove anything.
const FEWEST: usize = 3;

/// A table whose rows of numbers all stand in a table before it is its working copy: reading both would count twice.
pub fn leave_out_copies(gather: &mut Gather<'_>, plans: &mut Vec<Plan<'_>>) {
    let mut kept: Vec<BTreeSet<u64>> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    plans.retain(|plan| {
        let rows = fingerprints(plan);
        let original =
            kept.iter().position(|known| rows.len() >= 5 && rows.iter().filter(|row| known.contains(row)).count() * 20 >= rows.len() * 19);
        if let Some(index) = original {
            gather.prove(format!("Bladet ”{}” har samma tal som bladet ”{}” och lästes inte.", plan.sheet.name, names[index]));
            gather.explained.push(plan.sheet.name.clone());
            return false;
        }
        kept.push(rows);
        names.push(plan.sheet.name.clone());
        true
    });
}

fn fingerprints(plan: &Plan<'_>) -> BTreeSet<u64> {
    plan.frame.body.clone().filter_map(|row| fingerprint(plan.sheet.cells(row))).collect()
}

/// The row's numbers in order; those of one row rarely stand in another.
fn fingerprint<'c>(cells: impl Iterator<Item = Cell<'c>>) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let mut numbers = 0;
    for cell in cells {
        if let Some(number) = cell.as_number() {
            // Codes beside the names are not among the copied numbers.
            if number.fract() == 0.0 && numbers == 0 && crate::reference::by_code(&number.to_string()).is_some() {
                continue;
            }
            number.to_bits().hash(&mut hasher);
            numbers += 1;
        }
    }
    (numbers >= FEWEST).then(|| hasher.finish())
}

/// Tables with the same headings measure the same thing of something that only their titles or sheets name.
pub fn keep_apart(plans: &mut [Plan<'_>]) {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, plan) in plans.iter().enumerate() {
        groups.entry(signature(plan)).or_default().push(index);
    }
    for members in groups.into_values().filter(|members| members.len() > 1) {
        let titles: Vec<Vec<String>> = members.iter().map(|index| plans[*index].frame.titles.clone()).collect();
        for (position, &index) in members.iter().enumerate() {
            let shared = |title: &String| titles.iter().enumerate().any(|(other, theirs)| other != position && theirs.contains(title));
            let own = titles[position].iter().find(|title| !shared(title)).cloned();
            let sheet = Some(plans[index].sheet.name.trim().to_owned()).filter(|name| !name.is_empty());
            let alone = members.iter().filter(|other| plans[**other].index == plans[index].index).count() == 1;
            let label = own.or_else(|| sheet.filter(|_| alone));
            let label = label.filter(|label| !plans[index].says_place_or_time(label));
            plans[index].prefix = label.map(|label| unit::without(&times::split(&label).0).to_owned());
        }
    }
}

/// What the headings measure, whatever the periods.
fn signature(plan: &Plan<'_>) -> String {
    let measures =
        plan.measures.iter().map(|measure| format!("{:?}{:?}{:?}{:?}", measure.path, measure.breakdown, measure.unit, measure.area));
    measures.collect::<Vec<_>>().join("|")
}

/// Sheets that hold no values, by what they are.
pub fn name_the_rest(gather: &mut Gather<'_>) {
    let read: Vec<String> = gather.tables.iter().filter_map(|table| table.sheet.clone()).collect();
    for sheet in &gather.grid.sheets {
        if sheet.name.is_empty() || read.contains(&sheet.name) || gather.explained.contains(&sheet.name) {
            continue;
        }
        if let Some(kind) = refuse::kind(sheet, &gather.known) {
            gather.prove(format!("Bladet ”{}” är {} och lästes inte.", sheet.name, kind.word()));
            gather.explained.push(sheet.name.clone());
        }
    }
}
