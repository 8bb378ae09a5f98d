//! The phone number: a mobile, because the code comes as a message. Where it fits several countries, a tap says which is meant.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::phone::{NotRead, Phone};

use crate::components::field::Field;
use crate::member::member_app::MemberApp;
use crate::reactive::Busy;
use crate::{api, browser, i18n, phones};

const LAST_PHONE: &str = "huiyue-member-phone-draft";

/// Whoever has signed in need not type it again.
pub fn forget() {
    browser::set_preference(LAST_PHONE, None);
}

/// Asks for the number and has a code sent.
#[component]
pub fn PhoneForm(on_phone: Callback<Phone>) -> impl IntoView {
    let app = MemberApp::expect();
    let text = RwSignal::new(browser::preference(LAST_PHONE).unwrap_or_default());
    let error = RwSignal::new(None::<String>);
    let busy = Busy::default();
    let words = i18n::person;
    let choices = RwSignal::new(Vec::<Phone>::new());
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let region = phones::region(&app.replica.view_now(), None);
        let phone = match Phone::parse(&text.get_untracked(), region) {
            Ok(phone) if phone.is_landline() => return error.set(Some(words().phone_landline.to_owned())),
            Ok(phone) => phone,
            Err(NotRead::Ambiguous { between }) => return choices.set(between),
            Err(reason) => return error.set(Some((i18n::refusals().phone)(&reason))),
        };
        if !busy.begin() {
            return;
        }
        spawn_local(async move {
            match api::ask_code(&phone, i18n::language()).await {
                Ok(()) => {
                    on_phone.try_run(phone);
                }
                Err(problem) => {
                    error.set(Some((i18n::refusals().api)(&problem)));
                    busy.end();
                }
            }
        });
    };
    let fill = move |value: String| {
        browser::set_preference(LAST_PHONE, Some(&value));
        text.set(value);
        error.set(None);
        choices.set(Vec::new());
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
                    on:input=move |event| fill(event_target_value(&event))
                />
                <p class="field__hint" id="phone-hint">{move || words().phone_hint}</p>
            </Field>
            <Show when=move || !choices.with(Vec::is_empty)>
                <div class="stack stack--tight" role="alert">
                    <p id="phone-which">{move || words().phone_which}</p>
                    <div class="choices" role="group" aria-labelledby="phone-which">
                        {move || choices.get().into_iter().map(|phone| {
                            let number = phone.in_full();
                            let shown = number.clone();
                            view! { <button class="choice number" type="button" on:click=move |_| fill(number.clone())>{shown}</button> }
                        }).collect_view()}
                    </div>
                </div>
            </Show>
            <button
                class="button button--primary button--large button--wide"
                type="submit"
                aria-busy=move || busy.get().to_string()
                disabled=move || busy.get()
            >
                {move || words().ask_code}
            </button>
        </form>
    }
}
