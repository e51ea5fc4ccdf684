//! Dates and clock times in lists. A date such as 03/04/2025 means two days; which one is asked once per column.

use super::describe::Choice;
use super::gather::Gather;
use super::grid::Cell;
use super::header;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// Which comes first in `03/04/2025`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    DayMonth,
    MonthDay,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

/// The three numbers of `03/04/2025` or `3.4.2025`.
fn slashed(text: &str) -> Option<(u32, u32, i32)> {
    let head = text.split_whitespace().next()?;
    let mut parts = head.split(['/', '.']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let valid = parts.next().is_none() && year.len() == 4 && first.len() <= 2 && second.len() <= 2;
    if valid { Some((first.parse().ok()?, second.parse().ok()?, year.parse().ok()?)) } else { None }
}

/// The order of day and month in a column, asked when its cells fit both; and whether it waits for an answer.
pub fn order_of(gather: &mut Gather<'_>, sheet: usize, column: usize, rows: &[usize]) -> (Option<Order>, bool) {
    let Some(held) = gather.grid.sheets.get(sheet) else { return (None, false) };
    let texts: Vec<String> = rows.iter().filter_map(|row| held.cell(*row, column).as_text()).map(four_digit_year).collect();
    let (order, open) = proven_order(texts.iter().map(String::as_str));
    if !open {
        return (order, false);
    }
    let cells = rows.iter().take(5).map(|row| gather.doubt_cell(header::at(sheet, *row, column))).collect();
    let choices = vec![Choice::new("day_month", "Dag först, sedan månad"), Choice::new("month_day", "Månad först, sedan dag")];
    let answer = gather.ask("dates", "Datumen kan läsas på två sätt. Vad står först?".to_owned(), choices, cells);
    let order = answer.map(|answer| if answer == "month_day" { Order::MonthDay } else { Order::DayMonth });
    (order, order.is_none())
}

/// What a column's cells prove about the order; `None` when every cell fits both (then it is asked) or none needs it.
pub fn proven_order<'c>(texts: impl Iterator<Item = &'c str>) -> (Option<Order>, bool) {
    let (mut day_first, mut month_first, mut open) = (false, false, false);
    for (first, second, _) in texts.filter_map(slashed) {
        day_first |= first > 12;
        month_first |= second > 12;
        open |= first <= 12 && second <= 12 && first != second;
    }
    match (day_first, month_first) {
        (true, false) => (Some(Order::DayMonth), false),
        (false, true) => (Some(Order::MonthDay), false),
        _ => (None, open),
    }
}

/// The date in a cell, and its clock time if the cell has one.
pub fn read(cell: Cell<'_>, order: Option<Order>) -> Option<(NaiveDate, Option<NaiveTime>)> {
    match cell {
        Cell::Date(moment) => Some((moment.date(), Some(moment.time()).filter(|time| *time != NaiveTime::MIN))),
        Cell::Text(text) => from_text(text.trim(), order),
        Cell::Number(number) => compact(&format!("{number}")).map(|date| (date, None)),
        _ => None,
    }
}

/// `10/6/25 8:13:01` → `10/6/2025 8:13:01`: forms in English write the year with two digits, before a clock time.
pub fn four_digit_year(text: &str) -> String {
    let Some((day, time)) = text.trim().split_once(' ') else { return text.to_owned() };
    match day.rsplit_once('/') {
        // Not `2025/10/06`, whose last two digits are a day.
        Some((head, year)) if year.len() == 2 && head.matches('/').count() == 1 && head.len() <= 5 && time.contains(':') => {
            format!("{head}/20{year} {time}")
        }
        _ => text.to_owned(),
    }
}

pub fn from_text(text: &str, order: Option<Order>) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let moment = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M:%S"].iter();
    if let Some(moment) = moment.filter_map(|format| NaiveDateTime::parse_from_str(text, format).ok()).next() {
        return Some((moment.date(), Some(moment.time())));
    }
    if let Some(found) = stamped(text) {
        return Some(found);
    }
    let plain = ["%Y-%m-%d", "%Y/%m/%d"].iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok());
    if let Some(date) = plain.or_else(|| compact(text)).or_else(|| worded(text)) {
        return Some((date, None));
    }
    let (first, second, year) = slashed(text)?;
    let (day, month) = match order {
        Some(Order::MonthDay) => (second, first),
        Some(Order::DayMonth) => (first, second),
        None if first == second => (first, second),
        None => return None,
    };
    let tail = text.split_once(' ').and_then(|(_, rest)| clock(rest));
    NaiveDate::from_ymd_opt(year, month, day).map(|date| (date, tail))
}

/// A day with what may follow it: `2026-08-22 19:51:41 +02:00`, `2025/10/06 8:13:01 em CEST`, `2025-10-06 08.13.01`.
fn stamped(text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let (day, rest) = text.split_once([' ', 'T'])?;
    let date = ["%Y-%m-%d", "%Y/%m/%d"].iter().find_map(|format| NaiveDate::parse_from_str(day, format).ok())?;
    Some((date, Some(clock(rest)?)))
}

/// The clock time at the start of a text, with what comes after it: `8:13:01 em CEST`, `8:13:01 PM`.
fn clock(text: &str) -> Option<NaiveTime> {
    let mut words = text.split_whitespace();
    let time = time_text(words.next()?.trim_end_matches('Z').split(['+']).next()?)?;
    let half = words.next().map(str::to_lowercase).unwrap_or_default();
    match (half.as_str(), time.hour()) {
        ("em" | "pm" | "e.m." | "p.m.", 1..12) => time.with_hour(time.hour() + 12),
        ("fm" | "am" | "f.m." | "a.m.", 12) => time.with_hour(0),
        _ => Some(time),
    }
}

/// `20240305`.
fn compact(text: &str) -> Option<NaiveDate> {
    let plausible = text.len() == 8 && (text.starts_with("19") || text.starts_with("20"));
    plausible.then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok())?
}

/// `5 mars 2024`.
fn worded(text: &str) -> Option<NaiveDate> {
    let lower = text.to_lowercase();
    let mut words = lower.split_whitespace();
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|short| month.starts_with(short))? as u32 + 1;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.trim_end_matches('.').parse().ok()?)
}

/// The clock time in a cell.
pub fn time(cell: Cell<'_>) -> Option<NaiveTime> {
    match cell {
        Cell::Time(time) => Some(time),
        Cell::Date(moment) => Some(moment.time()),
        Cell::Text(text) => time_text(text),
        _ => None,
    }
}

/// `14:30`, `14.30`, `kl. 14:30`, `14:30:00`.
fn time_text(text: &str) -> Option<NaiveTime> {
    let text = text.trim().trim_start_matches("kl").trim_start_matches(['.', ' ']).replace('.', ":");
    ["%H:%M:%S", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(&text, format).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_doubtful_ones_are_not() {
        let date = |text: &'static str, order| read(Cell::Text(text), order).map(|(date, _)| date.to_string());
        for text in ["2024-03-05", "2024-03-05 14:30", "20240305", "5 mars 2024"] {
            assert_eq!(date(text, None).as_deref(), Some("2024-03-05"), "{text}");
        }
        assert_eq!(date("03/04/2025", None), None);
        assert_eq!(date("03/04/2025", Some(Order::DayMonth)).as_deref(), Some("2025-04-03"));
        assert_eq!(proven_order(["03/04/2025", "25/04/2025"].into_iter()), (Some(Order::DayMonth), false));
        assert_eq!(proven_order(["03/04/2025"].into_iter()), (None, true));
    }

    #[test]
    fn clock_times_are_read() {
        for text in ["14:30", "14.30", "kl. 14:30", "14:30:00"] {
            assert_eq!(time(Cell::Text(text)), NaiveTime::from_hms_opt(14, 30, 0), "{text}");
        }
        assert_eq!(time(Cell::Text("kväll")), None);
    }
}
