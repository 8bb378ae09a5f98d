//! Above the board: how many wait for this day, and whether somebody has yet to answer. Opens the drawer.

use leptos::prelude::*;
use shared::time::{TimeRange, Timestamp};
use shared::view::WaitingFor;

use crate::components::icon::Icon;
use crate::desk::workbench::{Sheet, Workbench};
use crate::i18n;

/// How many wait: for the day on the board, of these with an offer, and for other days to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    here: usize,
    offered: usize,
    elsewhere: usize,
}

/// Nothing where nobody waits.
#[component]
pub fn WaitlistStrip() -> impl IntoView {
    let bench = Workbench::expect();
    let count = Memo::new(move |_| count(bench));
    let rest = move || {
        let (count, words) = (count.get(), i18n::waitlist());
        let offered = (count.offered > 0).then(|| (words.offered_count)(count.offered));
        let elsewhere = (count.elsewhere > 0).then(|| (words.other_days)(count.elsewhere));
        offered.into_iter().chain(elsewhere).collect::<Vec<_>>().join(" · ")
    };
    view! {
        <Show when=move || count.get() != Count::default()>
            <div class="waiting">
                <button
                    class="waiting__item"
                    class:waiting__item--long=move || count.get().offered != 0
                    type="button"
                    on:click=move |_| bench.open(Sheet::Waitlist)
                >
                    <Icon name="list" size="small" />
                    <span>
                        <span class="waiting__name">{move || (i18n::waitlist().waiting)(count.get().here)}</span>
                        <span class="waiting__what">{rest}</span>
                    </span>
                </button>
            </div>
        </Show>
    }
}

fn count(bench: Workbench) -> Count {
    let Some(store) = bench.store() else { return Count::default() };
    let (view, day, now) = (bench.replica.view(), store.zone.day(bench.date()), bench.minute());
    let mut count = Count::default();
    for entry in view.waiting_for(WaitingFor { store: store.id, starts: TimeRange { start: now, end: Timestamp(i64::MAX) } }) {
        if !entry.starts.overlaps(&day) {
            count.elsewhere += 1;
            continue;
        }
        count.here += 1;
        count.offered += usize::from(entry.offer().is_some());
    }
    count
}
