//! No times: why, the next day that has some, and who else has time on this one.

use leptos::prelude::*;
use shared::time::LocalDate;
use shared::view::View;

use crate::components::empty_state::EmptyState;
use crate::components::rows::Rows;
use crate::i18n::{self, format};
use crate::member::days::{DayTimes, Other, WhyNone};
use crate::member::find::Search;
use crate::member::labels;
use crate::member::member_app::MemberApp;
use crate::reactive::memo;

use super::wait::WaitForDay;

/// One day has none.
#[component]
pub fn DayEmpty(
    /// What is looked for.
    search: Signal<Option<Search>>,
    /// All days.
    days: Signal<Vec<DayTimes>>,
    /// The one that is looked at.
    day: Memo<Option<DayTimes>>,
    /// Looks at another.
    on_day: Callback<LocalDate>,
    /// Looks for somebody else.
    on_instead: Callback<Search>,
) -> impl IntoView {
    let app = MemberApp::expect();
    let why = move || day.get().map(|day| reason(&app.view(), day.why_none));
    // The next one; behind the last of them there is only the way back.
    let near = memo(move || {
        let date = day.with(|day| day.as_ref().map(|day| day.date))?;
        days.with(|days| {
            let free = || days.iter().filter(|day| !day.starts.is_empty()).map(|day| day.date);
            free().find(|other| *other > date).or_else(|| free().next_back())
        })
    });
    let others = memo(move || {
        let (search, day) = (search.get(), day.get());
        search.zip(day).map(|(search, day)| search.others(&app.view(), &day, app.minute.get())).unwrap_or_default()
    });
    let other = move |other: Other| {
        let Other { staff, search, first, price } = other;
        let store = search.store;
        let take = move |_| on_instead.run(search.clone());
        let text = move || {
            let view = app.view();
            let price = price.map(|price| labels::price(&view, store, price));
            let parts = [Some(labels::staff(&view, staff)), labels::time(&view, store, first), price];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        view! { <button class="choice" type="button" on:click=take>{text}</button> }
    };
    view! {
        <div class="openings__none">
            <p class="openings__why" role="status">{why}</p>
            {move || near.get().map(|date| view! {
                <button class="button" type="button" on:click=move |_| on_day.run(date)>
                    {(i18n::member().booking.next_day)(&format::date(date))}
                </button>
            })}
        </div>
        <WaitForDay search day />
        <Show when=move || !others.with(Vec::is_empty)>
            <section class="openings__part">
                <h2 class="openings__label">{move || i18n::member().booking.others}</h2>
                <div class="choices"><Rows each=move || others.get() key=|other| (other.staff, other.first) children=other /></div>
            </section>
        </Show>
    }
}

/// Why a day has none, in words.
fn reason(view: &View, why: WhyNone) -> String {
    let words = &i18n::member().booking;
    match why {
        WhyNone::Closed => words.day_closed.to_owned(),
        WhyNone::Off(Some(person)) => (words.day_off)(&labels::staff(view, person)),
        WhyNone::Off(None) => words.day_nobody.to_owned(),
        WhyNone::TooSoon(0) => words.day_over.to_owned(),
        WhyNone::TooSoon(lead_minutes) => (words.day_too_soon)(&i18n::common().minutes(lead_minutes)),
        WhyNone::TooFar(days) => (words.day_too_far)(days),
        WhyNone::Full(Some(person)) => (words.day_full_with)(&labels::staff(view, person)),
        WhyNone::Full(None) => words.day_full.to_owned(),
    }
}

/// Nothing for two weeks.
#[component]
pub fn Nothing() -> impl IntoView {
    let words = || &i18n::member().booking;
    view! {
        <EmptyState
            icon="calendar"
            title=Signal::derive(move || words().nothing.to_owned())
            text=Signal::derive(move || words().nothing_text.to_owned())
        />
    }
}
