//! The week's shifts: a grid of people and weekdays, a dialog for one cell, and days that differ.

pub(crate) mod cell;
mod exceptions;
pub(crate) mod grid;
pub(crate) mod week;

use leptos::prelude::*;

use crate::desk::setup::shifts::week::Grid;

use exceptions::Exceptions;

/// The page.
#[component]
pub(super) fn ShiftsPage() -> impl IntoView {
    view! {
        <div class="desk__page" style:--page-width="72rem">
            <Grid />
            <Exceptions />
        </div>
    }
}
