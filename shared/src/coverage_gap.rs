//! What a promise lacks after a change of hours, roster, people or things (A1).

use serde::{Deserialize, Serialize};

use crate::id::{BookingId, ResourceId, StaffId};

/// A promise that lacks something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CoverageGap {
    /// The promise; it stands.
    pub booking: BookingId,
    /// What it lacks.
    pub lack: Lack,
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// Whoever was to do it works here no more.
    Person(StaffId),
    /// Whoever is to do it does this service no more.
    Skill(StaffId),
    /// The room, station or device is out of use.
    Resource(ResourceId),
    /// The store is closed then.
    Hours,
    /// Whoever is to do it is off then.
    Shift(StaffId),
    /// The clock on the wall shows another time than the one that was promised: so many minutes later, negative for earlier.
    Clock(i32),
}
