//! Every history is decided three ways: by who knows everything, by who has just started and reads what is asked for, and by who
//! remembers what it read before.

use proptest::prelude::*;
use shared::block::Block;
use shared::booking::{Booking, CancelledBy, State, Subject};
use shared::command::*;
use shared::context::Context;
use shared::decision::{Change, Decision};
use shared::elsewhere::Elsewhere;
use shared::id::MemberId;
use shared::money::Money;
use shared::noun::Noun;
use shared::part::Part;
use shared::placement::usual;
use shared::refusal::Refusal;
use shared::staff_assignment::Binding;
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::store::Confirmation;
use shared::time::{LocalSpan, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::NewPreference;
use uuid::Uuid;

use super::properties::{command, staff_preference};
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
        let near = |entry: &&Elsewhere| touches(&range, entry.range().start, entry.range().end);
        for entry in truth.elsewhere.values().filter(near) {
            view.elsewhere.insert(entry.id, entry.clone());
        }
        view.known.schedules.insert(store, range);
    }
    for wanted in &plan.waiting {
        for entry in truth.waiting_for(*wanted) {
            view.waitlist.insert(entry.id, entry.clone());
        }
        view.known.waiting.push(*wanted);
    }
    for (store, member) in &plan.usual {
        let person = usual::person_of(truth, *store, *member).unwrap();
        view.known.usual.push((*store, *member, person));
    }
    for key in &plan.records {
        match truth.get(key) {
            Some(record) => view.put(record),
            None => drop(view.known.absent.insert(*key)),
        }
    }
}

/// Decides with a view that has to ask.
pub fn decide_by_asking(command: &Command, context: &Context, view: &mut View, truth: &View) -> Result<Decision, Refusal> {
    // What an account holds elsewhere comes with the context, and its records with it.
    if matches!(command, Command::Hold(_)) {
        load(view, &ReadPlan { records: context.member_use.holds().map(Booking::key_of).collect(), ..ReadPlan::default() }, truth);
    }
    view.known.usual.clear();
    let mut rounds = 0;
    while let Some(plan) = command.reads(view) {
        rounds += 1;
        assert!(rounds <= MOST_ROUNDS, "asks and asks: {plan:?}");
        load(view, &plan, truth);
    }
    command.decide(context, view)
}

/// A salon that is open day and night; or with a service that takes nearly all day, and two basins.
fn open_always(long: bool) -> Salon {
    let mut salon = if long { Salon::with_basins(2) } else { Salon::open() };
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
type Deed = (u8, u128, u16, StaffPreference, u16, i64);

fn deed() -> impl Strategy<Value = Deed> {
    // Facts twice as often as the rest.
    let kind = prop_oneof![0u8..25, prop::sample::select(vec![0u8, 2, 5, 6, 7, 8, 9, 10])];
    (kind, 1u128..14, (0u16..2880).prop_map(|minute| minute / 5 * 5), staff_preference(), 1u16..48, 0i64..240)
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
    fn whoever_knows_everything_and_whoever_has_to_ask_decide_the_same(
        deeds in prop::collection::vec(deed(), 1..28),
        long: bool,
        by_desk: bool,
        by_turns: bool,
    ) {
        let mut salon = open_always(long);
        if by_turns {
            salon.goes_by_turns(Binding::OnArrival, true);
        }
        // JJ is at the other store for two hours, or somebody there only looks at that time.
        salon.is_elsewhere(JJ, TimeRange { start: at(14, 0), end: at(16, 0) }, long.then(|| at(12, 0)));
        if by_desk {
            salon.rules(|rules| rules.confirmation = Confirmation::ByDesk);
        }
        join(&mut salon);
        let opening = salon.seq;
        let mut kept = View::of(salon.view.catalogue.clone());
        kept.known.catalogue = true;
        for (kind, number, minute, staff_preference, vary, pause) in &deeds {
            salon.now = salon.now.plus_minutes(*pause);
            let who = giver(&salon, *kind, *vary, opening);
            let given = for_members(command(*kind, *number, start_of(&salon, *minute, *vary), *staff_preference, *vary % 12), *vary);
            let context = Context { base_raised: *vary == 11, ..salon.context(&who) };
            let known = given.decide(&context, &salon.view);
            prop_assert_ne!(&known, &Err(Refusal::Undecided), "{:?}", given);
            let mut cold = View::of(salon.view.catalogue.clone());
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
}

const MEMBERS: [MemberId; 2] = [MemberId(Uuid::from_u128(621)), MemberId(Uuid::from_u128(622))];

/// Two people have accounts; no store knows them yet.
fn join(salon: &mut Salon) {
    for (member, account) in MEMBERS.into_iter().zip([XIAOMAN, CHEN_MO]) {
        let register = RegisterMember { member, account: None, store: None, name: "小满".into(), phone: None, consent: consent() };
        salon.give(&phone_of(account), &Command::RegisterMember(register)).unwrap();
    }
}

/// Some visits are of members.
fn for_members(mut command: Command, vary: u16) -> Command {
    let (Command::Book(Book { lines, .. }) | Command::SeatWalkIn(SeatWalkIn { lines, .. }) | Command::Hold(Hold { lines, .. })) =
        &mut command
    else {
        return command;
    };
    if vary.is_multiple_of(5) || vary.is_multiple_of(7) {
        lines[0].subject = Subject::Member(MEMBERS[usize::from(vary.is_multiple_of(7))]);
    }
    command
}

/// The kept view after a commit, with the places the tables gave.
fn remember(kept: &mut View, decision: &Decision, truth: &View) {
    for change in &decision.changes {
        match change {
            Change::Put(record) => kept.put(truth.get(&record.key()).unwrap()),
            removed @ Change::Remove { .. } => kept.apply(removed),
        }
    }
}

#[test]
fn a_desk_with_a_long_day_is_asked_for_all_of_it() {
    let mut salon = open_always(true);
    for (number, hour) in [(1, 8), (2, 18)] {
        salon.give(&desk(), &book(number, COLOUR, StaffPreference::Requested(JJ), at(hour, 0).plus_minutes(1440))).unwrap();
    }
    salon.now = at(8, 0).plus_minutes(1440);
    let late = Command::RunningLate(RunningLate { store: STORE, booking: booking_id(1), minutes: 240 });
    let context = Context { stamp: Stamp::default(), ..salon.context(&desk()) };
    let mut cold = View::of(salon.view.catalogue.clone());
    cold.known.catalogue = true;
    let decision = decide_by_asking(&late, &context, &mut cold, &salon.view).unwrap();
    salon.commit(&decision);
    assert_eq!(salon.booking(2).late_minutes, 240);
}

/// Decides with everything known and with what is asked for, which is the same.
fn decided(salon: &mut Salon, who: &Who, given: &Command) -> Decision {
    let context = salon.context(who);
    let mut cold = View::of(salon.view.catalogue.clone());
    cold.known.catalogue = true;
    let decision = given.decide(&context, &salon.view);
    assert_eq!(decide_by_asking(given, &context, &mut cold, &salon.view), decision);
    let decision = decision.unwrap();
    salon.commit(&decision);
    decision
}

fn cancelled_by_member(number: u128) -> Command {
    Command::Cancel(Cancel { store: STORE, booking: booking_id(number), by: CancelledBy::Member, reason: "".into() })
}

fn arrive(number: u128) -> Command {
    Command::CheckIn(CheckIn { store: STORE, booking: booking_id(number), override_reason: None })
}

#[test]
fn a_store_that_has_just_started_learns_of_a_guest_who_comes() {
    for fact in [arrive(1), Command::Start(Start { store: STORE, booking: booking_id(1), staff: None, override_reason: None })] {
        let mut salon = Salon::open();
        join(&mut salon);
        // The desk knows her by the number that she gave, and has booked for her.
        salon.view.members.get_mut(&MEMBERS[0]).unwrap().introduced.push(STORE);
        let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Requested(JJ), at(14, 0)) else { unreachable!() };
        wanted.lines[0].subject = Subject::Member(MEMBERS[0]);
        salon.give(&desk(), &Command::Book(wanted)).unwrap();
        salon.now = at(14, 0);
        assert!(!salon.view.members[&MEMBERS[0]].stores.contains(&STORE), "booked, and not been here");
        decided(&mut salon, &desk(), &fact);
        assert!(salon.view.members[&MEMBERS[0]].stores.contains(&STORE));
    }
}

#[test]
fn a_visit_that_asks_for_nobody_any_more_goes_to_whoever_served_its_guest_last() {
    let mut salon = Salon::open();
    salon.goes_by_turns(Binding::AtBooking, true);
    join(&mut salon);
    salon.view.members.get_mut(&MEMBERS[0]).unwrap().introduced.push(STORE);
    let of_member = |command: Command| {
        let mut command = command;
        if let Command::Book(Book { lines, .. }) | Command::SeatWalkIn(SeatWalkIn { lines, .. }) = &mut command {
            lines[0].subject = Subject::Member(MEMBERS[0]);
        }
        command
    };
    salon.now = at(10, 0);
    salon.give(&desk(), &of_member(walk_in(1, StaffPreference::Requested(BECKY), at(10, 0)))).unwrap();
    salon.give(&desk(), &Command::Start(Start { store: STORE, booking: booking_id(1), staff: None, override_reason: None })).unwrap();
    salon.now = at(11, 0);
    salon.give(&desk(), &Command::Finish(Finish { store: STORE, booking: booking_id(1) })).unwrap();
    salon.give(&desk(), &of_member(book(2, CUT, StaffPreference::Requested(KELLY), at(14, 0)))).unwrap();
    let anybody = NewPreference { staff_preference: StaffPreference::Any, seen_price: Some(Money(16_800)) };
    let (booking, starts_at) = (booking_id(2), at(15, 0));
    let moved = Move { store: STORE, booking, starts_at, staff_preferences: vec![Some(anybody)], override_reason: None };
    decided(&mut salon, &desk(), &Command::Move(moved));
    assert_eq!(salon.staff_of(2), BECKY);
}

#[test]
fn who_makes_room_is_not_given_to_a_colleague_who_is_taken_a_little_later() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(KELLY), at(14, 0));
    let seen = salon.seq;
    salon.give(&phone_of(XIAOMAN), &cancelled_by_member(1)).unwrap();
    salon.give(&desk(), &book(3, COLOUR, StaffPreference::Requested(JJ), at(10, 0))).unwrap();
    salon.give(&desk(), &book(4, CUT, StaffPreference::Requested(BECKY), at(15, 0))).unwrap();
    salon.give(&desk(), &book(2, CUT, StaffPreference::Any, at(14, 30))).unwrap();
    assert_eq!(salon.staff_of(2), KELLY);
    salon.now = at(13, 55);
    let offline = Who { replica: OTHER_DESK, ..desk().offline_since(seen, at(13, 55)) };
    decided(&mut salon, &offline, &arrive(1));
    assert!(matches!(salon.state(2), State::Displaced { .. }), "Becky has a guest from three on");
}

#[test]
fn a_visit_that_nobody_ended_is_in_the_way_hours_later() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(20, 0));
    salon.give(&phone_of(XIAOMAN), &cancelled_by_member(1)).unwrap();
    salon.now = at(10, 0);
    salon.give(&desk(), &walk_in(2, StaffPreference::Requested(JJ), at(10, 0))).unwrap();
    salon.give(&desk(), &Command::Start(Start { store: STORE, booking: booking_id(2), staff: None, override_reason: None })).unwrap();
    salon.now = at(20, 5);
    decided(&mut salon, &desk(), &arrive(1));
    assert_eq!(salon.booking(1).occupancy[0].lane, 1);
}

#[test]
fn a_visit_of_fourteen_hours_is_booked_and_one_of_a_day_and_a_night_is_not() {
    for (cuts, is_taken) in [(4, true), (11, true), (16, false)] {
        let mut salon = open_always(true);
        let Command::Book(mut wanted) = book(1, COLOUR, StaffPreference::Requested(JJ), at(10, 0)) else { unreachable!() };
        let staff_preferences = if cuts > 11 { vec![COLOUR; 3] } else { vec![CUT; cuts] };
        wanted.lines.extend(staff_preferences.into_iter().map(|service| line(service, StaffPreference::Requested(JJ), at(10, 0))));
        let wanted = Command::Book(wanted);
        let context = salon.context(&desk());
        let mut cold = View::of(salon.view.catalogue.clone());
        cold.known.catalogue = true;
        let known = wanted.decide(&context, &salon.view);
        assert_eq!(decide_by_asking(&wanted, &context, &mut cold, &salon.view), known);
        assert_eq!(known.is_ok(), is_taken, "{known:?}");
        assert!(is_taken || known == Err(Refusal::Invalid { field: "lines".into() }));
    }
}
