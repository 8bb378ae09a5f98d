//! Giving commands from the desk. Nothing is called done before the server has said so; what was only saved, and is refused later, is
//! corrected where it was said. With the way back, and the reason that an override needs.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::id::{BookingId, CommandId};
use shared::refusal::Refusal;
use shared::role::Permission;
use shared::sync::Outcome;
use shared::time::LocalDate;

use super::asked::Asked;
use super::command_words::booking_of;
use super::done::Done;
use super::workbench::{Sheet, Workbench};
use crate::i18n;
use crate::state::{CommandStatus, SubmitError, Submitted};

impl Workbench {
    /// The date in the store's calendar, untracked.
    fn today_now(self) -> LocalDate {
        untrack(|| self.calendar_date())
    }

    /// Gives a command. A refusal goes into `problem`; one that a reason would lift asks for it first.
    pub fn give(self, command: Command, done: Done, problem: RwSignal<Option<SubmitError>>) {
        self.once(command.clone(), async move {
            self.give_last(command, done, problem).await;
        });
    }

    /// Gives a command from where there is no room for a refusal: it is told in a message, and the inbox keeps it.
    pub fn give_aloud(self, command: Command, done: Done) {
        self.once(command.clone(), async move {
            match self.take(command.clone()).await {
                Ok(submitted) => self.finish(command, submitted, done),
                Err((_, error)) => self.say(
                    "attention",
                    (i18n::desk().done.refused)(
                        &done.about.text(&self.replica.view_now(), self.today_now()),
                        &i18n::refusals().submit(&error),
                    ),
                    None,
                ),
            }
        });
    }

    /// Whether something about this visit is on its way from here.
    #[must_use]
    pub fn is_giving(self, booking: BookingId) -> bool {
        self.giving.with_value(|giving| giving.iter().any(|command| booking_of(command) == Some(booking)))
    }

    /// Nothing while the very same command is on its way: that is the second half of a double tap.
    fn once(self, command: Command, deed: impl Future<Output = ()> + 'static) {
        if self.giving.with_value(|giving| giving.contains(&command)) {
            return;
        }
        self.giving.update_value(|giving| giving.push(command.clone()));
        spawn_local(async move {
            deed.await;
            self.giving.update_value(|giving| giving.retain(|other| *other != command));
        });
    }

    /// Gives the last of several commands, and says so when it was taken; whether it was, without asking for a reason first.
    pub async fn give_last(self, command: Command, done: Done, problem: RwSignal<Option<SubmitError>>) -> bool {
        problem.try_set(None);
        let place = untrack(|| self.sheet());
        match self.take(command.clone()).await {
            Ok(submitted) => {
                self.finish(command, submitted, done);
                return true;
            }
            Err((uuid, error)) => self.refused((command, uuid), error, (done, problem, place)),
        }
        false
    }

    /// Gives a command that others follow. Whether it was taken; a refusal goes into `problem`.
    pub async fn give_first(self, command: Command, problem: RwSignal<Option<SubmitError>>) -> bool {
        problem.try_set(None);
        match self.take(command).await {
            Ok(_) => true,
            Err((uuid, error)) => {
                if problem.try_set(Some(error)).is_none() {
                    self.dismiss(uuid);
                }
                false
            }
        }
    }

    /// Whatever the server refuses while it is waited for is an error like any other.
    async fn take(self, command: Command) -> Result<Submitted, (Option<CommandId>, SubmitError)> {
        match self.replica.submit_and_wait(command).await {
            Ok(Submitted { uuid, status: CommandStatus::Refused(outcome) }) => Err((Some(uuid), SubmitError::RefusedByServer(outcome))),
            Ok(submitted) => Ok(submitted),
            Err(error) => Err((None, error)),
        }
    }

    /// Says why not where the tap was. Where that is gone, above whatever is there, and the inbox keeps it.
    fn refused(
        self,
        (command, uuid): (Command, Option<CommandId>),
        error: SubmitError,
        (done, problem, place): (Done, RwSignal<Option<SubmitError>>, Sheet),
    ) {
        let words =
            (i18n::desk().done.refused)(&done.about.text(&self.replica.view_now(), self.today_now()), &i18n::refusals().submit(&error));
        if untrack(|| !self.is_open(&place)) {
            return self.say("attention", words, None);
        }
        if let Some(why) = refusal_of(&error).filter(|why| self.can_override(&command, why)) {
            self.dismiss(uuid);
            self.asked.set(Some(Asked { command, why: why.clone(), done, problem }));
            return;
        }
        match problem.try_set(Some(error)) {
            // Told where it was asked: the inbox need not repeat it.
            None => self.dismiss(uuid),
            Some(_) => self.say("attention", words, None),
        }
    }

    fn dismiss(self, uuid: Option<CommandId>) {
        if let Some(uuid) = uuid {
            self.replica.dismiss(uuid);
        }
    }

    fn finish(self, command: Command, submitted: Submitted, done: Done) {
        let text = done.text((&self.replica.view_now(), self.today_now()), &command, &submitted.status);
        let undo = (!done.undo.is_empty()).then(|| {
            let commands = done.undo.clone();
            Callback::new(move |()| self.take_back(commands.clone()))
        });
        self.say(icon_of(&submitted.status, done.icon), text.clone(), undo);
        self.said_of.set(done.about.stands(&self.replica.view_now()));
        if done.close {
            self.close();
        }
        if let Some(then) = done.then {
            // Whatever it was for may be gone by now.
            then.try_run(());
        }
        if submitted.status != CommandStatus::Confirmed {
            self.correct_later(command, submitted.uuid, done.only_said(), text);
        }
    }

    /// Corrects what was said before the server knew: a refusal is always told, a confirmation while the message is still there.
    fn correct_later(self, command: Command, uuid: CommandId, done: Done, said: String) {
        spawn_local(async move {
            let outcome = self.replica.settled(uuid).await;
            let is_still_said = self.toast.with_untracked(|toast| toast.as_ref().is_some_and(|toast| toast.text == said));
            if is_still_said || outcome != Outcome::Applied {
                let status = CommandStatus::of(Some(&outcome), untrack(|| self.replica.link()));
                self.say(icon_of(&status, done.icon), done.text((&self.replica.view_now(), self.today_now()), &command, &status), None);
            }
        });
    }

    fn take_back(self, commands: Vec<Command>) {
        spawn_local(async move {
            let mut status = CommandStatus::Confirmed;
            for command in commands {
                match self.take(command).await {
                    Ok(submitted) => status = submitted.status,
                    Err((_, error)) => return self.say("attention", i18n::refusals().submit(&error), None),
                }
            }
            let words = &i18n::desk().done;
            let text = if status == CommandStatus::Confirmed { words.undone.to_owned() } else { (words.saved)(words.undone) };
            self.say(icon_of(&status, "undo"), text, None);
        });
    }

    /// Whether a reason would lift this refusal, and somebody here may give one.
    pub(super) fn can_override(self, command: &Command, why: &Refusal) -> bool {
        let stands_beside = matches!((command, why), (Command::ChangeVisit(_), Refusal::TimeTaken { .. }));
        (stands_beside || matches!(why, Refusal::NeedsOverride { .. } | Refusal::StoreClosed | Refusal::NotOnShift { .. }))
            && untrack(|| self.may(Permission::Override))
            && with_reason(command.clone(), String::new()).is_some()
    }
}

/// The rule behind an error, here or at the server.
#[must_use]
pub fn refusal_of(error: &SubmitError) -> Option<&Refusal> {
    match error {
        SubmitError::Refused(refusal) | SubmitError::RefusedByServer(Outcome::Refused { refusal, .. }) => Some(refusal),
        _ => None,
    }
}

fn icon_of(status: &CommandStatus, done: &'static str) -> &'static str {
    match status {
        CommandStatus::Confirmed => done,
        CommandStatus::Saved => "cloud-off",
        CommandStatus::Asked => "hourglass",
        CommandStatus::Refused(_) => "attention",
    }
}

/// The command with a reason for an override; `None` where it takes none or has one already.
#[must_use]
pub fn with_reason(command: Command, reason: String) -> Option<Command> {
    let mut command = command;
    let over = command.override_reason()?;
    if over.is_some() {
        return None;
    }
    *over = Some(reason.into());
    Some(command)
}
