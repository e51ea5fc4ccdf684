//! Verbs and their printing. Every verb has `--json`; without it, Swedish for people.

mod args;
mod print;
mod verbs;

use args::Arguments;
use clap::Parser;
use lagesbild::error::Error;
use print::out;
use std::process::ExitCode;

/// What a verb came to.
pub enum Outcome {
    Done,
    /// Done, but something waits for an answer.
    Doubts,
}

pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(help) => return args::explain(&help),
    };
    match verbs::run(&arguments) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Doubts) => ExitCode::from(1),
        Err(error) => {
            report(&error, arguments.json);
            ExitCode::from(2)
        }
    }
}

fn report(error: &Error, json: bool) {
    if json {
        out!("{}", serde_json::json!({ "error": error }));
    }
    eprintln!("{error}");
}
