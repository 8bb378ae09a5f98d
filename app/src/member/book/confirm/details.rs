//! What, with whom, where, for whom, for how much, and a word to the store.

use leptos::prelude::*;
use shared::booking::Subject;
use shared::id::MemberId;

use crate::components::rows::Rows;
use crate::i18n::{self, format};
use crate::member::labels;
use crate::member::member_app::MemberApp;
use crate::member::plan::{Plan, PlanLine};
use crate::reactive::memo;

/// The lines with their prices.
#[component]
pub fn Summary(plan: Plan) -> impl IntoView {
    let app = MemberApp::expect();
    let plan = StoredValue::new(plan);
    let words = || &i18n::member().booking;
    let line = move |line: &PlanLine| {
        let (view, store) = (app.view(), plan.with_value(|plan| plan.store));
        let who = if line.staff_preference.is_requested() {
            labels::staff(&view, line.staff)
        } else {
            labels::staff_preference(&view, line.staff_preference)
        };
        view! {
            <div class="summary__line">
                <dt>{words().service}</dt>
                <dd>
                    {labels::service(&view, line.service)}
                    <span class="summary__note">
                        {format!("{} · {who} · {}", format::duration(i64::from(line.minutes)), labels::price(&view, store, line.price))}
                    </span>
                </dd>
            </div>
        }
    };
    let place = move || {
        let (view, store) = (app.view(), plan.with_value(|plan| plan.store));
        let address = view.catalogue.stores.get(&store).map(|store| store.address.clone()).unwrap_or_default();
        view! { {labels::store(&view, store)} <span class="summary__note">{address}</span> }
    };
    let total = move || plan.with_value(|plan| labels::price(&app.view(), plan.store, plan.price()));
    view! {
        <dl class="summary surface">
            {move || plan.with_value(|plan| plan.lines.iter().map(line).collect_view())}
            <div class="summary__line"><dt>{move || words().store}</dt><dd>{place}</dd></div>
            <div class="summary__line summary__line--total"><dt>{move || words().pay}</dt><dd><span class="price">{total}</span></dd></div>
        </dl>
    }
}

/// Who is served, where an account has several people.
#[component]
pub fn Subjects() -> impl IntoView {
    let app = MemberApp::expect();
    let people = memo(move || app.members().into_iter().map(|member| (member.id, member.name.value.0)).collect::<Vec<_>>());
    let chosen = move |id: MemberId| match app.draft.get().subject {
        Some(subject) => subject == Subject::Member(id),
        None => people.with(|people| people.first().is_some_and(|first| first.0 == id)),
    };
    let item = move |(id, name): (MemberId, String)| {
        view! {
            <button
                class="choice"
                type="button"
                aria-pressed=move || chosen(id).to_string()
                on:click=move |_| app.draft.change(|draft| draft.subject = Some(Subject::Member(id)))
            >
                {name}
            </button>
        }
    };
    view! {
        <Show when=move || people.with(|people| people.len() > 1)>
            <section class="section" aria-labelledby="subject">
                <h2 id="subject" class="field__label">{move || i18n::member().booking.subject}</h2>
                <div class="choices"><Rows each=move || people.get() key=Clone::clone children=item /></div>
            </section>
        </Show>
    }
}

/// A word to the store.
#[component]
pub fn Note() -> impl IntoView {
    let app = MemberApp::expect();
    let words = || &i18n::member().booking;
    view! {
        <div class="field">
            <label class="field__label" for="note">
                {move || words().note} " " <span class="field__optional">{move || words().optional}</span>
            </label>
            <textarea
                class="input"
                id="note"
                rows="2"
                placeholder=move || words().note_hint
                prop:value=move || app.draft.get().note
                on:input=move |event| { let note = event_target_value(&event); app.draft.change(|draft| draft.note = note) }
            ></textarea>
        </div>
    }
}
