//! The stretch of time a mask covers: whole UTC days, in quanta of 5 minutes.

use core::ops::Range;

use crate::time::{DAY, QUANTUM, TimeRange, Timestamp};

/// Quanta in a UTC day.
pub const QUANTA_PER_DAY: u32 = 288;
/// The most days one window covers: a year ahead and the day around it.
pub const MOST_DAYS: u16 = 368;

/// Whole UTC days, counted from 1970-01-01: what a mask covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// First UTC day, in days since 1970-01-01.
    pub first_day: i32,
    /// Number of days.
    pub days: u16,
}

impl Window {
    /// One UTC day.
    #[must_use]
    pub fn day(day: i32) -> Self {
        Self { first_day: day, days: 1 }
    }

    /// The window of whole UTC days that holds a range; cut off after [`MOST_DAYS`].
    #[must_use]
    pub fn around(range: TimeRange) -> Self {
        let first_day = range.start.utc_day();
        let last = Timestamp(range.end.0.saturating_sub(1)).utc_day();
        let days = last.saturating_sub(first_day).saturating_add(1).clamp(1, i32::from(MOST_DAYS));
        Self { first_day, days: u16::try_from(days).unwrap_or(MOST_DAYS) }
    }

    /// Number of quanta covered.
    #[must_use]
    pub fn quanta(self) -> u32 {
        u32::from(self.days) * QUANTA_PER_DAY
    }

    /// What the window covers as instants.
    #[must_use]
    pub fn range(self) -> TimeRange {
        TimeRange { start: self.instant(0), end: self.instant(self.quanta()) }
    }

    /// When a quantum begins.
    #[must_use]
    pub fn instant(self, quantum: u32) -> Timestamp {
        Timestamp(i64::from(self.first_day) * DAY + i64::from(quantum) * QUANTUM)
    }

    /// The first quantum that begins at or after an instant, limited to the window (its end means "none").
    #[must_use]
    pub fn quantum_at_or_after(self, at: Timestamp) -> u32 {
        self.limited(at.0.saturating_sub(self.instant(0).0).saturating_add(QUANTUM - 1).div_euclid(QUANTUM))
    }

    /// The quantum an instant lies in, limited to the window.
    #[must_use]
    pub fn quantum_holding(self, at: Timestamp) -> u32 {
        self.limited(at.0.saturating_sub(self.instant(0).0).div_euclid(QUANTUM))
    }

    /// The quantum that begins exactly at an instant; `None` off the quanta or outside the window.
    #[must_use]
    pub fn quantum_at(self, at: Timestamp) -> Option<u32> {
        let quantum = self.quantum_holding(at);
        (quantum < self.quanta() && self.instant(quantum) == at).then_some(quantum)
    }

    fn limited(self, quantum: i64) -> u32 {
        u32::try_from(quantum.clamp(0, i64::from(self.quanta()))).unwrap_or(0)
    }

    /// Quanta a range touches: what is busy rounds outward.
    #[must_use]
    pub fn outward(self, range: TimeRange) -> Range<u32> {
        if range.is_empty() {
            return 0..0;
        }
        self.quantum_holding(range.start)..self.quantum_at_or_after(range.end)
    }

    /// Quanta that lie wholly inside a range: what is free rounds inward.
    #[must_use]
    pub fn inward(self, range: TimeRange) -> Range<u32> {
        self.quantum_at_or_after(range.start)..self.quantum_holding(range.end)
    }
}
