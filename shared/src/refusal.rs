//! A no is data: the screen picks the words.

use serde::{Deserialize, Serialize};

use crate::id::{BookingId, MemberId, ResourceTypeId, StaffId};
use crate::money::Price;
use crate::state_kind::StateKind;
use crate::time::{TimeRange, Timestamp};

/// Why a command was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The device does not know enough to decide: the server will. Never an answer of the server.
    #[error("cannot be decided here")]
    Undecided,
    /// The session may not do this.
    #[error("not allowed")]
    NotAllowed,
    /// There is no such record within the actor's scopes.
    #[error("no such {kind}")]
    NotFound {
        /// `booking`, `member`, `store` …
        kind: String,
    },
    /// A value is not acceptable.
    #[error("invalid {field}")]
    Invalid {
        /// Path of the field.
        field: String,
    },
    /// The id is taken by another record.
    #[error("id already used")]
    AlreadyExists,
    /// The booking is in a state from which this cannot be done.
    #[error("not possible while {state:?}")]
    WrongState {
        /// The state it is in.
        state: StateKind,
    },
    /// Somebody with an equal or better right has the time (C4).
    #[error("time taken")]
    TimeTaken {
        /// What overlaps, for those who may see it.
        by: Vec<BookingId>,
    },
    /// Outside the store's hours.
    #[error("store closed")]
    StoreClosed,
    /// The staff member does not work then.
    #[error("not on shift")]
    NotOnShift {
        /// Who.
        staff: StaffId,
    },
    /// The staff member cannot do the service.
    #[error("not skilled")]
    NotSkilled {
        /// Who.
        staff: StaffId,
    },
    /// No staff member can do it at that time.
    #[error("nobody free")]
    NobodyFree,
    /// No resource of a type that is needed is free at that time, or the store has none.
    #[error("no resource free")]
    NoResource {
        /// Of which type.
        resource_type: ResourceTypeId,
    },
    /// Less than the lead time ahead (A3).
    #[error("too soon")]
    TooSoon {
        /// Lead time in minutes.
        lead_minutes: u16,
    },
    /// Beyond the horizon (A3).
    #[error("too far ahead")]
    TooFarAhead {
        /// Horizon in days.
        days: u16,
    },
    /// After the cut-off (A3).
    #[error("after the cut-off")]
    AfterCutoff {
        /// Cut-off in minutes before the start.
        cutoff_minutes: u16,
    },
    /// The price is not the one that was shown (B13).
    #[error("price changed")]
    PriceChanged {
        /// The price that holds now.
        now: Price,
    },
    /// Not offered online.
    #[error("not online")]
    NotOnline,
    /// It would break a promise the device had seen: authorised staff must say why.
    #[error("needs an override with a reason")]
    NeedsOverride {
        /// The promises at stake.
        over: Vec<BookingId>,
    },
    /// The hold has expired and the time went to somebody else.
    #[error("hold expired")]
    HoldExpired {
        /// When.
        at: Timestamp,
    },
    /// The service ends after the time that may be used.
    #[error("does not fit")]
    DoesNotFit {
        /// The needed range.
        needed: TimeRange,
    },
    /// Somebody else changed the record meanwhile: look at theirs and write again.
    #[error("superseded")]
    Superseded,
    /// The consent of the person is missing (S2).
    #[error("consent missing")]
    ConsentMissing,
    /// A member of this store has proven this number to be theirs: they are not registered again.
    #[error("number known")]
    NumberKnown {
        /// Who.
        member: MemberId,
    },
    /// The code that was said at the desk is wrong, too old, or has been tried too often.
    #[error("wrong code")]
    WrongCode,
    /// A text has more letters than its field may hold.
    #[error("{field} is longer than {most} letters")]
    TooLong {
        /// Path of the field.
        field: String,
        /// Most letters, counted as people see them.
        most: u32,
    },
    /// The account has as much as one account may have; the desk can still do it.
    #[error("more than {most} ({of:?})")]
    TooMany {
        /// Which limit.
        of: MemberLimit,
        /// How many there may be.
        most: u16,
    },
    /// The record goes by another number than the one that was proven: it may be somebody else's.
    #[error("the record has another number")]
    NumberDiffers,
    /// The offer has ended or was answered, or nobody waits any more.
    #[error("the offer is over")]
    OfferOver,
}

impl Refusal {
    /// Whether another time would help.
    #[must_use]
    pub fn is_about_time(&self) -> bool {
        matches!(
            self,
            Refusal::TimeTaken { .. }
                | Refusal::StoreClosed
                | Refusal::NotOnShift { .. }
                | Refusal::NobodyFree
                | Refusal::NoResource { .. }
                | Refusal::TooSoon { .. }
                | Refusal::TooFarAhead { .. }
                | Refusal::HoldExpired { .. }
                | Refusal::DoesNotFit { .. }
        )
    }

    /// The same for somebody who does not see the board: without the ids of other people's visits.
    #[must_use]
    pub fn without_ids(mut self) -> Self {
        if let Refusal::TimeTaken { by: ids } | Refusal::NeedsOverride { over: ids } = &mut self {
            ids.clear();
        }
        self
    }

    /// Stable code, e.g. `time_taken`: for problem documents, logs and the word table.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Undecided => "undecided",
            Refusal::NotAllowed => "not_allowed",
            Refusal::NotFound { .. } => "not_found",
            Refusal::Invalid { .. } => "invalid",
            Refusal::AlreadyExists => "already_exists",
            Refusal::WrongState { .. } => "wrong_state",
            Refusal::TimeTaken { .. } => "time_taken",
            Refusal::StoreClosed => "store_closed",
            Refusal::NotOnShift { .. } => "not_on_shift",
            Refusal::NotSkilled { .. } => "not_skilled",
            Refusal::NobodyFree => "nobody_free",
            Refusal::NoResource { .. } => "no_resource",
            Refusal::TooSoon { .. } => "too_soon",
            Refusal::TooFarAhead { .. } => "too_far_ahead",
            Refusal::AfterCutoff { .. } => "after_cutoff",
            Refusal::PriceChanged { .. } => "price_changed",
            Refusal::NotOnline => "not_online",
            Refusal::NeedsOverride { .. } => "needs_override",
            Refusal::HoldExpired { .. } => "hold_expired",
            Refusal::DoesNotFit { .. } => "does_not_fit",
            Refusal::Superseded => "superseded",
            Refusal::ConsentMissing => "consent_missing",
            Refusal::NumberKnown { .. } => "number_known",
            Refusal::WrongCode => "wrong_code",
            Refusal::TooMany { .. } => "too_many_of_yours",
            Refusal::TooLong { .. } => "too_long",
            Refusal::NumberDiffers => "number_differs",
            Refusal::OfferOver => "offer_over",
        }
    }
}

/// Which limit was reached; the screen picks the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberLimit {
    /// Visits that are still to come, in one store.
    VisitsAhead,
    /// Visits on one day of the store.
    VisitsADay,
    /// Services in one visit.
    LinesAVisit,
    /// Minutes of staff time in one visit, all its services together.
    MinutesAVisit,
    /// Minutes for which one time may be held, however often the hold is repeated.
    MinutesOfAHold,
    /// Holds and bookings begun within an hour, also those that were given up.
    BegunAnHour,
    /// People that an account has registered.
    People,
    /// Entries of the waitlist of one store.
    Waiting,
    /// Entries of the waitlist of one store for one day.
    WaitingADay,
}
