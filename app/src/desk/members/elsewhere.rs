//! Somebody whom this store does not know: another store of the brand may, or they say a code.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::{Command, FindMember};
use shared::phone::Phone;
use shared::role::Permission;
use shared::sync::Outcome;

use crate::desk::member_code::MemberCode;
use crate::desk::problem::Problem;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Below a search for a whole number that nobody of this store has proven to be theirs.
#[component]
pub(super) fn Elsewhere(
    /// What was searched for.
    query: RwSignal<String>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::people().elsewhere;
    let number = Memo::new(move |_| {
        let number = query.with(|query| Phone::parse(query, bench.region()).ok())?;
        let (store, view) = (bench.store()?, bench.replica.view());
        let is_known = view.members_with(&number).any(|member| member.is_bookable_at(store.id));
        (!is_known && bench.may(Permission::EditMembers)).then_some(number)
    });
    let on_done = Callback::new(move |()| bench.say("check", i18n::people().elsewhere.introduced.to_owned(), None));
    move || {
        number.get().map(|phone| {
            view! {
                <section class="section" aria-labelledby="elsewhere-title">
                    <h3 id="elsewhere-title">{move || words().title}</h3>
                    <FindButton phone=phone.clone() />
                    <MemberCode phone member=None on_done />
                </section>
            }
        })
    }
}

/// Only where another store shares its members.
#[component]
fn FindButton(phone: Phone) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::people().elsewhere;
    let problem = RwSignal::new(None::<String>);
    let number = StoredValue::new(phone);
    let is_shared = move || {
        let own = bench.store().map(|store| store.id);
        bench.replica.view().catalogue.stores.values().any(|store| Some(store.id) != own && store.rules.shares_members)
    };
    let find = move |_| {
        let Some(store) = bench.store_now() else { return };
        problem.set(None);
        spawn_local(async move {
            let command = Command::FindMember(FindMember { store: store.id, phone: number.get_value() });
            match bench.replica.direct(command).await {
                Ok(Outcome::Applied) => bench.say("check", words().found.to_owned(), None),
                Ok(_) => drop(problem.try_set(Some(words().nobody.to_owned()))),
                Err(error) => drop(problem.try_set(Some((i18n::refusals().api)(&error)))),
            }
        });
    };
    view! {
        <Show when=is_shared>
            <button class="button button--small" type="button" on:click=find>{move || words().find}</button>
            <Problem text=problem />
        </Show>
    }
}
