//! Sentences generated from typed fields, and advice on words that bind nobody.

use super::model::{Commitment, Party, PartyKind, Per};
use crate::swedish;

/// "Kommunen och polisen åtar sig att … minst sex gånger per år."
pub fn commitment(c: &Commitment, parties: &[Party]) -> String {
    let owners: Vec<String> =
        c.parties.iter().filter_map(|id| parties.iter().find(|p| p.id == *id)).map(|p| short_name(p, parties)).collect();
    let text = c.text.trim().trim_end_matches('.');
    let often = match (c.count, c.per) {
        (Some(count), Some(per)) => format!(" minst {} {}", times(count), per_words(per)),
        _ => String::new(),
    };
    let due = c.due.as_deref().and_then(|d| d.parse().ok()).map(|d| format!(", senast den {}", swedish::date(d))).unwrap_or_default();
    format!("{} åtar sig att {text}{often}{due}.", swedish::capitalised(&swedish::list(&owners)))
}

/// "kommunen" and "polisen" where there is only one of the kind, else the name.
fn short_name(party: &Party, parties: &[Party]) -> String {
    let alone = parties.iter().filter(|p| p.kind == party.kind).count() == 1;
    match party.kind {
        PartyKind::Municipality if alone => "kommunen".into(),
        PartyKind::Police if alone => "polisen".into(),
        PartyKind::Region if alone => "regionen".into(),
        _ => party.name.clone(),
    }
}

/// Whole words up to twelve, as running text wants it: "en gång", "sex gånger", "25 gånger".
fn times(count: u32) -> String {
    const WORDS: [&str; 13] = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];
    let number = WORDS.get(count as usize).map_or_else(|| swedish::count(count), |w| (*w).to_owned());
    format!("{number} {}", swedish::plural(u64::from(count), "gång", "gånger"))
}

pub fn per_words(per: Per) -> &'static str {
    match per {
        Per::Year => "per år",
        Per::HalfYear => "per halvår",
        Per::Quarter => "per kvartal",
        Per::Month => "per månad",
        Per::Week => "per vecka",
    }
}

/// Words that promise nothing, with what to write instead.
pub fn advice(text: &str) -> Vec<String> {
    const VAGUE: &[&str] = &["verka för", "värna om", "sträva efter", "i möjligaste mån", "vid behov", "om möjligt", "försöka"];
    let lower = text.to_lowercase();
    VAGUE
        .iter()
        .filter(|v| lower.contains(**v))
        .map(|v| format!("”{v}” binder ingen. Skriv vad som ska göras, hur ofta och när."))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(id: &str, kind: PartyKind, name: &str) -> Party {
        Party { id: id.into(), kind, name: name.into(), signatory: String::new() }
    }

    #[test]
    fn a_commitment_reads_as_a_sentence() {
        let parties = [party("k", PartyKind::Municipality, "Dalby kommun"), party("p", PartyKind::Police, "Polismyndigheten")];
        let c = Commitment {
            id: String::new(),
            focus_area: None,
            text: "ha gemensam tillsyn vid stationen".into(),
            parties: vec!["k".into(), "p".into()],
            count: Some(6),
            per: Some(Per::Year),
            due: None,
            public: true,
        };
        assert_eq!(
            commitment(&c, &parties),
            "Kommunen och polisen åtar sig att ha gemensam tillsyn vid stationen minst sex gånger per år."
        );
        let due = Commitment { count: None, per: None, due: Some("2027-03-31".into()), parties: vec!["p".into()], ..c };
        assert_eq!(commitment(&due, &parties), "Polisen åtar sig att ha gemensam tillsyn vid stationen, senast den 31\u{a0}mars 2027.");
    }

    #[test]
    fn vague_words_are_pointed_out() {
        assert_eq!(advice("verka för ökad trygghet").len(), 1);
        assert!(advice("genomföra tre trygghetsvandringar").is_empty());
    }
}
