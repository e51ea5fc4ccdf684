//! Events so rare that a year holds fewer than three (S8): the days from each to the next, and how long it is since the last.

use super::axis::{Scale, labelled};
use super::plane::{Plane, Sides};
use super::sheet::{Drawn, Sheet, stroke};
use super::{Chart, Table, Unit};
use crate::look::{Perspective, Theme};
use crate::swedish;
use plotters::prelude::PathElement;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The days before an event, since the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Wait {
    /// The event's day, as it is written: `2024-05-03`.
    pub until: String,
    pub days: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Waits {
    pub title: String,
    pub perspective: Perspective,
    /// What is waited for: `anmälda personrån`.
    pub events: String,
    pub waits: Vec<Wait>,
    /// Days since the last event, and the day on which they are counted.
    pub since: u32,
    pub today: String,
    pub median: Option<f64>,
    pub longest: Option<u32>,
}

const WIDTH: f64 = 532.0;
const HEIGHT: f64 = 184.0;

impl Waits {
    pub fn draw(&self, theme: Theme) -> Chart {
        let drawing = Sheet::drawn(theme, |sheet| self.plot(sheet));
        Chart::new(drawing, self.alt(), self.caption(), self.table())
    }

    fn plot(&self, sheet: &Sheet) -> Drawn {
        let unit = Unit::count("dagar mellan händelserna");
        let all: Vec<u32> = self.waits.iter().map(|wait| wait.days).chain([self.since]).collect();
        let highest = f64::from(all.iter().copied().max().unwrap_or(1));
        let last = all.len() - 1;
        let pen = sheet.quiet();
        let name = |index: usize| self.waits.get(index).map_or("nu", |wait| wait.until.as_str());
        let widest = (0..all.len()).map(|index| pen.width(name(index))).fold(0.0, f64::max);
        let spacing = (WIDTH - 110.0) / (last.max(1) as f64);
        let named = labelled(all.len(), spacing, widest).into_iter().map(|index| index as f64).collect();
        let sides = Sides {
            width: WIDTH,
            height: HEIGHT,
            beside: 58.0,
            across: Scale { range: -0.4..last as f64 + 0.4, named },
            across_label: "dagen då väntan tog slut",
            highest,
            unit: &unit,
        };
        let mut plane = Plane::new(sheet, &sides)?;
        plane.grid(&unit, &|index| name(index.round().max(0.0) as usize).to_owned())?;
        let colour = sheet.colours.perspective(self.perspective);
        let stem = |(index, days): (usize, &u32)| {
            PathElement::new(
                vec![(index as f64, 0.0), (index as f64, f64::from(*days))],
                stroke(colour.over(sheet.colours.paper, 120), 2.0),
            )
        };
        plane.field.draw_series(all.iter().enumerate().map(stem))?;
        if let Some(median) = self.median {
            sheet.dashes(plane.field.plotting_area(), [(-0.4, median), (last as f64 + 0.4, median)])?;
        }
        let mark = |(index, days): (usize, &u32)| sheet.symbol(self.perspective, (index as f64, f64::from(*days)), 8.0, index == last);
        plane.field.draw_series(all.iter().enumerate().map(mark))?;
        let (x, y) = plane.px(last as f64, f64::from(self.since));
        let bold = sheet.ink().bold().haloed(sheet.colours.paper);
        plane.write(bold, &days(self.since), x + 10.0, y + 4.5)
    }

    fn caption(&self) -> String {
        let mut parts = vec![
            format!("{} {}", self.perspective.mark(), self.perspective.word()),
            format!("högre = längre mellan {}", self.events),
            "ofylld = sedan den senaste".to_owned(),
        ];
        parts.extend(self.median.map(|_| "streckad linje = median".to_owned()));
        parts.join(" · ")
    }

    fn alt(&self) -> String {
        let head = format!("Dagar mellan händelser. {}, {}.", self.title, self.events);
        let since = format!("{} sedan den senaste, räknat till {}.", days(self.since), self.today);
        let median = self.median.map(|median| format!("Medianen är {} dagar.", swedish::decimal(median, 0)));
        let longest = self.longest.map(|longest| {
            let news = if self.since > longest { "Så länge har det inte gått tidigare." } else { "Det har gått längre förut." };
            format!("Längst tidigare: {}. {news}", days(longest))
        });
        [Some(head), Some(since), median, longest].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn table(&self) -> Table {
        let columns = ["Fram till", "Dagar"].map(str::to_owned).to_vec();
        let rows = self.waits.iter().map(|wait| vec![wait.until.clone(), swedish::count(wait.days)]);
        let now = vec![format!("{} (pågår)", self.today), swedish::count(self.since)];
        Table { columns, rows: rows.chain([now]).collect() }
    }
}

fn days(days: u32) -> String {
    format!("{}{}{}", swedish::count(days), swedish::NBSP, if days == 1 { "dag" } else { "dagar" })
}
