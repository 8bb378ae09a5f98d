//! A booking as a record: where it is told, what it takes, and how its guest sees it.

use uuid::Uuid;

use super::history::StepKind;
use super::{Booking, PLACED_NOW, State};
use crate::id::{AccountId, BookingId, ReplicaId};
use crate::noun::{Home, Noun, RecordKey, Search};
use crate::occupancy::{LaneReason, Occupancy};
use crate::personal::Personal;
use crate::role::Principal;
use crate::scope::Scope;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;

impl Booking {
    /// From the earlier of promise and time held to the later: a visit that overruns or began early is found by both.
    #[must_use]
    pub fn reach(&self) -> TimeRange {
        self.occupancy.iter().fold(self.range(), |reach, held| reach.hull(&held.range))
    }

    /// For the guest: without the words the desk wrote to itself, without who worked at which device, and without the place in the desk's
    /// feed, which counts what happens in the store.
    fn for_the_guest(mut self, account: AccountId) -> Self {
        for held in &mut self.occupancy {
            if let Some(LaneReason::Squeeze(words)) = &mut held.reason {
                words.clear();
            }
        }
        let of_the_guest = |by: Principal| by == Principal::Account(account);
        if !of_the_guest(self.entered_by) {
            self.entered_by = Principal::System;
        }
        for step in self.history.iter_mut().filter(|step| !of_the_guest(step.by)) {
            (step.by, step.staff, step.reason) = (Principal::System, None, Personal::default());
        }
        (self.placed_seq, self.placed_by) = (0, ReplicaId(Uuid::nil()));
        self.facts = self.facts.without_writers();
        self
    }
}

/// Version 2 can say [`StepKind::Changed`] in a history; an app that reads version 1 is told of a move.
impl Versioned for Booking {
    const VERSION: u8 = 2;

    fn upcast(_version: u8, bytes: &[u8]) -> Option<Self> {
        Booking::open(Booking::VERSION, bytes)
    }

    fn downcast(&self, _version: u8) -> Option<Vec<u8>> {
        let mut told = self.clone();
        for step in told.history.iter_mut().filter(|step| step.what == StepKind::Changed) {
            step.what = StepKind::Moved;
        }
        postcard::to_allocvec(&told).ok()
    }
}

impl Noun for Booking {
    fn id(&self) -> BookingId {
        self.id
    }

    fn home(&self) -> Home {
        Home::Store(self.store)
    }

    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        let account = self.account.map(|account| (Scope::User(account), self.key()));
        account.into_iter().chain([(Scope::Desk(self.store), self.key())]).collect()
    }

    fn search(&self) -> Search {
        Search { owner: self.account.map(|account| account.0), during: Some(self.reach()), ..Search::default() }
    }

    fn occupancy(&self) -> Vec<Occupancy> {
        self.occupancy.clone()
    }

    fn held_until(&self) -> Option<Timestamp> {
        match self.state {
            State::Held { expires_at } => Some(expires_at),
            _ => None,
        }
    }

    fn ended_at(&self) -> Option<Timestamp> {
        Some(self.ends_at)
    }

    fn shown_in(self, scope: Scope, _to_staff: bool) -> Option<Self> {
        match scope {
            Scope::User(account) => (self.account == Some(account)).then(|| self.for_the_guest(account)),
            _ => Some(self),
        }
    }

    fn is_placed_now(&self) -> bool {
        self.placed_seq == PLACED_NOW
    }

    fn placed(self, seq: u64) -> Self {
        Booking { placed_seq: seq, ..self }
    }
}
