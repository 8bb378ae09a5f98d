//! The frame around an entry of the inbox.

use leptos::prelude::*;
use shared::command::{Command, ResolveAttention};
use shared::id::{AttentionId, BookingId, StoreId};

use crate::components::icon::Icon;
use crate::desk::command_words::booking_name;
use crate::desk::done::Done;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

/// Icon, what it is, why, how old; below it what the kind needs.
#[component]
pub(crate) fn EntryFrame(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] why: Signal<String>,
    raised_at: shared::time::Timestamp,
    children: Children,
) -> impl IntoView {
    let bench = Workbench::expect();
    view! {
        <article class="attention">
            <div class="attention__head">
                <Icon name="attention" />
                <div>
                    <h2 class="attention__title">{title}</h2>
                    <p class="attention__why">{why}</p>
                </div>
                <time class="attention__age">{move || format::ago(raised_at, bench.minute())}</time>
            </div>
            {children()}
        </article>
    }
}

/// A title with the guest's name in it.
pub(crate) fn name_title(booking: BookingId, title: fn(&str) -> String) -> Signal<String> {
    let bench = Workbench::expect();
    Signal::derive(move || title(&booking_name(booking, &bench.replica.view())))
}

/// 已处理: a person has seen to it.
#[component]
pub(crate) fn ResolveButton(
    entry: (AttentionId, StoreId),
    /// Another word than 已处理.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let (attention, store) = entry;
    let resolve = move |_| {
        let done = Done::said("check", i18n::inbox().resolved);
        bench.give_aloud(Command::ResolveAttention(ResolveAttention { store, attention }), done);
    };
    view! {
        <button class="button" type="button" on:click=resolve>
            <Icon name="check" size="small" />{move || label.map_or_else(|| i18n::inbox().resolve.to_owned(), |label| label.get())}
        </button>
    }
}
