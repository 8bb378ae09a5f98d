//! One tap, one deed: while something is on its way, a second tap of an unsure finger does nothing.

use leptos::prelude::*;
use leptos::task::spawn_local;

/// Does it unless it is being done.
pub fn once(is_busy: RwSignal<bool>, deed: impl Future<Output = ()> + 'static) {
    if is_busy.get_untracked() {
        return;
    }
    is_busy.set(true);
    spawn_local(async move {
        deed.await;
        // The form may be gone by now.
        is_busy.try_set(false);
    });
}
