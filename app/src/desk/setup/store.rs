//! A store: name, address, industry, time zone, currency, hours. One form for the first run and for later.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::{Command, PutStore};
use shared::id::{LegalEntityId, StoreId};
use shared::money::Currency;
use shared::name::Name;
use shared::store::{Rules, StaffOrder, Store};

use super::presets::{INDUSTRIES, Industry, choose_industry, chosen_industry};
use super::save::{ChangedMeanwhile, FormProblem, Saving, save, say_saved};
use super::spans::{WeekEditor, WeekText, week_of, week_texts};
use super::waits::{OfStore, OnceHere};
use crate::components::text_field::{TextField, TextKind};
use crate::desk::busy::once;
use crate::desk::setup::of_store::the_store;
use crate::desk::workbench::Workbench;
use crate::state::CommandStatus;
use crate::{api, i18n};

/// Zones to choose from; the one of the store is added when it is another.
const ZONES: [&str; 12] = [
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Macau",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Kuala_Lumpur",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/London",
    "Europe/Paris",
    "America/Vancouver",
    "America/New_York",
];
/// Currencies to choose from.
const CURRENCIES: [&str; 10] = ["CNY", "HKD", "TWD", "SGD", "MYR", "JPY", "AUD", "GBP", "EUR", "CAD"];

/// What is typed so far.
#[derive(Clone, Copy)]
struct StoreFields {
    zh: RwSignal<String>,
    en: RwSignal<String>,
    address: RwSignal<String>,
    phone: RwSignal<String>,
    zone: RwSignal<String>,
    currency: RwSignal<String>,
    week: WeekText,
}

impl StoreFields {
    fn of(store: Option<&Store>) -> Self {
        let industry = chosen_industry();
        let hours = store.map_or_else(|| industry.hours(), |store| store.hours.clone());
        let text = |of: fn(&Store) -> &str, other: &str| RwSignal::new(store.map_or(other, of).to_owned());
        StoreFields {
            zh: text(|store| &store.name.zh, ""),
            en: text(|store| &store.name.en, ""),
            address: text(|store| &store.address, ""),
            phone: text(|store| &store.phone, ""),
            zone: text(|store| &store.zone.name, ZONES[0]),
            currency: text(|store| store.currency.code(), CURRENCIES[0]),
            week: week_texts(&hours),
        }
    }
}

/// The store in use, as a page.
#[component]
pub(super) fn StorePage() -> impl IntoView {
    let saved = say_saved(Workbench::expect());
    view! {
        <div class="desk__page" style:--page-width="44rem">
            <OfStore page=move |_| view! { <StoreForm is_first=false on_saved=saved /> }.into_any() />
        </div>
    }
}

/// The first step of the first run: the store there is, or the first one, which begins here.
#[component]
pub(super) fn FirstStore(on_saved: Callback<CommandStatus>) -> impl IntoView {
    view! { <OnceHere><StoreForm is_first=true on_saved /></OnceHere> }
}

#[component]
fn StoreForm(
    /// The first run: asks for the industry, too.
    is_first: bool,
    on_saved: Callback<CommandStatus>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let round = RwSignal::new(0);
    let again = Callback::new(move |()| round.update(|round| *round += 1));
    move || {
        round.track();
        view! { <OneForm store=untrack(|| the_store(bench)) is_first on_saved on_theirs=again /> }
    }
}

#[component]
fn OneForm(store: Option<Arc<Store>>, is_first: bool, on_saved: Callback<CommandStatus>, on_theirs: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::set_up;
    let draft = StoreFields::of(store.as_deref());
    let before = StoredValue::new(store);
    let base = RwSignal::new(before.with_value(|store| version(store.as_deref())));
    let new_id: StoreId = bench.replica.new_id();
    let id = before.with_value(|store| store.as_ref().map(|store| store.id));
    let now = Memo::new(move |_| id.map_or(0, |id| version(bench.replica.view().catalogue.stores.get(&id))));
    let (saving, is_busy) = (Saving::new(), RwSignal::new(false));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        once(is_busy, async move {
            match record(bench, draft, (before.get_value().as_deref(), new_id)).await {
                Ok(store) => {
                    let command = Command::PutStore(PutStore::of(store, base.get_untracked()));
                    let saved = Callback::new(move |status| {
                        base.try_set(now.get_untracked());
                        on_saved.run(status);
                    });
                    save(bench, vec![command], saving, saved);
                }
                Err(text) => saving.fails(text),
            }
        });
    };
    let save_word = move || if is_first { words().next } else { i18n::common().actions.save };
    view! {
        <form class="set-up__form" on:submit=submit>
            {is_first.then(|| view! { <IndustryChoice week=draft.week /> })}
            <ChangedMeanwhile base now on_theirs />
            <div class="field-row">
                <TextField name="store-name" label=i18n::text(|| i18n::set_up().name_zh) value=draft.zh />
                <TextField
                    name="store-name-en"
                    label=i18n::text(|| i18n::set_up().name_en)
                    value=draft.en
                    note=i18n::text(|| i18n::people().optional)
                />
            </div>
            <TextField name="store-address" label=i18n::text(|| i18n::set_up().address) value=draft.address />
            <TextField
                name="store-phone"
                label=i18n::text(|| i18n::set_up().store_phone)
                value=draft.phone
                kind=TextKind::Phone
                note=i18n::text(|| i18n::people().optional)
            />
            <div class="field-row">
                <Pick
                    name="store-zone"
                    label=i18n::text(|| i18n::set_up().zone)
                    value=draft.zone options=options(&ZONES, draft.zone) word=|zone| (i18n::set_up().zone_of)(zone)
                />
                <Pick
                    name="store-currency"
                    label=i18n::text(|| i18n::set_up().currency)
                    value=draft.currency options=options(&CURRENCIES, draft.currency) word=|code| code.to_owned()
                />
            </div>
            <div class="section">
                <h2>{move || words().hours}</h2>
                <p class="small muted">{move || words().hours_note}</p>
                <WeekEditor week=draft.week />
            </div>
            <FormProblem saving />
            <div class="form__actions">
                <button
                    class="button button--primary button--large"
                    type="submit"
                    aria-busy=move || (is_busy.get() || saving.is_busy()).to_string()
                >
                    {save_word}
                </button>
            </div>
        </form>
    }
}

fn version(store: Option<&Store>) -> u32 {
    store.and_then(|store| store.written).map_or(0, |written| written.version)
}

fn options(offered: &[&str], value: RwSignal<String>) -> Vec<String> {
    let mut options: Vec<String> = offered.iter().map(|option| (*option).to_owned()).collect();
    let own = value.get_untracked();
    if !options.contains(&own) {
        options.push(own);
    }
    options
}

/// A drop-down of a few words.
#[component]
pub(super) fn Pick(
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    options: Vec<String>,
    word: fn(&str) -> String,
) -> impl IntoView {
    let option = move |code: String| {
        let shown = code.clone();
        let is_chosen = code == value.get_untracked();
        view! { <option value=code selected=is_chosen>{move || word(&shown)}</option> }
    };
    view! {
        <div class="field">
            <label class="field__label" for=name>{label}</label>
            <select class="input" id=name on:change=move |event| value.set(event_target_value(&event))>
                {options.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

/// The store as it is meant, or what is wrong. A new zone's table comes from the server.
async fn record(bench: Workbench, draft: StoreFields, (before, new_id): (Option<&Store>, StoreId)) -> Result<Store, String> {
    let hours = week_of(draft.week).map_err(|day| (i18n::set_up().wrong_hours)(i18n::common().times.weekdays[day % 7]))?;
    let name = Name::new(draft.zh.get_untracked().trim(), draft.en.get_untracked().trim());
    if name.check().is_err() {
        return Err(i18n::set_up().name_missing.to_owned());
    }
    let zone_name = draft.zone.get_untracked();
    let zone = match before.filter(|store| store.zone.name == zone_name) {
        Some(store) => store.zone.clone(),
        None => api::zone(&zone_name).await.map_err(|error| (i18n::refusals().api)(&error))?,
    };
    let currency = Currency::parse(&draft.currency.get_untracked()).unwrap_or(Currency::CNY);
    let view = bench.replica.view_now();
    let legal_entity = view
        .catalogue
        .stores
        .values()
        .next()
        .map_or_else(|| LegalEntityId(bench.replica.new_id::<StoreId>().0), |store| store.legal_entity);
    let mut store = before.cloned().unwrap_or_else(|| Store {
        id: new_id,
        name: Name::default(),
        address: String::new(),
        phone: String::new(),
        legal_entity,
        currency,
        zone: zone.clone(),
        hours: Default::default(),
        special_days: Default::default(),
        staff_order: StaffOrder::default(),
        rules: Rules { cutoff_minutes: chosen_industry().cutoff_minutes(), ..Rules::default() },
        written: None,
        rules_written: None,
    });
    store.name = name;
    store.address = draft.address.get_untracked().trim().to_owned();
    store.phone = draft.phone.get_untracked().trim().to_owned();
    (store.currency, store.zone, store.hours) = (currency, zone, hours);
    Ok(store)
}

/// What the store does: brings usual hours, and later services to tick.
#[component]
fn IndustryChoice(week: WeekText) -> impl IntoView {
    let chosen = RwSignal::new(chosen_industry());
    let choose = move |industry: Industry| {
        chosen.set(industry);
        choose_industry(industry);
        for (day, spans) in week_texts(&industry.hours()).into_iter().enumerate() {
            week[day].set(spans.get_untracked());
        }
    };
    let preset = move |industry: Industry| {
        view! {
            <label class="preset">
                <input type="radio" name="industry" prop:checked=move || chosen.get() == industry on:change=move |_| choose(industry) />
                <span class="preset__name">{move || i18n::name(&industry.name())}</span>
                <span class="preset__note">{move || i18n::name(&industry.note())}</span>
            </label>
        }
    };
    view! {
        <fieldset class="stack">
            <legend class="visually-hidden">{move || i18n::set_up().industry}</legend>
            <h2>{move || i18n::set_up().industry}</h2>
            <div class="presets" role="radiogroup" aria-label=move || i18n::set_up().industry>{INDUSTRIES.map(preset)}</div>
        </fieldset>
    }
}
