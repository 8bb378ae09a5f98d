//! A booking that was begun and not given: what was chosen, that it is not booked, and one tap to go on.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::i18n;
use crate::member::draft::BookingDraft;
use crate::member::member_app::MemberApp;
use crate::member::{labels, paths};
use crate::reactive::memo;

/// The card; nothing while nothing has been begun.
#[component]
pub fn Unfinished() -> impl IntoView {
    let app = MemberApp::expect();
    let begun = memo(move || app.draft.begun());
    let what = move || begun.get().map(|draft| chosen(app, &draft));
    let words = || &i18n::member().home;
    view! {
        <Show when=move || begun.with(Option::is_some)>
            <section class="notice notice--caution" aria-labelledby="unfinished">
                <Icon name="hourglass" />
                <div class="notice__text">
                    <h2 class="notice__title" id="unfinished">{move || words().unfinished}</h2>
                    <p class="notice__note">{what}</p>
                </div>
                <div class="notice__actions">
                    <button class="button button--primary" type="button" on:click=move |_| go_on(app)>{move || words().go_on}</button>
                    <button class="button button--quiet" type="button" on:click=move |_| app.draft.clear()>
                        {move || words().give_up}
                    </button>
                </div>
            </section>
        </Show>
    }
}

/// `精剪 · 凯莉 · 11月24日 周二 14:30`
fn chosen(app: MemberApp, draft: &BookingDraft) -> String {
    let view = app.view();
    let mut parts = vec![labels::services(&view, &draft.services)];
    parts.extend(draft.staff_preference.map(|staff_preference| labels::staff_preference(&view, staff_preference)));
    parts.extend(draft.store.zip(draft.starts_at).and_then(|(store, at)| labels::date_time(&view, store, at)));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// To the first step that is still open.
fn go_on(app: MemberApp) {
    let draft = app.draft.go_on();
    app.way.go(match (draft.staff_preference, draft.starts_at) {
        (_, Some(at)) if at > app.replica.clock() => paths::CONFIRM,
        (Some(_), _) => paths::TIME,
        (None, _) => paths::STAFF,
    });
}
