//! What the sync loop works with, and what it tells.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use shared::api::sign_in::Session;
use shared::id::{GrantId, StoreId};
use shared::scope::Scope;
use shared::sync::{Cursor, Page};

use crate::App;
use crate::local_db::error::StoreError;
use crate::local_db::{Answered, LocalDb, Meta};
use crate::state::Link;

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
