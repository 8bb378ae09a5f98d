//! Cancelling for the guest or for the store, and turning a request down: both with a reason.

use leptos::prelude::*;
use shared::booking::{Booking, CancelledBy};
use shared::command::{Cancel, Command, Decline};

use super::Panel;
use crate::desk::done::Done;
use crate::i18n;

/// `decline` answers a request; otherwise a promise is cancelled.
#[component]
pub fn CancelForm(decline: bool) -> impl IntoView {
    let panel = Panel::expect();
    let words = || &i18n::desk().visit;
    let by = RwSignal::new(CancelledBy::Member);
    let reason = RwSignal::new(String::new());
    let give = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(booking) = panel.now() else { return };
        let reason = reason.get_untracked().trim().to_owned();
        let command = command(&booking, decline.then_some(()).map_or(Some(by.get_untracked()), |()| None), reason);
        let words = &i18n::desk().done;
        let said = if decline { words.declined } else { words.cancelled };
        let done = Done::new("cancel", said, panel.about(&booking));
        panel.bench.give(command, done, panel.problem);
    };
    let lacks_reason = move || decline && reason.with(|reason| reason.trim().is_empty());
    let title = move || if decline { words().decline_title } else { words().cancel_title };
    view! {
        <form class="form" aria-labelledby="cancel-title" on:submit=give>
            <h3 id="cancel-title">{title}</h3>
            {(!decline).then(|| view! { <ByWhom by /> })}
            <div class="field">
                <label class="field__label" for="cancel-reason">
                    {move || words().reason} {(!decline).then(|| view! { " " <span class="field__optional">{move || i18n::desk().form.optional}</span> })}
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
                <button class="button button--danger" type="submit" disabled=lacks_reason>{title}</button>
            </div>
        </form>
    }
}

fn command(booking: &Booking, by: Option<CancelledBy>, reason: String) -> Command {
    let (store, booking) = (booking.store, booking.id);
    match by {
        Some(by) => Command::Cancel(Cancel { store, booking, by, reason }),
        None => Command::Decline(Decline { store, booking, reason }),
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
