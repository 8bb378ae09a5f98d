//! Whether something was typed that is not saved.

use leptos::prelude::*;

/// Whether something of the step is being filled in and not saved: then nobody goes on past it by a stray tap.
#[derive(Clone, Copy)]
pub(crate) struct Unsaved(pub(super) RwSignal<bool>);

impl Unsaved {
    /// Tracked; nothing is once the step has gone.
    pub(crate) fn is_there(self) -> bool {
        self.0.try_get().unwrap_or_default()
    }

    /// Keeps it as `is_open` says, where there are steps.
    pub(crate) fn follow(is_open: impl Fn() -> bool + 'static) {
        if let Some(Unsaved(unsaved)) = use_context::<Unsaved>() {
            Effect::new(move |_| unsaved.set(is_open()));
            on_cleanup(move || {
                unsaved.try_set(false);
            });
        }
    }
}
