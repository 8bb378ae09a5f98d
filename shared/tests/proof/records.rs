//! The records of a plan, as the product reads them.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::block::Block;
use shared::booking::{Booking, Facts, Line, State, Subject};
use shared::elsewhere::Elsewhere;
use shared::id::*;
use shared::money::{Currency, Money, Price};
use shared::name::Name;
use shared::noun::Noun;
use shared::occupancy::Occupancy;
use shared::part::{Part, PartKind};
use shared::record::Catalogue;
use shared::resource::{Resource, ResourceNeed};
use shared::resource_type::{ResourceKind, ResourceType};
use shared::role::{Channel, Principal};
use shared::roster::{Shift, ShiftDay};
use shared::service::{PriceOverride, Service, Whom};
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::store::{Rules, StaffOrder, Store};
use shared::table::Table;
use shared::time::{LocalDate, LocalSpan, TimeRange, Timestamp};
use shared::view::View;
use uuid::Uuid;

use crate::plan::{By, Person, Plan, Spans, Taken, Whose, Wish};

/// The store that is asked, and the one with which it shares people.
pub const STORES: [StoreId; 2] = [StoreId(Uuid::from_u128(1)), StoreId(Uuid::from_u128(2))];

const BASE_PRICE: Money = Money(16_800);
const DEARER: Money = Money(26_800);

/// What is made; nothing has that id before.
pub const NEW: BookingId = BookingId(Uuid::from_u128(9_000));

pub fn person_id(person: usize) -> StaffId {
    StaffId(Uuid::from_u128(100 + person as u128))
}

pub fn service_id(service: usize) -> ServiceId {
    ServiceId(Uuid::from_u128(200 + service as u128))
}

pub fn thing_id(thing: usize) -> ResourceId {
    ResourceId(Uuid::from_u128(300 + thing as u128))
}

fn type_id(kind: usize) -> ResourceTypeId {
    ResourceTypeId(Uuid::from_u128(400 + kind as u128))
}

pub fn preference(wish: Wish) -> StaffPreference {
    match wish {
        Wish::Anybody => StaffPreference::Any,
        Wish::Gender(gender) => StaffPreference::AnyOf(gender),
        Wish::Named(person) => StaffPreference::Requested(person_id(person)),
    }
}

/// What a service costs with somebody.
pub fn price(plan: &Plan, person: usize) -> Price {
    Some(if plan.people[person].dearer { DEARER } else { BASE_PRICE })
}

/// Minutes after the first midnight as an instant.
pub fn instant(plan: &Plan, minutes: i64) -> Timestamp {
    Timestamp(plan.place.midnight).plus_minutes(minutes)
}

/// Everything that a server knows of both stores.
pub fn view(plan: &Plan) -> View {
    let people: Table<StaffId, Staff> = (0..plan.people.len()).map(|person| (person_id(person), staff(plan, person))).collect();
    let catalogue = Catalogue {
        stores: STORES.map(|id| (id, store(plan, id))).into(),
        services: (0..plan.services.len()).map(|number| (service_id(number), service(plan, number))).collect(),
        staff: people,
        shifts: shifts(plan),
        resource_types: (0..3).map(|kind| (type_id(kind), resource_type(kind))).collect(),
        resources: (0..plan.things.len()).map(|thing| (thing_id(thing), resource(plan, thing))).collect(),
    };
    let mut view = View::of(Arc::new(catalogue));
    view.known.catalogue = true;
    view.known.all_of.extend(STORES);
    view.known.absent.insert(Booking::key_of(NEW));
    for (number, taken) in (0u128..).zip(&plan.taken) {
        put(&mut view, plan, number, taken);
    }
    view
}

fn put(view: &mut View, plan: &Plan, number: u128, taken: &Taken) {
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

fn block(number: u128, resource: ResourceId, range: TimeRange, kind: shared::block::BlockKind) -> Block {
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

fn spans(spans: &Spans) -> Vec<LocalSpan> {
    spans.iter().map(|(from, until)| LocalSpan { from: *from, until: *until }).collect()
}

fn second_day(plan: &Plan) -> LocalDate {
    LocalDate(i32::try_from(plan.place.first_day + 1).expect("a date"))
}

fn store(plan: &Plan, id: StoreId) -> Store {
    let special_days = plan.special.as_ref().map(|special| (second_day(plan), spans(special)));
    Store {
        id,
        name: Name::only("Jade Lane Hair"),
        address: String::new(),
        phone: String::new(),
        legal_entity: LegalEntityId(Uuid::from_u128(3)),
        currency: Currency::CNY,
        zone: plan.place.zone(),
        hours: core::array::from_fn(|day| spans(&plan.hours[day % 2])),
        special_days: special_days.into_iter().collect::<BTreeMap<_, _>>(),
        staff_order: StaffOrder::default(),
        rules: Rules { grid_minutes: plan.grid, horizon_days: plan.horizon_days, lead_minutes: plan.lead, ..Rules::default() },
        written: None,
        rules_written: None,
    }
}

fn staff(plan: &Plan, person: usize) -> Staff {
    let Person { works_in, skills, gender, online, active, .. } = &plan.people[person];
    Staff {
        id: person_id(person),
        name: Name::only("Kelly"),
        level: 1,
        title: Name::default(),
        gender: *gender,
        stores: STORES.iter().zip(works_in).filter(|(_, works)| **works).map(|(store, _)| *store).collect(),
        skills: skills.iter().map(|service| service_id(*service)).collect(),
        online: *online,
        active: *active,
        written: None,
    }
}

fn service(plan: &Plan, number: usize) -> Service {
    let made = &plan.services[number];
    let parts: Vec<Part> = made.parts.iter().map(|(kind, minutes)| Part { kind: *kind, minutes: *minutes }).collect();
    let own = |(person, somebody): (usize, &Person)| PriceOverride {
        whom: Whom::Staff(person_id(person)),
        store: None,
        price: somebody.dearer.then_some(Some(DEARER)),
        minutes: (somebody.slower > 0).then(|| parts.iter().map(|part| part.minutes + somebody.slower).collect()),
    };
    Service {
        id: service_id(number),
        code: String::new(),
        name: Name::only("Colour"),
        category: Name::default(),
        needs: made.needs.iter().map(|(kind, parts)| ResourceNeed { resource_type: type_id(*kind), parts: parts.clone() }).collect(),
        price: Some(BASE_PRICE),
        terms: plan.people.iter().enumerate().map(own).collect(),
        parts,
        online: made.online,
        active: true,
        lead_minutes: made.lead,
        cutoff_minutes: None,
        written: None,
    }
}

fn resource_type(kind: usize) -> ResourceType {
    let kinds = [ResourceKind::Room, ResourceKind::Station, ResourceKind::Equipment];
    ResourceType { id: type_id(kind), name: Name::only("Basin"), kind: kinds[kind], active: true, written: None }
}

fn resource(plan: &Plan, thing: usize) -> Resource {
    let (kind, active, here) = plan.things[thing];
    let store = STORES[usize::from(!here)];
    Resource { id: thing_id(thing), store, resource_type: type_id(kind), name: Name::only("Basin"), active, written: None }
}

fn shifts(plan: &Plan) -> Table<ShiftId, Shift> {
    let mut shifts = Table::default();
    let mut add = |store: StoreId, person: usize, day: ShiftDay, own: &Spans| {
        let id = ShiftId(Uuid::from_u128(3_000 + shifts.len() as u128));
        shifts.insert(id, Shift { id, store, staff: person_id(person), day, spans: spans(own), written: None });
    };
    for (person, somebody) in plan.people.iter().enumerate() {
        for day in 0..7u8 {
            add(STORES[0], person, ShiftDay::Weekly(day), &somebody.shifts[usize::from(day % 2)]);
            // In the other store always: whether somebody works here is not decided there.
            add(STORES[1], person, ShiftDay::Weekly(day), &vec![(0, 1440)]);
        }
        if let Some(dated) = &somebody.dated {
            add(STORES[0], person, ShiftDay::Date(second_day(plan)), dated);
        }
    }
    shifts
}
