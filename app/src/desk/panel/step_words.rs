//! What happened, in words.

use shared::api::sign_in::Session;
use shared::booking::history::{Step, StepKind};
use shared::role::Principal;
use shared::view::View;
use shared::zone::Zone;

use crate::i18n::{self, format};

/// `取消 · 小青 · 14:05`
pub(crate) fn in_words(known: Known<'_>, zone: &Zone, step: &Step) -> String {
    [step_word(step.what), &who(known, step), &format::time(zone, step.at)].join(" · ")
}

/// What steps are told with: the records, and who is signed in.
pub(crate) type Known<'a> = (&'a View, Option<&'a Session>);

pub(crate) fn who((view, own): Known<'_>, step: &Step) -> String {
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

pub(crate) fn step_word(step: StepKind) -> &'static str {
    let words = &i18n::desk().steps;
    match step {
        StepKind::Held => words.held,
        StepKind::Requested => words.requested,
        StepKind::Confirmed => words.confirmed,
        StepKind::Declined => words.declined,
        StepKind::Moved => words.moved,
        StepKind::Changed => words.changed,
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
