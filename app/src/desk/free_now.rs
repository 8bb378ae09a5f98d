//! Who could take a guest who is here now: who is free for all of it, and whom the visit falls to. Pure.

use shared::agreed;
use shared::booking::{Booking, Line};
use shared::id::StaffId;
use shared::openings::Schedule;
use shared::part::total_minutes;
use shared::placement::preferences::preferences;
use shared::placement::rules::{PlacementRules, PriceBound};
use shared::placement::{place, turns};
use shared::sort;
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::store::Store;
use shared::time::{TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedLine};

use super::business_day;

/// Somebody who can do all of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Able {
    /// Who.
    pub staff: StaffId,
    /// On shift and with nothing in the way from now until it is done.
    pub is_free: bool,
}

/// Those who work today and can do every line, as the guest wishes; the free ones first.
#[must_use]
pub fn able(view: &View, store: &Store, booking: &Booking, now: Timestamp) -> Vec<Able> {
    let reach = TimeRange::starting(now, 1440).widened(1440);
    let Ok(schedule) = Schedule::of_view(view, store.id, reach, Some(booking.id), now) else { return Vec::new() };
    let today = business_day::day_of(store, now);
    let can = |staff: &&Staff| booking.lines.iter().all(|line| staff.can(line.service, store.id) && fits(line, staff));
    let is_asked_for = |staff: &Staff| booking.lines.iter().any(|line| line.staff_preference == StaffPreference::Requested(staff.id));
    let is_here = turns::order_at(view, store, now).unwrap_or_default();
    let works =
        |staff: &&Staff| is_asked_for(staff) || is_here.contains(&staff.id) || !view.shift_spans(store.id, staff.id, today).is_empty();
    let people = view.staff_of(store.id).filter(can).filter(works);
    let mut found: Vec<Able> =
        people.map(|staff| Able { staff: staff.id, is_free: is_free(view, &schedule, booking, staff, now) }).collect();
    sort::sort_by_key(&mut found, |able| !able.is_free);
    found
}

/// A wish for a person may be changed at the chair, with the guest; one for a man or a woman is never relaxed silently.
fn fits(line: &Line, staff: &Staff) -> bool {
    line.staff_preference.is_requested() || line.staff_preference.fits(staff)
}

/// One line after another, by this person alone.
fn is_free(view: &View, schedule: &Schedule<'_>, booking: &Booking, staff: &Staff, now: Timestamp) -> bool {
    let mut at = now;
    booking.lines.iter().all(|line| {
        let Some(service) = view.catalogue.services.get(&line.service) else { return false };
        let parts = service.parts_with(staff, schedule.store.id);
        let start = at;
        at = at.plus_minutes(i64::from(total_minutes(&parts)));
        let has_resources = || schedule.check_resources(&service.needs, &parts, start, now);
        schedule.check_free(staff.id, &parts, start, now).and_then(|()| has_resources()).is_ok()
    })
}

/// Whom the visit falls to when it starts now; nobody where it takes several people, or cannot be told.
#[must_use]
pub fn proposed(view: &View, store: &Store, booking: &Booking, now: Timestamp) -> Option<StaffId> {
    let before = booking.lines.first().and_then(|line| line.staff);
    // Whose column they are in already, if that still goes.
    if let Some(staff) = before.filter(|staff| able(view, store, booking, now).contains(&Able { staff: *staff, is_free: true })) {
        return Some(staff);
    }
    let (wanted, kept) = (from_now(booking, now), agreed::of_lines(view, store.id, &booking.lines));
    let turns = turns::order_at(view, store, now).unwrap_or_default();
    let placed = |any_hours| {
        let terms = PlacementRules {
            audience: Audience::Desk,
            any_hours,
            price_bound: PriceBound::Nothing,
            in_a_row: true,
            preferences: Some(preferences),
            now,
            moment: now,
        };
        place::lines_keeping(view, store, (&wanted, &kept), Some(booking.id), terms, &turns).ok()
    };
    // Somebody on shift, if anybody is.
    let lines = placed(false).or_else(|| placed(true))?;
    let first = lines.first()?.staff?;
    lines.iter().all(|line| line.staff == Some(first)).then_some(first)
}

fn from_now(booking: &Booking, now: Timestamp) -> Vec<RequestedLine> {
    let by = now.0.saturating_sub(booking.starts_at.0);
    let line = |line: &Line| RequestedLine {
        service: line.service,
        subject: line.subject.clone(),
        payer: line.payer,
        staff_preference: line.staff_preference,
        starts_at: Timestamp(line.starts_at.0.saturating_add(by)),
        seen_price: line.price,
    };
    booking.lines.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use shared::booking::State;
    use shared::decision::Change;

    use super::*;
    use crate::desk::fixtures::{self, LONG_DAY, friday, person};

    #[test]
    fn a_guest_who_waits_is_served_by_whoever_is_free_and_never_by_somebody_at_home() {
        let (busy, free, at_home) = (person(11), person(12), person(13));
        let mut view = fixtures::view(&[(busy, &[LONG_DAY]), (free, &[LONG_DAY]), (at_home, &[])]);
        let store = fixtures::store();
        let now = store.zone.instant(friday(), 15 * 60);
        let going_on = State::InService { since: now, arrived_at: None };
        view.apply(&Change::put(fixtures::booking(1, busy, now.plus_minutes(-10), going_on)));
        let mut waiting = fixtures::booking(2, busy, now.plus_minutes(-20), State::Waiting { since: now });
        waiting.occupancy.clear();
        view.apply(&Change::put(waiting.clone()));
        let people = able(&view, &store, &waiting, now);
        assert_eq!(people, [Able { staff: free, is_free: true }, Able { staff: busy, is_free: false }]);
        assert_eq!(proposed(&view, &store, &waiting, now), Some(free));
    }
}
