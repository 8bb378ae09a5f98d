//! The store had to give a promised time away: three big times, one tap.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::Alternative;
use shared::command::{AcceptAlternative, Command, Move};
use shared::sort;
use shared::time::Timestamp;

use crate::components::alternatives::Alternatives;
use crate::i18n;
use crate::member::find::Search;
use crate::member::member_app::{MemberApp, accepted};
use crate::member::submit::{say_moved, submit_and_wait};
use crate::member::visit::Visit;
use crate::member::{labels, paths};
use crate::reactive::{Busy, memo};

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
    let visit = StoredValue::new(visit);
    let open = memo(move || visit.with_value(|visit| open_offers(app, visit)));
    let title =
        Signal::derive(move || (i18n::member().home.displaced_title)(&labels::date_time(&app.view(), store, was).unwrap_or_default()));
    let times = Signal::derive(move || {
        let (view, now) = (app.view(), app.minute.get());
        // What the store offers is with these people; what was found since then is like any other time.
        let more = |offer: &Alternative| {
            visit.with_value(|visit| match visit.alternatives.contains(offer) {
                true => labels::people(&view, offer),
                false => labels::who(&view, &visit.wished()),
            })
        };
        labels::nearby(&view, store, &open.get(), more, now)
    });
    let busy = Busy::default();
    let text = Signal::derive(move || {
        let words = &i18n::member().home;
        let text = if times.with(Vec::is_empty) { words.taken_none } else { words.displaced_text };
        // What the store promises then, as its message says too.
        let remedy =
            app.view().catalogue.stores.get(&store).map(|store| i18n::name(&store.rules.remedy)).filter(|remedy| !remedy.is_empty());
        [Some(text.to_owned()), remedy].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let accept = Callback::new(move |starts_at: Timestamp| {
        let is_offered = visit.with_value(|visit| visit.alternatives.iter().any(|offer| offer.starts_at == starts_at));
        let command = if is_offered {
            Command::AcceptAlternative(AcceptAlternative { store, booking: id, starts_at })
        } else {
            // Found since then: it is like any other time.
            Command::Move(Move { store, booking: id, starts_at, staff_preferences: Vec::new(), override_reason: None })
        };
        if !busy.begin() {
            return;
        }
        spawn_local(async move {
            say_moved(app, id, submit_and_wait(app, command).await);
            busy.end();
        });
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

/// What can be taken now: of the store's offers and of those that came back with a refusal whatever is still free; else times nearby.
fn open_offers(app: MemberApp, visit: &Visit) -> Vec<Alternative> {
    let (view, now) = (app.view(), app.minute.get());
    // What it costs was agreed: it moves like any visit.
    let search = Search { moving: Some(visit.id), ..visit.search() };
    let mut offers = visit.alternatives.clone();
    for refused in app.replica.refused().iter() {
        if let Some(tried) = accepted(refused).filter(|tried| tried.booking == visit.id) {
            offers.extend_from_slice(refused.alternatives());
            offers.retain(|offer| offer.starts_at != tried.starts_at);
        }
    }
    offers.retain(|offer| offer.starts_at > now && search.is_free(&view, offer, now));
    sort::sort_by_key(&mut offers, |offer| offer.starts_at);
    offers.dedup_by_key(|offer| offer.starts_at);
    if offers.is_empty() {
        return search.nearest(&view, visit.starts_at, now);
    }
    offers.truncate(3);
    offers
}
