//! "This would break a promise: why?" For those who may.

use leptos::prelude::*;
use shared::booking::Booking;
use shared::refusal::Refusal;

use super::asked::Asked;
use super::give::with_reason;
use super::words::{guest_name, guest_word};
use super::workbench::Workbench;
use crate::components::dialog::Dialog;
use crate::components::rows::Rows;
use crate::i18n::desk::frame::Reason;
use crate::i18n::{self, format};

/// Shows while a command waits for its reason.
#[component]
pub fn ReasonDialog() -> impl IntoView {
    let bench = Workbench::expect();
    let is_asked = Memo::new(move |_| bench.asked.with(Option::is_some));
    let close = Callback::new(move |()| bench.asked.set(None));
    let why = move || bench.asked.with(|asked| asked.as_ref().map(|asked| (i18n::refusals().refusal)(&asked.why)).unwrap_or_default());
    let give = Callback::new(move |reason: String| {
        let Some(asked) = bench.asked.get_untracked() else { return };
        bench.asked.set(None);
        if let Some(command) = with_reason(asked.command, reason) {
            bench.give(command, asked.done, asked.problem);
        }
    });
    view! {
        <Show when=move || is_asked.get()>
            <Dialog title=Signal::derive(|| i18n::desk().reason.title.to_owned()) on_close=close>
                <p>{why}</p>
                <ul class="stack stack--tight">
                    <Rows
                        each=move || bench.asked.with(|asked| promises(bench, asked.as_ref()))
                        key=String::clone
                        children=|text| view! { <li class="strong">{text}</li> }
                    />
                </ul>
                <ReasonForm on_give=give on_close=close />
            </Dialog>
        </Show>
    }
}

/// The promises that would be broken: `10:30 王丽`.
fn promises(bench: Workbench, asked: Option<&Asked>) -> Vec<String> {
    let view = bench.replica.view();
    let (Some(Asked { why: Refusal::NeedsOverride { over }, .. }), Some(store)) = (asked, bench.store()) else { return Vec::new() };
    let line = |booking: &Booking| {
        let name = guest_word(guest_name(&view, booking).as_deref());
        format!("{} {name}", format::time_range(&store.zone, booking.starts_at, booking.ends_at))
    };
    over.iter().filter_map(|id| view.bookings.get(id)).map(line).collect()
}

/// Usual reasons to tap, words of one's own, and the two ways out.
#[component]
pub fn ReasonForm(
    /// With the reason, never empty.
    on_give: Callback<String>,
    /// Leaves everything as it is.
    on_close: Callback<()>,
    /// What is asked, where it is not about breaking a promise.
    #[prop(default = || &i18n::desk().reason)]
    words: fn() -> &'static Reason,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let usual = move || words().usual.to_vec();
    let is_empty = move || reason.with(|reason| reason.trim().is_empty());
    let give = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        // The dialog may lie inside another form.
        event.stop_propagation();
        on_give.run(reason.get_untracked().trim().to_owned());
    };
    let choice = move |text: &'static str| {
        let is_chosen = move || reason.with(|reason| reason == text).to_string();
        view! { <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| reason.set(text.to_owned())>{text}</button> }
    };
    view! {
        <form class="stack" on:submit=give>
            <div class="choices" role="group" aria-label=move || words().label>
                <Rows each=usual key=|text| *text children=choice />
            </div>
            <div class="field">
                <label class="field__label" for="reason">{move || words().label}</label>
                <textarea
                    class="input"
                    id="reason"
                    prop:value=move || reason.get()
                    on:input=move |event| reason.set(event_target_value(&event))
                >

                </textarea>
            </div>
            <div class="dialog__actions dialog__actions--row">
                <button class="button" type="button" on:click=move |_| on_close.run(())>{move || i18n::common().actions.back}</button>
                <button class="button button--decide" type="submit" disabled=is_empty>{move || words().go_on}</button>
            </div>
        </form>
    }
}
