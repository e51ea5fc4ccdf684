//! The matrix: criteria × problems. Grounds after Brå, "Prioritera mellan problemen" (domain knowledge in docs/method.md):
//! how common, whether it grows, whether it differs, how many it touches, what harm it does, where and when it gathers,
//! and whether the parties can do something about it with what they have.

use super::model::{Criterion, Matrix, MatrixCell, MatrixLine, MatrixRow, Problem};
use crate::error::Result;
use crate::file::Tx;
use crate::perspective::Perspective;
use crate::picture::question::Figure;
use crate::picture::sentence;
use crate::picture::statistics::trend::Verdict;
use crate::store::problems;
use crate::swedish;
use rusqlite::Connection;

/// Name, help, what fills it from data.
const GROUNDS: &[(&str, &str, Option<&str>)] = &[
    ("Hur vanligt?", "Antal eller andel i de siffror som är fästa vid problemet.", Some("extent")),
    ("Hur utvecklas det?", "Bedömning av utvecklingen, med hänsyn till slumpen.", Some("trend")),
    ("Avviker det?", "Skiljer det sig från andra områden, eller mellan kommun, polis och invånare?", None),
    ("Hur allvarligt?", "Följder och skador, direkt och indirekt.", None),
    ("Påverkar det många?", "Hur många berörs eller oroas, även de som inte själva utsätts?", None),
    ("Samlas det?", "Är det samlat till vissa platser, tider eller grupper?", None),
    ("Kan vi påverka?", "Kan parterna göra något åt orsakerna?", None),
    ("Räcker resurserna?", "Finns tid, personal och pengar, eller går det att ordna?", None),
];

pub const SCALE: [&str; 4] = ["lite", "ganska lite", "ganska mycket", "mycket"];

/// Puts the grounds into a new file; they can be edited there.
pub fn found(tx: &mut Tx) -> Result<()> {
    for (name, help, computed) in GROUNDS {
        problems::insert_criterion(tx, name, help, *computed)?;
    }
    Ok(())
}

pub fn matrix(conn: &Connection) -> Result<Matrix> {
    let all = super::all(conn)?;
    let rows = problems::criteria(conn)?
        .into_iter()
        .map(|criterion| {
            let cells = all.iter().map(|p| cell(conn, &criterion, p)).collect::<Result<Vec<_>>>()?;
            Ok(MatrixRow { criterion, cells })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Matrix { problems: super::heads(conn)?, rows, scale: SCALE.map(str::to_owned).to_vec() })
}

fn cell(conn: &Connection, criterion: &Criterion, problem: &Problem) -> Result<MatrixCell> {
    let lines = match criterion.computed.as_deref() {
        Some("extent") => lines(problem, extent),
        Some("trend") => lines(problem, direction),
        _ => Vec::new(),
    };
    let level = problems::level(conn, &problem.id, &criterion.id)?;
    Ok(MatrixCell { computed: !lines.is_empty(), lines, level })
}

fn lines(problem: &Problem, words: impl Fn(&Figure) -> Option<String>) -> Vec<MatrixLine> {
    problem.figures.iter().filter_map(|f| Some(MatrixLine { perspective: Some(f.answer.perspective), text: words(f)? })).collect()
}

/// "31 brott", "41 iakttagelser", "38 % av 206".
fn extent(figure: &Figure) -> Option<String> {
    let last = figure.answer.last()?;
    let value = last.value?;
    Some(match (figure.answer.perspective, figure.answer.unit.as_str(), last.n) {
        (_, "procent", Some(n)) => format!("{} av{}{n}", swedish::percent(value, 0), swedish::NBSP),
        (Perspective::Police, "antal", _) => format!("{} brott", sentence::value(value, "antal")),
        (Perspective::Municipality, "antal", _) if figure.answer.title.starts_with("Fältrapporter") => {
            swedish::counted(value as u64, "iakttagelse", "iakttagelser")
        }
        (_, unit, _) => sentence::value(value, unit),
    })
}

fn direction(figure: &Figure) -> Option<String> {
    let verdict: Verdict = figure.answer.verdict;
    Some(verdict.with_arrow())
}
