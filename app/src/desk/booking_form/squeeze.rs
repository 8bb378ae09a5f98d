//! Squeeze 加塞: both bookings stand, with a reason, for those who may.

use leptos::prelude::*;
use shared::command::{Command, Squeeze};
use shared::role::Permission;

use super::clash::others_then;
use super::fields::BookingFields;
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::desk::booking_form::sentence::about;
use crate::desk::done::Done;
use crate::desk::reason_dialog::ReasonForm;
use crate::i18n;

/// Asks for the reason first.
#[component]
pub(super) fn SqueezeButton(draft: BookingFields) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let close = Callback::new(move |()| is_open.set(false));
    let give = Callback::new(move |reason: String| {
        is_open.set(false);
        squeeze(draft, reason);
    });
    let may = Memo::new(move |_| draft.bench.may(Permission::Override));
    let lacks = Memo::new(move |_| !draft.has_all());
    let with = move || draft.squeezed_with().map(|names| format!(" · {names}"));
    view! {
        <Show when=move || may.get()>
            <button class="button" type="button" disabled=move || lacks.get() on:click=move |_| is_open.set(true)>
                <Icon name="squeeze" />
                {move || i18n::desk().form.squeeze}
                {with}
            </button>
        </Show>
        <Show when=move || is_open.get()>
            <Dialog title=Signal::derive(|| i18n::desk().form.squeeze_title.to_owned()) on_close=close>
                <p>
                    {move || draft.squeezed_with().map(|names| view! { <strong>{names}</strong> " · " })}
                    {move || i18n::desk().form.squeeze_text}
                </p>
                {move || others_then(draft.choice).map(|names| view! { <p class="strong">{names}</p> })}
                <ReasonForm on_give=give on_close=close />
            </Dialog>
        </Show>
    }
}

fn squeeze(draft: BookingFields, reason: String) {
    let Some(store) = draft.bench.store_now() else { return };
    if !draft.is_complete() {
        return;
    }
    let (subject, account) = draft.subject();
    let lines = draft.lines(&subject, true);
    let note = draft.note.get_untracked().trim().to_owned();
    let command =
        Command::Squeeze(Squeeze { store: store.id, booking: draft.booking, account, lines, note: note.into(), reason: reason.into() });
    let done = Done::new("squeeze", i18n::desk().done.squeezed, about(draft)).close();
    draft.give(&store, command, done);
}
