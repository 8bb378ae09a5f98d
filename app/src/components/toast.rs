//! What just happened, with a way back while it lasts.

use leptos::prelude::*;
use shared::time::Timestamp;

use super::icon::Icon;
use crate::i18n::{self, format};
use crate::reactive::memo;

/// One message.
#[derive(Clone)]
pub struct Toast {
    /// Icon.
    pub icon: &'static str,
    /// What happened.
    pub text: String,
    /// Takes it back.
    pub undo: Option<Callback<()>>,
    /// Since when it is shown.
    pub since: Timestamp,
    /// It goes then.
    pub until: Timestamp,
}

/// The stack; `now` is the ticking clock that lets messages go.
#[component]
pub fn ToastStack(
    /// The message, if any.
    toast: RwSignal<Option<Toast>>,
    /// The clock.
    #[prop(into)]
    now: Signal<Timestamp>,
) -> impl IntoView {
    let shown = memo(move || toast.with(|toast| toast.as_ref().is_some_and(|toast| now.get() < toast.until)));
    view! {
        <div class="toast-stack" role="status">
            {move || shown.get().then(|| toast.get()).flatten().map(|message| view! { <ToastLine message toast now /> })}
        </div>
    }
}

#[component]
fn ToastLine(message: Toast, toast: RwSignal<Option<Toast>>, now: Signal<Timestamp>) -> impl IntoView {
    let (since, until) = (message.since, message.until);
    let left = move || format::share(until.0 - now.get().0, until.0 - since.0);
    let undo = message.undo.map(|undo| {
        let run = move |_| {
            toast.set(None);
            undo.run(());
        };
        view! {
            <button class="toast__action" type="button" on:click=run>{move || i18n::common().actions.undo}</button>
            <span class="toast__left" style:--toast-progress=left></span>
        }
    });
    view! {
        <div class="toast">
            <Icon name=message.icon />
            <span class="toast__text">{message.text}</span>
            {undo}
        </div>
    }
}
