//! The store has moved a visit: told until it was seen. When it was to be before is not in its record, so the device keeps what it knew.

use leptos::prelude::*;
use shared::time::Timestamp;

use crate::components::icon::Icon;
use crate::i18n;
use crate::member::member_app::MemberApp;
use crate::member::told::known;
use crate::member::visit::Visit;
use crate::member::{labels, paths};
use crate::reactive::memo;

/// A card for each that the store has moved since, and since when.
#[component]
pub fn MovedCards() -> impl IntoView {
    let app = MemberApp::expect();
    let moved = memo(move || {
        let (now, told) = (app.minute.get(), app.told.0.get());
        let news = |visit: &Visit| {
            let was = known(&told, visit.id).filter(|was| *was != visit.starts_at)?;
            (visit.starts_at > now && visit.is_agreed() && visit.moved_by_store).then(|| (visit.clone(), was))
        };
        app.visits.with(|visits| visits.iter().filter_map(news).collect::<Vec<_>>())
    });
    view! { {move || moved.get().into_iter().map(|(visit, was)| view! { <MovedCard visit was /> }).collect_view()} }
}

#[component]
fn MovedCard(visit: Visit, was: Timestamp) -> impl IntoView {
    let app = MemberApp::expect();
    let (id, store, starts_at) = (visit.id, visit.store, visit.starts_at);
    let title = move || {
        let view = app.view();
        let when = |at| labels::date_time(&view, store, at).unwrap_or_default();
        (i18n::member().home.moved_title)(&when(was), &when(starts_at))
    };
    let what = move || labels::what(&app.view(), &visit);
    let tick_off = move |_| app.told.seen(id, starts_at);
    view! {
        <section class="notice notice--decide" role="alert">
            <Icon name="move" />
            <div class="notice__text">
                <p class="notice__title">{title}</p>
                <p class="notice__note">{what}</p>
            </div>
            <div class="notice__actions">
                <a class="button button--primary" href=paths::visit(id) on:click=tick_off>{move || i18n::member().home.moved_look}</a>
                <button class="button button--quiet" type="button" on:click=tick_off>{move || i18n::common().actions.dismiss}</button>
            </div>
        </section>
    }
}
