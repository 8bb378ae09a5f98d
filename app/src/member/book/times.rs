//! Times: fourteen days, then morning, afternoon and evening; "earliest" on top. Computed on the device. A day without times says why, and
//! what to do next.

mod none;
mod strip;
mod wait;

use leptos::prelude::*;
use shared::id::StoreId;
use shared::time::{LocalDate, Timestamp};

use super::parts::{ChosenBar, search_of};
use super::wider::{Wider, dearer};
use crate::components::empty_state::EmptyState;
use crate::components::rows::Rows;
use crate::i18n::{self, format};
use crate::member::days::DayTimes;
use crate::member::find::Search;
use crate::member::frame::Page;
use crate::member::member_app::MemberApp;
use crate::member::plan::Plan;
use crate::member::{labels, paths};
use crate::reactive::memo;

use none::{DayEmpty, Nothing};
use strip::DayStrip;

/// The fourth step.
#[component]
pub fn TimePage() -> impl IntoView {
    let app = MemberApp::expect();
    if search_of(&app.draft.now()).is_none() {
        return app.way.elsewhere(paths::STORES);
    }
    let search = memo(move || search_of(&app.draft.get()));
    let days = memo(move || search.get().map(|search| search.days(&app.view(), app.minute.get())).unwrap_or_default());
    // What is not known yet is not missing.
    let offered = memo(move || !app.view().known.catalogue || search.get().is_none_or(|search| search.is_offered(&app.view())));
    let chosen = Signal::derive(move || app.draft.get().starts_at);
    let plan = memo(move || Plan::at(&app.view(), &search.get()?, chosen.get()?, app.minute.get()));
    let choose = Callback::new(move |start| app.draft.choose_time(start));
    let instead = Callback::new(move |other: Search| {
        app.draft
            .change(|draft| (draft.staff_preference, draft.widened, draft.starts_at) = (Some(other.staff_preference), other.widened, None));
    });
    let go_on = Callback::new(move |()| app.way.go(paths::CONFIRM));
    let bar = move || {
        let enabled = Signal::derive(move || plan.with(Option::is_some));
        let word = Signal::derive(|| i18n::member().booking.next.to_owned());
        view! { <ChosenBar word enabled on_go=go_on plan=plan /> }
    };
    view! {
        <Page title=Signal::derive(|| i18n::member().booking.time.to_owned()) back=paths::STAFF step="3 / 4" bar=bar>
            <Show when=move || offered.get() fallback=NotOffered>
                <Wider search />
                <TimePicker
                    search
                    days
                    chosen
                    on_choose=choose
                    on_instead=instead
                    note=Callback::new(move |start| dearer(app, search, start))
                />
            </Show>
        </Page>
    }
    .into_any()
}

/// A strip of days and the times of one of them.
#[component]
pub fn TimePicker(
    /// What is looked for.
    #[prop(into)]
    search: Signal<Option<Search>>,
    /// The days with their times.
    #[prop(into)]
    days: Signal<Vec<DayTimes>>,
    /// The time that is chosen.
    #[prop(into)]
    chosen: Signal<Option<Timestamp>>,
    /// Chooses one.
    on_choose: Callback<Timestamp>,
    /// Looks for somebody else instead.
    on_instead: Callback<Search>,
    /// What there is to know about a time.
    #[prop(optional, into)]
    note: Option<Callback<Timestamp, Option<String>>>,
) -> impl IntoView {
    let app = MemberApp::expect();
    let Some(store) = search.with_untracked(|search| search.as_ref().map(|search| search.store)) else { return ().into_any() };
    let wished_day = RwSignal::new(None::<LocalDate>);
    let date_of = move |at: Timestamp| Some(labels::zone(&app.view(), store)?.local(at).0);
    let first_free = move || days.with(|days| days.iter().find(|day| !day.starts.is_empty()).or(days.first()).map(|day| day.date));
    let date = memo(move || wished_day.get().or_else(|| chosen.get().and_then(date_of)).or_else(first_free));
    let day = memo(move || days.with(|days| days.iter().find(|times| Some(times.date) == date.get()).cloned()));
    let times = memo(move || day.with(|day| day.as_ref().map(|day| day.starts.clone()).unwrap_or_default()));
    let on_earliest = Callback::new(move |start| {
        wished_day.set(untrack(|| date_of(start)));
        on_choose.run(start);
    });
    let show_day = Callback::new(move |date| wished_day.set(Some(date)));
    // Whoever is taken instead is taken for the day that was looked at.
    let instead = Callback::new(move |other| {
        wished_day.set(date.get_untracked());
        on_instead.run(other);
    });
    let any = memo(move || days.with(|days| days.iter().any(|day| !day.starts.is_empty())));
    view! {
        <section class="section">
            <DayStrip days day=date on_choose=show_day />
        </section>
        <Show when=move || any.get() fallback=Nothing>
            <Earliest store days on_choose=on_earliest />
        </Show>
        <div class="openings">
            <Show when=move || day.with(Option::is_some) && times.with(Vec::is_empty)>
                <DayEmpty search days day on_day=show_day on_instead=instead />
            </Show>
            <Parts store times chosen on_choose note />
            <Fresh />
        </div>
    }
    .into_any()
}

#[component]
fn Earliest(store: StoreId, days: Signal<Vec<DayTimes>>, on_choose: Callback<Timestamp>) -> impl IntoView {
    let app = MemberApp::expect();
    let first = memo(move || days.with(|days| days.iter().find_map(|day| day.starts.first().copied())));
    view! {
        {move || first.get().map(|at| {
            let view = app.view();
            view! {
                <button class="earliest" type="button" on:click=move |_| on_choose.run(at)>
                    <span>
                        {i18n::member().booking.earliest} <br />
                        <span class="small">{labels::near_day(&view, store, at, app.minute.get())}</span>
                    </span>
                    <time class="time">{labels::or_waiting(labels::time(&view, store, at))}</time>
                </button>
            }
        })}
    }
}

/// Morning until noon, afternoon until six.
#[component]
fn Parts(
    store: StoreId,
    times: Memo<Vec<Timestamp>>,
    chosen: Signal<Option<Timestamp>>,
    on_choose: Callback<Timestamp>,
    note: Option<Callback<Timestamp, Option<String>>>,
) -> impl IntoView {
    let app = MemberApp::expect();
    let part = move |from: u16, until: u16| {
        let view = app.view();
        let Some(zone) = labels::zone(&view, store) else { return Vec::new() };
        let within = |at: &Timestamp| (from..until).contains(&zone.local(*at).1);
        times.with(|times| times.iter().copied().filter(within).collect::<Vec<_>>())
    };
    let words = || &i18n::common().times;
    view! {
        <Part store times=Signal::derive(move || part(0, 720)) word=Signal::derive(move || words().morning) chosen on_choose note />
        <Part store times=Signal::derive(move || part(720, 1080)) word=Signal::derive(move || words().afternoon) chosen on_choose note />
        <Part store times=Signal::derive(move || part(1080, 1440)) word=Signal::derive(move || words().evening) chosen on_choose note />
    }
}

#[component]
fn Part(
    store: StoreId,
    times: Signal<Vec<Timestamp>>,
    word: Signal<&'static str>,
    chosen: Signal<Option<Timestamp>>,
    on_choose: Callback<Timestamp>,
    note: Option<Callback<Timestamp, Option<String>>>,
) -> impl IntoView {
    let app = MemberApp::expect();
    let item = move |at: Timestamp| {
        let said = move || note.and_then(|note| note.run(at)).map(|text| view! { <span class="opening__note">{text}</span> });
        view! {
            <button
                class="opening"
                type="button"
                aria-pressed=move || (chosen.get() == Some(at)).to_string()
                on:click=move |_| on_choose.run(at)
            >
                <time class="time">{move || labels::or_waiting(labels::time(&app.view(), store, at))}</time>
                {said}
            </button>
        }
    };
    view! {
        <Show when=move || !times.with(Vec::is_empty)>
            <section class="openings__part">
                <h2 class="openings__label">
                    {word} <span>{move || (i18n::member().booking.times)(times.with(Vec::len))}</span>
                </h2>
                <div class="openings__grid"><Rows each=move || times.get() key=|at| *at children=item /></div>
            </section>
        </Show>
    }
}

/// Chosen once, and not in the menu any more.
#[component]
fn NotOffered() -> impl IntoView {
    let app = MemberApp::expect();
    let words = || &i18n::member().booking;
    view! {
        <EmptyState
            icon="scissors"
            title=Signal::derive(move || words().not_offered.to_owned())
            text=Signal::derive(move || words().not_offered_text.to_owned())
        >
            <a class="button" href=paths::SERVICES on:click=move |_| app.draft.change(|draft| draft.services.clear())>
                {move || words().services}
            </a>
        </EmptyState>
    }
}

/// As of when, while nobody can be asked.
#[component]
fn Fresh() -> impl IntoView {
    let app = MemberApp::expect();
    let text = move || {
        let at = app.replica.last_sync().filter(|_| app.is_offline())?;
        Some((i18n::common().device.as_of)(&format::device_time(at)))
    };
    view! { <p class="openings__fresh">{text}</p> }
}
