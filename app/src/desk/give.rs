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
    /// Takes it back.
    pub undo: Option<Command>,
    /// The sheet has served its purpose.
    pub close: bool,
}

impl Done {
    /// A message without a way back; the sheet stays.
    #[must_use]
    pub fn said(icon: &'static str, text: String) -> Self {
        Done { icon, text, undo: None, close: false }
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
        self.give_all(vec![command], done, problem);
    }

    /// Gives commands in order and stops at the first refusal.
    pub fn give_all(self, commands: Vec<Command>, done: Done, problem: RwSignal<Option<SubmitError>>) {
        problem.set(None);
        spawn_local(async move {
            for command in commands {
                match self.replica.submit(command.clone()).await {
                    Ok(_) => {}
                    Err(SubmitError::Refused(why)) if self.can_override(&command, &why) => {
                        return self.asked.set(Some(Asked { command, why, done, problem }));
                    }
                    Err(error) => return problem.set(Some(error)),
                }
            }
            self.finish(done);
        });
    }

    fn finish(self, done: Done) {
        let undo = done.undo.map(|command| Callback::new(move |()| self.take_back(command.clone())));
        self.say(done.icon, done.text, undo);
        if done.close {
            self.close();
        }
    }

    fn take_back(self, command: Command) {
        spawn_local(async move {
            match self.replica.submit(command).await {
                Ok(_) => self.say("undo", i18n::desk().done.undone.to_owned(), None),
                Err(error) => self.say("attention", i18n::refusals().submit(&error), None),
            }
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
