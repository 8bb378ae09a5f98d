//! Giving commands from the desk: the message afterwards, the way back, and the reason that an override needs.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::refusal::Refusal;
use shared::role::Permission;

use super::workbench::Workbench;
use crate::i18n;
use crate::state::SubmitError;

/// What to say when it is done.
#[derive(Clone, Debug)]
pub struct Done {
    /// Icon of the message.
    pub icon: &'static str,
    /// The message.
    pub text: String,
    /// Takes it back, one after another; empty where nothing does.
    pub undo: Vec<Command>,
    /// The sheet has served its purpose.
    pub close: bool,
    /// What else to do once it is done, with or without a reason in between.
    pub then: Option<Callback<()>>,
}

impl Done {
    /// A message without a way back; the sheet stays.
    #[must_use]
    pub fn said(icon: &'static str, text: String) -> Self {
        Done { icon, text, undo: Vec::new(), close: false, then: None }
    }

    /// The same, and the sheet closes.
    #[must_use]
    pub fn closing(icon: &'static str, text: String, undo: Vec<Command>) -> Self {
        Done { undo, close: true, ..Done::said(icon, text) }
    }

    /// The same, and then this.
    #[must_use]
    pub fn then(self, next: impl Fn() + Send + Sync + 'static) -> Self {
        Done { then: Some(Callback::new(move |()| next())), ..self }
    }
}

/// A command that goes on with a reason.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The command without it.
    pub command: Command,
    /// Why it needs one.
    pub why: Refusal,
    /// What to say then.
    pub done: Done,
    /// Where a refusal goes.
    pub problem: RwSignal<Option<SubmitError>>,
}

impl Workbench {
    /// Gives a command. A refusal goes into `problem`; one that a reason would lift asks for it first.
    pub fn give(self, command: Command, done: Done, problem: RwSignal<Option<SubmitError>>) {
        spawn_local(async move {
            self.give_last(command, done, problem).await;
        });
    }

    /// Gives the last of several commands, and says so when it was taken; whether it was, without asking for a reason first.
    pub async fn give_last(self, command: Command, done: Done, problem: RwSignal<Option<SubmitError>>) -> bool {
        problem.try_set(None);
        match self.replica.submit(command.clone()).await {
            Ok(_) => {
                self.finish(done);
                return true;
            }
            Err(SubmitError::Refused(why)) if self.can_override(&command, &why) => {
                self.asked.set(Some(Asked { command, why, done, problem }));
            }
            Err(error) => drop(problem.try_set(Some(error))),
        }
        false
    }

    /// Gives a command that others follow. Whether it was taken; a refusal goes into `problem`.
    pub async fn give_first(self, command: Command, problem: RwSignal<Option<SubmitError>>) -> bool {
        problem.try_set(None);
        match self.replica.submit(command).await {
            Ok(_) => true,
            Err(error) => {
                problem.try_set(Some(error));
                false
            }
        }
    }

    fn finish(self, done: Done) {
        let undo = (!done.undo.is_empty()).then(|| {
            let commands = done.undo;
            Callback::new(move |()| self.take_back(commands.clone()))
        });
        self.say(done.icon, done.text, undo);
        if done.close {
            self.close();
        }
        if let Some(then) = done.then {
            // Whatever it was for may be gone by now.
            then.try_run(());
        }
    }

    fn take_back(self, commands: Vec<Command>) {
        spawn_local(async move {
            for command in commands {
                if let Err(error) = self.replica.submit(command).await {
                    return self.say("attention", i18n::refusals().submit(&error), None);
                }
            }
            self.say("undo", i18n::desk().done.undone.to_owned(), None);
        });
    }

    fn can_override(self, command: &Command, why: &Refusal) -> bool {
        matches!(why, Refusal::NeedsOverride { .. } | Refusal::StoreClosed | Refusal::NotOnShift { .. })
            && untrack(|| self.may(Permission::Override))
            && with_reason(command.clone(), String::new()).is_some()
    }
}

/// The command with a reason for an override; `None` where it takes none or has one already.
#[must_use]
pub fn with_reason(command: Command, reason: String) -> Option<Command> {
    let mut command = command;
    let over = match &mut command {
        Command::Book(c) => &mut c.over,
        Command::Move(c) => &mut c.over,
        Command::CheckIn(c) => &mut c.over,
        Command::Start(c) => &mut c.over,
        Command::Block(c) => &mut c.over,
        _ => return None,
    };
    if over.is_some() {
        return None;
    }
    *over = Some(reason);
    Some(command)
}
