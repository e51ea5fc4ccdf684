//! A code book in the same workbook: what the codes of a column stand for. Without one, codes are shown as codes.

use crate::import::grid::{Grid, Sheet};
use crate::import::header;
use std::collections::BTreeMap;

const VARIABLE: [&str; 7] = ["variabel", "variabelnamn", "variable", "kolumn", "frågenummer", "fråga", "frågenr"];
const CODE: [&str; 6] = ["kod", "värde", "code", "value", "svarskod", "koder"];
const LABEL: [&str; 9] =
    ["etikett", "värdeetikett", "svarsalternativ", "svar", "label", "betydelse", "beskrivning", "klartext", "alternativ"];
const QUESTION: [&str; 5] = ["frågetext", "frågeformulering", "variabeletikett", "question", "frågan"];

/// Variable (header word) → its question's text, and code → label.
#[derive(Debug, Default)]
pub struct CodeBook {
    labels: BTreeMap<String, BTreeMap<String, String>>,
    questions: BTreeMap<String, String>,
}

impl CodeBook {
    /// Read from any other sheet that has columns for variable, code and label.
    pub fn find(grid: &Grid, survey: usize) -> Self {
        let mut book = Self::default();
        for sheet in grid.sheets.iter().enumerate().filter(|(index, _)| *index != survey).map(|(_, sheet)| sheet) {
            book.read(sheet);
        }
        book
    }

    fn read(&mut self, sheet: &Sheet) {
        let found = header::find(sheet, |words| {
            Some((
                header::column(words, &VARIABLE)?,
                header::column(words, &CODE)?,
                header::column(words, &LABEL)?,
                header::column(words, &QUESTION),
            ))
        });
        let Some((head, (variable, code, label, question))) = found else { return };
        let mut current = String::new();
        for row in head + 1..sheet.rows() {
            let cell = |column: usize| sheet.cell(row, column).label();
            if !cell(variable).is_empty() {
                current = header::word(&cell(variable));
            }
            if current.is_empty() {
                continue;
            }
            if !cell(code).is_empty() && !cell(label).is_empty() {
                self.labels.entry(current.clone()).or_default().insert(cell(code), cell(label));
            }
            if let Some(text) = question.map(cell).filter(|text| !text.is_empty()) {
                self.questions.entry(current.clone()).or_insert(text);
            }
        }
    }

    pub fn question(&self, word: &str) -> Option<&str> {
        self.questions.get(word).map(String::as_str)
    }

    /// What a code stands for in this column.
    pub fn label(&self, word: &str, code: &str) -> Option<&str> {
        self.labels.get(word)?.get(code).map(String::as_str)
    }

    pub fn knows(&self, word: &str) -> bool {
        self.labels.contains_key(word)
    }

    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The code's order of a variable's labels, which is the order of the questionnaire.
    pub fn order(&self, word: &str) -> Vec<String> {
        let mut codes: Vec<(&String, &String)> = self.labels.get(word).into_iter().flatten().collect();
        codes.sort_by_key(|(code, _)| (code.parse::<i64>().unwrap_or(i64::MAX), (*code).clone()));
        codes.into_iter().map(|(_, label)| label.clone()).collect()
    }
}
