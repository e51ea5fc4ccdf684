//! Survey exports: one row per respondent, one column per question or per choice, as web forms and panels write them.

mod codebook;
mod head;
mod stamps;

use super::{Look, Recognition, Source};
use crate::error::column_letters;
use crate::import::batch::{CellRef, Dataset, Question, QuestionRole, Respondent, Survey};
use crate::import::describe::{Choice, Column, Kind, Perspective, Table};
use crate::import::gather::{Gather, UNANSWERED};
use crate::import::grid::{Cell, Grid, Sheet};
use crate::import::number::{self, Shape};
use crate::import::questions::{self, Arranged, Given};
use crate::import::{header, period};
use codebook::CodeBook;
use head::{Head, Tick, Ticks};

pub static SOURCE: Source = Source {
    id: "survey",
    title: "enkätexport med en rad per svarande (till exempel från Microsoft eller Google Forms)",
    kind: Kind::Survey,
    perspective: Perspective::Residents,
    recognise,
    read,
};

/// Headers of statistics. A form asks in whole sentences, so without a question mark these mean a table of numbers.
const STATISTICAL: [&str; 14] = [
    "år",
    "period",
    "månad",
    "kvartal",
    "antal",
    "värde",
    "region",
    "regionkod",
    "kommun",
    "kommunkod",
    "län",
    "folkmängd",
    "andel",
    "procent",
];
/// The question that this source asks about a file without a form's marks, and the two answers.
pub const ASKED: &str = "kind";
pub const IS_SURVEY: &str = "survey";
pub const IS_OTHER: &str = "other";
/// What forms add by themselves, in Swedish and English.
const ADMINISTRATIVE: [&str; 30] = [
    "id",
    "senast ändrad",
    "tidpunkt för senaste ändring",
    "senast ändrat",
    "språk",
    "svarsid",
    "svars-id",
    "respondent-id",
    "respondent id",
    "collector id",
    "insamlar-id",
    "ip address",
    "ip-adress",
    "custom data 1",
    "last modified time",
    "language",
    "status",
    "poäng",
    "score",
    "total points",
    "totalpoäng",
    "totalt antal poäng",
    "quiz feedback",
    "quizfeedback",
    "feedback om testet",
    "löpnummer",
    "sändningsdatum",
    "enkätlänk",
    "svarstid",
    "source",
];

/// The sheet that holds the answers, and its header.
fn found(grid: &Grid) -> Option<(usize, Head)> {
    let mut likely = None;
    for (index, sheet) in grid.sheets.iter().enumerate() {
        let Some(head) = head::find(sheet) else { continue };
        if is_form(&words(&head)) {
            return Some((index, head));
        }
        if likely.is_none() && looks_answered(sheet, &head) {
            likely = Some((index, head));
        }
    }
    likely
}

/// Whether the file only tells what codes stand for.
pub fn is_code_book(grid: &Grid) -> bool {
    grid.sheets.first().is_some_and(codebook::is_one) && found(grid).is_none()
}

fn words(head: &Head) -> Vec<String> {
    head.labels.iter().map(|label| header::word(&label.text)).collect()
}

/// Headings that only a form writes.
fn is_form(words: &[String]) -> bool {
    let has = |word: &str| words.iter().any(|w| w == word);
    let asks = words.iter().any(|word| word.contains('?'));
    has("tidstämpel")
        || (has("timestamp") && asks)
        || (has("starttid") && has("slutförandetid"))
        || (has("start time") && has("completion time"))
        || (has("respondent id") && has("collector id"))
        || (asks && words.iter().any(|word| ["svarsdatum", "respondent-id", "svarsid", "svars-id"].contains(&word.as_str())))
}

fn recognise(look: &Look<'_>) -> Recognition {
    match found(look.grid) {
        Some((_, head)) if is_form(&words(&head)) => {
            Recognition::Certain(format!("rad {} har rubrikerna från ett webbformulär", head.rows.first().map_or(1, |row| row + 1)))
        }
        Some(_) => Recognition::Likely("samma få svar återkommer i nästan alla kolumner".to_owned()),
        None => Recognition::No,
    }
}

/// Many respondents, and in most columns a handful of answers that come back.
fn looks_answered(sheet: &Sheet, head: &Head) -> bool {
    let rows: Vec<usize> = (head.first_data_row..sheet.rows()).filter(|row| !sheet.is_blank(*row)).take(400).collect();
    let width = head.labels.len();
    let few = |column: usize| {
        let mut answers: Vec<String> = rows.iter().map(|row| sheet.cell(*row, column).label()).filter(|label| !label.is_empty()).collect();
        let total = answers.len();
        answers.sort_unstable();
        answers.dedup();
        total > 0 && answers.len() <= 20 && answers.len() * 3 <= total
    };
    let asked = (0..width).filter(|column| few(*column)).count();
    let words = words(head);
    let asks = words.iter().any(|word| word.contains('?'));
    let background = words.iter().any(|word| questions::is_background(word));
    let mostly_few = rows.len() >= 15 && width >= 4 && asked * 10 >= width * 7;
    mostly_few && (asks || (background && !is_statistics(sheet, &words, &rows)))
}

/// A table of numbers per year or place, whose few values come back just as answers do.
fn is_statistics(sheet: &Sheet, words: &[String], rows: &[usize]) -> bool {
    let headed = words.iter().any(|word| STATISTICAL.contains(&word.as_str()));
    let filled = |column: usize, fits: &dyn Fn(Cell<'_>) -> bool| {
        let cells: Vec<Cell<'_>> = rows.iter().map(|row| sheet.cell(*row, column)).filter(|cell| !cell.is_blank()).collect();
        !cells.is_empty() && cells.into_iter().all(fits)
    };
    let year = |cell: Cell<'_>| period::year(&cell.label()).is_some();
    let number = |cell: Cell<'_>| cell.as_number().is_some() || cell.as_text().is_some_and(|text| number::shape(text) != Shape::Text);
    let years: Vec<usize> = (0..words.len()).filter(|column| filled(*column, &year)).collect();
    headed || years.first().is_some_and(|first| (0..words.len()).any(|column| column != *first && filled(column, &number)))
}

/// Whether the header row alone tells a survey: questions in words, or what forms add by themselves.
fn says_survey(words: &[String]) -> bool {
    words.iter().any(|w| w.contains('?') || stamps::is_stamp(w) || ADMINISTRATIVE.contains(&w.as_str()))
}

/// Without a form's marks a person says what the rows are; nothing is kept before that.
fn is_confirmed(gather: &mut Gather<'_>, words: &[String]) -> bool {
    if says_survey(words) {
        return true;
    }
    let choices =
        vec![Choice::new(IS_SURVEY, "Ja, varje rad är en person som har svarat"), Choice::new(IS_OTHER, "Nej, det är något annat")];
    gather.ask(ASKED, "Är det här en enkät med en rad per svarande?".to_owned(), choices, Vec::new()).is_some()
}

/// One export being read.
struct Export<'a> {
    index: usize,
    sheet: &'a Sheet,
    head: Head,
    rows: Vec<usize>,
    codes: CodeBook,
}

/// A question with the way its cells are read.
struct Asked {
    question: Question,
    /// The choices, where each has a column of its own.
    ticks: Option<Vec<String>>,
    joined: Option<&'static str>,
    /// The header word, which is the variable's name in a code book.
    word: String,
}

fn read(gather: &mut Gather<'_>) {
    let grid = gather.grid;
    let Some((index, head)) = found(grid) else { return };
    let Some(sheet) = grid.sheets.get(index) else { return };
    let rows = (head.first_data_row..sheet.rows()).filter(|row| !sheet.is_blank(*row) && !sheet.is_continuation(*row));
    // A row with a stray separator says nothing of what the questions are, and its respondent is not counted.
    let (moved, rows): (Vec<usize>, Vec<usize>) = rows.partition(|row| gather.is_moved(index, *row));
    for row in moved {
        gather.reject_row(index, row);
    }
    let export = Export { index, sheet, head, rows, codes: CodeBook::find(grid, index) };
    let words = words(&export.head);
    let confirmed = is_confirmed(gather, &words);
    gather.batch.dataset = Dataset { publisher: "Egen enkät".to_owned(), name: "Enkät".to_owned() };
    let (period, placed) = export.when_and_where(gather, &words);
    let told = confirmed && placed;
    let given = export.given();
    let asked = export.questions(gather, &given);
    let mut survey = Survey { title: "Enkät".to_owned(), sheet: index as u16, period, ..Survey::default() };
    for &row in &export.rows {
        let labels: Vec<String> = sheet.cells(row).map(|cell| cell.label()).collect();
        let answers = asked.iter().map(|asked| export.answers(gather, asked, (row, &labels), told)).collect();
        survey.respondents.push(Respondent { row: row as u32, answers });
    }
    survey.questions = asked.into_iter().map(|asked| asked.question).collect();
    export.describe(gather, &survey);
    gather.batch.survey = told.then_some(survey);
}

impl Export<'_> {
    /// When it was answered, by its time stamps; a survey without them says neither year nor place, and both are asked.
    fn when_and_where(&self, gather: &mut Gather<'_>, words: &[String]) -> (Option<crate::import::batch::Period>, bool) {
        if let Some(column) = stamps::column(words) {
            return (stamps::period(gather, self.index, column, &self.rows), true);
        }
        let year = gather.ask_year();
        let in_rows = words.iter().any(|word| word == "kommun" || word.contains("vilken kommun"));
        let about = if in_rows { None } else { gather.ask_area("Vilken kommun gäller enkäten? Filen säger det inte.", Vec::new()) };
        gather.batch.about = about.map(|name| gather.place(&name).name);
        let placed = year.is_some() && (in_rows || gather.batch.about.is_some());
        (year.and_then(|year| period::parse(&year.to_string())).map(|stretch| stretch.period), placed)
    }

    /// The answers of each column, with how many gave them.
    fn given(&self) -> Vec<Given> {
        let mut given = vec![Given::new(); self.head.labels.len()];
        for &row in &self.rows {
            for (cell, given) in self.sheet.cells(row).zip(&mut given) {
                let label = cell.label();
                if label.is_empty() {
                    continue;
                }
                match given.get_mut(&label) {
                    Some(count) => *count += 1,
                    None => drop(given.insert(label, 1)),
                }
            }
        }
        given
    }

    fn questions(&self, gather: &mut Gather<'_>, given: &[Given]) -> Vec<Asked> {
        let groups: Vec<Ticks> = head::ticks(&self.head, given).into_iter().filter(|ticks| is_left_whole(gather, ticks)).collect();
        let mut asked = Vec::new();
        let mut column = 0;
        while column < self.head.labels.len() {
            if let Some(ticks) = groups.iter().find(|ticks| ticks.first == column) {
                asked.push(self.group(gather, ticks));
                column = ticks.last + 1;
            } else {
                asked.push(self.single(gather, column, given));
                column += 1;
            }
        }
        asked
    }

    /// One question whose choices have columns of their own.
    fn group(&self, gather: &mut Gather<'_>, ticks: &Ticks) -> Asked {
        let options: Vec<String> = ticks.options.iter().map(|option| option_name(option, &ticks.stem)).collect();
        gather.prove(format!(
            "Kolumn {}–{} är en fråga med flera svar, ”{}”: ett svar i varje kolumn.",
            column_letters(ticks.first),
            column_letters(ticks.last),
            ticks.stem
        ));
        let question = Question {
            text: ticks.stem.clone(),
            column: ticks.first as u16,
            last_column: ticks.last as u16,
            role: QuestionRole::Multi,
            options: options.clone(),
            outside: Vec::new(),
            worst: None,
        };
        Asked { question, ticks: Some(options), joined: None, word: String::new() }
    }

    fn single(&self, gather: &mut Gather<'_>, column: usize, given: &[Given]) -> Asked {
        let text = self.head.labels.get(column).map(|label| label.text.clone()).unwrap_or_default();
        let word = header::word(&text);
        let chosen = chosen_role(gather, column, &text);
        let shown = self.codes.question(&word).unwrap_or(&text).to_owned();
        let asked = |found: Arranged| Asked {
            question: Question {
                text: shown.clone(),
                column: column as u16,
                last_column: column as u16,
                role: found.role,
                options: found.options,
                outside: found.outside,
                worst: found.worst,
            },
            ticks: None,
            joined: found.joined,
            word: word.clone(),
        };
        if gather.personal.contains(&(self.index, column)) || (chosen.is_none() && is_administrative(&word)) {
            return asked(questions::arranged(QuestionRole::Ignore, &Given::new()));
        }
        let mut answers = Given::new();
        for (text, count) in given.get(column).into_iter().flatten() {
            *answers.entry(self.label(&word, text)).or_default() += count;
        }
        let mut found = chosen.map_or_else(|| questions::role(&word, &answers), |role| questions::as_role(&word, role, &answers));
        if found.role == QuestionRole::Multi && self.codes.knows(&word) {
            found.options = self.codes.order(&word);
        }
        if found.joined == Some(", ") {
            gather.prove(format!("Kolumn {} ”{text}” har flera svar i samma cell, delade vid komma.", column_letters(column)));
        }
        asked(found)
    }

    /// What an answer says, its code replaced by its label where the code book has one.
    fn label(&self, word: &str, text: &str) -> String {
        self.codes.label(word, text).unwrap_or(text).to_owned()
    }

    /// A respondent's answer to a question; `(row, labels)`: the line and what stands in its cells.
    fn answers(&self, gather: &mut Gather<'_>, asked: &Asked, line: (usize, &[String]), told: bool) -> Vec<String> {
        let (first, last) = (asked.question.column as usize, asked.question.last_column as usize);
        let text = |column: usize| line.1.get(column).map(String::as_str).unwrap_or_default();
        let Some(options) = &asked.ticks else {
            let kept = self.taken(gather, asked, header::at(self.index, line.0, first), text(first), told);
            return if kept { questions::split(&self.label(&asked.word, text(first)), asked.joined) } else { Vec::new() };
        };
        let (mut taken, mut shown) = (Vec::new(), false);
        for (column, option) in (first..=last).zip(options) {
            if self.taken(gather, asked, header::at(self.index, line.0, column), text(column), told) {
                shown = true;
                if head::tick(text(column), option) != Some(Tick::Not) {
                    taken.push(option.clone());
                }
            }
        }
        // Somebody who was shown the choices and took none has answered.
        if shown && taken.is_empty() { vec![String::new()] } else { taken }
    }

    /// Counts a cell, and says whether its answer is kept.
    fn taken(&self, gather: &mut Gather<'_>, asked: &Asked, at: CellRef, text: &str, told: bool) -> bool {
        if text.is_empty() {
            return false;
        }
        gather.tally.read += 1;
        if asked.question.role == QuestionRole::Ignore {
            gather.tally.skipped += 1;
            return false;
        }
        let open = (!told).then_some(UNANSWERED);
        if let Some(reason) = gather.distrusted(self.index, at.row as usize).or(open) {
            gather.tally.rejected += 1;
            gather.rejection(at, "(svar)".to_owned(), reason);
            return false;
        }
        gather.tally.stored += 1;
        true
    }

    fn columns_of(&self, question: &Question) -> Vec<Column> {
        let described = |column: u16| {
            let text = self.head.labels.get(column as usize).map_or(question.text.as_str(), |label| &label.text);
            let mut described = Column::new(column as usize, text, question.role.word());
            described.examples = question.options.iter().take(5).cloned().collect();
            described
        };
        (question.column..=question.last_column).map(described).collect()
    }

    fn describe(&self, gather: &mut Gather<'_>, survey: &Survey) {
        let columns = survey.questions.iter().flat_map(|question| self.columns_of(question)).collect();
        let asked = survey.questions.iter().filter(|question| question.role != QuestionRole::Ignore).count();
        gather.prove(format!("{} svarande och {asked} frågor; en rad per svarande.", survey.respondents.len()));
        if !self.codes.is_empty() {
            gather.prove("Koder är utbytta mot svarsalternativen i filens kodbok.");
        }
        gather.tables.push(Table {
            sheet: gather.sheet_name(self.index),
            header_rows: self.head.rows.iter().map(|row| *row as u32 + 1).collect(),
            first_data_row: self.head.first_data_row as u32 + 1,
            rows: survey.respondents.len() as u32,
            columns,
            ..Table::default()
        });
    }
}

/// What a person has said that a question is; asked of nobody, but shown and remembered as an answer once given.
fn chosen_role(gather: &mut Gather<'_>, column: usize, text: &str) -> Option<QuestionRole> {
    let role = gather.answers.get(&role_id(column)).and_then(|role| QuestionRole::from_word(role))?;
    let choices = QuestionRole::ALL.iter().map(|role| Choice::new(role.word(), role.swedish())).collect();
    gather.ask(&role_id(column), format!("Hur används ”{text}”?"), choices, Vec::new());
    Some(role)
}

/// The id of a person's word about a column: `role:C`.
fn role_id(column: usize) -> String {
    format!("role:{}", column_letters(column))
}

/// A person who says that one of the columns is something else takes the group apart.
fn is_left_whole(gather: &Gather<'_>, ticks: &Ticks) -> bool {
    (ticks.first..=ticks.last).all(|column| gather.answers.get(&role_id(column)).is_none_or(|role| role == QuestionRole::Multi.word()))
}

/// A choice that is only a number within its question is shown with it.
fn option_name(option: &str, stem: &str) -> String {
    if option.bytes().all(|b| b.is_ascii_digit()) { format!("{stem}_{option}") } else { option.to_owned() }
}

fn is_administrative(word: &str) -> bool {
    let added = ["points - ", "feedback - ", "poäng - ", "poäng – ", "feedback – "];
    stamps::is_stamp(word) || ADMINISTRATIVE.contains(&word) || added.iter().any(|start| word.starts_with(start))
}
