//! The last tap: signing in on top where needed, then booking.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::Subject;
use shared::command::{Book, Command};
use shared::id::BookingId;

use super::hold::{Confirming, Holding, booked};
use crate::member::member_app::MemberApp;
use crate::member::plan::Plan;
use crate::member::submit::{SubmitResult, is_booked, submit_and_wait};
use crate::{browser, i18n};

/// How often the answer to a hold is looked for before booking without it.
const HOLD_LOOKS: u32 = 20;
const LOOK_MILLISECONDS: u32 = 100;

/// Books, or asks for what is missing. Once it is on its way, leaving the page changes nothing.
pub fn submit(page: Confirming) {
    let app = page.app;
    page.is_kept.set(false);
    if !untrack(|| app.is_signed_in()) {
        if untrack(|| app.is_offline()) {
            page.is_kept.set(true)
        } else {
            page.signing_in.set(true)
        }
        return;
    }
    let (Some(plan), false) = (page.plan.get_untracked(), page.sending.get_untracked()) else { return };
    let Some(subject) = page.subject() else {
        page.signing_in.set(true);
        return;
    };
    page.sending.set(true);
    page.problem.set(None);
    let id = page.booking_id();
    let mut book = book(app, &plan, &subject, id);
    spawn_local(async move {
        settle_hold(page).await;
        // The hold may have needed another id.
        let id = app.draft.now().booking.unwrap_or(id);
        book.booking = id;
        let mut given = submit_and_wait(app, Command::Book(book.clone())).await;
        if matches!(given, SubmitResult::Refused { exists: true, .. }) {
            if is_booked(app, id, &plan).await {
                // The tap before this one arrived, its answer did not.
                return booked(app, id, true);
            }
            // The id belongs to another visit: this is one of its own.
            book.booking = app.replica.new_id();
            app.draft.change(|draft| draft.booking = Some(book.booking));
            given = submit_and_wait(app, Command::Book(book.clone())).await;
        }
        match given {
            SubmitResult::Done | SubmitResult::Waiting => booked(app, book.booking, given == SubmitResult::Done),
            given => not_done(page, given),
        }
    });
}

fn not_done(page: Confirming, given: SubmitResult) {
    if page.sending.try_set(false).is_some() {
        // Nobody is there to see it. What the server refused waits on the home page.
        if let SubmitResult::Refused { why, .. } | SubmitResult::Failed(why) = given {
            page.app.say("attention", why);
        }
        return;
    }
    match given {
        SubmitResult::Refused { time: true, gone, why, alternatives, .. } => {
            // The id may have been used up by an expired hold.
            page.app.draft.change(|draft| draft.booking = None);
            page.taken(alternatives, (!gone).then_some(why));
        }
        SubmitResult::Refused { why, exists, .. } => {
            if exists {
                page.app.draft.change(|draft| draft.booking = None);
            }
            page.failed(why);
        }
        SubmitResult::Failed(why) => page.failed(why),
        SubmitResult::SignedOut => page.signing_in.set(true),
        SubmitResult::Done | SubmitResult::Waiting => {}
    }
}

fn book(app: MemberApp, plan: &Plan, subject: &Subject, booking: BookingId) -> Book {
    let view = app.replica.view_now();
    Book {
        store: plan.store,
        booking,
        account: None,
        lines: plan.new_lines(subject),
        note: app.draft.now().note.trim().to_owned().into(),
        terms_version: view.catalogue.stores.get(&plan.store).map_or(0, |store| store.rules.terms_version),
        by_phone: false,
        override_reason: None,
    }
}

/// A hold on its way arrives before the booking that uses it.
async fn settle_hold(page: Confirming) {
    for _ in 0..HOLD_LOOKS {
        if page.holding.try_get_untracked() != Some(Holding::Asking) {
            return;
        }
        browser::sleep(LOOK_MILLISECONDS).await;
    }
}

/// The word on the button.
pub fn word(page: Confirming) -> String {
    let (app, words) = (page.app, &i18n::member().booking);
    let by_desk = page.plan.with(|plan| {
        plan.as_ref().is_some_and(|plan| app.view().catalogue.stores.get(&plan.store).is_some_and(crate::member::plan::needs_the_desk))
    });
    let word = match (app.is_offline(), app.is_signed_in()) {
        _ if page.plan.with(Option::is_none) => i18n::member().home.other_time,
        (true, true) => words.submit_offline,
        (true, false) => words.submit_kept,
        (false, false) if by_desk => words.submit_sign_in_request,
        (false, false) => words.submit_sign_in,
        (false, true) if by_desk => words.submit_request,
        (false, true) => words.submit,
    };
    word.to_owned()
}
