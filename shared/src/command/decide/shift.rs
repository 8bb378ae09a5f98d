//! Set-up of the roster.

use serde::{Deserialize, Serialize};

use super::written::{done, existing, written};
use crate::command::decider::{DESK_HORIZON_DAYS, Decider};
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::decision::Decision;
use crate::id::{ShiftId, StaffId, StoreId};
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::roster::{Shift, ShiftDay};
use crate::store::Store;
use crate::time::LocalSpan;
use crate::versioned::Versioned;
use crate::view::View;

/// A roster entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutShift {
    /// Entry.
    pub shift: ShiftId,
    /// Store.
    pub store: StoreId,
    /// Staff member.
    pub staff: StaffId,
    /// Which day.
    pub day: ShiftDay,
    /// Working spans; none means off.
    pub spans: Vec<LocalSpan>,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

impl PutShift {
    /// Everything that a record says, over a version of it.
    #[must_use]
    pub fn of(shift: Shift, base: u32) -> Self {
        PutShift { shift: shift.id, store: shift.store, staff: shift.staff, day: shift.day, spans: shift.spans, base }
    }

    /// Whether somebody works less than before on that day.
    fn takes_time(&self, view: &View) -> bool {
        let before = match self.day {
            ShiftDay::Date(date) => view.shift_spans(self.store, self.staff, date),
            ShiftDay::Weekly(_) => view.catalogue.shifts.get(&self.shift).map(|shift| shift.spans.clone()).unwrap_or_default(),
        };
        let is_kept = |span: &LocalSpan| self.spans.iter().any(|new| new.from <= span.from && span.until <= new.until);
        !before.iter().all(is_kept)
    }

    /// Somebody is ill today, or will not come tomorrow: whoever runs the day says so.
    fn is_for_now(&self, decider: Decider<'_>, store: &Store) -> bool {
        // A night may still be that of yesterday.
        let today = store.zone.local(decider.at()).0;
        matches!(self.day, ShiftDay::Date(date) if (today.plus_days(-1)..=today.plus_days(1)).contains(&date))
    }

    fn into_record(self) -> Shift {
        Shift { id: self.shift, store: self.store, staff: self.staff, day: self.day, spans: self.spans, written: None }
    }
}

impl Versioned for PutShift {}

impl Payload for PutShift {
    const GIVEN_BY: Givers = Givers::Staff;
    const CHANGES_CATALOGUE: bool = true;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        if self.takes_time(ask.view) {
            ask.ahead(self.store, Some(self.staff.into()));
        }
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        let store = decider.store(self.store)?;
        decider.must(if self.is_for_now(decider, store) { Permission::Override } else { Permission::ManageStore }, store.id)?;
        let mut shift = self.clone().into_record();
        shift.check()?;
        check_date(decider, store, shift.day)?;
        if !decider.view.staff(shift.staff).or_refuse("staff")?.stores.contains(&store.id) {
            return Err(Refusal::NotFound { kind: "staff".into() });
        }
        let current = existing(decider.view.shift(shift.id))?;
        if current.is_some_and(|shift| shift.store != store.id) {
            return Err(Refusal::NotFound { kind: "shift".into() });
        }
        // An entry stays that of its person and day: another day's would be gone with it, and nobody would be asked.
        if current.is_some_and(|current| (current.staff, current.day) != (shift.staff, shift.day)) {
            return Err(Refusal::Invalid { field: "day".into() });
        }
        let is_same_day =
            |other: &Shift| other.id != shift.id && (other.store, other.staff, other.day) == (shift.store, shift.staff, shift.day);
        if decider.view.catalogue.shifts.values().any(is_same_day) {
            return Err(Refusal::AlreadyExists);
        }
        shift.written = Some(written(decider, current.and_then(|shift| shift.written.as_ref()), self.base)?);
        Ok(if self.takes_time(decider.view) { decider.covering(shift, &[store.id]) } else { done(shift) })
    }
}

/// A dated entry is about a day that somebody plans or looks back at. What the product loads may be older.
fn check_date(decider: Decider<'_>, store: &Store, day: ShiftDay) -> Result<(), Refusal> {
    let ShiftDay::Date(date) = day else { return Ok(()) };
    let today = store.zone.local(decider.context.now).0;
    let is_near = date.0.abs_diff(today.0) <= u32::from(DESK_HORIZON_DAYS);
    let may = is_near || decider.context.actor.principal == Principal::System;
    if may { Ok(()) } else { Err(Refusal::Invalid { field: "day".into() }) }
}
