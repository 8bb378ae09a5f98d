//! The hours of a visit, large, by the clock of its store.

use leptos::prelude::*;

use crate::i18n::format;
use crate::member::labels;
use crate::member::member_app::MemberApp;
use crate::member::visit::Visit;

/// From when until when; its shape while the store is not known, nothing where only the date counts.
#[component]
pub fn VisitTime(visit: Visit) -> impl IntoView {
    let app = MemberApp::expect();
    if visit.date_only {
        return ().into_any();
    }
    let view = app.replica.view_now();
    let Some(zone) = labels::zone(&view, visit.store) else {
        return view! { <p class="time time--hero">{labels::or_waiting(None)}</p> }.into_any();
    };
    view! {
        <time class="time time--hero" datetime=format::machine_time(zone, visit.starts_at)>
            {format::time(zone, visit.starts_at)}
            <span class="time__until">{format!("–{}", format::time(zone, visit.ends_at))}</span>
        </time>
    }
    .into_any()
}
