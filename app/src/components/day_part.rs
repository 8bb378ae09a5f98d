//! The parts of a day that somebody can wait for.

use shared::time::{LocalDate, LocalSpan, TimeRange};
use shared::zone::Zone;

use crate::i18n;

/// A day or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayPart {
    /// 全天
    Whole,
    /// 上午: until noon.
    Morning,
    /// 下午: until six.
    Afternoon,
    /// 晚上
    Evening,
}

impl DayPart {
    /// All of them.
    pub const ALL: [DayPart; 4] = [DayPart::Whole, DayPart::Morning, DayPart::Afternoon, DayPart::Evening];

    fn span(self) -> LocalSpan {
        let (from, until) = match self {
            DayPart::Whole => (0, 1440),
            DayPart::Morning => (0, 720),
            DayPart::Afternoon => (720, 1080),
            DayPart::Evening => (1080, 1440),
        };
        LocalSpan { from, until }
    }

    /// When it is, where the store is.
    #[must_use]
    pub fn on(self, zone: &Zone, date: LocalDate) -> TimeRange {
        zone.range(date, self.span())
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        let times = &i18n::common().times;
        match self {
            DayPart::Whole => i18n::waiting().whole_day,
            DayPart::Morning => times.morning,
            DayPart::Afternoon => times.afternoon,
            DayPart::Evening => times.evening,
        }
    }
}

/// `11月28日 周六 · 下午`.
#[must_use]
pub fn day_and_part(zone: &Zone, starts: TimeRange) -> String {
    format!("{} · {}", i18n::format::date(zone.local(starts.start).0), part(zone, starts))
}

/// `下午`, or the times themselves where they are no such part.
#[must_use]
pub fn part(zone: &Zone, starts: TimeRange) -> String {
    let date = zone.local(starts.start).0;
    let part = DayPart::ALL.into_iter().find(|part| part.on(zone, date) == starts);
    part.map_or_else(|| i18n::format::time_range(zone, starts.start, starts.end), |part| part.word().to_owned())
}
