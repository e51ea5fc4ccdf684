//! Where the three perspectives differ. The order: not seen by one > opposite directions > stronger in one > only one
//! has data > same. It is a basis for talk: the words say what differs, not who is right.

use super::statistics::trend::Verdict;
use super::views::{CellState, Disagreement, DisagreementKind, PerspectiveCell};
use crate::perspective::Perspective;
use crate::swedish;

/// A share of this much, or this many counts, is something that the others ought to have noticed.
const LOUD_SHARE: f64 = 30.0;
const LOUD_COUNT: f64 = 20.0;
/// At most this many counts is next to nothing.
const QUIET_COUNT: f64 = 3.0;

/// A cell with the bare number behind its words.
pub struct Seen<'a> {
    pub cell: &'a PerspectiveCell,
    pub value: Option<f64>,
    pub percent: bool,
}

impl Seen<'_> {
    fn loud(&self) -> bool {
        let limit = if self.percent { LOUD_SHARE } else { LOUD_COUNT };
        self.cell.state == CellState::Data && self.value.is_some_and(|v| v >= limit)
    }

    fn quiet(&self) -> bool {
        match self.cell.state {
            CellState::NotSeen => true,
            CellState::Data => !self.percent && self.value.is_some_and(|v| v <= QUIET_COUNT),
            CellState::NoSource | CellState::NotAsked => false,
        }
    }

    /// Has a picture, but nobody was asked to look for the theme.
    fn not_asked(&self) -> bool {
        self.cell.state == CellState::NotAsked
    }

    fn has_data(&self) -> bool {
        self.cell.state == CellState::Data
    }

    fn verdict(&self) -> Option<Verdict> {
        self.cell.verdict.filter(|_| self.has_data())
    }

    fn who(&self) -> Perspective {
        self.cell.perspective
    }

    /// "kommunen: 41 iakttagelser 2025 (ökar)".
    fn words(&self) -> String {
        let verdict = self.verdict().filter(|v| *v != Verdict::TooLittle).map(|v| format!(" ({})", v.words())).unwrap_or_default();
        let what = self.cell.what.split(", n").next().unwrap_or_default();
        format!("{}: {} {what}{verdict}", owner(self.who()), self.cell.number)
    }
}

fn owner(perspective: Perspective) -> &'static str {
    match perspective {
        Perspective::Municipality => "kommunen",
        Perspective::Police => "polisen",
        Perspective::Residents => "invånarna",
        Perspective::Reference => "referensen",
    }
}

/// `extreme`: the survey group that stands out ("7 av 10 kvinnor 16–19 år"), if one does.
pub fn judge(seen: &[Seen; 3], extreme: Option<&str>) -> Disagreement {
    let with_data: Vec<&Seen> = seen.iter().filter(|s| s.has_data()).collect();
    if with_data.is_empty() {
        return Disagreement { kind: DisagreementKind::NoData, label: String::new(), reason: "Ingen av parterna har underlag.".into() };
    }
    let quiet: Vec<&Seen> = seen.iter().filter(|s| s.quiet()).collect();
    let loud: Vec<&Seen> = seen.iter().filter(|s| s.loud()).collect();
    if let (Some(silent), false) = (quiet.first(), loud.is_empty()) {
        return not_seen(silent, &loud, extreme);
    }
    let told = if let [only] = with_data[..] { only_one(only, seen) } else { directions(&with_data, extreme) };
    let settled = !matches!(told.kind, DisagreementKind::Same | DisagreementKind::OnlyOneHasData);
    match seen.iter().find(|s| s.not_asked()) {
        Some(blind) if !settled && !loud.is_empty() => not_asked(blind, &loud, extreme),
        _ => told,
    }
}

/// A theme that one party has no eye for is a finding: its silence says nothing.
fn not_asked(blind: &Seen, loud: &[&Seen], extreme: Option<&str>) -> Disagreement {
    let mut parts: Vec<String> = loud.iter().map(|s| s.words()).collect();
    parts.extend(extreme.map(str::to_owned));
    let silence = format!("{}: {}", owner(blind.who()), blind.cell.what);
    Disagreement {
        kind: DisagreementKind::NotAskedByOne,
        label: format!("Saknas i {} bild", swedish::genitive(owner(blind.who()))),
        reason: swedish::capitalised(&format!("{}; {silence}.", parts.join("; "))),
    }
}

fn not_seen(silent: &Seen, loud: &[&Seen], extreme: Option<&str>) -> Disagreement {
    let mut parts: Vec<String> = loud.iter().map(|s| s.words()).collect();
    parts.extend(extreme.map(str::to_owned));
    let silence = match silent.cell.state {
        CellState::Data => silent.words(),
        _ => format!("{}: {}", owner(silent.who()), silent.cell.what),
    };
    Disagreement {
        kind: DisagreementKind::NotSeenByOne,
        label: format!("Syns inte hos {}", owner(silent.who())),
        reason: swedish::capitalised(&format!("{}; {silence}.", parts.join("; "))),
    }
}

fn only_one(only: &Seen, seen: &[Seen; 3]) -> Disagreement {
    let absent = |s: &&Seen| s.who() != only.who() && s.cell.state != CellState::Data;
    let others: Vec<String> = seen.iter().filter(absent).map(|s| format!("{}: {}", owner(s.who()), s.cell.what)).collect();
    Disagreement {
        kind: DisagreementKind::OnlyOneHasData,
        label: format!("Bara {} bild", swedish::genitive(owner(only.who()))),
        reason: swedish::capitalised(&format!("{}; {}.", only.words(), others.join("; "))),
    }
}

fn directions(with_data: &[&Seen], extreme: Option<&str>) -> Disagreement {
    let moving = |v: Verdict| with_data.iter().filter(|s| s.verdict() == Some(v)).copied().collect::<Vec<_>>();
    let (up, down, still) = (moving(Verdict::Increasing), moving(Verdict::Decreasing), moving(Verdict::NoCertainChange));
    let reason = || {
        swedish::capitalised(&(with_data.iter().map(|s| s.words()).chain(extreme.map(str::to_owned)).collect::<Vec<_>>().join("; ") + "."))
    };
    let of = |kind, label: String| Disagreement { kind, label, reason: reason() };
    match (up.is_empty(), down.is_empty()) {
        (false, false) => of(DisagreementKind::OppositeDirections, "Olika riktning".into()),
        (false, true) if !still.is_empty() => of(DisagreementKind::StrongerInOne, format!("Ökar bara hos {}", names(&up))),
        (true, false) if !still.is_empty() => of(DisagreementKind::StrongerInOne, format!("Minskar bara hos {}", names(&down))),
        _ => Disagreement { kind: DisagreementKind::Same, label: String::new(), reason: same(with_data, &up, &down) },
    }
}

fn names(seen: &[&Seen]) -> String {
    swedish::list(&seen.iter().map(|s| owner(s.who())).collect::<Vec<_>>())
}

fn same(with_data: &[&Seen], up: &[&Seen], down: &[&Seen]) -> String {
    let whose = if with_data.len() == 3 { "Samma bild hos alla tre".to_owned() } else { format!("Samma bild hos {}", names(with_data)) };
    match (up.is_empty(), down.is_empty()) {
        (false, true) => format!("{whose}: ökar."),
        (true, false) => format!("{whose}: minskar."),
        _ => format!("{whose}: ingen säker förändring, eller går ej att bedöma."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(perspective: Perspective, state: CellState, number: &str, what: &str, verdict: Option<Verdict>) -> PerspectiveCell {
        PerspectiveCell { perspective, state, number: number.into(), what: what.into(), verdict, spark: None, question: None }
    }

    /// Counts of municipality and police, percent of residents; `None`: nobody was asked.
    fn judged(values: [Option<f64>; 3], verdicts: [Option<Verdict>; 3], extreme: Option<&str>) -> Disagreement {
        let whose = [Perspective::Municipality, Perspective::Police, Perspective::Residents];
        let words = ["iakttagelser 2025", "brott 2025", "otrygga 2025, n 200"];
        let cells: Vec<PerspectiveCell> = (0..3)
            .map(|i| match values[i] {
                Some(v) => cell(whose[i], CellState::Data, &format!("{v}"), words[i], verdicts[i]),
                None => cell(whose[i], CellState::NotAsked, "", "frågan är inte ställd", None),
            })
            .collect();
        let seen = |i: usize| Seen { cell: &cells[i], value: values[i], percent: i == 2 };
        judge(&[seen(0), seen(1), seen(2)], extreme)
    }

    const UP: Option<Verdict> = Some(Verdict::Increasing);
    const DOWN: Option<Verdict> = Some(Verdict::Decreasing);
    const STILL: Option<Verdict> = Some(Verdict::NoCertainChange);

    #[test]
    fn the_kinds_come_in_their_order_with_a_reason() {
        let silent = judged([Some(31.0), Some(0.0), Some(38.0)], [UP, None, UP], Some("7 av 10 kvinnor 16–19 år otrygga vid stationen"));
        assert_eq!((silent.kind, silent.label.as_str()), (DisagreementKind::NotSeenByOne, "Syns inte hos polisen"));
        assert!(silent.reason.contains("7 av 10 kvinnor 16–19 år otrygga vid stationen; polisen: 0 brott 2025."), "{}", silent.reason);
        let apart = judged([Some(30.0), Some(40.0), Some(12.0)], [UP, DOWN, STILL], None);
        let one = judged([Some(30.0), Some(40.0), Some(12.0)], [STILL, DOWN, STILL], None);
        let blind = judged([None, Some(44.0), Some(10.0)], [None, STILL, STILL], None);
        let only = judged([None, Some(4.0), None], [None, STILL, None], None);
        let same = judged([Some(10.0), Some(12.0), Some(12.0)], [STILL, STILL, STILL], None);
        let kinds = [&silent, &apart, &one, &blind, &only, &same].map(|d| d.kind);
        assert!(kinds.is_sorted_by(|a, b| a < b), "{kinds:?}");
        assert_eq!(
            only.reason,
            "Polisen: 4 brott 2025 (ingen säker förändring); kommunen: frågan är inte ställd; invånarna: frågan är inte ställd."
        );
    }

    #[test]
    fn a_theme_that_one_has_no_eye_for_is_a_finding() {
        let blind = judged([None, Some(44.0), Some(10.0)], [None, STILL, STILL], None);
        assert_eq!((blind.kind, blind.label.as_str()), (DisagreementKind::NotAskedByOne, "Saknas i kommunens bild"));
        assert_eq!(blind.reason, "Polisen: 44 brott 2025 (ingen säker förändring); kommunen: frågan är inte ställd.");
        let quiet = judged([None, Some(4.0), Some(10.0)], [None, STILL, STILL], None);
        assert_eq!(quiet.kind, DisagreementKind::Same, "where nobody sees much there is nothing to miss");
    }
}
