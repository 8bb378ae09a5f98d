//! With whom: anybody, or the person the guest asks for 点钟.

use leptos::prelude::*;
use shared::booking::StaffWish;
use shared::id::{ServiceId, StaffId};
use shared::time::LocalDate;

use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Those who work that day and can do at least one of the services.
#[component]
pub fn StaffPicker(services: RwSignal<Vec<ServiceId>>, wish: RwSignal<StaffWish>, date: RwSignal<LocalDate>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().form;
    let people = Memo::new(move |_| {
        let view = bench.replica.view();
        let (services, date) = (services.get(), date.get());
        let Some(store) = bench.store() else { return Vec::new() };
        let fits = |staff: &&shared::staff::Staff| {
            let is_wished = wish.get() == StaffWish::Requested(staff.id);
            let works = !view.shift_spans(store.id, staff.id, date).is_empty();
            let can = services.is_empty() || services.iter().any(|service| staff.can(*service, store.id));
            is_wished || works && can
        };
        view.staff_of(store.id).filter(fits).map(|staff| (staff.id, i18n::name(&staff.name))).collect::<Vec<(StaffId, String)>>()
    });
    let chip = move |(staff, name): (StaffId, String)| {
        let own = StaffWish::Requested(staff);
        let is_chosen = move || (wish.get() == own).to_string();
        view! { <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| wish.set(own)>{name}</button> }
    };
    view! {
        <section class="section" aria-labelledby="staff-title">
            <h3 id="staff-title">{move || words().staff}</h3>
            <div class="choices" role="group" aria-labelledby="staff-title">
                <button class="choice" type="button" aria-pressed=move || (wish.get() == StaffWish::Any).to_string() on:click=move |_| wish.set(StaffWish::Any)>
                    <Icon name="dice" />
                    {move || words().anybody}
                </button>
                <Rows each=move || people.get() key=|(staff, name)| (*staff, name.clone()) children=chip />
            </div>
        </section>
    }
}
