//! The header of a table, level by level: labels that reach over several columns, and labels broken over several rows.

use super::frame::{Frame, Ink, ink};
use crate::import::grid::{Cell, Sheet};
use crate::import::{period, unit};
use chrono::{Datelike, Months, NaiveDate};

/// The labels over one column, outermost first; blank where the level says nothing about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    pub levels: Vec<String>,
}

impl Heading {
    /// The innermost label.
    pub fn leaf(&self) -> &str {
        self.levels.iter().rev().find(|label| !label.is_empty()).map_or("", String::as_str)
    }

    pub fn shown(&self) -> String {
        let filled: Vec<&str> = self.levels.iter().map(String::as_str).filter(|label| !label.is_empty()).collect();
        filled.join(" › ")
    }
}

/// A header cell: its text, and over how many columns it reaches.
#[derive(Debug, Clone, Default, PartialEq)]
struct Label {
    text: String,
    /// First and one past the last column; a label of its own column only is one wide.
    first: usize,
    end: usize,
    period: bool,
    /// The file itself says which cells it stands in.
    merged: bool,
}

/// The headings of every column; `first` is the first column of values, whose labels may reach to the right.
pub fn headings(sheet: &Sheet, frame: &Frame, first: usize) -> Vec<Heading> {
    let mut grid: Vec<Vec<Label>> = frame.header.iter().map(|row| labels(sheet, *row, frame.width)).collect();
    for level in 0..grid.len() {
        reach(&mut grid, level, first);
    }
    let columns = (0..frame.width).map(|column| join(&grid, column, column < first));
    columns.collect()
}

fn labels(sheet: &Sheet, row: usize, width: usize) -> Vec<Label> {
    let months = names_months(sheet, row);
    let text = |cell: Cell<'_>| match cell {
        Cell::Date(moment) if months => moment.format("%Y-%m").to_string(),
        cell => cell.label(),
    };
    let label = |(column, cell): (usize, Cell<'_>)| Label {
        text: text(cell),
        first: column,
        end: column + 1,
        period: ink(cell) == Ink::Period,
        merged: false,
    };
    let mut labels: Vec<Label> = sheet.cells(row).take(width).enumerate().map(label).collect();
    labels.resize(width, Label::default());
    for column in 0..width {
        let Some(span) = sheet.merged.at(row, column) else { continue };
        let (first, end) = (span.columns.0 as usize, (span.columns.1 as usize + 1).min(width));
        let found = labels.get(first).cloned().unwrap_or_default();
        labels[column] = Label { first, end, merged: true, ..found };
    }
    labels
}

/// Excel keeps `jan-25` as the month's first day: such days, month after month over the columns, are months.
fn names_months(sheet: &Sheet, row: usize) -> bool {
    let dates = sheet.cells(row).filter_map(|cell| match cell {
        Cell::Date(moment) => Some(moment.date()),
        _ => None,
    });
    let dates: Vec<NaiveDate> = dates.collect();
    let next = |pair: &[NaiveDate]| pair[0].checked_add_months(Months::new(1)) == Some(pair[1]);
    dates.len() >= 2 && dates.iter().all(|date| date.day() == 1) && dates.windows(2).all(next)
}

/// Spreads the labels of a level to the right over blanks, within the label above and not past the next label.
///
/// The lowest level never spreads, and a label with nothing below it in its own column is that column's own.
fn reach(grid: &mut [Vec<Label>], level: usize, first: usize) {
    let width = grid[level].len();
    if level + 1 >= grid.len() {
        return;
    }
    for column in first + 1..width {
        let Some(left) = grid[level].get(column - 1).cloned().filter(|left| !left.text.is_empty()) else { continue };
        let blank = grid[level][column].text.is_empty() && !grid[level][column].merged && !left.merged;
        let same_above = level == 0 || {
            let (own, other) = (&grid[level - 1][column], &grid[level - 1][left.first]);
            own.first == other.first || own.text.is_empty() && other.text.is_empty()
        };
        let heads = grid[level + 1..].iter().any(|row| !row[left.first].text.is_empty());
        let continued = grid[level + 1..].iter().any(|row| !row[column].text.is_empty());
        if blank && same_above && heads && continued {
            grid[level][column] = Label { end: column + 1, ..left.clone() };
            grid[level][left.first..=column].iter_mut().for_each(|label| label.end = column + 1);
        }
    }
}

/// One column's labels with words broken over rows put together: `Ut-` over `landet`, `Övriga` over `länet`.
fn join(grid: &[Vec<Label>], column: usize, stub: bool) -> Heading {
    let mut levels: Vec<Label> = vec![Label::default(); grid.len()];
    let mut last: Option<usize> = None;
    for (level, row) in grid.iter().enumerate() {
        let label = &row[column];
        if label.text.is_empty() {
            continue;
        }
        let above = last.and_then(|above| levels.get_mut(above));
        match above.filter(|above| !stub && goes_on(above, label)) {
            Some(above) => append(&mut above.text, &label.text),
            None => {
                levels[level] = label.clone();
                last = Some(level);
            }
        }
    }
    Heading { levels: levels.into_iter().map(|label| label.text).collect() }
}

/// Whether `label` continues the one above: the same columns, and a hyphen or a small letter says so.
fn goes_on(above: &Label, label: &Label) -> bool {
    let same = above.first == label.first && above.end == label.end;
    let small = label.text.chars().next().is_some_and(char::is_lowercase);
    let says_itself = above.period || label.period || period::part(&above.text).is_some() || is_unit(&above.text) || is_unit(&label.text);
    same && (hyphenated(&above.text) || (small && !says_itself))
}

fn is_unit(text: &str) -> bool {
    unit::only(text).is_some()
}

fn hyphenated(text: &str) -> bool {
    text.ends_with('-') && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
}

fn append(text: &mut String, more: &str) {
    let small = more.chars().next().is_some_and(char::is_lowercase);
    if hyphenated(text) && small {
        text.pop();
    } else if !hyphenated(text) {
        text.push(' ');
    }
    text.push_str(more);
}
