//! Files of the interface that are written from the core, so that a screen and a command can never disagree.

use crate::process::{command, read};
use crate::{Outcome, root};

/// The file, and the word that makes the bridge print it.
const GENERATED: &[(&str, &str)] = &[("ui/src/api.ts", "--types"), ("ui/src/tokens.css", "--tokens")];

pub fn write() -> Outcome {
    for (file, word) in GENERATED {
        let fresh = printed(word)?;
        if std::fs::read_to_string(root().join(file)).is_ok_and(|there| there == fresh) {
            continue;
        }
        std::fs::write(root().join(file), fresh).map_err(|e| format!("{file}: {e}"))?;
        println!("{file} är skriven.");
    }
    Ok(())
}

pub fn check() -> Outcome {
    for (file, word) in GENERATED {
        let there = std::fs::read_to_string(root().join(file)).map_err(|e| format!("{file}: {e}"))?;
        if there != printed(word)? {
            return Err(format!("{file} stämmer inte med kärnan. Kör ”cargo xtask types”."));
        }
    }
    Ok(())
}

fn printed(word: &str) -> Outcome<String> {
    read(&mut command(&["cargo", "run", "--quiet", "--package", "lagesbild-bridge", "--", word]))
}
