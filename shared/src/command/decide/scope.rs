//! What an actor may name. A record outside of its scopes does not exist for it, in whatever field of a command it is named: the answer is
//! the same as for an id that nobody ever gave.

use crate::booking::{Booking, State, Subject};
use crate::command::decider::Decider;
use crate::decision::Change;
use crate::id::{AccountId, BookingId, MemberId, StoreId};
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::store::Store;
use crate::visit_request::RequestedLine;

/// There is no such record, or none for this actor.
pub(super) fn not_found(kind: &str) -> Refusal {
    Refusal::NotFound { kind: kind.into() }
}

impl<'a> Decider<'a> {
    /// A booking that the actor may change: staff of the store, or its own account. To others it does not exist.
    pub(super) fn own_booking(self, store: StoreId, id: BookingId) -> Result<&'a Booking, Refusal> {
        if let Some(account) = self.context.actor.account_id() {
            let booking = self.booking(store, id)?;
            return if booking.account == Some(account) { Ok(booking) } else { Err(not_found("booking")) };
        }
        // The right comes first: who has none must not learn which bookings there are.
        self.must(Permission::WorkBoard, store)?;
        self.booking(store, id)
    }

    /// A member who may be named in a visit: an account names its own, a desk those its store knows.
    pub(crate) fn check_member(self, store: StoreId, id: MemberId) -> Result<(), Refusal> {
        let member = self.view.member(id).or_refuse("member")?;
        let may_name = match self.context.actor.principal {
            Principal::System => true,
            Principal::Anonymous => false,
            Principal::Account(own) => member.account == Some(own),
            Principal::User(_) | Principal::Device(_) => member.is_bookable_at(store),
        };
        if may_name { Ok(()) } else { Err(not_found("member")) }
    }

    /// The account a new booking is for. Members book for themselves; a desk names the account of somebody in the visit, whom its store
    /// knows.
    pub(super) fn account_for(self, named: Option<AccountId>, lines: &[RequestedLine]) -> Result<Option<AccountId>, Refusal> {
        match self.context.actor.principal {
            Principal::Account(own) if named.is_none_or(|account| account == own) => Ok(Some(own)),
            Principal::Account(_) | Principal::Anonymous => Err(Refusal::NotAllowed),
            Principal::System => Ok(named),
            Principal::User(_) | Principal::Device(_) => {
                let Some(account) = named else { return Ok(None) };
                let holds = |id: MemberId| self.view.members.get(&id).is_some_and(|member| member.account == Some(account));
                if people(lines).any(holds) { Ok(named) } else { Err(not_found("account")) }
            }
        }
    }

    /// The version of the terms that was on the screen must have been published; a desk may have shown none.
    pub(super) fn check_terms(self, store: &Store, version: u16) -> Result<(), Refusal> {
        let first = if self.is_staff() { 0 } else { 1 };
        if (first..=store.rules.terms_version).contains(&version) {
            Ok(())
        } else {
            Err(Refusal::Invalid { field: "terms_version".into() })
        }
    }

    /// Whom the store knows from now on: those who book there themselves, and those who come. A hold is not yet a booking, and one that was
    /// more before has introduced them already.
    pub(super) fn introduced(self, booking: &Booking) -> Vec<Change> {
        let is_more_than_held = |booking: &Booking| !matches!(booking.agreed(), State::Held { .. } | State::Expired { .. });
        let was_booked = self.view.bookings.get(&booking.id).is_some_and(is_more_than_held);
        let by_themselves = matches!(booking.entered_by, Principal::Account(_) | Principal::System);
        let is_here = matches!(booking.state, State::Waiting { .. } | State::CheckedIn { .. } | State::InService { .. });
        if matches!(booking.state, State::Held { .. }) || !(is_here || by_themselves && !was_booked) {
            return Vec::new();
        }
        let known = booking.members().into_iter().filter_map(|id| self.view.members.get(&id));
        let new = known.filter(|member| !member.is_known_at(booking.store) && (by_themselves || member.is_bookable_at(booking.store)));
        new.map(|member| {
            let mut member = member.clone();
            member.introduce(booking.store);
            Change::put(member)
        })
        .collect()
    }
}

/// Everybody who is named in lines.
fn people(lines: &[RequestedLine]) -> impl Iterator<Item = MemberId> + '_ {
    let subject = |line: &RequestedLine| match line.subject {
        Subject::Member(member) => Some(member),
        Subject::Guest { .. } => None,
    };
    lines.iter().flat_map(move |line| subject(line).into_iter().chain(line.payer))
}
