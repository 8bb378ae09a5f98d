//! Somebody new: a name, once, and consent to the privacy notice (S2).

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::Subject;
use shared::command::{Command, RegisterMember};
use shared::id::MemberId;
use shared::member::PRIVACY_VERSION;
use shared::refusal::Refusal;
use shared::sync::Outcome;
use shared::text::clean_line;

use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::member_app::MemberApp;
use crate::member::paths;
use crate::member::sign_in::field::focused;
use crate::reactive::Busy;
use crate::state::SubmitError;

/// Registers the account's first member.
#[component]
pub fn NameForm(on_done: Callback<()>) -> impl IntoView {
    let app = MemberApp::expect();
    let name = RwSignal::new(String::new());
    let agreed = RwSignal::new(false);
    let (name_error, consent_error) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let (busy, member) = (Busy::default(), app.replica.new_id::<MemberId>());
    let node = focused();
    let words = i18n::person;
    let register = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked().trim().to_owned();
        name_error.set(what_is_missing(&typed));
        consent_error.set((!agreed.get_untracked()).then(|| words().consent_missing.to_owned()));
        if name_error.with_untracked(Option::is_some) || !agreed.get_untracked() || !busy.begin() {
            return;
        }
        let registration = registration(app, member, typed);
        spawn_local(async move {
            match app.replica.submit(Command::RegisterMember(registration)).await {
                Err(problem) if !is_there(&problem) => {
                    busy.end();
                    name_error.set(Some(i18n::refusals().submit(&problem)));
                }
                _ => {
                    // On its way: a booking sent after it may name the person already.
                    app.draft.change(|draft| draft.subject = Some(Subject::Member(member)));
                    on_done.try_run(());
                }
            }
        });
    };
    view! {
        <form class="sign-in form" novalidate on:submit=register>
            <Field name="name" label=Signal::derive(move || words().name.to_owned()) error=name_error>
                <input
                    class="input"
                    id="name"
                    node_ref=node
                    autocomplete="name"
                    aria-describedby="name-hint name-error"
                    aria-invalid=move || name_error.with(Option::is_some).to_string()
                    prop:value=name
                    on:input=move |event| { name.set(event_target_value(&event)); name_error.set(None) }
                />
                <p class="field__hint" id="name-hint">{move || words().name_hint}</p>
            </Field>
            <fieldset class="consent">
                <legend class="visually-hidden">{move || words().privacy}</legend>
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=agreed
                        on:change=move |event| { agreed.set(event_target_checked(&event)); consent_error.set(None) }
                    />
                    <span class="check__text">
                        {move || words().consent}
                        <a href=paths::PRIVACY target="_blank" rel="external">{move || words().consent_link}</a>
                        <br />
                        <span class="note">{move || words().consent_note}</span>
                    </span>
                </label>
            </fieldset>
            {move || consent_error.get().map(|text| view! { <p class="field__error" role="alert"><Icon name="attention" />{text}</p> })}
            <button class="button button--primary button--large button--wide" type="submit" disabled=move || busy.get()>
                {move || words().go_on}
            </button>
        </form>
    }
}

/// What is wrong with a name: nothing was typed, or nothing that anybody could see.
pub fn what_is_missing(typed: &str) -> Option<String> {
    let words = i18n::person();
    match (typed.trim().is_empty(), clean_line(typed).is_empty()) {
        (true, _) => Some(words.name_missing.to_owned()),
        (false, true) => Some(words.name_invisible.to_owned()),
        (false, false) => None,
    }
}

/// The tap before this one arrived, only its answer was lost.
fn is_there(problem: &SubmitError) -> bool {
    matches!(
        problem,
        SubmitError::Refused(Refusal::AlreadyExists)
            | SubmitError::RefusedByServer(Outcome::Refused { refusal: Refusal::AlreadyExists, .. })
    )
}

fn registration(app: MemberApp, member: MemberId, name: String) -> RegisterMember {
    RegisterMember {
        member,
        account: None,
        // The store that is about to be booked knows its guest from now on.
        store: app.draft.now().store,
        name: name.into(),
        phone: None,
        consent: Some(PRIVACY_VERSION),
    }
}
