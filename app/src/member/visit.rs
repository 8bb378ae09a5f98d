//! A visit as members see it: what the server has confirmed, and what of it waits to be sent. Pure. What waits is never shown as
//! booked 还没约上.

use shared::booking::history::{Step, StepKind};
use shared::booking::{Alternative, Booking, CancelledBy, Line, State};
use shared::command::{Book, Command};
use shared::id::{BookingId, ServiceId, StaffId, StoreId};
use shared::money::Price;
use shared::placement::binding;
use shared::role::Principal;
use shared::sort;
use shared::staff_preference::StaffPreference;
use shared::state_kind::StateKind;
use shared::time::{TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::RequestedLine;

use super::find::total;
use super::paths;
use super::plan::{self, Plan, PlanLine};
use crate::components::status::Status;
use crate::state::Waiting;

/// So long after its end an open visit counts as past.
const FORGOTTEN_MINUTES: i64 = 12 * 60;

/// One visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Id.
    pub id: BookingId,
    /// Where.
    pub store: StoreId,
    /// The chip.
    pub status: Status,
    /// Where it stands; nothing while it is only a wish of this device.
    pub state: Option<State>,
    /// What waits to be sent.
    pub pending: Option<Pending>,
    /// Start.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
    /// Only the date counts.
    pub date_only: bool,
    /// How late it will begin.
    pub late_minutes: u16,
    /// Services.
    pub lines: Vec<VisitLine>,
    /// Until when it may be changed.
    pub free_until: Timestamp,
    /// A word to the store.
    pub note: String,
    /// What it may take instead.
    pub alternatives: Vec<Alternative>,
    /// Whether the store ever said yes.
    pub was_promised: bool,
    /// Whether the last to move it was the store.
    pub moved_by_store: bool,
}

/// One service of a visit.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitLine {
    /// What.
    pub service: ServiceId,
    /// Whom they asked for.
    pub staff_preference: StaffPreference,
    /// Who does it; nobody while the store has not settled that.
    pub staff: Option<StaffId>,
    /// Agreed.
    pub price: Price,
}

/// What waits to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// It is not booked yet.
    Booking,
    /// It is to be moved.
    Moving(Timestamp),
    /// It is to be cancelled.
    Cancelling,
}

impl Visit {
    /// The store has never said yes to it: also not before its guest asked for another time.
    pub fn is_only_asked(&self) -> bool {
        self.kind() == Some(StateKind::Requested) && !self.was_promised
    }

    /// Still to come, or going on.
    pub fn is_upcoming(&self, now: Timestamp) -> bool {
        match self.state.as_ref().map(State::kind) {
            None | Some(StateKind::Displaced) => true,
            // A visit that nobody closed at the desk is over all the same.
            Some(StateKind::Waiting | StateKind::CheckedIn | StateKind::InService) => self.ends_at.plus_minutes(FORGOTTEN_MINUTES) > now,
            Some(StateKind::Requested | StateKind::Confirmed) => self.ends_at > now,
            _ => false,
        }
    }

    /// Displaced, and nothing has been decided yet.
    pub fn needs_decision(&self) -> bool {
        self.kind() == Some(StateKind::Displaced) && self.pending.is_none()
    }

    /// Promised, and nothing about it is under way: worth a stamp and a place in a calendar.
    pub fn is_firm(&self) -> bool {
        let firm = [StateKind::Confirmed, StateKind::Waiting, StateKind::CheckedIn, StateKind::InService, StateKind::Completed];
        self.pending.is_none() && self.kind().is_some_and(|kind| firm.contains(&kind))
    }

    /// The kind of its state.
    pub fn kind(&self) -> Option<StateKind> {
        self.state.as_ref().map(State::kind)
    }

    /// Can be moved now.
    pub fn can_move(&self, now: Timestamp) -> bool {
        let open = matches!(self.kind(), Some(StateKind::Requested | StateKind::Confirmed)) && now <= self.free_until;
        self.pending.is_none() && (open || self.kind() == Some(StateKind::Displaced))
    }

    /// Can be cancelled now: once it was to begin, only the store knows whether somebody came.
    pub fn can_cancel(&self, now: Timestamp) -> bool {
        let expected_at = self.starts_at.plus_minutes(i64::from(self.late_minutes));
        let open = matches!(self.kind(), Some(StateKind::Requested | StateKind::Confirmed)) && now < expected_at;
        self.pending.is_none() && (open || self.kind() == Some(StateKind::Displaced))
    }

    /// Asked for or promised, with nothing about it under way.
    pub fn is_agreed(&self) -> bool {
        self.pending.is_none() && matches!(self.kind(), Some(StateKind::Requested | StateKind::Confirmed))
    }

    /// Whether it was asked for and taken back before the store had said yes: nothing was cancelled.
    pub fn is_taken_back(&self) -> bool {
        matches!(self.state, Some(State::Cancelled { by: CancelledBy::Member, .. })) && !self.was_promised
    }

    /// Whether cancelling now counts as late.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.kind() == Some(StateKind::Confirmed) && now > self.free_until
    }

    /// Whether it is what was asked for: the same store, services and people at the same time.
    pub fn is_as_planned(&self, plan: &Plan) -> bool {
        let is_same =
            |(line, planned): (&VisitLine, &PlanLine)| line.service == planned.service && line.staff_preference == planned.staff_preference;
        self.store == plan.store
            && self.starts_at == plan.starts_at
            && self.lines.len() == plan.lines.len()
            && self.lines.iter().zip(&plan.lines).all(is_same)
    }

    /// Somebody is to be there then, or has asked to be.
    fn counts_at(&self, range: &TimeRange, now: Timestamp) -> bool {
        let is_cancelling = self.pending == Some(Pending::Cancelling) || self.needs_decision();
        let starts_at = if let Some(Pending::Moving(to)) = self.pending { to } else { self.starts_at };
        let ends_at = starts_at.plus_minutes(self.ends_at.minutes_since(self.starts_at));
        let own = TimeRange { start: starts_at, end: ends_at };
        self.is_upcoming(now) && !is_cancelling && !self.date_only && own.overlaps(range)
    }

    /// The whole price.
    pub fn price(&self) -> Price {
        total(self.lines.iter().map(|line| line.price))
    }

    /// What would find it again.
    pub fn search(&self) -> super::find::Search {
        let lines: Vec<(ServiceId, StaffPreference)> = self.lines.iter().map(|line| (line.service, line.staff_preference)).collect();
        let each = self.lines.iter().map(|line| line.staff_preference).collect();
        super::find::Search { each, ..plan::search_of(self.store, &lines) }
    }

    /// The lines with nobody but whom was asked for.
    pub fn wished(&self) -> Vec<VisitLine> {
        let wished =
            |line: &VisitLine| VisitLine { staff: line.staff_preference.is_requested().then_some(line.staff).flatten(), ..line.clone() };
        self.lines.iter().map(wished).collect()
    }

    /// With whom one would come again: whoever did it.
    pub fn usual(&self) -> StaffPreference {
        self.lines.first().and_then(|line| line.staff).map_or(StaffPreference::Any, StaffPreference::Requested)
    }
}

/// A visit of the same account at the same time, other than the one that moves: families come together, but nobody should by mistake.
pub fn at_same_time(visits: &[Visit], range: TimeRange, moving: Option<BookingId>, now: Timestamp) -> Option<&Visit> {
    visits.iter().find(|visit| Some(visit.id) != moving && visit.counts_at(&range, now))
}

/// All visits, by start.
pub fn all(confirmed: &View, waiting: &[Waiting]) -> Vec<Visit> {
    let known = confirmed.bookings.values().filter(|booking| paths::is_shown(booking));
    let mut visits: Vec<Visit> = known.map(|booking| of_booking(confirmed, booking, pending(booking.id, waiting))).collect();
    for command in waiting.iter().map(|waiting| &waiting.command) {
        if let Command::Book(book) = command
            && !visits.iter().any(|visit| visit.id == book.booking)
        {
            // Not sent yet, and already to be cancelled.
            let pending = pending(book.booking, waiting).unwrap_or(Pending::Booking);
            visits.extend(of_preference(confirmed, book).map(|visit| Visit { pending: Some(pending), ..visit }));
        }
    }
    sort::sort_by_key(&mut visits, |visit| (visit.starts_at, visit.id));
    visits
}

fn pending(id: BookingId, waiting: &[Waiting]) -> Option<Pending> {
    waiting.iter().rev().find_map(|waiting| match &waiting.command {
        Command::Move(c) if c.booking == id => Some(Pending::Moving(c.starts_at)),
        Command::AcceptAlternative(c) if c.booking == id => Some(Pending::Moving(c.starts_at)),
        Command::Cancel(c) if c.booking == id => Some(Pending::Cancelling),
        _ => None,
    })
}

fn of_booking(view: &View, booking: &Booking, pending: Option<Pending>) -> Visit {
    let line = |line: &Line| VisitLine {
        service: line.service,
        staff_preference: line.staff_preference,
        staff: binding::told_staff(&view.catalogue, booking, line),
        price: line.price,
    };
    let store = view.catalogue.stores.get(&booking.store);
    let status = match (pending, booking.state.kind()) {
        (Some(_), _) => Status::Unsent,
        (None, StateKind::Displaced) => Status::Attention,
        (None, kind) => Status::of(kind),
    };
    Visit {
        id: booking.id,
        store: booking.store,
        status,
        state: Some(booking.state.clone()),
        pending,
        starts_at: booking.starts_at,
        ends_at: booking.ends_at,
        date_only: booking.date_only,
        late_minutes: booking.late_minutes,
        lines: booking.lines.iter().map(line).collect(),
        free_until: store.map_or(booking.starts_at, |store| plan::free_until_of(view, store, &booking.lines, booking.starts_at)),
        note: booking.note.0.clone(),
        alternatives: booking.alternatives.clone(),
        moved_by_store: booking.history.iter().rev().find(|step| step.what == StepKind::Moved).is_some_and(is_by_store),
        was_promised: booking.history.iter().any(|step| step.what == StepKind::Confirmed),
    }
}

fn is_by_store(step: &Step) -> bool {
    !matches!(step.by, Principal::Account(_))
}

fn of_preference(view: &View, book: &Book) -> Option<Visit> {
    let starts_at = book.lines.iter().map(|line| line.starts_at).min()?;
    let line = |line: &RequestedLine| VisitLine {
        service: line.service,
        staff_preference: line.staff_preference,
        staff: match line.staff_preference {
            StaffPreference::Requested(staff) => Some(staff),
            StaffPreference::AnyOf(_) | StaffPreference::Any => None,
        },
        price: line.seen_price,
    };
    Some(Visit {
        id: book.booking,
        store: book.store,
        status: Status::Unsent,
        state: None,
        pending: Some(Pending::Booking),
        starts_at,
        ends_at: book.lines.iter().map(|line| end_of(view, book.store, line)).max()?,
        date_only: false,
        late_minutes: 0,
        lines: book.lines.iter().map(line).collect(),
        free_until: starts_at,
        note: book.note.0.clone(),
        alternatives: Vec::new(),
        moved_by_store: false,
        was_promised: false,
    })
}

fn end_of(view: &View, store: StoreId, line: &RequestedLine) -> Timestamp {
    let Some(service) = view.catalogue.services.get(&line.service) else { return line.starts_at };
    let parts = match line.staff_preference {
        StaffPreference::Requested(staff) => view.catalogue.staff.get(&staff).map(|staff| service.parts_with(staff, store)),
        StaffPreference::AnyOf(_) | StaffPreference::Any => None,
    };
    let parts = parts.unwrap_or_else(|| service.parts.clone());
    line.starts_at.plus_minutes(i64::from(shared::part::total_minutes(&parts)))
}
