//! Giving commands: decided here first, stored durably, shown at once, sent when there is a way.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::{Command, RuleSet};
use shared::decision::Decision;
use shared::envelope::Envelope;
use shared::id::CommandId;
use shared::refusal::Refusal;
use shared::role::Principal;
use shared::stamp::Stamp;
use shared::sync::Outcome;
use shared::view::View;

use super::Replica;
use super::work::Storage;
use crate::api::{self, ApiError};
use crate::browser;
use crate::local_db::error::StoreError;
use crate::local_db::loaded::Withdrawal;
use crate::local_db::{Answered, UnnumberedCommand};

/// A command that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its id, for [`Replica::settled`].
    pub uuid: CommandId,
    /// It survives the browser: written and read back. Without a database it was sent at once instead.
    pub saved: bool,
}

/// Why a command was not taken. Nothing is queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmitError {
    /// By the rules, as far as this device can tell.
    Refused(Refusal),
    /// By the server, which was asked at once because this browser keeps nothing.
    RefusedByServer(Outcome),
    /// Nobody is signed in; keep the draft and sign in on top.
    SignedOut,
    /// This browser keeps nothing and the server could not be asked: say so, keep the form.
    NotKept(DirectError),
    /// It could not be stored: full, closed, lost. Keep the form.
    Storage(StoreError),
    /// The rules could not be fetched: no network, and nothing has kept their file. Keep the form.
    NotFetched,
}

/// Why a direct command has no outcome.
pub type DirectError = ApiError;

impl Replica {
    /// Gives a command: decided here, stored, shown, sent when possible. Awaits only the disk, never the network (except in
    /// browsers without a database, and where the rules have not come yet).
    ///
    /// # Errors
    /// See [`SubmitError`]. `Undecided` is not an error: such a command waits for the server's word.
    pub async fn submit(self, mut command: Command) -> Result<Receipt, SubmitError> {
        let core = self.core();
        core.commands.clean(&mut command, browser::composed).map_err(SubmitError::Refused)?;
        // What the tap meant is fixed before anything is waited for: who gave it, when, and what they had read.
        let (who, draft) = (self.principal().ok_or(SubmitError::SignedOut)?, self.draft(&command));
        let uuid = draft.uuid;
        let rules = core.fetch_rules().await.map_err(|_| SubmitError::NotFetched)?;
        let Some(store) = core.current_store().filter(|_| self.principal() == Some(who)) else {
            return Err(SubmitError::SignedOut);
        };
        self.decide_here(rules, &command, &unnumbered(&draft)).map_err(SubmitError::Refused)?;
        match core.enqueue(store, draft.clone()).await {
            Ok(envelope) => {
                core.queued(envelope);
                core.nudge();
                Ok(Receipt { uuid, saved: true })
            }
            Err(StoreError::Absent) => self.submit_at_once(draft).await,
            Err(error) => {
                core.note_storage(&error);
                Err(SubmitError::Storage(error))
            }
        }
    }

    /// Asks the server now and waits for its word: holds, and whatever must not wait.
    ///
    /// # Errors
    /// [`DirectError`] when there is no outcome; a refusal is an [`Outcome`].
    pub async fn direct(self, command: Command) -> Result<Outcome, DirectError> {
        let core = self.core();
        let draft = self.draft(&command);
        let outcome = api::direct(&unnumbered(&draft), core.replica()).await?;
        core.nudge();
        Ok(outcome)
    }

    /// Waits until the server has answered; for ever when it never does (the page goes away first).
    pub async fn settled(self, uuid: CommandId) -> Outcome {
        match self.core().when_settled(uuid).await {
            Ok(outcome) => outcome,
            // The session was replaced: nothing will ever answer.
            Err(_) => std::future::pending().await,
        }
    }

    /// Takes back a command that waits to be sent; `then` undoes what it did in case it was faster. Whether it has left is decided by the
    /// database, for all tabs.
    ///
    /// # Errors
    /// See [`StoreError`]: nothing has changed.
    pub async fn withdraw(self, uuid: CommandId, then: Option<Command>) -> Result<Withdrawal, StoreError> {
        let core = self.core();
        let Some(store) = core.current_store() else { return Ok(Withdrawal::TooLate) };
        let then = then.map(|command| self.draft(&command));
        let withdrawal = core.with_store(store, async |store| store.withdraw(uuid, then.clone()).await).await;
        let withdrawal = withdrawal.inspect_err(|error| core.note_storage(error))?;
        core.reload();
        if let Some(sync) = core.sync.borrow().as_ref() {
            sync.tell_tabs_changed();
        }
        core.nudge();
        Ok(withdrawal)
    }

    fn principal(self) -> Option<Principal> {
        self.signals.session.with_untracked(|session| session.as_ref().map(|session| session.principal))
    }

    fn draft(self, command: &Command) -> UnnumberedCommand {
        let core = self.core();
        let (uuid, actor, base) = (CommandId(browser::new_uuid()), core.claimed_by(), core.base_of(command));
        UnnumberedCommand { uuid, actor, base, wall: browser::wall_clock(), packed: core.commands.pack(command) }
    }

    /// A person has seen a refusal: it leaves [`Replica::refused`].
    pub fn dismiss(self, uuid: CommandId) {
        let core = self.core();
        let Some(mut answered) = core.answer_of(uuid) else { return };
        answered.dismissed = true;
        core.put_answered(answered.clone());
        leptos::task::spawn_local(async move {
            let Some(store) = core.current_store() else { return };
            if let Err(error) = core.with_store(store, async |store| store.put_answered(answered.clone()).await).await {
                core.note_storage(&error);
            }
            if let Some(sync) = core.sync.borrow().as_ref() {
                sync.tell_tabs_changed();
            }
        });
    }

    /// What this device thinks of a command before it is given: for greying out buttons and for "why not".
    ///
    /// # Errors
    /// The refusal; `Undecided` when only the server can tell.
    pub fn would(self, command: &Command) -> Result<(), Refusal> {
        self.foresee(std::slice::from_ref(command)).map(drop)
    }

    /// What this device thinks that the last of some commands will lead to, and the view before it, after all the others.
    ///
    /// # Errors
    /// The first refusal; `Undecided` when only the server can tell.
    pub fn foresee(self, commands: &[Command]) -> Result<(Arc<View>, Decision), Refusal> {
        let Some((last, before)) = commands.split_last() else { return Ok((self.view_now(), Decision::default())) };
        let view = self.foresee_each(before)?.0;
        let decision = self.foreseen(last, &view)?;
        Ok((view, decision))
    }

    /// The view after all of some commands, and what each leads to.
    ///
    /// # Errors
    /// As [`Replica::foresee`].
    pub fn foresee_each(self, commands: &[Command]) -> Result<(Arc<View>, Vec<Decision>), Refusal> {
        let mut view = self.view_now();
        let mut decisions = Vec::with_capacity(commands.len());
        for command in commands {
            let decision = self.foreseen(command, &view)?;
            decision.changes.iter().for_each(|change| Arc::make_mut(&mut view).apply(change));
            decisions.push(decision);
        }
        Ok((view, decisions))
    }

    fn foreseen(self, command: &Command, view: &View) -> Result<Decision, Refusal> {
        let core = self.core();
        let context = core.surroundings().context(&unnumbered(&self.draft(command)));
        core.rules.here()?.decide(command, &context, view)
    }

    fn decide_here(self, rules: RuleSet, command: &Command, envelope: &Envelope) -> Result<(), Refusal> {
        let core = self.core();
        // The number it will probably get: decisions look at it only to tell one's own earlier edits.
        let mut context = core.surroundings().context(envelope);
        context.number = core.meta.borrow().next_number.max(1);
        match rules.decide(command, &context, &self.view_now()) {
            Ok(_) | Err(Refusal::Undecided) => Ok(()),
            Err(refusal) => Err(refusal),
        }
    }

    async fn submit_at_once(self, draft: UnnumberedCommand) -> Result<Receipt, SubmitError> {
        let core = self.core();
        let new = unnumbered(&draft);
        // The server knows its commands by their ids: a second tap after a lost answer must not become a second command.
        let before = core.unanswered.take().filter(|lost| (lost.kind, &lost.payload) == (new.kind, &new.payload));
        let envelope = before.unwrap_or(new);
        let outcome = match api::direct(&envelope, core.replica()).await {
            Ok(outcome) => outcome,
            Err(ApiError::SignedOut | ApiError::AccessEnded) => return Err(SubmitError::SignedOut),
            Err(error) => {
                core.unanswered.replace(Some(envelope));
                return Err(SubmitError::NotKept(error));
            }
        };
        let uuid = envelope.uuid;
        if outcome != Outcome::Applied {
            return Err(SubmitError::RefusedByServer(outcome));
        }
        core.put_answered(Answered { envelope, outcome, at: browser::wall_clock(), dismissed: false });
        core.nudge();
        if self.signals.storage.get_untracked() == Storage::Opening {
            self.signals.storage.set(Storage::Absent);
        }
        Ok(Receipt { uuid, saved: false })
    }
}

fn unnumbered(draft: &UnnumberedCommand) -> Envelope {
    Envelope::of(draft.packed.clone(), 0, draft.uuid, draft.actor, Stamp { at: draft.wall, counter: 0 }, draft.base)
}
