//! The way past the PIN of a tablet: an account, for when nobody has a PIN, everybody forgot theirs, or more rights are needed. The tablet
//! stays enrolled and is back when they sign out.

use leptos::prelude::*;

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::desk::sign_in::SignInForm;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// A quiet button below the pad. Only somebody with an account gets through, so no stray tap does anything.
#[component]
pub(super) fn SignInInstead() -> impl IntoView {
    let is_open = RwSignal::new(false);
    let close = Callback::new(move |()| is_open.set(false));
    view! {
        <button class="button button--quiet button--wide" type="button" aria-haspopup="dialog" on:click=move |_| is_open.set(true)>
            {move || i18n::door().sign_in_instead}
        </button>
        <Show when=move || is_open.get()>
            <Dialog title=i18n::text(|| i18n::door().sign_in_instead) on_close=close>
                <p>{move || i18n::door().sign_in_instead_text}</p>
                <UnsentNote />
                <SignInForm on_done=close />
            </Dialog>
        </Show>
    }
}

/// What the tablet has not sent waits with it until they sign out.
#[component]
fn UnsentNote() -> impl IntoView {
    let bench = Workbench::expect();
    let unsent = Memo::new(move |_| bench.replica.waiting().len());
    view! {
        <Show when=move || { unsent.get() > 0 }>
            <p class="muted"><Icon name="cloud-off" /><span>{move || (i18n::door().tablet_sends_later)(unsent.get())}</span></p>
        </Show>
    }
}
