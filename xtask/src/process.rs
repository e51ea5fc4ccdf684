//! Other programs: told, listened to, and spoken of by name when they fail.

use crate::{Outcome, root};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// A program with its words, to be run in the folder of the workspace.
pub fn command(line: &[&str]) -> Command {
    let mut command = Command::new(line[0]);
    command.args(&line[1..]).current_dir(root());
    command
}

/// Runs it with its output on our terminal.
pub fn run(command: &mut Command) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{} misslyckades ({status}).", named(command))),
        Err(problem) => Err(format!("{} gick inte att starta: {problem}.", named(command))),
    }
}

/// Runs it and returns what it printed; its complaints go to our terminal.
pub fn read(command: &mut Command) -> Outcome<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|e| format!("{} gick inte att starta: {e}.", named(command)))?;
    if !output.status.success() {
        return Err(format!("{} misslyckades ({}).", named(command), output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("{} skrev något annat än text.", named(command)))
}

/// Runs it, showing each line as it comes, and returns whether it succeeded together with the lines.
pub fn follow(command: &mut Command) -> Outcome<(bool, Vec<String>)> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| format!("{} gick inte att starta: {e}.", named(command)))?;
    let mut lines = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            println!("{line}");
            lines.push(line);
        }
    }
    let status = child.wait().map_err(|e| e.to_string())?;
    Ok((status.success(), lines))
}

/// Whether a program of that name can be started from here.
pub fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// The files in a folder and the folders within it, in order, relative to `from`.
pub fn files_under(folder: &Path, from: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => files.extend(files_under(&path, from)),
            false => files.push(path.strip_prefix(from).unwrap_or(&path).to_string_lossy().into_owned()),
        }
    }
    files.sort();
    files
}

fn named(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    format!("”{}”", words.join(" "))
}
