//! One login: its role, a new invitation, where it is signed in, closing and opening it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::logins::{ChangedLogin, LoginInList};
use shared::id::UserId;
use shared::role::Role;

use super::invitation::{self, Invitation, InvitationLink};
use super::role_choice::{RoleChoice, grant_of};
use super::sessions::SessionList;
use crate::api::{self, ApiError};
use crate::components::text_field::TextField;
use crate::desk::api_problem::ApiProblem;
use crate::desk::busy::once;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// `/desk/set-up/logins/{id}`
#[component]
pub(super) fn LoginPage(id: UserId) -> impl IntoView {
    let login = RwSignal::new(None::<LoginInList>);
    let (problem, is_missing) = (RwSignal::new(None::<ApiError>), RwSignal::new(false));
    let load = Callback::new(move |()| {
        spawn_local(async move {
            match api::logins::list().await {
                Ok(list) => {
                    let found = list.into_iter().find(|login| login.id == id && login.may_change);
                    is_missing.try_set(found.is_none());
                    login.try_set(found);
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    });
    load.run(());
    view! {
        <div class="desk__page" style:--page-width="40rem">
            <p><a href="/desk/set-up/logins">{move || i18n::set_up().logins}</a></p>
            <ApiProblem problem />
            <Show when=move || is_missing.get()><p>{move || i18n::logins().not_found}</p></Show>
            {move || login.get().map(|login| view! { <Parts login on_change=load /> })}
        </div>
    }
}

#[component]
fn Parts(login: LoginInList, on_change: Callback<()>) -> impl IntoView {
    let (id, is_open) = (login.id, login.is_open);
    let title = login.name.clone();
    let acts = login.clone();
    view! {
        <h2>{title}</h2>
        <Show when=move || !is_open><p class="field__error">{move || i18n::logins().is_closed}</p></Show>
        <ChangeForm login on_change />
        <Show when=move || is_open><InviteAgain id /></Show>
        <section class="section" aria-labelledby="login-sessions">
            <h2 id="login-sessions">{move || i18n::common().sessions.title}</h2>
            <SessionList of=Some(id) />
        </section>
        <CloseOrOpen login=acts on_change />
    }
}

/// Name, role and store.
#[component]
fn ChangeForm(login: LoginInList, on_change: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let LoginInList { id, display_name, grants, staff, .. } = login;
    let store = grants.first().and_then(|grant| grant.store);
    let name = RwSignal::new(display_name);
    let role = RwSignal::new(grants.first().map_or(Role::Receptionist, |grant| grant.role));
    let problem = RwSignal::new(None::<ApiError>);
    let is_busy = RwSignal::new(false);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        let grant = grant_of(bench, role.get_untracked(), store);
        let display_name = name.get_untracked().trim().to_owned();
        let changed = ChangedLogin { display_name, role: grant.role, store: grant.store, staff };
        once(is_busy, async move {
            match api::logins::change(id, &changed).await {
                Ok(()) => {
                    bench.say("check", i18n::set_up().saved.to_owned(), None);
                    on_change.try_run(());
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    view! {
        <form class="surface stack" on:submit=save>
            <TextField name="login-display-name" label=i18n::text(|| i18n::logins().display_name) value=name />
            <RoleChoice role store />
            <ApiProblem problem />
            <div>
                <button class="button button--soft" type="submit" disabled=move || name.with(|name| name.trim().is_empty())>
                    {move || i18n::common().actions.save}
                </button>
            </div>
        </form>
    }
}

/// A new link for a password that was forgotten.
#[component]
fn InviteAgain(id: UserId) -> impl IntoView {
    let (problem, made) = (RwSignal::new(None::<ApiError>), RwSignal::new(None::<Invitation>));
    let is_busy = RwSignal::new(false);
    let invite = move |_| {
        once(is_busy, async move {
            match api::logins::invite(id).await {
                Ok(answer) => drop(made.try_set(invitation::of(answer))),
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    view! {
        <section class="section" aria-labelledby="invite-again">
            <h2 id="invite-again">{move || i18n::logins().invite_again}</h2>
            <p class="muted">{move || i18n::logins().invite_again_note}</p>
            {move || made.get().map(|invitation| view! { <InvitationLink invitation /> })}
            <ApiProblem problem />
            <div>
                <button class="button" type="button" on:click=invite>{move || i18n::logins().invite_again}</button>
            </div>
        </section>
    }
}

#[component]
fn CloseOrOpen(login: LoginInList, on_change: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let LoginInList { id, name, is_open, .. } = login;
    let problem = RwSignal::new(None::<ApiError>);
    let is_busy = RwSignal::new(false);
    let turn = move |_| {
        let name = name.clone();
        once(is_busy, async move {
            match api::logins::set_open(id, !is_open).await {
                Ok(()) => {
                    let words = i18n::logins();
                    let told = if is_open { (words.closed)(&name) } else { (words.opened)(&name) };
                    bench.say("check", told, None);
                    on_change.try_run(());
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    };
    let word = move || if is_open { i18n::logins().close } else { i18n::logins().open };
    view! {
        <section class="section">
            <Show when=move || is_open><p class="muted">{move || i18n::logins().close_note}</p></Show>
            <ApiProblem problem />
            <div><button class="button" class:button--danger=is_open type="button" on:click=turn>{word}</button></div>
        </section>
    }
}
