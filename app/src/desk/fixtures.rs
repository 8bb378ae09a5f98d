//! A made-up store for tests: open from 11:00 to 26:00 every day, one service of an hour, and bookings as they are needed.

use std::collections::BTreeMap;

use shared::booking::{Booking, Facts, Line, State, Subject};
use shared::decision::Change;
use shared::id::{BookingId, LegalEntityId, ReplicaId, ServiceId, ShiftId, StaffId, StoreId};
use shared::money::Currency;
use shared::name::Name;
use shared::part::{Part, PartKind};
use shared::placement::visit_time::occupancy;
use shared::role::{Channel, Principal};
use shared::roster::{Shift, ShiftDay};
use shared::service::Service;
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::store::{Rules, StaffOrder, Store};
use shared::time::{LocalDate, LocalSpan, Timestamp};
use shared::view::View;
use shared::zone::Zone;
use uuid::Uuid;

/// When it is open, and when people work.
pub const LONG_DAY: LocalSpan = LocalSpan { from: 11 * 60, until: 26 * 60 };
/// The service.
pub const CUT: ServiceId = ServiceId(Uuid::from_u128(2));

/// The store.
pub fn store() -> Store {
    Store {
        id: StoreId(Uuid::from_u128(1)),
        name: Name::only("酒吧"),
        address: String::new(),
        phone: String::new(),
        legal_entity: LegalEntityId(Uuid::nil()),
        currency: Currency::CNY,
        zone: Zone::fixed("Asia/Shanghai", 8 * 3600),
        hours: std::array::from_fn(|_| vec![LONG_DAY]),
        special_days: BTreeMap::new(),
        staff_order: StaffOrder::default(),
        rules: Rules::default(),
        written: None,
        rules_written: None,
    }
}

/// A Friday.
pub fn friday() -> LocalDate {
    LocalDate::parse("2026-11-20").expect("a date")
}

/// Somebody who can do it.
pub fn person(number: u128) -> StaffId {
    StaffId(Uuid::from_u128(number))
}

/// The store with its service, and people with the spans they work on every day.
pub fn view(people: &[(StaffId, &[LocalSpan])]) -> View {
    let store = store();
    let parts = vec![Part { kind: PartKind::Active, minutes: 60 }];
    let service = Service {
        id: CUT,
        code: String::new(),
        name: Name::only("精剪"),
        category: Name::only("剪发"),
        parts,
        needs: Vec::new(),
        price: None,
        terms: Vec::new(),
        online: true,
        active: true,
        lead_minutes: None,
        cutoff_minutes: None,
        written: None,
    };
    let mut view = View::default();
    view.known.catalogue = true;
    view.known.all_of.insert(store.id);
    view.apply(&Change::put(service));
    for (staff, spans) in people {
        view.apply(&Change::put(colleague(*staff, store.id)));
        for day in 0..7u8 {
            let id = ShiftId(Uuid::from_u128(staff.0.as_u128() * 100 + u128::from(day)));
            let shift = Shift { id, store: store.id, staff: *staff, day: ShiftDay::Weekly(day), spans: spans.to_vec(), written: None };
            view.apply(&Change::put(shift));
        }
    }
    view.apply(&Change::put(store));
    view
}

fn colleague(id: StaffId, store: StoreId) -> Staff {
    Staff {
        id,
        name: Name::only("阿杰"),
        level: 1,
        title: Name::default(),
        gender: None,
        stores: vec![store],
        skills: vec![CUT],
        online: true,
        active: true,
        written: None,
    }
}

/// An hour with somebody.
pub fn booking(number: u128, staff: StaffId, starts_at: Timestamp, state: State) -> Booking {
    let line = Line {
        service: CUT,
        performed: None,
        subject: Subject::Guest { name: "王阿姨".into() },
        payer: None,
        staff_preference: StaffPreference::Any,
        staff: Some(staff),
        resources: Vec::new(),
        starts_at,
        parts: vec![Part { kind: PartKind::Active, minutes: 60 }],
        price: None,
    };
    let lines = vec![line];
    Booking {
        id: BookingId(Uuid::from_u128(number)),
        store: store().id,
        state,
        facts: Facts::default(),
        account: None,
        channel: Channel::Desk,
        entered_by: Principal::System,
        made_at: starts_at,
        starts_at,
        ends_at: starts_at.plus_minutes(60),
        date_only: false,
        late_minutes: 0,
        note: "".into(),
        terms_version: 1,
        tier: 0,
        occupancy: occupancy(&lines),
        lines,
        placed_seq: 1,
        placed_by: ReplicaId(Uuid::nil()),
        promised: Vec::new(),
        alternatives: Vec::new(),
        version: 1,
        history: Vec::new(),
    }
}
