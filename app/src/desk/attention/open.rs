//! Which entries still need somebody. An entry whose matter has settled itself (the booking took another time, the request was
//! answered) is not shown, whoever settled it.

use shared::attention::{Attention, AttentionKind};
use shared::booking::Booking;
use shared::id::{BookingId, StoreId};
use shared::member::{Member, MemberGroup};
use shared::placement::coverage::open_gaps;
use shared::sort;
use shared::state_kind::StateKind;
use shared::view::View;

/// The open entries of a store, the oldest first: who waits longest comes first.
#[must_use]
pub fn open_entries(view: &View, store: StoreId) -> Vec<Attention> {
    let own = view.attention.values().filter(|entry| entry.store == store && entry.resolved_at.is_none());
    let mut open: Vec<Attention> = own.filter(|entry| still_holds(view, entry)).cloned().collect();
    sort::sort_by_key(&mut open, |entry| entry.raised_at);
    open.dedup_by(|later, earlier| later.about == earlier.about);
    open
}

/// What is not known here stays open.
fn still_holds(view: &View, entry: &Attention) -> bool {
    let booking = |id: &BookingId, holds: fn(&Booking) -> bool| view.bookings.get(id).is_none_or(holds);
    match &entry.about {
        AttentionKind::Displaced { booking: id, .. } => booking(id, |booking| booking.state.kind() == StateKind::Displaced),
        AttentionKind::Overlap { booking: id } => {
            booking(id, |booking| booking.state.is_live() && booking.occupancy.iter().any(|taken| taken.lane > 0))
        }
        AttentionKind::Request { booking: id } => booking(id, |booking| booking.state.kind() == StateKind::Requested),
        AttentionKind::Delayed { booking: id, .. } => {
            booking(id, |booking| booking.late_minutes > 0 && matches!(booking.state.kind(), StateKind::Confirmed | StateKind::Requested))
        }
        AttentionKind::Superseded { member, group } => view.members.get(member).is_none_or(|member| has_lost(member, *group)),
        AttentionKind::ClockShifted { booking: id, .. } => booking(id, |booking| booking.state.is_live()),
        AttentionKind::Uncovered { gaps } => !open_gaps(view, entry.store, (gaps, entry.raised_at)).is_empty(),
        AttentionKind::TwoPlaces { .. } | AttentionKind::Imported { .. } => true,
    }
}

/// Whether a value that lost is still kept beside the one that holds.
fn has_lost(member: &Member, group: MemberGroup) -> bool {
    match group {
        MemberGroup::Name => member.name.lost().is_some(),
        MemberGroup::Contact => member.contact.lost().is_some(),
        MemberGroup::Profile => member.profile.lost().is_some(),
        MemberGroup::Notes => member.notes.lost().is_some(),
        MemberGroup::Allergies => member.allergies.lost().is_some(),
        MemberGroup::Tags => member.tags.lost().is_some(),
    }
}
