//! Records that are written whole: of two forms for one record, the second is shown again.

use crate::command::decider::Decider;
use crate::conflict::{self, Edit};
use crate::decision::{Change, Decision};
use crate::record::Record;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::stamp::Written;
use crate::view::Found;

/// What the write leaves behind; a concurrent one that comes second is refused, so that the form is shown again. Its stamp does not
/// count: these records are written whole, and a later stamp would silently take back what somebody else has changed.
pub(super) fn written(decider: Decider<'_>, current: Option<&Written>, base: u32) -> Result<Written, Refusal> {
    let edit = Edit { base, stamp: decider.context.stamp, replica: decider.context.replica, number: decider.context.number, rank: 0 };
    conflict::follow(current, &edit).ok_or(Refusal::Superseded)
}

/// The record, if there is one; devices that cannot tell leave it to the server.
pub(super) fn existing<T>(found: Found<&T>) -> Result<Option<&T>, Refusal> {
    match found {
        Found::Known(record) => Ok(Some(record)),
        Found::Absent => Ok(None),
        Found::Unknown => Err(Refusal::Undecided),
    }
}

pub(super) fn must_brand(decider: Decider<'_>) -> Result<(), Refusal> {
    if decider.context.actor.may_everywhere(Permission::ManageBrand) { Ok(()) } else { Err(Refusal::NotAllowed) }
}

/// The record is written, and that is all.
pub(super) fn done(record: impl Into<Record>) -> Decision {
    Decision { changes: vec![Change::put(record)], ..Decision::default() }
}
