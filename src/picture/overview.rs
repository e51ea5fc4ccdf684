//! The overview: themes × kommun / polis / invånare, the greatest disagreement first.

use super::categories::belongs;
use super::charts;
use super::disagreement::{self, Seen};
use super::question::{Answer, Group, Measure, Question};
use super::statistics::interval::{Level, share};
use super::views::{CellState, Overview, PerspectiveCell, ThemeRow};
use super::{ask, events as event_list, sentence, series, survey};
use crate::error::Result;
use crate::perspective::Perspective;
use crate::reference::themes::{THEMES, Theme};
use crate::store::categories::{self, Decided};
use crate::store::observations::{KnownSeries, PATH_SEPARATOR, known_series};
use crate::store::sources::{self, Source};
use crate::store::surveys::StoredQuestion;
use crate::store::{events, problems, reports};
use crate::swedish;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// What the file holds, read once for all themes.
pub struct Holdings {
    pub area: String,
    pub series: Vec<KnownSeries>,
    pub questions: Vec<StoredQuestion>,
    pub categories: Vec<String>,
    pub decided: Decided,
    /// Perspective and category of the events in this area.
    pub events: BTreeSet<(Perspective, String)>,
    pub sources: Vec<Source>,
    /// What reports and events say about where, with whose they are.
    pub places: Vec<Placed>,
}

/// So many reports or events of a category at a place.
pub struct Placed {
    pub perspective: Perspective,
    pub place: String,
    pub category: String,
    /// "2025"; none where the row has no date.
    pub year: Option<String>,
    pub count: u32,
}

impl Holdings {
    pub fn read(conn: &Connection, area: &str) -> Result<Self> {
        let mut categories: Vec<String> = reports::in_area(conn, area)?.into_iter().map(|r| r.category).collect();
        categories.sort_by(|a, b| swedish::compare(a, b));
        categories.dedup();
        Ok(Self {
            area: area.to_owned(),
            series: known_series(conn, area)?,
            questions: survey::of_area(conn, area)?,
            categories,
            decided: categories::decided(conn)?,
            events: event_list::kinds(conn, area)?,
            sources: sources::live(conn)?,
            places: placed(conn, area)?,
        })
    }

    /// The place that a survey question names, with the word before it: "vid stationen"; only places that reports or events know.
    fn place_asked_about(&self, question: &str) -> Option<(String, String)> {
        let text = question.to_lowercase();
        let known = self.places.iter().map(|p| p.place.to_lowercase()).filter(|p| !p.is_empty());
        let (at, place) = known.filter_map(|p| Some((text.find(&p)?, p))).max_by_key(|(_, p)| p.len())?;
        let before = text.get(..at)?.split_whitespace().next_back().filter(|word| ["vid", "på", "i", "kring", "runt"].contains(word))?;
        Some((format!("{before} {place}"), place))
    }

    /// "0 av polisens händelser där 2025": what the others counted in that year at the place that the residents were asked about. Whoever
    /// never says where is left out: silence about places is no zero.
    fn counted_there(&self, theme: &Theme, place: &str, year: &str) -> Vec<String> {
        let of = |whose: Perspective| self.places.iter().filter(move |p| p.perspective == whose && p.year.as_deref() == Some(year));
        let there = |p: &&Placed| p.place.to_lowercase() == place;
        let sum = |placed: &mut dyn Iterator<Item = &Placed>| placed.map(|p| p.count).sum::<u32>();
        let own = of(Perspective::Municipality).next().map(|_| {
            let on_theme = |p: &&Placed| belongs(&p.category, theme, &self.decided);
            let seen = sum(&mut of(Perspective::Municipality).filter(there).filter(on_theme));
            format!("{} där {year}", swedish::counted(u64::from(seen), "iakttagelse", "iakttagelser"))
        });
        // Whatever the crime: that nothing at all was reported there is what the room should see.
        let police = of(Perspective::Police).next();
        let police = police.map(|_| format!("{} av polisens händelser där {year}", sum(&mut of(Perspective::Police).filter(there))));
        own.into_iter().chain(police).collect()
    }

    fn has(&self, perspective: Perspective, kind: Option<&str>) -> bool {
        self.sources.iter().any(|s| s.perspective == perspective && kind.is_none_or(|k| s.kind == k))
    }

    /// Count series of a perspective that belong to the theme, the lead first.
    pub fn series_of(&self, theme: &Theme, perspective: Perspective) -> Vec<&KnownSeries> {
        let mut members: Vec<(usize, usize, &KnownSeries)> = self
            .series
            .iter()
            .filter(|k| series::perspective(k) == perspective && k.unit == "antal")
            .filter_map(|k| {
                let path: Vec<&str> = k.indicator.split(PATH_SEPARATOR).collect();
                let rank = match perspective {
                    Perspective::Municipality => path.iter().any(|step| theme.has_category(step)).then_some(0),
                    _ => theme.crime_rank(&path),
                };
                Some((rank?, path.len(), k))
            })
            .collect();
        members.sort_by_key(|(rank, depth, _)| (*rank, *depth));
        members.into_iter().map(|(.., k)| k).collect()
    }

    pub fn categories_of(&self, theme: &Theme) -> Vec<String> {
        self.categories.iter().filter(|c| belongs(c, theme, &self.decided)).cloned().collect()
    }

    /// The theme's survey question in the newest survey, with the answers that mean worry or trouble.
    pub fn survey_of(&self, theme: &Theme) -> Option<(&StoredQuestion, Vec<String>)> {
        let newest = self.questions.first()?.source;
        self.questions
            .iter()
            .filter(|q| q.source == newest && matches!(q.role.as_str(), "scale" | "yes_no"))
            .filter_map(|q| Some((theme.question_rank(&q.text)?, q)))
            .map(|(rank, q)| (rank, q, survey::concern(&q.options)))
            .filter(|(.., answers)| !answers.is_empty())
            .min_by_key(|(rank, q, _)| (*rank, q.id))
            .map(|(_, q, answers)| (q, answers))
    }

    pub fn survey_question(&self, theme: &Theme, group: Option<Group>) -> Option<Question> {
        let (question, answers) = self.survey_of(theme)?;
        Some(Question {
            measure: Measure::SurveyShare { question: question.text.clone(), answers, group },
            area: self.area.clone(),
            from: None,
            to: None,
            compare: None,
        })
    }

    /// The published statistics lead for the police; without them their lists of events do.
    pub fn police_question(&self, theme: &Theme) -> Option<Question> {
        let published = self.series_of(theme, Perspective::Police).first().map(|k| series::question(k, &self.area));
        published.or_else(|| self.events_question(theme, Perspective::Police))
    }

    /// How many events of the theme there are in the area, by those who keep lists of them.
    fn events_question(&self, theme: &Theme, perspective: Perspective) -> Option<Question> {
        let of = self.events.iter().filter(|(whose, category)| *whose == perspective && belongs(category, theme, &self.decided));
        let categories: Vec<String> = of.map(|(_, category)| category.clone()).collect();
        let measure = Measure::Events { categories: categories.clone(), perspective };
        (!categories.is_empty()).then(|| Question { measure, area: self.area.clone(), from: None, to: None, compare: None })
    }

    /// Field reports lead for the municipality; without them its own statistics do.
    pub fn municipality_question(&self, theme: &Theme) -> Option<Question> {
        let categories = self.categories_of(theme);
        if categories.is_empty() {
            let own = self.series_of(theme, Perspective::Municipality).first().map(|k| series::question(k, &self.area));
            return own.or_else(|| self.events_question(theme, Perspective::Municipality));
        }
        Some(Question {
            measure: Measure::Reports { categories, place: None },
            area: self.area.clone(),
            from: None,
            to: None,
            compare: None,
        })
    }
}

pub fn overview(conn: &Connection, area: &str) -> Result<Overview> {
    let holdings = Holdings::read(conn, area)?;
    let mut themes = THEMES.iter().map(|t| theme_row(conn, &holdings, t)).collect::<Result<Vec<_>>>()?;
    themes.retain(|row| row.disagreement.kind != super::views::DisagreementKind::NoData);
    themes.sort_by(|a, b| a.disagreement.kind.cmp(&b.disagreement.kind).then_with(|| swedish::compare(&a.name, &b.name)));
    let population = series::population(conn, area)?;
    let newest = population.last_key_value();
    Ok(Overview {
        area: area.to_owned(),
        population: newest.map(|(_, people)| *people as u32),
        population_year: newest.map(|(year, _)| year.clone()),
        span: span(conn, &holdings)?,
        themes,
        gaps: gaps(&holdings, population.is_empty()),
    })
}

fn theme_row(conn: &Connection, holdings: &Holdings, theme: &Theme) -> Result<ThemeRow> {
    let (municipality, m) = municipality_cell(conn, holdings, theme)?;
    let (police, p) = police_cell(conn, holdings, theme)?;
    let (residents, r) = residents_cell(conn, holdings, theme)?;
    let extreme = extreme_group(conn, holdings, theme)?;
    let seen = [
        Seen { cell: &municipality, value: m, percent: false },
        Seen { cell: &police, value: p, percent: false },
        Seen { cell: &residents, value: r, percent: true },
    ];
    let disagreement = disagreement::judge(&seen, extreme.as_deref());
    let problem = problems::of_theme(conn, theme.id)?;
    Ok(ThemeRow { theme: theme.id.into(), name: theme.name.into(), municipality, police, residents, disagreement, problem })
}

type Cell = (PerspectiveCell, Option<f64>);

fn municipality_cell(conn: &Connection, holdings: &Holdings, theme: &Theme) -> Result<Cell> {
    match holdings.municipality_question(theme) {
        Some(question) => {
            let answer = ask(conn, &question)?;
            let what = match question.measure {
                Measure::Reports { .. } => "iakttagelser",
                Measure::Events { .. } => "händelser",
                _ => "i kommunens statistik",
            };
            filled(question, &answer, what)
        }
        // A list without such a category says nothing about the theme: nobody was asked to look for it.
        None if holdings.has(Perspective::Municipality, Some("field_reports")) => {
            Ok(absent(Perspective::Municipality, CellState::NotAsked, "rapporteras inte"))
        }
        None => Ok(absent(Perspective::Municipality, CellState::NoSource, "inget underlag")),
    }
}

fn police_cell(conn: &Connection, holdings: &Holdings, theme: &Theme) -> Result<Cell> {
    match holdings.police_question(theme) {
        Some(question) => {
            let answer = ask(conn, &question)?;
            let what = if matches!(question.measure, Measure::Events { .. }) { "händelser" } else { "brott" };
            filled(question, &answer, what)
        }
        None if holdings.has(Perspective::Police, None) => Ok(absent(Perspective::Police, CellState::NotAsked, "finns inte i statistiken")),
        None => Ok(absent(Perspective::Police, CellState::NoSource, "inget underlag")),
    }
}

fn residents_cell(conn: &Connection, holdings: &Holdings, theme: &Theme) -> Result<Cell> {
    match holdings.survey_question(theme, None) {
        Some(question) => {
            let answer = ask(conn, &question)?;
            let n = answer.last().and_then(|p| p.n).unwrap_or(0);
            if n < survey::MINIMUM_GROUP {
                return Ok(absent(Perspective::Residents, CellState::NotSeen, "för få svar"));
            }
            let mut cell = filled(question, &answer, &concern_word(&answer.title))?;
            cell.0.what = format!("{}, n{}{n}", cell.0.what, swedish::NBSP);
            Ok(cell)
        }
        None if holdings.has(Perspective::Residents, None) => {
            Ok(absent(Perspective::Residents, CellState::NotAsked, "frågan är inte ställd"))
        }
        None => Ok(absent(Perspective::Residents, CellState::NoSource, "inget underlag")),
    }
}

/// One word for what the share says.
fn concern_word(question: &str) -> String {
    let text = question.to_lowercase();
    if text.contains("trygg") {
        "otrygga".into()
    } else if text.contains("problem") {
        "ser problem".into()
    } else if text.contains("utsatt") || text.contains("blivit") || text.starts_with("har du") {
        "utsatta".into()
    } else {
        "svarar ja".into()
    }
}

fn filled(question: Question, answer: &Answer, what: &str) -> Result<Cell> {
    let last = answer.last();
    let percent = answer.unit == "procent";
    let number = last.and_then(|p| p.value).map(|v| if percent { swedish::percent(v, 0) } else { sentence::value(v, &answer.unit) });
    let what = match last {
        Some(point) if number.as_deref() == Some("1") && what == "iakttagelser" => {
            format!("iakttagelse {}", year(&point.period))
        }
        Some(point) => format!("{what} {}{}", year(&point.period), if point.preliminary { " prel." } else { "" }),
        None => "uppgift saknas".into(),
    };
    let cell = PerspectiveCell {
        perspective: answer.perspective,
        state: if number.is_some() { CellState::Data } else { CellState::NotSeen },
        number: number.unwrap_or_default(),
        what,
        verdict: Some(answer.verdict),
        spark: charts::spark(answer)?,
        question: Some(question),
    };
    Ok((cell, last.and_then(|p| p.value)))
}

/// The overview is about years; the profile says the month.
fn year(period: &str) -> &str {
    match period.split_once('-') {
        Some((year, month)) if year.len() == 4 && month.len() == 2 => year,
        _ => period,
    }
}

fn absent(perspective: Perspective, state: CellState, what: &str) -> Cell {
    let cell = PerspectiveCell { perspective, state, number: String::new(), what: what.into(), verdict: None, spark: None, question: None };
    (cell, None)
}

/// The group whose answer surely lies above everybody's ("7 av 10 kvinnor 16–19 år otrygga"); `None` if no group does.
fn extreme_group(conn: &Connection, holdings: &Holdings, theme: &Theme) -> Result<Option<String>> {
    let Some(all) = holdings.survey_question(theme, None) else { return Ok(None) };
    let overall = ask(conn, &all)?;
    let (Some(everybody), Some(source)) = (overall.last().and_then(|p| p.value), holdings.questions.first().map(|q| q.source)) else {
        return Ok(None);
    };
    let mut best: Option<(f64, String)> = None;
    for group in survey::groups(&holdings.questions, source) {
        let label = group.label.clone();
        let Some(question) = holdings.survey_question(theme, Some(group)) else { continue };
        let answer = ask(conn, &question)?;
        let Some((value, n)) = answer.last().and_then(|p| Some((p.value?, p.n?))) else { continue };
        let hits = (value * f64::from(n) / 100.0).round() as u64;
        let low = share(hits, u64::from(n), Level::Usual).map_or(0.0, |b| b.low * 100.0);
        if n >= survey::MINIMUM_GROUP && low > everybody && best.as_ref().is_none_or(|(v, _)| value > *v) {
            best = Some((value, format!("{:.0} av 10 {} {}", value / 10.0, lower_first(&label), concern_word(&overall.title))));
        }
    }
    let place = holdings.place_asked_about(&overall.title);
    let asked = year_in(overall.last().map(|p| p.period.as_str())).unwrap_or_default();
    Ok(best.map(|(_, words)| match place {
        Some((at, place)) => {
            let there = holdings.counted_there(theme, &place, &asked);
            std::iter::once(format!("{words} {at}")).chain(there).collect::<Vec<_>>().join("; ")
        }
        None => words,
    }))
}

fn year_in(date: Option<&str>) -> Option<String> {
    date.and_then(|d| d.get(..4)).map(str::to_owned)
}

fn placed(conn: &Connection, area: &str) -> Result<Vec<Placed>> {
    let whose: std::collections::BTreeMap<u32, Perspective> = sources::live(conn)?.into_iter().map(|s| (s.id, s.perspective)).collect();
    let seen = reports::in_area(conn, area)?.into_iter().filter_map(|r| {
        Some(Placed {
            perspective: *whose.get(&r.source)?,
            place: r.place?,
            category: r.category,
            year: year_in(r.date.as_deref()),
            count: r.count,
        })
    });
    let listed = events::live(conn, None)?.into_iter().filter(|e| e.area == area).filter_map(|e| {
        Some(Placed {
            perspective: *whose.get(&e.source)?,
            place: e.place?,
            category: e.category,
            year: year_in(e.date.as_deref()),
            count: e.count,
        })
    });
    Ok(seen.chain(listed).collect())
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn span(conn: &Connection, holdings: &Holdings) -> Result<String> {
    let Some(first) = holdings.series.iter().find(|k| series::perspective(k) == Perspective::Police) else { return Ok(String::new()) };
    let answer = ask(conn, &series::question(first, &holdings.area))?;
    Ok(match (answer.points.first(), answer.points.last()) {
        (Some(a), Some(b)) => swedish::period(&a.period, &b.period),
        _ => String::new(),
    })
}

fn gaps(holdings: &Holdings, no_population: bool) -> Vec<String> {
    let mut gaps = Vec::new();
    if !holdings.has(Perspective::Police, None) {
        gaps.push("Polisens statistik saknas. Hämta Databasfil.txt i Brås statistikdatabas och läs in den under Underlag.".to_owned());
    }
    if !holdings.has(Perspective::Residents, None) {
        gaps.push("Invånarnas svar saknas. Läs in en enkät med en rad per svarande.".to_owned());
    }
    if !holdings.has(Perspective::Municipality, None) {
        gaps.push("Kommunens bild saknas. Läs in fältrapporter eller kommunens egen statistik.".to_owned());
    }
    if no_population && holdings.has(Perspective::Police, None) {
        gaps.push("Folkmängden saknas, så antal kan inte räknas om per invånare. Läs in folkmängd från SCB.".to_owned());
    }
    gaps
}
