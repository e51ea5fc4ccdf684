//! Reads Rust sources just well enough to judge their shape: comments and literals are blanked, code under `#[cfg(test)]`
//! is left out, lines keep their numbers. No parser is needed for that, and a half-written file still gives an answer.

use std::path::{Path, PathBuf};

/// One source file without its tests.
pub struct Source {
    /// From the root of the workspace, with `/`.
    pub path: String,
    /// Code only: comments, literals and test code are blanks; line breaks are where they were.
    pub code: String,
    /// Line (from 1) and content of every string literal outside test code.
    pub literals: Vec<(usize, String)>,
    pub functions: Vec<Function>,
    /// Lines with code, where a table of data (the value of a `const` or `static`) counts as one.
    pub code_lines: usize,
}

pub struct Function {
    pub name: String,
    /// From 1.
    pub line: usize,
    /// From the signature to the closing brace.
    pub lines: usize,
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the workspace as text; says which file is missing.
pub fn text_of(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path} cannot be read: {e}"))
}

/// All Rust files under the folders, in order of their paths; files that hold only tests are left out.
pub fn sources(folders: &[&str]) -> Vec<Source> {
    let mut paths = Vec::new();
    folders.iter().for_each(|folder| collect(&root().join(folder), &mut paths));
    paths.sort();
    assert!(!paths.is_empty(), "no Rust files under {folders:?}: is the test looking in the right place?");
    paths.iter().map(|path| read(path)).collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() && path.file_name().is_none_or(|n| n != "tests" && n != "target" && n != "gen") {
            collect(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") && path.file_name().is_none_or(|n| n != "tests.rs") {
            into.push(path);
        }
    }
}

fn read(path: &Path) -> Source {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let relative = path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/");
    parse(&relative, &text)
}

pub fn parse(path: &str, text: &str) -> Source {
    let (mut code, mut literals) = blank(text);
    for (start, end) in test_items(&code) {
        let (first, last) = (line_at(&code, start), line_at(&code, end));
        literals.retain(|(line, _)| *line < first || *line > last);
        code = code.char_indices().map(|(at, c)| if (start..end).contains(&at) && c != '\n' { ' ' } else { c }).collect();
    }
    let functions = functions(&code);
    let code_lines = code_lines(&code);
    Source { path: path.to_owned(), code, literals, functions, code_lines }
}

/// Blanks comments and literals; every blanked character becomes one ASCII space, so that positions are byte positions.
fn blank(text: &str) -> (String, Vec<(usize, String)>) {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(chars.len());
    let mut literals = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => end_of_line(&chars, at),
            '/' if chars.get(at + 1) == Some(&'*') => end_of_comment(&chars, at),
            '"' => end_of_string(&chars, at),
            'r' | 'b' | 'c' if !follows_word(&chars, at) => end_of_prefixed(&chars, at),
            '\'' => end_of_char(&chars, at),
            _ => at,
        };
        if end == at {
            out.push(if chars[at].is_ascii() { chars[at] } else { '_' });
            at += 1;
            continue;
        }
        if chars[at] != '/' && chars[at] != '\'' {
            literals.push((out.matches('\n').count() + 1, content(&chars[at..end])));
        }
        out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    (out, literals)
}

fn content(literal: &[char]) -> String {
    let text: String = literal.iter().collect();
    text.trim_start_matches(['r', 'b', 'c']).trim_matches('#').trim_matches('"').to_owned()
}

fn follows_word(chars: &[char], at: usize) -> bool {
    at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_')
}

fn end_of_line(chars: &[char], at: usize) -> usize {
    (at..chars.len()).find(|&i| chars[i] == '\n').unwrap_or(chars.len())
}

fn end_of_comment(chars: &[char], at: usize) -> usize {
    let (mut depth, mut i) = (0, at);
    while i < chars.len() {
        match (chars[i], chars.get(i + 1)) {
            ('/', Some('*')) => (depth, i) = (depth + 1, i + 2),
            ('*', Some('/')) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], quote: usize) -> usize {
    let mut i = quote + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    (i + 1).min(chars.len())
}

/// `r"…"`, `r#"…"#`, `b"…"`, `br"…"`, `b'…'`; an ordinary word ends where it starts.
fn end_of_prefixed(chars: &[char], at: usize) -> usize {
    let letters = chars[at..].iter().take_while(|c| matches!(c, 'r' | 'b' | 'c')).count();
    let raw = chars[at..at + letters].contains(&'r');
    let hashes = chars[at + letters..].iter().take_while(|c| **c == '#').count();
    let quote = at + letters + hashes;
    match chars.get(quote) {
        Some('"') if raw => {
            let close = |i: usize| chars[i] == '"' && chars[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
            (quote + 1..chars.len()).find(|&i| close(i)).map_or(chars.len(), |i| i + 1 + hashes)
        }
        Some('"') if hashes == 0 => end_of_string(chars, quote),
        Some('\'') if hashes == 0 && !raw => end_of_char(chars, quote),
        _ => at,
    }
}

/// A character literal; a lifetime ends where it starts.
fn end_of_char(chars: &[char], at: usize) -> usize {
    match (chars.get(at + 1), chars.get(at + 2)) {
        (Some('\\'), _) => (at + 3..chars.len()).find(|&i| chars[i] == '\'').map_or(chars.len(), |i| i + 1),
        (Some(_), Some('\'')) => at + 3,
        _ => at,
    }
}

/// Where each item under `#[cfg(test)]` (or `#[test]`) begins and ends.
fn test_items(code: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for mark in ["#[cfg(test)]", "#[test]"] {
        for (start, _) in code.match_indices(mark) {
            found.push((start, end_of_item(code, start + mark.len())));
        }
    }
    found
}

/// After the braces of an item, or after its semicolon if that comes first.
fn end_of_item(code: &str, from: usize) -> usize {
    let mut depth = 0usize;
    for (at, c) in code[from..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return from + at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return from + at + 1,
            _ => {}
        }
    }
    code.len()
}

pub fn line_at(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// Every place where `word` stands as a word of its own.
pub fn words<'c>(code: &'c str, word: &'c str) -> impl Iterator<Item = usize> + 'c {
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word)
        .filter(move |(at, _)| !inside(code[..*at].chars().next_back()) && !inside(code[at + word.len()..].chars().next()))
        .map(|(at, _)| at)
}

/// The identifier that starts at or after `from`, blanks skipped.
pub fn identifier(code: &str, from: usize) -> &str {
    let rest = code[from..].trim_start();
    &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())]
}

fn functions(code: &str) -> Vec<Function> {
    words(code, "fn")
        .filter_map(|at| {
            let name = identifier(code, at + 2);
            let end = body_end(code, at)?;
            (!name.is_empty()).then(|| Function {
                name: name.to_owned(),
                line: line_at(code, at),
                lines: line_at(code, end - 1) - line_at(code, at) + 1,
            })
        })
        .collect()
}

/// Where the body of a function ends; `None` for a declaration without one, or a function type.
fn body_end(code: &str, at: usize) -> Option<usize> {
    let mut brackets = 0i32;
    for (offset, c) in code[at..].char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' if brackets == 0 => return None,
            ')' | ']' => brackets -= 1,
            ';' | ',' | '=' if brackets == 0 && !in_generics(&code[at..at + offset]) => return None,
            '{' if brackets == 0 => return Some(end_of_item(code, at + offset)),
            _ => {}
        }
    }
    None
}

/// Whether more `<` than `>` stand open, arrows aside: then a comma or `=` belongs to the generics or the return type.
fn in_generics(signature: &str) -> bool {
    let plain = signature.replace("->", "  ").replace("=>", "  ");
    let where_clause = words(&plain, "where").next().is_some();
    where_clause || plain.matches('<').count() > plain.matches('>').count()
}

fn code_lines(code: &str) -> usize {
    let all = code.lines().filter(|line| !line.trim().is_empty()).count();
    let tables: usize = ["const", "static"].iter().flat_map(|word| words(code, word)).map(|at| table_lines(code, at)).sum();
    all - tables
}

/// Lines of a constant beyond its first.
fn table_lines(code: &str, at: usize) -> usize {
    if identifier(code, at + 5) == "fn" {
        return 0;
    }
    let mut depth = 0i32;
    for (offset, c) in code[at..].char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ';' if depth == 0 => return code[at..at + offset].lines().skip(1).filter(|line| !line.trim().is_empty()).count(),
            _ => {}
        }
        if depth < 0 {
            return 0;
        }
    }
    0
}

#[test]
fn the_reader_of_sources_sees_what_is_there() {
    let text = "//! fn no() {}\nconst TABLE: &[&str] = &[\n  \"SELECT 1\",\n  \"{\",\n];\npub fn a<T: Into<u8>, U>(x: &'static str) -> [u8; 2] {\n    let c = '{'; // }\n    r#\"}\"#;\n}\n#[cfg(test)]\nmod tests { fn hidden() { \"x\".unwrap() } }\nfn b() {}\n";
    let source = parse("x.rs", text);
    let shape: Vec<(&str, usize, usize)> = source.functions.iter().map(|f| (f.name.as_str(), f.line, f.lines)).collect();
    assert_eq!(shape, [("a", 6, 4), ("b", 12, 1)], "names, lines and lengths of functions");
    assert_eq!(source.code_lines, 6, "the table counts as one line; comments and tests as none");
    assert!(source.literals.contains(&(3, "SELECT 1".into())), "{:?}", source.literals);
    assert!(!source.code.contains("unwrap"), "test code must not be judged");
}
