//! The rotation 轮钟: signing in and out, refusing a turn, making one good, another order. All are facts about a day: taken as they
//! happened, in whatever order they arrive.

use serde::{Deserialize, Serialize};

use super::scope::not_found;
use super::written::{done, existing};
use crate::booking::Booking;
use crate::business_day;
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::decision::{Change, Decision};
use crate::id::{StaffId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::placement::turns;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::rotation::{MOST_EVENTS, MadeGoodReason, MoveReason, RefusalReason, Rotation, RotationEvent, RotationStep};
use crate::store::Store;
use crate::time::LocalDate;
use crate::versioned::Versioned;

/// 签到: somebody is here to work, and stands last in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Store.
    pub store: StoreId,
    /// Business day.
    pub date: LocalDate,
    /// Who.
    pub staff: StaffId,
}

/// 下班: somebody leaves the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOut {
    /// Store.
    pub store: StoreId,
    /// Business day.
    pub date: LocalDate,
    /// Who.
    pub staff: StaffId,
}

/// Somebody does not take the turn they have, and goes to the back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefuseTurn {
    /// Store.
    pub store: StoreId,
    /// Business day.
    pub date: LocalDate,
    /// Who.
    pub staff: StaffId,
    /// Why.
    pub reason: RefusalReason,
}

/// 补钟: a turn is made good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeGood {
    /// Store.
    pub store: StoreId,
    /// Business day.
    pub date: LocalDate,
    /// Who.
    pub staff: StaffId,
    /// Why.
    pub reason: MadeGoodReason,
}

/// Another place in the queue; only whoever may override.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReorderRotation {
    /// Store.
    pub store: StoreId,
    /// Business day.
    pub date: LocalDate,
    /// Who.
    pub staff: StaffId,
    /// Before whom; `None` is the end.
    pub before: Option<StaffId>,
    /// Why.
    pub reason: MoveReason,
}

/// What each of them says.
macro_rules! facts {
    ($($payload:ident: $permission:ident, $step:expr;)*) => {$(
        impl Versioned for $payload {}

        impl Payload for $payload {
            const GIVEN_BY: Givers = Givers::Staff;

            fn store(&self) -> Option<StoreId> {
                Some(self.store)
            }

            fn about(&self) -> Option<RecordKey> {
                Some(Rotation::key_of((self.store, self.date.0)))
            }

            fn reads(&self, ask: &mut Ask<'_>) {
                ask.of_store::<Rotation>(self.store, (self.store, self.date.0));
            }

            fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
                let step: fn(&$payload) -> RotationStep = $step;
                tell(decider, Permission::$permission, (self.store, self.date), self.staff, step(self))
            }
        }
    )*};
}

facts! {
    SignIn: WorkBoard, |_| RotationStep::SignedIn;
    SignOut: WorkBoard, |_| RotationStep::SignedOut;
    RefuseTurn: WorkBoard, |told| RotationStep::Refused { reason: told.reason };
    MakeGood: WorkBoard, |told| RotationStep::MadeGood { reason: told.reason };
    ReorderRotation: Override, |told| RotationStep::Moved { before: told.before, reason: told.reason };
}

/// Whoever is not in the queue, or is already, is no reason to refuse: what makes sense of it may arrive later.
#[inline(never)]
fn tell(
    decider: Decider<'_>,
    permission: Permission,
    (store, date): (StoreId, LocalDate),
    staff: StaffId,
    what: RotationStep,
) -> Result<Decision, Refusal> {
    decider.must(permission, store)?;
    let store = decider.store(store)?;
    let before = if let RotationStep::Moved { before, .. } = what { before } else { None };
    for staff in std::iter::once(staff).chain(before) {
        if !decider.view.staff(staff).or_refuse("staff")?.stores.contains(&store.id) {
            return Err(not_found("staff"));
        }
    }
    if business_day::day_of(store, decider.at()).0.abs_diff(date.0) > 1 {
        return Err(Refusal::Invalid { field: "date".into() });
    }
    let mut rotation = of_day(decider, store, date)?;
    if rotation.events.len() >= MOST_EVENTS {
        return Err(Refusal::Invalid { field: "rotation".into() });
    }
    let is_new = rotation.add(RotationEvent { stamp: decider.fact_stamp(), staff, what });
    Ok(if is_new { done(rotation) } else { Decision::default() })
}

/// A visit has begun: whoever serves it has taken a turn, or keeps the place because they were asked for 点钟. Nothing where the store does
/// not go by turns.
pub(super) fn begun(decider: Decider<'_>, store: &Store, booking: &Booking) -> Result<Option<Change>, Refusal> {
    if !turns::are_kept(decider.view, store.id) {
        return Ok(None);
    }
    let mut served_by: Vec<(StaffId, bool)> = Vec::new();
    for line in &booking.lines {
        let Some(staff) = line.staff else { continue };
        let is_asked_for = line.staff_preference.person() == Some(staff);
        match served_by.iter_mut().find(|(known, _)| *known == staff) {
            Some((_, known)) => *known |= is_asked_for,
            None => served_by.push((staff, is_asked_for)),
        }
    }
    let mut rotation = of_day(decider, store, business_day::day_of(store, decider.at()))?;
    let is_new = rotation.begin(booking.id, decider.fact_stamp(), &served_by);
    Ok(is_new.then(|| Change::put(rotation)))
}

fn of_day(decider: Decider<'_>, store: &Store, date: LocalDate) -> Result<Rotation, Refusal> {
    let known = existing(decider.view.find_in::<Rotation>(store.id, (store.id, date.0)))?;
    Ok(known.cloned().unwrap_or_else(|| Rotation::new(store.id, date)))
}
