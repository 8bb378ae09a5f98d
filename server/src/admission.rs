//! Who may work on the database now: whoever is signed in always, everybody else on a share of the connections. A crowd of strangers
//! then waits for each other, never a desk for them; and signing in has a part of that share of its own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use crate::limits::Limits;

/// When somebody who found no place may come back.
pub(crate) const COME_BACK_SECONDS: u64 = 2;

/// Signing in waits so many times longer than reading: a password takes its time, and at nine o'clock everybody signs in.
const SIGN_IN_PATIENCE: u32 = 5;

/// Beyond so many accounts those that do nothing are forgotten.
const MANY_ACCOUNTS: usize = 1_000;

/// The address of the stream that tells of changes.
pub(crate) const STREAM: &str = "/api/live";

/// The share of people who have not signed in.
#[derive(Debug)]
pub struct Admission {
    readers: Arc<Semaphore>,
    sign_ins: Arc<Semaphore>,
    patience: Duration,
    /// How much one account does at once, wherever it is signed in.
    at_once: usize,
    /// What each account is doing, while it does something.
    members: Mutex<BTreeMap<Uuid, Arc<Semaphore>>>,
}

impl Admission {
    /// Shares out so many connections to the database.
    #[must_use]
    pub fn new(limits: &Limits, connections: u32) -> Self {
        let share = (connections.saturating_mul(limits.anonymous_percent.min(100)) / 100).max(2);
        let sign_ins = (share / 4).max(1);
        let places = |count: u32| Arc::new(Semaphore::new(usize::try_from(count).unwrap_or(1)));
        Admission {
            readers: places(share - sign_ins),
            sign_ins: places(sign_ins),
            patience: Duration::from_secs(limits.anonymous_wait_seconds.into()),
            at_once: usize::try_from(limits.requests_at_once).unwrap_or(1).max(1),
            members: Mutex::default(),
        }
    }

    /// A place among what an account may do at once. Who works here has no such bound.
    pub(crate) async fn place_of_member(&self, account: Uuid) -> Option<OwnedSemaphorePermit> {
        let lane = {
            let mut members = self.members.lock().unwrap_or_else(PoisonError::into_inner);
            if members.len() >= MANY_ACCOUNTS {
                members.retain(|_, lane| Arc::strong_count(lane) > 1);
            }
            Arc::clone(members.entry(account).or_insert_with(|| Arc::new(Semaphore::new(self.at_once))))
        };
        tokio::time::timeout(self.patience * SIGN_IN_PATIENCE, lane.acquire_owned()).await.ok()?.ok()
    }

    pub(crate) async fn place(&self, path: &str) -> Option<OwnedSemaphorePermit> {
        let signs_in = path.starts_with("/api/session") || path.starts_with("/api/codes");
        let (lane, patience) = if signs_in { (&self.sign_ins, self.patience * SIGN_IN_PATIENCE) } else { (&self.readers, self.patience) };
        tokio::time::timeout(patience, Arc::clone(lane).acquire_owned()).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_crowd_of_strangers_has_half_of_the_connections_and_keeps_nobody_from_signing_in() {
        let admission = Admission::new(&Limits { anonymous_wait_seconds: 0, ..Limits::default() }, 16);
        let mut readers = Vec::new();
        while let Some(place) = admission.place("/api/openings").await {
            readers.push(place);
        }
        assert_eq!(readers.len(), 6);
        let (first, second) = (admission.place("/api/session/member").await, admission.place("/api/codes").await);
        assert!(first.is_some() && second.is_some() && admission.place("/api/codes").await.is_none());
        drop(first);
        assert!(admission.place("/api/codes").await.is_some());
    }

    #[tokio::test]
    async fn a_member_with_hundreds_of_connections_does_four_things_at_once_and_is_in_nobodys_way() {
        let admission = Admission::new(&Limits { anonymous_wait_seconds: 0, ..Limits::default() }, 16);
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut places = Vec::new();
        while let Some(place) = admission.place_of_member(one).await {
            places.push(place);
        }
        assert_eq!(places.len(), 4);
        assert!(admission.place_of_member(other).await.is_some());
        places.pop();
        assert!(admission.place_of_member(one).await.is_some());
    }
}
