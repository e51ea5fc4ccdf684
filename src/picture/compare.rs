//! A municipality among others: the group chosen, similar ones, its county, the country. The middle half and the funnel, never a rank.

use super::neighbours;
use super::question::{Answer, Measure, Question, SourceCell};
use super::series::{self, populations};
use super::statistics::band::{self, MiddleHalf, Position};
use super::statistics::funnel::{self, Limits, Member};
use super::statistics::interval::{self, Interval, Level, Reliability};
use super::statistics::missing::MissingState;
use crate::error::{Error, Result};
use crate::reference;
use crate::store::observations::{self, Observation, SeriesKey, Unit};
use crate::swedish;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// Whom a municipality is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// The group that somebody has chosen.
    Group,
    Similar,
    County,
    Country,
}

/// The comparison of the newest year, or of pooled years where single ones are small.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Comparison {
    pub with: Compare,
    /// "12 liknande kommuner".
    pub others: String,
    /// "2025" or "2023–2025".
    pub period: String,
    /// Rates stand per 100 000 inhabitants, and per year.
    pub unit: String,
    pub own: Option<Compared>,
    /// The others, in alphabetical order.
    pub members: Vec<Compared>,
    /// The county or the country itself, where the file has it.
    pub whole: Option<Compared>,
    pub band: Option<MiddleHalf>,
    pub position: Option<Position>,
    pub funnel: Option<FunnelView>,
    pub sentence: String,
    pub caveats: Vec<String>,
    /// What is missing, and which file would fill it.
    pub gaps: Vec<String>,
}

/// One area's value with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Compared {
    pub area: String,
    #[ts(type = "number | null")]
    pub count: Option<u64>,
    /// Inhabitant-years.
    #[ts(type = "number | null")]
    pub population: Option<u64>,
    pub value: Option<f64>,
    pub interval: Option<Interval>,
    /// Outside the 99.8 % limits of the funnel.
    pub outside: bool,
    /// Why there is no value.
    pub state: Option<MissingState>,
    pub cells: Vec<SourceCell>,
}

/// The funnel at the size of the own municipality.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct FunnelView {
    /// All together, per 100 000.
    pub rate: f64,
    /// Counts that chance gives in a municipality of this size, 95 and 99.8 %.
    pub usual: Limits,
    pub alarm: Limits,
    /// More than chance sets the group apart.
    pub overdispersed: bool,
}

const PER: f64 = 100_000.0;

/// Holds the newest years of an answer against others. Only statistics can be: surveys and reports are the municipality's own.
pub fn compare(conn: &Connection, question: &Question, answer: &Answer, with: Compare) -> Result<Comparison> {
    let Measure::Series { publisher, dataset, indicator, breakdown, unit } = &question.measure else {
        return Err(Error::not_allowed("Bara statistik kan jämföras med andra kommuner.")
            .hint("Enkäter och fältrapporter finns bara för den egna kommunen."));
    };
    let breakdown = serde_json::to_string(breakdown)?;
    let key = SeriesKey { publisher, dataset, indicator, breakdown: &breakdown, unit, area: &question.area };
    let years = years(answer);
    let group = group(conn, &question.area, with)?;
    let mut values = Values::read(conn, &key, &years)?;
    let mut gaps = group.gaps.clone();
    if unit == Unit::Count.word() && values.rates(&question.area).is_none() {
        // Without populations the publisher's own rates do, for one year.
        let published = SeriesKey { unit: Unit::Per100k.word(), ..key };
        let newest = years.last().cloned().into_iter().collect::<Vec<_>>();
        gaps.push("Folkmängden saknas för de här åren: läs in Folkmängd efter region och år från SCB, för alla kommuner.".to_owned());
        values = Values::read(conn, &published, &newest)?;
    }
    Ok(compared(question, with, &group, &values, gaps))
}

/// The years that are compared: those that are pooled, else the newest one that is final and has a value.
fn years(answer: &Answer) -> Vec<String> {
    if let Some(pooled) = &answer.footing.pooled {
        return (pooled.years.first_year..=pooled.years.last_year).map(|y| y.to_string()).collect();
    }
    let settled = answer.points.iter().rev().find(|p| p.value.is_some() && !p.preliminary);
    settled.or(answer.last()).map(|p| p.period.clone()).into_iter().collect()
}

/// The others by name, and the area that holds them all.
struct Group {
    /// `None`: every municipality.
    names: Option<BTreeSet<String>>,
    whole: Option<String>,
    words: (&'static str, &'static str),
    gaps: Vec<String>,
}

fn group(conn: &Connection, area: &str, with: Compare) -> Result<Group> {
    let of = |names: Vec<String>, words, gaps| Group { names: Some(names.into_iter().collect()), whole: None, words, gaps };
    Ok(match with {
        Compare::Group => {
            let chosen = neighbours::chosen(conn, area)?;
            let gaps = chosen.is_empty().then(|| "Ingen grupp är vald. Välj vilka kommuner ni vill jämföra er med.".to_owned());
            of(chosen, ("kommun i den valda gruppen", "kommuner i den valda gruppen"), gaps.into_iter().collect())
        }
        Compare::Similar => {
            let near = neighbours::neighbours(conn, area)?;
            let gaps = if near.similar.is_empty() { near.lacking.clone() } else { Vec::new() };
            of(neighbours::names(&near), ("liknande kommun", "liknande kommuner"), gaps)
        }
        Compare::County => {
            let county = reference::find(area).map(|m| m.county);
            let names = reference::municipalities().iter().filter(|m| Some(m.county) == county).map(|m| m.name.to_owned()).collect();
            let whole = reference::counties().iter().find(|c| Some(c.code) == county).map(|c| c.name.to_owned());
            let gaps = whole.is_none().then(|| format!("{area} ligger inte i något av landets län."));
            Group { whole, ..of(names, ("annan kommun i länet", "andra kommuner i länet"), gaps.into_iter().collect()) }
        }
        Compare::Country => Group {
            names: None,
            whole: Some("Hela landet".to_owned()),
            words: ("annan kommun i landet", "andra kommuner i landet"),
            gaps: Vec::new(),
        },
    })
}

/// Every area's values for the years compared.
struct Values {
    years: Vec<String>,
    /// What the values are: antal, per 100 000 inv, procent …
    unit: String,
    municipalities: BTreeMap<String, Vec<(Observation, Option<SourceCell>)>>,
    /// Counties and the country.
    wholes: BTreeMap<String, Vec<(Observation, Option<SourceCell>)>>,
    /// Area → inhabitants, a year at a time.
    people: Vec<BTreeMap<String, u64>>,
}

impl Values {
    fn read(conn: &Connection, key: &SeriesKey, years: &[String]) -> Result<Self> {
        let (mut municipalities, mut wholes) = (BTreeMap::new(), BTreeMap::new());
        for year in years {
            for (level, o) in observations::across(conn, key, year)? {
                let of = match level.as_str() {
                    "municipality" => &mut municipalities,
                    "county" | "country" => &mut wholes,
                    _ => continue,
                };
                let cell = Some(series::cell(conn, &o)?);
                of.entry(o.area.clone()).or_insert_with(Vec::new).push((o, cell));
            }
        }
        let counted = key.unit == Unit::Count.word();
        let people = years.iter().filter(|_| counted).map(|y| populations(conn, y)).collect::<Result<_>>()?;
        Ok(Self { years: years.to_vec(), unit: key.unit.to_owned(), municipalities, wholes, people })
    }

    fn is_counted(&self) -> bool {
        self.unit == Unit::Count.word()
    }

    /// Inhabitant-years of an area over all the years.
    fn rates(&self, area: &str) -> Option<u64> {
        self.people.iter().map(|of_year| of_year.get(area).copied()).sum()
    }

    /// One area's value; a year that is missing makes the whole missing, since what is not there is not zero.
    fn of(&self, area: &str, values: &[(Observation, Option<SourceCell>)]) -> Compared {
        let cells = values.iter().filter_map(|(_, cell)| cell.clone()).collect();
        let lost = values.iter().find_map(|(o, _)| o.missing.as_deref()).map(MissingState::of);
        let whole = values.len() == self.years.len() && lost.is_none();
        let numbers: Option<Vec<f64>> = values.iter().map(|(o, _)| o.value).collect();
        let numbers = numbers.filter(|_| whole);
        let bare = Compared {
            area: area.to_owned(),
            count: None,
            population: None,
            value: None,
            interval: None,
            outside: false,
            state: lost,
            cells,
        };
        let Some(numbers) = numbers else { return Compared { state: lost.or(Some(MissingState::NotCollected)), ..bare } };
        if !self.is_counted() {
            return Compared { value: numbers.last().copied(), ..bare };
        }
        let count = numbers.iter().sum::<f64>() as u64;
        let population = self.rates(area);
        let rate = population.and_then(|people| interval::rate(count, people, PER, Level::Usual));
        Compared { count: Some(count), population, value: rate.map(|r| r.0), interval: rate.map(|r| r.1), ..bare }
    }
}

fn compared(question: &Question, with: Compare, group: &Group, values: &Values, mut gaps: Vec<String>) -> Comparison {
    let area = &question.area;
    let mut own = values.municipalities.get(area).map(|found| values.of(area, found));
    let inside = |name: &String| name != area && group.names.as_ref().is_none_or(|names| names.contains(name));
    let mut members: Vec<Compared> =
        values.municipalities.iter().filter(|(name, _)| inside(name)).map(|(name, found)| values.of(name, found)).collect();
    members.sort_by(|a, b| swedish::compare(&a.area, &b.area));
    let whole = group.whole.as_ref().and_then(|name| Some(values.of(name, values.wholes.get(name)?)));
    gaps.extend(absent(group, values, &members));
    let band = band::middle_half(&members.iter().filter_map(|m| m.value).collect::<Vec<_>>());
    if band.is_none() && !members.is_empty() {
        gaps.push("Färre än fyra andra kommuner har ett värde, så någon mittersta hälft finns inte.".to_owned());
    }
    let funnel = funnel_of(own.as_mut(), &mut members);
    let position = own.as_ref().zip(band.as_ref()).and_then(|(own, band)| position(own, band));
    let period = swedish::period(values.years.first().map_or("", |y| y), values.years.last().map_or("", |y| y));
    let mut comparison = Comparison {
        with,
        others: swedish::counted(members.len() as u64, group.words.0, group.words.1),
        period,
        unit: if values.is_counted() { Unit::Per100k.word().to_owned() } else { values.unit.clone() },
        sentence: String::new(),
        caveats: caveats(funnel.as_ref(), values),
        own,
        members,
        whole,
        band,
        position,
        funnel,
        gaps,
    };
    comparison.sentence = super::sentence::comparison(&comparison);
    comparison
}

/// Members of a named group that the statistics do not hold.
fn absent(group: &Group, values: &Values, members: &[Compared]) -> Option<String> {
    let names = group.names.as_ref().filter(|names| !names.is_empty())?;
    let lost: Vec<&String> =
        names.iter().filter(|n| !values.municipalities.contains_key(*n) && !members.iter().any(|m| m.area == **n)).collect();
    let few: Vec<&String> = lost.iter().take(5).copied().collect();
    let more = if lost.len() > few.len() { " med flera" } else { "" };
    (!lost.is_empty())
        .then(|| format!("Statistiken saknas för {}{more}. Läs in samma tabell för alla kommuner i gruppen.", swedish::list(&few)))
}

fn position(own: &Compared, band: &MiddleHalf) -> Option<Position> {
    let value = own.value?;
    if own.count.is_some_and(|n| Reliability::of(n) == Reliability::TooLittle) {
        return Some(Position::TooLittle);
    }
    // A published rate or share without its count has no interval: then nothing can be sure.
    let Some(interval) = own.interval else {
        let among = (band.lower..=band.upper).contains(&value);
        return Some(if among { Position::Among } else { Position::NotSurely });
    };
    Some(Position::of(value, interval, band))
}

/// The funnel around all of the group, the own municipality among them; marks those outside.
fn funnel_of(own: Option<&mut Compared>, members: &mut [Compared]) -> Option<FunnelView> {
    let own = own?;
    let member = |c: &Compared| Some(Member { count: c.count?, population: c.population? });
    let mine = member(own)?;
    let all: Vec<Member> = members.iter().filter_map(member).chain([mine]).collect();
    let funnel = funnel::funnel(&all)?;
    for one in members.iter_mut().chain([&mut *own]) {
        let strays = |m: Member| !funnel::limits(funnel.rate, m.population, Level::Alarm).hold(m.count);
        one.outside = member(one).is_some_and(strays);
    }
    let limits = |level| funnel::limits(funnel.rate, mine.population, level);
    Some(FunnelView {
        rate: funnel.rate * PER,
        usual: limits(Level::Usual),
        alarm: limits(Level::Alarm),
        overdispersed: funnel.overdispersed(),
    })
}

fn caveats(funnel: Option<&FunnelView>, values: &Values) -> Vec<String> {
    let mut caveats = Vec::new();
    if funnel.is_some_and(|f| f.overdispersed) {
        caveats.push(
            "Kommunerna i gruppen skiljer sig åt mer än slumpen gör, så trattens gränser säger lite om en enskild kommun.".to_owned(),
        );
    }
    if !values.is_counted() {
        caveats.push("Utgivarens värden är jämförda som de står, utan intervall: antalet bakom dem är inte inläst.".to_owned());
    }
    caveats.push(
        "Att skilja sig är inte bra eller dåligt i sig. Kommunerna kan skilja sig i anmälningsbenägenhet och i vad polisen söker efter."
            .to_owned(),
    );
    caveats
}
