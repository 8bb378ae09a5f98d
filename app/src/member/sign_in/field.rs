//! The field that is to be typed into.

use leptos::html;
use leptos::prelude::*;

/// An input that is typed into at once.
pub(crate) fn focused() -> NodeRef<html::Input> {
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        // Fails only for an element that is gone already.
        let _ = node.get().map(|input| input.focus());
    });
    node
}
