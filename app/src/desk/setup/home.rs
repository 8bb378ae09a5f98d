//! The places of set-up, and what is still missing before the first booking.

use leptos::prelude::*;

use super::guided::first_missing;
use crate::components::icon::Icon;
use crate::desk::setup::of_store::{may_manage, may_see_audit, the_store};
use crate::desk::workbench::Workbench;
use crate::i18n;

#[component]
pub(super) fn Home() -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::set_up;
    let is_unfinished = Memo::new(move |_| first_missing(bench) < 5);
    view! {
        <div class="desk__page" style:--page-width="40rem">
            <Show when=move || is_unfinished.get()>
                <section class="notice">
                    <Icon name="settings" />
                    <div class="notice__text">
                        <h2 class="notice__title">{move || words().unfinished}</h2>
                        <p class="notice__note">{move || words().unfinished_text}</p>
                    </div>
                    <div class="notice__actions">
                        <a class="button button--primary" href="/desk/set-up/start">{move || words().go_on}</a>
                    </div>
                </section>
            </Show>
            <Show when=move || may_manage(bench)><ManagersWays /></Show>
            <Show when=move || may_see_audit(bench)>
                <ul class="list"><Way href="/desk/set-up/audit" icon="list" title=i18n::text(|| i18n::logins().audit) /></ul>
            </Show>
        </div>
    }
}

/// What a manager sets up.
#[component]
fn ManagersWays() -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::set_up;
    let store = move || the_store(bench).map(|store| i18n::name(&store.name)).unwrap_or_default();
    let services = move || (words().count)(bench.replica.view().catalogue.services.values().filter(|service| service.active).count());
    let staff = move || {
        let view = bench.replica.view();
        (words().count)(the_store(bench).map_or(0, |store| view.staff_of(store.id).count()))
    };
    let resources = move || {
        let view = bench.replica.view();
        (words().count)(the_store(bench).map_or(0, |store| view.resources_of(store.id).count()))
    };
    view! {
        <ul class="list">
            <Way href="/desk/set-up/store" icon="store" title=i18n::text(|| i18n::set_up().store) value=Signal::derive(store) />
            <Way href="/desk/set-up/days" icon="calendar" title=i18n::text(|| i18n::set_up().special_days) />
            <Way href="/desk/set-up/services" icon="scissors" title=i18n::text(|| i18n::set_up().services) value=Signal::derive(services) />
            <Way href="/desk/set-up/staff" icon="people" title=i18n::text(|| i18n::set_up().staff) value=Signal::derive(staff) />
            <Way
                href="/desk/set-up/resources"
                icon="home"
                title=i18n::text(|| i18n::set_up().resources.title)
                value=Signal::derive(resources)
            />
            <Way href="/desk/set-up/shifts" icon="clock" title=i18n::text(|| i18n::set_up().shifts) />
            <Way href="/desk/set-up/rules" icon="check-circle" title=i18n::text(|| i18n::set_up().rules) />
            <Way href="/desk/set-up/assignment" icon="swap" title=i18n::text(|| i18n::set_up().assignment.title) />
            <Way href="/desk/set-up/why-not" icon="search" title=i18n::text(|| i18n::set_up().why_not.title) />
        </ul>
        <ul class="list">
            <Way href="/desk/set-up/logins" icon="lock" title=i18n::text(|| i18n::set_up().logins) />
            <Way href="/desk/set-up/devices" icon="pin" title=i18n::text(|| i18n::set_up().devices) />
        </ul>
    }
}

#[component]
fn Way(href: &'static str, icon: &'static str, title: Signal<String>, #[prop(optional)] value: Option<Signal<String>>) -> impl IntoView {
    view! {
        <li>
            <a class="list__item" href=href>
                <Icon name=icon />
                <span class="list__text"><span class="list__title">{title}</span></span>
                {value.map(|value| view! { <span class="list__value">{value}</span> })}
                <Icon name="forward" />
            </a>
        </li>
    }
}
