//! Done: a slip that can be kept, or a draft of one while it waits to be sent.

use leptos::prelude::*;
use shared::id::BookingId;
use shared::state_kind::StateKind;

use crate::components::icon::Icon;
use crate::member::frame::Page;
use crate::member::member_app::MemberApp;
use crate::member::parts::no_visit::NoVisit;
use crate::member::parts::refused::refused_booking;
use crate::member::parts::visit_time::VisitTime;
use crate::member::parts::withdraw::Withdraw;
use crate::member::visit::{Pending, Visit};
use crate::member::{labels, paths};
use crate::reactive::memo;
use crate::{i18n, pwa};

/// The page after the tap.
#[component]
pub fn DonePage(id: Option<BookingId>) -> impl IntoView {
    let app = MemberApp::expect();
    let visit = memo(move || app.visit(id));
    let shown = move || {
        app.follow_names();
        match visit.get() {
            Some(visit) => view! { <Slip visit /> }.into_any(),
            None => id.and_then(|id| refused_booking(app, id)).unwrap_or_else(|| view! { <NoVisit id /> }.into_any()),
        }
    };
    pwa::keep_storage();
    view! {
        <Page title=Signal::derive(move || title(visit.get().as_ref())) back=paths::HOME>
            {shown}
            <div class="stack stack--tight">
                <a class="button button--primary button--wide" href=paths::BOOKINGS>{move || i18n::member().booking.see_bookings}</a>
                <a class="button button--wide" href=paths::STORES>{move || i18n::member().booking.another}</a>
            </div>
        </Page>
    }
}

fn title(visit: Option<&Visit>) -> String {
    let words = &i18n::member().booking;
    match visit {
        None => i18n::member().visits.detail,
        Some(visit) if visit.pending.is_some() => words.done_unsent,
        Some(visit) if visit.kind() == Some(StateKind::Requested) => words.done_request,
        Some(visit) if visit.is_firm() => words.done,
        Some(visit) if visit.is_taken_back() => i18n::member().visits.taken_back,
        // Something else has become of it since.
        Some(_) => i18n::member().visits.detail,
    }
    .to_owned()
}

#[component]
fn Slip(visit: Visit) -> impl IntoView {
    let app = MemberApp::expect();
    let view = app.replica.view_now();
    let (is_unsent, is_firm, is_taken_back) = (visit.pending == Some(Pending::Booking), visit.is_firm(), visit.is_taken_back());
    let icon = visit.status.icon();
    let heading = title(Some(&visit));
    let address = view.catalogue.stores.get(&visit.store).map(|store| store.address.clone()).unwrap_or_default();
    let services: Vec<_> = visit.lines.iter().map(|line| line.service).collect();
    let words = &i18n::member().booking;
    view! {
        <article class="slip" data-status=visit.status.slug()>
            {is_firm.then(|| view! { <svg class="slip__stamp" aria-hidden="true"><use_ href="/m/icons.svg#stamp" /></svg> })}
            <p class="slip__title" role="status"><Icon name=icon />{heading}</p>
            <p class="slip__day">{labels::or_waiting(labels::date(&view, visit.store, visit.starts_at))}</p>
            <VisitTime visit=visit.clone() />
            {is_taken_back.then(|| view! { <p class="muted">{i18n::member().visits.taken_back_text}</p> })}
            {is_unsent.then(|| view! { <p class="muted">{words.done_unsent_text}</p> <Withdraw visit=visit.clone() /> })}
            <dl class="facts">
                <dt>{words.service}</dt><dd>{labels::services(&view, &services)}</dd>
                <dt>{words.who}</dt><dd>{labels::who(&view, &visit.lines)}</dd>
                <dt>{words.store}</dt><dd>{format!("{} · {address}", labels::store(&view, visit.store))}</dd>
                <dt>{words.pay}</dt><dd>{labels::price(&view, visit.store, visit.price())}</dd>
            </dl>
            <div class="slip__cut"></div>
            <Tools visit=visit.clone() />
            <p class="slip__number">{(words.number)(&paths::short_number(visit.id))}</p>
        </article>
    }
}

/// Calendar and map; what is not promised, or not any more, does not belong into a calendar.
#[component]
pub fn Tools(visit: Visit) -> impl IntoView {
    let app = MemberApp::expect();
    let view = app.replica.view_now();
    let is_off = visit.kind() == Some(StateKind::Cancelled) && !visit.is_taken_back();
    // A calendar that knows the visit takes it out when it reads that it was cancelled.
    let file = ((visit.is_firm() || is_off) && !app.is_offline()).then(|| paths::calendar(visit.id));
    let words = move || if is_off { i18n::member().booking.calendar_off } else { i18n::member().booking.calendar };
    let map = view.catalogue.stores.get(&visit.store).map(paths::map);
    view! {
        <div class="slip__tools">
            {file.map(|file| view! {
                <a class="button button--quiet" href=file rel="external"><Icon name="calendar" />{words}</a>
            })}
            {map.map(|map| view! {
                <a class="button button--quiet" href=map target="_blank" rel="external noopener">
                    <Icon name="map" />
                    {move || i18n::member().booking.way}
                </a>
            })}
        </div>
    }
}
