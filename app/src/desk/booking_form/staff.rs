//! With whom: anybody, or the person the guest asks for 点钟; service by service where there are several.

use leptos::prelude::*;
use shared::id::{ServiceId, StaffId};
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::time::LocalDate;

use super::staff_preferences::StaffPreferences;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::staff_order::in_order;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// One wish for each service; while there is only one, it is the wish for the visit.
#[component]
pub fn PreferencePicker(
    services: RwSignal<Vec<ServiceId>>,
    staff_preferences: RwSignal<StaffPreferences>,
    date: RwSignal<LocalDate>,
) -> impl IntoView {
    let rows = Memo::new(move |_| {
        services.with(|services| if services.len() > 1 { services.iter().copied().map(Some).collect() } else { vec![None] })
    });
    let row = move |service: Option<ServiceId>| view! { <PreferenceRow services staff_preferences date service /> };
    view! {
        <section class="section" aria-labelledby="staff-title">
            <h3 id="staff-title">{move || i18n::desk().form.staff}</h3>
            <Rows each=move || rows.get() key=|service| *service children=row />
        </section>
    }
}

/// `None` is the whole visit.
#[component]
fn PreferenceRow(
    services: RwSignal<Vec<ServiceId>>,
    staff_preferences: RwSignal<StaffPreferences>,
    date: RwSignal<LocalDate>,
    service: Option<ServiceId>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let own = Signal::derive(move || service.map_or_else(|| services.get(), |service| vec![service]));
    let staff_preference = Memo::new(move |_| {
        let (view, services) = (bench.replica.view(), services.get());
        let (Some(store), Some(first)) = (bench.store(), service.or_else(|| services.first().copied())) else {
            return staff_preferences.with(StaffPreferences::of_visit);
        };
        staff_preferences.with(|staff_preferences| staff_preferences.of(&view, store.id, first, &services))
    });
    let choose = Callback::new(move |staff_preference: StaffPreference| {
        staff_preferences.update(|staff_preferences| staff_preferences.choose(service, staff_preference))
    });
    let name = move || {
        let view = bench.replica.view();
        service.and_then(|id| view.catalogue.services.get(&id)).map(|service| i18n::name(&service.name))
    };
    let label_id = service.map_or_else(|| "staff-title".to_owned(), |service| format!("wish-{service}"));
    let heading = service.map(|_| view! { <h4 class="field__label" id=label_id.clone()>{name}</h4> });
    view! {
        <div class="stack stack--tight">
            {heading}
            <StaffChips services=own staff_preference on_choose=choose date label_id />
        </div>
    }
}

/// Anybody, or one of those who work that day and can do at least one of the services.
#[component]
pub fn StaffChips(
    /// Those who can do one of these; with none, everybody.
    services: Signal<Vec<ServiceId>>,
    #[prop(into)] staff_preference: Signal<StaffPreference>,
    on_choose: Callback<StaffPreference>,
    date: RwSignal<LocalDate>,
    #[prop(into)] label_id: String,
) -> impl IntoView {
    let bench = Workbench::expect();
    let people = Memo::new(move |_| {
        let view = bench.replica.view();
        let (services, date) = (services.get(), date.get());
        let Some(store) = bench.store() else { return Vec::new() };
        let fits = |staff: &&Staff| {
            let is_wished = staff_preference.get() == StaffPreference::Requested(staff.id);
            let works = !view.shift_spans(store.id, staff.id, date).is_empty();
            let can = services.is_empty() || services.iter().any(|service| staff.can(*service, store.id));
            is_wished || works && can
        };
        in_order(&store, view.staff_of(store.id).filter(fits), i18n::language())
            .into_iter()
            .map(|staff| (staff.id, i18n::name(&staff.name)))
            .collect::<Vec<(StaffId, String)>>()
    });
    let chip = move |(staff, name): (StaffId, String)| {
        let own = StaffPreference::Requested(staff);
        let is_chosen = move || (staff_preference.get() == own).to_string();
        view! { <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| on_choose.run(own)>{name}</button> }
    };
    view! {
        <div class="choices" role="group" aria-labelledby=label_id>
            <button
                class="choice"
                type="button"
                aria-pressed=move || (staff_preference.get() == StaffPreference::Any).to_string()
                on:click=move |_| on_choose.run(StaffPreference::Any)
            >
                <Icon name="dice" />
                {move || i18n::desk().form.anybody}
            </button>
            <Rows each=move || people.get() key=|(staff, name)| (*staff, name.clone()) children=chip />
        </div>
    }
}
