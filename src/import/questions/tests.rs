use super::*;
use proptest::prelude::*;

fn of(word: &str, answers: &[&str]) -> Arranged {
    role(word, &given(answers.iter().map(|answer| (*answer).to_owned())))
}

fn given(answers: impl Iterator<Item = String>) -> Given {
    let mut given = Given::new();
    answers.for_each(|answer| *given.entry(answer).or_default() += 1);
    given
}

#[test]
fn roles_are_found_by_the_answers() {
    assert_eq!(of("är du orolig?", &["Ja", "Nej", "Ja", "Vet ej"]).role, QuestionRole::YesNo);
    assert_eq!(of("kön", &["Kvinna", "Man", "Kvinna"]).role, QuestionRole::Background);
    let several = of("platser", &["A;B;", "A;", "B;A", "A"]);
    assert_eq!((several.role, several.options.as_slice()), (QuestionRole::Multi, ["A", "B"].map(str::to_owned).as_slice()));
    let graded = of("betyg", &["3", "1", "5", "2"]);
    assert_eq!((graded.role, graded.options), (QuestionRole::Scale, ["1", "2", "3", "5"].map(str::to_owned).to_vec()));
    let long = "En lång text om vad som borde göras på torget när det blir mörkt på kvällen";
    assert_eq!(
        of("något mer?", &[long, "Mer ljus vid stationen och fler vuxna ute på kvällarna, tack så mycket"]).role,
        QuestionRole::FreeText
    );
}

/// Question, answers as they may come, the scale in order, what stands beside it, the bad end.
type Case = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str], Option<Worst>);

#[test]
fn swedish_scales_stand_in_their_own_order() {
    let cases: &[Case] = &[
        (
            "hur trygg?",
            &["Mycket otrygg", "Ganska trygg", "Vet ej", "Mycket trygg"],
            &["Mycket trygg", "Ganska trygg", "Mycket otrygg"],
            &["Vet ej"],
            Some(Worst::Last),
        ),
        (
            "skadegörelse",
            &["Mycket stort problem", "Inget problem", "Ganska stort problem", "Vill inte svara"],
            &["Inget problem", "Ganska stort problem", "Mycket stort problem"],
            &["Vill inte svara"],
            Some(Worst::Last),
        ),
        (
            "jag trivs",
            &["Instämmer inte alls", "Instämmer helt", "Varken eller", "Instämmer delvis"],
            &["Instämmer helt", "Instämmer delvis", "Varken eller", "Instämmer inte alls"],
            &[],
            None,
        ),
        (
            "jag trivs",
            &["Stämmer helt", "Stämmer ganska bra", "Stämmer inte alls", "Ingen åsikt"],
            &["Stämmer helt", "Stämmer ganska bra", "Stämmer inte alls"],
            &["Ingen åsikt"],
            None,
        ),
        (
            "hur ofta undviker du",
            &["Ofta", "Aldrig", "Ibland", "Sällan", "Alltid"],
            &["Aldrig", "Sällan", "Ibland", "Ofta", "Alltid"],
            &[],
            Some(Worst::Last),
        ),
        (
            "hur ofta besöker du torget",
            &["Varje vecka", "Aldrig", "Varje dag", "Varje månad"],
            &["Aldrig", "Varje månad", "Varje vecka", "Varje dag"],
            &[],
            None,
        ),
        (
            "nöjd?",
            &["Missnöjd", "Mycket nöjd", "Varken nöjd eller missnöjd", "Mycket missnöjd"],
            &["Mycket nöjd", "Varken nöjd eller missnöjd", "Missnöjd", "Mycket missnöjd"],
            &[],
            Some(Worst::Last),
        ),
        (
            "belysning",
            &["Inte alls viktigt", "Mycket viktigt", "Mindre viktigt", "Ganska viktigt"],
            &["Mycket viktigt", "Ganska viktigt", "Mindre viktigt", "Inte alls viktigt"],
            &[],
            None,
        ),
        (
            "hur troligt att du utsätts för brott",
            &["Mycket osannolikt", "Ganska sannolikt", "Mycket sannolikt"],
            &["Mycket sannolikt", "Ganska sannolikt", "Mycket osannolikt"],
            &[],
            Some(Worst::First),
        ),
        (
            "oro",
            &["Mycket orolig", "Inte alls orolig", "Ganska orolig", "Vet inte"],
            &["Inte alls orolig", "Ganska orolig", "Mycket orolig"],
            &["Vet inte"],
            Some(Worst::Last),
        ),
        (
            "förtroende för polisen",
            &["Ganska litet", "Mycket stort", "Ganska stort"],
            &["Mycket stort", "Ganska stort", "Ganska litet"],
            &[],
            Some(Worst::Last),
        ),
        (
            "hur stort problem är buller",
            &["Ganska litet", "Mycket stort", "Ganska stort"],
            &["Mycket stort", "Ganska stort", "Ganska litet"],
            &[],
            Some(Worst::First),
        ),
        (
            "betyg",
            &["5 = Mycket trygg", "1 = Mycket otrygg", "3", "10"],
            &["1 = Mycket otrygg", "3", "5 = Mycket trygg", "10"],
            &[],
            Some(Worst::First),
        ),
        (
            "betyg",
            &["1 (Mycket bra)", "2", "3", "4", "5 (Mycket dåligt)"],
            &["1 (Mycket bra)", "2", "3", "4", "5 (Mycket dåligt)"],
            &[],
            Some(Worst::Last),
        ),
        ("skala", &["10", "0", "5", "7", "Vet ej"], &["0", "5", "7", "10"], &["Vet ej"], None),
        (
            "i hög grad?",
            &["I låg grad", "I mycket hög grad", "Inte alls", "I viss mån"],
            &["I mycket hög grad", "I viss mån", "I låg grad", "Inte alls"],
            &[],
            None,
        ),
        (
            "safe",
            &["Very safe", "Unsafe", "Fairly safe", "Don't know"],
            &["Very safe", "Fairly safe", "Unsafe"],
            &["Don't know"],
            Some(Worst::Last),
        ),
        ("1. nummer före", &["1. Aldrig", "2. Sällan", "3. Ofta"], &["1. Aldrig", "2. Sällan", "3. Ofta"], &[], None),
    ];
    for (word, answers, options, outside, worst) in cases {
        let found = of(word, answers);
        assert_eq!(found.role, QuestionRole::Scale, "{word} {answers:?}");
        assert_eq!(found.options, *options, "{word}");
        assert_eq!(found.outside, *outside, "{word}");
        assert_eq!(found.worst, *worst, "{word} {answers:?}");
    }
}

#[test]
fn a_comma_joins_choices_only_where_they_are_answers_by_themselves() {
    let places = of("platser", &["Torget, Stationen", "Torget", "Stationen", "Parken, Torget", "Parken", "Torget"]);
    assert_eq!((places.role, places.joined), (QuestionRole::Multi, Some(", ")));
    assert_eq!(places.options, ["Torget", "Parken", "Stationen"]);
    let yes = of("sett?", &["Ja, ofta", "Ja, ibland", "Nej", "Ja, ofta", "Nej", "Ja, ibland"]);
    assert_eq!((yes.joined, yes.options.len()), (None, 3));
}

proptest! {
    /// Choices taken apart and joined again are the cell, but for spaces and marks without a choice.
    #[test]
    fn choices_join_back(parts in prop::collection::vec("[A-Za-zÅÄÖåäö]{1,8}( [a-zåäö]{1,5})?", 1..6)) {
        let cell = parts.join(";");
        prop_assert_eq!(choices(&cell).join(";"), cell.clone());
        prop_assert_eq!(choices(&format!("{cell};")), parts);
    }

    /// No answer is lost or made up, whatever it says.
    #[test]
    fn every_answer_has_its_option(answers in prop::collection::vec("(Ja|Nej|Vet ej|Mycket trygg|[1-5]|A;B|[a-zåäö]{1,12})", 1..40)) {
        let found = role("fråga", &given(answers.iter().cloned()));
        if !matches!(found.role, QuestionRole::FreeText | QuestionRole::Ignore) {
            for part in answers.iter().flat_map(|answer| split(answer, found.joined)) {
                prop_assert!(found.options.contains(&part) || found.outside.contains(&part), "{} saknas i {:?}", part, found);
            }
        }
    }
}
