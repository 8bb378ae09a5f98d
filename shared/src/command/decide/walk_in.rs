//! Walk-ins 散客: they wait first (class 2). Somebody who stands there is a fact and is never refused for lack of time.

use serde::{Deserialize, Serialize};

use crate::booking::history::StepKind;
use crate::booking::{Booking, State};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, NOTE};
use crate::decision::Decision;
use crate::id::{BookingId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::personal::Personal;
use crate::placement::case::{Admitted, Case, FAR_OFF_MINUTES, Otherwise};
use crate::placement::precedence::{Class, Standing};
use crate::placement::rules::PlacementRules;
use crate::placement::{place, turns};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::versioned::Versioned;
use crate::visit_request::RequestedLine;

/// 散客: somebody walks in and waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatWalkIn {
    /// Store.
    pub store: StoreId,
    /// Id.
    pub booking: BookingId,
    /// Lines; starts are the wished ones.
    pub lines: Vec<RequestedLine>,
    /// Note.
    pub note: Personal<String>,
}

impl Versioned for SeatWalkIn {}

impl Payload for SeatWalkIn {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Booking::key_of(self.booking))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.new_visit(self.store, self.booking, &self.lines);
        if let Some(first) = self.lines.first() {
            ask.turns(self.store, first.starts_at);
        }
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.lines(&mut self.lines);
        cleaning.text("note", NOTE, &mut self.note);
    }

    fn parts(&self) -> usize {
        self.lines.len()
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        seat(decider, self)
    }
}

pub(super) fn seat(decider: Decider<'_>, command: &SeatWalkIn) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    decider.check_lines(store.id, &command.lines, &command.note)?;
    decider.view.booking(store.id, command.booking).or_taken()?;
    if command.lines.iter().any(|line| line.starts_at.minutes_since(decider.at()).abs() > FAR_OFF_MINUTES) {
        return Err(Refusal::Invalid { field: "starts_at".into() });
    }
    let terms = PlacementRules { any_hours: true, ..decider.terms() };
    let turns = turns::order_at(decider.view, store, decider.at())?;
    let lines = place::lines_keeping(decider.view, store, (&command.lines, &[]), Some(command.booking), terms, &turns)?;
    let tier = decider.tier(&command.lines);
    let account = None;
    let mut booking = decider.fresh(store.id, command.booking, account, lines, &command.note, tier);
    booking.state = State::Waiting { since: decider.at() };
    let case = Case {
        context: decider.context,
        view: decider.view,
        store,
        standing: Standing::of(Class::Waiting),
        over: false,
        otherwise: Otherwise::Refuse,
        over_at: None,
    };
    let admitted = match (decider.admit)(case, &mut booking) {
        Ok(admitted) => admitted,
        Err(Refusal::TimeTaken { .. }) => {
            // In the queue without a time of their own.
            booking.occupancy.clear();
            Admitted::default()
        }
        Err(refusal) => return Err(refusal),
    };
    decider.note(&mut booking, StepKind::Waiting);
    Ok(decider.decision(booking, admitted, None))
}
