//! Where a visit goes: who does each line, which price holds, and the time it takes.

mod able;
mod assign;

use crate::agreed::Kept;
use crate::booking::Line;
use crate::id::{BookingId, StaffId};
use crate::openings::Schedule;
use crate::placement::rules::PlacementRules;
use crate::placement::visit_time::span;
use crate::refusal::Refusal;
use crate::store::Store;
use crate::view::View;
use crate::visit_request::RequestedLine;

use able::Candidates;
use assign::Search;

/// Makes the lines of a visit: chooses staff (A5: the wished person, else as the store has set it, then the least booked that day, then by
/// id) and fixes parts and prices. Lines of one staff member follow one another, and each is checked where it lands.
///
/// # Errors
/// `NotFound`, `NotOnline`, `NotSkilled`, `PriceChanged`, `StoreClosed`, `NotOnShift`, `NobodyFree`, `Invalid` or `Undecided`.
pub fn lines(
    view: &View,
    store: &Store,
    wanted: &[RequestedLine],
    moving: Option<BookingId>,
    terms: PlacementRules,
) -> Result<Vec<Line>, Refusal> {
    lines_keeping(view, store, (wanted, &[]), moving, terms, &[])
}

/// The same where something was agreed before: what each line keeps of it, in order; lines beyond the end keep nothing. Guests who are here
/// are served in the order of `turns` 轮钟: whoever is not in it is not here, and serves only who asks for them. An empty order says nothing.
///
/// # Errors
/// Those of [`lines`].
pub fn lines_keeping(
    view: &View,
    store: &Store,
    (wanted, kept): (&[RequestedLine], &[Kept]),
    moving: Option<BookingId>,
    terms: PlacementRules,
    turns: &[StaffId],
) -> Result<Vec<Line>, Refusal> {
    let nothing = Kept::default();
    let with_kept = wanted.iter().enumerate().map(|(number, new)| (new, kept.get(number).unwrap_or(&nothing)));
    let wanted = with_kept.map(|line| Candidates::of(view, store, line, terms, turns)).collect::<Result<Vec<_>, _>>()?;
    Search::new(view, store, wanted, moving, terms)?.run()
}

/// Whether everybody who is to do these lines, and every resource they have, is free for them; `own` is the booking they belong to.
///
/// # Errors
/// `NotFound` or `Undecided` for the store.
pub fn all_free(view: &View, store: &Store, lines: &[Line], own: BookingId, terms: PlacementRules) -> Result<bool, Refusal> {
    let Some(span) = span(lines) else { return Ok(true) };
    let schedule = Schedule::of_view(view, store.id, span, Some(own), terms.moment)?;
    let mut needed = lines.iter().flat_map(Line::needed);
    let is_free = |(resource, _, range)| schedule.in_the_way(resource, &[range], terms.now).is_empty();
    Ok(lines.iter().all(|line| line.staff.is_some()) && needed.all(is_free))
}
