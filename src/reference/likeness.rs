//! What makes municipalities alike: the features that similar ones are found by, where imported files tell them, and which file would.
//! RKA's search for similar municipalities uses such features too (structure cost and population); which are known depends on the file.

/// One feature of a municipality.
#[derive(Debug, PartialEq, Eq)]
pub struct Feature {
    pub id: &'static str,
    /// "folkmängd": in a sentence.
    pub name: &'static str,
    /// Ways an indicator may be worded, best first: every word of an entry stands in its path or its breakdown, in lower case.
    pub words: &'static [&'static [&'static str]],
    /// Words that make it something else.
    pub except: &'static [&'static str],
    pub units: &'static [&'static str],
    /// Divided by the number of inhabitants of the same period: how many of a hundred.
    pub share_of_people: bool,
    /// The file that would fill it.
    pub file: &'static str,
}

pub const FEATURES: &[Feature] = &[
    Feature {
        id: "population",
        name: "folkmängd",
        words: &[&["folkmängd"]],
        except: &["per km", "per kvadrat", "ålder", "kön", "födda"],
        units: &["antal"],
        share_of_people: false,
        file: "Folkmängd efter region och år (SCB, Statistikdatabasen, Befolkning)",
    },
    Feature {
        id: "density",
        name: "befolkningstäthet",
        words: &[&["invånare per kvadratkilometer"], &["invånare per km"], &["befolkningstäthet"]],
        except: &["tätort"],
        units: &["antal", "medelvärde", "okänd enhet"],
        share_of_people: false,
        file: "Befolkningstäthet, invånare per kvadratkilometer, efter region (SCB, Statistikdatabasen, Befolkning)",
    },
    Feature {
        id: "old",
        name: "andel 65 år och äldre",
        words: &[&["folkmängd", "65+"], &["folkmängd", "65 år och äldre"], &["folkmängd", "65 år eller äldre"]],
        except: &["kvinnor", "män"],
        units: &["antal"],
        share_of_people: true,
        file: "Folkmängd efter region och ålder, med gruppen 65+ år (SCB, Statistikdatabasen, Befolkning)",
    },
    Feature {
        id: "income",
        name: "inkomst",
        words: &[
            &["medianinkomst"],
            &["medelinkomst"],
            &["nettoinkomst"],
            &["medianvärde", "18+"],
            &["medianvärde", "20+"],
            &["medelvärde", "20+"],
        ],
        except: &["kvinnor", "män"],
        units: &["tkr"],
        share_of_people: false,
        file: "Sammanräknad förvärvsinkomst, medianinkomst, efter region (SCB, Statistikdatabasen, Hushållens ekonomi)",
    },
    Feature {
        id: "urban",
        name: "tätortsgrad",
        words: &[&["tätortsgrad"]],
        except: &[],
        units: &["procent", "andel"],
        share_of_people: false,
        file: "Tätortsgrad efter region (SCB, Statistikdatabasen, Miljö)",
    },
    Feature {
        id: "unemployed",
        name: "arbetslöshet",
        words: &[&["arbetslös"]],
        except: &["ungdom", "kvinnor", "män", "långtid"],
        units: &["procent", "andel"],
        share_of_people: false,
        file: "Öppet arbetslösa efter kommun (Kolada, nyckeltal N03932)",
    },
];

impl Feature {
    /// How early in the order of preference an indicator comes; `None` if it tells of something else.
    pub fn rank(&self, indicator: &str, breakdown: &str, unit: &str) -> Option<usize> {
        let text = format!("{indicator} {breakdown}").to_lowercase();
        let other = |words: &[&str]| self.except.iter().any(|w| text.contains(w) && !words.iter().any(|own| own.contains(w)));
        let told = |words: &[&str]| words.iter().all(|w| text.contains(w)) && !other(words);
        self.words.iter().position(|words| told(words)).filter(|_| self.units.contains(&unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(indicator: &str, breakdown: &str, unit: &str) -> Vec<&'static str> {
        FEATURES.iter().filter(|f| f.rank(indicator, breakdown, unit).is_some()).map(|f| f.id).collect()
    }

    /// The words of real files by SCB, SKR and Kolada.
    #[test]
    fn a_feature_is_known_by_the_publishers_words() {
        assert_eq!(of("Folkmängd", "{}", "antal"), ["population"]);
        assert_eq!(of("Folkmängd", "{\"ålder\":\"65+ år\"}", "antal"), ["old"]);
        assert_eq!(of("Folkmängd", "{\"ålder\":\"0-4 år\"}", "antal"), Vec::<&str>::new());
        assert_eq!(of("Medianvärde", "{\"ålder\":\"18+ år\"}", "tkr"), ["income"]);
        assert_eq!(of("Medianvärde", "{\"ålder\":\"18-29 år\"}", "tkr"), Vec::<&str>::new());
        assert_eq!(of("Medianinkomst", "{}", "tkr"), ["income"]);
        assert_eq!(of("Invånare per kvadratkilometer", "{}", "okänd enhet"), ["density"]);
        // The mean age of a municipality's staff is no age of its inhabitants.
        assert_eq!(of("Medelålder", "{}", "medelvärde"), Vec::<&str>::new());
    }
}
