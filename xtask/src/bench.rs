//! `cargo xtask bench`: each script in `tests/bench/` compares us with another program in one and the same run.

use crate::process::{command, run};
use crate::{Outcome, root};

pub fn bench() -> Outcome {
    let folder = root().join("tests/bench");
    let mut scripts: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|e| format!("tests/bench: {e}"))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "sh"))
        .collect();
    scripts.sort();
    run(&mut command(&["cargo", "build", "--release", "--package", "lagesbild"]))?;
    for script in scripts {
        println!("\n{}", script.file_name().unwrap_or_default().to_string_lossy());
        run(command(&["sh"]).arg(&script))?;
    }
    Ok(())
}
