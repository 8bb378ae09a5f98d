//! What surrounds a decision.

use crate::id::{AccountId, CommandId, ReplicaId};
use crate::limits::MemberUse;
use crate::role::{Actor, Channel, Principal};
use crate::stamp::Stamp;
use crate::time::Timestamp;

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
