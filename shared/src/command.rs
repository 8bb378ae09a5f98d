//! Commands: the one way to write. The button, the outbox, the importer, the API and the demo speak them; the server and
//! the app run the same [`Command::decide`].
//!
//! `table.rs` lists them; what a command says, needs and decides stands in its room in `decide/`.

mod command_set;
mod decide;
mod payload;
mod reads;
mod table;
pub mod texts;

use crate::decision::Decision;
use crate::id::{AccountId, CommandId, ReplicaId};
use crate::limits::MemberUse;
use crate::refusal::Refusal;
use crate::role::{Actor, Channel, Principal};
use crate::stamp::Stamp;
use crate::time::Timestamp;
use crate::view::View;

pub use command_set::{CommandSet, Unreadable};
pub use decide::payloads::*;
pub use reads::ReadPlan;
pub use table::{Command, EVERYTHING, OF_DESKS, OF_MEMBERS};
use texts::Compose;

/// What surrounds a decision; made by the server (or predicted by the app), never taken from the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// When it is decided.
    pub now: Timestamp,
    /// When it was given: corrected, never after `now`.
    pub stamp: Stamp,
    /// When what a fact tells happened: its stamp, bounded by what the server knows of the replica. It shapes durations and
    /// history; never the class, the cut-off or what was seen.
    pub moment: Timestamp,
    /// Who gives it.
    pub actor: Actor,
    /// Channel it came through.
    pub channel: Channel,
    /// The command's id.
    pub command: CommandId,
    /// The replica it comes from.
    pub replica: ReplicaId,
    /// Its number on that replica; 0 when sent directly.
    pub number: u64,
    /// Sequence of the store's `desk` scope that the device had read when it was given.
    pub base: u64,
    /// Whether the message claimed to have seen less than its sender had read, or more than there is; `base` is then what the server
    /// knows. Such a fact goes to the next lane and displaces nobody. What is sent directly claims nothing.
    pub base_raised: bool,
    /// When a desk of the store was last heard; `None` when it never was.
    pub desk_heard_at: Option<Timestamp>,
    /// The account whose number the command's code has proven; the server looks at the code.
    pub proven: Option<AccountId>,
    /// What the account that gives it has in the store, and may have; empty for everybody but members.
    pub member_use: MemberUse,
}

impl Context {
    /// When what is told happened. The desk's word for it holds; what members wish is judged when it arrives, whatever their clock says.
    #[must_use]
    pub fn happened_at(&self) -> Timestamp {
        match self.actor.principal {
            Principal::Account(_) | Principal::Anonymous => self.now,
            _ => self.moment,
        }
    }
}

impl Command {
    /// Reads a payload.
    ///
    /// # Errors
    /// `Unknown` for a kind or version this program does not have, `Malformed` for bytes that do not parse or
    /// are left over.
    pub fn from_payload(kind: u16, version: u8, payload: &[u8]) -> Result<Command, Unreadable> {
        table::everything::open(kind, version, payload)
    }

    /// What this decision still needs to know, given what is known so far; `None` when complete.
    #[must_use]
    pub fn reads(&self, view: &View) -> Option<ReadPlan> {
        reads::of(self, view)
    }

    /// Cleans every text in it, the same wherever it is given.
    ///
    /// # Errors
    /// `TooLong` with the field; nothing is ever cut.
    pub fn clean_texts(&mut self, compose: Compose) -> Result<(), Refusal> {
        EVERYTHING.clean(self, compose)
    }

    /// Pure and total: same command, same view, same answer, never a panic.
    ///
    /// # Errors
    /// A [`Refusal`]; `Undecided` only when `view` does not hold what [`Command::reads`] asks for.
    pub fn decide(&self, context: &Context, view: &View) -> Result<Decision, Refusal> {
        match EVERYTHING.decide(self, context, view) {
            // Everything that was asked for is here, and still the visit reaches beyond it: nothing real is that long.
            Err(Refusal::Undecided) if self.reads(view).is_none() && view.known.catalogue => {
                Err(Refusal::Invalid { field: "lines".into() })
            }
            answer => answer,
        }
    }
}
