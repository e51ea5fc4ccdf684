//! Verbs and their printing. Every verb has `--json`; without it, Swedish for people.

mod args;
mod print;
mod refusal;
mod verbs;

use lagesbild::error::Error;
use print::out;
use std::process::ExitCode;

/// What a verb came to.
pub enum Outcome {
    Done,
    /// Done, but something waits for an answer.
    Doubts,
    /// Some of it could not be done, and has been told.
    Failed,
}

pub fn run() -> ExitCode {
    let arguments = match args::parsed() {
        Ok(arguments) => arguments,
        Err(wrong) => return refusal::explain(&wrong, std::env::args().any(|word| word == "--json")),
    };
    match verbs::run(&arguments) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Doubts) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
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
