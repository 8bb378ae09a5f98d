//! A new booking 预约: who, what, with whom, when. Everything works from what the tablet knows.

pub mod clash;
mod draft;
mod guest;
mod services;
mod squeeze;
mod staff;
pub mod times;

use leptos::prelude::*;
use shared::booking::Subject;
use shared::command::{Book, Cancel, Command};

use super::give::Done;
use super::sheet::{Problem, SheetFrame};
use super::words::sum_text;
use super::workbench::{Prefill, Workbench};
use crate::components::icon::Icon;
use crate::i18n::{self, format};
use clash::ClashNotice;
use draft::Draft;
use guest::GuestPicker;
use squeeze::SqueezeButton;
use times::TimePicker;

pub use services::ServicePicker;
pub use staff::StaffPicker;

/// The side sheet of a new booking.
#[component]
pub fn BookingForm(prefill: Prefill) -> impl IntoView {
    let bench = Workbench::expect();
    let draft = Draft::new(bench, &prefill);
    let title = Signal::derive(|| i18n::desk().form.title.to_owned());
    let choice = draft.choice;
    view! {
        <SheetFrame title>
            <form class="panel__body form" id="booking-form" on:submit=move |event| { event.prevent_default(); book(draft); }>
                <ChosenTime draft />
                <GuestPicker guest=draft.guest />
                <ServicePicker services=draft.services />
                <StaffPicker services=draft.services wish=draft.wish date=choice.date />
                <TimePicker choice />
                <ClashNotice choice>
                    <SqueezeButton draft />
                </ClashNotice>
                <Remarks draft />
                <Problem text=Signal::derive(move || draft.problem.get().map(|error| i18n::refusals().submit(&error))) />
            </form>
            <Foot draft />
        </SheetFrame>
    }
}

/// The hero: when it will be.
#[component]
fn ChosenTime(draft: Draft) -> impl IntoView {
    let bench = draft.bench;
    move || {
        let store = bench.store()?;
        let start = draft.choice.starts_at.get()?;
        let end = start.plus_minutes(draft.minutes());
        let until = (end > start).then(|| format!("–{}", format::time(&store.zone, end)));
        let mut day = format::day(store.zone.local(start).0, bench.calendar_date());
        if let Some(person) = draft.person() {
            day = format!("{day} · {person}");
        }
        Some(view! {
            <p class="panel__when">
                <time class="time" datetime=format::machine_time(&store.zone, start)>{format::time(&store.zone, start)}<span class="time__until">{until}</span></time>
                <span class="muted">{day}</span>
            </p>
        })
    }
}

/// By phone or at the desk, and what the guest wants us to know.
#[component]
fn Remarks(draft: Draft) -> impl IntoView {
    let words = || &i18n::desk().form;
    view! {
        <div class="field">
            <label class="field__label" for="booking-note">{move || words().note} " " <span class="field__optional">{move || words().optional}</span></label>
            <textarea class="input" id="booking-note" prop:value=move || draft.note.get() on:input=move |event| draft.note.set(event_target_value(&event))></textarea>
        </div>
        <label class="check">
            <input type="checkbox" prop:checked=move || draft.by_phone.get() on:change=move |event| draft.by_phone.set(event_target_checked(&event)) />
            <span class="check__text">{move || words().by_phone}</span>
        </label>
    }
}

/// The sum and the one button.
#[component]
fn Foot(draft: Draft) -> impl IntoView {
    let words = || &i18n::desk().form;
    let sum = move || {
        let currency = draft.bench.store()?.currency;
        let prices = draft.prices();
        (!prices.is_empty()).then(|| format!("{} · {}", format::duration(draft.minutes()), sum_text(currency, &prices)))
    };
    let lacks = Memo::new(move |_| !draft.has_all());
    view! {
        <div class="panel__foot row">
            <p class="grow number" aria-live="polite">{sum}</p>
            <button class="button button--primary button--large" type="submit" form="booking-form" disabled=move || lacks.get()>
                <Icon name="check" size="small" />
                {move || words().book}
            </button>
        </div>
    }
}

fn book(draft: Draft) {
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
        note: draft.note.get_untracked().trim().to_owned(),
        terms_version: store.rules.terms_version,
        by_phone: draft.by_phone.get_untracked(),
        over: None,
    });
    let by = shared::booking::CancelledBy::Store;
    let undo = Command::Cancel(Cancel { store: store.id, booking: draft.booking, by, reason: i18n::desk().done.undo_reason.to_owned() });
    let text = (i18n::desk().done.booked)(&draft.guest_name(&subject));
    draft.give(&store, command, Done::closing("check-circle", text, vec![undo]));
}

/// Whose name a message says.
fn name_of(draft: Draft, subject: &Subject) -> Option<String> {
    match subject {
        Subject::Guest { name } => Some(name.clone()),
        Subject::Member(id) => draft.bench.replica.view_now().members.get(id).map(|member| member.name.value.clone()),
    }
}
