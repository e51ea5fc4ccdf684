//! What the law asks of an agreement: lag (2023:196) om kommuners ansvar för brottsförebyggande arbete, 9 §, asks at least
//! for the purposes and the areas of cooperation. Only those two block an export; the rest is what a good one also has.

use super::model::{FocusAreaView, LawCheck, Party, Validity};
use crate::store::agreements::Head;

pub fn checks(head: &Head, parties: &[Party], areas: &[FocusAreaView]) -> Vec<LawCheck> {
    let check = |section: &str, demand: &str, met: bool, blocks: bool, hint: &str| LawCheck {
        section: section.into(),
        demand: demand.into(),
        met,
        blocks,
        hint: hint.into(),
    };
    vec![
        check("9 §", "Syftet med samverkan framgår", !head.purpose.trim().is_empty(), true, "Skriv syftet."),
        check("9 §", "Områdena för samverkan framgår", !areas.is_empty(), true, "Gör minst ett fokusområde av ett prioriterat problem."),
        check("9 §", "Minst två parter", parties.len() >= 2, false, "Lägg till den part som kommunen ska samverka med."),
        check(
            "3 §",
            "Varje fokusområde vilar på en lägesbild",
            !areas.is_empty() && areas.iter().all(|a| !a.figures.is_empty()),
            false,
            "Fäst minst en siffra vid varje prioriterat problem.",
        ),
        check(
            "Brå",
            "Varje fokusområde har ett mål",
            !areas.is_empty() && areas.iter().all(|a| !a.goals.is_empty()),
            false,
            "Skriv ett mål per fokusområde.",
        ),
        check(
            "Brå",
            "Varje fokusområde har ett åtagande",
            !areas.is_empty() && areas.iter().all(|a| !a.commitments.is_empty()),
            false,
            "Skriv vad parterna åtar sig i varje fokusområde.",
        ),
        check(
            "Brå",
            "Uppföljningen är bestämd",
            !head.follow_up.trim().is_empty(),
            false,
            "Skriv vem som följer upp, hur ofta och till vem.",
        ),
        check("Brå", "Giltighetstiden är bestämd", head.validity != Validity::Open, false, "Ange hur länge överenskommelsen gäller."),
    ]
}
