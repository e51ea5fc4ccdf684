//! The rules for small numbers (S1–S17), each a small function without a file behind it: numbers in, an answer with its doubt out.
//! Only `+ − × ÷ √` and tables are used, which IEEE 754 rounds alike everywhere: the same figures give the same bits on every machine.
//! `tests/independent` holds what scipy and statsmodels make of the same figures.
//!
//! | rule | what | where |
//! |---|---|---|
//! | S1, S2, S3, S4 | rate, interval of a count, interval of a share, how much a count carries | [`interval`] |
//! | S5 | years added together | [`pool`] |
//! | S6 | two counts: the conditional test and the E-test | [`two_counts`] |
//! | S7 | the four verdicts; runs in a longer series | [`trend`], [`runs`] |
//! | S8 | time between rare events | [`rare`] |
//! | S9, S10 | the middle half and the funnel, in words without a rank or a judgement | [`band`], [`funnel`] |
//! | S11 | states of a missing value | [`missing`] |
//! | S12 | noise in population figures | [`noise`] |
//! | S14 | an index without its spread | [`index`] |
//! | S15 | weight by harm | [`harm`] |
//! | S16 | cells that would tell of single persons | [`disclosure`] |
//! | S17 | how far a group agrees | [`consensus`] |
//!
//! Breaks in method (S13) are facts, and stand in `reference::breaks`.

pub mod band;
pub mod consensus;
pub mod disclosure;
pub mod funnel;
pub mod harm;
pub mod index;
pub mod interval;
pub mod missing;
pub mod noise;
pub mod pool;
pub mod rare;
pub mod runs;
pub mod trend;
pub mod two_counts;

mod poisson;
