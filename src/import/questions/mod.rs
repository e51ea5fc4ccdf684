//! What a survey question is, judged by its answers: a scale in its own order, yes and no, several choices, free text.

mod scales;

use super::batch::{QuestionRole, Worst};
use scales::{SCALES, Scale, is_outside, plain};
use std::collections::BTreeMap;

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

/// A question's use, with its answers in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arranged {
    pub role: QuestionRole,
    /// The steps of a scale in its own order, or the answers, the commonest first.
    pub options: Vec<String>,
    /// Answers beside the scale.
    pub outside: Vec<String>,
    pub worst: Option<Worst>,
    /// What joins several choices in one cell.
    pub joined: Option<&'static str>,
}

impl Arranged {
    fn plain(role: QuestionRole, options: Vec<String>) -> Self {
        Self { role, options, outside: Vec::new(), worst: None, joined: None }
    }
}

/// Answer → how many gave it. A large survey has few answers and many who gave them.
pub type Given = BTreeMap<String, usize>;

/// The role of a question and its answer options, from its header word and its answers (blank ones left out).
pub fn role(word: &str, answers: &Given) -> Arranged {
    let distinct = by_frequency(answers);
    let free = is_free_text(answers);
    if is_background(word) && !free {
        return as_role(word, QuestionRole::Background, answers);
    }
    if is_yes_no(&distinct) {
        return as_role(word, QuestionRole::YesNo, answers);
    }
    if let Some(found) = scale(word, &distinct) {
        return found;
    }
    if let Some(found) = several(answers) {
        return found;
    }
    if free || distinct.is_empty() {
        return Arranged::plain(QuestionRole::FreeText, Vec::new());
    }
    as_role(word, QuestionRole::Multi, answers)
}

/// Answers arranged for a role that a person has given their question.
pub fn arranged(role: QuestionRole, answers: &Given) -> Arranged {
    as_role("", role, answers)
}

/// The same, with the header word of the question, which tells the bad end of some scales.
pub fn as_role(word: &str, role: QuestionRole, answers: &Given) -> Arranged {
    let distinct = by_frequency(answers);
    let (outside, within): (Vec<String>, Vec<String>) = distinct.iter().cloned().partition(|answer| is_outside(answer));
    match role {
        QuestionRole::FreeText | QuestionRole::Ignore => Arranged::plain(role, Vec::new()),
        QuestionRole::Background => Arranged::plain(role, ordered(distinct)),
        QuestionRole::YesNo => Arranged { outside, ..Arranged::plain(role, within) },
        QuestionRole::Scale => scale(word, &distinct).unwrap_or_else(|| Arranged { outside, ..Arranged::plain(role, ordered(within)) }),
        QuestionRole::Multi => {
            let joined = several(answers).and_then(|found| found.joined);
            let options = by_frequency(&parts_of(answers, joined));
            Arranged { joined, ..Arranged::plain(role, options) }
        }
    }
}

/// Distinct texts, the commonest first, then alphabetical.
fn by_frequency(answers: &Given) -> Vec<String> {
    let mut ranked: Vec<(&String, usize)> = answers.iter().map(|(text, count)| (text, *count)).collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ranked.into_iter().map(|(text, _)| text.clone()).collect()
}

fn parts_of(answers: &Given, joined: Option<&str>) -> Given {
    let mut parts = Given::new();
    for (answer, count) in answers {
        split(answer, joined).into_iter().for_each(|part| *parts.entry(part).or_default() += count);
    }
    parts
}

fn total(answers: &Given) -> usize {
    answers.values().sum()
}

/// Age groups and other ranges in their own order.
fn ordered(mut options: Vec<String>) -> Vec<String> {
    let leading = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>().ok();
    if options.iter().filter(|option| leading(option).is_some()).count() * 2 > options.len() {
        options.sort_by_key(|option| (leading(option).unwrap_or(u32::MAX), option.clone()));
    }
    options
}

fn is_free_text(answers: &Given) -> bool {
    let (total, distinct) = (total(answers), answers.len());
    let letters: usize = answers.iter().map(|(answer, count)| answer.chars().count() * count).sum();
    let long = total > 0 && letters / total > 40;
    (long && distinct * 3 > total) || (distinct > 12 && distinct * 2 > total)
}

fn is_yes_no(distinct: &[String]) -> bool {
    let yes_or_no = |text: &&String| ["ja", "nej", "yes", "no"].contains(&plain(text).as_str());
    distinct.iter().any(|text| yes_or_no(&text)) && distinct.iter().filter(|text| !is_outside(text)).all(|text| yes_or_no(&text))
}

/// The answers in the scale's own order, if they are a scale: words of a known one, or numbers close together.
fn scale(word: &str, distinct: &[String]) -> Option<Arranged> {
    let (outside, within): (Vec<String>, Vec<String>) = distinct.iter().cloned().partition(|answer| is_outside(answer));
    let (options, worst) = numbered(&within)
        .map(|options| (options.clone(), labelled_end(&options)))
        .or_else(|| SCALES.iter().find_map(|scale| along(scale, word, &within)))?;
    Some(Arranged { outside, worst, ..Arranged::plain(QuestionRole::Scale, options) })
}

fn along(scale: &Scale, word: &str, distinct: &[String]) -> Option<(Vec<String>, Option<Worst>)> {
    let mut placed: Vec<(usize, String)> = distinct.iter().map(|text| Some((scale.step(text)?, text.clone()))).collect::<Option<_>>()?;
    placed.sort();
    (placed.len() >= 2).then(|| (placed.into_iter().map(|(_, text)| text).collect(), scale.worst(word)))
}

/// `1`, `2`, `3` … or `1 (inte alls)`, `5 = mycket trygg`, `1. Aldrig`: few whole numbers close together.
fn numbered(distinct: &[String]) -> Option<Vec<String>> {
    let leading = |text: &str| {
        let digits = text.chars().take_while(char::is_ascii_digit).count();
        let tail = text.get(digits..)?.trim_start();
        let labelled = tail.starts_with(['(', '–', '=', '.', ':', '-'])
            && !tail.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        (tail.is_empty() || labelled).then(|| text.get(..digits)?.parse::<u32>().ok())?
    };
    let mut placed: Vec<(u32, String)> = distinct.iter().map(|text| Some((leading(text)?, text.clone()))).collect::<Option<_>>()?;
    placed.sort();
    let fits = placed.len() >= 2 && placed.len() <= 16 && placed.last().is_some_and(|(last, _)| *last <= 15);
    fits.then(|| placed.into_iter().map(|(_, text)| text).collect())
}

/// The bad end of a numbered scale, where the label of an end says it (`1 (mycket otrygg)`).
fn labelled_end(options: &[String]) -> Option<Worst> {
    let half = |answer: &String| {
        let (scale, step) = SCALES.iter().find_map(|scale| Some((scale, scale.step(answer)?)))?;
        scale.bad_end()?;
        Some(step * 2 > scale.len())
    };
    let [first, last] = [options.first()?, options.last()?].map(half);
    match (first, last) {
        (Some(true), Some(false) | None) | (None, Some(false)) => Some(Worst::First),
        (Some(false) | None, Some(true)) | (Some(false), None) => Some(Worst::Last),
        _ => None,
    }
}

/// Several choices in one cell: joined with `;` (Microsoft and Google), or with `, ` where every part is an option of its
/// own, written with a capital, that comes back in other answers.
fn several(answers: &Given) -> Option<Arranged> {
    joined(answers, ";").or_else(|| joined(answers, ", ").filter(|found| are_options(answers, found)))
}

fn joined(answers: &Given, mark: &'static str) -> Option<Arranged> {
    let several: usize = answers.iter().filter(|(answer, _)| answer.contains(mark)).map(|(_, count)| count).sum();
    if several * 10 < total(answers) || several == 0 {
        return None;
    }
    let parts = parts_of(answers, Some(mark));
    let few = parts.len() <= 40 && parts.len() * 2 <= total(&parts).max(8);
    few.then(|| Arranged { joined: Some(mark), ..Arranged::plain(QuestionRole::Multi, by_frequency(&parts)) })
}

/// A comma joins choices only where the parts are answers by themselves, so that "Ja, ofta" stays one.
fn are_options(answers: &Given, found: &Arranged) -> bool {
    let capital = found.options.iter().all(|part| part.chars().next().is_some_and(char::is_uppercase));
    let alone = found.options.iter().filter(|part| answers.contains_key(*part)).count();
    let joined = answers.keys().filter(|answer| answer.contains(", ")).count();
    capital && alone >= 2 && joined >= 2
}

/// `a;b;` → `a`, `b`.
pub fn choices(answer: &str) -> Vec<String> {
    split(answer, Some(";"))
}

/// The choices in a cell, as `joined` by the question they answer.
pub fn split(answer: &str, joined: Option<&str>) -> Vec<String> {
    match joined {
        Some(mark) => answer.split(mark).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        None => vec![answer.to_owned()],
    }
}

#[cfg(test)]
mod tests;
