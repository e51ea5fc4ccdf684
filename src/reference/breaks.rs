//! Breaks in method (S13): years from which a publisher's figures are made in another way. No line is drawn across, and no verdict
//! compares over one.

/// One break. It concerns series whose publisher and path match; an empty list of words matches all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodBreak {
    /// The first whole year of the new way.
    pub year: i32,
    pub publisher: &'static str,
    /// One of these stands in the indicator or the name of the statistic, in lower case.
    pub words: &'static [&'static str],
    /// Only for areas under the county.
    pub local: bool,
    /// Short, for the chart.
    pub label: &'static str,
    /// The caveat in full.
    pub caveat: &'static str,
}

/// From which sources: svt.se/special/anmalda-brott and Kolada N07403 (2015); Brå on the codes for fraud (2019) and on the new act on sexual
/// crimes (SFS 2018:618, in force 1 July 2018); Brå on NTU's change from telephone to post and web (2017 edition, which asks about 2016); CAN on
/// the school questionnaire (2012).
pub const BREAKS: &[MethodBreak] = &[
    MethodBreak {
        year: 2015,
        publisher: "Brå",
        words: &[],
        local: true,
        label: "säkrare kommunkoppling från 2015",
        caveat: "Från 2015 kopplas brott säkrare till rätt kommun. Jämför inte rakt över det året.",
    },
    MethodBreak {
        year: 2019,
        publisher: "Brå",
        words: &["bedräg"],
        local: false,
        label: "nya brottskoder för bedrägeri 2019",
        caveat: "Brottskoderna för bedrägeri ändrades 2019. Jämför inte enskilda bedrägerityper rakt över det året.",
    },
    MethodBreak {
        year: 2019,
        publisher: "Brå",
        words: &["våldtäkt", "sexualbrott"],
        local: false,
        label: "ny sexualbrottslag 1 juli 2018",
        caveat: "Lagen om sexualbrott ändrades den 1 juli 2018, så fler gärningar räknas som våldtäkt. Jämför inte rakt över det året.",
    },
    MethodBreak {
        year: 2017,
        publisher: "",
        words: &["ntu", "nationella trygghetsundersökningen"],
        local: false,
        label: "NTU i ny form från 2017",
        caveat: "NTU gick från telefon till post och webb mellan 2016 och 2017. Jämför inte rakt över bytet.",
    },
    MethodBreak {
        year: 2012,
        publisher: "CAN",
        words: &[],
        local: false,
        label: "nytt frågeformulär 2012",
        caveat: "CAN bytte frågeformulär 2012. Jämför inte rakt över det året.",
    },
];

/// The breaks that concern a series, earliest first.
pub fn of(publisher: &str, dataset: &str, indicator: &str, local: bool) -> Vec<&'static MethodBreak> {
    let text = format!("{dataset} {indicator}").to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    // A short name is a word of its own; a longer one may be the beginning of one.
    let named = |word: &&str| if word.len() <= 3 { words.contains(word) } else { text.contains(*word) };
    let mut found: Vec<&MethodBreak> = BREAKS
        .iter()
        .filter(|b| (b.publisher.is_empty() || b.publisher == publisher) && (b.words.is_empty() || b.words.iter().any(&named)))
        .filter(|b| local || !b.local)
        .collect();
    found.sort_by_key(|b| b.year);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(publisher: &str, dataset: &str, indicator: &str, local: bool) -> Vec<i32> {
        of(publisher, dataset, indicator, local).iter().map(|b| b.year).collect()
    }

    #[test]
    fn each_series_has_the_breaks_that_concern_it() {
        assert_eq!(years("Brå", "Anmälda brott", "8 kap. Stöld", true), [2015]);
        assert_eq!(years("Brå", "Anmälda brott", "8 kap. Stöld", false), Vec::<i32>::new(), "the country was always whole");
        assert_eq!(years("Brå", "Anmälda brott", "9 kap. Bedrägeribrott", true), [2015, 2019]);
        assert_eq!(years("Brå", "Anmälda brott", "6 kap. Sexualbrott", true), [2015, 2019]);
        assert_eq!(years("Brå", "NTU län", "Otrygghet", false), [2017]);
        assert_eq!(years("SCB", "Folkmängd", "Folkmängd", true), Vec::<i32>::new());
        assert_eq!(years("Okänd", "Kontuppgifter", "Centuria", true), Vec::<i32>::new(), "three letters inside a word are no NTU");
    }
}
