//! A newcomer's case, and what letting it in leads to.

use crate::attention::AttentionKind;
use crate::booking::Booking;
use crate::context::Context;
use crate::decision::{LadderStep, Notice};
use crate::id::StoreId;
use crate::noun::RecordKey;
use crate::placement::precedence::Standing;
use crate::store::Store;
use crate::time::Timestamp;
use crate::view::View;

/// First start to last end of a visit. Nothing real is longer, and what a decision reads is bounded by it.
pub const LONGEST_VISIT_MINUTES: i64 = 24 * 60;

/// What may be done for the newcomer when the time is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// A wish: refuse.
    Refuse,
    /// A fact declared by staff: beside whoever has the better right, but over visible promises only with a reason.
    AskOverride,
    /// A fact that stands there: beside whoever keeps the time.
    NextLane,
}

/// A newcomer's case.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What surrounds the decision.
    pub context: &'a Context,
    /// What is known.
    pub view: &'a View,
    /// The store.
    pub store: &'a Store,
    /// The right it comes with.
    pub standing: Standing,
    /// Authorised staff gave a reason to break visible promises.
    pub over: bool,
    /// When it cannot have the time.
    pub otherwise: Otherwise,
    /// It is over by now: no time after this is needed.
    pub over_at: Option<Timestamp>,
}

/// The newcomer is in; these others changed for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Admitted {
    /// Other bookings, changed.
    pub others: Vec<Booking>,
    /// People to tell.
    pub notices: Vec<Notice>,
    /// What a person must look at.
    pub attention: Vec<AttentionKind>,
    /// The highest step that was needed.
    pub step: LadderStep,
    /// Who is needed in another store at that time: an entry for each inbox.
    pub two_places: Vec<(StoreId, AttentionKind)>,
    /// Entries of other stores whose hold has run out.
    pub run_out: Vec<RecordKey>,
}

/// Further from what was agreed than this is a slip of the finger, not a visit.
pub(crate) const FAR_OFF_MINUTES: i64 = 12 * 60;

/// What begins within so many minutes after a visit may be pushed by it.
pub(crate) const FOLLOWERS_MINUTES: i64 = 24 * 60;
