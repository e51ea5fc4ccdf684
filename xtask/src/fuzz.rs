//! `cargo xtask fuzz`: the long runs. Each target gets bytes that a program changes while it watches which code they reach.

use crate::process::{command, is_there, run};
use crate::{Outcome, root};

const TARGETS: [&str; 10] = ["delimited", "xlsx", "xls", "xlsb", "ods", "html", "px", "json_stat", "json", "inspect"];
/// Ten minutes.
const SECONDS: u32 = 600;

pub fn fuzz(words: &[&str]) -> Outcome {
    let (targets, seconds) = asked(words)?;
    if !is_there("cargo-fuzz") {
        run(&mut command(&["cargo", "install", "cargo-fuzz"]))?;
    }
    for target in targets {
        println!("\n{target}, {seconds} sekunder");
        let corpus = format!("fuzz/corpus/{target}");
        std::fs::create_dir_all(root().join(&corpus)).map_err(|problem| format!("{corpus}: {problem}"))?;
        let (seeds, limit) = (format!("fuzz/seeds/{target}"), format!("-max_total_time={seconds}"));
        // Without a sanitizer, so that the stable compiler does. The memory limit catches what a small file makes large.
        let options = ["--", &limit, "-rss_limit_mb=2048", "-timeout=20", "-max_len=65536", "-print_final_stats=1"];
        run(command(&["cargo", "fuzz", "run", "-s", "none", target, &corpus, &seeds]).args(options))?;
    }
    Ok(())
}

/// `[TARGET] [--seconds N]`.
fn asked<'w>(words: &[&'w str]) -> Outcome<(Vec<&'w str>, u32)> {
    let (before, seconds) = match words {
        [before @ .., "--seconds", number] => (before, number.parse().map_err(|_| format!("{number} är inget antal sekunder"))?),
        all => (all, SECONDS),
    };
    match before {
        [] => Ok((TARGETS.to_vec(), seconds)),
        [one] if TARGETS.contains(one) => Ok((vec![one], seconds)),
        _ => Err(format!("Målen är {}.", TARGETS.join(", "))),
    }
}
