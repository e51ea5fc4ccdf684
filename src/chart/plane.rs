//! A plane with a number along each side: what the funnel and the waits are drawn on.

use super::Unit;
use super::axis::{Axis, Scale};
use super::backend::{px, units};
use super::drawing::{Drawing, Pen};
use super::sheet::{Area, Drawn, Sheet, stroke};
use crate::swedish;
use plotters::prelude::{Cartesian2d, ChartBuilder, ChartContext, PathElement, TRANSPARENT};

const HEAD: f64 = 28.0;
const FOOT: f64 = 44.0;

pub struct Plane<'a> {
    pub sheet: &'a Sheet,
    pub area: Area,
    pub field: ChartContext<'static, Drawing, Cartesian2d<Scale, Scale>>,
    axis: Axis,
    top: f64,
}

/// What a plane shows along its sides.
pub struct Sides<'a> {
    pub width: f64,
    pub height: f64,
    /// Px kept free to the right.
    pub beside: f64,
    pub across: Scale,
    pub across_label: &'a str,
    pub highest: f64,
    pub unit: &'a Unit,
}

impl<'a> Plane<'a> {
    pub fn new(sheet: &'a Sheet, sides: &Sides<'_>) -> Drawn<Self> {
        let unit = sides.unit;
        let axis = if unit.percent { Axis::percent(sides.highest) } else { Axis::covering(sides.highest, unit.places == 0) };
        let quiet = sheet.quiet();
        let tick = axis.ticks.iter().map(|t| quiet.width(&tick(unit, &axis, *t))).fold(0.0, f64::max);
        let area = sheet.area(sides.width, HEAD + sides.height + FOOT);
        let field = ChartBuilder::on(&area)
            .margin_top(units(HEAD))
            .margin_right(units(sides.beside))
            .y_label_area_size(units(tick + 10.0))
            .x_label_area_size(units(FOOT))
            .build_cartesian_2d(sides.across.clone(), Scale { range: 0.0..axis.top(), named: axis.ticks.clone() })?;
        let top = axis.top();
        let plane = Self { sheet, area, field, axis, top };
        plane.write(quiet.small(), &unit.label, 0.0, 12.0)?;
        plane.write(quiet.small().end(), sides.across_label, sides.width - sides.beside, HEAD + sides.height + FOOT - 6.0)?;
        Ok(plane)
    }

    pub fn grid(&mut self, unit: &Unit, across: &dyn Fn(f64) -> String) -> Drawn {
        let (pen, axis) = (self.sheet.quiet(), &self.axis);
        self.field
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(stroke(self.sheet.colours.line, 1.0))
            .axis_style(TRANSPARENT)
            .label_style(pen.style())
            .y_label_formatter(&|value| tick(unit, axis, *value))
            .x_label_formatter(&|value| across(*value))
            .set_all_tick_mark_size(units(4.0))
            .draw()
    }

    pub fn px(&self, across: f64, value: f64) -> (f64, f64) {
        let (x, y) = self.field.backend_coord(&(across, value.min(self.top)));
        (px(x), px(y))
    }

    pub fn write(&self, pen: Pen, text: &str, x: f64, y: f64) -> Drawn {
        self.area.draw(&pen.write(text, x, y))
    }

    /// A line through points that are inside the plane.
    pub fn path(&self, points: Vec<(f64, f64)>, width: f64) -> Drawn {
        let style = stroke(self.sheet.colours.ink_2, width);
        self.field.plotting_area().draw(&PathElement::new(points, style))
    }

    pub fn top(&self) -> f64 {
        self.top
    }
}

fn tick(unit: &Unit, axis: &Axis, value: f64) -> String {
    if unit.percent { swedish::percent(value, 0) } else { swedish::decimal(value, axis.places) }
}
