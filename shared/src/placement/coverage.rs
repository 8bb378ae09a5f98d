//! Whether promises have what they need: somebody who works then and can do it, things in use, an open store. A change of these leaves
//! promises as they are, and says which of them it has left without.

use crate::booking::Booking;
use crate::coverage_gap::{CoverageGap, Lack};
use crate::id::StoreId;
use crate::openings::day::{on_shift, open_hours};
use crate::placement::visit_time;
use crate::record::Catalogue;
use crate::roster::Shift;
use crate::state_kind::StateKind;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;

/// What a store has to keep its promises with.
pub struct Coverage<'a> {
    catalogue: &'a Catalogue,
    store: &'a Store,
    shifts: Vec<&'a Shift>,
}

impl<'a> Coverage<'a> {
    /// `None` where the store is not known.
    #[must_use]
    pub fn of(catalogue: &'a Catalogue, store: StoreId) -> Option<Self> {
        let shifts = catalogue.shifts.values().filter(|shift| shift.store == store).collect();
        Some(Coverage { catalogue, store: catalogue.stores.get(&store)?, shifts })
    }

    /// Everything that a visit lacks, the gravest first.
    #[must_use]
    pub fn lacks(&self, booking: &Booking) -> Vec<Lack> {
        let mut found = Vec::new();
        for line in &booking.lines {
            let works_here = |staff: &&crate::staff::Staff| staff.active && staff.stores.contains(&self.store.id);
            if let Some(staff) = line.staff {
                match self.catalogue.staff.get(&staff).filter(works_here) {
                    None => found.push(Lack::Person(staff)),
                    Some(person) if !person.skills.contains(&line.service) => found.push(Lack::Skill(staff)),
                    Some(_) => {}
                }
                let working = on_shift(self.store, &self.shifts, staff, line.range());
                let is_off = |(_, needed): (u8, TimeRange)| !working.iter().any(|shift| shift.covers(&needed));
                if line.staff_ranges().any(is_off) {
                    found.push(Lack::Shift(staff));
                }
            }
            let in_use = |resource| self.catalogue.resources.get(&resource).is_some_and(|resource| resource.active);
            let broken = line.resources.iter().map(|held| held.resource).filter(|resource| !in_use(*resource));
            found.extend(broken.map(Lack::Resource));
        }
        let whole = visit_time::span(&booking.lines).unwrap_or_else(|| booking.range());
        if !open_hours(self.store, whole).iter().any(|open| open.covers(&whole)) {
            found.push(Lack::Hours);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The promises of a store, still to come, that have had what they need by the catalogue of a view and lack it by another one.
#[must_use]
pub fn gaps(view: &View, after: &Catalogue, store: StoreId, now: Timestamp) -> Vec<CoverageGap> {
    let (Some(had), Some(has)) = (Coverage::of(&view.catalogue, store), Coverage::of(after, store)) else { return Vec::new() };
    let promises = view.bookings.values().filter(|booking| booking.store == store && is_promise(booking) && booking.starts_at > now);
    let gap = |booking: &Booking| {
        let minutes = had.store.zone.shift_minutes(&has.store.zone, booking.starts_at);
        let before = had.lacks(booking);
        let new = has.lacks(booking).into_iter().find(|lack| !before.contains(lack));
        let lack = new.or_else(|| (minutes != 0).then_some(Lack::Clock(minutes)))?;
        Some(CoverageGap { booking: booking.id, lack })
    };
    promises.filter_map(gap).collect()
}

/// Those of some gaps that are still there: nobody has moved the visit, and what it lacked has not come back.
#[must_use]
pub fn open_gaps(view: &View, store: StoreId, gaps: &[CoverageGap]) -> Vec<CoverageGap> {
    let Some(coverage) = Coverage::of(&view.catalogue, store) else { return Vec::new() };
    let is_open = |gap: &&CoverageGap| {
        // What is not known here stays open.
        view.bookings.get(&gap.booking).is_none_or(|booking| {
            is_promise(booking) && (matches!(gap.lack, Lack::Clock(_)) || coverage.lacks(booking).contains(&gap.lack))
        })
    };
    gaps.iter().filter(is_open).copied().collect()
}

fn is_promise(booking: &Booking) -> bool {
    matches!(booking.state.kind(), StateKind::Requested | StateKind::Confirmed)
}
