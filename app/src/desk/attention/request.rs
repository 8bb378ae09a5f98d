//! A request that waits for the desk's answer: yes, or no with a reason.

use leptos::prelude::*;
use shared::command::{Command, Confirm, Decline};
use shared::id::BookingId;
use shared::time::Timestamp;

use super::booking_side::{BookingSide, CallBooking, OpenBooking, about_visit};
use super::displaced::GiveProblem;
use super::entry::{EntryFrame, name_title};
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::desk::done::Done;
use crate::desk::reason_dialog::ReasonForm;
use crate::desk::workbench::Workbench;
use crate::i18n;
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
        bench.give(Command::Decline(Decline { store: store.id, booking, reason }), done, problem);
    });
    let close = Callback::new(move |()| is_asking.set(false));
    view! {
        <EntryFrame title=name_title(booking, |name| (i18n::inbox().request)(name)) why=i18n::text(|| i18n::inbox().request_why) raised_at>
            <div class="versions"><BookingSide booking label=i18n::text(|| i18n::inbox().this_booking) /></div>
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
                <Dialog title=i18n::text(|| i18n::inbox().decline_title) on_close=close>
                    <ReasonForm on_give=decline on_close=close />
                </Dialog>
            </Show>
        </EntryFrame>
    }
}
