//! The interface: its packages from the lockfile, and its bundle, which the shell and the bridge serve.

use crate::process::{command, run};
use crate::{Outcome, root};
use std::process::Command;

/// `npm …` in the folder of the interface. Windows has npm as a script.
pub fn npm(words: &[&str]) -> Command {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut npm = command(&[&[program], words].concat());
    npm.current_dir(root().join("ui"));
    npm
}

/// Packages as the lockfile says; nothing is done when they were installed from this very lockfile.
pub fn packages() -> Outcome {
    let lock = std::fs::read(root().join("ui/package-lock.json")).map_err(|e| format!("ui/package-lock.json: {e}"))?;
    let stamp = root().join("ui/node_modules/.installed-from");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    std::fs::write(&stamp, lock).map_err(|e| format!("{}: {e}", stamp.display()))
}

pub fn build() -> Outcome {
    run(&mut npm(&["run", "--silent", "build", "--", "--logLevel", "warn"]))
}
