//! The code: one real input over six drawn places, sent by itself when complete.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::one_time_code;
use shared::phone::Phone;
use shared::session::Session;
use shared::time::Timestamp;

use crate::api::{self, ApiError};
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::frame::MemberApp;
use crate::member::sign_in::focused;
use crate::reactive::{Busy, memo};

/// How many digits are asked for.
const LENGTH: usize = one_time_code::LENGTH;
const RESEND_SECONDS: i64 = 60;

/// Asks for the code and signs in.
#[component]
pub fn CodeForm(phone: Phone, on_session: Callback<()>, on_back: Callback<()>) -> impl IntoView {
    let app = MemberApp::expect();
    let code = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let busy = Busy::default();
    let node = focused();
    let shown = phone.spaced();
    let again = phone.clone();
    let words = || &i18n::member().person;
    let enter = move || {
        let (phone, typed) = (phone.clone(), code.get_untracked());
        if typed.len() < LENGTH || !busy.begin() {
            return;
        }
        spawn_local(async move {
            match sign_in(&phone, &typed).await {
                Ok(session) => {
                    // The session has begun, whether or not somebody still looks at this page.
                    app.replica.use_session(session).await;
                    on_session.try_run(());
                }
                Err(problem) => {
                    error.set(Some((i18n::refusals().api)(&problem)));
                    // Without an answer the code may still be good.
                    if problem != ApiError::Offline {
                        code.set(String::new());
                    }
                    busy.end();
                }
            }
        });
    };
    let entered = enter.clone();
    let typed = move |event: web_sys::Event| {
        let digits = one_time_code::read(&event_target_value(&event));
        // What was typed over and above is not in the signal: the field shows what counts.
        if let Some(input) = node.get_untracked() {
            input.set_value(&digits);
        }
        code.set(digits);
        error.set(None);
        entered();
    };
    view! {
        <form class="sign-in form" novalidate on:submit=move |event| { event.prevent_default(); enter() }>
            <div class="page-head">
                <h3>{move || words().code}</h3>
                <p class="page-head__note">{move || (words().code_sent)(&shown)}</p>
            </div>
            <div class="code-field">
                <input
                    class="code-field__input"
                    aria-label=move || words().code_label
                    aria-invalid=move || error.with(Option::is_some).to_string()
                    aria-describedby="code-error"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    node_ref=node
                    prop:value=code
                    on:input=typed
                />
                <Places code />
            </div>
            {move || error.get().map(|text| view! { <p class="field__error" id="code-error" role="alert"><Icon name="attention" />{text}</p> })}
            <div class="sign-in__other">
                <Resend phone=again error />
                <button class="button button--quiet" type="button" on:click=move |_| on_back.run(())>{move || words().other_phone}</button>
            </div>
        </form>
    }
}

/// Signs in; where the answer to an earlier tap was lost, that one counts.
async fn sign_in(phone: &Phone, code: &str) -> Result<Session, ApiError> {
    let problem = match api::sign_in_member(phone, code, i18n::language()).await {
        Ok(session) => return Ok(session),
        Err(problem) => problem,
    };
    match api::session().await {
        Ok(Some(session)) if session.phone_masked.as_deref() == Some(phone.masked().as_str()) => Ok(session),
        _ => Err(problem),
    }
}

#[component]
fn Places(code: RwSignal<String>) -> impl IntoView {
    let place = move |at: usize| {
        view! {
            <span class="code-field__place" class=("code-field__place--next", move || code.with(String::len) == at)>
                {move || code.with(|code| code.chars().nth(at).map(String::from))}
            </span>
        }
    };
    view! { <div class="code-field__places" aria-hidden="true">{(0..LENGTH).map(place).collect_view()}</div> }
}

/// Another code, after a while.
#[component]
fn Resend(phone: Phone, error: RwSignal<Option<String>>) -> impl IntoView {
    let app = MemberApp::expect();
    let sent_at = RwSignal::new(app.replica.clock());
    let left = memo(move || {
        let until = Timestamp(sent_at.get().0 + RESEND_SECONDS * 1000);
        ((until.0 - app.replica.now().0) / 1000).clamp(0, RESEND_SECONDS)
    });
    let resend = move |_| {
        let phone = phone.clone();
        sent_at.set(app.replica.clock());
        spawn_local(async move {
            if let Err(problem) = api::ask_code(&phone, i18n::language()).await {
                error.set(Some((i18n::refusals().api)(&problem)));
            }
        });
    };
    let word = move || match left.get() {
        0 => i18n::member().person.resend.to_owned(),
        seconds => (i18n::member().person.resend_in)(seconds),
    };
    view! { <button class="button button--quiet" type="button" disabled=move || left.get() != 0 on:click=resend>{word}</button> }
}
