//! What happened to a booking, the newest first.

use leptos::prelude::*;
use shared::api::sign_in::Session;
use shared::booking::{Step, StepKind};
use shared::role::Principal;
use shared::view::View;
use shared::zone::Zone;

use super::Panel;
use crate::i18n::{self, format};

/// What steps are told with: the records, and who is signed in.
type Known<'a> = (&'a View, Option<&'a Session>);

/// See above.
#[component]
pub fn History() -> impl IntoView {
    let panel = Panel::expect();
    let items = move || {
        let view = panel.bench.replica.view();
        let zone = panel.bench.store()?.zone.clone();
        let (today, own) = (panel.bench.calendar_date(), panel.bench.replica.session());
        Some(panel.with(|booking| booking.history.iter().rev().map(|step| item((&view, own.as_ref()), &zone, step, today)).collect_view()))
    };
    view! {
        <section class="section" aria-labelledby="history-title">
            <h3 id="history-title">{move || i18n::desk().visit.history}</h3>
            <ol class="history">{items}</ol>
        </section>
    }
}

fn item(known: Known<'_>, zone: &Zone, step: &Step, today: shared::time::LocalDate) -> impl IntoView + use<> {
    let date = zone.local(step.at).0;
    let day = (date != today).then(|| format!(" · {}", format::date(date)));
    view! {
        <li class="history__item">
            <time class="history__time" datetime=format::machine_time(zone, step.at)>{format::time(zone, step.at)}</time>
            <span class="history__text">
                {step_word(step.what)}
                <span class="history__who">{who(known, step)}{day}</span>
                {reason(step).map(|why| view! { <span class="history__who">{why}</span> })}
            </span>
        </li>
    }
}

/// `取消 · 小青 · 14:05`
pub(super) fn in_words(known: Known<'_>, zone: &Zone, step: &Step) -> String {
    [step_word(step.what), &who(known, step), &format::time(zone, step.at)].join(" · ")
}

fn reason(step: &Step) -> Option<String> {
    (!step.reason.is_empty()).then(|| step.reason.0.clone())
}

fn who((view, own): Known<'_>, step: &Step) -> String {
    let words = &i18n::desk().visit;
    let staff = step.staff.and_then(|id| view.catalogue.staff.get(&id)).map(|staff| i18n::name(&staff.name));
    // Of the other logins a desk knows no names.
    if let (None, Some(session)) = (&staff, own.filter(|session| session.principal == step.by && !session.name.is_empty())) {
        return session.name.clone();
    }
    let principal = match step.by {
        Principal::Account(_) => words.by_member,
        Principal::Device(_) => words.by_tablet,
        Principal::User(_) => words.by_user,
        Principal::System | Principal::Anonymous => words.by_system,
    };
    staff.map_or_else(|| principal.to_owned(), |name| format!("{name} · {principal}"))
}

fn step_word(step: StepKind) -> &'static str {
    let words = &i18n::desk().steps;
    match step {
        StepKind::Held => words.held,
        StepKind::Requested => words.requested,
        StepKind::Confirmed => words.confirmed,
        StepKind::Declined => words.declined,
        StepKind::Moved => words.moved,
        StepKind::Reassigned => words.reassigned,
        StepKind::Cancelled => words.cancelled,
        StepKind::Waiting => words.waiting,
        StepKind::CheckedIn => words.checked_in,
        StepKind::CheckInUndone => words.check_in_undone,
        StepKind::Started => words.started,
        StepKind::RanLate => words.ran_late,
        StepKind::Delayed => words.delayed,
        StepKind::Finished => words.finished,
        StepKind::NoShow => words.no_show,
        StepKind::NoShowUndone => words.no_show_undone,
        StepKind::Squeezed => words.squeezed,
        StepKind::Displaced => words.displaced,
        StepKind::Expired => words.expired,
        StepKind::Imported => words.imported,
    }
}
