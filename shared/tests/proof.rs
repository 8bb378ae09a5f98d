//! The proof of scheduling (C4, A1–A5): over random stores, what is listed is what a plain walk through every quantum finds; every time
//! that is listed can be booked, and no other one without a reason.
//!
//! A share of it in every build; with `HUIYUE_LONG` a hundred thousand stores, which wants a build in release (`cargo xtask test --long`).

#[path = "proof/plan.rs"]
mod plan;
#[path = "proof/records.rs"]
mod records;
#[path = "proof/tape.rs"]
mod tape;
#[path = "proof/walk.rs"]
mod walk;
#[path = "proof/zones.rs"]
mod zones;

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use shared::booking::{Booking, State, Subject};
use shared::command::{Book, Command};
use shared::context::Context;
use shared::decision::Decision;
use shared::id::{AccountId, CommandId, ReplicaId, StaffId, UserId};
use shared::openings::{Openings, search};
use shared::refusal::Refusal;
use shared::role::{Actor, Channel, Grant, Principal, Role};
use shared::stamp::Stamp;
use shared::time::{LocalDate, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedLine, RequestedService, VisitRequest};
use uuid::Uuid;

use plan::{DAYS, Plan, Wish};
use records::{NEW, STORES, instant, person_id, preference, price, service_id};
use tape::Tape;
use walk::Walk;

/// Stores in every build, and with `HUIYUE_LONG`.
const STORES_USUALLY: u32 = 1_500;
const STORES_LONG: u32 = 100_000;

/// Numbers that a store is made of.
const NUMBERS: usize = 320;

/// Of each store so many times are booked or tried in vain: those at which the list begins or ends, and some others
/// of each sort.
const AT_EDGES: usize = 20;
const ELSEWHERE: usize = 8;

const ACCOUNT: AccountId = AccountId(Uuid::from_u128(5_000));

/// What was looked at.
#[derive(Default)]
struct Seen {
    listed: AtomicU64,
    unlisted: AtomicU64,
    booked: AtomicU64,
    refused: AtomicU64,
}

impl Seen {
    fn count(number: &AtomicU64, more: usize) {
        number.fetch_add(more as u64, Ordering::Relaxed);
    }
}

/// A store, whoever asks, and what they are told.
struct Asked<'a> {
    plan: &'a Plan,
    view: View,
    context: Context,
}

#[test]
fn what_is_listed_is_what_a_plain_walk_finds_and_that_alone_can_be_booked() {
    let stores = if std::env::var_os("HUIYUE_LONG").is_some() { STORES_LONG } else { STORES_USUALLY };
    let threads = std::thread::available_parallelism().map_or(1, |threads| u32::try_from(threads.get()).unwrap_or(1)).min(8);
    let (seen, begun) = (Seen::default(), now());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| look_at(stores.div_ceil(threads), &seen));
        }
    });
    let [listed, unlisted, booked, refused] =
        [&seen.listed, &seen.unlisted, &seen.booked, &seen.refused].map(|n| n.load(Ordering::Relaxed));
    let seconds = begun.elapsed().as_secs_f64();
    // Written past the test harness, which swallows what a test that passes says.
    let _ = writeln!(
        std::io::stdout(),
        "proof: {stores} random stores, {listed} openings and {unlisted} other starts as the walk has them, {booked} booked, \
         {refused} refused, {seconds:.1} s"
    );
    let enough = u64::from(stores);
    assert!(listed > 15 * enough && booked > 4 * enough && refused > enough, "too little was offered to prove anything");
}

#[expect(clippy::disallowed_methods, reason = "how long it took is printed, and nothing depends on it")]
fn now() -> Instant {
    Instant::now()
}

fn look_at(stores: u32, seen: &Seen) {
    let config = ProptestConfig { cases: stores, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() };
    let numbers = proptest::collection::vec(any::<u16>(), NUMBERS);
    let outcome = TestRunner::new(config).run(&numbers, |numbers| holds_for(&Plan::read(&mut Tape::of(&numbers)), &numbers, seen));
    if let Err(TestError::Fail(reason, numbers)) = outcome {
        panic!("{reason}\n{:?}", Plan::read(&mut Tape::of(&numbers)));
    }
    outcome.expect("it ran");
}

fn holds_for(plan: &Plan, numbers: &[u16], seen: &Seen) -> Result<(), TestCaseError> {
    let (asked, walk) = (Asked::of(plan), Walk::through(plan));
    let query = asked.query();
    let found = search(&asked.view, &query, asked.context.now);
    if plan.visit.online && plan.visit.lines.iter().any(|(service, _)| !plan.services[*service].online) {
        prop_assert_eq!(found.err(), Some(Refusal::NotOnline));
        return Ok(());
    }
    let openings = found.expect("everything is known");
    let offers = walk.offers();
    for (start, people) in &offers {
        let listed: Vec<StaffId> =
            if openings.has(instant(plan, *start)) { openings.staff_at(instant(plan, *start)).collect() } else { Vec::new() };
        let expected: Vec<StaffId> = people.iter().map(|person| person_id(*person)).collect();
        prop_assert_eq!(listed, expected, "at {}", at(plan, *start));
    }
    prop_assert_eq!(openings.starts().count(), offers.iter().filter(|(_, people)| !people.is_empty()).count(), "beyond the days");
    Seen::count(&seen.listed, openings.starts().count());
    Seen::count(&seen.unlisted, offers.len() - openings.starts().count());
    let mut tape = Tape::of(&numbers[NUMBERS / 2..]);
    for (start, is_listed) in worth_trying(&offers, &walk, &mut tape) {
        if is_listed {
            asked.can_be_booked(&openings, &walk, start)?;
            Seen::count(&seen.booked, 1);
        } else if plan.visit.online || start >= plan.now {
            asked.cannot_be_booked(&mut tape, start)?;
            Seen::count(&seen.refused, 1);
        }
    }
    Ok(())
}

/// Starts on the grid, and whether they are listed.
fn worth_trying(offers: &[(i64, Vec<usize>)], walk: &Walk<'_>, tape: &mut Tape<'_>) -> Vec<(i64, bool)> {
    let on_grid = offers.iter().filter(|(start, _)| walk.is_on_grid(*start));
    let grid: Vec<(i64, bool)> = on_grid.map(|(start, people)| (*start, !people.is_empty())).collect();
    let edges: Vec<(i64, bool)> = grid.windows(2).filter(|pair| pair[0].1 != pair[1].1).flatten().copied().collect();
    let listed: Vec<(i64, bool)> = grid.iter().filter(|(_, is_listed)| *is_listed).copied().collect();
    let from = tape.count_below(edges.len());
    let mut chosen: Vec<(i64, bool)> = edges.iter().cycle().skip(from).take(AT_EDGES.min(edges.len())).copied().collect();
    for among in [&grid, &listed].into_iter().filter(|among| !among.is_empty()) {
        chosen.extend((0..ELSEWHERE).map(|_| tape.pick(among)));
    }
    chosen
}

/// The local day and time, for whoever reads a failure.
fn at(plan: &Plan, start: i64) -> String {
    let (day, minute) = plan.place.local(plan.place.midnight + start * 60_000);
    format!("day {}, {:02}:{:02}", day - plan.place.first_day + 1, minute / 60, minute % 60)
}

impl<'a> Asked<'a> {
    fn of(plan: &'a Plan) -> Self {
        let now = instant(plan, plan.now);
        let reception = vec![Grant { role: Role::Receptionist, store: Some(STORES[0]) }];
        let staff = || Actor { principal: Principal::User(UserId(Uuid::from_u128(5_003))), grants: reception, staff: None };
        let context = Context {
            now,
            stamp: Stamp { at: now, counter: 0 },
            moment: now,
            actor: if plan.visit.online { Actor::account(ACCOUNT) } else { staff() },
            channel: if plan.visit.online { Channel::MemberApp } else { Channel::Desk },
            command: CommandId(Uuid::from_u128(5_001)),
            replica: ReplicaId(Uuid::from_u128(5_002)),
            number: 0,
            base: 0,
            base_raised: false,
            desk_heard_at: Some(now),
            proven: None,
            member_use: Default::default(),
        };
        Asked { plan, view: records::view(plan), context }
    }

    fn query(&self) -> VisitRequest {
        let plan = self.plan;
        let line =
            |(service, wish): &(usize, Wish)| RequestedService { service: service_id(*service), staff_preference: preference(*wish) };
        let lines: Vec<RequestedService> = plan.visit.lines.iter().map(line).collect();
        let audience = if plan.visit.online { Audience::Online } else { Audience::Desk };
        let first = LocalDate(i32::try_from(plan.place.first_day).expect("a date"));
        let days = VisitRequest::days(STORES[0], &plan.place.zone(), lines[0], first, u16::try_from(DAYS).expect("few"), audience);
        VisitRequest { lines, ..days }
    }

    /// Books lines, each with its wish, its start and the person whose price was on the screen.
    fn books(&self, lines: &[(usize, Wish, Timestamp, usize)]) -> Result<Decision, Refusal> {
        let line = |(service, wish, starts_at, seen): &(usize, Wish, Timestamp, usize)| RequestedLine {
            service: service_id(*service),
            subject: Subject::Guest { name: "小满".into() },
            payer: None,
            staff_preference: preference(*wish),
            starts_at: *starts_at,
            seen_price: price(self.plan, *seen),
        };
        let book = Book {
            store: STORES[0],
            booking: NEW,
            account: self.plan.visit.online.then_some(ACCOUNT),
            lines: lines.iter().map(line).collect(),
            note: "".into(),
            terms_version: 1,
            by_phone: false,
            override_reason: None,
        };
        Command::Book(book).decide(&self.context, &self.view)
    }

    /// A tap on an opening: with the wishes as they were, at the times and prices on the screen.
    fn can_be_booked(&self, openings: &Openings, walk: &Walk<'_>, start: i64) -> Result<(), TestCaseError> {
        let placed = openings.lines_at(instant(self.plan, start)).expect("somebody for every line");
        let person = |staff: StaffId| (0..self.plan.people.len()).find(|person| person_id(*person) == staff).expect("one of the store");
        let lines: Vec<_> = self
            .plan
            .visit
            .lines
            .iter()
            .zip(placed)
            .map(|((service, wish), line)| (*service, *wish, line.starts_at, person(line.staff)))
            .collect();
        let decision = self.books(&lines);
        prop_assert!(decision.is_ok(), "listed at {}, but {:?}", at(self.plan, start), decision);
        let made = decision
            .iter()
            .flat_map(|decision| &decision.changes)
            .find_map(|change| change.put_of::<Booking>().filter(|made| made.id == NEW));
        let made = made.expect("the booking");
        prop_assert!(matches!(made.state, State::Confirmed { .. }), "{:?}", made.state);
        prop_assert!(made.occupancy.iter().all(|held| held.lane == 0));
        prop_assert_eq!(made.lines.len(), lines.len());
        for (line, (service, wish, starts_at, _)) in made.lines.iter().zip(lines) {
            let person = person(line.staff.expect("somebody"));
            let minutes = line.starts_at.minutes_since(instant(self.plan, 0));
            prop_assert_eq!(line.starts_at, starts_at);
            prop_assert!(
                walk.may(service, wish, person) && walk.fits(service, person, minutes),
                "{:?} at {}",
                person,
                at(self.plan, minutes)
            );
        }
        Ok(())
    }

    /// Somebody who asks for a time that is not listed, once as they wish and once by naming people one after the other.
    fn cannot_be_booked(&self, tape: &mut Tape<'_>, start: i64) -> Result<(), TestCaseError> {
        let plan = self.plan;
        let mut at_named = start;
        let mut named = Vec::new();
        for (service, wish) in &plan.visit.lines {
            let able: Vec<usize> = (0..plan.people.len()).filter(|person| Walk::fits_wish(plan, *wish, *person)).collect();
            let Some(person) = able.get(tape.count_below(able.len())) else { return Ok(()) };
            named.push((*service, Wish::Named(*person), instant(plan, at_named), *person));
            at_named += plan.minutes(*service, *person);
        }
        let decision = self.books(&named);
        prop_assert!(decision.is_err(), "not listed at {}, but booked by naming people: {:?}", at(plan, start), decision);
        // Where everybody takes equally long it is known when each line begins, whoever does it.
        if named.len() == 1 || plan.people.iter().all(|person| person.slower == 0) {
            let wished: Vec<_> =
                named.iter().zip(&plan.visit.lines).map(|((service, _, at, seen), (_, wish))| (*service, *wish, *at, *seen)).collect();
            let decision = self.books(&wished);
            prop_assert!(decision.is_err(), "not listed at {}, but booked: {:?}", at(plan, start), decision);
        }
        Ok(())
    }
}
