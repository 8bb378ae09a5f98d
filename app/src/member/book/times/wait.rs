//! A full day: whoever likes waits for it or for a part of it 候补.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::Subject;
use shared::command::{Command, JoinWaitlist};
use shared::id::StoreId;
use shared::time::{LocalDate, TimeRange};
use shared::waitlist_entry::OFFER_MINUTES;

use crate::components::day_part::{DayPart, day_and_part};
use crate::components::dialog::Dialog;
use crate::i18n;
use crate::member::days::{DayTimes, WhyNone};
use crate::member::find::Search;
use crate::member::labels;
use crate::member::member_app::MemberApp;
use crate::member::parts::waiting::{say, waits};
use crate::member::paths;
use crate::member::sign_in::SignIn;
use crate::member::submit::submit_and_wait;
use crate::member::waiting::Stand;
use crate::reactive::{Busy, memo};

/// The parts of a full day, one tap each.
#[component]
pub fn WaitForDay(
    /// What is looked for.
    search: Signal<Option<Search>>,
    /// The day that is looked at.
    day: Memo<Option<DayTimes>>,
) -> impl IntoView {
    let app = MemberApp::expect();
    let busy = Busy::default();
    let signing_in = RwSignal::new(None::<DayPart>);
    let full = memo(move || {
        let search = search.get().filter(|search| search.moving.is_none())?;
        let date = day.get().filter(|day| matches!(day.why_none, WhyNone::Full(_)))?.date;
        Some((search.store, date))
    });
    let join = Callback::new(move |part: DayPart| {
        if !untrack(|| app.is_signed_in()) {
            signing_in.set(Some(part));
            return;
        }
        let wanted = search.get_untracked().zip(full.get_untracked());
        if let Some((search, (store, date))) = wanted {
            wait(app, busy, &search, (store, date), part);
        }
    });
    let done = Callback::new(move |()| {
        if let Some(part) = signing_in.get_untracked() {
            signing_in.set(None);
            join.run(part);
        }
    });
    let close = Callback::new(move |()| signing_in.set(None));
    view! {
        {move || full.get().map(|(store, date)| view! {
            <section class="openings__part">
                <h2 class="openings__label">{i18n::waiting().join}</h2>
                <div class="choices">{parts(app, busy, (store, date), join)}</div>
                <p class="openings__fresh">{(i18n::waiting().rule)(OFFER_MINUTES)}</p>
                <Waits store date />
            </section>
        })}
        <Show when=move || signing_in.get().is_some()>
            <Dialog title=Signal::derive(|| i18n::person().sign_in_title.to_owned()) on_close=close>
                <SignIn on_done=done />
            </Dialog>
        </Show>
    }
}

/// Those parts of a day that are not over.
fn parts(app: MemberApp, busy: Busy, (store, date): (StoreId, LocalDate), join: Callback<DayPart>) -> Vec<AnyView> {
    let (view, now) = (app.replica.view_now(), app.replica.clock());
    let Some(zone) = labels::zone(&view, store) else { return Vec::new() };
    let parts = DayPart::ALL.into_iter().filter(|part| part.on(zone, date).end > now);
    let button = |part: DayPart| {
        view! {
            <button class="choice" type="button" disabled=move || busy.get() on:click=move |_| join.run(part)>
                {move || part.word()}
            </button>
        }
        .into_any()
    };
    parts.map(button).collect()
}

/// What they wait for on this day already, and the way to it.
#[component]
fn Waits(store: StoreId, date: LocalDate) -> impl IntoView {
    let app = MemberApp::expect();
    let own = memo(move || {
        let view = app.view();
        let Some(zone) = labels::zone(&view, store) else { return Vec::new() };
        let is_here = |starts: TimeRange| zone.local(starts.start).0 == date;
        let waits = waits(app).into_iter().filter(|wait| wait.store == store && is_here(wait.starts) && wait.stand != Stand::Expired);
        let words = i18n::waiting();
        let said = waits.map(|wait| match wait.stand {
            Stand::Unsent => words.join_saved.to_owned(),
            _ => (words.joined)(&day_and_part(zone, wait.starts)),
        });
        said.collect::<Vec<String>>()
    });
    view! {
        <Show when=move || !own.with(Vec::is_empty)>
            <div role="status">
                {move || own.get().into_iter().map(|text| view! { <p class="openings__why">{text}</p> }).collect_view()}
            </div>
            <a class="button" href=paths::BOOKINGS>{move || i18n::member().booking.see_bookings}</a>
        </Show>
    }
}

fn wait(app: MemberApp, busy: Busy, search: &Search, (store, date): (StoreId, LocalDate), part: DayPart) {
    let view = app.replica.view_now();
    let Some(zone) = labels::zone(&view, store) else { return };
    let starts = part.on(zone, date);
    let own = untrack(|| app.members()).first().map(|member| Subject::Member(member.id));
    let subject = app.draft.now().subject.or(own).unwrap_or(Subject::Guest { name: String::new().into() });
    let services = search.staff_preferences(&view);
    let entry = app.replica.new_id();
    let note = String::new().into();
    let command = Command::JoinWaitlist(JoinWaitlist { store, entry, account: None, subject, services, starts, note });
    let done = (i18n::waiting().joined)(&day_and_part(zone, starts));
    if !busy.begin() {
        return;
    }
    spawn_local(async move {
        say(app, submit_and_wait(app, command).await, "check", &done, i18n::waiting().join_saved);
        busy.end();
    });
}
