//! What the board marks: visits that have not been sent, and what was refused.

use leptos::prelude::*;

use crate::desk::day::{RefusedVisits, Unsent};
use crate::desk::workbench::Workbench;

/// What has not been sent, and what was refused.
pub(super) fn unsent_and_refused(bench: Workbench) -> (Memo<Unsent>, Memo<RefusedVisits>) {
    let unsent = Memo::new(move |_| Unsent::of(&bench.replica.waiting(), &bench.replica.confirmed_view()));
    (unsent, Memo::new(move |_| RefusedVisits::of(&bench.replica.refused())))
}
