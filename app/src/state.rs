//! What pages see and do: [`Replica`], a copyable handle in context.
//!
//! The view is the confirmed records with the waiting commands predicted on top by the same `decide` the server runs.
//! Predictions are never stored. The server's answer replaces them.

mod answer;
mod build;
mod core;
mod news;
pub(crate) mod noted;
mod predict;
mod recover;
mod rules;
mod session;
pub(crate) mod sign_out;
pub(crate) mod signals;
mod submit;
mod work;

use core::Core;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use shared::api::sign_in::Session;
use shared::command::CommandSet;
use shared::id::{
    AttentionId, BlockId, BookingId, CommandId, MemberId, ResourceId, ResourceTypeId, ServiceId, ShiftId, StaffId, StoreId, WaitlistEntryId,
};
use shared::time::Timestamp;
use shared::view::View;

use crate::chunk::RulesFile;
use crate::local_db::error::StoreError;
use crate::state::signals::Signals;
use crate::{App, browser};

pub use crate::state::sign_out::SignOutError;
pub use crate::sync::link::Link;
pub use answer::{CommandStatus, Submitted};
pub use submit::{DirectError, Receipt, SubmitError};
pub use work::{Prediction, Refused, Storage, Waiting};

/// The replica of this installation and session. `Copy`; take it from context with [`Replica::expect`].
#[derive(Clone, Copy)]
pub struct Replica {
    core: StoredValue<Rc<Core>, LocalStorage>,
    signals: Signals,
}

impl Replica {
    /// Makes the replica of an app with its commands and rules, opens its database, starts the sync and provides the handle in context.
    /// Call once, at the root.
    pub fn provide(app: App, commands: CommandSet, rules: RulesFile) -> Self {
        crate::api::set_app(app);
        let signals = Signals::new();
        let replica = Replica { core: StoredValue::new_local(Core::new(app, (commands, rules), signals)), signals };
        provide_context(replica);
        session::start(&replica.core());
        replica
    }

    /// The handle of the context.
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    fn core(self) -> Rc<Core> {
        self.core.get_value()
    }

    /// Tracked: confirmed records and, on top, what the waiting commands will do.
    #[must_use]
    pub fn view(self) -> Arc<View> {
        self.signals.view.get()
    }

    /// Tracked: only what the server has confirmed.
    #[must_use]
    pub fn confirmed_view(self) -> Arc<View> {
        self.signals.confirmed.get()
    }

    /// The view, untracked: for event handlers.
    #[must_use]
    pub fn view_now(self) -> Arc<View> {
        self.signals.view.get_untracked()
    }

    /// Tracked: whether the cache has been read; until then the view is empty for no reason worth telling.
    #[must_use]
    pub fn is_ready(self) -> bool {
        self.signals.ready.get()
    }

    /// Tracked: commands on their way, oldest first: 还没约上.
    #[must_use]
    pub fn waiting(self) -> Arc<Vec<Waiting>> {
        self.signals.waiting.get()
    }

    /// Tracked: commands the server refused and nobody has dismissed, oldest first: 需要你决定.
    #[must_use]
    pub fn refused(self) -> Arc<Vec<Refused>> {
        self.signals.refused.get()
    }

    /// Tracked: how the device stands with the server.
    #[must_use]
    pub fn link(self) -> Link {
        self.signals.link.get()
    }

    /// Tracked: whether what is done here is kept.
    #[must_use]
    pub fn storage(self) -> Storage {
        self.signals.storage.get()
    }

    /// Tracked: when the device last heard the whole truth, by the server's clock: "as of 10:42".
    #[must_use]
    pub fn last_sync(self) -> Option<Timestamp> {
        self.signals.last_sync.get()
    }

    /// Tracked: who is signed in. Stays when the session is over ([`Link::SignedOut`]) so that the work stays visible.
    #[must_use]
    pub fn session(self) -> Option<Session> {
        self.signals.session.get()
    }

    /// Tracked: the corrected clock, ticking every second. Put a `Memo` between it and whatever needs only minutes.
    #[must_use]
    pub fn now(self) -> Timestamp {
        self.signals.now.get()
    }

    /// The corrected clock, untracked: for event handlers.
    #[must_use]
    pub fn clock(self) -> Timestamp {
        self.core().clock()
    }

    /// A new id of any kind: `replica.new_id::<BookingId>()`.
    #[must_use]
    pub fn new_id<Id: NewId>(self) -> Id {
        Id::from(browser::new_uuid())
    }

    /// A person has read how much was lost.
    pub fn dismiss_loss(self) {
        if matches!(self.signals.storage.get_untracked(), Storage::Evicted { .. }) {
            self.signals.storage.set(Storage::Durable);
        }
    }

    /// Asks for an exchange now: "send now".
    pub fn sync_now(self) {
        self.core().nudge();
    }

    /// Member app: also follow the taken time of this store.
    pub fn watch_store(self, store: StoreId) {
        self.core().watch(store);
    }
}

/// Ids the apps may give.
pub trait NewId: From<uuid::Uuid> {}
impl NewId for BookingId {}
impl NewId for BlockId {}
impl NewId for MemberId {}
impl NewId for StoreId {}
impl NewId for ServiceId {}
impl NewId for StaffId {}
impl NewId for ShiftId {}
impl NewId for AttentionId {}
impl NewId for ResourceTypeId {}
impl NewId for ResourceId {}
impl NewId for CommandId {}
impl NewId for WaitlistEntryId {}

impl Storage {
    pub(crate) fn of(error: &StoreError) -> Self {
        match error {
            StoreError::Full => Storage::Full,
            StoreError::Newer => Storage::Newer,
            _ => Storage::Absent,
        }
    }
}
