//! The booking that one tap would make: lines with staff and prices, before it exists. Pure.

use shared::booking::{Alternative, Line, StaffWish, Subject};
use shared::command::NewLine;
use shared::id::{ServiceId, StaffId, StoreId};
use shared::money::Price;
use shared::openings::notice;
use shared::service::{Service, total_minutes};
use shared::store::{Confirmation, Store};
use shared::time::{TimeRange, Timestamp};
use shared::view::View;

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
    pub wish: StaffWish,
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
        for (wanted, staff) in search.wishes(view).into_iter().zip(&offer.staff) {
            let (service, member) = (view.catalogue.services.get(&wanted.service)?, view.catalogue.staff.get(staff)?);
            let minutes = total_minutes(&service.parts_with(member, search.store));
            let price = service.price_with(member, search.store);
            // Whom the offer names is who does it.
            let wish = if wanted.wish.is_requested() { StaffWish::Requested(*staff) } else { wanted.wish };
            lines.push(PlanLine { service: service.id, wish, staff: *staff, starts_at: at, minutes, price });
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
    pub fn new_lines(&self, subject: &Subject) -> Vec<NewLine> {
        let line = |line: &PlanLine| NewLine {
            service: line.service,
            subject: subject.clone(),
            payer: None,
            wish: line.wish,
            starts_at: line.starts_at,
            seen_price: line.price,
        };
        self.lines.iter().map(line).collect()
    }
}

/// The search that would find a visit again.
pub fn search_of(store: StoreId, lines: &[(ServiceId, StaffWish)]) -> Search {
    let wish = lines.iter().map(|(_, wish)| *wish).find(|wish| wish.is_requested());
    let wish = wish.or(lines.first().map(|(_, wish)| *wish)).unwrap_or(StaffWish::Any);
    Search { store, services: lines.iter().map(|(service, _)| *service).collect(), wish, each: Vec::new(), widened: false, moving: None }
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
