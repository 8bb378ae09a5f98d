//! The code: one real input over six drawn places, sent by itself when complete.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::sign_in::Session;
use shared::one_time_code;
use shared::phone::Phone;
use shared::time::Timestamp;

use crate::api::{self, ApiError};
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::member_app::MemberApp;
use crate::member::sign_in::field::focused;
use crate::reactive::{Busy, memo};

/// How many digits are asked for.
const LENGTH: usize = one_time_code::LENGTH;
/// So long a message may take before another is worth asking for.
const RESEND_SECONDS: u32 = 60;
/// What is longer is told in minutes.
const LONGEST_IN_SECONDS: i64 = 120;

/// Asks for the code and signs in.
#[component]
pub fn CodeForm(phone: Phone, on_session: Callback<()>, on_back: Callback<()>) -> impl IntoView {
    let app = MemberApp::expect();
    let code = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let free_at = RwSignal::new(after_seconds(app, RESEND_SECONDS));
    let locked_until = RwSignal::new(Timestamp::default());
    let busy = Busy::default();
    let node = focused();
    let shown = phone.spaced();
    let again = phone.clone();
    let words = i18n::person;
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
                    if !busy.end() {
                        return;
                    }
                    error.set(Some((i18n::refusals().api)(&problem)));
                    // Only a code that is wrong is no longer needed; whatever else went wrong, it may still be good.
                    if problem.code() == "wrong_code" {
                        code.set(String::new());
                    }
                    // Who may not try any code needs no other one either.
                    locked_until.set(after_seconds(app, problem.retry_after_seconds()));
                    free_at.update(|free_at| *free_at = locked_until.get_untracked().max(*free_at));
                }
            }
        });
    };
    let (entered, again_entered) = (enter.clone(), StoredValue::new(enter.clone()));
    // What was not answered with a no can be sent once more.
    let is_locked = move || locked_until.get() > app.replica.now();
    let can_repeat = memo(move || error.with(Option::is_some) && code.with(String::len) == LENGTH && !is_locked());
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
                <h2>{move || words().code}</h2>
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
            {move || error.get().map(|text| view! {
                <p class="field__error" id="code-error" role="alert"><Icon name="attention" />{text}</p>
            })}
            <Show when=move || can_repeat.get()>
                <button
                    class="button button--primary button--wide"
                    type="button"
                    disabled=move || busy.get()
                    on:click=move |_| again_entered.with_value(|enter| enter())
                >
                    {move || i18n::common().actions.retry}
                </button>
            </Show>
            <div class="sign-in__other">
                <Resend phone=again error free_at />
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

/// Another code, after a while: the button says when.
#[component]
fn Resend(phone: Phone, error: RwSignal<Option<String>>, free_at: RwSignal<Timestamp>) -> impl IntoView {
    let app = MemberApp::expect();
    let busy = Busy::default();
    let left = memo(move || seconds_until(free_at.get(), app.replica.now()));
    let resend = move |_| {
        if left.get_untracked() > 0 || !busy.begin() {
            return;
        }
        let phone = phone.clone();
        error.set(None);
        spawn_local(async move {
            let (told, wait) = match api::ask_code(&phone, i18n::language()).await {
                Ok(()) => (None, RESEND_SECONDS),
                Err(problem) => (Some((i18n::refusals().api)(&problem)), problem.retry_after_seconds()),
            };
            if busy.end() {
                error.set(told);
                free_at.set(after_seconds(app, wait));
            }
        });
    };
    let word = move || {
        let words = i18n::person();
        match left.get() {
            0 => words.resend.to_owned(),
            seconds @ 1..=LONGEST_IN_SECONDS => (words.resend_in)(seconds),
            seconds => (words.resend_in_minutes)((seconds + 59) / 60),
        }
    };
    let disabled = move || left.get() > 0 || busy.get();
    view! { <button class="button button--quiet number" type="button" disabled=disabled on:click=resend>{word}</button> }
}

fn after_seconds(app: MemberApp, seconds: u32) -> Timestamp {
    Timestamp(app.replica.clock().0 + i64::from(seconds) * 1000)
}

/// Whole seconds, the last one counted until it is over.
fn seconds_until(free_at: Timestamp, now: Timestamp) -> i64 {
    (free_at.0.saturating_sub(now.0).max(0) + 999) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_for_another_code_is_told_whole_seconds_and_never_waits_after_the_last() {
        let left = |now| seconds_until(Timestamp(60_000), Timestamp(now));
        assert_eq!([left(0), left(1), left(59_001), left(60_000), left(90_000)], [60, 60, 1, 0, 0]);
    }
}
