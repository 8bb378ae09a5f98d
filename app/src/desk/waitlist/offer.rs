//! What the desk does for somebody who waits: a time is offered, taken or let go, or they leave.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::{AcceptOffer, Command, DeclineOffer, LeaveWaitlist, OfferTime, OfferedLine};
use shared::sync::Outcome;
use shared::view::View;
use shared::visit_request::RequestedLine;
use shared::waitlist_entry::{Offer, WaitlistEntry};

use crate::desk::asked::Question;
use crate::desk::done::{About, Done};
use crate::desk::words::{staff_names, sum_text};
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};
use crate::state::SubmitError;

/// Holds a time for them: only the server can, so it is asked at once.
pub fn offer(
    bench: Workbench,
    (entry, who): (&WaitlistEntry, String),
    lines: &[RequestedLine],
    (is_busy, problem): (RwSignal<bool>, RwSignal<Option<String>>),
) {
    if is_busy.get_untracked() {
        return;
    }
    is_busy.set(true);
    problem.set(None);
    let hold = bench.replica.new_id();
    let what = format!("{who} · {}", visit_text(bench, lines));
    let command = Command::OfferTime(OfferTime { store: entry.store, entry: entry.id, hold, lines: OfferedLine::all_of(lines) });
    spawn_local(async move {
        let why = match bench.replica.direct(command).await {
            Ok(Outcome::Applied) => None,
            Ok(outcome) => i18n::refusals().outcome(&outcome),
            Err(error) => Some((i18n::refusals().api)(&error)),
        };
        match why {
            None => bench.say("send", (i18n::waitlist().offer_done)(&what), None),
            Some(why) => {
                if let Some(Some(why)) = problem.try_set(Some(why)) {
                    bench.say("attention", why, None);
                }
            }
        }
        is_busy.try_set(false);
    });
}

/// `14:00 · 阿杰 · ¥268`
pub fn visit_text(bench: Workbench, lines: &[RequestedLine]) -> String {
    let Some(store) = bench.store_now() else { return String::new() };
    let start = lines.iter().map(|line| line.starts_at).min().unwrap_or_default();
    let staff = staff_names(&bench.replica.view_now(), lines.iter().filter_map(|line| line.staff_preference.person()));
    let price = sum_text(store.currency, &lines.iter().map(|line| line.seen_price).collect::<Vec<_>>());
    [format::time(&store.zone, start), staff, price].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// `11:30 · 阿杰 · ¥268`, as it was offered.
pub fn offer_text(view: &View, store: &shared::store::Store, offer: &Offer) -> String {
    let staff = staff_names(view, offer.lines.iter().filter_map(|line| line.staff));
    let price = sum_text(store.currency, &offer.lines.iter().map(|line| line.price).collect::<Vec<_>>());
    [format::time(&store.zone, offer.starts_at), staff, price].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// They said yes on the telephone.
pub fn accept(bench: Workbench, entry: &WaitlistEntry, offer: &Offer, who: String, problem: RwSignal<Option<SubmitError>>) {
    let Some(store) = bench.store_now() else { return };
    let terms_version = store.rules.terms_version;
    let command = Command::AcceptOffer(AcceptOffer { store: entry.store, entry: entry.id, hold: offer.hold, terms_version });
    bench.give(command, Done::new("check-circle", i18n::waitlist().accepted, About::visit(offer.hold, who)), problem);
}

/// They said no.
pub fn decline(bench: Workbench, entry: &WaitlistEntry, offer: &Offer, who: String, problem: RwSignal<Option<SubmitError>>) {
    let command = Command::DeclineOffer(DeclineOffer { store: entry.store, entry: entry.id, hold: offer.hold });
    bench.give(command, Done::new("undo", i18n::waitlist().declined, About::words(who)), problem);
}

/// They no longer wait: asked first, because a place that is lost does not come back.
pub fn remove(bench: Workbench, entry: &WaitlistEntry, who: String, problem: RwSignal<Option<SubmitError>>, go_on: Callback<Command>) {
    let command = Command::LeaveWaitlist(LeaveWaitlist { store: entry.store, entry: entry.id });
    problem.set(None);
    let lines = vec![(i18n::waitlist().remove_question)(&who)];
    bench.question.set(Some(Question {
        title: |words| words.title_move,
        lines,
        go_on: Callback::new(move |()| go_on.run(command.clone())),
        instead: None,
    }));
}
