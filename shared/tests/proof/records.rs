//! The records of a plan, as the product reads them.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::booking::Booking;
use shared::id::*;
use shared::money::{Currency, Money, Price};
use shared::name::Name;
use shared::noun::Noun;
use shared::part::Part;
use shared::record::Catalogue;
use shared::resource::{Resource, ResourceNeed};
use shared::resource_type::{ResourceKind, ResourceType};
use shared::roster::{Shift, ShiftDay};
use shared::service::{PriceOverride, Service, Whom};
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::store::{Rules, StaffOrder, Store};
use shared::table::Table;
use shared::time::{LocalDate, LocalSpan, Timestamp};
use shared::view::View;
use uuid::Uuid;

use crate::plan::{Person, Plan, Spans, Wish};
use crate::taken;

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
        ..Catalogue::default()
    };
    let mut view = View::of(Arc::new(catalogue));
    view.known.catalogue = true;
    view.known.all_of.extend(STORES);
    view.known.absent.insert(Booking::key_of(NEW));
    for (number, one) in (0u128..).zip(&plan.taken) {
        taken::put(&mut view, plan, number, one);
    }
    view
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
