//! The publishers' own layouts: a twin of each, with what it says written out by hand, value by value and cell by cell.

use crate::import::{has, lines, twin};
use lagesbild::error::Code;
use lagesbild::import::{Answers, Inspected, inspect};
use lagesbild::reference::Known;

fn asks(read: &Inspected) -> Vec<&str> {
    read.description.doubts.iter().filter(|doubt| doubt.answer.is_none()).map(|doubt| doubt.id.as_str()).collect()
}

/// What the file says, all of it: nothing more may be stored.
fn says(read: &Inspected, expected: &[&str]) {
    expected.iter().for_each(|line| has(read, line));
    assert_eq!(read.batch.values.len(), expected.len(), "{:#?}", lines(read));
}

#[test]
fn every_year_of_the_yearly_file() {
    let early = twin("arsfil-2023.csv", &[("year", "2023"), ("confirm", "yes")]);
    assert_eq!((early.description.recipe.as_str(), asks(&early)), ("bra_yearly", vec![]));
    has(&early, "Ale|Totalt antal brott|2023|antal|2611@2,B");
    has(&early, "Åsele|Totalt antal brott|2023|per 100 000 inv|7512@4,C");
    let late = twin("arsfil-2025.csv", &[("year", "2025")]);
    let rate = "per 100 000 inv";
    says(
        &late,
        &[
            "Hela landet|Totalt antal brott|2025|antal|1441022@2,B",
            &format!("Hela landet|Totalt antal brott|2025|{rate}|13612@2,C"),
            "Ale|Totalt antal brott|2025|antal|2537@3,B",
            &format!("Ale|Totalt antal brott|2025|{rate}|7810@3,C"),
            "Upplands-Bro|Totalt antal brott|2025|antal|3012@4,B",
            &format!("Upplands-Bro|Totalt antal brott|2025|{rate}|9640@4,C"),
            "Malung-Sälen|Totalt antal brott|2025|antal|702@5,B",
            &format!("Malung-Sälen|Totalt antal brott|2025|{rate}|7401@5,C"),
            "Habo|Totalt antal brott|2025|antal|(..)@6,B",
            &format!("Habo|Totalt antal brott|2025|{rate}|(..)@6,C"),
        ],
    );
}

#[test]
fn the_text_file_with_other_columns_spaces_and_preliminary_months() {
    let open = twin("databasfil-prel.txt", &[]);
    assert_eq!(asks(&open), ["confirm", "dash"]);
    assert_eq!(open.tally.rejected, 2, "the dashes wait");
    let read = twin("databasfil-prel.txt", &[("dash", "missing")]);
    let damage = "8-12 kap. Brott mot förmögenhet > 12 kap. Skadegörelsebrott";
    let theft = "8-12 kap. Brott mot förmögenhet > 8 kap. Stöld, rån m.m.";
    let rate = "per 100 000 inv";
    let mut expected = Vec::new();
    for (first, area, path, values) in [
        (2, "Åsele", "Totalt antal brott", [("1021", "36411.2"), ("17", "614"), ("(-)", "(-)")]),
        (8, "Åsele", damage, [("31", "1119.5"), ("(..)", "(..)"), ("2", "72.2")]),
        (14, "Åsele", theft, [("44", "1589"), ("0", "0"), ("3", "108")]),
        (17, "Hela landet", "Totalt antal brott", [("1454210", "13745.5"), ("118004", "1115"), ("110200", "1041")]),
        (23, "Hela landet", damage, [("170310", "1609"), ("12400", "117"), ("11950", "112.9")]),
        (29, "Hela landet", theft, [("402118", "3800"), ("31002", "293"), ("30118", "284.5")]),
    ] {
        for (index, (count, per)) in values.into_iter().enumerate() {
            let (period, row) = (["2025", "2026-01 prel.", "2026-02 prel."][index], first + index);
            expected.push(format!("{area}|{path}|{period}|antal|{count}@{row},E"));
            expected.push(format!("{area}|{path}|{period}|{rate}|{per}@{row},F"));
        }
    }
    says(&read, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(read.tally.skipped, 24, "echoed parents");
}

#[test]
fn districts_that_did_not_exist_are_not_without_crime() {
    let read = twin("resultat-stadsdelar.xlsx", &[]);
    assert_eq!((read.description.recipe.as_str(), read.batch.values.len()), ("sol_table", 24));
    has(&read, "Stockholm|Totalt antal brott|2019|antal|201114@7,B");
    has(&read, "Stadsdelsområde Bromma (Sthlm)|12 kap. Skadegörelsebrott|2023|antal|802@11,D");
    has(&read, "Sydväst stadsområde (Gbg)|12 kap. Skadegörelsebrott|2023|antal|(..)@14,D");
    has(&read, "Askim-Frölunda-Högsbo stadsdel (upphörde 2021-01-01)|Totalt antal brott|2021|antal|0@16,C");
    let told: Vec<&str> = read.warnings.iter().map(|w| w.message.as_str()).filter(|m| m.contains("fanns")).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("Sydväst stadsområde (Gbg)") && told[0].contains("2019"), "{told:?}");
    assert!(told[1].contains("upphörde 2021-01-01") && told[1].contains("2021") && told[1].contains("2023"), "{told:?}");
}

#[test]
fn the_database_as_a_web_page_saved_as_a_spreadsheet() {
    let read = twin("resultat-webb.xls", &[]);
    assert_eq!((read.description.recipe.as_str(), read.description.format.as_str()), ("sol_table", "html"));
    let facts: Vec<String> = lines(&read).iter().map(|line| line.split('@').next().unwrap().to_owned()).collect();
    let expected = [
        ("Hela landet", "Totalt antal brott", ["1416280", "1402588", "1401982"]),
        ("Hela landet", "12 kap. Skadegörelsebrott", ["190221", "181004", "170310"]),
        ("Åsele", "Totalt antal brott", ["231", "208", "(..)"]),
        ("Åsele", "12 kap. Skadegörelsebrott", ["17", "31", "24"]),
    ];
    for (area, crime, values) in expected {
        for (period, value) in ["2023", "2024", "2025 prel."].iter().zip(values) {
            let fact = format!("{area}|{crime}|{period}|antal|{value}");
            assert!(facts.contains(&fact), "{fact} saknas i {facts:#?}");
        }
    }
    assert_eq!(facts.len(), 12);
}

#[test]
fn what_is_known_by_description_alone_is_asked_about_and_can_be_denied() {
    for name in [
        "arsfil.csv",
        "databasfil.txt",
        "est-matris.csv",
        "kolada-lang.csv",
        "kolada-paket.csv",
        "bra-tabell-10-ar.xlsx",
        "ntu-lan.xlsx",
        "ntu-kommun.csv",
        "folkhalsodata.csv",
        "drogvanor.csv",
        "trygghetsmatning.csv",
    ] {
        let open = twin(name, &[]);
        assert!(asks(&open).contains(&"confirm"), "{name}: {:?}", asks(&open));
        let yes = twin(name, &[("confirm", "yes")]);
        assert_eq!(yes.description.recipe, open.description.recipe);
        assert!(!asks(&yes).contains(&"confirm"), "{name}");
        let no = inspect(name, &crate::import::fixture(name), &Known::default(), &Answers::from([("confirm".to_owned(), "no".to_owned())]));
        assert!(no.is_err() || no.is_ok_and(|no| no.description.recipe != yes.description.recipe), "{name}: another reader, or none");
    }
    for name in ["resultat.xlsx", "folkmangd.csv"] {
        assert!(!asks(&twin(name, &[])).contains(&"confirm"), "{name}");
    }
}

#[test]
fn the_national_crime_survey_by_county() {
    let read = twin("ntu-lan.xlsx", &[("confirm", "yes")]);
    assert_eq!((read.description.recipe.as_str(), read.batch.dataset.publisher.as_str()), ("ntu_county", "Brå"));
    let facts = lines(&read);
    assert_eq!(facts.len(), 54, "two sheets, three groups, three places, three years: no interval is a value\n{facts:#?}");
    assert_eq!(read.tally.skipped, 36, "the ends of the intervals");
    for wanted in ["Hela landet", "Västerbottens län"] {
        assert!(facts.iter().any(|fact| fact.starts_with(wanted) && fact.contains("|procent|")), "{facts:#?}");
    }
    let county =
        |value: &str| facts.iter().any(|fact| fact.starts_with("Västerbottens län|") && fact.contains("|2025|") && fact.ends_with(value));
    assert!(county("|28.5@6,E") && county("|(..)@9,E") && county("|38.5@12,E") && county("|48.5@12,E"), "{facts:#?}");
    let groups: std::collections::BTreeSet<_> = read.batch.breakdowns.iter().flat_map(|b| b.values().cloned()).collect();
    assert_eq!(groups.into_iter().collect::<Vec<_>>(), ["Kvinnor", "Män"], "all of them together are no group");
}

#[test]
fn the_national_crime_survey_by_municipality() {
    let read = twin("ntu-kommun.csv", &[("confirm", "yes")]);
    let (fear, worry, burglary) = ("Otrygghet vid utevistelse sen kväll", "Oro över brottsligheten i samhället", "Oro för bostadsinbrott");
    let expected: Vec<String> = [
        ("Åsele", [(fear, "(XX)", "B"), (worry, "31.5", "C"), (burglary, "12", "D")], 3),
        ("Lycksele", [(fear, "14", "B"), (worry, "33", "C"), (burglary, "15.5", "D")], 4),
        ("Umeå", [(fear, "22.5", "B"), (worry, "38", "C"), (burglary, "17", "D")], 5),
    ]
    .into_iter()
    .flat_map(|(area, values, row)| values.map(|(what, value, column)| format!("{area}|{what}|2019–2020|procent|{value}@{row},{column}")))
    .collect();
    says(&read, &expected.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn public_health_data_keeps_shares_and_how_many_answered() {
    let read = twin("folkhalsodata.csv", &[("confirm", "yes")]);
    assert_eq!((read.batch.dataset.publisher.as_str(), read.tally.skipped, read.batch.values.len()), ("Folkhälsomyndigheten", 4, 6));
    let facts = lines(&read);
    let has =
        |start: &str, end: &str| assert!(facts.iter().any(|f| f.starts_with(start) && f.ends_with(end)), "{start} … {end}\n{facts:#?}");
    has("Västerbottens län|", "|2021–2024|procent|14.5@2,E");
    has("Västerbottens län|", "|2021–2024|antal|1210@5,E");
    has("Västerbottens län|", "|2021–2024|procent|3.5@6,E");
    has("Hela landet|", "|2021–2024|procent|17.25@10,E");
    has("Hela landet|", "|2021–2024|antal|40112@11,E");
}

#[test]
fn key_figures_in_long_form() {
    let read = twin("kolada-lang.csv", &[]);
    assert_eq!((read.description.recipe.as_str(), read.batch.dataset.publisher.as_str()), ("kolada_long", "Kolada"));
    let unit = "okänd enhet";
    says(
        &read,
        &[
            &format!("Åsele|N07403|2023|{unit}|812.4@2,E"),
            &format!("Åsele|N07403|2024|{unit}|790.1@3,E"),
            &format!("Upplands Väsby|N07403|2024|{unit}|1023@4,E"),
            &format!("Hela landet|N07403|2024|{unit}|911.6@5,E"),
            &format!("Åsele|N00945|2024|{unit}|1301@6,E"),
        ],
    );
    assert!(read.batch.breakdowns.iter().any(|breakdown| breakdown.values().any(|gender| gender == "K")), "{:?}", read.batch.breakdowns);
    let package = twin("kolada-paket.csv", &[]);
    assert_eq!(package.batch.values.len(), 3);
    has(&package, &format!("Upplands Väsby|N07403|2024|{unit}|1023@4,E"));
}

#[test]
fn the_ready_made_crime_table() {
    let read = twin("bra-tabell-10-ar.xlsx", &[("confirm", "yes")]);
    let facts = lines(&read);
    assert_eq!(facts.len(), 12, "{facts:#?}");
    let has =
        |start: &str, end: &str| assert!(facts.iter().any(|f| f.starts_with(start) && f.ends_with(end)), "{start} … {end}\n{facts:#?}");
    has("Hela landet|SAMTLIGA BROTT|", "2022|antal|1415210@3,C");
    has("Hela landet|", "Mord och dråp|2024|antal|(..)@5,E");
    has("Hela landet|", "Skadegörelsebrott, totalt|2024|antal|170310@6,E");
}

#[test]
fn pupils_drug_habits() {
    let read = twin("drogvanor.csv", &[("confirm", "yes")]);
    assert_eq!((read.batch.dataset.publisher.as_str(), read.batch.values.len()), ("CAN", 15));
    has(&read, "Åsele|Har rökt det senaste året|2021|procent|12.5@3,D");
    has(&read, "Åsele|Har rökt det senaste året|2025|procent|(..)@4,F");
    has(&read, "Åsele|Har druckit alkohol det senaste året|2025|procent|34@7,F");
    let boys = read
        .batch
        .breakdowns
        .iter()
        .any(|b| b.get("Kön").is_some_and(|k| k == "Pojkar") && b.get("Årskurs").is_some_and(|k| k == "Gymnasiet år 2"));
    assert!(boys, "{:?}", read.batch.breakdowns);
}

#[test]
fn the_polices_safety_survey() {
    let read = twin("trygghetsmatning.csv", &[("confirm", "yes")]);
    assert_eq!((read.batch.dataset.publisher.as_str(), read.batch.values.len()), ("Polisen", 12));
    let facts = lines(&read);
    assert!(facts.iter().any(|f| f.starts_with("Åsele|Nedskräpning|2022|") && f.ends_with("|2.1@3,B")), "{facts:#?}");
    has(&read, "Åsele|Antal svar|2024|antal|405@6,D");
}

#[test]
fn a_swedish_pc_axis_file() {
    let read = twin("befolkning.px", &[]);
    assert_eq!((read.description.format.as_str(), read.batch.values.len()), ("px", 12));
    let facts: Vec<String> = lines(&read).iter().map(|line| line.split('@').next().unwrap().to_owned()).collect();
    for fact in ["Åsele|Folkmängd|2023|antal|1450", "Åsele|Folkmängd|2025|antal|(..)", "Dorotea|Folkmängd|2025|antal|1199"] {
        assert!(facts.contains(&fact.to_owned()), "{fact} saknas i {facts:#?}");
    }
}

#[test]
fn spaces_and_signs_as_swedish_files_write_them() {
    let read = twin("nbsp-tusental.csv", &[]);
    says(
        &read,
        &[
            "Åsele|Orosanmälningar|2023|antal|1120@2,C",
            "Åsele|Andel, procent|2023|procent|50.9@2,D",
            "Åsele|Orosanmälningar|2024|antal|1204@3,C",
            "Åsele|Andel, procent|2024|procent|-12.5@3,D",
            "Lycksele|Orosanmälningar|2024|antal|12345678@4,C",
            "Lycksele|Andel, procent|2024|procent|0.5@4,D",
        ],
    );
}

#[test]
fn a_danish_table_is_asked_about_and_its_lund_is_not_swedish() {
    let open = twin("danmark.csv", &[]);
    let unanswered = asks(&open);
    assert!(unanswered.contains(&"dash") && unanswered.iter().any(|id| id.starts_with("decimal:")), "{unanswered:?}");
    assert!(open.batch.areas.iter().all(|area| area.code.is_none()), "{:?}", open.batch.areas);
}

#[test]
fn a_table_of_relative_months_is_refused_with_its_reason() {
    let text = "Anmälda brott, hela landet\n;Aktuell månad;;;Ackumulerat under innevarande kalenderår;;;Senaste 12 månaderna;;\n;Antal;Förändring;Per 100 000;Antal;Förändring;Per 100 000;Antal;Förändring;Per 100 000\nSAMTLIGA BROTT;1;2;3;4;5;6;7;8;9\n";
    let refused = inspect("P1.csv", text.as_bytes(), &Known::default(), &Answers::new()).unwrap_err();
    assert_eq!((refused.code, refused.place.as_ref().and_then(|place| place.row)), (Code::NotUnderstood, Some(2)));
    assert!(refused.message.contains("tre perioder") && refused.hint.is_some_and(|hint| hint.contains("statistikdatabas")));
}

/// Factors across and places down: every count is a report of its factor and its place, sums are none.
#[test]
fn a_report_of_risk_factors_as_a_matrix() {
    let read = twin("est-matris.csv", &[("confirm", "yes")]);
    assert_eq!((read.description.recipe.as_str(), asks(&read)), ("est_matrix", vec![]));
    let reports: Vec<_> = read
        .batch
        .reports
        .iter()
        .map(|r| (r.row + 1, r.place.as_deref().unwrap(), r.category.as_str(), r.count, r.date.as_deref().unwrap()))
        .collect();
    let week = "2025-W14";
    assert_eq!(
        reports,
        [
            (3, "Centrum", "Hot och våld", 2, week),
            (3, "Centrum", "Skadegörelse", 1, week),
            (3, "Centrum", "Otrygg trappa", 1, week),
            (4, "Norrby", "Skadegörelse", 3, week),
            (4, "Norrby", "Otrygg trappa", 1, week),
            (5, "Sjöstaden", "Narkotika", 1, week),
        ]
    );
    let refused: Vec<_> = read.rejections.iter().map(|r| (r.row, r.column.as_str(), r.value.as_str())).collect();
    assert_eq!(refused, [(4, "D", "flera")]);
    assert!(read.tally.adds_up());
    let plain = String::from_utf8(crate::import::fixture("est-matris.csv"))
        .unwrap()
        .replace("EST lägesrapport vecka 14, 2025", "Anmälda brott 2025");
    let other = inspect("brott.csv", plain.as_bytes(), &Known::default(), &Answers::new());
    assert!(other.is_err() || other.is_ok_and(|other| other.description.recipe != "est_matrix"), "statistics look like this too");
}

#[test]
fn a_statistics_offices_exports_with_one_value_a_row() {
    let relation = twin("pxweb-relation.txt", &[]);
    assert_eq!(asks(&relation), [""; 0]);
    let values = lines(&relation);
    assert_eq!(values.len(), 8);
    for (row, area, year, value) in [(2, "Åsele", 2023, "1421"), (5, "Åsele", 2024, "(..)"), (9, "Malå", 2024, "1433")] {
        let start = format!("{area}|Folkmängd");
        assert!(
            values.iter().any(|v| v.starts_with(&start) && v.contains(&format!("|{year}|antal|{value}@{row},D"))),
            "{row}: {values:#?}"
        );
    }
    let pivot = twin("pxweb-pivot.csv", &[]);
    assert_eq!(asks(&pivot), [""; 0]);
    let values = lines(&pivot);
    assert_eq!(values.len(), 8);
    for (row, area, what, unit, value) in [
        (2, "Åsele", "Andel arbetslösa", "procent", "4.5"),
        (5, "Åsele", "Antal arbetslösa", "antal", "58"),
        (7, "Malå", "Andel arbetslösa", "procent", "3.9"),
    ] {
        let fits = |v: &&String| v.starts_with(&format!("{area}|{what}")) && v.ends_with(&format!("|{unit}|{value}@{row},D"));
        assert!(values.iter().any(|v| fits(&v)), "{row}: {values:#?}");
    }
}
