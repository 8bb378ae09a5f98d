//! Somebody of the account is busy then already: said before the tap.

use leptos::prelude::*;
use shared::id::BookingId;
use shared::time::TimeRange;

use crate::components::icon::Icon;
use crate::i18n;
use crate::member::member_app::MemberApp;
use crate::member::{labels, visit};
use crate::reactive::memo;

/// Another visit of the same account at the same time: said before the tap. Families come together, so it forbids nothing.
#[component]
pub fn SameTime(
    /// The visit as it would be.
    #[prop(into)]
    range: Signal<Option<TimeRange>>,
    /// The visit that moves.
    #[prop(optional)]
    moving: Option<BookingId>,
) -> impl IntoView {
    let app = MemberApp::expect();
    let other = memo(move || {
        let (range, now) = (range.get()?, app.minute.get());
        app.visits.with(|visits| visit::at_same_time(visits, range, moving, now).cloned())
    });
    let text = move || {
        let (view, visit) = (app.view(), other.get()?);
        let when = labels::from_until(&view, visit.store, visit.starts_at, visit.ends_at)?;
        Some((i18n::member().booking.same_time)(&format!("{when} · {}", labels::what(&view, &visit))))
    };
    view! {
        {move || text().map(|text| view! {
            <section class="notice notice--caution" role="status">
                <Icon name="attention" />
                <div class="notice__text"><p>{text}</p></div>
            </section>
        })}
    }
}
