//! The municipality in a funnel (S9): how far from the common rate chance alone may take one of its size.

use super::axis::{Axis, Scale};
use super::plane::{Plane, Sides};
use super::sheet::{Drawn, Sheet, Symbol};
use super::{Chart, Table, Unit};
use crate::look::{Perspective, Shape, Theme};
use crate::swedish;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One municipality: its count, its inhabitants and its rate in the chart's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FunnelDot {
    pub label: String,
    #[ts(type = "number")]
    pub count: u64,
    pub population: f64,
    pub value: f64,
}

/// The limits for one size, in the chart's unit: `(low, high)` at 95 and at 99.8 %.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FunnelLimit {
    pub population: f64,
    pub usual: (f64, f64),
    pub alarm: (f64, f64),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Funnel {
    pub title: String,
    pub perspective: Perspective,
    pub unit: Unit,
    /// Who the others are: `12 liknande kommuner`.
    pub others: String,
    /// The rate of all together.
    pub rate: f64,
    /// From the smallest population shown to the largest.
    pub limits: Vec<FunnelLimit>,
    pub dots: Vec<FunnelDot>,
    /// The municipality itself, with the limits for its size.
    pub own: Option<(FunnelDot, FunnelLimit)>,
}

const WIDTH: f64 = 532.0;
const HEIGHT: f64 = 220.0;

impl Funnel {
    pub fn draw(&self, theme: Theme) -> Chart {
        let drawing = Sheet::drawn(theme, |sheet| self.plot(sheet));
        Chart::new(drawing, self.alt(), self.caption(), self.table())
    }

    fn plot(&self, sheet: &Sheet) -> Drawn {
        let own = self.own.iter().map(|(dot, _)| dot);
        let shown = || self.dots.iter().chain(own.clone());
        let people = shown().map(|dot| dot.population).chain(self.limits.iter().map(|limit| limit.population)).fold(0.0, finite_most);
        let values = shown().map(|dot| dot.value).chain([self.rate]).fold(0.0, finite_most);
        // The limits of the smallest rise above every value; as high as the values and a little more is enough.
        let highest = self.limits.iter().map(|limit| limit.usual.1).fold(values, finite_most).min(values * 1.6);
        let across = Axis::covering(people, true);
        let sides = Sides {
            width: WIDTH,
            height: HEIGHT,
            beside: 52.0,
            across: Scale { range: 0.0..across.top(), named: across.ticks },
            across_label: "invånare",
            highest,
            unit: &self.unit,
        };
        let mut plane = Plane::new(sheet, &sides)?;
        plane.grid(&self.unit, &|people| swedish::decimal(people, 0))?;
        self.draw_limits(&plane)?;
        let grey = sheet.colours.ink_2.over(sheet.colours.paper, 150);
        let dot = |dot: &FunnelDot| Symbol { at: (dot.population, dot.value), shape: Shape::Circle, size: 6.0, fill: grey, stroke: grey };
        plane.field.draw_series(self.dots.iter().map(dot))?;
        let Some((own, _)) = &self.own else { return Ok(()) };
        plane.field.draw_series([sheet.symbol(self.perspective, (own.population, own.value), 11.0, false)])?;
        let (x, y) = plane.px(own.population, own.value);
        let pen = sheet.ink().bold().haloed(sheet.colours.paper);
        let before = x + 14.0 + pen.width(&own.label) > WIDTH - 4.0;
        let pen = if before { pen.end() } else { pen };
        plane.write(pen, &own.label, if before { x - 11.0 } else { x + 11.0 }, (y + 4.5).max(22.0))
    }

    fn draw_limits(&self, plane: &Plane<'_>) -> Drawn {
        let line = |value: fn(&FunnelLimit) -> f64| self.limits.iter().map(move |limit| (limit.population, value(limit)));
        let pen = plane.sheet.quiet().small();
        let mut above = f64::NEG_INFINITY;
        for (line, width, name) in [
            (line(|limit| limit.alarm.1), 2.0, "99,8 %"),
            (line(|limit| limit.usual.1), 1.0, "95 %"),
            (line(|limit| limit.usual.0), 1.0, ""),
            (line(|limit| limit.alarm.0), 2.0, ""),
        ] {
            // Above the plane a limit says nothing.
            let points: Vec<(f64, f64)> = line.filter(|(_, value)| value.is_finite() && *value <= plane.top()).collect();
            if let Some((people, value)) = points.last().copied().filter(|_| !name.is_empty()) {
                let (x, y) = plane.px(people, value);
                plane.write(pen, &name.replace(' ', &swedish::NBSP.to_string()), x + 5.0, (y + 4.0).max(above + 14.0))?;
                above = (y + 4.0).max(above + 14.0);
            }
            plane.path(points, width)?;
        }
        let ends = [self.limits.first(), self.limits.last()];
        if let [Some(first), Some(last)] = ends {
            plane.sheet.dashes(plane.field.plotting_area(), [(first.population, self.rate), (last.population, self.rate)])?;
        }
        Ok(())
    }

    fn caption(&self) -> String {
        let nbsp = swedish::NBSP;
        [
            format!("{} {}", self.perspective.mark(), self.perspective.word()),
            format!("grå punkter = {}", self.others),
            "streckad linje = alla tillsammans".to_owned(),
            format!("tunn linje = 95{nbsp}% gräns"),
            format!("tjock linje = 99,8{nbsp}% gräns"),
        ]
        .join(" · ")
    }

    fn alt(&self) -> String {
        let head = format!("Trattdiagram. {}, {}, mot {}.", self.title, self.unit.label, self.others);
        let rate = format!("Alla tillsammans: {}.", self.unit.value(self.rate));
        let own = match &self.own {
            Some((dot, limit)) => format!("{}: {}; {}.", dot.label, self.unit.value(dot.value), position(dot.value, limit)),
            None => "Inget eget underlag.".to_owned(),
        };
        [head, rate, own].join(" ")
    }

    fn table(&self) -> Table {
        let columns = ["Kommun", "Antal", "Invånare", &self.unit.label, "Läge"].map(str::to_owned).to_vec();
        let row = |dot: &FunnelDot, place: String| {
            vec![dot.label.clone(), swedish::count(dot.count), swedish::decimal(dot.population, 0), self.unit.value(dot.value), place]
        };
        let own = self.own.iter().map(|(dot, limit)| row(dot, position(dot.value, limit).to_owned()));
        let others = self
            .dots
            .iter()
            .map(|dot| row(dot, self.limit(dot.population).map(|limit| position(dot.value, limit)).unwrap_or("").to_owned()));
        Table { columns, rows: own.chain(others).collect() }
    }

    /// The limits for the nearest size.
    fn limit(&self, population: f64) -> Option<&FunnelLimit> {
        self.limits.iter().min_by(|a, b| (a.population - population).abs().total_cmp(&(b.population - population).abs()))
    }
}

/// Inside or outside in words: outside the inner limits by chance one time in twenty, outside the outer one in five hundred.
fn position(value: f64, limit: &FunnelLimit) -> &'static str {
    match () {
        () if value > limit.alarm.1 => "fler än slumpen förklarar",
        () if value < limit.alarm.0 => "färre än slumpen förklarar",
        () if value > limit.usual.1 => "fler än de flesta av samma storlek, men det kan vara slump",
        () if value < limit.usual.0 => "färre än de flesta av samma storlek, men det kan vara slump",
        () => "inom det som slumpen ger",
    }
}

fn finite_most(most: f64, value: f64) -> f64 {
    if value.is_finite() { most.max(value) } else { most }
}
