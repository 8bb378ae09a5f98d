//! With whom, service by service, each choice with what it costs.

use leptos::prelude::*;
use shared::id::{ServiceId, StaffId};
use shared::staff_preference::StaffPreference;

use crate::components::rows::Rows;
use crate::i18n;
use crate::member::find::{self, Search};
use crate::member::member_app::MemberApp;
use crate::member::{labels, moved};
use crate::reactive::memo;

/// One row for each service.
#[component]
pub fn People(search: RwSignal<Search>, on_choose: Callback<(usize, StaffPreference)>) -> impl IntoView {
    let services = search.with_untracked(|search| search.services.clone());
    let rows: Vec<_> = services.into_iter().enumerate().map(|(place, service)| view! { <Row search place service on_choose /> }).collect();
    view! { <section class="section"><h2>{move || i18n::member().visits.move_who}</h2>{rows}</section> }
}

#[component]
fn Row(search: RwSignal<Search>, place: usize, service: ServiceId, on_choose: Callback<(usize, StaffPreference)>) -> impl IntoView {
    let app = MemberApp::expect();
    let id = format!("who-{place}");
    let own = move || search.with(|search| search.each.get(place).copied());
    // As it was: of a gender, or by name.
    let first = search.with_untracked(|search| search.each.get(place).copied()).filter(|staff_preference| !staff_preference.is_requested());
    let staff_preferences = memo(move || {
        let (view, store) = (app.view(), search.with(|search| search.store));
        let place = |staff: StaffId| view.catalogue.stores.get(&store).map(|store| store.staff_order.place(staff));
        let mut people: Vec<StaffId> = find::staff_for(&view, store, &[service]).map(|staff| staff.id).collect();
        shared::sort::sort_by_key(&mut people, |staff| (place(*staff), *staff));
        let anybody = first.unwrap_or(StaffPreference::Any);
        std::iter::once(anybody).chain(people.into_iter().map(StaffPreference::Requested)).collect::<Vec<_>>()
    });
    let chip = move |staff_preference: StaffPreference| {
        let text = move || {
            let view = app.view();
            search.with(|search| {
                let price = moved::price_of(&view, search, place, staff_preference);
                format!("{} · {}", labels::staff_preference(&view, staff_preference), labels::price(&view, search.store, price))
            })
        };
        let is_chosen = move || (own() == Some(staff_preference)).to_string();
        let choose = move |_| on_choose.run((place, staff_preference));
        view! { <button class="choice" type="button" aria-pressed=is_chosen on:click=choose>{text}</button> }
    };
    view! {
        <h3 class="field__label" id=id.clone()>{move || labels::service(&app.view(), service)}</h3>
        <div class="choices" role="group" aria-labelledby=id>
            <Rows each=move || staff_preferences.get() key=|staff_preference| *staff_preference children=chip />
        </div>
    }
}
