//! A walk-in 散客: what they want is enough; they wait, or sit down at once.

use leptos::prelude::*;
use shared::booking::{CancelledBy, StaffWish, Subject};
use shared::command::{Cancel, Command, NewLine, SeatWalkIn, Start};
use shared::id::{BookingId, ServiceId};
use shared::time::{MINUTE, Timestamp};

use super::booking_form::{ServicePicker, StaffPicker};
use super::give::Done;
use super::sheet::{Problem, SheetFrame};
use super::words::guest_word;
use super::workbench::Workbench;
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
            <input class="input" id="walk-in-name" type="text" autocomplete="off" maxlength="40" prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event)) />
        </div>
    }
}

/// They are a fact; sitting down over somebody's promise asks for a reason, and until then they wait.
fn give(form: WalkIn, seat_now: bool) {
    let Some(store) = form.bench.store_now() else { return };
    if form.services.with_untracked(Vec::is_empty) {
        return;
    }
    let name = form.name.get_untracked().trim().to_owned();
    let starts_at = Timestamp(form.bench.replica.clock().0.div_euclid(MINUTE) * MINUTE);
    let (store, booking) = (store.id, form.booking);
    let lines = lines(form, starts_at, &Subject::Guest { name: name.clone() });
    let seat = Command::SeatWalkIn(SeatWalkIn { store, booking, lines, note: String::new() });
    let start = seat_now.then_some(Command::Start(Start { store, booking, staff: None, over: None }));
    let reason = i18n::desk().done.undo_reason.to_owned();
    let undo = (!seat_now).then_some(Command::Cancel(Cancel { store, booking, by: CancelledBy::Store, reason }));
    let done = &i18n::desk().done;
    let text = if seat_now { (done.started)(&guest_word(Some(&name))) } else { (done.waiting)(&guest_word(Some(&name))) };
    let icon = if seat_now { "start" } else { "hourglass" };
    // Told already and only the start was refused: do not tell again.
    let is_known = form.bench.replica.view_now().bookings.contains_key(&booking);
    let commands = (!is_known).then_some(seat).into_iter().chain(start).collect();
    form.bench.give_all(commands, Done { icon, text, undo, close: true }, form.problem);
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
