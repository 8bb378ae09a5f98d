//! The salon's zone as the table that its store carries.

use jiff::Timestamp as Instant;
use jiff::tz::TimeZone;
use shared::time::Timestamp;
use shared::zone::Zone;

/// 2015-01-01T00:00Z: before the oldest rows.
const FROM_SECONDS: i64 = 1_420_070_400;
/// 2050-01-01T00:00Z: beyond every horizon.
const UNTIL_SECONDS: i64 = 2_524_608_000;

/// The transitions of a zone from 2015 to 2050; `None` when the system knows no such zone.
pub fn zone_table(name: &str) -> Option<Zone> {
    let zone = TimeZone::get(name).ok()?;
    let from = Instant::from_second(FROM_SECONDS).ok()?;
    let until = Instant::from_second(UNTIL_SECONDS).ok()?;
    Some(Zone {
        name: name.to_owned(),
        first_offset_seconds: zone.to_offset(from).seconds(),
        transitions: zone
            .following(from)
            .take_while(|transition| transition.timestamp() < until)
            .map(|transition| (Timestamp(transition.timestamp().as_millisecond()), transition.offset().seconds()))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use shared::time::LocalDate;

    use super::*;
    use crate::import::SALON_ZONE;

    #[test]
    fn summer_and_winter_in_the_salon_are_an_hour_apart() {
        let zone = zone_table(SALON_ZONE).expect("the zone is known");
        let noon = |text: &str| zone.instant(LocalDate::parse(text).expect("a date"), 720);
        assert_eq!(noon("2018-07-30").0, 1_532_977_200_000);
        assert_eq!(noon("2018-12-05").0, 1_544_040_000_000);
        assert!(zone.transitions.len() < 400);
        assert!(zone_table("Nowhere/AtAll").is_none());
    }
}
