//! The loop of the leading tab: exchange, wait for a poke or the clock, again.

use std::pin::pin;
use std::rc::Rc;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::future::select;
use futures_util::{FutureExt, StreamExt};
use leptos::task::spawn_local;
use shared::time::Timestamp;

use super::Backoff;
use super::exchange::{Exchange, Failure, Progress};
use super::leadership::{ASK, HERE, Leadership};
use super::live::Live;
use crate::browser::{self, Tabs};
use crate::state::Link;
use crate::sync::handle::{CHANGED, NUDGE, Sync};
use crate::sync::setup::{Event, Setup};

/// Between two exchanges while the live stream stands.
const CALM_MILLISECONDS: u32 = 60_000;
/// Between two exchanges without one.
const BLIND_MILLISECONDS: u32 = 15_000;
/// After the disk was full.
const FULL_MILLISECONDS: u32 = 30_000;

pub(super) fn start(setup: Setup) -> Sync {
    let (nudge, nudged) = unbounded();
    let leadership = Leadership::new(setup.name.clone(), nudge.clone());
    let tabs = Tabs::open(&setup.name, hear_tabs(&setup, nudge.clone(), Rc::clone(&leadership)));
    let for_events = nudge.clone();
    // A closed channel means that this loop has ended: nothing to wake.
    for event in ["online", "offline"] {
        // Asking at once is how it is noticed at once, in both directions.
        let nudge = for_events.clone();
        browser::on_window_event(event, move |_| drop(nudge.unbounded_send(())));
    }
    let for_visibility = nudge.clone();
    browser::on_visibility(move |visible| {
        if visible {
            drop(for_visibility.unbounded_send(()));
        }
    });
    let leader = Leader {
        setup,
        tabs: tabs.clone(),
        nudge: nudge.clone(),
        leadership: Rc::clone(&leadership),
        backoff: Backoff::default(),
        live: None,
    };
    spawn_local(leader.run(nudged));
    Sync { nudge, tabs, leadership }
}

fn hear_tabs(setup: &Setup, nudge: UnboundedSender<()>, leadership: Rc<Leadership>) -> impl FnMut(&Tabs, String) + 'static {
    let tell = Rc::clone(&setup.tell);
    move |tabs, message| match message.as_str() {
        // Whoever does not lead has nothing to do about it: the tab that tells sees to it that somebody leads.
        NUDGE if leadership.leads() => drop(nudge.unbounded_send(())),
        CHANGED => tell(Event::Reload),
        ASK => leadership.answer(tabs),
        HERE => leadership.note_answer(),
        other => {
            if let Some(link) = link_of(other) {
                tell(Event::Link(link));
            }
        }
    }
}

struct Leader {
    setup: Setup,
    tabs: Tabs,
    nudge: UnboundedSender<()>,
    leadership: Rc<Leadership>,
    backoff: Backoff,
    live: Option<Live>,
}

impl Leader {
    /// Leads while this tab holds the lock, and waits for it otherwise.
    async fn run(mut self, mut nudged: UnboundedReceiver<()>) {
        while !self.nudge.is_closed() {
            if self.leadership.leads() {
                self.lead(&mut nudged).await;
                self.live = None;
            } else {
                self.leadership.follow(&self.tabs, &mut nudged).await;
            }
        }
    }

    async fn lead(&mut self, nudged: &mut UnboundedReceiver<()>) {
        let mut exchange = match Exchange::begin(&self.setup).await {
            Ok(exchange) => exchange,
            Err(error) => {
                (self.setup.tell)(Event::Storage(error));
                wait(nudged, Some(FULL_MILLISECONDS)).await;
                return;
            }
        };
        while self.leadership.leads() && !self.nudge.is_closed() {
            // Several pokes are one reason to ask.
            while let Some(Some(())) = nudged.next().now_or_never() {}
            let milliseconds = self.once(&mut exchange).await;
            wait(nudged, milliseconds).await;
        }
    }

    /// One round; how long to wait for a reason to do another.
    async fn once(&mut self, exchange: &mut Exchange) -> Option<u32> {
        self.link(Link::Syncing);
        match exchange.round(&self.setup).await {
            Ok(Progress::More) => {
                self.backoff.succeeded();
                self.tell_tabs_and(exchange);
                Some(0)
            }
            Ok(Progress::Done) => {
                self.backoff.succeeded();
                self.tell_tabs_and(exchange);
                self.link(in_touch(exchange));
                self.keep_live(exchange);
                let is_live = self.live.as_ref().is_some_and(Live::is_open);
                Some(if is_live { CALM_MILLISECONDS } else { BLIND_MILLISECONDS })
            }
            Ok(Progress::Stuck) => {
                self.tell_tabs_and(exchange);
                self.link(in_touch(exchange));
                Some(self.backoff.failed(browser::random()))
            }
            Err(failure @ (Failure::SignedOut | Failure::AccessEnded)) => {
                let on_purpose = matches!(failure, Failure::AccessEnded);
                if let Err(error) = exchange.forget_private(&self.setup, on_purpose).await {
                    (self.setup.tell)(Event::Storage(error));
                }
                self.tell_tabs_and(exchange);
                self.failed(Failure::SignedOut)
            }
            Err(failure) => self.failed(failure),
        }
    }

    fn failed(&mut self, failure: Failure) -> Option<u32> {
        match failure {
            Failure::Offline => {
                self.link(Link::Offline { since: Timestamp(0) });
                Some(self.backoff.failed(browser::random()))
            }
            Failure::SignedOut | Failure::AccessEnded => {
                self.live = None;
                self.link(Link::SignedOut);
                None
            }
            Failure::Outdated => {
                self.live = None;
                self.link(Link::Outdated);
                None
            }
            Failure::Storage(error) => {
                (self.setup.tell)(Event::Storage(error));
                self.link(Link::Online);
                Some(FULL_MILLISECONDS)
            }
        }
    }

    fn tell_tabs_and(&self, exchange: &mut Exchange) {
        if exchange.take_changed() {
            self.tabs.tell(CHANGED);
        }
    }

    fn link(&self, link: Link) {
        (self.setup.tell)(Event::Link(link));
        self.leadership.say(&self.tabs, word_of(link));
    }

    /// The stream follows the scopes, and is opened again when the browser has given it up.
    fn keep_live(&mut self, exchange: &Exchange) {
        let scopes = exchange.scopes();
        if self.live.as_ref().is_some_and(|live| live.serves(&scopes)) {
            return;
        }
        let nudge = self.nudge.clone();
        self.live = Live::open(self.setup.app, scopes, move || drop(nudge.unbounded_send(())));
    }
}

/// What waits is sent, but where the server speaks of what this program cannot read, a newer one is to be taken first.
fn in_touch(exchange: &Exchange) -> Link {
    if exchange.is_outdated() { Link::Outdated } else { Link::Online }
}

/// Until there is a reason to ask again, or so long.
async fn wait(nudged: &mut UnboundedReceiver<()>, milliseconds: Option<u32>) {
    match milliseconds {
        Some(milliseconds) => {
            select(nudged.next(), pin!(browser::sleep(milliseconds))).await;
        }
        None => {
            nudged.next().await;
        }
    }
}

fn word_of(link: Link) -> &'static str {
    match link {
        Link::Online => "online",
        Link::Syncing => "syncing",
        Link::Offline { .. } => "offline",
        Link::SignedOut => "signed-out",
        Link::Outdated => "outdated",
    }
}

fn link_of(word: &str) -> Option<Link> {
    match word {
        "online" => Some(Link::Online),
        "syncing" => Some(Link::Syncing),
        "offline" => Some(Link::Offline { since: Timestamp(0) }),
        "signed-out" => Some(Link::SignedOut),
        "outdated" => Some(Link::Outdated),
        _ => None,
    }
}
