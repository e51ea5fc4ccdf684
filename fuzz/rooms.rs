//! The rooms of the core that read files, and the ground they stand on.
#![allow(dead_code)]

#[path = "../src/checked.rs"]
pub mod checked;
#[path = "../src/error.rs"]
pub mod error;
#[path = "../src/import/mod.rs"]
pub mod import;
#[path = "../src/perspective.rs"]
pub mod perspective;
#[path = "../src/progress.rs"]
pub mod progress;
#[path = "../src/reference/mod.rs"]
pub mod reference;
#[path = "../src/swedish.rs"]
pub mod swedish;
