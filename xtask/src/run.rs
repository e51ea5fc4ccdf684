//! `cargo xtask run`: from a bare machine to the program open on the practice municipality.

use crate::process::{command, files_under, run as start};
use crate::{Outcome, interface, root, system};

/// Every kind of document the practice municipality has enough for, and the two formats people ask for.
const DOCUMENTS: &[&str] = &["picture", "plan", "agreement", "promises", "minutes"];
const FORMATS: &[&str] = &["docx", "pdf"];
const OUT: &str = "out/ovning";

pub fn run() -> Outcome {
    if has_display() { open_window() } else { through_the_command_line() }
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn open_window() -> Outcome {
    system::for_building()?;
    interface::packages()?;
    interface::build()?;
    start(&mut command(&["cargo", "run", "--package", "lagesbild-desktop", "--", "--example"]))
}

fn through_the_command_line() -> Outcome {
    println!("Ingen skärm (DISPLAY är inte satt), så samma sak görs på kommandoraden.");
    start(&mut command(&["cargo", "build", "--package", "lagesbild"]))?;
    let folder = root().join(OUT);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|e| format!("{OUT}: {e}"))?;
    }
    std::fs::create_dir_all(&folder).map_err(|e| format!("{OUT}: {e}"))?;
    lagesbild(&["example", OUT])?;
    let file = practice_file()?;
    for kind in DOCUMENTS {
        for format in FORMATS {
            lagesbild(&["document", &file, kind, "--out", &format!("{OUT}/{kind}.{format}")])?;
        }
    }
    println!("\nSkrivet:");
    files_under(&folder, &root()).iter().for_each(|file| println!("  {file}"));
    Ok(())
}

fn lagesbild(words: &[&str]) -> Outcome {
    println!("lagesbild {}", words.join(" "));
    start(&mut command(&[&["cargo", "run", "--quiet", "--package", "lagesbild", "--"], words].concat()))
}

fn practice_file() -> Outcome<String> {
    let files = files_under(&root().join(OUT), &root());
    files.into_iter().find(|file| file.ends_with(".lagesbild")).ok_or_else(|| format!("Ingen lägesbildsfil skrevs i {OUT}."))
}
