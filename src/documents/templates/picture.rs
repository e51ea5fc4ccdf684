//! Lägesbild: the three parts that 4 § asks for, with kommun, polis and invånare side by side. The public version leaves out
//! what belongs to the room: quotes, groups of respondents, places and numbers that may be about few people.

use super::super::Order;
use super::super::outline::{Outline, Table, Text, text, words};
use super::evidence::{Evidence, PUBLIC_MINIMUM, fit_for_public};
use super::frame::{self, DRAFT, day, sentence};
use crate::agreement::{self as deal};
use crate::checked::{Checked, Warning};
use crate::error::Result;
use crate::perspective::Perspective;
use crate::picture::disagreement::{self, Seen};
use crate::picture::overview::overview;
use crate::picture::profile::profile;
use crate::picture::question::{Answer, ChartView};
use crate::picture::views::{CellState, Disagreement, DisagreementKind, Overview, PerspectiveCell, Profile, ThemeRow};
use crate::picture::{ask, question::Question};
use crate::priorities::model::{Outcome, Problem};
use crate::priorities::{self};
use crate::store::notes::NoteKind;
use crate::store::sources::{self, Source};
use crate::swedish;
use rusqlite::Connection;

/// Themes that get their charts; the rest are told in words and numbers.
const CHARTED_THEMES: usize = 3;

/// Fewest reports from a place that the public version names.
const PUBLIC_PLACE: u32 = 10;

/// One theme as this document tells it.
struct Told {
    row: ThemeRow,
    profile: Profile,
    /// In the order of the perspectives; `None` where there is nothing to tell, or nothing for the public.
    answers: [Option<(Question, Answer)>; 3],
    disagreement: Disagreement,
}

/// What all parts of the document are written from.
struct Material {
    overview: Overview,
    themes: Vec<Told>,
    problems: Vec<Problem>,
    sources: Vec<Source>,
}

pub fn outline(conn: &Connection, order: &Order) -> Result<Checked<Outline>> {
    let material = gather(conn, order)?;
    if material.themes.is_empty() {
        return Err(frame::incomplete(
            "Det finns inget underlag att skriva en lägesbild av än.",
            "Gå till Underlag och läs in minst en fil.",
        ));
    }
    let mut doc = cover(conn, order)?;
    frame::practice(conn, &mut doc)?;
    introduction(&mut doc, order, &material);
    survey_of_crime(&mut doc, order, &material)?;
    consequences(&mut doc, conn, &material)?;
    other_information(&mut doc, order, &material);
    analysis(&mut doc, conn, &material)?;
    method(&mut doc, &material);
    bibliography(&mut doc, &material.sources);
    Ok(Checked { warnings: warnings(&material), value: doc })
}

fn gather(conn: &Connection, order: &Order) -> Result<Material> {
    let mut overview = overview(conn, order.area)?;
    let rows = std::mem::take(&mut overview.themes);
    let themes = rows.into_iter().map(|row| told(conn, order, row)).collect::<Result<_>>()?;
    Ok(Material { overview, themes, problems: priorities::all(conn)?, sources: sources::live(conn)? })
}

fn told(conn: &Connection, order: &Order, row: ThemeRow) -> Result<Told> {
    let answer = |cell: &PerspectiveCell| -> Result<Option<(Question, Answer)>> {
        let Some(question) = cell.question.clone().filter(|_| cell.state == CellState::Data) else { return Ok(None) };
        let answer = ask(conn, &question)?;
        Ok(Some((question, answer)))
    };
    let answers = [answer(&row.municipality)?, answer(&row.police)?, answer(&row.residents)?];
    let disagreement = disagreement(&row, &answers);
    let fit = |asked: &(Question, Answer)| !order.public || fit_for_public(&asked.0, &asked.1);
    let answers = answers.map(|a| a.filter(fit));
    Ok(Told { profile: profile(conn, order.area, &row.theme)?, disagreement, answers, row })
}

/// Judged without the group that stands out: the groups are told apart, and only inside.
fn disagreement(row: &ThemeRow, answers: &[Option<(Question, Answer)>; 3]) -> Disagreement {
    let value = |i: usize| answers[i].as_ref().and_then(|(_, a)| a.last()).and_then(|p| p.value);
    let seen = [
        Seen { cell: &row.municipality, value: value(0), percent: false },
        Seen { cell: &row.police, value: value(1), percent: false },
        Seen { cell: &row.residents, value: value(2), percent: true },
    ];
    disagreement::judge(&seen, None)
}

fn cover(conn: &Connection, order: &Order) -> Result<Outline> {
    let name = frame::municipality(order.area, &deal::view(conn)?.parties);
    let (subtitle, mark) = match order.public {
        true => ("Version för publicering", "UTKAST – version för publicering"),
        false => ("Intern version för samverkan", DRAFT),
    };
    Ok(Outline::new(format!("Lägesbild över brott och trygghet i {name}"))
        .subtitle(subtitle)
        .draft(mark)
        .date(order.today)
        .cover("Läget", format!("den {}", swedish::date(order.today)))
        .cover("Diarienummer", Text::default().blank("diarienummer"))
        .cover("Framtagen av", Text::default().blank("funktioner hos kommun och polis"))
        .cover_page())
}

fn introduction(doc: &mut Outline, order: &Order, material: &Material) {
    doc.h1("I korthet");
    doc.bullets(
        material.themes.iter().take(CHARTED_THEMES).map(|t| text("").strong(format!("{}. ", t.row.name)).plain(finding(&t.disagreement))),
    );
    doc.p(
        "Kommunen, polisen och invånarna ser olika delar av samma verklighet. Därför står deras bilder bredvid varandra, med de största \
         skillnaderna först. Skillnaden säger inte vem som har rätt. Den säger vad som behöver pratas om.",
    );
    doc.p(
        "Lägesbilden har de tre delar som 4 § lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete kräver: en kartläggning, annan \
         information av betydelse och en analys. Den uppdateras minst vartannat år (6 §).",
    );
    if order.public {
        doc.callout("Utelämnat i den här versionen", left_out());
    }
    if material.overview.span.is_empty() {
        return;
    }
    doc.p(text("Polisens statistik omfattar ").plain(material.overview.span.clone()).plain("."));
}

fn left_out() -> String {
    format!(
        "Citat och anteckningar från dialoger, texter ur fältrapporter, svar uppdelade på grupper, platser med färre än {PUBLIC_PLACE} rapporter \
         och iakttagelser som är färre än {PUBLIC_MINIMUM}. De kan peka ut enskilda."
    )
}

fn finding(disagreement: &Disagreement) -> String {
    let label = if disagreement.label.is_empty() { &disagreement.reason } else { &disagreement.label };
    sentence(label)
}

fn survey_of_crime(doc: &mut Outline, order: &Order, material: &Material) -> Result<()> {
    doc.h1("1. Kartläggning: omfattning och konsekvenser");
    doc.p(
        "Varje tema visar det senaste värdet, hur det utvecklas och var siffran står. Där ingen har svarat står det så; det är inte noll.",
    );
    let charted = charted(material);
    for theme in &material.themes {
        doc.h2(theme.row.name.clone());
        doc.table(side_by_side(theme, order));
        doc.p(judged(theme, order));
        if charted.contains(&theme.row.theme.as_str()) {
            charts(doc, theme, order)?;
            groups(doc, theme, order);
        }
    }
    Ok(())
}

/// Themes with a prioritised problem first, then those where the perspectives differ most.
fn charted(material: &Material) -> Vec<&str> {
    let prioritised = |t: &&Told| {
        let problem = material.problems.iter().find(|p| Some(&p.id) == t.row.problem.as_ref());
        problem.and_then(|p| p.decision.as_ref()).is_some_and(|d| d.outcome == Outcome::Prioritised)
    };
    let (mut first, rest): (Vec<&Told>, Vec<&Told>) = material.themes.iter().partition(prioritised);
    first.extend(rest);
    first.into_iter().take(CHARTED_THEMES).map(|t| t.row.theme.as_str()).collect()
}

fn heading_of(disagreement: &Disagreement) -> String {
    match disagreement.kind {
        DisagreementKind::Same => String::new(),
        _ => sentence(&disagreement.label),
    }
}

/// What differs in bold, then the reason.
fn judged(theme: &Told, order: &Order) -> Text {
    let (heading, reason) = (heading_of(&theme.disagreement), reason(theme, order));
    match (heading.is_empty(), reason.is_empty()) {
        (true, _) => text(reason),
        (_, true) => text("").strong(heading),
        _ => text("").strong(heading).plain(format!(" {reason}")),
    }
}

/// The reason repeats the table's numbers; where the table withholds one, only the label is told.
fn reason(theme: &Told, order: &Order) -> String {
    let cells = [&theme.row.municipality, &theme.row.police, &theme.row.residents];
    let withheld = cells.iter().zip(&theme.answers).any(|(cell, answer)| cell.state == CellState::Data && answer.is_none());
    match (order.public && withheld, theme.disagreement.kind) {
        (true, _) => String::new(),
        (_, DisagreementKind::Same) => theme.disagreement.reason.clone(),
        _ => format!("{} (siffrorna i tabellen ovan).", theme.disagreement.reason.trim_end_matches('.')),
    }
}

fn side_by_side(theme: &Told, order: &Order) -> Table {
    let columns = [Perspective::Municipality, Perspective::Police, Perspective::Residents];
    let cells = [&theme.row.municipality, &theme.row.police, &theme.row.residents];
    let table = Table::new(format!("Tre bilder av {}", frame::lower_first(&theme.row.name)), columns.map(words)).plain_rows();
    let table = table.row(std::array::from_fn::<Text, 3, _>(|i| newest(cells[i], theme.answers[i].as_ref(), order)));
    table.row(std::array::from_fn::<Text, 3, _>(|i| development(cells[i], theme.answers[i].as_ref())))
}

/// "**31** brott 2025" with its source, or the words for why there is nothing.
fn newest(cell: &PerspectiveCell, answer: Option<&(Question, Answer)>, order: &Order) -> Text {
    match (answer, cell.state) {
        (Some((_, answer)), _) => {
            let note = Evidence::asked(answer, order.today).newest_note();
            text("").strong(cell.number.clone()).plain(format!(" {}", cell.what)).note(note)
        }
        (None, CellState::Data) => text(format!("färre än {PUBLIC_MINIMUM} något år, visas inte")),
        (None, _) => text(cell.what.clone()),
    }
}

fn development(cell: &PerspectiveCell, answer: Option<&(Question, Answer)>) -> Text {
    match (answer, cell.verdict) {
        (Some(_), Some(verdict)) => text(verdict.with_arrow()),
        _ => text("–"),
    }
}

fn charts(doc: &mut Outline, theme: &Told, order: &Order) -> Result<()> {
    for (_, answer) in theme.answers.iter().flatten() {
        let evidence = Evidence::asked(answer, order.today);
        doc.p(evidence.paragraph());
        if evidence.has_course() && answer.perspective != Perspective::Residents {
            doc.figure(evidence.chart()?);
        }
    }
    Ok(())
}

/// Survey answers by group, inside only.
fn groups(doc: &mut Outline, theme: &Told, order: &Order) {
    if order.public {
        return;
    }
    let (Some(bars), Some((_, answer))) = (&theme.profile.groups, &theme.answers[2]) else { return };
    let caption = text(format!("Svarade {}, efter grupp", bars.answers)).note(Evidence::asked(answer, order.today).newest_note());
    doc.table(chart_table(caption, &bars.chart));
    if !bars.left_out.is_empty() {
        doc.p(format!("För få svar för att visas: {}.", swedish::list(&bars.left_out)));
    }
}

fn chart_table(caption: impl Into<Text>, chart: &ChartView) -> Table {
    super::evidence::table(caption, &chart.header, &chart.rows)
}

/// The grounds on harm and reach, as the group has judged them.
fn consequences(doc: &mut Outline, conn: &Connection, material: &Material) -> Result<()> {
    doc.h2("Konsekvenser");
    let matrix = priorities::matrix::matrix(conn)?;
    let judged: Vec<_> =
        matrix.rows.iter().filter(|r| r.criterion.computed.is_none() && r.cells.iter().any(|c| c.level.is_some())).collect();
    let described: Vec<&Problem> = material.problems.iter().filter(|p| !p.description.trim().is_empty()).collect();
    doc.bullets(described.iter().map(|p| text("").strong(format!("{}. ", p.title)).plain(sentence(&p.description))));
    if judged.is_empty() {
        doc.p(text("Följderna för dem som drabbas är inte bedömda än. ").blank("följder för enskilda, platser och samhället"));
        return Ok(());
    }
    let mut table = Table::new(
        "Gruppens bedömning av problemen",
        std::iter::once(words("Problem").weight(3)).chain(judged.iter().map(|r| words(r.criterion.name.as_str()))),
    );
    for (i, problem) in matrix.problems.iter().enumerate() {
        let level = |cells: &[crate::priorities::model::MatrixCell]| match cells.get(i).and_then(|c| c.level) {
            Some(level) => matrix.scale.get(usize::from(level).saturating_sub(1)).cloned().unwrap_or_default(),
            None => "inte bedömt".into(),
        };
        table.push(std::iter::once(problem.title.clone()).chain(judged.iter().map(|r| level(&r.cells))));
    }
    doc.table(table);
    Ok(())
}

fn other_information(doc: &mut Outline, order: &Order, material: &Material) {
    doc.h1("2. Annan information");
    let before = doc.blocks.len();
    for theme in &material.themes {
        theme_information(doc, theme, order);
    }
    if doc.blocks.len() == before {
        doc.p("Det finns ingen annan information att visa i den här versionen.");
    }
}

fn theme_information(doc: &mut Outline, theme: &Told, order: &Order) {
    let least = if order.public { PUBLIC_PLACE } else { 0 };
    let places: Vec<String> = theme
        .profile
        .places
        .iter()
        .filter(|p| p.count >= least)
        .map(|p| format!("{}: {}", p.place, swedish::counted(p.count.into(), "rapport", "rapporter")))
        .collect();
    let quotes = if order.public { &[][..] } else { &theme.profile.notes };
    let municipal = theme.answers[0].as_ref().map(|(_, answer)| Evidence::asked(answer, order.today).all_note("Fältrapporter räknade"));
    let Some(note) = municipal.filter(|_| !places.is_empty() || theme.profile.pattern.is_some()) else {
        return if quotes.is_empty() {
        } else {
            said(doc, theme, order)
        };
    };
    doc.h2(theme.row.name.clone());
    if !places.is_empty() {
        doc.p(text("Platser som återkommer i fältrapporterna: ").plain(format!("{}.", swedish::list(&places))).note(note.clone()));
    }
    if let Some(pattern) = theme.profile.pattern.as_ref().filter(|_| !order.public) {
        doc.table(chart_table(text(pattern.title.clone()).note(note), &pattern.chart));
    }
    if !quotes.is_empty() {
        quote(doc, theme);
    }
}

fn said(doc: &mut Outline, theme: &Told, order: &Order) {
    if !order.public {
        doc.h2(theme.row.name.clone());
        quote(doc, theme);
    }
}

/// What people said, with the occasion and never the person.
fn quote(doc: &mut Outline, theme: &Told) {
    for note in &theme.profile.notes {
        let when = note.date.as_deref().map(|d| format!(", {}", day(d))).unwrap_or_default();
        let place = note.place.as_deref().filter(|p| !p.is_empty()).map(|p| format!(", {p}")).unwrap_or_default();
        doc.quote(note.text.clone(), format!("{}{place}{when}", swedish::capitalised(note.kind.swedish())));
    }
}

fn analysis(doc: &mut Outline, conn: &Connection, material: &Material) -> Result<()> {
    doc.h1("3. Analys");
    doc.h2("Där bilderna skiljer sig");
    let differing = material.themes.iter().filter(|t| t.disagreement.kind < DisagreementKind::OnlyOneHasData);
    bullets_or(
        doc,
        differing.map(|t| text("").strong(format!("{}. ", t.row.name)).plain(finding(&t.disagreement))).collect(),
        "Inget tema visar olika bilder.",
    );
    doc.h2("Där bilderna är lika eller bara en har underlag");
    let alike = material.themes.iter().filter(|t| t.disagreement.kind >= DisagreementKind::OnlyOneHasData);
    bullets_or(doc, alike.map(|t| text("").strong(format!("{}. ", t.row.name)).plain(finding(&t.disagreement))).collect(), "Inget tema.");
    doc.h2("Troliga orsaker");
    let areas = deal::view(conn)?.focus_areas;
    let causes = areas.iter().filter(|a| !a.area.cause.trim().is_empty());
    let causes: Vec<Text> = causes.map(|a| text("").strong(format!("{}. ", a.area.name)).plain(sentence(&a.area.cause))).collect();
    match causes.is_empty() {
        true => doc.p(Text::default().blank("orsaker till vart och ett av de prioriterade problemen")),
        false => doc.bullets(causes),
    }
    chosen(doc, &material.problems);
    Ok(())
}

fn bullets_or(doc: &mut Outline, items: Vec<Text>, none: &str) {
    if items.is_empty() { doc.p(none) } else { doc.bullets(items) }
}

fn chosen(doc: &mut Outline, problems: &[Problem]) {
    doc.h2("Så är problemen prioriterade");
    let line = |p: &Problem| {
        let decision = p.decision.as_ref()?;
        let told = text("").strong(format!("{} – {}. ", p.title, decision.outcome.swedish()));
        Some((rank(decision.outcome), told.plain(sentence(&decision.reason))))
    };
    let mut lines: Vec<(u8, Text)> = problems.iter().filter_map(line).collect();
    lines.sort_by_key(|(rank, _)| *rank);
    bullets_or(doc, lines.into_iter().map(|(_, told)| told).collect(), "Gruppen har inte beslutat om prioriteringar än.");
}

fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Prioritised => 0,
        Outcome::Deprioritised => 1,
        Outcome::Parked => 2,
    }
}

/// Brå's questions about method, answered from what the file holds.
fn method(doc: &mut Outline, material: &Material) {
    doc.h1("Hur lägesbilden är gjord");
    doc.h2("Varför valdes problemen?");
    doc.p("Temana kommer ur underlaget: ett tema är med när minst en av kommun, polis och invånare har något att säga om det. Vilka som sedan prioriterades, och varför, står i analysen.");
    doc.h2("Vilka källor användes, och vilka valdes bort?");
    doc.p(format!(
        "Lägesbilden bygger på {} som är inlästa i lägesbildsfilen. De står i källförteckningen.",
        swedish::counted(material.sources.len() as u64, "källa", "källor")
    ));
    doc.bullets(material.overview.gaps.iter().map(|g| g.split(". ").next().unwrap_or(g)).map(sentence));
    doc.p(text("Bortvalda källor: ").blank("källor som gruppen valde bort, och varför").plain("."));
    doc.h2("Hur begränsar källorna det vi vet?");
    doc.bullets(caveats(material));
    doc.h2("Vilken betydelse har det?");
    doc.p(
        "Små tal svänger av en slump. Därför har varje antal ett intervall, och en förändring kallas ökning eller minskning bara när slumpen är en \
         dålig förklaring. Där underlaget är för litet står det så.",
    );
    doc.p(text("").blank("vad begränsningarna betyder för slutsatserna i just den här kommunen"));
}

fn caveats(material: &Material) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for caveat in material.themes.iter().flat_map(|t| t.answers.iter().flatten()).flat_map(|(_, a)| &a.caveats) {
        // What to do in the program is no limit of the source.
        let told = caveat.split(" Läs in ").next().unwrap_or(caveat).to_owned();
        if !all.contains(&told) {
            all.push(told);
        }
    }
    all
}

fn bibliography(doc: &mut Outline, sources: &[Source]) {
    doc.h1("Källförteckning");
    let columns = [words("Källa").weight(5), words("Perspektiv").weight(3), words("Fil").weight(5), words("Inläst").weight(3)];
    let mut table = Table::new("Underlag i lägesbildsfilen", columns);
    for source in sources {
        let period = source.period.as_deref().map(|p| format!(", {p}")).unwrap_or_default();
        let title = if source.publisher.is_empty() { source.title.clone() } else { format!("{}: {}", source.publisher, source.title) };
        table.push([
            text(format!("{title}{period}")),
            source.perspective.into(),
            text(source.file_name.clone()),
            text(source.retrieved.clone()),
        ]);
    }
    doc.table(table);
}

fn warnings(material: &Material) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = material.overview.gaps.iter().map(Warning::new).collect();
    let dialogue = material.themes.iter().flat_map(|t| &t.profile.notes).any(|n| n.kind != NoteKind::PoliceAssessment);
    if !dialogue {
        warnings.push(Warning::new("Ingen anteckning från dialoger hör till ett tema. Del 2 blir tunn."));
    }
    if material.problems.iter().all(|p| p.decision.is_none()) {
        warnings.push(Warning::new("Inget problem är prioriterat än, så analysen slutar utan ställningstagande."));
    }
    warnings
}
