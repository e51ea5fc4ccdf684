//! What tests need from outside: real files beside the project, and other programs that read what we write. What is missing
//! is said on a line that the closing summary counts; under `cargo xtask test` a missing program is a failure.

use std::path::{Path, PathBuf};
use std::process::Command;

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A real file of `../shared/data`, or none where the folder is absent.
pub fn real_file(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    not_run(&format!("../shared/data/{name} finns inte här"));
    None
}

/// Said once per test, however many files it misses: the summary counts tests. (Each test has a thread of its own.)
fn not_run(why: &str) {
    thread_local!(static SAID: std::cell::Cell<bool> = const { std::cell::Cell::new(false) });
    if !SAID.replace(true) {
        println!("ej körd: {why}");
    }
}

/// What a program says; `None` where it is not installed. A program that fails is a failure of the test.
pub fn read_with(program: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(program).args(arguments).output() {
        Ok(done) => {
            assert!(done.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
            Some(String::from_utf8_lossy(&done.stdout).into_owned())
        }
        Err(problem) => missing(program, &problem.to_string()),
    }
}

/// The Python that has a module: Debian's packages belong to Debian's own, which need not be the first on the path.
pub fn python_with(module: &str) -> Option<&'static str> {
    let has = |python: &str| Command::new(python).args(["-c", &format!("import {module}")]).output().is_ok_and(|o| o.status.success());
    let found = ["python3", "/usr/bin/python3"].into_iter().find(|python| has(python));
    if found.is_none() {
        missing::<()>(&format!("python3 med {module}"), "modulen finns inte");
    }
    found
}

fn missing<T>(what: &str, why: &str) -> Option<T> {
    assert!(std::env::var_os("LAGESBILD_READERS").is_none(), "{what} behövs för att läsa tillbaka det vi skriver: {why}");
    not_run(&format!("{what} finns inte här ({why})"));
    None
}
