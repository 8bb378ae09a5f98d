//! From bookings and blocks to pieces of time in somebody's column.

use shared::block::{Block, BlockKind};
use shared::booking::{Booking, Line, State, Subject};
use shared::elsewhere::Elsewhere;
use shared::id::ResourceId;
use shared::occupancy::LaneReason;
use shared::part::PartKind;
use shared::sort;
use shared::staff_preference::StaffPreference;
use shared::state_kind::StateKind;
use shared::time::{TimeRange, Timestamp};
use shared::view::View;

use super::cue::cue;
use crate::components::status::Status;
use crate::desk::columns::Columns;
use crate::desk::day::board_box::{BoxKey, Marks};
use crate::desk::day::piece::{Piece, guest};
use crate::desk::day::query::DayQuery;
use crate::desk::{business_day, same_time};

/// Everything on the day, by start.
pub(super) fn pieces(query: &DayQuery<'_>) -> Vec<Piece> {
    let range = business_day::span(query.store, query.date);
    // A visit that overruns or was delayed is longer than its promise.
    let bookings: Vec<&Booking> =
        query.view.bookings_between(query.store.id, range.widened(12 * 60)).filter(|booking| is_shown(query, booking)).collect();
    let doubled = same_time::doubled(query.view, bookings.iter().copied());
    let of_booking = |booking: &&Booking| match query.columns {
        Columns::Staff => of_booking(query, booking, doubled.contains(&booking.id)),
        Columns::Resources => with_resources(query, booking),
    };
    let mut pieces: Vec<Piece> = bookings.iter().flat_map(of_booking).collect();
    let is_of_these = |block: &&Block| {
        let is_resource = query.view.catalogue.resources.contains_key(&block.resource);
        is_resource == (query.columns == Columns::Resources)
    };
    let blocks = query.view.blocks_between(query.store.id, range).filter(is_of_these);
    pieces.extend(blocks.map(|block| of_block(query, block)));
    if query.columns == Columns::Staff {
        pieces.extend(super::refused::pieces(query));
        pieces.extend(query.view.elsewhere_between(query.store.id, range).flat_map(|entry| elsewhere(query, entry)));
    }
    pieces.retain(|piece| piece.range.overlaps(&range));
    for piece in &mut pieces {
        piece.range = TimeRange { start: piece.range.start.max(range.start), end: piece.range.end.min(range.end) };
    }
    sort::sort_by_key(&mut pieces, |piece| (piece.range.start, std::cmp::Reverse(piece.range.end), piece.key));
    pieces
}

fn is_shown(query: &DayQuery<'_>, booking: &Booking) -> bool {
    let gone = match booking.state {
        State::Held { expires_at } => expires_at <= query.now,
        State::Waiting { .. } => booking.occupancy.is_empty(),
        _ => matches!(booking.state.kind(), StateKind::Cancelled | StateKind::Declined | StateKind::Expired),
    };
    !gone && !booking.date_only
}

/// One piece per person; lines of one person that follow one another make one piece.
fn of_booking(query: &DayQuery<'_>, booking: &Booking, same_time: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (number, line) in (0u8..).zip(&booking.lines) {
        let range = line_range(query, booking, number, line);
        let service = service_name(query, line);
        let last = pieces.last_mut().filter(|last| last.whose == line.staff.map(ResourceId::from) && range.start <= last.range.end);
        if let Some(last) = last {
            last.range = last.range.hull(&range);
            last.what = format!("{} + {service}", last.what);
            last.marks.requested |= line.staff_preference.is_requested();
            last.add_parts(line, range);
            continue;
        }
        let mut piece = Piece {
            key: BoxKey::Visit(booking.id, number),
            whose: line.staff.map(ResourceId::from),
            range,
            busy: Vec::new(),
            hatched: Vec::new(),
            status: query.unsent.status(booking),
            who: guest(query.view, &line.subject),
            what: service,
            marks: Marks { requested: line.staff_preference.is_requested(), same_time, ..marks(query, booking) },
        };
        piece.add_parts(line, range);
        pieces.push(piece);
    }
    pieces
}

/// One piece for each resource that a line has: from the first time it needs it to the last.
fn with_resources(query: &DayQuery<'_>, booking: &Booking) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (number, line) in (0u8..).zip(&booking.lines) {
        for assigned in &line.resources {
            let held = booking.occupancy.iter().filter(|held| held.line == number && held.resource == assigned.resource);
            let busy: Vec<TimeRange> = held.map(|held| held.range).collect();
            let Some(range) = busy.iter().copied().reduce(|all, range| all.hull(&range)) else { continue };
            pieces.push(Piece {
                key: BoxKey::Visit(booking.id, number),
                whose: Some(assigned.resource),
                range,
                hatched: gaps(&busy).map(|gap| (gap, PartKind::Processing)).collect(),
                busy,
                status: query.unsent.status(booking),
                who: guest(query.view, &line.subject),
                what: service_name(query, line),
                marks: marks(query, booking),
            });
        }
    }
    pieces
}

/// Between one stretch and the next somebody else may have it.
fn gaps(busy: &[TimeRange]) -> impl Iterator<Item = TimeRange> + '_ {
    busy.windows(2).map(|pair| TimeRange { start: pair[0].end, end: pair[1].start }).filter(|gap| !gap.is_empty())
}

/// When a line really takes place: later than promised after a delay, shorter when it is over, longer while it overruns.
fn line_range(query: &DayQuery<'_>, booking: &Booking, number: u8, line: &Line) -> TimeRange {
    let mut range = line.range();
    let held = || booking.occupancy.iter().filter(|held| held.line == number).map(|held| held.range);
    if booking.state.is_live() {
        if let Some(start) = held().map(|held| held.start).min().filter(|start| *start > range.start && *start < range.end) {
            range.start = start;
        }
        range.end = held().map(|held| held.end).max().map_or(range.end, |end| end.max(range.end));
    }
    let is_last = usize::from(number) + 1 == booking.lines.len();
    match booking.state {
        State::Completed { at } if range.contains(at) => range.end = at.max(range.start.plus_minutes(5)),
        State::InService { .. } if is_last && query.now > range.end && grows_on(query, range) => {
            range.end = next_quantum(query.now).min(range.end.plus_minutes(MOST_OVERRUN_MINUTES));
        }
        _ => {}
    }
    range
}

/// Nobody sits in a chair for longer beyond the end: somebody forgot to say that it is over.
pub(super) const MOST_OVERRUN_MINUTES: i64 = 12 * 60;

/// A visit that nobody finished grows on its own day, not into the next ones.
fn grows_on(query: &DayQuery<'_>, promised: TimeRange) -> bool {
    promised.overlaps(&business_day::span(query.store, query.date))
}

fn next_quantum(at: Timestamp) -> Timestamp {
    Timestamp(at.0.saturating_add(shared::time::QUANTUM - 1).div_euclid(shared::time::QUANTUM) * shared::time::QUANTUM)
}

fn marks(query: &DayQuery<'_>, booking: &Booking) -> Marks {
    let members = || booking.lines.iter().filter_map(|line| member_of(query.view, line));
    let squeezed = |reason: &LaneReason| matches!(reason, LaneReason::Squeeze(_) | LaneReason::SecondFact);
    Marks {
        requested: false,
        tier: members().map(|member| member.tier).max().unwrap_or(0),
        note: !booking.note.is_empty() || members().any(|member| !member.notes.value.is_empty()),
        allergy: members().any(|member| !member.allergies.value.is_empty()),
        walk_in: is_walk_in(booking),
        same_time: false,
        squeeze: booking.occupancy.iter().any(|held| held.reason.as_ref().is_some_and(squeezed)),
        late_minutes: booking.late_minutes,
        cue: cue(query, booking),
        refused: query.refused.touches(booking.id),
        unsent: query.unsent.touches(booking.id),
        block: None,
    }
}

/// Came without an appointment: its story begins with waiting.
pub(super) fn is_walk_in(booking: &Booking) -> bool {
    booking.history.first().is_some_and(|step| step.what == shared::booking::history::StepKind::Waiting)
}

fn of_block(query: &DayQuery<'_>, block: &Block) -> Piece {
    Piece {
        key: BoxKey::Block(block.id),
        whose: Some(block.resource),
        range: block.range,
        busy: vec![block.range],
        hatched: Vec::new(),
        status: if block.kind == BlockKind::Emergency { Status::Attention } else { Status::Blocked },
        who: (!block.reason.is_empty()).then(|| block.reason.0.clone()),
        what: String::new(),
        marks: Marks { block: Some(block.kind), unsent: query.unsent.touches_block(block.id), ..Marks::default() },
    }
}

/// What somebody has in another store: when, and no more.
fn elsewhere<'a>(query: &'a DayQuery<'_>, entry: &'a Elsewhere) -> impl Iterator<Item = Piece> + 'a {
    entry.times.iter().enumerate().filter(|_| entry.counts_at(query.now)).map(|(place, held)| Piece {
        key: BoxKey::Elsewhere(entry.id, place),
        whose: Some(held.resource),
        range: held.range,
        busy: vec![held.range],
        hatched: Vec::new(),
        status: Status::Blocked,
        who: None,
        what: String::new(),
        marks: Marks::default(),
    })
}

fn member_of<'a>(view: &'a View, line: &Line) -> Option<&'a shared::member::Member> {
    match &line.subject {
        Subject::Member(id) => view.members.get(id),
        Subject::Guest { .. } => None,
    }
}

fn service_name(query: &DayQuery<'_>, line: &Line) -> String {
    query.view.catalogue.services.get(&line.service).map(|service| service.name.get(query.language).to_owned()).unwrap_or_default()
}

/// `剪发 + 护理`
pub(super) fn services(query: &DayQuery<'_>, lines: &[Line]) -> String {
    lines.iter().map(|line| service_name(query, line)).collect::<Vec<_>>().join(" + ")
}

/// The name of the person a guest asked for.
pub(super) fn requested(query: &DayQuery<'_>, booking: &Booking) -> Option<String> {
    booking.lines.iter().find_map(|line| match line.staff_preference {
        StaffPreference::Requested(id) => query.view.catalogue.staff.get(&id).map(|staff| staff.name.get(query.language).to_owned()),
        _ => None,
    })
}
