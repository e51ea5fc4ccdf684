//! What a survey question is, judged by its answers: a scale in its own order, yes and no, several choices, free text.

use super::batch::QuestionRole;
use std::collections::BTreeMap;

/// Swedish answer scales, mildest or most agreeing first, as questionnaires print them.
const SCALES: [&[&str]; 13] = [
    &["mycket trygg", "ganska trygg", "varken trygg eller otrygg", "ganska otrygg", "mycket otrygg", "går aldrig ut", "vet ej", "vet inte"],
    &["mycket trygg", "ganska trygg", "trygg", "otrygg", "ganska otrygg", "mycket otrygg", "går inte ut", "vet ej", "vet inte"],
    &["mycket tryggt", "ganska tryggt", "varken eller", "ganska otryggt", "mycket otryggt", "vet ej", "vet inte"],
    &[
        "instämmer helt",
        "instämmer till stor del",
        "instämmer delvis",
        "instämmer knappast",
        "instämmer inte",
        "instämmer inte alls",
        "vet ej",
        "vet inte",
    ],
    &[
        "instämmer helt",
        "instämmer i hög grad",
        "instämmer delvis",
        "varken eller",
        "instämmer i låg grad",
        "instämmer inte alls",
        "vet ej",
        "vet inte",
    ],
    &[
        "stämmer helt",
        "stämmer mycket bra",
        "stämmer ganska bra",
        "stämmer delvis",
        "stämmer ganska dåligt",
        "stämmer inte",
        "stämmer inte alls",
        "vet ej",
        "vet inte",
    ],
    &["aldrig", "nästan aldrig", "sällan", "någon gång", "ibland", "ganska ofta", "ofta", "mycket ofta", "alltid", "vet ej", "vet inte"],
    &["inte alls", "ganska lite", "lite", "i viss mån", "delvis", "ganska mycket", "mycket", "väldigt mycket", "vet ej", "vet inte"],
    &[
        "mycket nöjd",
        "ganska nöjd",
        "nöjd",
        "varken eller",
        "varken nöjd eller missnöjd",
        "missnöjd",
        "ganska missnöjd",
        "mycket missnöjd",
        "vet ej",
        "vet inte",
    ],
    &[
        "mycket bra",
        "ganska bra",
        "bra",
        "varken bra eller dåligt",
        "varken eller",
        "dåligt",
        "ganska dåligt",
        "mycket dåligt",
        "vet ej",
        "vet inte",
    ],
    &["mycket stort", "ganska stort", "varken stort eller litet", "ganska litet", "mycket litet", "inget", "vet ej", "vet inte"],
    &[
        "inget problem",
        "inte något problem",
        "litet problem",
        "ett litet problem",
        "ganska stort problem",
        "stort problem",
        "ett stort problem",
        "mycket stort problem",
        "vet ej",
        "vet inte",
    ],
    &["i mycket hög grad", "i hög grad", "i ganska hög grad", "i viss mån", "i låg grad", "inte alls", "vet ej", "vet inte"],
];

const BACKGROUND: [&str; 19] = [
    "kön",
    "ålder",
    "åldersgrupp",
    "bostadsområde",
    "område",
    "kommun",
    "ort",
    "kommundel",
    "utbildning",
    "sysselsättning",
    "boendeform",
    "årskurs",
    "area",
    "gender",
    "age",
    "occupation",
    "education level",
    "year",
    "postnummer",
];

/// Whether a header asks who the respondent is.
pub fn is_background(word: &str) -> bool {
    let asked = [
        "hur gammal är du",
        "vilket kön",
        "var bor du",
        "i vilket område bor",
        "vilken kommun bor",
        "din ålder",
        "ditt kön",
        "är du kvinna",
        "vilken årskurs",
    ];
    BACKGROUND.contains(&word) || asked.iter().any(|start| word.contains(start))
}

/// The role of a question and its answer options, from its header word and its answers (blank ones left out).
pub fn role(word: &str, answers: &[String]) -> (QuestionRole, Vec<String>) {
    let distinct = by_frequency(answers.iter().map(String::as_str));
    let free = is_free_text(answers, distinct.len());
    if is_background(word) && !free {
        return (QuestionRole::Background, ordered(distinct));
    }
    if is_yes_no(&distinct) {
        return (QuestionRole::YesNo, distinct);
    }
    if let Some(options) = scale(&distinct) {
        return (QuestionRole::Scale, options);
    }
    if let Some(options) = joined(answers) {
        return (QuestionRole::Multi, options);
    }
    if free || distinct.is_empty() {
        return (QuestionRole::FreeText, Vec::new());
    }
    (QuestionRole::Multi, distinct)
}

/// Distinct texts, the commonest first, then alphabetical.
fn by_frequency<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    texts.for_each(|text| *counts.entry(text).or_default() += 1);
    let mut ranked: Vec<(&str, usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ranked.into_iter().map(|(text, _)| text.to_owned()).collect()
}

/// Age groups and other ranges in their own order.
fn ordered(mut options: Vec<String>) -> Vec<String> {
    let leading = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>().ok();
    if options.iter().filter(|option| leading(option).is_some()).count() * 2 > options.len() {
        options.sort_by_key(|option| (leading(option).unwrap_or(u32::MAX), option.clone()));
    }
    options
}

fn is_free_text(answers: &[String], distinct: usize) -> bool {
    let letters: usize = answers.iter().map(|answer| answer.chars().count()).sum();
    let long = !answers.is_empty() && letters / answers.len() > 40;
    (long && distinct * 3 > answers.len()) || (distinct > 12 && distinct * 2 > answers.len())
}

fn is_yes_no(distinct: &[String]) -> bool {
    let lower: Vec<String> = distinct.iter().map(|text| text.to_lowercase()).collect();
    let allowed = ["ja", "nej", "vet ej", "vet inte", "vill ej svara", "vill inte svara", "yes", "no"];
    lower.iter().any(|text| text == "ja" || text == "nej" || text == "yes") && lower.iter().all(|text| allowed.contains(&text.as_str()))
}

/// The options in the scale's own order, if the answers are a scale.
fn scale(distinct: &[String]) -> Option<Vec<String>> {
    numbered(distinct).or_else(|| SCALES.iter().find_map(|scale| along(scale, distinct)))
}

fn along(scale: &[&str], distinct: &[String]) -> Option<Vec<String>> {
    let place = |text: &str| scale.iter().position(|step| *step == text.trim().to_lowercase());
    let mut placed: Vec<(usize, String)> = distinct.iter().map(|text| Some((place(text)?, text.clone()))).collect::<Option<_>>()?;
    placed.sort();
    (placed.len() >= 2).then(|| placed.into_iter().map(|(_, text)| text).collect())
}

/// `1`, `2`, `3` … or `1 (inte alls)`: few whole numbers close together.
fn numbered(distinct: &[String]) -> Option<Vec<String>> {
    let leading = |text: &str| {
        let digits = text.chars().take_while(char::is_ascii_digit).count();
        let tail = text.get(digits..)?.trim_start();
        (tail.is_empty() || tail.starts_with(['(', '–', '='])).then(|| text.get(..digits)?.parse::<u32>().ok())?
    };
    let mut placed: Vec<(u32, String)> = distinct.iter().map(|text| Some((leading(text)?, text.clone()))).collect::<Option<_>>()?;
    placed.sort();
    let fits = placed.len() >= 2 && placed.len() <= 16 && placed.last().is_some_and(|(last, _)| *last <= 15);
    fits.then(|| placed.into_iter().map(|(_, text)| text).collect())
}

/// Several choices joined with `;`: the parts come back in other answers.
fn joined(answers: &[String]) -> Option<Vec<String>> {
    let several = answers.iter().filter(|answer| answer.contains(';')).count();
    if several * 10 < answers.len() || several == 0 {
        return None;
    }
    let all: Vec<String> = answers.iter().flat_map(|answer| parts(answer)).collect();
    let options = by_frequency(all.iter().map(String::as_str));
    (options.len() <= 40 && options.len() * 2 <= all.len().max(8)).then_some(options)
}

/// `a;b;` → `a`, `b`.
pub fn parts(answer: &str) -> Vec<String> {
    answer.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str, answers: &[&str]) -> (QuestionRole, Vec<String>) {
        role(word, &answers.iter().map(|answer| (*answer).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn roles_are_found_by_the_answers() {
        assert_eq!(of("är du orolig?", &["Ja", "Nej", "Ja", "Vet ej"]).0, QuestionRole::YesNo);
        assert_eq!(of("kön", &["Kvinna", "Man", "Kvinna"]).0, QuestionRole::Background);
        assert_eq!(of("platser", &["A;B;", "A;", "B;A", "A"]), (QuestionRole::Multi, vec!["A".to_owned(), "B".to_owned()]));
        assert_eq!(of("betyg", &["3", "1", "5", "2"]), (QuestionRole::Scale, ["1", "2", "3", "5"].map(str::to_owned).to_vec()));
        let long = "En lång text om vad som borde göras på torget när det blir mörkt på kvällen";
        assert_eq!(
            of("något mer?", &[long, "Mer ljus vid stationen och fler vuxna ute på kvällarna, tack så mycket"]).0,
            QuestionRole::FreeText
        );
    }

    #[test]
    fn swedish_scales_stand_in_their_own_order() {
        let (role, options) = of("hur trygg?", &["Mycket otrygg", "Ganska trygg", "Mycket trygg", "Ganska trygg"]);
        assert_eq!(role, QuestionRole::Scale);
        assert_eq!(options, ["Mycket trygg", "Ganska trygg", "Mycket otrygg"]);
    }
}
