//! Labels down the side: each looked up once, and the tree that headings, indentation and "därav" make of them.

use super::footnotes::Footnotes;
use super::words;
use crate::import::grid::{Cell, Sheet};
use std::collections::HashMap;
use std::ops::Range;

/// A label of one column, by number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label {
    pub id: u32,
    pub total: bool,
}

/// The labels of one column. The row above is tried first, since labels repeat.
#[derive(Debug, Default)]
pub struct Names<'g> {
    last: Option<(Cell<'g>, Label)>,
    ids: HashMap<String, Label>,
    texts: Vec<String>,
}

impl<'g> Names<'g> {
    pub fn id(&mut self, cell: Cell<'g>, footnotes: &Footnotes) -> Label {
        if let Some((_, label)) = self.last.filter(|(before, _)| *before == cell) {
            return label;
        }
        let text = cell.label();
        let label = match self.ids.get(&text) {
            Some(&known) => known,
            None => {
                let clean = footnotes.clean(&text).replace('\u{a0}', " ");
                let label = Label { id: self.texts.len() as u32, total: words::is_total(&clean) };
                self.texts.push(clean);
                self.ids.insert(text, label);
                label
            }
        };
        self.last = Some((cell, label));
        label
    }

    pub fn text(&self, label: Label) -> &str {
        self.texts.get(label.id as usize).map_or("", String::as_str)
    }
}

/// Where a row stands under the headings and the less indented rows above it.
#[derive(Debug, Default)]
pub struct Tree {
    pub indented: bool,
    /// Headings without values, or less indented rows.
    above: Vec<(usize, String)>,
    own: Option<(usize, String)>,
    /// The latest row that is no part of another.
    whole: Option<String>,
    in_headings: bool,
    version: u32,
}

impl Tree {
    /// Whether the indentation in a column differs from row to row.
    pub fn is_indented(sheet: &Sheet, column: usize, rows: Range<usize>) -> bool {
        let filled = |row: &usize| matches!(sheet.cell(*row, column), Cell::Text(text) if !text.trim().is_empty());
        let mut depths = rows.take(500).filter(filled).map(|row| sheet.indent(row, column));
        let first = depths.next();
        depths.any(|depth| Some(depth) != first)
    }

    pub fn clear(&mut self) {
        *self = Self { indented: self.indented, version: self.version + 1, ..Self::default() };
    }

    /// A row with a label and no values.
    pub fn group(&mut self, label: &str, indent: usize) {
        if self.indented {
            self.settle();
            self.above.retain(|(depth, _)| *depth < indent);
        } else if !self.in_headings {
            self.above.clear();
        }
        self.above.push((indent, label.trim().to_owned()));
        self.own = None;
        self.whole = None;
        self.in_headings = true;
        self.version += 1;
    }

    /// A row with values.
    pub fn enter(&mut self, label: &str, indent: usize) {
        self.in_headings = false;
        if self.own.as_ref().is_some_and(|(depth, own)| *depth == indent && own == label.trim()) {
            return;
        }
        if self.indented {
            self.settle();
            self.above.retain(|(depth, _)| *depth < indent);
            self.version += 1;
        } else if words::is_part(label) {
            self.version += 1;
        }
        if !words::is_part(label) {
            if self.whole.is_some() && self.own.as_ref().is_some_and(|(_, own)| words::is_part(own)) {
                self.version += 1;
            }
            self.whole = Some(label.trim().to_owned());
        }
        self.own = Some((indent, label.trim().to_owned()));
    }

    fn settle(&mut self) {
        self.above.extend(self.own.take());
    }

    pub fn version(&self) -> u32 {
        self.version
    }

    /// The row's path, outermost first.
    pub fn path(&self) -> impl Iterator<Item = &str> {
        let own = self.own.as_ref().map(|(_, label)| label.as_str()).filter(|label| !label.is_empty());
        let part = own.is_some_and(words::is_part) && !self.indented;
        let whole = self.whole.as_deref().filter(|_| part);
        self.above.iter().map(|(_, label)| label.as_str()).chain(whole).chain(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(tree: &Tree) -> String {
        tree.path().collect::<Vec<_>>().join(" > ")
    }

    #[test]
    fn indentation_makes_the_path() {
        let mut tree = Tree { indented: true, ..Tree::default() };
        for (label, indent, expected) in [
            ("Totalt", 0, "Totalt"),
            ("Brott mot person", 2, "Totalt > Brott mot person"),
            ("Misshandel", 4, "Totalt > Brott mot person > Misshandel"),
            ("Hot", 4, "Totalt > Brott mot person > Hot"),
            ("Stöld", 2, "Totalt > Stöld"),
        ] {
            tree.enter(label, indent);
            assert_eq!(path(&tree), expected);
        }
    }

    #[test]
    fn headings_and_parts_make_the_path() {
        let mut tree = Tree::default();
        tree.group("Brott mot person", 0);
        tree.enter("Misshandel", 0);
        assert_eq!(path(&tree), "Brott mot person > Misshandel");
        tree.enter("därav utomhus", 0);
        assert_eq!(path(&tree), "Brott mot person > Misshandel > därav utomhus");
        tree.enter("Hot", 0);
        assert_eq!(path(&tree), "Brott mot person > Hot");
        tree.group("Stöld", 0);
        tree.group("i butik", 0);
        tree.enter("av mat", 0);
        assert_eq!(path(&tree), "Stöld > i butik > av mat");
        tree.group("Övrigt", 0);
        tree.enter("Annat", 0);
        assert_eq!(path(&tree), "Övrigt > Annat");
    }
}
