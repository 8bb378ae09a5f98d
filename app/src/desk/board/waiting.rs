//! The people in the shop who are not in a chair yet.

use std::sync::Arc;

use leptos::prelude::*;
use shared::noun::KEPT_DAYS;

use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::day::{DayBoard, Unfinished, WaitingGuest};
use crate::desk::words::guest_word;
use crate::desk::workbench::{Sheet, Workbench};
use crate::i18n::{self, format};

/// From so many minutes on a wait is too long.
const LONG_WAIT_MINUTES: i64 = 20;

/// Longest wait first. A day without anything says so kindly.
#[component]
pub fn WaitingStrip(day: Memo<Arc<DayBoard>>) -> impl IntoView {
    let guests = Memo::new(move |_| day.with(|day| day.waiting.clone()));
    let bench = Workbench::expect();
    let is_old = Memo::new(move |_| bench.date() < bench.today().plus_days(-KEPT_DAYS));
    let is_quiet = Memo::new(move |_| {
        !is_old.get()
            && day.with(|day| day.waiting.is_empty() && !day.columns.is_empty() && day.columns.iter().all(|column| column.visits == 0))
    });
    let words = || &i18n::desk().board;
    let item = move |guest: WaitingGuest| {
        let current = Memo::new(move |_| {
            guests.with(|guests| guests.iter().find(|other| other.booking == guest.booking).cloned()).unwrap_or_else(|| guest.clone())
        });
        view! { <WaitingItem guest=current /> }
    };
    view! {
        <Show when=move || is_quiet.get()>
            <div class="waiting"><p class="note">{move || words().quiet_day}</p></div>
        </Show>
        <Show when=move || is_old.get()>
            <div class="waiting"><p class="note">{move || (words().old_day)(KEPT_DAYS)}</p></div>
        </Show>
        <UnfinishedStrip day />
        <Show when=move || guests.with(|guests| !guests.is_empty())>
            <div class="waiting" role="group" aria-label=move || words().waiting>
                <span class="waiting__label">
                    <Icon name="hourglass" size="small" />
                    {move || words().waiting}
                    " "
                    <b>{move || guests.with(Vec::len)}</b>
                </span>
                <Rows each=move || guests.get() key=|guest| guest.booking children=item />
            </div>
        </Show>
    }
}

/// Visits of earlier days that are still going on by the book: somebody has to say that they are over.
#[component]
fn UnfinishedStrip(day: Memo<Arc<DayBoard>>) -> impl IntoView {
    let bench = Workbench::expect();
    let visits = Memo::new(move |_| day.with(|day| day.unfinished.clone()));
    let words = || &i18n::desk().board;
    let item = move |visit: Unfinished| {
        let when = move || bench.store().map(|store| format::date_time(&store.zone, visit.starts_at));
        view! {
            <button class="waiting__item waiting__item--long" type="button" on:click=move |_| bench.open(Sheet::Visit(visit.booking))>
                <span>
                    <span class="waiting__name">{move || guest_word(visit.who.as_deref())}</span>
                    <span class="waiting__what">{when}</span>
                </span>
            </button>
        }
    };
    view! {
        <Show when=move || visits.with(|visits| !visits.is_empty())>
            <div class="waiting" role="group" aria-label=move || words().unfinished>
                <span class="waiting__label"><Icon name="attention" size="small" />{move || words().unfinished}</span>
                <Rows each=move || visits.get() key=|visit| (visit.booking, visit.who.clone()) children=item />
            </div>
        </Show>
    }
}

#[component]
fn WaitingItem(guest: Memo<WaitingGuest>) -> impl IntoView {
    let bench = Workbench::expect();
    let booking = guest.with_untracked(|guest| guest.booking);
    let words = || &i18n::desk().board;
    let what = move || guest.with(|guest| format!("{} · {}", guest.what, guest.staff.as_deref().unwrap_or(words().anybody)));
    view! {
        <button
            class="waiting__item"
            class:waiting__item--long=move || guest.with(|guest| guest.minutes >= LONG_WAIT_MINUTES)
            type="button"
            on:click=move |_| bench.open(Sheet::Visit(booking))
        >
            <span>
                <span class="waiting__name">{move || guest.with(|guest| guest_word(guest.who.as_deref()))}</span>
                <span class="waiting__what">{what}</span>
            </span>
            {move || guest.with(|guest| guest.unsent).then(|| view! { <Icon name="cloud-off" size="small" /> })}
            <span class="waiting__minutes">{move || guest.with(|guest| guest.minutes)}<small>{move || words().minutes}</small></span>
        </button>
    }
}
