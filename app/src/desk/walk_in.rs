//! A walk-in 散客: what they want is enough; they wait, or sit down at once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::{CancelledBy, StaffWish, Subject};
use shared::command::{Cancel, Command, NewLine, SeatWalkIn, Start};
use shared::id::{BookingId, ServiceId};
use shared::store::Store;
use shared::time::{MINUTE, Timestamp};

use super::booking_form::{ServicePicker, StaffPicker};
use super::free_now::proposed;
use super::give::Done;
use super::sheet::{Problem, SheetFrame};
use super::words::guest_word;
use super::workbench::{Sheet, Workbench};
use crate::components::icon::Icon;
use crate::i18n;
use crate::state::SubmitError;

#[derive(Clone, Copy)]
struct WalkIn {
    bench: Workbench,
    booking: BookingId,
    name: RwSignal<String>,
    services: RwSignal<Vec<ServiceId>>,
    wish: RwSignal<StaffWish>,
    problem: RwSignal<Option<SubmitError>>,
    is_busy: RwSignal<bool>,
}

/// The side sheet of a walk-in.
#[component]
pub fn WalkInForm() -> impl IntoView {
    let bench = Workbench::expect();
    let form = WalkIn {
        bench,
        booking: bench.replica.new_id(),
        name: RwSignal::default(),
        services: RwSignal::default(),
        wish: RwSignal::new(StaffWish::Any),
        problem: RwSignal::new(None),
        is_busy: RwSignal::new(false),
    };
    let today = RwSignal::new(untrack(|| bench.today()));
    let words = || &i18n::desk().walk_in;
    let lacks = move || form.services.with(Vec::is_empty);
    view! {
        <SheetFrame title=Signal::derive(|| i18n::desk().walk_in.title.to_owned())>
            <form class="panel__body form" id="walk-in-form" on:submit=move |event| { event.prevent_default(); give(form, false); }>
                <ServicePicker services=form.services />
                <StaffPicker services=form.services wish=form.wish date=today />
                <NameField name=form.name />
                <Problem text=Signal::derive(move || form.problem.get().map(|error| i18n::refusals().submit(&error))) />
            </form>
            <div class="panel__foot">
                <button class="button button--large" type="submit" form="walk-in-form" disabled=lacks>
                    <Icon name="hourglass" size="small" />
                    {move || words().wait}
                </button>
                <button class="button button--primary button--large" type="button" disabled=lacks on:click=move |_| give(form, true)>
                    <Icon name="start" size="small" />
                    {move || words().seat_now}
                </button>
            </div>
        </SheetFrame>
    }
}

#[component]
fn NameField(name: RwSignal<String>) -> impl IntoView {
    let words = || &i18n::desk().walk_in;
    view! {
        <div class="field">
            <label class="field__label" for="walk-in-name">{move || words().name} " " <span class="field__optional">{move || i18n::desk().form.optional}</span></label>
            <input class="input" id="walk-in-name" type="text" autocomplete="off" prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event)) />
        </div>
    }
}

/// They are a fact, and are told first: whatever happens to the start, they wait. So a start that was not taken leaves this form
/// for the panel of the guest who waits, with the reason.
fn give(form: WalkIn, seat_now: bool) {
    let bench = form.bench;
    let Some(store) = bench.store_now() else { return };
    if form.services.with_untracked(Vec::is_empty) || form.is_busy.get_untracked() {
        return;
    }
    let name = form.name.get_untracked().trim().to_owned();
    let starts_at = Timestamp(bench.replica.clock().0.div_euclid(MINUTE) * MINUTE);
    let booking = form.booking;
    let lines = lines(form, starts_at, &Subject::Guest { name: name.clone() });
    let seat = Command::SeatWalkIn(SeatWalkIn { store: store.id, booking, lines, note: String::new() });
    let guest = guest_word(Some(&name));
    form.is_busy.set(true);
    spawn_local(async move {
        if !seat_now {
            let reason = i18n::desk().done.undo_reason.to_owned();
            let undo = Command::Cancel(Cancel { store: store.id, booking, by: CancelledBy::Store, reason });
            let done = Done::closing("hourglass", (i18n::desk().done.waiting)(&guest), vec![undo]);
            bench.give_last(seat, done, form.problem).await;
        } else if bench.give_first(seat, form.problem).await {
            start(bench, &store, booking, (i18n::desk().done.started)(&guest)).await;
        }
        form.is_busy.try_set(false);
    });
}

/// With whoever is on the screen, so that the server, which hears of it later, does not pick somebody else.
async fn start(bench: Workbench, store: &Store, booking: BookingId, said: String) {
    let view = bench.replica.view_now();
    let waiting = view.bookings.get(&booking);
    let staff = waiting.and_then(|waiting| proposed(&view, store, waiting, bench.replica.clock()));
    let command = Command::Start(Start { store: store.id, booking, staff, over: None });
    if !bench.give_last(command, Done::closing("start", said, Vec::new()), bench.visit_problem).await {
        let why = bench.visit_problem.get_untracked();
        bench.open(Sheet::Visit(booking));
        bench.visit_problem.set(why);
    }
}

fn lines(form: WalkIn, starts_at: Timestamp, subject: &Subject) -> Vec<NewLine> {
    let view = form.bench.replica.view_now();
    let wish = form.wish.get_untracked();
    let mut at = starts_at;
    let mut lines = Vec::new();
    for id in form.services.get_untracked() {
        let Some(service) = view.catalogue.services.get(&id) else { continue };
        lines.push(NewLine { service: id, subject: subject.clone(), payer: None, wish, starts_at: at, seen_price: service.price });
        at = at.plus_minutes(i64::from(shared::service::total_minutes(&service.parts)));
    }
    lines
}
