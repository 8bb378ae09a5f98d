//! The state of a visit, as a chip.

use leptos::prelude::*;

use crate::components::status::StatusChip;
use crate::i18n;
use crate::member::visit::Visit;

/// The chip of a visit: a request that was taken back is not called a cancelled visit.
pub(crate) fn chip(visit: &Visit) -> AnyView {
    if visit.is_taken_back() {
        let word = i18n::member().visits.taken_back_short;
        return view! { <StatusChip status=visit.status word /> }.into_any();
    }
    view! { <StatusChip status=visit.status /> }.into_any()
}
