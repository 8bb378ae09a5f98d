//! Signing out. What has not been sent would be lost, so that is said first, with the number.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::desk::go::use_go;
use crate::desk::workbench::Workbench;
use crate::i18n;
use crate::state::SignOutError;

#[component]
pub(super) fn SignOut() -> impl IntoView {
    let bench = Workbench::expect();
    let go = use_go();
    let unsent = RwSignal::new(None::<usize>);
    let leave = move |force: bool| {
        if force || untrack(|| bench.replica.waiting().is_empty()) {
            // Whoever signs in next begins at the board. Afterwards there is no router to ask.
            go("/desk/");
        }
        spawn_local(async move {
            if let Err(SignOutError::Unsent(count)) = bench.replica.sign_out(force).await {
                unsent.try_set(Some(count));
            }
        });
    };
    let close = Callback::new(move |()| unsent.set(None));
    let ask = leave.clone();
    let force = Callback::new(move |()| {
        unsent.set(None);
        leave(true);
    });
    view! {
        <div>
            <button class="button button--danger" type="button" on:click=move |_| ask(false)>
                <Icon name="sign-out" size="small" />
                {move || i18n::common().actions.sign_out}
            </button>
        </div>
        {move || unsent.get().map(|count| view! { <Warning count on_close=close on_force=force /> })}
    }
}

#[component]
fn Warning(count: usize, on_close: Callback<()>, on_force: Callback<()>) -> impl IntoView {
    view! {
        <Dialog title=i18n::text(|| i18n::inbox().sign_out_title) on_close>
            <p>{move || (i18n::common().device.unsent_on_sign_out)(count)}</p>
            <p class="muted">{move || i18n::inbox().sign_out_text}</p>
            <div class="dialog__actions">
                <button class="button button--danger button--wide" type="button" on:click=move |_| on_force.run(())>
                    {move || i18n::inbox().sign_out_anyway}
                </button>
                <button class="button button--primary button--wide" type="button" autofocus on:click=move |_| on_close.run(())>
                    {move || i18n::inbox().stay}
                </button>
            </div>
        </Dialog>
    }
}
