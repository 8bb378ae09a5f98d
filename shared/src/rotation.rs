//! The rotation 轮钟 of a store on one business day: whose turn it is to take a guest who asked for nobody (A5). A list of what happened, in
//! the order in which it happened, whatever the order in which it was told; the queue follows from the list alone.

use serde::{Deserialize, Serialize};

use crate::booking::FactStamp;
use crate::id::{BookingId, StaffId, StoreId};
use crate::noun::{Home, Noun, RecordKey, Search};
use crate::scope::Scope;
use crate::time::{LocalDate, TimeRange, Timestamp};
use crate::versioned::Versioned;

/// So many events of one day are kept; far more than any store has.
pub const MOST_EVENTS: usize = 2_000;

/// The turns of a store on one business day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// Store.
    pub store: StoreId,
    /// Business day.
    pub date: LocalDate,
    /// What happened, the earliest first.
    pub events: Vec<RotationEvent>,
}

/// Something that happened to somebody's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotationEvent {
    /// When, and which fact it is.
    pub stamp: FactStamp,
    /// Whose place.
    pub staff: StaffId,
    /// What.
    pub what: RotationStep,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RotationStep {
    /// 签到: last in the queue.
    SignedIn,
    /// 下班: no longer in the queue.
    SignedOut,
    /// 上钟: began to serve a guest who had not asked for them; last in the queue.
    TookTurn {
        /// The visit.
        booking: BookingId,
    },
    /// 点钟: began to serve a guest who asked for them; the place stays.
    AskedFor {
        /// The visit.
        booking: BookingId,
    },
    /// Did not want the turn; last in the queue.
    Refused {
        /// Why.
        reason: RefusalReason,
    },
    /// 补钟: a turn is made good; first in the queue, behind those to whom one was owed before.
    MadeGood {
        /// Why.
        reason: MadeGoodReason,
    },
    /// A manager gave them another place.
    Moved {
        /// Before whom; `None` is the end.
        before: Option<StaffId>,
        /// Why.
        reason: MoveReason,
    },
}

/// Why somebody does not take a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// 吃饭、休息
    Break,
    /// 身体不适
    Unwell,
    /// 做不了
    CannotDo,
    /// 其他
    Other,
}

/// Why a turn is made good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MadeGoodReason {
    /// 客人离开: the guest left.
    GuestLeft,
    /// 派错: the turn was given by mistake.
    GivenByMistake,
    /// 错过: somebody else was taken though it was their turn.
    PassedOver,
    /// 其他
    Other,
}

/// Why a manager changes the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveReason {
    /// 更正: the order was wrong.
    Correction,
    /// 安排: the manager wants it so.
    Arranged,
}

/// A place in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose.
    pub staff: StaffId,
    /// In the queue since.
    pub signed_in_at: Timestamp,
    /// Turns taken today, also before they signed out and in again.
    pub turns: u16,
    /// Guests today who asked for them.
    pub asked: u16,
    /// When the last turn began.
    pub last_turn_at: Option<Timestamp>,
    /// Why they stand there.
    pub why: Why,
    /// Since when that is so.
    pub since: Timestamp,
}

/// Why somebody stands where they stand: what gave them their place last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They signed in.
    SignedIn,
    /// They took a turn.
    TookTurn,
    /// They refused one.
    Refused(RefusalReason),
    /// They are owed one.
    Owed(MadeGoodReason),
    /// A manager put them there.
    Moved(MoveReason),
}

impl Rotation {
    /// A day on which nobody has signed in yet.
    #[must_use]
    pub fn new(store: StoreId, date: LocalDate) -> Self {
        Rotation { store, date, events: Vec::new() }
    }

    /// Takes an event in, where it belongs by its stamp; whether it says anything new. Of what is given directly within one millisecond
    /// the last to arrive is the last to have happened.
    pub fn add(&mut self, event: RotationEvent) -> bool {
        let place = self.events.iter().rposition(|known| known.stamp <= event.stamp).map_or(0, |before| before + 1);
        let is_new = !self.events[..place].contains(&event) && self.events.len() < MOST_EVENTS;
        if is_new {
            self.events.insert(place, event);
        }
        is_new
    }

    /// A visit has begun, with these people, each asked for or not; of several starts the first counts, as for the visit itself. Whether
    /// that is anything new.
    pub fn begin(&mut self, booking: BookingId, stamp: FactStamp, served_by: &[(StaffId, bool)]) -> bool {
        let mut known = self.events.iter().filter(|event| event.what.booking() == Some(booking));
        if known.any(|event| event.stamp <= stamp) {
            return false;
        }
        self.events.retain(|event| event.what.booking() != Some(booking));
        let mut is_new = false;
        for (staff, is_asked_for) in served_by {
            let what = if *is_asked_for { RotationStep::AskedFor { booking } } else { RotationStep::TookTurn { booking } };
            is_new |= self.add(RotationEvent { stamp, staff: *staff, what });
        }
        is_new
    }
}

impl RotationStep {
    fn booking(self) -> Option<BookingId> {
        match self {
            RotationStep::TookTurn { booking } | RotationStep::AskedFor { booking } => Some(booking),
            _ => None,
        }
    }
}

/// What somebody has done today, in the queue or not.
#[derive(Clone, Copy, Default)]
struct Served {
    turns: u16,
    asked: u16,
    last_turn_at: Option<Timestamp>,
}

/// Who stands where, the next one first. Pure: of one list there is one queue.
#[must_use]
pub fn queue(rotation: &Rotation) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut served: Vec<(StaffId, Served)> = Vec::new();
    for event in &rotation.events {
        count(&mut served, event);
        step(&mut places, event);
    }
    for place in &mut places {
        let own = served.iter().find(|(staff, _)| *staff == place.staff).map(|(_, served)| *served).unwrap_or_default();
        (place.turns, place.asked, place.last_turn_at) = (own.turns, own.asked, own.last_turn_at);
    }
    places
}

fn count(served: &mut Vec<(StaffId, Served)>, event: &RotationEvent) {
    let Some(is_turn) = event.what.booking().map(|_| matches!(event.what, RotationStep::TookTurn { .. })) else { return };
    let index = served.iter().position(|(staff, _)| *staff == event.staff).unwrap_or_else(|| {
        served.push((event.staff, Served::default()));
        served.len() - 1
    });
    let own = &mut served[index].1;
    if is_turn {
        own.turns = own.turns.saturating_add(1);
        own.last_turn_at = Some(event.stamp.at);
    } else {
        own.asked = own.asked.saturating_add(1);
    }
}

/// What an event does to the places. Of somebody who is not in the queue only signing in does anything.
fn step(places: &mut Vec<Place>, event: &RotationEvent) {
    let (staff, at) = (event.staff, event.stamp.at);
    let own = places.iter().position(|place| place.staff == staff);
    let Some(own) = own else {
        if event.what == RotationStep::SignedIn {
            let why = Why::SignedIn;
            places.push(Place { staff, signed_in_at: at, turns: 0, asked: 0, last_turn_at: None, why, since: at });
        }
        return;
    };
    let why = match event.what {
        RotationStep::SignedIn | RotationStep::AskedFor { .. } => return,
        RotationStep::SignedOut => {
            places.remove(own);
            return;
        }
        RotationStep::TookTurn { .. } => Why::TookTurn,
        RotationStep::Refused { reason } => Why::Refused(reason),
        RotationStep::MadeGood { reason } => Why::Owed(reason),
        RotationStep::Moved { reason, .. } => Why::Moved(reason),
    };
    let place = Place { why, since: at, ..places.remove(own) };
    let to = match event.what {
        RotationStep::MadeGood { .. } => places.iter().position(|other| !matches!(other.why, Why::Owed(_))),
        RotationStep::Moved { before: Some(before), .. } => places.iter().position(|other| other.staff == before),
        _ => None,
    };
    places.insert(to.unwrap_or(places.len()), place);
}

impl Versioned for Rotation {}

impl Noun for Rotation {
    fn id(&self) -> (StoreId, i32) {
        (self.store, self.date.0)
    }

    fn home(&self) -> Home {
        Home::Store(self.store)
    }

    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::Desk(self.store), self.key())]
    }

    fn search(&self) -> Search {
        let (first, last) = (self.events.first(), self.events.last());
        let during = first.zip(last).map(|(first, last)| TimeRange { start: first.stamp.at, end: last.stamp.at });
        Search { during, ..Search::default() }
    }

    fn ended_at(&self) -> Option<Timestamp> {
        self.events.last().map(|event| event.stamp.at)
    }
}
