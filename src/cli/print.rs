//! Answers in Swedish for people at a terminal.

use lagesbild::error::column_letters;
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
    out!("{}: {} ({})", text(&v["file"]), text(&v["recipe"]), text(&v["format"]));
    each(&v["proof"]).for_each(|line| out!("  {}", text(line)));
    doubts(v);
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
    each(&v["warnings"]).for_each(|w| out!("  ! {}", text(w)));
    for r in each(&v["rejections"]).take(20) {
        out!("  rad {}, kolumn {}: ”{}” {}", r["row"], text(&r["column"]), text(&r["value"]), text(&r["reason"]));
    }
    doubts(v);
}

pub fn sources(v: &Value) {
    for s in each(v) {
        out!(
            "{:>3}  {}  {} ({}), {}, inläst {}",
            s["id"],
            text(&s["perspective"]),
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
        out!("{}  {}{state}", text(&line["at"]), text(&line["label"]));
    }
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
    for c in each(&v["contexts"]) {
        out!("  {} blad ”{}”, rad {}–{}, kolumn {}", text(&c["file"]), text(&c["sheet"]), c["row"], c["last_row"], text(&c["column"]));
        for row in each(&c["rows"]) {
            out!("    {:>6} | {}", row["row"], each(&row["cells"]).map(text).collect::<Vec<_>>().join(" | "));
        }
    }
}

/// A line of `rows`.
pub fn row(o: &Observation, sheet: &str) -> Value {
    let number = o.value.map(|v| if v.fract() == 0.0 && v.abs() < 1e15 { json!(v as i64) } else { json!(v) });
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
