//! Why somebody stands where they stand, in words.

use shared::rotation::{Place, Why};
use shared::time::Timestamp;
use shared::zone::Zone;

use super::today::Busy;
use crate::i18n::{self, format};

/// `10:02 签到 · 2 钟 · 上一钟 14:10`; what else has moved them comes first.
#[must_use]
pub(crate) fn why_text(zone: &Zone, place: &Place) -> String {
    let words = &i18n::desk().rotation;
    let at = |at: Timestamp| format::time(zone, at);
    let moved = match place.why {
        Why::SignedIn | Why::TookTurn => None,
        Why::Refused(reason) => Some((words.refused)(&at(place.since), (words.refusal_reason)(reason))),
        Why::Owed(reason) => Some((words.owed)(&at(place.since), (words.made_good_reason)(reason))),
        Why::Moved(reason) => Some((words.moved)(&at(place.since), (words.move_reason)(reason))),
    };
    let mut parts: Vec<String> = moved.into_iter().collect();
    parts.push((words.signed_in)(&at(place.signed_in_at)));
    if place.turns > 0 {
        parts.push((words.turns)(place.turns));
    }
    if place.asked > 0 {
        parts.push((words.asked)(place.asked));
    }
    parts.extend(place.last_turn_at.map(|last| (words.last_turn)(&at(last))));
    parts.join(" · ")
}

/// `空闲`, `上钟到 15:20`.
#[must_use]
pub(super) fn busy_text(zone: &Zone, busy: Busy) -> String {
    let words = &i18n::desk().rotation;
    let at = |at: Timestamp| format::time(zone, at);
    match busy {
        Busy::Free => words.free.to_owned(),
        Busy::Soon(start) => (words.soon)(&at(start)),
        Busy::GuestWaits => words.guest_waits.to_owned(),
        Busy::Serving { until, is_asked_for: true, .. } => (words.serving_asked)(&at(until)),
        Busy::Serving { until, .. } => (words.serving)(&at(until)),
        Busy::Away(until) => (words.away)(&at(until)),
    }
}
