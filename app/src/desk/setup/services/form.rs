//! The form of one service: name, price, what goes on in which order, and what differs by level.

use leptos::prelude::*;
use shared::command::{Command, PutService};
use shared::id::ServiceId;
use shared::part::PartKind;
use shared::resource::ResourceNeed;
use shared::role::Permission;
use shared::service::Service;

use super::super::save::{ChangedMeanwhile, FormProblem, Saving, save, say_saved};
use super::super::waits::OfRecord;
use super::fields::{PartText, ServiceFields};
use super::needs::{Needs, without_part};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::components::text_field::{TextField, TextKind};
use crate::desk::setup::flag::Flag;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Shows the record again when somebody else's version is wanted.
#[component]
pub(super) fn ServiceForm(service: Option<ServiceId>, on_close: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let round = RwSignal::new(0);
    let again = Callback::new(move |()| round.update(|round| *round += 1));
    // A new one is made only where "new" was tapped: an address of one that has not arrived yet waits for it.
    let is_here = Signal::derive(move || service.is_none_or(|id| bench.replica.view().catalogue.services.contains_key(&id)));
    let form = move || {
        round.track();
        let record = service.and_then(|id| bench.replica.view_now().catalogue.services.get(&id).cloned());
        view! { <OneForm record on_close on_theirs=again /> }
    };
    view! { <OfRecord is_here>{form}</OfRecord> }
}

#[component]
fn OneForm(record: Option<Service>, on_close: Callback<()>, on_theirs: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::set_up;
    let draft = ServiceFields::of(record.as_ref());
    let is_new = record.is_none();
    let id = record.as_ref().map_or_else(|| bench.replica.new_id(), |service| service.id);
    let base = RwSignal::new(version(record.as_ref()));
    let before = StoredValue::new(record);
    let now = Memo::new(move |_| version(bench.replica.view().catalogue.services.get(&id)));
    let saving = Saving::new();
    let say = say_saved(bench);
    let saved = Callback::new(move |status| {
        say.run(status);
        on_close.run(());
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match before.with_value(|before| draft.service(before.as_ref(), id)) {
            Ok(service) => {
                let service = with_known_category(bench, service);
                save(bench, vec![Command::PutService(PutService::of(service, base.get_untracked()))], saving, saved);
            }
            Err(text) => saving.fails(text),
        }
    };
    let may = Memo::new(move |_| bench.replica.session().is_some_and(|session| session.actor().may_everywhere(Permission::ManageBrand)));
    view! {
        <form class="form" on:submit=submit>
            <Show when=move || !may.get()><p class="notice" role="status"><Icon name="lock" />{move || words().brand_only}</p></Show>
            <fieldset class="form" disabled=move || !may.get()>
            <h2>{move || if is_new { words().new_service } else { words().edit_service }}</h2>
            <ChangedMeanwhile base now on_theirs />
            <div class="field-row">
                <TextField name="service-name" label=i18n::text(|| i18n::set_up().name_zh) value=draft.zh />
                <TextField
                    name="service-name-en"
                    label=i18n::text(|| i18n::set_up().name_en)
                    value=draft.en
                    note=i18n::text(|| i18n::people().optional)
                />
            </div>
            <div class="field-row">
                <TextField name="service-category" label=i18n::text(|| i18n::set_up().category) value=draft.category />
                <TextField
                    name="service-category-en"
                    label=i18n::text(|| i18n::set_up().category_en)
                    value=draft.category_en
                    note=i18n::text(|| i18n::people().optional)
                />
            </div>
            <div class="field-row">
                <TextField
                    name="service-price"
                    label=i18n::text(|| i18n::set_up().price)
                    value=draft.price
                    kind=TextKind::Number
                    note=i18n::text(|| i18n::set_up().price_note)
                />
            </div>
            <Parts parts=draft.parts needs=draft.needs />
            <Needs needs=draft.needs parts=draft.parts />
            <Levels draft />
            <Flag value=draft.online text=i18n::text(|| i18n::set_up().online) />
            <Flag value=draft.active text=i18n::text(|| i18n::set_up().offered) />
            </fieldset>
            <FormProblem saving />
            <div class="form__actions">
                <button class="button" type="button" on:click=move |_| on_close.run(())>{move || i18n::common().actions.back}</button>
                <Show when=move || may.get()>
                    <button class="button button--primary" type="submit">{move || i18n::common().actions.save}</button>
                </Show>
            </div>
        </form>
    }
}

/// A category that another service has in both languages is the same one: otherwise the menu would show it twice.
fn with_known_category(bench: Workbench, mut service: Service) -> Service {
    if service.category.en.is_empty() {
        let view = bench.replica.view_now();
        let same = |other: &&Service| other.id != service.id && other.category.zh == service.category.zh;
        let known = view.catalogue.services.values().find(same).map(|other| other.category.clone());
        service.category = known.unwrap_or(service.category);
    }
    service
}

fn version(service: Option<&Service>) -> u32 {
    service.and_then(|service| service.written).map_or(0, |written| written.version)
}

/// What goes on, one after another.
#[component]
fn Parts(parts: RwSignal<Vec<PartText>>, needs: RwSignal<Vec<ResourceNeed>>) -> impl IntoView {
    let places = move || (0..parts.with(Vec::len)).collect::<Vec<_>>();
    let add = move |_| {
        parts.update(|parts| {
            parts.push(PartText { kind: if parts.len() % 2 == 1 { PartKind::Processing } else { PartKind::Active }, minutes: "30".into() })
        })
    };
    view! {
        <fieldset class="stack stack--tight">
            <legend class="field__label">{move || i18n::set_up().parts}</legend>
            <Rows each=places key=|place| *place children=move |place| view! { <PartRow parts needs place /> } />
            <div class="row row--between row--wrap">
                <button class="button button--quiet" type="button" on:click=add>
                    <Icon name="plus" size="small" />{move || i18n::set_up().add_part}
                </button>
                <span class="small muted">{move || i18n::set_up().parts_note}</span>
            </div>
        </fieldset>
    }
}

#[component]
fn PartRow(parts: RwSignal<Vec<PartText>>, needs: RwSignal<Vec<ResourceNeed>>, place: usize) -> impl IntoView {
    const KINDS: [PartKind; 4] = [PartKind::Before, PartKind::Active, PartKind::Processing, PartKind::After];
    let kind = move || parts.with(|parts| parts.get(place).map(|part| part.kind));
    let minutes = move || parts.with(|parts| parts.get(place).map(|part| part.minutes.clone()).unwrap_or_default());
    let change = move |of: &dyn Fn(&mut PartText)| {
        parts.update(|parts| {
            if let Some(part) = parts.get_mut(place) {
                of(part);
            }
        });
    };
    let pick = move |event| {
        let chosen = event_target_value(&event).parse::<usize>().ok().and_then(|index| KINDS.get(index).copied());
        if let Some(kind) = chosen {
            change(&|part| part.kind = kind);
        }
    };
    let option = move |(index, offered): (usize, PartKind)| {
        view! { <option value=index.to_string() selected=move || kind() == Some(offered)>{move || (i18n::set_up().part)(offered)}</option> }
    };
    let remove = move |_| {
        parts.update(|parts| drop(parts.remove(place)));
        needs.update(|needs| without_part(needs, place));
    };
    let is_one_of_several = move || parts.with(|parts| parts.len() > 1);
    view! {
        <div class="row">
            <select class="input grow" aria-label=move || i18n::set_up().part_kind on:change=pick>
                {KINDS.into_iter().enumerate().map(option).collect_view()}
            </select>
            <input
                class="input grow"
                inputmode="numeric"
                aria-label=move || i18n::set_up().minutes
                prop:value=minutes
                on:input=move |event| { let text = event_target_value(&event); change(&|part| part.minutes.clone_from(&text)); }
            />
            <span class="muted nowrap">{move || i18n::set_up().minutes}</span>
            <Show when=is_one_of_several>
                <button class="button button--icon" type="button" aria-label=move || i18n::common().actions.delete on:click=remove>
                    <Icon name="minus" />
                </button>
            </Show>
        </div>
    }
}

/// Price and hands-on minutes by level, where they differ.
#[component]
fn Levels(draft: ServiceFields) -> impl IntoView {
    let is_any = draft
        .levels
        .iter()
        .any(|level| level.price.with_untracked(|text| !text.is_empty()) || level.minutes.with_untracked(|text| !text.is_empty()));
    let is_open = RwSignal::new(is_any);
    let row = move |place: usize| {
        let level = draft.levels[place];
        let number = u8::try_from(place + 1).unwrap_or(1);
        let name = move || (i18n::set_up().level)(number);
        let price_label = move || format!("{} {}", name(), i18n::set_up().price);
        let minutes_label = move || format!("{} {}", name(), i18n::set_up().minutes);
        let standard = draft.price;
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>
                    <input
                        class="input"
                        inputmode="numeric"
                        aria-label=price_label
                        placeholder=move || standard.get()
                        prop:value=move || level.price.get()
                        on:input=move |event| level.price.set(event_target_value(&event))
                    />
                </td>
                <td>
                    <input
                        class="input"
                        inputmode="numeric"
                        aria-label=minutes_label
                        placeholder=move || hands_on_text(draft)
                        prop:value=move || level.minutes.get()
                        on:input=move |event| level.minutes.set(event_target_value(&event))
                    />
                </td>
            </tr>
        }
    };
    let rows = move || (0..draft.levels.len()).map(row).collect_view();
    view! {
        <Show when=move || is_open.get() fallback=move || view! {
            <div>
                <button class="button button--quiet" type="button" on:click=move |_| is_open.set(true)>
                    <Icon name="plus" size="small" />
                    {move || i18n::set_up().by_level}
                </button>
            </div>
        }>
            <fieldset class="stack stack--tight">
                <legend class="field__label">{move || i18n::set_up().by_level}</legend>
                <p class="small muted">{move || i18n::set_up().by_level_note}</p>
                <div class="table-wrap">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{move || i18n::set_up().level_head}</th>
                                <th scope="col">{move || i18n::set_up().price}</th>
                                <th scope="col">{move || i18n::set_up().hands_on}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </fieldset>
        </Show>
    }
}

/// Hands-on minutes as typed above.
fn hands_on_text(draft: ServiceFields) -> String {
    let sum: u32 = draft.parts.with(|parts| {
        parts.iter().filter(|part| part.kind == PartKind::Active).filter_map(|part| part.minutes.trim().parse::<u32>().ok()).sum()
    });
    sum.to_string()
}
