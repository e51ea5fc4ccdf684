//! PC-Axis (.px), the format of the Nordic statistics offices: keywords with their values, then the numbers.
//! Format: <https://www.scb.se/px-fileformat>, version 2013.

use super::bytes::unreadable;
use super::cube::{Cube, Datum, Dimension, Rows};
use super::grid::Sheet;
use super::layout::Given;
use crate::error::Result;
use std::collections::BTreeMap;

/// A table with what the file says beside it, one line each.
pub struct Px {
    pub sheet: Sheet,
    pub given: Given,
    pub remarks: Vec<String>,
}

/// Keywords that a file begins with.
pub fn looks_like(head: &str) -> bool {
    let head = head.trim_start();
    ["charset=", "axis-version=", "codepage="]
        .iter()
        .any(|keyword| head.get(..keyword.len()).is_some_and(|h| h.eq_ignore_ascii_case(keyword)))
}

/// Reads a table. Errors: `UnreadableFile` when keywords that the table needs are missing or the numbers are too many or too few.
pub fn read(text: &str) -> Result<Px> {
    let (keywords, data) = statements(text)?;
    let stub = keywords.dimensions("STUB")?;
    let heading = keywords.dimensions("HEADING")?;
    let keyed: Vec<bool> = stub.iter().map(|dimension| keywords.one("KEYS", Some(&dimension.name)).is_some()).collect();
    let tokens = tokens(data);
    let mut cube = Cube {
        title: keywords.one("TITLE", None).or_else(|| keywords.one("DESCRIPTION", None)).unwrap_or_default(),
        publisher: keywords.one("SOURCE", None),
        unit: keywords.unit(),
        stub,
        heading,
        ..Cube::default()
    };
    let tokens = if keyed.contains(&true) { take_keys(&mut cube, &keywords, &keyed, tokens)? } else { tokens };
    cube.values = tokens.into_iter().map(datum).collect();
    keywords.tell_units(&mut cube);
    let remarks = keywords.remarks();
    let (sheet, given) = cube.table("")?;
    Ok(Px { sheet, given, remarks })
}

/// Keyword, language and the dimension or value it is about → its values.
#[derive(Default)]
struct Keywords {
    values: BTreeMap<(String, String, Vec<String>), Vec<String>>,
    /// The language to read: Swedish if the file has it.
    language: String,
}

impl Keywords {
    fn all(&self, keyword: &str, about: &[&str]) -> Option<&[String]> {
        let about: Vec<String> = about.iter().map(|word| (*word).to_owned()).collect();
        let of = |language: &str| self.values.get(&(keyword.to_owned(), language.to_owned(), about.clone()));
        of(&self.language).or_else(|| of("")).map(Vec::as_slice)
    }

    fn one(&self, keyword: &str, about: Option<&str>) -> Option<String> {
        let found = self.all(keyword, about.as_slice())?;
        Some(found.join(" ").trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn dimensions(&self, keyword: &str) -> Result<Vec<Dimension>> {
        let names = self.all(keyword, &[]).unwrap_or_default().iter().filter(|name| !name.is_empty());
        let dimension = |name: &String| {
            let labels = self.all("VALUES", &[name]).ok_or_else(|| missing(&format!("VALUES(”{name}”)")))?.to_vec();
            let codes = self.all("CODES", &[name]).filter(|codes| codes.len() == labels.len()).unwrap_or_default().to_vec();
            Ok(Dimension { name: name.trim().to_owned(), labels, codes })
        };
        names.map(dimension).collect()
    }

    /// The unit of every value, if they all have the same.
    fn unit(&self) -> Option<String> {
        let mut units = self.values.iter().filter(|((keyword, language, _), _)| keyword == "UNITS" && self.reads(language));
        let first = units.next().map(|(_, unit)| unit.join(" "))?;
        units.all(|(_, unit)| unit.join(" ") == first).then(|| first.trim().to_owned())
    }

    fn reads(&self, language: &str) -> bool {
        language == self.language
            || (language.is_empty() && !self.values.keys().any(|(keyword, l, _)| keyword == "UNITS" && *l == self.language))
    }

    /// Where contents have units of their own, each content's label says its unit.
    fn tell_units(&self, cube: &mut Cube) {
        let contents = self.one("CONTVARIABLE", None).filter(|_| cube.unit.is_none());
        let found = cube.stub.iter_mut().chain(&mut cube.heading).find(|dimension| Some(&dimension.name) == contents.as_ref());
        for label in found.into_iter().flat_map(|dimension| dimension.labels.iter_mut()) {
            if let Some(unit) = self.one("UNITS", Some(label)) {
                *label = format!("{label}, {unit}");
            }
        }
    }

    fn remarks(&self) -> Vec<String> {
        let words = [("SOURCE", "Källa"), ("LAST-UPDATED", "Senast uppdaterad"), ("CONTACT", "Kontakt finns angiven")];
        let told = words.iter().filter_map(|(keyword, word)| {
            let text = self.one(keyword, None)?;
            // Who to ask is a person; that there is one is enough.
            Some(if *keyword == "CONTACT" { format!("{word} i filen.") } else { format!("{word}: {text}") })
        });
        let notes = self.values.iter().filter(|((keyword, language, _), _)| {
            matches!(keyword.as_str(), "NOTE" | "NOTEX" | "VALUENOTE" | "VALUENOTEX") && (language.is_empty() || *language == self.language)
        });
        let note = |((_, _, about), text): (&(String, String, Vec<String>), &Vec<String>)| {
            let text = text.join(" ").replace('#', " ");
            let about = about.last().map(|about| format!("{about}: ")).unwrap_or_default();
            format!("Not: {about}{}", text.trim())
        };
        told.chain(notes.map(note)).collect()
    }
}

/// Splits the text into keywords and what follows `DATA=`.
fn statements(text: &str) -> Result<(Keywords, &str)> {
    let mut keywords = Keywords::default();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (head, after) = split_outside(rest, '=').ok_or_else(|| missing("DATA"))?;
        let (keyword, language, about) = keyword(head);
        if keyword == "DATA" {
            keywords.language = language_of(&keywords);
            return Ok((keywords, after));
        }
        let (value, next) = split_outside(after, ';').ok_or_else(|| missing("DATA"))?;
        keywords.values.insert((keyword, language, about), values(value));
        rest = next.trim_start();
    }
    Err(missing("DATA"))
}

fn language_of(keywords: &Keywords) -> String {
    let swedish = keywords.values.keys().any(|(keyword, language, _)| matches!(keyword.as_str(), "STUB" | "HEADING") && language == "sv");
    if swedish { "sv".to_owned() } else { String::new() }
}

/// At the first `mark` outside quotes.
fn split_outside(text: &str, mark: char) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = text.char_indices().find_map(|(index, c)| {
        quoted ^= c == '"';
        (!quoted && c == mark).then_some(index)
    })?;
    Some((text.get(..at)?, text.get(at + mark.len_utf8()..)?))
}

/// `KEYWORD[sv]("dimension","value")`.
fn keyword(head: &str) -> (String, String, Vec<String>) {
    let (name, about) = split_outside(head, '(').unwrap_or((head, ""));
    let (name, language) = name.split_once('[').unwrap_or((name, ""));
    let about = values(about.trim_end().trim_end_matches(')'));
    let language = language.trim().trim_end_matches(']').to_lowercase();
    (name.trim().to_uppercase(), language, about.into_iter().filter(|word| !word.is_empty()).collect())
}

/// Comma-separated values; quoted strings that follow each other are one.
fn values(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => values.push(String::new()),
            '\r' | '\n' => {}
            c if quoted || !c.is_whitespace() => values.last_mut().into_iter().for_each(|value| value.push(c)),
            _ => {}
        }
    }
    values
}

/// The numbers and quoted symbols; some programs close every line with a semicolon. A quoted one keeps its opening mark.
fn tokens(data: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = data;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        let token = if let Some(inside) = rest.strip_prefix('"') {
            let end = inside.find('"').map_or(rest.len(), |end| end + 1);
            rest.split_at(end)
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || c == ',' || c == ';').unwrap_or(rest.len());
            rest.split_at(end)
        };
        if token.0.is_empty() {
            return tokens;
        }
        tokens.push(token.0);
        rest = token.1.strip_prefix('"').unwrap_or(token.1);
    }
}

fn datum(token: &str) -> Datum {
    match token.strip_prefix('"') {
        Some(symbol) => Datum::Symbol(symbol.to_owned()),
        None => token.parse().ok().filter(|n: &f64| n.is_finite()).map_or_else(|| Datum::Symbol(token.to_owned()), Datum::Number),
    }
}

/// With `KEYS` each row begins with the labels or codes of those dimensions, and rows that are all zero are left out. What is
/// left out is not shown: nobody has printed it.
fn take_keys<'t>(cube: &mut Cube, keywords: &Keywords, keyed: &[bool], tokens: Vec<&'t str>) -> Result<Vec<&'t str>> {
    if keyed.contains(&false) {
        return Err(
            unreadable("Filen har nycklar (KEYS) för bara några av radernas variabler.").hint("Hämta tabellen som .xlsx eller .csv.")
        );
    }
    let (keys, columns) = (cube.stub.len(), cube.heading.iter().map(|dimension| dimension.labels.len()).product::<usize>());
    let (mut rows, mut rest) = (Vec::new(), Vec::new());
    for row in tokens.chunks(keys + columns) {
        let index = |(dimension, key): (&Dimension, &&str)| {
            let key = key.trim_start_matches('"');
            let coded = keywords.one("KEYS", Some(&dimension.name)).is_some_and(|by| by.eq_ignore_ascii_case("codes"));
            let list = if coded { &dimension.codes } else { &dimension.labels };
            list.iter().position(|known| known == key).ok_or_else(|| unreadable(&format!("Nyckeln ”{key}” finns inte i filen.")))
        };
        rows.push(cube.stub.iter().zip(row).map(index).collect::<Result<Vec<usize>>>()?);
        rest.extend(row.get(keys..).unwrap_or_default());
    }
    cube.rows = Rows::Some(rows);
    Ok(rest)
}

fn missing(what: &str) -> crate::error::Error {
    unreadable(&format!("Px-filen är ofullständig: {what} saknas.")).hint("Hämta filen på nytt från källan.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "CHARSET=\"ANSI\";AXIS-VERSION=\"2013\";LANGUAGE=\"sv\";LANGUAGES=\"sv\",\"en\";\nTITLE=\"Brott efter region, \"\n\"tabellinnehåll och år\";\n\
        STUB=\"region\";HEADING=\"tabellinnehåll\",\"år\";STUB[en]=\"region\";CONTVARIABLE=\"tabellinnehåll\";\n\
        VALUES(\"region\")=\"Åsele\",\"Malå; \"\n\"kommun\";CODES(\"region\")=\"2463\",\"2418\";VALUES(\"tabellinnehåll\")=\"Antal\",\"Andel\";\n\
        VALUES(\"år\")=\"2023\",\"2024\";TIMEVAL(\"år\")=TLIST(A1),\"2023\",\"2024\";UNITS(\"Antal\")=\"antal\";UNITS(\"Andel\")=\"procent\";\n\
        SOURCE=\"Påhittad\";NOTE=\"En not.\";\n";

    fn rows(text: &str) -> (Vec<Vec<String>>, Given) {
        let px = read(text).unwrap();
        (px.sheet.rows_text(0, px.sheet.rows()), px.given)
    }

    #[test]
    fn a_swedish_file_is_a_table() {
        let (rows, given) = rows(&format!("{HEAD}DATA=\n1 2 0.5 \"..\"\n3 \"-\" 1.5 2.5;"));
        assert_eq!(rows[0], ["", "Antal, antal", "Antal, antal", "Andel, procent", "Andel, procent"]);
        assert_eq!(rows[1], ["region", "2023", "2024", "2023", "2024"]);
        assert_eq!(rows[2], ["Åsele", "1", "2", "0,5", ".."]);
        assert_eq!(rows[3], ["Malå; kommun", "3", "-", "1,5", "2,5"]);
        assert_eq!(
            (given.title.as_str(), given.publisher.as_deref(), given.unit),
            ("Brott efter region, tabellinnehåll och år", Some("Påhittad"), None)
        );
    }

    #[test]
    fn keys_name_the_rows() {
        let text = format!("{HEAD}KEYS(\"region\")=CODES;DATA=\n\"2418\",3,4,1.5,2.5;").replace("Malå; \"\n\"kommun", "Malå");
        assert_eq!(rows(&text).0[2..], [["Malå", "3", "4", "1,5", "2,5"]]);
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        for text in [
            format!("{HEAD}DATA=\n1 2 3;"),
            HEAD.to_owned(),
            "CHARSET=\"ANSI".to_owned(),
            format!("{}DATA=1;", HEAD.replace("VALUES(\"år\")", "X")),
        ] {
            assert!(read(&text).is_err(), "{text}");
        }
    }
}
