//! A time zone as a plain table of transitions. The server makes it with jiff; everybody else only reads it.

use serde::{Deserialize, Serialize};

use crate::time::{LocalDate, LocalSpan, MINUTE, MinuteOfDay, TimeRange, Timestamp};

/// The offsets of one zone over the years the schedule can reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// IANA name, e.g. `Asia/Shanghai`.
    pub name: String,
    /// Version of the zone data it was made from, e.g. `2026e`: a table of older data is renewed.
    pub version: String,
    /// Offset before the first transition, in seconds east of UTC.
    pub first_offset_seconds: i32,
    /// From this instant on, this offset in seconds; ascending.
    pub transitions: Vec<(Timestamp, i32)>,
}

impl Zone {
    /// A zone that never changes.
    #[must_use]
    pub fn fixed(name: &str, offset_seconds: i32) -> Self {
        Zone { name: name.to_owned(), version: String::new(), first_offset_seconds: offset_seconds, transitions: Vec::new() }
    }

    /// Seconds east of UTC at `at`.
    #[must_use]
    pub fn offset_seconds(&self, at: Timestamp) -> i32 {
        let after = self.transitions.partition_point(|(from, _)| *from <= at);
        after.checked_sub(1).and_then(|index| self.transitions.get(index)).map_or(self.first_offset_seconds, |(_, offset)| *offset)
    }

    /// The local date and minute of the day at `at`.
    #[must_use]
    pub fn local(&self, at: Timestamp) -> (LocalDate, MinuteOfDay) {
        let local = at.0.saturating_add(i64::from(self.offset_seconds(at)) * 1000);
        let day = Timestamp(local).utc_day();
        let minute = local.rem_euclid(crate::time::DAY) / MINUTE;
        (LocalDate(day), MinuteOfDay::try_from(minute).unwrap_or(0))
    }

    /// The instant of a local date and minute. A time the clocks skip becomes the instant after the skip; of a time they
    /// repeat, the first one is meant.
    #[must_use]
    pub fn instant(&self, date: LocalDate, minute: MinuteOfDay) -> Timestamp {
        let local = i64::from(date.0) * crate::time::DAY + i64::from(minute) * MINUTE;
        // No offset reaches two days: what ended before then cannot be meant.
        let first = self.transitions.partition_point(|(from, _)| from.0 <= local.saturating_sub(2 * crate::time::DAY));
        for index in first..=self.transitions.len() {
            let began = index.checked_sub(1).and_then(|before| self.transitions.get(before)).copied();
            let (from, offset) = began.unwrap_or((Timestamp(i64::MIN), self.first_offset_seconds));
            let until = self.transitions.get(index).map_or(Timestamp(i64::MAX), |(next, _)| *next);
            let at = Timestamp(local.saturating_sub(i64::from(offset) * 1000));
            if at < until {
                return at.max(from);
            }
        }
        Timestamp(local.saturating_sub(i64::from(self.first_offset_seconds) * 1000))
    }

    /// The range of instants that a span of a local day covers; 23- and 25-hour days come out right.
    #[must_use]
    pub fn range(&self, date: LocalDate, span: LocalSpan) -> TimeRange {
        let end = if span.until >= 1440 { self.instant(date.plus_days(1), span.until - 1440) } else { self.instant(date, span.until) };
        TimeRange { start: self.instant(date, span.from), end }
    }

    /// Whether its transitions are in order.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.name.is_empty() && self.transitions.len() <= 400 && self.transitions.windows(2).all(|pair| pair[0].0 < pair[1].0)
    }

    /// How many minutes later the clock shows an instant by another table of the zone; 0 when both agree.
    #[must_use]
    pub fn shift_minutes(&self, newer: &Zone, at: Timestamp) -> i32 {
        (newer.offset_seconds(at) - self.offset_seconds(at)) / 60
    }

    /// The whole local day that an instant lies in.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> TimeRange {
        self.day(self.local(at).0)
    }

    /// The whole local day.
    #[must_use]
    pub fn day(&self, date: LocalDate) -> TimeRange {
        TimeRange { start: self.instant(date, 0), end: self.instant(date.plus_days(1), 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vancouver around the clock changes of 2018.
    fn vancouver() -> Zone {
        Zone {
            name: "America/Vancouver".into(),
            version: "2018e".into(),
            first_offset_seconds: -8 * 3600,
            transitions: vec![
                (Timestamp(1_520_762_400_000), -7 * 3600), // 2018-03-11 02:00 → 03:00
                (Timestamp(1_541_322_000_000), -8 * 3600), // 2018-11-04 02:00 → 01:00
            ],
        }
    }

    fn date(text: &str) -> LocalDate {
        LocalDate::parse(text).expect("a date")
    }

    #[test]
    fn the_day_the_clocks_go_forward_has_23_hours_and_back_25() {
        assert_eq!(vancouver().day(date("2018-03-11")).minutes(), 23 * 60);
        assert_eq!(vancouver().day(date("2018-11-04")).minutes(), 25 * 60);
        assert_eq!(vancouver().day(date("2018-06-01")).minutes(), 24 * 60);
    }

    #[test]
    fn a_skipped_time_becomes_the_instant_after_the_skip() {
        let zone = vancouver();
        assert_eq!(zone.instant(date("2018-03-11"), 150), zone.instant(date("2018-03-11"), 180));
    }

    #[test]
    fn of_a_repeated_time_the_first_is_meant() {
        let zone = vancouver();
        let half_past_one = zone.instant(date("2018-11-04"), 90);
        assert_eq!(zone.offset_seconds(half_past_one), -7 * 3600);
        assert_eq!(zone.local(half_past_one), (date("2018-11-04"), 90));
    }
}
