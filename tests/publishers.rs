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
    let early = twin("arsfil-2023.csv", &[("year", "2023")]);
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
    assert_eq!(asks(&open), ["dash"]);
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
