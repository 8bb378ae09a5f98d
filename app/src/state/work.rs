//! What waits, what came back, and how the device stands: plain data for pages.

use shared::booking::Alternative;
use shared::command::Command;
use shared::id::CommandId;
use shared::refusal::Refusal;
use shared::sync::Outcome;
use shared::time::Timestamp;

/// A command on its way: *waiting to send — not booked yet 还没约上*.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// Its id.
    pub uuid: CommandId,
    /// Its number on this replica.
    pub number: u64,
    /// What it wishes.
    pub command: Command,
    /// When it was given (corrected clock).
    pub given_at: Timestamp,
    /// What this device expects.
    pub prediction: Prediction,
}

/// What the device expects of a waiting command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prediction {
    /// It will be done; the view shows it.
    Expected,
    /// The device cannot tell; the view does not show it.
    Undecided,
    /// What has arrived since makes it likely to be refused; the view does not show it.
    Unlikely(Refusal),
}

/// A command that came back without being done.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Its id.
    pub uuid: CommandId,
    /// What it wished; `None` when even this program cannot read it any more.
    pub command: Option<Command>,
    /// When it was given, by the device's clock.
    pub given_at: Timestamp,
    /// When the answer came.
    pub answered_at: Timestamp,
    /// `Refused`, `Unreadable`, `Poison` or `Withdrawn`.
    pub outcome: Outcome,
}

impl Refused {
    /// Nothing is left to decide: it was taken back, or what was to be cancelled does not exist.
    #[must_use]
    pub fn is_as_requested(&self) -> bool {
        let is_nowhere = matches!(self.refusal(), Some(Refusal::NotFound { .. }));
        self.outcome == Outcome::Withdrawn || is_nowhere && matches!(self.command, Some(Command::Cancel(_)))
    }

    /// Why, where there is a why.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.outcome {
            Outcome::Refused { refusal, .. } => Some(refusal),
            _ => None,
        }
    }

    /// Up to three openings nearby.
    #[must_use]
    pub fn alternatives(&self) -> &[Alternative] {
        match &self.outcome {
            Outcome::Refused { alternatives, .. } => alternatives,
            _ => &[],
        }
    }
}

/// Whether what is done here is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// The database is being opened.
    Opening,
    /// Kept.
    Durable,
    /// No IndexedDB here (private window, in-app browser): everything works online, nothing can be queued.
    Absent,
    /// The browser has ended the database and does not open it again: what has not been sent is only in this page.
    Ended {
        /// Commands that would be lost with the page.
        unsent: usize,
    },
    /// No room: new offline work is refused.
    Full,
    /// The database was closed by another tab with a newer version: refresh.
    Newer,
    /// The browser threw the database away; so many commands had not been sent.
    Evicted {
        /// Lost commands.
        lost: u32,
    },
}
