//! A series over time: the line with its interval as a pale band, broken where it must not be drawn through.

use super::axis::{Axis, labelled};
use super::drawing::{Drawing, Mark, Pen};
use super::{Chart, TOO_LITTLE, Table, Unit};
use crate::look::{Perspective, Shape, Theme};
use crate::swedish;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One period. Without a value the line is broken and `missing` says why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Point {
    /// `2025`, `2020–2021`, `2025-03`: written as it stands.
    pub label: String,
    pub value: Option<f64>,
    /// Both ends of the interval, or neither.
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub preliminary: bool,
    /// Too few for the value to carry anything: an empty mark.
    pub too_little: bool,
    /// `sekretess`, `ej insamlat`; *saknas* when nothing is known.
    pub missing: Option<String>,
}

impl Point {
    fn interval(&self) -> Option<(f64, f64)> {
        self.low.zip(self.high)
    }

    fn empty(&self) -> bool {
        self.preliminary || self.too_little
    }
}

/// From `before` on, the series is not comparable with what stood earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Break {
    /// Label of the first point after the break.
    pub before: String,
    /// A few words: `ny brottskod 2019`.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Line {
    /// What is shown and where, for the text version: `Anmäld skadegörelse i Granliden`.
    pub title: String,
    pub perspective: Perspective,
    pub unit: Unit,
    pub points: Vec<Point>,
    pub breaks: Vec<Break>,
    /// Single years behind a pooled series (S5), one per point: small grey dots. Empty when nothing is pooled.
    #[serde(default)]
    pub behind: Vec<Option<f64>>,
    /// `false` for few, uneven measurements (surveys): marks with their intervals, no line between them.
    pub connected: bool,
}

const WIDTH: f64 = 532.0;
const PLOT_HEIGHT: f64 = 184.0;
const MARK: f64 = 7.0;

/// Where the plot lies and how values become positions.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    axis: Axis,
    count: usize,
}

impl Plot {
    fn x(&self, index: usize) -> f64 {
        if self.count < 2 { (self.left + self.right) / 2.0 } else { self.left + self.spacing() * index as f64 }
    }

    fn spacing(&self) -> f64 {
        (self.right - self.left) / (self.count.max(2) - 1) as f64
    }

    fn y(&self, value: f64) -> f64 {
        let part = (value / self.axis.top()).clamp(0.0, 1.0);
        self.bottom - part * (self.bottom - self.top)
    }
}

impl Line {
    pub fn draw(&self, theme: Theme) -> Chart {
        let mut drawing = Drawing::new(WIDTH, 0.0, theme);
        let reasons = self.placed_reasons(&drawing);
        let head = 28.0 + 16.0 * reasons.iter().map(Reason::end).max().unwrap_or(0) as f64;
        let plot = self.plot(&drawing, head);
        drawing.height = plot.bottom + 28.0;
        self.draw_bands(&mut drawing, &plot);
        self.draw_grid(&mut drawing, &plot);
        self.draw_behind(&mut drawing, &plot);
        self.draw_breaks(&mut drawing, &plot, &reasons);
        self.draw_missing(&mut drawing, &plot);
        self.draw_series(&mut drawing, &plot);
        self.draw_values(&mut drawing, &plot);
        self.draw_periods(&mut drawing, &plot);
        Chart::new(drawing, self.alt(), self.caption(), self.table())
    }

    fn plot(&self, drawing: &Drawing, head: f64) -> Plot {
        let axis = self.axis();
        let pen = drawing.quiet();
        let tick = axis.ticks.iter().map(|&t| pen.width(&self.tick(&axis, t))).fold(0.0, f64::max);
        let (value, span) = self.last_words();
        let label = drawing.bold().width(&value).max(pen.small().width(&span));
        Plot { left: tick + 18.0, right: WIDTH - label - 16.0, top: head, bottom: head + PLOT_HEIGHT, axis, count: self.points.len() }
    }

    fn axis(&self) -> Axis {
        let highest =
            self.points.iter().filter_map(|p| p.high.or(p.value)).chain(self.behind.iter().flatten().copied()).fold(0.0, f64::max);
        if self.unit.percent { Axis::percent(highest) } else { Axis::covering(highest, self.unit.places == 0) }
    }

    fn tick(&self, axis: &Axis, value: f64) -> String {
        if self.unit.percent { swedish::percent(value, 0) } else { swedish::decimal(value, axis.places) }
    }

    fn draw_grid(&self, drawing: &mut Drawing, plot: &Plot) {
        let pen = drawing.quiet();
        drawing.text(pen.small(), 0.0, 12.0, &self.unit.label);
        for &tick in &plot.axis.ticks {
            let y = plot.y(tick);
            drawing.rule((plot.left - 8.0, y), (plot.right + 6.0, y), drawing.colours.line, 1.0);
            drawing.text(pen.end(), plot.left - 16.0, y + 4.5, &self.tick(&plot.axis, tick));
        }
    }

    /// Stretches of points that may be joined: no gap and no break inside.
    fn stretches(&self) -> Vec<Vec<usize>> {
        let mut stretches: Vec<Vec<usize>> = Vec::new();
        let mut open = false;
        for (i, point) in self.points.iter().enumerate() {
            open = open && self.connected && !self.breaks.iter().any(|b| b.before == point.label);
            if point.value.is_none() {
                open = false;
                continue;
            }
            match stretches.last_mut() {
                Some(stretch) if open => stretch.push(i),
                _ => stretches.push(vec![i]),
            }
            open = true;
        }
        stretches
    }

    fn draw_bands(&self, drawing: &mut Drawing, plot: &Plot) {
        let fill = drawing.colours.perspective(self.perspective).over(drawing.colours.paper, 36);
        for stretch in self.stretches() {
            let known: Vec<(f64, f64, f64)> = stretch
                .iter()
                .filter_map(|&i| self.points[i].interval().map(|(low, high)| (plot.x(i), plot.y(low), plot.y(high))))
                .collect();
            match known.as_slice() {
                [] => {}
                &[(x, low, high)] => drawing.rect(x - 5.0, high, 10.0, low - high, fill),
                _ => {
                    let upper = known.iter().map(|&(x, _, high)| (x, high));
                    let lower = known.iter().rev().map(|&(x, low, _)| (x, low));
                    drawing.area(upper.chain(lower).collect(), fill);
                }
            }
        }
    }

    fn draw_behind(&self, drawing: &mut Drawing, plot: &Plot) {
        let colours = drawing.colours;
        let (grey, size) = (colours.ink_2.over(colours.paper, 150), 3.0);
        for (i, value) in self.behind.iter().take(self.points.len()).enumerate() {
            if let Some(value) = value {
                let (x, y) = (plot.x(i), plot.y(*value));
                drawing.marks.push(Mark::Symbol { shape: Shape::Circle, x, y, size, fill: grey, stroke: grey });
            }
        }
    }

    fn draw_series(&self, drawing: &mut Drawing, plot: &Plot) {
        let stroke = drawing.colours.perspective(self.perspective);
        let at = |i: usize| self.points[i].value.map(|v| (plot.x(i), plot.y(v)));
        for stretch in self.stretches() {
            drawing.path(stretch.iter().filter_map(|&i| at(i)).collect(), stroke, 2.0);
        }
        let dense = plot.spacing() < 14.0;
        let last = self.last();
        for (i, point) in self.points.iter().enumerate() {
            if let Some(spot) = at(i)
                && (!dense || point.empty() || Some(i) == last)
            {
                drawing.symbol(self.perspective, spot, MARK, point.empty());
            }
        }
    }

    fn last(&self) -> Option<usize> {
        self.points.iter().rposition(|p| p.value.is_some())
    }

    fn value(&self, point: &Point) -> String {
        point.value.map(|v| self.unit.honest(v, point.too_little)).unwrap_or_default()
    }

    fn span(&self, point: &Point) -> String {
        point.interval().map(|(low, high)| self.unit.span(low, high)).unwrap_or_default()
    }

    /// The last value and its interval, as they stand beside it.
    fn last_words(&self) -> (String, String) {
        let Some(point) = self.last().map(|i| &self.points[i]) else { return Default::default() };
        (self.value(point), self.span(point))
    }

    /// The last value with its interval to the right of it; the first of each stretch above or below its mark.
    fn draw_values(&self, drawing: &mut Drawing, plot: &Plot) {
        let paper = drawing.colours.paper;
        let (bold, quiet) = (drawing.bold().haloed(paper), drawing.quiet().small().haloed(paper));
        if let Some(last) = self.last() {
            let (value, span) = self.last_words();
            let (x, y) = (plot.x(last) + 12.0, plot.y(self.points[last].value.unwrap_or(0.0)));
            let y = y.min(plot.bottom - 14.0);
            drawing.text(bold, x, y + 4.5, &value);
            drawing.text(quiet, x, y + 20.0, &span);
        }
        if !self.connected && plot.spacing() > 70.0 {
            return self.draw_each_value(drawing, plot);
        }
        for stretch in self.stretches().iter().filter(|s| s.len() > 1) {
            let values: Vec<f64> = stretch.iter().take(2).filter_map(|&i| self.points[i].value).collect();
            if let [here, next] = values[..] {
                let below = next > here && plot.y(here) < plot.bottom - 24.0;
                let y = plot.y(here) + if below { 20.0 } else { -10.0 };
                drawing.text(bold, plot.x(stretch[0]) - 3.0, y, &self.value(&self.points[stretch[0]]));
            }
        }
    }

    /// Few measurements far apart: each with its value to the right.
    fn draw_each_value(&self, drawing: &mut Drawing, plot: &Plot) {
        let (bold, last) = (drawing.bold().haloed(drawing.colours.paper), self.last());
        for (i, point) in self.points.iter().enumerate().filter(|(i, _)| Some(*i) != last) {
            if let Some(value) = point.value {
                drawing.text(bold, plot.x(i) + 12.0, plot.y(value) + 4.5, &self.value(point));
            }
        }
    }

    fn draw_periods(&self, drawing: &mut Drawing, plot: &Plot) {
        let pen = drawing.quiet().middle();
        let labels: Vec<String> =
            self.points.iter().map(|p| if p.preliminary { format!("{}p", p.label) } else { p.label.clone() }).collect();
        let widest = labels.iter().map(|l| pen.width(l)).fold(0.0, f64::max);
        for i in labelled(labels.len(), plot.spacing(), widest) {
            drawing.text(pen, plot.x(i), plot.bottom + 20.0, &labels[i]);
        }
    }

    /// One text under each run of missing points with the same reason.
    fn draw_missing(&self, drawing: &mut Drawing, plot: &Plot) {
        let pen = drawing.quiet().small().middle();
        for (first, last, reason) in self.gaps() {
            let x = (plot.x(first) + plot.x(last)) / 2.0;
            let room = (plot.spacing() * (last - first + 2) as f64 - 12.0).max(56.0);
            let lines = pen.wrapped(reason, room);
            let half = lines.iter().map(|line| pen.width(line)).fold(0.0, f64::max) / 2.0;
            let x = x.max(plot.left + half).min(plot.right.max(plot.left + half));
            for (row, line) in lines.iter().rev().enumerate() {
                drawing.text(pen, x, plot.bottom - 8.0 - 14.0 * row as f64, line);
            }
        }
    }

    fn gaps(&self) -> Vec<(usize, usize, &str)> {
        let mut gaps: Vec<(usize, usize, &str)> = Vec::new();
        for (i, point) in self.points.iter().enumerate().filter(|(_, p)| p.value.is_none()) {
            let reason = point.missing.as_deref().unwrap_or("saknas");
            match gaps.last_mut() {
                Some((_, last, same)) if *last + 1 == i && *same == reason => *last = i,
                _ => gaps.push((i, i, reason)),
            }
        }
        gaps
    }
}

/// A break's reason with the place that was found for it above the plot.
struct Reason {
    index: usize,
    row: usize,
    lines: Vec<String>,
}

impl Reason {
    fn end(&self) -> usize {
        self.row + self.lines.len()
    }

    fn shares_rows(&self, row: usize, lines: usize) -> bool {
        row < self.end() && self.row < row + lines
    }
}

impl Line {
    /// Each reason starts at its dashed line; where it would run into the next one it takes a row of its own.
    fn placed_reasons(&self, drawing: &Drawing) -> Vec<Reason> {
        let pen = drawing.ink().small();
        let rough = self.plot(drawing, 0.0);
        let mut reasons: Vec<Reason> = Vec::new();
        for (i, point) in self.points.iter().enumerate().skip(1) {
            let Some(broken) = self.breaks.iter().find(|b| b.before == point.label) else { continue };
            let lines = pen.wrapped(&broken.reason, 200.0);
            let free =
                |row: &usize| reasons.iter().all(|other| !other.shares_rows(*row, lines.len()) || !collide(&rough, pen, other, i, &lines));
            let row = (0..).find(free).unwrap_or(0);
            reasons.push(Reason { index: i, row, lines });
        }
        reasons
    }

    fn draw_breaks(&self, drawing: &mut Drawing, plot: &Plot, reasons: &[Reason]) {
        let pen = drawing.ink().small();
        for reason in reasons {
            let x = break_x(plot, reason.index);
            let top = 34.0 + 16.0 * reason.row as f64;
            drawing.dashes((x, top - 10.0), (x, plot.bottom));
            let (start, _) = extent(plot, pen, reason.index, &reason.lines);
            for (row, line) in reason.lines.iter().enumerate() {
                drawing.text(pen, start, top + 16.0 * row as f64, line);
            }
        }
    }
}

fn break_x(plot: &Plot, index: usize) -> f64 {
    plot.x(index) - plot.spacing() / 2.0
}

/// From where to where a reason is written: to the right of its line, or to the left when there is no room.
fn extent(plot: &Plot, pen: Pen, index: usize, lines: &[String]) -> (f64, f64) {
    let width = lines.iter().map(|line| pen.width(line)).fold(0.0, f64::max);
    let right = break_x(plot, index) + 6.0;
    let start = if right + width > WIDTH { (right - 12.0 - width).max(0.0) } else { right };
    (start, start + width)
}

fn collide(plot: &Plot, pen: Pen, other: &Reason, index: usize, lines: &[String]) -> bool {
    let (a, b) = (extent(plot, pen, other.index, &other.lines), extent(plot, pen, index, lines));
    a.0 < b.1 + 8.0 && b.0 < a.1 + 8.0
}

impl Line {
    fn caption(&self) -> String {
        let mut parts = vec![format!("{} {}", self.perspective.mark(), self.perspective.word())];
        if self.points.iter().any(|p| p.interval().is_some()) {
            parts.push(format!("band = 95{}% intervall", swedish::NBSP));
        }
        let reasons =
            [(self.points.iter().any(|p| p.preliminary), "preliminärt (p)"), (self.points.iter().any(|p| p.too_little), TOO_LITTLE)];
        let empty: Vec<&str> = reasons.iter().filter(|(used, _)| *used).map(|(_, words)| *words).collect();
        if self.behind.iter().any(Option::is_some) {
            parts.push("grå prickar = enskilda år".to_owned());
        }
        if !empty.is_empty() {
            parts.push(format!("ofylld = {}", swedish::either(&empty)));
        }
        parts.join(" · ")
    }

    fn alt(&self) -> String {
        let head = format!("Linjediagram. {}, {}: {}.", self.title, self.unit.label, self.perspective.word().to_lowercase());
        let known: Vec<&Point> = self.points.iter().filter(|p| p.value.is_some()).collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else { return format!("{head} Inga värden.") };
        let mut sentences = vec![head];
        if known.len() > 1 {
            sentences.push(format!("{}: {}.", first.label, self.words(first)));
        }
        sentences.push(format!("{}: {}.", last.label, self.words(last)));
        sentences.extend(self.breaks.iter().map(|b| format!("Serien bryts före {}: {}.", b.before, b.reason)));
        sentences.extend(self.gaps().iter().map(|&(a, b, why)| {
            let when = swedish::period(&self.points[a].label, &self.points[b].label);
            if why == "saknas" { format!("Värde saknas för {when}.") } else { format!("Värde saknas för {when}: {why}.") }
        }));
        sentences.join(" ")
    }

    fn words(&self, point: &Point) -> String {
        let value = point.value.map(|v| self.unit.in_words(v, point.interval(), point.too_little)).unwrap_or_default();
        if point.preliminary { format!("{value}, preliminärt") } else { value }
    }

    fn table(&self) -> Table {
        let columns = ["Period", &self.unit.label, &format!("95{}% intervall", swedish::NBSP), "Anmärkning"].map(str::to_owned).to_vec();
        Table { columns, rows: self.points.iter().map(|p| self.row(p)).collect() }
    }

    fn row(&self, point: &Point) -> Vec<String> {
        let mut notes: Vec<String> = self.breaks.iter().filter(|b| b.before == point.label).map(|b| b.reason.clone()).collect();
        notes.extend(point.preliminary.then(|| "preliminärt".to_owned()));
        notes.extend(point.too_little.then(|| TOO_LITTLE.to_owned()));
        if point.value.is_none() {
            notes.push(point.missing.clone().unwrap_or_else(|| "saknas".to_owned()));
        }
        vec![point.label.clone(), self.value(point), self.span(point), notes.join("; ")]
    }
}
