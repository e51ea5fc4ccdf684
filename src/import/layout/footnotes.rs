//! Footnote marks glued to labels: `SAMTLIGA BROTT2`, `Antal1)`, `Riket*`, `Åsele²`.

use std::collections::BTreeSet;

/// The notes of a table, and the labels that stand in it without a mark.
#[derive(Debug, Default)]
pub struct Footnotes {
    /// `1`, `2`: how the notes below the table begin.
    marks: BTreeSet<char>,
    labels: BTreeSet<String>,
}

const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

impl Footnotes {
    pub fn new(notes: &[String], labels: impl IntoIterator<Item = String>) -> Self {
        let mark = |note: &String| {
            let mut letters = note.trim().chars();
            let first = letters.next().filter(char::is_ascii_digit)?;
            letters.next().filter(|next| !next.is_ascii_digit())?;
            Some(first)
        };
        Self { marks: notes.iter().filter_map(mark).collect(), labels: labels.into_iter().collect() }
    }

    /// The label without its mark. A bare digit goes only when a note has it or the label also stands without it.
    pub fn clean<'l>(&self, label: &'l str) -> &'l str {
        let label = label.trim();
        let bare = label.trim_end_matches(RAISED).trim_end();
        if bare.len() < label.len() && !bare.is_empty() {
            return bare;
        }
        let open = label.strip_suffix(')').map(|text| text.trim_end_matches(|c: char| c.is_ascii_digit()));
        if let Some(open) =
            open.filter(|open| open.len() + 1 < label.len() && !open.is_empty() && !open.ends_with(['(', '-', '–', ' ', ',', '.']))
        {
            return open.trim_end();
        }
        let starless = label.trim_end_matches('*').trim_end();
        if starless.len() < label.len() && starless.chars().any(char::is_alphanumeric) {
            return starless;
        }
        self.glued(label).unwrap_or(label)
    }

    /// A heading may have its marks inside: `Antal1) 2023`.
    pub fn clean_words(&self, label: &str) -> String {
        let marked = |word: &str| word.ends_with(RAISED) || word.ends_with(')') && !word.contains('(');
        if !label.contains(' ') {
            return self.clean(label).to_owned();
        }
        let words: Vec<&str> = label.split(' ').map(|word| if marked(word) { self.clean(word) } else { word }).collect();
        self.clean(&words.join(" ")).to_owned()
    }

    fn glued<'l>(&self, label: &'l str) -> Option<&'l str> {
        let digit = label.chars().next_back().filter(char::is_ascii_digit)?;
        let stem = label.get(..label.len() - 1)?;
        let lettered = stem.chars().next_back().is_some_and(char::is_alphabetic) && stem.chars().filter(|c| c.is_alphabetic()).count() >= 3;
        (lettered && (self.marks.contains(&digit) || self.labels.contains(stem))).then_some(stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_numbers_stay() {
        let notes = ["2 Preliminära uppgifter.".to_owned(), "Källa: Brå".to_owned()];
        let footnotes = Footnotes::new(&notes, ["Riket".to_owned()]);
        for (label, clean) in [
            ("SAMTLIGA BROTT2", "SAMTLIGA BROTT"),
            ("Antal1)", "Antal"),
            ("Riket*", "Riket"),
            ("Åsele²", "Åsele"),
            ("Riket3", "Riket"),
            ("Årskurs 9", "Årskurs 9"),
            ("F3", "F3"),
            ("Covid19", "Covid19"),
            ("2023", "2023"),
            ("0126C1510", "0126C1510"),
            ("Misshandel inkl. grov (5, 6 §)", "Misshandel inkl. grov (5, 6 §)"),
            ("Narkotikabrott (1968)", "Narkotikabrott (1968)"),
            ("*", "*"),
        ] {
            assert_eq!(footnotes.clean(label), clean, "{label}");
        }
    }
}
