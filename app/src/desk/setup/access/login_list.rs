//! The logins somebody may see, each with its role and when it was used last.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::logins::LoginInList;
use shared::role::Principal;

use crate::api::{self, ApiError};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::api_problem::ApiProblem;
use crate::desk::setup::access::roles::grant_words;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

#[component]
pub(super) fn LoginList(
    /// Read again with each round.
    #[prop(into)]
    round: Signal<u32>,
) -> impl IntoView {
    let logins = RwSignal::new(Vec::<LoginInList>::new());
    let problem = RwSignal::new(None::<ApiError>);
    Effect::new(move |_| {
        round.track();
        spawn_local(async move {
            match api::logins::list().await {
                Ok(list) => drop(logins.try_set(list)),
                Err(error) => drop(problem.try_set(Some(error))),
            }
        });
    });
    view! {
        <ApiProblem problem />
        <ul class="list">
            <Rows each=move || logins.get() key=|login| (login.id, login.is_open) children=|login| view! { <LoginRow login /> } />
        </ul>
    }
}

#[component]
fn LoginRow(login: LoginInList) -> impl IntoView {
    let bench = Workbench::expect();
    let is_own = bench.replica.session().is_some_and(|session| session.principal == Principal::User(login.id));
    let href = if is_own { "/desk/account".to_owned() } else { format!("/desk/set-up/logins/{}", login.id) };
    let (is_open, has_password, seen_at, grants) = (login.is_open, login.has_password, login.seen_at, login.grants);
    let roles = move || grants.iter().map(|grant| grant_words(bench, *grant)).collect::<Vec<_>>().join("、");
    let state = move || {
        let words = i18n::logins();
        match (is_own, is_open, has_password, seen_at) {
            (true, ..) => words.is_you.to_owned(),
            (_, false, ..) => words.is_closed.to_owned(),
            (_, _, false, _) => words.is_invited.to_owned(),
            (_, _, _, Some(at)) => (words.seen)(&format::device_time(at)),
            (_, _, _, None) => words.never_seen.to_owned(),
        }
    };
    let title = if login.display_name == login.name { login.name } else { format!("{} · {}", login.display_name, login.name) };
    view! {
        <li>
            <a class="list__item" href=href>
                <Icon name="person" />
                <span class="list__text"><span class="list__title">{title}</span><span class="list__note">{roles}</span></span>
                <span class="list__value">{state}</span>
                <Icon name="forward" />
            </a>
        </li>
    }
}
