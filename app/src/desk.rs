//! The desk app's pages.

use leptos::prelude::*;

use crate::App;
use crate::state::Replica;

/// Starts the desk app.
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(|| {
        Replica::provide(App::Desk);
        view! { <div class="desk"></div> }
    });
}
