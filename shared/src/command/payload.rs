//! What a command says about itself, in the room that decides it.

use super::reads::Ask;
use super::texts::Cleaning;
use crate::command::decider::Decider;
use crate::decision::Decision;
use crate::id::StoreId;
use crate::noun::RecordKey;
use crate::personal::Personal;
use crate::refusal::Refusal;
use crate::role::{Actor, Principal};
use crate::versioned::Versioned;

/// Who may give a command at all; what they may do with it is decided in its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Givers {
    /// Members for themselves, and whoever works here.
    Everybody,
    /// Whoever works here.
    Staff,
    /// The product itself.
    System,
}

impl Givers {
    /// Whether an actor is one of them.
    #[must_use]
    pub fn include(self, actor: &Actor) -> bool {
        match actor.principal {
            Principal::Anonymous => false,
            Principal::Account(_) => self == Givers::Everybody,
            Principal::User(_) | Principal::Device(_) => self != Givers::System,
            Principal::System => true,
        }
    }
}

/// A command's payload: facts of its own and never a live record, because it lies in outboxes for weeks. A field more is a version more,
/// with an upcast.
pub(crate) trait Payload: Versioned {
    /// Who may give it at all.
    const GIVEN_BY: Givers;
    /// Only sent directly: an answer that comes hours later helps nobody.
    const ONLINE_ONLY: bool = false;
    /// It changes the catalogue: the brand is locked.
    const CHANGES_CATALOGUE: bool = false;
    /// It reaches into several stores: it has a transaction of its own, which locks them.
    const ALONE: bool = false;

    /// The store whose schedule, inbox or set-up it is about: it is locked first.
    fn store(&self) -> Option<StoreId>;

    /// The record it is about, where it is one that exists or is to be.
    fn about(&self) -> Option<RecordKey> {
        None
    }

    /// Asks for what the decision needs to know.
    fn reads(&self, _ask: &mut Ask<'_>) {}

    /// Cleans its texts.
    fn clean(&mut self, _cleaning: &mut Cleaning) {}

    /// How many lines, wishes, edits or tags it has: a few bytes could say thousands of them.
    fn parts(&self) -> usize {
        0
    }

    /// Where it says why something visible is overridden, if it can.
    fn override_reason(&mut self) -> Option<&mut Option<Personal<String>>> {
        None
    }

    /// Pure and total: same command, same view, same answer, never a panic.
    ///
    /// # Errors
    /// A [`Refusal`]; `Undecided` only when the view does not hold what [`Payload::reads`] asks for.
    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal>;
}
