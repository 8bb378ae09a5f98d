//! With whom, line by line: two friends may have the same service, and each their own person.

use leptos::prelude::*;
use shared::booking::Subject;
use shared::staff_preference::StaffPreference;

use super::fields::MoveFields;
use crate::components::rows::Rows;
use crate::desk::booking_form::StaffChips;
use crate::i18n;

/// One row for each line.
#[component]
pub(super) fn LinePreferences(draft: MoveFields) -> impl IntoView {
    let places = move || (0..draft.staff_preferences.with(Vec::len)).collect::<Vec<_>>();
    view! {
        <section class="section" aria-labelledby="staff-title">
            <h3 id="staff-title">{move || i18n::desk().form.staff}</h3>
            <Rows each=places key=|place| *place children=move |place| view! { <PreferenceRow draft place /> } />
        </section>
    }
}

#[component]
fn PreferenceRow(draft: MoveFields, place: usize) -> impl IntoView {
    let service = move || draft.panel.with(|booking| booking.lines.get(place).map(|line| line.service));
    let services = Signal::derive(move || service().into_iter().collect::<Vec<_>>());
    let staff_preference = Signal::derive(move || {
        draft.staff_preferences.with(|staff_preferences| staff_preferences.get(place).copied().unwrap_or(StaffPreference::Any))
    });
    let on_choose = Callback::new(move |chosen: StaffPreference| {
        draft.staff_preferences.update(|staff_preferences| {
            if let Some(staff_preference) = staff_preferences.get_mut(place) {
                *staff_preference = chosen;
            }
        });
    });
    let is_only = draft.staff_preferences.with_untracked(Vec::len) < 2;
    let label_id = if is_only { "staff-title".to_owned() } else { format!("move-wish-{place}") };
    let heading = (!is_only).then(|| view! { <h4 class="field__label" id=label_id.clone()>{move || line_name(draft, place)}</h4> });
    view! {
        <div class="stack stack--tight">
            {heading}
            <StaffChips services staff_preference on_choose date=draft.choice.date label_id />
        </div>
    }
}

/// Tracked: `精剪 · 小米`.
fn line_name(draft: MoveFields, place: usize) -> String {
    let view = draft.panel.bench.replica.view();
    draft.panel.with(|booking| {
        let Some(line) = booking.lines.get(place) else { return String::new() };
        let service = view.catalogue.services.get(&line.service).map(|service| i18n::name(&service.name));
        let guest = match &line.subject {
            Subject::Member(id) => view.members.get(id).map(|member| member.name.value.0.clone()),
            Subject::Guest { name } => Some(name.0.clone()),
        };
        [service, guest].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    })
}
