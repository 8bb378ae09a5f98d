//! What lies over the board: one sheet at a time, with a heading, a cross and room to scroll.

use leptos::prelude::*;

use super::places::place;
use super::workbench::{Sheet, Workbench};
use crate::desk::chunks::Chunks;

/// The sheet that is open, if one is.
#[component]
pub fn OpenSheet() -> impl IntoView {
    let bench = Workbench::expect();
    move || match bench.sheet() {
        Sheet::Closed => ().into_any(),
        Sheet::Visit(_) | Sheet::Block(_) | Sheet::Refused(_) => place(expect_context::<Chunks>().sheets, ""),
        Sheet::Rotation => place(expect_context::<Chunks>().rotation, ""),
        Sheet::Waitlist => place(expect_context::<Chunks>().waitlist, ""),
        Sheet::Book(_) | Sheet::WalkIn | Sheet::BlockTime(_) | Sheet::Display | Sheet::JoinWaitlist(_) => {
            place(expect_context::<Chunks>().forms, "")
        }
    }
}
