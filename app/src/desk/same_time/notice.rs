//! Says that a guest has another visit at the same time: before a booking is made, and on every visit that has one.

use leptos::prelude::*;
use shared::id::BookingId;
use shared::time::TimeRange;

use super::{Party, at_same_time};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::words::visit_words;
use crate::desk::workbench::{Sheet, Workbench};
use crate::i18n;

/// Whose visit it is or would be, and when; `None` while there is nothing to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whose.
    pub party: Party,
    /// When.
    pub range: TimeRange,
    /// The visit itself.
    pub own: BookingId,
}

/// Nothing where there is no other visit. `opens` makes a button of each: not where a form would be lost.
#[component]
pub fn SameTimeNotice(#[prop(into)] asked: Signal<Option<Asked>>, #[prop(optional)] opens: bool) -> impl IntoView {
    let bench = Workbench::expect();
    let others = Memo::new(move |_| asked.get().map(|asked| others(bench, &asked)).unwrap_or_default());
    let row = move |(id, words): (BookingId, String)| {
        if opens {
            let open = move |_| bench.open(Sheet::Visit(id));
            view! { <button class="button button--small" type="button" on:click=open>{words}</button> }.into_any()
        } else {
            view! { <strong>{words}</strong> }.into_any()
        }
    };
    view! {
        <Show when=move || others.with(|others| !others.is_empty())>
            <div class="panel__notice" role="status">
                <Icon name="people" />
                <div class="stack stack--tight">
                    <span>{move || i18n::desk().visit.same_time}</span>
                    <Rows each=move || others.get() key=|other| other.clone() children=row />
                </div>
            </div>
        </Show>
    }
}

/// Tracked: `林小满 · 今天 14:00 · 阿杰`, with the name of the store where it is another one.
fn others(bench: Workbench, asked: &Asked) -> Vec<(BookingId, String)> {
    let (view, today, here) = (bench.replica.view(), bench.calendar_date(), bench.store().map(|store| store.id));
    let words = |booking: &shared::booking::Booking| {
        let words = visit_words(&view, booking, today)?;
        let store = view.catalogue.stores.get(&booking.store).filter(|store| Some(store.id) != here);
        Some(store.map_or_else(|| words.clone(), |store| format!("{words} · {}", i18n::name(&store.name))))
    };
    let found = at_same_time(&view, &asked.party, asked.range, asked.own);
    found.into_iter().filter_map(|booking| Some((booking.id, words(booking)?))).collect()
}
