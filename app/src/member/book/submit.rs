//! The last tap: signing in on top where needed, then booking.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::Subject;
use shared::command::{Book, Command};
use shared::id::BookingId;

use super::hold::{Confirming, Holding};
use crate::member::give::{Given, give};
use crate::member::plan::Plan;
use crate::{browser, i18n};

/// How often the answer to a hold is looked for before booking without it.
const HOLD_LOOKS: u32 = 20;
const LOOK_MILLISECONDS: u32 = 100;

/// Books, or asks for what is missing; `on_done` gets the booking that is made or on its way.
pub fn submit(page: Confirming, on_done: Callback<BookingId>) {
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
    spawn_local(async move {
        settle_hold(page).await;
        let id = page.booking_id();
        match give(app.replica, Command::Book(book(page, &plan, &subject, id))).await {
            Given::Done | Given::Waiting => {
                app.draft.clear();
                on_done.run(id);
            }
            given => {
                page.sending.set(false);
                not_done(page, given);
            }
        }
    });
}

fn not_done(page: Confirming, given: Given) {
    match given {
        Given::Refused { time: true, alternatives, .. } => {
            // The id may have been used up by an expired hold.
            page.app.draft.change(|draft| draft.booking = None);
            page.taken(alternatives);
        }
        Given::Refused { why, .. } | Given::Failed(why) => page.failed(why),
        Given::SignedOut => page.signing_in.set(true),
        Given::Done | Given::Waiting => {}
    }
}

fn book(page: Confirming, plan: &Plan, subject: &Subject, booking: BookingId) -> Book {
    let view = page.app.replica.view_now();
    Book {
        store: plan.store,
        booking,
        account: None,
        lines: plan.new_lines(subject),
        note: page.app.draft.now().note.trim().to_owned(),
        terms_version: view.catalogue.stores.get(&plan.store).map_or(0, |store| store.rules.terms_version),
        by_phone: false,
        over: None,
    }
}

/// A hold on its way arrives before the booking that uses it.
async fn settle_hold(page: Confirming) {
    for _ in 0..HOLD_LOOKS {
        if page.holding.get_untracked() != Holding::Asking {
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
        (true, _) => words.submit_offline,
        (false, false) => words.submit_sign_in,
        (false, true) if by_desk => words.submit_request,
        (false, true) => words.submit,
    };
    word.to_owned()
}
