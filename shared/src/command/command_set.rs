//! Which commands a program reads, cleans and decides: the server all, an app its own.

use super::texts::{Cleaning, Compose};
use super::{Command, table};
use crate::command::decider::{Decider, admitting, never_admitting};
use crate::command::table::Unreadable;
use crate::context::Context;
use crate::decision::Decision;
use crate::envelope::{Envelope, MOST_PAYLOAD_BYTES, Packed};
use crate::id::{CommandId, StaffId};
use crate::refusal::Refusal;
use crate::stamp::Stamp;
use crate::view::View;

/// The commands that a program reads, cleans and writes.
#[derive(Clone, Copy, Debug)]
pub struct CommandSet {
    open: fn(u16, u8, &[u8]) -> Result<Command, Unreadable>,
    clean: fn(&mut Command, &mut Cleaning),
    payload: fn(&Command) -> Vec<u8>,
}

/// How it decides them. Apart from the set, because the rules of an app may come in a file of their own.
#[derive(Clone, Copy, Debug)]
pub struct RuleSet {
    decide: fn(&Command, Decider<'_>) -> Result<Decision, Refusal>,
    decider: for<'a> fn(&'a Context, &'a View) -> Decider<'a>,
}

impl Envelope {
    /// Packs a command.
    #[must_use]
    pub fn pack(command: &Command, number: u64, uuid: CommandId, actor: Option<StaffId>, hlc: Stamp, base: u64) -> Self {
        Envelope::of(CommandSet::ALL.pack(command), number, uuid, actor, hlc, base)
    }

    /// Unpacks the command.
    ///
    /// # Errors
    /// See [`Unreadable`].
    pub fn open(&self) -> Result<Command, Unreadable> {
        CommandSet::ALL.open(self)
    }
}

impl CommandSet {
    /// The server: every command.
    pub const ALL: CommandSet = CommandSet { open: table::everything::open, payload: Command::payload, clean: table::everything::clean };

    /// Desks: all but what the product itself gives.
    pub const DESK: CommandSet = CommandSet { open: table::desks::open, payload: table::desks::payload, clean: table::desks::clean };

    /// What phones of members give.
    pub const MEMBER: CommandSet = CommandSet { open: table::phones::open, payload: table::phones::payload, clean: table::phones::clean };

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
}

impl RuleSet {
    /// All of them.
    pub const ALL: RuleSet = RuleSet { decider: admitting, decide: table::everything::decide };

    /// As desks predict.
    pub const DESK: RuleSet = RuleSet { decider: admitting, decide: table::desks::decide };

    /// As phones of members predict. Where a schedule would have to be known the prediction is `Undecided`.
    pub const MEMBER: RuleSet = RuleSet { decider: never_admitting, decide: table::phones::decide };

    /// As [`Command::decide`]; rules without schedules answer `Undecided` where one would have to be known.
    ///
    /// # Errors
    /// As there; `Undecided` also for a command that these rules do not know.
    pub fn decide(&self, command: &Command, context: &Context, view: &View) -> Result<Decision, Refusal> {
        (self.decide)(command, (self.decider)(context, view))
    }
}
