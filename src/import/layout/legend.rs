//! What the file itself says a dash means, so that nobody has to be asked.

use super::plan::Plan;
use crate::import::gather::Gather;

const DASHES: [char; 4] = ['-', '–', '—', '−'];
const ZERO: [&str; 5] = ["noll", "inget finns", "inget att redovisa", "ingen förekomst", "0"];
const MISSING: [&str; 9] = [
    "saknas",
    "inte uppfyller",
    "redovisas inte",
    "inte redovisas",
    "för få",
    "sekretess",
    "ej tillgänglig",
    "inte tillgänglig",
    "bortfall",
];

/// Looks for the legend in the notes of the tables and in sheets of running text.
pub fn find(gather: &mut Gather<'_>, plans: &[Plan<'_>]) {
    let notes = plans.iter().flat_map(|plan| plan.frame.notes.iter().chain(&plan.frame.titles).cloned());
    let read: Vec<usize> = plans.iter().map(|plan| plan.index).collect();
    let others = gather.grid.sheets.iter().enumerate().filter(|(index, _)| !read.contains(index));
    let texts = others.flat_map(|(_, sheet)| super::frame::texts(sheet, 0..sheet.rows().min(500)));
    let said = notes.chain(texts).find_map(|line| Some((meaning(&line)?, line)));
    if let Some((zero, line)) = said {
        let short: String = line.trim().chars().take(160).collect();
        gather.legend = Some((zero, short));
    }
}

/// `- = Inget finns att redovisa (noll)` → true (zero); `”-” betyder att uppgiften saknas` → false (missing).
fn meaning(line: &str) -> Option<bool> {
    let text = line.trim().trim_start_matches(['"', '”', '“', '\'', '(']);
    let rest = text.strip_prefix(DASHES)?.trim_start_matches(['"', '”', '“', '\'', ')']);
    let explains = rest.trim_start().starts_with(['=', ':']) || rest.trim_start().starts_with("betyder") || rest.starts_with("  ");
    let spaced = rest.starts_with(' ');
    let lower = rest.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let says = |phrase: &&str| if *phrase == "0" { words.contains(phrase) } else { lower.contains(*phrase) };
    let (zero, missing) = (ZERO.iter().any(says), MISSING.iter().any(says));
    match (explains || spaced, zero, missing) {
        (true, true, false) => Some(true),
        (true, false, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legends_say_zero_or_missing_or_nothing() {
        for (line, expected) in [
            ("”-”  betyder att skolenheten inte uppfyller redovisningsprinciperna", Some(false)),
            ("- = Inget finns att redovisa (noll)", Some(true)),
            ("– Uppgift saknas", Some(false)),
            ("- Källa: SCB", None),
            ("Inflytt-", None),
            ("-29 år", None),
            (".. betyder att uppgiften inte redovisas.", None),
        ] {
            assert_eq!(meaning(line), expected, "{line}");
        }
    }
}
