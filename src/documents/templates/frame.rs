//! What every document opens and closes with, so that the five look like one family.

use super::super::outline::{Outline, Signature, Text, text};
use crate::agreement::model::{AgreementView, GoalKind, Party, PartyKind};
use crate::checked::Warning;
use crate::error::{Code, Error, Result};
use crate::store::settings;
use crate::swedish;
use chrono::NaiveDate;
use rusqlite::Connection;

/// The mark of a document that nobody has decided on.
pub const DRAFT: &str = "UTKAST – arbetsmaterial";

/// Says so when the file is about an invented municipality.
pub fn practice(conn: &Connection, doc: &mut Outline) -> Result<()> {
    if settings::municipalities(conn)?.iter().any(|m| m.practice) {
        doc.callout("Övningsdata", "Kommunen finns inte. Siffror, platser och beslut är påhittade och får inte användas i verkligheten.");
    }
    Ok(())
}

pub fn incomplete(message: impl Into<String>, hint: impl Into<String>) -> Error {
    Error::new(Code::DocumentIncomplete, message).hint(hint)
}

/// What somebody has written, or a blank that says what to write.
pub fn written(value: &str, blank: &str) -> Text {
    let value = value.trim();
    if value.is_empty() { Text::default().blank(blank) } else { text(value) }
}

/// An ISO date as running text; anything else as it stands.
pub fn day(iso: &str) -> String {
    iso.parse::<NaiveDate>().map_or_else(|_| iso.to_owned(), swedish::date)
}

/// Ends a stretch of words that somebody wrote without its full stop.
pub fn sentence(words: &str) -> String {
    let words = swedish::capitalised(words.trim());
    if words.is_empty() || words.ends_with(['.', '!', '?', ':', '…']) { words } else { words + "." }
}

/// The municipality as its party is called in the agreement.
pub fn municipality(area: &str, parties: &[Party]) -> String {
    let own = parties.iter().find(|p| p.kind == PartyKind::Municipality && p.name.starts_with(area));
    own.map_or_else(|| crate::swedish::municipality(area), |p| p.name.clone())
}

pub fn signatures(parties: &[Party]) -> Vec<Signature> {
    parties.iter().map(|p| Signature::new(p.name.clone(), signatory(p))).collect()
}

pub fn signatory(party: &Party) -> String {
    match (party.signatory.trim(), party.kind) {
        ("", PartyKind::Municipality) => "Kommunstyrelsens ordförande".into(),
        ("", PartyKind::Police) => "Chef för lokalpolisområdet".into(),
        ("", _) => "Behörig företrädare".into(),
        (title, _) => swedish::capitalised(title),
    }
}

/// What a good agreement also has, and words that bind nobody: told beside the document, never in it.
pub fn warnings(view: &AgreementView) -> Vec<Warning> {
    let unmet =
        view.checks.iter().filter(|c| !c.met).map(|c| format!("Inte uppfyllt: {} ({}). {}", lower_first(&c.demand), c.section, c.hint));
    let waiting = view.waiting.iter().map(|w| format!("”{}” är prioriterat men är inget fokusområde än.", w.problem));
    unmet.chain(vague(view)).chain(unmeasured(view)).chain(waiting).chain(withdrawn(view)).map(Warning::new).collect()
}

fn vague(view: &AgreementView) -> Vec<String> {
    let goals = view.goals.iter().chain(view.focus_areas.iter().flat_map(|a| &a.goals));
    let goals = goals.flat_map(|g| g.advice.iter().map(move |a| format!("Målet ”{}”: {a}", g.goal.text)));
    let commitments = view.commitments.iter().chain(view.focus_areas.iter().flat_map(|a| &a.commitments));
    goals.chain(commitments.flat_map(|c| c.advice.iter().map(move |a| format!("Åtagandet ”{}”: {a}", c.commitment.text)))).collect()
}

/// A number in a goal's words that no figure stands behind.
fn unmeasured(view: &AgreementView) -> Vec<String> {
    let goals = view.goals.iter().chain(view.focus_areas.iter().flat_map(|a| &a.goals)).map(|g| &g.goal);
    let bare = goals.filter(|g| g.kind == GoalKind::Outcome && g.figure.is_none() && g.text.chars().any(|c| c.is_ascii_digit()));
    bare.map(|g| {
        format!("Effektmålet ”{}” nämner en siffra men är inte knutet till någon figur. Välj vilken figur som mäter målet.", g.text)
    })
    .collect()
}

fn withdrawn(view: &AgreementView) -> Vec<String> {
    let gone = view.focus_areas.iter().flat_map(|a| &a.figures).filter(|f| f.withdrawn);
    gone.map(|f| format!("Figur {} vilar på underlag som är borttaget. Läs in det igen eller fäst en ny siffra.", f.number)).collect()
}

pub fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
