//! The booking that one tap would make: lines with staff and prices, before it exists. Pure.

use shared::booking::{Alternative, Line, Subject};
use shared::id::{ServiceId, StaffId, StoreId};
use shared::money::Price;
use shared::openings::notice;
use shared::part::total_minutes;
use shared::service::Service;
use shared::staff_preference::StaffPreference;
use shared::store::{Confirmation, Store};
use shared::time::{TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::RequestedLine;

use super::find::{Search, total};

/// A visit as it would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Where.
    pub store: StoreId,
    /// One per service.
    pub lines: Vec<PlanLine>,
    /// Start of the visit.
    pub starts_at: Timestamp,
    /// Its end.
    pub ends_at: Timestamp,
}

/// One service of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// What.
    pub service: ServiceId,
    /// Whom they asked for.
    pub staff_preference: StaffPreference,
    /// Who would do it, as far as this device knows.
    pub staff: StaffId,
    /// When.
    pub starts_at: Timestamp,
    /// How long.
    pub minutes: u16,
    /// For how much.
    pub price: Price,
}

impl Plan {
    /// The visit of a search at a start; `None` when it does not fit any more.
    pub fn at(view: &View, search: &Search, start: Timestamp, now: Timestamp) -> Option<Self> {
        let openings = search.cheapest_at(view, start, now)?;
        let staff: Vec<StaffId> = openings.lines_at(start)?.into_iter().map(|line| line.staff).collect();
        Plan::with(view, search, &Alternative { starts_at: start, staff })
    }

    /// The visit of a search as an alternative offers it.
    pub fn with(view: &View, search: &Search, offer: &Alternative) -> Option<Self> {
        let mut at = offer.starts_at;
        let mut lines = Vec::with_capacity(offer.staff.len());
        for (wanted, staff) in search.staff_preferences(view).into_iter().zip(&offer.staff) {
            let (service, member) = (view.catalogue.services.get(&wanted.service)?, view.catalogue.staff.get(staff)?);
            let minutes = total_minutes(&service.parts_with(member, search.store));
            let price = service.price_with(member, search.store);
            // Whom the offer names is who does it.
            let staff_preference =
                if wanted.staff_preference.is_requested() { StaffPreference::Requested(*staff) } else { wanted.staff_preference };
            lines.push(PlanLine { service: service.id, staff_preference, staff: *staff, starts_at: at, minutes, price });
            at = at.plus_minutes(i64::from(minutes));
        }
        let whole = lines.len() == search.services.len() && !lines.is_empty();
        whole.then_some(Plan { store: search.store, lines, starts_at: offer.starts_at, ends_at: at })
    }

    /// What the guest pays.
    pub fn price(&self) -> Price {
        total(self.lines.iter().map(|line| line.price))
    }

    /// The time it takes.
    pub fn range(&self) -> TimeRange {
        TimeRange { start: self.starts_at, end: self.ends_at }
    }

    /// How long it takes.
    pub fn minutes(&self) -> i64 {
        self.ends_at.minutes_since(self.starts_at)
    }

    /// The lines of the command.
    pub fn new_lines(&self, subject: &Subject) -> Vec<RequestedLine> {
        let line = |line: &PlanLine| RequestedLine {
            service: line.service,
            subject: subject.clone(),
            payer: None,
            staff_preference: line.staff_preference,
            starts_at: line.starts_at,
            seen_price: line.price,
        };
        self.lines.iter().map(line).collect()
    }
}

/// The search that would find a visit again.
pub fn search_of(store: StoreId, lines: &[(ServiceId, StaffPreference)]) -> Search {
    let staff_preference =
        lines.iter().map(|(_, staff_preference)| *staff_preference).find(|staff_preference| staff_preference.is_requested());
    let staff_preference =
        staff_preference.or(lines.first().map(|(_, staff_preference)| *staff_preference)).unwrap_or(StaffPreference::Any);
    Search {
        store,
        services: lines.iter().map(|(service, _)| *service).collect(),
        staff_preference,
        each: Vec::new(),
        widened: false,
        moving: None,
    }
}

/// Until when members may change a visit for free.
pub fn free_until(view: &View, store: &Store, services: &[ServiceId], starts_at: Timestamp, minutes: i64) -> Timestamp {
    let services: Vec<&Service> = services.iter().filter_map(|service| view.catalogue.services.get(service)).collect();
    let minutes = u16::try_from(minutes).unwrap_or(u16::MAX);
    starts_at.plus_minutes(-i64::from(notice::cutoff_minutes(store, &services, minutes)))
}

/// The same for lines that exist.
pub fn free_until_of(view: &View, store: &Store, lines: &[Line], starts_at: Timestamp) -> Timestamp {
    let services: Vec<ServiceId> = lines.iter().map(|line| line.service).collect();
    let minutes = lines.iter().map(|line| i64::from(total_minutes(&line.parts))).sum();
    free_until(view, store, &services, starts_at, minutes)
}

/// Whether the store looks at online bookings first.
pub fn needs_the_desk(store: &Store) -> bool {
    store.rules.confirmation == Confirmation::ByDesk
}
