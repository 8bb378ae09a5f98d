//! The chosen time is not free: why, and the three nearest times to tap instead. It comes into sight by itself.

use leptos::html;
use leptos::prelude::*;
use shared::booking::{Alternative, Booking};
use shared::id::BookingId;
use shared::openings::why_not;
use shared::refusal::Refusal;
use shared::store::Store;
use shared::sync::Outcome;
use shared::time::Timestamp;
use shared::view::View;

use crate::browser;
use crate::components::alternatives::{Alternatives, NearbyTime};
use crate::desk::booking_form::times::choice::TimeChoice;
use crate::desk::business_day;
use crate::desk::give::refusal_of;
use crate::desk::words::{guest_name, guest_word, staff_names};
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};
use crate::state::SubmitError;

/// How many days the nearest times are looked for in.
const DAYS_AFTER: i32 = 2;

/// An alternative as it is shown.
#[must_use]
pub fn nearby_time(view: &View, store: &Store, offered: &Alternative, now: Timestamp) -> NearbyTime {
    NearbyTime {
        starts_at: offered.starts_at,
        day: format::day(store.zone.local(offered.starts_at).0, store.zone.local(now).0),
        time: format::time(&store.zone, offered.starts_at),
        who: staff_names(view, offered.staff.iter().copied()),
    }
}

/// Tracked: why a time cannot be had, by default the first minute of the day looked at; `None` when it can.
pub(super) fn refusal_at(choice: TimeChoice, start: Option<Timestamp>) -> Option<Refusal> {
    let question = choice.question(choice.date.get(), 0)?;
    let at = start.unwrap_or(question.starts.start);
    let beyond = || (start.is_some() && choice.is_beyond_price(at)).then_some(Refusal::NobodyFree);
    why_not(&choice.bench.replica.view(), &question, at, choice.bench.minute()).or_else(beyond)
}

/// Whether another time would help: then the times beside it say so, and nothing else need.
#[must_use]
pub fn is_about_time(error: &SubmitError) -> bool {
    // Somebody who cannot do it has no time at all: said in the same place.
    refusal_of(error).is_some_and(|refusal| refusal.is_about_time() || matches!(refusal, Refusal::NotSkilled { .. }))
}

/// Tracked: the times that the server named, else the nearest that this tablet knows.
fn nearest(choice: TimeChoice, problem: RwSignal<Option<SubmitError>>) -> Vec<NearbyTime> {
    let view = choice.bench.replica.view();
    let (Some(store), Some(start)) = (choice.bench.store(), choice.starts_at.get()) else { return Vec::new() };
    let now = choice.bench.minute();
    let shown = |offered: &Alternative| nearby_time(&view, &store, offered, now);
    let named = problem.with(|problem| match problem {
        Some(SubmitError::RefusedByServer(Outcome::Refused { alternatives, .. })) => alternatives.iter().map(shown).collect(),
        _ => Vec::new(),
    });
    if !named.is_empty() {
        return named;
    }
    let Some(Ok(openings)) = choice.openings(DAYS_AFTER) else { return Vec::new() };
    openings.nearest(start, 3).iter().map(shown).collect()
}

/// Tracked: visits by guest and time, `李叔 14:00–15:00`.
#[must_use]
pub fn visits(bench: Workbench, visits: &[BookingId]) -> String {
    let (view, Some(store)) = (bench.replica.view(), bench.store()) else { return String::new() };
    let line = |booking: &Booking| {
        let name = guest_word(guest_name(&view, booking).as_deref());
        format!("{name} {}", format::time_range(&store.zone, booking.starts_at, booking.ends_at))
    };
    visits.iter().filter_map(|id| view.bookings.get(id)).map(line).collect::<Vec<_>>().join(i18n::people().comma)
}

/// Tracked: whom a visit at the chosen time would lie beside.
#[must_use]
pub fn others_then(choice: TimeChoice) -> Option<String> {
    let Some(Refusal::TimeTaken { by }) = refusal_at(choice, Some(choice.starts_at.get()?)) else { return None };
    Some(visits(choice.bench, &by)).filter(|names| !names.is_empty())
}

/// `children` is what else could be done: squeeze.
#[component]
pub fn ClashNotice(
    /// What is chosen.
    choice: TimeChoice,
    /// Why it was refused when it was given; forgotten with another time.
    problem: RwSignal<Option<SubmitError>>,
    children: ChildrenFn,
) -> impl IntoView {
    let refused = move || problem.with(|problem| problem.as_ref().filter(|error| is_about_time(error)).and_then(refusal_of).cloned());
    let refusal = Memo::new(move |_| refused().or_else(|| choice.starts_at.get().and_then(|start| refusal_at(choice, Some(start)))));
    Effect::new(move |before: Option<Option<Timestamp>>| {
        let start = choice.starts_at.get();
        if before.is_some_and(|before| before != start) {
            problem.set(None);
        }
        start
    });
    // Only what was refused when it was given has just been taken; what is seen beforehand may have been there for days.
    let title = Signal::derive(move || match (refused(), refusal.get()) {
        (None, Some(Refusal::TimeTaken { by })) => (i18n::desk().form.taken_by)(&visits(choice.bench, &by)),
        (_, refusal) => refusal.as_ref().map(i18n::refusals().refusal).unwrap_or_default(),
    });
    let times = Signal::derive(move || nearest(choice, problem));
    let text = Signal::derive(move || {
        let words = &i18n::desk().form;
        let is_unskilled = refusal.with(|refusal| matches!(refusal, Some(Refusal::NotSkilled { .. })));
        match (is_unskilled, times.with(Vec::is_empty)) {
            (true, _) => words.other_person,
            (_, true) => words.nothing_near,
            _ => words.nearest,
        }
        .to_owned()
    });
    let choose = Callback::new(move |starts_at: Timestamp| {
        if let Some(store) = choice.bench.store_now() {
            choice.date.set(business_day::day_of(&store, starts_at));
        }
        choice.choose(starts_at);
    });
    view! {
        <Show when=move || refusal.with(Option::is_some)>
            <IntoSight />
            <Alternatives title text times on_choose=choose />
            {children()}
        </Show>
    }
}

/// The place of what has just appeared: scrolls there and takes the focus, unless somebody is typing.
#[component]
fn IntoSight() -> impl IntoView {
    let node = NodeRef::<html::Span>::new();
    Effect::new(move |_| {
        let Some(notice) = node.get() else { return };
        if let Ok(Some(body)) = notice.closest(".panel__body") {
            // Only the form scrolls, not what it lies on.
            let down = notice.get_bounding_client_rect().top() - body.get_bounding_client_rect().top();
            #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
            body.set_scroll_top(body.scroll_top() + down as i32);
        }
        let writes = |element: web_sys::Element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA");
        if !browser::document().active_element().is_some_and(writes) {
            // Cannot fail for an element on the page.
            let _ = notice.focus();
        }
    });
    view! { <span tabindex="-1" node_ref=node></span> }
}
