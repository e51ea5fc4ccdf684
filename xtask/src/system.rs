//! The system packages of Debian that building, window tests and document checks need; only those missing are installed.

use crate::Outcome;
use crate::process::{command, is_there, read, run};

/// What the shell is built with.
const BUILD: &[&str] = &[
    "build-essential",
    "file",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "pkg-config",
];

/// What the tests need beyond that: two browsers, a screen in memory, and independent readers of our documents.
const TEST: &[&str] = &[
    "chromium",
    "dbus-x11",
    "fonts-liberation",
    "libreoffice-calc-nogui",
    "libreoffice-writer-nogui",
    "poppler-utils",
    "python3-pikepdf",
    "qpdf",
    "webkit2gtk-driver",
    "xauth",
    "xdotool",
    "xvfb",
];

pub fn for_building() -> Outcome {
    install(BUILD)
}

pub fn for_testing() -> Outcome {
    install(&[BUILD, TEST].concat())
}

/// A minimal Rust has neither formatter nor linter; saying so beats a failure in the middle.
pub fn rust_parts() -> Outcome {
    let there = |part: &str| command(&["cargo", part, "--version"]).output().is_ok_and(|output| output.status.success());
    match ["fmt", "clippy"].into_iter().find(|part| !there(part)) {
        Some(part) => Err(format!("cargo {part} saknas. Kör: rustup component add rustfmt clippy")),
        None => Ok(()),
    }
}

fn install(packages: &[&str]) -> Outcome {
    if !is_there("apt-get") {
        println!("Inget apt-get här: systempaketen får du installera själv.");
        return Ok(());
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    println!("Installerar systempaket: {list}");
    let prefix =
        privileged().ok_or_else(|| format!("Systempaket saknas. Kör som root:\n  apt-get install --no-install-recommends {list}"))?;
    run(&mut command(&[prefix, &["apt-get", "update", "-qq"]].concat()))?;
    let install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends"];
    run(&mut command(&[prefix, &install, &missing].concat()))
}

fn is_installed(package: &str) -> bool {
    let status = command(&["dpkg-query", "-W", "-f=${db:Status-Status}", package]).output();
    status.is_ok_and(|output| output.stdout == b"installed")
}

/// The words before a command that only root may give; none when we are root already.
fn privileged() -> Option<&'static [&'static str]> {
    let user = read(&mut command(&["id", "-u"])).unwrap_or_default();
    if user.trim() == "0" {
        return Some(&[]);
    }
    is_there("sudo").then_some(&["sudo"])
}
