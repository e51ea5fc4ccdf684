//! Samverkansöverenskommelse: what the parties want, what they know, what each of them will do, and for how long.

use super::super::Order;
use super::super::outline::{Outline, Text, text};
use super::evidence::{Evidence, lead};
use super::frame::{self, DRAFT, day, sentence, written};
use crate::agreement::model::{AgreementView, CommitmentView, FocusAreaView, GoalKind, GoalView, LawCheck};
use crate::agreement::{self as deal};
use crate::checked::Checked;
use crate::error::Result;
use crate::picture::question::Figure;
use crate::priorities::model::{Outcome, Problem};
use crate::priorities::{self};
use crate::swedish;
use rusqlite::Connection;

pub fn outline(conn: &Connection, order: &Order) -> Result<Checked<Outline>> {
    let view = deal::view(conn)?;
    refuse_unlawful(&view.checks)?;
    let problems = priorities::all(conn)?;
    let mut doc = cover(&view).date(order.today);
    frame::practice(conn, &mut doc)?;
    parties(&mut doc, &view);
    background(&mut doc, &view);
    purpose(&mut doc, &view);
    shared_picture(&mut doc, &view)?;
    focus_areas(&mut doc, &view, &problems);
    overall(&mut doc, &view);
    put_aside(&mut doc, &problems);
    follow_up(&mut doc, &view);
    validity(&mut doc, &view);
    signatures(&mut doc, &view);
    Ok(Checked { value: doc, warnings: frame::warnings(&view) })
}

/// 9 § asks for the purposes and the areas; without them it is no agreement.
fn refuse_unlawful(checks: &[LawCheck]) -> Result<()> {
    let missing: Vec<&LawCheck> = checks.iter().filter(|c| c.blocks && !c.met).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let demands: Vec<String> =
        missing.iter().map(|c| format!("{} ({})", frame::lower_first(c.demand.trim_end_matches(" framgår")), c.section)).collect();
    let hints: Vec<&str> = missing.iter().map(|c| c.hint.as_str()).collect();
    Err(frame::incomplete(
        format!("Överenskommelsen uppfyller inte lagen (2023:196) än. Det här måste stå i den: {}.", swedish::list(&demands)),
        format!("Gå till Överenskommelse. {}", hints.join(" ")),
    ))
}

fn cover(view: &AgreementView) -> Outline {
    let title = if view.title.trim().is_empty() { "Samverkansöverenskommelse" } else { view.title.trim() };
    let names: Vec<&str> = view.parties.iter().map(|p| p.name.as_str()).collect();
    Outline::new(title)
        .draft(DRAFT)
        .cover("Parter", written(&swedish::list(&names), "parter"))
        .cover("Giltighet", written(&view.validity_sentence, "giltighetstid"))
        .cover("Diarienummer", written(&view.registry, "diarienummer"))
        .cover("Beslutande organ", Text::default().blank("organ hos varje part"))
        .cover("Beslutsdatum", Text::default().blank("datum"))
}

fn parties(doc: &mut Outline, view: &AgreementView) {
    doc.h1("Parter");
    if view.parties.is_empty() {
        doc.p(Text::default().blank("parter"));
    }
    doc.bullets(
        view.parties.iter().map(|p| text(p.name.clone()).plain(format!(", företrädd av {}", frame::lower_first(&frame::signatory(p))))),
    );
}

fn background(doc: &mut Outline, view: &AgreementView) {
    doc.h1("Bakgrund");
    doc.p(
        "Brott förebyggs bäst när flera arbetar åt samma håll. Lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete ger därför \
         kommunen uppgiften att arbeta för skriftliga överenskommelser med dem som behövs. Av 9 § följer att en överenskommelse minst ska tala \
         om varför parterna samverkar och på vilka områden. Här står det under Syfte och Fokusområden.",
    );
    let dates = pin_dates(view);
    if let (Some(first), Some(last)) = (dates.first(), dates.last()) {
        let when = if first == last { format!("den {}", day(last)) } else { format!("mellan den {} och den {}", day(first), day(last)) };
        doc.p(format!(
            "Parterna har lagt sina bilder av läget bredvid varandra och valt vad som är viktigast utifrån dem. Siffrorna är hämtade {when} och \
             ändras inte när nytt underlag kommer. Fotnoterna visar var varje siffra står."
        ));
    }
}

fn pin_dates(view: &AgreementView) -> Vec<&str> {
    let mut dates: Vec<&str> = view.focus_areas.iter().flat_map(|a| &a.figures).map(|f| f.pinned.as_str()).collect();
    dates.sort_unstable();
    dates
}

fn purpose(doc: &mut Outline, view: &AgreementView) {
    doc.h1("Syfte");
    doc.p(sentence(&view.purpose));
}

fn shared_picture(doc: &mut Outline, view: &AgreementView) -> Result<()> {
    doc.h1("Gemensam lägesbild");
    for area in &view.focus_areas {
        doc.h2(area.area.name.clone());
        if area.figures.is_empty() {
            doc.p(text("Fokusområdet har ingen siffra. ").blank("underlag för fokusområdet"));
        }
        area.figures.iter().for_each(|figure| doc.p(Evidence::pinned(figure).paragraph()));
        if let Some(figure) = lead(&area.figures) {
            doc.figure(Evidence::pinned(figure).chart()?);
        }
    }
    Ok(())
}

fn focus_areas(doc: &mut Outline, view: &AgreementView, problems: &[Problem]) {
    doc.h1("Fokusområden");
    let names: Vec<String> = view.focus_areas.iter().map(|a| format!("”{}”", a.area.name)).collect();
    doc.p(format!("Samverkan gäller {}: {}.", swedish::counted(names.len() as u64, "område", "områden"), swedish::list(&names)));
    for area in &view.focus_areas {
        doc.h2(area.area.name.clone());
        why(doc, area, problems);
        goals(doc, &area.goals, view);
        commitments(doc, &area.commitments);
    }
}

/// The problem, the reason it was chosen and what lies behind it.
fn why(doc: &mut Outline, area: &FocusAreaView, problems: &[Problem]) {
    let problem = problems.iter().find(|p| p.decision.as_ref().is_some_and(|d| Some(&d.id) == area.area.decision.as_ref()));
    if let Some(problem) = problem {
        let title = if problem.description.trim().is_empty() { sentence(&problem.title) } else { format!("{}. ", problem.title) };
        doc.p(text("").strong("Problemet: ").plain(title).plain(sentence(&problem.description)));
    }
    if let Some(reason) = &area.reason {
        doc.p(text("").strong("Därför är det prioriterat: ").plain(sentence(reason)));
    }
    let cause = text("").strong("Troliga orsaker: ");
    let told = written(&sentence(&area.area.cause), "orsaker som parterna ser");
    doc.p(told.runs.into_iter().fold(cause, Text::and));
}

const KINDS: [(GoalKind, &str); 3] =
    [(GoalKind::Outcome, "Effektmål"), (GoalKind::Process, "Processmål"), (GoalKind::Output, "Produktionsmål")];

fn goals(doc: &mut Outline, goals: &[GoalView], view: &AgreementView) {
    if goals.is_empty() {
        return;
    }
    doc.h3("Mål");
    let figures: Vec<&Figure> = view.focus_areas.iter().flat_map(|a| &a.figures).collect();
    let of_kind = |kind: GoalKind| goals.iter().filter(move |g| g.goal.kind == kind);
    doc.bullets(KINDS.iter().flat_map(|(kind, word)| of_kind(*kind).map(|g| goal(g, word, &figures)).collect::<Vec<_>>()));
}

/// A goal with the figure that it will be measured by.
fn goal(view: &GoalView, kind: &str, figures: &[&Figure]) -> Text {
    let told = text("").strong(format!("{kind}: ")).plain(sentence(&view.goal.text));
    match figures.iter().find(|f| Some(&f.id) == view.goal.figure.as_ref()) {
        Some(figure) => told.note(format!("Målet följs upp med figur {}. {}", figure.number, Evidence::pinned(figure).newest_note())),
        None => told,
    }
}

fn commitments(doc: &mut Outline, commitments: &[CommitmentView]) {
    if commitments.is_empty() {
        return;
    }
    doc.h3("Åtaganden");
    doc.bullets(commitments.iter().map(|c| c.sentence.clone()));
}

fn overall(doc: &mut Outline, view: &AgreementView) {
    if view.goals.is_empty() && view.commitments.is_empty() {
        return;
    }
    doc.h1("Övergripande mål och åtaganden");
    goals(doc, &view.goals, view);
    commitments(doc, &view.commitments);
}

/// What was not chosen, and why: recorded as carefully as what was.
fn put_aside(doc: &mut Outline, problems: &[Problem]) {
    let aside = problems.iter().filter_map(|p| {
        let decision = p.decision.as_ref().filter(|d| d.outcome == Outcome::Deprioritised)?;
        Some(text("").strong(format!("{}. ", p.title)).plain(sentence(&decision.reason)))
    });
    let aside: Vec<Text> = aside.collect();
    if aside.is_empty() {
        return;
    }
    doc.h1("Bortprioriterade problem");
    doc.p("Parterna har också gått igenom de här problemen och valt att inte lägga gemensamma insatser på dem under perioden.");
    doc.bullets(aside);
}

fn follow_up(doc: &mut Outline, view: &AgreementView) {
    doc.h1("Uppföljning");
    doc.p(written(&sentence(&view.follow_up), "vem som följer upp, hur ofta och till vem"));
    doc.p("Uppföljningen ställer samma frågor till underlaget en gång till, så att varje mål kan jämföras med siffran som det bygger på.");
}

fn validity(doc: &mut Outline, view: &AgreementView) {
    doc.h1("Giltighet");
    doc.p(written(&view.validity_sentence, "från och till vilken dag överenskommelsen gäller"));
}

fn signatures(doc: &mut Outline, view: &AgreementView) {
    doc.h1("Underskrifter");
    doc.signatures(frame::signatures(&view.parties));
}
