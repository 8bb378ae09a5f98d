//! Stores: the last used first, open or not, the way there.

use leptos::prelude::*;
use shared::id::StoreId;
use shared::sort;
use shared::store::Store;
use shared::time::{LocalSpan, Timestamp};

use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::i18n::{self, format};
use crate::member::frame::{Page, Waiting};
use crate::member::member_app::MemberApp;
use crate::member::paths;
use crate::member::visit::Visit;
use crate::reactive::memo;

/// The first step.
#[component]
pub fn StoresPage() -> impl IntoView {
    let app = MemberApp::expect();
    view! {
        <Page title=Signal::derive(|| i18n::member().booking.stores.to_owned())>
            <Show when=move || app.replica.is_ready() fallback=Waiting>
                <section class="section" aria-labelledby="stores">
                    <h2 id="stores" class="visually-hidden">{move || i18n::member().home.stores}</h2>
                    <StoreList />
                </section>
            </Show>
        </Page>
    }
}

/// All stores.
#[component]
pub fn StoreList() -> impl IntoView {
    let app = MemberApp::expect();
    // Where somebody has been, or is expected.
    let last = memo(move || app.visits.with(|visits| visits.iter().rev().find(|visit| visit.is_firm()).map(|visit| visit.store)));
    let been = memo(move || {
        let now = app.minute.get();
        let has_been = |visit: &&Visit| visit.is_firm() && visit.starts_at <= now;
        app.visits.with(|visits| visits.iter().rev().find(has_been).map(|visit| visit.store))
    });
    let stores = memo(move || {
        let mut stores: Vec<Store> = app.view().catalogue.stores.values().cloned().collect();
        sort::sort_by_key(&mut stores, |store| (Some(store.id) != last.get(), store.id));
        stores
    });
    // Nothing yet, and nobody has said so: still on its way.
    let arriving = move || app.replica.last_sync().is_none() && !app.is_offline();
    let nothing = move || {
        if arriving() { view! { <Waiting /> }.into_any() } else { view! { <NoStores /> }.into_any() }
    };
    view! {
        <Show when=move || !stores.with(Vec::is_empty) fallback=nothing>
            <div class="stack stack--tight">
                <Rows each=move || stores.get() key=|store| (store.id, store.written.map(|written| written.version)) children=move |store| {
                    let is_last = Signal::derive(move || been.get() == Some(store.id));
                    view! { <StoreCard store is_last /> }
                } />
            </div>
        </Show>
    }
}

#[component]
fn NoStores() -> impl IntoView {
    let app = MemberApp::expect();
    let words = || &i18n::member().booking;
    view! {
        <EmptyState
            icon="store"
            title=Signal::derive(move || words().no_stores.to_owned())
            text=Signal::derive(move || if app.is_offline() { words().no_stores_text } else { words().no_stores_open }.to_owned())
        >
            <button class="button" type="button" on:click=move |_| app.replica.sync_now()>{move || i18n::common().actions.retry}</button>
        </EmptyState>
    }
}

#[component]
fn StoreCard(store: Store, is_last: Signal<bool>) -> impl IntoView {
    let app = MemberApp::expect();
    let id = store.id;
    let name = store.name.clone();
    let named = name.clone();
    let choose = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        enter(app, id);
        app.way.go(paths::SERVICES);
    };
    let (map, address) = (paths::map(&store), store.address.clone());
    let hours = move || opening(&store, app.minute.get());
    view! {
        <article class="store-card">
            <div class="store-card__text">
                <h3 class="store-card__name">
                    <a class="store-card__link" href=paths::SERVICES on:click=choose>{move || i18n::name(&name)}</a>
                </h3>
                <p class="store-card__meta">
                    {move || {
                        let (open, more) = hours();
                        let words = &i18n::member().booking;
                        view! {
                            <span class="store-card__open" class=("store-card__open--closed", !open)>
                                {if open { words.open } else { words.closed }}
                            </span>
                            <span>{more}</span>
                        }
                    }}
                    {move || is_last.get().then(|| view! { <span class="tag tag--accent">{i18n::member().booking.last_used}</span> })}
                </p>
                <p class="store-card__meta">{address}</p>
            </div>
            <a
                class="button button--icon"
                href=map
                target="_blank"
                rel="external noopener"
                aria-label=move || (i18n::member().booking.map_of)(&i18n::name(&named))
            >
                <Icon name="map" />
            </a>
        </article>
    }
}

fn enter(app: MemberApp, store: StoreId) {
    app.draft.choose_store(store);
    app.replica.watch_store(store);
}

/// Open now? Until when, or when next today.
fn opening(store: &Store, now: Timestamp) -> (bool, String) {
    let (date, minute) = store.zone.local(now);
    let words = &i18n::member().booking;
    let spans: &[LocalSpan] = store.hours_on(date);
    let has = |span: &&LocalSpan, minute: u16| span.from <= minute && minute < span.until;
    // Yesterday may go on past midnight.
    let late = store.hours_on(date.plus_days(-1)).iter().find(|span| has(span, minute + 1440));
    if let Some(span) = late.or_else(|| spans.iter().find(|span| has(span, minute))) {
        return (true, (words.open_until)(&format::minute(span.until)));
    }
    let next = spans.iter().find(|span| minute < span.from);
    (false, next.map(|span| (words.opens_at)(&format::minute(span.from))).unwrap_or_default())
}
