//! The member app's pages. It opens at home; browsing needs no sign-in; every page works offline with what is cached.

mod book;
mod bookings;
mod calendar_file;
mod draft;
mod find;
mod frame;
mod give;
mod home;
mod me;
mod paths;
mod plan;
mod sign_in;
mod spoken;
mod visit;

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Redirect, Route, Router};
use leptos_router::path;

use crate::state::Replica;
use crate::{App, browser, i18n, pwa, theme};
use frame::{Lost, MemberApp};

/// Starts the member app.
pub fn start() {
    console_error_panic_hook::set_once();
    i18n::show();
    theme::show();
    mount_to_body(|| {
        provide_context(App::Member);
        let replica = Replica::provide(App::Member);
        pwa::start(App::Member);
        MemberApp::provide(replica);
        view! { <Pages /> }
    });
    if let Some(boot) = browser::document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// The whole table of addresses.
#[component]
fn Pages() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=Lost>
                <Route path=path!("/") view=home::HomePage />
                <Route path=path!("/m") view=home::HomePage />
                <Route path=path!("/m/book") view=book::StoresPage />
                <Route path=path!("/m/book/services") view=book::ServicesPage />
                <Route path=path!("/m/book/staff") view=book::StaffPage />
                <Route path=path!("/m/book/time") view=book::TimePage />
                <Route path=path!("/m/book/confirm") view=book::ConfirmPage />
                <Route path=path!("/m/book/done/:id") view=book::DonePage />
                <Route path=path!("/m/bookings") view=bookings::BookingsPage />
                <Route path=path!("/m/bookings/:id") view=bookings::VisitPage />
                <Route path=path!("/m/bookings/:id/move") view=bookings::MovePage />
                <Route path=path!("/m/me") view=me::MePage />
                <Route path=path!("/m/me/privacy") view=me::PrivacyPage />
                <Route path=path!("/m/sign-in") view=sign_in::SignInPage />
                <Route path=path!("/m/card") view=|| view! { <Redirect path=paths::ME /> } />
            </FlatRoutes>
        </Router>
    }
}
