//! The next visit: the hero of the app.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::status::StatusChip;
use crate::i18n;
use crate::member::member_app::MemberApp;
use crate::member::parts::visit_time::VisitTime;
use crate::member::visit::Visit;
use crate::member::{labels, paths};
use crate::reactive::memo;

/// Tracked: the first visit still to come that nobody has to decide about.
pub fn next_visit(app: MemberApp) -> Option<Visit> {
    let now = app.minute.get();
    app.visits.with(|visits| visits.iter().find(|visit| visit.is_upcoming(now) && !visit.needs_decision()).cloned())
}

/// A slip of paper with the time on it.
#[component]
pub fn NextVisit() -> impl IntoView {
    let app = MemberApp::expect();
    let visit = memo(move || next_visit(app));
    view! {
        {move || {
            app.follow_names();
            visit.get().map(|visit| view! { <Slip visit /> })
        }}
    }
}

#[component]
fn Slip(visit: Visit) -> impl IntoView {
    let app = MemberApp::expect();
    let known = app.replica.view_now();
    let store = known.catalogue.stores.get(&visit.store).cloned();
    let (start, store_id) = (visit.starts_at, visit.store);
    let address = store.as_ref().map(|store| store.address.clone()).unwrap_or_default();
    let day = {
        let known = known.clone();
        move || labels::or_waiting(labels::day(&known, store_id, start, app.minute.get()))
    };
    let countdown = move || {
        let (now, words) = (app.minute.get(), &i18n::member().home);
        if now >= start { words.now.to_owned() } else { (words.countdown)(start.minutes_since(now)) }
    };
    view! {
        <article class="next" aria-labelledby="next-title">
            <a class="next__body" href=paths::visit(visit.id)>
                <div class="next__top">
                    <h2 class="next__day" id="next-title">{day}</h2>
                    <StatusChip status=visit.status />
                </div>
                <VisitTime visit=visit.clone() />
                <span class="next__countdown">{countdown}</span>
                <div>
                    <p class="next__what">{labels::what(&known, &visit)}</p>
                    <p class="next__where">{format!("{} · {address}", labels::store(&known, visit.store))}</p>
                </div>
            </a>
            <div class="next__actions">
                {store.map(|store| view! {
                    <a class="button button--quiet" href=paths::map(&store) target="_blank" rel="external noopener">
                        <Icon name="map" size="small" />
                        {move || i18n::member().home.directions}
                    </a>
                })}
                <Changes visit />
            </div>
        </article>
    }
}

/// Moving and cancelling, where they are still possible.
#[component]
fn Changes(visit: Visit) -> impl IntoView {
    let app = MemberApp::expect();
    let is_request = visit.is_only_asked();
    let (id, moving, cancelling) = (visit.id, visit.clone(), visit);
    let can_move = memo(move || moving.can_move(app.minute.get()));
    let can_cancel = memo(move || cancelling.can_cancel(app.minute.get()));
    view! {
        <Show when=move || can_move.get()>
            <a class="button button--quiet" href=paths::change(id)>
                <Icon name="move" size="small" />
                {move || i18n::member().visits.change}
            </a>
        </Show>
        <Show when=move || can_cancel.get()>
            <a class="button button--quiet" href=format!("{}?cancel", paths::visit(id))>
                <Icon name="cancel" size="small" />
                {move || if is_request { i18n::member().visits.take_back_short } else { i18n::member().visits.cancel }}
            </a>
        </Show>
    }
}
