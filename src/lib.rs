//! Lägesbild: from files to a shared picture, priorities and an agreement, in one local file.
//!
//! # Steps
//! 1. [`import`]: bytes → grid → what it means → one batch; ambiguity is asked, never guessed.
//! 2. [`store`]: the batch into SQLite, every value with its cell.
//! 3. [`picture`]: question → answer with interval, verdict and source cells; three perspectives side by side.
//! 4. [`priorities`]: problems, matrix, blind round, decisions.
//! 5. [`agreement`]: parties, focus areas, goals, commitments, validity.
//! 6. [`follow_up`]: deadlines, check-ins, the same questions asked again.
//!
//! [`documents`] writes what the stages answer, [`chart`] draws it, [`api`] is the only door for windows and scripts.
//! [`file`] is the one open file; arrows between the rooms go one way (tests/shape.rs).

pub mod agreement;
pub mod api;
pub mod chart;
pub mod checked;
pub mod context;
pub mod documents;
pub mod error;
pub mod example;
pub mod file;
pub mod follow_up;
pub mod import;
pub mod look;
pub mod perspective;
pub mod picture;
pub mod priorities;
pub mod progress;
pub mod reference;
pub mod store;
pub mod swedish;
