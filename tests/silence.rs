//! Small tables in which something could vanish or turn into something else without anybody being told. Each was once misread.

use crate::import::lines;
use lagesbild::import::{Answers, Inspected, inspect};
use lagesbild::reference::Known;

fn read(text: &str, answers: &[(&str, &str)]) -> Inspected {
    let answers: Answers = answers.iter().map(|(id, answer)| ((*id).to_owned(), (*answer).to_owned())).collect();
    inspect("tabell.csv", text.as_bytes(), &Known::default(), &answers).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

/// Exactly these values, exactly these cells refused, exactly these questions.
fn says(text: &str, answers: &[(&str, &str)], values: &[&str], refused: &[&str], asked: &[&str]) {
    let read = read(text, answers);
    let mut found: Vec<String> = lines(&read).iter().map(|line| line.replace("|okänd enhet|", "|").replace("|antal|", "|")).collect();
    found.sort_unstable();
    let mut values = values.to_vec();
    values.sort_unstable();
    assert_eq!(found, values, "{text}");
    let cells: Vec<String> = read.rejections.iter().map(|cell| format!("{}{}", cell.column, cell.row)).collect();
    assert_eq!(cells, refused, "{text}");
    let questions: Vec<&str> = read.description.doubts.iter().map(|doubt| doubt.id.as_str()).collect();
    assert_eq!(questions, asked, "{text}");
}

#[test]
fn a_row_that_answers_in_words_is_a_row() {
    let lerum = ["Lerum|Värde|2023|12@3,B", "Lerum|Värde|2024|13@3,C"];
    says("Kommun;2023;2024\nAle;ej svar;ej svar\nLerum;12;13\n", &[], &lerum, &["B2", "C2"], &[]);
    says("Kommun;2023;2024\nAle;sekretess;ej svar\nLerum;12;13\n", &[], &lerum, &["B2", "C2"], &[]);
    says(";2023;2024\nAle;ej svar;oklart\nLerum;12;13\n", &[], &lerum, &["B2", "C2"], &[]);
    let ale = ["Ale|Värde|2023|12@2,B", "Ale|Värde|2024|13@2,C"];
    says("Kommun;2023;2024\nAle;12;13\nLerum;sekretess;ej svar\n", &[], &ale, &["B3", "C3"], &[]);
    says(
        "Kommun;2023;2024\nAle;12;13\nLerum;sekretess;ej svar\nHabo;4;5\n",
        &[],
        &[ale[0], ale[1], "Habo|Värde|2023|4@4,B", "Habo|Värde|2024|5@4,C"],
        &["B3", "C3"],
        &[],
    );
    says(
        "Anmälda brott i Ale kommun\n\nBrott;2023;2024\nHot;ej svar;ej insamlat\nRån;12;13\nStöld;sekretess;okänt\n",
        &[],
        &["Ale|Rån|2023|12@5,B", "Ale|Rån|2024|13@5,C"],
        &["B4", "C4", "B6", "C6"],
        &[],
    );
    says("Kommun;Antal fall 2023\nAle;sekretess\nLerum;12\nHabo;ej svar\n", &[], &["Lerum|Antal fall|2023|12@3,B"], &["B2", "B4"], &[]);
}

#[test]
fn a_column_of_mostly_words_is_no_part_of_the_name() {
    says(
        "Kommun;År;Antal anmälda;Brott\nAle;2023;12;okänt\nLerum;2023;13;oklart\nHabo;2023;14;12\n",
        &[],
        &["Ale|Antal anmälda|2023|12@2,C", "Lerum|Antal anmälda|2023|13@3,C", "Habo|Antal anmälda|2023|14@4,C", "Habo|Brott|2023|12@4,D"],
        &["D2", "D3"],
        &[],
    );
}

#[test]
fn numbers_that_no_table_reads_are_refused_with_their_place() {
    let ale = ["Ale|Värde|2023|12@2,B", "Ale|Värde|2024|13@2,D", "Habo|Värde|2023|12@3,B", "Habo|Värde|2024|13@3,D"];
    says("Kommun;2023;;2024\nAle;12;7;13\nHabo;12;8;13\n", &[], &ale, &["C2", "C3"], &[]);
    let two = ["Ale|Värde|2023|12@2,B", "Ale|Värde|2024|13@2,C", "Habo|Värde|2023|1@3,B", "Habo|Värde|2024|2@3,C"];
    says("Kommun;2023;2024\nAle;12;13\nHabo;1;2\nSkola;Flickor;Pojkar\nA-skolan;4;5\n", &[], &two, &["B5", "C5"], &[]);
}

#[test]
fn a_part_of_the_year_is_no_year() {
    let table = "Kommun;2023;2024\nAle;12;13\n";
    let quarter = ["Ale|Anmälda brott januari–mars|2023-Q1|12@3,B", "Ale|Anmälda brott januari–mars|2024-Q1|13@3,C"];
    says(&format!("Anmälda brott januari–mars\n{table}"), &[], &quarter, &[], &[]);
    let march = format!("Anmälda brott i mars\n{table}");
    says(&march, &[], &[], &["B3", "C3"], &["part"]);
    says(
        &march,
        &[("part", "part")],
        &["Ale|Anmälda brott i mars|2023-03|12@3,B", "Ale|Anmälda brott i mars|2024-03|13@3,C"],
        &[],
        &["part"],
    );
    says(&march, &[("part", "whole")], &["Ale|Anmälda brott i mars|2023|12@3,B", "Ale|Anmälda brott i mars|2024|13@3,C"], &[], &["part"]);
    let noted = ["Ale|Värde|2023|12@2,B", "Ale|Värde|2024-01–2024-09|13@2,C"];
    says(&format!("{table}\n2024 avser januari–september.\n"), &[], &noted, &[], &[]);
    says(
        "Kommun;Antal jan-mar 2024;Antal t.o.m. juni 2025\nAle;12;13\n",
        &[],
        &["Ale|Antal|2024-Q1|12@2,B", "Ale|Antal|2025-01–2025-06|13@2,C"],
        &[],
        &[],
    );
    says("Anmälda brott, första halvåret 2024\nKommun;Antal\nAle;12\n", &[], &["Ale|Antal|2024-01–2024-06|12@3,B"], &[], &[]);
    says(
        &format!("Folkmängd den 31 december\n{table}"),
        &[],
        &["Ale|Folkmängd den 31 december|2023|12@3,B", "Ale|Folkmängd den 31 december|2024|13@3,C"],
        &[],
        &[],
    );
    says("Kommun;ar_1950;ar_1960\nAle;12;13\n", &[], &["Ale|Värde|1950|12@2,B", "Ale|Värde|1960|13@2,C"], &[], &[]);
}

#[test]
fn a_table_beside_another_is_not_read_as_its_columns() {
    says(
        "Kommun;2023;;Kommun;2024\nAle;1;;Lerum;3\nHabo;5;;Håbo;7\n",
        &[],
        &["Ale|Värde|2023|1@2,B", "Habo|Värde|2023|5@3,B"],
        &["E2", "E3"],
        &[],
    );
}

#[test]
fn numbers_of_months_quarters_and_weeks_are_no_values() {
    for (heading, one, periods) in [
        ("Kvartal", ["1", "3"], ["2024-Q1", "2024-Q3"]),
        ("Månad", ["1", "12"], ["2024-01", "2024-12"]),
        ("Vecka", ["5", "52"], ["2024-W05", "2024-W52"]),
    ] {
        let table = format!("År;{heading};Kommun;Antal\n2024;{};Ale;4\n2024;{};Lerum;5\n", one[0], one[1]);
        says(&table, &[], &[&format!("Ale|Antal|{}|4@2,D", periods[0]), &format!("Lerum|Antal|{}|5@3,D", periods[1])], &[], &[]);
    }
    let facts = ["Ale|Antal|2024-01|4@2,C", "Lerum|Antal|2024-12|5@3,C"];
    says("Månad;Kommun;Antal\n202401;Ale;4\n202412;Lerum;5\n", &[], &facts, &[], &[]);
    says("Kommun;jan-24;feb-24\nAle;1;2\n", &[], &["Ale|Värde|2024-01|1@2,B", "Ale|Värde|2024-02|2@2,C"], &[], &[]);
}

#[test]
fn a_column_of_intervals_does_not_name_what_is_measured() {
    says(
        "kommun,ar,Fråga,Andel,Konfidensintervall\nAle,2024,Otrygg,23,19-27\nAle,2024,Orolig,9,6-12\n",
        &[],
        &["Ale|Otrygg|2024|23@2,D", "Ale|Orolig|2024|9@3,D"]
            .map(|line| line.replace("|2024|", "|2024|procent|"))
            .each_ref()
            .map(String::as_str),
        &[],
        &[],
    );
}

#[test]
fn a_police_area_is_not_the_municipality_of_its_name() {
    let read = read("Lokalpolisområde;2024\nUmeå;1\nLerum;2\nLPO Södra Lappland;3\n", &[]);
    let names: Vec<(&str, Option<&str>)> = read.batch.areas.iter().map(|area| (area.name.as_str(), area.code.as_deref())).collect();
    assert_eq!(names, [("Lokalpolisområde Umeå", None), ("Lokalpolisområde Lerum", None), ("LPO Södra Lappland", None)]);
    let read = self::read("Kommun;2024\nÅsele;1\nÖvriga kommuner i länet;2\nOkänt;3\nUtlandet;4\n", &[]);
    assert_eq!(read.batch.areas.first().and_then(|area| area.code.as_deref()), Some("2463"));
}

#[test]
fn a_part_of_a_year_that_cannot_be_read_is_no_year() {
    for heading in ["T1 2025", "Delår 2025", "2025 hittills", "Antal sommar 2025"] {
        says(&format!("Kommun;2024;{heading}\nAle;1;2\n"), &[], &["Ale|Värde|2024|1@2,B"], &["C2"], &[]);
    }
    says("Kommun;VT 2024;2024 (1)\nAle;1;2\n", &[], &["Ale|Värde|2024-01–2024-06|1@2,B", "Ale|Värde|2024|2@2,C"], &[], &[]);
}

#[test]
fn a_column_under_a_year_holds_values_whatever_stands_in_it() {
    let two = ["Ale|Värde|2023|3@2,C", "Lerum|Värde|2023|6@3,C"];
    for cells in [["4 st", "6 st"], ["4,5‰", "5‰"], ["12 (45)", "13 (46)"], ["3/20", "4/20"]] {
        says(&format!("Kommun;2022;2023\nAle;{};3\nLerum;{};6\n", cells[0], cells[1]), &[], &two, &["B2", "B3"], &[]);
    }
}

#[test]
fn twelve_months_that_end_in_a_month_of_each_year() {
    let title = "Rullande tolv månader t.o.m. juni respektive år";
    let facts = [format!("Ale|{title}|2022-07–2023-06|1@3,B"), format!("Ale|{title}|2023-07–2024-06|2@3,C")];
    says(&format!("{title}\nKommun;2023;2024\nAle;1;2\n"), &[], &[&facts[0], &facts[1]], &[], &[]);
}

#[test]
fn terms_and_other_divisions_are_what_they_are() {
    let facts = ["Ale|Antal|2024-01–2024-06|10@2,D", "Lerum|Antal|2024-07–2024-12|9@3,D"];
    says("Kommun;År;Termin;Antal\nAle;2024;VT;10\nLerum;2024;HT;9\n", &[], &facts, &[], &[]);
    says("Tingsrätt;2024\nAle;1\nLerum;2\n", &[], &["Tingsrätt Ale|Värde|2024|1@2,B", "Tingsrätt Lerum|Värde|2024|2@3,B"], &[], &[]);
    let share = ["Ale|Andel|2023|procent|12@2,B", "Lerum|Andel|2023|procent|14@3,B"];
    says("Kommun;Andel 2023;95 % KI\nAle;12;9–15\nLerum;14;12–16\n", &[], &share, &[], &[]);
    for (heading, unit) in [
        ("Brott per tusen invånare", "per 1 000 inv"),
        ("Brott per invånare", "okänd enhet"),
        ("Förändring i procentenheter", "okänd enhet"),
    ] {
        let read = read(&format!("Kommun;{heading} 2024\nAle;1,5\n"), &[]);
        assert_eq!(read.batch.series[0].unit.word(), unit, "{heading}");
    }
}

#[test]
fn money_is_no_label() {
    says(
        "Kommun;År;Bistånd per invånare;Andel med bistånd\nAle;2023;1 234:-;3\nLerum;2023;1.050,00 kr;4\n",
        &[],
        &["Ale|Andel med bistånd|2023|procent|3@2,D", "Lerum|Andel med bistånd|2023|procent|4@3,D"],
        &["C2", "C3"],
        &[],
    );
    says("Kommun;2024;2025 (t.o.m. sept)\nAle;1;2\n", &[], &["Ale|Värde|2024|1@2,B", "Ale|Värde|2025-01–2025-09|2@2,C"], &[], &[]);
    says("Kommun;Oro per 1 000 barn 2024\nAle;4,5\n", &[], &["Ale|Oro per 1 000 barn|2024|4.5@2,B"], &[], &[]);
}

#[test]
fn a_place_and_a_year_in_one_heading_are_two() {
    says(
        "Brott;Ale 2023;Ale 2024;Lerum 2023\nStöld;1;2;3\n",
        &[],
        &["Ale|Stöld|2023|1@2,B", "Ale|Stöld|2024|2@2,C", "Lerum|Stöld|2023|3@2,D"],
        &[],
        &[],
    );
}

#[test]
fn a_month_that_sums_up_those_before_it_is_no_month() {
    let table = "Kommun;2024-03;2024-04\nAle;120;130\n";
    let rolling = ["2023-04–2024-03", "2023-05–2024-04"];
    let facts = |name: &str, periods: [&str; 2], row: u32| {
        [format!("Ale|{name}|{}|120@{row},B", periods[0]), format!("Ale|{name}|{}|130@{row},C", periods[1])]
    };
    for (title, periods) in [("Anmälda brott, rullande 12 månader", rolling), ("Anmälda brott ackumulerat", ["2024-Q1", "2024-01–2024-04"])]
    {
        let facts = facts(title, periods, 3);
        says(&format!("{title}\n{table}"), &[], &[&facts[0], &facts[1]], &[], &[]);
    }
}

#[test]
fn a_scale_of_its_own_is_not_taken_for_another() {
    for heading in ["Brott per 10 000 inv", "Andel i promille", "Kostnad (mnkr)", "Folkmängd (tusental)", "Brott per 100 inv"] {
        says(&format!("Kommun;{heading} 2024\nAle;12,5\n"), &[], &[&format!("Ale|{heading}|2024|12.5@2,B")], &[], &[]);
    }
    let read = read("Kommun;Brott per 10 000 inv 2024;Brott per 1 000 inv 2024;Brott /100 000 inv 2024\nAle;12,5;1,25;125\n", &[]);
    let units: Vec<&str> = read.batch.values.iter().map(|value| read.batch.series[value.series as usize].unit.word()).collect();
    assert_eq!(units, ["okänd enhet", "per 1 000 inv", "per 100 000 inv"]);
}

#[test]
fn what_differs_or_ranks_has_no_year_of_its_own() {
    let two = ["Ale|Värde|2023|12@2,B", "Ale|Värde|2024|13@2,C"];
    says("Kommun;2023;2024;Differens;Rang\nAle;12;13;1;5\n", &[], &two, &["D2", "E2"], &[]);
}

#[test]
fn what_is_said_to_be_preliminary_is() {
    let table = "Kommun;2023;2024\nAle;12;13\n";
    says(
        &format!("{table}\nUppgifterna för 2024 är preliminära.\n"),
        &[],
        &["Ale|Värde|2023|12@2,B", "Ale|Värde|2024 prel.|13@2,C"],
        &[],
        &[],
    );
    let facts = ["Ale|Värde|2024 prel.|1@2,B", "Ale|Värde|2023|2@2,C"];
    says("Kommun;2024 (prel.);2023\nAle;1;2\n", &[], &facts, &[], &[]);
    says("Kommun;2024*;2023\nAle;1;2\n\n* Preliminära siffror\n", &[], &facts, &[], &[]);
}

#[test]
fn names_that_are_both_counties_and_municipalities_are_asked_about() {
    let table = "Region;2024\nStockholm;12\nUppsala;13\nÖrebro;14\n";
    says(table, &[], &[], &["B2", "B3", "B4"], &["places:A"]);
    let counties = ["Stockholms län|Värde|2024|12@2,B", "Uppsala län|Värde|2024|13@3,B", "Örebro län|Värde|2024|14@4,B"];
    says(table, &[("places:A", "counties")], &counties, &[], &["places:A"]);
    let municipalities = ["Stockholm|Värde|2024|12@2,B", "Uppsala|Värde|2024|13@3,B", "Örebro|Värde|2024|14@4,B"];
    says(table, &[("places:A", "municipalities")], &municipalities, &[], &["places:A"]);
    says(&table.replace("Region", "Kommun"), &[], &municipalities, &[], &[]);
    says(&table.replace("Region", "Län"), &[], &counties, &[], &[]);
}

#[test]
fn parts_of_a_crime_stand_under_it() {
    says(
        "Anmälda brott i hela landet, 2024\nBrottstyp;Antal\nMord, totalt;30\nMot kvinna;10\nMot man;20\nRån, totalt;9\nMot kvinna;4\n",
        &[],
        &[
            "Hela landet|Mord, totalt|2024|30@3,B",
            "Hela landet|Mord, totalt > Mot kvinna|2024|10@4,B",
            "Hela landet|Mord, totalt > Mot man|2024|20@5,B",
            "Hela landet|Rån, totalt|2024|9@6,B",
            "Hela landet|Rån, totalt > Mot kvinna|2024|4@7,B",
        ],
        &[],
        &[],
    );
}
