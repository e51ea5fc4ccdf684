//! A drawing as SVG text: real text in Inter, an accessible name, numbers with at most two decimals.

use super::drawing::{Anchor, Drawing, HALO, Mark, Pen};
use super::font::Weight;
use std::fmt::Write as _;

/// `alt` becomes the accessible name. No ground is drawn: the page shows through.
pub fn write(drawing: &Drawing, alt: &str) -> String {
    let (width, height) = (number(drawing.width), number(drawing.height));
    let mut svg = String::new();
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" overflow=\"visible\" aria-label=\"{}\" font-family=\"Inter, 'Inter Variable', sans-serif\">",
        escaped(alt)
    );
    for run in drawing.marks.chunk_by(same_stroke) {
        let _ = writeln!(svg, "{}", element(run));
    }
    svg.push_str("</svg>\n");
    svg
}

/// Whether both are strokes that one element can hold: the dashes of a line, the lines of a grid.
fn same_stroke(a: &Mark, b: &Mark) -> bool {
    match (a, b) {
        (Mark::Path { stroke, width, .. }, Mark::Path { stroke: other, width: as_wide, .. }) => stroke == other && width == as_wide,
        _ => false,
    }
}

fn element(run: &[Mark]) -> String {
    let Some(mark) = run.first() else { return String::new() };
    match mark {
        Mark::Area { points, fill } => format!("<polygon points=\"{}\" fill=\"{fill}\"/>", list(points)),
        Mark::Rect { x, y, width, height, fill } => {
            let (x, y, width, height) = (number(*x), number(*y), number(*width), number(*height));
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>")
        }
        Mark::Path { stroke, width, .. } => {
            let (pieces, width) = (run.iter().map(piece).collect::<String>(), number(*width));
            format!("<path d=\"{pieces}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"/>")
        }
        Mark::Circle { x, y, radius, fill } => {
            format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{fill}\"/>", number(*x), number(*y), number(*radius))
        }
        Mark::Text { x, y, text, pen } => letters((*x, *y), text, pen),
    }
}

fn piece(mark: &Mark) -> String {
    if let Mark::Path { points, .. } = mark { format!("M{}", list(points)) } else { String::new() }
}

fn letters((x, y): (f64, f64), text: &str, pen: &Pen) -> String {
    let anchor = match pen.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if pen.weight == Weight::SemiBold { " font-weight=\"600\"" } else { "" };
    let around = format!(" stroke-width=\"{}\" stroke-linejoin=\"round\" paint-order=\"stroke\"", number(2.0 * HALO));
    let halo = pen.halo.map(|paper| format!(" stroke=\"{paper}\"{around}")).unwrap_or_default();
    let (x, y, size, fill) = (number(x), number(y), number(pen.size), pen.fill);
    format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor} fill=\"{fill}\"{halo}>{}</text>", escaped(text))
}

fn list(points: &[(f64, f64)]) -> String {
    let pairs: Vec<String> = points.iter().map(|&(x, y)| format!("{},{}", number(x), number(y))).collect();
    pairs.join(" ")
}

/// At most two decimals, no trailing zeros, no `-0`.
fn number(value: f64) -> String {
    let hundredths = (value * 100.0).round() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    let text = format!("{sign}{whole}.{part:02}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_negative_zero() {
        for (value, text) in [(0.0, "0"), (-0.001, "0"), (12.0, "12"), (12.5, "12.5"), (-3.146, "-3.15"), (100.0, "100"), (0.05, "0.05")] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn text_cannot_break_out_of_its_element() {
        assert_eq!(escaped("a<b & \"c\""), "a&lt;b &amp; &quot;c&quot;");
    }
}
