//! A series over time: the line with its interval as a pale band, broken where it must not be drawn through.

use super::axis::{Axis, Scale, labelled};
use super::backend::{px, units};
use super::drawing::{Drawing, Pen};
use super::sheet::{Area, Drawn, Sheet, Symbol, stroke};
use super::{Chart, TOO_LITTLE, Table, Unit};
use crate::look::{Perspective, Shape, Theme};
use crate::swedish;
use plotters::prelude::{Cartesian2d, ChartBuilder, ChartContext, LineSeries, Polygon, Rectangle, TRANSPARENT};
use plotters::style::Color;
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
    /// What is shown and where, for the text version: `Anmäld skadegörelse i Prästvik`.
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
const HEAD: f64 = 28.0;
const FOOT: f64 = 28.0;
/// How far the grid reaches beyond the first and the last period, px.
const BEFORE: f64 = 8.0;
const AFTER: f64 = 6.0;

/// The number of the period across, values down.
type Field = ChartContext<'static, Drawing, Cartesian2d<Scale, Scale>>;

struct Plot<'a> {
    sheet: &'a Sheet,
    /// The whole sheet, for what is placed in px.
    area: Area,
    field: Field,
    axis: Axis,
    /// Px from one period to the next.
    spacing: f64,
}

impl Plot<'_> {
    /// Px of the sheet; `period` may lie between two.
    fn px(&self, period: f64, value: f64) -> (f64, f64) {
        let (x, y) = self.field.backend_coord(&(period, value));
        (px(x), px(y))
    }

    fn x(&self, index: usize) -> f64 {
        self.px(index as f64, 0.0).0
    }

    fn y(&self, value: f64) -> f64 {
        self.px(0.0, value).1
    }

    fn bottom(&self) -> f64 {
        self.y(0.0)
    }

    fn write(&self, pen: Pen, text: &str, x: f64, y: f64) -> Drawn {
        self.area.draw(&pen.write(text, x, y))
    }
}

impl Line {
    pub fn draw(&self, theme: Theme) -> Chart {
        let drawing = Sheet::drawn(theme, |sheet| self.lay_out(sheet));
        Chart::new(drawing, self.alt(), self.caption(), self.table())
    }

    fn lay_out(&self, sheet: &Sheet) -> Drawn {
        // The reasons for breaks are as wide as they are, so how high the head must be shows only when the periods have their places.
        let reasons = self.placed_reasons(&self.plot(sheet, HEAD)?);
        let mut plot = self.plot(sheet, HEAD + 16.0 * reasons.iter().map(Reason::end).max().unwrap_or(0) as f64)?;
        self.draw_bands(&plot)?;
        self.draw_grid(&mut plot)?;
        self.draw_behind(&mut plot)?;
        self.draw_breaks(&plot, &reasons)?;
        self.draw_missing(&plot)?;
        self.draw_series(&mut plot)?;
        self.draw_values(&plot)
    }

    fn plot<'a>(&self, sheet: &'a Sheet, head: f64) -> Drawn<Plot<'a>> {
        let axis = self.axis();
        let (quiet, (value, span)) = (sheet.quiet(), self.last_words());
        let tick = axis.ticks.iter().map(|&t| quiet.width(&self.tick(&axis, t))).fold(0.0, f64::max);
        let left = tick + 18.0;
        let beside = sheet.ink().bold().width(&value).max(quiet.small().width(&span));
        let right = WIDTH - beside.min(WIDTH / 3.0) - 16.0;
        let steps = (self.points.len().max(2) - 1) as f64;
        let spacing = (right - left) / steps;
        // A single period stands in the middle; the grid reaches a little beyond the first and the last.
        let first = if self.points.len() < 2 { -0.5 } else { 0.0 };
        let range = first - BEFORE / spacing..first + steps + AFTER / spacing;
        let periods = Scale { range, named: self.labelled(quiet, spacing) };
        let values = Scale { range: 0.0..axis.top(), named: axis.ticks.clone() };
        let area = sheet.area(WIDTH, head + PLOT_HEIGHT + FOOT);
        let field = ChartBuilder::on(&area)
            .margin_top(units(head))
            .margin_right(units(WIDTH - right - AFTER))
            .y_label_area_size(units(left - BEFORE))
            .x_label_area_size(units(FOOT))
            .build_cartesian_2d(periods, values)?;
        Ok(Plot { sheet, area, field, axis, spacing })
    }

    fn axis(&self) -> Axis {
        let highest =
            self.points.iter().filter_map(|p| p.high.or(p.value)).chain(self.behind.iter().flatten().copied()).fold(0.0, f64::max);
        if self.unit.percent { Axis::percent(highest) } else { Axis::covering(highest, self.unit.places == 0) }
    }

    fn tick(&self, axis: &Axis, value: f64) -> String {
        if self.unit.percent { swedish::percent(value, 0) } else { swedish::decimal(value, axis.places) }
    }

    fn draw_grid(&self, plot: &mut Plot) -> Drawn {
        let pen = plot.sheet.quiet();
        plot.write(pen.small(), &self.unit.label, 0.0, 12.0)?;
        let axis = &plot.axis;
        plot.field
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(stroke(plot.sheet.colours.line, 1.0))
            .axis_style(TRANSPARENT)
            .label_style(pen.style())
            .y_label_formatter(&|&value| self.tick(axis, value))
            .x_label_formatter(&|&period| self.period(period))
            // Labels keep twice this from the plot.
            .set_all_tick_mark_size(units(4.0))
            .draw()
    }

    fn period(&self, index: f64) -> String {
        let Some(point) = self.points.get(index.round() as usize) else { return String::new() };
        if point.preliminary { format!("{}p", point.label) } else { point.label.clone() }
    }

    /// The periods there is room to name.
    fn labelled(&self, pen: Pen, spacing: f64) -> Vec<f64> {
        let widest = (0..self.points.len()).map(|i| pen.width(&self.period(i as f64))).fold(0.0, f64::max);
        labelled(self.points.len(), spacing, widest).into_iter().map(|i| i as f64).collect()
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

    fn draw_bands(&self, plot: &Plot) -> Drawn {
        let colours = plot.sheet.colours;
        let fill = colours.perspective(self.perspective).over(colours.paper, 36).filled();
        let field = plot.field.plotting_area();
        for stretch in self.stretches() {
            let known = || stretch.iter().filter_map(|&i| self.points[i].interval().map(|(low, high)| (i, low, high)));
            let mut corners: Vec<(f64, f64)> = known().map(|(i, _, high)| (i as f64, high)).collect();
            corners.extend(known().rev().map(|(i, low, _)| (i as f64, low)));
            match corners[..] {
                [] => {}
                [high, low] => {
                    let aside = 5.0 / plot.spacing;
                    field.draw(&Rectangle::new([(high.0 - aside, high.1), (low.0 + aside, low.1)], fill))?;
                }
                _ => field.draw(&Polygon::new(corners, fill))?,
            }
        }
        Ok(())
    }

    fn draw_behind(&self, plot: &mut Plot) -> Drawn {
        let colours = plot.sheet.colours;
        let grey = colours.ink_2.over(colours.paper, 150);
        let values = self.behind.iter().take(self.points.len()).enumerate().filter_map(|(i, v)| v.map(|v| (i as f64, v)));
        let dots: Vec<_> = values.map(|at| Symbol { at, shape: Shape::Circle, size: 3.0, fill: grey, stroke: grey }).collect();
        plot.field.draw_series(dots)?;
        Ok(())
    }

    fn draw_series(&self, plot: &mut Plot) -> Drawn {
        let line = stroke(plot.sheet.colours.perspective(self.perspective), 2.0);
        for stretch in self.stretches() {
            let spots: Vec<_> = stretch.iter().filter_map(|&i| self.points[i].value.map(|v| (i as f64, v))).collect();
            plot.field.draw_series(LineSeries::new(spots, line))?;
        }
        let (dense, last) = (plot.spacing < 14.0, self.last());
        let shown = self.points.iter().enumerate().filter(|(i, p)| !dense || p.empty() || Some(*i) == last);
        let signs: Vec<_> =
            shown.filter_map(|(i, p)| p.value.map(|v| plot.sheet.symbol(self.perspective, (i as f64, v), MARK, p.empty()))).collect();
        plot.field.draw_series(signs)?;
        Ok(())
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
    fn draw_values(&self, plot: &Plot) -> Drawn {
        let paper = plot.sheet.colours.paper;
        let (bold, quiet) = (plot.sheet.ink().bold().haloed(paper), plot.sheet.quiet().small().haloed(paper));
        if let Some(last) = self.last() {
            let (value, span) = self.last_words();
            let (x, y) = (plot.x(last) + 12.0, plot.y(self.points[last].value.unwrap_or(0.0)));
            let y = y.min(plot.bottom() - 14.0);
            plot.write(bold, &value, x, y + 4.5)?;
            plot.write(quiet, &span, x, y + 20.0)?;
        }
        if !self.connected && plot.spacing > 70.0 {
            return self.draw_each_value(plot, bold);
        }
        for stretch in self.stretches().iter().filter(|s| s.len() > 1) {
            let values: Vec<f64> = stretch.iter().take(2).filter_map(|&i| self.points[i].value).collect();
            if let [here, next] = values[..] {
                let below = next > here && plot.y(here) < plot.bottom() - 24.0;
                let y = plot.y(here) + if below { 20.0 } else { -10.0 };
                plot.write(bold, &self.value(&self.points[stretch[0]]), plot.x(stretch[0]) - 3.0, y)?;
            }
        }
        Ok(())
    }

    /// Few measurements far apart: each with its value to the right.
    fn draw_each_value(&self, plot: &Plot, pen: Pen) -> Drawn {
        let last = self.last();
        for (i, point) in self.points.iter().enumerate().filter(|(i, _)| Some(*i) != last) {
            if let Some(value) = point.value {
                plot.write(pen, &self.value(point), plot.x(i) + 12.0, plot.y(value) + 4.5)?;
            }
        }
        Ok(())
    }

    /// One text under each run of missing points with the same reason.
    fn draw_missing(&self, plot: &Plot) -> Drawn {
        let pen = plot.sheet.quiet().small().middle();
        let (left, right) = (plot.x(0), plot.x(self.points.len().saturating_sub(1)));
        for (first, last, reason) in self.gaps() {
            let x = (plot.x(first) + plot.x(last)) / 2.0;
            let room = (plot.spacing * (last - first + 2) as f64 - 12.0).max(56.0);
            let lines = pen.wrapped(reason, room);
            let half = lines.iter().map(|line| pen.width(line)).fold(0.0, f64::max) / 2.0;
            let x = x.max(left + half).min(right.max(left + half));
            for (row, line) in lines.iter().rev().enumerate() {
                plot.write(pen, line, x, plot.bottom() - 8.0 - 14.0 * row as f64)?;
            }
        }
        Ok(())
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
    fn placed_reasons(&self, plot: &Plot) -> Vec<Reason> {
        let pen = plot.sheet.ink().small();
        let mut reasons: Vec<Reason> = Vec::new();
        for (i, point) in self.points.iter().enumerate().skip(1) {
            let Some(broken) = self.breaks.iter().find(|b| b.before == point.label) else { continue };
            let lines = pen.wrapped(&broken.reason, 200.0);
            let free =
                |row: &usize| reasons.iter().all(|other| !other.shares_rows(*row, lines.len()) || !collide(plot, pen, other, i, &lines));
            let row = (0..).find(free).unwrap_or(0);
            reasons.push(Reason { index: i, row, lines });
        }
        reasons
    }

    fn draw_breaks(&self, plot: &Plot, reasons: &[Reason]) -> Drawn {
        let pen = plot.sheet.ink().small();
        for reason in reasons {
            let x = break_x(plot, reason.index);
            let top = HEAD + 6.0 + 16.0 * reason.row as f64;
            plot.sheet.dashes(&plot.area, [(units(x), units(top - 10.0)), (units(x), units(plot.bottom()))])?;
            let (start, _) = extent(plot, pen, reason.index, &reason.lines);
            for (row, line) in reason.lines.iter().enumerate() {
                plot.write(pen, line, start, top + 16.0 * row as f64)?;
            }
        }
        Ok(())
    }
}

fn break_x(plot: &Plot, index: usize) -> f64 {
    plot.px(index as f64 - 0.5, 0.0).0
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
