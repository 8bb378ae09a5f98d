//! What two desks saw while they were apart comes to the same in whatever order their news arrive.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shared::booking::{Booking, CancelledBy, State};
use shared::command::*;
use shared::id::{BookingId, ReplicaId, StaffId};
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;

use super::salon::*;
use super::three_ways::cases;

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_news_of_two_desks_come_to_the_same_in_whatever_order_they_arrive(
        news in prop::collection::vec((0u8..10, 0u128..3, 0u16..12, any::<bool>(), 1i64..25), 1..24),
        order in prop::collection::vec(any::<bool>(), 24),
    ) {
        let (mut apart, shared) = (day_of_two_desks(&news, &[]), day_of_two_desks(&news, &order));
        for (id, booking) in shared {
            let other = apart.remove(&id);
            prop_assert_eq!(other, Some(booking), "{}", id);
        }
        prop_assert!(apart.is_empty());
    }
}

/// Kind, guest, minutes, which desk, minutes until the next.
type News = (u8, u128, u16, bool, i64);

/// Two desks lose the network at nine; one works with JJ, the other with Kelly, and both see Becky's guests come and go. Each sends its
/// news in its own order; `order` says whose turn it is, and without it one desk comes after the other.
fn day_of_two_desks(news: &[News], order: &[bool]) -> BTreeMap<BookingId, Seen> {
    let mut salon = Salon::open();
    for (number, hour) in [(90, 10), (91, 13), (92, 17)] {
        salon.promise(number, StaffPreference::Requested(BECKY), at(hour, 0));
    }
    let seen = salon.seq;
    let mut outboxes: [Vec<(Who, Command)>; 2] = Default::default();
    let mut moment = at(9, 0);
    for (kind, guest, vary, first, pause) in news {
        moment = moment.plus_minutes(*pause);
        let (replica, staff) = if *first { (DESK, JJ) } else { (OTHER_DESK, KELLY) };
        let outbox = &mut outboxes[usize::from(!first)];
        let number = outbox.len() as u64 + 1;
        let who = Who { replica, number, ..desk().offline_since(seen, moment) };
        outbox.push((who, told(*kind, *guest, *vary, (replica, staff), moment)));
    }
    salon.now = at(20, 0);
    let [mut first, mut second] = outboxes.map(Vec::into_iter);
    let mut turns = order.iter();
    loop {
        let next = match turns.next() {
            Some(false) => second.next().or_else(|| first.next()),
            _ => first.next().or_else(|| second.next()),
        };
        let Some((who, command)) = next else { break };
        let _refused = salon.give(&who, &command);
    }
    salon.view.bookings.values().map(|booking| (booking.id, Seen::of(booking))).collect()
}

/// What is the same in all orders. Of guests whom both desks saw, where they stand; lanes and versions tell who was first to say so.
#[derive(Debug, PartialEq)]
struct Seen {
    state: State,
    own: Option<Booking>,
}

impl Seen {
    fn of(booking: &Booking) -> Self {
        let is_own = booking.id.0.as_u128() < booking_id(90).0.as_u128();
        Seen { state: booking.state.clone(), own: is_own.then(|| Booking { placed_seq: 0, ..booking.clone() }) }
    }
}

fn told(kind: u8, guest: u128, vary: u16, (replica, staff): (ReplicaId, StaffId), moment: Timestamp) -> Command {
    let desk = if replica == DESK { 10 } else { 20 };
    let both = kind < 6 && vary.is_multiple_of(2);
    let booking = booking_id(if both { 90 + guest } else { desk + guest });
    let start = Timestamp(moment.0 / 300_000 * 300_000);
    match kind {
        0 => Command::CheckIn(CheckIn { store: STORE, booking, override_reason: None }),
        1 => Command::UndoCheckIn(UndoCheckIn { store: STORE, booking }),
        2 => Command::NoShow(NoShow { store: STORE, booking }),
        3 => Command::Start(Start { store: STORE, booking, staff: None, override_reason: None }),
        4 => Command::Finish(Finish { store: STORE, booking }),
        5 => Command::Cancel(Cancel { store: STORE, booking, by: CancelledBy::Store, reason: "".into() }),
        6 => walk_in(desk + guest, StaffPreference::Requested(staff), start),
        7 => book(desk + guest, CUT, StaffPreference::Requested(staff), start.plus_minutes(i64::from(vary) * 10)),
        8 => Command::UndoNoShow(UndoNoShow { store: STORE, booking }),
        _ => Command::RunningLate(RunningLate { store: STORE, booking, minutes: (vary + 1) * 5 }),
    }
}
