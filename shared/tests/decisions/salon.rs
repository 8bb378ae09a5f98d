//! Jade Lane Hair on Saturday 21 November 2026: the people of the demo, a clock moved by hand, and a plain stand-in for the server
//! that applies one decision after another.

use std::sync::Arc;

use shared::booking::{Booking, State, Subject};
use shared::command::{Book, Command, SeatWalkIn};
use shared::context::Context;
use shared::decision::{Change, Decision};
use shared::elsewhere::Elsewhere;
use shared::id::*;
use shared::limits::{MemberLimits, MemberUse, OwnVisit};
use shared::member::PRIVACY_VERSION;
use shared::money::{Currency, Money};
use shared::name::Name;
use shared::occupancy::Occupancy;
use shared::part::{Part, PartKind};
use shared::record::Catalogue;
use shared::refusal::Refusal;
use shared::resource::{Resource, ResourceNeed};
use shared::resource_type::{ResourceKind, ResourceType};
use shared::role::{Actor, Channel, Grant, Principal, Role};
use shared::roster::{Shift, ShiftDay};
use shared::service::{PriceOverride, Service, Whom};
use shared::staff::{Gender, Staff};
use shared::staff_assignment::{AssignmentOrder, AssignmentRules, Binding, StaffAssignment};
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::store::{Rules, StaffOrder, Store};
use shared::time::{LocalDate, LocalSpan, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::RequestedLine;
use shared::waitlist_entry::WaitlistEntry;
use shared::zone::Zone;
use uuid::Uuid;

pub const STORE: StoreId = StoreId(Uuid::from_u128(1));
/// 梧桐路店; it is there only where a story opens it.
pub const OTHER_STORE: StoreId = StoreId(Uuid::from_u128(9));
pub const JJ: StaffId = StaffId(Uuid::from_u128(101));
pub const KELLY: StaffId = StaffId(Uuid::from_u128(102));
pub const BECKY: StaffId = StaffId(Uuid::from_u128(103));
pub const CUT: ServiceId = ServiceId(Uuid::from_u128(201));
pub const COLOUR: ServiceId = ServiceId(Uuid::from_u128(202));
/// What hair is washed in.
pub const BASIN: ResourceTypeId = ResourceTypeId(Uuid::from_u128(250));
pub const XIAOMAN: AccountId = AccountId(Uuid::from_u128(301));
pub const CHEN_MO: AccountId = AccountId(Uuid::from_u128(302));
pub const DESK: ReplicaId = ReplicaId(Uuid::from_u128(401));
pub const PHONE: ReplicaId = ReplicaId(Uuid::from_u128(402));
pub const OTHER_DESK: ReplicaId = ReplicaId(Uuid::from_u128(403));

/// 21 November 2026.
pub const SATURDAY: LocalDate = LocalDate(20_778);

/// An hour and a minute of the Saturday.
pub fn at(hour: u16, minute: u16) -> Timestamp {
    zone().instant(LocalDate::parse("2026-11-21").unwrap(), hour * 60 + minute)
}

pub fn zone() -> Zone {
    Zone::fixed("Asia/Shanghai", 8 * 3600)
}

pub fn basin(number: u128) -> ResourceId {
    ResourceId(Uuid::from_u128(251 + number))
}

fn basin_record(number: u128) -> Resource {
    let name = Name::new(&format!("洗头床 {}", number + 1), &format!("Basin {}", number + 1));
    Resource { id: basin(number), store: STORE, resource_type: BASIN, name, active: true, written: None }
}

pub fn booking_id(number: u128) -> BookingId {
    BookingId(Uuid::from_u128(1000 + number))
}

/// The salon and its server.
#[derive(Clone)]
pub struct Salon {
    pub view: View,
    pub now: Timestamp,
    /// Last sequence of `store/desk`.
    pub seq: u64,
    commands: u128,
    pub desk_heard_at: Option<Timestamp>,
    pub limits: MemberLimits,
}

/// Who gives a command, and how.
#[derive(Clone)]
pub struct Who {
    pub actor: Actor,
    pub channel: Channel,
    pub replica: ReplicaId,
    /// What the device had read; `None` is everything.
    pub base: Option<u64>,
    /// When it was given; `None` is now.
    pub given_at: Option<Timestamp>,
    pub number: u64,
}

pub fn staff_with(role: Role) -> Who {
    let grants = vec![Grant { role, store: Some(STORE) }];
    let actor = Actor { principal: Principal::User(UserId(Uuid::from_u128(501))), grants, staff: None };
    Who { actor, channel: Channel::Desk, replica: DESK, base: None, given_at: None, number: 1 }
}

pub fn desk() -> Who {
    staff_with(Role::Receptionist)
}

/// The reception of the other store.
pub fn other_reception() -> Who {
    let grants = vec![Grant { role: Role::Receptionist, store: Some(OTHER_STORE) }];
    let actor = Actor { principal: Principal::User(UserId(Uuid::from_u128(502))), grants, staff: None };
    Who { actor, replica: OTHER_DESK, ..desk() }
}

pub fn owner() -> Who {
    let grants = vec![Grant { role: Role::Owner, store: None }];
    Who { actor: Actor { grants, ..desk().actor }, ..desk() }
}

pub fn phone_of(account: AccountId) -> Who {
    Who { actor: Actor::account(account), channel: Channel::MemberApp, replica: PHONE, base: None, given_at: None, number: 1 }
}

pub fn system() -> Who {
    Who { actor: Actor::system(), channel: Channel::Import, replica: DESK, base: None, given_at: None, number: 0 }
}

impl Who {
    /// A device that was offline: it had read up to `base` and acted at `when`.
    pub fn offline_since(self, base: u64, when: Timestamp) -> Who {
        Who { base: Some(base), given_at: Some(when), ..self }
    }
}

impl Salon {
    pub fn open() -> Self {
        let mut catalogue = Catalogue::default();
        catalogue.stores.insert(STORE, store());
        for service in [cut(), colour()] {
            catalogue.services.insert(service.id, service);
        }
        for (number, (id, name, level)) in (0u128..).zip([(JJ, "阿杰", 3), (KELLY, "凯莉", 2), (BECKY, "小贝", 2)]) {
            catalogue.staff.insert(id, person(id, name, level));
            for weekday in 0..7u8 {
                let shift = ShiftId(Uuid::from_u128(700 + number * 7 + u128::from(weekday)));
                catalogue.shifts.insert(shift, shift_of(shift, id, weekday));
            }
        }
        let (name, kind) = (Name::new("洗头床", "Basin"), ResourceKind::Station);
        catalogue.resource_types.insert(BASIN, ResourceType { id: BASIN, name, kind, active: true, written: None });
        catalogue.resources.insert(basin(0), basin_record(0));
        let mut view = View::of(Arc::new(catalogue));
        view.known.catalogue = true;
        view.known.all_of.insert(STORE);
        Salon { view, now: at(9, 0), seq: 100, commands: 0, desk_heard_at: None, limits: MemberLimits::NONE }
    }

    /// The same with a second store of the brand.
    pub fn with_two_stores() -> Self {
        let mut salon = Salon::open();
        let other = Store { id: OTHER_STORE, name: Name::new("梧桐路店", "Wutong Road"), ..store() };
        Arc::make_mut(&mut salon.view.catalogue).stores.insert(OTHER_STORE, other);
        salon.view.known.all_of.insert(OTHER_STORE);
        salon
    }

    /// The same with so many basins: a colour needs one for its last part, a cut all the time.
    pub fn with_basins(count: u128) -> Self {
        let mut salon = Salon::open();
        let catalogue = Arc::make_mut(&mut salon.view.catalogue);
        catalogue.resources = (0..count).map(|number| (basin(number), basin_record(number))).collect();
        for (service, parts) in [(COLOUR, vec![2]), (CUT, Vec::new())] {
            catalogue.services.get_mut(&service).unwrap().needs = vec![ResourceNeed { resource_type: BASIN, parts }];
        }
        salon
    }

    /// Somebody has a time at the other store.
    pub fn is_elsewhere(&mut self, staff: StaffId, range: TimeRange, held_until: Option<Timestamp>) {
        let times = vec![Occupancy { resource: staff.into(), lane: 0, reason: None, range, line: 0, part: 0 }];
        let id = ElsewhereId(Uuid::from_u128(77));
        self.view.apply(&Change::put(Elsewhere { id, store: STORE, at: OTHER_STORE, times, held_until }));
    }

    pub fn rules(&mut self, change: impl FnOnce(&mut Rules)) {
        change(&mut Arc::make_mut(&mut self.view.catalogue).stores.get_mut(&STORE).unwrap().rules);
    }

    /// The store goes by turns 轮钟.
    pub fn goes_by_turns(&mut self, binding: Binding, usual_first: bool) {
        self.assigns(AssignmentRules { order: AssignmentOrder::Rotation, binding, usual_first });
    }

    /// Who gets a guest who asked for nobody.
    pub fn assigns(&mut self, rules: AssignmentRules) {
        let set = StaffAssignment { store: STORE, rules, written: None };
        Arc::make_mut(&mut self.view.catalogue).staff_assignments.insert(STORE, set);
    }

    pub fn context(&mut self, who: &Who) -> Context {
        self.commands += 1000;
        Context {
            now: self.now,
            stamp: Stamp { at: who.given_at.unwrap_or(self.now), counter: 0 },
            moment: who.given_at.unwrap_or(self.now),
            actor: who.actor.clone(),
            channel: who.channel,
            command: CommandId(Uuid::from_u128(0x9000_0000 + self.commands)),
            replica: who.replica,
            number: who.number,
            base: who.base.unwrap_or(self.seq),
            base_raised: false,
            desk_heard_at: self.desk_heard_at,
            proven: None,
            member_use: self.member_use(&who.actor),
        }
    }

    /// What the server counts before it decides for a member.
    fn member_use(&self, actor: &Actor) -> MemberUse {
        let own = |booking: &&Booking| booking.account.is_some() && booking.account == actor.account_id();
        let visit = |booking: &Booking| OwnVisit::new(booking.id, booking.starts_at, booking.made_at, &booking.state);
        let visits = self.view.bookings.values().filter(own).map(visit).collect();
        let people = self.view.members.values().filter(|member| member.account.is_some() && member.account == actor.account_id()).count();
        let waits = |entry: &&WaitlistEntry| entry.is_live() && entry.account.is_some() && entry.account == actor.account_id();
        let waiting = self.view.waitlist.values().filter(waits).map(|entry| entry.starts).collect();
        MemberUse { limits: self.limits, visits, people, waiting }
    }

    pub fn give(&mut self, who: &Who, command: &Command) -> Result<Decision, Refusal> {
        let context = self.context(who);
        let mut plans = command.clone().reads(&self.view);
        if let Some(plan) = plans.take() {
            self.view.known.absent.extend(plan.records);
            self.view.known.numbers.extend(plan.numbers);
        }
        let decision = command.decide(&context, &self.view)?;
        self.commit(&decision);
        Ok(decision)
    }

    /// What the server does with a decision: sequences, then the tables.
    pub fn commit(&mut self, decision: &Decision) {
        for change in &decision.changes {
            self.seq += 1;
            match change.clone() {
                Change::Put(record) => self.view.put(record.placed(self.seq)),
                removed @ Change::Remove { .. } => self.view.apply(&removed),
            }
        }
        self.check_lanes();
    }

    /// The invariant: no overlap within a lane, and no lane above 0 without a reason.
    pub fn check_lanes(&self) {
        // Not by the product's own comparison: that is what is looked after here.
        let meet = |one: &TimeRange, other: &TimeRange| one.start < other.end && other.start < one.end;
        let held: Vec<_> = self.view.bookings.values().flat_map(|booking| &booking.occupancy).collect();
        for (index, one) in held.iter().enumerate() {
            assert_eq!(one.lane > 0, one.reason.is_some(), "a lane above 0 has a reason: {one:?}");
            for other in &held[index + 1..] {
                let clash = one.resource == other.resource && one.lane == other.lane && meet(&one.range, &other.range);
                assert!(!clash, "two in one lane: {one:?} {other:?}");
            }
            for away in self.view.elsewhere.values().flat_map(|entry| &entry.times) {
                let clash = one.resource == away.resource && one.lane == away.lane && meet(&one.range, &away.range);
                assert!(!clash, "here and elsewhere in one lane: {one:?} {away:?}");
            }
            for block in self.view.blocks.values() {
                let clash = one.resource == block.resource && one.lane == block.lane && meet(&one.range, &block.range);
                assert!(!clash, "a block and a visit in one lane: {one:?} {block:?}");
            }
        }
    }

    pub fn booking(&self, number: u128) -> &Booking {
        &self.view.bookings[&booking_id(number)]
    }

    pub fn state(&self, number: u128) -> &State {
        &self.booking(number).state
    }

    pub fn staff_of(&self, number: u128) -> StaffId {
        self.booking(number).lines[0].staff.unwrap()
    }

    /// Books a cut by phone; the promise the stories begin with.
    pub fn promise(&mut self, number: u128, staff_preference: StaffPreference, start: Timestamp) -> Decision {
        self.give(&phone_of(XIAOMAN), &book(number, CUT, staff_preference, start)).unwrap()
    }
}

pub fn line(service: ServiceId, staff_preference: StaffPreference, starts_at: Timestamp) -> RequestedLine {
    let seen_price = match service {
        CUT if staff_preference == StaffPreference::Requested(JJ) => Some(Money(26_800)),
        CUT => Some(Money(16_800)),
        _ => None,
    };
    RequestedLine { service, subject: Subject::Guest { name: "小满".into() }, payer: None, staff_preference, starts_at, seen_price }
}

pub fn book(number: u128, service: ServiceId, staff_preference: StaffPreference, start: Timestamp) -> Command {
    Command::Book(Book {
        store: STORE,
        booking: booking_id(number),
        account: None,
        lines: vec![line(service, staff_preference, start)],
        note: "".into(),
        terms_version: 1,
        by_phone: false,
        override_reason: None,
    })
}

pub fn walk_in(number: u128, staff_preference: StaffPreference, start: Timestamp) -> Command {
    let lines = vec![RequestedLine { subject: Subject::Guest { name: "王阿姨".into() }, ..line(CUT, staff_preference, start) }];
    Command::SeatWalkIn(SeatWalkIn { store: STORE, booking: booking_id(number), lines, note: "".into() })
}

pub fn consent() -> Option<u16> {
    Some(PRIVACY_VERSION)
}

fn store() -> Store {
    Store {
        id: STORE,
        name: Name::new("玉门里发型", "Jade Lane Hair"),
        address: "上海市玉门里 8 号".into(),
        phone: "021 5555 0100".into(),
        legal_entity: LegalEntityId(Uuid::from_u128(2)),
        currency: Currency::CNY,
        zone: zone(),
        hours: core::array::from_fn(|_| vec![LocalSpan { from: 600, until: 1320 }]),
        special_days: std::collections::BTreeMap::new(),
        staff_order: StaffOrder::default(),
        rules: Rules::default(),
        written: None,
        rules_written: None,
    }
}

fn part(kind: PartKind, minutes: u16) -> Part {
    Part { kind, minutes }
}

/// 60 minutes; ¥168, with the director ¥268.
fn cut() -> Service {
    let director = PriceOverride { whom: Whom::Level(3), store: None, price: Some(Some(Money(26_800))), minutes: None };
    service(CUT, "剪发", Some(Money(16_800)), vec![part(PartKind::Active, 60)], vec![director])
}

/// 60 minutes hands on, 40 processing, 20 hands on; price on consultation.
fn colour() -> Service {
    let parts = vec![part(PartKind::Active, 60), part(PartKind::Processing, 40), part(PartKind::Active, 20)];
    service(COLOUR, "染发", None, parts, Vec::new())
}

fn service(id: ServiceId, name: &str, price: Option<Money>, parts: Vec<Part>, terms: Vec<PriceOverride>) -> Service {
    Service {
        id,
        code: String::new(),
        name: Name::only(name),
        category: Name::only("美发"),
        parts,
        needs: Vec::new(),
        price,
        terms,
        online: true,
        active: true,
        lead_minutes: None,
        cutoff_minutes: None,
        written: None,
    }
}

fn person(id: StaffId, name: &str, level: u8) -> Staff {
    Staff {
        id,
        name: Name::only(name),
        level,
        title: Name::default(),
        gender: Some(if id == JJ { Gender::Male } else { Gender::Female }),
        stores: vec![STORE],
        skills: vec![CUT, COLOUR],
        online: true,
        active: true,
        written: None,
    }
}

fn shift_of(id: ShiftId, staff: StaffId, weekday: u8) -> Shift {
    Shift { id, store: STORE, staff, day: ShiftDay::Weekly(weekday), spans: vec![LocalSpan { from: 600, until: 1320 }], written: None }
}
