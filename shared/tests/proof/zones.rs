//! Three cities on days on which their clocks change, and on days on which they do not.

use shared::time::{DAY, LocalDate, Timestamp};
use shared::zone::Zone;

const HOUR: i64 = 3_600_000;

/// A city, hours east of Greenwich in winter, the first day that is asked for, and the day and the hour of Greenwich at which its summer
/// time begins and ends.
type City = (&'static str, i64, &'static str, Option<[(&'static str, i64); 2]>);

const VANCOUVER: Option<[(&str, i64); 2]> = Some([("2018-03-11", 10), ("2018-11-04", 9)]);
const BERLIN: Option<[(&str, i64); 2]> = Some([("2018-03-25", 1), ("2018-10-28", 1)]);

/// Of most the second day is the one that has 23 or 25 hours.
const CITIES: [City; 6] = [
    ("Asia/Shanghai", 8, "2026-11-21", None),
    ("America/Vancouver", -8, "2018-03-10", VANCOUVER),
    ("America/Vancouver", -8, "2018-11-03", VANCOUVER),
    ("America/Vancouver", -8, "2018-07-30", VANCOUVER),
    ("Europe/Berlin", 1, "2018-03-24", BERLIN),
    ("Europe/Berlin", 1, "2018-10-27", BERLIN),
];

/// Where and when a store is asked.
#[derive(Clone, Debug)]
pub struct Place {
    name: &'static str,
    winter: i64,
    /// Days since 1970.
    pub first_day: i64,
    /// When the first day begins, in milliseconds since 1970. No clock changes at midnight.
    pub midnight: i64,
    /// When summer time begins and ends.
    summer: Option<[i64; 2]>,
}

impl Place {
    /// One of several.
    pub fn number(number: usize) -> Self {
        let (name, winter, first, summer) = CITIES[number % CITIES.len()];
        let day = |text| i64::from(LocalDate::parse(text).expect("a date").0);
        let summer = summer.map(|changes| changes.map(|(text, hour)| day(text) * DAY + hour * HOUR));
        let mut place = Place { name, winter, first_day: day(first), midnight: 0, summer };
        let midnights = [winter, winter + 1].map(|hours| place.first_day * DAY - hours * HOUR);
        place.midnight = midnights.into_iter().find(|at| place.local(*at) == (place.first_day, 0)).expect("it begins");
        place
    }

    /// The table that the product reads.
    pub fn zone(&self) -> Zone {
        let seconds = |hours: i64| i32::try_from(hours * 3600).expect("less than a day");
        let table = |[begins, ends]: [i64; 2]| vec![(Timestamp(begins), seconds(self.winter + 1)), (Timestamp(ends), seconds(self.winter))];
        Zone { transitions: self.summer.map(table).unwrap_or_default(), ..Zone::fixed(self.name, seconds(self.winter)) }
    }

    /// The walk's own clock: the local day and its minute at an instant.
    pub fn local(&self, at: i64) -> (i64, i64) {
        let is_summer = self.summer.is_some_and(|[begins, ends]| begins <= at && at < ends);
        let minutes = (at + (self.winter + i64::from(is_summer)) * HOUR).div_euclid(60_000);
        (minutes.div_euclid(1440), minutes.rem_euclid(1440))
    }
}
