//! What the program may be started with: nothing, a file (a double click on it), or the practice municipality.

use std::ffi::OsString;
use std::path::PathBuf;

pub const USAGE: &str = "lagesbild-desktop [FIL.lagesbild | --example]";

#[derive(Debug, PartialEq)]
pub enum Arguments {
    Nothing,
    Example,
    File(PathBuf),
}

impl Arguments {
    pub fn parse(words: impl Iterator<Item = OsString>) -> Option<Self> {
        let words: Vec<OsString> = words.collect();
        match words.as_slice() {
            [] => Some(Self::Nothing),
            [word] if word == "--example" => Some(Self::Example),
            [word] if word.to_string_lossy().starts_with("--") => None,
            [word] => Some(Self::File(word.into())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Option<Arguments> {
        Arguments::parse(words.iter().map(OsString::from))
    }

    #[test]
    fn a_file_the_example_or_nothing() {
        assert_eq!(parse(&[]), Some(Arguments::Nothing));
        assert_eq!(parse(&["--example"]), Some(Arguments::Example));
        assert_eq!(parse(&["Åsele 2026.lagesbild"]), Some(Arguments::File("Åsele 2026.lagesbild".into())));
        assert_eq!(parse(&["--exempel"]), None);
        assert_eq!(parse(&["a.lagesbild", "b.lagesbild"]), None);
    }
}
