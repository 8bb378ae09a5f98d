//! The salon's store, services, staff and shifts as commands. Everything derived is a proposal that a manager can change.

use std::collections::{BTreeMap, BTreeSet};

use shared::command::{Command, PutService, PutShift, PutStaff, PutStore};
use shared::id::{LegalEntityId, ServiceId, ShiftId, StaffId, StoreId};
use shared::money::{Currency, Money};
use shared::name::Name;
use shared::roster::{Shift, ShiftDay};
use shared::service::{Part, PartKind, Service, Terms, Whom};
use shared::staff::Staff;
use shared::store::{Rules, StaffOrder, Store};
use shared::time::LocalSpan;
use shared::zone::Zone;

use super::Understanding;
use super::durations::{ServiceLength, service_length, staff_override};
use super::identity::import_id;
use super::roster::{StaffWeek, derive_hours};
use super::rows::{CARD_SERVICE, ServiceRow};

/// Starts in the files lie on this grid; 36 % of them are off a grid of 15.
const GRID_MINUTES: u16 = 10;

/// How far ahead people book here: the longest promise in the files is seven months away, most are within two.
const HORIZON_DAYS: u16 = 60;

/// Codes that the desk uses and no member would choose.
const NOT_ONLINE: [&str; 3] = ["F&F", "MISC", CARD_SERVICE];

/// The id of the imported store.
pub fn store_id() -> StoreId {
    StoreId(import_id("store", &["salon"], 0))
}

/// The id of a service by its code.
pub fn service_id(code: &str) -> ServiceId {
    ServiceId(import_id("service", &[code], 0))
}

/// The id of a staff member by the name in the files.
pub fn staff_id(name: &str) -> StaffId {
    StaffId(import_id("staff", &[name], 0))
}

/// Store, services, staff and shifts, in an order in which each finds what it refers to.
pub fn catalogue_commands(salon: &Understanding, zone: Zone) -> Vec<Command> {
    let names = staff_names(salon);
    let mut commands = vec![Command::PutStore(PutStore { store: store(&salon.roster, zone), base: 0 })];
    commands.extend(salon.services.iter().map(|row| Command::PutService(PutService { service: service(row, &names), base: 0 })));
    commands.extend(staff(salon, &names).into_iter().map(|staff| Command::PutStaff(PutStaff { staff, base: 0 })));
    commands.extend(shifts(&salon.roster).into_iter().map(|shift| Command::PutShift(PutShift { shift, base: 0 })));
    commands
}

fn store(roster: &[StaffWeek], zone: Zone) -> Store {
    let mut hours: [Vec<LocalSpan>; 7] = Default::default();
    for (weekday, from, until) in derive_hours(roster) {
        let day = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default();
        hours[day] = vec![LocalSpan { from, until }];
    }
    Store {
        id: store_id(),
        name: Name::new("导入的沙龙", "Imported salon"),
        address: String::new(),
        phone: String::new(),
        legal_entity: LegalEntityId(import_id("legal entity", &["salon"], 0)),
        currency: Currency::CAD,
        zone,
        hours,
        special_days: BTreeMap::new(),
        staff_order: StaffOrder::default(),
        rules: Rules { grid_minutes: GRID_MINUTES, horizon_days: HORIZON_DAYS, ..Rules::default() },
        written: None,
        rules_written: None,
    }
}

fn service(row: &ServiceRow, staff: &BTreeSet<&str>) -> Service {
    let name = if row.description.is_empty() { &row.code } else { &row.description };
    let length = service_length(&row.code);
    let terms = staff.iter().filter_map(|name| {
        let own = staff_override(name, &row.code)?;
        Some(Terms {
            whom: Whom::Staff(staff_id(name)),
            store: Some(store_id()),
            price: None,
            minutes: Some(parts(own).iter().map(|part| part.minutes).collect()),
        })
    });
    Service {
        id: service_id(&row.code),
        code: row.code.clone(),
        name: Name::only(name),
        category: category(&row.category),
        parts: parts(length),
        price: row.price_cents.map(Money),
        terms: terms.collect(),
        online: !NOT_ONLINE.contains(&row.code.as_str()),
        active: row.active,
        lead_minutes: None,
        cutoff_minutes: None,
        written: None,
    }
}

fn parts(length: ServiceLength) -> Vec<Part> {
    [(PartKind::Active, length.active_minutes), (PartKind::Processing, length.processing_minutes)]
        .into_iter()
        .filter(|(_, minutes)| *minutes > 0)
        .map(|(kind, minutes)| Part { kind, minutes })
        .collect()
}

fn category(text: &str) -> Name {
    match text {
        "COLOR" => Name::new("染发", "Colour"),
        "STYLE" => Name::new("剪发造型", "Cut and style"),
        "MISC" | "" => Name::new("其他", "Other"),
        other => Name::only(other),
    }
}

/// Everybody named in a visit or a cancellation.
fn staff_names(salon: &Understanding) -> BTreeSet<&str> {
    let booked = salon.days.visits.iter().flat_map(|visit| &visit.lines).filter_map(|line| line.staff.as_deref());
    let cancelled = salon.days.cancellations.iter().filter_map(|row| row.person());
    booked.chain(cancelled).collect()
}

/// The staff with the services they were ever booked for as skills.
fn staff(salon: &Understanding, names: &BTreeSet<&str>) -> Vec<Staff> {
    let skills = |name: &str| -> BTreeSet<ServiceId> {
        let lines = salon.days.visits.iter().flat_map(|visit| &visit.lines);
        lines.filter(|line| line.staff.as_deref() == Some(name)).map(|line| service_id(&line.service)).collect()
    };
    let active = |name: &str| salon.roster.iter().any(|week| week.staff == name && week.active);
    names
        .iter()
        .map(|name| Staff {
            id: staff_id(name),
            name: Name::only(name),
            level: 1,
            title: Name::default(),
            gender: None,
            stores: vec![store_id()],
            skills: skills(name).into_iter().collect(),
            online: active(name),
            active: active(name),
            written: None,
        })
        .collect()
}

/// The regular week of those who are still there.
fn shifts(roster: &[StaffWeek]) -> Vec<Shift> {
    let of_week = |week: &StaffWeek| -> Vec<Shift> {
        week.shifts
            .iter()
            .map(|shift| {
                let day = shift.weekday.to_monday_zero_offset().unsigned_abs();
                Shift {
                    id: ShiftId(import_id("shift", &[&week.staff, &day.to_string()], 0)),
                    store: store_id(),
                    staff: staff_id(&week.staff),
                    day: ShiftDay::Weekly(day),
                    spans: vec![LocalSpan { from: shift.from_minute, until: shift.until_minute }],
                    written: None,
                }
            })
            .collect()
    };
    roster.iter().filter(|week| week.active).flat_map(of_week).collect()
}
