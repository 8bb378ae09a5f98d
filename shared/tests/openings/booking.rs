//! What is listed can be booked: every opening a member sees is confirmed when they are the first to take it.

use crate::world::{STORE, World, plan, service_id};
use proptest::prelude::*;
use shared::booking::{StaffWish, State, Subject};
use shared::command::{Book, Command, Context, NewLine};
use shared::decision::Change;
use shared::id::{AccountId, BookingId, CommandId, ReplicaId};
use shared::openings::{Audience, Query, Wanted, search};
use shared::role::{Actor, Channel};
use shared::stamp::Stamp;
use shared::time::Timestamp;
use uuid::Uuid;

const ACCOUNT: AccountId = AccountId(Uuid::from_u128(5000));

fn member_at(now: Timestamp) -> Context {
    Context {
        now,
        stamp: Stamp { at: now, counter: 0 },
        actor: Actor::account(ACCOUNT),
        channel: Channel::MemberApp,
        command: CommandId(Uuid::from_u128(5001)),
        replica: ReplicaId(Uuid::from_u128(5002)),
        number: 0,
        base: 0,
        desk_heard_at: Some(now),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_listed_can_be_booked(plan in plan(), minutes_past in 0i64..2880) {
        let world = World::build(&plan);
        let now = world.store().zone.day(plan.first).start.plus_minutes(minutes_past);
        let wanted = Wanted { service: service_id(plan.asked), wish: StaffWish::Any };
        let query = Query::days(STORE, &world.store().zone, wanted, plan.first, 4, Audience::Online);
        for start in search(&world.view, &query, now).expect("all is known").starts() {
            let line = NewLine {
                service: wanted.service,
                subject: Subject::Guest { name: "Mei".into() },
                payer: None,
                wish: wanted.wish,
                starts_at: start,
                seen_price: None,
            };
            let booking = BookingId(Uuid::from_u128(6000));
            let book = Command::Book(Book {
                store: STORE,
                booking,
                account: Some(ACCOUNT),
                lines: vec![line],
                note: String::new(),
                terms_version: world.store().rules.terms_version,
                by_phone: false,
                over: None,
            });
            let mut view = world.view.clone();
            view.known.no_booking.insert(booking);
            let decision = book.decide(&member_at(now), &view);
            let confirmed = decision.as_ref().is_ok_and(|decision| decision.changes.iter().any(|change| {
                matches!(change, Change::PutBooking(made) if made.id == booking && matches!(made.state, State::Confirmed { .. }))
            }));
            prop_assert!(confirmed, "{:?} at {:?}", decision, world.store().zone.local(start));
        }
    }
}
