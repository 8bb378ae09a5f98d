//! What reports count: the services of a visit one by one, as they follow from the booking alone.

use crate::booking::{Booking, Line, State, Subject};
use crate::id::{AccountId, BookingId, MemberId, ServiceId, StaffId, StoreId};
use crate::money::Price;
use crate::role::Channel;
use crate::state_kind::StateKind;
use crate::time::{LocalDate, Timestamp};
use crate::zone::Zone;

/// One service of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitLine {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// Which of its lines, from 0.
    pub line: u8,
    /// The day on which it begins, where the store is.
    pub day: LocalDate,
    /// When it begins; of a visit of which only the date is known, that day's midnight.
    pub starts_at: Timestamp,
    /// From the beginning of its first part to the end of its last.
    pub minutes: u32,
    /// Of these, those in which its staff member is needed.
    pub staff_minutes: u32,
    /// Where the visit stands.
    pub state: StateKind,
    /// Since when, where the state says so.
    pub settled_at: Option<Timestamp>,
    /// Cancelled after the cut-off.
    pub is_late: bool,
    /// Channel.
    pub channel: Channel,
    /// What was done, or is to be.
    pub service: ServiceId,
    /// Who does it.
    pub staff: Option<StaffId>,
    /// The guest asked for that person 点钟.
    pub is_requested: bool,
    /// Who is served, if it is a member.
    pub member: Option<MemberId>,
    /// The account that booked.
    pub account: Option<AccountId>,
    /// What was agreed.
    pub price: Price,
    /// When the booking was made.
    pub made_at: Timestamp,
}

/// The lines of a visit; none while it is only held, or was given up before it became one.
pub fn lines_of<'a>(booking: &'a Booking, zone: &'a Zone) -> impl Iterator<Item = VisitLine> + 'a {
    let is_visit = !matches!(booking.state, State::Held { .. } | State::Expired { .. });
    booking.lines.iter().zip(0u8..).filter(move |_| is_visit).map(|(line, number)| line_of(booking, line, number, zone))
}

fn line_of(booking: &Booking, line: &Line, number: u8, zone: &Zone) -> VisitLine {
    let minutes = |minutes: i64| u32::try_from(minutes).unwrap_or(0);
    VisitLine {
        store: booking.store,
        booking: booking.id,
        line: number,
        day: zone.local(line.starts_at).0,
        starts_at: line.starts_at,
        minutes: minutes(line.range().minutes()),
        staff_minutes: minutes(line.staff_ranges().map(|(_, range)| range.minutes()).sum()),
        state: booking.state.kind(),
        settled_at: settled_at(&booking.state),
        is_late: matches!(booking.state, State::Cancelled { late: true, .. }),
        channel: booking.channel,
        service: line.performed.unwrap_or(line.service),
        staff: line.staff,
        is_requested: line.staff.is_some() && line.staff_preference.person() == line.staff,
        member: match &line.subject {
            Subject::Member(member) => Some(*member),
            Subject::Guest { .. } => None,
        },
        account: booking.account,
        price: line.price,
        made_at: booking.made_at,
    }
}

fn settled_at(state: &State) -> Option<Timestamp> {
    match *state {
        State::Held { .. } | State::Requested => None,
        State::Waiting { since } | State::InService { since, .. } => Some(since),
        State::Confirmed { at }
        | State::CheckedIn { at }
        | State::Completed { at }
        | State::Expired { at }
        | State::Declined { at, .. }
        | State::Cancelled { at, .. }
        | State::NoShow { at }
        | State::Displaced { at } => Some(at),
    }
}
