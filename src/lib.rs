//! Lägesbild: placeholder until the rooms stand.
pub mod chart;
pub mod checked;
pub mod context;
pub mod documents;
pub mod error;
pub mod import {
    pub mod batch;
}
pub mod look;
pub mod picture {
    pub mod interval;
    pub mod trend;
}
pub mod swedish;
