//! An index 0–6 as the police safety survey gives it (S14): a mean whose spread the report leaves out.

use super::interval::{Interval, Level};

/// The ends of the scale.
pub const SCALE: (f64, f64) = (0.0, 6.0);

/// The widest that the 95 % interval of a mean on the scale can be with `n` answers: no answers between `low` and `high` with mean `m` vary by
/// more than `(high − m)(m − low)` (Bhatia and Davis 2000). `None` without `n` (then the doubt is unknown, and said to be) or off the scale.
pub fn widest(mean: f64, n: Option<u32>) -> Option<Interval> {
    let (low, high) = SCALE;
    let n = n.filter(|n| *n > 0)?;
    if !(low..=high).contains(&mean) {
        return None;
    }
    let reach = Level::Usual.z() * ((high - mean) * (mean - low) / f64::from(n)).sqrt();
    Some(Interval { low: (mean - reach).max(low), high: (mean + reach).min(high) })
}

/// "1 884 svar, osäkerheten är högst ±0,1", or that it is unknown.
pub fn words(mean: f64, n: Option<u32>) -> String {
    use crate::swedish;
    match (n, widest(mean, n)) {
        (Some(n), Some(interval)) => format!(
            "{}. Spridningen är inte redovisad; indexet ligger säkert {} (95{}%).",
            swedish::counted(u64::from(n), "svar", "svar"),
            swedish::between(interval.low, interval.high, 2),
            swedish::NBSP
        ),
        (Some(n), None) => format!("{}, osäkerhet okänd.", swedish::counted(u64::from(n), "svar", "svar")),
        (None, _) => "Antalet svar är inte redovisat: osäkerhet okänd.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// LPO Trelleborg 2019: 1 884 answers.
    #[test]
    fn with_n_the_doubt_has_a_ceiling() {
        let got = widest(2.0, Some(1884)).unwrap();
        assert!((got.low - 1.8723).abs() < 1e-4 && (got.high - 2.1277).abs() < 1e-4, "{got:?}");
        assert_eq!(
            words(2.0, Some(1884)),
            "1\u{a0}884\u{a0}svar. Spridningen är inte redovisad; indexet ligger säkert mellan 1,87 och 2,13 (95\u{a0}%)."
        );
    }

    #[test]
    fn without_n_it_is_unknown() {
        assert_eq!(widest(2.0, None), None);
        assert_eq!(words(2.0, None), "Antalet svar är inte redovisat: osäkerhet okänd.");
        assert_eq!(widest(7.0, Some(100)), None);
        assert_eq!(words(7.0, Some(100)), "100\u{a0}svar, osäkerhet okänd.");
    }
}
