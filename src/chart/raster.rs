//! A drawing as pixels, for documents that take no SVG. Every mark is filled by its exact area per pixel, so edges and letters are smooth.

use super::drawing::{Drawing, HALO, Mark, Pen};
use super::font;
use crate::error::{Error, Result};
use crate::look::Colour;
use ab_glyph::{OutlineCurve, Point, point};
use ab_glyph_rasterizer::Rasterizer;

/// RGB, row by row from the top.
pub struct Image {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

type Corner = (f64, f64);

/// Where copies of the letters are laid to make a halo.
const AROUND: [Corner; 8] = [(1.0, 0.0), (0.7, 0.7), (0.0, 1.0), (-0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (0.0, -1.0), (0.7, -0.7)];

/// Nothing we draw is larger; a spec with broken numbers must not ask for more memory than there is.
const LARGEST: f64 = 20_000.0;

/// Draws on the drawing's paper colour, `scale` pixels per px.
pub fn draw(drawing: &Drawing, scale: u32) -> Result<Image> {
    let scale = f64::from(scale);
    let mut canvas = Canvas::new(drawing, scale);
    for mark in &drawing.marks {
        canvas.mark(mark)?;
    }
    Ok(canvas.image)
}

struct Canvas {
    image: Image,
    scale: f64,
}

impl Canvas {
    fn new(drawing: &Drawing, scale: f64) -> Self {
        let side = |length: f64| (length * scale).clamp(1.0, LARGEST).ceil() as usize;
        let (width, height) = (side(drawing.width), side(drawing.height));
        let Colour(r, g, b) = drawing.colours.paper;
        Self { image: Image { width, height, pixels: [r, g, b].repeat(width * height) }, scale }
    }

    fn mark(&mut self, mark: &Mark) -> Result<()> {
        match mark {
            Mark::Area { points, fill } => self.fill(&closed(&self.scaled(points)), *fill),
            Mark::Rect { x, y, width, height, fill } => {
                let (right, bottom) = (x + width, y + height);
                self.fill(&closed(&self.scaled(&[(*x, *y), (right, *y), (right, bottom), (*x, bottom)])), *fill);
            }
            Mark::Path { points, stroke, width } => self.fill(&stroked(&self.scaled(points), width * self.scale / 2.0), *stroke),
            Mark::Circle { x, y, radius, fill } => self.fill(&disc((x * self.scale, y * self.scale), radius * self.scale), *fill),
            Mark::Text { x, y, text, pen } => return self.text((*x, *y), text, *pen),
        }
        Ok(())
    }

    fn text(&mut self, (x, y): Corner, text: &str, pen: Pen) -> Result<()> {
        let start = x - pen.before(text);
        let letters = |(dx, dy): Corner| {
            let at = ((start + dx) * self.scale, (y + dy) * self.scale);
            font::outlines(text, pen.size * self.scale, pen.weight, at)
                .ok_or_else(|| Error::internal("rita ett diagram", "an embedded font cannot be read"))
        };
        let around = pen.halo.iter().flat_map(|_| AROUND).map(|(dx, dy)| letters((dx * HALO, dy * HALO))).collect::<Result<Vec<_>>>()?;
        let written = letters((0.0, 0.0))?;
        for shifted in around {
            self.fill(&shifted, pen.halo.unwrap_or(pen.fill));
        }
        self.fill(&written, pen.fill);
        Ok(())
    }

    fn scaled(&self, points: &[Corner]) -> Vec<Corner> {
        points.iter().map(|&(x, y)| (x * self.scale, y * self.scale)).collect()
    }

    fn fill(&mut self, curves: &[OutlineCurve], colour: Colour) {
        let Some(((left, top), (width, height))) = extent(curves) else { return };
        let mut rasterizer = Rasterizer::new(width, height);
        let at = |p: Point| point(p.x - left, p.y - top);
        for curve in curves {
            match *curve {
                OutlineCurve::Line(a, b) => rasterizer.draw_line(at(a), at(b)),
                OutlineCurve::Quad(a, b, c) => rasterizer.draw_quad(at(a), at(b), at(c)),
                OutlineCurve::Cubic(a, b, c, d) => rasterizer.draw_cubic(at(a), at(b), at(c), at(d)),
            }
        }
        let (left, top) = (left as i64, top as i64);
        rasterizer.for_each_pixel_2d(|x, y, covered| self.blend(left + i64::from(x), top + i64::from(y), covered, colour));
    }

    fn blend(&mut self, x: i64, y: i64, covered: f32, colour: Colour) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x >= self.image.width || y >= self.image.height {
            return;
        }
        let part = (covered.min(1.0) * 255.0 + 0.5) as u8;
        let at = 3 * (y * self.image.width + x);
        let [r, g, b] = [0, 1, 2].map(|i| self.image.pixels[at + i]);
        let Colour(r, g, b) = colour.over(Colour(r, g, b), part);
        self.image.pixels[at..at + 3].copy_from_slice(&[r, g, b]);
    }
}

/// The pixel box that holds all curves: its corner and its size. `None` if there are none or they are beyond reason.
fn extent(curves: &[OutlineCurve]) -> Option<((f32, f32), (usize, usize))> {
    let points = || {
        curves.iter().flat_map(|curve| match *curve {
            OutlineCurve::Line(a, b) => vec![a, b],
            OutlineCurve::Quad(a, b, c) => vec![a, b, c],
            OutlineCurve::Cubic(a, b, c, d) => vec![a, b, c, d],
        })
    };
    let left = points().map(|p| p.x).reduce(f32::min)?.floor();
    let top = points().map(|p| p.y).reduce(f32::min)?.floor();
    let width = points().map(|p| p.x).reduce(f32::max)?.ceil() - left + 1.0;
    let height = points().map(|p| p.y).reduce(f32::max)?.ceil() - top + 1.0;
    let reasonable = points().all(|p| p.x.is_finite() && p.y.is_finite()) && f64::from(width.max(height)) <= LARGEST;
    reasonable.then_some(((left, top), (width as usize, height as usize)))
}

/// A polygon as curves, turned so that overlapping pieces add up instead of cancelling.
fn closed(points: &[Corner]) -> Vec<OutlineCurve> {
    let mut points: Vec<Corner> = points.to_vec();
    let area: f64 = edges(&points).map(|((ax, ay), (bx, by))| ax * by - bx * ay).sum();
    if area < 0.0 {
        points.reverse();
    }
    edges(&points).map(|(a, b)| OutlineCurve::Line(spot(a), spot(b))).collect()
}

fn edges(points: &[Corner]) -> impl Iterator<Item = (Corner, Corner)> + '_ {
    points.iter().zip(points.iter().cycle().skip(1)).map(|(&a, &b)| (a, b))
}

fn spot((x, y): Corner) -> Point {
    point(x as f32, y as f32)
}

/// A line of `2 · half` px: one rectangle per piece and a disc at each joint.
fn stroked(points: &[Corner], half: f64) -> Vec<OutlineCurve> {
    let mut curves = Vec::new();
    for pair in points.windows(2) {
        let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
        let length = ((bx - ax) * (bx - ax) + (by - ay) * (by - ay)).sqrt();
        if length > 0.0 {
            let (nx, ny) = ((by - ay) / length * half, (ax - bx) / length * half);
            curves.extend(closed(&[(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)]));
        }
    }
    let joints = points.iter().skip(1).take(points.len().saturating_sub(2));
    curves.extend(joints.flat_map(|&joint| disc(joint, half)));
    curves
}

/// Four Bézier arcs; off a true circle by 0.03 % at most.
fn disc((x, y): Corner, radius: f64) -> Vec<OutlineCurve> {
    let (r, k) = (radius, radius * 0.552_284_749_8);
    let at = |dx: f64, dy: f64| spot((x + dx, y + dy));
    vec![
        OutlineCurve::Cubic(at(r, 0.0), at(r, k), at(k, r), at(0.0, r)),
        OutlineCurve::Cubic(at(0.0, r), at(-k, r), at(-r, k), at(-r, 0.0)),
        OutlineCurve::Cubic(at(-r, 0.0), at(-r, -k), at(-k, -r), at(0.0, -r)),
        OutlineCurve::Cubic(at(0.0, -r), at(k, -r), at(r, -k), at(r, 0.0)),
    ]
}
