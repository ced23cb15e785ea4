//! What a command said.

use absah_host::{Captured, Exit};
use serde_json::Value;

/// How a command ended and what it printed.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its exit code.
    pub exit: Exit,
    /// Its standard output as JSON; null when it is none.
    pub json: Value,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

impl Said {
    pub(crate) fn new(exit: Exit, captured: &Captured) -> Self {
        let (out, err) = (captured.take_out(), captured.take_err());
        Self { exit, json: serde_json::from_str(&out).unwrap_or(Value::Null), out, err }
    }

    /// The code of a decision or an error; empty when there is none.
    #[must_use]
    pub fn code(&self) -> &str {
        let found = ["/code", "/error/code"].into_iter().find_map(|at| self.json.pointer(at));
        found.and_then(Value::as_str).unwrap_or_default()
    }

    /// A text in the answer.
    #[must_use]
    pub fn text(&self, pointer: &str) -> &str {
        self.json.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// Itself, when the command succeeded.
    ///
    /// # Panics
    /// When it did not.
    #[must_use]
    #[expect(clippy::panic, reason = "a test stops here")]
    pub fn ok(self) -> Self {
        if self.exit == Exit::Ok { self } else { panic!("{}{}", self.out, self.err) }
    }
}
