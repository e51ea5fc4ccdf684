//! Each kind of chart with the practice municipality's figures: its SVG is kept as a reference file, its PNG is read back.

use super::*;
use crate::look::{Colour, Perspective};
use crate::picture::interval::{self, Level};
use std::path::PathBuf;

fn counted(label: &str, n: u64) -> Point {
    let interval = interval::count(n, Level::Usual);
    Point { label: label.into(), value: Some(n as f64), low: Some(interval.low), high: Some(interval.high), ..Point::default() }
}

fn damage() -> Line {
    let counts = [66, 61, 58, 60, 49, 47, 42, 40, 35, 31];
    let mut points: Vec<Point> = counts.iter().zip(2016..).map(|(&n, year)| counted(&year.to_string(), n)).collect();
    points[9].preliminary = true;
    Line {
        title: "Skadegörelse i Granliden".into(),
        perspective: Perspective::Police,
        unit: Unit::count("anmälda brott per år"),
        points,
        breaks: vec![Break { before: "2020".into(), reason: "ny brottskod 2020".into() }],
        connected: true,
    }
}

/// Everything that can go wrong with a series at once.
fn broken() -> Line {
    let counts = [14, 9, 0, 3, 12, 17, 8, 11, 24, 1210];
    let mut points: Vec<Point> = counts.iter().zip(2012..).map(|(&n, year)| counted(&year.to_string(), n)).collect();
    for i in [1, 2, 3, 6] {
        points[i].too_little = true;
    }
    for i in [4, 5] {
        points[i] = Point { label: points[i].label.clone(), missing: Some("ej insamlat".into()), ..Point::default() };
    }
    points[9] = counted("2021", 29);
    points[9].preliminary = true;
    let breaks = [("2015", "polisens omorganisation och bättre kommunkodning"), ("2018", "ny rapportmall"), ("2021", "ny brottskod för klotter")];
    let breaks = breaks.map(|(before, reason)| Break { before: before.into(), reason: reason.into() });
    Line {
        title: "Iakttagelser".into(),
        perspective: Perspective::Municipality,
        unit: Unit::count("iakttagelser"),
        points,
        breaks: breaks.to_vec(),
        connected: true,
    }
}

fn surveyed(label: &str, hits: u64, asked: u64) -> Point {
    let interval = interval::share(hits, asked, Level::Usual).unwrap().scaled(100.0);
    let value = hits as f64 / asked as f64 * 100.0;
    Point { label: label.into(), value: Some(value), low: Some(interval.low), high: Some(interval.high), ..Point::default() }
}

fn unease() -> Line {
    Line {
        title: "Otrygga vid stationen".into(),
        perspective: Perspective::Residents,
        unit: Unit::percent("andel otrygga"),
        points: vec![surveyed("2019", 40, 190), surveyed("2021", 51, 204), surveyed("2023", 60, 198), surveyed("2025", 81, 212)],
        breaks: vec![],
        connected: false,
    }
}

fn groups() -> Bars {
    let bar = |label: &str, hits: u64, n: u64| {
        let limits = interval::share(hits, n, Level::Usual).unwrap().scaled(100.0);
        let value = Some(hits as f64 / n as f64 * 100.0);
        Bar { label: label.into(), n: Some(n), value, low: Some(limits.low), high: Some(limits.high), ..Bar::default() }
    };
    let few = Bar { label: "Annan könsidentitet".into(), missing: Some("för få svar för att visas".into()), ..Bar::default() };
    let thin = Bar { too_little: true, ..bar("Kvinnor 65 år och äldre i ytterområden", 2, 9) };
    Bars {
        title: "Ser skadegörelse som ett problem".into(),
        perspective: Perspective::Residents,
        unit: Unit::percent("andel som svarar ja"),
        bars: vec![bar("Flickor 16–19", 7, 38), bar("Pojkar 16–19", 5, 41), bar("Kvinnor 20–64", 9, 72), bar("Män 20–64", 0, 61), thin, few],
        reference: Some(Reference { label: "alla".into(), value: 12.0 }),
    }
}

fn week() -> Heat {
    let cells = [[0, 1, 1, 0, 0], [0, 0, 1, 0, 0], [1, 1, 2, 0, 0], [0, 1, 2, 1, 0], [0, 1, 4, 6, 2], [0, 1, 3, 5, 3], [0, 1, 1, 1, 0]];
    let mut cells: Vec<Vec<Option<u64>>> = cells.iter().map(|row| row.iter().map(|&n| Some(n)).collect()).collect();
    cells[6][4] = None;
    Heat {
        title: "När fältgruppen ser skadegörelse".into(),
        perspective: Perspective::Municipality,
        unit: "rapporter".into(),
        columns: ["06–12", "12–18", "18–22", "22–02", "02–06"].map(str::to_owned).to_vec(),
        rows: ["mån", "tis", "ons", "tor", "fre", "lör", "sön"].map(str::to_owned).to_vec(),
        cells,
    }
}

fn spark(perspective: Perspective, values: &[f64], connected: bool) -> Spark {
    let values = values.iter().map(|&v| Some(v)).collect();
    Spark { perspective, values, breaks: vec![4], connected, empty: false, alt: "Utveckling 2016–2025".into() }
}

fn likes() -> Band {
    let row = |label: &str, n: u64, population: u64, quartiles: (f64, f64, f64), range: (f64, f64)| {
        let (value, limits) = interval::rate(n, population, 1000.0, Level::Usual).unwrap();
        let (value, low, high) = (Some(value), Some(limits.low), Some(limits.high));
        BandRow { label: label.into(), count: Some(n), value, low, high, quartiles, range, too_little: n < 10 }
    };
    Band {
        title: "Skadegörelse".into(),
        perspective: Perspective::Police,
        unit: Unit::rate("per 1 000 invånare", 1),
        others: "12 liknande kommuner".into(),
        rows: vec![
            row("Skadegörelse totalt", 31, 4120, (6.0, 9.4, 10.6), (2.0, 16.0)),
            row("därav klotter", 9, 4120, (1.4, 3.0, 3.8), (0.4, 6.0)),
            row("mot motorfordon", 11, 4120, (0.8, 1.5, 2.0), (0.2, 3.0)),
            row("brand", 2, 4120, (0.2, 0.5, 0.8), (0.0, 1.4)),
        ],
    }
}

fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("line", damage().draw(Theme::Light)),
        ("line-dark", damage().draw(Theme::Dark)),
        ("line-broken", broken().draw(Theme::Light)),
        ("line-survey", unease().draw(Theme::Print)),
        ("bars", groups().draw(Theme::Light)),
        ("heat", week().draw(Theme::Light)),
        ("heat-dark", week().draw(Theme::Dark)),
        ("band", likes().draw(Theme::Light)),
        ("spark-police", spark(Perspective::Police, &[12.0, 11.0, 10.5, 10.8, 9.4, 9.0, 8.0, 7.5, 6.0, 5.0], true).draw(Theme::Light)),
        ("spark-residents", spark(Perspective::Residents, &[21.0, 25.0, 30.0, 38.0], false).draw(Theme::Light)),
        ("spark-municipality", spark(Perspective::Municipality, &[2.0, 3.0, 2.0, 5.0], true).draw(Theme::Dark)),
    ]
}

/// `WRITE_CHARTS=1` writes the references anew; with `CHARTS_PNG=<folder>` the pictures are written there to be looked at.
#[test]
fn every_chart_is_drawn_as_its_reference() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/chart/reference");
    for (name, chart) in all() {
        let path = folder.join(format!("{name}.svg"));
        if std::env::var_os("WRITE_CHARTS").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &chart.svg).unwrap();
        }
        if let Some(out) = std::env::var_os("CHARTS_PNG") {
            std::fs::write(PathBuf::from(out).join(format!("{name}.png")), chart.png().unwrap()).unwrap();
        }
        let reference = std::fs::read_to_string(&path).unwrap();
        assert!(chart.svg == reference, "{name} differs from {}; look at it, then write it anew with WRITE_CHARTS=1", path.display());
    }
}
