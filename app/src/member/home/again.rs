//! Once again: the same service with the same person at the next time that suggests itself. One tap to the confirmation.

use leptos::prelude::*;
use shared::state_kind::StateKind;
use shared::time::{TimeRange, Timestamp};
use shared::view::View;

use crate::components::avatar::{Avatar, hue_of};
use crate::i18n::{self, format};
use crate::member::member_app::MemberApp;
use crate::member::plan::Plan;
use crate::member::visit::Visit;
use crate::member::{labels, paths};
use crate::reactive::memo;

/// People come again after about so many days.
const USUAL_DAYS: i64 = 28;

/// The card; nothing for somebody who has not been here.
#[component]
pub fn Again() -> impl IntoView {
    let app = MemberApp::expect();
    let offer = memo(move || app.visits.with(|visits| suggestion(&app.view(), visits, app.minute.get())));
    view! {
        {move || offer.get().inspect(|_| app.follow_names()).map(|(visit, plan)| view! {
            <section class="section" aria-labelledby="again">
                <div class="section__head"><h2 id="again">{move || i18n::member().home.again}</h2></div>
                <AgainCard visit plan />
            </section>
        })}
    }
}

#[component]
fn AgainCard(visit: Visit, plan: Plan) -> impl IntoView {
    let app = MemberApp::expect();
    let known = app.replica.view_now();
    let name = labels::who(&known, &visit.lines);
    let hue = visit.lines.first().and_then(|line| line.staff).map_or(0, |staff| hue_of(staff.0));
    let zone = labels::zone(&known, plan.store);
    let (start, minutes) = (plan.starts_at, plan.minutes());
    let choose = move |_| {
        again(app, &visit, Some(start));
        app.way.go(paths::CONFIRM);
    };
    let services: Vec<_> = plan.lines.iter().map(|line| line.service).collect();
    view! {
        <button class="again" type="button" on:click=choose>
            <Avatar name=name.clone() hue=hue />
            <span class="again__text">
                <span class="again__title">{format!("{name} · {}", labels::services(&known, &services))}</span>
                <span class="again__note">
                    {format!("{} · ", format::duration(minutes))}
                    <span class="price">{labels::price(&known, plan.store, plan.price())}</span>
                </span>
            </span>
            <span class="again__when">
                <time class="time" datetime=zone.map(|zone| format::machine_time(zone, start))>
                    {labels::or_waiting(labels::time(&known, plan.store, start))}
                </time>
                <span class="again__day">{labels::or_waiting(labels::date(&known, plan.store, start))}</span>
            </span>
        </button>
    }
}

/// Fills the draft with what a visit was.
pub fn again(app: MemberApp, visit: &Visit, starts_at: Option<Timestamp>) {
    let usual = visit.usual();
    app.draft.choose_store(visit.store);
    app.draft.change(|draft| {
        draft.services = visit.lines.iter().map(|line| line.service).collect();
        draft.staff_preference = Some(usual);
        draft.widened = false;
        draft.starts_at = starts_at;
        draft.booking = None;
    });
}

/// The last visit that took place or is to, and when it could be repeated.
fn suggestion(view: &View, visits: &[Visit], now: Timestamp) -> Option<(Visit, Plan)> {
    let counts = |visit: &&Visit| {
        matches!(visit.kind(), Some(StateKind::Completed | StateKind::Confirmed | StateKind::CheckedIn | StateKind::InService))
            && !visit.date_only
    };
    let last = visits.iter().rev().filter(counts).find(|visit| visit.ends_at <= now).or_else(|| visits.iter().rev().find(counts))?;
    let mut search = last.search();
    search.staff_preference = last.usual();
    // The same time of day, some weeks later, but never in the past.
    let mut wanted = last.starts_at.plus_minutes(USUAL_DAYS * 1440);
    if wanted < now {
        let days = now.minutes_since(last.starts_at) / 1440 + 1;
        wanted = last.starts_at.plus_minutes(days * 1440);
    }
    let store = view.catalogue.stores.get(&last.store)?;
    let latest = now.plus_minutes((i64::from(store.rules.horizon_days) - 1) * 1440);
    while wanted > latest {
        wanted = wanted.plus_minutes(-7 * 1440);
    }
    let around = TimeRange { start: wanted.plus_minutes(-3 * 1440).max(now), end: wanted.plus_minutes(7 * 1440) };
    let near = search.within(view, around, now)?.nearest(wanted, 1).into_iter().next()?;
    Plan::with(view, &search, &near).map(|plan| (last.clone(), plan))
}
