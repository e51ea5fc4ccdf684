//! `cargo xtask test`: everything that CI does, and nothing that CI does not.

use crate::process::{command, follow, run};
use crate::summary::{Summary, Tests, says_not_run};
use crate::{Outcome, generated, interface, root, system};
use std::process::Command;

const CLIPPY: &[&str] = &["cargo", "clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"];
/// A passed test is quiet by default; we need to hear those that found no real file to read.
const CARGO_TEST: &[&str] = &["cargo", "test", "--workspace", "--no-fail-fast", "--", "--show-output"];
const BUILD: &[&str] = &["cargo", "build", "--package", "lagesbild", "--package", "lagesbild-bridge", "--package", "lagesbild-desktop"];

pub fn test(real: bool) -> Outcome {
    let mut summary = Summary::default();
    let mut not_run = 0;
    summary.step("systempaket", || checked(system::rust_parts().and_then(|()| system::for_testing())));
    let bundle = of_the_interface(&mut summary);
    if bundle {
        of_the_code(&mut summary, real, &mut not_run);
        end_to_end(&mut summary);
    } else {
        summary.not_tried("koden och fönstren", "gränssnittet gick inte att bygga");
    }
    if summary.close(not_run) { Ok(()) } else { Err(String::new()) }
}

fn checked(outcome: Outcome) -> Outcome<Tests> {
    outcome.map(|()| Tests::default())
}

/// Runs a command that closes with its counts.
fn counted(command: &mut Command) -> Outcome<Tests> {
    let (fine, lines) = follow(command)?;
    let tests = Tests::read(&lines);
    match fine || tests.failed > 0 {
        true => Ok(tests),
        false => Err("slutade i förtid".into()),
    }
}

/// The bundle comes first: the shell cannot even be checked without it.
fn of_the_interface(summary: &mut Summary) -> bool {
    let packages = summary.step("gränssnittets paket", || checked(run(&mut interface::npm(&["ci", "--no-audit", "--no-fund"]))));
    if !packages {
        return false;
    }
    summary.step("svelte-check", || checked(run(&mut interface::npm(&["run", "--silent", "check"]))));
    summary.step("vitest", || counted(&mut interface::npm(&["run", "--silent", "test"])));
    summary.step("vite build", || checked(interface::build()))
}

fn of_the_code(summary: &mut Summary, real: bool, not_run: &mut u32) {
    summary.step("cargo fmt", || checked(run(&mut command(&["cargo", "fmt", "--all", "--check"]))));
    summary.step("clippy", || checked(run(&mut command(CLIPPY))));
    summary.step("cargo test", || {
        // Other programs read back what we write; here they are installed, so a missing one is a fault.
        let (fine, lines) = follow(command(CARGO_TEST).env("LAGESBILD_READERS", "required"))?;
        *not_run = lines.iter().filter(|line| says_not_run(line)).count() as u32;
        let tests = Tests::read(&lines);
        if !fine && tests.failed == 0 {
            return Err("gick inte att bygga eller slutade i förtid".into());
        }
        Ok(tests)
    });
    if real {
        summary.step("verkliga filer", || real_files(*not_run));
    }
    summary.step("typerna är färska", || checked(generated::check()));
}

fn real_files(not_run: u32) -> Outcome<Tests> {
    if !root().join("../shared/data").is_dir() {
        return Err("../shared/data finns inte här".into());
    }
    match not_run {
        0 => Ok(Tests::default()),
        _ => Err(format!("{not_run} prov hittade inte sin fil")),
    }
}

fn end_to_end(summary: &mut Summary) {
    if !summary.step("bygge av skal och brygga", || checked(run(&mut command(BUILD)))) {
        return summary.not_tried("webbläsaren och fönstret", "skalet gick inte att bygga");
    }
    summary.step("bryggan", || counted(&mut command(&["node", "tests/e2e/bridge.mjs"])));
    summary.step("skärmarna i Chromium", || counted(&mut command(&["node", "tests/e2e/screens.mjs"])));
    summary.step("underlag i Chromium", || counted(&mut command(&["node", "tests/e2e/underlag.mjs"])));
    summary.step("hela kedjan i Chromium", || counted(&mut command(&["node", "tests/e2e/flow.mjs"])));
    summary.step("det riktiga fönstret", || counted(&mut in_memory_screen(&["node", "tests/e2e/tauri.mjs"])));
}

/// A screen of its own, also where there is one, so that nobody's windows get in the way.
fn in_memory_screen(line: &[&str]) -> Command {
    let screen = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24", "dbus-run-session", "--"];
    command(&[&screen, line].concat())
}
