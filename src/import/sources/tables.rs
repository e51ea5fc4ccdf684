//! Statistics tables that no recipe knows: read by what the table itself says.

use super::published::NO_HINTS;
use super::{Look, Recognition, Source};
use crate::import::describe::{Kind, Perspective};
use crate::import::gather::Gather;
use crate::import::layout::{self, Hints, Reach};

/// Region, ålder, år and Folkmängd together: only the population statistics write so.
const POPULATION: Hints = Hints { words: &["region", "ålder", "år", "folkmängd"], publisher: "SCB", dataset: "Folkmängd", ..NO_HINTS };
const KEY_FIGURES: Hints = Hints { words: &["nyckeltal", "visat värde"], publisher: "Kolada", dataset: "Nyckeltal", ..NO_HINTS };

/// A municipality's own statistics.
pub static LOCAL: Source = Source {
    id: "years_across",
    title: "kalkylblad med år i kolumner och områden eller uppgifter på raderna",
    kind: Kind::Statistics,
    perspective: Perspective::Municipality,
    recognise: |look| by_reach(look, Reach::Local),
    read: |gather| layout::read(gather, &Hints { publisher: "Kommunen", ..NO_HINTS }),
};

/// Statistics over many places, as authorities publish them.
pub static WIDE: Source = Source {
    id: "tidy",
    title: "statistik med en rad per område och år, från till exempel SCB eller Kolada",
    kind: Kind::Statistics,
    perspective: Perspective::Reference,
    recognise: |look| match layout::recognise(look, &POPULATION) {
        Recognition::No => by_reach(look, Reach::Wide),
        certain => certain,
    },
    read: read_wide,
};

fn by_reach(look: &Look<'_>, reach: Reach) -> Recognition {
    if layout::reach(look) == Some(reach) {
        Recognition::Likely("en tabell med områden, tider och värden".to_owned())
    } else {
        Recognition::No
    }
}

/// Publishers that are known by their header words alone; any other is not named.
fn read_wide(gather: &mut Gather<'_>) {
    let look = Look::at(gather);
    let hints = [POPULATION, KEY_FIGURES].into_iter().find(|hints| layout::names_all(&look, hints)).unwrap_or(NO_HINTS);
    layout::read(gather, &hints);
}
