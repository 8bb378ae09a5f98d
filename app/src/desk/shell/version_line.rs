//! A new version of the desk is ready. It waits for a tap: somebody may be filling a form.

use leptos::prelude::*;

use crate::components::new_version::NewVersion;
use crate::pwa::Pwa;
use crate::state::Replica;

/// Above the work, and at the door.
#[component]
pub fn VersionLine(
    /// Within a page instead of above it.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let (pwa, replica) = (expect_context::<Pwa>(), Replica::expect());
    let is_ready = Memo::new(move |_| pwa.is_outdated(replica));
    view! { <NewVersion is_ready inline on_take=Callback::new(move |()| pwa.use_new_version()) /> }
}
