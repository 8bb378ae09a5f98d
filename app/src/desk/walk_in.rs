//! A walk-in 散客: what they want is enough; they wait, or sit down at once. Who is pushed or overtaken by that is asked about first.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::{CancelledBy, Subject};
use shared::command::{Cancel, Command, SeatWalkIn, Start};
use shared::id::{BookingId, ServiceId};
use shared::staff_preference::StaffPreference;
use shared::store::Store;
use shared::time::{MINUTE, Timestamp};
use shared::visit_request::RequestedLine;

use super::booking_form::guest::looks_like_number;
use super::booking_form::staff_preferences::StaffPreferences;
use super::booking_form::{PreferencePicker, ServicePicker};
use super::done::{About, Done};
use super::free_now::proposed;
use super::walk_in_turn::WalkInTurn;
use super::words::guest_word;
use super::workbench::{Sheet, Workbench};
use crate::components::icon::Icon;
use crate::desk::problem::Problem;
use crate::desk::sheet_frame::SheetFrame;
use crate::i18n;
use crate::state::SubmitError;

#[derive(Clone, Copy)]
struct WalkIn {
    bench: Workbench,
    booking: BookingId,
    name: RwSignal<String>,
    /// A name of digits is meant.
    is_sure: RwSignal<bool>,
    services: RwSignal<Vec<ServiceId>>,
    staff_preferences: RwSignal<StaffPreferences>,
    problem: RwSignal<Option<SubmitError>>,
    is_busy: RwSignal<bool>,
}

impl WalkIn {
    /// Tracked: digits, like the end of a phone number.
    fn looks_like_number(self) -> bool {
        !self.is_sure.get() && self.name.with(|name| looks_like_number(name))
    }

    /// Tracked: something is missing, or must be looked at again.
    fn lacks(self) -> bool {
        self.services.with(Vec::is_empty) || self.looks_like_number() || self.is_busy.get()
    }
}

/// The side sheet of a walk-in.
#[component]
pub fn WalkInForm() -> impl IntoView {
    let bench = Workbench::expect();
    let form = WalkIn {
        bench,
        booking: bench.replica.new_id(),
        name: RwSignal::default(),
        is_sure: RwSignal::new(false),
        services: RwSignal::default(),
        staff_preferences: RwSignal::new(StaffPreferences::for_visit(StaffPreference::Any)),
        problem: RwSignal::new(None),
        is_busy: RwSignal::new(false),
    };
    let today = RwSignal::new(untrack(|| bench.today()));
    let words = || &i18n::desk().walk_in;
    let lacks = Memo::new(move |_| form.lacks());
    // With what is chosen so far; whoever it is has the same turn.
    let arrives = Signal::derive(move || {
        form.services.track();
        form.staff_preferences.track();
        untrack(|| arrival(form)).map(|(_, arrives, _)| arrives)
    });
    view! {
        <SheetFrame title=Signal::derive(|| i18n::desk().walk_in.title.to_owned())>
            <form class="panel__body form" id="walk-in-form" on:submit=move |event| { event.prevent_default(); wait(form); }>
                <ServicePicker services=form.services />
                <PreferencePicker services=form.services staff_preferences=form.staff_preferences date=today />
                <WalkInTurn arrives />
                <NameField form />
                <Problem text=Signal::derive(move || form.problem.get().map(|error| i18n::refusals().submit(&error))) />
            </form>
            <div class="panel__foot">
                <button class="button button--large" type="submit" form="walk-in-form" disabled=move || lacks.get()>
                    <Icon name="hourglass" size="small" />
                    {move || words().wait}
                </button>
                <button
                    class="button button--primary button--large"
                    type="button"
                    disabled=move || lacks.get()
                    on:click=move |_| seat(form)
                >
                    <Icon name="start" size="small" />
                    {move || words().seat_now}
                </button>
            </div>
        </SheetFrame>
    }
}

#[component]
fn NameField(form: WalkIn) -> impl IntoView {
    let words = || &i18n::desk().walk_in;
    let name = form.name;
    let typed = move |event| {
        form.is_sure.set(false);
        name.set(event_target_value(&event));
    };
    let is_number = Memo::new(move |_| form.looks_like_number());
    view! {
        <div class="field">
            <label class="field__label" for="walk-in-name">
                {move || words().name} " " <span class="field__optional">{move || i18n::desk().form.optional}</span>
            </label>
            <input
                class="input"
                id="walk-in-name"
                type="text"
                autocomplete="off"
                maxlength="40"
                aria-invalid=move || is_number.get().to_string()
                prop:value=move || name.get()
                on:input=typed
            />
            <Show when=move || is_number.get()>
                <div class="row row--between row--wrap">
                    <p class="field__error" role="status">{move || (words().looks_like_number)(name.get().trim())}</p>
                    <button class="button button--small" type="button" on:click=move |_| form.is_sure.set(true)>
                        {move || (i18n::desk().form.is_the_name)(name.get().trim())}
                    </button>
                </div>
            </Show>
        </div>
    }
}

/// The commands that say that somebody is here, and what a message says of them.
fn arrival(form: WalkIn) -> Option<(Store, Command, About)> {
    let bench = form.bench;
    let store = bench.store_now().filter(|_| untrack(|| !form.lacks()))?;
    let name = form.name.get_untracked().trim().to_owned();
    let starts_at = Timestamp(bench.replica.clock().0.div_euclid(MINUTE) * MINUTE);
    let lines = lines(form, &store, starts_at, &Subject::Guest { name: name.clone().into() });
    let seat = Command::SeatWalkIn(SeatWalkIn { store: store.id, booking: form.booking, lines, note: "".into() });
    Some(((*store).clone(), seat, About::visit(form.booking, guest_word(Some(&name)))))
}

fn wait(form: WalkIn) {
    let Some((store, arrives, about)) = arrival(form) else { return };
    let reason = i18n::desk().done.undo_reason.to_owned();
    let undo = Command::Cancel(Cancel { store: store.id, booking: form.booking, by: CancelledBy::Store, reason: reason.into() });
    let done = Done::new("hourglass", i18n::desk().done.waiting, about).undo(vec![undo]).close();
    form.is_busy.set(true);
    spawn_local(async move {
        form.bench.give_last(arrives, done, form.problem).await;
        form.is_busy.try_set(false);
    });
}

/// Asks first where somebody is pushed or overtaken.
fn seat(form: WalkIn) {
    let bench = form.bench;
    let Some((store, arrives, _)) = arrival(form) else { return };
    let view = match bench.replica.foresee(std::slice::from_ref(&arrives)) {
        Ok((mut view, arrival)) => {
            arrival.changes.iter().for_each(|change| Arc::make_mut(&mut view).apply(change));
            view
        }
        // What cannot be foreseen is told when it is given.
        Err(_) => bench.replica.view_now(),
    };
    let waiting = view.bookings.get(&form.booking);
    let staff = waiting.and_then(|waiting| proposed(&view, &store, waiting, bench.replica.clock()));
    let start = Command::Start(Start { store: store.id, booking: form.booking, staff, override_reason: None });
    let go_on = Callback::new(move |()| seat_at_once(form));
    bench.seat_now(&[arrives, start], (form.booking, staff), go_on, Some(Callback::new(move |()| wait(form))));
}

/// They are a fact, and are told first: whatever happens to the start, they wait. So a start that was not taken leaves this form
/// for the panel of the guest who waits, with the reason.
fn seat_at_once(form: WalkIn) {
    let Some((store, arrives, about)) = arrival(form) else { return };
    form.is_busy.set(true);
    spawn_local(async move {
        if form.bench.give_first(arrives, form.problem).await {
            start(form.bench, &store, form.booking, about).await;
        }
        form.is_busy.try_set(false);
    });
}

/// With whoever is on the screen, so that the server, which hears of it later, does not pick somebody else.
async fn start(bench: Workbench, store: &Store, booking: BookingId, about: About) {
    let view = bench.replica.view_now();
    let waiting = view.bookings.get(&booking);
    let staff = waiting.and_then(|waiting| proposed(&view, store, waiting, bench.replica.clock()));
    let command = Command::Start(Start { store: store.id, booking, staff, override_reason: None });
    let done = Done::new("start", i18n::desk().done.started, about).close();
    if !bench.give_last(command, done, bench.visit_problem).await {
        let why = bench.visit_problem.get_untracked();
        bench.open(Sheet::Visit(booking));
        bench.visit_problem.set(why);
    }
}

fn lines(form: WalkIn, store: &Store, starts_at: Timestamp, subject: &Subject) -> Vec<RequestedLine> {
    let view = form.bench.replica.view_now();
    let services = form.services.get_untracked();
    let mut at = starts_at;
    let mut lines = Vec::new();
    for id in services.iter().copied() {
        let Some(service) = view.catalogue.services.get(&id) else { continue };
        let staff_preference =
            form.staff_preferences.with_untracked(|staff_preferences| staff_preferences.of(&view, store.id, id, &services));
        lines.push(RequestedLine {
            service: id,
            subject: subject.clone(),
            payer: None,
            staff_preference,
            starts_at: at,
            seen_price: service.price,
        });
        at = at.plus_minutes(i64::from(shared::part::total_minutes(&service.parts)));
    }
    lines
}
