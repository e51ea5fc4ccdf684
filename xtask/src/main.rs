//! `cargo xtask …`: everything a person or CI does with this repository, each with one command.
//! No dependencies, so that it starts at once on a machine with nothing but Rust, a C compiler and Node.

mod bench;
mod fuzz;
mod generated;
mod interface;
mod process;
mod run;
mod summary;
mod system;
mod test;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "cargo xtask VERB

  run              installs what is missing, builds, and opens the program on the practice municipality;
                   without a display it does the same job through the command line and lists the files it wrote
  test [--real]    everything that CI does; with --real it fails where the real files (../shared/data) are absent
  types [--check]  writes what the interface takes from the core; with --check it only says whether it is up to date
  fuzz [TARGET] [--seconds N]
                   feeds the readers changed files, ten minutes each unless told otherwise; installs cargo-fuzz if missing
  bench [NAME]     the speed comparisons, each against another program in the same run: databasfil, growth, small, survey";

/// What went wrong, for the last line on the terminal.
pub type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["run"] => run::run(),
        ["test"] => test::test(false),
        ["test", "--real"] => test::test(true),
        ["types"] => generated::write(),
        ["types", "--check"] => generated::check(),
        ["fuzz"] => fuzz::fuzz(&[]),
        ["fuzz", rest @ ..] => fuzz::fuzz(rest),
        ["bench"] => bench::bench(None),
        ["bench", name] => bench::bench(Some(name)),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            // The closing line of `test` has been printed already.
            if !text.is_empty() {
                eprintln!("{text}");
            }
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace, wherever the command was given.
pub fn root() -> PathBuf {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| ".".into()));
    here.parent().map_or(here.clone(), Path::to_owned)
}
