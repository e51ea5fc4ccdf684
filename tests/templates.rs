//! The five documents of one small file, made through the same door as everybody's: sources beside every number, the law's
//! minimum, and nothing in a public document that belongs to the room.

use chrono::NaiveDate;
use lagesbild::api::{commands, dispatch};
use lagesbild::context::Context;
use lagesbild::documents::outline::{Block, Outline, Run, Text};
use lagesbild::documents::{self, Format, Kind, Order};
use lagesbild::error::{Code, Error};
use lagesbild::file::LagesbildFile;
use serde_json::{Value, json};

const AREA: &str = "Lillmark";
const CRIME: &str = "12 kap. Skadegörelsebrott";
const QUOTE: &str = "Vi går omvägen runt parken när det är mörkt";
const DATA: &str = "Databasfil.txt";

/// A file in memory and the ids that its steps made.
struct Room {
    file: LagesbildFile,
}

impl Room {
    fn empty() -> Self {
        let day = NaiveDate::from_ymd_opt(2026, 4, 13).unwrap();
        let mut file = LagesbildFile::in_memory(Context::fixed(day)).unwrap();
        commands::found(&mut file, &[AREA.into()]).unwrap();
        Self { file }
    }

    fn does(&mut self, command: &str, request: Value) -> Value {
        dispatch(&mut self.file, command, request).unwrap_or_else(|e| panic!("{command}: {e}")).value
    }

    fn makes(&mut self, command: &str, request: Value) -> String {
        self.does(command, request)["id"].as_str().unwrap().to_owned()
    }

    fn import(&mut self) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(DATA);
        std::fs::write(&path, databasfil()).unwrap();
        self.does("import", json!({ "path": path, "perspective": "police", "answers": { "confirm": "yes" } }));
    }

    fn party(&mut self, kind: &str) -> String {
        let view = self.does("agreement", json!({}));
        let parties = view["parties"].as_array().unwrap();
        parties.iter().find(|p| p["kind"] == kind).unwrap()["id"].as_str().unwrap().to_owned()
    }

    fn outline(&self, kind: Kind, public: bool) -> Result<(Outline, Vec<String>), Error> {
        let order = Order { kind, area: AREA, public, today: self.file.context().today() };
        let made = documents::outline(self.file.conn(), &order)?;
        Ok((made.value, made.warnings.into_iter().map(|w| w.message).collect()))
    }

    fn document(&self, kind: Kind) -> Outline {
        self.outline(kind, false).unwrap_or_else(|e| panic!("{}: {e}", kind.word())).0
    }
}

/// As the national database writes it: ISO 8859-1, a semicolon at the end of each row.
fn databasfil() -> Vec<u8> {
    let mut text = String::from("Region;Brott;År;Period;Antal;/100 000 inv\r\n");
    for (i, count) in [62, 58, 61, 55, 49, 47, 42, 36, 33, 31].iter().enumerate() {
        text += &format!("{AREA} kommun;{CRIME};År;{};{count};{};\r\n", 2016 + i, count * 9);
    }
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// Two problems, a decision on each, an agreement with something that every party will do.
fn worked() -> Room {
    let mut room = Room::empty();
    room.import();
    let note = json!({ "kind": "citizen_dialogue", "date": "2026-03-05", "place": "Parken", "text": QUOTE, "theme": "skadegorelse" });
    room.makes("add_note", note);
    let damage = room
        .makes("add_problem", json!({ "title": "Skadegörelse i parken", "description": "Bänkar slås sönder.", "theme": "skadegorelse" }));
    let noise = room.makes("add_problem", json!({ "title": "Störande grannar", "description": "" }));
    let seen = room.makes("add_problem", json!({ "title": "Cykelstölder", "description": "" }));
    vote(&mut room, &damage, &noise);
    let present = "Kommunchef, kommunpolis";
    let decision = json!({ "problem": damage, "outcome": "prioritised", "reason": "Många berörs", "reservations": "Rektor: skolgården är viktigare.",
        "present": present, "date": "2026-04-13" });
    let decision = room.makes("decide", decision);
    room.makes(
        "decide",
        json!({ "problem": noise, "outcome": "deprioritised", "reason": "Bostadsbolaget arbetar redan med det", "present": present }),
    );
    room.makes("decide", json!({ "problem": seen, "outcome": "parked", "reason": "Mer underlag behövs", "present": present }));
    agree(&mut room, &decision);
    room
}

fn vote(room: &mut Room, damage: &str, noise: &str) {
    let round = room.makes("start_round", json!({ "voters": 3 }));
    for (slip, score) in [(1, 5), (2, 4), (3, 2)] {
        room.does("enter_slip", json!({ "round": round, "slip": slip, "scores": { damage: score, noise: 1 } }));
    }
    room.does("reveal_round", json!({ "id": round }));
}

fn agree(room: &mut Room, decision: &str) {
    let area = room.makes("edit_focus_area", json!({ "decision": decision, "name": "En hel park", "cause": "Mörkt. Få vuxna." }));
    let (municipality, police) = (room.party("municipality"), room.party("police"));
    room.makes("edit_goal", json!({ "focus_area": area, "kind": "outcome", "text": "Skadegörelsen ska minska" }));
    room.makes("edit_goal", json!({ "focus_area": area, "kind": "output", "text": "Tolv kvällspass i parken varje år" }));
    let mut promise = |text: &str, parties: Vec<&str>, public: bool| {
        let request = json!({ "focus_area": area, "text": text, "parties": parties, "count": 4, "per": "year", "public": public });
        room.makes("edit_commitment", request)
    };
    promise("gå igenom parkens belysning", vec![&municipality], true);
    promise("finnas i parken på fredagskvällar", vec![&police], true);
    promise("gå trygghetsvandring i parken", vec![&municipality, &police], true);
    let inner = promise("byta lås på förrådet", vec![&municipality], false);
    room.makes("check_in", json!({ "commitment": inner, "status": "behind", "note": "väntar på leverans" }));
    let validity = json!({ "kind": "fixed", "from": "2026-05-01", "to": "2028-04-30", "extends": true });
    let agreement = json!({ "title": "Samverkan för en hel park", "purpose": "Parken ska vara för alla", "follow_up": "Styrgruppen följer upp varje mars",
        "registry": "", "validity": validity });
    room.does("edit_agreement", agreement);
}

fn texts(doc: &Outline) -> Vec<&Text> {
    doc.blocks
        .iter()
        .flat_map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph { text } | Block::Quote { text, .. } | Block::Callout { text, .. } => vec![text],
            Block::List { items, .. } => items.iter().collect(),
            Block::Table(t) => t.columns.iter().map(|c| &c.title).chain(t.rows.iter().flatten()).chain([&t.caption]).collect(),
            Block::Figure(f) => vec![&f.caption],
            Block::Facts { facts } => facts.iter().map(|f| &f.value).collect(),
            Block::Signatures { .. } | Block::PageBreak => vec![],
        })
        .collect()
}

fn notes(text: &Text) -> Vec<&str> {
    text.runs.iter().filter_map(|r| if let Run::Note(note) = r { Some(note.as_str()) } else { None }).collect()
}

/// All that a reader sees, notes and quote sources too.
fn whole(doc: &Outline) -> String {
    serde_json::to_string(doc).unwrap().replace('\u{a0}', " ")
}

/// Words of the blocks under a heading, up to the next of the same or a higher level.
fn section(doc: &Outline, heading: &str) -> String {
    let mut inside = None;
    let mut found = Vec::new();
    for block in &doc.blocks {
        if let Block::Heading { level, text } = block {
            inside = if text.words() == heading { Some(*level) } else { inside.filter(|top| level > top) };
        } else if inside.is_some() {
            let one = Outline { blocks: vec![block.clone()], ..Outline::new("x") };
            found.extend(texts(&one).iter().map(|t| t.words()));
        }
    }
    assert!(!found.is_empty(), "no section ”{heading}”");
    found.join("\n").replace('\u{a0}', " ")
}

#[test]
fn every_number_of_the_shared_picture_has_a_note_with_file_row_and_column() {
    let room = worked();
    let doc = room.document(Kind::Agreement);
    let told: Vec<&Text> = texts(&doc).into_iter().filter(|t| t.words().contains("anmälda brott 20")).collect();
    assert!(!told.is_empty(), "the pinned figure is not in the document");
    for text in told {
        assert!(text.words().contains(&format!("Skadegörelsebrott, {AREA}.")), "whose number it is: {}", text.words());
        let notes = notes(text);
        assert!(notes[0].contains("Databasfil.txt, rad 11, kolumn E"), "the cell of 31 in 2025: {notes:?}");
        assert!(notes[0].contains("Period 2025") && notes[0].contains("intervall 21–44"), "{notes:?}");
        assert!(notes[0].contains("Figur 1 i lägesbildsfilen, fäst 2026-04-13"), "{notes:?}");
        assert!(notes.iter().all(|n| n.contains("Brå") && n.contains("rad ") && n.contains("kolumn ")));
    }
    for sentence in numbers_of_figures(&room) {
        assert!(whole(&doc).contains(&sentence), "not in the document: {sentence}");
    }
    assert!(
        doc.blocks.iter().any(|b| matches!(b, Block::Figure(f) if !f.alt.is_empty() && f.data.is_some() && !notes(&f.caption).is_empty()))
    );
}

/// What the pinned answers say, up to the development.
fn numbers_of_figures(room: &Room) -> Vec<String> {
    let mut statement = room.file.conn().prepare("SELECT answer FROM figure").unwrap();
    let answers: Vec<String> = statement.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    let sentence = |json: &String| serde_json::from_str::<Value>(json).unwrap()["sentence"].as_str().unwrap().to_owned();
    answers.iter().map(sentence).map(|s| s.split(" Utvecklingen").next().unwrap().replace('\u{a0}', " ")).collect()
}

/// Any part of a paragraph with figures must end in a note before the next part begins.
#[test]
fn no_part_with_digits_in_the_shared_picture_stands_without_its_note() {
    let doc = worked().document(Kind::Agreement);
    let mut inside = false;
    let mut parts = 0;
    for block in &doc.blocks {
        match block {
            Block::Heading { level: 1, text } => inside = text.words() == "Gemensam lägesbild",
            Block::Paragraph { text } if inside => {
                for pair in text.runs.windows(2) {
                    if let Run::Plain(words) = &pair[0]
                        && words.chars().any(|c| c.is_ascii_digit())
                    {
                        parts += 1;
                        assert!(matches!(&pair[1], Run::Note(_)), "no note after ”{words}”");
                    }
                }
                let last = text.runs.last();
                let bare = matches!(last, Some(Run::Plain(w)) if w.chars().any(|c| c.is_ascii_digit()));
                assert!(!bare, "a number at the end of a paragraph has no note: {last:?}");
            }
            _ => {}
        }
    }
    assert!(parts >= 2, "the newest value and the development");
}

#[test]
fn the_law_blocks_an_agreement_without_purpose_or_areas() {
    let error = Room::empty().outline(Kind::Agreement, false).unwrap_err();
    assert_eq!(error.code, Code::DocumentIncomplete);
    assert!(error.message.contains("9 §") && error.message.contains("syftet") && error.message.contains("områdena"), "{error}");
    assert!(error.hint.unwrap().contains("Skriv syftet"));
    assert!(worked().outline(Kind::Agreement, false).is_ok());
}

#[test]
fn the_agreement_holds_its_sentences_blanks_and_what_was_put_aside() {
    let doc = worked().document(Kind::Agreement);
    assert_eq!(doc.draft.as_deref(), Some("UTKAST – arbetsmaterial"));
    let registry = doc.cover.iter().find(|f| f.name == "Diarienummer").unwrap();
    assert_eq!(registry.value.words(), "[diarienummer]");
    assert!(
        section(&doc, "En hel park").contains("Kommunen och polisen åtar sig att gå trygghetsvandring i parken minst fyra gånger per år.")
    );
    assert!(section(&doc, "Giltighet").contains("från den 1 maj 2026 till och med den 30 april 2028"));
    let aside = section(&doc, "Bortprioriterade problem");
    assert!(aside.contains("Störande grannar") && aside.contains("Bostadsbolaget arbetar redan") && !aside.contains("Cykelstölder"));
    assert!(matches!(&doc.blocks[0], Block::Callout { label, .. } if label == "Övningsdata"));
}

#[test]
fn vague_words_and_gaps_are_told_beside_the_document() {
    let mut room = worked();
    let police = room.party("police");
    room.makes("edit_commitment", json!({ "text": "verka för ökad trygghet", "parties": [police] }));
    let (_, warnings) = room.outline(Kind::Agreement, false).unwrap();
    assert!(warnings.iter().any(|w| w.contains("verka för")), "{warnings:?}");
}

#[test]
fn the_plan_has_six_columns_in_their_order_and_says_the_state_in_words() {
    let doc = worked().document(Kind::Plan);
    let table = doc.blocks.iter().find_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).unwrap();
    let titles: Vec<String> = table.columns.iter().map(|c| c.title.words()).collect();
    assert_eq!(titles, ["Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning"]);
    let row = table.rows.iter().find(|r| r[1].words().contains("byta lås") || r[1].words().contains("Byta lås")).unwrap();
    assert!(row[3].words().replace('\u{a0}', " ").starts_with("Minst 4 gånger per år"));
    assert_eq!(row[4].words(), "Kommunen");
    assert!(
        row[5].words().contains("! försenat") && row[5].words().contains("2026-04-13") && row[5].words().contains("Väntar på leverans")
    );
    assert!(table.rows[0][0].words().contains("Mörkt. Få vuxna.") && table.rows[0][2].words().contains("Tolv kvällspass"));
    assert!(!table.rows[0][2].words().contains("ska minska"), "an outcome goal is not operative");
}

#[test]
fn promises_stand_under_those_who_make_them_and_inner_work_is_left_out() {
    let doc = worked().document(Kind::Promises);
    assert!(section(&doc, "Polisen lovar").contains("att finnas i parken på fredagskvällar minst fyra gånger per år."));
    assert!(section(&doc, "Kommunen lovar").contains("att gå igenom parkens belysning"));
    assert!(section(&doc, "Kommunen och polisen lovar tillsammans").contains("att gå trygghetsvandring"));
    assert!(!section(&doc, "Kommunen lovar").contains("trygghetsvandring"));
    assert!(!whole(&doc).contains("byta lås"), "only public commitments");
    assert!(section(&doc, "Lägesbild i korthet").contains("31 anmälda brott 2025"));
}

#[test]
fn promises_without_a_public_commitment_say_what_to_do() {
    let error = Room::empty().outline(Kind::Promises, false).unwrap_err();
    assert_eq!(error.code, Code::DocumentIncomplete);
    assert!(error.hint.unwrap().contains("märk"), "{}", error.message);
}

#[test]
fn the_minutes_count_scores_and_never_show_a_slip() {
    let doc = worked().document(Kind::Minutes);
    let round = section(&doc, "Sluten bedömning");
    assert!(round.contains("Skadegörelse i parken\n0\n1\n0\n1\n1\n3\n4\n"), "one each of 2, 4 and 5, three answers, median 4: {round}");
    let all = whole(&doc).to_lowercase();
    assert!(!all.contains("lapp") && !all.contains("slip") && !all.contains("runda 1"));
    let matrix = doc.blocks.iter().find_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).unwrap();
    assert!(
        matrix.rows[0][1].words().contains("31 brott") && notes(&matrix.rows[0][1])[0].contains("Polis: Brå"),
        "{:?}",
        matrix.rows[0][1]
    );
    assert!(section(&doc, "Närvarande").contains("Kommunpolis"));
    assert!(section(&doc, "Skadegörelse i parken").contains("Rektor: skolgården är viktigare."));
    assert!(section(&doc, "Bortprioriterat").contains("Störande grannar") && section(&doc, "Parkerat").contains("Mer underlag behövs"));
}

#[test]
fn a_round_that_is_not_revealed_stays_out_of_the_minutes() {
    let mut room = worked();
    let view = room.does("priorities", json!({}));
    let problem = view["problems"][0]["id"].as_str().unwrap().to_owned();
    let round = room.makes("start_round", json!({ "voters": 3 }));
    room.does("enter_slip", json!({ "round": round, "slip": 1, "scores": { problem: 5 } }));
    let (doc, warnings) = room.outline(Kind::Minutes, false).unwrap();
    assert!(!doc.blocks.iter().any(|b| matches!(b, Block::Heading { text, .. } if text.words() == "Sluten bedömning")));
    assert!(warnings.iter().any(|w| w.contains("inte visad än")));
}

#[test]
fn the_picture_has_the_three_parts_of_the_law_and_the_three_perspectives() {
    let doc = worked().document(Kind::Picture);
    let headings: Vec<String> =
        doc.blocks.iter().filter_map(|b| if let Block::Heading { level: 1, text } = b { Some(text.words()) } else { None }).collect();
    let law = ["1. Kartläggning: omfattning och konsekvenser", "2. Annan information", "3. Analys"];
    assert!(law.iter().all(|h| headings.iter().any(|found| found == h)), "{headings:?}");
    let sides = doc.blocks.iter().find_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).unwrap();
    let titles: Vec<String> = sides.columns.iter().map(|c| c.title.words()).collect();
    assert_eq!(titles, ["● Kommun", "■ Polis", "▲ Invånare"]);
    assert_eq!(sides.rows[0][0].words(), "inget underlag");
    assert!(notes(&sides.rows[0][1])[0].contains("rad 11, kolumn E"));
    assert!(whole(&doc).contains(QUOTE));
}

#[test]
fn the_public_picture_holds_no_words_from_dialogues_and_says_what_is_left_out() {
    let room = worked();
    let (doc, _) = room.outline(Kind::Picture, true).unwrap();
    assert!(!whole(&doc).contains(QUOTE));
    assert!(doc.blocks.iter().any(|b| matches!(b, Block::Callout { label, .. } if label.starts_with("Utelämnat"))));
    let inside = room.document(Kind::Picture);
    // A PDF's text is packed; its words come from the same outline as the other two.
    for format in [Format::Docx, Format::Html] {
        let holds = |doc: &Outline| unpacked(&documents::write(doc, format).unwrap(), format).contains("omvägen");
        assert!(holds(&inside), "the internal version must show that the search works: {format:?}");
        assert!(!holds(&doc), "{format:?}");
    }
}

/// The text of a file, as far as it lies there in the open: Word's parts are inflated.
fn unpacked(bytes: &[u8], format: Format) -> String {
    if format != Format::Docx {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for i in 0..archive.len() {
        let mut part = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_index(i).unwrap(), &mut part).unwrap();
        all += &String::from_utf8_lossy(&part);
    }
    all
}

#[test]
fn every_document_is_written_in_every_format_and_says_that_it_is_practice() {
    let room = worked();
    for kind in Kind::ALL {
        let doc = room.document(kind);
        assert!(matches!(&doc.blocks[0], Block::Callout { label, .. } if label == "Övningsdata"), "{}", kind.word());
        for format in Format::ALL {
            let bytes = documents::write(&doc, format).unwrap_or_else(|e| panic!("{} {format:?}: {e}", kind.word()));
            assert!(bytes.len() > 2000, "{} {format:?}", kind.word());
        }
        let docx = unpacked(&documents::write(&doc, Format::Docx).unwrap(), Format::Docx);
        assert!(docx.contains("Övningsdata"), "{}", kind.word());
    }
}

#[test]
fn documents_without_their_basis_say_where_to_begin() {
    for kind in Kind::ALL {
        let error = Room::empty().outline(kind, false).unwrap_err();
        assert_eq!(error.code, Code::DocumentIncomplete, "{}", kind.word());
        assert!(error.hint.is_some_and(|h| h.contains("Gå till")), "{}", kind.word());
    }
}

#[test]
fn a_clause_of_ten_thousand_characters_is_still_written() {
    let mut room = worked();
    let police = room.party("police");
    let text = "gå igenom varje ärende ".repeat(450);
    room.makes("edit_commitment", json!({ "text": text, "parties": [police], "public": true }));
    for kind in [Kind::Agreement, Kind::Plan, Kind::Promises] {
        let pdf = documents::write(&room.document(kind), Format::Pdf).unwrap_or_else(|e| panic!("{}: {e}", kind.word()));
        assert!(pdf.starts_with(b"%PDF"));
    }
}

/// A report that may be about one person, a group of few, a place: none of it may reach a public document.
#[test]
fn the_public_picture_withholds_small_counts_and_groups() {
    let mut room = worked();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Fältrapporter.csv");
    let mut rows = String::from("Datum;Tid;Plats;Kategori;Beskrivning;Rapportör\n");
    for day in 1..=3 {
        rows += &format!("2025-05-0{day};21:00;Gömstället;Skadegörelse;En ensam bänk välte;Fältgrupp\n");
    }
    std::fs::write(&path, rows).unwrap();
    room.does("import", json!({ "path": path, "perspective": "municipality", "kind": "field_reports", "answers": { "area": AREA } }));
    let (inside, _) = room.outline(Kind::Picture, false).unwrap();
    assert!(whole(&inside).contains("3 iakttagelser 2025") || whole(&inside).contains("Gömstället"), "the internal version knows them");
    let (public, _) = room.outline(Kind::Picture, true).unwrap();
    let told = whole(&public);
    assert!(!told.contains("Gömstället") && !told.contains("ensam bänk") && !told.contains("3 iakttagelser"), "{told}");
    assert!(told.contains("färre än 5 något år, visas inte"));
}
