//! Where the files' rows go: which salon, and where their days lie on the calendar.

use jiff::civil::Date;
use shared::money::Currency;
use shared::time::{LocalDate, Timestamp};
use shared::zone::Zone;

use super::salon::Salon;
use super::shifted;

/// Salon, zone and days added.
#[derive(Debug, Clone)]
pub struct Target {
    /// Whose rows they are.
    pub salon: Salon,
    /// The salon's zone.
    pub zone: Zone,
    /// What its prices are in.
    pub currency: Currency,
    /// Whole weeks, in days, that every date moves.
    pub shift_days: i32,
}

impl Target {
    /// The store's date of a date in the files.
    pub fn date(&self, day: Date) -> LocalDate {
        let day = shifted(day, self.shift_days);
        let month = u32::from(day.month().unsigned_abs());
        LocalDate::from_ymd(i32::from(day.year()), month, u32::from(day.day().unsigned_abs())).unwrap_or_default()
    }

    /// The instant of a local minute of a date in the files.
    pub fn instant(&self, day: Date, minute: u16) -> Timestamp {
        self.zone.instant(self.date(day), minute)
    }

    /// The time of day in the salon, as people read it.
    pub fn clock(&self, at: Timestamp) -> String {
        let minute = self.zone.local(at).1;
        format!("{}:{:02}", minute / 60, minute % 60)
    }
}
