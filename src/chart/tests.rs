//! Each kind of chart with the practice municipality's figures: its SVG is kept as a reference file, its PNG is read back.

use super::*;
use crate::look::Perspective;
use crate::picture::statistics::interval::{self, Level};
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
        title: "Skadegörelse i Prästvik".into(),
        perspective: Perspective::Police,
        unit: Unit::count("anmälda brott per år"),
        points,
        breaks: vec![Break { before: "2020".into(), reason: "ny brottskod 2020".into() }],
        connected: true,
        behind: vec![],
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
    let breaks =
        [("2015", "polisens omorganisation och bättre kommunkodning"), ("2018", "ny rapportmall"), ("2021", "ny brottskod för klotter")];
    let breaks = breaks.map(|(before, reason)| Break { before: before.into(), reason: reason.into() });
    Line {
        title: "Iakttagelser".into(),
        perspective: Perspective::Municipality,
        unit: Unit::count("iakttagelser"),
        points,
        breaks: breaks.to_vec(),
        connected: true,
        behind: vec![],
    }
}

/// Three years pooled into a yearly mean, the single years behind.
fn pooled() -> Line {
    let single = [5u64, 9, 4, 11, 8, 14, 10, 17, 12];
    let points = single.windows(3).zip(2018..).map(|(three, year)| {
        let sum = three.iter().sum();
        let limits = interval::count(sum, Level::Usual).scaled(1.0 / 3.0);
        let value = Some(sum as f64 / 3.0);
        Point { label: format!("{year}–{}", year + 2), value, low: Some(limits.low), high: Some(limits.high), ..Point::default() }
    });
    Line {
        title: "Våld i offentlig miljö".into(),
        perspective: Perspective::Police,
        unit: Unit::rate("anmälda brott per år, medel av tre år", 1),
        points: points.collect(),
        breaks: vec![],
        behind: single[1..8].iter().map(|&n| Some(n as f64)).collect(),
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
        behind: vec![],
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
        bars: vec![
            bar("Flickor 16–19", 7, 38),
            bar("Pojkar 16–19", 5, 41),
            bar("Kvinnor 20–64", 9, 72),
            bar("Män 20–64", 0, 61),
            thin,
            few,
        ],
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

fn funnel() -> Funnel {
    let rate = 0.0081;
    let limit = |population: f64| {
        let of = |level| crate::picture::statistics::funnel::limits(rate, population as u64, level);
        let rates = |level| (of(level).least as f64 / population * 1000.0, of(level).most as f64 / population * 1000.0);
        FunnelLimit { population, usual: rates(Level::Usual), alarm: rates(Level::Alarm) }
    };
    let dot = |label: &str, count: u64, population: f64| FunnelDot {
        label: label.into(),
        count,
        population,
        value: count as f64 / population * 1000.0,
    };
    let dots = [(31, 4_400.0), (52, 5_900.0), (29, 3_100.0), (70, 7_700.0), (66, 9_300.0), (92, 11_200.0), (35, 6_600.0), (58, 8_100.0)];
    Funnel {
        title: "Skadegörelse 2025".into(),
        perspective: Perspective::Police,
        unit: Unit::rate("anmälda brott per 1 000 invånare", 1),
        others: "8 liknande kommuner".into(),
        rate: rate * 1000.0,
        limits: (2..=12).map(|thousands| limit(f64::from(thousands) * 1_000.0)).collect(),
        dots: dots.iter().enumerate().map(|(i, (n, people))| dot(&format!("Kommun {}", i + 1), *n, *people)).collect(),
        own: Some((dot("Prästvik", 61, 4_120.0), limit(4_120.0))),
    }
}

fn spine() -> Spine {
    let row = |label: &str, who: Perspective, value: f64, (low, high): (f64, f64), reference: f64, quartiles: (f64, f64)| SpineRow {
        label: label.into(),
        perspective: who,
        unit: if who == Perspective::Residents { Unit::percent("andel") } else { Unit::rate("per 1 000 invånare", 1) },
        value: Some(value),
        low: Some(low),
        high: Some(high),
        reference,
        quartiles: Some(quartiles),
        range: Some((quartiles.0 * 0.6, quartiles.1 * 1.5)),
        too_little: false,
    };
    let mut rows = vec![
        row("Skadegörelse", Perspective::Police, 7.5, (5.1, 10.7), 9.4, (6.0, 10.6)),
        row("Otrygga utomhus sen kväll", Perspective::Residents, 38.0, (32.0, 45.0), 27.0, (22.0, 31.0)),
        row("Narkotikabrott", Perspective::Police, 3.1, (1.7, 5.3), 9.8, (6.2, 12.0)),
        row("Våld i offentlig miljö mot personer under 18 år", Perspective::Police, 0.5, (0.1, 1.4), 0.9, (0.4, 1.3)),
    ];
    rows[3].too_little = true;
    rows.push(SpineRow { label: "Elever som trivs".into(), value: None, low: None, high: None, ..rows[1].clone() });
    Spine { title: "Prästvik 2025".into(), reference: "hela landet".into(), rows }
}

fn waits() -> Waits {
    let waits =
        [("2019-03-02", 211), ("2020-01-15", 319), ("2020-02-01", 17), ("2021-06-20", 505), ("2022-11-11", 509), ("2023-01-04", 54)];
    Waits {
        title: "Personrån i Prästvik".into(),
        perspective: Perspective::Police,
        events: "anmälda personrån".into(),
        waits: waits.iter().map(|(until, days)| Wait { until: (*until).into(), days: *days }).collect(),
        since: 1_056,
        today: "2025-11-25".into(),
        median: Some(265.0),
        longest: Some(509),
    }
}

fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("funnel", funnel().draw(Theme::Light)),
        ("funnel-dark", funnel().draw(Theme::Dark)),
        ("spine", spine().draw(Theme::Light)),
        ("spine-print", spine().draw(Theme::Print)),
        ("waits", waits().draw(Theme::Light)),
        ("line", damage().draw(Theme::Light)),
        ("line-dark", damage().draw(Theme::Dark)),
        ("line-broken", broken().draw(Theme::Light)),
        ("line-survey", unease().draw(Theme::Print)),
        ("line-pooled", pooled().draw(Theme::Light)),
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

#[test]
fn an_svg_is_one_accessible_picture_in_inter() {
    for (name, chart) in all() {
        assert!(chart.svg.contains("role=\"img\"") && chart.svg.contains("aria-label=\"") && !chart.alt.is_empty(), "{name}");
        assert!(chart.svg.contains("font-family=\"Inter, "), "{name}");
        assert!(!chart.svg.contains("NaN") && !chart.svg.contains("inf\""), "{name}");
        let mut reader = quick_xml::Reader::from_str(&chart.svg);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{name} is no XML: {error}"),
            }
        }
    }
}

/// Every piece of text ends inside the picture, so that nothing is cut in a document.
#[test]
fn no_text_leaves_its_chart() {
    for (name, chart) in all() {
        for mark in &chart.drawing.marks {
            let drawing::Mark::Text { x, y, text, pen } = mark else { continue };
            let (start, width, size) = (x - pen.before(text), pen.width(text), pen.size);
            assert!(start >= -0.5 && start + width <= chart.width + 0.5, "{name}: ”{text}” runs from {start} to {}", start + width);
            assert!(*y >= size * 0.7 && *y <= chart.height, "{name}: ”{text}” stands at {y}");
        }
    }
}

#[test]
fn a_chart_says_the_same_in_words_and_in_its_table() {
    let chart = damage().draw(Theme::Light);
    assert_eq!(
        chart.alt,
        "Linjediagram. Skadegörelse i Prästvik, anmälda brott per år: polis. 2016: 66, sannolikt mellan 51 och 84. \
         2025: 31, sannolikt mellan 21 och 44, preliminärt. Serien bryts före 2020: ny brottskod 2020."
    );
    assert_eq!(chart.caption, "■ Polis · band = 95\u{A0}% intervall · ofylld = preliminärt (p)");
    assert_eq!(chart.table.rows[4], ["2020", "49", "36–65", "ny brottskod 2020"]);
    assert_eq!(chart.table.rows[9], ["2025", "31", "21–44", "preliminärt"]);

    let chart = broken().draw(Theme::Light);
    assert!(chart.alt.contains("Värde saknas för 2016–2017: ej insamlat."), "{}", chart.alt);
    assert_eq!(chart.table.rows[4], ["2016", "", "", "ej insamlat"]);
    assert_eq!(chart.table.rows[2][1], "0", "a zero is a value");

    let chart = week().draw(Theme::Light);
    assert_eq!(chart.caption, "● Kommun · 39 rapporter · mörkare = fler");
    assert!(chart.alt.ends_with("Flest: fre 22–02 (6)."), "{}", chart.alt);
    assert_eq!(chart.table.rows[6], ["sön", "0", "1", "1", "1", "–"]);

    let chart = waits().draw(Theme::Light);
    assert!(chart.alt.ends_with("Längst tidigare: 509\u{A0}dagar. Så länge har det inte gått tidigare."), "{}", chart.alt);
    let chart = spine().draw(Theme::Light);
    assert!(chart.alt.contains("Narkotikabrott: 3,1, sannolikt mellan 1,7 och 5,3, jämfört 9,8; mindre än jämförelsen."), "{}", chart.alt);
    assert_eq!(chart.table.rows[0][5], "skiljer sig inte säkert");
    let chart = funnel().draw(Theme::Light);
    assert!(chart.alt.contains("Prästvik: 14,8; fler än slumpen förklarar."), "{}", chart.alt);

    let chart = likes().draw(Theme::Light);
    assert!(chart.alt.contains("brand: 0,5, sannolikt mellan 0,1 och 1,8; för litet underlag för att jämföras."), "{}", chart.alt);
}

#[test]
fn no_percentage_is_written_on_too_small_a_base() {
    let chart = groups().draw(Theme::Light);
    let row = chart.table.rows.iter().find(|r| r[1] == "9").unwrap();
    assert_eq!(row[2], "för litet underlag");
    assert!(!chart.svg.contains(">22\u{A0}%<") && !chart.alt.contains(": 22\u{A0}%"));
}

/// The line is in as many pieces as there are stretches without break or gap.
#[test]
fn no_line_is_drawn_across_a_break_or_a_gap() {
    let joins = |mark: &&drawing::Mark| matches!(mark, drawing::Mark::Path { width, .. } if *width == 2.0);
    let pieces = |line: &Line| line.draw(Theme::Light).drawing.marks.iter().filter(joins).count();
    assert_eq!(pieces(&damage()), 2);
    assert_eq!(pieces(&broken()), 2, "2012–2014 and 2018–2020; 2015 and 2021 stand alone");
    assert_eq!(pieces(&unease()), 0);
    assert_eq!(pieces(&Line { breaks: vec![], ..damage() }), 1);
}

#[test]
fn charts_without_anything_to_show_still_draw() {
    let line = Line { points: vec![], ..damage() };
    let gone = Point { label: "2024".into(), ..Point::default() };
    let odd =
        Point { label: "2025".into(), value: Some(f64::NAN), low: Some(f64::INFINITY), high: Some(f64::NEG_INFINITY), ..Point::default() };
    let specs = [
        Spec::Line(line.clone()),
        Spec::Line(Line { points: vec![gone.clone()], ..line.clone() }),
        Spec::Line(Line { points: vec![gone.clone(), gone, odd], ..line }),
        Spec::Bars(Bars { bars: vec![], ..groups() }),
        Spec::Bars(Bars { bars: vec![Bar::default()], reference: None, ..groups() }),
        Spec::Heat(Heat { cells: vec![], ..week() }),
        Spec::Heat(Heat { rows: vec![], columns: vec![], ..week() }),
        Spec::Band(Band { rows: vec![], ..likes() }),
        Spec::Spark(Spark { values: vec![], ..spark(Perspective::Police, &[], true) }),
        Spec::Funnel(Funnel { limits: vec![], dots: vec![], own: None, ..funnel() }),
        Spec::Spine(Spine { rows: vec![], ..spine() }),
        Spec::Waits(Waits { waits: vec![], median: None, longest: None, ..waits() }),
    ];
    for spec in specs {
        let chart = spec.draw(Theme::Print);
        assert!(chart.png().is_ok() && chart.svg.ends_with("</svg>\n"));
        assert!(!chart.svg.contains("kunde inte ritas"));
        let stored = serde_json::to_string(&spec);
        assert!(stored.is_ok());
    }
}

/// Positions are whole numbers on their way through plotters; nothing may overflow there.
#[test]
fn numbers_beyond_reason_neither_stop_nor_leave_a_chart() {
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 1e-300] {
        let (mut line, mut bars, mut band) = (damage(), groups(), likes());
        line.points[3] = Point { value: Some(odd), low: Some(-odd), high: Some(5.0), ..line.points[3].clone() };
        line.behind = vec![Some(odd)];
        bars.bars[0] = Bar { value: Some(odd), low: Some(-odd), high: Some(5.0), ..bars.bars[0].clone() };
        bars.reference = Some(Reference { label: "alla".into(), value: odd });
        band.rows[0] = BandRow { value: Some(odd), low: Some(-odd), range: (odd, odd), ..band.rows[0].clone() };
        let spark = spark(Perspective::Police, &[1.0, odd, 2.0], true);
        let (mut funnel, mut spine) = (funnel(), spine());
        funnel.dots[0].value = odd;
        funnel.dots[1].population = odd;
        funnel.limits[2].alarm = (odd, -odd);
        spine.rows[0] = SpineRow { value: Some(odd), low: Some(-odd), range: Some((odd, odd)), ..spine.rows[0].clone() };
        let specs = [Spec::Line(line), Spec::Bars(bars), Spec::Band(band), Spec::Spark(spark), Spec::Funnel(funnel), Spec::Spine(spine)];
        for spec in specs {
            let chart = spec.draw(Theme::Light);
            assert!(chart.png().is_ok() && !chart.svg.contains("kunde inte ritas"), "{odd} in {spec:?}");
            for mark in &chart.drawing.marks {
                if let drawing::Mark::Path { points, .. } | drawing::Mark::Area { points, .. } = mark {
                    let inside = |&(x, y): &(f64, f64)| (-1.0..=chart.width + 1.0).contains(&x) && (-1.0..=chart.height + 1.0).contains(&y);
                    assert!(points.iter().all(inside), "{odd}: {points:?}");
                }
            }
        }
    }
}

#[test]
fn a_spec_survives_being_stored() {
    for spec in [
        Spec::Line(broken()),
        Spec::Bars(groups()),
        Spec::Heat(week()),
        Spec::Band(likes()),
        Spec::Funnel(funnel()),
        Spec::Spine(spine()),
        Spec::Waits(waits()),
    ] {
        let again: Spec = serde_json::from_str(&serde_json::to_string(&spec).unwrap()).unwrap();
        assert_eq!(again, spec);
    }
}

/// Reads the PNG back with nothing of our own: chunk checksums, size, and the colours that must be there.
#[test]
fn a_png_is_twice_the_size_and_holds_the_colours() {
    let chart = damage().draw(Theme::Print);
    let png = chart.png().unwrap();
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    let (mut at, mut data, mut width) = (8, Vec::new(), 0);
    while at < png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
        let (kind, body) = (&png[at + 4..at + 8], &png[at + 8..at + 8 + length]);
        let mut crc = flate2::Crc::new();
        crc.update(&png[at + 4..at + 8 + length]);
        assert_eq!(crc.sum().to_be_bytes(), png[at + 8 + length..at + 12 + length]);
        match kind {
            b"IHDR" => width = u32::from_be_bytes(body[..4].try_into().unwrap()) as usize,
            b"IDAT" => data.extend_from_slice(body),
            _ => {}
        }
        at += 12 + length;
    }
    assert_eq!(width as f64, 2.0 * chart.width);
    let mut rows = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(data.as_slice()), &mut rows).unwrap();
    assert_eq!(rows.len(), (3 * width + 1) * (2.0 * chart.height) as usize);
    let palette = Theme::Print.palette();
    let image = raster::draw(&chart.drawing, 2).unwrap();
    for colour in [palette.paper, palette.police, palette.ink, palette.line] {
        assert!(image.pixels.chunks(3).any(|p| p == [colour.0, colour.1, colour.2]), "{colour} is missing");
    }
}

/// WCAG 1.4.11: what carries meaning has 3:1 to its ground.
#[test]
fn bars_can_be_seen_and_their_whiskers_in_them() {
    for theme in [Theme::Light, Theme::Dark, Theme::Print] {
        let colours = theme.palette();
        for who in Perspective::ALL {
            let bar = colours.perspective(who).over(colours.paper, bars::TINT);
            assert!(bar.contrast(colours.paper) >= 3.0, "{theme:?} {who:?}: bar {:.2}", bar.contrast(colours.paper));
            assert!(
                bar.contrast(colours.ink) >= 3.0 || theme == Theme::Dark,
                "{theme:?} {who:?}: whisker {:.2}",
                bar.contrast(colours.ink)
            );
        }
    }
}
