//! One entry: the frame they share, and the simple kinds.

use leptos::prelude::*;
use shared::attention::{Attention, AttentionKind};
use shared::command::{Command, ResolveAttention};
use shared::id::{AttentionId, BookingId, StoreId};
use shared::role::Permission;
use shared::time::TimeRange;

use super::booking_side::{BookingSide, CallBooking, OpenBooking};
use super::displaced::Displaced;
use super::request::Request;
use super::superseded::SupersededEdit;
use crate::components::icon::Icon;
use crate::desk::command_words::booking_name;
use crate::desk::done::Done;
use crate::desk::words::resource_name;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

#[component]
pub(super) fn Entry(entry: Attention) -> impl IntoView {
    let Attention { id, store, about, raised_at, .. } = entry;
    match about {
        AttentionKind::Displaced { booking, by } => view! { <Displaced booking by raised_at /> }.into_any(),
        AttentionKind::Request { booking } => view! { <Request booking raised_at /> }.into_any(),
        AttentionKind::Superseded { member, group } => view! { <SupersededEdit entry=(id, store) member group raised_at /> }.into_any(),
        AttentionKind::Overlap { booking } => {
            let why = i18n::text(|| i18n::inbox().overlap_why);
            view! {
                <Simple
                    entry=(id, store)
                    booking=Some(booking)
                    title=name_title(booking, |name| (i18n::inbox().overlap)(name))
                    why
                    raised_at
                />
            }
            .into_any()
        }
        AttentionKind::TwoPlaces { staff, range } => {
            let why = i18n::text(|| i18n::inbox().two_places_why);
            let bench = Workbench::expect();
            let title = Signal::derive(move || {
                let name = resource_name(&bench.replica.view(), staff.into());
                (i18n::inbox().two_places)(&name, &when(bench, range))
            });
            view! { <Simple entry=(id, store) booking=None title why raised_at /> }.into_any()
        }
        AttentionKind::Delayed { booking, minutes } => {
            let why = Signal::derive(move || (i18n::inbox().delayed_why)(&format::duration(i64::from(minutes))));
            view! {
                <Simple
                    entry=(id, store)
                    booking=Some(booking)
                    title=name_title(booking, |name| (i18n::inbox().delayed)(name))
                    why
                    raised_at
                />
            }
            .into_any()
        }
        AttentionKind::ClockShifted { booking, minutes } => {
            let why = Signal::derive(move || (i18n::inbox().clock_shifted_why)(&format::duration(i64::from(minutes.abs())), minutes > 0));
            let title = name_title(booking, |name| (i18n::inbox().clock_shifted)(name));
            view! { <Simple entry=(id, store) booking=Some(booking) title why raised_at /> }.into_any()
        }
        AttentionKind::Imported { overlaps, paid_no_shows, rejected, unclear } => {
            let found = Signal::derive(move || (i18n::inbox().imported_why)(overlaps, paid_no_shows, rejected, unclear));
            view! { <Imported entry=(id, store) found raised_at /> }.into_any()
        }
    }
}

/// `明天 14:00–15:00`, as the store reads its clock. Tracked.
fn when(bench: Workbench, range: TimeRange) -> String {
    let Some(store) = bench.store() else { return String::new() };
    let day = format::day(store.zone.local(range.start).0, bench.calendar_date());
    format!("{day} {}", format::time_range(&store.zone, range.start, range.end))
}

/// A title with the guest's name in it.
pub(super) fn name_title(booking: BookingId, title: fn(&str) -> String) -> Signal<String> {
    let bench = Workbench::expect();
    Signal::derive(move || title(&booking_name(booking, &bench.replica.view())))
}

/// Icon, what it is, why, how old; below it what the kind needs.
#[component]
pub(super) fn EntryFrame(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] why: Signal<String>,
    raised_at: shared::time::Timestamp,
    children: Children,
) -> impl IntoView {
    let bench = Workbench::expect();
    view! {
        <article class="attention">
            <div class="attention__head">
                <Icon name="attention" />
                <div>
                    <h2 class="attention__title">{title}</h2>
                    <p class="attention__why">{why}</p>
                </div>
                <time class="attention__age">{move || format::ago(raised_at, bench.minute())}</time>
            </div>
            {children()}
        </article>
    }
}

/// Something to look at, and "done".
#[component]
fn Simple(
    entry: (AttentionId, StoreId),
    booking: Option<BookingId>,
    title: Signal<String>,
    why: Signal<String>,
    raised_at: shared::time::Timestamp,
) -> impl IntoView {
    let side = booking
        .map(|booking| view! { <div class="versions"><BookingSide booking label=i18n::text(|| i18n::inbox().this_booking) /></div> });
    let ways = booking.map(|booking| view! { <OpenBooking booking /><CallBooking booking /> });
    view! {
        <EntryFrame title why raised_at>
            {side}
            <div class="attention__actions">
                <ResolveButton entry />
                {ways}
            </div>
        </EntryFrame>
    }
}

/// What an import brought, and the way to the hours and the roster it could only guess.
#[component]
fn Imported(entry: (AttentionId, StoreId), found: Signal<String>, raised_at: shared::time::Timestamp) -> impl IntoView {
    let bench = Workbench::expect();
    view! {
        <EntryFrame title=i18n::text(|| i18n::inbox().imported) why=found raised_at>
            <p>{move || i18n::inbox().imported_roster}</p>
            <div class="attention__actions">
                <ResolveButton entry />
                <Show when=move || bench.may(Permission::ManageStore)>
                    <a class="button" href="/desk/set-up"><Icon name="settings" size="small" />{move || i18n::inbox().imported_check}</a>
                </Show>
            </div>
        </EntryFrame>
    }
}

/// 已处理: a person has seen to it.
#[component]
pub(super) fn ResolveButton(
    entry: (AttentionId, StoreId),
    /// Another word than 已处理.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let (attention, store) = entry;
    let resolve = move |_| {
        let done = Done::said("check", i18n::inbox().resolved);
        bench.give_aloud(Command::ResolveAttention(ResolveAttention { store, attention }), done);
    };
    view! {
        <button class="button" type="button" on:click=resolve>
            <Icon name="check" size="small" />{move || label.map_or_else(|| i18n::inbox().resolve.to_owned(), |label| label.get())}
        </button>
    }
}
