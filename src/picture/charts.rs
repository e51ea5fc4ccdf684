//! Answers as charts: picks the spec, and puts the chart's text and table beside it.

use super::question::{Answer, ChartView, Point};
use super::reports::{Calendar, DAYS, PARTS};
use super::sentence;
use crate::chart::{Bar, Bars, Break, Chart, Heat, Line, Point as ChartPoint, Spark, Spec, Unit};
use crate::error::Result;
use crate::look::Theme;
use crate::perspective::Perspective;

/// More points than this would be a smear; months are then shown for the last years only.
const MOST_POINTS: usize = 36;

pub fn of_answer(answer: &Answer) -> Result<ChartView> {
    Ok(shown(spec(answer)))
}

/// The drawing itself, for documents (SVG and PNG).
pub fn draw(answer: &Answer, theme: Theme) -> Chart {
    spec(answer).draw(theme)
}

fn spec(answer: &Answer) -> Spec {
    let points = &answer.points[answer.points.len().saturating_sub(MOST_POINTS)..];
    Spec::Line(Line {
        title: answer.title.clone(),
        perspective: answer.perspective,
        unit: unit(answer),
        points: points.iter().map(point).collect(),
        breaks: breaks(answer),
        behind: Vec::new(),
        connected: connected(answer),
    })
}

fn point(p: &Point) -> ChartPoint {
    ChartPoint {
        label: p.period.clone(),
        value: p.value,
        low: p.low,
        high: p.high,
        preliminary: p.preliminary,
        too_little: p.n.is_some_and(|n| n < super::survey::MINIMUM_GROUP),
        missing: p.missing.clone(),
    }
}

/// Surveys are few and uneven: marks without a line between them.
fn connected(answer: &Answer) -> bool {
    answer.perspective != Perspective::Residents
}

/// The police reorganisation of 2015 changed how crimes are placed in municipalities; no line is drawn across.
fn breaks(answer: &Answer) -> Vec<Break> {
    let has = |year: &str| answer.points.iter().any(|p| p.period == year);
    if answer.perspective == Perspective::Police && has("2014") && has("2015") {
        vec![Break { before: "2015".into(), reason: "säkrare kommunkoppling från 2015".into() }]
    } else {
        Vec::new()
    }
}

fn unit(answer: &Answer) -> Unit {
    match (answer.unit.as_str(), answer.perspective) {
        ("antal", Perspective::Police) => Unit::count("anmälda brott"),
        ("antal", Perspective::Municipality) if answer.title.starts_with("Fältrapporter") => Unit::count("iakttagelser"),
        ("antal", _) => Unit::count("antal"),
        ("procent", Perspective::Residents) => Unit::percent("% av de svarande"),
        ("procent", _) => Unit::percent("procent"),
        (unit, _) => Unit::rate(unit, u8::from(answer.points.iter().any(|p| p.value.is_some_and(|v| v.fract() != 0.0)))),
    }
}

/// A tiny line for the overview; none for a single value.
pub fn spark(answer: &Answer) -> Result<Option<String>> {
    let values: Vec<Option<f64>> = answer.points.iter().map(|p| p.value).collect();
    if values.iter().flatten().count() < 2 {
        return Ok(None);
    }
    let last = answer.points.last();
    let spec = Spark {
        perspective: answer.perspective,
        breaks: answer
            .points
            .iter()
            .enumerate()
            .filter(|(_, p)| breaks(answer).iter().any(|b| b.before == p.period))
            .map(|(i, _)| i)
            .collect(),
        connected: connected(answer),
        empty: last.is_some_and(|p| p.preliminary),
        alt: format!("{}, {} värden: {}", answer.title, values.iter().flatten().count(), answer.verdict.words()),
        values,
    };
    Ok(Some(Spec::Spark(spec).draw(Theme::Light).svg))
}

pub fn groups(question: &str, bars: &[(String, Point)]) -> Result<ChartView> {
    let bars = bars
        .iter()
        .map(|(label, p)| Bar {
            label: label.clone(),
            n: p.n.map(u64::from),
            value: p.value,
            low: p.low,
            high: p.high,
            too_little: false,
            missing: None,
        })
        .collect();
    let spec = Bars {
        title: question.to_owned(),
        perspective: Perspective::Residents,
        unit: Unit::percent("% av de svarande"),
        bars,
        reference: None,
    };
    Ok(shown(Spec::Bars(spec)))
}

pub fn calendar(calendar: &Calendar) -> Result<ChartView> {
    let spec = Heat {
        title: "Fältrapporter efter veckodag och tid".into(),
        perspective: Perspective::Municipality,
        unit: "rapporter".into(),
        columns: PARTS.map(str::to_owned).to_vec(),
        rows: DAYS.map(str::to_owned).to_vec(),
        cells: calendar.counts.iter().map(|row| row.iter().map(|n| Some(u64::from(*n))).collect()).collect(),
    };
    Ok(shown(Spec::Heat(spec)))
}

fn shown(spec: Spec) -> ChartView {
    let Chart { svg, alt, table, .. } = spec.draw(Theme::Light);
    ChartView { svg, alt, header: table.columns, rows: table.rows, spec }
}

/// "31", "752 per 100 000 inv": for tables outside charts.
pub fn value(answer: &Answer, point: &Point) -> String {
    point.value.map_or_else(|| point.missing.clone().unwrap_or_default(), |v| sentence::value(v, &answer.unit))
}
