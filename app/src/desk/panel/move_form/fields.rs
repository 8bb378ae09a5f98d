//! What is chosen for a visit that moves: when, and line by line with whom; and what becomes of it then, for how much.

use leptos::prelude::*;
use shared::booking::{Booking, Line};
use shared::command::{Command, Move, Squeeze};
use shared::id::StaffId;
use shared::money::Price;
use shared::placement::moved;
use shared::staff_preference::StaffPreference;
use shared::time::{TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::{NewPreference, RequestedLine, RequestedService};

use crate::desk::booking_form::times::choice::{TimeChoice, TimeQuery};
use crate::desk::business_day;
use crate::desk::panel::shown::Panel;
use crate::desk::same_time::{Asked, Party};

/// The form's signals, `Copy`.
#[derive(Clone, Copy)]
pub(super) struct MoveFields {
    pub(super) panel: Panel,
    pub(super) choice: TimeChoice,
    /// Of each line, in order.
    pub(super) staff_preferences: RwSignal<Vec<StaffPreference>>,
    /// The visit at the chosen time, exactly as it would be.
    placed: Memo<Option<Vec<Line>>>,
}

impl MoveFields {
    pub(super) fn new(panel: Panel) -> Self {
        let bench = panel.bench;
        let staff_preferences =
            panel.now().map(|booking| booking.lines.iter().map(|line| line.staff_preference).collect::<Vec<_>>()).unwrap_or_default();
        let staff_preferences = RwSignal::new(staff_preferences);
        let query = Memo::new(move |_| {
            let booking = panel.booking.get()?;
            let chosen = staff_preferences.get();
            let wanted = |(line, staff_preference): (&Line, StaffPreference)| RequestedService { service: line.service, staff_preference };
            Some(TimeQuery { lines: booking.lines.iter().zip(chosen).map(wanted).collect(), own: booking.id })
        });
        let today = untrack(|| bench.today());
        let date =
            panel.now().zip(bench.store_now()).map_or(today, |(booking, store)| business_day::day_of(&store, booking.starts_at).max(today));
        let choice = TimeChoice::new(bench, query, RwSignal::new(date), None);
        MoveFields { panel, choice, staff_preferences, placed: Memo::new(move |_| choice.placed_at(choice.starts_at.get()?)) }
    }

    /// Tracked: the lines as they would be; `None` while no time is chosen, or where it is not free.
    pub(super) fn placed(self) -> Option<Vec<Line>> {
        self.placed.get()
    }

    /// Tracked: whose visit it is, and when it would be.
    pub(super) fn same_time(self) -> Option<Asked> {
        let (booking, start) = (self.panel.booking.get()?, self.choice.starts_at.get()?);
        let range = TimeRange { start, end: start.plus_minutes(booking.range().minutes()) };
        Some(Asked { party: Party::of(&self.panel.bench.replica.view(), &booking), range, own: booking.id })
    }

    /// Tracked: prices as they are, and as they would be.
    pub(super) fn prices(self) -> Option<(Vec<Price>, Vec<Price>)> {
        let (booking, placed) = (self.panel.booking.get()?, self.placed()?);
        Some((booking.lines.iter().map(|line| line.price).collect(), placed.iter().map(|line| line.price).collect()))
    }

    /// The move, and what takes it back.
    pub(super) fn commands(self) -> Option<(Command, Option<Command>)> {
        untrack(|| {
            let (booking, starts_at) = (self.panel.booking.get()?, self.choice.starts_at.get()?);
            let (view, placed) = (self.panel.bench.replica.view(), self.placed());
            let staff: Vec<StaffId> = placed.iter().flatten().filter_map(|line| line.staff).collect();
            let question = self.choice.question(self.choice.date.get(), 0)?;
            let staff_preferences = moved::new_preferences(&view, &booking, &question, &staff);
            let back = move_back(&view, &booking, placed.as_deref(), self.is_unchanged(&booking));
            Some((move_to(&booking, starts_at, staff_preferences), back))
        })
    }

    fn is_unchanged(self, booking: &Booking) -> bool {
        self.staff_preferences
            .with(|staff_preferences| booking.lines.iter().map(|line| line.staff_preference).eq(staff_preferences.iter().copied()))
    }

    /// The same with the time of others, for a reason.
    pub(super) fn squeeze(self, reason: String) -> Option<Command> {
        let booking = self.panel.now()?;
        let starts_at = self.choice.starts_at.get_untracked()?;
        // From where the lines are now: they may have been pushed since the promise.
        let first = booking.lines.iter().map(|line| line.starts_at).min().unwrap_or(booking.starts_at);
        let by = starts_at.0 - first.0;
        let staff_preferences = self.staff_preferences.get_untracked();
        let line = |(line, staff_preference): (&Line, StaffPreference)| RequestedLine {
            service: line.service,
            subject: line.subject.clone(),
            payer: line.payer,
            staff_preference: staff_preference.person().or(line.staff).map_or(staff_preference, StaffPreference::Requested),
            starts_at: Timestamp(line.starts_at.0 + by),
            seen_price: line.price,
        };
        let lines = booking.lines.iter().zip(staff_preferences).map(line).collect();
        let (store, id, account, note) = (booking.store, booking.id, booking.account, booking.note.0.clone());
        Some(Command::Squeeze(Squeeze { store, booking: id, account, lines, note: note.into(), reason: reason.into() }))
    }
}

fn move_to(booking: &Booking, starts_at: Timestamp, staff_preferences: Vec<Option<NewPreference>>) -> Command {
    Command::Move(Move { store: booking.store, booking: booking.id, starts_at, staff_preferences, override_reason: None })
}

/// To where it was, with whom it was and for what it cost. What was displaced or held no time has nowhere to go back to, and an agreed
/// price that the menu does not know any more does not come back either.
fn move_back(view: &View, booking: &Booking, placed: Option<&[Line]>, is_unchanged: bool) -> Option<Command> {
    if booking.occupancy.is_empty() {
        return None;
    }
    let Some(placed) = placed else { return is_unchanged.then(|| move_to(booking, booking.starts_at, Vec::new())) };
    let back = |(then, now): (&Line, &Line)| {
        let costs = moved::price_with(view, booking.store, now, then.staff?);
        (costs == then.price).then_some(Some(NewPreference { staff_preference: then.staff_preference, seen_price: then.price }))
    };
    let staff_preferences = booking.lines.iter().zip(placed).map(back).collect::<Option<Vec<_>>>()?;
    Some(move_to(booking, booking.starts_at, staff_preferences))
}
