//! Which commands a program reads, cleans and decides.

use super::decide::Decider;
use super::texts::{Cleaning, Compose};
use super::{Command, Context};
use crate::decision::Decision;
use crate::refusal::Refusal;
use crate::sync::{Envelope, MOST_PAYLOAD_BYTES, Packed};
use crate::view::View;

/// Why stored bytes are not a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// This kind or version is newer than this program.
    #[error("unknown kind {kind} version {version}")]
    Unknown {
        /// Kind.
        kind: u16,
        /// Version.
        version: u8,
    },
    /// The payload does not parse, or bytes were left over.
    #[error("malformed payload")]
    Malformed,
}

/// What a program can do with commands.
#[derive(Clone, Copy, Debug)]
pub struct CommandSet {
    pub(super) open: fn(u16, u8, &[u8]) -> Result<Command, Unreadable>,
    pub(super) clean: fn(&mut Command, &mut Cleaning),
    pub(super) decide: fn(&Command, Decider<'_>) -> Result<Decision, Refusal>,
    pub(super) payload: fn(&Command) -> Vec<u8>,
    pub(super) decider: for<'a> fn(&'a Context, &'a View) -> Decider<'a>,
}

impl CommandSet {
    /// Packs a command of this set.
    #[must_use]
    pub fn pack(&self, command: &Command) -> Packed {
        let (kind, version) = command.kind();
        Packed { kind, version, payload: (self.payload)(command) }
    }

    /// Unpacks a command.
    ///
    /// # Errors
    /// [`Unreadable`], also for a command that is not of this set.
    pub fn open(&self, envelope: &Envelope) -> Result<Command, Unreadable> {
        if envelope.payload.len() > MOST_PAYLOAD_BYTES {
            return Err(Unreadable::Malformed);
        }
        (self.open)(envelope.kind, envelope.version, &envelope.payload)
    }

    /// Cleans every text in it, the same wherever it is given.
    ///
    /// # Errors
    /// `TooLong` with the field; nothing is ever cut.
    pub fn clean(&self, command: &mut Command, compose: Compose) -> Result<(), Refusal> {
        let mut cleaning = Cleaning::new(compose);
        (self.clean)(command, &mut cleaning);
        cleaning.result()
    }

    /// As [`Command::decide`]; a set without schedules answers `Undecided` where one would have to be known.
    ///
    /// # Errors
    /// As there; `Undecided` also for a command that is not of this set.
    pub fn decide(&self, command: &Command, context: &Context, view: &View) -> Result<Decision, Refusal> {
        (self.decide)(command, (self.decider)(context, view))
    }
}
