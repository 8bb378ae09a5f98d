//! How many commands somebody may send, looked at before anything is written: an account within an hour, and whoever sends what cannot
//! be read.

use shared::envelope::Envelope;

use crate::error::Result;
use crate::error::problem::Problem;
use crate::identity::Identity;
use crate::received_command::ReceivedCommand;
use crate::state::AppState;

/// Counts what arrived.
///
/// # Errors
/// 429 with the time to wait; then nothing of it is taken.
pub(super) fn check(state: &AppState, identity: &Identity, orders: &[ReceivedCommand]) -> Result<()> {
    let limits = &state.limits;
    let is_unreadable = |order: &&ReceivedCommand| order.command.is_none() && order.kind != Envelope::WITHDRAWN;
    let by_account = identity.actor.account_id().map(|account| account.0);
    let counts = [
        ("commands_an_hour", by_account, orders.len(), limits.commands_an_hour),
        ("unreadable_an_hour", identity.session, orders.iter().filter(is_unreadable).count(), limits.unreadable_an_hour),
    ];
    for (kind, who, more, most) in counts {
        let (Some(who), more @ 1..) = (who, u32::try_from(more).unwrap_or(u32::MAX)) else { continue };
        let counted = state.paces.count(kind, who, more, most, state.clock.now());
        counted.map_err(|seconds| state.refuse(kind, Problem::TOO_MANY_COMMANDS, seconds))?;
    }
    Ok(())
}
