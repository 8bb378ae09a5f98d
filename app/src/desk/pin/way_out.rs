//! The way out of a locked tablet: an account instead of a PIN, for when nobody has one or everybody forgot.

use leptos::prelude::*;

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::desk::sign_in::SignInForm;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// A quiet button below the pad. Only somebody with an account gets through, so no stray tap gives the tablet up.
#[component]
pub(super) fn SignInInstead() -> impl IntoView {
    let is_open = RwSignal::new(false);
    let close = Callback::new(move |()| is_open.set(false));
    view! {
        <button class="button button--quiet button--wide" type="button" aria-haspopup="dialog" on:click=move |_| is_open.set(true)>{move || i18n::door().sign_in_instead}</button>
        <Show when=move || is_open.get()>
            <Dialog title=i18n::text(|| i18n::door().sign_in_instead) on_close=close>
                <p>{move || i18n::door().sign_in_instead_text}</p>
                <AfterWarning><SignInForm on_done=close /></AfterWarning>
            </Dialog>
        </Show>
    }
}

/// What the tablet has not sent stays behind with it: that is said first, with the number.
#[component]
fn AfterWarning(children: ChildrenFn) -> impl IntoView {
    let bench = Workbench::expect();
    let is_sure = RwSignal::new(false);
    let unsent = Memo::new(move |_| bench.replica.waiting().len());
    let warning = move || {
        view! {
            <p class="field__error" role="alert"><Icon name="cloud-off" /><span>{move || (i18n::common().device.unsent_on_sign_out)(unsent.get())}</span></p>
            <p class="muted">{move || i18n::door().wait_to_send}</p>
            <div class="dialog__actions">
                <button class="button button--danger button--wide" type="button" on:click=move |_| is_sure.set(true)>{move || i18n::door().sign_in_anyway}</button>
            </div>
        }
    };
    view! {
        <Show when=move || is_sure.get() || unsent.get() == 0 fallback=warning>{children()}</Show>
    }
}
