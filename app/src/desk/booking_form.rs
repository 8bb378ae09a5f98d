//! A new booking 预约: who, what, with whom, when. Everything works from what the tablet knows.

pub mod clash;
mod fields;
pub mod guest;
mod placing;
pub(crate) mod sentence;
mod services;
mod squeeze;
mod staff;
pub mod staff_preferences;
pub mod times;

use leptos::prelude::*;
use shared::command::{Book, Cancel, Command};

use super::done::Done;
use super::same_time::SameTimeNotice;
use super::words::sum_text;
use super::workbench::{Prefill, Sheet, Workbench};
use crate::components::icon::Icon;
use crate::desk::booking_form::sentence::about;
use crate::desk::problem::Problem;
use crate::desk::sheet_frame::SheetFrame;
use crate::i18n::{self, format};

use clash::{ClashNotice, is_about_time};
use fields::BookingFields;
use guest::GuestPicker;
use squeeze::SqueezeButton;
use times::TimePicker;

pub use services::ServicePicker;
pub use staff::{PreferencePicker, StaffChips};

/// The side sheet of a new booking.
#[component]
pub fn BookingForm(prefill: Prefill) -> impl IntoView {
    let bench = Workbench::expect();
    let draft = BookingFields::new(bench, &prefill);
    let title = Signal::derive(|| i18n::desk().form.title.to_owned());
    let choice = draft.choice;
    view! {
        <SheetFrame title>
            <form class="panel__body form" id="booking-form" on:submit=move |event| { event.prevent_default(); book(draft); }>
                <ChosenTime draft />
                <GuestPicker guest=draft.guest />
                <ServicePicker services=draft.services />
                <PreferencePicker services=draft.services staff_preferences=draft.staff_preferences date=choice.date />
                <TimePicker choice />
                <WaitInstead draft />
                <ClashNotice choice problem=draft.problem>
                    <SqueezeButton draft />
                </ClashNotice>
                <Remarks draft />
                <Problem text=Signal::derive(move || other_problem(draft)) />
            </form>
            <Foot draft />
        </SheetFrame>
    }
}

/// What went wrong, unless the times above say it.
fn other_problem(draft: BookingFields) -> Option<String> {
    draft.problem.get().filter(|error| !is_about_time(error)).map(|error| i18n::refusals().submit(&error))
}

/// The hero: when it will be, and with whom.
#[component]
fn ChosenTime(draft: BookingFields) -> impl IntoView {
    let bench = draft.bench;
    move || {
        let store = bench.store()?;
        let start = draft.choice.starts_at.get()?;
        let end = start.plus_minutes(draft.minutes());
        let until = (end > start).then(|| format!("–{}", format::time(&store.zone, end)));
        Some(view! {
            <p class="panel__when">
                <time class="time" datetime=format::machine_time(&store.zone, start)>
                    {format::time(&store.zone, start)}
                    <span class="time__until">{until}</span>
                </time>
                <span class="muted">{day_and_people(draft)}</span>
            </p>
        })
    }
}

/// Tracked: `明天 · 阿杰`.
fn day_and_people(draft: BookingFields) -> Option<String> {
    let (store, start) = (draft.bench.store()?, draft.choice.starts_at.get()?);
    let day = format::day(store.zone.local(start).0, draft.bench.calendar_date());
    Some([day, draft.people()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "))
}

/// Whom no time suits waits for one, with all that was filled in.
#[component]
fn WaitInstead(draft: BookingFields) -> impl IntoView {
    let bench = draft.bench;
    let wait = move |_| bench.open(Sheet::JoinWaitlist(draft.to_wait()));
    view! {
        <Show when=move || draft.services.with(|services| !services.is_empty())>
            <button class="button button--quiet" type="button" on:click=wait>
                <Icon name="list" size="small" />
                {move || i18n::waitlist().nothing_fits}
            </button>
        </Show>
    }
}

/// By phone or at the desk, and what the guest wants us to know.
#[component]
fn Remarks(draft: BookingFields) -> impl IntoView {
    let words = || &i18n::desk().form;
    view! {
        <div class="field">
            <label class="field__label" for="booking-note">
                {move || words().note} " " <span class="field__optional">{move || words().optional}</span>
            </label>
            <textarea
                class="input"
                id="booking-note"
                prop:value=move || draft.note.get()
                on:input=move |event| draft.note.set(event_target_value(&event))
            >

            </textarea>
        </div>
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || draft.by_phone.get()
                on:change=move |event| draft.by_phone.set(event_target_checked(&event))
            />
            <span class="check__text">{move || words().by_phone}</span>
        </label>
    }
}

/// For when, with whom and for how much, and the one button.
#[component]
fn Foot(draft: BookingFields) -> impl IntoView {
    let words = || &i18n::desk().form;
    let when = move || {
        let (store, start) = (draft.bench.store()?, draft.choice.starts_at.get()?);
        Some(format!("{} {}", format::time(&store.zone, start), day_and_people(draft)?))
    };
    let sum = move || {
        let currency = draft.bench.store()?.currency;
        let (prices, can_be_more) = draft.prices();
        let sum = sum_text(currency, &prices);
        let sum = if can_be_more { (words().price_from)(&sum) } else { sum };
        let sum = (!prices.is_empty()).then(|| format!("{} · {sum}", format::duration(draft.minutes())))?;
        Some(if draft.choice.starts_at.with(Option::is_some) { format!(" · {sum}") } else { sum })
    };
    // The reason may lie out of sight: a button that is grey says why.
    let why_not = move || draft.guest.with(|guest| guest.problem_words(draft.bench.region()));
    let lacks = Memo::new(move |_| !draft.has_all() || draft.is_busy.get());
    let label = move || if draft.is_busy.get() { words().booking } else { words().book };
    view! {
        <div class="panel__foot panel__foot--summed">
            <SameTimeNotice asked=Signal::derive(move || draft.same_time()) />
            <p class="panel__sum" aria-live="polite"><span class="strong">{when}</span>{sum}</p>
            <Show when=move || why_not().is_some()>
                <p class="panel__sum field__error">{why_not}</p>
            </Show>
            <button
                class="button button--primary button--large"
                type="submit"
                form="booking-form"
                disabled=move || lacks.get()
                aria-busy=move || draft.is_busy.get().to_string()
            >
                <Icon name="check" size="small" />
                {label}
            </button>
        </div>
    }
}

fn book(draft: BookingFields) {
    let Some(store) = draft.bench.store_now() else { return };
    if !draft.is_complete() {
        return;
    }
    let (subject, account) = draft.subject();
    let command = Command::Book(Book {
        store: store.id,
        booking: draft.booking,
        account,
        lines: draft.lines(&subject, false),
        note: draft.note.get_untracked().trim().to_owned().into(),
        terms_version: store.rules.terms_version,
        by_phone: draft.by_phone.get_untracked(),
        override_reason: None,
    });
    let by = shared::booking::CancelledBy::Store;
    let undo =
        Command::Cancel(Cancel { store: store.id, booking: draft.booking, by, reason: i18n::desk().done.undo_reason.to_owned().into() });
    let done = Done::new("check-circle", i18n::desk().done.booked, about(draft)).undo(vec![undo]).close();
    draft.give(&store, command, done);
}
