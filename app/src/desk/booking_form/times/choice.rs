//! Which time is chosen, and what it is chosen from.

use leptos::prelude::*;
use shared::booking::Line;
use shared::id::BookingId;
use shared::openings::Openings;
use shared::refusal::Refusal;
use shared::time::{LocalDate, QUANTUM, TimeRange, Timestamp};
use shared::visit_request::{Audience, RequestedService, VisitRequest};

use crate::desk::booking_form::placing;
use crate::desk::business_day::{self, span};
use crate::desk::workbench::Workbench;

/// What is to be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeQuery {
    /// Services with their wishes.
    pub lines: Vec<RequestedService>,
    /// The booking that is made or moved: its own time does not stand in its way.
    pub own: BookingId,
}

/// A choice of time: what for, which day, and what is chosen.
#[derive(Clone, Copy)]
pub struct TimeChoice {
    /// The handle.
    pub bench: Workbench,
    /// What is to be placed.
    pub query: Memo<Option<TimeQuery>>,
    /// The day looked at.
    pub date: RwSignal<LocalDate>,
    /// The chosen start.
    pub starts_at: RwSignal<Option<Timestamp>>,
    /// What was typed last is no time: nothing may be booked until it is put right.
    pub is_mistyped: RwSignal<bool>,
    /// Anybody may cost more than the lowest price.
    pub any_price: RwSignal<bool>,
}

impl TimeChoice {
    /// A choice that begins on a day, perhaps with a time.
    pub fn new(bench: Workbench, query: Memo<Option<TimeQuery>>, date: RwSignal<LocalDate>, starts_at: Option<Timestamp>) -> Self {
        let (starts_at, is_mistyped, any_price) = (RwSignal::new(starts_at), RwSignal::new(false), RwSignal::new(false));
        TimeChoice { bench, query, date, starts_at, is_mistyped, any_price }
    }

    /// Chooses a start.
    pub fn choose(self, starts_at: Timestamp) {
        self.is_mistyped.set(false);
        self.starts_at.set(Some(starts_at));
    }

    /// Tracked: the question for the openings of some days around `date`; `None` while nothing is chosen.
    pub fn question(self, date: LocalDate, days_after: i32) -> Option<VisitRequest> {
        let store = self.bench.store()?;
        self.question_within(TimeRange { start: span(&store, date).start, end: span(&store, date.plus_days(days_after)).end })
    }

    fn question_within(self, starts: TimeRange) -> Option<VisitRequest> {
        let store = self.bench.store()?;
        let query = self.query.get().filter(|query| !query.lines.is_empty())?;
        Some(VisitRequest { store: store.id, lines: query.lines, starts, audience: Audience::Desk, moving: Some(query.own) })
    }

    /// Tracked: the openings of the day looked at and some after it.
    pub fn openings(self, days_after: i32) -> Option<Result<Openings, Refusal>> {
        let question = self.question(self.date.get(), days_after)?;
        let (view, now) = (self.bench.replica.view(), self.bench.minute());
        Some(placing::openings(&view, &question, self.any_price.get(), now))
    }

    /// Looks at another day, at the same time of day; a time that would be over is chosen no more. Nothing can be booked before
    /// today.
    pub fn show(self, date: LocalDate) {
        let date = date.max(untrack(|| self.bench.today()));
        self.date.set(date);
        let (Some(store), Some(chosen)) = (self.bench.store_now(), self.starts_at.get_untracked()) else { return };
        let moved = business_day::instant(&store, date, store.zone.local(chosen).1);
        self.starts_at.set((moved >= untrack(|| self.bench.minute())).then_some(moved));
    }

    /// Tracked: the visit from a start on, exactly as it would be booked or moved; in the lowest price band where that has room.
    pub fn placed_at(self, start: Timestamp) -> Option<Vec<Line>> {
        let question = self.question_within(TimeRange::starting(start, 1))?;
        let (view, store, now) = (self.bench.replica.view(), self.bench.store()?, self.bench.minute());
        let any_price = self.any_price.get();
        let found = [false, true].into_iter().filter(|wide| !wide || any_price).find_map(|wide| {
            let openings = placing::openings(&view, &question, wide, now).ok()?;
            openings.lines_at(start)
        })?;
        placing::placed(&view, &store, &question, &found, now)
    }

    /// Tracked: whether people of the lowest price have no time then, though others may.
    pub fn is_beyond_price(self, start: Timestamp) -> bool {
        let aligned = start.0.rem_euclid(QUANTUM) == 0;
        if self.any_price.get() || !aligned {
            return false;
        }
        let Some(question) = self.question_within(TimeRange::starting(start, 1)) else { return false };
        let view = self.bench.replica.view();
        placing::openings(&view, &question, false, self.bench.minute()).is_ok_and(|openings| !openings.is_possible(start))
    }
}
