//! The phone number.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::phone::Phone;

use crate::components::field::Field;
use crate::member::frame::MemberApp;
use crate::reactive::Busy;
use crate::{api, browser, i18n, phones};

const LAST_PHONE: &str = "huiyue-member-phone-draft";

/// Asks for the number and has a code sent.
#[component]
pub fn PhoneForm(on_phone: Callback<Phone>) -> impl IntoView {
    let app = MemberApp::expect();
    let text = RwSignal::new(browser::preference(LAST_PHONE).unwrap_or_default());
    let error = RwSignal::new(None::<String>);
    let busy = Busy::default();
    let words = || &i18n::member().person;
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let phone = match phones::read(&app.replica.view_now(), None, &text.get_untracked()) {
            Ok(phone) => phone,
            Err(what_to_add) => {
                error.set(Some(what_to_add));
                return;
            }
        };
        if !busy.begin() {
            return;
        }
        spawn_local(async move {
            match api::ask_code(&phone, i18n::language()).await {
                Ok(()) => {
                    browser::set_preference(LAST_PHONE, None);
                    on_phone.try_run(phone);
                }
                Err(problem) => {
                    error.set(Some((i18n::refusals().api)(&problem)));
                    busy.end();
                }
            }
        });
    };
    let typed = move |event| {
        let value = event_target_value(&event);
        browser::set_preference(LAST_PHONE, Some(&value));
        text.set(value);
        error.set(None);
    };
    view! {
        <form class="sign-in form" on:submit=send novalidate>
            <p class="muted">{move || if app.is_offline() { words().sign_in_offline } else { words().sign_in_text }}</p>
            <Field name="phone" label=Signal::derive(move || words().phone.to_owned()) error=error>
                <input
                    class="input input--phone"
                    id="phone"
                    autofocus
                    type="tel"
                    inputmode="tel"
                    autocomplete="tel"
                    placeholder="138 0013 8000"
                    aria-describedby="phone-hint phone-error"
                    aria-invalid=move || error.with(Option::is_some).to_string()
                    prop:value=text
                    on:input=typed
                />
                <p class="field__hint" id="phone-hint">{move || words().phone_hint}</p>
            </Field>
            <button class="button button--primary button--large button--wide" type="submit" aria-busy=move || busy.get().to_string() disabled=move || busy.get()>
                {move || words().ask_code}
            </button>
        </form>
    }
}
