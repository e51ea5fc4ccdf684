//! Cells pasted from a spreadsheet. A whole table with its periods is recognised as one; anything else is laid in as it stands.

use super::typed::{ANSWERED, TypedRow};
use super::{number, period, unit};
use serde::Serialize;
use ts_rs::TS;

/// What was pasted: a table with its periods, or, with `periods` empty, plain cells.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct Pasted {
    pub periods: Vec<String>,
    pub rows: Vec<TypedRow>,
    /// The cells as pasted, row by row.
    pub cells: Vec<Vec<String>>,
}

/// Reads what the clipboard holds after copying in a spreadsheet: rows by line, cells by tab, quoted where they hold either.
pub fn read(text: &str) -> Pasted {
    let cells = cells(text);
    let (periods, rows) = across(&cells).or_else(|| across(&turned(&cells))).unwrap_or_default();
    Pasted { periods, rows, cells }
}

fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = text.trim_end_matches(['\n', '\r']).chars().peekable();
    while let Some(c) = characters.next() {
        let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) else { break };
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            '\t' if !quoted => rows.last_mut().into_iter().for_each(|row| row.push(String::new())),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' => {}
            '\n' | '\t' => cell.push(' '),
            other => cell.push(other),
        }
    }
    rows.iter_mut().flatten().for_each(|cell| *cell = cell.trim().to_owned());
    rows
}

fn turned(cells: &[Vec<String>]) -> Vec<Vec<String>> {
    let width = cells.iter().map(Vec::len).max().unwrap_or(0);
    let at = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
    (0..width).map(|column| cells.iter().map(|row| at(row, column)).collect()).collect()
}

/// What a column of a pasted table holds.
enum Holds {
    Name,
    Unit,
    Value(String),
    /// How many answered, for the period of the nearest column to the left.
    Answered(usize),
}

type Rows = (Vec<String>, Vec<TypedRow>);

/// A table whose first row names periods and whose first column names what is counted; none where either is unsure.
fn across(cells: &[Vec<String>]) -> Option<Rows> {
    let (heads, body) = cells.split_first()?;
    let columns = heads.iter().enumerate().map(|(at, head)| holds(at, head, heads)).collect::<Option<Vec<_>>>()?;
    let periods: Vec<String> =
        columns.iter().filter_map(|c| if let Holds::Value(period) = c { Some(period.clone()) } else { None }).collect();
    let named = body.iter().filter_map(|row| row.first()).any(|name| is_name(name));
    if periods.is_empty() || !named {
        return None;
    }
    let filled = body.iter().filter(|row| row.iter().any(|cell| !cell.is_empty()));
    let rows = filled.flat_map(|row| typed(row, &columns, periods.len())).collect();
    Some((periods, rows))
}

fn holds(at: usize, head: &str, heads: &[String]) -> Option<Holds> {
    if at == 0 {
        return is_period(head).is_none().then_some(Holds::Name);
    }
    if ["enhet", "mått"].contains(&head.to_lowercase().as_str()) {
        return Some(Holds::Unit);
    }
    if let Some(period) = is_period(head) {
        return Some(Holds::Value(period));
    }
    let before = heads.get(..at)?.iter().rposition(|head| is_period(head).is_some())?;
    let answered = heads.get(..=before)?.iter().filter(|head| is_period(head).is_some()).count() - 1;
    is_answered(head).then_some(Holds::Answered(answered))
}

fn is_period(head: &str) -> Option<String> {
    period::parse(head).map(|_| head.to_owned())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && number::shape(text) == number::Shape::Text && period::parse(text).is_none()
}

/// `n`, `(n)`, `Antal svar`, also with its period after: `n 2024`.
fn is_answered(head: &str) -> bool {
    let lower = head.to_lowercase();
    let word: String = lower.chars().filter(|c| c.is_alphabetic() || *c == ' ').collect();
    ["n", "antal svar", "antal svar n", "antal svarande", "antal svarande n", "svarande", "bas"].contains(&word.trim())
}

fn typed(row: &[String], columns: &[Holds], width: usize) -> Vec<TypedRow> {
    let mut values = TypedRow { cells: vec![String::new(); width], ..TypedRow::default() };
    let mut answered = TypedRow { unit: ANSWERED.to_owned(), cells: vec![String::new(); width], ..TypedRow::default() };
    let mut next = 0;
    for (cell, holds) in row.iter().zip(columns) {
        match holds {
            Holds::Name if is_answered(cell) => values.unit = ANSWERED.to_owned(),
            Holds::Name => values.indicator.clone_from(cell),
            Holds::Unit => values.unit = unit_word(cell),
            Holds::Value(_) => {
                if let Some(place) = values.cells.get_mut(next) {
                    place.clone_from(cell);
                }
                next += 1;
            }
            Holds::Answered(of) => {
                if let Some(place) = answered.cells.get_mut(*of) {
                    place.clone_from(cell);
                }
            }
        }
    }
    if values.unit.is_empty() {
        values.unit = unit_word(&values.indicator);
    }
    let has_answered = answered.cells.iter().any(|cell| !cell.is_empty());
    std::iter::once(values).chain(has_answered.then_some(answered)).collect()
}

fn unit_word(text: &str) -> String {
    if is_answered(text) {
        return ANSWERED.to_owned();
    }
    unit::find(text).map(|unit| unit.word().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(indicator: &str, unit: &str, cells: &[&str]) -> TypedRow {
        TypedRow { indicator: indicator.into(), unit: unit.into(), cells: cells.iter().map(|c| (*c).to_owned()).collect() }
    }

    #[test]
    fn a_table_with_years_across_is_recognised() {
        let pasted = read("\t2023\t2024\t2025 prel.\r\nOtrygga kvällstid, %\t31,5\t..\t28,0\r\nn\t212\t198\t205\r\n");
        assert_eq!(pasted.periods, ["2023", "2024", "2025 prel."]);
        assert_eq!(pasted.rows, [row("Otrygga kvällstid, %", "procent", &["31,5", "..", "28,0"]), row("", "n", &["212", "198", "205"])]);
    }

    #[test]
    fn years_down_are_turned_and_an_n_column_goes_with_its_neighbour() {
        let pasted = read("År\tOtrygga (%)\tStölder, antal\n2023\t31,5\t1 204\n2024\t28\t998");
        assert_eq!(pasted.periods, ["2023", "2024"]);
        assert_eq!(pasted.rows, [row("Otrygga (%)", "procent", &["31,5", "28"]), row("Stölder, antal", "antal", &["1 204", "998"])]);
        let with_n = read("Uppgift\tEnhet\t2023\tn\t2024\tn\nOtrygga\t%\t31,5\t212\t28\t198");
        assert_eq!(with_n.rows, [row("Otrygga", "procent", &["31,5", "28"]), row("", "n", &["212", "198"])]);
    }

    #[test]
    fn plain_cells_stay_plain_even_when_they_look_like_years() {
        for text in ["2015\t2034\n1990\t2001", "1\t2\n3\t4", "31,5", "Otrygga\t31,5"] {
            let pasted = read(text);
            assert!(pasted.periods.is_empty() && pasted.rows.is_empty(), "{text}: {pasted:?}");
        }
        assert_eq!(read("\"rad ett\nrad två\"\t\"sa \"\"hej\"\"\"\n3").cells, [vec!["rad ett rad två", "sa \"hej\""], vec!["3"]]);
    }

    #[test]
    fn a_column_nobody_understands_is_laid_in_as_it_stands() {
        assert!(read("Uppgift\t2023\tKommentar\nOtrygga\t31,5\tosäkert").periods.is_empty());
    }
}
