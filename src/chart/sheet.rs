//! What a chart is drawn on and what plotters has no element for: text with our pens, the marks of the perspectives, dashes.

use super::backend::{px, units};
use super::drawing::{Drawing, Mark, Pen};
use crate::look::{Colour, Palette, Perspective, Shape, Theme};
use plotters::coord::{CoordTranslate, Shift};
use plotters::element::{DashedPathElement, Drawable, PointCollection};
use plotters::prelude::{DrawingArea, DrawingAreaErrorKind};
use plotters::style::{Color, ShapeStyle};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};
use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

pub type Area<C = Shift> = DrawingArea<Drawing, C>;

/// Recording cannot fail; plotters' areas could only if two drew at once.
pub type Drawn<T = ()> = Result<T, DrawingAreaErrorKind<Infallible>>;

pub struct Sheet {
    drawing: Rc<RefCell<Drawing>>,
    pub colours: Palette,
}

impl Sheet {
    /// The drawing that `draw` makes. Should it ever fail, no half chart is shown but a sentence instead.
    pub fn drawn(theme: Theme, draw: impl FnOnce(&Self) -> Drawn) -> Drawing {
        let colours = theme.palette();
        let sheet = Self { drawing: Rc::new(RefCell::new(Drawing { width: 0.0, height: 0.0, colours, marks: Vec::new() })), colours };
        let drawn = draw(&sheet);
        let mut drawing = Rc::unwrap_or_clone(sheet.drawing).into_inner();
        if drawn.is_err() {
            let text = "Diagrammet kunde inte ritas.".to_owned();
            drawing.marks = vec![Mark::Text { x: 0.0, y: 16.0, text, pen: Pen::new(colours.ink) }];
        }
        drawing
    }

    /// The whole sheet at the size given, px.
    pub fn area(&self, width: f64, height: f64) -> Area {
        {
            let mut drawing = self.drawing.borrow_mut();
            (drawing.width, drawing.height) = (width, height);
        }
        Area::from(&self.drawing)
    }

    pub fn ink(&self) -> Pen {
        Pen::new(self.colours.ink)
    }

    pub fn quiet(&self) -> Pen {
        Pen::new(self.colours.ink_2)
    }

    pub fn symbol<C>(&self, who: Perspective, at: C, size: f64, empty: bool) -> Symbol<C> {
        let stroke = self.colours.perspective(who);
        Symbol { at, shape: Shape::of(who), size, fill: if empty { self.colours.paper } else { stroke }, stroke }
    }

    pub fn dashes<C: CoordTranslate>(&self, area: &Area<C>, ends: [C::From; 2]) -> Drawn
    where
        C::From: Clone,
    {
        area.draw(&DashedPathElement::new(ends.iter().cloned(), units(3.0), units(3.0), stroke(self.colours.ink_2, 1.0)))
    }
}

pub fn stroke(colour: Colour, width: f64) -> ShapeStyle {
    colour.stroke_width(units(width).unsigned_abs())
}

/// A piece of text at its baseline, px within the area it is drawn on. Nothing is written for an empty text.
pub struct Words {
    at: BackendCoord,
    text: String,
    pen: Pen,
}

impl Pen {
    pub fn write(self, text: impl Into<String>, x: f64, y: f64) -> Words {
        Words { at: (units(x), units(y)), text: text.into(), pen: self }
    }
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Words {
    type Point = &'a BackendCoord;
    type IntoIter = std::iter::Once<&'a BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.at)
    }
}

impl Drawable<Drawing> for Words {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        at: I,
        drawing: &mut Drawing,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        for (x, y) in at.filter(|_| !self.text.is_empty()) {
            drawing.marks.push(Mark::Text { x: px(x), y: px(y), text: self.text.clone(), pen: self.pen });
        }
        Ok(())
    }
}

/// A perspective's mark of `size` px; an empty one means preliminary or too little data.
pub struct Symbol<C> {
    pub at: C,
    pub shape: Shape,
    pub size: f64,
    pub fill: Colour,
    pub stroke: Colour,
}

const EDGE: f64 = 1.5;

impl<'a, C> PointCollection<'a, C> for &'a Symbol<C> {
    type Point = &'a C;
    type IntoIter = std::iter::Once<&'a C>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.at)
    }
}

impl<C, D: DrawingBackend> Drawable<D> for Symbol<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(&self, at: I, backend: &mut D, _: (u32, u32)) -> Result<(), DrawingErrorKind<D::ErrorType>> {
        for at in at {
            fill_shape(backend, self, at, EDGE / 2.0, self.stroke)?;
            if self.fill != self.stroke {
                fill_shape(backend, self, at, -EDGE / 2.0, self.fill)?;
            }
        }
        Ok(())
    }
}

/// The shape with every side moved out by `by` px.
fn fill_shape<C, D: DrawingBackend>(
    backend: &mut D,
    symbol: &Symbol<C>,
    at: BackendCoord,
    by: f64,
    fill: Colour,
) -> Result<(), DrawingErrorKind<D::ErrorType>> {
    let r = symbol.size / 2.0;
    let corners = match symbol.shape {
        Shape::Circle => return backend.draw_circle(at, units(r + by).unsigned_abs(), &fill.to_backend_color(), true),
        Shape::Square => square(r + by),
        Shape::Triangle => triangle(r, by),
    };
    let corners = corners.iter().map(|&(x, y)| (at.0 + units(x), at.1 + units(y)));
    backend.fill_polygon(corners, &fill.to_backend_color())
}

fn square(r: f64) -> Vec<(f64, f64)> {
    vec![(-r, -r), (r, -r), (r, r), (-r, r)]
}

/// A little larger than the square, since a triangle of the same width looks smaller.
fn triangle(r: f64, by: f64) -> Vec<(f64, f64)> {
    // The sides keep their directions when it grows from the middle of its inner circle, whose radius this is.
    let inner = 0.7124 * r;
    let (middle, grown) = (r - inner, 1.0 + by / inner);
    let (half, base) = (1.2 * r * grown, middle + inner * grown);
    vec![(0.0, middle - (2.2 * r - inner) * grown), (half, base), (-half, base)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far `to` lies to the left of the line through `a` and `b`.
    fn aside(a: (f64, f64), b: (f64, f64), to: (f64, f64)) -> f64 {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        (dx * (to.1 - a.1) - dy * (to.0 - a.0)) / dx.hypot(dy)
    }

    #[test]
    fn an_edge_is_equally_thick_on_every_side() {
        for outline in [triangle as fn(f64, f64) -> Vec<(f64, f64)>, |r, by| square(r + by)] {
            let (own, grown) = (outline(3.5, 0.0), outline(3.5, 0.75));
            for i in 0..own.len() {
                let next = (i + 1) % own.len();
                let moved = [aside(own[i], own[next], grown[i]), aside(own[i], own[next], grown[next])];
                assert!(moved.iter().all(|by| (by + 0.75).abs() < 0.001), "side {i}: {moved:?}");
            }
        }
    }
}
