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
    if with_data.len() == 1 {
        return only_one(with_data[0]);
    }
    directions(&with_data, extreme)
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

fn only_one(only: &Seen) -> Disagreement {
    Disagreement {
        kind: DisagreementKind::OnlyOneHasData,
        label: format!("Bara {} bild", swedish::genitive(owner(only.who()))),
        reason: format!("{}. De andra har inget underlag.", swedish::capitalised(&only.words())),
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
