//! The loop as pages hold it: dropped, it ends.

use std::rc::Rc;

use futures_channel::mpsc::UnboundedSender;

use crate::browser::Tabs;
use crate::sync::leadership::Leadership;

/// A running loop; dropping it ends it.
pub struct Sync {
    pub(super) nudge: UnboundedSender<()>,
    pub(super) tabs: Tabs,
    pub(super) leadership: Rc<Leadership>,
}

impl Sync {
    /// Exchange now, here or in the leading tab.
    pub fn nudge(&self) {
        // The loop listens as long as this handle lives.
        let _ = self.nudge.unbounded_send(());
        self.tabs.tell(NUDGE);
    }

    /// Tells the other tabs to read the database again.
    pub fn tell_tabs_changed(&self) {
        self.tabs.tell(CHANGED);
    }
}

impl Drop for Sync {
    fn drop(&mut self) {
        self.nudge.close_channel();
        self.tabs.close();
        self.leadership.end();
    }
}

/// Message between tabs: there is something to send.
pub(crate) const NUDGE: &str = "nudge";

/// Message between tabs: the database has changed.
pub(crate) const CHANGED: &str = "changed";
