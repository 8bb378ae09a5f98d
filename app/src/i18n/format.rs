//! How dates, times and money look, where the store is: `11月21日 周六 14:30`, `Sat 21 Nov 14:30`, 24 h, ¥168.

use shared::money::{Currency, Price};
use shared::time::{LocalDate, MinuteOfDay, Timestamp};
use shared::zone::Zone;

use super::common;
use crate::browser;

/// `14:30`
#[must_use]
pub fn time(zone: &Zone, at: Timestamp) -> String {
    minute(zone.local(at).1)
}

/// `14:30`; a time after midnight of a long day shows as the clock does.
#[must_use]
pub fn minute(minute: MinuteOfDay) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

/// `14:30–15:20`
#[must_use]
pub fn time_range(zone: &Zone, start: Timestamp, end: Timestamp) -> String {
    format!("{}–{}", time(zone, start), time(zone, end))
}

/// `11月21日 周六` / `Sat 21 Nov`
#[must_use]
pub fn date(date: LocalDate) -> String {
    let (_, month, day) = date.ymd();
    (common().times.date)(month, day, date.weekday())
}

/// `2026年11月21日 周六` / `Sat 21 Nov 2026`
#[must_use]
pub fn date_with_year(date: LocalDate) -> String {
    let (year, month, day) = date.ymd();
    (common().times.date_with_year)(year, month, day, date.weekday())
}

/// 今天, 明天, 昨天, else the date.
#[must_use]
pub fn day(date: LocalDate, today: LocalDate) -> String {
    let words = &common().times;
    match i64::from(date.0) - i64::from(today.0) {
        0 => words.today.to_owned(),
        1 => words.tomorrow.to_owned(),
        -1 => words.yesterday.to_owned(),
        _ => self::date(date),
    }
}

/// `11月21日 周六 14:30` / `Sat 21 Nov 14:30`
#[must_use]
pub fn date_time(zone: &Zone, at: Timestamp) -> String {
    let (local, minute_of_day) = zone.local(at);
    format!("{} {}", date(local), minute(minute_of_day))
}

/// For `datetime` attributes: `2026-11-21T14:30`, local to the store.
#[must_use]
pub fn machine_time(zone: &Zone, at: Timestamp) -> String {
    let (local, minute_of_day) = zone.local(at);
    format!("{local}T{}", minute(minute_of_day))
}

/// `¥168`, or 面议.
#[must_use]
pub fn price(currency: Currency, price: Price) -> String {
    price.map_or_else(|| common().times.on_consultation.to_owned(), |amount| currency.show(amount))
}

/// `1小时30分钟` / `1 h 30 min`
#[must_use]
pub fn duration(minutes: i64) -> String {
    (common().times.duration)(minutes)
}

/// `3分钟前` / `3 min ago`
#[must_use]
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    (common().times.ago)(now.minutes_since(at))
}

/// `3小时后` / `in 3 h`
#[must_use]
pub fn until(at: Timestamp, now: Timestamp) -> String {
    (common().times.until)(at.minutes_since(now))
}

/// The time of an instant by the device's own zone: for "as of 10:42", where no store is meant. With its date unless that is today.
#[must_use]
pub fn device_time(at: Timestamp) -> String {
    let ((day, minute_of_day), (today, _)) = (device_local(at), device_local(browser::wall_clock()));
    let time = minute(minute_of_day);
    if day == today { time } else { format!("{} {time}", date(day)) }
}

/// Day and minute by the device's own zone.
#[must_use]
pub fn device_local(at: Timestamp) -> (LocalDate, MinuteOfDay) {
    #[expect(clippy::cast_precision_loss, reason = "exact for any date a person lives to see")]
    let device = js_sys::Date::new(&(at.0 as f64).into());
    #[expect(clippy::cast_possible_truncation, reason = "at most a day of minutes")]
    let behind_utc_minutes = device.get_timezone_offset() as i32;
    Zone::fixed("", -60 * behind_utc_minutes).local(at)
}

/// How much of a whole is left, for CSS: `1.000` to `0.000`.
#[must_use]
pub fn share(left: i64, whole: i64) -> String {
    let thousandths = (left.saturating_mul(1000) / whole.max(1)).clamp(0, 1000);
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// `4:59` of a countdown; `0:00` once it is over.
#[must_use]
pub fn countdown(until: Timestamp, now: Timestamp) -> String {
    let seconds = until.0.saturating_sub(now.0).max(0) / 1000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
