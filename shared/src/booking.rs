//! A booking 预约: one visit, its lines, where it stands, and the time it occupies.

pub mod facts;
pub mod history;
mod record;
pub mod state;

use serde::{Deserialize, Serialize};

use crate::booking::history::{Step, StepKind};
use crate::id::{AccountId, BookingId, MemberId, ReplicaId, ResourceId, ServiceId, StaffId, StoreId};
use crate::money::Price;
use crate::occupancy::Occupancy;
use crate::part::{Part, staff_ranges, total_minutes};
use crate::personal::Personal;
use crate::resource::AssignedResource;
use crate::role::{Channel, Principal};
use crate::sort;
use crate::staff_preference::StaffPreference;
use crate::time::{TimeRange, Timestamp};

pub use facts::{Fact, FactStamp, Facts};
pub use state::{CancelledBy, State};

/// A visit that nobody ends holds its time for at most so long beyond its plan.
pub const GROWS_AT_MOST_MINUTES: i64 = 12 * 60;

/// For [`Booking::held_at`]: every visit as it was planned, none of them overrunning.
pub const AS_PLANNED: Timestamp = Timestamp(i64::MIN);

/// `placed_seq` of what was placed by a decision that is not stored yet; the server writes the real sequence when it saves.
pub const PLACED_NOW: u64 = u64::MAX;

/// A booking 预约. Always read and written as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Id.
    pub id: BookingId,
    /// Store.
    pub store: StoreId,
    /// Where it stands.
    pub state: State,
    /// What the desk saw happen: why it stands there, where that was not agreed.
    pub facts: Facts,
    /// The account that made it or that it is for; walk-ins may have none.
    pub account: Option<AccountId>,
    /// Channel it came through.
    pub channel: Channel,
    /// Who entered it.
    pub entered_by: Principal,
    /// When it was made, as its device saw it (corrected); of a hold, since when its account protects this time.
    pub made_at: Timestamp,
    /// One or more services.
    pub lines: Vec<Line>,
    /// The lines as they were promised before the guest asked for another time; empty where nothing waits for such an answer.
    #[serde(default)]
    pub promised: Vec<Line>,
    /// First start; the promise.
    pub starts_at: Timestamp,
    /// End of the last part.
    pub ends_at: Timestamp,
    /// Only the date is known (imported history): `starts_at` is that date's midnight and must never be shown as a time.
    pub date_only: bool,
    /// Minutes the start is late because of what came before (0: on time).
    pub late_minutes: u16,
    /// Special needs in the guest's words.
    pub note: Personal<String>,
    /// Version of the terms shown before the tap (B13).
    pub terms_version: u16,
    /// Tier of the member at booking time (B2).
    pub tier: u8,
    /// The time it holds now; empty when it holds none.
    pub occupancy: Vec<Occupancy>,
    /// Sequence of `store/desk` at which it took the time it holds: what a device that had seen less could not know.
    pub placed_seq: u64,
    /// The replica that placed it there: it knows, whatever it had read.
    pub placed_by: ReplicaId,
    /// Set while it is displaced: three openings it may take instead.
    pub alternatives: Vec<Alternative>,
    /// Grows with every change.
    pub version: u32,
    /// What happened to it, oldest first, at most 40 entries; the decision log on the server has everything.
    pub history: Vec<Step>,
}

/// One service within a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Service booked.
    pub service: ServiceId,
    /// What was really done, where it differs: both are kept.
    pub performed: Option<ServiceId>,
    /// Who is served (B12).
    pub subject: Subject,
    /// Who pays; `None` is the subject.
    pub payer: Option<MemberId>,
    /// Whom the guest asked for.
    pub staff_preference: StaffPreference,
    /// Who does it.
    pub staff: Option<StaffId>,
    /// The resources it has.
    #[serde(default)]
    pub resources: Vec<AssignedResource>,
    /// Start of its first part.
    pub starts_at: Timestamp,
    /// Its parts with the durations of the staff member.
    pub parts: Vec<Part>,
    /// Price shown and agreed.
    pub price: Price,
}

impl Line {
    /// First to last part, buffers included.
    #[must_use]
    pub fn range(&self) -> TimeRange {
        TimeRange::starting(self.starts_at, i64::from(total_minutes(&self.parts)))
    }

    /// The ranges in which the staff member is needed, with the number of the part.
    pub fn staff_ranges(&self) -> impl Iterator<Item = (u8, TimeRange)> + '_ {
        staff_ranges(&self.parts, self.starts_at)
    }

    /// When it has its resources.
    pub fn resources_held(&self) -> impl Iterator<Item = (ResourceId, TimeRange)> + '_ {
        self.resource_ranges().map(|(resource, _, range)| (resource, range))
    }

    fn resource_ranges(&self) -> impl Iterator<Item = (ResourceId, u8, TimeRange)> + '_ {
        self.resources.iter().flat_map(|held| {
            let ranges = held.need.ranges(&self.parts, self.starts_at);
            ranges.map(move |(part, range)| (held.resource, part, range))
        })
    }

    /// Everything it needs and when, with the number of the part: its staff member and its resources.
    pub fn needed(&self) -> impl Iterator<Item = (ResourceId, u8, TimeRange)> + '_ {
        let by_staff = self.staff.into_iter().flat_map(|staff| self.staff_ranges().map(move |(part, range)| (staff.into(), part, range)));
        by_staff.chain(self.resource_ranges())
    }
}

/// Who is served.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A member.
    Member(MemberId),
    /// A guest 散客; the name may be empty.
    Guest {
        /// Name as given.
        name: Personal<String>,
    },
}

/// A time that could be taken instead, with its staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// Start of the visit.
    pub starts_at: Timestamp,
    /// Staff for each line in order.
    pub staff: Vec<StaffId>,
}

impl Booking {
    /// First start to last end, buffers included.
    #[must_use]
    pub fn range(&self) -> TimeRange {
        TimeRange { start: self.starts_at, end: self.ends_at }
    }

    /// Whether each line begins when the one before it is done: one guest, one service after another.
    #[must_use]
    pub fn is_in_a_row(&self) -> bool {
        self.lines.windows(2).all(|pair| matches!(pair, [before, after] if before.range().end == after.starts_at))
    }

    /// The time it holds, as it stands at `moment`: a visit in service goes on beyond its plan until somebody ends it, and whoever is at it
    /// is not free within that minute.
    pub fn held_at(&self, moment: Timestamp) -> impl Iterator<Item = (&Occupancy, TimeRange)> {
        let last = self.occupancy.iter().map(|held| held.range.end).max().filter(|_| matches!(self.state, State::InService { .. }));
        self.occupancy.iter().map(move |held| {
            let mut range = held.range;
            if last == Some(range.end) {
                let until = moment.start_of_minute().plus_minutes(1).min(range.end.plus_minutes(GROWS_AT_MOST_MINUTES));
                range.end = range.end.max(until);
            }
            (held, range)
        })
    }

    /// The members named in its lines, sorted, once each.
    #[must_use]
    pub fn members(&self) -> Vec<MemberId> {
        let subjects = self.lines.iter().filter_map(|line| match line.subject {
            Subject::Member(member) => Some(member),
            Subject::Guest { .. } => None,
        });
        let mut members: Vec<MemberId> = subjects.chain(self.lines.iter().filter_map(|line| line.payer)).collect();
        sort::sort_and_dedup(&mut members);
        members
    }

    /// Notes in the history what happened when, whenever it is told, forgetting the oldest beyond forty. How it began stays first.
    pub fn note_step(&mut self, what: StepKind, at: Timestamp, by: Principal, staff: Option<StaffId>) {
        let later = self.history.iter().skip(1).rev().take_while(|step| step.at > at).count();
        self.history.insert(self.history.len() - later, Step { what, at, by, staff, reason: Personal::default() });
        if self.history.len() > 40 {
            self.history.remove(1);
        }
        self.version = self.version.saturating_add(1);
    }
}

impl Booking {
    /// Where it stands by agreement: what it is again when what happened turns out to be a mistake.
    #[must_use]
    pub fn agreed(&self) -> &State {
        self.facts.agreed.as_ref().unwrap_or(&self.state)
    }

    /// Takes a fact in and stands where all facts together say; whether this one said anything new. The time it holds is not touched.
    pub fn learn(&mut self, fact: Fact, stamp: FactStamp) -> bool {
        let is_new = self.facts.add(fact, stamp);
        if is_new {
            let agreed = self.agreed().clone();
            self.agree(agreed);
        }
        is_new
    }

    /// Changes what is agreed; facts that count before it still do.
    pub fn agree(&mut self, agreed: State) {
        self.state = self.facts.state(&agreed, self.starts_at);
        self.facts.agreed = (self.state != agreed).then_some(agreed);
    }

    /// Has to give way: whoever was here for it stands outside again, until somebody says otherwise.
    pub fn give_way(&mut self, at: Timestamp) {
        self.facts = Facts { given_way: true, ..Facts::default() };
        self.state = State::Displaced { at };
    }

    /// Whether "nobody came" can be said of it.
    #[must_use]
    pub fn can_be_missed(&self) -> bool {
        let has_begun = matches!(self.state, State::InService { .. } | State::Completed { .. });
        !has_begun && (matches!(self.state, State::NoShow { .. }) || self.facts.could_be_missed(self.agreed(), self.starts_at))
    }
}
