//! Pieces that several steps of a booking show.

use leptos::prelude::*;
use shared::id::StaffId;
use shared::money::Price;
use shared::part::total_minutes;
use shared::staff_preference::StaffPreference;
use shared::view::View;

use crate::i18n::{self, format};
use crate::member::draft::BookingDraft;
use crate::member::find::{self, Search};
use crate::member::labels;
use crate::member::member_app::MemberApp;
use crate::member::plan::Plan;
use crate::reactive::memo;

/// The name of the draft's store.
pub fn store_title(app: MemberApp) -> Signal<String> {
    Signal::derive(move || app.draft.get().store.map(|store| labels::store(&app.view(), store)).unwrap_or_default())
}

/// What the draft looks for; `None` while store or services are missing.
pub fn search_of(draft: &BookingDraft) -> Option<Search> {
    let store = draft.store.filter(|_| !draft.services.is_empty())?;
    Some(Search {
        store,
        services: draft.services.clone(),
        staff_preference: draft.staff_preference(),
        each: Vec::new(),
        widened: draft.widened,
        moving: None,
    })
}

/// The person of this account's visits: who did most of the last ones there, or is to. What was cancelled or not accepted says nothing.
pub fn usual_staff(app: MemberApp) -> Option<StaffId> {
    let store = app.draft.get().store?;
    app.visits.with(|visits| {
        let own: Vec<StaffId> = visits
            .iter()
            .rev()
            .filter(|visit| visit.store == store && visit.is_firm())
            .filter_map(|visit| visit.lines.first()?.staff)
            .take(6)
            .collect();
        own.iter().copied().max_by_key(|staff| {
            (own.iter().filter(|other| *other == staff).count(), std::cmp::Reverse(own.iter().position(|other| other == staff)))
        })
    })
}

/// Price and minutes so far: exact once a time or a person is chosen, from the cheapest before.
pub fn so_far(view: &View, draft: &BookingDraft, plan: Option<&Plan>) -> (Price, bool, i64) {
    let Some(store) = draft.store else { return (None, false, 0) };
    if let Some(plan) = plan {
        return (plan.price(), false, plan.minutes());
    }
    let Some(search) = search_of(draft) else { return (None, false, 0) };
    let (mut prices, mut more, mut minutes) = (Vec::new(), false, 0);
    for wanted in search.staff_preferences(view) {
        let Some(service) = view.catalogue.services.get(&wanted.service) else { continue };
        let (price, is_from) = find::lowest_price(view, store, service, wanted.staff_preference);
        prices.push(price);
        // Anybody is somebody of the lowest price, unless that was widened; before the question is asked it is not known.
        more |= is_from && (draft.widened || draft.staff_preference.is_none());
        let person = match wanted.staff_preference {
            StaffPreference::Requested(staff) => view.catalogue.staff.get(&staff),
            StaffPreference::AnyOf(_) | StaffPreference::Any => None,
        };
        minutes += i64::from(person.map_or(service.minutes(), |staff| total_minutes(&service.parts_with(staff, store))));
    }
    (find::total(prices.into_iter()), more, minutes)
}

/// What is chosen so far, what it costs, and one button.
#[component]
pub fn ChosenBar(
    /// The button.
    #[prop(into)]
    word: Signal<String>,
    /// Whether it can be tapped.
    #[prop(into)]
    enabled: Signal<bool>,
    /// The tap.
    on_go: Callback<()>,
    /// The visit as it would be, once a time is chosen.
    #[prop(optional, into)]
    plan: Option<Signal<Option<Plan>>>,
    /// The button on a line of its own: the last tap says more.
    #[prop(optional)]
    is_last: bool,
) -> impl IntoView {
    let app = MemberApp::expect();
    let what = move || {
        let (view, draft) = (app.view(), app.draft.get());
        match draft.services.len() {
            0 => i18n::member().booking.services.to_owned(),
            _ => labels::services(&view, &draft.services),
        }
    };
    let sums = memo(move || {
        let plan = plan.and_then(|plan| plan.get());
        so_far(&app.view(), &app.draft.get(), plan.as_ref())
    });
    let price = move || {
        let (price, more, minutes) = sums.get();
        let store = app.draft.get().store.filter(|_| minutes > 0)?;
        let shown = labels::price(&app.view(), store, price);
        Some(if more && price.is_some() { (i18n::member().booking.from_price)(&shown) } else { shown })
    };
    let minutes = move || Some(sums.get().2).filter(|minutes| *minutes > 0).map(format::duration);
    view! {
        <footer class="action-bar">
            <p class="action-bar__text">
                <span class="action-bar__what">{what}</span>
                <span class="action-bar__price"><span class="price">{price}</span><span class="action-bar__minutes">{minutes}</span></span>
            </p>
            <button
                class="button button--primary button--large"
                class=("button--wide", is_last)
                type="button"
                disabled=move || !enabled.get()
                on:click=move |_| on_go.run(())
            >
                {word}
            </button>
        </footer>
    }
}
