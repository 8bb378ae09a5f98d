//! The replica behind the handle: what is loaded, what waits, who waits for an answer. Not reactive; it sets the signals.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::{Command, CommandSet, RuleSet};
use shared::envelope::Envelope;
use shared::id::{CommandId, ReplicaId, StaffId, StoreId};
use shared::role::Principal;
use shared::scope::Scope;
use shared::sync::{Cursor, Outcome};
use shared::time::Timestamp;

use super::build;
use super::predict::{Surroundings, predict};
use super::rules::Rules;
use super::work::{Refused, Storage};
use crate::chunk::{NotFetched, RulesFile};
use crate::local_db::error::StoreError;
use crate::local_db::loaded::Loaded;
use crate::local_db::{Answered, LocalDb, Meta, Work};
use crate::state::signals::Signals;
use crate::sync::handle::Sync;
use crate::sync::link::Link;
use crate::sync::setup::Exchanged;
use crate::{App, browser};

/// Everything behind [`super::Replica`].
pub(super) struct Core {
    pub(super) app: App,
    pub(super) commands: CommandSet,
    pub(super) rules: Rules,
    pub(super) signals: Signals,
    pub(super) store: RefCell<Option<Rc<LocalDb>>>,
    pub(super) sync: RefCell<Option<Sync>>,
    pub(super) meta: RefCell<Meta>,
    pub(super) watched: Rc<RefCell<BTreeSet<StoreId>>>,
    cursors: RefCell<Vec<Cursor>>,
    outbox: RefCell<Vec<Envelope>>,
    answered: RefCell<Vec<Answered>>,
    settling: RefCell<Vec<(CommandId, oneshot::Sender<Outcome>)>>,
    /// Sent at once, and the answer was lost: given again, it is the same command.
    pub(super) unanswered: RefCell<Option<Envelope>>,
    /// Counts databases opened, so that what belongs to an earlier one is not taken for news.
    pub(super) epoch: Cell<u32>,
    /// How often the database has been opened again since something was last kept.
    pub(super) reopened: Cell<u8>,
    /// Who waits while it is being opened again.
    pub(super) reopening: RefCell<Option<Vec<oneshot::Sender<()>>>>,
}

impl Core {
    pub(super) fn new(app: App, (commands, rules_file): (CommandSet, RulesFile), signals: Signals) -> Rc<Self> {
        Rc::new(Core {
            app,
            commands,
            rules: Rules::of(rules_file),
            signals,
            store: RefCell::new(None),
            sync: RefCell::new(None),
            meta: RefCell::new(Meta::default()),
            watched: Rc::default(),
            cursors: RefCell::default(),
            outbox: RefCell::default(),
            answered: RefCell::default(),
            settling: RefCell::default(),
            unanswered: RefCell::default(),
            epoch: Cell::new(0),
            reopened: Cell::new(0),
            reopening: RefCell::default(),
        })
    }

    /// The rules; fetched where they are not here yet.
    ///
    /// # Errors
    /// Without a network, where nothing has kept their file.
    pub(super) async fn fetch_rules(&self) -> Result<RuleSet, NotFetched> {
        let (rules, is_new) = self.rules.fetch().await?;
        if is_new {
            // What waits is shown as they say.
            self.show_predictions();
        }
        Ok(rules)
    }

    /// Fetches the rules where they are not here.
    pub(super) fn bring_rules(self: &Rc<Self>) {
        if self.rules.taken().is_none() {
            let core = Rc::clone(self);
            // Without them nothing is predicted; they are asked for again.
            spawn_local(async move {
                let _ = core.fetch_rules().await;
            });
        }
    }

    /// The corrected clock.
    pub(super) fn clock(&self) -> Timestamp {
        Timestamp(browser::wall_clock().0.saturating_add(self.meta.borrow().clock_offset))
    }

    pub(super) fn nudge(&self) {
        if let Some(sync) = self.sync.borrow().as_ref() {
            sync.nudge();
        }
    }

    pub(super) fn watch(&self, store: StoreId) {
        if self.watched.borrow_mut().insert(store) {
            self.nudge();
        }
    }

    pub(super) fn current_store(&self) -> Option<Rc<LocalDb>> {
        self.store.borrow().clone()
    }

    pub(super) fn replica(&self) -> ReplicaId {
        self.meta.borrow().replica
    }

    /// What this device had read of the desk feed of the command's store.
    pub(super) fn base_of(&self, command: &Command) -> u64 {
        let Some(store) = command.store() else { return 0 };
        let cursors = self.cursors.borrow();
        cursors.iter().find(|cursor| cursor.scope == Scope::Desk(store)).map_or(0, |cursor| cursor.seq)
    }

    /// On a shared tablet every command names who claims it.
    pub(super) fn claimed_by(&self) -> Option<StaffId> {
        let session = self.signals.session.get_untracked()?;
        matches!(session.principal, Principal::Device(_)).then_some(session.staff).flatten()
    }

    pub(super) fn surroundings(&self) -> Surroundings {
        Surroundings {
            app: self.app,
            commands: self.commands,
            rules: self.rules.taken(),
            is_outdated: self.signals.link.get_untracked() == Link::Outdated,
            session: self.signals.session.get_untracked(),
            replica: self.replica(),
            now: self.clock(),
            clock_offset: self.meta.borrow().clock_offset,
        }
    }

    pub(super) fn waiting_count(&self) -> usize {
        self.outbox.borrow().len()
    }

    pub(super) fn waiting_envelope(&self, uuid: CommandId) -> Option<Envelope> {
        self.outbox.borrow().iter().find(|envelope| envelope.uuid == uuid).cloned()
    }

    /// What this page knows of the person's work.
    pub(super) fn work(&self) -> Work {
        Work { outbox: self.outbox.borrow().clone(), answered: self.answered.borrow().clone(), meta: self.meta.borrow().clone() }
    }

    /// A command has been stored: show it. It may have been read with everything else, or even answered, before its own writer hears.
    pub(super) fn queued(&self, envelope: Envelope) {
        self.reopened.set(0);
        let is_known = |known: &Envelope| known.uuid == envelope.uuid;
        if self.outbox.borrow().iter().any(is_known) || self.answer_of(envelope.uuid).is_some() {
            return;
        }
        self.outbox.borrow_mut().push(envelope);
        self.note_unsent();
        self.show_predictions();
    }

    /// Everything as read from the database.
    pub(super) fn take(&self, loaded: Loaded) {
        let mut view = build::whole(loaded.records, self.signals.session.get_untracked().as_ref());
        build::mark_known(&mut view, &loaded.cursors, &self.granted());
        if self.app == App::Member {
            // Stores, prices and zones are nobody's secret: they stay on the screen until the next session has read its own.
            build::keep_public(&mut view, &self.signals.confirmed.get_untracked(), &loaded.cursors);
        }
        self.cursors.replace(loaded.cursors);
        self.signals.confirmed.set(Arc::new(view));
        self.take_work(loaded.outbox, loaded.answered, loaded.meta);
    }

    /// The person's work as read from the database; the records stay as they are.
    pub(super) fn take_work(&self, outbox: Vec<Envelope>, answered: Vec<Answered>, meta: Meta) {
        self.outbox.replace(outbox);
        self.answered.replace(answered);
        self.signals.last_sync.set(meta.last_sync);
        self.meta.replace(meta);
        self.note_unsent();
        self.show_predictions();
        self.show_refused();
        self.settle_all();
    }

    pub(crate) fn note_link(self: &Rc<Self>, link: Link) {
        let (before, now) = (self.signals.link.get_untracked(), self.with_time(link));
        if before != now && now == Link::Online {
            self.bring_rules();
        }
        self.signals.link.set(now);
        if (before == Link::Outdated) != (now == Link::Outdated) {
            self.show_predictions();
        }
    }

    /// Predictions of what was answered end together with the pages that confirm them: nothing flickers.
    pub(crate) fn take_exchange(self: &Rc<Self>, exchanged: Exchanged) {
        let Exchanged { pages, gone, answered, cursors, meta } = exchanged;
        self.reopened.set(0);
        if self.signals.storage.get_untracked() == Storage::Full {
            self.signals.storage.set(Storage::Durable);
        }
        let day = |at: Option<Timestamp>| at.map(Timestamp::utc_day);
        let is_new_day = day(meta.last_sync) != day(self.meta.borrow().last_sync);
        // What is too old by now goes when everything is read again.
        if is_new_day || !build::is_incremental(&pages, &gone) {
            self.reload();
            return;
        }
        let is_answered = |envelope: &Envelope| answered.iter().any(|answer| answer.envelope.uuid == envelope.uuid);
        self.outbox.borrow_mut().retain(|envelope| !is_answered(envelope));
        let quiet = pages.is_empty() && answered.is_empty();
        self.cursors.replace(cursors);
        self.signals.last_sync.set(meta.last_sync);
        self.meta.replace(meta);
        self.answered.borrow_mut().extend(answered);
        if !pages.is_empty() {
            let mut view = self.signals.confirmed.get_untracked();
            build::put_pages(Arc::make_mut(&mut view), &pages, self.signals.session.get_untracked().as_ref());
            build::mark_known(Arc::make_mut(&mut view), &self.cursors.borrow(), &self.granted());
            self.signals.confirmed.set(view);
        }
        if !quiet {
            self.note_unsent();
            self.show_predictions();
            self.show_refused();
            self.settle_all();
        }
    }

    /// Reads everything again.
    pub(super) fn reload(self: &Rc<Self>) {
        let core = Rc::clone(self);
        let epoch = self.epoch.get();
        spawn_local(async move {
            let Some(store) = core.current_store() else { return };
            let loaded = store.load(ReplicaId(browser::new_uuid())).await;
            if core.epoch.get() != epoch {
                return;
            }
            match loaded {
                Ok(loaded) => core.take(loaded),
                Err(error) => core.note_storage(&error),
            }
        });
    }

    /// What another tab stored after this one read and before it listened was not heard here.
    pub(super) async fn reload_if_moved(self: &Rc<Self>) {
        let Some(store) = self.current_store().filter(|store| store.is_durable()) else { return };
        let epoch = self.epoch.get();
        let position = store.position().await;
        let is_moved = |(cursors, meta): (Vec<Cursor>, Meta)| cursors != *self.cursors.borrow() || meta != *self.meta.borrow();
        if self.epoch.get() == epoch && position.is_ok_and(is_moved) {
            self.reload();
        }
    }

    /// A single failure is told where it happened; what lasts is shown everywhere; what can be mended is.
    pub(super) fn note_storage(self: &Rc<Self>, error: &StoreError) {
        match error {
            StoreError::Full => self.signals.storage.set(Storage::Full),
            StoreError::Newer => self.signals.storage.set(Storage::Newer),
            StoreError::Lost | StoreError::Failed(_) => self.reopen_soon(),
            StoreError::Absent => {}
        }
    }

    /// Whether they are others than before.
    pub(crate) fn note_scopes(&self, scopes: Vec<(Scope, shared::id::GrantId)>) -> bool {
        let changed = self.signals.session.get_untracked().filter(|session| session.scopes != scopes);
        let Some(mut session) = changed else { return false };
        session.scopes = scopes;
        crate::state::noted::keep(self.app, Some(&session));
        self.signals.session.set(Some(session));
        true
    }

    fn granted(&self) -> Vec<(Scope, shared::id::GrantId)> {
        self.signals.session.get_untracked().map(|session| session.scopes).unwrap_or_default()
    }

    /// Only a success ends "offline" and "signed out": an attempt is no news, and pages must not jump with every one.
    fn with_time(&self, link: Link) -> Link {
        match (link, self.signals.link.get_untracked()) {
            (Link::Offline { .. } | Link::Syncing, Link::Offline { since }) => Link::Offline { since },
            (Link::Syncing, Link::SignedOut | Link::Outdated) => self.signals.link.get_untracked(),
            (Link::Offline { .. }, _) => Link::Offline { since: self.clock() },
            (link, _) => link,
        }
    }

    /// Predictions depend on the clock too (a hold that ran out), so they are made again with every change.
    pub(super) fn show_predictions(&self) {
        let confirmed = self.signals.confirmed.get_untracked();
        let (view, waiting) = predict(&confirmed, &self.outbox.borrow(), &self.surroundings());
        self.signals.view.set(view);
        if *self.signals.waiting.get_untracked() != waiting {
            self.signals.waiting.set(Arc::new(waiting));
        }
    }

    fn show_refused(&self) {
        let answered = self.answered.borrow();
        let open = answered.iter().filter(|answered| !answered.dismissed && answered.outcome != Outcome::Applied);
        let refused: Vec<Refused> =
            open.map(|answered| refused_of(answered, self.commands)).filter(|refused| !refused.is_as_requested()).collect();
        if *self.signals.refused.get_untracked() != refused {
            self.signals.refused.set(Arc::new(refused));
        }
    }

    /// An outcome that came outside of a sync, or was seen by a person.
    pub(super) fn put_answered(&self, answer: Answered) {
        let mut answered = self.answered.borrow_mut();
        answered.retain(|known| known.envelope.uuid != answer.envelope.uuid);
        answered.push(answer);
        drop(answered);
        self.show_refused();
        self.settle_all();
    }

    pub(super) fn answer_of(&self, uuid: CommandId) -> Option<Answered> {
        self.answered.borrow().iter().find(|answered| answered.envelope.uuid == uuid).cloned()
    }

    /// The outcome of a command, once there is one.
    pub(super) fn when_settled(&self, uuid: CommandId) -> oneshot::Receiver<Outcome> {
        let (sender, receiver) = oneshot::channel();
        self.settling.borrow_mut().push((uuid, sender));
        self.settle_all();
        receiver
    }

    fn settle_all(&self) {
        let answered = self.answered.borrow();
        let outcome = |uuid: CommandId| answered.iter().find(|answer| answer.envelope.uuid == uuid).map(|answer| answer.outcome.clone());
        for (uuid, sender) in self.settling.take() {
            match outcome(uuid) {
                // Whoever asked may have gone away: fine.
                Some(outcome) => drop(sender.send(outcome)),
                None => self.settling.borrow_mut().push((uuid, sender)),
            }
        }
    }

    /// How many commands would be lost if the browser threw the database away: kept beside it, to be able to say so.
    fn note_unsent(&self) {
        let unsent = self.waiting_count();
        if let Some(store) = self.current_store().filter(|store| !store.name().is_empty()) {
            crate::state::noted::note_unsent(store.name(), unsent);
        }
        if matches!(self.signals.storage.get_untracked(), Storage::Ended { .. }) {
            self.signals.storage.set(Storage::Ended { unsent });
        }
    }
}

fn refused_of(answered: &Answered, commands: CommandSet) -> Refused {
    Refused {
        uuid: answered.envelope.uuid,
        command: commands.open(&answered.envelope).ok(),
        given_at: answered.envelope.hlc.at,
        answered_at: answered.at,
        outcome: answered.outcome.clone(),
    }
}
