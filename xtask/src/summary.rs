//! How a run of the tests went: each step with its seconds and its tests, and the one line that says it all.

use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tests {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Tests {
    /// Reads the closing lines of cargo (`test result: ok. 3 passed; 0 failed; 1 ignored; …`), of our own runner
    /// (`3 passed, 0 failed, 1 skipped`) and of vitest (`Tests  3 passed (3)`).
    ///
    /// A test that says ”ej körd” has looked for a real file in vain: it counts as skipped, not as passed.
    pub fn read(lines: &[String]) -> Self {
        let mut tests = Self::default();
        for line in lines.iter().map(|line| plain(line)) {
            let words = line.trim();
            if words.starts_with("test result:") || words.starts_with("Tests ") || is_our_own(words) {
                tests.passed += before(words, "passed");
                tests.failed += before(words, "failed");
                tests.skipped += before(words, "ignored") + before(words, "skipped");
            }
        }
        let not_run = (lines.iter().filter(|line| says_not_run(line)).count() as u32).min(tests.passed);
        Self { passed: tests.passed - not_run, skipped: tests.skipped + not_run, ..tests }
    }
}

/// The words with which a test says that the real file it is about is not on this machine.
pub fn says_not_run(line: &str) -> bool {
    line.trim_start().to_lowercase().starts_with("ej körd")
}

fn is_our_own(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_digit()) && line.contains(" passed, ") && line.contains(" failed")
}

/// The number in front of a word; 0 if the word is not there.
fn before(line: &str, word: &str) -> u32 {
    let words: Vec<&str> = line.split([' ', ',', ';', '|']).filter(|part| !part.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// Without the colours that some programs write even into a pipe.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('\u{1b}') {
        text.push_str(&rest[..start]);
        rest = rest[start..].split_once('m').map_or("", |(_, after)| after);
    }
    text + rest
}

struct Step {
    name: &'static str,
    took: Duration,
    tests: Tests,
    problem: Option<String>,
}

#[derive(Default)]
pub struct Summary {
    steps: Vec<Step>,
}

impl Summary {
    /// Does one step and goes on whatever comes of it, so that one run shows everything that is wrong.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<Tests, String>) -> bool {
        println!("\n── {name}");
        let start = Instant::now();
        let outcome = work();
        let took = start.elapsed();
        let (tests, problem) = match outcome {
            Ok(tests) if tests.failed == 0 => (tests, None),
            Ok(tests) => (tests, Some(format!("{} fel", tests.failed))),
            Err(problem) => (Tests { failed: 1, ..Tests::default() }, Some(problem)),
        };
        let fine = problem.is_none();
        self.steps.push(Step { name, took, tests, problem });
        fine
    }

    /// A step that could not be tried because what it stands on failed.
    pub fn not_tried(&mut self, name: &'static str, why: &str) {
        let problem = Some(format!("inte prövat: {why}"));
        self.steps.push(Step { name, took: Duration::ZERO, tests: Tests { failed: 1, ..Tests::default() }, problem });
    }

    fn total(&self) -> Tests {
        self.steps.iter().fold(Tests::default(), |sum, step| Tests {
            passed: sum.passed + step.tests.passed,
            failed: sum.failed + step.tests.failed,
            skipped: sum.skipped + step.tests.skipped,
        })
    }

    /// Prints the steps and, last, `N passed, N failed` with `, N skipped` if there are such. A failed check counts as one failed.
    pub fn close(&self, not_run: u32) -> bool {
        println!("\n── Sammanfattning");
        for step in &self.steps {
            let tests = match step.tests.passed + step.tests.failed + step.tests.skipped {
                0 => String::new(),
                _ => format!("{} klarade, {} fel, {} ej körda", step.tests.passed, step.tests.failed, step.tests.skipped),
            };
            let mark = if step.problem.is_some() { "FEL" } else { "ok" };
            println!("{:>7.1} s  {mark:<3}  {:<34} {tests}", step.took.as_secs_f64(), step.name);
        }
        for step in &self.steps {
            if let Some(problem) = &step.problem {
                println!("  {}: {problem}", step.name);
            }
        }
        let seconds: f64 = self.steps.iter().map(|step| step.took.as_secs_f64()).sum();
        println!("{seconds:>7.1} s  i allt");
        if not_run > 0 {
            println!("  {not_run} prov på verkliga filer ej körda: ../shared/data finns inte här.");
        }
        let total = self.total();
        let skipped = if total.skipped > 0 { format!(", {} skipped", total.skipped) } else { String::new() };
        println!("{} passed, {} failed{skipped}", total.passed, total.failed);
        total.failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Tests {
        Tests::read(&lines.iter().map(|line| line.to_string()).collect::<Vec<_>>())
    }

    #[test]
    fn the_closing_lines_of_three_runners_are_understood() {
        let cargo = "test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(read(&[cargo, cargo]), Tests { passed: 24, failed: 2, skipped: 4 });
        assert_eq!(read(&["7 passed, 0 failed, 1 skipped"]), Tests { passed: 7, failed: 0, skipped: 1 });
        let vitest = "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m1 failed\u{1b}[39m\u{1b}[22m | \u{1b}[32m3 passed\u{1b}[39m (4)";
        assert_eq!(read(&[vitest]), Tests { passed: 3, failed: 1, skipped: 0 });
        assert_eq!(read(&["we passed, they failed"]), Tests::default());
    }

    #[test]
    fn a_test_without_its_real_file_is_not_a_passed_test() {
        let cargo = "test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(read(&["Ej körd: ../shared/data saknas", cargo]), Tests { passed: 4, failed: 0, skipped: 1 });
    }
}
