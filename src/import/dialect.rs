//! How a delimited text is written: its separator and its quotation mark, found by what holds on every line.

/// Separators that people's programs write, the usual Swedish one first.
const CANDIDATES: [u8; 4] = *b";\t,|";
/// Lines looked at.
const LINES: usize = 300;

/// The writing of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// `None` when the text has a single column.
    pub delimiter: Option<u8>,
    /// Every separator is followed by a space, which belongs to it: `a, "b, c", d`.
    pub spaced: bool,
    pub quote: u8,
    /// Fields on the usual line.
    pub width: usize,
}

impl Dialect {
    /// The separator as a person would type it.
    pub fn word(&self) -> Option<String> {
        let separator = char::from(self.delimiter?);
        Some(if self.spaced { format!("{separator} ") } else { separator.to_string() })
    }
}

/// What was found, and the separators that fit just as well.
pub struct Sniffed {
    pub dialect: Dialect,
    pub rivals: Vec<u8>,
}

/// Looks at the first lines. `given` is the separator that a `sep=` line or a person names.
pub fn sniff(text: &str, given: Option<u8>) -> Sniffed {
    let quote = quotation_mark(text);
    let lines = lines(text, quote);
    let mut fits: Vec<Fit> = CANDIDATES.iter().enumerate().map(|(column, &candidate)| Fit::of(&lines, column, candidate)).collect();
    if fits.iter().any(|fit| fit.candidate != b',' && fit.same >= 2 && fit.same * 3 >= lines.len()) {
        fits.iter_mut().filter(|fit| fit.candidate == b',').for_each(|comma| comma.leave_decimals(&lines));
    }
    let chosen = match given {
        Some(byte) => fits.iter().find(|fit| fit.candidate == byte),
        None => fits.iter().filter(|fit| fit.most > 0).reduce(|best, fit| if fit.near > best.near { fit } else { best }),
    };
    let rivals = match (given, chosen) {
        (None, Some(best)) if best.exact => rivals(&fits, best),
        _ => Vec::new(),
    };
    let delimiter = chosen.map(|fit| fit.candidate).or(given);
    let spaced = chosen.is_some_and(|fit| fit.most > 0 && fit.spaced);
    Sniffed { dialect: Dialect { delimiter, spaced, quote, width: chosen.map_or(1, |fit| fit.most + 1) }, rivals }
}

/// The separator that the first line names, as Excel does: `sep=;`.
pub fn named(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim().trim_matches('"').to_ascii_lowercase();
    match line.strip_prefix("sep=")?.as_bytes() {
        [byte] => Some(*byte),
        [] if text.to_ascii_lowercase().starts_with("sep=\t") => Some(b'\t'),
        _ => None,
    }
}

/// `'` quotes only when each field that begins with one also ends with one, and none begins with `"`.
fn quotation_mark(text: &str) -> u8 {
    if !text.contains('\'') {
        return b'"';
    }
    let head = text.as_bytes().get(..text.len().min(400_000)).unwrap_or(text.as_bytes());
    let at = |index: usize| head.get(index).copied().unwrap_or(b'\n');
    let outer = |byte: u8| byte == b'\n' || byte == b'\r' || CANDIDATES.contains(&byte);
    let (mut opened, mut closed, mut double) = (0, 0, 0);
    for (index, byte) in head.iter().enumerate().filter(|(_, byte)| matches!(byte, b'\'' | b'"')) {
        let begins = index == 0 || outer(at(index - 1));
        match byte {
            b'"' => double += usize::from(begins),
            _ => (opened, closed) = (opened + usize::from(begins), closed + usize::from(outer(at(index + 1)))),
        }
    }
    if opened >= 2 && opened == closed && double == 0 { b'\'' } else { b'"' }
}

/// How often each candidate stands on a line outside quotes, how often a space follows it, and how often it stands between digits.
#[derive(Clone, Copy, Default)]
struct Counts {
    all: [usize; 4],
    spaced: [usize; 4],
    between_digits: [usize; 4],
}

fn lines(text: &str, quote: u8) -> Vec<Counts> {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(b'\n');
    let outer = |byte: u8| byte == b'\n' || byte == b'\r' || CANDIDATES.contains(&byte);
    let (mut lines, mut line, mut quoted, mut seen, mut index) = (Vec::new(), Counts::default(), false, false, 0);
    while index < bytes.len() && lines.len() < LINES {
        let (byte, before, after) = (at(index), index.checked_sub(1).map_or(b'\n', at), at(index + 1));
        match byte {
            _ if byte == quote && quoted && after == quote => index += 1,
            _ if byte == quote && quoted => quoted = !outer(after),
            _ if byte == quote => quoted = outer(before) || before == b' ',
            b'\n' if !quoted => {
                if seen {
                    lines.push(line);
                }
                (line, seen) = (Counts::default(), false);
            }
            _ => {
                seen |= !byte.is_ascii_whitespace();
                if let Some(column) = CANDIDATES.iter().position(|c| *c == byte).filter(|_| !quoted) {
                    line.all[column] += 1;
                    line.spaced[column] += usize::from(matches!(after, b' ' | b'\n' | b'\r'));
                    line.between_digits[column] += usize::from(before.is_ascii_digit() && after.is_ascii_digit());
                }
            }
        }
        index += 1;
    }
    if seen && lines.len() < LINES {
        lines.push(line);
    }
    lines
}

/// How well a candidate explains the lines.
struct Fit {
    candidate: u8,
    /// Its usual number on a line.
    most: usize,
    /// Lines with about that number.
    near: usize,
    /// Lines with exactly that number.
    same: usize,
    /// Every line has exactly that number.
    exact: bool,
    spaced: bool,
    /// On every line but the first it only stands between digits, as a decimal comma does.
    decimal: bool,
}

impl Fit {
    fn of(lines: &[Counts], column: usize, candidate: u8) -> Self {
        let counts: Vec<usize> = lines.iter().map(|line| line.all[column]).collect();
        let most = mode(&counts);
        let sum = |of: fn(&Counts) -> &[usize; 4], skip: usize| lines.iter().skip(skip).map(|line| of(line)[column]).sum::<usize>();
        Self {
            candidate,
            most,
            same: counts.iter().filter(|count| **count > 0 && **count == most).count(),
            near: counts.iter().filter(|count| **count > 0 && count.abs_diff(most) <= 1).count(),
            exact: lines.len() > 1 && counts.iter().all(|count| *count == most),
            spaced: candidate != b'\t' && sum(|line| &line.all, 0) == sum(|line| &line.spaced, 0),
            decimal: sum(|line| &line.all, 1) == sum(|line| &line.between_digits, 1),
        }
    }
}

impl Fit {
    /// Beside a separator that holds on many lines a comma between digits is a decimal sign: titles with commas in them must not
    /// make it a separator.
    fn leave_decimals(&mut self, lines: &[Counts]) {
        let column = CANDIDATES.iter().position(|candidate| *candidate == self.candidate).unwrap_or(0);
        let counts: Vec<usize> = lines.iter().map(|line| line.all[column] - line.between_digits[column]).collect();
        let most = mode(&counts);
        self.near = counts.iter().filter(|count| **count > 0 && count.abs_diff(most) <= 1).count();
    }
}

/// Separators that stand equally often on every line, except decimal commas beside another separator.
fn rivals(fits: &[Fit], best: &Fit) -> Vec<u8> {
    let other = |fit: &&Fit| fit.candidate != best.candidate && fit.most > 0 && fit.exact && !(fit.candidate == b',' && fit.decimal);
    fits.iter().filter(other).map(|fit| fit.candidate).collect()
}

/// The most common count above zero; of two equally common the larger.
fn mode(counts: &[usize]) -> usize {
    let mut sorted: Vec<usize> = counts.iter().copied().filter(|count| *count > 0).collect();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|a, b| a == b).map(|run| (run.len(), run.first().copied().unwrap_or(0)));
    runs.max().map_or(0, |(_, count)| count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (Option<String>, char, usize) {
        let dialect = sniff(text, None).dialect;
        (dialect.word(), char::from(dialect.quote), dialect.width)
    }

    #[test]
    fn the_delimiter_is_the_one_that_is_consistent() {
        for (text, delimiter) in [
            ("a;b\n1,5;2,5\n", Some(";")),
            ("a,b\n1.5,2.5\n", Some(",")),
            ("a\tb\n1,5\t2,5\n", Some("\t")),
            ("a|b\n1|2\n", Some("|")),
            ("Titel\n\na;b;c\n1;2;3;\n4;5;6;\n", Some(";")),
            ("\"x, y\";b\n\"p, q\";2\n", Some(";")),
            ("a, b, c\n1, \"2, 3\", 4\n", Some(", ")),
            ("bara text\n", None),
            ("Brott, i kommunen, 2024\nKälla: Brå, SCB\nKommun;A;B\nAle;1,5;2,5\nHabo;1,5;3,5\nLerum;4,5;5,5\n", Some(";")),
            ("id,svar,plats\n1,2,Parken;Torget\n2,3,Parken;Stationen\n3,1,Torget;Parken\n", Some(",")),
        ] {
            assert_eq!(found(text).0.as_deref(), delimiter, "{text}");
            assert!(sniff(text, None).rivals.is_empty(), "{text}");
        }
    }

    #[test]
    fn two_that_fit_equally_well_are_both_named() {
        assert_eq!(sniff("Kommun;Antal, st\nÅsele;a,b\n", None).rivals, [b',']);
        assert!(sniff("Kommun;Antal, st\nÅsele;1,5\n", None).rivals.is_empty(), "a decimal comma separates nothing");
        assert!(sniff("Kommun;Antal, st\nÅsele;a,b\n", Some(b',')).rivals.is_empty());
    }

    #[test]
    fn apostrophes_quote_only_in_pairs() {
        assert_eq!(found("a,'b, c',d\n1,'2, 3',4\n"), (Some(",".to_owned()), '\'', 3));
        assert_eq!(found("a,b\n'90-talet,2\n").1, '"');
    }

    #[test]
    fn a_first_line_may_name_the_separator() {
        assert_eq!(
            (named("sep=;\na;b"), named("SEP=,\r\n"), named("sep=\t\na"), named("sep")),
            (Some(b';'), Some(b','), Some(b'\t'), None)
        );
    }
}
