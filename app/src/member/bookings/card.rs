//! A booking in the list.

use leptos::prelude::*;

use crate::i18n::{self, format};
use crate::member::bookings::state_chip::chip;
use crate::member::member_app::MemberApp;
use crate::member::visit::{Pending, Visit};
use crate::member::{labels, paths};

/// When, what, where, and what there is to know.
#[component]
pub fn VisitCard(visit: Visit, is_past: bool) -> impl IntoView {
    let app = MemberApp::expect();
    let view = app.replica.view_now();
    let time = (!visit.date_only).then(|| {
        let machine = labels::zone(&view, visit.store).map(|zone| format::machine_time(zone, visit.starts_at));
        view! { <time class="time" datetime=machine>{labels::or_waiting(labels::time(&view, visit.store, visit.starts_at))}</time> }
    });
    let notice = remark(app, &visit);
    view! {
        <article class="booking-card" class=("booking-card--past", is_past) data-status=visit.status.slug()>
            <div class="booking-card__when">
                <span class="booking-card__day">{labels::or_waiting(labels::date(&view, visit.store, visit.starts_at))}</span>
                {time}
            </div>
            <div class="booking-card__body">
                {chip(&visit)}
                <h3 class="booking-card__what">
                    <a class="booking-card__link" href=paths::visit(visit.id)>{labels::what(&view, &visit)}</a>
                </h3>
                <p class="booking-card__where">{labels::store(&view, visit.store)}</p>
            </div>
            {notice.map(|text| view! { <p class="booking-card__notice">{text}</p> })}
        </article>
    }
}

/// What there is to know beyond the chip.
pub fn remark(app: MemberApp, visit: &Visit) -> Option<String> {
    use shared::booking::{CancelledBy, State};
    let words = &i18n::member().visits;
    match (visit.pending, &visit.state) {
        (Some(Pending::Booking), _) => Some(words.not_booked.to_owned()),
        (Some(Pending::Cancelling), _) => Some(words.cancelling.to_owned()),
        (Some(Pending::Moving(to)), _) => Some((words.moving)(&labels::date_time(&app.view(), visit.store, to)?)),
        (None, Some(State::Displaced { .. })) => Some(i18n::member().home.displaced_text.to_owned()),
        (None, Some(State::Declined { reason, .. })) => Some((words.declined)(reason)),
        (None, _) if visit.is_taken_back() => Some(words.taken_back_text.to_owned()),
        (None, Some(State::Cancelled { by: CancelledBy::Store, .. })) => Some(words.cancelled_by_store.to_owned()),
        (None, Some(State::Cancelled { late: true, .. })) => Some(words.cancelled_late.to_owned()),
        (None, Some(State::Confirmed { .. })) if visit.late_minutes > 0 => Some((words.late)(visit.late_minutes)),
        _ => None,
    }
}
