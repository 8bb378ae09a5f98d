//! Cancelling for the guest or for the store, and turning a request down: both with a reason.

use leptos::prelude::*;
use shared::booking::CancelledBy;
use shared::command::{Cancel, Command, Decline};

use crate::desk::done::Done;
use crate::desk::panel::shown::Panel;
use crate::desk::reason_dialog::ReasonForm;
use crate::i18n;

/// A promise is cancelled, for the guest or for the store.
#[component]
pub fn CancelForm() -> impl IntoView {
    let panel = Panel::expect();
    let words = || &i18n::desk().visit;
    let by = RwSignal::new(CancelledBy::Member);
    let reason = RwSignal::new(String::new());
    let give = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(booking) = panel.now() else { return };
        let reason = reason.get_untracked().trim().to_owned();
        let command = Cancel { store: booking.store, booking: booking.id, by: by.get_untracked(), reason: reason.into() };
        let done = Done::new("cancel", i18n::desk().done.cancelled, panel.about(&booking));
        panel.bench.give(Command::Cancel(command), done, panel.problem);
    };
    view! {
        <form class="form" aria-labelledby="cancel-title" on:submit=give>
            <h3 id="cancel-title">{move || words().cancel_title}</h3>
            <ByWhom by />
            <div class="field">
                <label class="field__label" for="cancel-reason">
                    {move || words().reason} " " <span class="field__optional">{move || i18n::desk().form.optional}</span>
                </label>
                <textarea
                    class="input"
                    id="cancel-reason"
                    prop:value=move || reason.get()
                    on:input=move |event| reason.set(event_target_value(&event))
                >

                </textarea>
            </div>
            <div class="form__actions">
                <button class="button" type="button" on:click=move |_| panel.leave()>{move || words().keep}</button>
                <button class="button button--danger" type="submit">{move || words().cancel_title}</button>
            </div>
        </form>
    }
}

/// A request is turned down; the guest reads why.
#[component]
pub fn DeclineForm() -> impl IntoView {
    let panel = Panel::expect();
    let give = Callback::new(move |reason: String| {
        let Some(booking) = panel.now() else { return };
        let command = Decline { store: booking.store, booking: booking.id, reason: reason.into() };
        let done = Done::new("cancel", i18n::desk().done.declined, panel.about(&booking));
        panel.bench.give(Command::Decline(command), done, panel.problem);
    });
    view! {
        <section class="form" aria-labelledby="decline-title">
            <h3 id="decline-title">{move || i18n::desk().decline.title}</h3>
            <ReasonForm on_give=give on_close=Callback::new(move |()| panel.leave()) words=|| &i18n::desk().decline />
        </section>
    }
}

#[component]
fn ByWhom(by: RwSignal<CancelledBy>) -> impl IntoView {
    let words = || &i18n::desk().visit;
    let option = move |who: CancelledBy, name: fn() -> &'static str| {
        let is_chosen = move || (by.get() == who).to_string();
        view! { <button class="segmented__option" type="button" aria-pressed=is_chosen on:click=move |_| by.set(who)>{name}</button> }
    };
    view! {
        <div class="segmented segmented--wide" role="group" aria-label=move || words().by_whom>
            {option(CancelledBy::Member, || i18n::desk().visit.by_guest)}
            {option(CancelledBy::Store, || i18n::desk().visit.by_store)}
        </div>
    }
}
