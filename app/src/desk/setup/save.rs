//! Giving the commands of a form, and what a form of a record has in common: what went wrong, and "somebody else changed it".

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::id::CommandId;

use crate::components::icon::Icon;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Gives several commands in order and stops at the first that is not taken; `saved` gets the id of the last one.
pub(super) fn save(bench: Workbench, commands: Vec<Command>, problem: RwSignal<Option<String>>, saved: Callback<CommandId>) {
    problem.set(None);
    spawn_local(async move {
        let mut last = None;
        for command in commands {
            match bench.replica.submit(command).await {
                Ok(receipt) => last = Some(receipt.uuid),
                Err(error) => {
                    problem.try_set(Some(i18n::refusals().submit(&error)));
                    return;
                }
            }
        }
        if let Some(uuid) = last {
            saved.run(uuid);
        }
    });
}

/// "Saved", and nothing else.
pub(super) fn say_saved(bench: Workbench) -> Callback<CommandId> {
    Callback::new(move |_| bench.say("check", i18n::set_up().saved.to_owned(), None))
}

/// What went wrong; the form keeps everything.
#[component]
pub(super) fn FormProblem(problem: RwSignal<Option<String>>) -> impl IntoView {
    move || problem.get().map(|text| view! { <p class="field__error" role="alert"><Icon name="attention" /><span>{text}</span></p> })
}

/// The record changed under the open form: show theirs, or go on with one's own.
#[component]
pub(super) fn ChangedMeanwhile(
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
                    <button class="button button--decide" type="button" on:click=move |_| on_theirs.run(())>{move || i18n::set_up().show_theirs}</button>
                    <button class="button" type="button" on:click=move |_| base.set(now.get_untracked())>{move || i18n::set_up().keep_mine}</button>
                </div>
            </section>
        </Show>
    }
}
