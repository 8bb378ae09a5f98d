//! Services: by category, with the lowest price and the length; several may be chosen.

use leptos::prelude::*;
use shared::id::ServiceId;
use shared::name::Name;
use shared::service::Service;
use shared::staff_preference::StaffPreference;

use super::parts::{ChosenBar, store_title};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::i18n::{self, format};
use crate::member::frame::Page;
use crate::member::member_app::MemberApp;
use crate::member::{find, labels, paths};
use crate::reactive::memo;

/// The second step.
#[component]
pub fn ServicesPage() -> impl IntoView {
    let app = MemberApp::expect();
    let go_on = Callback::new(move |()| app.way.go(paths::STAFF));
    let category = RwSignal::new(None::<Name>);
    if app.draft.now().store.is_none() {
        return app.way.elsewhere(paths::STORES);
    }
    let bar = move || {
        let enabled = Signal::derive(move || !app.draft.get().services.is_empty());
        view! { <ChosenBar word=Signal::derive(|| i18n::member().booking.next.to_owned()) enabled on_go=go_on /> }
    };
    view! {
        <Page title=store_title(app) back=paths::STORES step="1 / 4" bar=bar>
            <section class="section" aria-labelledby="services">
                <h2 id="services" class="visually-hidden">{move || i18n::member().booking.services}</h2>
                <Categories category />
                <ServiceList category />
            </section>
        </Page>
    }
    .into_any()
}

/// The services the draft's store offers.
fn offered(app: MemberApp) -> Vec<Service> {
    let Some(store) = app.draft.get().store else { return Vec::new() };
    find::services_of(&app.view(), store).into_iter().cloned().collect()
}

fn categories(services: &[Service]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for service in services {
        match names.iter_mut().find(|name| is_same(name, &service.category)) {
            None => names.push(service.category.clone()),
            Some(name) if name.en.is_empty() => name.en.clone_from(&service.category.en),
            Some(_) => {}
        }
    }
    names
}

/// One category, also where only some of its services have it in English.
fn is_same(one: &Name, other: &Name) -> bool {
    one.zh == other.zh && (!one.zh.is_empty() || one.en == other.en)
}

fn category_word(name: &Name) -> String {
    let word = i18n::name(name);
    if word.is_empty() { i18n::member().booking.other.to_owned() } else { word }
}

#[component]
fn Categories(category: RwSignal<Option<Name>>) -> impl IntoView {
    let app = MemberApp::expect();
    let names = memo(move || categories(&offered(app)));
    let item = move |name: Option<Name>| {
        let (own, label) = (name.clone(), name.clone());
        let word = move || label.as_ref().map_or_else(|| i18n::member().booking.all.to_owned(), category_word);
        view! {
            <button
                class="category-strip__item"
                type="button"
                aria-pressed=move || (category.get() == own).to_string()
                on:click=move |_| category.set(name.clone())
            >
                {word}
            </button>
        }
    };
    view! {
        <Show when=move || names.with(|names| names.len() > 1)>
            <div class="category-strip" role="group" aria-label=move || i18n::member().booking.categories>
                {item(None)}
                {move || names.get().into_iter().map(|name| item(Some(name))).collect_view()}
            </div>
        </Show>
    }
}

#[component]
fn ServiceList(category: RwSignal<Option<Name>>) -> impl IntoView {
    let app = MemberApp::expect();
    let services = memo(move || offered(app));
    let group = move |name: Name| {
        let own = name.clone();
        let rows =
            services.with(|services| services.iter().filter(|service| is_same(&service.category, &name)).cloned().collect::<Vec<_>>());
        view! {
            <h3 class="service-list__category">{move || category_word(&own)}</h3>
            {rows.into_iter().map(|service| view! { <ServiceRow service /> }).collect_view()}
        }
    };
    let shown = move || {
        let chosen = category.get();
        services
            .with(|services| categories(services))
            .into_iter()
            .filter(|name| chosen.as_ref().is_none_or(|own| is_same(own, name)))
            .collect::<Vec<_>>()
    };
    view! {
        <Show when=move || !services.with(Vec::is_empty) fallback=NoServices>
            <div class="service-list">{move || shown().into_iter().map(group).collect_view()}</div>
        </Show>
    }
}

#[component]
fn NoServices() -> impl IntoView {
    let words = || &i18n::member().booking;
    view! {
        <EmptyState
            icon="scissors"
            title=Signal::derive(move || words().no_services.to_owned())
            text=Signal::derive(move || words().nothing_text.to_owned())
        >
            <a class="button" href=paths::STORES>{move || words().stores}</a>
        </EmptyState>
    }
}

#[component]
fn ServiceRow(service: Service) -> impl IntoView {
    let app = MemberApp::expect();
    let id = service.id;
    let chosen = memo(move || app.draft.get().services.contains(&id));
    let name = service.name.clone();
    let minutes = service.minutes();
    let price = move || {
        let Some(store) = app.draft.get().store else { return String::new() };
        let view = app.view();
        let (price, more) = find::lowest_price(&view, store, &service, StaffPreference::Any);
        let shown = labels::price(&view, store, price);
        if more && price.is_some() { (i18n::member().booking.from_price)(&shown) } else { shown }
    };
    view! {
        <button class="service" type="button" aria-pressed=move || chosen.get().to_string() on:click=move |_| toggle(app, id)>
            <span class="service__check"><Icon name="check" /></span>
            <span class="service__name">{move || i18n::name(&name)}</span>
            <span class="service__price price">{price}</span>
            <span class="service__note"></span>
            <span class="service__minutes">{move || format::duration(i64::from(minutes))}</span>
        </button>
    }
}

fn toggle(app: MemberApp, service: ServiceId) {
    app.draft.change(|draft| {
        match draft.services.iter().position(|chosen| *chosen == service) {
            Some(at) => drop(draft.services.remove(at)),
            None => draft.services.push(service),
        }
        (draft.starts_at, draft.widened) = (None, false);
    });
}
