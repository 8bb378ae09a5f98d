//! A new member in the list of members.

use leptos::prelude::*;
use shared::id::MemberId;

use crate::desk::done::{About, Done};
use crate::desk::go::use_go;
use crate::desk::new_member::{NewMember, NewMemberFields};
use crate::desk::problem::Problem;
use crate::desk::workbench::Workbench;
use crate::i18n;
use crate::state::SubmitError;

/// The form beside the list.
#[component]
pub fn Register() -> impl IntoView {
    let bench = Workbench::expect();
    let go = use_go();
    let again = bench.registration.try_update_untracked(Option::take).flatten();
    let new = RwSignal::new(again.as_ref().map(|(_, given)| NewMember::again(given)).unwrap_or_default());
    // The same member: a booking that was given with the registration still means them.
    let member: MemberId = again.as_ref().map_or_else(|| bench.replica.new_id(), |(_, given)| given.member);
    let instead_of = again.as_ref().map(|(refused, _)| *refused);
    let problem = RwSignal::new(None::<SubmitError>);
    let on_known = Callback::new({
        let go = go.clone();
        move |known: MemberId| go(&format!("/desk/members/{known}"))
    });
    let register = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (Some(store), typed) = (bench.store_now(), new.get_untracked()) else { return };
        if typed.problem(bench.region()).is_some() {
            return;
        }
        let go = go.clone();
        let about = About::words(typed.name.trim().to_owned());
        let done = Done::new("check", i18n::people().registered, about).then(move || {
            if let Some(refused) = instead_of {
                bench.replica.dismiss(refused);
            }
            go(&format!("/desk/members/{member}"));
        });
        bench.give(typed.command(member, store.id, bench.region()), done, problem);
    };
    view! {
        <form class="form" on:submit=register>
            <h2>{move || i18n::people().new_member}</h2>
            <NewMemberFields id="member" new on_change=Callback::new(move |typed| new.set(typed)) on_known />
            <Problem text=Signal::derive(move || problem.get().map(|error| i18n::refusals().submit(&error))) />
            <div class="form__actions">
                <a class="button" href="/desk/members">{move || i18n::common().actions.back}</a>
                <button class="button button--primary" type="submit" disabled=move || new.with(|new| new.problem(bench.region()).is_some())>
                    {move || i18n::people().register}
                </button>
            </div>
        </form>
    }
}
