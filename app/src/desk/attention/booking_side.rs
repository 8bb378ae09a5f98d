//! One booking as a side of a decision: when, what, for whom, entered by whom and where; opening it and calling the guest.

use leptos::prelude::*;
use shared::booking::{Booking, Subject};
use shared::id::BookingId;

use crate::components::icon::Icon;
use crate::desk::call_link::CallLink;
use crate::desk::command_words::booking_name;
use crate::desk::day::Unsent;
use crate::desk::done::About;
use crate::desk::words::{channel_word, status_word};
use crate::desk::workbench::{Sheet, Workbench};
use crate::i18n::{self, format};

/// A box with the booking in it.
#[component]
pub(super) fn BookingSide(
    booking: BookingId,
    #[prop(into)] label: Signal<String>,
    /// It has what both want.
    #[prop(optional)]
    is_kept: bool,
) -> impl IntoView {
    let bench = Workbench::expect();
    let record = Memo::new(move |_| bench.replica.view().bookings.get(&booking).cloned());
    let when = move || {
        record.get().zip(bench.store()).map(|(booking, store)| {
            format!("{}–{}", format::date_time(&store.zone, booking.starts_at), format::time(&store.zone, booking.ends_at))
        })
    };
    let what = move || record.get().map(|booking| what_text(bench, &booking));
    let who = move || record.get().map(|booking| who_text(bench, &booking));
    let status = move || {
        let unsent = Unsent::of(&bench.replica.waiting(), &bench.replica.confirmed_view());
        record.get().map(|booking| unsent.status(&booking))
    };
    view! {
        <div class="version" class:version--kept=is_kept>
            <span class="version__label">{label}</span>
            <span class="version__value">{when}</span>
            <span>{what}</span>
            <span class="version__who">{who}</span>
            {move || status().map(|status| view! {
                <span class="status status--plain" data-status=status.slug()><Icon name=status.icon() />{move || status_word(status)}</span>
            })}
            <Show when=move || record.with(Option::is_none)><span class="muted">{move || i18n::inbox().unknown_booking}</span></Show>
        </div>
    }
}

/// `林小满 · 精剪 · 阿杰`
pub(super) fn what_text(bench: Workbench, booking: &Booking) -> String {
    let view = bench.replica.view();
    let services =
        booking.lines.iter().filter_map(|line| view.catalogue.services.get(&line.service)).map(|service| i18n::name(&service.name));
    let mut staff: Vec<String> = booking
        .lines
        .iter()
        .filter_map(|line| line.staff)
        .filter_map(|id| view.catalogue.staff.get(&id))
        .map(|staff| i18n::name(&staff.name))
        .collect();
    staff.dedup();
    let parts = [booking_name(booking.id, &view), services.collect::<Vec<_>>().join(" + "), staff.join(" / ")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// `会员端 · 11月20日 周五 21:14`
fn who_text(bench: Workbench, booking: &Booking) -> String {
    let at = bench.store().map(|store| format::date_time(&store.zone, booking.made_at)).unwrap_or_default();
    format!("{} · {at}", channel_word(booking.channel))
}

/// What a message about a booking says of it.
pub(super) fn about_visit(bench: Workbench, booking: BookingId) -> About {
    About::visit(booking, booking_name(booking, &bench.replica.view_now()))
}

/// Opens the booking beside the inbox: everything can be done there.
#[component]
pub(super) fn OpenBooking(booking: BookingId) -> impl IntoView {
    let bench = Workbench::expect();
    view! {
        <button class="button" type="button" on:click=move |_| bench.open(Sheet::Visit(booking))>
            <Icon name="calendar" size="small" />{move || i18n::inbox().open_booking}
        </button>
    }
}

/// A call to whom the booking is for, where the number may be seen.
#[component]
pub(super) fn CallBooking(booking: BookingId) -> impl IntoView {
    let bench = Workbench::expect();
    let member = Memo::new(move |_| {
        let view = bench.replica.view();
        let subject = view.bookings.get(&booking).and_then(|booking| booking.lines.first()).map(|line| line.subject.clone());
        match subject {
            Some(Subject::Member(member)) => view.members.get(&member).cloned(),
            _ => None,
        }
    });
    view! { <CallLink record=member /> }
}
