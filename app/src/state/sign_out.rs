//! Signing in over another session, and out of it.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::sign_in::Session;
use shared::role::Principal;

use crate::local_db::LocalDb;
use crate::state::Replica;
use crate::state::noted::{keep, note_unsent, unsent};
use crate::state::session::{database_name, ended_preference, note_tablet, open, restart_sync, tablet_preference};
use crate::sync::link::Link;
use crate::{App, api, browser};

/// Why nobody was signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOutError {
    /// So many commands have not been sent; they would be lost. Ask, then force.
    Unsent(usize),
}

impl Replica {
    /// A session began (sign-in, enrolment) or changed (PIN): its database is opened and synced.
    pub async fn use_session(self, session: Session) {
        let core = self.core();
        let before = self.signals.session.get_untracked();
        let same = before.as_ref().is_some_and(|before| before.principal == session.principal);
        // Somebody signs in on a tablet: its own session and its records wait behind theirs. One that was revoked has nothing to come back
        // to.
        let was_tablet = before.is_some_and(|before| matches!(before.principal, Principal::Device(_)));
        if was_tablet && !same && self.signals.link.get_untracked() != Link::SignedOut {
            note_tablet(core.app, true);
        } else if matches!(session.principal, Principal::Device(_)) {
            note_tablet(core.app, false);
        }
        keep(core.app, Some(&session));
        browser::set_preference(&ended_preference(core.app), None);
        self.signals.session.set(Some(session));
        if same && core.current_store().is_some() {
            restart_sync(&core);
            core.reload();
        } else {
            open(&core).await;
        }
    }

    /// Signs out and deletes what this device keeps of the session.
    ///
    /// # Errors
    /// `Unsent` when commands are waiting and `force` is not set.
    pub async fn sign_out(self, force: bool) -> Result<(), SignOutError> {
        let core = self.core();
        // Before the database has been read, or another tab has told, only what is noted beside it is known.
        let noted = unsent(&database_name(&core)) as usize;
        let unsent = core.waiting_count().max(noted);
        if unsent > 0 && !force {
            return Err(SignOutError::Unsent(unsent));
        }
        core.sync.take();
        if api::end_session().await.is_err() {
            // The cookie is out of reach; the server is told at the next start.
            browser::set_preference(&ended_preference(core.app), Some("1"));
        }
        core.store.take().into_iter().for_each(delete);
        if let Some(tablet) = tablet_behind(core.app).await {
            self.use_session(tablet).await;
            return Ok(());
        }
        keep(core.app, None);
        self.signals.session.set(None);
        open(&core).await;
        Ok(())
    }

    /// Whether somebody is signed in with an account on an enrolled tablet: signing out gives it back.
    #[must_use]
    pub fn is_on_tablet(self) -> bool {
        browser::preference(&tablet_preference(self.core().app)).is_some()
    }
}

/// The session of the tablet that the one that has just ended lay upon.
pub(crate) async fn tablet_behind(app: App) -> Option<Session> {
    browser::preference(&tablet_preference(app))?;
    let session = api::session().await.ok().flatten();
    session.filter(|session| matches!(session.principal, Principal::Device(_)))
}

pub(crate) fn delete(store: Rc<LocalDb>) {
    if !store.is_durable() {
        return;
    }
    let name = store.name().to_owned();
    note_unsent(&name, 0);
    store.close();
    // Another tab may hold it open a moment longer; the deletion then happens when that closes.
    spawn_local(async move { drop(LocalDb::delete(&name).await) });
}
