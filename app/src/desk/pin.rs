//! Whose hands are on the tablet: the change of person by PIN, and the lock after a while without a touch.

mod cover;
mod idle;
mod lock;
mod pad;
mod way_out;

use leptos::prelude::*;
use shared::id::StaffId;
use shared::role::{Permission, Principal, Role};

use super::go::use_go;
use super::workbench::Workbench;
use crate::components::avatar::{Avatar, hue_of};
use crate::components::icon::Icon;
use crate::desk::page_bar::PageBar;
use crate::i18n;

pub use lock::{AutoLock, LockSetting};
pub use pad::PinPad;

/// `/desk/who`: on a tablet the pad, elsewhere who is signed in.
#[component]
pub fn Who() -> impl IntoView {
    let bench = Workbench::expect();
    let go = use_go();
    let is_tablet = Memo::new(move |_| is_tablet(bench));
    let back = Callback::new(move |()| go("/desk/"));
    view! {
        <PageBar title=i18n::text(|| i18n::door().who_title) />
        <main class="desk__content" id="main">
            <div class="desk__page" style:--page-width="36rem">
                <Show when=move || is_tablet.get() fallback=|| view! { <SignedIn /> }>
                    <PinPad on_done=back on_cancel=back />
                </Show>
            </div>
        </main>
    }
}

/// Whether this is an enrolled tablet. Tracked.
#[must_use]
pub fn is_tablet(bench: Workbench) -> bool {
    bench.replica.session().is_some_and(|session| matches!(session.principal, Principal::Device(_)))
}

/// A login with a password: name, role, and the ways from here.
#[component]
fn SignedIn() -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::door;
    let name = Signal::derive(move || bench.replica.session().map(|session| session.name).unwrap_or_default());
    let staff = move || bench.replica.session().and_then(|session| session.staff).unwrap_or(StaffId(uuid::Uuid::nil()));
    let role = move || bench.replica.session().and_then(|session| session.grants.iter().map(|grant| grant.role).max()).map(role_word);
    view! {
        <header class="member-head">
            {move || view! { <Avatar name hue=hue_of(staff().0) size="large" /> }}
            <div class="grow">
                <h2 class="member-head__name">{name}</h2>
                <p class="muted">{role}</p>
            </div>
        </header>
        <ul class="list">
            <Show when=move || bench.may(Permission::ManageStore)>
                <li>
                    <a class="list__item" href="/desk/enrol">
                        <Icon name="pin" />
                        <span class="list__text">
                            <span class="list__title">{move || words().enrol_title}</span>
                            <span class="list__note">{move || words().enrol_note}</span>
                        </span>
                        <Icon name="forward" />
                    </a>
                </li>
            </Show>
            <li>
                <a class="list__item" href="/desk/account">
                    <Icon name="lock" />
                    <span class="list__text">
                        <span class="list__title">{move || i18n::logins().own}</span>
                        <span class="list__note">{move || i18n::logins().own_note}</span>
                    </span>
                    <Icon name="forward" />
                </a>
            </li>
            <li>
                <a class="list__item" href="/desk/sync">
                    <Icon name="sign-out" />
                    <span class="list__text">
                        <span class="list__title">{move || i18n::common().actions.sign_out}</span>
                        <span class="list__note">
                            {move || if bench.replica.is_on_tablet() { words().back_to_tablet } else { words().sign_out_note }}
                        </span>
                    </span>
                    <Icon name="forward" />
                </a>
            </li>
        </ul>
    }
}

/// A role in words.
#[must_use]
pub fn role_word(role: Role) -> &'static str {
    (i18n::door().role)(role)
}
