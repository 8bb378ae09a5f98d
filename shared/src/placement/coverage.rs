//! Whether promises have what they need: somebody who works then and can do it, things in use, an open store. A change of these leaves
//! promises as they are, and says which of them it has left without.

use std::collections::BTreeMap;

use crate::booking::Booking;
use crate::booking::history::StepKind;
use crate::coverage_gap::{CoverageGap, Lack};
use crate::id::StoreId;
use crate::openings::day::{on_shift, open_hours};
use crate::placement::visit_time;
use crate::record::Catalogue;
use crate::roster::Shift;
use crate::staff::Staff;
use crate::state_kind::StateKind;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};
use crate::view::{Found, View};

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

    /// Everything that a visit lacks, the gravest first, with how much of it: minutes of a shift or of opening hours, else services.
    #[must_use]
    pub fn lacks(&self, booking: &Booking) -> BTreeMap<Lack, i64> {
        let mut found = BTreeMap::new();
        let mut add = |lack: Lack, amount: i64| {
            if amount > 0 {
                *found.entry(lack).or_default() += amount;
            }
        };
        for line in &booking.lines {
            let works_here = |staff: &&Staff| staff.active && staff.stores.contains(&self.store.id);
            if let Some(staff) = line.staff {
                match self.catalogue.staff.get(&staff).filter(works_here) {
                    None => add(Lack::Person(staff), 1),
                    Some(person) if !person.skills.contains(&line.service) => add(Lack::Skill(staff), 1),
                    Some(_) => {}
                }
                let working = on_shift(self.store, &self.shifts, staff, line.range());
                add(Lack::Shift(staff), line.staff_ranges().map(|(_, needed)| uncovered_minutes(needed, &working)).sum());
            }
            let in_use = |resource| self.catalogue.resources.get(&resource).is_some_and(|resource| resource.active);
            line.resources.iter().filter(|held| !in_use(held.resource)).for_each(|held| add(Lack::Resource(held.resource), 1));
        }
        let whole = visit_time::span(&booking.lines).unwrap_or_else(|| booking.range());
        add(Lack::Hours, uncovered_minutes(whole, &open_hours(self.store, whole)));
        found
    }
}

/// How much of a range lies outside of others, which do not overlap.
fn uncovered_minutes(needed: TimeRange, covered: &[TimeRange]) -> i64 {
    let within = |range: &TimeRange| TimeRange { start: range.start.max(needed.start), end: range.end.min(needed.end) }.minutes().max(0);
    needed.minutes() - covered.iter().map(within).sum::<i64>()
}

/// The promises of a store that are not over and lack more by another catalogue than by that of a view.
#[must_use]
pub fn gaps(view: &View, after: &Catalogue, store: StoreId, now: Timestamp) -> Vec<CoverageGap> {
    let (Some(had), Some(has)) = (Coverage::of(&view.catalogue, store), Coverage::of(after, store)) else { return Vec::new() };
    let promises = view.bookings.values().filter(|booking| booking.store == store && is_promise(booking) && booking.ends_at > now);
    let gap = |booking: &Booking| {
        let minutes = had.store.zone.shift_minutes(&has.store.zone, booking.starts_at);
        let before = had.lacks(booking);
        let is_more = |(lack, amount): &(Lack, i64)| before.get(lack).is_none_or(|had| had < amount);
        let new = has.lacks(booking).into_iter().find(is_more).map(|(lack, _)| lack);
        let lack = new.or_else(|| (minutes != 0).then_some(Lack::Clock(minutes)))?;
        Some(CoverageGap { booking: booking.id, lack })
    };
    promises.filter_map(gap).collect()
}

/// Those of some gaps, raised then, that are still there: nobody has moved the visit, and what it lacked has not come back.
#[must_use]
pub fn open_gaps(view: &View, store: StoreId, (gaps, raised_at): (&[CoverageGap], Timestamp)) -> Vec<CoverageGap> {
    let Some(coverage) = Coverage::of(&view.catalogue, store) else { return Vec::new() };
    let was_moved = |booking: &Booking| booking.history.iter().any(|step| step.what == StepKind::Moved && step.at > raised_at);
    let is_open = |gap: &&CoverageGap| match view.booking(store, gap.booking) {
        Found::Known(booking) if matches!(gap.lack, Lack::Clock(_)) => is_promise(booking) && !was_moved(booking),
        Found::Known(booking) => is_promise(booking) && coverage.lacks(booking).contains_key(&gap.lack),
        // It is over, and gone from a device that has everything.
        Found::Absent => false,
        Found::Unknown => true,
    };
    gaps.iter().filter(is_open).copied().collect()
}

fn is_promise(booking: &Booking) -> bool {
    matches!(booking.state.kind(), StateKind::Requested | StateKind::Confirmed)
}
