//! What was given offline and came back: "this time was just taken", with times nearby; all that was entered is kept.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::Alternative;
use shared::command::{Book, Command};
use shared::id::{BookingId, ServiceId};
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;
use shared::view::View;

use crate::components::alternatives::Alternatives;
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::find::{Search, total};
use crate::member::member_app::{MemberApp, is_on_its_card};
use crate::member::plan::{self, Plan};
use crate::member::submit::{SubmitResult, is_gone, submit_and_wait};
use crate::member::{labels, paths};
use crate::reactive::{Busy, memo};
use crate::state::Refused;

/// A card for each refused command.
#[component]
pub fn RefusedCards() -> impl IntoView {
    let app = MemberApp::expect();
    view! { {move || app.replica.refused().iter().filter(|refused| !is_on_its_card(app, refused)).map(card).collect_view()} }
}

fn card(refused: &Refused) -> AnyView {
    match (&refused.command, refused.refusal()) {
        (Some(Command::Book(book)), Some(_)) => view! { <RefusedBooking refused=refused.clone() book=book.clone() /> }.into_any(),
        _ => view! { <RefusedOther refused=refused.clone() /> }.into_any(),
    }
}

/// The card of a booking that was refused; `None` while it was not.
pub fn refused_booking(app: MemberApp, id: BookingId) -> Option<AnyView> {
    let is_it = |refused: &&Refused| matches!(&refused.command, Some(Command::Book(book)) if book.booking == id);
    app.replica.refused().iter().find(is_it).map(card)
}

/// A booking that found its time taken, or another rule in its way.
#[component]
fn RefusedBooking(refused: Refused, book: Book) -> impl IntoView {
    let app = MemberApp::expect();
    let lines: Vec<(ServiceId, StaffPreference)> = book.lines.iter().map(|line| (line.service, line.staff_preference)).collect();
    let mut search = plan::search_of(book.store, &lines);
    let wished = book.lines.iter().map(|line| line.starts_at).min().unwrap_or_default();
    let (store, uuid, wished_id) = (book.store, refused.uuid, book.booking);
    // Where the time is not the reason, another time alone does not help: the person looks at everything anew.
    let is_taken = refused.refusal().is_some_and(shared::refusal::Refusal::is_about_time);
    let is_gone = refused.refusal().is_some_and(is_gone);
    let offers = StoredValue::new(refused.alternatives().to_vec());
    search.widened = is_dearer(&app.replica.view_now(), &search, &book);
    let (search, book) = (StoredValue::new(search), StoredValue::new(book));
    // What the server offered then may be gone by now: look again at what is known.
    let open = memo(move || {
        if !is_taken {
            return Vec::new();
        }
        let now = app.minute.get();
        let (view, search) = (app.view(), search.get_value());
        let is_open = |offer: &Alternative| offer.starts_at > now && search.is_free(&view, offer, now);
        let offered: Vec<Alternative> = offers.get_value().into_iter().filter(is_open).collect();
        if offered.is_empty() { search.nearest(&view, wished, now) } else { offered }
    });
    let title = Signal::derive(move || {
        let when = labels::date_time(&app.view(), store, wished).filter(|_| is_gone);
        when.map_or_else(|| why(&refused), |when| (i18n::member().home.taken_title)(&when))
    });
    let times = Signal::derive(move || {
        let (view, search, now) = (app.view(), search.get_value(), app.minute.get());
        let more = |offer: &Alternative| Plan::with(&view, &search, offer).map(|plan| labels::plan(&view, &plan)).unwrap_or_default();
        labels::nearby(&view, store, &open.get(), more, now)
    });
    let text = Signal::derive(move || {
        let words = &i18n::member().home;
        match (is_taken, times.with(Vec::is_empty)) {
            (true, true) => words.taken_none,
            (true, false) => words.taken_text,
            (false, _) => words.refused_text,
        }
        .to_owned()
    });
    let busy = Busy::default();
    let take = Callback::new(move |starts_at: Timestamp| {
        let offer = open.with_untracked(|open| open.iter().find(|offer| offer.starts_at == starts_at).cloned());
        let plan = offer.and_then(|offer| Plan::with(&app.replica.view_now(), &search.get_value(), &offer));
        let Some(plan) = plan else { return };
        if plan.price() != total(book.with_value(|book| book.lines.iter().map(|line| line.seen_price).collect::<Vec<_>>()).into_iter()) {
            // For another price the person looks at the whole of it first.
            fill_draft(app, &search.get_value(), &book.get_value());
            app.draft.choose_time(starts_at);
            app.replica.dismiss(uuid);
            app.way.go(paths::CONFIRM);
            return;
        }
        let Some((id, command)) = book.with_value(|book| again(app, book, &plan)).filter(|_| busy.begin()) else { return };
        spawn_local(async move {
            match told(app, id, submit_and_wait(app, command).await) {
                SubmitResult::Done | SubmitResult::Waiting => {
                    app.replica.dismiss(uuid);
                    // The page that told of the first try goes on with this one.
                    if untrack(|| app.way.path()) == paths::done(wished_id) {
                        app.way.replace(&paths::done(id));
                    }
                }
                _ => drop(busy.end()),
            }
        });
    });
    let elsewhere = move |_| {
        fill_draft(app, &search.get_value(), &book.get_value());
        app.replica.dismiss(uuid);
        app.way.go(paths::TIME);
    };
    view! {
        <div class="stack stack--tight">
            <Alternatives title text times on_choose=take />
            <div class="button-group">
                <button class="button" type="button" on:click=elsewhere>{move || i18n::member().home.other_time}</button>
                <button class="button button--quiet" type="button" on:click=move |_| app.replica.dismiss(uuid)>
                    {move || i18n::member().home.give_up}
                </button>
            </div>
        </div>
    }
}

/// Anything else that came back.
#[component]
fn RefusedOther(refused: Refused) -> impl IntoView {
    let app = MemberApp::expect();
    let uuid = refused.uuid;
    let why = move || why(&refused);
    view! {
        <section class="notice notice--decide" role="alert">
            <Icon name="attention" />
            <div class="notice__text"><p class="notice__title">{why}</p></div>
            <button
                class="button button--icon"
                type="button"
                aria-label=move || i18n::common().actions.dismiss
                on:click=move |_| app.replica.dismiss(uuid)
            >
                <Icon name="close" />
            </button>
        </section>
    }
}

fn why(refused: &Refused) -> String {
    (i18n::member().home.refused)(&i18n::refusals().outcome(&refused.outcome).unwrap_or_default())
}

/// Whether anybody was asked for at more than the lowest price.
fn is_dearer(view: &View, search: &Search, book: &Book) -> bool {
    let lowest = search.lowest_prices(view);
    book.lines.iter().zip(lowest).any(|(line, lowest)| lowest.is_some_and(|lowest| lowest != line.seen_price))
}

/// The same visit at another time, as a new booking.
fn again(app: MemberApp, book: &Book, plan: &Plan) -> Option<(BookingId, Command)> {
    let subject = book.lines.first()?.subject.clone();
    let booking: BookingId = app.replica.new_id();
    Some((booking, Command::Book(Book { booking, lines: plan.new_lines(&subject), ..book.clone() })))
}

fn fill_draft(app: MemberApp, search: &Search, book: &Book) {
    app.draft.choose_store(book.store);
    app.draft.change(|draft| {
        draft.services.clone_from(&search.services);
        (draft.staff_preference, draft.widened) = (Some(search.staff_preference), search.widened);
        draft.note.clone_from(&book.note);
        draft.subject = book.lines.first().map(|line| line.subject.clone());
        draft.starts_at = None;
        draft.booking = None;
    });
}

fn told(app: MemberApp, id: BookingId, given: SubmitResult) -> SubmitResult {
    match &given {
        SubmitResult::Done => app.say("check", retaken(app, id)),
        SubmitResult::Waiting => app.say("cloud-off", i18n::member().booking.done_unsent.to_owned()),
        SubmitResult::Refused { why, .. } | SubmitResult::Failed(why) => app.say("attention", why.clone()),
        SubmitResult::SignedOut => app.say("lock", i18n::common().device.session_over.to_owned()),
    }
    given
}

/// 约好了 · 11月29日 17:00 · 凯莉 · ¥98, as the visit has it.
fn retaken(app: MemberApp, id: BookingId) -> String {
    let view = app.replica.view_now();
    let booked = untrack(|| app.visit(Some(id))).map(|visit| {
        let when = labels::date_time(&view, visit.store, visit.starts_at).unwrap_or_default();
        let price = labels::price(&view, visit.store, total(visit.lines.iter().map(|line| line.price)));
        [when, labels::who(&view, &visit.lines), price].join(" · ")
    });
    [i18n::member().home.retaken.to_owned()].into_iter().chain(booked).collect::<Vec<_>>().join(" · ")
}
