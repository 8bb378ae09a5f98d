//! How many live streams are open: under a session, from an address, and by people who have not signed in.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::limits::Limits;
use crate::peer::Address;

/// The open streams of this process.
#[derive(Debug, Default)]
pub struct Streams(Mutex<Open>);

#[derive(Debug, Default)]
struct Open {
    by_session: BTreeMap<Uuid, u32>,
    by_address: BTreeMap<Address, u32>,
    anonymous: u32,
}

/// One open stream; it counts until it is dropped.
#[derive(Debug)]
pub(crate) struct OpenStream {
    streams: Arc<Streams>,
    session: Option<Uuid>,
    /// Where a stranger's comes from. Whoever is signed in counts by their session, and never against those behind the same address.
    address: Address,
}

impl Streams {
    /// Counts one more stream; `Err` names the limit that is reached.
    pub(crate) fn open(self: &Arc<Self>, session: Option<Uuid>, address: Address, limits: &Limits) -> Result<OpenStream, &'static str> {
        let mut open = self.lock();
        if let Some(session) = session {
            let of_session = open.by_session.entry(session).or_default();
            if *of_session >= limits.streams_per_session {
                return Err("streams_per_session");
            }
            *of_session += 1;
        } else {
            if open.by_address.get(&address).copied().unwrap_or(0) >= limits.streams_per_address {
                return Err("streams_per_address");
            }
            if open.anonymous >= limits.anonymous_streams {
                return Err("anonymous_streams");
            }
            open.anonymous += 1;
            *open.by_address.entry(address.clone()).or_default() += 1;
        }
        Ok(OpenStream { streams: Arc::clone(self), session, address })
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut open = self.streams.lock();
        match self.session {
            Some(session) => one_less(&mut open.by_session, &session),
            None => {
                open.anonymous = open.anonymous.saturating_sub(1);
                one_less(&mut open.by_address, &self.address);
            }
        }
    }
}

fn one_less<K: Ord>(counts: &mut BTreeMap<K, u32>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_tab_makes_room_for_another() {
        let limits = Limits { streams_per_session: 2, streams_per_address: 2, anonymous_streams: 3, ..Limits::default() };
        let streams = Arc::new(Streams::default());
        let (session, home, away) = (Some(Uuid::from_u128(1)), Address(vec![1]), Address(vec![2]));
        let tabs = [streams.open(session, home.clone(), &limits), streams.open(session, away.clone(), &limits)].map(Result::ok);
        assert_eq!(streams.open(session, away.clone(), &limits).err(), Some("streams_per_session"));
        drop(tabs);
        let strangers: Vec<_> = (0..2).filter_map(|_| streams.open(None, home.clone(), &limits).ok()).collect();
        assert_eq!(streams.open(None, home.clone(), &limits).err(), Some("streams_per_address"));
        let another = streams.open(None, away.clone(), &limits).expect("a place");
        assert_eq!(streams.open(None, away, &limits).err(), Some("anonymous_streams"));
        let again = streams.open(session, home, &limits).expect("strangers do not take the desk's place");
        drop((strangers, another, again));
        let open = streams.lock();
        assert!(open.by_session.is_empty() && open.by_address.is_empty() && open.anonymous == 0, "{open:?}");
    }
}
