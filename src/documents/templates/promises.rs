//! Medborgarlöfte: the part of the agreement that the inhabitants can hold the parties to. Always a public document.

use super::super::Order;
use super::super::outline::{Outline, Text, text};
use super::evidence::{Evidence, fit_for_public, lead};
use super::frame::{self, DRAFT, sentence, written};
use crate::agreement::model::{AgreementView, CommitmentView, FocusAreaView, Party, PartyKind};
use crate::agreement::{self as deal};
use crate::checked::Checked;
use crate::error::Result;
use crate::picture::question::Figure;
use crate::swedish;
use rusqlite::Connection;

pub fn outline(conn: &Connection, order: &Order) -> Result<Checked<Outline>> {
    let view = deal::view(conn)?;
    let promised = promised(&view, order.area);
    if promised.is_empty() {
        return Err(frame::incomplete(
            "Inget åtagande är märkt som offentligt, så medborgarlöftet är tomt.",
            "Gå till Överenskommelse och märk minst ett åtagande ”Del av medborgarlöftet”.",
        ));
    }
    let parties = promisers(&promised, &view.parties);
    let mut doc = cover(&view, order);
    frame::practice(conn, &mut doc)?;
    introduction(&mut doc, &parties);
    short_picture(&mut doc, &view, &promised);
    promises(&mut doc, &promised, &view.parties);
    period(&mut doc, &view);
    follow_up(&mut doc);
    doc.h1("Underskrifter");
    doc.signatures(frame::signatures(&parties));
    Ok(Checked { warnings: frame::warnings(&view), value: doc })
}

/// Public commitments that concern the municipality: those of another municipality in the same agreement are not its promises.
fn promised<'a>(view: &'a AgreementView, area: &str) -> Vec<&'a CommitmentView> {
    let several = view.parties.iter().filter(|p| p.kind == PartyKind::Municipality).count() > 1;
    let own = |c: &&CommitmentView| {
        let mut municipalities = owners(c, &view.parties).into_iter().filter(|p| p.kind == PartyKind::Municipality).peekable();
        !several || municipalities.peek().is_none() || municipalities.any(|p| p.name.starts_with(area))
    };
    let all = view.focus_areas.iter().flat_map(|a| &a.commitments).chain(&view.commitments);
    all.filter(|c| c.commitment.public).filter(own).collect()
}

fn owners<'a>(view: &CommitmentView, parties: &'a [Party]) -> Vec<&'a Party> {
    parties.iter().filter(|p| view.commitment.parties.contains(&p.id)).collect()
}

fn promisers(promised: &[&CommitmentView], parties: &[Party]) -> Vec<Party> {
    parties.iter().filter(|p| promised.iter().any(|c| c.commitment.parties.contains(&p.id))).cloned().collect()
}

fn cover(view: &AgreementView, order: &Order) -> Outline {
    Outline::new(format!("Medborgarlöfte i {}", frame::municipality(order.area, &view.parties)))
        .draft(DRAFT)
        .date(order.today)
        .cover("Beslutsdatum", Text::default().blank("datum"))
        .cover("Diarienummer", written(&view.registry, "diarienummer"))
}

fn introduction(doc: &mut Outline, parties: &[Party]) {
    doc.h1("Inledning");
    let names: Vec<&str> = parties.iter().map(|p| p.name.as_str()).collect();
    let verb = if parties.len() == 1 { "berättar" } else { "berättar tillsammans" };
    doc.p(format!(
        "Här {verb} {} vad de ska göra för att färre ska utsättas för brott och fler ska känna sig trygga. Löftena bygger på vad kommunen, polisen och \
         invånarna ser, och på vad som går att göra i vardagen.",
        swedish::list(&names)
    ));
}

fn short_picture(doc: &mut Outline, view: &AgreementView, promised: &[&CommitmentView]) {
    let concerned = |area: &&FocusAreaView| promised.iter().any(|c| c.commitment.focus_area.as_ref() == Some(&area.area.id));
    let told: Vec<Text> = view.focus_areas.iter().filter(concerned).map(in_short).collect();
    if !told.is_empty() {
        doc.h1("Lägesbild i korthet");
        doc.bullets(told);
    }
}

/// The area's problem and the newest value of the figure that carries it.
fn in_short(area: &FocusAreaView) -> Text {
    let told = text("").strong(format!("{}. ", area.area.name));
    let public: Vec<Figure> = area.figures.iter().filter(|f| fit_for_public(&f.question, &f.answer)).cloned().collect();
    match lead(&public).or(public.first()) {
        Some(figure) => {
            let evidence = Evidence::pinned(figure);
            let told = told.plain(format!("{} ", evidence.title()));
            let verdict = format!(" Utvecklingen: {}.", evidence.answer.verdict.words());
            evidence.newest().plain(verdict).runs.into_iter().fold(told, Text::and)
        }
        None => told.plain(sentence(area.reason.as_deref().unwrap_or_default())),
    }
}

/// Under one heading per set of promisers, in the order police, municipality, together, others.
fn promises(doc: &mut Outline, promised: &[&CommitmentView], parties: &[Party]) {
    doc.h1("Vad vi lovar");
    let mut groups: Vec<(u8, String, Vec<Text>)> = Vec::new();
    for commitment in promised {
        let (rank, heading) = promiser(&owners(commitment, parties), parties);
        match groups.iter_mut().find(|(_, known, _)| *known == heading) {
            Some((.., texts)) => texts.push(promise(commitment)),
            None => groups.push((rank, heading, vec![promise(commitment)])),
        }
    }
    groups.sort_by_key(|(rank, ..)| *rank);
    for (_, heading, texts) in groups {
        doc.h2(heading);
        doc.bullets(texts);
    }
}

fn promiser(owners: &[&Party], parties: &[Party]) -> (u8, String) {
    let has = |kind| owners.iter().any(|p| p.kind == kind);
    let alone = |kind| parties.iter().filter(|p| p.kind == kind).count() == 1;
    let plain = alone(PartyKind::Municipality) && alone(PartyKind::Police);
    match (has(PartyKind::Police), has(PartyKind::Municipality), owners.len()) {
        (true, false, 1) if plain => (0, "Polisen lovar".into()),
        (false, true, 1) if plain => (1, "Kommunen lovar".into()),
        (true, true, 2) if plain => (2, "Kommunen och polisen lovar tillsammans".into()),
        (.., n) => {
            let names: Vec<&str> = owners.iter().map(|p| p.name.as_str()).collect();
            let together = if n > 1 { " tillsammans" } else { "" };
            (3, format!("{} lovar{together}", swedish::list(&names)))
        }
    }
}

/// What follows "lovar": the sentence of the agreement without who.
fn promise(view: &CommitmentView) -> Text {
    let words = view.sentence.split_once(" åtar sig ").map_or(view.sentence.as_str(), |(_, what)| what);
    text(words)
}

fn period(doc: &mut Outline, view: &AgreementView) {
    doc.h1("Så länge gäller löftet");
    doc.p(written(&view.validity_sentence.replace("Överenskommelsen", "Löftet"), "från och till vilken dag löftet gäller"));
}

fn follow_up(doc: &mut Outline) {
    doc.h1("Så följer vi upp");
    doc.p("Parterna går igenom varje löfte och berättar öppet hur det gick: vad som blev gjort, vad som inte blev det och varför.");
    doc.p(text("Återkopplingen finns ").blank("var och när invånarna kan läsa hur det gick").plain("."));
}
