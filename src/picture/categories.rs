//! Which theme a category of field reports or events counts towards: what a person has said, else the words it holds.

use crate::reference::themes::{THEMES, Theme, by_id};
use crate::store::categories::Decided;

/// The first theme that the category belongs to, if any.
pub fn theme_of(category: &str, decided: &Decided) -> Option<&'static Theme> {
    match decided.get(&category.to_lowercase()) {
        Some(theme) => by_id(theme),
        None => THEMES.iter().find(|theme| theme.has_category(category)),
    }
}

/// Whether a category counts towards a theme. Without a person's word one category may touch several themes.
pub fn belongs(category: &str, theme: &Theme, decided: &Decided) -> bool {
    match decided.get(&category.to_lowercase()) {
        Some(chosen) => chosen == theme.id,
        None => theme.has_category(category),
    }
}
