//! One booking: when, what, where; what can be changed, and until when.

use leptos::prelude::*;
use shared::id::BookingId;

use super::super::parts::no_visit::NoVisit;
use super::super::parts::visit_time::VisitTime;
use super::super::parts::withdraw::Withdraw;
use super::cancel::CancelDialog;
use super::card::remark;
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::book::Tools;
use crate::member::bookings::state_chip::chip;
use crate::member::frame::Page;
use crate::member::home::again;
use crate::member::member_app::MemberApp;
use crate::member::parts::displaced::DisplacedCard;
use crate::member::visit::{Pending, Visit};
use crate::member::{labels, paths, way};
use crate::reactive::{lasting, memo};

/// The page of one booking.
#[component]
pub fn VisitPage(id: Option<BookingId>) -> impl IntoView {
    let app = MemberApp::expect();
    let visit = memo(move || app.visit(id));
    let cancelling = RwSignal::new(way::is_asked("cancel"));
    let close = Callback::new(move |()| {
        cancelling.set(false);
        // Whoever comes back to this page is not asked again.
        if let Some(id) = id.filter(|_| way::is_asked("cancel")) {
            app.way.replace(&paths::visit(id));
        }
    });
    let can_cancel = move || visit.with(|visit| visit.as_ref().is_some_and(|visit| visit.can_cancel(app.minute.get())));
    // Once the question is open it stays, whatever becomes of the visit: the answer is shown on it.
    let is_asking = lasting(move |was_asking| cancelling.get() && (was_asking || can_cancel()));
    view! {
        <Page title=Signal::derive(|| i18n::member().visits.detail.to_owned()) back=paths::BOOKINGS>
            {move || {
                app.follow_names();
                match visit.get() {
                    Some(visit) => view! { <Details visit cancelling /> }.into_any(),
                    None => view! { <NoVisit id /> }.into_any(),
                }
            }}
            <Show when=move || is_asking.get()>
                {visit.get_untracked().map(|visit| view! { <CancelDialog visit on_close=close /> })}
            </Show>
        </Page>
    }
}

#[component]
fn Details(visit: Visit, cancelling: RwSignal<bool>) -> impl IntoView {
    let app = MemberApp::expect();
    let view = app.replica.view_now();
    let remark = remark(app, &visit).filter(|_| !visit.needs_decision());
    let decision = visit
        .needs_decision()
        .then(|| view! { <DisplacedCard visit=visit.clone() on_give_up=Callback::new(move |()| cancelling.set(true)) /> });
    view! {
        {decision}
        <section class="section">
            <div class="row">{chip(&visit)}</div>
            <div class="confirm__when">
                <p class="confirm__day">{labels::or_waiting(labels::date(&view, visit.store, visit.starts_at))}</p>
                <VisitTime visit=visit.clone() />
            </div>
            {remark.map(|text| view! { <p class="muted">{text}</p> })}
            <Facts visit=visit.clone() />
            <Tools visit=visit.clone() />
        </section>
        <Actions visit cancelling />
    }
}

#[component]
fn Facts(visit: Visit) -> impl IntoView {
    let app = MemberApp::expect();
    let view = app.replica.view_now();
    let store = view.catalogue.stores.get(&visit.store);
    let address = store.map(|store| store.address.clone()).unwrap_or_default();
    let services: Vec<_> = visit.lines.iter().map(|line| line.service).collect();
    let words = &i18n::member().booking;
    let note = (!visit.note.is_empty()).then(|| view! { <dt>{i18n::member().visits.note}</dt><dd>{visit.note.clone()}</dd> });
    view! {
        <dl class="facts surface">
            <dt>{words.service}</dt><dd>{labels::services(&view, &services)}</dd>
            <dt>{words.who}</dt><dd>{labels::who(&view, &visit.lines)}</dd>
            <dt>{words.store}</dt><dd>{format!("{} · {address}", labels::store(&view, visit.store))}</dd>
            <dt>{words.pay}</dt><dd><span class="price">{labels::price(&view, visit.store, visit.price())}</span></dd>
            {note}
        </dl>
        <p class="muted center">{(words.number)(&paths::short_number(visit.id))}</p>
    }
}

#[component]
fn Actions(visit: Visit, cancelling: RwSignal<bool>) -> impl IntoView {
    let app = MemberApp::expect();
    let visit = StoredValue::new(visit);
    let now = move || app.minute.get();
    let can_move = move || visit.with_value(|visit| visit.can_move(now()));
    let can_cancel = move || visit.with_value(|visit| visit.can_cancel(now()));
    let until = move || visit.with_value(|visit| until(app, visit));
    let call = visit.with_value(|visit| {
        app.replica.view_now().catalogue.stores.get(&visit.store).filter(|store| !store.phone.is_empty()).map(paths::call)
    });
    let withdraw = visit.with_value(|visit| (visit.pending == Some(Pending::Booking)).then(|| view! { <Withdraw visit=visit.clone() /> }));
    let repeat = move |_| {
        visit.with_value(|visit| again(app, visit, None));
        app.way.go(paths::TIME);
    };
    let words = || &i18n::member().visits;
    let is_request = visit.with_value(|visit| visit.is_only_asked());
    let give_up = move || if is_request { words().take_back_do } else { words().cancel };
    view! {
        <section class="section">
            <p class="note">{until}</p>
            <div class="stack stack--tight">
                <Show when=can_move>
                    <a class="button button--primary button--wide" href=paths::change(visit.with_value(|visit| visit.id))>
                        <Icon name="move" size="small" />{move || words().change}
                    </a>
                </Show>
                {withdraw}
                <button class="button button--wide" type="button" on:click=repeat>{move || words().again}</button>
                {call.map(|call| view! {
                    <a class="button button--wide" href=call rel="external"><Icon name="phone" size="small" />{move || words().call}</a>
                })}
                <Show when=can_cancel>
                    <button class="button button--quiet button--danger button--wide" type="button" on:click=move |_| cancelling.set(true)>
                        {give_up}
                    </button>
                </Show>
            </div>
        </section>
    }
}

/// Until when it can be changed, or could have been.
fn until(app: MemberApp, visit: &Visit) -> Option<String> {
    let (now, words) = (app.minute.get(), &i18n::member().visits);
    let when = labels::date_time(&app.view(), visit.store, visit.free_until)?;
    match (visit.can_move(now), visit.can_cancel(now)) {
        _ if visit.needs_decision() => None,
        (true, _) => Some((words.free_until)(&when)),
        (false, true) => Some((words.was_free_until)(&when)),
        (false, false) => None,
    }
}
