//! One test binary; each module is a story about one stage.

mod templates;
