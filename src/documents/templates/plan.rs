//! Åtgärdsplan: Brå's six columns in their order, one table per focus area.

use super::super::Order;
use super::super::outline::{Outline, Table, Text, text, words};
use super::frame::{self, DRAFT, day, sentence, written};
use crate::agreement::clause;
use crate::agreement::model::{AgreementView, Commitment, CommitmentView, FocusAreaView, GoalKind, GoalView};
use crate::agreement::{self as deal};
use crate::checked::{Checked, Warning};
use crate::error::Result;
use crate::follow_up::model::Status;
use crate::store::agreements;
use crate::swedish;
use rusqlite::Connection;

pub fn outline(conn: &Connection, order: &Order) -> Result<Checked<Outline>> {
    let view = deal::view(conn)?;
    let areas: Vec<&FocusAreaView> = view.focus_areas.iter().filter(|a| !a.commitments.is_empty() || !a.goals.is_empty()).collect();
    if areas.is_empty() && view.commitments.is_empty() {
        return Err(frame::incomplete(
            "Det finns inga åtgärder att skriva in i planen än.",
            "Gå till Överenskommelse. Gör ett fokusområde av ett prioriterat problem och skriv vad parterna åtar sig.",
        ));
    }
    let mut doc = cover(&view, order);
    frame::practice(conn, &mut doc)?;
    introduction(&mut doc);
    for area in areas {
        focus_area(conn, &mut doc, area)?;
    }
    other_measures(conn, &mut doc, &view)?;
    follow_up(&mut doc, &view);
    Ok(Checked { warnings: warnings(&view), value: doc })
}

fn cover(view: &AgreementView, order: &Order) -> Outline {
    Outline::new(format!("Åtgärdsplan för {}", frame::municipality(order.area, &view.parties)))
        .subtitle("Vad vi gör åt orsakerna, när och av vem")
        .draft(DRAFT)
        .date(order.today)
        .cover("Beslutande organ", Text::default().blank("kommunstyrelsen eller den nämnd som fullmäktige utser"))
        .cover("Beslutsdatum", Text::default().blank("datum och paragraf"))
        .cover("Diarienummer", written(&view.registry, "diarienummer"))
        .cover("Läget i planen", format!("den {}", swedish::date(order.today)))
}

fn introduction(doc: &mut Outline) {
    doc.h1("Om planen");
    doc.p(
        "Kommunen beslutar om en plan för sina brottsförebyggande åtgärder med lägesbilden som underlag (5 § lagen 2023:196). Planen följs upp \
         minst vartannat år, samtidigt som lägesbilden uppdateras (6 §). Varje åtgärd står bredvid den orsak som den ska påverka.",
    );
    doc.p(text("Läget i sista kolumnen: ").plain(Status::ALL.map(|s| status_words(s).to_owned()).join(" · ")).plain("."));
}

impl Status {
    const ALL: [Self; 4] = [Self::Done, Self::UnderWay, Self::Behind, Self::NotStarted];
}

/// Shape and word, never colour.
fn status_words(status: Status) -> &'static str {
    match status {
        Status::Done => "✓ klart",
        Status::UnderWay => "→ pågår",
        Status::Behind => "! försenat",
        Status::NotStarted => "– inte påbörjat",
    }
}

fn focus_area(conn: &Connection, doc: &mut Outline, area: &FocusAreaView) -> Result<()> {
    doc.h1(area.area.name.clone());
    if let Some(problem) = &area.problem {
        doc.p(text("")
            .strong("Problemet: ")
            .plain(sentence(problem))
            .plain(" ")
            .plain(sentence(area.reason.as_deref().unwrap_or_default())));
    }
    let effects: Vec<String> = area.goals.iter().filter(|g| g.goal.kind == GoalKind::Outcome).map(|g| sentence(&g.goal.text)).collect();
    if !effects.is_empty() {
        doc.p(text("").strong("Det ska ändras: ").plain(effects.join(" ")));
    }
    doc.table(measures(conn, &area.area.name, &area.area.cause, &area.goals, &area.commitments)?);
    Ok(())
}

fn other_measures(conn: &Connection, doc: &mut Outline, view: &AgreementView) -> Result<()> {
    if view.commitments.is_empty() {
        return Ok(());
    }
    doc.h1("Övergripande åtgärder");
    doc.table(measures(conn, "Övergripande åtgärder", "", &view.goals, &view.commitments)?);
    Ok(())
}

fn measures(conn: &Connection, name: &str, cause: &str, goals: &[GoalView], commitments: &[CommitmentView]) -> Result<Table> {
    let columns = [
        words("Orsak").weight(5),
        words("Åtgärd").weight(6),
        words("Operativa mål").weight(5),
        words("När").weight(5),
        words("Vem").weight(5),
        words("Uppföljning").weight(5),
    ];
    let mut table = Table::new(format!("Åtgärder: {name}"), columns).plain_rows();
    let (mut causes, mut targets) = (written(&sentence(cause), "orsak"), operative(goals));
    for view in commitments {
        let commitment = &view.commitment;
        table.push([causes, text(sentence(&commitment.text)), targets, when(commitment), who(view), latest(conn, commitment)?]);
        (causes, targets) = (text("Som ovan"), text("Som ovan"));
    }
    if commitments.is_empty() {
        let blank = |what: &str| Text::default().blank(what);
        table.push([causes, blank("åtgärd"), targets, blank("tid"), blank("part"), blank("läge")]);
    }
    Ok(table)
}

fn operative(goals: &[GoalView]) -> Text {
    let own: Vec<String> = goals.iter().filter(|g| g.goal.kind != GoalKind::Outcome).map(|g| sentence(&g.goal.text)).collect();
    written(&own.join("\n"), "operativt mål")
}

fn when(commitment: &Commitment) -> Text {
    let often = commitment
        .count
        .zip(commitment.per)
        .map(|(n, per)| format!("Minst {n}{}{} {}", swedish::NBSP, swedish::plural(n.into(), "gång", "gånger"), clause::per_words(per)));
    let due = commitment.due.as_deref().map(|d| format!("senast den {}", day(d)));
    let told: Vec<String> = often.into_iter().chain(due).collect();
    written(&swedish::capitalised(&told.join(", ")), "tid")
}

/// The owners as the agreement's sentence names them.
fn who(view: &CommitmentView) -> Text {
    written(view.sentence.split_once(" åtar sig ").map_or("", |(who, _)| who), "part")
}

/// The newest check-in: shape, word and day.
fn latest(conn: &Connection, commitment: &Commitment) -> Result<Text> {
    let check_ins = agreements::check_ins(conn, &commitment.id)?;
    Ok(match check_ins.first() {
        None => text("Inte avstämd än"),
        Some(last) => {
            let note = if last.note.trim().is_empty() { String::new() } else { format!(" {}", sentence(&last.note)) };
            text("").strong(status_words(last.status)).plain(format!(", {}.{note}", last.date))
        }
    })
}

fn follow_up(doc: &mut Outline, view: &AgreementView) {
    doc.h1("Uppföljning av planen");
    doc.p(written(&sentence(&view.follow_up), "vem som följer upp, hur ofta och till vem"));
    doc.p(
        "Vid varje avstämning frågar vi: Vad är gjort av det som var planerat? Hur upplevdes det? Vad gjorde det lättare eller svårare? Vad \
         ändrade vi, och varför?",
    );
}

fn warnings(view: &AgreementView) -> Vec<Warning> {
    let mut warnings = frame::warnings(view);
    let unexplained = view.focus_areas.iter().filter(|a| a.area.cause.trim().is_empty());
    warnings
        .extend(unexplained.map(|a| Warning::new(format!("Fokusområdet ”{}” saknar orsaker. Åtgärder ska påverka orsaken.", a.area.name))));
    warnings
}
