//! One entry: the frame they share, and the simple kinds.

use leptos::prelude::*;
use shared::attention::{Attention, AttentionKind};
use shared::id::{AttentionId, BookingId, StoreId};
use shared::role::Permission;
use shared::time::TimeRange;

use super::booking_side::{BookingSide, CallBooking, OpenBooking};
use super::displaced::Displaced;
use super::request::Request;
use super::superseded::SupersededEdit;
use super::uncovered::UncoveredVisits;
use crate::components::icon::Icon;
use crate::desk::attention::entry_frame::{EntryFrame, ResolveButton, name_title};
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
        AttentionKind::Uncovered { gaps } => view! { <UncoveredVisits entry=(id, store) gaps raised_at /> }.into_any(),
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
