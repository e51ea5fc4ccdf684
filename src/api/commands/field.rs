//! Commands of Underlag: reports written by hand, and which theme a category belongs to.

use super::super::Outcome;
use super::super::requests::*;
use super::notes::{day, refuse_people};
use super::{area, changed, made};
use crate::error::{Error, Result};
use crate::file::{LagesbildFile, Op, Tx};
use crate::perspective::Perspective;
use crate::picture::categories::theme_of;
use crate::reference::themes::{THEMES, by_id};
use crate::store::own_reports::{self, OwnReport};
use crate::store::sources::{self as held, Source};
use crate::store::{categories as memory, events, reports as field_reports, settings};
use crate::swedish;
use chrono::NaiveTime;
use std::collections::BTreeMap;

/// The reader's id of sources that hold reports written by hand.
const OWN: &str = held::OWN_REPORTS;

pub fn themes(_: &mut LagesbildFile, _: Nothing) -> Result<Outcome<Vec<ThemeName>>> {
    let mut names: Vec<ThemeName> = THEMES.iter().map(|t| ThemeName { id: t.id.into(), name: t.name.into() }).collect();
    names.sort_by(|a, b| swedish::compare(&a.name, &b.name));
    Ok(Outcome::read(names))
}

/// Those that nobody knows the theme of come first: they are the ones to decide about.
pub fn categories(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<Vec<CategoryView>>> {
    let conn = file.conn();
    let decided = memory::decided(conn)?;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    field_reports::live(conn)?.into_iter().for_each(|r| *counts.entry(r.category).or_default() += r.count);
    events::live(conn, None)?.into_iter().for_each(|e| *counts.entry(e.category).or_default() += e.count);
    let view = |(category, count): (String, u32)| {
        let (theme, origin) = match decided.get(&category.to_lowercase()) {
            Some(theme) => (Some(theme.clone()).filter(|t| !t.is_empty()), "own"),
            None => match theme_of(&category, &decided) {
                Some(theme) => (Some(theme.id.to_owned()), "shipped"),
                None => (None, "none"),
            },
        };
        CategoryView { category, count, theme, origin: origin.to_owned() }
    };
    let mut views: Vec<CategoryView> = counts.into_iter().map(view).collect();
    views.sort_by(|a, b| (a.origin != "none").cmp(&(b.origin != "none")).then_with(|| swedish::compare(&a.category, &b.category)));
    Ok(Outcome::read(views))
}

pub fn set_category_theme(file: &mut LagesbildFile, r: SetCategoryTheme) -> Result<Outcome<Nothing>> {
    if r.theme.as_deref().is_some_and(|theme| !theme.is_empty() && by_id(theme).is_none()) {
        return Err(Error::not_found("Temat"));
    }
    if r.category.trim().is_empty() {
        return Err(Error::not_allowed("Ange en kategori."));
    }
    let op = Op::SetCategoryTheme { category: r.category.clone() };
    changed(file, op, |tx| memory::decide(tx, &r.category, r.theme.as_deref()))
}

pub fn reports(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<Vec<OwnReport>>> {
    Ok(Outcome::read(own_reports::live(file.conn())?))
}

pub fn add_report(file: &mut LagesbildFile, request: NewReport) -> Result<Outcome<Made>> {
    let municipality = area(file, request.area.as_deref())?;
    let perspective = request.perspective.unwrap_or(Perspective::Municipality);
    let report = checked(request, &file.context().today().to_string(), municipality)?;
    Ok(made(file.transact(Op::AddReport, |tx| {
        let source = own_source(tx, perspective)?;
        own_reports::insert(tx, &OwnReport { source, ..report })
    })?))
}

pub fn edit_report(file: &mut LagesbildFile, EditReport { id, report }: EditReport) -> Result<Outcome<Nothing>> {
    let before = own_reports::by_id(file.conn(), &id)?;
    let municipality = match (&report.area, before.municipality) {
        (None, Some(held)) => held,
        (given, _) => area(file, given.as_deref())?,
    };
    let perspective = report.perspective;
    let report = checked(report, &before.date.unwrap_or_default(), municipality)?;
    changed(file, Op::EditReport, |tx| {
        let source = perspective.map_or(Ok(before.source), |perspective| own_source(tx, perspective))?;
        own_reports::update(tx, &OwnReport { id, source, ..report })
    })
}

pub fn remove_report(file: &mut LagesbildFile, request: ById) -> Result<Outcome<Nothing>> {
    changed(file, Op::RemoveReport, |tx| own_reports::delete(tx, &request.id))
}

fn checked(r: NewReport, today: &str, municipality: String) -> Result<OwnReport> {
    let filled = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let category = r.category.trim().to_owned();
    if category.is_empty() {
        return Err(Error::not_allowed("Säg vad rapporten gäller.").hint("Välj en kategori, till exempel Skadegörelse."));
    }
    if r.seriousness.is_some_and(|grade| !(1..=5).contains(&grade)) {
        return Err(Error::not_allowed("Oron ska vara 1 till 5."));
    }
    let (time, part_of_day) = (filled(r.time), filled(r.part_of_day));
    if let Some(wrong) = time.as_ref().filter(|time| NaiveTime::parse_from_str(time, "%H:%M").is_err()) {
        return Err(Error::not_allowed(format!("”{wrong}” är inget klockslag.")).hint("Skriv tiden som 21:30, eller välj del av dygnet."));
    }
    let report = OwnReport {
        municipality: Some(municipality),
        date: Some(day(r.date)?.unwrap_or_else(|| today.to_owned())),
        part_of_day: part_of_day.map(|part| part.to_lowercase()).filter(|_| time.is_none()),
        time,
        place: filled(r.place),
        category,
        text: filled(r.text),
        function: filled(r.function),
        seriousness: r.seriousness,
        ..OwnReport::default()
    };
    let texts = [&report.place, &report.text, &report.function];
    refuse_people(texts.into_iter().flatten().map(String::as_str).chain([report.category.as_str()]))?;
    Ok(report)
}

/// The source that reports of this perspective hang on; the first report makes it.
fn own_source(tx: &mut Tx, perspective: Perspective) -> Result<u32> {
    if let Some(source) = held::of_recipe(tx.conn, OWN, perspective)? {
        return Ok(source.id);
    }
    let practice = settings::is_practice(tx.conn)?;
    let source = Source {
        perspective,
        kind: "field_reports".to_owned(),
        title: if practice { "Egna rapporter (övningsdata)" } else { "Egna rapporter" }.to_owned(),
        recipe: Some(OWN.to_owned()),
        file_name: "Egna rapporter".to_owned(),
        retrieved: tx.context.today().to_string(),
        report: serde_json::to_string(&ImportReport::default())?,
        ..Source::default()
    };
    held::insert(tx, &source)
}
