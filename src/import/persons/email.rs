//! E-mail addresses anywhere in a text, also written with (at).

use super::{Find, Personal};

pub fn find(text: &str, finds: &mut Vec<Find>) {
    for sign in ["@", "(at)", "[at]", " at "] {
        for (at, _) in text.match_indices(sign) {
            finds.extend(around(text, at, sign.len()));
        }
    }
}

fn around(text: &str, at: usize, sign: usize) -> Option<Find> {
    let (before, after) = (text.get(..at)?, text.get(at + sign..)?);
    // Blanks round an "(at)" are part of the disguise; round an @ they end the address.
    let (before, after) = if sign > 1 { (before.trim_end(), after.trim_start()) } else { (before, after) };
    let local = before.len() - before.trim_end_matches(|c: char| c.is_alphanumeric() || "._%+-".contains(c)).len();
    let domain = after.len() - after.trim_start_matches(|c: char| c.is_alphanumeric() || ".-".contains(c)).len();
    let domain = after.get(..domain)?.trim_end_matches(['.', '-']);
    let (host, top) = domain.rsplit_once('.')?;
    let ends_well = (2..=24).contains(&top.len()) && top.chars().all(char::is_alphabetic) && !host.is_empty();
    let start = before.len() - local;
    let end = text.len() - after.len() + domain.len();
    (local > 0 && ends_well).then_some(Find { kind: Personal::Email, start, end })
}
