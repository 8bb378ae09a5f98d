//! Who may sign in, and which tablets are enrolled. Asks the server; nothing of it is kept here.

mod devices;
mod invitation;
mod login_form;
mod login_list;
mod login_page;
mod role_choice;
pub(crate) mod roles;
pub(in super::super) mod sessions;

use leptos::prelude::*;
use shared::id::UserId;

use crate::i18n;

use login_list::LoginList;
use login_page::LoginPage;

pub(super) use devices::Devices;
pub(super) use login_form::LoginForm;

/// `/desk/set-up/logins`, and `/desk/set-up/logins/{id}` for one of them.
#[component]
pub(super) fn Logins(chosen: Option<UserId>) -> impl IntoView {
    let round = RwSignal::new(0u32);
    let made = Callback::new(move |()| round.update(|round| *round += 1));
    match chosen {
        Some(id) => view! { <LoginPage id /> }.into_any(),
        None => view! {
            <div class="desk__page" style:--page-width="40rem">
                <p class="muted">{move || i18n::set_up().logins_note}</p>
                <LoginList round />
                <section class="section" aria-labelledby="new-login">
                    <h2 id="new-login">{move || i18n::logins().new_login}</h2>
                    <p class="muted">{move || i18n::logins().new_login_note}</p>
                    <LoginForm staff=None on_made=made />
                </section>
            </div>
        }
        .into_any(),
    }
}
