//! Giving the commands of a form, and what a form of a record has in common: it waits for the record, it says what went wrong, and that
//! somebody else changed it.

use leptos::prelude::*;
use shared::command::Command;

use crate::components::icon::Icon;
use crate::desk::busy::once;
use crate::desk::setup::promises::{AtStake, PromisesAtStake};
use crate::desk::workbench::Workbench;
use crate::i18n;
use crate::state::{CommandStatus, SubmitError};

/// Where a form stands with the server: what went wrong, whether it is still being saved, and what it asks before.
#[derive(Clone, Copy)]
pub(crate) struct Saving {
    problem: RwSignal<Option<String>>,
    is_busy: RwSignal<bool>,
    asked: RwSignal<Option<Asked>>,
}

/// What waits for a choice about promises.
#[derive(Clone)]
struct Asked {
    at_stake: AtStake,
    commands: Vec<Command>,
    saved: Callback<CommandStatus>,
}

impl Saving {
    pub(crate) fn new() -> Self {
        Saving { problem: RwSignal::new(None), is_busy: RwSignal::new(false), asked: RwSignal::new(None) }
    }

    /// Says what is wrong.
    pub(crate) fn fails(self, why: String) {
        self.problem.set(Some(why));
    }

    /// Says nothing any more.
    pub(crate) fn clear(self) {
        self.problem.set(None);
    }

    /// Tracked.
    pub(crate) fn is_busy(self) -> bool {
        self.is_busy.get()
    }
}

/// Gives several commands in order, stops at the first that is not taken, and waits for the server's word while it can be reached.
/// `saved` is told whether the server has done them, or whether they are only kept here. A second tap meanwhile does nothing. Where
/// promises lose what they need, it asks about each first.
pub(crate) fn save(bench: Workbench, commands: Vec<Command>, saving: Saving, saved: Callback<CommandStatus>) {
    match AtStake::of(bench, &commands) {
        Some(at_stake) => saving.asked.set(Some(Asked { at_stake, commands, saved })),
        None => give(bench, (commands, Vec::new()), saving, saved),
    }
}

/// Gives a change and, once the server has done it, what becomes of the promises that it concerns: of a change that may still be refused
/// nobody is told. What is refused of these is told at once, and stays in the inbox.
fn give(bench: Workbench, (change, then): (Vec<Command>, Vec<Command>), saving: Saving, saved: Callback<CommandStatus>) {
    saving.problem.set(None);
    once(saving.is_busy, async move {
        match give_all(bench, change).await {
            Ok(Some(status)) => {
                let is_done = status == CommandStatus::Confirmed;
                saved.try_run(status);
                match (is_done, then.is_empty()) {
                    (true, _) => settle(bench, then).await,
                    (false, false) => bench.say("cloud-off", i18n::inbox().uncovered.later.to_owned(), None),
                    (false, true) => {}
                }
            }
            Ok(None) => {}
            Err(error) => drop(saving.problem.try_set(Some(i18n::refusals().submit(&error)))),
        }
    });
}

async fn settle(bench: Workbench, then: Vec<Command>) {
    let mut refused = Vec::new();
    for command in then {
        if let Err(error) = bench.replica.submit(command).await {
            refused.push(i18n::refusals().submit(&error));
        }
    }
    if let Some(why) = refused.first() {
        bench.say("attention", (i18n::inbox().uncovered.not_arranged)(refused.len(), why), None);
    }
}

/// `None` when there was nothing to do.
async fn give_all(bench: Workbench, commands: Vec<Command>) -> Result<Option<CommandStatus>, SubmitError> {
    let mut given = Vec::with_capacity(commands.len());
    for command in commands {
        given.push(bench.replica.submit(command).await?);
    }
    let mut last = None;
    for receipt in given {
        let status = if receipt.saved { bench.replica.answer(receipt.uuid).await } else { CommandStatus::Confirmed };
        if let CommandStatus::Refused(outcome) = status {
            bench.replica.dismiss(receipt.uuid);
            return Err(SubmitError::RefusedByServer(outcome));
        }
        last = Some(status);
    }
    Ok(last)
}

/// Says that it is saved, or that it is kept here until there is a network.
pub(crate) fn say_saved(bench: Workbench) -> Callback<CommandStatus> {
    Callback::new(move |status| {
        let saved = i18n::set_up().saved;
        match status {
            CommandStatus::Confirmed => bench.say("check", saved.to_owned(), None),
            _ => bench.say("cloud-off", (i18n::desk().done.saved)(saved), None),
        }
    })
}

/// What went wrong, and what is asked before it is saved; the form keeps everything.
#[component]
pub(crate) fn FormProblem(saving: Saving) -> impl IntoView {
    let bench = Workbench::expect();
    let close = Callback::new(move |()| saving.asked.set(None));
    let go_on = Callback::new(move |then: Vec<Command>| {
        if let Some(Asked { commands, saved, .. }) = saving.asked.get_untracked() {
            saving.asked.set(None);
            give(bench, (commands, then), saving, saved);
        }
    });
    let problem = move |text| view! { <p class="field__error" role="alert"><Icon name="attention" /><span>{text}</span></p> };
    let question = move |asked: Asked| view! { <PromisesAtStake at_stake=asked.at_stake on_save=go_on on_close=close /> };
    view! {
        {move || saving.problem.get().map(problem)}
        {move || saving.asked.get().map(question)}
    }
}

/// The record changed under the open form: show theirs, or go on with one's own.
#[component]
pub(crate) fn ChangedMeanwhile(
    /// Version on the screen when the form opened; goes on with one's own by taking the new one.
    base: RwSignal<u32>,
    /// Version there is now.
    #[prop(into)]
    now: Signal<u32>,
    /// Shows the form again with their values.
    on_theirs: Callback<()>,
) -> impl IntoView {
    let is_behind = Memo::new(move |_| base.get() != now.get());
    view! {
        <Show when=move || is_behind.get()>
            <section class="notice notice--decide" role="alert">
                <Icon name="attention" />
                <div class="notice__text">
                    <h2 class="notice__title">{move || i18n::set_up().changed_title}</h2>
                    <p class="notice__note">{move || i18n::set_up().changed_text}</p>
                </div>
                <div class="notice__actions">
                    <button class="button button--decide" type="button" on:click=move |_| on_theirs.run(())>
                        {move || i18n::set_up().show_theirs}
                    </button>
                    <button class="button" type="button" on:click=move |_| base.set(now.get_untracked())>
                        {move || i18n::set_up().keep_mine}
                    </button>
                </div>
            </section>
        </Show>
    }
}
