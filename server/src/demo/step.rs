//! One command of the demo.

use shared::command::Command;
use shared::time::Timestamp;

/// One command of the demo: a name that makes its id, when it was given, and what.
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) at: Timestamp,
    pub(crate) command: Command,
}

impl Step {
    pub(crate) fn new(name: impl Into<String>, at: Timestamp, command: Command) -> Self {
        Self { name: name.into(), at, command }
    }
}
