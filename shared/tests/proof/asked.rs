//! Whoever asks in a random store: what is listed for them, and what comes of it when they book.

use proptest::prelude::*;
use shared::booking::{Booking, State, Subject};
use shared::command::{Book, Command};
use shared::context::Context;
use shared::decision::Decision;
use shared::id::{AccountId, CommandId, ReplicaId, StaffId, UserId};
use shared::openings::Openings;
use shared::refusal::Refusal;
use shared::role::{Actor, Channel, Grant, Principal, Role};
use shared::stamp::Stamp;
use shared::time::{LocalDate, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedLine, RequestedService, VisitRequest};
use uuid::Uuid;

use crate::plan::{DAYS, Plan, Wish};
use crate::records::{self, NEW, STORES, instant, person_id, preference, price, service_id};
use crate::tape::Tape;
use crate::walk::Walk;

const ACCOUNT: AccountId = AccountId(Uuid::from_u128(5_000));

/// A store, whoever asks, and what they are told.
pub struct Asked<'a> {
    plan: &'a Plan,
    pub view: View,
    pub context: Context,
}

impl<'a> Asked<'a> {
    pub fn of(plan: &'a Plan) -> Self {
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

    pub fn query(&self) -> VisitRequest {
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
    pub fn can_be_booked(&self, openings: &Openings, walk: &Walk<'_>, start: i64) -> Result<(), TestCaseError> {
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
    pub fn cannot_be_booked(&self, tape: &mut Tape<'_>, start: i64) -> Result<(), TestCaseError> {
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

/// The local day and time, for whoever reads a failure.
pub fn at(plan: &Plan, start: i64) -> String {
    let (day, minute) = plan.place.local(plan.place.midnight + start * 60_000);
    format!("day {}, {:02}:{:02}", day - plan.place.first_day + 1, minute / 60, minute % 60)
}
