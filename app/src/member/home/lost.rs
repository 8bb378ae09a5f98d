//! The store has cancelled a visit or could not take a request: told until it was seen.

use leptos::prelude::*;
use shared::booking::{CancelledBy, State};

use super::again;
use crate::components::icon::Icon;
use crate::member::member_app::MemberApp;
use crate::member::visit::Visit;
use crate::member::{labels, paths};
use crate::reactive::memo;
use crate::{browser, i18n};

/// Where the ids of what was seen are kept, the newest last.
const SEEN: &str = "seen-lost";
const MOST_SEEN: usize = 20;

/// A card for each whose time is still to come.
#[component]
pub fn LostCards() -> impl IntoView {
    let app = MemberApp::expect();
    let seen = RwSignal::new(browser::preference(SEEN).unwrap_or_default());
    let lost = memo(move || {
        let (now, seen) = (app.minute.get(), seen.get());
        let is_news = |visit: &&Visit| is_lost(visit) && visit.starts_at > now && !seen.contains(&visit.id.to_string());
        app.visits.with(|visits| visits.iter().filter(is_news).cloned().collect::<Vec<Visit>>())
    });
    view! { {move || lost.get().into_iter().map(|visit| view! { <LostCard visit seen /> }).collect_view()} }
}

fn is_lost(visit: &Visit) -> bool {
    matches!(visit.state, Some(State::Declined { .. } | State::Cancelled { by: CancelledBy::Store, .. }))
}

#[component]
fn LostCard(visit: Visit, seen: RwSignal<String>) -> impl IntoView {
    let app = MemberApp::expect();
    let visit = StoredValue::new(visit);
    let title = move || {
        let words = &i18n::member().home;
        visit.with_value(|visit| {
            let when = labels::date_time(&app.view(), visit.store, visit.starts_at).unwrap_or_default();
            let is_declined = matches!(visit.state, Some(State::Declined { .. }));
            if is_declined { (words.lost_declined)(&when) } else { (words.lost_cancelled)(&when) }
        })
    };
    let what = move || visit.with_value(|visit| labels::what(&app.view(), visit));
    let tick_off = move || {
        let id = visit.with_value(|visit| visit.id.to_string());
        let mut all: Vec<String> = seen.get_untracked().split(',').filter(|seen| !seen.is_empty()).map(str::to_owned).collect();
        all.push(id);
        let kept = all.split_off(all.len().saturating_sub(MOST_SEEN)).join(",");
        browser::set_preference(SEEN, Some(&kept));
        seen.set(kept);
    };
    let elsewhere = move |_| {
        visit.with_value(|visit| again(app, visit, None));
        tick_off();
        app.way.go(paths::TIME);
    };
    view! {
        <section class="notice notice--decide" role="alert">
            <Icon name="attention" />
            <div class="notice__text">
                <p class="notice__title">{title}</p>
                <p class="notice__note">{what}</p>
            </div>
            <div class="notice__actions">
                <button class="button button--primary" type="button" on:click=elsewhere>{move || i18n::member().home.other_time}</button>
                <button class="button button--quiet" type="button" on:click=move |_| tick_off()>
                    {move || i18n::common().actions.dismiss}
                </button>
            </div>
        </section>
    }
}
