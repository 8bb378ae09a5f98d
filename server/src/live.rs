//! Pokes: "something changed in this scope". In this process only, after the commit; what changed is always fetched by a sync.

pub mod streams;

use std::sync::Arc;

use shared::scope::Scope;
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

/// So many pokes may be waiting for a slow listener; beyond that it is told to look everywhere.
const BACKLOG: usize = 1024;

/// What listeners hear.
#[derive(Clone, Debug)]
enum Event {
    Changed(Arc<[Scope]>),
    Revoked(Uuid),
}

/// The hub: who commits pokes, who listens hears it.
#[derive(Clone, Debug)]
pub struct Live {
    events: broadcast::Sender<Event>,
    ended: Arc<watch::Sender<bool>>,
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}

impl Live {
    /// A hub without listeners.
    #[must_use]
    pub fn new() -> Self {
        Live { events: broadcast::channel(BACKLOG).0, ended: Arc::new(watch::channel(false).0) }
    }

    /// Tells listeners that scopes changed. Call it after the commit.
    pub fn poke(&self, scopes: impl IntoIterator<Item = Scope>) {
        let scopes: Arc<[Scope]> = scopes.into_iter().collect();
        if !scopes.is_empty() {
            // Nobody listening is no fault.
            let _nobody = self.events.send(Event::Changed(scopes));
        }
    }

    /// Ends the streams of a session that was revoked or whose roles changed.
    pub fn revoke(&self, session: Uuid) {
        let _nobody = self.events.send(Event::Revoked(session));
    }

    /// Ends all streams, those still to come too.
    pub fn shut_down(&self) {
        self.ended.send_replace(true);
    }

    /// Listens to some scopes under a session.
    #[must_use]
    pub fn listen(&self, session: Option<Uuid>, scopes: Vec<Scope>) -> Listener {
        Listener { events: self.events.subscribe(), ended: self.ended.subscribe(), session, scopes }
    }
}

/// One listener.
#[derive(Debug)]
pub struct Listener {
    events: broadcast::Receiver<Event>,
    ended: watch::Receiver<bool>,
    session: Option<Uuid>,
    scopes: Vec<Scope>,
}

impl Listener {
    /// Waits for the next change in its scopes; `None` when the stream must end.
    pub async fn next(&mut self) -> Option<Vec<Scope>> {
        loop {
            let event = tokio::select! {
                biased;
                _ = self.ended.wait_for(|ended| *ended) => return None,
                event = self.events.recv() => event,
            };
            match event {
                Ok(Event::Changed(changed)) => {
                    let own: Vec<Scope> = changed.iter().filter(|scope| self.scopes.contains(scope)).copied().collect();
                    if !own.is_empty() {
                        return Some(own);
                    }
                }
                Ok(Event::Revoked(session)) if self.session == Some(session) => return None,
                Ok(Event::Revoked(_)) => {}
                // Too slow to hear everything: anything may have changed.
                Err(broadcast::error::RecvError::Lagged(_)) => return Some(self.scopes.clone()),
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::id::StoreId;

    use super::*;

    fn desk(number: u128) -> Scope {
        Scope::Desk(StoreId(Uuid::from_u128(number)))
    }

    #[tokio::test]
    async fn a_desk_hears_of_its_own_store_only() {
        let live = Live::new();
        let mut listener = live.listen(None, vec![desk(1)]);
        live.poke([desk(2)]);
        live.poke([desk(2), desk(1)]);
        assert_eq!(listener.next().await, Some(vec![desk(1)]));
    }

    #[tokio::test]
    async fn a_stream_ends_with_its_session_and_with_the_server() {
        let live = Live::new();
        let (mut revoked, mut stays) =
            (live.listen(Some(Uuid::from_u128(1)), vec![]), live.listen(Some(Uuid::from_u128(2)), vec![desk(1)]));
        live.revoke(Uuid::from_u128(1));
        live.poke([desk(1)]);
        assert_eq!(revoked.next().await, None);
        assert_eq!(stays.next().await, Some(vec![desk(1)]));
        live.shut_down();
        assert_eq!(stays.next().await, None);
        assert_eq!(live.listen(None, vec![]).next().await, None);
    }
}
