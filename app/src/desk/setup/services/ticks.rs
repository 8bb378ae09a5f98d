//! Presets of the industry to tick: each becomes a service with one tap on "add", price and all, and can be changed afterwards.

use leptos::prelude::*;
use shared::command::{Command, PutService};
use shared::money::{Currency, Money};
use shared::name::Name;
use shared::part::Part;
use shared::service::{Service, stay_minutes};

use super::super::presets::chosen_industry;
use super::super::save::{FormProblem, Saving, save};
use crate::components::rows::Rows;
use crate::desk::setup::of_store::the_store;
use crate::desk::setup::presets::preset::PresetService;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

#[component]
pub(super) fn Ticks() -> impl IntoView {
    let bench = Workbench::expect();
    let ticked = RwSignal::new(Vec::<usize>::new());
    let saving = Saving::new();
    let offered = Memo::new(move |_| {
        let view = bench.replica.view();
        let is_there = |preset: &PresetService| view.catalogue.services.values().any(|service| service.name.zh == preset.name.0);
        let presets = chosen_industry().services();
        (0..presets.len()).filter(|place| !is_there(&presets[*place])).collect::<Vec<_>>()
    });
    let add = move |_| {
        if untrack(|| saving.is_busy()) {
            return;
        }
        let chosen = ticked.get_untracked();
        ticked.set(Vec::new());
        let commands = chosen.iter().filter_map(|place| chosen_industry().services().get(*place)).map(|preset| put(bench, preset));
        // The list above shows what was added: no message over it.
        save(bench, commands.collect(), saving, Callback::new(|_| ()));
    };
    let all = move |_| ticked.set(offered.get_untracked());
    view! {
        <Show when=move || !offered.with(Vec::is_empty)>
            <section class="section" aria-labelledby="presets">
                <div class="section__head">
                    <h2 id="presets">{move || (i18n::set_up().usual_services)(&i18n::name(&chosen_industry().name()))}</h2>
                    <button class="button button--quiet button--small" type="button" on:click=all>{move || i18n::set_up().tick_all}</button>
                </div>
                <div class="list">
                    <Rows each=move || offered.get() key=|place| *place children=move |place| view! { <Tick place ticked /> } />
                </div>
                <FormProblem saving />
                <div>
                    <button class="button button--soft" type="button" disabled=move || ticked.with(Vec::is_empty) on:click=add>
                        {move || (i18n::set_up().add_ticked)(ticked.with(Vec::len))}
                    </button>
                </div>
            </section>
        </Show>
    }
}

#[component]
fn Tick(place: usize, ticked: RwSignal<Vec<usize>>) -> impl IntoView {
    let preset = &chosen_industry().services()[place];
    let is_ticked = move || ticked.with(|ticked| ticked.contains(&place));
    let toggle = move |event| {
        let on = event_target_checked(&event);
        ticked.update(|ticked| {
            ticked.retain(|known| *known != place);
            if on {
                ticked.push(place);
            }
        });
    };
    let name = move || i18n::name(&Name::new(preset.name.0, preset.name.1));
    let category = move || i18n::name(&Name::new(preset.category.0, preset.category.1));
    let note = move || format!("{} · {}", category(), format::duration(i64::from(stay_minutes(&parts(preset)))));
    let bench = Workbench::expect();
    let price = move || the_store(bench).map(|store| format::price(store.currency, proposed(preset, store.currency)));
    view! {
        <label class="list__item">
            <input type="checkbox" prop:checked=is_ticked on:change=toggle />
            <span class="list__text"><span class="list__title">{name}</span><span class="list__note">{note}</span></span>
            <span class="list__value">{price}</span>
        </label>
    }
}

fn parts(preset: &PresetService) -> Vec<Part> {
    preset.parts.iter().map(|(kind, minutes)| Part { kind: *kind, minutes: *minutes }).collect()
}

/// Proposed prices are in yuan; in another currency the price is still to be said.
fn proposed(preset: &PresetService, currency: Currency) -> Option<Money> {
    (currency == Currency::CNY).then_some(Money(preset.price * 100))
}

fn put(bench: Workbench, preset: &PresetService) -> Command {
    let currency = untrack(|| the_store(bench)).map_or(Currency::CNY, |store| store.currency);
    let service = Service {
        id: bench.replica.new_id(),
        code: String::new(),
        name: Name::new(preset.name.0, preset.name.1),
        category: Name::new(preset.category.0, preset.category.1),
        parts: parts(preset),
        needs: Vec::new(),
        price: proposed(preset, currency),
        terms: Vec::new(),
        online: true,
        active: true,
        lead_minutes: None,
        cutoff_minutes: None,
        written: None,
    };
    Command::PutService(PutService::of(service, 0))
}
