//! What the sync loop tells.

use std::rc::Rc;

use super::core::Core;
use crate::sync::setup::Event;

impl Core {
    /// News from the sync loop.
    pub(super) fn hear(self: &Rc<Self>, event: Event) {
        match event {
            Event::Link(link) => self.note_link(link),
            Event::Storage(error) => self.note_storage(&error),
            Event::Reload => self.reload(),
            Event::Scopes(scopes) => {
                if self.note_scopes(scopes) {
                    // Another role, perhaps: what may be done is asked anew together with what may be read.
                    super::session::renew(self);
                }
            }
            Event::Exchanged(exchanged) => self.take_exchange(exchanged),
        }
    }
}
