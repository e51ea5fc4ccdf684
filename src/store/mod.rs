//! Step 2, SQLite: one file per table or closely knit group, each with its row struct, its SQL and its tests. SQL lives only here.

pub mod agreements;
pub mod areas;
pub mod categories;
pub mod events;
pub mod figures;
pub mod functions;
pub mod grid;
pub mod history;
pub mod load;
pub mod migrations;
pub mod notes;
pub mod observations;
pub mod own_reports;
pub mod problems;
pub mod purge;
pub mod recipes;
pub mod reports;
pub mod revisions;
pub mod rounds;
pub mod settings;
pub mod sources;
pub mod surveys;
