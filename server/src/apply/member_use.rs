//! What the accounts of a transaction's commands have in the store: read once, and kept up with what the transaction itself changes. How
//! much they may have is decided in `shared::limits`.

use std::collections::{BTreeMap, BTreeSet};

use shared::booking::Booking;
use shared::command::Command;
use shared::id::{AccountId, StoreId};
use shared::limits::{MemberLimits, MemberUse, OwnVisit};
use shared::member::Member;
use shared::time::{TimeRange, Timestamp};
use shared::waitlist_entry::WaitlistEntry;
use sqlx::PgConnection;

use crate::changes::Changes;
use crate::db::{bookings, members, waitlist};
use crate::limits::Limits;
use crate::received_command::ReceivedCommand;

/// What accounts have.
#[derive(Debug, Default)]
pub(crate) struct MemberUses {
    visits: BTreeMap<AccountId, Vec<OwnVisit>>,
    people: BTreeMap<AccountId, usize>,
    waiting: BTreeMap<AccountId, Vec<TimeRange>>,
}

impl MemberUses {
    /// Reads what counts for the commands that take time for a member, or make one.
    pub(crate) async fn read(
        connection: &mut PgConnection,
        store: Option<StoreId>,
        orders: &[ReceivedCommand],
        now: Timestamp,
    ) -> sqlx::Result<Self> {
        let takes_time =
            |command: &Command| matches!(command, Command::Hold(_) | Command::Book(_) | Command::Move(_) | Command::AcceptOffer(_));
        let mut uses = MemberUses::default();
        let booking = accounts(orders, takes_time);
        if let (Some(store), false) = (store, booking.is_empty()) {
            uses.visits = bookings::own_visits(connection, store, &booking, now).await?;
        }
        let waiting = accounts(orders, |command| matches!(command, Command::JoinWaitlist(_)));
        if let (Some(store), false) = (store, waiting.is_empty()) {
            uses.waiting = waitlist::of_accounts(connection, store, &waiting).await?;
        }
        let registering = accounts(orders, |command| matches!(command, Command::RegisterMember(_)));
        if !registering.is_empty() {
            uses.people = members::people_of(connection, &registering).await?;
        }
        Ok(uses)
    }

    /// What an account has once the changes so far are committed, and what it may have.
    pub(crate) fn of(&self, limits: &Limits, store: Option<StoreId>, account: Option<AccountId>, changes: &Changes) -> MemberUse {
        let Some(account) = account else { return MemberUse::default() };
        let stored = self.visits.get(&account).into_iter().flatten();
        let is_changed = |visit: &OwnVisit| store.is_some_and(|store| changes.touch::<Booking>(store, visit.booking));
        let mut visits: Vec<OwnVisit> = stored.filter(|visit| !is_changed(visit)).copied().collect();
        let changed = changes.after::<Booking>().filter(|booking| Some(booking.store) == store);
        visits.extend(changed.filter(|booking| booking.account == Some(account)).map(own_visit));
        let new = changes.added::<Member>().filter(|member| member.account == Some(account));
        let people = self.people.get(&account).copied().unwrap_or(0) + new.count();
        let mut waiting = self.waiting.get(&account).cloned().unwrap_or_default();
        let begun = changes.added::<WaitlistEntry>().filter(|entry| entry.account == Some(account) && entry.is_live());
        waiting.extend(begun.map(|entry| entry.starts));
        MemberUse { limits: in_force(limits), visits, people, waiting }
    }
}

/// The accounts that give such commands, each once and in order.
fn accounts(orders: &[ReceivedCommand], such: impl Fn(&Command) -> bool) -> Vec<AccountId> {
    let wanted = orders.iter().filter(|order| order.command.as_ref().is_some_and(&such));
    wanted.filter_map(|order| order.actor.account_id()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn in_force(limits: &Limits) -> MemberLimits {
    MemberLimits {
        visits_ahead: limits.visits_ahead,
        visits_a_day: limits.visits_a_day,
        lines_a_visit: limits.lines_a_visit,
        minutes_a_visit: limits.minutes_a_visit,
        minutes_of_a_hold: limits.minutes_of_a_hold,
        begun_an_hour: limits.begun_an_hour,
        people: limits.people_per_account,
        waiting: limits.waiting,
        waiting_a_day: limits.waiting_a_day,
    }
}

fn own_visit(booking: &Booking) -> OwnVisit {
    OwnVisit::new(booking.id, booking.starts_at, booking.made_at, &booking.state)
}
