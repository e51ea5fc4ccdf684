//! Statistics in the layouts they really come in: each real file with its outcome and values read beforehand with other
//! readers (openpyxl, xlrd, plain Python), and an invented twin of each difficulty for machines without the real files.

use crate::outside::real_file;
use lagesbild::error::Error;
use lagesbild::import::batch::{AreaLevel, Reading, Unit, Value};
use lagesbild::import::{Answers, Inspected, inspect};
use lagesbild::reference::Known;

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().map(|(id, choice)| ((*id).to_owned(), (*choice).to_owned())).collect()
}

fn tried(name: &str, bytes: &[u8], given: &[(&str, &str)]) -> Result<Inspected, Error> {
    let read = inspect(name, bytes, &Known::default(), &answers(given))?;
    assert!(read.tally.adds_up(), "{name}: {:?}", read.tally);
    assert_eq!(read.tally.stored as usize, read.batch.values.len(), "{name}");
    Ok(read)
}

fn read(name: &str, bytes: &[u8], given: &[(&str, &str)]) -> Inspected {
    tried(name, bytes, given).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn csv(text: &str) -> Inspected {
    read("tabell.csv", text.as_bytes(), &[])
}

/// `area (code)|path|period|unit|group=value → value or (symbol) @ sheet!cell`
fn line(read: &Inspected, value: &Value) -> String {
    let batch = &read.batch;
    let series = batch.series[value.series as usize];
    let area = &batch.areas[series.area as usize];
    let reading = match value.reading {
        Reading::Number(number) => number.to_string(),
        Reading::Missing(symbol) => format!("({})", batch.missing_symbols[symbol as usize]),
    };
    let groups: Vec<String> = batch.breakdowns[series.breakdown as usize].iter().map(|(key, value)| format!("{key}={value}")).collect();
    let code = area.code.as_deref().map(|code| format!(" ({code})")).unwrap_or_default();
    let path = batch.indicators[series.indicator as usize].path.join(" > ");
    let column = lagesbild::error::column_letters(value.cell.column as usize);
    format!(
        "{}{code}|{path}|{}|{}|{}|{reading}@{}!{column}{}",
        area.name,
        batch.periods[value.period as usize].label,
        series.unit.word(),
        groups.join(","),
        value.cell.sheet,
        value.cell.row + 1
    )
}

fn lines(read: &Inspected) -> Vec<String> {
    read.batch.values.iter().map(|value| line(read, value)).collect()
}

fn has(read: &Inspected, wanted: &[&str]) {
    let lines = lines(read);
    for wanted in wanted {
        let near = wanted.rsplit_once('@').map_or("", |(_, cell)| cell);
        let there: Vec<&String> = lines.iter().filter(|line| line.ends_with(&format!("@{near}"))).collect();
        assert!(lines.iter().any(|line| line == wanted), "{wanted} saknas i {}; där står {there:?}", read.description.file);
    }
}

fn proves(read: &Inspected, wanted: &str) {
    assert!(read.description.proof.iter().any(|line| line.0.contains(wanted)), "{wanted} saknas i {:#?}", read.description.proof);
}

/// A real file: answers, values stored, cells refused, questions asked, and values to be found.
type Outcome = (&'static str, &'static [(&'static str, &'static str)], (u32, u32), &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const REAL: [Outcome; 22] = [
    ("bra-sol/Brott_2025_raw.xls", &[], (336, 0), &[], &[
        "Stadsdelsområde Bromma (Sthlm)|Totalt antal brott|2025-01|antal||924@0!B7",
        "Stadsdelsområde Bromma (Sthlm)|3-7 kap. Brott mot person|2025-03|antal||160@0!D8",
    ]),
    ("bra-sol/brå_alla_kommuner_2025_raw.xls", &[], (110, 0), &[], &[]),
    ("bra-sol/brå_2021_2025_raw.xls", &[], (620, 0), &[], &[]),
    ("bra-sol/brottsstatistik_bromma.xlsx", &[], (20, 0), &[], &[]),
    ("bra-sol/brottstatistik_bromma_hägersten-älvsjö.xlsx", &[], (450, 0), &[], &[
        "Stadsdelsområde Bromma (Sthlm)|Totalt antal brott|2026-03|antal||809@0!P7",
    ]),
    ("bra-derived/brott_2024.csv", &[], (0, 336), &["year"], &[]),
    ("bra-derived/brott_2024.csv", &[("year", "2025")], (336, 0), &["year"], &[
        "Bromma|12 kap. Skadegörelsebrott|2025-01|antal||264@0!C2",
        "Bromma|Totalt antal brott|2025-01|antal||924@0!K2",
        "Bromma|därav misshandel inkl. grov|2025-01|antal||38@0!O2",
        "Hägersten-Älvsjö|Totalt antal brott|2025-12|antal||1500@0!K25",
        "Hägersten-Älvsjö|därav rån, inkl. grovt|2025-12|antal||5@0!P25",
    ]),
    ("stockholm-arsbok/1.20-in--och-utflyttade-samt-inomflyttningar-2024.xlsx", &[("dash", "missing")], (160, 0), &["dash"], &[
        "Västerort|Inflyttade från > Annan del av staden|2024|antal||6336@0!B8",
        "Bromma|Utflyttade till > Övriga länet och riket|2024|antal||4596@0!H11",
        "Bromma|Flyttningsnetto|2024|antal||-134@0!L11",
        "Farsta|Utflyttade till > Utlandet|2024|antal||338@0!I21",
        "Hela staden|Inflyttade från > Annan del av staden|2024|antal||(–)@0!B27",
        "Hela staden|Inomflyttningar|2024|antal||102734@0!M27",
    ]),
    ("scb-pxweb/inkomst.csv", &[], (4060, 0), &[], &[
        "Upplands Väsby (0114)|Medelvärde|2015|tkr|ålder=18+ år|490.2@0!D2",
        "Danderyd (0162)|Medianvärde|2015|tkr|ålder=18-29 år|281.6@0!E101",
        "Tanum (1435)|Medelvärde|2015|tkr|ålder=65-79 år|367.8@0!D1001",
        "Kiruna (2584)|Medelvärde|2015|tkr|ålder=80+ år|210@0!D2031",
        "Kiruna (2584)|Medianvärde|2015|tkr|ålder=80+ år|165.5@0!E2031",
    ]),
    ("scb-pxweb/bef_k_tot.csv", &[], (3190, 0), &[], &[
        "Upplands Väsby (0114)|Folkmängd|2008|antal||38248@0!D2",
        "Upplands Väsby (0114)|Folkmängd|2010|antal||39289@0!D4",
        "Kiruna (2584)|Folkmängd|2017|antal||23116@0!D3190",
        "Kiruna (2584)|Folkmängd|2018|antal||22992@0!D3191",
        "Linköping (0580)|Folkmängd|2008|antal||141863@0!D552",
    ]),
    ("skr-tabell/Tabell10 2008.xlsx", &[], (3230, 0), &[], &[
        "Stockholms län (01)|Antal anställda|2008-11|antal||108508@0!B7",
        "Botkyrka (0127)|Antal anställda > därav i olika åldersgrupper > -29|2008-11|procent||10.55@0!C8",
        "Åsele (2463)|Antal anställda|2008-11|antal||404@0!B321",
        "Åsele (2463)|Antal anställda > därav i olika åldersgrupper > 60-|2008-11|procent||17.82@0!H321",
        "Åsele (2463)|Medelålder|2008-11|medelvärde||48.04@0!J321",
        "Åsele (2463)|Medelålder|2008-11|medelvärde|Kön=Män|49.85@0!L321",
        "Hela landet (00)|Antal anställda|2008-11|antal||717386@0!B342",
    ]),
    ("scb-deso/000005LO_20240813-153750.xlsx", &[], (35904, 0), &[], &[
        "0114A0010 (0114A0010)|Antal personer|2022|antal|hustyp=småhus|727@0!B5",
        "0114A0010 (0114A0010)|Antal personer|2022|antal|hustyp=uppgift saknas|99@0!F5",
        "0114A0010 (0114A0010)|Antal personer|2022|antal||863@0!G5",
        "0180C3320 (0180C3320)|Antal personer|2022|antal|hustyp=flerbostadshus|1316@0!C694",
        "2584C1130 (2584C1130)|Antal personer|2022|antal||1443@0!G5988",
    ]),
    ("scb-pxweb/sverige_snittinkomst_2024.csv", &[], (580, 0), &[], &[
        "Upplands Väsby (0114)|Medelinkomst|2024|tkr||402.2@0!C2",
        "Vallentuna (0115)|Medianinkomst|2024|tkr||420.7@0!D3",
        "Österåker (0117)|Medelinkomst|2024|tkr||473.2@0!C4",
        "Haparanda (2583)|Medianinkomst|2024|tkr||300@0!D290",
        "Kiruna (2584)|Medelinkomst|2024|tkr||429.4@0!C291",
    ]),
    ("skolverket/Grundskolan - Antal elever per årskurs 2010 Skolenhet.csv", &[], (69315, 0), &[], &[
        "Ahlafors Fria skola (71387206)|Elever, förskoleklass|2010/11|antal|Typ av huvudman=Enskild|21@0!H7",
        "Ahlafors Fria skola (71387206)|Andel (%) flickor, förskoleklass|2010/11|procent|Typ av huvudman=Enskild|57@0!I7",
        "Alboskolan (72616393)|Elever, årskurs 4|2010/11|antal|Typ av huvudman=Kommunal|58@0!Q8",
        "Alboskolan (72616393)|Elever, förskoleklass|2010/11|antal|Typ av huvudman=Kommunal|(.)@0!H8",
        "Rörbäcksnäs skola (60207912)|Andel (%) flickor, årskurs 1-9|2010/11|procent|Typ av huvudman=Kommunal|(..)@0!K2235",
    ]),
    ("skolverket/gymnasie13.xlsx", &[], (75980, 0), &[], &[
        "Ale (1440)|Nationella program > Totalt antal|2012/13|antal||84@0!F10",
        "Alvesta (0764)|Nationella program > Andel (%) som slutfört med examen > Inom 3 år|2012/13|procent||70@0!G16",
        "Överkalix (2513)|Nationella program > Andel (%) som slutfört med examen > Inom 3 år|2012/13|procent||(.)@0!G599",
        "Alingsås (1489)|Bygg- och anläggningsprogrammet > Andel (%) som slutfört med examen > Inom 4 år|2012/13|procent||58.8@5!H12",
        "Norrköping (0581)|Vård- och omsorgsprogrammet > Andel (%) som startat och slutfört utbildningen inom samma program > Inom 3 år|2012/13|procent||56.4@23!M166",
        "Norrköping (0581)|Vård- och omsorgsprogrammet > Andel (%) som slutfört med studiebevis om 2500 poäng > Inom 5 år|2012/13|procent||(..)@23!L166",
    ]),
    ("kolada/U07417.xls", &[], (1160, 0), &[], &[
        "Ale (1440)|U. Anmälda stöld- och tillgreppsbrott|2008|per 1 000 inv||49.2397@0!D2",
        "Ale (1440)|U. Anmälda stöld- och tillgreppsbrott|2011|per 1 000 inv||42.89371822@0!D5",
        "Alingsås (1489)|U. Anmälda stöld- och tillgreppsbrott|2008|per 1 000 inv||57.9087@0!D6",
        "Övertorneå (2518)|U. Anmälda stöld- och tillgreppsbrott|2010|per 1 000 inv||18.5663765@0!D1160",
        "Övertorneå (2518)|U. Anmälda stöld- och tillgreppsbrott|2011|per 1 000 inv||21.31756292@0!D1161",
    ]),
    ("kolada/tillit.csv", &[], (42, 0), &[], &[
        "Dalarnas län (20)|Invånare 16-84 år med avsaknad av tillit till andra|2007|procent|gender=K|30@0!D2",
        "Dalarnas län (20)|Invånare 16-84 år med avsaknad av tillit till andra|2013|procent|gender=M|21@0!D21",
        "Dalarnas län (20)|Invånare 16-84 år med avsaknad av tillit till andra|2016|procent||27@0!D31",
        "Dalarnas län (20)|Invånare 16-84 år med avsaknad av tillit till andra|2022|procent|gender=M|27.8@0!D42",
        "Dalarnas län (20)|Invånare 16-84 år med avsaknad av tillit till andra|2022|procent||27.3@0!D43",
    ]),
    ("nordic/anmeldt_20-24.csv", &[], (9968, 0), &[], &[
        "Halden|alt|2020–2021|okänd enhet||3116@0!F2",
        "Lund|alt|2020–2021|okänd enhet||84@0!F153",
        "Lund|orden_integritet|2023–2024|okänd enhet||(NA)@0!J1218",
        "Norge|alt|2020–2021|okänd enhet||286766@0!F1422",
        "Norge|annet|2021–2022|okänd enhet||60146@0!L1423",
    ]),
    ("px-axis/1001.px", &[], (0, 504), &["area"], &[]),
    ("px-axis/14001.px", &[], (0, 8064), &["year"], &[]),
    ("px-axis/14001.px", &[("year", "2018")], (8064, 0), &["year"], &[]),
    ("json-stat/oecd.json", &[], (432, 0), &[], &[]),
];

#[test]
fn every_real_statistics_file_has_its_outcome() {
    for (name, given, (stored, rejected), doubts, values) in REAL {
        let Some(path) = real_file(name) else { return };
        let read = read(name, &std::fs::read(path).unwrap(), given);
        let asked: Vec<&str> = read.description.doubts.iter().map(|doubt| doubt.id.as_str()).collect();
        println!("{name}: {:?}, frågar {asked:?}", read.tally);
        has(&read, values);
        assert_eq!((read.tally.stored, read.tally.rejected), (stored, rejected), "{name}");
        assert_eq!(asked, doubts, "{name}");
    }
}

#[test]
fn the_real_school_survey_is_read_whole_with_its_own_legend() {
    let name = "skolenkaten/excelrapport-elever-gymnasieskola-ar-2-2022.xlsx";
    let Some(path) = real_file(name) else { return };
    let read = read(name, &std::fs::read(path).unwrap(), &[]);
    // 367 columns × 879 rows and 129 × 875; what the second sheet repeats of the first is one value.
    assert_eq!((read.tally.read, read.tally.rejected), (322_593 + 112_875, 0));
    assert!(read.description.doubts.is_empty(), "{:?}", read.description.doubts);
    proves(&read, "Strecket betyder att uppgift saknas enligt filen");
    proves(&read, "Bladet ”Förklaring” är en förklaring");
    let question = "Hur ofta förklarar lärarna vad du ska göra på lektionerna så att du förstår?";
    has(
        &read,
        &[
            "Samtliga deltagande skolor|Antal i gruppen|2022|antal||61547@0!F4",
            &format!("Upplands Väsby (0114)|{question} > Alltid|2022|antal||21@0!K9"),
            &format!("Upplands Väsby (0114)|{question} > Alltid|2022|procent||24.1@0!L9"),
            "Upplands Väsby (0114)|1. Information om utbildningen > Index|2022|okänd enhet||5.7@0!I9",
            &format!("Lars Kaggskolan 2 TE, VF (14508922)|{question}|2022|medelvärde||8.1@0!J871"),
            &format!("Estetiska skolan, gymnasiet (23517336)|{question} > Alltid|2022|antal||(-)@0!K882"),
            "Stagneliusskolan 2 EK (54606928)|1. Information om utbildningen > Index|2022|okänd enhet|Kön=Flicka|5.3@1!J871",
        ],
    );
}

#[test]
fn real_files_without_values_are_refused_by_name() {
    for (name, words) in [
        ("codebook/Kodbok Stockholmsenkäten 2024.xlsx", "kodbok, inga värden"),
        ("kommun-names/kommuner.xlsx", "lista med namn och koder, inga värden"),
        ("reference/swedish_admin_areas.csv", "lista med namn och koder, inga värden"),
        ("reference/kommuner-kommunle.csv", "lista med namn och koder, inga värden"),
        ("reference/Metadata_Kolada.csv", "lista med namn och förklaringar, inga värden"),
        ("scb-pxweb/pshalsa.csv", "saknar rubrikrad"),
    ] {
        let Some(path) = real_file(name) else { return };
        let error = tried(name, &std::fs::read(path).unwrap(), &[]).unwrap_err();
        println!("{name}: {}", error.message);
        assert!(error.message.contains(words) && error.hint.is_some(), "{name}: {error}");
    }
}

#[test]
fn foreign_places_are_never_swedish() {
    let mut text = "\"navn\",\"komnr\",\"år\",\"alt\"\n".to_owned();
    for (name, code) in [("Halden", 3101), ("Moss", 3103), ("Lund", 1112), ("Sarpsborg", 3105), ("Norge", 0)] {
        for year in ["2020-2021", "2021-2022"] {
            text.push_str(&format!("\"{name}\",{code},\"{year}\",{}\n", code / 7));
        }
    }
    let read = csv(&text);
    assert!(read.batch.areas.iter().all(|area| area.code.is_none() && area.level == AreaLevel::Foreign), "{:?}", read.batch.areas);
    assert_eq!(read.tally.stored, 10);
    proves(&read, "1 av 5 namn finns som svensk kommun");
}

#[test]
fn a_header_in_words_broken_over_rows_is_put_together() {
    let text = "Flyttningar i staden 2024\n;Inflyttade från;;Utflyttade till;;Flytt-\n;Annan;Ut-;Annan;Ut-;nings-\n;del av;lan-;del av;lan-;netto\n\
                ;staden;det;staden;det;\nNorra delen;10;2;8;1;3\nSödra delen;20;4;9;5;10\nHela staden;30;6;17;6;13\nKälla: kommunen\n";
    let read = csv(text);
    has(
        &read,
        &[
            "Norra delen|Inflyttade från > Annan del av staden|2024|antal||10@0!B6",
            "Södra delen|Utflyttade till > Utlandet|2024|antal||5@0!E7",
            "Hela staden|Flyttningsnetto|2024|antal||13@0!F8",
        ],
    );
    assert_eq!(read.description.tables[0].totals, [8]);
    assert_eq!(read.description.tables[0].header_rows, [2, 3, 4, 5]);
}

#[test]
fn totals_are_held_against_their_parts() {
    let text = |total: u32| {
        let mut text = "Antal personer efter region, år och hustyp\n\n;2024;;\n;småhus;flerbostadshus;totalt\n".to_owned();
        text.push_str(&format!("2463 Åsele;10;5;15\n2506 Arjeplog;7;3;{total}\n2505 Arvidsjaur;1;1;2\n"));
        text
    };
    let right = csv(&text(10));
    proves(&right, "stämmer med filens egen total i 3 av 3 fall");
    assert!(right.warnings.is_empty(), "{:?}", right.warnings);
    has(&right, &["Åsele (2463)|Antal personer|2024|antal|hustyp=småhus|10@0!B5", "Åsele (2463)|Antal personer|2024|antal||15@0!D5"]);
    let wrong = csv(&text(11));
    let warning = wrong.warnings.iter().find(|warning| warning.message.contains("summerar till 10")).unwrap();
    assert_eq!(warning.place.as_ref().and_then(|place| place.row), Some(6), "the row is told");
}

#[test]
fn the_path_is_the_key_not_the_label() {
    let text = "Anmälda brott i Åsele kommun\nBrottstyp;2023;2024\nMisshandel;;\n  Mot kvinna;5;6\n  Mot man;7;8\nHot;;\n  Mot kvinna;1;2\n  Mot man;3;4\n";
    let read = csv(text);
    has(
        &read,
        &[
            "Åsele (2463)|Misshandel > Mot kvinna|2023|okänd enhet||5@0!B4",
            "Åsele (2463)|Hot > Mot kvinna|2024|okänd enhet||2@0!C7",
            "Åsele (2463)|Hot > Mot man|2023|okänd enhet||3@0!B8",
        ],
    );
    assert_eq!(read.tally.stored, 8);
    let flat = csv(&text.replace("  ", ""));
    assert_eq!(lines(&flat), lines(&read), "headings without values say the same as indentation");
    let parts =
        csv("Anmälda brott i Åsele kommun\nBrottstyp;2023;2024\nMisshandel;12;14\ndärav utomhus;5;6\nStöld;7;8\ndärav utomhus;1;2\n");
    has(
        &parts,
        &[
            "Åsele (2463)|Misshandel > därav utomhus|2023|okänd enhet||5@0!B4",
            "Åsele (2463)|Stöld > därav utomhus|2024|okänd enhet||2@0!C6",
        ],
    );
}

#[test]
fn footnote_marks_are_no_part_of_a_name() {
    let text = "Tabell 120. Anmälda brott\nKommun;Antal1) 2023;Antal1) 2024\nÅsele*;10;12\nDorotea²;7;9\nRiket*;100;110\n\n1) Preliminära uppgifter.\n* Omräknat.\n";
    let read = csv(text);
    has(
        &read,
        &[
            "Åsele (2463)|Antal|2023|antal||10@0!B3",
            "Dorotea (2425)|Antal|2024|antal||9@0!C4",
            "Hela landet (00)|Antal|2023|antal||100@0!B5",
        ],
    );
    assert_eq!(read.description.tables[0].footnotes.len(), 2);
}

#[test]
fn a_lost_zero_is_found_again() {
    let read = csv("Kommunkod;Kommun;År;Antal\n114;Upplands Väsby;2024;5\n115;Vallentuna;2024;6\n2463;Åsele;2024;7\n");
    has(&read, &["Upplands Väsby (0114)|Antal|2024|antal||5@0!D2", "Åsele (2463)|Antal|2024|antal||7@0!D4"]);
    let codes = csv("Kommunkod;År;Antal\n114;2024;5\n115;2024;6\n2463;2024;7\n");
    has(&codes, &["Upplands Väsby (0114)|Antal|2024|antal||5@0!C2"]);
}

#[test]
fn several_tables_in_a_sheet_are_read_each_for_itself() {
    let text = "Orosanmälningar, antal\nKommun;2023;2024\nÅsele;10;12\nDorotea;7;9\n\nSkolfrånvaro, procent\nKommun;2022;2023\nÅsele;4,5;5,1\nDorotea;3,2;2,9\nKälla: kommunerna\n";
    let read = csv(text);
    has(
        &read,
        &[
            "Åsele (2463)|Orosanmälningar|2023|antal||10@0!B3",
            "Dorotea (2425)|Skolfrånvaro|2022|procent||3.2@0!B9",
            "Åsele (2463)|Skolfrånvaro|2023|procent||5.1@0!C8",
        ],
    );
    assert_eq!((read.description.tables.len(), read.tally.stored), (2, 8));
}

#[test]
fn a_share_without_a_unit_of_its_own_is_told_and_an_odd_percentage_is_asked() {
    let shares = csv("Kommun;År;Svarsfrekvens\nÅsele;2024;0,784\nDorotea;2024;0,65\nMalå;2024;0,5\n");
    assert_eq!(shares.batch.series[0].unit, Unit::Share);
    let text = "Kommun;År;Andel (%)\nÅsele;2024;0,784\nDorotea;2024;0,65\nMalå;2024;0,5\n";
    let open = csv(text);
    assert_eq!((open.tally.stored, open.tally.rejected, open.description.doubts[0].id.as_str()), (0, 3, "unit:C"));
    let percent = read("tabell.csv", text.as_bytes(), &[("unit:C", "percent")]);
    assert_eq!((percent.tally.stored, percent.batch.series[0].unit), (3, Unit::Percent));
    let share = read("tabell.csv", text.as_bytes(), &[("unit:C", "share")]);
    assert_eq!((share.tally.stored, share.batch.series[0].unit), (3, Unit::Share));
}

#[test]
fn a_dash_that_the_file_explains_is_not_asked_about() {
    let table = "Kommun;2023;2024\nÅsele;10;-\nDorotea;7;9\n";
    assert_eq!(csv(table).description.doubts[0].id, "dash");
    let told = csv(&format!("{table}\n- = Inget finns att redovisa (noll)\n"));
    assert!(told.description.doubts.is_empty());
    assert!(lines(&told).iter().any(|line| line.ends_with("|0@0!C2")), "{:?}", lines(&told));
}

#[test]
fn answers_and_events_are_no_statistics() {
    let mut text = "Kommun;År;Trygghet;Trivsel\n".to_owned();
    (0..40).for_each(|i| text.push_str(&format!("{};2024;{};{}\n", ["Åsele", "Dorotea"][i % 2], i % 4 + 1, i % 3 + 1)));
    let read = tried("svar.csv", text.as_bytes(), &[]);
    assert!(read.is_err() || read.is_ok_and(|read| read.tally.stored == 0), "forty people, not two municipalities");
    let days = "Kommun;Datum;Antal\nÅsele;2024-01-02;1\nÅsele;2024-01-03;2\nDorotea;2024-01-03;1\n";
    assert!(tried("dagar.csv", days.as_bytes(), &[]).map_or(true, |read| read.description.recipe != "tidy"));
}

/// A number with a mark, a slip of the keys or a word among numbers is told with its cell; it never makes its column a label,
/// its row a header, or its neighbours something else.
#[test]
fn an_odd_cell_costs_itself_and_nothing_else() {
    for (text, stored, told) in [
        ("Kommun;2023;2024\nAle;12 345;11 402\nLerum;--;42 137\nPartille;5;6\n", 5, &["3B"][..]),
        ("Kommun;2022;2023;2024\nAle;<5;11;12\nLerum;20;<5;22\nPartille;7;8;9\n", 7, &["2B", "3C"]),
        ("Kommun;2022;2023;2024\nÅsele;4;17;31\nDorotea;4;fel;8\n", 5, &["3C"]),
        ("Kommun;År;Antal;Andel\nAle;2024;10;95,5\nLerum;2024;12;ej svar\nPartille;2024;6;88,0\n", 5, &["3D"]),
        ("Kommun;År;Antal;Andel\nAle;2024;10;~100\nLerum;2024;12;95,5\nPartille;2024;6;88,0\n", 5, &["2D"]),
        ("Kommun;År;Antal;Andel\nAle;2024;1 01O;95\nLerum;2024;12;95,5\nPartille;2024;6;88,0\n", 5, &["2C"]),
        ("Kommun;År;Antal brott;Antal ärenden\nAle;2024;12*;6\nLerum;2024;10;7\nPartille;2024;12;8\n", 5, &["2C"]),
        ("Kommun;Nettoflyttning 2023;Nettoflyttning 2024\nAle;(120);35\nLerum;10;20\n", 3, &["2B"]),
        ("Kommun;2022;2023\nAle;1;2\nLerum;ej svar;ej svar\nPartille;615*;300*\nAlingsås;5;6\n", 4, &["3B", "3C", "4B", "4C"]),
    ] {
        let read = csv(text);
        let cells: Vec<String> = read.rejections.iter().map(|one| format!("{}{}", one.row, one.column)).collect();
        assert_eq!(
            (read.tally.stored, cells.as_slice()),
            (stored, told.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>().as_slice()),
            "{text}"
        );
        assert!(lines(&read).iter().all(|line| !line.contains("--") && !line.contains("ej svar") && !line.contains("Lerum||")), "{text}");
    }
}

#[test]
fn three_columns_with_years_are_no_headless_file_of_the_council() {
    let read = csv("Kommun;2023;2024\nAle;10;11\nLerum;12;13\nPartille;5;6\n");
    assert_eq!((read.description.doubts.len(), read.tally.stored), (0, 6));
}

/// Where a column of counties or regions says what `Stockholm` is, and where code and name do not agree.
#[test]
fn a_county_is_not_the_municipality_of_its_name() {
    let read = csv("LÄN;KOMMUN;2023;2024\nStockholm;Upplands Väsby;10;20\nSkåne;Lund;5;15\n");
    has(&read, &["Upplands Väsby (0114)|Värde|2023|okänd enhet||10@0!C2", "Lund (1281)|Värde|2024|okänd enhet||15@0!D3"]);
    let read = csv("Niva;Namn;År;Antal\nregion;Stockholm;2024;1580905\nkommun;Stockholm;2024;665311\n");
    has(&read, &["Stockholms län (01)|Antal|2024|antal||1580905@0!D2", "Stockholm (0180)|Antal|2024|antal||665311@0!D3"]);
    let read =
        csv("niva,kod,namn,år,röster\nkommun,0114,,2024,5\nkommun,0180,Stockholm,2024,6\nlän,14,,2024,7\nregion,01,Stockholm,2024,8\n");
    has(
        &read,
        &[
            "Upplands Väsby (0114)|röster|2024|okänd enhet||5@0!E2",
            "Stockholm (0180)|röster|2024|okänd enhet||6@0!E3",
            "Västra Götalands län (14)|röster|2024|okänd enhet||7@0!E4",
            "Stockholms län (01)|röster|2024|okänd enhet||8@0!E5",
        ],
    );
    let read = csv("Region;År;Antal\nRiket;2024;9\nStockholm;2024;5\nUppsala;2024;6\n");
    assert_eq!(read.description.doubts.iter().map(|doubt| doubt.id.as_str()).collect::<Vec<_>>(), ["places:A"]);
    let read = csv("Kommunkod;Kommun;2023;2024\n1440;Lerum;100;5\n1441;Lerum;101;6\n");
    assert_eq!((read.tally.stored, read.tally.rejected), (2, 2));
    assert!(
        read.rejections.iter().all(|rejection| rejection.row == 2 && rejection.reason.contains("olika platser")),
        "{:?}",
        read.rejections
    );
}

/// A sum at the foot of the table is not the last municipality's, but a sum under each municipality is its own.
#[test]
fn a_total_without_a_place_is_not_of_the_place_above() {
    let read = csv("LÄN;KOMMUN;LOKAL;2023;2024\nSkåne;Lund;Skolan;5;15\nSkåne;Höör;Salen;6;16\n;;SUMMA;11;31\n");
    assert_eq!((read.tally.stored, read.tally.rejected), (4, 2));
    assert!(read.rejections.iter().all(|rejection| rejection.reason == "raden är en summa utan område"), "{:?}", read.rejections);
    let read = csv("Kommun;Kön;2023;2024\nLund;Kvinnor;5;15\n;Män;6;16\n;Totalt;11;31\nHöör;Kvinnor;1;2\n;Män;3;4\n;Totalt;4;6\n");
    has(&read, &["Lund (1281)|Värde|2023|okänd enhet||11@0!C4", "Höör (1267)|Värde|2024|okänd enhet||6@0!D7"]);
}

#[test]
fn municipalities_across_measure_what_the_title_says() {
    let read = csv("Anmälda brott per 100 000 invånare;;\nÅr;Ale;Lerum\n2022;9870;8800\n2023;9871;8801\n");
    has(&read, &["Ale (1440)|Anmälda brott per 100 000 invånare|2022|per 100 000 inv||9870@0!B3"]);
    let read = csv(";2024;;2025;\nKommun;Jan;Feb;Jan;Feb\nAle;1;2;3;4\nLerum;7;8;9;10\n");
    has(&read, &["Ale (1440)|Värde|2024-02|okänd enhet||2@0!C3", "Lerum (1441)|Värde|2025-01|okänd enhet||9@0!D4"]);
}

#[test]
fn tables_under_each_other_keep_their_titles() {
    let read = csv("Tabell 1. Folkmängd;;\nKommun;2023;2024\nAle;31000;32000\nLerum;42000;43000\nKälla: SCB;;\n\
         Tabell 2. Anmälda brott per 100 000 invånare;;\nKommun;2023;2024\nAle;9870;8800\nPartille;9871;8801\n");
    has(
        &read,
        &[
            "Ale (1440)|Tabell 1. Folkmängd|2023|okänd enhet||31000@0!B3",
            "Ale (1440)|Tabell 2. Anmälda brott per 100 000 invånare|2023|per 100 000 inv||9870@0!B8",
        ],
    );
    assert_eq!((read.tally.stored, read.tally.rejected), (8, 0));
}

/// The word of a crime is no unit; a total beside other indicators is one of them, beside the sexes the figure itself.
#[test]
fn a_heading_is_not_read_for_more_than_it_says() {
    let read = csv("Region;Våldsbrott 2023;Stöld 2023;Totalt 2023\nAle;141;20;500\nLerum;170;30;600\n");
    has(
        &read,
        &[
            "Ale (1440)|Våldsbrott|2023|okänd enhet||141@0!B2",
            "Ale (1440)|Stöld|2023|okänd enhet||20@0!C2",
            "Lerum (1441)|Totalt|2023|okänd enhet||600@0!D3",
        ],
    );
    let read = csv("Kommun;Totalt 2024;Män 2024;Kvinnor 2024\nAle;641;141;500\nLerum;770;170;600\n");
    has(&read, &["Ale (1440)|Värde|2024|okänd enhet||641@0!B2", "Ale (1440)|Värde|2024|okänd enhet|Kön=Män|141@0!C2"]);
    let read = csv("Kommun;2024;Förändring sedan 2023\nAle;100;5\nLerum;90;-3\n");
    assert_eq!((read.tally.stored, read.tally.rejected), (2, 2));
    assert!(read.rejections.iter().all(|rejection| rejection.reason.contains("jämförs med")), "{:?}", read.rejections);
    let read = csv("Anmälda brott 2024;;\nKommun;Antal;Förändring sedan 2023\nAle;100;5\nLerum;90;-3\n");
    has(&read, &["Lerum (1441)|Förändring sedan 2023|2024|okänd enhet||-3@0!C4"]);
    let read = csv(
        "Tabell 1. Anmälda brott år 2024 efter län och kommun;;\nLän/kommun;Antal;Per 100 000 inv.\nUppsala län;51230;12701\nEnköping;5011;10480\nUppsala;31502;12890\n",
    );
    assert_eq!((read.tally.stored, read.tally.rejected), (6, 0));
}

/// `Summa` beside the months is checked and left out; it has no period of its own.
#[test]
fn a_sum_over_months_is_checked_and_left_out() {
    let text = "Skadegörelse i Ale kommun 2025;;;;\nTyp;Jan;Feb;Mar;Summa\nKlotter;12;9;15;36\nAnnan;2;3;4;9\n";
    let read = csv(text);
    has(&read, &["Ale (1440)|Klotter|2025-01|okänd enhet||12@0!B3", "Ale (1440)|Annan|2025-03|okänd enhet||4@0!D4"]);
    assert_eq!((read.tally.stored, read.tally.skipped), (6, 2));
    proves(&read, "Kolumn E ”Summa” är summan av perioderna bredvid och lagrades inte.");
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
    let wrong = csv(&text.replace(";36", ";37"));
    assert!(wrong.warnings.iter().any(|warning| warning.message.contains("är 37, men delarna summerar till 36")), "{:?}", wrong.warnings);
}

/// The proof says what a doubtful cell would have been, read the other way.
#[test]
fn the_other_reading_is_told() {
    let read = csv("Region;Brott;År;Period;Antal;/100 000 inv\nÅsele;Stöld;År;2023;12;1,234\nÅsele;Stöld;År;2024;13;12,5\n");
    proves(&read, "På det andra sättet vore ”1,234” i cell F2 1\u{a0}234 i stället för 1,234");
}

/// A value column tells what its signs were understood from, and each column has its own account.
#[test]
fn a_column_tells_what_its_numbers_were_read_from() {
    let read = csv("Kommun;Antal anmälda brott;Per 100 000 inv.\nÅsele;1 234;12,25\nBjuv;17;1,234\nMalå;..;7,50\n");
    proves(&read, "Kolumn B ”antal anmälda brott”: 2 tal, minst 17, störst 1\u{a0}234, till exempel ”1 234”, ”17” och ”..”.");
    proves(&read, "Läst ur 2\u{a0}celler med hela tal och 1\u{a0}cell med mellanslag mellan tusental. 1 utan uppgift.");
    proves(&read, "Läst ur 2\u{a0}celler med decimalkomma och två siffror efter och 1\u{a0}cell med komma och tre siffror efter");
    proves(&read, "På det andra sättet vore ”1,234” i cell C3 1\u{a0}234 i stället för 1,234.");
    let column = &read.description.tables[0].columns[2];
    assert_eq!((column.count, column.decimal.as_deref(), column.thousands.as_deref()), (3, Some(","), None));
    let other = column.other_reading.as_ref().unwrap();
    assert_eq!((other.cell.row, other.cell.column.as_str(), other.read, other.other), (3, "C", 1.234, 1234.0));
    assert_eq!(read.description.tables[0].columns[1].thousands.as_deref(), Some(" "));
}

/// Totals held against their parts are fields, not only words.
#[test]
fn sums_held_against_totals_are_told_in_fields() {
    let read = csv("Skadegörelse i Ale kommun 2025;;;;\nTyp;Jan;Feb;Mar;Summa\nKlotter;12;9;15;37\nAnnan;2;3;4;9\n");
    let [sum] = read.description.tables[0].sums.as_slice() else { panic!("{:?}", read.description.tables[0].sums) };
    assert_eq!((sum.checked, sum.agreed, sum.tolerance, sum.largest), (2, 1, 0.5, 1.0));
    let differs = sum.differs.as_ref().unwrap();
    assert_eq!((differs.cell.row, differs.cell.column.as_str(), differs.total, differs.sum), (3, "E", 37.0, 36.0));
    proves(&read, "i 1 av 2 fall, på 0,5 när. Först i cell E3: 37 står där, men delarna ger 36.");
}
