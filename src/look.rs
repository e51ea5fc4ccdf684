//! The design tokens, written once: screens (through the generated `ui/src/tokens.css`), charts and documents all read them here.

pub use crate::perspective::Perspective;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

impl Colour {
    /// This colour laid over `ground` at `part` of 255, as an opaque colour: pale bands need no transparency, which paper and Word lack.
    pub fn over(self, ground: Self, part: u8) -> Self {
        let mix = |a: u8, b: u8| ((u32::from(a) * u32::from(part) + u32::from(b) * (255 - u32::from(part)) + 127) / 255) as u8;
        Self(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }

    /// WCAG 2.2 contrast ratio, 1–21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// Where something is shown: on screen, on the dark projector, or on white paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    Light,
    Dark,
    Print,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    Circle,
    Square,
    Triangle,
}

impl Shape {
    pub fn of(who: Perspective) -> Self {
        match who {
            Perspective::Municipality | Perspective::Reference => Self::Circle,
            Perspective::Police => Self::Square,
            Perspective::Residents => Self::Triangle,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    pub paper: Colour,
    pub surface: Colour,
    pub rail: Colour,
    pub ink: Colour,
    pub ink_2: Colour,
    pub line: Colour,
    pub line_strong: Colour,
    pub highlight: Colour,
    pub municipality: Colour,
    pub police: Colour,
    pub residents: Colour,
}

pub const LIGHT: Palette = Palette {
    paper: Colour(0xFB, 0xFA, 0xF7),
    surface: Colour(0xFF, 0xFF, 0xFF),
    rail: Colour(0xF3, 0xF1, 0xEB),
    ink: Colour(0x1B, 0x1F, 0x24),
    ink_2: Colour(0x4A, 0x51, 0x59),
    line: Colour(0xDE, 0xDB, 0xD3),
    line_strong: Colour(0x1B, 0x1F, 0x24),
    highlight: Colour(0xFF, 0xF8, 0xDC),
    municipality: Colour(0x00, 0x60, 0x49),
    police: Colour(0x0A, 0x54, 0x89),
    residents: Colour(0x93, 0x37, 0x08),
};

pub const DARK: Palette = Palette {
    paper: Colour(0x12, 0x15, 0x1A),
    surface: Colour(0x1A, 0x1E, 0x25),
    rail: Colour(0x0D, 0x10, 0x14),
    ink: Colour(0xF4, 0xF2, 0xEC),
    ink_2: Colour(0xC3, 0xC0, 0xB8),
    line: Colour(0x34, 0x3A, 0x44),
    line_strong: Colour(0xF4, 0xF2, 0xEC),
    highlight: Colour(0x2B, 0x28, 0x10),
    municipality: Colour(0x63, 0xCD, 0xAA),
    police: Colour(0x86, 0xBF, 0xEB),
    residents: Colour(0xF2, 0xA8, 0x76),
};

impl Theme {
    pub fn palette(self) -> Palette {
        match self {
            Self::Light => LIGHT,
            Self::Dark => DARK,
            Self::Print => Palette { paper: LIGHT.surface, ..LIGHT },
        }
    }
}

impl Palette {
    /// The colours by the names that documents use: `ink`, `second`, `line`, `paper`, `highlight` and one per perspective.
    pub fn of_documents(&self) -> [(&'static str, Colour); 8] {
        let [municipality, police, residents] = Perspective::ALL.map(|who| (who.code(), self.perspective(who)));
        let own = [("ink", self.ink), ("second", self.ink_2), ("line", self.line), ("paper", self.paper), ("highlight", self.highlight)];
        let [ink, second, line, paper, highlight] = own;
        [ink, second, line, paper, highlight, municipality, police, residents]
    }

    pub fn perspective(&self, who: Perspective) -> Colour {
        match who {
            Perspective::Municipality => self.municipality,
            Perspective::Police => self.police,
            Perspective::Residents => self.residents,
            Perspective::Reference => self.ink_2,
        }
    }

    /// Every colour with its name in CSS.
    pub fn named(&self) -> [(&'static str, Colour); 11] {
        [
            ("paper", self.paper),
            ("surface", self.surface),
            ("rail", self.rail),
            ("ink", self.ink),
            ("ink-2", self.ink_2),
            ("line", self.line),
            ("line-strong", self.line_strong),
            ("highlight", self.highlight),
            ("kommun", self.municipality),
            ("polis", self.police),
            ("invanare", self.residents),
        ]
    }
}

/// Family names as they are embedded.
pub const SANS: &str = "Inter";
pub const SERIF: &str = "Source Serif 4";

/// Type sizes in px, by name.
pub const SIZES: [(&str, f64); 6] =
    [("size-small", 13.0), ("size", 15.0), ("size-lead", 17.0), ("size-heading", 19.0), ("size-title", 25.0), ("size-page", 28.0)];
pub const LINE_HEIGHT: f64 = 1.4;
pub const RADIUS: f64 = 6.0;
/// Spacing goes in steps of this many px; `--space-1` … `--space-12`.
pub const STEP: f64 = 4.0;
/// Projector sizes in parts of its height (vh): nothing is smaller than the last.
pub const ROOM_SIZES: [(&str, f64); 3] = [("room-title", 6.0), ("room-body", 4.5), ("room-small", 3.8)];

/// The whole of `ui/src/tokens.css`.
pub fn tokens_css() -> String {
    let mut css = String::from("/* Generated from src/look.rs; change it there. */\n:root {\n  color-scheme: light;\n");
    colours(&mut css, &LIGHT);
    for (name, value) in [("font-sans", SANS), ("font-serif", SERIF)] {
        let fallback = if name == "font-sans" { "system-ui, sans-serif" } else { "Georgia, serif" };
        let _ = writeln!(css, "  --{name}: '{value} Variable', '{value}', {fallback};");
    }
    for (name, size) in SIZES {
        let _ = writeln!(css, "  --{name}: {}rem;", size / 16.0);
    }
    for (name, size) in ROOM_SIZES {
        let _ = writeln!(css, "  --{name}: {size}vh;");
    }
    for (name, who) in ["kommun", "polis", "invanare"].into_iter().zip(Perspective::ALL) {
        let _ = writeln!(css, "  --mark-{name}: '{}';\n  --word-{name}: '{}';", who.mark(), who.word());
    }
    let _ = writeln!(css, "  --line-height: {LINE_HEIGHT};\n  --radius: {RADIUS}px;");
    for step in 1..=12 {
        let _ = writeln!(css, "  --space-{step}: {}px;", STEP * f64::from(step));
    }
    css.push_str("}\n\n[data-theme='dark'] {\n  color-scheme: dark;\n");
    colours(&mut css, &DARK);
    css.push_str("}\n");
    css
}

fn colours(css: &mut String, palette: &Palette) {
    for (name, colour) in palette.named() {
        let _ = writeln!(css, "  --{name}: {colour};");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Print];

    #[test]
    fn the_generated_tokens_are_the_committed_ones() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/tokens.css");
        if std::env::var_os("WRITE_TOKENS").is_some() {
            std::fs::write(path, tokens_css()).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap();
        assert_eq!(committed, tokens_css(), "run this test with WRITE_TOKENS=1 to write the file anew");
    }

    /// WCAG's own anchors: black on white is 21, a colour on itself 1, #767676 on white is the known 4.54.
    #[test]
    fn contrast_is_measured_as_wcag_does() {
        let white = Colour(255, 255, 255);
        assert!((Colour(0, 0, 0).contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        assert!((Colour(0x76, 0x76, 0x76).contrast(white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_text_colour_has_contrast_seven_on_every_ground() {
        for theme in THEMES {
            let p = theme.palette();
            for (ground_name, ground) in [("paper", p.paper), ("surface", p.surface), ("rail", p.rail), ("highlight", p.highlight)] {
                for (name, text) in [("ink", p.ink), ("ink-2", p.ink_2)] {
                    let ratio = text.contrast(ground);
                    assert!(ratio >= 7.0, "{theme:?}: {name} on {ground_name} is {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn perspective_words_have_contrast_seven_where_they_stand() {
        for theme in THEMES {
            let p = theme.palette();
            for who in Perspective::ALL {
                for ground in [p.paper, p.surface] {
                    let ratio = p.perspective(who).contrast(ground);
                    assert!(ratio >= 7.0, "{theme:?}: {} is {ratio:.2}", who.word());
                }
            }
        }
    }

    #[test]
    fn mixing_is_exact_at_its_ends() {
        let (a, b) = (Colour(10, 20, 30), Colour(200, 210, 220));
        assert_eq!((a.over(b, 255), a.over(b, 0)), (a, b));
    }
}
