//! The head of the proof: what would be stored of a file (places, periods, what is counted), sheet by sheet, and what would not and why.

use super::super::requests::{AreaCount, Names, Refused, SheetSummary, Summary};
use crate::import::batch::{AreaLevel, Batch, Period};
use crate::import::{Inspected, Rejection, Table};
use crate::store::observations::PATH_SEPARATOR;
use std::collections::{BTreeMap, BTreeSet};

/// Names told of each sort; the rest are only counted.
const FEW: usize = 4;
const MOST_REASONS: usize = 12;

pub fn summary(inspected: &Inspected) -> Summary {
    let batch = &inspected.batch;
    Summary {
        areas: areas(batch),
        indicators: names(counted(batch)),
        breakdowns: names(batch.breakdowns.iter().flat_map(|one| one.keys().cloned())),
        periods: ends(&periods(batch)),
        preliminary: preliminary(batch),
        symbols: batch.missing_symbols.iter().filter(|symbol| !symbol.trim().is_empty()).cloned().collect(),
        sheets: sheets(inspected),
        refused: refused(&inspected.rejections),
    }
}

/// What is counted: indicators, the categories of a list, the questions of a survey.
fn counted(batch: &Batch) -> impl Iterator<Item = String> {
    let paths = batch.indicators.iter().map(|indicator| indicator.path.join(PATH_SEPARATOR));
    let categories = batch.reports.iter().map(|report| &report.category).chain(batch.events.iter().map(|event| &event.category));
    let questions = batch.survey.iter().flat_map(|survey| &survey.questions).map(|question| question.text.clone());
    paths.chain(categories.cloned()).chain(questions)
}

/// Periods in the order of time; the days of a list.
fn periods(batch: &Batch) -> Vec<String> {
    let answered = batch.survey.iter().filter_map(|survey| survey.period.as_ref());
    let periods: BTreeSet<&Period> = batch.periods.iter().chain(answered).collect();
    let days: BTreeSet<&String> =
        batch.reports.iter().map(|report| &report.date).chain(batch.events.iter().map(|event| &event.date)).flatten().collect();
    periods.into_iter().map(|period| period.label.clone()).chain(days.into_iter().cloned()).collect()
}

fn ends(all: &[String]) -> Names {
    let few: Vec<String> = [all.first(), all.last()].into_iter().flatten().cloned().collect();
    Names { count: all.len() as u32, few }
}

fn names(all: impl Iterator<Item = String>) -> Names {
    let mut found: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    found.extend(all.filter(|name| !name.is_empty() && seen.insert(name.clone())));
    Names { count: found.len() as u32, few: found.into_iter().take(FEW).collect() }
}

fn areas(batch: &Batch) -> Vec<AreaCount> {
    let mut levels: BTreeMap<AreaLevel, Vec<String>> = BTreeMap::new();
    for area in &batch.areas {
        levels.entry(area.level).or_default().push(area.name.clone());
    }
    levels.into_iter().map(|(level, all)| AreaCount { level: word(level).to_owned(), names: names(all.into_iter()) }).collect()
}

fn word(level: AreaLevel) -> &'static str {
    match level {
        AreaLevel::Country => "country",
        AreaLevel::County => "county",
        AreaLevel::Municipality => "municipality",
        AreaLevel::District => "district",
        AreaLevel::Deso => "deso",
        AreaLevel::School => "school",
        AreaLevel::Place => "place",
        AreaLevel::Foreign => "foreign",
    }
}

fn preliminary(batch: &Batch) -> Vec<String> {
    let mut marked = vec![false; batch.periods.len()];
    for value in batch.values.iter().filter(|value| value.preliminary) {
        marked.get_mut(value.period as usize).into_iter().for_each(|mark| *mark = true);
    }
    let of = batch.periods.iter().zip(marked).filter(|(_, marked)| *marked);
    of.map(|(period, _)| period.label.clone()).collect()
}

/// The values of a long file are no longer here when they have been poured; it has one sheet, and its tally counts them.
fn sheets(inspected: &Inspected) -> Vec<SheetSummary> {
    let batch = &inspected.batch;
    let mut stored = vec![0; inspected.grid.sheets.len()];
    let mut count = |sheet: u16, n: u32| stored.get_mut(sheet as usize).into_iter().for_each(|held| *held += n);
    batch.values.iter().for_each(|value| count(value.cell.sheet, 1));
    batch.reports.iter().for_each(|report| count(report.sheet, 1));
    batch.events.iter().for_each(|event| count(event.sheet, 1));
    if let Some(survey) = &batch.survey {
        count(survey.sheet, inspected.tally.stored);
    }
    if let [only] = stored.as_mut_slice() {
        *only = inspected.tally.stored;
    }
    let of = inspected.grid.sheets.iter().zip(stored);
    of.map(|(sheet, stored)| {
        let here = |name: &Option<String>| name.as_deref().unwrap_or_default() == sheet.name;
        let tables: Vec<&Table> = inspected.description.tables.iter().filter(|table| here(&table.sheet)).collect();
        SheetSummary {
            name: sheet.name.clone(),
            rows: sheet.rows() as u32,
            tables: tables.len() as u32,
            stored,
            refused: inspected.rejections.iter().filter(|one| here(&one.sheet)).count() as u32,
        }
    })
    .collect()
}

/// The reasons, the most common first, each with the first cell it holds for.
fn refused(rejections: &[Rejection]) -> Vec<Refused> {
    let mut reasons: BTreeMap<&str, Refused> = BTreeMap::new();
    for one in rejections {
        let known = reasons.entry(&one.reason).or_insert_with(|| Refused { reason: one.reason.clone(), cells: 0, first: one.clone() });
        known.cells += 1;
    }
    let mut all: Vec<Refused> = reasons.into_values().collect();
    all.sort_by_key(|reason| std::cmp::Reverse(reason.cells));
    all.truncate(MOST_REASONS);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;
    use crate::reference::Known;

    #[test]
    fn the_head_of_the_proof_counts_what_the_file_holds() {
        let text = "Kommun;2022;2023;2024\nÅsele;-;17;31\nDorotea;4;fel;8\nMalå;1;2;3\n";
        let answers = [("dash".to_owned(), "skip".to_owned())].into();
        let inspected = import::inspect("brott.csv", text.as_bytes(), &Known::default(), &answers).unwrap();
        let told = summary(&inspected);
        assert_eq!(told.areas.iter().map(|a| (a.level.as_str(), a.names.count)).collect::<Vec<_>>(), [("municipality", 3)]);
        assert_eq!((told.periods.count, told.periods.few), (3, vec!["2022".to_owned(), "2024".to_owned()]));
        let refused: u32 = told.refused.iter().map(|reason| reason.cells).sum();
        assert_eq!(refused, inspected.tally.rejected);
        assert!(told.refused.iter().any(|reason| (reason.first.row, reason.first.column.as_str()) == (3, "C")));
        let [sheet] = told.sheets.as_slice() else { panic!("{:?}", told.sheets) };
        assert_eq!((sheet.rows, sheet.tables, sheet.stored, sheet.refused), (4, 1, inspected.tally.stored, refused));
    }

    #[test]
    fn a_list_is_counted_by_its_days_and_categories() {
        let text = "Datum;Plats;Kategori\n2026-03-02;Torget;Oro\n2026-03-01;Stationen;Klotter\n2026-03-02;Skolan;Oro\n";
        let inspected = import::inspect("sett.csv", text.as_bytes(), &Known::default(), &import::Answers::new()).unwrap();
        let told = summary(&inspected);
        assert_eq!((told.indicators.count, told.periods.count), (2, 2));
        assert_eq!(told.periods.few, ["2026-03-01", "2026-03-02"]);
    }
}
