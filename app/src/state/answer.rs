//! What a screen may say about a command that was given on it. Both apps ask here, so that *saved*, *asked*, *confirmed* and *refused*
//! are never mixed up.

use futures_util::future::{Either, select};
use leptos::prelude::*;
use shared::command::Command;
use shared::id::CommandId;
use shared::sync::Outcome;

use super::{Replica, SubmitError};
use crate::browser;
use crate::sync::link::Link;

/// After so many looks the screen goes on without the answer.
const MOST_LOOKS: u32 = 20;
/// Between two looks at whether the server can still be reached.
const LOOK_MILLISECONDS: u32 = 400;

/// How far a command has come.
#[derive(Clone, Debug, PartialEq)]
pub enum CommandStatus {
    /// Kept on this device while the server is out of reach: 记下了 · 还没约上.
    Saved,
    /// Sent; the server has not answered yet. Nothing may be called done.
    Asked,
    /// The server has done it.
    Confirmed,
    /// The server has not done it, for this reason.
    Refused(Outcome),
}

impl CommandStatus {
    /// The status of a command with this answer, if there is one, on a device that stands like this with the server.
    #[must_use]
    pub fn of(answer: Option<&Outcome>, link: Link) -> Self {
        match (answer, link) {
            (Some(Outcome::Applied), _) => CommandStatus::Confirmed,
            (Some(refused), _) => CommandStatus::Refused(refused.clone()),
            (None, Link::Online | Link::Syncing) => CommandStatus::Asked,
            (None, Link::Offline { .. } | Link::SignedOut | Link::Outdated) => CommandStatus::Saved,
        }
    }
}

/// A command that was taken by this device, and what the server has said of it so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Submitted {
    /// Its id, for [`Replica::settled`].
    pub uuid: CommandId,
    /// How far it has come. `Saved` and `Asked` are corrected later: await [`Replica::settled`].
    pub status: CommandStatus,
}

impl Replica {
    /// Gives a command and waits for the server's word for as long as it can be reached and a person would wait.
    ///
    /// # Errors
    /// See [`SubmitError`]: nothing was kept.
    pub async fn submit_and_wait(self, command: Command) -> Result<Submitted, SubmitError> {
        let receipt = self.submit(command).await?;
        // Without a database it was sent at once, and only what was done comes back as a receipt.
        let status = if receipt.saved { self.answer(receipt.uuid).await } else { CommandStatus::Confirmed };
        Ok(Submitted { uuid: receipt.uuid, status })
    }

    /// Waits for the server's word about a command that was submitted, for as long as a person would.
    pub async fn answer(self, uuid: CommandId) -> CommandStatus {
        let mut settled = Box::pin(self.settled(uuid));
        for _ in 0..MOST_LOOKS {
            if CommandStatus::of(None, self.link_now()) == CommandStatus::Saved {
                return CommandStatus::Saved;
            }
            match select(settled, Box::pin(browser::sleep(LOOK_MILLISECONDS))).await {
                Either::Left((outcome, _)) => return CommandStatus::of(Some(&outcome), self.link_now()),
                Either::Right(((), unanswered)) => settled = unanswered,
            }
        }
        CommandStatus::of(None, self.link_now())
    }

    fn link_now(self) -> Link {
        untrack(|| self.link())
    }
}

#[cfg(test)]
mod tests {
    use shared::refusal::Refusal;
    use shared::time::Timestamp;

    use super::*;

    #[test]
    fn nobody_is_told_that_it_is_done_before_the_server_has_said_so() {
        let offline = Link::Offline { since: Timestamp(0) };
        assert_eq!(CommandStatus::of(None, Link::Online), CommandStatus::Asked);
        assert_eq!(CommandStatus::of(None, Link::Syncing), CommandStatus::Asked);
        for out_of_reach in [offline, Link::SignedOut, Link::Outdated] {
            assert_eq!(CommandStatus::of(None, out_of_reach), CommandStatus::Saved);
        }
    }

    #[test]
    fn an_answer_counts_whatever_the_network_does_afterwards() {
        let offline = Link::Offline { since: Timestamp(0) };
        let refused = Outcome::Refused { refusal: Refusal::NobodyFree, alternatives: Vec::new() };
        for link in [Link::Online, offline] {
            assert_eq!(CommandStatus::of(Some(&Outcome::Applied), link), CommandStatus::Confirmed);
            assert_eq!(CommandStatus::of(Some(&refused), link), CommandStatus::Refused(refused.clone()));
            assert_eq!(CommandStatus::of(Some(&Outcome::Withdrawn), link), CommandStatus::Refused(Outcome::Withdrawn));
        }
    }
}
