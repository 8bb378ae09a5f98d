//! Waiting for a time 候补 (A6, A7): who wants what on which day, and where that stands. An offer is a hold, and so a promise until it ends.

use serde::{Deserialize, Serialize};

use crate::booking::{CancelledBy, Subject};
use crate::id::{AccountId, BookingId, StaffId, StoreId, WaitlistEntryId};
use crate::money::Price;
use crate::noun::{Home, Noun, RecordKey, Search};
use crate::personal::Personal;
use crate::role::Principal;
use crate::scope::Scope;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;
use crate::visit_request::RequestedService;

/// An offer is held for so many minutes, and made only where the visit begins later than that.
pub const OFFER_MINUTES: i64 = 15;

/// So many offers that somebody let go by are remembered.
const MOST_PASSED: usize = 16;

/// Somebody who waits for a visit on one local day of a store. Waiting for a place in a class will be a version more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitlistEntry {
    /// Id.
    pub id: WaitlistEntryId,
    /// Store.
    pub store: StoreId,
    /// The account that waits; guests of the desk may have none.
    pub account: Option<AccountId>,
    /// Who is to be served.
    pub subject: Subject,
    /// What they want, one after another, and with whom.
    pub services: Vec<RequestedService>,
    /// The starts they could take, all on one local day of the store: the whole day or a part of it.
    pub starts: TimeRange,
    /// The desk's words to itself: what to call them by, when to ring.
    pub note: Personal<String>,
    /// When it arrived at the server: of equals the first commit wins, whatever a device's clock says.
    pub made_at: Timestamp,
    /// Tier of the member when it was made (A7).
    pub tier: u8,
    /// Who entered it.
    pub entered_by: Principal,
    /// Where it stands.
    pub state: Waiting,
    /// The times of the visits that were offered and not taken: these times are not offered again by themselves.
    pub passed: Vec<TimeRange>,
}

/// Where an entry stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// 排队中
    Queued,
    /// 有空位: a time is held for them until they answer.
    Offered(Offer),
    /// 已约上
    Taken {
        /// What became of it.
        booking: BookingId,
        /// When.
        at: Timestamp,
    },
    /// 已退出
    Left {
        /// On whose wish.
        by: CancelledBy,
        /// When.
        at: Timestamp,
    },
    /// 已过期: the day has passed.
    Expired {
        /// When.
        at: Timestamp,
    },
}

/// A time that is held for somebody who waits, as they see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The hold; the booking has its id.
    pub hold: BookingId,
    /// Start of the visit.
    pub starts_at: Timestamp,
    /// End of the visit.
    pub ends_at: Timestamp,
    /// Each service in order.
    pub lines: Vec<OfferedService>,
    /// Until then it is theirs.
    pub until: Timestamp,
    /// Somebody at the desk made it: the store has agreed already.
    pub by_desk: bool,
}

/// Who would do a service of an offer, and what it would cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedService {
    /// Who does it.
    pub staff: Option<StaffId>,
    /// Price; it holds while the offer does.
    pub price: Price,
}

impl WaitlistEntry {
    /// Whether somebody still waits, offered or not.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self.state, Waiting::Queued | Waiting::Offered(_))
    }

    /// What is offered, ended or not.
    #[must_use]
    pub fn offer(&self) -> Option<&Offer> {
        match &self.state {
            Waiting::Offered(offer) => Some(offer),
            _ => None,
        }
    }

    /// The order in which offers are made: higher tiers first, then whoever came first, then by id (A6, A7).
    #[must_use]
    pub fn rank(&self) -> (u8, Timestamp, WaitlistEntryId) {
        (u8::MAX - self.tier, self.made_at, self.id)
    }

    /// Waits again, where it stood; this time is not offered again by itself, so that the next one has a turn.
    pub(crate) fn pass(&mut self) {
        let Some(offer) = self.offer() else { return };
        self.passed.push(TimeRange { start: offer.starts_at, end: offer.ends_at });
        if self.passed.len() > MOST_PASSED {
            self.passed.remove(0);
        }
        self.state = Waiting::Queued;
    }

    /// For whoever waits: without the words of the desk, and without who worked at which device.
    fn for_the_guest(mut self, account: AccountId) -> Self {
        self.note = Personal::default();
        if self.entered_by != Principal::Account(account) {
            self.entered_by = Principal::System;
        }
        self
    }
}

impl Versioned for WaitlistEntry {}

impl Noun for WaitlistEntry {
    fn id(&self) -> WaitlistEntryId {
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
        let owner = self.account.map(|account| account.0);
        Search { owner, during: Some(self.starts), settled: !self.is_live(), ..Search::default() }
    }

    fn ended_at(&self) -> Option<Timestamp> {
        Some(self.starts.end)
    }

    fn shown_in(self, scope: Scope, _to_staff: bool) -> Option<Self> {
        match scope {
            Scope::User(account) => (self.account == Some(account)).then(|| self.for_the_guest(account)),
            _ => Some(self),
        }
    }
}
