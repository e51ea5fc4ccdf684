//! Answers as charts: picks the spec, and puts the chart's text and table beside it.

use super::compare::Comparison;
use super::question::{Answer, ChartView, Point};
use super::reports::{Calendar, DAYS, PARTS};
use super::sentence;
use super::statistics::band::Position;
use crate::chart::{Band, BandRow, Bar, Bars, Break, Chart, Heat, Line, Point as ChartPoint, Spark, Spec, Unit};
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

/// No line is drawn across a break in method.
fn breaks(answer: &Answer) -> Vec<Break> {
    answer.footing.breaks.iter().map(|b| Break { before: b.year.to_string(), reason: b.label.clone() }).collect()
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

/// The municipality among the others; none without a middle half.
pub fn of_comparison(answer: &Answer, comparison: &Comparison) -> Option<ChartView> {
    let (own, middle) = (comparison.own.as_ref()?, comparison.band.as_ref()?);
    let row = BandRow {
        label: comparison.period.clone(),
        count: own.count,
        value: own.value,
        low: own.interval.map(|i| i.low),
        high: own.interval.map(|i| i.high),
        quartiles: (middle.lower, middle.median, middle.upper),
        range: (middle.least, middle.most),
        too_little: comparison.position == Some(Position::TooLittle),
    };
    let unit =
        if comparison.unit == "procent" { Unit::percent("procent") } else { Unit::rate(&comparison.unit, u8::from(middle.most < 10.0)) };
    let others = comparison.others.clone();
    let spec = Band { title: answer.title.clone(), perspective: answer.perspective, unit, others, rows: vec![row] };
    Some(shown(Spec::Band(spec)))
}

fn shown(spec: Spec) -> ChartView {
    let Chart { svg, alt, table, .. } = spec.draw(Theme::Light);
    ChartView { svg, alt, header: table.columns, rows: table.rows, spec }
}

/// "31", "752 per 100 000 inv": for tables outside charts.
pub fn value(answer: &Answer, point: &Point) -> String {
    point.value.map_or_else(|| point.missing.clone().unwrap_or_default(), |v| sentence::value(v, &answer.unit))
}
