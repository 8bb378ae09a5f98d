//! The four places of the app.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::i18n;
use crate::member::member_app::{MemberApp, is_on_its_card};
use crate::member::paths;
use crate::reactive::memo;

/// Home, book, bookings, me.
#[component]
pub fn TabBar() -> impl IntoView {
    let app = MemberApp::expect();
    let words = || &i18n::member().frame;
    let decisions = memo(move || {
        let displaced = app.visits.with(|visits| visits.iter().filter(|visit| visit.needs_decision()).count());
        displaced + app.replica.refused().iter().filter(|refused| !is_on_its_card(app, refused)).count()
    });
    view! {
        <nav class="tab-bar" aria-label=move || words().navigation>
            <Tab href=paths::HOME icon="home" word=Signal::derive(move || words().home) count=decisions />
            <Tab href=paths::STORES icon="calendar" word=Signal::derive(move || words().book) />
            <Tab href=paths::BOOKINGS icon="ticket" word=Signal::derive(move || words().bookings) />
            <Tab href=paths::ME icon="person" word=Signal::derive(move || words().me) />
        </nav>
    }
}

#[component]
fn Tab(
    href: &'static str,
    icon: &'static str,
    word: Signal<&'static str>,
    #[prop(optional, into)] count: Option<Signal<usize>>,
) -> impl IntoView {
    let app = MemberApp::expect();
    let current = move || is_within(&app.way.path(), href).then_some("page");
    let badge = move || count.map(|count| count.get()).filter(|count| *count > 0).map(|count| view! { <span class="badge">{count}</span> });
    view! {
        <a class="tab-bar__item" href=href aria-current=current>
            <Icon name=icon />
            {word}
            {badge}
        </a>
    }
}

/// Whether an address belongs to a tab.
fn is_within(path: &str, tab: &str) -> bool {
    let path = path.trim_end_matches('/');
    match tab.trim_end_matches('/') {
        "/m" => path.is_empty() || path == "/m",
        tab => path.strip_prefix(tab).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn a_booking_belongs_to_my_bookings_and_not_to_book() {
        assert!(is_within("/m/bookings/1", "/m/bookings"));
        assert!(!is_within("/m/bookings", "/m/book"));
        assert!(is_within("/", "/m/") && is_within("/m/", "/m/") && !is_within("/m/me", "/m/"));
    }
}
