//! One service of the visit: how long, with whom, for how much; or taken away.

use leptos::prelude::*;
use shared::id::ServiceId;
use shared::part::PartKind;
use shared::staff_preference::StaffPreference;

use super::draft::{LineEdit, LineKey, parts_of};
use super::fields::{ChangeFields, Foreseen};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::components::stepper::Stepper;
use crate::desk::booking_form::StaffChips;
use crate::desk::price_text::{price_of, price_text};
use crate::i18n::{self, format};

/// By so many minutes a part is made longer or shorter.
const STEP_MINUTES: u16 = 5;

/// See above.
#[component]
pub(super) fn ChangeLine(fields: ChangeFields, key: LineKey) -> impl IntoView {
    let words = || &i18n::desk().change;
    let view = fields.panel.bench.replica;
    let service = Memo::new(move |_| service_of(fields, key));
    let name = move || service.get().and_then(|id| view.view().catalogue.services.get(&id).map(|service| i18n::name(&service.name)));
    let services = Signal::derive(move || service.get().into_iter().collect::<Vec<_>>());
    let staff_preference = Signal::derive(move || {
        let agreed = fields.panel.with(|booking| line_number(key).and_then(|number| Some(booking.lines.get(number)?.staff_preference)));
        fields.edit(key).staff_preference.or(agreed).unwrap_or(StaffPreference::Any)
    });
    let on_choose = Callback::new(move |chosen: StaffPreference| fields.change(key, |edit| edit.staff_preference = Some(chosen)));
    let label_id = format!("change-{}", slug(key));
    let is_last = Memo::new(move |_| fields.keys().len() < 2);
    let take_away = move |_| match key {
        LineKey::Kept(_) => fields.change(key, |edit| edit.is_gone = true),
        LineKey::Added(service) => fields.added.update(|added| added.retain(|other| *other != service)),
    };
    view! {
        <section class="line-edit" aria-labelledby=label_id.clone()>
            <div class="row row--between">
                <h4 id=label_id.clone()>{name}</h4>
                <Show when=move || !is_last.get()>
                    <button class="button button--small" type="button" on:click=take_away>
                        <Icon name="trash" size="small" />
                        {move || words().take_away}
                    </button>
                </Show>
            </div>
            <Lengths fields key />
            <StaffChips services staff_preference on_choose date=fields.date label_id=label_id.clone() />
            <PriceField fields key />
            <Show when=move || matches!(key, LineKey::Added(_))>
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || fields.edit(key).is_beside
                        on:change=move |event| {
                            let is_beside = event_target_checked(&event);
                            fields.change(key, |edit| edit.is_beside = is_beside);
                        }
                    />
                    <span>{move || words().beside}</span>
                </label>
            </Show>
        </section>
    }
}

fn line_number(key: LineKey) -> Option<usize> {
    match key {
        LineKey::Kept(number) => Some(usize::from(number)),
        LineKey::Added(_) => None,
    }
}

fn slug(key: LineKey) -> String {
    match key {
        LineKey::Kept(number) => number.to_string(),
        LineKey::Added(service) => service.to_string(),
    }
}

/// Tracked.
fn service_of(fields: ChangeFields, key: LineKey) -> Option<ServiceId> {
    match key {
        LineKey::Kept(number) => fields.panel.with(|booking| booking.lines.get(usize::from(number)).map(|line| line.service)),
        LineKey::Added(service) => Some(service),
    }
}

/// How long each part is; a single one needs no name.
#[component]
fn Lengths(fields: ChangeFields, key: LineKey) -> impl IntoView {
    let parts = Memo::new(move |_| {
        let view = fields.panel.bench.replica.view();
        let edit = fields.edit(key);
        fields.panel.booking.with(|booking| booking.as_ref().map(|booking| parts_of(&view, booking, key, &edit)).unwrap_or_default())
    });
    let kinds = move || parts.with(|parts| parts.iter().map(|part| part.kind).enumerate().collect::<Vec<_>>());
    let row = move |(place, kind): (usize, PartKind)| {
        let minutes = Signal::derive(move || parts.with(|parts| parts.get(place).map_or(0, |part| part.minutes)));
        let set = move |minutes: u16| {
            let mut all: Vec<u16> = parts.with_untracked(|parts| parts.iter().map(|part| part.minutes).collect());
            if let Some(own) = all.get_mut(place) {
                *own = minutes;
            }
            fields.change(key, |edit: &mut LineEdit| edit.minutes = Some(all));
        };
        let less = Callback::new(move |()| set(minutes.get_untracked().saturating_sub(STEP_MINUTES).max(STEP_MINUTES)));
        let more = Callback::new(move |()| set(minutes.get_untracked().saturating_add(STEP_MINUTES).min(1440)));
        let label = Signal::derive(move || if parts.with(Vec::len) > 1 { part_word(kind) } else { i18n::desk().change.length }.to_owned());
        let value = Signal::derive(move || format::duration(i64::from(minutes.get())));
        view! { <Stepper label value on_less=less on_more=more /> }
    };
    view! { <Rows each=kinds key=|part| *part children=row /> }
}

fn part_word(kind: PartKind) -> &'static str {
    let words = &i18n::desk().change;
    match kind {
        PartKind::Before => words.before,
        PartKind::Active => words.active,
        PartKind::Processing => words.processing,
        PartKind::After => words.after,
    }
}

/// What it costs; another amount needs a reason when it is saved.
#[component]
fn PriceField(fields: ChangeFields, key: LineKey) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let name = format!("price-{}", slug(key));
    let agreed = move || {
        let line = line_number(key).and_then(|number| fields.panel.with(|booking| Some(booking.lines.get(number)?.price)));
        let shown = match fields.foreseen.get() {
            Foreseen::Changed(after, _) => {
                fields.keys().iter().position(|own| *own == key).and_then(|place| Some(after.lines.get(place)?.price))
            }
            _ => None,
        };
        price_text(shown.or(line).flatten())
    };
    let value = move || typed.get().unwrap_or_else(agreed);
    let on_input = move |event| {
        let text = event_target_value(&event);
        if let Ok(price) = price_of(&text) {
            fields.change(key, |edit| edit.price = Some(price));
        }
        typed.set(Some(text));
    };
    let is_wrong = move || typed.with(|text| text.as_deref().is_some_and(|text| price_of(text).is_err()));
    let (id, label_for) = (name.clone(), name);
    view! {
        <div class="field">
            <label class="field__label" for=label_for>{move || i18n::desk().visit.price}</label>
            <input class="input number" id=id inputmode="decimal" autocomplete="off" prop:value=value on:input=on_input />
            <Show when=is_wrong>
                <p class="field__error" role="alert"><Icon name="attention" />{move || i18n::desk().change.wrong_price}</p>
            </Show>
        </div>
    }
}
