//! `cargo xtask bench`: each script in `tests/bench/` compares us with another program in one and the same run.

use crate::process::{command, run};
use crate::{Outcome, root};

/// Runs all of them, or the one with this name.
pub fn bench(name: Option<&str>) -> Outcome {
    let folder = root().join("tests/bench");
    let mut scripts: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|e| format!("tests/bench: {e}"))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "sh"))
        .filter(|path| name.is_none_or(|name| path.file_stem().is_some_and(|stem| stem == name)))
        .collect();
    scripts.sort();
    if scripts.is_empty() {
        return Err(format!("tests/bench: there is no comparison called {}", name.unwrap_or_default()));
    }
    run(&mut command(&["cargo", "build", "--release", "--package", "lagesbild"]))?;
    for script in scripts {
        println!("\n{}", script.file_name().unwrap_or_default().to_string_lossy());
        run(command(&["sh"]).arg(&script))?;
    }
    Ok(())
}
