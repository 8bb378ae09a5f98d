//! A new member, beside the list.

use leptos::prelude::*;

use crate::desk::done::{About, Done};
use crate::desk::go::use_go;
use crate::desk::registration::{Registration, RegistrationFields};
use crate::desk::sheet::Problem;
use crate::desk::workbench::Workbench;
use crate::i18n;
use crate::state::SubmitError;

/// The form beside the list.
#[component]
pub fn Register() -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::people;
    let go = use_go();
    let again = bench.registration.try_update_untracked(Option::take).flatten();
    let registration = again.as_ref().map_or_else(|| Registration::begun(bench, ""), |(_, wish)| Registration::again(bench, wish));
    let instead_of = again.map(|(refused, _)| refused);
    let problem = RwSignal::new(None::<SubmitError>);
    let register = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(store) = bench.store_now().filter(|_| untrack(|| registration.problem().is_none())) else { return };
        let go = go.clone();
        let about = About::words(registration.name.get_untracked().trim().to_owned());
        let done = Done::new("check", i18n::people().registered, about).then(move || {
            if let Some(refused) = instead_of {
                bench.replica.dismiss(refused);
            }
            go(&format!("/desk/members/{}", registration.member));
        });
        bench.give(registration.command(bench, store.id), done, problem);
    };
    let lacks = Memo::new(move |_| registration.problem().is_some());
    view! {
        <form class="form" on:submit=register>
            <h2>{move || words().new_member}</h2>
            <RegistrationFields registration />
            <Problem text=Signal::derive(move || problem.get().map(|error| i18n::refusals().submit(&error))) />
            <div class="form__actions">
                <a class="button" href="/desk/members">{move || i18n::common().actions.back}</a>
                <button class="button button--primary" type="submit" disabled=move || lacks.get()>{move || words().register}</button>
            </div>
        </form>
    }
}
