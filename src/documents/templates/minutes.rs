//! Protokoll från prioriteringen: what the group had in front of it, what it thought, and what it decided. Assessments are
//! told as counts; nothing here says what a single person thought.

use super::super::Order;
use super::super::outline::{Outline, Signature, Table, Text, numbers, text, words};
use super::evidence::Evidence;
use super::frame::{self, DRAFT, day, sentence};
use crate::checked::{Checked, Warning};
use crate::error::Result;
use crate::picture::question::Figure;
use crate::priorities::model::{Decision, Matrix, MatrixCell, Outcome, Problem, RoundResult, RoundView};
use crate::priorities::{self, rounds};
use crate::swedish;
use rusqlite::Connection;

/// More columns than this do not fit a page; the matrix goes on in a new table.
const PROBLEMS_A_TABLE: usize = 4;

pub fn outline(conn: &Connection, order: &Order) -> Result<Checked<Outline>> {
    let problems = priorities::all(conn)?;
    if problems.iter().all(|p| p.decision.is_none()) {
        return Err(frame::incomplete(
            "Det finns inga beslut att skriva protokoll om än.",
            "Gå till Prioritera och besluta om minst ett problem, med skäl.",
        ));
    }
    let round = rounds::newest(conn)?;
    let mut doc = cover(&problems, order);
    frame::practice(conn, &mut doc)?;
    present(&mut doc, &problems);
    basis(&mut doc, &priorities::matrix::matrix(conn)?, &problems);
    assessed(&mut doc, round.as_ref());
    decisions(&mut doc, &problems);
    put_aside(&mut doc, &problems);
    undecided(&mut doc, &problems);
    attested(&mut doc);
    Ok(Checked { warnings: warnings(&problems, round.as_ref()), value: doc })
}

fn decided(problems: &[Problem]) -> impl Iterator<Item = (&Problem, &Decision)> {
    problems.iter().filter_map(|p| Some((p, p.decision.as_ref()?)))
}

fn cover(problems: &[Problem], order: &Order) -> Outline {
    let mut dates: Vec<&str> = decided(problems).map(|(_, d)| d.date.as_str()).collect();
    dates.sort_unstable();
    dates.dedup();
    let days: Vec<String> = dates.iter().map(|d| day(d)).collect();
    Outline::new("Protokoll från prioriteringen")
        .subtitle(format!("Gemensam prioritering av brotts- och trygghetsproblem i {}", order.area))
        .draft(DRAFT)
        .date(order.today)
        .cover(swedish::plural(days.len() as u64, "Datum", "Datum för besluten"), swedish::list(&days))
        .cover("Plats", Text::default().blank("plats"))
        .cover("Diarienummer", Text::default().blank("diarienummer"))
}

fn present(doc: &mut Outline, problems: &[Problem]) {
    doc.h1("Närvarande");
    let mut groups: Vec<&str> = decided(problems).map(|(_, d)| d.present.trim()).filter(|p| !p.is_empty()).collect();
    groups.sort_unstable();
    groups.dedup();
    match groups.as_slice() {
        [] => doc.p(Text::default().blank("funktioner och organisationer som var med")),
        [one] => doc.bullets(one.split([',', ';', '\n']).map(str::trim).filter(|f| !f.is_empty()).map(swedish::capitalised)),
        several => doc.bullets(several.iter().map(|g| (*g).to_owned())),
    }
    doc.p("Deltagarna anges med funktion, inte med namn.");
}

fn basis(doc: &mut Outline, matrix: &Matrix, problems: &[Problem]) {
    doc.page_break();
    doc.h1("Underlag för samtalet");
    let scale: Vec<String> = matrix.scale.iter().enumerate().map(|(i, word)| format!("{} {word}", i + 1)).collect();
    doc.p(format!(
        "Gruppen gick igenom problemen mot samma grunder. Siffror kommer ur lägesbilden; övriga rutor är gruppens bedömning på skalan {}. \
         Matrisen är ett stöd för samtalet. Den räknar inte fram någon ordning.",
        swedish::list(&scale)
    ));
    let columns: Vec<usize> = (0..matrix.problems.len()).collect();
    for chunk in columns.chunks(PROBLEMS_A_TABLE) {
        doc.table(matrix_table(matrix, chunk, problems));
    }
}

fn matrix_table(matrix: &Matrix, chunk: &[usize], problems: &[Problem]) -> Table {
    let heads = chunk.iter().filter_map(|i| matrix.problems.get(*i)).map(|p| words(p.title.as_str()).weight(3));
    let from = if chunk.first() == Some(&0) { "" } else { " (forts.)" };
    let mut table = Table::new(format!("Problemen mot grunderna{from}"), std::iter::once(words("Grund").weight(2)).chain(heads));
    for row in &matrix.rows {
        let cell = |i: &usize| row.cells.get(*i).map(|c| matrix_cell(c, problems.get(*i), &matrix.scale)).unwrap_or_default();
        table.push(std::iter::once(text(row.criterion.name.clone())).chain(chunk.iter().map(cell)));
    }
    table
}

/// What the data says, with one note on where its numbers stand; else the group's word.
fn matrix_cell(cell: &MatrixCell, problem: Option<&Problem>, scale: &[String]) -> Text {
    let mut told = Text::default();
    for (i, line) in cell.lines.iter().enumerate() {
        told = told.plain(if i == 0 { "" } else { "\n" });
        told = line.perspective.map_or(told.clone(), |p| told.perspective(p)).plain(format!(" {}", line.text));
    }
    if cell.lines.iter().any(|line| line.text.chars().any(|c| c.is_ascii_digit())) {
        let figures = problem.map(|p| p.figures.as_slice()).unwrap_or_default();
        let source = |f: &Figure| format!("{}: {}", f.answer.perspective.word(), Evidence::pinned(f).newest_note());
        told = told.note(figures.iter().map(source).collect::<Vec<_>>().join(" "));
    }
    match cell.level {
        Some(level) => {
            told.plain(scale.get(usize::from(level).saturating_sub(1)).map_or_else(|| level.to_string(), |w| format!("{level} {w}")))
        }
        None if cell.lines.is_empty() => told.plain("inte bedömt"),
        None => told,
    }
}

/// Only after the reveal, and only counts.
fn assessed(doc: &mut Outline, round: Option<&RoundView>) {
    let Some(round) = round.filter(|r| r.revealed) else { return };
    doc.h1("Sluten bedömning");
    doc.p(format!(
        "{} bedömde vart och ett av problemen från 1 (minst viktigt) till 5 (viktigast) utan att se varandras svar. Tabellen visar hur många som gav varje \
         poäng, med störst spridning först.",
        swedish::capitalised(&swedish::counted(most_answers(round), "deltagare", "deltagare"))
    ));
    let columns = std::iter::once(words("Problem").weight(6)).chain((1..=5).map(|n| numbers(n.to_string()).weight(1)));
    let columns = columns.chain([numbers("Svar").weight(2), numbers("Median").weight(3), words("Samstämmighet").weight(6)]);
    let mut table = Table::new("Antal svar per poäng", columns);
    round.results.iter().for_each(|r| table.push(result_row(r)));
    doc.table(table);
}

fn most_answers(round: &RoundView) -> u64 {
    round.results.iter().map(|r| u64::from(r.answered)).max().unwrap_or(0)
}

fn result_row(result: &RoundResult) -> Vec<String> {
    let median =
        if result.answered == 0 { "–".into() } else { swedish::decimal(result.median, usize::from(result.median.fract() != 0.0)) };
    let counts = result.counts.iter().map(|n| swedish::count(*n));
    std::iter::once(result.title.clone()).chain(counts).chain([swedish::count(result.answered), median, result.agreement.clone()]).collect()
}

fn decisions(doc: &mut Outline, problems: &[Problem]) {
    doc.h1("Beslut: prioriterade problem");
    let chosen: Vec<_> = decided(problems).filter(|(_, d)| d.outcome == Outcome::Prioritised).collect();
    if chosen.is_empty() {
        doc.p("Gruppen prioriterade inget av problemen.");
    }
    for (problem, decision) in chosen {
        doc.h2(problem.title.clone());
        if !problem.description.trim().is_empty() {
            doc.p(sentence(&problem.description));
        }
        doc.p(text("").strong("Skäl: ").plain(sentence(&decision.reason)));
        if !decision.reservations.trim().is_empty() {
            doc.p(text("").strong("Reservation: ").plain(sentence(&decision.reservations)));
        }
        doc.p(text("").strong("Beslutat: ").plain(format!("den {}.", day(&decision.date))));
    }
}

fn put_aside(doc: &mut Outline, problems: &[Problem]) {
    for (outcome, heading) in [(Outcome::Deprioritised, "Bortprioriterat"), (Outcome::Parked, "Parkerat")] {
        let items: Vec<Text> = decided(problems).filter(|(_, d)| d.outcome == outcome).map(|(p, d)| aside(p, d)).collect();
        if !items.is_empty() {
            doc.h1(heading);
            doc.bullets(items);
        }
    }
}

fn aside(problem: &Problem, decision: &Decision) -> Text {
    let told = text("").strong(format!("{}. ", problem.title)).plain(sentence(&decision.reason));
    match decision.reservations.trim() {
        "" => told,
        reservation => told.plain(" ").emphasis("Reservation: ").plain(sentence(reservation)),
    }
}

fn undecided(doc: &mut Outline, problems: &[Problem]) {
    let left: Vec<String> = problems.iter().filter(|p| p.decision.is_none()).map(|p| p.title.clone()).collect();
    if !left.is_empty() {
        doc.h1("Utan beslut");
        doc.p("De här problemen fanns på listan men gruppen fattade inget beslut om dem.");
        doc.bullets(left);
    }
}

fn attested(doc: &mut Outline) {
    doc.h1("Justering");
    doc.signatures([
        Signature::new("Ordförande", "funktion"),
        Signature::new("Sekreterare", "funktion"),
        Signature::new("Justerare", "funktion"),
    ]);
}

fn warnings(problems: &[Problem], round: Option<&RoundView>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if round.is_some_and(|r| !r.revealed) {
        warnings.push(Warning::new("Den slutna bedömningen är inte visad än, så den står inte i protokollet."));
    }
    if decided(problems).any(|(_, d)| d.present.trim().is_empty()) {
        warnings.push(Warning::new("Ett beslut saknar uppgift om vilka som var med. Skriv funktioner under Prioritera."));
    }
    let open = problems.iter().filter(|p| p.decision.is_none()).count() as u64;
    if open > 0 {
        warnings.push(Warning::new(format!("{} saknar beslut.", swedish::counted(open, "problem", "problem"))));
    }
    warnings
}
