//! The figures of the picture against scipy and statsmodels: every line of `independent/figures.tsv` is computed here once more.
//! The table's origin stands in the table; `independent/figures.py` writes it.

use lagesbild::picture::statistics::consensus::Consensus;
use lagesbild::picture::statistics::interval::{self, Interval, Level};
use lagesbild::picture::statistics::trend::YearCount;
use lagesbild::picture::statistics::{band, funnel, index, pool, runs, two_counts};
use std::collections::BTreeMap;

const TABLE: &str = include_str!("independent/figures.tsv");

/// Our tables and loops round differently from theirs in the last digits.
const TOLERANCE: f64 = 1e-9;

#[test]
fn every_figure_agrees_with_an_independent_computation() {
    let mut checked: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let [figure, arguments, value, origin] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let want: f64 = value.parse().unwrap();
        let got = ours(figure, &arguments.split(' ').map(|a| a.parse().unwrap()).collect::<Vec<f64>>());
        if (got - want).abs() > TOLERANCE * want.abs().max(1.0) {
            faults.push(format!("{figure} {arguments}: {got}, but {origin} says {want}"));
        }
        *checked.entry(figure).or_default() += 1;
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(checked.values().sum::<usize>() >= 150 && checked.len() >= 19, "{checked:?}");
}

fn level(alpha: f64) -> Level {
    if alpha == 95.0 { Level::Usual } else { Level::Alarm }
}

fn end(figure: &str, interval: Interval) -> f64 {
    if figure.ends_with("_low") { interval.low } else { interval.high }
}

fn ours(figure: &str, a: &[f64]) -> f64 {
    let whole = |i: usize| a[i] as u64;
    match figure {
        "count_low" | "count_high" => end(figure, interval::count(whole(0), level(a[1]))),
        "rate" => interval::rate(whole(0), whole(1), a[2], Level::Usual).unwrap().0,
        "share_low" | "share_high" => end(figure, interval::share(whole(0), whole(1), level(a[2])).unwrap()),
        "difference_low" | "difference_high" => {
            end(figure, interval::share_difference((whole(0), whole(1)), (whole(2), whole(3)), Level::Usual).unwrap())
        }
        "c_test" => two_counts::c_test(whole(0), whole(1), a[2]),
        "e_test" => two_counts::e_test((whole(0), a[1]), (whole(2), a[3])).unwrap(),
        "run_limit" | "crossing_limit" => {
            let told = runs::runs(&(0..whole(0)).map(|i| (i % 2) as f64).collect::<Vec<_>>()).unwrap();
            f64::from(if figure == "run_limit" { told.longest_usual } else { told.crossings_usual })
        }
        "quantile" => {
            let mut values = a[1..].to_vec();
            values.sort_by(f64::total_cmp);
            band::quantile(&values, a[0]).unwrap()
        }
        "funnel_least" => funnel::limits(a[0], whole(1), level(a[2])).least as f64,
        "funnel_most" => funnel::limits(a[0], whole(1), level(a[2])).most as f64,
        "index_low" | "index_high" => end(figure, index::widest(a[0], Some(whole(1) as u32)).unwrap()),
        "pooled_rate" | "pooled_low" => {
            let year = |(pair, year): (&[f64], i32)| YearCount { year, count: Some(pair[0] as u64), population: Some(pair[1] as u64) };
            let pooled = pool::pooled(&a.chunks(2).zip(2021..).map(year).collect::<Vec<_>>()).unwrap();
            if figure == "pooled_rate" { pooled.rate.unwrap() } else { pooled.rate_interval.unwrap().low }
        }
        "near" => f64::from(Consensus::of(&a.iter().map(|s| *s as u8).collect::<Vec<_>>()).near),
        _ => panic!("no figure is called {figure}"),
    }
}
