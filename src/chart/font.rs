//! The two embedded cuts of Inter: widths for the layout and outlines for the PNG.

use ab_glyph::{Font, FontRef, OutlineCurve, Point, point};
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    SemiBold,
}

static REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
static SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");

struct Face {
    font: FontRef<'static>,
    units_per_em: f64,
}

static FACES: LazyLock<[Option<Face>; 2]> = LazyLock::new(|| [face(REGULAR), face(SEMI_BOLD)]);

fn face(bytes: &'static [u8]) -> Option<Face> {
    let font = FontRef::try_from_slice(bytes).ok()?;
    let units_per_em = f64::from(font.units_per_em()?);
    Some(Face { font, units_per_em })
}

fn loaded(weight: Weight) -> Option<&'static Face> {
    FACES[weight as usize].as_ref()
}

/// The advance width in px of `text` set at `size` px. Half an em per character if the font cannot be read, which a test rules out.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    match loaded(weight) {
        Some(face) => {
            let units: f64 = text.chars().map(|c| f64::from(face.font.h_advance_unscaled(face.font.glyph_id(c)))).sum();
            units * size / face.units_per_em
        }
        None => text.chars().count() as f64 * size / 2.0,
    }
}

/// The outlines of `text` in px, from the baseline point `(x, y)`, y downwards. `None` if the font cannot be read.
pub fn outlines(text: &str, size: f64, weight: Weight, (mut x, y): (f64, f64)) -> Option<Vec<OutlineCurve>> {
    let face = loaded(weight)?;
    let scale = size / face.units_per_em;
    let mut curves = Vec::new();
    for c in text.chars() {
        let glyph = face.font.glyph_id(c);
        let at = |p: Point| point((x + f64::from(p.x) * scale) as f32, (y - f64::from(p.y) * scale) as f32);
        let outline = face.font.outline(glyph).map(|o| o.curves).unwrap_or_default();
        curves.extend(outline.iter().map(|curve| moved(curve, at)));
        x += f64::from(face.font.h_advance_unscaled(glyph)) * scale;
    }
    Some(curves)
}

fn moved(curve: &OutlineCurve, at: impl Fn(Point) -> Point) -> OutlineCurve {
    match *curve {
        OutlineCurve::Line(a, b) => OutlineCurve::Line(at(a), at(b)),
        OutlineCurve::Quad(a, b, c) => OutlineCurve::Quad(at(a), at(b), at(c)),
        OutlineCurve::Cubic(a, b, c, d) => OutlineCurve::Cubic(at(a), at(b), at(c), at(d)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_a_chart_may_write_is_in_both_cuts() {
        for weight in [Weight::Regular, Weight::SemiBold] {
            let face = loaded(weight).unwrap();
            for c in "aåäöÅÄÖéü0123456789 \u{A0}−–,.%()”’·↗↘→●■▲×".chars() {
                assert_ne!(face.font.glyph_id(c).0, 0, "{c} is missing in {weight:?}");
            }
        }
    }

    /// Inter's own advances: a regular zero is 1264 of 2048 units or as the shipped cut says; what matters is that it scales.
    #[test]
    fn widths_scale_with_size_and_weight() {
        let (small, large) = (width("31 (21–44)", 13.0, Weight::Regular), width("31 (21–44)", 26.0, Weight::Regular));
        assert!((large - 2.0 * small).abs() < 1e-9 && small > 50.0 && small < 80.0, "{small}");
        assert!(width("Skadegörelse", 13.0, Weight::SemiBold) > width("Skadegörelse", 13.0, Weight::Regular));
    }
}
