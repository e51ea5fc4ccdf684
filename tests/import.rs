//! Reading files, from bytes to values with their cells: twins of every kind, broken files, and the real ones where present.

use crate::outside::real_file;
use lagesbild::error::Code;
use lagesbild::import::batch::{QuestionRole, Reading};
use lagesbild::import::{Answers, Inspected, Kind, inspect};
use lagesbild::reference::Known;
use proptest::prelude::*;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(root().join("fixtures/import").join(name)).unwrap()
}

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().map(|(id, choice)| ((*id).to_owned(), (*choice).to_owned())).collect()
}

fn read(name: &str, bytes: &[u8], given: &[(&str, &str)]) -> Inspected {
    let read = inspect(name, bytes, &Known::default(), &answers(given)).unwrap_or_else(|error| panic!("{error}"));
    assert!(read.tally.adds_up(), "{name}: {:?}", read.tally);
    assert_eq!(read.tally.rejected as usize, read.rejections.len(), "{name}");
    if read.kind == Kind::Statistics {
        assert_eq!(read.tally.stored as usize, read.batch.values.len(), "{name}");
    }
    read
}

pub fn twin(name: &str, given: &[(&str, &str)]) -> Inspected {
    read(name, &fixture(name), given)
}

/// `area|path|period|unit → value (or symbol) @ row,column`, one line per value.
pub fn lines(read: &Inspected) -> Vec<String> {
    let batch = &read.batch;
    let line = |value: &lagesbild::import::batch::Value| {
        let series = batch.series[value.series as usize];
        let reading = match value.reading {
            Reading::Number(number) => number.to_string(),
            Reading::Missing(symbol) => format!("({})", batch.missing_symbols[symbol as usize]),
        };
        format!(
            "{}|{}|{}{}|{}|{reading}@{},{}",
            batch.areas[series.area as usize].name,
            batch.indicators[series.indicator as usize].path.join(" > "),
            batch.periods[value.period as usize].label,
            if value.preliminary { " prel." } else { "" },
            series.unit.word(),
            value.cell.row + 1,
            lagesbild::error::column_letters(value.cell.column as usize),
        )
    };
    batch.values.iter().map(line).collect()
}

pub fn has(read: &Inspected, line: &str) {
    let lines = lines(read);
    assert!(lines.iter().any(|found| found == line), "{line} saknas i\n{}", lines.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_national_database_file_is_read() {
    let read = twin("databasfil.txt", &[]);
    assert_eq!((read.description.recipe.as_str(), read.description.encoding.as_deref()), ("bra_databasfil", Some("ISO-8859-1")));
    has(&read, "Hela landet|Totalt antal brott|2024|antal|1454210@2,E");
    has(&read, "Åsele|Totalt antal brott|2024|per 100 000 inv|7512.4@5,F");
    has(&read, "Åsele|12 kap. Skadegörelsebrott|2026-02 prel.|antal|2@8,E");
    has(&read, "Hela landet|Brott mot person|2024|antal|(..)@3,E");
    has(&read, "Åsele|Brott mot person|2024|antal|31@10,E");
    has(&read, "Arjeplog|Totalt antal brott|2024|antal|155@11,E");
    assert_eq!((read.tally.read, read.tally.stored, read.tally.skipped, read.tally.rejected), (20, 18, 2, 0));
    assert_eq!(read.description.doubts.iter().map(|doubt| doubt.id.as_str()).collect::<Vec<_>>(), ["confirm"]);
}

#[test]
fn the_yearly_file_takes_its_year_from_the_title_or_asks() {
    let read = twin("arsfil.csv", &[]);
    has(&read, "Ale|Totalt antal brott|2024|antal|2537@3,B");
    has(&read, "Malung-Sälen|Totalt antal brott|2024|per 100 000 inv|7401@5,C");
    let open = twin("arsfil-utan-rubrik-2021.csv", &[]);
    assert_eq!((open.batch.values.len(), open.tally.rejected), (0, 10));
    let years: Vec<_> = open.description.doubts.iter().find(|d| d.id == "year").unwrap().choices.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(years, ["2021", "2020", "2019", "2018", "2017", "2016"], "the file name's year first, and none that is to come");
    let unnamed = self::read("lista.csv", &fixture("arsfil-utan-rubrik-2021.csv"), &[("year", "1998")]);
    let asked = unnamed.description.doubts.iter().find(|d| d.id == "year").unwrap();
    assert_eq!((asked.choices[0].id.as_str(), asked.answer.as_deref()), ("2025", Some("1998")), "any year can be given");
    let told = twin("arsfil-utan-rubrik-2021.csv", &[("year", "2021"), ("columns", "yes")]);
    has(&told, "Arjeplog|Totalt antal brott|2021|antal|182@2,B");
    has(&told, "Centrum (Malmö)|Totalt antal brott|2021|antal|9120@4,B");
}

#[test]
fn the_database_spreadsheet_gives_paths() {
    let read = twin("resultat.xlsx", &[]);
    has(&read, "Åsele|3-7 kap. Brott mot person > 3 kap. Brott mot liv och hälsa|2024|antal|31@9,B");
    has(&read, "Dorotea|3-7 kap. Brott mot person > 3 kap. Brott mot liv och hälsa|2026-01 prel.|antal|2@13,D");
    assert_eq!(read.batch.values.len(), 12);
}

#[test]
fn years_across_are_read_and_a_dash_is_asked() {
    let open = twin("ar-i-kolumner.xlsx", &[]);
    has(&open, "Åsele|Orosanmälningar|2021|antal|41@5,D");
    has(&open, "Åsele|Ogiltig frånvaro|2022|procent|4.1@6,E");
    has(&open, "Dorotea|Orosanmälningar|2022|antal|(..)@7,E");
    assert_eq!((open.tally.read, open.tally.stored, open.tally.rejected), (9, 8, 1));
    assert_eq!(open.rejections[0].reason, "obesvarad fråga");
    has(&twin("ar-i-kolumner.xlsx", &[("dash", "missing")]), "Åsele|Ogiltig frånvaro|2023|procent|(-)@6,F");
    has(&twin("ar-i-kolumner.xlsx", &[("dash", "zero")]), "Åsele|Ogiltig frånvaro|2023|procent|0@6,F");
}

#[test]
fn columns_of_years_tell_their_unit_and_their_sign() {
    let read = twin("ar-i-kolumner.xlsx", &[]);
    let columns: Vec<_> = read.description.tables[0].columns.iter().filter(|c| c.role == "value").collect();
    let units: Vec<_> = columns.iter().map(|c| c.unit.as_deref().unwrap()).collect();
    assert_eq!(units, ["antal, procent", "antal, procent", "antal"], "the percentage of 2023 is a dash that waits for an answer");
    let text = "Orosanmälningar i Åsele kommun\nUppgift;2023;2024\nAndel, procent;4,5;5,25\nNot: prövad på nytt 2024\n";
    let told = inspect("procent.csv", text.as_bytes(), &Known::default(), &Answers::new()).unwrap().description.tables.remove(0);
    let last = told.columns.last().unwrap();
    assert_eq!((last.unit.as_deref(), last.decimal.as_deref(), last.max), (Some("procent"), Some(","), Some(5.25)));
    assert_eq!(
        (told.columns[0].examples.as_slice(), told.footnotes.len()),
        (["Andel, procent".to_owned()].as_slice(), 1),
        "notes are no examples"
    );
}

#[test]
fn population_is_read() {
    let read = twin("folkmangd.csv", &[]);
    has(&read, "Åsele|Folkmängd|2024|antal|2769@3,D");
    assert!(read.batch.breakdowns.iter().all(|b| b.is_empty()));
    assert_eq!(read.batch.dataset.publisher, "SCB");
}

/// Three districts, both sexes, eight years: what a municipality's own statistics look like.
fn by_district(header: &str) -> String {
    let mut text = format!("{header}\n");
    for (place, base) in [("Norrstan", 10), ("Söderstan", 12), ("Hamnen", 11)] {
        for (sex, more) in [("Kvinnor", 0), ("Män", 1)] {
            (2018..2026).for_each(|year| text.push_str(&format!("{place};{sex};{year};{}\n", base + more + year % 3)));
        }
    }
    text
}

#[test]
fn a_table_of_numbers_is_never_a_survey() {
    let read = read("stadsdelar.csv", by_district("Stadsdel;Kön;År;Antal").as_bytes(), &[]);
    assert_eq!((read.kind, read.description.recipe.as_str()), (Kind::Statistics, "tidy"));
    assert_eq!((read.tally.read, read.tally.stored, read.batch.series.len()), (48, 48, 6));
    assert_eq!(read.batch.areas[0].level, lagesbild::import::batch::AreaLevel::District);
    assert_eq!(read.batch.breakdowns[0]["Kön"], "Kvinnor");
    has(&read, "Norrstan|Antal|2018|antal|12@2,D");
    // Without a word for the place nobody knows what the rows are about.
    for header in ["Var;Kön;När;Hur många", "Del;Kön;Årtal;Utfall"] {
        let refused = inspect("x.csv", by_district(header).as_bytes(), &Known::default(), &Answers::new());
        assert_eq!(refused.unwrap_err().code, Code::NotUnderstood, "{header}");
    }
}

#[test]
fn rows_that_only_look_like_answers_are_asked_about() {
    let mut text = "Kön;Åldersgrupp;Trygghet;Trivsel\n".to_owned();
    (0..30).for_each(|i| {
        text.push_str(&format!("{};{};{};{}\n", ["Man", "Kvinna"][i % 2], ["16–29", "30–64"][i / 2 % 2], i % 4 + 1, i % 3 + 1))
    });
    let open = read("svar.csv", text.as_bytes(), &[]);
    assert_eq!((open.tally.read, open.tally.rejected, open.rejections[0].reason.as_str()), (120, 120, "obesvarad fråga"));
    assert!(open.batch.survey.is_none());
    assert_eq!(
        read("svar.csv", text.as_bytes(), &[("kind", "survey"), ("year", "2024"), ("area", "Åsele")])
            .batch
            .survey
            .unwrap()
            .respondents
            .len(),
        30
    );
    let refused = inspect("svar.csv", text.as_bytes(), &Known::default(), &answers(&[("kind", "other")]));
    assert_eq!(refused.unwrap_err().code, Code::NotUnderstood);
}

#[test]
fn population_of_unknown_places_is_statistics() {
    let bytes = std::fs::read(root().join("src/example/files/Folkmängd övningsdata.csv")).unwrap();
    let read = read("Folkmängd övningsdata.csv", &bytes, &[]);
    assert_eq!((read.description.recipe.as_str(), read.batch.dataset.publisher.as_str()), ("tidy", "SCB"));
    has(&read, "Hela landet|Folkmängd|2016|antal|10000000@2,D");
    assert_eq!(read.tally.stored, 40);
}

#[test]
fn a_survey_keeps_answers_and_no_people() {
    let read = twin("enkat-forms.csv", &[]);
    let survey = read.batch.survey.as_ref().unwrap();
    let roles: Vec<QuestionRole> = survey.questions.iter().map(|q| q.role).collect();
    use QuestionRole::{Background, FreeText, Ignore, Multi, Scale, YesNo};
    assert_eq!(roles, [Ignore, Ignore, Ignore, Ignore, Ignore, Scale, YesNo, Multi, Background, FreeText]);
    assert_eq!(survey.questions[5].options, ["Mycket trygg", "Ganska trygg", "Ganska otrygg", "Mycket otrygg"]);
    assert_eq!(survey.respondents.len(), 20);
    assert_eq!(survey.respondents[2].answers[7], ["Torget", "Stationen"]);
    assert_eq!(survey.period.as_ref().unwrap().label, "2024-05");
    assert_eq!(read.tally.rejected, 1);
    let kept = format!("{:?} {:?} {:?} {:?}", read.grid, survey, read.rejections, read.description);
    assert!(!kept.contains("example.org") && !kept.contains("Påhittad Person") && !kept.contains("900101"));
}

#[test]
fn field_reports_are_read_and_masked() {
    let read = twin("faltrapporter.xlsx", &[]);
    assert_eq!((read.batch.reports.len(), read.tally.rejected), (3, 1), "of the row with a person only the text waits");
    let first = &read.batch.reports[0];
    assert_eq!((first.date.clone().unwrap(), first.time.unwrap().to_string()), ("2024-03-05".to_owned(), "21:30:00".to_owned()));
    assert_eq!((first.place.as_deref(), first.category.as_str(), first.seriousness), (Some("Torget"), "Skadegörelse", Some(3)));
    assert_eq!(read.batch.reports[1].part_of_day.as_deref(), Some("kväll"));
    assert_eq!(first.reporter_function.as_deref(), Some("Fältassistent"));
    assert!(!format!("{:?} {:?}", read.grid, read.description).contains("900101"));
}

#[test]
fn broken_files_say_what_is_wrong_and_where() {
    for (name, code, word) in [
        ("tom.csv", Code::UnreadableFile, "tom"),
        ("binar.csv", Code::UnreadableFile, "ingen text"),
        ("webbsida.xls", Code::UnreadableFile, "webbsida"),
        ("rapport.pdf", Code::UnreadableFile, "pdf"),
        ("avklippt.xlsx", Code::UnreadableFile, "avklippt"),
        ("losenord.xlsx", Code::UnreadableFile, "lösenord"),
        ("inga-rader.csv", Code::NotUnderstood, "inga rader"),
        ("okand-tabell.csv", Code::NotUnderstood, "känns inte igen"),
    ] {
        let error = inspect(name, &fixture(name), &Known::default(), &Answers::new()).unwrap_err();
        assert_eq!(error.code, code, "{name}: {error}");
        assert!(error.message.contains(word), "{name}: {error}");
        assert_eq!(error.place.as_ref().unwrap().file.as_deref(), Some(name));
        assert!(error.hint.is_some(), "{name}");
    }
}

#[test]
fn the_content_decides_not_the_name() {
    let read = twin("egentligen-xlsx.csv", &[]);
    assert_eq!((read.description.format.as_str(), read.batch.values.len()), ("xlsx", 12));
}

fn real(name: &str) -> Option<Vec<u8>> {
    real_file(name).map(|path| std::fs::read(path).unwrap())
}

#[test]
fn the_real_database_spreadsheets_are_right() {
    for (name, values, line) in [
        ("Brott_2025_raw.xls", 336, "Stadsdelsområde Bromma (Sthlm)|Totalt antal brott|2025-01|antal|924@7,B"),
        (
            "brå_alla_kommuner_2025_raw.xls",
            110,
            "Stadsdelsområde Bromma (Sthlm)|3-7 kap. Brott mot person > 3 kap. Brott mot liv och hälsa > Misshandel inkl. grov (5, 6 §)|2025|per 100 000 inv|603@9,B",
        ),
        (
            "brå_2021_2025_raw.xls",
            620,
            "Stadsdelsområde Bromma (Sthlm)|8-12 kap. Brott mot förmögenhet > 8 kap. Stöld, rån m.m. > därav biltillgrepp|2021|per 100 000 inv|101@20,C",
        ),
        (
            "brottsstatistik_bromma.xlsx",
            20,
            "Stadsdelsområde Bromma (Sthlm)|8-12 kap. Brott mot förmögenhet > 12 kap. Skadegörelsebrott|2025|per 100 000 inv|3957@26,C",
        ),
        (
            "brottstatistik_bromma_hägersten-älvsjö.xlsx",
            450,
            "Stadsdelsområde Bromma (Sthlm)|Totalt antal brott|2026-03 prel.|antal|809@7,P",
        ),
    ] {
        let Some(bytes) = real(&format!("bra-sol/{name}")) else { return };
        let read = read(name, &bytes, &[]);
        assert_eq!(read.batch.values.len(), values, "{name}");
        has(&read, line);
    }
}

#[test]
fn the_real_tables_of_the_statistics_office_are_right() {
    if let Some(bytes) = real("scb-pxweb/bef_k_tot.csv") {
        let read = read("bef_k_tot.csv", &bytes, &[]);
        assert_eq!(read.batch.values.len(), 3190);
        has(&read, "Upplands Väsby|Folkmängd|2008|antal|38248@2,D");
    }
    if let Some(bytes) = real("scb-pxweb/sverige_snittinkomst_2024.csv") {
        let read = read("sverige_snittinkomst_2024.csv", &bytes, &[]);
        assert_eq!(read.batch.values.len(), 580);
        has(&read, "Upplands Väsby|Medelinkomst|2024|tkr|402.2@2,C");
    }
    if let Some(bytes) = real("kolada/U07417.xls") {
        let read = read("U07417.xls", &bytes, &[]);
        assert_eq!((read.batch.values.len(), read.batch.dataset.publisher.as_str()), (1160, "Kolada"));
        assert!(read.batch.series.iter().all(|series| series.unit == lagesbild::import::batch::Unit::Per1000));
    }
    if let Some(bytes) = real("scb-pxweb/inkomst.csv") {
        assert_eq!(read("inkomst.csv", &bytes, &[]).batch.values.len(), 4060);
    }
}

#[test]
fn the_real_survey_is_read() {
    let Some(bytes) = real("survey-vasby/data.csv") else { return };
    let open = read("data.csv", &bytes, &[]);
    assert!(open.batch.survey.is_none(), "no form made this header: a person says what the rows are");
    assert_eq!((open.tally.stored, open.description.doubts[0].id.as_str()), (0, "kind"));
    let read = read("data.csv", &bytes, &[("kind", "survey"), ("area", "Upplands Väsby"), ("year", "2015")]);
    assert_eq!(read.kind, Kind::Survey);
    let survey = read.batch.survey.unwrap();
    assert_eq!((survey.respondents.len(), survey.questions.len()), (1032, 69));
    assert_eq!(survey.questions[1].role, QuestionRole::Background);
}

/// Every file in the shared folder ends in an answer or a plain refusal; prints the table of outcomes.
#[test]
fn no_real_file_makes_the_reader_fall() {
    let Some(folders) = real_file("").map(|path| std::fs::read_dir(path).unwrap()) else { return };
    let mut files: Vec<_> = folders.flatten().filter(|f| f.path().is_dir() && f.file_name() != "suites").collect();
    files.sort_by_key(|f| f.path());
    for file in files.iter().flat_map(|folder| std::fs::read_dir(folder.path()).into_iter().flatten().flatten()) {
        let (name, Ok(bytes)) = (file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path())) else { continue };
        match inspect(&name, &bytes, &Known::default(), &Answers::new()) {
            Ok(read) => {
                assert!(read.tally.adds_up());
                let doubts: Vec<_> = read.description.doubts.iter().map(|d| d.id.clone()).collect();
                eprintln!("{name}: {} {:?} doubts {doubts:?}", read.description.recipe, read.tally);
            }
            Err(error) => eprintln!("{name}: {:?} {}", error.code, error.message.chars().take(120).collect::<String>()),
        }
    }
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = inspect("x", &bytes, &Known::default(), &Answers::new());
    }

    #[test]
    fn outcomes_add_up_whatever_stands_in_the_cells(cells in prop::collection::vec("[0-9 ,.\\-–a-z]{0,7}", 2..40)) {
        let body: String = cells.chunks(2).enumerate().map(|(i, pair)| {
            format!("Åsele;Stöld;År;{};{};{};\n", 1990 + i % 30, pair[0], pair.get(1).map_or("", String::as_str))
        }).collect();
        let text = format!("Region;Brott;År;Period;Antal;/100 000 inv\n{body}");
        let read = inspect("x.txt", text.as_bytes(), &Known::default(), &Answers::new()).unwrap();
        prop_assert!(read.tally.adds_up());
        prop_assert_eq!(read.tally.read as usize, cells.len().div_ceil(2) * 2);
        prop_assert_eq!(read.tally.rejected as usize, read.rejections.len());
    }
}

/// Workbooks collected for their oddities, and polluted CSV files: each reads or is refused, none brings the reader down.
#[test]
fn the_published_suites_do_not_bring_the_reader_down() {
    for folder in ["calamine-A", "pollock-A/csv", "csv-spectrum/csvs", "tabulator-py/data"] {
        let Some(files) = real_file(&format!("suites/{folder}")).map(|path| std::fs::read_dir(path).unwrap()) else { return };
        let (mut read, mut refused) = (0, 0);
        for file in files.flatten().filter(|file| file.path().is_file()) {
            let (name, bytes) = (file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path()).unwrap());
            match lagesbild::import::cells_json(&name, &bytes, &Answers::new()) {
                Ok(_) => read += 1,
                Err(error) => {
                    refused += 1;
                    eprintln!("{folder}/{name}: {}", error.message);
                }
            }
            let _ = inspect(&name, &bytes, &Known::default(), &Answers::new());
        }
        eprintln!("{folder}: {read} lästa, {refused} avvisade");
    }
}
