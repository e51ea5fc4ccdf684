//! What a number counts, from the words that headers and indicators use.

use super::batch::Unit;

/// The unit that `text` names, if it names one.
pub fn find(text: &str) -> Option<Unit> {
    let plain: String = text.to_lowercase().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let compact = plain.replace(' ', "");
    let bases = bases(&compact);
    let per = |base: &str| bases.contains(&base);
    let others = ["barn", "elev", "hushåll", "född", "kvinn", "män", "flick", "pojk", "ungdom", "lägenhet", "fordon", "anställd"];
    let of_others = compact.split_once("per1").is_some_and(|(_, rest)| {
        let who = rest.trim_start_matches('0');
        others.iter().any(|other| who.starts_with(other))
    });
    let each = ["perinv", "percapita", "perperson"].iter().any(|form| compact.contains(form));
    if compact.contains("pertusen") && !each {
        return Some(Unit::Per1000);
    }
    let scaled = of_others
        || each
        || ["promille", "per mille", "procentenhet", "‰", "tusental", "mnkr", "mkr", "mdkr", "miljon", "miljard"]
            .iter()
            .any(|word| plain.contains(word));
    if scaled || bases.iter().any(|base| !["1000", "100000"].contains(base)) {
        // `per 10 000 inv`, `promille`: a scale of its own, which only the name tells.
        Some(Unit::Other)
    } else if per("100000") {
        Some(Unit::Per100k)
    } else if per("1000") {
        Some(Unit::Per1000)
    } else if plain.contains('%') || plain.contains("procent") {
        Some(Unit::Percent)
    } else if plain.contains("tkr") || plain.contains("tusen kronor") {
        Some(Unit::ThousandSek)
    } else if ["medelvärde", "medeltal", "medelålder", "genomsnitt"].iter().any(|word| plain.contains(word)) {
        Some(Unit::Mean)
    } else if plain
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| ["antal", "folkmängd", "invånare", "befolkning", "number", "persons", "count"].contains(&word))
    {
        Some(Unit::Count)
    } else {
        None
    }
}

/// The numbers after ”per” or a slash: what a rate is per.
fn bases(compact: &str) -> Vec<&str> {
    let after = |mark: &'static str| compact.match_indices(mark).filter_map(move |(at, _)| compact.get(at + mark.len()..));
    let number = |rest: &'_ str| rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let numbers = after("per").chain(after("/")).filter_map(|rest| rest.get(..number(rest)));
    // `2010/11` is a school year, `per 1` no base.
    numbers
        .filter(|digits| digits.len() > 2 && digits.starts_with('1') && digits.trim_start_matches('1').bytes().all(|b| b == b'0'))
        .collect()
}

/// The unit that `text` is, if it is nothing more: `Antal`, `Andel (%)`, `/100 000 inv`, `Antal per 1 000 invånare`.
pub fn only(text: &str) -> Option<Unit> {
    let mut plain: String =
        text.to_lowercase().chars().filter(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '/' | '%')).collect();
    plain = plain.replace(['/', '%'], " ");
    let words = [
        "antal",
        "count",
        "number",
        "andel",
        "procent",
        "per",
        "inv",
        "invånare",
        "tkr",
        "medelvärde",
        "medeltal",
        "st",
        "tusen",
        "kronor",
        "brott",
    ];
    let all = plain.split_whitespace().all(|word| words.contains(&word));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let base = ["", "1000", "10000", "100000"].contains(&digits.as_str());
    let mean = plain.contains("medel") && plain.split_whitespace().count() > 1;
    if all && base && !mean && !text.trim().is_empty() && !["brott", "invånare"].contains(&plain.trim()) {
        find(text).filter(|unit| *unit != Unit::Other)
    } else {
        None
    }
}

/// `Medelinkomst, tkr` → `Medelinkomst`: the unit at the end is not part of the name.
pub fn without(text: &str) -> &str {
    let text = text.trim();
    let stem = match text.strip_suffix(')') {
        Some(open) => open.rsplit_once('('),
        None => text.rsplit_once(','),
    };
    match stem {
        Some((stem, tail)) if tail.trim().len() <= 20 && find(tail).is_some_and(|unit| unit != Unit::Other) && !stem.trim().is_empty() => {
            let stem = stem.trim();
            stem.strip_suffix("andel").map(str::trim_end).and_then(|stem| stem.strip_suffix(',')).unwrap_or(stem)
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_found_in_headers() {
        for (text, unit) in [
            ("Antal", Some(Unit::Count)),
            ("/100 000 inv", Some(Unit::Per100k)),
            ("Per 100\u{a0}000 inv.", Some(Unit::Per100k)),
            ("antal/1000 inv", Some(Unit::Per1000)),
            ("Andel (%)", Some(Unit::Percent)),
            ("Medelinkomst, tkr", Some(Unit::ThousandSek)),
            ("Folkmängd", Some(Unit::Count)),
            ("Kommun", None),
        ] {
            assert_eq!(find(text), unit, "{text}");
        }
        for (text, unit) in [
            ("Antal", Some(Unit::Count)),
            ("Andel (%)", Some(Unit::Percent)),
            ("/100 000 inv", Some(Unit::Per100k)),
            ("Antal per 1 000 invånare", Some(Unit::Per1000)),
            ("Antal anställda", None),
            ("Antal 2023", None),
            ("Invånare", None),
        ] {
            assert_eq!(only(text), unit, "{text}");
        }
        assert_eq!(without("Medelinkomst, tkr"), "Medelinkomst");
        assert_eq!(without("Otrygghet (andel, %)"), "Otrygghet");
        assert_eq!(without("Avsaknad av tillit, andel (%)"), "Avsaknad av tillit");
        assert_eq!(without("Stöld, rån m.m."), "Stöld, rån m.m.");
    }
}
