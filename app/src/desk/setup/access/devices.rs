//! The enrolled tablets of the store: one that is lost is signed out from here.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::devices::EnrolledDevice;
use shared::id::DeviceId;

use crate::api::{self, ApiError};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::api_problem::ApiProblem;
use crate::desk::setup::of_store::the_store;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

/// `/desk/set-up/devices`
#[component]
pub(in super::super) fn Devices() -> impl IntoView {
    let bench = Workbench::expect();
    let devices = RwSignal::new(None::<Vec<EnrolledDevice>>);
    let problem = RwSignal::new(None::<ApiError>);
    let load = move || {
        let Some(store) = untrack(|| the_store(bench)) else { return };
        spawn_local(async move {
            match api::devices(store.id).await {
                Ok(list) => drop(devices.try_set(Some(list))),
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    load();
    let revoke = Callback::new(move |device: DeviceId| {
        spawn_local(async move {
            match api::revoke_device(device).await {
                Ok(()) => {
                    bench.say("check", i18n::set_up().revoked.to_owned(), None);
                    load();
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    });
    let list = move || devices.get().unwrap_or_default();
    view! {
        <div class="desk__page" style:--page-width="40rem">
            <p class="muted">{move || i18n::set_up().devices_note}</p>
            <ApiProblem problem />
            <Show when=move || devices.with(|devices| devices.as_ref().is_some_and(Vec::is_empty))>
                <p>{move || i18n::set_up().no_devices}</p>
            </Show>
            <ul class="list">
                <Rows each=list key=|device| device.id children=move |device| view! { <DeviceRow device on_revoke=revoke /> } />
            </ul>
            <div>
                <a class="button button--soft" href="/desk/enrol"><Icon name="plus" size="small" />{move || i18n::door().enrol_title}</a>
            </div>
        </div>
    }
}

#[component]
fn DeviceRow(device: EnrolledDevice, on_revoke: Callback<DeviceId>) -> impl IntoView {
    let bench = Workbench::expect();
    let EnrolledDevice { id, name, enrolled_at } = device;
    let since = move || the_store(bench).map(|store| (i18n::set_up().enrolled_at)(&format::date_time(&store.zone, enrolled_at)));
    view! {
        <li class="list__item">
            <Icon name="pin" />
            <span class="list__text"><span class="list__title">{name}</span><span class="list__note">{since}</span></span>
            <button class="button button--danger button--small" type="button" on:click=move |_| on_revoke.run(id)>
                {move || i18n::set_up().revoke}
            </button>
        </li>
    }
}
