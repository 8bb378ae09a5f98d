//! Signing in with name and password: as a page when nobody is, and on top of the work when a session is over.

use leptos::prelude::*;
use shared::name::Language;
use shared::role::Principal;

use super::busy::once;
use super::invited::InvitedForm;
use crate::api::{self, ApiError};
use crate::components::dialog::Dialog;
use crate::components::text_field::{TextField, TextKind};
use crate::desk::api_problem::ApiProblem;
use crate::desk::version_line::VersionLine;
use crate::state::{Link, Replica};
use crate::{browser, i18n};

/// The whole page while nobody is signed in.
#[component]
pub fn SignIn() -> impl IntoView {
    let words = i18n::door;
    let hash = browser::window().location().hash().unwrap_or_default();
    let invitation = hash.trim_start_matches('#').strip_prefix(api::logins::INVITED).map(str::to_owned);
    if let Some(invitation) = invitation {
        browser::forget_hash();
        return view! { <Invited invitation /> }.into_any();
    }
    view! {
        <main class="door" id="main">
            <div class="door__box">
                <VersionLine inline=true />
                <img class="mark" src="/desk/mark.svg" alt="" width="56" height="56" />
                <div class="stack stack--tight">
                    <h1>{move || words().title}</h1>
                    <p class="muted">{move || words().lead}</p>
                </div>
                <SignInForm on_done=Callback::new(|()| ()) />
                <div class="door__foot">
                    <p class="small muted">{move || words().forgot}</p>
                    <LanguageChoice />
                </div>
            </div>
        </main>
    }
    .into_any()
}

/// The same door for somebody who came with an invitation.
#[component]
fn Invited(invitation: String) -> impl IntoView {
    view! {
        <main class="door" id="main">
            <div class="door__box">
                <img class="mark" src="/desk/mark.svg" alt="" width="56" height="56" />
                <div class="stack stack--tight">
                    <h1>{move || i18n::logins().welcome}</h1>
                    <p class="muted">{move || i18n::logins().welcome_text}</p>
                </div>
                <InvitedForm invitation />
                <div class="door__foot"><LanguageChoice /></div>
            </div>
        </main>
    }
}

/// On top of everything when the session is over: the work stays as it is.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let replica = Replica::expect();
    let put_off = RwSignal::new(false);
    let is_over = Memo::new(move |_| replica.link() == Link::SignedOut && replica.session().is_some());
    Effect::new(move |_| {
        if !is_over.get() {
            put_off.set(false);
        }
    });
    let is_tablet = move || replica.session().is_some_and(|session| matches!(session.principal, Principal::Device(_)));
    let note = move || if is_tablet() { i18n::door().tablet_revoked } else { i18n::common().device.session_over };
    view! {
        <Show when=move || is_over.get() && !put_off.get()>
            <Dialog title=i18n::text(|| i18n::door().again) on_close=Callback::new(move |()| put_off.set(true))>
                <p>{note}</p>
                <SignInForm on_done=Callback::new(move |()| put_off.set(true)) />
            </Dialog>
        </Show>
    }
}

/// Name, password, one button. What was typed stays when it was wrong.
#[component]
pub fn SignInForm(
    /// The session has begun.
    on_done: Callback<()>,
) -> impl IntoView {
    let replica = Replica::expect();
    let words = i18n::door;
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (is_busy, problem) = (RwSignal::new(false), RwSignal::new(None::<ApiError>));
    let enter = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        once(is_busy, async move {
            match api::sign_in_staff(name.get_untracked().trim(), &password.get_untracked()).await {
                Ok(session) => {
                    replica.use_session(session).await;
                    // A page that was only a door is gone by now, and its callback with it.
                    on_done.try_run(());
                }
                Err(error) => {
                    problem.try_set(Some(error));
                }
            }
        });
    };
    let is_incomplete = move || name.with(|name| name.trim().is_empty()) || password.with(String::is_empty);
    view! {
        <form class="form" on:submit=enter>
            <TextField name="sign-in-name" label=i18n::text(|| i18n::door().name) value=name kind=TextKind::UserName />
            <TextField name="sign-in-password" label=i18n::text(|| i18n::door().password) value=password kind=TextKind::Password />
            <ApiProblem problem />
            <button
                class="button button--primary button--large button--wide"
                type="submit"
                disabled=is_incomplete
                aria-busy=move || is_busy.get().to_string()
            >
                {move || words().enter}
            </button>
        </form>
    }
}

/// 简体中文 or English.
#[component]
fn LanguageChoice() -> impl IntoView {
    let option = |language: Language, name: &'static str| {
        let is_chosen = move || (i18n::language() == language).to_string();
        view! {
            <button
                class="segmented__option"
                type="button" lang=i18n::tag(language)
                aria-pressed=is_chosen
                on:click=move |_| i18n::choose(language)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="segmented" role="group" aria-label=move || i18n::door().language>
            {option(Language::Chinese, "中文")}
            {option(Language::English, "English")}
        </div>
    }
}
