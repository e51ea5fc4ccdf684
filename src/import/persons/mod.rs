//! Person data is caught before anything is kept: whole columns of names and addresses, and what stands inside texts.
//!
//! [`find`] looks through a text that people have written, [`find_exact`] only for what can be told by its form alone.
//! Neither says what a find is worth: that is asked ([`guard()`]) or settled by the kind.

mod address;
mod age;
mod columns;
mod email;
mod guard;
mod identity;
mod names;
mod phone;
mod registration;
mod words;

pub use columns::{column, is_email, is_phone, names_people};
pub use guard::{Guarded, MASK, WAITING, guard, is_clean};
pub use names::Exceptions;
pub use registration::is_series;

use std::collections::BTreeSet;

/// What kind of person data something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Personal {
    IdentityNumber,
    Email,
    Phone,
    Registration,
    Name,
    Address,
    AgeAtSchool,
}

impl Personal {
    /// For whole columns and for counts: "i 3 celler: telefonnummer".
    pub fn word(self) -> &'static str {
        match self {
            Self::IdentityNumber => "personnummer",
            Self::Email => "e-postadresser",
            Self::Phone => "telefonnummer",
            Self::Registration => "registreringsnummer",
            Self::Name => "namn på personer",
            Self::Address => "gatuadresser",
            Self::AgeAtSchool => "ålder tillsammans med skola",
        }
    }

    /// What stands in place of the data.
    pub fn mask(self) -> &'static str {
        match self {
            Self::IdentityNumber => "(personnummer)",
            Self::Email => "(e-postadress)",
            Self::Phone => "(telefonnummer)",
            Self::Registration => "(registreringsnummer)",
            Self::Name => "(namn)",
            Self::Address => "(adress)",
            Self::AgeAtSchool => "(ålder)",
        }
    }

    /// Told by its form beyond doubt: nobody is asked whether it is person data.
    pub fn is_certain(self) -> bool {
        matches!(self, Self::IdentityNumber | Self::Email)
    }
}

/// Person data in a text: `start..end` in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Find {
    pub kind: Personal,
    pub start: usize,
    pub end: usize,
}

/// All person data in a text that people have written, in order and without overlaps.
pub fn find(text: &str) -> Vec<Find> {
    find_but(text, &Exceptions::default())
}

/// The same; `exceptions` are words that the file itself uses for places.
pub fn find_but(text: &str, exceptions: &Exceptions) -> Vec<Find> {
    let mut finds = by_form(text);
    let words = words::words(text);
    address::find(text, &words, &mut finds);
    age::find(text, &words, &mut finds);
    names::find(&words, exceptions, &mut finds);
    settled(finds)
}

/// Only what its form gives away: identity numbers, e-mail, phone and registration numbers.
pub fn find_exact(text: &str) -> Vec<Find> {
    settled(by_form(text))
}

/// What stands for a person even in a cell that is no text: what its form gives away, addresses, and first name with surname.
pub fn find_strong(text: &str) -> Vec<Find> {
    let mut finds = by_form(text);
    let words = words::words(text);
    if words.len() > 1 {
        address::find(text, &words, &mut finds);
        let mut named = Vec::new();
        names::find(&words, &Exceptions::default(), &mut named);
        finds.extend(named.into_iter().filter(|find| names::is_full(&text[find.start..find.end])));
    }
    settled(finds)
}

fn by_form(text: &str) -> Vec<Find> {
    let mut finds = Vec::new();
    if text.contains(|c: char| c.is_ascii_digit()) {
        identity::find(text, &mut finds);
        phone::find(text, &mut finds);
        registration::find(text, &mut finds);
    }
    email::find(text, &mut finds);
    finds
}

/// In order; of two that overlap the earlier kind stays, which is the more certain.
fn settled(mut finds: Vec<Find>) -> Vec<Find> {
    finds.sort_by_key(|find| (find.kind, find.start));
    let mut kept: Vec<Find> = Vec::new();
    for find in finds {
        if kept.iter().all(|other| other.end <= find.start || find.end <= other.start) {
            kept.push(find);
        }
    }
    kept.sort_by_key(|find| find.start);
    kept
}

/// The text with every find replaced by the word for its kind.
pub fn mask(text: &str, finds: &[Find]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for find in finds {
        masked.push_str(text.get(from..find.start).unwrap_or(""));
        masked.push_str(find.kind.mask());
        from = find.end;
    }
    masked.push_str(text.get(from..).unwrap_or(""));
    masked
}

/// The text with everything hidden that looks like person data.
pub fn hidden(text: &str) -> String {
    mask(text, &find(text))
}

/// What was found, for a person to read, without what stands there: `(telefonnummer), (namn)`.
pub fn kinds_shown(finds: &[Find]) -> String {
    let kinds: BTreeSet<Personal> = finds.iter().map(|find| find.kind).collect();
    kinds.iter().map(|kind| kind.mask()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
