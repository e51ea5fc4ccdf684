//! The validity rule and its sentence, so that the two can never differ (variants: real agreements, see docs/method.md).

use super::model::Validity;
use crate::error::{Error, Result};
use crate::swedish::{date, plural};
use chrono::NaiveDate;

pub fn sentence(validity: &Validity) -> String {
    match validity {
        Validity::Open => String::new(),
        Validity::Fixed { from, to, extends: false } => {
            format!("Överenskommelsen gäller från den {} till och med den {}.", date(*from), date(*to))
        }
        Validity::Fixed { from, to, extends: true } => format!(
            "Överenskommelsen gäller från den {} till och med den {}. Tecknas ingen ny överenskommelse innan dess gäller den tills vidare.",
            date(*from),
            date(*to)
        ),
        Validity::UntilTerminated { from, revised_every } => {
            let revised = revised_every
                .map(|years| {
                    format!(
                        " Parterna ser över den {}.",
                        if years == 1 { "varje år".to_owned() } else { format!("vart {} år", ordinal(years)) }
                    )
                })
                .unwrap_or_default();
            format!("Överenskommelsen gäller från den {} tills någon av parterna säger upp den.{revised}", date(*from))
        }
    }
}

fn ordinal(years: u32) -> String {
    match years {
        2 => "annat".into(),
        3 => "tredje".into(),
        4 => "fjärde".into(),
        5 => "femte".into(),
        n => format!("{n}:{}", plural(u64::from(n), "e", "e")),
    }
}

pub fn check(validity: &Validity) -> Result<()> {
    // A slip of the finger in a year should not end up in an agreement.
    let likely = |day: &NaiveDate| (1990..=2100).contains(&chrono::Datelike::year(day));
    match validity {
        Validity::Fixed { from, to, .. } if to < from => Err(Error::not_allowed("Slutdatum ligger före startdatum.")),
        Validity::Fixed { from, to, .. } if !likely(from) || !likely(to) => Err(Error::not_allowed("Året ska ligga mellan 1990 och 2100.")),
        Validity::UntilTerminated { from, .. } if !likely(from) => Err(Error::not_allowed("Året ska ligga mellan 1990 och 2100.")),
        Validity::UntilTerminated { revised_every: Some(years), .. } if !(1..=20).contains(years) => {
            Err(Error::not_allowed("Översynen ska ske vart 1:a till vart 20:e år."))
        }
        _ => Ok(()),
    }
}

/// The last day, when there is one.
pub fn ends(validity: &Validity) -> Option<NaiveDate> {
    match validity {
        Validity::Fixed { to, .. } => Some(*to),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_its_sentence() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let fixed = Validity::Fixed { from: day(2019, 1, 1), to: day(2022, 12, 31), extends: true };
        let text = sentence(&fixed).replace('\u{a0}', " ");
        assert!(text.starts_with("Överenskommelsen gäller från den 1 januari 2019 till och med den 31 december 2022."));
        assert!(text.ends_with("tills vidare."));
        let open_ended = Validity::UntilTerminated { from: day(2019, 5, 1), revised_every: Some(3) };
        assert!(sentence(&open_ended).contains("vart tredje år"));
        assert!(check(&Validity::Fixed { from: day(2022, 1, 1), to: day(2021, 1, 1), extends: false }).is_err());
        assert!(check(&Validity::Fixed { from: day(2022, 1, 1), to: day(20222, 1, 1), extends: false }).is_err());
        assert!(check(&Validity::UntilTerminated { from: day(2022, 1, 1), revised_every: Some(0) }).is_err());
    }
}
