//! One place of the queue: who, why there, what they have; a tap opens what can be done.

use leptos::prelude::*;
use shared::id::StaffId;

use super::actions::TurnActions;
use super::queue::{Mode, Queue};
use super::today::Busy;
use super::words::{busy_text, why_text};
use crate::components::avatar::{Avatar, hue_of};
use crate::components::icon::Icon;
use crate::i18n;

/// See above.
#[component]
pub(super) fn TurnRow(queue: Queue, staff: StaffId) -> impl IntoView {
    let bench = queue.bench;
    let turn = Memo::new(move |_| queue.find(staff));
    let name = Signal::derive(move || queue.name(staff));
    let words = || &i18n::desk().rotation;
    let is_next = Memo::new(move |_| turn.with(|turn| turn.as_ref().is_some_and(|(at, _)| queue.next() == Some(*at))));
    let is_open = Memo::new(move |_| queue.open.get() == Some(staff));
    let zone = move || bench.store().map(|store| store.zone.clone());
    let number = move || turn.with(|turn| turn.as_ref().map(|(at, _)| at + 1));
    let why = move || Some(why_text(&zone()?, &turn.get()?.1.place));
    let busy = move || Some(busy_text(&zone()?, turn.get()?.1.busy));
    let kind = move || turn.with(|turn| turn.as_ref().map(|(_, turn)| busy_kind(turn.busy)));
    let toggle = move |_| {
        queue.mode.set(Mode::Overview);
        queue.open.update(|open| *open = (*open != Some(staff)).then_some(staff));
    };
    view! {
        <li class="turn" class:turn--next=move || is_next.get()>
            <button class="turn__row" type="button" aria-expanded=move || is_open.get().to_string() on:click=toggle>
                <span class="turn__place">{number}</span>
                <Avatar name hue=hue_of(staff.0) size="small" />
                <span class="turn__text">
                    <span class="turn__name">
                        {name}
                        {move || is_next.get().then(|| view! { <span class="tag tag--accent">{words().next}</span> })}
                    </span>
                    <span class="turn__why">{why}</span>
                </span>
                <span class="turn__busy" data-busy=kind>{busy}</span>
                {move || view! { <Icon name=if is_open.get() { "chevron-up" } else { "chevron-down" } size="small" /> }}
            </button>
            <Show when=move || is_open.get()><TurnActions queue staff /></Show>
        </li>
    }
}

/// For the look.
fn busy_kind(busy: Busy) -> &'static str {
    match busy {
        Busy::Free | Busy::Soon(_) => "free",
        Busy::GuestWaits => "waits",
        Busy::Serving { .. } => "serving",
        Busy::Away(_) => "away",
    }
}
