//! How far a long piece of work has come, and whether somebody wants it stopped. The worker reports, a window reads.
//!
//! It is shared between the thread that works and the one that shows; the work asks [`Progress::step`] often, and a
//! cancelled piece of work ends there with `Cancelled`, before anything is stored.

use crate::error::{Code, Error, Result};
use serde::Serialize;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// What is being done, as a person would say it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    #[default]
    Opening,
    Understanding,
    Storing,
}

impl Stage {
    pub fn words(self) -> &'static str {
        match self {
            Self::Opening => "Öppnar filen",
            Self::Understanding => "Tolkar innehållet",
            Self::Storing => "Sparar",
        }
    }
}

#[derive(Debug, Default)]
pub struct Progress {
    stage: Mutex<Stage>,
    /// Steps of this stage: done, and how many there will be (0 when nobody knows).
    done: AtomicU64,
    of: AtomicU64,
    cancelled: AtomicBool,
    /// The step at which it cancels itself (0: none), and how many were taken.
    #[cfg(test)]
    cancel_at: AtomicU64,
    #[cfg(test)]
    taken: AtomicU64,
}

impl Progress {
    /// A new stage of `of` steps. Errors: `Cancelled`.
    pub fn begin(&self, stage: Stage, of: u64) -> Result<()> {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage;
        self.done.store(0, Relaxed);
        self.of.store(of, Relaxed);
        self.step(0)
    }

    /// So many steps more are done. Errors: `Cancelled`.
    pub fn step(&self, steps: u64) -> Result<()> {
        self.done.fetch_add(steps, Relaxed);
        #[cfg(test)]
        if self.taken.fetch_add(1, Relaxed) + 1 == self.cancel_at.load(Relaxed) {
            self.cancel();
        }
        if self.cancelled.load(Relaxed) { Err(Error::new(Code::Cancelled, "Inläsningen avbröts. Inget har sparats.")) } else { Ok(()) }
    }

    /// Stops the work at its next step.
    pub fn cancel(&self) {
        self.cancelled.store(true, Relaxed);
    }

    /// Ready for the next piece of work.
    pub fn reset(&self) {
        self.cancelled.store(false, Relaxed);
        self.done.store(0, Relaxed);
        self.of.store(0, Relaxed);
    }

    /// What a window shows.
    pub fn shown(&self) -> Shown {
        let (stage, done, of) = self.seen();
        Shown { stage: stage.words(), done: done.min(of), of }
    }

    /// Stage, steps done, steps in all (0 when unknown).
    pub fn seen(&self) -> (Stage, u64, u64) {
        let stage = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        (stage, self.done.load(Relaxed), self.of.load(Relaxed))
    }
}

/// How far the work has come, for a person: the stage in words, steps done and in all (0 when nobody knows).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Shown {
    pub stage: &'static str,
    pub done: u64,
    pub of: u64,
}

#[cfg(test)]
impl Progress {
    /// Cancels itself at the step with this number, counted from now; 0 for none.
    pub fn cancel_at(&self, step: u64) {
        self.cancel_at.store(step, Relaxed);
        self.taken.store(0, Relaxed);
    }

    pub fn steps_taken(&self) -> u64 {
        self.taken.load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_piece_of_work_ends_at_its_next_step() {
        let progress = Progress::default();
        progress.begin(Stage::Storing, 10).unwrap();
        progress.step(4).unwrap();
        assert_eq!(progress.seen(), (Stage::Storing, 4, 10));
        assert_eq!(progress.shown(), Shown { stage: "Sparar", done: 4, of: 10 });
        progress.cancel();
        assert_eq!(progress.step(1).unwrap_err().code, Code::Cancelled);
        progress.reset();
        assert!(progress.begin(Stage::Opening, 0).is_ok());
    }
}
