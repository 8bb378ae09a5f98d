//! The salon's store, services, staff and shifts as commands. Everything derived is a proposal that a manager can change.

use std::collections::{BTreeMap, BTreeSet};

use shared::command::{Command, PutService, PutShift, PutStaff, PutStore};
use shared::id::ServiceId;
use shared::money::Money;
use shared::name::Name;
use shared::part::{Part, PartKind};
use shared::roster::{Shift, ShiftDay};
use shared::service::{PriceOverride, Service, Whom};
use shared::staff::Staff;
use shared::store::{Rules, StaffOrder, Store};
use shared::time::LocalSpan;

use super::Understanding;
use super::durations::{ServiceLength, service_length, staff_override};
use super::roster::{StaffWeek, derive_hours};
use super::rows::{CARD_SERVICE, ServiceRow};
use super::salon::Salon;
use super::target::Target;

/// Starts in the files lie on this grid; 36 % of them are off a grid of 15.
const GRID_MINUTES: u16 = 10;

/// How far ahead people book here: the longest promise in the files is seven months away, most are within two.
const HORIZON_DAYS: u16 = 60;

/// Codes that the desk uses and no member would choose.
const NOT_ONLINE: [&str; 3] = ["F&F", "MISC", CARD_SERVICE];

/// Store, services, staff and shifts, in an order in which each finds what it refers to.
pub fn catalogue_commands(files: &Understanding, target: &Target) -> Vec<Command> {
    let (names, salon) = (staff_names(files), &target.salon);
    let mut commands = vec![Command::PutStore(PutStore::of(store(&files.roster, target), 0))];
    commands.extend(files.services.iter().map(|row| Command::PutService(PutService::of(service(row, &names, salon), 0))));
    commands.extend(staff(files, &names, salon).into_iter().map(|staff| Command::PutStaff(PutStaff::of(staff, 0))));
    commands.extend(shifts(&files.roster, salon).into_iter().map(|shift| Command::PutShift(PutShift::of(shift, 0))));
    commands
}

fn store(roster: &[StaffWeek], target: &Target) -> Store {
    let mut hours: [Vec<LocalSpan>; 7] = Default::default();
    for (weekday, from, until) in derive_hours(roster) {
        let day = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default();
        hours[day] = vec![LocalSpan { from, until }];
    }
    Store {
        id: target.salon.store_id(),
        name: target.salon.store_name(),
        address: String::new(),
        phone: String::new(),
        legal_entity: target.salon.legal_entity_id(),
        currency: target.currency,
        zone: target.zone.clone(),
        hours,
        special_days: BTreeMap::new(),
        staff_order: StaffOrder::default(),
        rules: Rules { grid_minutes: GRID_MINUTES, horizon_days: HORIZON_DAYS, ..Rules::default() },
        written: None,
        rules_written: None,
    }
}

fn service(row: &ServiceRow, staff: &BTreeSet<&str>, salon: &Salon) -> Service {
    let length = service_length(&row.code);
    let terms = staff.iter().filter_map(|name| {
        let own = staff_override(name, &row.code)?;
        Some(PriceOverride {
            whom: Whom::Staff(salon.staff_id(name)),
            store: Some(salon.store_id()),
            price: None,
            minutes: Some(parts(own).iter().map(|part| part.minutes).collect()),
        })
    });
    Service {
        id: salon.service_id(&row.code),
        code: row.code.clone(),
        name: service_name(&row.code, &row.description),
        category: category(&row.category),
        parts: parts(length),
        needs: Vec::new(),
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

/// The name of a service: its description, or the code where there is none.
pub fn service_name(code: &str, description: &str) -> Name {
    Name::only(if description.is_empty() { code } else { description })
}

/// The category of the price list in the product's words, where it has some.
pub fn category(text: &str) -> Name {
    match text {
        "COLOR" => Name::new("染发", "Colour"),
        "STYLE" => Name::new("剪发造型", "Cut and style"),
        "MISC" | "" => Name::new("其他", "Other"),
        other => Name::only(other),
    }
}

/// Everybody named in a visit or a cancellation.
fn staff_names(files: &Understanding) -> BTreeSet<&str> {
    let booked = files.days.visits.iter().flat_map(|visit| &visit.lines).filter_map(|line| line.staff.as_deref());
    let cancelled = files.days.cancellations.iter().filter_map(|row| row.person());
    booked.chain(cancelled).collect()
}

/// The staff with the services they were ever booked for as skills.
fn staff(files: &Understanding, names: &BTreeSet<&str>, salon: &Salon) -> Vec<Staff> {
    let skills = |name: &str| -> BTreeSet<ServiceId> {
        let lines = files.days.visits.iter().flat_map(|visit| &visit.lines);
        lines.filter(|line| line.staff.as_deref() == Some(name)).map(|line| salon.service_id(&line.service)).collect()
    };
    let active = |name: &str| files.roster.iter().any(|week| week.staff == name && week.active);
    names
        .iter()
        .map(|name| Staff {
            id: salon.staff_id(name),
            name: Name::only(name),
            level: 1,
            title: Name::default(),
            gender: None,
            stores: vec![salon.store_id()],
            skills: skills(name).into_iter().collect(),
            online: active(name),
            active: active(name),
            written: None,
        })
        .collect()
}

/// The regular week of those who are still there.
fn shifts(roster: &[StaffWeek], salon: &Salon) -> Vec<Shift> {
    let of_week = |week: &StaffWeek| -> Vec<Shift> {
        week.shifts
            .iter()
            .map(|shift| {
                let day = shift.weekday.to_monday_zero_offset().unsigned_abs();
                Shift {
                    id: salon.shift_id(&week.staff, day),
                    store: salon.store_id(),
                    staff: salon.staff_id(&week.staff),
                    day: ShiftDay::Weekly(day),
                    spans: vec![LocalSpan { from: shift.from_minute, until: shift.until_minute }],
                    written: None,
                }
            })
            .collect()
    };
    roster.iter().filter(|week| week.active).flat_map(of_week).collect()
}
