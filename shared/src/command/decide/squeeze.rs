//! Squeeze 加塞: authorised staff place a deliberate overlap with a reason; both bookings stand, and it shows (A12).

use serde::{Deserialize, Serialize};

use crate::booking::history::StepKind;
use crate::booking::{AS_PLANNED, Booking, PLACED_NOW, State};
use crate::command::decider::{Decider, wrong_state};
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, NOTE};
use crate::decision::{Decision, LadderStep, NoticeKind};
use crate::id::{AccountId, BookingId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::occupancy::LaneReason;
use crate::personal::Personal;
use crate::placement::admit::two_places;
use crate::placement::case::Admitted;
use crate::placement::rules::PlacementRules;
use crate::placement::{lanes, place, visit_time};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::state_kind::StateKind;
use crate::versioned::Versioned;
use crate::view::Found;
use crate::visit_request::RequestedLine;

/// 加塞: a deliberate overlap with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Squeeze {
    /// Store.
    pub store: StoreId,
    /// A new id, or a booking to squeeze in elsewhere.
    pub booking: BookingId,
    /// Account it is for.
    pub account: Option<AccountId>,
    /// Lines; every wish names its staff.
    pub lines: Vec<RequestedLine>,
    /// Note.
    pub note: Personal<String>,
    /// Why; not empty.
    pub reason: Personal<String>,
}

impl Versioned for Squeeze {}

impl Payload for Squeeze {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.new_visit(self.store, self.booking, &self.lines);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.lines(&mut self.lines);
        cleaning.text("note", NOTE, &mut self.note);
        cleaning.text("reason", NOTE, &mut self.reason);
    }

    fn parts(&self) -> usize {
        self.lines.len()
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        squeeze(decider, self)
    }
}

pub(super) fn squeeze(decider: Decider<'_>, command: &Squeeze) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    decider.must(Permission::Override, store.id)?;
    let reason = command.reason.trim();
    if reason.is_empty() || NOTE.check("reason", reason).is_err() {
        return Err(Refusal::Invalid { field: "reason".into() });
    }
    decider.check_lines(store.id, &command.lines, &command.note)?;
    let account = decider.account_for(command.account, &command.lines)?;
    let existing = match decider.view.booking(store.id, command.booking) {
        Found::Known(booking) => match booking.state.kind() {
            StateKind::Requested | StateKind::Confirmed | StateKind::Waiting | StateKind::Displaced => Some(booking),
            _ => return Err(wrong_state(booking)),
        },
        Found::Absent => None,
        Found::Unknown => return Err(Refusal::Undecided),
    };
    let terms = PlacementRules { any_hours: true, ..decider.terms() };
    let lines = place::lines(decider.view, store, &command.lines, Some(command.booking), terms)?;
    decider.check_notice(store, &lines)?;
    let mut booking = match existing {
        Some(existing) => existing.clone(),
        None => {
            let tier = decider.tier(&command.lines);
            decider.fresh(store.id, command.booking, account, Vec::new(), &command.note, tier)
        }
    };
    booking.lines = lines;
    let span = visit_time::span(&booking.lines).ok_or(Refusal::Invalid { field: "lines".into() })?;
    decider.view.must_cover(store.id, span)?;
    booking.starts_at = span.start;
    booking.ends_at = span.end;
    booking.occupancy = visit_time::occupancy(&booking.lines);
    booking.alternatives.clear();
    booking.late_minutes = 0;
    booking.facts.given_way = false;
    booking.placed_seq = PLACED_NOW;
    booking.placed_by = decider.context.replica;
    lanes::stack(decider.view, &mut booking, &[], &LaneReason::Squeeze(reason.into()), AS_PLANNED);
    booking.state = State::Confirmed { at: decider.context.now };
    decider.note(&mut booking, StepKind::Squeezed);
    let mut squeezed = Admitted { step: LadderStep::Squeezed, ..Admitted::default() };
    let newly = two_places::newly_held(decider.view, std::iter::once(&booking));
    two_places::note(decider.view, (store.id, decider.context.now), &newly, &mut squeezed);
    Ok(decider.decision(booking, squeezed, Some(NoticeKind::Confirmed)))
}
