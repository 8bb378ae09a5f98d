//! What takes time in a random store, as records.

use shared::block::{Block, BlockKind};
use shared::booking::{Booking, Facts, Line, State, Subject};
use shared::elsewhere::Elsewhere;
use shared::id::*;
use shared::noun::Noun;
use shared::occupancy::Occupancy;
use shared::part::{Part, PartKind};
use shared::role::{Channel, Principal};
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::time::TimeRange;
use shared::view::View;
use uuid::Uuid;

use crate::plan::{By, Plan, Taken, Whose};
use crate::records::{STORES, instant, person_id, service_id, thing_id};

/// Puts into a view what takes time, as its store has it and, where it is the other one, as the first store is told of it.
pub fn put(view: &mut View, plan: &Plan, number: u128, taken: &Taken) {
    let resource = match taken.whose {
        Whose::Person(person) => person_id(person).into(),
        Whose::Thing(thing) => thing_id(thing),
    };
    let range = TimeRange::starting(instant(plan, taken.from), taken.minutes);
    let booked = |state, store| booking(number, (store, resource), range, state);
    let promised = State::Confirmed { at: range.start };
    match taken.by {
        By::Promise => view.bookings.insert(booking_id(number), booked(promised, STORES[0])),
        By::Request => view.bookings.insert(booking_id(number), booked(State::Requested, STORES[0])),
        By::Hold(until) => view.bookings.insert(booking_id(number), booked(held(plan, until), STORES[0])),
        By::InService => {
            let state = State::InService { since: range.start, arrived_at: None };
            view.bookings.insert(booking_id(number), booked(state, STORES[0]));
        }
        By::Block(kind) => {
            let block = block(number, resource, range, kind);
            view.blocks.insert(block.id, block);
        }
        By::Elsewhere => elsewhere(view, number, booked(promised, STORES[1])),
        By::HeldElsewhere(until) => elsewhere(view, number, booked(held(plan, until), STORES[1])),
    }
}

fn held(plan: &Plan, until: i64) -> State {
    State::Held { expires_at: instant(plan, until) }
}

/// What the other store has, and what the server tells the first one of it.
fn elsewhere(view: &mut View, number: u128, booking: Booking) {
    let times = Elsewhere::times_of(Noun::occupancy(&booking), (STORES[1], STORES[0]), &view.catalogue.staff);
    if !times.is_empty() {
        let (id, held_until) = (ElsewhereId(Uuid::from_u128(7_000 + number)), booking.held_until());
        view.elsewhere.insert(id, Elsewhere { id, store: STORES[0], at: STORES[1], times, held_until });
    }
    view.bookings.insert(booking.id, booking);
}

fn booking_id(number: u128) -> BookingId {
    BookingId(Uuid::from_u128(1_000 + number))
}

fn booking(number: u128, (store, resource): (StoreId, ResourceId), range: TimeRange, state: State) -> Booking {
    let line = Line {
        service: service_id(0),
        performed: None,
        subject: Subject::Guest { name: "".into() },
        payer: None,
        staff_preference: StaffPreference::Any,
        staff: Some(StaffId(resource.0)),
        resources: Vec::new(),
        starts_at: range.start,
        parts: vec![Part { kind: PartKind::Active, minutes: u16::try_from(range.minutes()).expect("a short visit") }],
        price: None,
    };
    Booking {
        id: booking_id(number),
        store,
        state,
        facts: Facts::default(),
        account: None,
        // No request of the desk gives way to another one.
        channel: Channel::Desk,
        entered_by: Principal::System,
        made_at: range.start,
        lines: vec![line],
        starts_at: range.start,
        ends_at: range.end,
        date_only: false,
        late_minutes: 0,
        note: "".into(),
        terms_version: 1,
        tier: 0,
        occupancy: vec![Occupancy { resource, lane: 0, reason: None, range, line: 0, part: 0 }],
        placed_seq: 0,
        placed_by: ReplicaId(Uuid::nil()),
        promised: Vec::new(),
        alternatives: Vec::new(),
        version: 1,
        history: Vec::new(),
    }
}

fn block(number: u128, resource: ResourceId, range: TimeRange, kind: BlockKind) -> Block {
    Block {
        id: BlockId(Uuid::from_u128(2_000 + number)),
        store: STORES[0],
        resource,
        range,
        lane: 0,
        kind,
        reason: "".into(),
        declared: Stamp::default(),
        placed_seq: 0,
        placed_by: ReplicaId(Uuid::nil()),
    }
}
