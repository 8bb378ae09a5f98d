//! Instants, ranges, local dates and 5-minute quanta. Integers only, no clock.

use serde::{Deserialize, Serialize};

/// Milliseconds in a minute.
pub const MINUTE: i64 = 60_000;
/// Minutes in one quantum of the schedule.
pub const QUANTUM_MINUTES: i64 = 5;
/// Milliseconds in one quantum.
pub const QUANTUM: i64 = QUANTUM_MINUTES * MINUTE;
/// Milliseconds in a UTC day.
pub const DAY: i64 = 24 * 60 * MINUTE;

/// An instant: milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This instant plus `minutes` (may be negative); saturates at the ends of time.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Timestamp(self.0.saturating_add(minutes.saturating_mul(MINUTE)))
    }

    /// This instant plus `seconds` (may be negative); saturates at the ends of time.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Timestamp(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole minutes from `earlier` to this instant, rounded towards zero.
    #[must_use]
    pub fn minutes_since(self, earlier: Timestamp) -> i64 {
        self.0.saturating_sub(earlier.0) / MINUTE
    }

    /// The whole minute this instant lies in.
    #[must_use]
    pub fn start_of_minute(self) -> Self {
        Timestamp(self.0.div_euclid(MINUTE).saturating_mul(MINUTE))
    }

    /// The UTC day this instant lies in, counted from 1970-01-01.
    #[must_use]
    pub fn utc_day(self) -> i32 {
        clamp_i32(self.0.div_euclid(DAY))
    }
}

/// A half-open range of instants: `start` belongs to it, `end` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TimeRange {
    /// First instant.
    pub start: Timestamp,
    /// First instant after.
    pub end: Timestamp,
}

impl TimeRange {
    /// All of time.
    pub const ALWAYS: TimeRange = TimeRange { start: Timestamp(i64::MIN), end: Timestamp(i64::MAX) };

    /// From `start`, `minutes` long.
    #[must_use]
    pub fn starting(start: Timestamp, minutes: i64) -> Self {
        TimeRange { start, end: start.plus_minutes(minutes) }
    }

    /// Whether the two share any instant.
    #[must_use]
    pub fn overlaps(&self, other: &TimeRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn covers(&self, other: &TimeRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether `at` lies inside.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }

    /// Nothing inside.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.end <= self.start
    }

    /// Length in whole minutes.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        self.end.minutes_since(self.start)
    }

    /// The smallest range around both.
    #[must_use]
    pub fn hull(&self, other: &TimeRange) -> TimeRange {
        TimeRange { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The range widened by `minutes` at both ends.
    #[must_use]
    pub fn widened(&self, minutes: i64) -> TimeRange {
        TimeRange { start: self.start.plus_minutes(-minutes), end: self.end.plus_minutes(minutes) }
    }
}

/// A calendar date where a store is, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalDate(pub i32);

impl LocalDate {
    /// The date of a proleptic Gregorian year, month (1–12) and day (1–31); `None` when there is no such date.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) || !(1..=9999).contains(&year) {
            return None;
        }
        // Counting years from March puts the leap day last.
        let year_from_march = i64::from(year) - i64::from(month <= 2);
        let era = year_from_march.div_euclid(400);
        let year_of_era = year_from_march.rem_euclid(400);
        let month_from_march = (i64::from(month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(LocalDate(clamp_i32(era * 146_097 + day_of_era - 719_468)))
    }

    /// Year, month (1–12) and day (1–31).
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let days = i64::from(self.0) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (clamp_i32(year), u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
    }

    /// 0 = Monday … 6 = Sunday (the week starts on Monday 周一).
    #[must_use]
    pub fn weekday(self) -> u8 {
        u8::try_from((i64::from(self.0) + 3).rem_euclid(7)).unwrap_or(0)
    }

    /// This date plus `days`.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        LocalDate(self.0.saturating_add(days))
    }

    /// Reads `2026-11-21`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut fields = text.split('-');
        let (year, month, day) = (fields.next()?, fields.next()?, fields.next()?);
        if fields.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        Self::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }
}

impl std::fmt::Display for LocalDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Minutes after local midnight; above 1440 means after the next midnight (a bar open until 26:00).
pub type MinuteOfDay = u16;

/// A stretch of one local day, half-open, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LocalSpan {
    /// First minute.
    pub from: MinuteOfDay,
    /// First minute after; at most 2880.
    pub until: MinuteOfDay,
}

impl LocalSpan {
    /// Whether the span is not empty and ends by the end of the next day.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.from < self.until && self.from < 1440 && self.until <= 2880
    }
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn clamp_i32(value: i64) -> i32 {
    i32::try_from(value).unwrap_or(if value < 0 { i32::MIN } else { i32::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_there_and_back_over_four_centuries() {
        for day in -146_097..146_097 {
            let date = LocalDate(day);
            let (year, month, of_month) = date.ymd();
            assert_eq!(LocalDate::from_ymd(year, month, of_month), Some(date));
        }
    }

    #[test]
    fn the_twenty_first_of_november_2026_is_a_saturday() {
        let date = LocalDate::parse("2026-11-21").expect("a date");
        assert_eq!(date.weekday(), 5);
        assert_eq!(date.to_string(), "2026-11-21");
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused() {
        assert_eq!(LocalDate::parse("2026-02-29"), None);
        assert_eq!(LocalDate::parse("2026-13-01"), None);
        assert_eq!(LocalDate::parse("2026-1-1"), None);
    }
}
