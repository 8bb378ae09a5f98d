//! Which tab leads: the one that holds the lock of the replica. A tab that the browser has frozen keeps its lock and still hears messages,
//! but neither its timers nor its requests go on; one that does not answer within ten seconds is replaced. Two leaders for a moment do no
//! harm: numbers are taken in the database, and what both read is stored once.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::{Rc, Weak};

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender};
use futures_util::future::{Either, select};
use futures_util::{FutureExt, StreamExt};
use leptos::task::spawn_local;

use crate::browser::{self, LockRelease, Tabs};

/// Message between tabs: whoever leads, say so, and how the device stands.
pub(super) const ASK: &str = "who-leads";
/// Message between tabs: I lead. The word for how the device stands follows.
pub(super) const HERE: &str = "here";

/// Long enough to be a timer of its own.
const ANSWERED_AFTER_MILLISECONDS: u32 = 10;
/// So long a leader may take to answer.
const ANSWER_MILLISECONDS: u32 = 10_000;
/// Between two questions while somebody looks at this tab and has nothing to send.
const PATROL_MILLISECONDS: u32 = 30_000;

/// This tab's share in the question who leads.
pub(super) struct Leadership {
    name: String,
    leads: Cell<bool>,
    /// This tab waits for an answer. Answers to others must not wake it: three tabs would keep each other busy for ever.
    is_asking: Cell<bool>,
    /// This tab is about to answer; one answer is for everybody.
    is_answering: Cell<bool>,
    /// What this tab, leading, has said last about how the device stands.
    said: Cell<Option<&'static str>>,
    /// The lock, or the place in the queue for it.
    lock: RefCell<Option<LockRelease>>,
    /// Wakes the loop of this tab.
    wake: UnboundedSender<()>,
}

impl Leadership {
    pub(super) fn new(name: String, wake: UnboundedSender<()>) -> Rc<Self> {
        Rc::new(Leadership {
            name,
            leads: Cell::new(false),
            is_asking: Cell::new(false),
            is_answering: Cell::new(false),
            said: Cell::new(None),
            lock: RefCell::default(),
            wake,
        })
    }

    pub(super) fn leads(&self) -> bool {
        self.leads.get()
    }

    /// Another tab asks who leads. The answer takes the way over a timer, whatever the loop is doing: a frozen tab cannot give it.
    pub(super) fn answer(self: &Rc<Self>, tabs: &Tabs) {
        if !self.leads() || self.is_answering.replace(true) {
            return;
        }
        let (me, tabs) = (Rc::clone(self), tabs.clone());
        spawn_local(async move {
            browser::sleep(ANSWERED_AFTER_MILLISECONDS).await;
            me.is_answering.set(false);
            if me.leads() {
                tabs.tell(HERE);
                // For whoever came later, or slept.
                me.said.get().into_iter().for_each(|word| tabs.tell(word));
            }
        });
    }

    /// Tells the other tabs how the device stands.
    pub(super) fn say(&self, tabs: &Tabs, word: &'static str) {
        self.said.set(Some(word));
        tabs.tell(word);
    }

    /// A leader has said that it is there.
    pub(super) fn note_answer(&self) {
        if self.is_asking.replace(false) {
            self.wake();
        }
    }

    /// Lets go of the lock, or of the place in the queue.
    pub(super) fn end(&self) {
        self.leads.set(false);
        if let Some(lock) = self.lock.take() {
            lock.release();
        }
    }

    /// Returns when this tab leads, or when there is a reason to look again.
    pub(super) async fn follow(self: &Rc<Self>, tabs: &Tabs, nudged: &mut UnboundedReceiver<()>) {
        if self.lock.borrow().is_none() {
            self.request(false);
            // How the device stands was said before this tab listened.
            tabs.tell(ASK);
        }
        let is_nudged = matches!(select(nudged.next(), pin!(browser::sleep(PATROL_MILLISECONDS))).await, Either::Left(_));
        // Several pokes are one reason to ask.
        while let Some(Some(())) = nudged.next().now_or_never() {}
        if self.leads() || self.wake.is_closed() || !(is_nudged || browser::is_visible()) {
            return;
        }
        self.is_asking.set(true);
        tabs.tell(ASK);
        let mut patience = pin!(browser::sleep(ANSWER_MILLISECONDS));
        loop {
            let woken = select(nudged.next(), patience.as_mut()).await;
            if self.leads() || self.wake.is_closed() || !self.is_asking.get() {
                return;
            }
            if matches!(woken, Either::Right(_)) {
                break;
            }
        }
        self.is_asking.set(false);
        self.request(true);
    }

    /// Asks for the lock: behind the others, or in the place of whoever holds it.
    fn request(self: &Rc<Self>, steal: bool) {
        let me = Rc::downgrade(self);
        let lock = browser::hold_lock(&self.name, steal, move |holds| Leadership::hear(&me, holds));
        // A place in the queue that is not needed any more.
        if let Some(before) = self.lock.replace(Some(lock)) {
            before.release();
        }
    }

    fn hear(me: &Weak<Self>, holds: bool) {
        let Some(me) = me.upgrade() else { return };
        me.leads.set(holds);
        me.said.set(None);
        if !holds {
            // Taken over by a tab that thought this one frozen: back into the queue.
            me.lock.take();
        }
        me.wake();
    }

    fn wake(&self) {
        // Closed: the loop has ended, nobody to wake.
        let _ = self.wake.unbounded_send(());
    }
}
