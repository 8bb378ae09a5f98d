//! How long a step took.

use std::fmt;
use std::time::{Duration, Instant};

/// Runs from its creation.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[expect(clippy::disallowed_methods, reason = "the clock of the project's own commands")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

impl fmt::Display for Stopwatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.elapsed().as_secs_f64();
        match seconds {
            seconds if seconds < 60.0 => write!(formatter, "{seconds:.1} s"),
            seconds => write!(formatter, "{:.0} min {:02.0} s", (seconds / 60.0).floor(), (seconds % 60.0).floor()),
        }
    }
}
