//! What a service needs beside people: a resource of each type that is ticked, all the time or during some parts.

use leptos::prelude::*;
use shared::id::ResourceTypeId;
use shared::resource::ResourceNeed;
use shared::sort;

use super::fields::PartText;
use crate::components::rows::Rows;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Nothing where the brand has no types.
#[component]
pub(super) fn Needs(needs: RwSignal<Vec<ResourceNeed>>, parts: RwSignal<Vec<PartText>>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::set_up().resources;
    let offered = Memo::new(move |_| {
        let view = bench.replica.view();
        let is_asked_for = |id: &ResourceTypeId| needs.with(|needs| needs.iter().any(|need| need.resource_type == *id));
        let types = view.catalogue.resource_types.values().filter(|kind| kind.active || is_asked_for(&kind.id));
        types.map(|kind| (kind.id, i18n::name(&kind.name))).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !offered.with(Vec::is_empty)>
            <fieldset class="stack stack--tight">
                <legend class="field__label">{move || words().needs}</legend>
                <p class="small muted">{move || words().needs_note}</p>
                <Rows
                    each=move || offered.get()
                    key=|(id, name)| (*id, name.clone())
                    children=move |(id, name)| view! { <Need id name needs parts /> }
                />
            </fieldset>
        </Show>
    }
}

#[component]
fn Need(id: ResourceTypeId, name: String, needs: RwSignal<Vec<ResourceNeed>>, parts: RwSignal<Vec<PartText>>) -> impl IntoView {
    let own = move || needs.with(|needs| needs.iter().find(|need| need.resource_type == id).cloned());
    let is_needed = Memo::new(move |_| own().is_some());
    let tick = move |event| {
        let on = event_target_checked(&event);
        needs.update(|needs| {
            needs.retain(|need| need.resource_type != id);
            if on {
                needs.push(ResourceNeed { resource_type: id, parts: Vec::new() });
            }
        });
    };
    let text = name.clone();
    let name = StoredValue::new(name);
    let places = move || (0..parts.with(Vec::len)).collect::<Vec<_>>();
    let has_parts = move || parts.with(|parts| parts.len() > 1);
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || is_needed.get() on:change=tick />
            <span class="check__text">{text}</span>
        </label>
        <Show when=move || is_needed.get() && has_parts()>
            <div class="choices" role="group" aria-label=move || name.with_value(|name| (i18n::set_up().resources.parts_of)(name))>
                <PartChoice id number=None needs parts />
                <Rows
                    each=places
                    key=|number| *number
                    children=move |number| view! { <PartChoice id number=Some(number) needs parts /> }
                />
            </div>
        </Show>
    }
}

/// The needs once a part is taken out: those behind it have other numbers, and what was needed for nothing else is needed no more. It never
/// turns into "all the time".
pub(super) fn without_part(needs: &mut Vec<ResourceNeed>, place: usize) {
    needs.retain_mut(|need| {
        let was_whole = need.parts.is_empty();
        need.parts.retain(|part| usize::from(*part) != place);
        need.parts.iter_mut().filter(|part| usize::from(**part) > place).for_each(|part| *part -= 1);
        was_whole || !need.parts.is_empty()
    });
}

/// One part, or all of them.
#[component]
fn PartChoice(
    id: ResourceTypeId,
    number: Option<usize>,
    needs: RwSignal<Vec<ResourceNeed>>,
    parts: RwSignal<Vec<PartText>>,
) -> impl IntoView {
    let own = number.and_then(|number| u8::try_from(number).ok());
    let chosen = move |need: &ResourceNeed| own.map_or(need.parts.is_empty(), |own| need.parts.contains(&own));
    let is_chosen = move || needs.with(|needs| needs.iter().any(|need| need.resource_type == id && chosen(need))).to_string();
    let choose = move |_| {
        needs.update(|needs| {
            let Some(need) = needs.iter_mut().find(|need| need.resource_type == id) else { return };
            match own {
                None => need.parts.clear(),
                Some(own) if need.parts.contains(&own) => need.parts.retain(|part| *part != own),
                Some(own) => {
                    need.parts.push(own);
                    sort::sort(&mut need.parts);
                }
            }
        });
    };
    let word = move || match number {
        None => i18n::set_up().resources.whole.to_owned(),
        Some(number) => {
            let kind = parts.with(|parts| parts.get(number).map(|part| (i18n::set_up().part)(part.kind))).unwrap_or_default();
            (i18n::set_up().resources.part)(number + 1, kind)
        }
    };
    view! { <button class="choice" type="button" aria-pressed=is_chosen on:click=choose>{word}</button> }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_part_that_is_taken_out_takes_its_need_along_and_the_parts_behind_it_keep_theirs() {
        let need = |id, parts: &[u8]| ResourceNeed { resource_type: ResourceTypeId(Uuid::from_u128(id)), parts: parts.to_vec() };
        let mut needs = vec![need(1, &[]), need(2, &[1]), need(3, &[0, 2])];
        without_part(&mut needs, 1);
        assert_eq!(needs, [need(1, &[]), need(3, &[0, 1])]);
    }
}
