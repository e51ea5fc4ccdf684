//! The XML of a workbook's parts, token by token, through a window that moves over the bytes: nothing is held but one token.
//!
//! Only what such parts need: elements without their prefixes, attributes, text. Declarations and comments are passed over.

use super::workbook::{LARGEST_ROW, cut_off, damaged, too_large};
use crate::error::Result;
use std::borrow::Cow;
use std::io::Read;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Token<'w> {
    Open {
        name: &'w [u8],
        attributes: &'w [u8],
        /// Nothing inside: no `Close` follows.
        empty: bool,
    },
    Close(&'w [u8]),
    /// As written, with its entities.
    Text(&'w [u8]),
    Verbatim(&'w [u8]),
    End,
}

pub struct Xml<R> {
    source: R,
    window: Vec<u8>,
    at: usize,
    filled: usize,
    ended: bool,
}

const WINDOW: usize = 1 << 16;

#[derive(Clone, Copy)]
enum Kind {
    Open,
    Close,
    Text,
    Verbatim,
    Passed,
    End,
}

/// A token's content within the bytes that follow, and how many bytes it takes.
struct Found {
    kind: Kind,
    from: usize,
    to: usize,
    taken: usize,
}

impl<R: Read> Xml<R> {
    pub fn new(source: R) -> Self {
        Self { source, window: vec![0; WINDOW], at: 0, filled: 0, ended: false }
    }

    /// Errors: the bytes end within a token, cannot be unpacked, or a token is larger than a row may be.
    pub fn next(&mut self) -> Result<Token<'_>> {
        let (kind, from, to) = loop {
            match find(self.window.get(self.at..self.filled).unwrap_or_default(), self.ended) {
                Some(found) => {
                    let (from, to) = (self.at + found.from, self.at + found.to);
                    self.at += found.taken;
                    if !matches!(found.kind, Kind::Passed) {
                        break (found.kind, from, to);
                    }
                }
                None if self.ended => return Err(cut_off()),
                None => self.fill()?,
            }
        };
        let content = self.window.get(from..to).unwrap_or_default();
        Ok(match kind {
            Kind::Open => open(content),
            Kind::Close => Token::Close(local(content.trim_ascii_end())),
            Kind::Text => Token::Text(content),
            Kind::Verbatim => Token::Verbatim(content),
            Kind::Passed | Kind::End => Token::End,
        })
    }

    fn fill(&mut self) -> Result<()> {
        self.window.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        if self.filled == self.window.len() {
            if self.filled >= LARGEST_ROW {
                return Err(too_large());
            }
            self.window.resize(2 * self.filled, 0);
        }
        let room = self.window.get_mut(self.filled..).unwrap_or_default();
        let read = self.source.read(room).map_err(damaged)?;
        self.ended = read == 0;
        self.filled += read;
        Ok(())
    }

    /// Text of the element that was opened last, its own children's included, until it closes.
    pub fn text(&mut self, element: &[u8], out: &mut String) -> Result<()> {
        loop {
            match self.next()? {
                Token::Text(raw) => push_text(raw, out),
                Token::Verbatim(raw) => out.push_str(&String::from_utf8_lossy(raw)),
                Token::Close(name) if name == element => return Ok(()),
                Token::End => return Err(cut_off()),
                _ => {}
            }
        }
    }
}

fn find(rest: &[u8], ended: bool) -> Option<Found> {
    let bounded = |kind, from: usize, end: &[u8]| {
        let to = from + memchr::memmem::find(rest.get(from..)?, end)?;
        Some(Found { kind, from, to, taken: to + end.len() })
    };
    match rest {
        [] if ended => Some(Found { kind: Kind::End, from: 0, to: 0, taken: 0 }),
        [] => None,
        [b'<', b'/', ..] => {
            let to = memchr::memchr(b'>', rest)?;
            Some(Found { kind: Kind::Close, from: 2, to, taken: to + 1 })
        }
        [b'<', b'?', ..] => bounded(Kind::Passed, 2, b"?>"),
        [b'<', b'!', ..] if rest.len() < 9 && !ended => None,
        [b'<', b'!', b'-', b'-', ..] => bounded(Kind::Passed, 4, b"-->"),
        [b'<', b'!', ..] if rest.starts_with(b"<![CDATA[") => bounded(Kind::Verbatim, 9, b"]]>"),
        [b'<', b'!', ..] => bounded(Kind::Passed, 2, b">"),
        [b'<', ..] => {
            let to = end_of_tag(rest)?;
            Some(Found { kind: Kind::Open, from: 1, to, taken: to + 1 })
        }
        text => {
            let to = memchr::memchr(b'<', text).or(ended.then_some(text.len()))?;
            Some(Found { kind: Kind::Text, from: 0, to, taken: to })
        }
    }
}

/// Where the tag ends: a `>` may stand in quotes.
fn end_of_tag(rest: &[u8]) -> Option<usize> {
    let mut quote = None;
    rest.iter().position(|&byte| {
        match quote {
            Some(open) if open == byte => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => return byte == b'>',
        }
        false
    })
}

fn open(content: &[u8]) -> Token<'_> {
    let (content, empty) = content.strip_suffix(b"/").map_or((content, false), |content| (content, true));
    let end = content.iter().position(u8::is_ascii_whitespace).unwrap_or(content.len());
    let (name, attributes) = content.split_at_checked(end).unwrap_or_default();
    Token::Open { name: local(name), attributes, empty }
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    match memchr::memchr(b':', name) {
        Some(colon) => name.get(colon + 1..).unwrap_or_default(),
        None => name,
    }
}

/// The attributes of a tag: names as written, values with their entities.
pub fn attributes(mut rest: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    std::iter::from_fn(move || {
        let equals = memchr::memchr(b'=', rest)?;
        let name = rest.get(..equals)?.trim_ascii();
        let value = rest.get(equals + 1..)?.trim_ascii_start();
        let quote = *value.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let value = value.get(1..)?;
        let end = memchr::memchr(quote, value)?;
        rest = value.get(end + 1..)?;
        Some((name, value.get(..end)?))
    })
}

/// An attribute by its whole name, its entities resolved.
pub fn attribute(attributes_: &[u8], name: &[u8]) -> Option<String> {
    let (_, raw) = attributes(attributes_).find(|(known, _)| *known == name)?;
    let mut value = String::new();
    push_text(raw, &mut value);
    Some(value)
}

/// Text with its entities resolved; one that nobody knows stands as it is written.
pub fn push_text(raw: &[u8], out: &mut String) {
    let text = String::from_utf8_lossy(raw);
    if memchr::memchr2(b'&', b'\r', raw).is_none() {
        return out.push_str(&text);
    }
    let text: Cow<'_, str> = if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text };
    match quick_xml::escape::unescape(&text) {
        Ok(plain) => out.push_str(&plain),
        Err(_) => out.push_str(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, so that every token lies across the window's edge once.
    struct Drops<'b>(&'b [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            to[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn tokens(source: impl Read) -> Vec<String> {
        let mut xml = Xml::new(source);
        let mut seen = Vec::new();
        loop {
            let word = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            seen.push(match xml.next().unwrap() {
                Token::Open { name, attributes, empty } => format!("{}{}{}", word(name), word(attributes), if empty { "/" } else { "" }),
                Token::Close(name) => format!("/{}", word(name)),
                Token::Text(text) => format!("={}", word(text)),
                Token::Verbatim(text) => format!("!{}", word(text)),
                Token::End => return seen,
            });
        }
    }

    #[test]
    fn tokens_are_the_same_however_the_bytes_arrive() {
        let text = "<?xml version='1.0'?><!DOCTYPE x><x:a b='1>2' c=\"/\"><!-- <no> --><v>å &amp; b</v><i/><![CDATA[<&>]]></x:a>";
        let expected = ["a b='1>2' c=\"/\"", "v", "=å &amp; b", "/v", "i/", "!<&>", "/a"];
        assert_eq!(tokens(text.as_bytes()), expected);
        assert_eq!(tokens(Drops(text.as_bytes())), expected);
        assert!(Xml::new("<a b='".as_bytes()).next().is_err(), "it ends within a tag");
    }

    #[test]
    fn attributes_and_entities_are_read() {
        let found: Vec<_> = attributes(b" r=\"A1\"  s = '3' t=\"a&lt;b\"").collect();
        assert_eq!(found, [(&b"r"[..], &b"A1"[..]), (b"s", b"3"), (b"t", b"a&lt;b")]);
        assert_eq!(attribute(b" t=\"a&lt;b\" x=''", b"t").as_deref(), Some("a<b"));
        let mut text = String::new();
        push_text(b"a&#229;&unknown;\r\nb", &mut text);
        assert_eq!(text, "a&#229;&unknown;\nb", "one that nobody knows leaves all as it is");
    }
}
