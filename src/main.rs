//! The command line: the whole job without a window, over the same api. Exit code 0 done, 1 done with doubts that need an
//! answer, 2 could not.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
