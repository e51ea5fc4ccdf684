//! A text as words with their places, and the few questions that the finders ask about them.

/// One word: letters and digits, with hyphens, colons and apostrophes inside (`Ann-Marie`, `S:t`).
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    pub text: &'t str,
    pub start: usize,
    pub end: usize,
    /// Nothing but the start of the text, a full stop or a line break stands before it.
    pub opens: bool,
    /// Only blanks stand between it and the word before.
    pub adjoins: bool,
}

impl Word<'_> {
    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase) && self.text.chars().skip(1).any(char::is_lowercase)
    }

    /// Two letters or more, all of them capitals.
    pub fn is_shouted(&self) -> bool {
        self.text.chars().count() > 1 && self.text.chars().all(|c| c.is_uppercase() || c == '-')
    }

    pub fn lower(&self) -> String {
        self.text.to_lowercase()
    }
}

pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside =
            c.is_alphanumeric() || (start.is_some() && is_joint(c) && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric()));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                words.push(word(text, first, at, words.last()));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(first) = start {
        words.push(word(text, first, text.len(), words.last()));
    }
    words
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | ':' | '\'' | '’')
}

fn word<'t>(text: &'t str, start: usize, end: usize, before: Option<&Word<'_>>) -> Word<'t> {
    let gap = text.get(before.map_or(0, |word| word.end)..start).unwrap_or("");
    let opens = before.is_none() || gap.contains(['.', '!', '?', '\n', '\r', ':', ';', '•', '"', '”', '–']) || gap.contains(" - ");
    Word { text: text.get(start..end).unwrap_or(""), start, end, opens, adjoins: before.is_some() && gap.chars().all(char::is_whitespace) }
}
