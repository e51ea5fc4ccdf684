//! When a survey was answered: the time stamps that forms add.

use crate::import::batch::Period;
use crate::import::date::{self, Order};
use crate::import::describe::Choice;
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
    let texts: Vec<String> = rows.iter().filter_map(|row| sheet.cell(*row, column).as_text()).map(date::four_digit_year).collect();
    let (proven, open) = date::proven_order(texts.iter().map(String::as_str));
    let order = if open { ask_order(gather, index, column, rows) } else { proven };
    let read = |row: &usize| match sheet.cell(*row, column).as_text() {
        Some(text) => date::from_text(&date::four_digit_year(text), Some(order.unwrap_or(Order::DayMonth))),
        None => date::read(sheet.cell(*row, column), None),
    };
    let dates: Vec<NaiveDate> = rows.iter().filter_map(read).map(|(date, _)| date).collect();
    let (first, last) = (dates.iter().min()?, dates.iter().max()?);
    let text = if first.year() != last.year() {
        format!("{}-{}", first.year(), last.year())
    } else if first.month() == last.month() && !(open && order.is_none()) {
        first.format("%Y-%m").to_string()
    } else {
        first.year().to_string()
    };
    period::parse(&text).map(|stretch| stretch.period)
}

fn ask_order(gather: &mut Gather<'_>, index: usize, column: usize, rows: &[usize]) -> Option<Order> {
    let cells = rows.iter().take(5).map(|row| gather.doubt_cell(header::at(index, *row, column))).collect();
    let choices = vec![Choice::new("day_month", "Dag först, sedan månad"), Choice::new("month_day", "Månad först, sedan dag")];
    let answer = gather.ask("dates", "Datumen kan läsas på två sätt. Vad står först?".to_owned(), choices, cells);
    answer.map(|answer| if answer == "month_day" { Order::MonthDay } else { Order::DayMonth })
}
