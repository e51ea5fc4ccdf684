//! Swedish answer scales in the wordings that questionnaires use, and which end of each is the bad one.

use crate::import::batch::Worst;

/// One scale. Wordings of the same step are separated by `|`; steps go from one end to the other.
pub struct Scale {
    steps: &'static [&'static str],
    polarity: Polarity,
}

/// Which end is the bad one.
enum Polarity {
    Last,
    /// The last, if the question is about one of these; with the others the first; else nobody knows.
    Depends {
        last: &'static [&'static str],
        first: &'static [&'static str],
    },
    Unknown,
}

/// In the order they are tried; the first that knows every answer is the scale.
pub const SCALES: &[Scale] = &[
    Scale {
        steps: &[
            "mycket trygg|mycket tryggt|helt trygg|väldigt trygg|very safe",
            "ganska trygg|ganska tryggt|rätt trygg|fairly safe|rather safe",
            "trygg|tryggt|safe|för det mesta trygg",
            "varken trygg eller otrygg|varken tryggt eller otryggt|varken eller|neither safe nor unsafe|neutral",
            "otrygg|otryggt|inte trygg|inte så trygg|unsafe|lite otrygg|något otrygg",
            "ganska otrygg|ganska otryggt|rätt otrygg|fairly unsafe|rather unsafe",
            "mycket otrygg|mycket otryggt|väldigt otrygg|inte alls trygg|very unsafe",
        ],
        polarity: Polarity::Last,
    },
    Scale {
        steps: &[
            "inte alls orolig|aldrig orolig|inte orolig|not worried at all",
            "inte särskilt orolig|inte så orolig|knappt orolig|not very worried",
            "lite orolig|något orolig|ibland orolig|a little worried",
            "ganska orolig|fairly worried|rather worried",
            "orolig|ofta orolig",
            "mycket orolig|väldigt orolig|very worried",
        ],
        polarity: Polarity::Last,
    },
    Scale {
        steps: &[
            "inget problem|inte något problem|inga problem|inte ett problem|inget problem alls|no problem|not a problem",
            "mycket litet problem|ett mycket litet problem",
            "litet problem|ett litet problem|mindre problem|ett mindre problem|små problem|minor problem",
            "ganska litet problem|ett ganska litet problem",
            "visst problem|ett visst problem|varken stort eller litet problem|vissa problem",
            "ganska stort problem|ett ganska stort problem|ganska stora problem",
            "stort problem|ett stort problem|stora problem|major problem|big problem",
            "mycket stort problem|ett mycket stort problem|mycket stora problem|very big problem",
        ],
        polarity: Polarity::Last,
    },
    Scale {
        steps: &[
            "mycket nöjd|helt nöjd|very satisfied",
            "ganska nöjd|fairly satisfied|rather satisfied",
            "nöjd|satisfied",
            "varken nöjd eller missnöjd|varken eller|neither satisfied nor dissatisfied|neutral",
            "missnöjd|inte nöjd|inte så nöjd|dissatisfied",
            "ganska missnöjd|fairly dissatisfied|rather dissatisfied",
            "mycket missnöjd|inte alls nöjd|very dissatisfied",
        ],
        polarity: Polarity::Last,
    },
    Scale {
        steps: &[
            "mycket bra|mycket god|mycket gott|utmärkt|very good|excellent",
            "ganska bra|ganska god|ganska gott|fairly good",
            "bra|god|gott|good",
            "varken bra eller dåligt|varken bra eller dålig|varken god eller dålig|varken eller|någorlunda|okej|fair|neutral",
            "dåligt|dålig|mindre bra|inte så bra|bad|poor",
            "ganska dåligt|ganska dålig|fairly bad",
            "mycket dåligt|mycket dålig|inte alls bra|very bad|very poor",
        ],
        polarity: Polarity::Last,
    },
    Scale {
        steps: &[
            "instämmer helt|instämmer helt och hållet|instämmer fullständigt|håller helt med|stämmer helt|stämmer helt och hållet|stämmer precis|helt och hållet|strongly agree|completely agree",
            "instämmer till stor del|instämmer i hög grad|instämmer i stort sett|instämmer i huvudsak|instämmer|håller med|stämmer mycket bra|stämmer till stor del|stämmer|till stor del|agree",
            "instämmer ganska bra|stämmer ganska bra|stämmer bra|instämmer ganska mycket|somewhat agree",
            "instämmer delvis|instämmer till viss del|instämmer i viss mån|håller delvis med|stämmer delvis|stämmer till viss del|delvis|till viss del",
            "varken eller|varken instämmer eller inte|neutral|neither agree nor disagree|tveksam",
            "instämmer knappast|instämmer i låg grad|instämmer till liten del|stämmer ganska dåligt|stämmer dåligt|stämmer inte så bra|instämmer inte särskilt|till liten del|somewhat disagree",
            "instämmer inte|håller inte med|stämmer inte|tar avstånd|disagree|stämmer mycket dåligt|tar delvis avstånd",
            "instämmer inte alls|håller inte alls med|stämmer inte alls|tar helt avstånd|inte alls|strongly disagree|completely disagree",
        ],
        polarity: Polarity::Unknown,
    },
    Scale {
        steps: &[
            "aldrig|nej, aldrig|never|har aldrig hänt",
            "nästan aldrig|almost never",
            "mycket sällan|very rarely|en gång",
            "sällan|mer sällan|rarely|seldom|någon enstaka gång|någon gång per år|någon gång om året|några gånger per år|några gånger om året",
            "någon gång|någon enstaka gång|ja, någon gång|occasionally|någon gång i månaden|någon gång per månad|några gånger i månaden|varje månad",
            "ibland|sometimes|flera gånger|ja, flera gånger",
            "ganska ofta|fairly often|någon gång i veckan|någon gång per vecka|varje vecka",
            "ofta|often|ja, ofta|flera gånger i veckan|några gånger i veckan|flera gånger per vecka",
            "mycket ofta|väldigt ofta|very often|varje dag eller nästan varje dag|nästan varje dag",
            "nästan alltid|almost always|dagligen|varje dag",
            "alltid|always|hela tiden",
        ],
        polarity: Polarity::Depends {
            last: &["utsatt", "avst", "undvik", "orolig", "oroar", "otrygg", "störd", "hotad", "mobbad", "kränkt"],
            first: &["trygg", "trivs"],
        },
    },
    Scale {
        steps: &[
            "mycket viktigt|mycket viktig|very important",
            "ganska viktigt|ganska viktig|fairly important",
            "viktigt|viktig|important",
            "varken viktigt eller oviktigt|varken eller|neutral",
            "mindre viktigt|mindre viktig|inte så viktigt|less important",
            "ganska oviktigt|ganska oviktig",
            "oviktigt|oviktig|inte viktigt|not important",
            "mycket oviktigt|inte alls viktigt|inte alls viktig|not at all important",
        ],
        polarity: Polarity::Unknown,
    },
    Scale {
        steps: &[
            "mycket troligt|mycket sannolikt|mycket stor risk|very likely",
            "ganska troligt|ganska sannolikt|ganska stor risk|fairly likely",
            "troligt|sannolikt|troligen|stor risk|likely",
            "varken eller|varken troligt eller otroligt|varken sannolikt eller osannolikt|kanske|neutral",
            "ganska otroligt|ganska osannolikt|mindre troligt|mindre sannolikt|ganska liten risk|fairly unlikely",
            "otroligt|osannolikt|inte troligt|inte sannolikt|troligen inte|liten risk|unlikely",
            "mycket otroligt|mycket osannolikt|inte alls troligt|inte alls sannolikt|mycket liten risk|ingen risk|very unlikely",
        ],
        polarity: Polarity::Depends { last: &[], first: &["utsatt", "brott", "risk", "stulet", "inbrott"] },
    },
    Scale {
        steps: &[
            "mycket stort|mycket stort förtroende|mycket stor|mycket högt|mycket hög",
            "ganska stort|ganska stort förtroende|ganska stor|ganska högt|stort|stort förtroende|stor|högt|hög",
            "varken stort eller litet|varken stort eller litet förtroende|varken eller|medel|medelstort|varken högt eller lågt",
            "ganska litet|ganska litet förtroende|litet|litet förtroende|liten|lågt|låg|ganska lågt|ganska låg",
            "mycket litet|mycket litet förtroende|mycket liten|mycket lågt|mycket låg",
            "inget|inget förtroende|inget alls|inget förtroende alls|ingen|inget problem",
        ],
        polarity: Polarity::Depends { last: &["förtroende", "trivsel", "trygghet"], first: &["problem", "oro", "störning", "risk"] },
    },
    Scale {
        steps: &[
            "i mycket hög grad|i mycket stor utsträckning|i mycket hög utsträckning|väldigt mycket",
            "i hög grad|i stor utsträckning|i hög utsträckning|mycket",
            "i ganska hög grad|i ganska stor utsträckning|ganska mycket",
            "i viss mån|i viss grad|i viss utsträckning|delvis|till viss del|något|varken eller",
            "i ganska låg grad|i ganska liten utsträckning|ganska lite",
            "i låg grad|i liten utsträckning|i mindre grad|lite|knappt",
            "i mycket låg grad|i mycket liten utsträckning|väldigt lite|knappt alls",
            "inte alls|not at all|inget",
        ],
        polarity: Polarity::Depends {
            last: &["förtroende", "trivs", "trygg", "nöjd"],
            first: &["oro", "otrygg", "utsatt", "problem", "påverka", "begräns", "störd"],
        },
    },
];

/// Answers that stand beside any scale: the respondent cannot or will not say, or is not concerned.
const OUTSIDE: &[&str] = &[
    "vet ej",
    "vet inte",
    "vet inte / vill ej svara",
    "vet ej/vill ej svara",
    "vet ej / vill ej svara",
    "vet inte/vill inte svara",
    "vet ej, vill ej svara",
    "vet inte eller vill inte svara",
    "vill ej svara",
    "vill inte svara",
    "vill inte uppge",
    "vill ej uppge",
    "ingen åsikt",
    "ingen uppfattning",
    "har ingen uppfattning",
    "har ingen åsikt",
    "ingen åsikt / vet ej",
    "kan ej ta ställning",
    "kan inte ta ställning",
    "kan ej bedöma",
    "kan inte bedöma",
    "kan inte svara",
    "osäker",
    "ej aktuellt",
    "inte aktuellt",
    "ej relevant",
    "inte relevant",
    "ej tillämpligt",
    "går aldrig ut",
    "går inte ut",
    "går aldrig ut sent",
    "går aldrig ut ensam",
    "ej svar",
    "inget svar",
    "ej ställd",
    "don't know",
    "do not know",
    "prefer not to say",
    "prefer not to answer",
    "prefer not to disclose",
    "no opinion",
    "not applicable",
    "n/a",
];

/// An answer reduced to its words: lower case, plain spaces, without a number before it, brackets or marks around it.
pub fn plain(answer: &str) -> String {
    let lower = answer.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = lower.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ':', '=', '–', '-', ' ']);
    let bare = if bare.is_empty() { &lower } else { bare };
    bare.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | '!' | '*' | '"')).trim().to_owned()
}

pub fn is_outside(answer: &str) -> bool {
    let plain = plain(answer);
    OUTSIDE.contains(&plain.as_str()) || plain.starts_with("vet inte") || plain.starts_with("vet ej") || plain.starts_with("går aldrig ut")
}

impl Scale {
    pub fn step(&self, answer: &str) -> Option<usize> {
        let plain = plain(answer);
        let stripped = plain.strip_prefix("jag är ").or_else(|| plain.strip_prefix("jag ")).unwrap_or(&plain);
        self.steps.iter().position(|step| step.split('|').any(|word| word == plain || word == stripped))
    }

    /// The bad end, given what the question (in lower case) is about.
    pub fn worst(&self, question: &str) -> Option<Worst> {
        match &self.polarity {
            Polarity::Last => Some(Worst::Last),
            Polarity::Depends { last, first } => {
                let about = |words: &[&str]| words.iter().any(|word| question.contains(word));
                // "otrygg" holds "trygg": what is bad in itself goes first.
                match (about(first), about(last)) {
                    (true, false) => Some(Worst::First),
                    (false, true) => Some(Worst::Last),
                    _ => None,
                }
            }
            Polarity::Unknown => None,
        }
    }

    /// Whether the bad end is told by the words of the scale alone.
    pub fn bad_end(&self) -> Option<usize> {
        matches!(self.polarity, Polarity::Last).then(|| self.steps.len() - 1)
    }

    pub fn len(&self) -> usize {
        self.steps.len()
    }
}
