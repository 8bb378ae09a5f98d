//! What a store's records say about time, as masks: its hours, its roster, its grid, and what is left of them.

use std::collections::BTreeMap;

use super::schedule::Schedule;
use crate::id::{ResourceId, StaffId};
use crate::mask::Mask;
use crate::roster::{Shift, spans_on};
use crate::store::Store;
use crate::time::{DAY, LocalDate, LocalSpan, MINUTE, QUANTUM_MINUTES, TimeRange, Timestamp};
use crate::window::Window;
use crate::zone::Zone;

/// Translates local spans into instants, each only once: staff mostly share their hours.
struct LocalDays<'a> {
    zone: &'a Zone,
    within: TimeRange,
    known: BTreeMap<(LocalDate, LocalSpan), TimeRange>,
}

impl<'a> LocalDays<'a> {
    fn new(zone: &'a Zone, within: TimeRange) -> Self {
        Self { zone, within, known: BTreeMap::new() }
    }

    /// Local dates whose spans can reach into the range; a span may end on the day after.
    fn dates(&self) -> impl Iterator<Item = LocalDate> + use<> {
        let (first, last) = (self.zone.local(self.within.start).0.0.saturating_sub(1), self.zone.local(self.within.end).0.0);
        (first..=last).map(LocalDate)
    }

    /// Adds a span. What touches the one before is one with it: a minute between two quanta must not come between them.
    fn add(&mut self, ranges: &mut Vec<TimeRange>, date: LocalDate, span: LocalSpan) {
        let zone = self.zone;
        let range = *self.known.entry((date, span)).or_insert_with(|| zone.range(date, span));
        match ranges.last_mut() {
            Some(last) if last.start <= range.start && range.start <= last.end => last.end = last.end.max(range.end),
            _ => ranges.push(range),
        }
    }

    fn open(&mut self, store: &Store) -> Vec<TimeRange> {
        let mut ranges = Vec::new();
        for date in self.dates() {
            for span in store.hours_on(date) {
                self.add(&mut ranges, date, *span);
            }
        }
        ranges
    }

    fn shifts(&mut self, store: &Store, shifts: &[&Shift], staff: StaffId) -> Vec<TimeRange> {
        // Sorted out once per person, not once per day: a roster is staff × days long.
        let own: Vec<&Shift> = shifts.iter().copied().filter(|shift| shift.staff == staff).collect();
        let mut ranges = Vec::new();
        for date in self.dates() {
            for span in spans_on(own.iter().copied(), store.id, staff, date) {
                self.add(&mut ranges, date, span);
            }
        }
        ranges
    }
}

/// When a store is open around a range, special days included.
#[must_use]
pub fn open_hours(store: &Store, around: TimeRange) -> Vec<TimeRange> {
    LocalDays::new(&store.zone, around).open(store)
}

/// When a staff member is on shift in a store around a range, whether it is open or not.
#[must_use]
pub fn on_shift(store: &Store, shifts: &[&Shift], staff: StaffId, around: TimeRange) -> Vec<TimeRange> {
    LocalDays::new(&store.zone, around).shifts(store, shifts, staff)
}

/// What is free rounds inward.
fn inward(ranges: &[TimeRange], window: Window) -> Mask {
    let mut mask = Mask::empty(window);
    ranges.iter().for_each(|range| mask.set(window.inward(*range)));
    mask
}

/// The starts a store offers, in its local time: minutes after midnight that are a multiple of the grid.
#[must_use]
pub fn grid(store: &Store, window: Window) -> Mask {
    let step = u32::from(store.rules.grid_minutes / 5).max(1);
    if step == 1 {
        return Mask::full(window);
    }
    let mut mask = Mask::empty(window);
    let (range, zone) = (window.range(), &store.zone);
    let changes = zone.transitions.iter().map(|(at, _)| *at).filter(|at| range.start < *at && *at < range.end);
    let mut from = range.start;
    for until in changes.chain([range.end]) {
        let offset = i64::from(zone.offset_seconds(from)) * 1000;
        let segment = window.quantum_at_or_after(from)..window.quantum_at_or_after(until);
        let on_grid = |quantum: u32| {
            let local = window.instant(quantum).0.saturating_add(offset).rem_euclid(DAY);
            local % (i64::from(step) * QUANTUM_MINUTES * MINUTE) == 0
        };
        if let Some(first) = segment.clone().take(step as usize).find(|quantum| on_grid(*quantum)) {
            (first..segment.end).step_by(step as usize).for_each(|quantum| mask.set(quantum..quantum + 1));
        }
        from = until;
    }
    mask
}

/// What is free in a store: hours ∩ shifts − everything that takes time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeTime {
    /// When the store is open.
    pub open: Mask,
    /// What is free of each staff member and then of each resource, in the order asked for.
    pub free: Vec<Mask>,
}

/// Builds the free masks of some staff and resources: a room has no shifts. Holds count until they expire.
#[must_use]
pub fn free_time(schedule: &Schedule<'_>, staff: &[StaffId], resources: &[ResourceId], window: Window, now: Timestamp) -> FreeTime {
    let mut days = LocalDays::new(&schedule.store.zone, window.range());
    let open = inward(&days.open(schedule.store), window);
    let working = |id: &StaffId| {
        let mut mask = inward(&days.shifts(schedule.store, &schedule.shifts, *id), window);
        mask.and(&open);
        mask
    };
    let mut free: Vec<Mask> = staff.iter().map(working).collect();
    free.resize(staff.len() + resources.len(), open.clone());
    let whose = staff.iter().map(|staff| ResourceId::from(*staff)).chain(resources.iter().copied());
    let index: BTreeMap<ResourceId, usize> = whose.zip(0usize..).collect();
    let covered: TimeRange = window.range();
    for taken in schedule.taken.iter().filter(|taken| taken.counts_at(now) && taken.range.overlaps(&covered)) {
        if let Some(mask) = index.get(&taken.resource).and_then(|index| free.get_mut(*index)) {
            mask.clear(window.outward(taken.range));
        }
    }
    for (resource, day, busy) in &schedule.busy_days {
        if let Some(mask) = index.get(resource).and_then(|index| free.get_mut(*index)) {
            mask.clear_day(*day, busy);
        }
    }
    FreeTime { open, free }
}
