//! When and where something gathers: a table of counts whose cells are darker the more there are, each with its number.

use super::backend::units;
use super::bars::TINT;
use super::sheet::{Area, Drawn, Sheet};
use super::{Chart, Table};
use crate::look::{Colour, Perspective, Theme};
use crate::swedish;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Heat {
    pub title: String,
    pub perspective: Perspective,
    /// What is counted: `rapporter`.
    pub unit: String,
    /// Heads of the columns, such as parts of the day: `06–12`.
    pub columns: Vec<String>,
    /// Heads of the rows, such as weekdays: `mån`.
    pub rows: Vec<String>,
    /// Row by row; `None` is not known (written `–`), which is not zero.
    #[ts(type = "(number | null)[][]")]
    pub cells: Vec<Vec<Option<u64>>>,
}

const CELL: (f64, f64) = (50.0, 20.0);
const GAP: f64 = 2.0;
const HEAD: f64 = 20.0;
const BASELINE: f64 = 14.5;

impl Heat {
    pub fn draw(&self, theme: Theme) -> Chart {
        let drawing = Sheet::drawn(theme, |sheet| self.plot(sheet));
        Chart::new(drawing, self.alt(), self.caption(), self.table())
    }

    fn plot(&self, sheet: &Sheet) -> Drawn {
        let quiet = sheet.quiet();
        let left = self.rows.iter().map(|r| quiet.width(r)).fold(0.0, f64::max) + 14.0;
        let wide = self.columns.iter().map(|c| quiet.width(c) + 10.0).fold(CELL.0, f64::max);
        let (columns, rows) = (self.columns.len(), self.rows.len());
        let area = sheet.area(left + (wide + GAP) * columns as f64, HEAD + (CELL.1 + GAP) * rows as f64);
        let (head, body) = area.split_vertically(units(HEAD));
        for (column, cell) in self.columns.iter().zip(head.split_horizontally(units(left)).1.split_evenly((1, columns))) {
            cell.draw(&quiet.middle().write(column, wide / 2.0, 13.0))?;
        }
        let (names, cells) = body.split_horizontally(units(left));
        for (row, cell) in self.rows.iter().zip(names.split_evenly((rows, 1))) {
            cell.draw(&quiet.end().write(row, left - 12.0, BASELINE))?;
        }
        let counts = (0..rows).flat_map(|i| self.row(i));
        counts.zip(cells.split_evenly((rows, columns))).try_for_each(|(n, cell)| self.draw_cell(sheet, &cell, wide, n))
    }

    /// As many cells as there are columns, whatever the spec holds.
    fn row(&self, index: usize) -> impl Iterator<Item = Option<u64>> + '_ {
        (0..self.columns.len()).map(move |j| self.cells.get(index).and_then(|r| r.get(j)).copied().flatten())
    }

    fn highest(&self) -> u64 {
        self.cells.iter().flatten().flatten().copied().max().unwrap_or(0)
    }

    fn draw_cell(&self, sheet: &Sheet, cell: &Area, wide: f64, n: Option<u64>) -> Drawn {
        let Some(n) = n else { return cell.draw(&sheet.quiet().middle().write("–", wide / 2.0, BASELINE)) };
        let colours = sheet.colours;
        let strength = strength(n, self.highest());
        let fill = colours.perspective(self.perspective).over(colours.paper, strength);
        let text = if fill.contrast(colours.ink) >= fill.contrast(colours.paper) { colours.ink } else { colours.paper };
        cell.margin(0, units(GAP), 0, units(GAP)).fill(&fill)?;
        let pen = if strength > TINT { sheet.ink().bold() } else { sheet.ink() };
        cell.draw(&pen.middle().filled(legible(text, fill)).write(swedish::count(n), wide / 2.0, BASELINE))
    }

    fn caption(&self) -> String {
        let sum: u64 = self.cells.iter().flatten().flatten().sum();
        format!("{} {} · {} {} · mörkare = fler", self.perspective.mark(), self.perspective.word(), swedish::count(sum), self.unit)
    }

    fn alt(&self) -> String {
        let head = format!("Tabell med färgade rutor. {}, {}: {}.", self.title, self.unit, self.perspective.word().to_lowercase());
        let highest = self.highest();
        let most: Vec<String> = (0..self.rows.len())
            .flat_map(|i| self.row(i).enumerate().filter(move |(_, n)| highest > 0 && *n == Some(highest)).map(move |(j, _)| (i, j)))
            .map(|(i, j)| format!("{} {}", self.rows[i], self.columns[j]))
            .collect();
        match most.as_slice() {
            [] => format!("{head} Inga {}.", self.unit),
            most if most.len() <= 3 => format!("{head} Flest: {} ({}).", swedish::list(most), swedish::count(highest)),
            _ => format!("{head} Högst {} i en ruta.", swedish::count(highest)),
        }
    }

    fn table(&self) -> Table {
        let columns = std::iter::once(String::new()).chain(self.columns.iter().cloned()).collect();
        let rows = self.rows.iter().enumerate().map(|(i, head)| {
            let cells = self.row(i).map(|n| n.map_or_else(|| "–".to_owned(), swedish::count));
            std::iter::once(head.clone()).chain(cells).collect()
        });
        Table { columns, rows: rows.collect() }
    }
}

/// Parts of 255: zero is nearly paper, one is seen, the highest is the full colour.
fn strength(n: u64, highest: u64) -> u8 {
    if n == 0 || highest == 0 {
        return 16;
    }
    // Few events: a single one must not look like the worst there is.
    let highest = highest.max(5);
    (20.0 + 235.0 * n as f64 / highest as f64) as u8
}

/// Black or white instead of ink or paper where a middle tint would leave the number hard to read.
fn legible(text: Colour, ground: Colour) -> Colour {
    if text.contrast(ground) >= 5.5 {
        return text;
    }
    let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
    if black.contrast(ground) >= white.contrast(ground) { black } else { white }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_can_be_read_on_its_cell() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let colours = theme.palette();
            for who in Perspective::ALL {
                for n in 0..=40 {
                    let fill = colours.perspective(who).over(colours.paper, strength(n, 40));
                    let text = if fill.contrast(colours.ink) >= fill.contrast(colours.paper) { colours.ink } else { colours.paper };
                    let ratio = legible(text, fill).contrast(fill);
                    assert!(ratio >= 4.5, "{theme:?} {who:?} {n}: {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn more_is_never_paler() {
        for highest in [1, 4, 6, 30, 1000] {
            assert!((0..highest).all(|n| strength(n, highest) <= strength(n + 1, highest)));
        }
        assert!(strength(1, 1) < strength(6, 6), "one single report is not a hot spot");
    }
}
