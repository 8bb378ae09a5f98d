//! What becomes of a visit in the hand: said while it hangs over the board, done where it is put down. It comes in a file of its own: the
//! board is there before.

mod blocked;
mod drop;
mod edit;
mod ghost;
mod outlook;

use leptos::prelude::*;

use super::drag::Drag;

use ghost::Ghost;
use outlook::{edit_of, outlook};

/// See above.
#[component]
pub fn Hand() -> impl IntoView {
    let drag = Drag::expect();
    let outlook = Memo::new(move |_| Some(outlook(drag, &edit_of(drag, drag.in_hand()?)?)));
    drag.on_put_down(Callback::new(move |in_hand| drop::put_down(drag, in_hand)));
    view! { <Ghost outlook /> }
}
