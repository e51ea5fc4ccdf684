//! What workbooks say by format and not in their cells: units, indentation, merged labels.

use crate::import::{fixture, has, lines};
use lagesbild::import::{Answers, Inspected, cells_json, inspect};
use lagesbild::reference::Known;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet};

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

fn read(bytes: &[u8], given: &[(&str, &str)]) -> Inspected {
    let answers: Answers = given.iter().map(|(id, choice)| ((*id).to_owned(), (*choice).to_owned())).collect();
    let read = inspect("blad.xlsx", bytes, &Known::default(), &answers).unwrap_or_else(|error| panic!("{error}"));
    assert!(read.tally.adds_up(), "{:?}", read.tally);
    read
}

fn proves(read: &Inspected, words: &str) {
    assert!(read.description.proof.iter().any(|line| line.0.contains(words)), "{words}: {:?}", read.description.proof);
}

/// Kommun, Trygga, Svar per municipality; `plain` are the shares of the last municipalities without a percent format.
fn shares(shown: &[f64], plain: &[f64], heading: &str) -> Vec<u8> {
    workbook(|sheet| {
        let percent = Format::new().set_num_format("0%");
        ["Kommun", "År", heading].iter().enumerate().for_each(|(column, word)| {
            sheet.write(0, column as u16, *word).unwrap();
        });
        for (row, (place, number)) in ["Åsele", "Malå", "Bjuv", "Ale", "Boden"].iter().zip(shown.iter().chain(plain)).enumerate() {
            let row = row as u32 + 1;
            sheet.write(row, 0, *place).unwrap();
            sheet.write(row, 1, 2024).unwrap();
            match (row as usize) <= shown.len() {
                true => sheet.write_with_format(row, 2, *number, &percent).unwrap(),
                false => sheet.write(row, 2, *number).unwrap(),
            };
        }
    })
}

#[test]
fn a_share_shown_in_percent_is_read_in_percent() {
    let bytes = shares(&[0.34, 0.07, 0.105], &[], "Trygga utomhus");
    let found = read(&bytes, &[]);
    for line in
        ["Åsele|Trygga utomhus|2024|procent|34@2,C", "Malå|Trygga utomhus|2024|procent|7@3,C", "Bjuv|Trygga utomhus|2024|procent|10.5@4,C"]
    {
        has(&found, line);
    }
    assert!(found.description.doubts.is_empty(), "{:?}", found.description.doubts);
    proves(&found, "celler visas i en annan enhet än de lagras i, och läses som de visas: 0,34 i C2 visas som 34 %.");
    let cells = cells_json("blad.xlsx", &bytes, &Answers::new()).unwrap();
    assert_eq!(cells["sheets"][0]["rows"][1]["cells"][2], serde_json::json!(0.34), "the cell is as it is stored");
    assert_eq!(found.grid.sheets[0].rows_text(1, 2)[0][2], "34 %", "and shown as the sheet shows it");
}

#[test]
fn plain_numbers_among_percentages_are_asked_about() {
    let bytes = shares(&[0.34, 0.07, 0.105], &[0.5, 0.0], "Trygga utomhus");
    let open = read(&bytes, &[]);
    assert_eq!((open.tally.stored, open.tally.rejected), (4, 1), "{:?}", lines(&open));
    assert_eq!(open.rejections[0].reason, "obesvarad fråga");
    let doubt = &open.description.doubts[0];
    assert_eq!((doubt.id.as_str(), doubt.cells[0].value.as_str(), doubt.cells[0].row), ("unit:C", "0,5", 5));
    for (answer, line) in [
        ("share", "Ale|Trygga utomhus|2024|procent|50@5,C"),
        ("percent", "Ale|Trygga utomhus|2024|procent|0.5@5,C"),
        ("other", "Ale|Trygga utomhus|2024|okänd enhet|0.5@5,C"),
    ] {
        let told = read(&bytes, &[("unit:C", answer)]);
        assert_eq!(told.tally.rejected, 0);
        has(&told, line);
        has(&told, "Boden|Trygga utomhus|2024|procent|0@6,C");
    }
    let stated = read(&shares(&[0.34, 0.07, 0.105], &[50.0, 12.0], "Trygga utomhus (%)"), &[]);
    assert!(stated.description.doubts.is_empty(), "the heading says it: {:?}", stated.description.doubts);
    has(&stated, "Ale|Trygga utomhus|2024|procent|50@5,C");
}

#[test]
fn rows_may_differ_in_what_their_formats_say() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "Uppföljning i Åsele kommun").unwrap();
        ["Mått", "2023", "2024"].iter().enumerate().for_each(|(column, word)| {
            sheet.write(2, column as u16, *word).unwrap();
        });
        let rows = [
            ("Behöriga till gymnasiet", "0.0%", [0.815, 0.79]),
            ("Kostnad", "#,##0,\" tkr\"", [1_250_000.0, 990_000.0]),
            ("Skadegörelser", "0\" st\"", [12.0, 9.0]),
            ("Skulder", "#,##0\\ \"kr\"", [1500.0, 1600.0]),
            ("Meritvärde", "0.0", [221.5, 230.25]),
        ];
        for (row, (label, format, numbers)) in rows.into_iter().enumerate() {
            sheet.write(row as u32 + 3, 0, label).unwrap();
            for (column, number) in numbers.into_iter().enumerate() {
                sheet.write_with_format(row as u32 + 3, column as u16 + 1, number, &Format::new().set_num_format(format)).unwrap();
            }
        }
    });
    let read = read(&bytes, &[]);
    assert!(read.description.doubts.is_empty(), "{:?}", read.description.doubts);
    for line in [
        "Åsele|Behöriga till gymnasiet|2023|procent|81.5@4,B",
        "Åsele|Kostnad|2024|tkr|990@5,C",
        "Åsele|Skadegörelser|2023|antal|12@6,B",
        "Åsele|Skulder|2023|okänd enhet|1500@7,B",
        "Åsele|Meritvärde|2024|okänd enhet|230.25@8,C",
    ] {
        has(&read, line);
    }
}

/// A crime table whose hierarchy is the cells' own indentation, under a header merged over rows and columns.
fn indented() -> Vec<u8> {
    workbook(|sheet| {
        let plain = Format::new();
        sheet.write(0, 0, "Anmälda brott i Åsele kommun").unwrap();
        sheet.merge_range(2, 0, 3, 0, "Brottstyp", &plain).unwrap();
        sheet.merge_range(2, 1, 2, 2, "2023", &plain).unwrap();
        sheet.merge_range(2, 3, 2, 4, "2024", &plain).unwrap();
        ["Antal", "Per 1 000 inv.", "Antal", "Per 1 000 inv."].iter().enumerate().for_each(|(column, word)| {
            sheet.write(3, column as u16 + 1, *word).unwrap();
        });
        let rows = [(0, "Brott mot person"), (1, "Misshandel"), (2, "Utomhus"), (2, "Inomhus"), (1, "Hot"), (2, "Utomhus")];
        for (row, (steps, label)) in rows.into_iter().enumerate() {
            sheet.write_with_format(row as u32 + 4, 0, label, &Format::new().set_align(FormatAlign::Left).set_indent(steps)).unwrap();
            (1..5).for_each(|column| {
                sheet.write(row as u32 + 4, column, (row as u32 + 1) * 10 + u32::from(column)).unwrap();
            });
        }
    })
}

#[test]
fn indentation_by_format_makes_the_path() {
    let read = read(&indented(), &[]);
    for line in [
        "Åsele|Brott mot person > Misshandel > Utomhus|2023|antal|31@7,B",
        "Åsele|Brott mot person > Hot > Utomhus|2024|per 1 000 inv|64@10,E",
        "Åsele|Brott mot person|2023|per 1 000 inv|12@5,C",
    ] {
        has(&read, line);
    }
    assert_eq!(read.grid.sheets[0].rows_text(6, 7)[0][0], "Utomhus", "the label itself has no blanks");
}

#[test]
fn a_merged_heading_stands_over_its_own_columns_and_no_others() {
    let bytes = workbook(|sheet| {
        let plain = Format::new();
        sheet.write(0, 0, "Anmälda brott 2024").unwrap();
        sheet.write(2, 0, "Kommun").unwrap();
        sheet.merge_range(2, 1, 2, 2, "Stöld", &plain).unwrap();
        // The last column has a label of its own below and no heading above: it is no theft.
        ["", "Cyklar", "Bilar", "Klotter"].iter().enumerate().skip(1).for_each(|(column, word)| {
            sheet.write(3, column as u16, *word).unwrap();
        });
        sheet.write(4, 0, "Åsele").unwrap();
        sheet.write(5, 0, "Malå").unwrap();
        [[1, 2, 3], [4, 5, 6]].iter().enumerate().for_each(|(row, numbers)| {
            numbers.iter().enumerate().for_each(|(column, number)| {
                sheet.write(row as u32 + 4, column as u16 + 1, *number).unwrap();
            });
        });
    });
    let read = read(&bytes, &[]);
    let found = lines(&read);
    assert!(found.iter().any(|line| line.contains("Stöld > Bilar")), "{found:?}");
    assert!(!found.iter().any(|line| line.contains("Stöld > Klotter")), "{found:?}");
}

#[test]
fn a_merged_label_ends_where_its_cells_end() {
    let bytes = workbook(|sheet| {
        let plain = Format::new();
        ["Kommun", "Brott", "2024"].iter().enumerate().for_each(|(column, word)| {
            sheet.write(0, column as u16, *word).unwrap();
        });
        sheet.merge_range(1, 0, 2, 0, "Åsele", &plain).unwrap();
        sheet.merge_range(3, 0, 4, 0, "Malå", &plain).unwrap();
        ["Stöld", "Hot", "Stöld", "Hot", "Klotter"].iter().enumerate().for_each(|(row, crime)| {
            sheet.write(row as u32 + 1, 1, *crime).unwrap();
            sheet.write(row as u32 + 1, 2, row as u32 + 10).unwrap();
        });
    });
    let read = read(&bytes, &[]);
    has(&read, "Åsele|Hot|2024|okänd enhet|11@3,C");
    has(&read, "Malå|Hot|2024|okänd enhet|13@5,C");
    // Nobody says whose the last row is.
    assert_eq!((read.tally.stored, read.rejections.len(), read.rejections[0].row), (4, 1, 6), "{:?}", lines(&read));
}

#[test]
fn old_workbooks_say_the_same_by_format() {
    let read = inspect("format.xls", &fixture("format.xls"), &Known::default(), &Answers::new()).unwrap();
    for line in [
        "Åsele|Brott mot person > Misshandel|2023|procent|34@6,B",
        "Åsele|Brott mot person > Misshandel > Utomhus|2024|procent|7@7,C",
        "Åsele|Stöld|2024|procent|12.5@8,C",
    ] {
        has(&read, line);
    }
    assert_eq!(read.grid.sheets[0].merged.at(0, 2).map(|span| span.columns), Some((0, 2)));
}
