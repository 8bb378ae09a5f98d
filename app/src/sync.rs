//! The loop between this device and the server. One tab leads; the others are told. What to send and what an answer means is
//! decided in `shared::sync::client`.

mod backoff;
mod exchange;
mod lead;
mod leadership;
mod live;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use futures_channel::mpsc::UnboundedSender;
use shared::api::sign_in::Session;
use shared::id::{GrantId, StoreId};
use shared::sync::{Cursor, Page, Scope};

use crate::App;
use crate::browser::Tabs;
use crate::local_db::{Answered, LocalDb, Meta, StoreError};
use crate::state::Link;
use leadership::Leadership;

pub use backoff::Backoff;

/// What the loop needs to know.
pub struct Setup {
    /// Which app.
    pub app: App,
    /// Name of the replica: of its lock, its channel and its database.
    pub name: String,
    /// Where things are kept.
    pub store: Rc<LocalDb>,
    /// Who is signed in; nobody reads only what is public.
    pub session: Option<Session>,
    /// Stores whose taken time is followed.
    pub watched: Rc<RefCell<BTreeSet<StoreId>>>,
    /// Where news go.
    pub tell: Rc<dyn Fn(Event)>,
}

/// News.
pub enum Event {
    /// How the device stands with the server. The time in `Offline` is filled in by the listener.
    Link(Link),
    /// Stored already: show it.
    Exchanged(Exchanged),
    /// What this session may read has changed.
    Scopes(Vec<(Scope, GrantId)>),
    /// Something could not be kept.
    Storage(StoreError),
    /// Another tab changed the database.
    Reload,
}

/// What one exchange brought.
#[derive(Debug)]
pub struct Exchanged {
    /// Complete pages.
    pub pages: Vec<Page>,
    /// Purged scopes.
    pub gone: Vec<Scope>,
    /// Commands with their outcomes.
    pub answered: Vec<Answered>,
    /// All cursors after it.
    pub cursors: Vec<Cursor>,
    /// Identity and clocks after it.
    pub meta: Meta,
}

/// A running loop; dropping it ends it.
pub struct Sync {
    nudge: UnboundedSender<()>,
    tabs: Tabs,
    leadership: Rc<Leadership>,
}

impl Sync {
    /// Exchange now, here or in the leading tab.
    pub fn nudge(&self) {
        // The loop listens as long as this handle lives.
        let _ = self.nudge.unbounded_send(());
        self.tabs.tell(lead::NUDGE);
    }

    /// Tells the other tabs to read the database again.
    pub fn tell_tabs_changed(&self) {
        self.tabs.tell(lead::CHANGED);
    }
}

impl Drop for Sync {
    fn drop(&mut self) {
        self.nudge.close_channel();
        self.tabs.close();
        self.leadership.end();
    }
}

/// Starts the loop.
#[must_use]
pub fn start(setup: Setup) -> Sync {
    lead::start(setup)
}
