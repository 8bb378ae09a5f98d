//! The member app's pages.

use leptos::prelude::*;

use crate::App;
use crate::state::Replica;

/// Starts the member app.
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(|| {
        Replica::provide(App::Member);
        view! { <div class="app"></div> }
    });
}
