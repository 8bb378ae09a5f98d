//! The week of everybody, cell by cell.

use shared::id::StaffId;
use shared::roster::{Shift, ShiftDay};
use shared::staff::Staff;
use shared::time::LocalSpan;

use crate::desk::setup::clock_text::texts_of;
use crate::desk::setup::of_store::the_store;
use crate::desk::staff_order::in_order;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// One cell of the grid.
pub(crate) type Cell = (StaffId, u8);

/// The entry of a person for a day. Tracked.
pub(crate) fn shift_of(bench: Workbench, staff: StaffId, day: ShiftDay) -> Option<Shift> {
    let store = the_store(bench)?.id;
    let view = bench.replica.view();
    view.catalogue.shifts.values().find(|shift| shift.store == store && shift.staff == staff && shift.day == day).cloned()
}

/// The people of the store who serve guests: only they have shifts. Tracked.
pub(crate) fn staff_here(bench: Workbench) -> Vec<Staff> {
    let view = bench.replica.view();
    let Some(store) = the_store(bench) else { return Vec::new() };
    let serving = view.staff_of(store.id).filter(|staff| !staff.skills.is_empty());
    in_order(&store, serving, i18n::language()).into_iter().cloned().collect()
}

/// `10–14 15:30–20`, or 休息.
pub(crate) fn spans_text(spans: &[LocalSpan]) -> String {
    if spans.is_empty() {
        return i18n::set_up().day_off.to_owned();
    }
    let short = |time: String| time.strip_suffix(":00").map(str::to_owned).unwrap_or(time);
    texts_of(spans).into_iter().map(|(from, until)| format!("{}–{}", short(from), short(until))).collect::<Vec<_>>().join(" ")
}
