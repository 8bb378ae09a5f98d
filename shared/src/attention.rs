//! What a person must decide 待处理 (C6).

use serde::{Deserialize, Serialize};

use crate::coverage_gap::CoverageGap;
use crate::id::{AttentionId, BookingId, MemberId, StaffId, StoreId};
use crate::member::MemberGroup;
use crate::noun::{Home, Noun, RecordKey, Search};
use crate::scope::Scope;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;

/// One entry of a store's attention inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// Id: the command's id with the low bits counted up, so that deciding twice names it the same.
    pub id: AttentionId,
    /// Store whose inbox it is in.
    pub store: StoreId,
    /// What it is about.
    pub about: AttentionKind,
    /// When it came up.
    pub raised_at: Timestamp,
    /// When somebody settled it.
    pub resolved_at: Option<Timestamp>,
}

/// What needs a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttentionKind {
    /// A promise had to give way: call them, offer the alternatives.
    Displaced {
        /// The booking that lost.
        booking: BookingId,
        /// The booking that won, if it was one.
        by: Option<BookingId>,
    },
    /// Two visits are in one place: squeeze or a second physical fact.
    Overlap {
        /// The later one.
        booking: BookingId,
    },
    /// A request waits for the desk's answer.
    Request {
        /// The request.
        booking: BookingId,
    },
    /// Somebody's edit lost against another; both values are kept in the record.
    Superseded {
        /// The member.
        member: MemberId,
        /// The field group.
        group: MemberGroup,
    },
    /// A booking's start moved because something before it ran late.
    Delayed {
        /// The booking that starts later.
        booking: BookingId,
        /// By how much.
        minutes: u16,
    },
    /// Somebody who works in several stores is needed in two at one time.
    TwoPlaces {
        /// Who.
        staff: StaffId,
        /// When.
        range: TimeRange,
    },
    /// The importer found something to look at; one entry a run, not dozens.
    Imported {
        /// Promises in a lane above 0.
        overlaps: u32,
        /// No-shows that have a receipt.
        paid_no_shows: u32,
        /// Rows that were refused.
        rejected: u32,
        /// Other rows that a person must look at.
        #[serde(default)]
        unclear: u32,
    },
    /// The law changed the zone: the clock will show another time than the one that was promised.
    ClockShifted {
        /// The booking; its instant stays.
        booking: BookingId,
        /// How many minutes later the clock shows it now; negative for earlier.
        minutes: i32,
    },
    /// Hours, roster, people or things were changed over promises: they stand, and somebody keeps, moves or tells each.
    Uncovered {
        /// The promises, with what they lack.
        gaps: Vec<CoverageGap>,
    },
}

impl Attention {
    /// Whether version 1 cannot say it.
    fn is_new(&self) -> bool {
        matches!(self.about, AttentionKind::Uncovered { .. })
    }
}

/// Version 2 can say [`AttentionKind::Uncovered`]; all else is written as before.
impl Versioned for Attention {
    const VERSION: u8 = 2;

    fn open(version: u8, bytes: &[u8]) -> Option<Self> {
        match postcard::take_from_bytes::<Attention>(bytes) {
            Ok((entry, [])) if version <= Self::VERSION && (version > 1 || !entry.is_new()) => Some(entry),
            _ => None,
        }
    }

    fn pack(&self, newest: u8) -> Option<(u8, Vec<u8>)> {
        if newest < Self::VERSION && self.is_new() {
            return None;
        }
        Some((newest.min(Self::VERSION), postcard::to_allocvec(self).ok()?))
    }
}

impl Noun for Attention {
    fn id(&self) -> AttentionId {
        self.id
    }

    fn home(&self) -> Home {
        Home::Store(self.store)
    }

    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::Desk(self.store), self.key())]
    }

    fn search(&self) -> Search {
        let during = Some(TimeRange { start: self.raised_at, end: self.raised_at });
        Search { during, settled: self.resolved_at.is_some(), ..Search::default() }
    }
}
