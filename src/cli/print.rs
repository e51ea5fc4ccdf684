//! Answers in Swedish for people at a terminal.

use lagesbild::error::column_letters;
use lagesbild::picture::counts::Derived;
use lagesbild::picture::question::SourceCell;
use lagesbild::store::observations::Observation;
use serde_json::{Value, json};

/// Prints a line; a reader that has gone away (`| head`) is no fault of ours.
macro_rules! out {
    ($($part:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($part)*);
    }};
}
pub(super) use out;

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, str::to_owned)
}

fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub fn status(v: &Value) {
    let names: Vec<String> = each(&v["municipalities"]).map(text).collect();
    out!("Ny fil för {}.", names.join(", "));
    if v["practice"] == true {
        out!("Minst en av kommunerna finns inte bland de 290: filen märks övningsdata.");
    }
}

pub fn description(v: &Value) {
    let recipe = text(&v["recipe"]);
    let title = lagesbild::import::title(&recipe).unwrap_or(&recipe);
    out!("{}: {}, {title} ({})", text(&v["file"]), kind(&v["kind"]), text(&v["format"]));
    each(&v["proof"]).for_each(|line| out!("  {}", text(line)));
    doubts(v);
}

fn kind(v: &Value) -> &str {
    match v.as_str().unwrap_or_default() {
        "statistics" => "statistik",
        "survey" => "enkät",
        "field_reports" => "fältrapporter",
        "events" => "händelser",
        other => other,
    }
}

/// The grid as understood: a heading per sheet, then each row with its physical number.
pub fn grid(v: &Value) {
    for sheet in each(&v["sheets"]) {
        if let Some(name) = sheet["sheet"].as_str() {
            out!("Blad ”{name}”");
        }
        each(&sheet["rows"]).for_each(line);
    }
}

fn line(row: &Value) {
    out!("{:>6} | {}", row["row"].as_u64().unwrap_or_default(), each(&row["cells"]).map(text).collect::<Vec<_>>().join(" | "));
}

fn doubts(v: &Value) {
    for doubt in each(&v["doubts"]).filter(|d| d["answer"].is_null()) {
        out!("  ? {}", text(&doubt["question"]));
        each(&doubt["choices"]).for_each(|c| out!("      --answer {}={}   {}", text(&doubt["id"]), text(&c["id"]), text(&c["label"])));
    }
}

pub fn report(file: &str, v: &Value) {
    out!("{file}");
    out!(
        "  {} värden lästa: {} nya, {} ändrade, {} lika, {} överhoppade, {} avvisade; {} fanns förra gången men inte nu",
        v["read"],
        v["added"],
        v["changed"],
        v["same"],
        v["skipped"],
        v["rejected"],
        v["missing"]
    );
    remembered(v);
    changes(v);
    each(&v["warnings"]).for_each(|w| out!("  ! {}", text(w)));
    for r in each(&v["rejections"]).take(20) {
        out!("  rad {}, kolumn {}: ”{}” {}", r["row"], text(&r["column"]), text(&r["value"]), text(&r["reason"]));
    }
    doubts(v);
}

/// What was answered from memory: each question with its choice, and how to choose another.
fn remembered(v: &Value) {
    if let Some(sentence) = v["remembered"]["sentence"].as_str() {
        out!("  {sentence} Med --answer väljer du annat, med --no-memory frågas allt på nytt.");
    }
    let recalled = v["remembered"]["answers"].as_object();
    for doubt in each(&v["doubts"]).filter(|d| recalled.is_some_and(|all| all.contains_key(&text(&d["id"])))) {
        let chosen = each(&doubt["choices"]).find(|c| c["id"] == doubt["answer"]).map(|c| text(&c["label"])).unwrap_or_default();
        out!("    {} {chosen} ({}={})", text(&doubt["question"]), text(&doubt["id"]), text(&doubt["answer"]));
    }
}

/// The first values that were replaced or are gone.
fn changes(v: &Value) {
    let settled = v["settled"].as_u64().unwrap_or_default();
    if settled > 0 {
        out!("  {settled} av de ändrade var preliminära och är nu slutliga");
    }
    for change in each(&v["changes"]).chain(each(&v["gone"])).take(20) {
        let after =
            if change["after"].is_null() { "finns inte i filen".to_owned() } else { format!("är nu {}", standing(&change["after"])) };
        let about = [&change["area"], &change["indicator"], &change["period"]].map(text).join(", ");
        out!("    {about}: var {}, {after}", standing(&change["before"]));
    }
}

fn standing(v: &Value) -> String {
    let value = v["value"].as_f64().map(lagesbild::swedish::exact).unwrap_or_else(|| format!("”{}”", text(&v["missing"])));
    if v["preliminary"] == true { format!("{value} (preliminärt)") } else { value }
}

pub fn recipes(v: &Value) {
    for recipe in each(v) {
        out!("{}  {} ({}), svarat {}", text(&recipe["id"]), text(&recipe["title"]), text(&recipe["reader"]), text(&recipe["at"]));
        each(&recipe["answers"]).for_each(|a| out!("    {}: {}", text(&a["about"]), text(&a["choice"])));
    }
}

pub fn purged(v: &Value, dry_run: bool) {
    let rows: u64 = v["rows"].as_object().into_iter().flatten().filter_map(|(_, rows)| rows.as_u64()).sum();
    let verb = if dry_run { "Skulle rensa" } else { "Rensat" };
    out!("{verb}: {} underlag, {rows} rader. {} figurer vilar på dem och behåller sina tal.", v["sources"], v["figures"]);
    out!("Historiken börjar om vid en rensning: inget som gjordes före den kan ångras.");
    each(&v["copies"]).for_each(|copy| out!("Ta bort kopian själv om den inte ska finnas kvar: {}", text(copy)));
}

pub fn sources(v: &Value) {
    for s in each(v) {
        out!(
            "{:>3}  {}  {} ({}), {}, inläst {}",
            s["id"].as_u64().unwrap_or_default(),
            lagesbild::perspective::Perspective::from_code(&text(&s["perspective"])).map_or("", |p| p.word()),
            text(&s["title"]),
            text(&s["holds"]),
            text(&s["file"]),
            text(&s["retrieved"])
        );
    }
}

pub fn undone(what: &str, v: &Value) {
    match v["label"].as_str() {
        Some(label) => out!("{what}: {label}"),
        None => out!("Det finns inget mer."),
    }
}

pub fn history(v: &Value) {
    for line in each(v) {
        let state = match line["state"].as_str() {
            Some("undone") => "  (ångrat)",
            _ => "",
        };
        out!("{}  {}{state}", moment(&text(&line["at"])), text(&line["label"]));
    }
}

/// `2026-11-22T05:06:07Z` → the same minute on this computer's clock: `2026-11-22 06:06`.
fn moment(at: &str) -> String {
    let read = chrono::DateTime::parse_from_rfc3339(at);
    read.map_or_else(|_| at.to_owned(), |moment| moment.with_timezone(&chrono::Local).format("%Y-%m-%d %H:%M").to_string())
}

pub fn checked(v: &Value) {
    if v["sound"] == true {
        out!("Filen är hel.");
    }
    each(&v["faults"]).for_each(|f| out!("  {}", text(f)));
}

pub fn document(v: &Value) {
    out!("{}", text(&v["path"]));
    each(&v["warnings"]).for_each(|w| out!("  ! {}", text(w)));
}

pub fn answers(v: &Value) {
    let one = std::slice::from_ref(v);
    for view in v.as_array().map_or(one, Vec::as_slice) {
        out!("{}, {}", text(&view["answer"]["title"]), text(&view["question"]["area"]));
        out!("  {}", text(&view["answer"]["sentence"]));
        for row in each(&view["chart"]["rows"]) {
            out!("  {}", each(row).map(text).collect::<Vec<_>>().join("  "));
        }
        each(&view["answer"]["sources"]).for_each(|s| out!("  Källa: {}", text(s)));
    }
}

pub fn trace(v: &Value) {
    out!("Figur {}: {}", v["figure"]["number"], text(&v["figure"]["answer"]["sentence"]));
    each(&v["clauses"]).for_each(|c| out!("  står bakom: {}", text(c)));
    if !v["decision"].is_null() {
        out!("  beslut {}: {}", text(&v["decision"]["date"]), text(&v["decision"]["reason"]));
    }
    if !v["problem"].is_null() {
        out!("  problem: {}", text(&v["problem"]));
    }
    let contexts: Vec<&Value> = each(&v["contexts"]).collect();
    // Cells of one excerpt are told together; their rows are printed once.
    for same in contexts.chunk_by(|a, b| a["source"] == b["source"] && a["columns"] == b["columns"] && a["rows"] == b["rows"]) {
        same.iter().for_each(|c| out!("  {}", place(c)));
        same.iter().take(1).flat_map(|c| each(&c["rows"])).for_each(line);
    }
}

/// `Databasfil.txt, blad ”Resultat”, rad 5, kolumn E`.
fn place(c: &Value) -> String {
    let mut parts = vec![text(&c["file"])];
    parts.extend(c["sheet"].as_str().filter(|s| !s.is_empty()).map(|s| format!("blad ”{s}”")));
    parts.push(if c["row"] == c["last_row"] { format!("rad {}", c["row"]) } else { format!("rad {}–{}", c["row"], c["last_row"]) });
    parts.push(format!("kolumn {}", text(&c["column"])));
    parts.join(", ")
}

/// A whole number without a decimal point.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
}

/// A line of `rows` that is counted from several rows.
pub fn derived(d: &Derived) -> Value {
    let range = |c: &SourceCell| json!({ "sheet": c.sheet, "row": c.row, "last_row": c.last_row, "column": c.column });
    json!({
        "area": Some(&d.area).filter(|area| !area.is_empty()),
        "area_code": d.area_code,
        "period": d.period,
        "indicator": d.indicator,
        "breakdown": d.breakdown,
        "unit": d.unit,
        "value": d.value.map(number),
        "missing": d.missing,
        "preliminary": d.preliminary,
        "cells": d.cells.iter().map(range).collect::<Vec<_>>(),
    })
}

/// A line of `rows`.
pub fn row(o: &Observation, sheet: &str) -> Value {
    let number = o.value.map(number);
    json!({
        "area": o.area,
        "area_code": o.area_code,
        "period": o.period,
        "indicator": o.indicator,
        "breakdown": serde_json::from_str::<Value>(&o.breakdown).unwrap_or_default(),
        "unit": o.unit,
        "value": number,
        "missing": o.missing,
        "preliminary": o.preliminary,
        "cell": { "sheet": sheet, "row": o.row, "column": column_letters(o.column.saturating_sub(1) as usize) },
    })
}
