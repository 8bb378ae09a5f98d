//! The waitlist 候补: a strip above the board, the drawer, and the form for one more.

pub mod join_form;
mod offer;
mod queue;
mod row;
pub(super) mod strip;

use leptos::prelude::*;
use shared::time::LocalDate;
use shared::waitlist_entry::OFFER_MINUTES;

use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::date_picker::DatePicker;
use crate::desk::sheet_frame::SheetFrame;
use crate::desk::workbench::{Prefill, Sheet, Workbench};
use crate::i18n;
use crate::state::Link;

use queue::{Queued, of_day};
use row::QueueRow;

/// The side sheet: those who wait for a day, in the order in which offers are made.
#[component]
pub fn WaitlistSheet() -> impl IntoView {
    let bench = Workbench::expect();
    let date = RwSignal::new(untrack(|| bench.date().max(bench.today())));
    let queue = Memo::new(move |_| {
        let Some(store) = bench.store() else { return Vec::new() };
        of_day(&bench.replica.view(), &store, date.get(), bench.minute())
    });
    let is_offline = Memo::new(move |_| !matches!(bench.replica.link(), Link::Online | Link::Syncing));
    let today = Signal::derive(move || bench.today());
    let row = move |queued: Queued| {
        let id = queued.entry.id;
        let current = Memo::new(move |_| {
            queue.with(|queue| queue.iter().find(|other| other.entry.id == id).cloned()).unwrap_or_else(|| queued.clone())
        });
        view! { <QueueRow queued=current is_offline /> }
    };
    let add = move |_| bench.open(Sheet::JoinWaitlist(Prefill { starts_at: noon(bench, date.get_untracked()), ..Prefill::default() }));
    view! {
        <SheetFrame title=i18n::text(|| i18n::waitlist().title)>
            <div class="panel__body">
                <DatePicker date today on_choose=Callback::new(move |day: LocalDate| date.set(day)) />
                <p class="note">{move || (i18n::waitlist().rule)(OFFER_MINUTES)}</p>
                <Show when=move || is_offline.get()>
                    <p class="note" role="status">{move || i18n::waitlist().offline}</p>
                </Show>
                <Show
                    when=move || !queue.with(Vec::is_empty)
                    fallback=move || view! { <p class="note">{move || i18n::waitlist().empty}</p> }
                >
                    <ol class="waitlist"><Rows each=move || queue.get() key=|queued| queued.entry.id children=row /></ol>
                </Show>
            </div>
            <div class="panel__foot">
                <button class="button button--large" type="button" on:click=add>
                    <Icon name="plus" size="small" />
                    {move || i18n::waitlist().add}
                </button>
            </div>
        </SheetFrame>
    }
}

/// A time that stands for a day.
pub(super) fn noon(bench: Workbench, date: LocalDate) -> Option<shared::time::Timestamp> {
    bench.store_now().map(|store| store.zone.instant(date, 12 * 60))
}
