//! Promises that a change has left without what they need: each with what it lacks, and the ways on.

use leptos::prelude::*;
use shared::command::{AskToRebook, Command};
use shared::coverage_gap::CoverageGap;
use shared::id::{AttentionId, BookingId, StoreId};
use shared::placement::coverage::open_gaps;
use shared::placement::rebooking::proposals;
use shared::role::Permission;
use shared::time::Timestamp;

use super::booking_side::{CallBooking, OpenBooking, about_visit};
use crate::components::alternatives::Alternatives;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::attention::entry_frame::{EntryFrame, ResolveButton};
use crate::desk::attention::give_problem::GiveProblem;
use crate::desk::done::Done;
use crate::desk::proposed::{move_there, nearby};
use crate::desk::words::{lack_text, visit_words};
use crate::desk::workbench::Workbench;
use crate::i18n;
use crate::state::SubmitError;

#[component]
pub(super) fn UncoveredVisits(entry: (AttentionId, StoreId), gaps: Vec<CoverageGap>, raised_at: Timestamp) -> impl IntoView {
    let bench = Workbench::expect();
    let open = Memo::new(move |_| open_gaps(&bench.replica.view(), entry.1, (&gaps, raised_at)));
    let title = Signal::derive(move || (i18n::inbox().uncovered.title)(open.with(Vec::len)));
    let why = i18n::text(|| i18n::inbox().uncovered.why);
    view! {
        <EntryFrame title why raised_at>
            <ul>
                <Rows each=move || open.get() key=|gap| gap.booking children=move |gap| view! { <Gap gap store=entry.1 /> } />
            </ul>
            <div class="attention__actions"><ResolveButton entry /></div>
        </EntryFrame>
    }
}

#[component]
fn Gap(gap: CoverageGap, store: StoreId) -> impl IntoView {
    let bench = Workbench::expect();
    let booking = gap.booking;
    let problem = RwSignal::new(None::<SubmitError>);
    let is_moving = RwSignal::new(false);
    let tell = move |_| {
        let reason = lack_text(&bench.replica.view_now(), gap.lack);
        let command = AskToRebook { store, booking, reason: reason.into() };
        let done = Done::new("hourglass", i18n::inbox().uncovered.told, about_visit(bench, booking));
        bench.give(Command::AskToRebook(command), done, problem);
    };
    view! {
        <li class="stake">
            <span class="stake__visit">{move || visit_text(bench, gap)}</span>
            <span class="stake__lack">{move || lack_text(&bench.replica.view(), gap.lack)}</span>
            <GiveProblem problem />
            <Show when=move || is_moving.get()><Ways booking problem /></Show>
            <div class="attention__actions">
                <button
                    class="button"
                    type="button"
                    aria-expanded=move || is_moving.get().to_string()
                    on:click=move |_| is_moving.update(|is_moving| *is_moving = !*is_moving)
                >
                    <Icon name="move" size="small" />{move || i18n::inbox().offers}
                </button>
                <Show when=move || bench.may(Permission::Override)>
                    <button class="button" type="button" on:click=tell>
                        <Icon name="hourglass" size="small" />{move || i18n::inbox().uncovered.tell}
                    </button>
                </Show>
                <OpenBooking booking />
                <CallBooking booking />
            </div>
        </li>
    }
}

/// Where it could go; one tap moves it there, and the guest is told.
#[component]
fn Ways(booking: BookingId, problem: RwSignal<Option<SubmitError>>) -> impl IntoView {
    let bench = Workbench::expect();
    let found = Memo::new(move |_| {
        let view = bench.replica.view();
        let known = view.bookings.get(&booking)?;
        Some((known.clone(), proposals(&view, known, bench.minute())))
    });
    let times = Memo::new(move |_| {
        found.with(|found| match found {
            Some((booking, proposals)) => proposals.iter().map(|proposal| nearby(bench, booking, proposal)).collect::<Vec<_>>(),
            None => Vec::new(),
        })
    });
    let choose = Callback::new(move |starts_at: Timestamp| {
        let Some((known, proposals)) = found.get_untracked() else { return };
        if let Some(chosen) = proposals.iter().find(|proposal| proposal.starts_at == starts_at) {
            let done = Done::new("check", i18n::desk().done.moved, about_visit(bench, booking));
            bench.give(move_there(&known, chosen), done, problem);
        }
    });
    let text = i18n::text(|| i18n::inbox().offers_text);
    view! {
        <Show when=move || !times.with(Vec::is_empty) fallback=|| view! { <p class="muted">{move || i18n::inbox().no_offers}</p> }>
            <Alternatives title=i18n::text(|| i18n::inbox().offers) text times on_choose=choose />
        </Show>
    }
}

/// Who, when and with whom. Tracked.
fn visit_text(bench: Workbench, gap: CoverageGap) -> String {
    let view = bench.replica.view();
    let known = view.bookings.get(&gap.booking).and_then(|booking| visit_words(&view, booking, bench.calendar_date()));
    known.unwrap_or_else(|| i18n::inbox().unknown_booking.to_owned())
}
