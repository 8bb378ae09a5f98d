//! 玉门里发型 as the stories know it: its days, its people, its one service, and what is asked for there.

use shared::booking::Subject;
use shared::command::{Book, Command, PutResourceType};
use shared::id::{AccountId, BookingId, LegalEntityId, MemberId, ResourceTypeId, ServiceId, ShiftId, StaffId, StoreId};
use shared::member::PRIVACY_VERSION;
use shared::money::{Currency, Money};
use shared::name::Name;
use shared::part::{Part, PartKind};
use shared::resource_type::ResourceKind;
use shared::roster::{Shift, ShiftDay};
use shared::service::Service;
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::store::{Rules, StaffOrder, Store};
use shared::time::{LocalDate, LocalSpan, Timestamp};
use shared::visit_request::RequestedLine;
use shared::zone::Zone;
use uuid::Uuid;

use super::fresh;

/// 玉门里发型 Jade Lane Hair.
pub const STORE: StoreId = StoreId(Uuid::from_u128(0x10));
/// 梧桐路店 Wutong Road.
pub const OTHER_STORE: StoreId = StoreId(Uuid::from_u128(0x11));
/// 洗剪吹, an hour.
pub const CUT: ServiceId = ServiceId(Uuid::from_u128(0x20));
/// 阿杰 JJ.
pub const JJ: StaffId = StaffId(Uuid::from_u128(0x30));
/// 凯莉 Kelly.
pub const KELLY: StaffId = StaffId(Uuid::from_u128(0x31));

/// Saturday, 21 November 2026, nine in the morning in Shanghai: an hour before the store opens.
pub fn morning() -> Timestamp {
    shanghai().instant(LocalDate::parse("2026-11-21").expect("a date"), 9 * 60)
}

/// So many days later, at a time of the store's day.
pub fn at(days: i32, hour: u16, minute: u16) -> Timestamp {
    shanghai().instant(LocalDate::parse("2026-11-21").expect("a date").plus_days(days), hour * 60 + minute)
}

pub fn shanghai() -> Zone {
    Zone::fixed("Asia/Shanghai", 8 * 3600)
}

/// A visit of somebody without a name.
pub fn book(booking: BookingId, account: Option<AccountId>, staff_preference: StaffPreference, starts_at: Timestamp) -> Command {
    let subject = Subject::Guest { name: "小满".into() };
    let line = RequestedLine { service: CUT, subject, payer: None, staff_preference, starts_at, seen_price: Some(Money(16_800)) };
    let note = "靠窗的位子".to_owned();
    Command::Book(Book {
        store: STORE,
        booking,
        account,
        lines: vec![line],
        note: note.into(),
        terms_version: 1,
        by_phone: false,
        override_reason: None,
    })
}

pub fn new_booking() -> BookingId {
    BookingId(fresh())
}

pub fn new_member() -> MemberId {
    MemberId(fresh())
}

pub fn consent() -> Option<u16> {
    Some(PRIVACY_VERSION)
}

pub fn store(id: StoreId) -> Store {
    let name = if id == STORE { Name::new("玉门里发型", "Jade Lane Hair") } else { Name::new("梧桐路店", "Wutong Road") };
    Store {
        id,
        name,
        address: "玉门里 8 号".into(),
        phone: "021 5555 0100".into(),
        legal_entity: LegalEntityId(Uuid::from_u128(1)),
        currency: Currency::CNY,
        zone: shanghai(),
        hours: std::array::from_fn(|_| vec![LocalSpan { from: 600, until: 1200 }]),
        special_days: Default::default(),
        staff_order: StaffOrder::default(),
        rules: Rules { silent_after_minutes: 0, ..Rules::default() },
        written: None,
        rules_written: None,
    }
}

/// What hair is washed in; it is there only where a story sets it up.
pub const BASIN: ResourceTypeId = ResourceTypeId(Uuid::from_u128(250));

pub fn basins() -> Command {
    let (name, kind) = (Name::new("洗头床", "Basin"), ResourceKind::Station);
    Command::PutResourceType(PutResourceType { resource_type: BASIN, name, kind, active: true, base: 0 })
}

pub fn cut() -> Service {
    Service {
        id: CUT,
        code: "SHCW".into(),
        name: Name::new("洗剪吹", "Cut and blow-dry"),
        category: Name::new("剪发", "Cuts"),
        parts: vec![Part { kind: PartKind::Active, minutes: 60 }],
        needs: Vec::new(),
        price: Some(Money(16_800)),
        terms: Vec::new(),
        online: true,
        active: true,
        lead_minutes: None,
        cutoff_minutes: None,
        written: None,
    }
}

pub fn staff(id: StaffId) -> Staff {
    let name = if id == JJ { Name::new("阿杰", "JJ") } else { Name::new("凯莉", "Kelly") };
    Staff {
        id,
        name,
        level: 2,
        title: Name::only("总监"),
        gender: None,
        stores: vec![STORE],
        skills: vec![CUT],
        online: true,
        active: true,
        written: None,
    }
}

pub fn shift(staff: StaffId, day: u8) -> Shift {
    let id = ShiftId(Uuid::new_v5(&staff.0, &[day]));
    Shift { id, store: STORE, staff, day: ShiftDay::Weekly(day), spans: vec![LocalSpan { from: 600, until: 1200 }], written: None }
}
