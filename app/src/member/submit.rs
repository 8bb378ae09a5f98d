//! Giving a command and waiting for the answer as long as a person would.

use leptos::prelude::*;
use shared::booking::{Alternative, State};
use shared::command::Command;
use shared::id::BookingId;
use shared::refusal::Refusal;
use shared::sync::Outcome;

use crate::member::member_app::MemberApp;
use crate::member::plan::Plan;
use crate::state::{CommandStatus, SubmitError};
use crate::{browser, i18n};

/// How often a booking whose answer was lost is looked for.
const PATIENCE_STEPS: u32 = 20;
const STEP_MILLISECONDS: u32 = 400;

/// What became of it so far.
#[derive(Clone, Debug, PartialEq)]
pub enum SubmitResult {
    /// The server has done it.
    Done,
    /// Kept on the device, on its way: 还没约上.
    Waiting,
    /// The time is gone, or another rule says no.
    Refused {
        /// Why, in words.
        why: String,
        /// Whether the time is the reason: others may do.
        time: bool,
        /// Whether somebody else has that time now.
        gone: bool,
        /// Whether the id is in use: perhaps it was done before, and the answer was lost.
        exists: bool,
        /// Times nearby, if the server named some.
        alternatives: Vec<Alternative>,
    },
    /// Nobody is signed in.
    SignedOut,
    /// Nothing was kept: say so, keep the form.
    Failed(String),
}

/// Gives a command and waits for the answer while the server can be reached. Does not depend on the page that gives it: where that is left
/// meanwhile, a refusal stays among those that wait for a person.
pub async fn submit_and_wait(app: MemberApp, command: Command) -> SubmitResult {
    let replica = app.replica;
    let place = untrack(|| app.way.path());
    // Its card goes on from the times that came back with it.
    let is_kept = matches!(command, Command::AcceptAlternative(_));
    let submitted = match replica.submit_and_wait(command).await {
        Ok(submitted) => submitted,
        Err(SubmitError::Refused(refusal)) => return refused(&refusal, Vec::new()),
        Err(SubmitError::RefusedByServer(outcome)) => return of(&outcome),
        Err(SubmitError::SignedOut) => return SubmitResult::SignedOut,
        Err(error) => return SubmitResult::Failed(i18n::refusals().submit(&error)),
    };
    match submitted.status {
        CommandStatus::Confirmed => SubmitResult::Done,
        CommandStatus::Saved | CommandStatus::Asked => SubmitResult::Waiting,
        CommandStatus::Refused(outcome) => {
            if !is_kept && untrack(|| app.way.path()) == place {
                // It is shown where it was asked; the home page need not repeat it.
                replica.dismiss(submitted.uuid);
            }
            of(&outcome)
        }
    }
}

/// Whether an id that the server knows has become the visit that was asked for: then an answer was lost, and the booking was not.
pub async fn is_booked(app: MemberApp, id: BookingId, plan: &Plan) -> bool {
    app.replica.sync_now();
    for _ in 0..PATIENCE_STEPS {
        if let Some(visit) = untrack(|| app.visit(Some(id))) {
            return visit.is_upcoming(app.replica.clock()) && visit.is_as_planned(plan);
        }
        browser::sleep(STEP_MILLISECONDS).await;
    }
    false
}

/// What an outcome means here.
pub fn of(outcome: &Outcome) -> SubmitResult {
    match outcome {
        Outcome::Applied => SubmitResult::Done,
        Outcome::Refused { refusal, alternatives } => refused(refusal, alternatives.clone()),
        other => SubmitResult::Failed(i18n::refusals().outcome(other).unwrap_or_default()),
    }
}

fn refused(refusal: &Refusal, alternatives: Vec<Alternative>) -> SubmitResult {
    let exists = *refusal == Refusal::AlreadyExists;
    SubmitResult::Refused {
        why: (i18n::refusals().refusal)(refusal),
        time: refusal.is_about_time(),
        gone: is_gone(refusal),
        exists,
        alternatives,
    }
}

/// Whether somebody else has the time now.
pub fn is_gone(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::TimeTaken { .. } | Refusal::NobodyFree | Refusal::NoResource { .. } | Refusal::HoldExpired { .. })
}

/// Says what became of the move of a visit.
pub fn say_moved(app: MemberApp, id: BookingId, given: SubmitResult) {
    let words = &i18n::member().visits;
    let is_asked = || untrack(|| app.visit(Some(id))).is_some_and(|visit| matches!(visit.state, Some(State::Requested)));
    match given {
        SubmitResult::Done if is_asked() => app.say("hourglass", words.move_asked.to_owned()),
        SubmitResult::Done => app.say("check", words.moved.to_owned()),
        SubmitResult::Waiting => app.say("cloud-off", words.move_waits.to_owned()),
        SubmitResult::Refused { why, .. } | SubmitResult::Failed(why) => app.say("attention", why),
        SubmitResult::SignedOut => app.say("lock", i18n::common().device.session_over.to_owned()),
    }
}

/// Says why not, where it was asked; where that is gone meanwhile, above whatever page is there.
pub fn show(app: MemberApp, error: RwSignal<Option<String>>, why: String) {
    if let Some(Some(why)) = error.try_set(Some(why)) {
        app.say("attention", why);
    }
}
