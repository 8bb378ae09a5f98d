//! Settling who serves a guest who asked for nobody, now that they are here: by the rule of the store, among equals who are free (A5).

use crate::agreed;
use crate::booking::history::StepKind;
use crate::booking::{Booking, Line, State};
use crate::command::decider::Decider;
use crate::placement::case::FAR_OFF_MINUTES;
use crate::placement::rules::{PlacementRules, PriceBound};
use crate::placement::{place, turns};
use crate::refusal::Refusal;
use crate::store::Store;
use crate::visit_request::RequestedLine;

/// With the check-in of a visit that has the time it was promised. One that was pushed, lies beside another or has no time keeps its person
/// here: there the ladder decides.
pub(super) fn on_arrival(decider: Decider<'_>, store: &Store, before: &Booking, arrived: &mut Booking) -> Result<(), Refusal> {
    let is_as_planned = before.late_minutes == 0 && before.occupancy.iter().all(|held| held.lane == 0) && !before.occupancy.is_empty();
    let is_near = before.starts_at.minutes_since(decider.at()).abs() <= FAR_OFF_MINUTES;
    if !is_as_planned || !is_near || !matches!(arrived.state, State::CheckedIn { .. }) {
        return Ok(());
    }
    settle(decider, store, arrived)?;
    if before.lines.iter().zip(&arrived.lines).any(|(before, after)| before.staff != after.staff) {
        decider.note(arrived, StepKind::Reassigned);
        // They are let in anew, at the same time.
        arrived.occupancy.clear();
    }
    Ok(())
}

/// At the times its lines have now. Where nobody equal is free it stays as it is: the same price and as long, whoever does it.
pub(super) fn settle(decider: Decider<'_>, store: &Store, booking: &mut Booking) -> Result<(), Refusal> {
    let terms = PlacementRules { price_bound: PriceBound::Every, in_a_row: booking.is_in_a_row(), ..decider.terms() };
    let Some(lines) = chosen_again(decider, store, booking, terms)? else { return Ok(()) };
    let pairs = || booking.lines.iter().zip(&lines);
    let is_other = pairs().any(|(before, new)| before.staff != new.staff);
    let is_equal = is_other && pairs().all(|(before, new)| before.starts_at == new.starts_at && before.parts == new.parts);
    if is_equal && place::all_free(decider.view, store, &lines, booking.id, terms)? {
        take_over(booking, lines);
    }
    Ok(())
}

/// Who would do it now; `None` where nobody does it any more.
pub(super) fn chosen_again(
    decider: Decider<'_>,
    store: &Store,
    booking: &Booking,
    terms: PlacementRules,
) -> Result<Option<Vec<Line>>, Refusal> {
    let turns = turns::order_at(decider.view, store, decider.at())?;
    let (wanted, kept) = (RequestedLine::all_of(booking), agreed::of_lines(decider.view, store.id, &booking.lines));
    match place::lines_keeping(decider.view, store, (&wanted, &kept), Some(booking.id), terms, &turns) {
        Err(Refusal::Undecided) => Err(Refusal::Undecided),
        lines => Ok(lines.ok()),
    }
}

/// Others do it, at the price that was told.
pub(super) fn take_over(booking: &mut Booking, lines: Vec<Line>) {
    for (line, new) in booking.lines.iter_mut().zip(lines) {
        *line = Line { price: line.price, performed: line.performed, ..new };
    }
}
