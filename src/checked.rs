//! A result together with its doubts: warnings stand beside the value, never instead of it.

use crate::error::Place;
use serde::Serialize;
use ts_rs::TS;

/// Something a person should know about a result, with the place it concerns and what to do.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Warning {
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl Warning {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, place: None }
    }

    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Checked<T> {
    pub value: T,
    pub warnings: Vec<Warning>,
}

impl<T> Checked<T> {
    pub fn clean(value: T) -> Self {
        Self { value, warnings: Vec::new() }
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: f(self.value), warnings: self.warnings }
    }
}
