//! Every history is decided three ways: by who knows everything, by who has just started and reads what is asked for, and by who
//! remembers what it read before. And what two desks saw happens in whatever order their news arrive.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shared::attention::Attention;
use shared::block::Block;
use shared::booking::{Booking, CancelledBy, StaffWish, State};
use shared::command::*;
use shared::decision::{Change, Decision};
use shared::id::{BookingId, ReplicaId, StaffId};
use shared::refusal::Refusal;
use shared::service::Part;
use shared::stamp::Stamp;
use shared::time::{LocalSpan, TimeRange, Timestamp};
use shared::view::View;

use super::properties::{command, wish};
use super::salon::*;

/// Reads ask at most so often.
const MOST_ROUNDS: usize = 3;

pub fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual);
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() }
}

/// What a table has of a plan, with comparisons of its own.
fn load(view: &mut View, plan: &ReadPlan, truth: &View) {
    let touches = |range: &TimeRange, start: Timestamp, end: Timestamp| start < range.end && range.start < end;
    let reach = |booking: &Booking| {
        let starts = booking.occupancy.iter().map(|held| held.range.start).chain([booking.starts_at]);
        let ends = booking.occupancy.iter().map(|held| held.range.end).chain([booking.ends_at]);
        (starts.min().unwrap(), ends.max().unwrap())
    };
    if let Some((store, range)) = plan.schedule {
        let near = |booking: &&Booking| touches(&range, reach(booking).0, reach(booking).1);
        for booking in truth.bookings.values().filter(near) {
            view.bookings.insert(booking.id, booking.clone());
        }
        let near = |block: &&Block| touches(&range, block.range.start, block.range.end);
        for block in truth.blocks.values().filter(near) {
            view.blocks.insert(block.id, block.clone());
        }
        view.known.schedules.insert(store, range);
    }
    for id in &plan.bookings {
        match truth.bookings.get(id) {
            Some(booking) => view.bookings.insert(*id, booking.clone()),
            None => drop(view.known.no_booking.insert(*id)),
        }
    }
    for id in &plan.blocks {
        match truth.blocks.get(id) {
            Some(block) => view.blocks.insert(*id, block.clone()),
            None => drop(view.known.no_block.insert(*id)),
        }
    }
    for id in &plan.members {
        match truth.members.get(id) {
            Some(member) => view.members.insert(*id, member.clone()),
            None => drop(view.known.no_member.insert(*id)),
        }
    }
    let entries: Vec<Attention> = plan.attention.iter().filter_map(|id| truth.attention.get(id).cloned()).collect();
    view.attention.extend(entries.into_iter().map(|entry| (entry.id, entry)));
}

/// Decides with a view that has to ask.
fn decide_by_asking(command: &Command, context: &Context, view: &mut View, truth: &View) -> Result<Decision, Refusal> {
    let mut rounds = 0;
    while let Some(plan) = command.reads(view) {
        rounds += 1;
        assert!(rounds <= MOST_ROUNDS, "asks and asks: {plan:?}");
        load(view, &plan, truth);
    }
    command.decide(context, view)
}

/// A salon that is open day and night, with a service that takes nearly all day.
fn open_always(long: bool) -> Salon {
    let mut salon = Salon::open();
    let catalogue = std::sync::Arc::make_mut(&mut salon.view.catalogue);
    let always = vec![LocalSpan { from: 0, until: 1440 }];
    catalogue.stores.get_mut(&STORE).unwrap().hours = core::array::from_fn(|_| always.clone());
    let shifts: Vec<_> = catalogue.shifts.keys().copied().collect();
    shifts.iter().for_each(|shift| catalogue.shifts.get_mut(shift).unwrap().spans = always.clone());
    if long {
        let parts = &mut catalogue.services.get_mut(&COLOUR).unwrap().parts;
        let minutes = [300, 60, 240];
        *parts = parts.iter().zip(minutes).map(|(part, minutes)| Part { minutes, ..*part }).collect();
    }
    salon
}

/// Kind, booking, minute of two days, wish, a number to vary it by, minutes until the next.
type Deed = (u8, u128, u16, StaffWish, u16, i64);

fn deed() -> impl Strategy<Value = Deed> {
    // Facts twice as often as the rest.
    let kind = prop_oneof![0u8..21, prop::sample::select(vec![0u8, 2, 5, 6, 7, 8, 9, 10])];
    (kind, 1u128..14, (0u16..2880).prop_map(|minute| minute / 5 * 5), wish(), 1u16..48, 0i64..240)
}

fn giver(salon: &Salon, kind: u8, vary: u16, opening: u64) -> Who {
    let who = match vary % 5 {
        0 => phone_of(XIAOMAN),
        1 => desk().offline_since(opening, salon.now.plus_minutes(-i64::from(vary) * 13)),
        2 => Who { replica: OTHER_DESK, number: u64::from(vary), ..desk() },
        _ => desk(),
    };
    match kind {
        18 => system(),
        19 => owner(),
        20 => Who { number: 0, ..who },
        _ => who,
    }
}

/// Around now half of the time, where the schedule is dense.
fn start_of(salon: &Salon, minute: u16, vary: u16) -> u16 {
    let now = u16::try_from(salon.now.minutes_since(at(0, 0))).unwrap_or(0) / 5 * 5;
    if vary.is_multiple_of(2) { minute } else { (now + minute % 180).saturating_sub(30) / 5 * 5 }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn whoever_knows_everything_and_whoever_has_to_ask_decide_the_same(deeds in prop::collection::vec(deed(), 1..28), long: bool) {
        let mut salon = open_always(long);
        let opening = salon.seq;
        let mut kept = View { catalogue: salon.view.catalogue.clone(), ..View::default() };
        kept.known.catalogue = true;
        for (kind, number, minute, wish, vary, pause) in &deeds {
            salon.now = salon.now.plus_minutes(*pause);
            let who = giver(&salon, *kind, *vary, opening);
            let given = command(*kind, *number, start_of(&salon, *minute, *vary), *wish, *vary % 12);
            let context = Context { base_raised: *vary == 11, ..salon.context(&who) };
            let known = given.decide(&context, &salon.view);
            prop_assert_ne!(&known, &Err(Refusal::Undecided), "{:?}", given);
            let mut cold = View { catalogue: salon.view.catalogue.clone(), ..View::default() };
            cold.known.catalogue = true;
            prop_assert_eq!(&decide_by_asking(&given, &context, &mut cold, &salon.view), &known, "cold: {:?}", given);
            kept.catalogue = salon.view.catalogue.clone();
            prop_assert_eq!(&decide_by_asking(&given, &context, &mut kept, &salon.view), &known, "kept: {:?}", given);
            if let Ok(decision) = known {
                salon.commit(&decision);
                remember(&mut kept, &decision, &salon.view);
            }
        }
    }

    #[test]
    fn the_news_of_two_desks_come_to_the_same_in_whatever_order_they_arrive(
        news in prop::collection::vec((0u8..9, 0u128..3, 0u16..12, any::<bool>(), 1i64..25), 1..24),
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

/// The kept view after a commit, with the places the tables gave.
fn remember(kept: &mut View, decision: &Decision, truth: &View) {
    for change in &decision.changes {
        match change {
            Change::PutBooking(booking) => kept.bookings.insert(booking.id, truth.bookings[&booking.id].clone()),
            Change::PutBlock(block) => kept.blocks.insert(block.id, truth.blocks[&block.id].clone()),
            other => kept.apply(other),
        }
    }
}

/// Kind, guest, minutes, which desk, minutes until the next.
type News = (u8, u128, u16, bool, i64);

/// Two desks lose the network at nine; one works with JJ, the other with Kelly, and both see Becky's guests come and go. Each sends its
/// news in its own order; `order` says whose turn it is, and without it one desk comes after the other.
fn day_of_two_desks(news: &[News], order: &[bool]) -> BTreeMap<BookingId, Seen> {
    let mut salon = Salon::open();
    for (number, hour) in [(90, 10), (91, 13), (92, 17)] {
        salon.promise(number, StaffWish::Requested(BECKY), at(hour, 0));
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
        0 => Command::CheckIn(CheckIn { store: STORE, booking, over: None }),
        1 => Command::UndoCheckIn(UndoCheckIn { store: STORE, booking }),
        2 => Command::NoShow(NoShow { store: STORE, booking }),
        3 => Command::Start(Start { store: STORE, booking, staff: None, over: None }),
        4 => Command::Finish(Finish { store: STORE, booking }),
        5 => Command::Cancel(Cancel { store: STORE, booking, by: CancelledBy::Store, reason: String::new() }),
        6 => walk_in(desk + guest, StaffWish::Requested(staff), start),
        7 => book(desk + guest, CUT, StaffWish::Requested(staff), start.plus_minutes(i64::from(vary) * 10)),
        _ => Command::RunningLate(RunningLate { store: STORE, booking, minutes: (vary + 1) * 5 }),
    }
}

#[test]
fn a_desk_with_a_long_day_is_asked_for_all_of_it() {
    let mut salon = open_always(true);
    for (number, hour) in [(1, 8), (2, 18)] {
        salon.give(&desk(), &book(number, COLOUR, StaffWish::Requested(JJ), at(hour, 0).plus_minutes(1440))).unwrap();
    }
    salon.now = at(8, 0).plus_minutes(1440);
    let late = Command::RunningLate(RunningLate { store: STORE, booking: booking_id(1), minutes: 240 });
    let context = Context { stamp: Stamp::default(), ..salon.context(&desk()) };
    let mut cold = View { catalogue: salon.view.catalogue.clone(), ..View::default() };
    cold.known.catalogue = true;
    let decision = decide_by_asking(&late, &context, &mut cold, &salon.view).unwrap();
    salon.commit(&decision);
    assert_eq!(salon.booking(2).late_minutes, 240);
}
