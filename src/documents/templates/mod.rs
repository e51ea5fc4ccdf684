//! One template file per document: what it says, in which order. The format is chosen elsewhere.

pub mod agreement;
mod evidence;
mod frame;
pub mod minutes;
pub mod picture;
pub mod plan;
pub mod promises;
