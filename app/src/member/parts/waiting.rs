//! What somebody waits for 候补: where it stands in true words, an offer with its countdown, and leaving.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::State;
use shared::command::{AcceptOffer, Command, DeclineOffer, LeaveWaitlist};
use shared::id::ServiceId;
use shared::openings::notice;
use shared::service::Service;
use shared::state_kind::StateKind;
use shared::time::Timestamp;
use shared::view::View;
use shared::waitlist_entry::{OFFER_MINUTES, Offer};

use crate::components::day_part::day_and_part;
use crate::components::icon::Icon;
use crate::components::status::{Status, StatusChip};
use crate::i18n::{self, format};
use crate::member::find::total;
use crate::member::labels;
use crate::member::member_app::MemberApp;
use crate::member::plan::needs_the_desk;
use crate::member::submit::{SubmitResult, submit_and_wait};
use crate::member::waiting::{self, Stand, Wait};
use crate::reactive::{Busy, memo};

/// Tracked: everything that somebody waits for.
pub fn waits(app: MemberApp) -> Vec<Wait> {
    waiting::all(&app.replica.confirmed_view(), &app.replica.waiting(), app.replica.now())
}

/// A card for each time that is offered.
#[component]
pub fn OfferCards() -> impl IntoView {
    let app = MemberApp::expect();
    let offers = memo(move || {
        let waits = waits(app).into_iter();
        waits
            .filter_map(|wait| if let Stand::Offered(offer) = &wait.stand { Some((wait.clone(), offer.clone())) } else { None })
            .collect::<Vec<_>>()
    });
    view! { {move || offers.get().into_iter().map(|(wait, offer)| view! { <OfferCard wait offer /> }).collect_view()} }
}

/// The list, with the offers on top.
#[component]
pub fn WaitList() -> impl IntoView {
    let app = MemberApp::expect();
    let others = memo(move || waits(app).into_iter().filter(|wait| !matches!(wait.stand, Stand::Offered(_))).collect::<Vec<_>>());
    view! {
        <OfferCards />
        <Show when=move || !others.with(Vec::is_empty)>
            <section class="section">
                <div class="section__head"><h2>{move || i18n::waiting().title}</h2></div>
                <div class="stack stack--tight">
                    {move || {
                        app.follow_names();
                        others.get().into_iter().map(|wait| view! { <WaitCard wait /> }).collect_view()
                    }}
                </div>
            </section>
        </Show>
    }
}

#[component]
fn WaitCard(wait: Wait) -> impl IntoView {
    let app = MemberApp::expect();
    let (view, words) = (app.replica.view_now(), i18n::waiting());
    let (status, word) = match &wait.stand {
        Stand::Unsent => (Status::Unsent, words.unsent),
        Stand::Leaving => (Status::Unsent, words.leaving),
        Stand::Answering => (Status::Unsent, words.answering),
        Stand::Expired => (Status::of(StateKind::Expired), words.expired),
        Stand::Queued | Stand::Offered(_) | Stand::Over => (Status::of(StateKind::Waiting), words.queued),
    };
    let text = match wait.stand {
        Stand::Queued => Some(words.queued_text),
        Stand::Over => Some(words.over),
        _ => None,
    };
    let when = labels::zone(&view, wait.store).map(|zone| day_and_part(zone, wait.starts));
    let (store, entry) = (wait.store, wait.id);
    let busy = Busy::default();
    let leave = move |_| {
        let command = Command::LeaveWaitlist(LeaveWaitlist { store, entry });
        give(app, busy, command, |app, given| say(app, given, "check", words.left, words.leaving));
    };
    let can_leave = matches!(wait.stand, Stand::Queued | Stand::Over | Stand::Unsent);
    view! {
        <article class="booking-card" data-status=status.slug()>
            <div class="booking-card__body">
                <StatusChip status word />
                <h3 class="booking-card__what">{labels::or_waiting(when)}</h3>
                <p class="booking-card__where">{format!("{} · {}", what(&view, &wait), labels::store(&view, wait.store))}</p>
                <p class="booking-card__where">{text}</p>
            </div>
            {can_leave.then(|| view! {
                <button class="button button--quiet" type="button" disabled=move || busy.get() on:click=leave>{words.leave}</button>
            })}
        </article>
    }
}

/// `剪发、护理 · 阿杰`
fn what(view: &View, wait: &Wait) -> String {
    let ids: Vec<ServiceId> = wait.services.iter().map(|wanted| wanted.service).collect();
    let mut people: Vec<String> = wait.services.iter().map(|wanted| labels::staff_preference(view, wanted.staff_preference)).collect();
    people.dedup();
    format!("{} · {}", labels::services(view, &ids), people.join(" + "))
}

/// A time that is held: what it is and costs, until when it may be changed, how long it is theirs, and two answers.
#[component]
fn OfferCard(wait: Wait, offer: Offer) -> impl IntoView {
    let app = MemberApp::expect();
    let (store, entry, hold, until) = (wait.store, wait.id, offer.hold, offer.until);
    let (starts_at, ends_at, by_desk) = (offer.starts_at, offer.ends_at, offer.by_desk);
    let shown = StoredValue::new((wait, offer));
    let title = move || (i18n::waiting().offered)(&labels::from_until(&app.view(), store, starts_at, ends_at).unwrap_or_default());
    let facts = move || shown.with_value(|(wait, offer)| facts(&app.view(), wait, offer));
    let rule = move || shown.with_value(|(wait, _)| free_until(&app.view(), wait, starts_at, ends_at));
    let asks = move || !by_desk && app.view().catalogue.stores.get(&store).is_some_and(needs_the_desk);
    let busy = Busy::default();
    let accept = move |_| {
        let terms_version = app.replica.view_now().catalogue.stores.get(&store).map_or(0, |store| store.rules.terms_version);
        let command = Command::AcceptOffer(AcceptOffer { store, entry, hold, terms_version });
        give(app, busy, command, move |app, given| {
            let is_asked = untrack(|| app.visit(Some(hold))).is_some_and(|visit| matches!(visit.state, Some(State::Requested)));
            let words = i18n::waiting();
            say(app, given, "check", if is_asked { words.accepted_request } else { words.accepted }, words.accept_saved);
        });
    };
    let decline = move |_| {
        let command = Command::DeclineOffer(DeclineOffer { store, entry, hold });
        give(app, busy, command, |app, given| say(app, given, "check", i18n::waiting().declined, i18n::waiting().answering));
    };
    view! {
        <section class="notice notice--decide">
            <Icon name="bell" />
            <div class="notice__text">
                <p class="notice__title" role="alert">{title}</p>
                <p class="notice__note">{facts}</p>
                <p class="notice__note">{rule}</p>
                <HeldFor until />
            </div>
            <div class="notice__actions">
                <button class="button button--primary" type="button" disabled=move || busy.get() on:click=accept>
                    {move || if asks() { i18n::waiting().accept_request } else { i18n::waiting().accept }}
                </button>
                <button class="button button--quiet" type="button" disabled=move || busy.get() on:click=decline>
                    {move || i18n::waiting().decline}
                </button>
            </div>
        </section>
    }
}

/// For how much longer.
#[component]
fn HeldFor(until: Timestamp) -> impl IntoView {
    let app = MemberApp::expect();
    let left = memo(move || until.0.saturating_sub(app.replica.now().0).max(0));
    view! {
        <div class="hold" class=("hold--ending", move || left.get() < 60_000) role="timer">
            <span
                class="hold__ring"
                style:--hold=move || format::share(left.get(), OFFER_MINUTES * 60_000)
                aria-hidden="true"
            ></span>
            {move || i18n::waiting().held}
            <span class="hold__left">{move || format::countdown(Timestamp(left.get()), Timestamp(0))}</span>
        </div>
    }
}

/// `剪发 · 阿杰 · ¥268 · 玉门里发型`
fn facts(view: &View, wait: &Wait, offer: &Offer) -> String {
    let ids: Vec<ServiceId> = wait.services.iter().map(|wanted| wanted.service).collect();
    let mut people: Vec<String> = offer.lines.iter().filter_map(|line| Some(labels::staff(view, line.staff?))).collect();
    people.dedup();
    let price = labels::price(view, wait.store, total(offer.lines.iter().map(|line| line.price)));
    [labels::services(view, &ids), people.join(" + "), price, labels::store(view, wait.store)].join(" · ")
}

/// Until when it may be changed, once it is taken.
fn free_until(view: &View, wait: &Wait, starts_at: Timestamp, ends_at: Timestamp) -> Option<String> {
    let store = view.catalogue.stores.get(&wait.store)?;
    let services: Vec<&Service> = wait.services.iter().filter_map(|wanted| view.catalogue.services.get(&wanted.service)).collect();
    let minutes = u16::try_from(ends_at.minutes_since(starts_at)).unwrap_or(u16::MAX);
    let free_until = starts_at.plus_minutes(-i64::from(notice::cutoff_minutes(store, &services, minutes)));
    Some((i18n::member().booking.rule_free)(&labels::date_time(view, wait.store, free_until)?))
}

/// Gives a command once, and tells what became of it.
fn give(app: MemberApp, busy: Busy, command: Command, then: impl FnOnce(MemberApp, SubmitResult) + 'static) {
    if !busy.begin() {
        return;
    }
    spawn_local(async move {
        then(app, submit_and_wait(app, command).await);
        busy.end();
    });
}

/// Says what became of it: done, or kept on the device.
pub fn say(app: MemberApp, given: SubmitResult, icon: &'static str, done: &str, saved: &str) {
    match given {
        SubmitResult::Done => app.say(icon, done.to_owned()),
        SubmitResult::Waiting => app.say("cloud-off", saved.to_owned()),
        SubmitResult::Refused { why, .. } | SubmitResult::Failed(why) => app.say("attention", why),
        SubmitResult::SignedOut => app.say("lock", i18n::common().device.session_over.to_owned()),
    }
}
