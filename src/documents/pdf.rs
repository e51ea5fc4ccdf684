//! Outline → PDF: the outline travels to the typesetter as data, so that no clause can be mistaken for markup.

use super::outline::{Block, Figure, Outline};
use super::printable;
use crate::error::{Error, Result};
use crate::look::LIGHT;
use lagesbild_typeset::{Facts, can_set, pdf};
use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

const TEMPLATE: &str = include_str!("document.typ");

/// Stands for a character that none of our fonts can draw; a line at the end of the document says so.
const MISSING: char = '□';

/// Longer than any Swedish word in use and shorter than a line.
const LONGEST_WORD: usize = 40;

/// A tagged PDF (PDF/UA-1, PDF/A-2a). Errors: `Code::Internal` with the typesetter's own words as detail.
pub fn write(outline: &Outline) -> Result<Vec<u8>> {
    let title = settable_text(&outline.title, &mut false).replace('\n', " ");
    let facts = Facts { title, language: outline.language.clone(), date: outline.date };
    pdf(TEMPLATE, &files(outline)?, &facts).map_err(|error| Error::internal("sätta dokumentet som PDF", error))
}

fn files(outline: &Outline) -> Result<Vec<(String, Vec<u8>)>> {
    let mut data = serde_json::to_value(outline)?;
    let mut missing = false;
    data["running_title"] = Value::String(outline.running_title());
    settable(&mut data, &mut missing);
    name_figures(&mut data);
    data["missing_characters"] = Value::Bool(missing);
    data["colours"] =
        LIGHT.of_documents().into_iter().map(|(name, colour)| (name.to_owned(), json!(colour.to_string()))).collect::<Map<_, _>>().into();
    let mut files = vec![("outline.json".to_owned(), serde_json::to_vec(&data)?)];
    let pictures = figures(outline).enumerate().map(|(index, figure)| (figure_name(index), figure.svg.clone()));
    files.extend(pictures);
    Ok(files)
}

fn figures(outline: &Outline) -> impl Iterator<Item = &Figure> {
    outline.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    })
}

fn figure_name(index: usize) -> String {
    format!("figure-{}.svg", index + 1)
}

fn name_figures(data: &mut Value) {
    let blocks = data["blocks"].as_array_mut().into_iter().flatten();
    for (index, block) in blocks.filter(|block| block["kind"] == "figure").enumerate() {
        block["file"] = Value::String(figure_name(index));
    }
}

/// Composes accents, drops what cannot be seen and marks what cannot be drawn: PDF/A refuses a page for one such character.
fn settable(value: &mut Value, missing: &mut bool) {
    match value {
        Value::String(text) => *text = settable_text(text, missing),
        Value::Array(items) => items.iter_mut().for_each(|item| settable(item, missing)),
        Value::Object(fields) => fields.values_mut().for_each(|field| settable(field, missing)),
        _ => {}
    }
}

fn settable_text(text: &str, missing: &mut bool) -> String {
    let mut drawn = |c: char| match c {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        c if can_set(c) => Some(c),
        c if is_joiner(c) => None,
        _ => {
            *missing = true;
            Some(MISSING)
        }
    };
    breakable(printable(text).nfc().filter_map(&mut drawn))
}

/// Lets a web address or a run of signs longer than a line break, instead of leaving the page.
fn breakable(letters: impl Iterator<Item = char>) -> String {
    let (mut text, mut unbroken) = (String::new(), 0);
    for c in letters {
        unbroken = if c.is_whitespace() { 0 } else { unbroken + 1 };
        text.push(c);
        if unbroken == LONGEST_WORD {
            text.push('\u{200b}');
            unbroken = 0;
        }
    }
    text
}

/// Characters that only steer how their neighbours look: variation selectors, joiners, zero-width spaces.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_composed_and_unknown_signs_are_marked() {
        let mut missing = false;
        assert_eq!(settable_text("A\u{30a}sele\t– ↗", &mut missing), "Åsele – ↗");
        assert!(!missing);
        assert_eq!(settable_text("vakt 👮\u{fe0f}", &mut missing), "vakt □");
        assert!(missing);
    }

    #[test]
    fn only_what_is_longer_than_any_word_is_broken() {
        assert_eq!(breakable("brottsförebyggande rådet".chars()), "brottsförebyggande rådet");
        assert_eq!(breakable("x".repeat(41).chars()), format!("{}\u{200b}x", "x".repeat(40)));
    }
}
