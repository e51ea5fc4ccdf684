//! Delimited text → sheet: the delimiter by consistency over the lines, quotes with line breaks, physical lines kept.

use super::grid::{Sheet, SheetWriter};

const CANDIDATES: [u8; 4] = *b";\t,|";

/// A delimited text, split.
pub struct Delimited {
    pub sheet: Sheet,
    /// `None` when the text has a single column.
    pub delimiter: Option<u8>,
    /// Line (zero-based) where a quote opens that never closes; quotes were then taken as plain letters.
    pub open_quote: Option<usize>,
}

/// Splits `text`. Never fails: text that is no table becomes a single column.
pub fn split(text: String) -> Delimited {
    let text = if text.contains('\n') { text } else { text.replace('\r', "\n") };
    // The entity's own semicolon would be taken for a separator.
    let text = if text.contains("&nbsp;") { text.replace("&nbsp;", "\u{a0}") } else { text };
    let delimiter = sniff(&text);
    if !text.contains('"') {
        return Delimited { sheet: Sheet::from_plain_text("", text, delimiter), delimiter, open_quote: None };
    }
    match split_quoted(&text, delimiter) {
        Ok(sheet) => Delimited { sheet, delimiter, open_quote: None },
        Err(line) => Delimited { sheet: Sheet::from_plain_text("", text, delimiter), delimiter, open_quote: Some(line) },
    }
}

/// Whether a piece of a text can be split by itself, line by line: nothing in it needs the rest of the text to be understood.
pub fn is_plain(bytes: &[u8]) -> bool {
    let entity = b"&nbsp;";
    memchr::memchr2(b'"', 0, bytes).is_none() && memchr::memmem::find(bytes, entity).is_none() && bytes.contains(&b'\n')
}

/// The delimiter whose number per line varies least over the first lines; quoted parts do not count.
fn sniff(text: &str) -> Option<u8> {
    let lines = counts_per_line(text);
    let score = |column: usize| -> (usize, usize) {
        let counts: Vec<usize> = lines.iter().map(|line| line[column]).collect();
        let mode = mode(&counts);
        let near = counts.iter().filter(|count| **count > 0 && count.abs_diff(mode) <= 1).count();
        (near, mode)
    };
    let mut best: Option<(usize, u8)> = None;
    for (column, &candidate) in CANDIDATES.iter().enumerate() {
        let (near, mode) = score(column);
        if mode > 0 && near > 0 && best.is_none_or(|(most, _)| near > most) {
            best = Some((near, candidate));
        }
    }
    best.map(|(_, delimiter)| delimiter)
}

fn counts_per_line(text: &str) -> Vec<[usize; 4]> {
    let (mut lines, mut line, mut quoted, mut seen) = (Vec::new(), [0; 4], false, false);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if seen {
                    lines.push(line);
                }
                (line, seen) = ([0; 4], false);
            }
            other => {
                seen |= !other.is_ascii_whitespace();
                if let Some(index) = CANDIDATES.iter().position(|c| *c == other).filter(|_| !quoted) {
                    line[index] += 1;
                }
            }
        }
        if lines.len() == 300 {
            return lines;
        }
    }
    if seen {
        lines.push(line);
    }
    lines
}

/// The most common count above zero; of two equally common the larger.
fn mode(counts: &[usize]) -> usize {
    let mut sorted: Vec<usize> = counts.iter().copied().filter(|count| *count > 0).collect();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|a, b| a == b).map(|run| (run.len(), run.first().copied().unwrap_or(0)));
    runs.max().map_or(0, |(_, count)| count)
}

fn split_quoted(text: &str, delimiter: Option<u8>) -> Result<Sheet, usize> {
    let mut writer = SheetWriter::new("");
    let mut rest = text;
    while !rest.is_empty() {
        let lines_before = writer.rows();
        let swallowed;
        (rest, swallowed) = record(rest, delimiter, &mut writer).ok_or(lines_before)?;
        for _ in 0..swallowed {
            writer.continuation();
        }
    }
    Ok(writer.finish())
}

/// Reads one record; gives what follows and how many line breaks stood inside quotes.
fn record<'t>(mut rest: &'t str, delimiter: Option<u8>, writer: &mut SheetWriter) -> Option<(&'t str, usize)> {
    let mut swallowed = 0;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted)?,
            None => (String::new(), rest),
        };
        let end = after.bytes().position(|b| b == b'\n' || Some(b) == delimiter).unwrap_or(after.len());
        let (tail, next) = after.split_at(end);
        let at_line_end = !next.starts_with(|c: char| delimiter.is_some_and(|d| c == d as char));
        let tail = if at_line_end { tail.strip_suffix('\r').unwrap_or(tail) } else { tail };
        swallowed += field.matches('\n').count();
        writer.text(&(field + tail));
        rest = next.get(1..).unwrap_or("");
        if at_line_end {
            writer.end_row();
            return Some((rest, swallowed));
        }
    }
}

/// The inside of a quoted field and what follows its closing quote; `None` if it never closes.
fn quoted_field(mut rest: &str) -> Option<(String, &str)> {
    let mut field = String::new();
    loop {
        let (inside, after) = rest.split_once('"')?;
        field.push_str(inside);
        match after.strip_prefix('"') {
            Some(more) => {
                field.push('"');
                rest = more;
            }
            None => return Some((field, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let sheet = split(String::from(text)).sheet;
        sheet.rows_text(0, sheet.rows())
    }

    #[test]
    fn the_delimiter_is_the_one_that_is_consistent() {
        for (text, delimiter) in [
            ("a;b\n1,5;2,5\n", Some(b';')),
            ("a,b\n1.5,2.5\n", Some(b',')),
            ("a\tb\n1,5\t2,5\n", Some(b'\t')),
            ("a|b\n1|2\n", Some(b'|')),
            ("Titel\n\na;b;c\n1;2;3;\n4;5;6;\n", Some(b';')),
            ("\"x, y\";b\n\"p, q\";2\n", Some(b';')),
            ("bara text\n", None),
        ] {
            assert_eq!(split(String::from(text)).delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn quoted_line_breaks_keep_the_physical_line() {
        let sheet = split("a;b\n\"x\ny\";1\n\"p\"\"q\";2\n".into()).sheet;
        assert_eq!(sheet.rows_text(0, 4), [vec!["a", "b"], vec!["x\ny", "1"], vec![""], vec!["p\"q", "2"]]);
        assert!(sheet.is_continuation(2));
    }

    #[test]
    fn a_quote_that_never_closes_is_a_letter() {
        let split = split("a;b\n\"x;1\ny;2\n".into());
        assert_eq!(split.open_quote, Some(1));
        assert_eq!(split.sheet.rows_text(1, 3), [["\"x", "1"], ["y", "2"]]);
    }

    #[test]
    fn a_literal_entity_is_a_space_and_no_separator() {
        assert_eq!(rows("a;b;c\n1;7&nbsp;512,4;\n"), [vec!["a", "b", "c"], vec!["1", "7\u{a0}512,4", ""]]);
    }

    #[test]
    fn odd_line_ends_are_lines() {
        assert_eq!(rows("a;b\r1;2\r"), [["a", "b"], ["1", "2"]]);
        assert_eq!(rows("a;\"b\"\r\n1;\"2\"\r\n"), [["a", "b"], ["1", "2"]]);
    }
}
