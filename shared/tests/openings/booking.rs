//! What is listed can be booked: every opening a member sees is confirmed when they are the first to take it.

use proptest::prelude::*;
use shared::booking::{Booking, State, Subject};
use shared::command::{Book, Command};
use shared::context::Context;
use shared::id::{AccountId, BookingId, CommandId, ReplicaId};
use shared::noun::Noun;
use shared::openings::search;
use shared::role::{Actor, Channel};
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::time::Timestamp;
use shared::visit_request::{Audience, RequestedLine, RequestedService, VisitRequest};
use uuid::Uuid;

use crate::plans::{cases, plan};
use crate::world::{STORE, World, service_id};

const BOOKING: BookingId = BookingId(Uuid::from_u128(6000));
const ACCOUNT: AccountId = AccountId(Uuid::from_u128(5000));

fn member_at(now: Timestamp) -> Context {
    Context {
        now,
        stamp: Stamp { at: now, counter: 0 },
        moment: now,
        actor: Actor::account(ACCOUNT),
        channel: Channel::MemberApp,
        command: CommandId(Uuid::from_u128(5001)),
        replica: ReplicaId(Uuid::from_u128(5002)),
        number: 0,
        base: 0,
        base_raised: false,
        desk_heard_at: Some(now),
        proven: None,
        member_use: Default::default(),
    }
}

/// The member's tap on an opening.
fn book(world: &World, lines: Vec<RequestedLine>) -> Command {
    Command::Book(Book {
        store: STORE,
        booking: BOOKING,
        account: Some(ACCOUNT),
        lines,
        note: "".into(),
        terms_version: world.store().rules.terms_version,
        by_phone: false,
        override_reason: None,
    })
}

fn line(service: usize, starts_at: Timestamp) -> RequestedLine {
    RequestedLine {
        service: service_id(service),
        subject: Subject::Guest { name: "Mei".into() },
        payer: None,
        staff_preference: StaffPreference::Any,
        starts_at,
        seen_price: None,
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn what_is_listed_can_be_booked(plan in plan(), minutes_past in 0i64..2880, second in proptest::option::of(0usize..3)) {
        let mut world = World::build(&plan);
        world.view.known.absent.insert(Booking::key_of(BOOKING));
        let now = world.store().zone.day(plan.first).start.plus_minutes(minutes_past);
        let services: Vec<usize> = [plan.asked].into_iter().chain(second).collect();
        let wanted = |service: &usize| RequestedService { service: service_id(*service), staff_preference: StaffPreference::Any };
        let mut query = VisitRequest::days(STORE, &world.store().zone, wanted(&plan.asked), plan.first, 4, Audience::Online);
        query.lines = services.iter().map(wanted).collect();
        let openings = search(&world.view, &query, now).expect("all is known");
        for start in openings.starts() {
            let placed = openings.lines_at(start).expect("somebody for every line");
            let lines = services.iter().zip(&placed).map(|(service, placed)| line(*service, placed.starts_at)).collect();
            let decision = book(&world, lines).decide(&member_at(now), &world.view);
            let confirmed = decision.as_ref().is_ok_and(|decision| decision.changes.iter().any(|change| {
                change.put_of::<Booking>().is_some_and(|made| made.id == BOOKING && matches!(made.state, State::Confirmed { .. }))
            }));
            prop_assert!(confirmed, "{:?} at {:?}", decision, world.store().zone.local(start));
        }
    }
}
