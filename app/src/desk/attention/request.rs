//! A request that waits for the desk's answer: yes, or no with a reason.

use leptos::prelude::*;
use shared::booking::Booking;
use shared::command::{Command, Confirm, Decline};
use shared::id::BookingId;
use shared::placement::visit_time;
use shared::time::Timestamp;

use super::booking_side::{BookingSide, CallBooking, OpenBooking, about_visit, what_text};
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::desk::attention::entry_frame::{EntryFrame, name_title};
use crate::desk::attention::give_problem::GiveProblem;
use crate::desk::done::Done;
use crate::desk::reason_dialog::ReasonForm;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};
use crate::state::SubmitError;

#[component]
pub(super) fn Request(booking: BookingId, raised_at: Timestamp) -> impl IntoView {
    let bench = Workbench::expect();
    let problem = RwSignal::new(None::<SubmitError>);
    let is_asking = RwSignal::new(false);
    let confirm = move |_| {
        let Some(store) = bench.store_now() else { return };
        let done = Done::new("check-circle", i18n::desk().done.confirmed, about_visit(bench, booking));
        bench.give(Command::Confirm(Confirm { store: store.id, booking }), done, problem);
    };
    let decline = Callback::new(move |reason: String| {
        is_asking.set(false);
        let Some(store) = bench.store_now() else { return };
        let done = Done::new("cancel", i18n::desk().done.declined, about_visit(bench, booking));
        bench.give(Command::Decline(Decline { store: store.id, booking, reason: reason.into() }), done, problem);
    });
    let close = Callback::new(move |()| is_asking.set(false));
    let promised = Memo::new(move |_| promised_words(bench, booking));
    let is_move = move || promised.with(Option::is_some);
    let words = i18n::inbox;
    let asks = name_title(booking, |name| (i18n::inbox().request)(name));
    let asks_to_move = name_title(booking, |name| (i18n::inbox().request_move)(name));
    let title = Signal::derive(move || if is_move() { asks_to_move.get() } else { asks.get() });
    let why = Signal::derive(move || if is_move() { words().request_move_why } else { words().request_why }.to_owned());
    let label = Signal::derive(move || if is_move() { words().wished } else { words().this_booking }.to_owned());
    view! {
        <EntryFrame title why raised_at>
            <div class="versions">
                <Show when=move || promised.with(Option::is_some)>
                    <div class="version">
                        <span class="version__label">{move || i18n::inbox().promised}</span>
                        <span class="version__value">{move || promised.get().map(|(when, _)| when)}</span>
                        <span>{move || promised.get().map(|(_, what)| what)}</span>
                    </div>
                </Show>
                <BookingSide booking label />
            </div>
            <GiveProblem problem />
            <div class="attention__actions">
                <button class="button button--decide" type="button" on:click=confirm>
                    <Icon name="check" size="small" />{move || i18n::inbox().confirm}
                </button>
                <button class="button" type="button" on:click=move |_| is_asking.set(true)>{move || i18n::inbox().decline}</button>
                <CallBooking booking />
                <OpenBooking booking />
            </div>
            <Show when=move || is_asking.get()>
                <Dialog title=i18n::text(|| i18n::desk().decline.title) on_close=close>
                    <ReasonForm on_give=decline on_close=close words=|| &i18n::desk().decline />
                </Dialog>
            </Show>
        </EntryFrame>
    }
}

/// Of a visit that was promised for another time: when, and what it was to be.
fn promised_words(bench: Workbench, booking: BookingId) -> Option<(String, String)> {
    let record = bench.replica.view().bookings.get(&booking).cloned()?;
    let (span, store) = visit_time::span(&record.promised).zip(bench.store())?;
    let when = format!("{}–{}", format::date_time(&store.zone, span.start), format::time(&store.zone, span.end));
    Some((when, what_text(bench, &Booking { lines: record.promised.clone(), ..record })))
}
