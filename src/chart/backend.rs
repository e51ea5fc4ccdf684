//! Our end of plotters: a backend that records what is drawn as marks. Its "pixels" are hundredths of a px, because whole ones would
//! shift lines and letters visibly.

use super::drawing::{Anchor, Drawing, Mark, Pen};
use super::font::Weight;
use crate::look::Colour;
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, TextStyle};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, rasterizer};
use std::convert::Infallible;

const PER_PX: f64 = 100.0;

/// Where the baseline lies under the top and under the middle of a line of text, in parts of its size: figures then stand level with
/// their grid line.
const TOP: f64 = 12.0 / 13.0;
const MIDDLE: f64 = 4.5 / 13.0;

/// A length in px as plotters wants it.
pub fn units(px: f64) -> i32 {
    (px * PER_PX).round() as i32
}

pub fn px(units: i32) -> f64 {
    f64::from(units) / PER_PX
}

fn spot((x, y): BackendCoord) -> (f64, f64) {
    (px(x), px(y))
}

impl Color for Colour {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (self.0, self.1, self.2) }
    }
}

impl Pen {
    /// The same for plotters' own labels, which know no halo.
    pub fn style(self) -> TextStyle<'static> {
        let weight = if self.weight == Weight::SemiBold { FontStyle::Bold } else { FontStyle::Normal };
        FontDesc::new(FontFamily::Name("Inter"), self.size, weight).color(&self.fill)
    }
}

type Recorded = Result<(), DrawingErrorKind<Infallible>>;

impl Drawing {
    /// Marks are opaque: what shines through is only ever the paper.
    fn opaque(&self, BackendColor { alpha, rgb: (r, g, b) }: BackendColor) -> Colour {
        Colour(r, g, b).over(self.colours.paper, (alpha * 255.0).round() as u8)
    }

    fn pen(&self, style: &impl BackendTextStyle) -> Pen {
        let weight = if matches!(style.style(), FontStyle::Bold) { Weight::SemiBold } else { Weight::Regular };
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        Pen { size: style.size(), weight, anchor, fill: self.opaque(style.color()), halo: None }
    }
}

impl DrawingBackend for Drawing {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (units(self.width).unsigned_abs(), units(self.height).unsigned_abs())
    }

    fn ensure_prepared(&mut self) -> Recorded {
        Ok(())
    }

    fn present(&mut self) -> Recorded {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Recorded {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Recorded {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Recorded {
        if !fill {
            return rasterizer::draw_rect(self, from, to, style, false);
        }
        let ((x, y), (right, bottom)) = (spot(from), spot(to));
        if right > x && bottom > y {
            self.marks.push(Mark::Rect { x, y, width: right - x, height: bottom - y, fill: self.opaque(style.color()) });
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Recorded {
        let points: Vec<(f64, f64)> = path.into_iter().map(spot).collect();
        if points.len() > 1 && style.color().alpha > 0.0 {
            self.marks.push(Mark::Path { points, stroke: self.opaque(style.color()), width: f64::from(style.stroke_width()) / PER_PX });
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Recorded {
        if !fill {
            return rasterizer::draw_circle(self, centre, radius, style, false);
        }
        let (x, y) = spot(centre);
        self.marks.push(Mark::Circle { x, y, radius: f64::from(radius) / PER_PX, fill: self.opaque(style.color()) });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Recorded {
        self.marks.push(Mark::Area { points: corners.into_iter().map(spot).collect(), fill: self.opaque(style.color()) });
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Recorded {
        let (x, y) = spot(at);
        let under = match style.anchor().v_pos {
            VPos::Top => TOP * style.size(),
            VPos::Center => MIDDLE * style.size(),
            VPos::Bottom => 0.0,
        };
        self.marks.push(Mark::Text { x, y: y + under, text: text.to_owned(), pen: self.pen(style) });
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(&self, text: &str, style: &T) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let pen = self.pen(style);
        Ok((units(pen.width(text)).unsigned_abs(), units(pen.size).unsigned_abs()))
    }
}
