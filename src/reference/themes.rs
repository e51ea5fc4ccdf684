//! The shipped themes: what ties crime types, survey questions and report categories of the three perspectives together.
//! Members are matched in lower case: beginnings of the last step of an indicator's path (`utomhus/obekant` also asks for
//! an ancestor), words in question texts and in categories. The first crime type that is found leads; parent and child are never added together.

/// One problem area.
#[derive(Debug)]
pub struct Theme {
    pub id: &'static str,
    pub name: &'static str,
    /// In order of preference: the first that the file holds is the lead figure.
    pub crimes: &'static [&'static str],
    /// Words in report categories.
    pub categories: &'static [&'static str],
    /// Words in survey questions, in order of preference; every word of an entry must occur.
    pub questions: &'static [&'static [&'static str]],
}

pub const THEMES: &[Theme] = &[
    Theme {
        id: "trygghet-ute",
        name: "Trygghet utomhus",
        crimes: &["utomhus/obekant", "rån", "därav rån", "ofredande"],
        categories: &["otrygg", "belysning"],
        questions: &[&["trygg", "station"], &["trygg", "ute"], &["trygg", "kväll"], &["otrygg"], &["trygg"]],
    },
    Theme {
        id: "trafik",
        name: "Buskörning och trafik",
        crimes: &["trafikbrott", "brott mot trafikbrottslagen", "trafikbrottslagen", "rattfylleri", "vårdslöshet i trafik"],
        categories: &["buskör", "a-traktor", "trafik", "moped", "körning"],
        questions: &[&["buskör"], &["a-traktor"], &["trafik"], &["moped"]],
    },
    Theme {
        id: "narkotika",
        name: "Narkotika",
        crimes: &["brott mot narkotikastrafflagen", "narkotikastrafflagen", "narkotikabrott", "narkotika"],
        categories: &["narkot", "drog"],
        questions: &[&["narkotika"], &["drog"]],
    },
    Theme {
        id: "skadegorelse",
        name: "Skadegörelse",
        crimes: &["12 kap. skadegörelse", "skadegörelse"],
        categories: &["skadegör", "klotter", "nedskräp"],
        questions: &[&["skadegör"], &["klotter"], &["förstör"]],
    },
    Theme {
        id: "vald",
        name: "Våld i offentlig miljö",
        crimes: &["misshandel inkl. grov", "misshandel", "därav misshandel", "3 kap. brott mot liv och hälsa", "3-7 kap."],
        categories: &["bråk", "våld", "slagsmål", "hot"],
        questions: &[&["berusade", "bråk"], &["våld"], &["misshandel"], &["hotad"], &["slagen"]],
    },
    Theme {
        id: "vald-nara",
        name: "Våld i nära relation",
        crimes: &["grov kvinnofridskränkning", "grov fridskränkning", "mot kvinna 18 år eller äldre", "i nära relation"],
        categories: &["nära relation", "kvinnofrid"],
        questions: &[&["nära relation"], &["partner"]],
    },
    Theme {
        id: "ordning",
        name: "Ordningsstörningar",
        crimes: &["brott mot allmän ordning", "förargelseväckande", "alkohollagen", "ordningslagen"],
        categories: &["berusa", "fylleri", "störning", "ordning", "musik"],
        questions: &[&["berusa"], &["störning"], &["ordning"], &["folk som stör"]],
    },
    Theme {
        id: "stold",
        name: "Stöld",
        crimes: &["8 kap. stöld", "stöld, rån", "stöld", "tillgrepp"],
        categories: &["stöld", "snatteri"],
        questions: &[&["stulet"], &["stöld"]],
    },
    Theme {
        id: "inbrott",
        name: "Bostadsinbrott",
        crimes: &["därav inbrottsstöld i bostad", "inbrottsstöld i bostad", "bostadsinbrott", "inbrott"],
        categories: &["inbrott"],
        questions: &[&["inbrott"]],
    },
    Theme {
        id: "bedrageri",
        name: "Bedrägeri",
        crimes: &["9 kap. bedrägeri", "bedrägeri"],
        categories: &["bedrägeri", "lurad"],
        questions: &[&["bedrägeri"], &["lurad"]],
    },
    Theme {
        id: "unga",
        name: "Ungas situation",
        crimes: &["mot barn", "mot pojke", "mot flicka"],
        categories: &["ungdomsgäng", "skolfrånvaro", "unga"],
        questions: &[&["unga"], &["ungdom"], &["fritid"]],
    },
];

pub fn by_id(id: &str) -> Option<&'static Theme> {
    THEMES.iter().find(|t| t.id == id)
}

impl Theme {
    /// How early in the order of preference this indicator comes; `None` if it is no member. `path`: outermost first.
    pub fn crime_rank(&self, path: &[&str]) -> Option<usize> {
        let steps: Vec<String> = path.iter().map(|s| s.to_lowercase()).collect();
        let (last, ancestors) = steps.split_last()?;
        self.crimes.iter().position(|pattern| match pattern.split_once('/') {
            Some((above, prefix)) => last.starts_with(prefix) && ancestors.iter().any(|a| a.starts_with(above)),
            None => last.starts_with(pattern),
        })
    }

    pub fn question_rank(&self, question: &str) -> Option<usize> {
        let text = question.to_lowercase();
        self.questions.iter().position(|words| words.iter().all(|w| text.contains(w)))
    }

    pub fn has_category(&self, category: &str) -> bool {
        let text = category.to_lowercase();
        self.categories.iter().any(|w| text.contains(w))
    }
}
