//! A small store for the stories about openings: made from a plan, so that proptest can shrink it.

use std::sync::Arc;

use shared::block::{Block, BlockKind};
use shared::booking::{Booking, Facts, Line, State, Subject};
use shared::busy_day::Taken;
use shared::id::{BlockId, BookingId, LegalEntityId, ReplicaId, ResourceId, ResourceTypeId, ServiceId, ShiftId, StaffId, StoreId};
use shared::money::Currency;
use shared::name::Name;
use shared::occupancy::Occupancy;
use shared::part::{Part, PartKind};
use shared::record::Catalogue;
use shared::resource::{Resource, ResourceNeed};
use shared::resource_type::{ResourceKind, ResourceType};
use shared::role::{Channel, Principal};
use shared::roster::{Shift, ShiftDay};
use shared::service::{PriceOverride, Service, Whom};
use shared::staff::{Gender, Staff};
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::store::{Rules, StaffOrder, Store};
use shared::time::{DAY, LocalDate, LocalSpan, TimeRange, Timestamp};
use shared::view::View;
use shared::zone::Zone;
use uuid::Uuid;

/// The only store.
pub const STORE: StoreId = StoreId(Uuid::from_u128(1));

/// What a world is made of; offsets of what is taken are quanta from the first day's midnight.
#[derive(Clone, Debug)]
pub struct Plan {
    pub zone: Zone,
    pub first: LocalDate,
    pub hours: Vec<LocalSpan>,
    pub special: Option<(LocalDate, Vec<LocalSpan>)>,
    pub shifts: Vec<Vec<LocalSpan>>,
    pub day_off: Option<usize>,
    pub minutes: [u16; 3],
    pub slower: Option<usize>,
    pub grid: u16,
    pub horizon_days: u16,
    pub asked: usize,
    /// Staff, first quantum, quanta, and minutes until it expires if it is a hold.
    pub bookings: Vec<(usize, u16, u16, Option<i64>)>,
    pub blocks: Vec<(usize, u16, u16)>,
    /// How many basins there are.
    pub basins: usize,
    /// For these of its parts, as far as it has them, every service needs one; `None` for no need, no part for all of them.
    pub washed: Option<Vec<u8>>,
    /// Basin, first quantum, quanta.
    pub basins_taken: Vec<(usize, u16, u16)>,
}

impl Plan {
    pub fn empty() -> Self {
        Plan {
            zone: vancouver(),
            first: date("2018-07-30"),
            hours: Vec::new(),
            special: None,
            shifts: Vec::new(),
            day_off: None,
            minutes: [60, 30, 90],
            slower: None,
            grid: 5,
            horizon_days: 30,
            asked: 0,
            bookings: Vec::new(),
            blocks: Vec::new(),
            basins: 0,
            washed: None,
            basins_taken: Vec::new(),
        }
    }
}

/// A store, its people and what is taken.
pub struct World {
    pub view: View,
    plan: Plan,
}

impl World {
    pub fn build(plan: &Plan) -> Self {
        let staff = (0..plan.shifts.len()).map(|index| (staff_id(index), staff(index))).collect();
        let services = (0..3).map(|index| (service_id(index), service(index, plan))).collect();
        let catalogue = Catalogue {
            stores: [(STORE, store(plan))].into(),
            services,
            staff,
            shifts: shifts(plan),
            resource_types: [(BASIN, basin_type())].into(),
            resources: (0..plan.basins).map(|index| (basin_id(index), basin(index))).collect(),
            ..Catalogue::default()
        };
        let mut view = View::of(Arc::new(catalogue));
        view.known.catalogue = true;
        view.known.all_of.insert(STORE);
        let midnight = plan.zone.day(plan.first).start;
        let range = |from: u16, length: u16| TimeRange::starting(midnight.plus_minutes(i64::from(from) * 5), i64::from(length) * 5);
        for (number, (staff, from, length, expires)) in (0u128..).zip(&plan.bookings) {
            let expires_at = expires.map(|minutes| midnight.plus_minutes(minutes));
            let booking = booking_of(number, *staff, range(*from, *length), expires_at);
            view.bookings.insert(booking.id, booking);
        }
        for (number, (staff, from, length)) in (0u128..).zip(&plan.blocks) {
            let block = block_of(number, staff_id(*staff).into(), range(*from, *length));
            view.blocks.insert(block.id, block);
        }
        for (number, (basin, from, length)) in (500u128..).zip(&plan.basins_taken) {
            let block = block_of(number, basin_id(*basin), range(*from, *length));
            view.blocks.insert(block.id, block);
        }
        World { view, plan: plan.clone() }
    }

    pub fn store(&self) -> &Store {
        &self.view.catalogue.stores[&STORE]
    }

    pub fn basins(&self) -> usize {
        self.plan.basins
    }

    pub fn staff_count(&self) -> usize {
        self.plan.shifts.len()
    }

    /// The reference: the local day and minute at an instant, by arithmetic of its own.
    pub fn local(&self, at: i64) -> (i64, i64) {
        let zone = &self.plan.zone;
        let changed = zone.transitions.iter().rev().find(|(from, _)| from.0 <= at).map(|(_, offset)| *offset);
        let minutes = (at + i64::from(changed.unwrap_or(zone.first_offset_seconds)) * 1000).div_euclid(60_000);
        (minutes.div_euclid(1440), minutes.rem_euclid(1440))
    }

    /// The reference: the first day of the plan.
    pub fn first_day(&self) -> i64 {
        i64::from(self.plan.first.0)
    }

    /// The reference: when that day begins.
    pub fn first_midnight(&self) -> i64 {
        let zone = &self.plan.zone;
        let offsets = zone.transitions.iter().map(|(_, offset)| *offset).chain([zone.first_offset_seconds]);
        let candidates = offsets.map(|offset| self.first_day() * 86_400_000 - i64::from(offset) * 1000);
        candidates.filter(|at| self.local(*at) == (self.first_day(), 0)).min().expect("no clock changes at midnight")
    }

    /// The reference: the hours of a date, from the plan and not from the rules that are tested.
    pub fn hours(&self, date: i64) -> Vec<LocalSpan> {
        let special = self.plan.special.as_ref().filter(|(day, _)| i64::from(day.0) == date);
        special.map_or_else(|| self.plan.hours.clone(), |(_, spans)| spans.clone())
    }

    /// The reference: the shift of a date.
    pub fn shift(&self, staff: usize, date: i64) -> Vec<LocalSpan> {
        let is_off = self.plan.day_off == Some(staff) && date == self.first_day() + 1;
        if is_off { Vec::new() } else { self.plan.shifts[staff].clone() }
    }

    /// The reference: what a staff member needs for a service.
    pub fn parts(&self, staff: usize, service: usize) -> Vec<Part> {
        let more = if self.plan.slower == Some(staff) { 10 } else { 0 };
        let parts = &self.view.catalogue.services[&service_id(service)].parts;
        parts.iter().map(|part| Part { minutes: part.minutes + more, ..*part }).collect()
    }

    /// The reference: the parts of a service that need a basin.
    pub fn washed(&self, service: usize) -> Option<Vec<usize>> {
        let parts = if service == 2 { 4 } else { 1 };
        let named = self.plan.washed.as_ref()?;
        let known: Vec<usize> = named.iter().map(|part| usize::from(*part)).filter(|part| *part < parts).collect();
        Some(if known.is_empty() { (0..parts).collect() } else { known })
    }

    pub fn first_utc_day(&self) -> i32 {
        self.plan.zone.day(self.plan.first).start.utc_day()
    }

    pub fn all_taken(&self) -> Vec<Taken> {
        self.view.bookings.values().flat_map(Taken::by_booking).chain(self.view.blocks.values().map(Taken::by_block)).collect()
    }

    /// The reference: is any of this range taken?
    pub fn taken(&self, staff: usize, range: (i64, i64), now: i64) -> bool {
        self.has_taken(staff_id(staff).into(), range, now)
    }

    /// The reference: the same of a basin.
    pub fn basin_taken(&self, basin: usize, range: (i64, i64), now: i64) -> bool {
        self.has_taken(basin_id(basin), range, now)
    }

    fn has_taken(&self, resource: ResourceId, range: (i64, i64), now: i64) -> bool {
        let live = |booking: &&Booking| !matches!(booking.state, State::Held { expires_at } if expires_at.0 <= now);
        let booked = self.view.bookings.values().filter(live).flat_map(|booking| &booking.occupancy);
        booked.into_iter().any(|held| held.resource == resource && meet(held.range, range))
            || self.view.blocks.values().any(|block| block.resource == resource && meet(block.range, range))
    }
}

/// Whether a stretch has a moment in common with another, given by its ends.
fn meet(one: TimeRange, (start, end): (i64, i64)) -> bool {
    one.start.0 < end && start < one.end.0
}

pub fn staff_id(index: usize) -> StaffId {
    StaffId(Uuid::from_u128(100 + index as u128))
}

/// What hair is washed in.
pub const BASIN: ResourceTypeId = ResourceTypeId(Uuid::from_u128(400));

pub fn basin_id(index: usize) -> ResourceId {
    ResourceId(Uuid::from_u128(401 + index as u128))
}

fn basin_type() -> ResourceType {
    ResourceType { id: BASIN, name: Name::only("Basin"), kind: ResourceKind::Station, active: true, written: None }
}

fn basin(index: usize) -> Resource {
    let name = Name::only("Basin");
    Resource { id: basin_id(index), store: STORE, resource_type: BASIN, name, active: true, written: None }
}

pub fn service_id(index: usize) -> ServiceId {
    ServiceId(Uuid::from_u128(200 + index as u128))
}

pub fn date(text: &str) -> LocalDate {
    LocalDate::parse(text).expect("a date")
}

/// Vancouver around the clock changes of 2018.
pub fn vancouver() -> Zone {
    Zone {
        name: "America/Vancouver".into(),
        version: "2018e".into(),
        first_offset_seconds: -8 * 3600,
        transitions: vec![(Timestamp(1_520_762_400_000), -7 * 3600), (Timestamp(1_541_322_000_000), -8 * 3600)],
    }
}

/// Lord Howe Island, where the clocks change by half an hour only: at 2026-04-05 02:00 → 01:30.
pub fn lord_howe() -> Zone {
    let midnight_utc = i64::from(date("2026-04-04").0) * DAY;
    Zone {
        name: "Australia/Lord_Howe".into(),
        version: "2026e".into(),
        first_offset_seconds: 11 * 3600,
        transitions: vec![(Timestamp(midnight_utc).plus_minutes(15 * 60), 10 * 3600 + 1800)],
    }
}

/// A confirmed booking, or a hold, of one part.
pub fn booking_of(number: u128, staff: usize, range: TimeRange, expires_at: Option<Timestamp>) -> Booking {
    let (id, minutes) = (BookingId(Uuid::from_u128(1000 + number)), u16::try_from(range.minutes()).expect("a short visit"));
    let line = Line {
        service: service_id(0),
        performed: None,
        subject: Subject::Guest { name: "".into() },
        payer: None,
        staff_preference: StaffPreference::Any,
        staff: Some(staff_id(staff)),
        resources: Vec::new(),
        starts_at: range.start,
        parts: vec![Part { kind: PartKind::Active, minutes }],
        price: None,
    };
    let occupancy = Occupancy { resource: staff_id(staff).into(), lane: 0, reason: None, range, line: 0, part: 0 };
    Booking {
        id,
        store: STORE,
        state: expires_at.map_or(State::Confirmed { at: range.start }, |expires_at| State::Held { expires_at }),
        facts: Facts::default(),
        account: None,
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
        occupancy: vec![occupancy],
        placed_seq: 0,
        placed_by: ReplicaId(Uuid::nil()),
        promised: Vec::new(),
        alternatives: Vec::new(),
        version: 1,
        history: Vec::new(),
    }
}

fn block_of(number: u128, resource: ResourceId, range: TimeRange) -> Block {
    Block {
        id: BlockId(Uuid::from_u128(2000 + number)),
        store: STORE,
        resource,
        range,
        lane: 0,
        kind: BlockKind::Break,
        reason: "".into(),
        declared: Stamp::default(),
        placed_seq: 0,
        placed_by: ReplicaId(Uuid::nil()),
    }
}

fn store(plan: &Plan) -> Store {
    Store {
        id: STORE,
        name: Name::only("West 4th"),
        address: String::new(),
        phone: String::new(),
        legal_entity: LegalEntityId(Uuid::from_u128(2)),
        currency: Currency::CAD,
        zone: plan.zone.clone(),
        hours: core::array::from_fn(|_| plan.hours.clone()),
        special_days: plan.special.clone().into_iter().collect(),
        staff_order: StaffOrder::default(),
        rules: Rules { grid_minutes: plan.grid, horizon_days: plan.horizon_days, ..Rules::default() },
        written: None,
        rules_written: None,
    }
}

/// Everybody can do everything, but the third cannot do the third service; the second is not online.
fn staff(index: usize) -> Staff {
    Staff {
        id: staff_id(index),
        name: Name::only("Kelly"),
        level: 1,
        title: Name::default(),
        gender: [Some(Gender::Female), None, Some(Gender::Male)][index % 3],
        stores: vec![STORE],
        skills: (0..3).filter(|service| index != 2 || *service != 2).map(service_id).collect(),
        online: index != 1,
        active: true,
        written: None,
    }
}

/// A cut, a blow-dry with a lead time of its own, and a colour with processing time and clearing up.
fn service(index: usize, plan: &Plan) -> Service {
    let minutes = plan.minutes[index];
    let part = |kind, minutes| Part { kind, minutes };
    let parts = match index {
        2 => vec![part(PartKind::Active, minutes), part(PartKind::Processing, 30), part(PartKind::Active, 20), part(PartKind::After, 5)],
        _ => vec![part(PartKind::Active, minutes)],
    };
    let slower = plan.slower.map(|staff| PriceOverride {
        whom: Whom::Staff(staff_id(staff)),
        store: None,
        price: None,
        minutes: Some(parts.iter().map(|part| part.minutes + 10).collect()),
    });
    Service {
        id: service_id(index),
        code: String::new(),
        name: Name::only("Cut"),
        category: Name::default(),
        needs: needs(plan, parts.len()),
        parts,
        price: None,
        terms: slower.into_iter().collect(),
        online: true,
        active: true,
        lead_minutes: (index == 1).then_some(90),
        cutoff_minutes: None,
        written: None,
    }
}

fn needs(plan: &Plan, parts: usize) -> Vec<ResourceNeed> {
    let known = |named: &Vec<u8>| named.iter().copied().filter(|part| usize::from(*part) < parts).collect();
    plan.washed.iter().map(|named| ResourceNeed { resource_type: BASIN, parts: known(named) }).collect()
}

fn shifts(plan: &Plan) -> shared::table::Table<ShiftId, Shift> {
    let mut shifts = shared::table::Table::default();
    let mut add = |staff: usize, day: ShiftDay, spans: Vec<LocalSpan>| {
        let id = ShiftId(Uuid::from_u128(3000 + shifts.len() as u128));
        shifts.insert(id, Shift { id, store: STORE, staff: staff_id(staff), day, spans, written: None });
    };
    for (staff, spans) in plan.shifts.iter().enumerate() {
        (0..7).for_each(|day| add(staff, ShiftDay::Weekly(day), spans.clone()));
    }
    if let Some(staff) = plan.day_off {
        add(staff, ShiftDay::Date(plan.first.plus_days(1)), Vec::new());
    }
    shifts
}
