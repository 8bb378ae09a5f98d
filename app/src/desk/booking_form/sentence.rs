//! What is booked, in a sentence.

use leptos::prelude::*;

use crate::desk::booking_form::fields::BookingFields;
use crate::desk::done::About;
use crate::i18n::format;

/// What a message about the visit says of it, until it is known who really does it.
pub(super) fn about(draft: BookingFields) -> About {
    let (subject, _) = draft.subject();
    let when = untrack(|| {
        let (store, start) = (draft.bench.store()?, draft.choice.starts_at.get()?);
        let day = format::day(store.zone.local(start).0, draft.bench.calendar_date());
        Some(format!("{day} {}", format::time(&store.zone, start)))
    });
    let parts = [Some(draft.guest_name(&subject)), when, Some(untrack(|| draft.people()))];
    let words = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    About::visit(draft.booking, words)
}
