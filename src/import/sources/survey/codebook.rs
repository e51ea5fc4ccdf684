//! A code book in the same workbook: what the codes of a column stand for. Without one, codes are shown as codes.

use crate::import::grid::{Grid, Sheet};
use crate::import::header;
use std::collections::BTreeMap;

const VARIABLE: [&str; 9] = ["frågeid", "fråge-id", "variabel", "variabelnamn", "variable", "kolumn", "frågenummer", "fråga", "frågenr"];
const CODE: [&str; 6] = ["kod", "värde", "code", "value", "svarskod", "koder"];
const LABEL: [&str; 9] =
    ["etikett", "värdeetikett", "svarsalternativ", "svar", "label", "betydelse", "beskrivning", "klartext", "alternativ"];
const QUESTION: [&str; 5] = ["frågetext", "frågeformulering", "variabeletikett", "question", "frågan"];

/// Whether a sheet tells what codes stand for and holds no answers.
pub fn is_one(sheet: &Sheet) -> bool {
    header::find(sheet, columns).is_some_and(|(_, found)| found.label.is_some() || found.across.len() >= 2)
}

/// Where a code book's columns stand: a code and its label on each row, or the codes across with a label in each cell.
struct Columns {
    variable: usize,
    question: Option<usize>,
    label: Option<(usize, usize)>,
    across: Vec<(usize, String)>,
}

fn columns(words: &[String]) -> Option<Columns> {
    let variable = header::column(words, &VARIABLE)?;
    let label = header::column(words, &CODE).zip(header::column(words, &LABEL));
    let question = header::column(words, &QUESTION);
    // `Labels, 0` heads the first code in exports of survey programs.
    let code = |word: &String| {
        word.rsplit(", ").next().filter(|code| !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned)
    };
    let across: Vec<(usize, String)> = words.iter().enumerate().filter_map(|(column, word)| Some((column, code(word)?))).collect();
    let told = label.is_some() || (question.is_some() && across.len() >= 2);
    told.then_some(Columns { variable, question, label, across })
}

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
        let Some((head, columns)) = header::find(sheet, columns) else { return };
        let mut current = String::new();
        for row in head + 1..sheet.rows() {
            let cell = |column: usize| sheet.cell(row, column).label();
            if !cell(columns.variable).is_empty() {
                current = header::word(&cell(columns.variable));
            }
            if current.is_empty() {
                continue;
            }
            let of_row = columns.label.map(|(code, label)| (cell(code), cell(label)));
            let across = columns.across.iter().map(|(column, code)| (code.clone(), cell(*column)));
            for (code, label) in of_row.into_iter().chain(across).filter(|(code, label)| !code.is_empty() && !label.is_empty()) {
                self.labels.entry(current.clone()).or_default().insert(code, label);
            }
            if let Some(text) = columns.question.map(cell).filter(|text| !text.is_empty()) {
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
