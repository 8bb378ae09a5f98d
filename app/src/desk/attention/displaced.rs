//! A promise that had to give way: who has the time now, three times to offer, a call, or the end of it.

use leptos::prelude::*;
use shared::booking::{Alternative, CancelledBy};
use shared::command::{AcceptAlternative, Cancel, Command};
use shared::id::BookingId;
use shared::time::Timestamp;

use super::booking_side::{BookingSide, CallBooking, OpenBooking, about_visit};
use crate::components::alternatives::{Alternatives, NearbyTime};
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::desk::attention::entry_frame::{EntryFrame, name_title};
use crate::desk::attention::give_problem::GiveProblem;
use crate::desk::done::Done;
use crate::desk::reason_dialog::ReasonForm;
use crate::desk::still_free::still_free;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};
use crate::state::SubmitError;

#[component]
pub(super) fn Displaced(booking: BookingId, by: Option<BookingId>, raised_at: Timestamp) -> impl IntoView {
    let problem = RwSignal::new(None::<SubmitError>);
    let why = i18n::text(|| i18n::inbox().displaced_why);
    let title = match by {
        Some(_) => name_title(booking, |name| (i18n::inbox().displaced)(name)),
        None => name_title(booking, |name| (i18n::inbox().to_rebook)(name)),
    };
    view! {
        <EntryFrame title why raised_at>
            <div class="versions">
                {by.map(|by| view! { <BookingSide booking=by label=i18n::text(|| i18n::inbox().has_the_time) is_kept=true /> })}
                <BookingSide booking label=i18n::text(|| i18n::inbox().had_to_give_way) />
            </div>
            <Offers booking problem />
            <GiveProblem problem />
            <div class="attention__actions">
                <CallBooking booking />
                <OpenBooking booking />
                <CancelForStore booking problem />
            </div>
        </EntryFrame>
    }
}

/// The times that were found; one tap takes it for the guest.
#[component]
fn Offers(booking: BookingId, problem: RwSignal<Option<SubmitError>>) -> impl IntoView {
    let bench = Workbench::expect();
    let times = Memo::new(move |_| {
        let view = bench.replica.view();
        let Some(booking) = view.bookings.get(&booking) else { return Vec::new() };
        still_free(&view, booking, bench.minute()).into_iter().map(|offer| nearby(bench, offer)).collect::<Vec<_>>()
    });
    let accept = Callback::new(move |starts_at: Timestamp| {
        let Some(store) = bench.store_now() else { return };
        let done = Done::new("check", i18n::desk().done.moved, about_visit(bench, booking));
        bench.give(Command::AcceptAlternative(AcceptAlternative { store: store.id, booking, starts_at }), done, problem);
    });
    let text = i18n::text(|| i18n::inbox().offers_text);
    view! {
        <Show when=move || !times.with(Vec::is_empty) fallback=|| view! { <p class="muted">{move || i18n::inbox().no_offers}</p> }>
            <Alternatives title=i18n::text(|| i18n::inbox().offers) text times on_choose=accept />
        </Show>
    }
}

/// A time with its day and who would do it. Tracked.
pub(super) fn nearby(bench: Workbench, offer: &Alternative) -> NearbyTime {
    let view = bench.replica.view();
    let staff = offer.staff.iter().filter_map(|id| view.catalogue.staff.get(id)).map(|staff| i18n::name(&staff.name));
    let mut who: Vec<String> = staff.collect();
    who.dedup();
    let store = bench.store();
    let day = store.as_ref().map(|store| format::day(store.zone.local(offer.starts_at).0, bench.calendar_date())).unwrap_or_default();
    let time = store.as_ref().map(|store| format::time(&store.zone, offer.starts_at)).unwrap_or_default();
    NearbyTime { starts_at: offer.starts_at, day, time, who: who.join(" / ") }
}

/// Nothing brings it back and the guest is told, so it asks first.
#[component]
fn CancelForStore(booking: BookingId, problem: RwSignal<Option<SubmitError>>) -> impl IntoView {
    let bench = Workbench::expect();
    let is_asking = RwSignal::new(false);
    let close = Callback::new(move |()| is_asking.set(false));
    let cancel = Callback::new(move |reason: String| {
        is_asking.set(false);
        let Some(store) = bench.store_now() else { return };
        let command = Cancel { store: store.id, booking, by: CancelledBy::Store, reason: reason.into() };
        let done = Done::new("cancel", i18n::desk().done.cancelled, about_visit(bench, booking));
        bench.give(Command::Cancel(command), done, problem);
    });
    view! {
        <button class="button button--danger" type="button" on:click=move |_| is_asking.set(true)>
            <Icon name="cancel" size="small" />{move || i18n::inbox().cancel_booking}
        </button>
        <Show when=move || is_asking.get()>
            <Dialog title=i18n::text(|| i18n::desk().call_off.title) on_close=close>
                <ReasonForm on_give=cancel on_close=close words=|| &i18n::desk().call_off />
            </Dialog>
        </Show>
    }
}
