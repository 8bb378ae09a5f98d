//! 改单: what a visit is made of, edited in place by the desk: services added, changed or taken away, how long they take, who does them,
//! for whom, for how much, and when.

use serde::{Deserialize, Serialize};

use super::{change, late};
use crate::booking::history::StepKind;
use crate::booking::{Booking, Line, PLACED_NOW, State, Subject};
use crate::command::decider::{Decider, wrong_state};
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::Cleaning;
use crate::decision::{Decision, LadderStep, NoticeKind};
use crate::id::{AccountId, BookingId, StoreId};
use crate::line_change::LineChange;
use crate::noun::{Noun, RecordKey};
use crate::occupancy::{LaneReason, Occupancy};
use crate::personal::Personal;
use crate::placement::admit::two_places;
use crate::placement::case::{Admitted, FAR_OFF_MINUTES, LONGEST_VISIT_MINUTES};
use crate::placement::changed::{self, Edit};
use crate::placement::rules::PlacementRules;
use crate::placement::{lanes, visit_time};
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::state_kind::StateKind;
use crate::store::Store;
use crate::time::Timestamp;
use crate::versioned::Versioned;
use crate::visit_request::RequestedLine;

/// 改单
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeVisit {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// How many lines were on the screen: one that is not named in `lines` is taken away.
    pub lines_seen: u8,
    /// The lines as they are to be, in order.
    pub lines: Vec<LineChange>,
    /// New start of the visit; `None` is where it is.
    pub starts_at: Option<Timestamp>,
    /// The note as it is to be; `None` is as it is.
    pub note: Option<Personal<String>>,
    /// Why the price is another than the menu's, why it is outside of hours, or why it lies over somebody else's time.
    pub override_reason: Option<Personal<String>>,
}

impl Versioned for ChangeVisit {}

impl Payload for ChangeVisit {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.changed_visit(self.store, self.booking, self.starts_at, &self.lines);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        self.lines.iter_mut().for_each(|line| cleaning.subject(&mut line.subject));
        cleaning.reason("note", &mut self.note);
        cleaning.reason("override_reason", &mut self.override_reason);
    }

    fn parts(&self) -> usize {
        self.lines.iter().map(|line| 1 + line.minutes.as_ref().map_or(0, Vec::len)).sum()
    }

    fn override_reason(&mut self) -> Option<&mut Option<Personal<String>>> {
        Some(&mut self.override_reason)
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        change_visit(decider, self)
    }
}

fn change_visit(decider: Decider<'_>, command: &ChangeVisit) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    let booking = decider.booking(store.id, command.booking)?;
    let starts_at = start_of(decider, booking, command)?;
    check_people(decider, booking, command)?;
    let reason = command.override_reason.as_ref();
    let over = decider.over(store.id, reason.map(|reason| &reason.0))?;
    let terms = PlacementRules { any_hours: over || has_begun(booking), ..decider.terms() };
    let edit = Edit { booking, lines: &command.lines, starts_at };
    let lines = changed::lines(decider.view, store, edit, terms)?;
    if !over && command.lines.iter().zip(&lines).any(|(change, line)| is_by_hand(decider, booking, change, line)) {
        return Err(Refusal::NeedsOverride { over: Vec::new() });
    }
    let is_moved = starts_at != first_start(booking);
    if is_moved {
        decider.check_notice(store, &lines)?;
    }
    let mut edited = Booking { account: account_of(decider, booking, &lines), lines, ..booking.clone() };
    if let Some(note) = &command.note {
        edited.note = note.trim().into();
    }
    if edited.members() != booking.members() {
        edited.tier = edited.members().iter().filter_map(|id| decider.view.members.get(id)).map(|member| member.tier).max().unwrap_or(0);
    }
    if edited == *booking {
        return Ok(Decision::default());
    }
    if is_moved {
        (edited.late_minutes, edited.facts.given_way) = (0, false);
    }
    let (mut edited, admitted) = place(decider, store, booking, edited, reason.filter(|_| over))?;
    let step = if is_moved { StepKind::Moved } else { StepKind::Changed };
    decider.note_why(&mut edited, step, reason.map_or("", |reason| &reason.0));
    let notice = told(booking, &edited, is_moved);
    Ok(decider.decision(edited, admitted, notice))
}

/// Where the visit is to begin.
///
/// # Errors
/// `WrongState`, `Superseded` where another has added or taken away a line, `Invalid` for a start that cannot be meant.
fn start_of(decider: Decider<'_>, booking: &Booking, command: &ChangeVisit) -> Result<Timestamp, Refusal> {
    match booking.state.kind() {
        StateKind::Requested | StateKind::Confirmed | StateKind::Waiting | StateKind::CheckedIn | StateKind::InService => {}
        _ => return Err(wrong_state(booking)),
    }
    if usize::from(command.lines_seen) != booking.lines.len() {
        return Err(Refusal::Superseded);
    }
    let Some(to) = command.starts_at else { return Ok(first_start(booking)) };
    let is_far_off = to.minutes_since(decider.at()).abs() > FAR_OFF_MINUTES;
    match booking.state.kind() {
        StateKind::InService if to != first_start(booking) => Err(wrong_state(booking)),
        StateKind::Waiting if is_far_off => Err(Refusal::Invalid { field: "starts_at".into() }),
        _ => Ok(to),
    }
}

fn first_start(booking: &Booking) -> Timestamp {
    booking.lines.iter().map(|line| line.starts_at).min().unwrap_or(booking.starts_at)
}

fn has_begun(booking: &Booking) -> bool {
    matches!(booking.state, State::InService { .. })
}

/// Whoever is in the visit may stay; others are named as in a new one.
fn check_people(decider: Decider<'_>, booking: &Booking, command: &ChangeVisit) -> Result<(), Refusal> {
    let nobody = || Subject::Guest { name: Personal::default() };
    let checked = |change: &LineChange| {
        let before = change.agreed(&booking.lines);
        let is_new = before.is_none_or(|line| line.subject != change.subject);
        RequestedLine {
            service: change.service,
            subject: if is_new { change.subject.clone() } else { nobody() },
            payer: change.payer.filter(|_| before.is_none_or(|line| line.payer != change.payer)),
            staff_preference: change.staff_preference,
            starts_at: command.starts_at.unwrap_or(booking.starts_at),
            seen_price: change.seen_price,
        }
    };
    let lines: Vec<RequestedLine> = command.lines.iter().map(checked).collect();
    if command.lines.iter().any(|change| change.seen_price.is_some_and(|price| price.0 < 0)) {
        return Err(Refusal::Invalid { field: "price".into() });
    }
    decider.check_lines(booking.store, &lines, command.note.as_ref().map_or("", |note| &note.0))
}

/// A price that neither the menu nor what was agreed says.
fn is_by_hand(decider: Decider<'_>, booking: &Booking, change: &LineChange, line: &Line) -> bool {
    let agreed = change.agreed(&booking.lines).filter(|agreed| agreed.service == change.service);
    change.is_own_price
        && agreed.is_none_or(|agreed| agreed.price != line.price)
        && decider.view.menu_price(booking.store, line.service, line.staff) != Some(line.price)
}

/// Whose account it is: of whoever booked it, as long as somebody of it is served, then of whoever is.
fn account_of(decider: Decider<'_>, booking: &Booking, lines: &[Line]) -> Option<AccountId> {
    let booked_by_itself = matches!(booking.entered_by, Principal::Account(_));
    let same_people = lines.iter().all(|line| booking.lines.iter().any(|before| before.subject == line.subject));
    if booked_by_itself || same_people {
        return booking.account;
    }
    let accounts = || {
        lines.iter().filter_map(|line| match line.subject {
            Subject::Member(id) => decider.view.members.get(&id)?.account,
            Subject::Guest { .. } => None,
        })
    };
    booking.account.filter(|own| accounts().any(|account| account == *own)).or_else(|| accounts().next())
}

/// Takes the time that the edited visit needs. What it holds already stays; what it needs beyond that must be free, unless there is a
/// reason: then both stand. A visit that is going on pushes what follows, as one that runs late.
fn place(
    decider: Decider<'_>,
    store: &Store,
    before: &Booking,
    mut edited: Booking,
    reason: Option<&Personal<String>>,
) -> Result<(Booking, Admitted), Refusal> {
    let span = visit_time::span(&edited.lines).filter(|span| span.minutes() <= LONGEST_VISIT_MINUTES);
    let span = span.ok_or(Refusal::Invalid { field: "lines".into() })?;
    (edited.starts_at, edited.ends_at) = (edited_start(before, &edited), span.end);
    let wanted = visit_time::occupancy(&edited.lines);
    if let Some(held) = within(before, &wanted) {
        edited.occupancy = held;
        return Ok((edited, Admitted::default()));
    }
    let mut admitted_visit = edited.clone();
    match (decider.admit)(change::case(decider, store, before), &mut admitted_visit) {
        Ok(admitted) => {
            admitted_visit.starts_at = edited.starts_at;
            Ok((admitted_visit, admitted))
        }
        Err(Refusal::TimeTaken { .. }) if has_begun(before) => {
            let reach = late::reach(&Booking { occupancy: wanted.clone(), ..edited.clone() }, 0);
            decider.view.must_cover(store.id, reach)?;
            edited.occupancy = wanted;
            Ok(late::pushing(decider, store, placed_now(decider, edited), reach))
        }
        Err(Refusal::TimeTaken { .. }) if reason.is_some() => {
            let words = reason.cloned().unwrap_or_default();
            edited.occupancy = wanted;
            let mut edited = placed_now(decider, edited);
            lanes::stack(decider.view, &mut edited, &[], &LaneReason::Squeeze(words), decider.at());
            let mut admitted = Admitted { step: LadderStep::Squeezed, ..Admitted::default() };
            let newly = two_places::newly_held(decider.view, std::iter::once(&edited));
            two_places::note(decider.view, (store.id, decider.context.now), &newly, &mut admitted);
            Ok((edited, admitted))
        }
        Err(refusal) => Err(refusal),
    }
}

/// The promise stays where it was, also where the lines have been pushed since.
fn edited_start(before: &Booking, edited: &Booking) -> Timestamp {
    let (was, is) = (first_start(before), first_start(edited));
    if was == is { before.starts_at } else { is }
}

fn placed_now(decider: Decider<'_>, edited: Booking) -> Booking {
    Booking { placed_seq: PLACED_NOW, placed_by: decider.context.replica, ..edited }
}

/// The time that is wanted, in the lanes in which the visit has it already; `None` where it needs more than it has.
fn within(before: &Booking, wanted: &[Occupancy]) -> Option<Vec<Occupancy>> {
    let of = |wanted: &Occupancy| {
        let held = before.occupancy.iter().find(|held| held.resource == wanted.resource && held.range.covers(&wanted.range))?;
        Some(Occupancy { lane: held.lane, reason: held.reason.clone(), ..wanted.clone() })
    };
    wanted.iter().map(of).collect()
}

/// What the guest is told. Who is here sees it themselves.
fn told(before: &Booking, edited: &Booking, is_moved: bool) -> Option<NoticeKind> {
    if !matches!(before.state.kind(), StateKind::Requested | StateKind::Confirmed) {
        return None;
    }
    if is_moved {
        return Some(NoticeKind::Moved);
    }
    let visit = |booking: &Booking| {
        booking.lines.iter().map(|line| (line.service, line.staff, line.starts_at, line.parts.clone(), line.price)).collect::<Vec<_>>()
    };
    (visit(before) != visit(edited)).then_some(NoticeKind::Changed)
}
