//! What a store's records say about time, as masks: its hours, its roster, its grid, and what is left of them.

use std::collections::BTreeMap;

use super::mask::Mask;
use super::schedule::Schedule;
use super::window::Window;
use crate::id::StaffId;
use crate::roster::{Shift, spans_on};
use crate::store::Store;
use crate::time::{DAY, LocalDate, LocalSpan, MINUTE, QUANTUM_MINUTES, TimeRange, Timestamp};
use crate::zone::Zone;

/// Translates local spans into quanta of a window, each only once: staff mostly share their hours.
struct LocalDays<'a> {
    zone: &'a Zone,
    window: Window,
    known: BTreeMap<(LocalDate, LocalSpan), core::ops::Range<u32>>,
}

impl<'a> LocalDays<'a> {
    fn new(zone: &'a Zone, window: Window) -> Self {
        Self { zone, window, known: BTreeMap::new() }
    }

    /// Local dates whose spans can reach into the window; a span may end on the day after.
    fn dates(&self) -> impl Iterator<Item = LocalDate> + use<> {
        let range = self.window.range();
        let (first, last) = (self.zone.local(range.start).0.0.saturating_sub(1), self.zone.local(range.end).0.0);
        (first..=last).map(LocalDate)
    }

    /// What is free rounds inward.
    fn set(&mut self, mask: &mut Mask, date: LocalDate, span: LocalSpan) {
        let (zone, window) = (self.zone, self.window);
        let quanta = self.known.entry((date, span)).or_insert_with(|| window.inward(zone.range(date, span)));
        mask.set(quanta.clone());
    }
}

/// When a store is open, special days included.
#[must_use]
pub fn open_hours(store: &Store, window: Window) -> Mask {
    let mut days = LocalDays::new(&store.zone, window);
    let mut open = Mask::empty(window);
    for date in days.dates() {
        for span in store.hours_on(date) {
            days.set(&mut open, date, *span);
        }
    }
    open
}

/// When a staff member is on shift in a store, whether it is open or not.
#[must_use]
pub fn on_shift(store: &Store, shifts: &[&Shift], staff: StaffId, window: Window) -> Mask {
    shifts_of(&mut LocalDays::new(&store.zone, window), store, shifts, staff)
}

fn shifts_of(days: &mut LocalDays<'_>, store: &Store, shifts: &[&Shift], staff: StaffId) -> Mask {
    // Sorted out once per person, not once per day: a roster is staff × days long.
    let own: Vec<&Shift> = shifts.iter().copied().filter(|shift| shift.staff == staff).collect();
    let mut working = Mask::empty(days.window);
    for date in days.dates() {
        for span in spans_on(own.iter().copied(), store.id, staff, date) {
            days.set(&mut working, date, span);
        }
    }
    working
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
    /// Whose time, in the order asked for.
    pub staff: Vec<StaffId>,
    /// What is free of each.
    pub free: Vec<Mask>,
}

/// Builds the free masks of some staff. Holds count until they expire.
#[must_use]
pub fn free_time(schedule: &Schedule<'_>, staff: &[StaffId], window: Window, now: Timestamp) -> FreeTime {
    let open = open_hours(schedule.store, window);
    let mut days = LocalDays::new(&schedule.store.zone, window);
    let working = |id: &StaffId| {
        let mut mask = shifts_of(&mut days, schedule.store, &schedule.shifts, *id);
        mask.and(&open);
        mask
    };
    let mut free: Vec<Mask> = staff.iter().map(working).collect();
    let mut index = BTreeMap::new();
    index.extend(staff.iter().copied().zip(0usize..));
    let covered: TimeRange = window.range();
    for taken in schedule.taken.iter().filter(|taken| taken.counts_at(now) && taken.range.overlaps(&covered)) {
        if let Some(mask) = index.get(&taken.staff).and_then(|index| free.get_mut(*index)) {
            mask.clear(window.outward(taken.range));
        }
    }
    for (staff, day, busy) in &schedule.busy_days {
        if let Some(mask) = index.get(staff).and_then(|index| free.get_mut(*index)) {
            mask.clear_day(*day, busy);
        }
    }
    FreeTime { open, staff: staff.to_vec(), free }
}
