//! When a survey was answered: the time stamps that forms add.

use crate::import::batch::Period;
use crate::import::date::{self, Order};
use crate::import::gather::Gather;
use crate::import::{header, period};
use chrono::{Datelike, NaiveDate};

/// The last moment first: a survey is as old as its answers.
const STAMPS: [&str; 12] = [
    "slutförandetid",
    "completion time",
    "tidstämpel",
    "timestamp",
    "svarsdatum",
    "inskickat",
    "inskickad",
    "slutdatum",
    "end date",
    "starttid",
    "start time",
    "start date",
];

pub fn is_stamp(word: &str) -> bool {
    STAMPS.contains(&word)
}

/// The column that tells when each respondent answered.
pub fn column(words: &[String]) -> Option<usize> {
    header::column(words, &STAMPS)
}

/// The month, the year or the years of the stamps. Where day and month may be swapped a person is asked; the year stands
/// either way.
pub fn period(gather: &mut Gather<'_>, index: usize, column: usize, rows: &[usize]) -> Option<Period> {
    let sheet = gather.grid.sheets.get(index)?;
    let (order, open) = date::order_of(gather, index, column, rows);
    let read = |row: &usize| match sheet.cell(*row, column).as_text() {
        Some(text) => date::from_text(&date::four_digit_year(text), Some(order.unwrap_or(Order::DayMonth))),
        None => date::read(sheet.cell(*row, column), None),
    };
    let dates: Vec<NaiveDate> = rows.iter().filter_map(read).map(|(date, _)| date).collect();
    let (first, last) = (dates.iter().min()?, dates.iter().max()?);
    let text = if first.year() != last.year() {
        format!("{}-{}", first.year(), last.year())
    } else if first.month() == last.month() && !open {
        first.format("%Y-%m").to_string()
    } else {
        first.year().to_string()
    };
    period::parse(&text).map(|stretch| stretch.period)
}
