//! Giving a command and waiting for the answer as long as a person would.

use futures_util::future::{Either, select};
use leptos::prelude::*;
use shared::booking::Alternative;
use shared::command::Command;
use shared::refusal::Refusal;
use shared::sync::Outcome;

use crate::browser;
use crate::i18n;
use crate::state::{Link, Replica, SubmitError};

/// After so long the screen goes on; the answer comes to the home page.
const PATIENCE_STEPS: u32 = 20;
const STEP_MILLISECONDS: u32 = 400;

/// What became of it so far.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
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
        /// Times nearby, if the server named some.
        alternatives: Vec<Alternative>,
    },
    /// Nobody is signed in.
    SignedOut,
    /// Nothing was kept: say so, keep the form.
    Failed(String),
}

/// Gives a command and waits for the answer while the server can be reached.
pub async fn give(replica: Replica, command: Command) -> Given {
    let receipt = match replica.submit(command).await {
        Ok(receipt) => receipt,
        Err(SubmitError::Refused(refusal)) => return refused(&refusal, Vec::new()),
        Err(SubmitError::RefusedByServer(outcome)) => return of(&outcome),
        Err(SubmitError::SignedOut) => return Given::SignedOut,
        Err(error) => return Given::Failed(i18n::refusals().submit(&error)),
    };
    if !receipt.saved {
        return Given::Done;
    }
    let mut answer = Box::pin(replica.settled(receipt.uuid));
    for _ in 0..PATIENCE_STEPS {
        if is_offline(replica) {
            return Given::Waiting;
        }
        match select(answer, Box::pin(browser::sleep(STEP_MILLISECONDS))).await {
            Either::Left((outcome, _)) => {
                // It is shown where it was asked; the home page need not repeat it.
                replica.dismiss(receipt.uuid);
                return of(&outcome);
            }
            Either::Right(((), unanswered)) => answer = unanswered,
        }
    }
    Given::Waiting
}

/// What an outcome means here.
pub fn of(outcome: &Outcome) -> Given {
    match outcome {
        Outcome::Applied => Given::Done,
        Outcome::Refused { refusal, alternatives } => refused(refusal, alternatives.clone()),
        other => Given::Failed(i18n::refusals().outcome(other).unwrap_or_default()),
    }
}

fn refused(refusal: &Refusal, alternatives: Vec<Alternative>) -> Given {
    Given::Refused { why: (i18n::refusals().refusal)(refusal), time: is_about_time(refusal), alternatives }
}

/// Whether another time would help.
pub fn is_about_time(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::TimeTaken { .. }
            | Refusal::StoreClosed
            | Refusal::NotOnShift { .. }
            | Refusal::NobodyFree
            | Refusal::TooSoon { .. }
            | Refusal::TooFarAhead { .. }
            | Refusal::HoldExpired { .. }
            | Refusal::DoesNotFit { .. }
            | Refusal::AlreadyExists
    )
}

/// Untracked.
pub fn is_offline(replica: Replica) -> bool {
    untrack(|| matches!(replica.link(), Link::Offline { .. }))
}
