use super::*;

#[test]
fn identity_numbers_are_found_by_their_check_digit() {
    // Test numbers that the tax agency publishes; they belong to nobody.
    for text in [
        "189001019802",
        "199001019802",
        "ring 900101-9802 snarast",
        "9001019802",
        "19900101 9802",
        "1990-01-01-9802",
        "900101+9802",
        "19440813–9089",
    ] {
        assert!(find_exact(text).iter().any(|find| find.kind == Personal::IdentityNumber), "{text}");
    }
    for text in ["900101-9803", "2023-07-01", "1234567890123", "", "212000-2900", "KS 2024/000123"] {
        assert!(!find_exact(text).iter().any(|find| find.kind == Personal::IdentityNumber), "{text}");
    }
}

#[test]
fn addresses_and_phones_are_told_from_other_text() {
    assert!(is_email("a.b@example.se") && !is_email("skriv till a@b.se i dag") && !is_email("@"));
    assert!(is_phone("070-123 45 67") && is_phone("+46701234567") && !is_phone("2463") && !is_phone("2024-01-01"));
}

/// A sentence of the labelled list: its plain text, and what must be found in it.
fn labelled(line: &str) -> (String, Vec<Find>) {
    let (mut text, mut finds) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (label, after) = after.split_once(':').unwrap();
        let (inside, after) = after.split_once('}').unwrap();
        text.push_str(before);
        let start = text.len();
        text.push_str(inside);
        finds.push(Find { kind: kind(label), start, end: text.len() });
        rest = after;
    }
    text.push_str(rest);
    (text, finds)
}

fn kind(label: &str) -> Personal {
    match label {
        "pnr" => Personal::IdentityNumber,
        "epost" => Personal::Email,
        "telefon" => Personal::Phone,
        "reg" => Personal::Registration,
        "namn" => Personal::Name,
        "adress" => Personal::Address,
        "ålder" => Personal::AgeAtSchool,
        other => panic!("{other} is no kind"),
    }
}

#[test]
fn the_labelled_sentences_are_told_apart() {
    let list = include_str!("../../../fixtures/persons/meningar.txt");
    let (mut hits, mut missed, mut false_alarms, mut sentences) = (0, Vec::new(), Vec::new(), 0);
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        sentences += 1;
        let (text, wanted) = labelled(line);
        let found = find(&text);
        hits += wanted.iter().filter(|find| found.contains(find)).count();
        missed.extend(wanted.iter().filter(|find| !found.contains(find)).map(|_| line.to_owned()));
        let extra = found.iter().filter(|find| !wanted.contains(find));
        false_alarms.extend(extra.map(|find| format!("{:?} {} in {line}", find.kind, &text[find.start..find.end])));
    }
    println!("{sentences} sentences, {hits} found, missed {missed:#?}, false alarms {false_alarms:#?}");
    assert!(sentences >= 120);
    assert!(missed.is_empty() && false_alarms.is_empty());
}
