//! One binary for all integration tests: it is linked once.

mod shape;
