//! What was typed wrong, in Swedish: built from what the parser knows, never from its English text.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use lagesbild::error::Error;
use std::process::ExitCode;

/// Help goes to stdout with 0; a wrong verb is explained in Swedish with 2.
pub fn explain(error: &clap::Error, json: bool) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            super::print::out!("{}", error.to_string().trim_end());
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprintln!("{}", error.to_string().trim_end());
            return ExitCode::from(2);
        }
        _ => {}
    }
    super::report(&Error::not_allowed(message(error)).hint("Kör ”lagesbild --help” för att se vad som finns."), json);
    ExitCode::from(2)
}

fn message(error: &clap::Error) -> String {
    let told = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (told(ContextKind::InvalidArg), told(ContextKind::InvalidValue));
    let valid = told(ContextKind::ValidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => format!("Kommandot ”{}” finns inte.", told(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "Kommandot saknas.".to_owned(),
        ErrorKind::UnknownArgument => format!("Argumentet ”{argument}” finns inte."),
        ErrorKind::MissingRequiredArgument => format!("Det här saknas: {}.", argument.replace(" eller ", " och ").replace("...", "")),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} behöver ett värde."),
        ErrorKind::InvalidValue if !valid.is_empty() => format!("”{value}” går inte som {argument}. Välj {valid}."),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("”{value}” går inte som {argument}."),
        ErrorKind::ArgumentConflict => format!("{argument} kan bara anges en gång."),
        ErrorKind::TooManyValues => format!("”{value}” är ett värde för mycket för {argument}."),
        ErrorKind::InvalidUtf8 => "Något av det som skrevs är inte text.".to_owned(),
        _ => "Kommandot går inte att förstå.".to_owned(),
    }
}

/// `a, b eller c`.
fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(all) => match all.as_slice() {
            [before @ .., last] if !before.is_empty() => format!("{} eller {last}", before.join(", ")),
            _ => all.concat(),
        },
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
