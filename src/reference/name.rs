//! The forms a place name takes in files, folded to one: case, dashes, spaces, composed letters, "kommun".

use unicode_normalization::UnicodeNormalization;

/// Composed, lower case, every dash and underscore a space, runs of space one.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let composed = text.nfc().flat_map(char::to_lowercase).map(|c| if is_dash(c) { ' ' } else { c });
    for c in composed {
        if !c.is_whitespace() {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The folded name itself, then without "kommun" and without the genitive that "kommun" brings.
pub(super) fn variants(folded: &str) -> Vec<String> {
    let mut forms = vec![folded.to_owned()];
    let bare = [" kommun", " stad", " kn"].iter().find_map(|suffix| folded.strip_suffix(suffix));
    if let Some(bare) = bare.filter(|bare| !bare.is_empty()) {
        forms.push(bare.to_owned());
        forms.extend(bare.strip_suffix('s').map(str::to_owned));
    }
    forms
}

/// `0114 upplands väsby` → (`0114`, `upplands väsby`); a lost leading zero gives three digits.
pub(super) fn split_code(folded: &str) -> (Option<String>, &str) {
    let digits = folded.chars().take_while(char::is_ascii_digit).count();
    let (code, rest) = folded.split_at(digits);
    let ends_well = rest.is_empty() || rest.starts_with(' ');
    if (3..=4).contains(&digits) && ends_well { (Some(format!("{code:0>4}")), rest.trim_start()) } else { (None, folded) }
}

pub(super) fn split_county_code(folded: &str) -> (Option<&str>, &str) {
    let digits = folded.chars().take_while(char::is_ascii_digit).count();
    let (code, rest) = folded.split_at(digits);
    if digits == 2 && (rest.is_empty() || rest.starts_with(' ')) { (Some(code), rest.trim_start()) } else { (None, folded) }
}

/// Whether `rest` is the county, as "x län" or as "region x"; both arguments folded.
pub(super) fn is_county(county: &str, rest: &str) -> bool {
    if county == rest {
        return true;
    }
    let stem = county.strip_suffix(" län").unwrap_or(county);
    let rest = match rest.strip_prefix("region ") {
        Some("sörmland") => "region södermanland",
        Some("jämtland härjedalen") => "region jämtland",
        _ => rest,
    };
    rest.strip_prefix("region ").is_some_and(|region| region == stem || Some(region) == stem.strip_suffix('s'))
}

/// How many letters must change, go or come for one folded name to be the other (Levenshtein 1966).
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
