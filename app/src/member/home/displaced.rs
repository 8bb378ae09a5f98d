//! The store had to give a promised time away: three big times, one tap.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::{AcceptAlternative, Command};
use shared::time::Timestamp;

use crate::components::alternatives::Alternatives;
use crate::i18n;
use crate::member::frame::MemberApp;
use crate::member::give::{Given, give};
use crate::member::visit::Visit;
use crate::member::{paths, spoken};
use crate::reactive::memo;

/// A card for each.
#[component]
pub fn DisplacedCards() -> impl IntoView {
    let app = MemberApp::expect();
    let displaced = memo(move || {
        let visits = app.visits.get();
        visits.iter().filter(|visit| visit.needs_decision()).cloned().collect::<Vec<Visit>>()
    });
    view! { {move || displaced.get().into_iter().map(|visit| view! { <DisplacedCard visit /> }).collect_view()} }
}

/// One visit that needs a new time.
#[component]
pub fn DisplacedCard(
    /// The visit.
    visit: Visit,
    /// Gives it up here; otherwise on its own page.
    #[prop(optional)]
    on_give_up: Option<Callback<()>>,
) -> impl IntoView {
    let app = MemberApp::expect();
    let (id, store, was) = (visit.id, visit.store, visit.starts_at);
    let offers = visit.alternatives;
    let title = Signal::derive(move || (i18n::member().home.displaced_title)(&spoken::date_time(&app.view(), store, was)));
    let times = Signal::derive(move || {
        let now = app.minute.get();
        let ahead: Vec<_> = offers.iter().filter(|offer| offer.starts_at > now).take(3).cloned().collect();
        spoken::nearby(&app.view(), store, &ahead, now)
    });
    let text = Signal::derive(move || {
        let words = &i18n::member().home;
        if times.with(Vec::is_empty) { words.taken_none } else { words.displaced_text }.to_owned()
    });
    let accept = Callback::new(move |starts_at: Timestamp| {
        let command = Command::AcceptAlternative(AcceptAlternative { store, booking: id, starts_at });
        spawn_local(async move { said(app, give(app.replica, command).await) });
    });
    let give_up = move || i18n::member().home.give_up;
    let give_up = match on_give_up {
        Some(on_give_up) => {
            view! { <button class="button button--quiet" type="button" on:click=move |_| on_give_up.run(())>{give_up}</button> }.into_any()
        }
        None => view! { <a class="button button--quiet" href=format!("{}?cancel", paths::visit(id))>{give_up}</a> }.into_any(),
    };
    view! {
        <div class="stack stack--tight">
            <Alternatives title text times on_choose=accept />
            <div class="button-group">
                <a class="button" href=paths::change(id)>{move || i18n::member().home.other_time}</a>
                {give_up}
            </div>
        </div>
    }
}

fn said(app: MemberApp, given: Given) {
    let words = &i18n::member().visits;
    match given {
        Given::Done => app.say("check", words.moved.to_owned()),
        Given::Waiting => app.say("cloud-off", words.move_waits.to_owned()),
        Given::Refused { why, .. } | Given::Failed(why) => app.say("attention", why),
        Given::SignedOut => app.say("lock", i18n::common().device.session_over.to_owned()),
    }
}
