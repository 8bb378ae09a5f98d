//! One day of a store as the board shows it: columns of boxes and free time, in rows of the store's grid. Pure, without words:
//! components bring those.

pub(crate) mod board_box;
mod boxes;
mod cue;
mod frame;
pub(crate) mod free;
mod lanes;
pub(crate) mod list;
pub(crate) mod piece;
pub(crate) mod query;
mod refused;
pub(crate) mod refused_visits;
pub(crate) mod rows;
mod unsent;

use std::sync::Arc;

use shared::booking::State;
use shared::id::{BookingId, ResourceId};
use shared::resource::Resource;
use shared::sort;
use shared::time::{LocalSpan, Timestamp};

use super::business_day;
use super::columns::Columns;
use super::staff_order::{in_order, resources_in_order};
use super::words::guest_name;
use crate::desk::day::board_box::{BoardBox, BoxKey};
use crate::desk::day::free::FreeTime;
use crate::desk::day::query::DayQuery;

pub use crate::desk::day::refused_visits::RefusedVisits;
pub use crate::desk::day::rows::Rows;
pub use cue::Cue;
pub use frame::{Frame, HourMark};
pub use unsent::Unsent;

/// The whole board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayBoard {
    /// The time it covers.
    pub frame: Frame,
    /// One for everybody who works that day or has something on; or one for each resource.
    pub columns: Vec<Arc<Column>>,
    /// Those in the shop without a chair, longest first.
    pub waiting: Vec<WaitingGuest>,
    /// Visits of earlier days that nobody finished, on today's board.
    pub unfinished: Vec<Unfinished>,
}

/// A visit that somebody forgot to finish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The booking.
    pub booking: BookingId,
    /// Name, if they gave one.
    pub who: Option<String>,
    /// When it was.
    pub starts_at: Timestamp,
}

/// The day of one person, or of one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Whose; `None` gathers bookings without a named person.
    pub whose: Option<ResourceId>,
    /// Name.
    pub name: String,
    /// Working spans in local time; none of resources, which are there while the store is open.
    pub spans: Vec<LocalSpan>,
    /// Visits that count.
    pub visits: usize,
    /// Bookings and blocks.
    pub boxes: Vec<BoardBox>,
    /// Outside hours or shift.
    pub closed: Vec<Rows>,
    /// Tappable free time.
    pub free: Vec<FreeTime>,
}

/// Somebody in the shop who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingGuest {
    /// The booking.
    pub booking: BookingId,
    /// Name, if they gave one.
    pub who: Option<String>,
    /// Services.
    pub what: String,
    /// Whom they asked for.
    pub staff: Option<String>,
    /// How long.
    pub minutes: i64,
    /// Not sent yet.
    pub unsent: bool,
}

/// Builds the day.
#[must_use]
pub fn day_board(query: &DayQuery<'_>) -> DayBoard {
    let pieces = boxes::pieces(query);
    let frame = frame::around(query, &pieces);
    let columns = match query.columns {
        Columns::Staff => of_staff(query, &frame, &pieces),
        Columns::Resources => of_resources(query, &frame, &pieces),
    };
    DayBoard { waiting: waiting(query), unfinished: unfinished(query), frame, columns }
}

fn of_staff(query: &DayQuery<'_>, frame: &Frame, pieces: &[crate::desk::day::piece::Piece]) -> Vec<Arc<Column>> {
    let mut columns: Vec<Arc<Column>> = Vec::new();
    for staff in in_order(query.store, query.view.staff_of(query.store.id), query.language) {
        let spans = query.view.shift_spans(query.store.id, staff.id, query.date);
        let own: Vec<&crate::desk::day::piece::Piece> = pieces.iter().filter(|piece| piece.whose == Some(staff.id.into())).collect();
        if !spans.is_empty() || !own.is_empty() {
            let name = staff.name.get(query.language).to_owned();
            columns.push(Arc::new(column(query, frame, (Some(staff.id.into()), name, spans), &own)));
        }
    }
    let known =
        |piece: &&crate::desk::day::piece::Piece| !columns.iter().any(|column| column.whose == piece.whose && piece.whose.is_some());
    let others: Vec<&crate::desk::day::piece::Piece> = pieces.iter().filter(known).collect();
    if !others.is_empty() {
        let column = column(query, frame, (None, String::new(), Vec::new()), &others);
        columns.push(Arc::new(column));
    }
    columns
}

/// Every resource in use, also one on which nothing is on: that is what one looks for. One that is not used any more shows what is left
/// on it.
fn of_resources(query: &DayQuery<'_>, frame: &Frame, pieces: &[crate::desk::day::piece::Piece]) -> Vec<Arc<Column>> {
    let hours = query.store.hours_on(query.date);
    let one = |resource: &Resource| {
        let own: Vec<&crate::desk::day::piece::Piece> = pieces.iter().filter(|piece| piece.whose == Some(resource.id)).collect();
        let name = resource.name.get(query.language).to_owned();
        let column = column(query, frame, (Some(resource.id), name, hours.to_vec()), &own);
        Arc::new(Column { spans: Vec::new(), ..column })
    };
    let in_use = resources_in_order(query.view, query.store.id, query.language);
    let others = query.view.catalogue.resources.values().filter(|resource| resource.store == query.store.id && !resource.active);
    let left = others.filter(|resource| pieces.iter().any(|piece| piece.whose == Some(resource.id)));
    in_use.into_iter().chain(left).map(one).collect()
}

fn column(
    query: &DayQuery<'_>,
    frame: &Frame,
    who: (Option<ResourceId>, String, Vec<LocalSpan>),
    pieces: &[&crate::desk::day::piece::Piece],
) -> Column {
    let (whose, name, spans) = who;
    let open = free::working(query, &spans);
    // Where the store is closed nobody is there, whatever the week says.
    let spans = if open.is_empty() { Vec::new() } else { spans };
    let visits = pieces.iter().filter(|piece| matches!(piece.key, BoxKey::Visit(..))).count();
    let free = if whose.is_some() { free::free_time(query, frame, &open, pieces) } else { Vec::new() };
    Column { whose, name, spans, visits, boxes: lanes::placed(query, frame, pieces), closed: free::closed(frame, &open), free }
}

fn waiting(query: &DayQuery<'_>) -> Vec<WaitingGuest> {
    let today = business_day::day_of(query.store, query.now);
    let mut found: Vec<WaitingGuest> = Vec::new();
    let bookings = query.view.bookings.values().filter(|booking| booking.store == query.store.id && today == query.date);
    for booking in bookings {
        let State::Waiting { since } = booking.state else { continue };
        let minutes = query.now.minutes_since(since).max(0);
        // Whoever has waited since yesterday has gone home.
        if minutes > 24 * 60 {
            continue;
        }
        found.push(WaitingGuest {
            booking: booking.id,
            who: guest_name(query.view, booking),
            what: boxes::services(query, &booking.lines),
            staff: boxes::requested(query, booking),
            minutes,
            unsent: query.unsent.touches(booking.id),
        });
    }
    sort::sort_by_key(&mut found, |guest| std::cmp::Reverse(guest.minutes));
    found
}

fn unfinished(query: &DayQuery<'_>) -> Vec<Unfinished> {
    if business_day::day_of(query.store, query.now) != query.date {
        return Vec::new();
    }
    let is_forgotten = |booking: &&shared::booking::Booking| {
        let is_going_on = booking.store == query.store.id && matches!(booking.state, State::InService { .. });
        is_going_on && booking.ends_at < query.now && business_day::day_of(query.store, booking.ends_at) < query.date
    };
    let one = |booking: &shared::booking::Booking| Unfinished {
        booking: booking.id,
        who: guest_name(query.view, booking),
        starts_at: booking.starts_at,
    };
    let mut found: Vec<Unfinished> = query.view.bookings.values().filter(is_forgotten).map(one).collect();
    sort::sort_by_key(&mut found, |visit| visit.starts_at);
    found
}

#[cfg(test)]
mod tests {
    use shared::decision::Change;
    use shared::name::Language;
    use shared::store::Store;

    use super::*;
    use crate::desk::fixtures::{self, LONG_DAY, friday, person};

    #[test]
    fn a_visit_that_nobody_finished_stays_on_its_day_and_is_named_on_the_next() {
        let mut view = fixtures::view(&[(person(11), &[LONG_DAY])]);
        let (store, unsent, refused) = (fixtures::store(), Unsent::default(), RefusedVisits::default());
        let started = store.zone.instant(friday(), 15 * 60);
        let visit = fixtures::booking(1, person(11), started, State::InService { since: started, arrived_at: None });
        let id = visit.id;
        view.apply(&Change::put(visit));
        let now = store.zone.instant(friday().plus_days(1), 18 * 60);
        let board = |date| {
            day_board(&DayQuery {
                view: &view,
                store: &store,
                date,
                now,
                language: Language::Chinese,
                unsent: &unsent,
                refused: &refused,
                columns: Columns::Staff,
            })
        };
        let (before, today) = (board(friday()), board(friday().plus_days(1)));
        assert_eq!(before.columns.iter().map(|column| column.visits).sum::<usize>(), 1);
        assert_eq!(today.columns.iter().map(|column| column.visits).sum::<usize>(), 0);
        assert_eq!(today.unfinished.iter().map(|visit| visit.booking).collect::<Vec<_>>(), [id]);
        assert!(before.unfinished.is_empty());
    }

    #[test]
    fn on_a_day_on_which_the_store_is_closed_nobody_is_shown_as_there() {
        let view = fixtures::view(&[(person(11), &[LONG_DAY])]);
        let (mut store, unsent, refused) = (fixtures::store(), Unsent::default(), RefusedVisits::default());
        let now = store.zone.instant(friday(), 15 * 60);
        let spans = |store: &Store| {
            let (view, date) = (&view, friday());
            let query = DayQuery {
                view,
                store,
                date,
                now,
                language: Language::Chinese,
                unsent: &unsent,
                refused: &refused,
                columns: Columns::Staff,
            };
            day_board(&query).columns.iter().map(|column| column.spans.clone()).collect::<Vec<_>>()
        };
        assert_eq!(spans(&store), [[LONG_DAY]]);
        store.special_days.insert(friday(), Vec::new());
        assert_eq!(spans(&store), [[]]);
    }
}
