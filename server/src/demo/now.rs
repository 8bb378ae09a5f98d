//! The moment around which the demo's day is laid.

use shared::time::{LocalDate, MinuteOfDay, Timestamp};
use shared::zone::Zone;

use crate::error::{Error, Result};
use crate::zones::zone_around;

/// The moment around which the demo happens, in Shanghai.
pub(crate) struct Now {
    pub(crate) at: Timestamp,
    pub(crate) zone: Zone,
    pub(crate) today: LocalDate,
    minute: MinuteOfDay,
}

impl Now {
    pub(crate) fn at(at: Timestamp) -> Result<Self> {
        let zone = zone_around("Asia/Shanghai", at).ok_or_else(|| Error::Fault("there is no zone Asia/Shanghai".to_owned()))?;
        let (today, minute) = zone.local(at);
        Ok(Self { at, zone, today, minute })
    }

    /// The last quarter of an hour.
    pub(crate) fn quarter(&self) -> Timestamp {
        self.zone.instant(self.today, self.minute - self.minute % 15)
    }

    /// Opening hours of today: the usual ones, and longer where now lies near or outside them, so that there is something to see
    /// at any hour.
    pub(crate) fn hours_today(&self) -> (MinuteOfDay, MinuteOfDay) {
        let (opens, closes) = HOURS;
        let from = opens.min(self.minute.saturating_sub(240) / 60 * 60);
        let until = closes.max((self.minute + 359) / 60 * 60);
        (from, until)
    }
}

/// Usual opening hours: 10:00 to 22:00.
pub(crate) const HOURS: (MinuteOfDay, MinuteOfDay) = (600, 1320);
