//! What the accounts of a transaction's commands have in the store: read once, and kept up with what the transaction itself changes. How
//! much they may have is decided in `shared::limits`.

use std::collections::BTreeMap;

use shared::booking::{Booking, State};
use shared::command::Command;
use shared::id::{AccountId, StoreId};
use shared::limits::{MemberLimits, MemberUse, OwnVisit};
use shared::time::Timestamp;
use sqlx::PgConnection;

use super::changes::Changes;
use super::order::Order;
use crate::db::bookings;
use crate::limits::Limits;

/// Visits by account.
#[derive(Debug, Default)]
pub(crate) struct MemberUses(BTreeMap<AccountId, Vec<OwnVisit>>);

impl MemberUses {
    /// Reads what counts for the commands that take time for a member.
    pub(crate) async fn read(connection: &mut PgConnection, store: StoreId, orders: &[Order], now: Timestamp) -> sqlx::Result<Self> {
        let takes_time = |order: &&Order| matches!(order.command, Some(Command::Hold(_) | Command::Book(_) | Command::Move(_)));
        let mut accounts: Vec<AccountId> = orders.iter().filter(takes_time).filter_map(|order| order.actor.account_id()).collect();
        accounts.sort_unstable();
        accounts.dedup();
        if accounts.is_empty() {
            Ok(MemberUses::default())
        } else {
            Ok(MemberUses(bookings::own_visits(connection, store, &accounts, now).await?))
        }
    }

    /// What an account has once the changes so far are committed, and what it may have.
    pub(crate) fn of(&self, limits: &Limits, store: StoreId, account: Option<AccountId>, changes: &Changes) -> MemberUse {
        let Some(account) = account else { return MemberUse::default() };
        let stored = self.0.get(&account).into_iter().flatten();
        let mut visits: Vec<OwnVisit> = stored.filter(|visit| !changes.bookings.contains_key(&(store, visit.booking))).copied().collect();
        let changed = changes.bookings.iter().filter(|((of, _), _)| *of == store).filter_map(|(_, touched)| touched.after.as_ref());
        visits.extend(changed.filter(|booking| booking.account == Some(account)).map(own_visit));
        MemberUse { limits: in_force(limits), visits }
    }
}

fn in_force(limits: &Limits) -> MemberLimits {
    MemberLimits {
        visits_ahead: limits.visits_ahead,
        visits_a_day: limits.visits_a_day,
        lines_a_visit: limits.lines_a_visit,
        minutes_a_visit: limits.minutes_a_visit,
        minutes_of_a_hold: limits.minutes_of_a_hold,
        begun_an_hour: limits.begun_an_hour,
    }
}

fn own_visit(booking: &Booking) -> OwnVisit {
    OwnVisit {
        booking: booking.id,
        starts_at: booking.starts_at,
        begun_at: booking.made_at,
        stands: !matches!(booking.state, State::Expired { .. } | State::Cancelled { .. } | State::Declined { .. } | State::NoShow { .. }),
        is_hold: matches!(booking.state, State::Held { .. }),
    }
}
