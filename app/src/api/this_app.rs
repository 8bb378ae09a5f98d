//! Which of the two apps asks.

use std::cell::Cell;

use crate::App;

thread_local! {
    static APP: Cell<App> = const { Cell::new(App::Member) };
}

/// Says which app this is; the header `x-huiyue-app` of every request follows.
pub fn set_app(app: App) {
    APP.with(|cell| cell.set(app));
}

/// Which app this is.
#[must_use]
pub fn app() -> App {
    APP.with(Cell::get)
}
