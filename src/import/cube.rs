//! Statistics whose format names its dimensions (PC-Axis, JSON-stat) → the table that the statistics office would show.

use super::area;
use super::bytes::unreadable;
use super::grid::{Sheet, SheetWriter, encoded};
use super::header;
use super::layout::{Given, is_area_dimension};
use crate::error::Result;
use crate::reference::{self, Known};

/// A dimension and its values, as labels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dimension {
    pub name: String,
    pub labels: Vec<String>,
    /// As many as `labels`, or none.
    pub codes: Vec<String>,
}

/// A value as the file writes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    Number(f64),
    /// A symbol for a missing value, or nothing.
    Symbol(String),
}

/// A table of any number of dimensions; values in the order of the dimensions, the last one fastest.
#[derive(Debug, Default)]
pub struct Cube {
    pub title: String,
    pub publisher: Option<String>,
    pub unit: Option<String>,
    /// Down the left side.
    pub stub: Vec<Dimension>,
    /// Across the top.
    pub heading: Vec<Dimension>,
    pub rows: Rows,
    pub values: Vec<Datum>,
}

/// Which combinations of the stub have a row.
#[derive(Debug, Default)]
pub enum Rows {
    #[default]
    All,
    /// Only these: an index into each stub dimension.
    Some(Vec<Vec<usize>>),
}

/// More than the largest tables that the offices let anybody fetch, many times over.
const MOST_CELLS: usize = 20_000_000;

impl Cube {
    /// The number of values there must be. Errors: too many.
    pub fn size(&self) -> Result<usize> {
        let rows = match &self.rows {
            Rows::All => product(&self.stub),
            Rows::Some(rows) => Some(rows.len()),
        };
        let cells = rows.zip(product(&self.heading)).and_then(|(rows, columns)| rows.checked_mul(columns));
        cells
            .filter(|cells| *cells <= MOST_CELLS)
            .ok_or_else(|| unreadable("Tabellen är orimligt stor.").hint("Välj färre värden när du hämtar den."))
    }

    /// The table: stub labels on every row, one header row per dimension across the top.
    pub fn table(mut self, name: &str) -> Result<(Sheet, Given)> {
        self.stand_up();
        for dimension in self.stub.iter_mut().chain(&mut self.heading) {
            tell_apart(dimension);
            tell_places(dimension);
        }
        let size = self.size()?;
        if self.values.len() != size {
            let message = format!("Filen säger att tabellen har {size} värden, men det finns {}.", self.values.len());
            return Err(unreadable(&message).hint("Hämta filen på nytt från källan."));
        }
        let columns = product(&self.heading).unwrap_or(0);
        let mut writer = SheetWriter::new(name);
        for level in 0..self.heading.len() {
            for stub in &self.stub {
                writer.text(if level + 1 == self.heading.len() { &stub.name } else { "" });
            }
            (0..columns).for_each(|column| writer.text(label(&self.heading, column, level)));
            writer.end_row();
        }
        for (row, values) in self.values.chunks(columns.max(1)).enumerate() {
            for level in 0..self.stub.len() {
                writer.text(self.stub_label(row, level));
            }
            values.iter().for_each(|value| write(&mut writer, value));
            writer.end_row();
        }
        Ok((writer.finish(), self.given()))
    }

    /// A table needs a side and a top.
    fn stand_up(&mut self) {
        if self.stub.is_empty() && self.heading.len() > 1 {
            self.stub.push(self.heading.remove(0));
        }
        let alone = || Dimension { name: String::new(), labels: vec![self.title.clone()], codes: Vec::new() };
        if self.heading.is_empty() {
            self.heading = vec![alone()];
        } else if self.stub.is_empty() {
            self.stub = vec![alone()];
        }
    }

    fn stub_label(&self, row: usize, level: usize) -> &str {
        match &self.rows {
            Rows::All => label(&self.stub, row, level),
            Rows::Some(rows) => {
                let index = rows.get(row).and_then(|row| row.get(level)).copied().unwrap_or(usize::MAX);
                self.stub.get(level).and_then(|dimension| dimension.labels.get(index)).map_or("", String::as_str)
            }
        }
    }

    fn given(self) -> Given {
        Given {
            header_rows: self.heading.len(),
            stub_columns: self.stub.len(),
            level_names: self.stub.into_iter().chain(self.heading).map(|dimension| dimension.name).collect(),
            title: self.title,
            unit: self.unit,
            publisher: self.publisher,
        }
    }
}

/// The label of dimension `level` at a running number over all combinations.
fn label(dimensions: &[Dimension], number: usize, level: usize) -> &str {
    let faster = dimensions.get(level + 1..).and_then(product).unwrap_or(1).max(1);
    let Some(dimension) = dimensions.get(level) else { return "" };
    dimension.labels.get(number / faster % dimension.labels.len().max(1)).map_or("", String::as_str)
}

fn product(dimensions: &[Dimension]) -> Option<usize> {
    dimensions.iter().try_fold(1usize, |product, dimension| product.checked_mul(dimension.labels.len()))
}

/// Two values with the same label are two values: their codes tell them apart.
fn tell_apart(dimension: &mut Dimension) {
    let mut sorted: Vec<&str> = dimension.labels.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let twice: Vec<String> = sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].to_owned()).collect();
    for (index, label) in dimension.labels.iter_mut().enumerate().filter(|(_, label)| twice.binary_search(label).is_ok()) {
        *label = match dimension.codes.get(index) {
            Some(code) => format!("{code} {label}"),
            None => format!("{label} ({})", index + 1),
        };
    }
}

/// A place's code beside a name that alone would mean another place: `Stockholm` is a county under `01`, a municipality under `0180`.
fn tell_places(dimension: &mut Dimension) {
    let place = |code: &String| {
        code == "00" || code.len() == 2 && reference::county(code).is_some() || code.len() == 4 && reference::by_code(code).is_some()
    };
    if !is_area_dimension(&header::word(&dimension.name)) || dimension.codes.is_empty() || !dimension.codes.iter().all(place) {
        return;
    }
    for (label, code) in dimension.labels.iter_mut().zip(&dimension.codes) {
        let means = |text: &String| area::certain(text, &Known::default()).and_then(|place| place.code).as_ref() == Some(code);
        if !means(label) {
            let told = [format!("{code} {label}"), format!("{code} Region {label}")].into_iter().find(means);
            *label = told.unwrap_or_else(|| std::mem::take(label));
        }
    }
}

fn write(writer: &mut SheetWriter, value: &Datum) {
    match value {
        Datum::Number(number) => writer.raw(&encoded::number(*number)),
        Datum::Symbol(symbol) => writer.text(symbol),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dimension(name: &str, labels: &[&str]) -> Dimension {
        Dimension { name: name.to_owned(), labels: labels.iter().map(|l| (*l).to_owned()).collect(), codes: Vec::new() }
    }

    #[test]
    fn a_code_tells_which_place_a_name_means() {
        let labels = |names: &[&str], codes: &[&str]| {
            let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
            let mut dimension = Dimension { name: "region".to_owned(), labels: own(names), codes: own(codes) };
            tell_places(&mut dimension);
            dimension.labels
        };
        assert_eq!(labels(&["Stockholm", "Uppsala län", "Riket"], &["01", "03", "00"]), ["01 Region Stockholm", "Uppsala län", "Riket"]);
        assert_eq!(labels(&["Stockholm", "Åsele"], &["0180", "2463"]), ["Stockholm", "Åsele"]);
        assert_eq!(labels(&["Stockholm", "Andra"], &["0180", "x"]), ["Stockholm", "Andra"]);
        assert_eq!(area::certain("01 Region Stockholm", &Known::default()).and_then(|place| place.code).as_deref(), Some("01"));
    }

    #[test]
    fn labels_stand_on_every_row_and_over_every_column() {
        let cube = Cube {
            title: "T".to_owned(),
            stub: vec![dimension("region", &["Åsele", "Malå"])],
            heading: vec![dimension("kön", &["män", "kvinnor"]), dimension("år", &["2023", "2024"])],
            values: (0..8).map(|n| Datum::Number(f64::from(n))).collect(),
            ..Cube::default()
        };
        let (sheet, given) = cube.table("").unwrap();
        let rows = sheet.rows_text(0, sheet.rows());
        assert_eq!(rows[0], ["", "män", "män", "kvinnor", "kvinnor"]);
        assert_eq!(rows[1], ["region", "2023", "2024", "2023", "2024"]);
        assert_eq!(rows[3], ["Malå", "4", "5", "6", "7"]);
        assert_eq!((given.header_rows, given.stub_columns, given.level_names), (2, 1, vec!["region".into(), "kön".into(), "år".into()]));
    }

    #[test]
    fn a_table_that_does_not_have_what_it_says_is_refused() {
        let cube = Cube { stub: vec![dimension("region", &["Åsele"])], values: Vec::new(), ..Cube::default() };
        assert!(cube.table("").is_err());
    }

    #[test]
    fn the_same_label_twice_is_told_apart() {
        let mut twins = Dimension { codes: vec!["01".into(), "02".into(), "03".into()], ..dimension("d", &["Öbacka", "Öbacka", "Haga"]) };
        tell_apart(&mut twins);
        assert_eq!(twins.labels, ["01 Öbacka", "02 Öbacka", "Haga"]);
    }
}
